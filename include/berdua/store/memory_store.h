/* What is inferred about people, and what is yet to be analysed: records per conversation, a rolled-up profile
 * per user, who has been taken out, and the queue. The texts are JSON that the store does not look into.
 * Thread: the store's; memory_store_look reads one row. */
#ifndef BERDUA_STORE_MEMORY_STORE_H
#define BERDUA_STORE_MEMORY_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/store/store.h"

struct answer;
struct err;

/* ---- people ---- */

struct memory_look {
    bool out;      /* taken out: nothing is inferred or told about them */
    char *profile; /* new; NULL: none, or it has expired */
    int64_t at_us; /* of its newest item */
};
/* since_us: what is older has expired. */
bool memory_store_look(struct store *s, const char *user, int64_t since_us, struct memory_look *out,
                       struct err *err);
/* Between begin and commit. An empty profile (NULL) is deleted. */
bool memory_store_put_profile(struct store *s, const char *user, const char *profile, int64_t at_us,
                              struct err *err);
/* Removes everything inferred about the user for good: from the tables, the file's free pages, and the log
 * beside it; then they are out. false with a reason also when another instance keeps a part from being
 * overwritten; by then it cannot be reached through the tables any more. Not between begin and commit. */
bool memory_store_forget(struct store *s, const char *user, int64_t wall_us, struct err *err);

/* ---- records ---- */

struct memory_record {
    const char *session, *user, *model;
    int64_t through_seq; /* of the last turn that was analysed */
    int64_t at_us;       /* when that turn was */
    int64_t dropped;     /* items left out for want of evidence */
    const char *record;
};
/* Oldest first; each returns false to stop. */
bool memory_store_records(struct store *s, const char *user, int64_t since_us,
                          bool (*each)(void *arg, const struct memory_record *r), void *arg,
                          struct err *err);
/* Between begin and commit. */
bool memory_store_add_record(struct store *s, const struct memory_record *r, struct err *err);
/* Between begin and commit: what the call for it was, for its cost (table side_call, purpose "analysis"). */
bool memory_store_add_call(struct store *s, const char *session, const struct answer *a,
                           int64_t wall_us, struct err *err);
/* Is there anything that has expired? And removes it, between begin and commit. */
bool memory_store_has_expired(struct store *s, int64_t before_us, bool *any, struct err *err);
bool memory_store_sweep(struct store *s, int64_t before_us, struct err *err);

/* ---- the queue ---- */

/* The sequence number up to which a session has been analysed; 0: not at all. */
bool memory_store_progress(struct store *s, const char *session, int64_t *through_seq,
                           struct err *err);
/* Between begin and commit; nothing happens when no turn is new or the user is out. */
bool memory_store_queue(struct store *s, const char *session, int64_t wall_us, struct err *err);

struct memory_pending {
    char session[27]; /* "": nothing is due */
    int attempts;     /* so far */
    int64_t next_us; /* wall clock; nothing due: when something will be, INT64_MAX: nothing waits */
};
/* The oldest one due, of those that no other living instance works at. */
bool memory_store_next(struct store *s, int64_t now_us, struct memory_pending *out,
                       struct err *err);
/* This session's; "" when it is not queued. busy: another living instance works at it. */
bool memory_store_find(struct store *s, const char *session, struct memory_pending *out, bool *busy,
                       struct err *err);
bool memory_store_pending(struct store *s, const char *user,
                          bool (*each)(void *arg, const char *session, int64_t next_us,
                                       int attempts, const char *error),
                          void *arg, struct err *err);
/* Between begin and commit. claim: this instance works at it, which counts as an attempt. */
bool memory_store_claim(struct store *s, const char *session, struct err *err);
/* Let go: tried again from next_us on. error NULL: nobody's fault, so it was no attempt. */
bool memory_store_postpone(struct store *s, const char *session, int64_t next_us, const char *error,
                           struct err *err);
/* Analysed up to this turn: it leaves the queue, unless later ones have come meanwhile. */
bool memory_store_analysed(struct store *s, const char *session, int64_t through_seq,
                           int64_t wall_us, struct err *err);

#endif
