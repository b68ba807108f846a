/* The parts of the program that evaluates the scores of answers. */
#ifndef TESTS_EVAL_EVAL_ANSWERS_H
#define TESTS_EVAL_EVAL_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "berdua/measure/measure.h"

struct buf;

struct scores eval_score(const struct measure *m, const char *message, const char *text);
/* Calls sink with the fields of the file's lines that are no remarks, cut at tabs. False: no such file. */
bool eval_table(const char *path, struct buf *text, void (*sink)(char **field, int n, void *ctx),
                void *ctx);
/* split: of tests/data, scored with the weights as shipped; NULL: all hands, none by weights that were trained on it.
 * *m is changed meanwhile. */
void eval_replies(struct measure *m, const char *source, const char *split, bool verbose);

#endif
