#include "sentences.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/base/sentence.h"

enum { SENTENCES_MOST = 400 }; /* the rest of a longer text is one sentence */

static void
add_sentence(struct sentences *s, const char *p, size_t from, size_t to)
{
    while (from < to && isspace((unsigned char)p[from]))
        from++;
    while (to > from && isspace((unsigned char)p[to - 1]))
        to--;
    if (from == to)
        return;
    s->v = xgrow(s->v, s->count, sizeof *s->v);
    s->v[s->count++] = (struct sentence){p + from, to - from};
}

void
sentences_cut(struct sentences *s, const char *p, size_t n)
{
    *s = (struct sentences){0};
    for (size_t from = 0, used = 0; from < n; from += used) {
        bool whole, last = s->count == SENTENCES_MOST - 1;
        used = last ? n - from : sentence_bytes(p + from, n - from, &whole);
        add_sentence(s, p, from, from + used);
    }
}

void
sentences_finish(struct sentences *s)
{
    free(s->v);
    *s = (struct sentences){0};
}
