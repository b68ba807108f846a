/* What is inferred about a person, as the command, the chat without a screen and the page show it. Thread: main. */
#ifndef BERDUA_CMD_DOC_MEMORY_VIEW_H
#define BERDUA_CMD_DOC_MEMORY_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "berdua/jiwa/profile.h"

struct buf;
struct config;
struct err;
struct store;

/* What is inferred about a user and not too old, without what was removed by hand. */
struct memory_view {
    struct jiwa profile;
    int64_t since_us;  /* what is older is not in it */
    int64_t at_us;     /* when it was stored; UNKNOWN: nothing is */
    bool out;          /* the user was taken out of memory */
    const char *state; /* why nothing new is noted; NULL: it is */
};
/* m NULL fails with err as it is. The caller finishes the profile in any case. */
bool memory_view_load(struct store *m, const struct config *config, const char *user,
                      struct memory_view *view, struct err *err);
/* The user's profile as lines of text; control characters are not yet removed. */
bool memory_lines(const struct config *config, const char *user, struct buf *out, struct err *err);

#endif
