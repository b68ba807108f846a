/* A database with as many verdicts as are wanted, as raters would have given them: over six categories, by several raters,
 * ties, both bad, second raters, repeats, undone, changed and flagged ones, in sessions of twenty turns. Thread: main. */
#ifndef TESTS_BENCH_MAKE_VERDICTS_H
#define TESTS_BENCH_MAKE_VERDICTS_H

#include <stdint.h>

/* The file must not be there. The newest verdict is of now_us. */
void make_verdicts(const char *path, int64_t verdicts, int64_t now_us);

#endif
