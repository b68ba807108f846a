/* What became of a row: its line of the result, and what is counted of it. */
#ifndef BERDUA_EVAL_EVAL_ROW_RESULT_H
#define BERDUA_EVAL_EVAL_ROW_RESULT_H

#include "berdua/eval/eval_run.h"

struct conversation;
struct json;

/* The object of `ask --json` with the row's id (the turn's own is `turn_id`) and, where something is expected, which of it
 * holds; counts into p. New. */
struct json *eval_row_result(const struct eval_row *row, const struct conversation *c,
                             const struct measure *m, struct eval_progress *p);

#endif
