#include "sentences.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>

#include "berdua/base/mem.h"

enum { SENTENCES_MOST = 400 }; /* the rest of a longer text is one sentence */

/* Nothing but digits from `from` to here: the number of an item of a list. */
static bool
is_number(const char *p, size_t from, size_t to)
{
    while (from < to && isspace((unsigned char)p[from]))
        from++;
    size_t i = from;
    while (i < to && isdigit((unsigned char)p[i]))
        i++;
    return i == to && i > from;
}

/* from: where the sentence begins. */
static bool
ends_sentence(const char *p, size_t n, size_t from, size_t i)
{
    if (p[i] == '\n')
        return true;
    return (p[i] == '.' || p[i] == '!' || p[i] == '?') &&
           (i + 1 == n || isspace((unsigned char)p[i + 1])) &&
           !(p[i] == '.' && is_number(p, from, i));
}

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
    size_t from = 0;
    *s = (struct sentences){0};
    for (size_t i = 0; i < n && s->count < SENTENCES_MOST - 1; i++)
        if (ends_sentence(p, n, from, i)) {
            add_sentence(s, p, from, i + 1);
            from = i + 1;
        }
    if (from < n)
        add_sentence(s, p, from, n);
}

void
sentences_finish(struct sentences *s)
{
    free(s->v);
    *s = (struct sentences){0};
}
