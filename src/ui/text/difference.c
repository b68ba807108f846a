#include "difference.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

enum { WORDS_MOST = 64 }; /* of a sentence that are compared */
/* Sentences that share this part of their words are one that changed. */
#define ALIKE 0.5

/* ---- comparing ---- */

/* Letters and digits only, so that a comma or a star makes no other word. */
static size_t
next_word(struct sentence s, size_t *at, size_t *len)
{
    size_t i = *at;
    while (i < s.n && !isalnum((unsigned char)s.p[i]) && (unsigned char)s.p[i] < 0x80)
        i++;
    size_t from = i;
    while (i < s.n && (isalnum((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80))
        i++;
    *at = i;
    *len = i - from;
    return from;
}

static size_t
words_of(struct sentence s, struct sentence words[WORDS_MOST])
{
    size_t at = 0, len, n = 0;
    while (n < WORDS_MOST) {
        size_t from = next_word(s, &at, &len);
        if (len == 0)
            break;
        words[n++] = (struct sentence){s.p + from, len};
    }
    return n;
}

static bool
same_word(struct sentence a, struct sentence b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (tolower((unsigned char)a.p[i]) != tolower((unsigned char)b.p[i]))
            return false;
    return true;
}

/* The share of words that both hold (Dice's coefficient); 1 for the same words in the same order. */
static double
likeness(struct sentence a, struct sentence b)
{
    struct sentence x[WORDS_MOST], y[WORDS_MOST];
    bool taken[WORDS_MOST] = {false};
    size_t n = words_of(a, x), m = words_of(b, y), common = 0;
    if (n + m == 0)
        return a.n == b.n && memcmp(a.p, b.p, a.n) == 0 ? 1 : 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (!taken[k] && same_word(x[i], y[k])) {
                taken[k] = true;
                common++;
                break;
            }
    return 2.0 * (double)common / (double)(n + m);
}

static bool
same_sentence(struct sentence a, struct sentence b)
{
    struct sentence x[WORDS_MOST], y[WORDS_MOST];
    size_t n = words_of(a, x);
    if (n == 0 || n == WORDS_MOST || n != words_of(b, y))
        return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
    for (size_t i = 0; i < n; i++)
        if (!same_word(x[i], y[i]))
            return false;
    return true;
}

/* ---- aligning ---- */

/* What a pair adds to an alignment: the same sentence is worth more than any two changed ones. */
static double
worth(struct sentence a, struct sentence b)
{
    if (same_sentence(a, b))
        return 2.5;
    double alike = likeness(a, b);
    return alike >= ALIKE ? alike : 0;
}

static void
add_row(struct difference *d, enum difference_kind kind, struct sentence left,
        struct sentence right)
{
    d->rows = xgrow(d->rows, d->count, sizeof *d->rows);
    d->rows[d->count++] = (struct difference_row){kind, left, right};
}

/* best[i][k]: the most that the sentences from i and k on can be worth together. */
static void
align(struct difference *d, const struct sentences *l, const struct sentences *r)
{
    static const struct sentence none = {NULL, 0};
    size_t cols = r->count + 1, i = 0, k = 0;
    double *pair = xcalloc(l->count * r->count + 1, sizeof *pair);
    double *best = xcalloc((l->count + 1) * cols, sizeof *best);
    for (i = l->count; i-- > 0;)
        for (k = r->count; k-- > 0;) {
            double w = pair[i * r->count + k] = worth(l->v[i], r->v[k]);
            double skip = best[(i + 1) * cols + k] > best[i * cols + k + 1]
                              ? best[(i + 1) * cols + k]
                              : best[i * cols + k + 1];
            double both = w > 0 ? w + best[(i + 1) * cols + k + 1] : 0;
            best[i * cols + k] = both > skip ? both : skip;
        }
    for (i = k = 0; i < l->count || k < r->count;) {
        bool inside = i < l->count && k < r->count;
        double here = inside ? best[i * cols + k] : 0, w = inside ? pair[i * r->count + k] : 0;
        if (inside && w > 0 && w + best[(i + 1) * cols + k + 1] >= here) {
            add_row(d, same_sentence(l->v[i], r->v[k]) ? DIFFERENCE_COMMON : DIFFERENCE_CHANGED,
                    l->v[i], r->v[k]);
            i++, k++;
        } else if (i < l->count && (!inside || best[(i + 1) * cols + k] >= here)) {
            add_row(d, DIFFERENCE_LEFT, l->v[i++], none);
        } else {
            add_row(d, DIFFERENCE_RIGHT, none, r->v[k++]);
        }
    }
    free(pair);
    free(best);
}

void
difference_make(struct difference *d, const char *left, size_t left_n, const char *right,
                size_t right_n)
{
    struct sentences l, r;
    sentences_cut(&l, left, left_n);
    sentences_cut(&r, right, right_n);
    *d = (struct difference){.count = 0};
    align(d, &l, &r);
    sentences_finish(&l);
    sentences_finish(&r);
}

void
difference_finish(struct difference *d)
{
    free(d->rows);
    *d = (struct difference){.count = 0};
}
