/* The profile of a person: records of many conversations rolled up, what the operator changed in it, and the
 * forms in which it is shown. Pure: time is passed in (wall clock). Thread: any. */
#ifndef BERDUA_JIWA_PROFILE_H
#define BERDUA_JIWA_PROFILE_H

#include "berdua/jiwa/record.h"

struct buf;

enum { JIWA_PROFILE_ITEMS = 12, JIWA_BLOCK_BYTES = 1500 };

/* Rolls a record into the profile. Of trust and phase the newest wins; lists hold each value once and at most
 * JIWA_PROFILE_ITEMS, the newest first; the same value from another session makes it more certain. What the
 * operator edited stays as it is, and what they removed stays away. The same record twice changes nothing the
 * second time. */
void jiwa_merge(struct jiwa *profile, const struct jiwa *record, const char *session,
                int64_t at_us);
/* Drops what is older than before_us. */
void jiwa_expire(struct jiwa *j, int64_t before_us);

/* Appends the text about the person that goes to Claude: plain lines, the most certain and newest first, without items
 * of low confidence. An empty profile appends nothing. */
void jiwa_block(const struct jiwa *profile, struct buf *out, size_t max_bytes);
/* What a person is shown: every item with its confidence, date and quote; "inferred" stands on top. Lines end
 * with a line feed; the text is the model's and the customer's, so it is to be made harmless on a terminal. */
void jiwa_lines(const struct jiwa *profile, const char *user, struct buf *out);

/* The profile as text for an editor, explained by comments, and back. Items whose line is unchanged keep what
 * is known about them; others become the operator's own at now_us; those whose line is gone are removed.
 * false: "line N: reason", *out is empty. */
void jiwa_edit_text(const struct jiwa *profile, const char *user, struct buf *out);
bool jiwa_edit_read(const char *text, const struct jiwa *before, int64_t now_us, struct jiwa *out,
                    struct err *err);
/* Adds to edited the items that were inferred while the text was being edited: those in now that are not in before. */
void jiwa_edit_keep(struct jiwa *edited, const struct jiwa *before, const struct jiwa *now);

#endif
