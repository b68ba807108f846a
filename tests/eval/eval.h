/* `make eval-measure`: how well the scores do, in one table. Each part prints its rows. */
#ifndef TESTS_EVAL_EVAL_H
#define TESTS_EVAL_EVAL_H

#include <stdbool.h>
#include <stddef.h>

struct measure;

struct eval {
    const struct measure *m;
    const char *data;  /* the folder of public sets, NULL: rows that need it are left out */
    const char *split; /* of tests/data: "dev" or "test" */
    bool verbose;      /* every mistake on stderr */
};

/* One figure: what, of what, over how many, and the bar it has to reach (0: none). */
void eval_row(const char *what, const char *of, double value, size_t n, double bar);
/* Calls each with the fields of every line of a tab-separated file; '#' lines left out. False: no such file. */
enum { EVAL_FIELDS = 8 };
bool eval_tsv(const char *path, void (*each)(void *ctx, char **field, int fields), void *ctx);
/* Processor time in seconds. */
double eval_seconds(void);

void eval_messages(const struct eval *e);
void eval_languages(const struct eval *e);

#endif
