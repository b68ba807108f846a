#include "editor_parts.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

void
candidates_add(void *arg, const char *candidate)
{
    struct candidates *c = arg;
    if (strncmp(candidate, c->word, strlen(c->word)) != 0)
        return;
    c->list = xgrow(c->list, c->n, sizeof *c->list);
    c->list[c->n++] = xstrdup(candidate);
}

static size_t
common_prefix(char *const *list, size_t n)
{
    size_t same = strlen(list[0]);
    for (size_t i = 1; i < n; i++) {
        size_t j = 0;
        while (j < same && list[i][j] == list[0][j])
            j++;
        same = j;
    }
    return utf8_whole_prefix(list[0], same);
}

char **
candidates_take(struct candidates *c)
{
    char **out = NULL;
    if (c->n) {
        out = xcalloc(c->n + 2, sizeof *out);
        out[0] = xstrndup(c->list[0], common_prefix(c->list, c->n));
        if (c->n == 1)
            free(c->list[0]);
        else
            memcpy(out + 1, c->list, c->n * sizeof *out);
    }
    free(c->list);
    *c = (struct candidates){.word = NULL};
    return out;
}
