/* The evidence in the forms that others load (formats.md, schemas.md): one file a format. Rows are read and written one by
 * one, so memory does not grow with them. Thread: a command's. */
#ifndef BERDUA_EXPORT_EXPORT_H
#define BERDUA_EXPORT_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/chat/observation.h"

struct err;
struct store;

struct export_choice {
    int64_t since_us, until_us; /* INT64_MIN, INT64_MAX: all */
    int category, language;     /* -1: all */
    unsigned include;           /* flags that leave a verdict out otherwise */
    bool plain_users;           /* as they are, else hashed */
};

struct export_summary {
    int64_t written, left_out;
    int64_t flagged[FLAG_COUNT]; /* of those left out; one may have several */
};

/* Lines go to write, which returns false to stop (it has said why in err). */
bool export_native(struct store *s, const struct export_choice *choice,
                   bool (*write)(void *arg, const char *line, size_t n, struct err *err), void *arg,
                   struct export_summary *summary, struct err *err);

#endif
