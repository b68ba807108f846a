/* Why something failed, in one line a person can act on: path, key and value, said once, at the
 * failing site. Owner: the caller, usually on its stack. Thread: whoever owns it. */
#ifndef BERDUA_BASE_ERR_H
#define BERDUA_BASE_ERR_H

#include <stdbool.h>

struct err {
    char text[512]; /* empty: nothing failed; always terminated, valid UTF-8 */
};

/* Records the reason and returns false, so that `return err_set(err, ...)` reads well.
 * err may be NULL. */
bool err_set(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Puts "context: " before the reason already there. */
bool err_prefix(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
