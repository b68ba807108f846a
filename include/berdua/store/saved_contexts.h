/* Contexts that LLAMA wrote for earlier messages. A missing file is looked for again. Thread: the
 * store's. */
#ifndef BERDUA_STORE_SAVED_CONTEXTS_H
#define BERDUA_STORE_SAVED_CONTEXTS_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/store/store.h"

struct saved_context {
    const char *user; /* NULL: for everybody */
    const char *topic, *language, *text;
    const char *model; /* NULL: unknown */
    int64_t at_wall_us, expires_wall_us;
};

/* Has the user been taken out of memory? Nothing of their own is kept or found then. NULL: nobody is. */
bool context_store_out(struct store *s, const char *user, struct err *err);
/* The user's own text (user NULL: has none), else everybody's, never an expired one; a new string. NULL: there is none,
 * or err says why not. */
char *context_store_find(struct store *s, const char *user, const char *topic, const char *language,
                         int64_t now_wall_us, struct err *err);

#endif
