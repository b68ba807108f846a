#include "selection.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/id_set.h"
#include "berdua/base/mem.h"
#include "berdua/store/verdict_store.h"
#include "format.h"
#include "tally.h"

struct selection {
    const struct export_choice *choice;
    /* Where a later verdict decides about an earlier one: by pair, the verdict's n. NULL: the pair's observation. */
    struct tally *picked;
};

/* ---- a look ahead ---- */

struct look_ahead {
    const struct export_choice *choice;
    struct id_set included;
    struct tally *picked, *disputes;
};

static bool
look_at_row(void *arg, const struct verdict_row *row)
{
    struct look_ahead *l = arg;
    uint64_t pair = row->pair;
    struct verdict_row as_if = *row;
    as_if.flags &= ~l->choice->include;
    if (row->observed)
        *tally_at(l->picked, pair) = row->n;
    else if (observation_may_be(&as_if) && id_set_add(&l->included, pair) &&
             !*tally_at(l->picked, pair))
        *tally_at(l->picked, pair) = row->n;
    if (row->drawn_by == DRAW_DISPUTE && !(row->flags & FLAGS_LEFT_OUT))
        *tally_at(l->disputes, pair) = row->n;
    return true;
}

static bool
put_dispute_first(void *arg, const struct verdict_row *row)
{
    struct look_ahead *l = arg;
    uint64_t pair = row->pair;
    int64_t dispute = *tally_at(l->disputes, pair);
    if (dispute == row->n && *tally_at(l->picked, pair))
        *tally_at(l->picked, pair) = dispute;
    return true;
}

static bool
look_ahead(struct selection *s, struct store *store, struct err *err)
{
    struct look_ahead l = {
        .choice = s->choice, .picked = tally_create(), .disputes = tally_create()};
    bool ok = verdict_store_rows(store, look_at_row, &l, err) &&
              (!s->choice->dispute || verdict_store_rows(store, put_dispute_first, &l, err));
    s->picked = l.picked;
    id_set_finish(&l.included);
    tally_destroy(&l.disputes);
    return ok;
}

/* ---- */

struct selection *
selection_create(struct store *store, const struct export_choice *choice, struct err *err)
{
    struct selection *s = xcalloc(1, sizeof *s);
    s->choice = choice;
    bool pairs = !(choice->format->takes & TAKES_EVERY_VERDICT);
    if (pairs && (choice->dispute || choice->include & FLAGS_LEFT_OUT) &&
        !look_ahead(s, store, err))
        selection_destroy(&s);
    return s;
}

void
selection_destroy(struct selection **s)
{
    if (*s)
        tally_destroy(&(*s)->picked);
    free(*s);
    *s = NULL;
}

static bool
chosen(const struct export_choice *c, const struct verdict_row *row)
{
    return row->at_us >= c->since_us && row->at_us < c->until_us &&
           (c->category < 0 || row->category == c->category) &&
           (c->language < 0 || row->language == c->language);
}

static bool
has_place(struct selection *s, const struct verdict_row *row)
{
    if (s->choice->format->takes & TAKES_EVERY_VERDICT)
        return true;
    if (s->picked)
        return *tally_at(s->picked, row->pair) == row->n;
    return row->observed;
}

/* Why a verdict without a flag has no place among the pairs. */
static enum export_gap
no_place(const struct verdict_row *row)
{
    if (strcmp(row->origin, "judge") == 0)
        return GAP_JUDGE;
    return row->mode == MODE_ROUTE || row->mode == MODE_FULL ? GAP_ROUTED : GAP_LATER;
}

bool
selection_takes(struct selection *s, const struct verdict_row *row, struct export_summary *sum)
{
    unsigned takes = s->choice->format->takes;
    bool place = has_place(s, row), judge = strcmp(row->origin, "judge") == 0;
    if (!chosen(s->choice, row))
        return false;
    unsigned out = row->flags & FLAGS_LEFT_OUT & ~s->choice->include;
    int gap = -1;
    if (judge && !(takes & TAKES_JUDGES))
        gap = GAP_JUDGE;
    else if (!place && !out)
        gap = no_place(row);
    else if (place && row->kind == VERDICT_TIE && !(takes & TAKES_TIES))
        gap = GAP_TIE;
    else if (place && row->kind == VERDICT_BOTH_BAD && !(takes & TAKES_BOTH_BAD))
        gap = GAP_BOTH_BAD;
    if (gap >= 0)
        sum->gaps[gap]++;
    else
        for (int f = 0; f < FLAG_COUNT; f++)
            sum->flagged[f] += out >> f & 1;
    bool taken = gap < 0 && !out;
    sum->left_out += !taken;
    return taken;
}
