/* What a word could become: gathered, and handed over in the shape readline wants. Thread: main. */
#ifndef BERDUA_UI_CANDIDATES_H
#define BERDUA_UI_CANDIDATES_H

#include <stddef.h>

struct candidates {
    const char *word; /* borrowed; only what begins with it is kept */
    char **list;
    size_t n, cap;
};

/* arg: a struct candidates. */
void candidates_add(void *arg, const char *candidate);
/* The common beginning (whole characters), then the candidates unless there is only one, then NULL; all of
 * it the caller's, from malloc. NULL when nothing was found. The list is empty afterwards. */
char **candidates_take(struct candidates *c);

#endif
