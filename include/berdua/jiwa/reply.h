/* Reads a model's reply into a record. The reply is untrusted: the amount that is read is bounded, and an item is kept
 * only if it quotes the customer's own words. Pure. Thread: any. */
#ifndef BERDUA_JIWA_REPLY_H
#define BERDUA_JIWA_REPLY_H

#include "berdua/jiwa/record.h"

enum { JIWA_REPLY_BYTES = 64 << 10 };

/* Reads the reply into an empty record: the fields of record.h, each a list of {value, confidence, quote} or
 * less than that (one item, a bare value). A confidence may be a word or a percentage; without one it is 0.5.
 * false: no object that holds any of the fields. */
bool jiwa_read(struct jiwa *j, const char *reply, size_t n, struct err *err);

/* What the customer said. */
struct jiwa_words;
struct jiwa_words *jiwa_words_create(void);
void jiwa_words_destroy(struct jiwa_words **w);
void jiwa_words_add(struct jiwa_words *w, const char *message);
/* true: one of the messages holds the quote. Case, blanks, the kind of quotation marks, and marks or dots around the
 * quote are ignored; a quote of less than three letters or digits is never found. */
bool jiwa_words_hold(const struct jiwa_words *w, const char *quote);
/* Drops every item whose quote is in none of the messages. Returns how many were dropped. */
size_t jiwa_check(struct jiwa *j, const struct jiwa_words *w);

#endif
