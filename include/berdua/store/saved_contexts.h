/* Contexts that LLAMA wrote for earlier messages. Finding has a connection of its own, synchronous; a missing file reads as
 * empty and is looked for again. Thread: the caller's, one at a time. */
#ifndef BERDUA_STORE_SAVED_CONTEXTS_H
#define BERDUA_STORE_SAVED_CONTEXTS_H

#include <stdbool.h>
#include <stdint.h>

struct context_store;
struct err;

struct saved_context {
    const char *user; /* NULL: for everybody */
    const char *topic, *language, *text;
    const char *model; /* NULL: unknown */
    int64_t at_wall_us, expires_wall_us;
};

struct context_store *context_store_open(const char *url, struct err *err);
void context_store_close(struct context_store **s);
/* Has the user been taken out of memory? Nothing of their own is kept or found then. NULL: nobody is. */
bool context_store_out(struct context_store *s, const char *user, struct err *err);
/* The user's own text (user NULL: has none), else everybody's, never an expired one; a new string. NULL: there is none,
 * or err says why not. */
char *context_store_find(struct context_store *s, const char *user, const char *topic,
                         const char *language, int64_t now_wall_us, struct err *err);

#endif
