/* Files that travel inside the program: shipped cassettes, themes, lexicons, insights, prompts. Made by
 * src/embed.c. Thread: any. */
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

/* By its name; NULL: there is none. */
const struct embedded *embedded_find(const char *name);
/* The text of one that must be there (a bug otherwise), as it stands in the tree. */
const char *embedded_text(const char *name);

#endif
