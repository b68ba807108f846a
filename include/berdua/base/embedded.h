/* Files built into the program: shipped cassettes, themes, lexicons, insights, prompts, styles. src/tools/embed.c makes the
 * table. Thread: any. */
#ifndef BERDUA_BASE_EMBEDDED_H
#define BERDUA_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *name; /* as in the source tree, e.g. "themes/dusk.yaml" */
    const char *data; /* followed by a NUL that size does not count */
    size_t size;
};

/* Ends with an entry whose name is NULL. */
extern const struct embedded embedded_files[];

/* The file of this name; NULL when there is none. */
const struct embedded *embedded_find(const char *name);
/* The text of a file that must exist (a missing one is a bug), as it stands in the source tree. */
const char *embedded_text(const char *name);

#endif
