#include "series.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

#define QUARTER_US (15 * 60 * (int64_t)US_PER_S)

enum { OTHERS = CATEGORY_COUNT, CELLS }; /* not classified */

struct quarter {
    int64_t number;
    struct tally cells[CELLS];
};

struct series {
    struct quarter *quarters;
    size_t count;
    uint32_t *table; /* of quarters by number, from 1; 0: empty */
    size_t size;     /* a power of two, more than twice the count */
    size_t last;     /* where the last observation was counted */
};

struct series *
series_create(void)
{
    return xcalloc(1, sizeof(struct series));
}

void
series_destroy(struct series **sp)
{
    if (*sp) {
        free((*sp)->quarters);
        free((*sp)->table);
    }
    free(*sp);
    *sp = NULL;
}

static size_t
place(const struct series *s, int64_t number)
{
    size_t i = ((uint64_t)number * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (s->size - 1);
    while (s->table[i] && s->quarters[s->table[i] - 1].number != number)
        i = (i + 1) & (s->size - 1);
    return i;
}

static struct quarter *
quarter_of(struct series *s, int64_t number)
{
    if (s->count && s->quarters[s->last].number == number)
        return &s->quarters[s->last];
    if (s->size <= 2 * s->count) {
        s->size = s->size ? 2 * s->size : 64;
        free(s->table);
        s->table = xcalloc(s->size, sizeof *s->table);
        for (size_t i = 0; i < s->count; i++)
            s->table[place(s, s->quarters[i].number)] = (uint32_t)i + 1;
    }
    size_t at = place(s, number);
    if (!s->table[at]) {
        s->quarters = xgrow(s->quarters, s->count, sizeof *s->quarters);
        s->quarters[s->count++] = (struct quarter){.number = number};
        s->table[at] = (uint32_t)s->count;
    }
    s->last = s->table[at] - 1;
    return &s->quarters[s->last];
}

static void
count_kind(struct tally *t, enum verdict_kind kind)
{
    t->w += kind == VERDICT_LLAMA;
    t->l += kind == VERDICT_CLAUDE;
    t->t += kind == VERDICT_TIE;
    t->b += kind == VERDICT_BOTH_BAD;
}

void
series_add(struct series *s, int64_t at_us, int category, enum verdict_kind kind)
{
    int64_t number = at_us / QUARTER_US - (at_us % QUARTER_US < 0);
    count_kind(&quarter_of(s, number)->cells[category < 0 ? OTHERS : category], kind);
}

/* ---- points ---- */

static int
by_time(const void *a, const void *b)
{
    int64_t x = ((const struct quarter *)a)->number, y = ((const struct quarter *)b)->number;
    return (x > y) - (x < y);
}

static void
add_tally(struct tally *t, const struct tally *more)
{
    t->w += more->w;
    t->l += more->l;
    t->t += more->t;
    t->b += more->b;
}

static void
add_point(struct report_series *series, int64_t until_us, const struct tally *t)
{
    struct counts c = verdicts_counts(t, 1);
    double n = c.w + c.l + c.t;
    struct report_point *p = &series->points[series->count++];
    *p =
        (struct report_point){until_us, *t, n > 0 ? (c.w + c.t / 2) / n : NAN, mixture_interval(c)};
}

/* Points after as many quarters each as can be: those in which somebody judged. */
void
series_find(struct series *s, struct report *r)
{
    struct tally sums[CELLS] = {{0}}, all = {0};
    size_t points = s->count < REPORT_POINTS ? s->count : REPORT_POINTS, done = 0;
    if (s->count)
        qsort(s->quarters, s->count, sizeof *s->quarters, by_time);
    s->size = 0; /* the table no longer says where they are */
    for (size_t p = 1; p <= points; p++) {
        for (; done < s->count * p / points; done++)
            for (int c = 0; c < CELLS; c++) {
                add_tally(&sums[c], &s->quarters[done].cells[c]);
                add_tally(&all, &s->quarters[done].cells[c]);
            }
        int64_t until_us = (s->quarters[done - 1].number + 1) * QUARTER_US;
        add_point(&r->overall_series, until_us, &all);
        for (int c = 0; c < CATEGORY_COUNT; c++)
            add_point(&r->category_series[c], until_us, &sums[c]);
    }
}
