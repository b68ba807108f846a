/* A person's profile in the operator's editor. Thread: main. */
#ifndef BERDUA_CMD_MEMORY_EDIT_H
#define BERDUA_CMD_MEMORY_EDIT_H

#include <stdbool.h>

struct config;
struct err;
struct store;

bool memory_edit(struct store *m, const struct config *config, const char *user, bool quiet,
                 struct err *err);

#endif
