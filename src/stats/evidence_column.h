/* What the files that make and keep sums of evidence share (stats/evidence_sums.h). */
#ifndef BERDUA_STATS_EVIDENCE_COLUMN_H
#define BERDUA_STATS_EVIDENCE_COLUMN_H

#include "berdua/stats/evidence_sums.h"

/* One more, of zeroes; it may move the others. */
void *column_add(struct evidence_sums *s, enum evidence_column_name name);

/* The newest answer's rules are told; of two of one time the latter's. */
void sums_note_rules(struct evidence_sums *s, int64_t at_us, const char *rules);

/* Of judges' votes those of the newest one's model and prompt count. NULL: not told. */
void sums_note_judge(struct evidence_sums *s, int64_t at_us, int64_t n, uint64_t kind, int brain,
                     const char *model, const char *prompt);

/* How far raters agree about the turn's pairs, and what judges say of them. */
void sums_agreement(struct evidence_sums *s, int64_t since_us, const struct evidence_turn *t);

#endif
