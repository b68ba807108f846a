#include "berdua/report/report_sample.h"

#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/observation.h"
#include "berdua/store/evidence_store.h"
#include "berdua/store/exchange_store.h"

enum { OUTCOMES = 4 };
static const enum verdict_kind outcomes[OUTCOMES] = {VERDICT_LLAMA, VERDICT_CLAUDE, VERDICT_TIE,
                                                     VERDICT_BOTH_BAD};

struct drawing {
    int64_t since_us;
    uint64_t seed;
    /* Of each outcome the pairs with the smallest draw, smallest first. */
    struct sample_pair best[OUTCOMES][SAMPLE_MOST];
    size_t count[OUTCOMES];
};

static void
clear_pair(struct sample_pair *p)
{
    free(p->id);
    free(p->message);
    for (int b = 0; b < BRAIN_COUNT; b++)
        free(p->answers[b]);
    *p = (struct sample_pair){0};
}

static void
enter(struct drawing *d, int outcome, const struct verdict_row *row)
{
    uint64_t drawn = hash_bytes(&row->pair, sizeof row->pair, d->seed);
    struct sample_pair *best = d->best[outcome];
    size_t *count = &d->count[outcome], at;
    if (*count == SAMPLE_MOST && drawn >= best[SAMPLE_MOST - 1].drawn)
        return;
    if (*count == SAMPLE_MOST)
        clear_pair(&best[--*count]);
    for (at = *count; at > 0 && best[at - 1].drawn > drawn; at--)
        best[at] = best[at - 1];
    ++*count;
    best[at] = (struct sample_pair){.n = row->n,
                                    .drawn = drawn,
                                    .at_us = row->at_us,
                                    .kind = row->kind,
                                    .category = row->category,
                                    .language = row->language,
                                    .left = row->left,
                                    .blind = row->blind,
                                    .flags = row->flags};
}

static bool
draw_row(void *arg, const struct verdict_row *row)
{
    struct drawing *d = arg;
    if (row->judge || row->drawn_by == DRAW_NONE || !row->observed || row->at_us < d->since_us)
        return true;
    for (int k = 0; k < OUTCOMES; k++)
        if (row->kind == outcomes[k])
            enter(d, k, row);
    return true;
}

static int
by_outcome(const void *a, const void *b)
{
    const struct sample_pair *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->at_us > y->at_us) - (x->at_us < y->at_us);
}

/* First the least of each outcome, then whoever was drawn earliest. */
static void
choose(struct drawing *d, struct report_sample *out)
{
    size_t taken[OUTCOMES] = {0};
    for (int k = 0; k < OUTCOMES; k++)
        while (taken[k] < SAMPLE_EACH_LEAST && taken[k] < d->count[k])
            out->pairs[out->count++] = d->best[k][taken[k]++];
    while (out->count < SAMPLE_MOST) {
        int next = -1;
        for (int k = 0; k < OUTCOMES; k++)
            if (taken[k] < d->count[k] &&
                (next < 0 || d->best[k][taken[k]].drawn < d->best[next][taken[next]].drawn))
                next = k;
        if (next < 0)
            break;
        out->pairs[out->count++] = d->best[next][taken[next]++];
    }
    for (int k = 0; k < OUTCOMES; k++)
        while (taken[k] < d->count[k])
            clear_pair(&d->best[k][taken[k]++]);
    if (out->count)
        qsort(out->pairs, out->count, sizeof *out->pairs, by_outcome);
}

static bool
take_row(void *arg, const struct exchange *x)
{
    struct sample_pair *p = arg;
    p->id = xstrdup(x->row->id);
    return true;
}

static bool
take_texts(void *arg, const struct exchange *x)
{
    struct sample_pair *p = arg;
    p->message = xstrndup(x->message, x->message_len);
    for (int b = 0; b < BRAIN_COUNT; b++)
        p->answers[b] = xstrndup(x->answers[b].text.p, x->answers[b].text.len);
    return take_row(arg, x);
}

/* What is not packed: the ids and, where they are wanted, the texts. */
static bool
read_rows(struct report_sample *out, struct store *s, bool texts, struct err *err)
{
    for (size_t i = 0; i < out->count; i++) {
        struct sample_pair *p = &out->pairs[i];
        struct exchange_reader reader = {
            .only = p->n, .each = texts ? take_texts : take_row, .arg = p};
        if (!exchange_store_read(s, &reader, err))
            return false;
        if (!p->id) /* somebody has removed it meanwhile */
            out->pairs[i--] = out->pairs[--out->count];
    }
    return true;
}

bool
report_sample_read(struct report_sample *out, struct store *s, int64_t since_us, uint64_t seed,
                   bool texts, struct err *err)
{
    struct drawing *d = xcalloc(1, sizeof *d);
    *out = (struct report_sample){.seed = seed};
    d->since_us = since_us;
    d->seed = seed;
    bool ok = evidence_store_verdicts(s, draw_row, d, err);
    choose(d, out);
    ok = ok && read_rows(out, s, texts, err);
    free(d);
    if (!ok)
        report_sample_clear(out);
    return ok;
}

void
report_sample_clear(struct report_sample *s)
{
    for (size_t i = 0; i < s->count; i++)
        clear_pair(&s->pairs[i]);
    *s = (struct report_sample){0};
}
