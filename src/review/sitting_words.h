/* What a sitting says to its rater. Thread: main. */
#ifndef BERDUA_REVIEW_SITTING_WORDS_H
#define BERDUA_REVIEW_SITTING_WORDS_H

#include "dealer.h"

/* Why nothing is left, and what to do; began: something was in sight. A new string, as all of these. */
char *words_nothing_left(const struct review_opts *o, bool began);
/* Of an event about the pair, by sides. */
char *words_saved(const struct shown *s, enum verdict_kind kind);
/* What an undo would withdraw of an earlier sitting; s NULL: nothing. */
char *words_earlier(const struct shown *s, int64_t at_us);

#endif
