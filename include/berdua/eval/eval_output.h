/* Where the rows of a batch go, a line each as soon as its answers are durable: a file, of which a killed run leaves whole
 * lines and perhaps the beginning of one; or stdout. One run at a time writes to a file. Thread: the command's. */
#ifndef BERDUA_EVAL_EVAL_OUTPUT_H
#define BERDUA_EVAL_EVAL_OUTPUT_H

#include "berdua/base/id_set.h"

#include <stdbool.h>
#include <stddef.h>

struct err;
struct json;

struct eval_output {
    int fd; /* -1: not open */
    const char *file;
    struct id_set standing; /* of the ids in it */
    size_t rows;
    size_t torn; /* bytes of an unfinished last line that was dropped */
    bool unread; /* whoever read stdout has gone; that is no error to be told */
};

/* file NULL: stdout. resume: goes on with what stands in it; otherwise it must be empty or missing. */
bool eval_output_open(struct eval_output *o, const char *file, bool resume, struct err *err);
/* Appends the line; whole or not at all. */
bool eval_output_put(struct eval_output *o, const struct json *row, struct err *err);
bool eval_output_close(struct eval_output *o, struct err *err);

#endif
