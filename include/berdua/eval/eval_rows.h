/* The messages of a batch: a JSON object a line, each with what its answers are expected to be. All lines are read before
 * anything is asked, so that a wrong one costs nothing. Pure. Thread: any. */
#ifndef BERDUA_EVAL_EVAL_ROWS_H
#define BERDUA_EVAL_EVAL_ROWS_H

#include "berdua/eval/expectation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

struct eval_row {
    char *id; /* as JSON: "a7", 7; the line's number where it has none */
    char *message;
    struct expectation *expect; /* NULL: nothing is expected */
    size_t line;
};

/* Zeroes are none. */
struct eval_rows {
    struct eval_row *v;
    size_t count;
};
/* name: the file's, for reasons: "NAME:LINE: reason". limit: only so many rows from the first, 0: all. */
bool eval_rows_parse(struct eval_rows *rows, const char *name, const char *text, size_t n,
                     size_t limit, struct err *err);
void eval_rows_finish(struct eval_rows *rows);
/* Stands for an id; never 0. */
uint64_t eval_id_hash(const char *id);

#endif
