#include "berdua/report/report_sample.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/observation.h"
#include "berdua/chat/conversation.h"
#include "berdua/store/native_store.h"
#include "berdua/store/verdict_store.h"

enum { OUTCOMES = 4 };
static const enum verdict_kind outcomes[OUTCOMES] = {VERDICT_LLAMA, VERDICT_CLAUDE, VERDICT_TIE,
                                                     VERDICT_BOTH_BAD};

struct drawing {
    struct observations *observations;
    int64_t since_us;
    uint64_t seed;
    /* Of each outcome the pairs with the smallest draw, smallest first. */
    struct sample_pair best[OUTCOMES][SAMPLE_MOST];
    size_t count[OUTCOMES];
    /* the second walk */
    struct store *store;
    struct report_sample *out;
    struct err *err;
    bool failed;
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
    uint64_t drawn = hash_bytes(row->id, strlen(row->id), d->seed);
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
                                    .flags = row->flags,
                                    .id = xstrdup(row->id)};
}

static bool
draw_row(void *arg, const struct verdict_row *row)
{
    struct drawing *d = arg;
    if (row->judge || row->drawn_by == DRAW_NONE || !observations_take(d->observations, row) ||
        row->at_us < d->since_us)
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
read_texts(void *arg, const struct verdict_row *row)
{
    struct drawing *d = arg;
    struct sample_pair *p = NULL;
    for (size_t i = 0; i < d->out->count && !p; i++)
        if (d->out->pairs[i].n == row->n)
            p = &d->out->pairs[i];
    if (!p)
        return true;
    struct native_facts facts;
    if (!native_store_read(d->store, row, &facts, d->err)) {
        d->failed = true;
        return false;
    }
    p->message = xstrdup(facts.turn->message);
    for (int b = 0; b < BRAIN_COUNT; b++)
        p->answers[b] = xstrndup(facts.turn->answers[b].text.p, facts.turn->answers[b].text.len);
    native_facts_finish(&facts);
    return true;
}

bool
report_sample_read(struct report_sample *out, struct store *s, int64_t since_us, uint64_t seed,
                   bool texts, struct err *err)
{
    struct drawing *d = xcalloc(1, sizeof *d);
    *out = (struct report_sample){.seed = seed};
    d->observations = observations_create();
    d->since_us = since_us;
    d->seed = seed;
    d->store = s;
    d->out = out;
    d->err = err;
    bool ok = verdict_store_rows(s, draw_row, d, err);
    choose(d, out);
    if (ok && texts)
        ok = verdict_store_rows(s, read_texts, d, err) && !d->failed;
    observations_destroy(&d->observations);
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
