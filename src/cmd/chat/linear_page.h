/* What a page of the chat shows, as lines of text mode, where the screen would lay it over the conversation. Each may wait for
 * the disk: without a screen nothing else is to be kept alive. Thread: main. */
#ifndef BERDUA_CMD_LINEAR_PAGE_H
#define BERDUA_CMD_LINEAR_PAGE_H

#include "berdua/ui/action.h"

#include <stdbool.h>

struct config;
struct conversation;
struct err;
struct turn;

/* A page that only asks the disk. */
bool linear_prints(enum action a);
/* about: "" where nothing was said. */
bool linear_page(const struct config *config, const struct conversation *c, enum action page,
                 const char *about, struct err *err);
/* The cultural context of the turn's message; t may be NULL. */
bool linear_context(const struct turn *t, struct err *err);
/* What is remembered of the user. */
bool linear_memory(const struct config *config, const struct conversation *c, struct err *err);

#endif
