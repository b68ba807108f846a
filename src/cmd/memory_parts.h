/* The parts of berdua memory that are files of their own. */
#ifndef BERDUA_CMD_MEMORY_PARTS_H
#define BERDUA_CMD_MEMORY_PARTS_H

#include <stdbool.h>

struct buf;
struct config;
struct err;

/* The user's profile in an editor. */
bool memory_edit(const struct config *config, const char *user, bool quiet, struct err *err);
/* What is inferred about the user, as lines (not yet harmless). */
bool memory_lines(const struct config *config, const char *user, struct buf *out, struct err *err);

#endif
