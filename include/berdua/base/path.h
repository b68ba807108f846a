/* Where files live (XDG base directories) and how they are made safely. Thread: any. */
#ifndef BERDUA_BASE_PATH_H
#define BERDUA_BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;

/* Each returns a new string (free()), e.g. ".../berdua/config.yaml" for name "config.yaml"; the
 * folder is not created. An XDG variable that is empty or relative is ignored, as the standard says. */
char *path_config(const char *name);
char *path_data(const char *name);
char *path_state(const char *name);
/* "~/" and "~" expanded with HOME; anything else is copied. */
char *path_expand(const char *path);
/* Makes the folder that holds `file` and its parents, 0700. */
bool path_make_parent(const char *file, struct err *err);
/* Whole file, at most the buf's cap; a longer file is an error. */
bool path_read(const char *file, struct buf *out, struct err *err);
/* Writes beside the file (0600), syncs, renames over it. */
bool path_write_atomic(const char *file, const char *p, size_t n, struct err *err);

#endif
