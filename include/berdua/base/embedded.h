/* Files that travel inside the program: shipped cassettes and themes. Made by src/embed.c. */
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

#endif
