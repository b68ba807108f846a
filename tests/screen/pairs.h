/* A database of stored pairs for tests of a review, made with SQL. Thread: the test. */
#ifndef TESTS_SCREEN_PAIRS_H
#define TESTS_SCREEN_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

#include "place.h"

/* A new database with so many pairs, the i-th of category i modulo 6: what one brain answered is "Kiri i …", what the other,
 * "Kanan i …"; swapped: Claude's is "Kanan". Their models, times and costs differ by brain. */
void pairs_make(struct place *p, int count, bool swapped);
/* More of its rows. */
void pairs_sql(struct place *p, const char *sql);
/* The first column of the first row as a number. */
int64_t pairs_int(struct place *p, const char *sql);
/* A judgement of somebody else about the i-th pair. */
void pairs_judge(struct place *p, int pair, const char *rater, const char *kind);

#endif
