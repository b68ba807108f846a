/* Per category the figures of `berdua route status`. */
#include "page_source.h"

#include <math.h>
#include <stdio.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "cmd/route_now.h"

void
health_row(struct doc *d, enum brain_id b, enum breaker_state state)
{
    if (state == BREAKER_CLOSED)
        doc_row(d, brain_title(b), "healthy");
    else
        doc_warning(d, brain_title(b), "%s",
                    state == BREAKER_OPEN ? "left alone after failures" : "one call may try it");
}

static const char *
lead_words(enum lead lead)
{
    static const char *const words[] = {
        [LEAD_NONE] = "no leader yet",
        [LEAD_LLAMA] = "LLAMA leads",
        [LEAD_CLAUDE] = "Claude leads",
    };
    return words[lead];
}

static void
win_rate_row(struct doc *d, const struct win_rate *r)
{
    char more[48] = "";
    if (r->needed > 0)
        snprintf(more, sizeof more, ", about %lld more decide", (long long)r->needed);
    if (r->n == 0)
        doc_row(d, "win rate", "nothing was compared yet");
    else
        doc_row(d, "win rate", "%.2f (%.2f to %.2f) of %lld compared; %s%s", r->value,
                r->interval.low, r->interval.high, (long long)r->n, lead_words(r->state), more);
}

static void
next_row(struct doc *d, const struct rollout_view *v)
{
    char what[64];
    struct buf blocked;
    buf_init(&blocked, 256);
    for (int b = 0; b < BLOCK_COUNT; b++)
        if (v->blocked & 1u << b)
            buf_printf(&blocked, "%s%s", blocked.len ? ", " : "", block_name((enum block)b));
    route_now_decision(v, what, sizeof what);
    if (v->decision == DECISION_DEMOTE || v->decision == DECISION_STOP)
        doc_warning(d, "next step", "%s: %s", what, v->reason);
    else
        doc_row(d, "next step", "%s: %s", what, v->reason);
    if (blocked.len)
        doc_row(d, "blocked by", "%s", blocked.p);
    buf_finish(&blocked);
}

static void
category_rows(struct doc *d, const char *name, const struct rollout_view *v)
{
    const struct tally *t = &v->tally;
    doc_heading(d, name);
    if (v->effective < v->percent || v->effective > v->percent)
        doc_warning(d, "stage", "%g %%, in effect now %g %%", v->percent, v->effective);
    else
        doc_row(d, "stage", "%g %% to LLAMA", v->percent);
    doc_row(d, "verdicts", "%lld: LLAMA better %lld, Claude better %lld, tie %lld, both bad %lld",
            (long long)verdicts_total(&v->tally), (long long)t->w, (long long)t->l, (long long)t->t,
            (long long)t->b);
    win_rate_row(d, &v->win_rate);
    if (isnan(v->quality.score))
        doc_row(d, "quality", "not known without verdicts");
    else
        doc_row(d, "quality", "%.3f, at most %.3f; %s %lld of %lld", v->quality.score,
                v->quality.upper,
                v->quality.basis == QUALITY_ACCEPTABLE ? "acceptable" : "not worse",
                (long long)v->quality.k, (long long)v->quality.n);
    char more[160];
    if (route_now_gate(v, more, sizeof more))
        doc_row(d, "gate", "%s", more);
    bool guarded = route_now_guardrails(v, more, sizeof more);
    if (guarded && (v->guardrails.state == GUARDRAIL_ROLL_BACK || v->guardrails.srm.alarm))
        doc_warning(d, "guardrails", "%s", more);
    else if (guarded)
        doc_row(d, "guardrails", "%s", more);
    next_row(d, v);
}

static void
all_rows(struct doc *d, const struct route_now *now)
{
    bool asked = false;
    for (int b = 0; b < BRAIN_COUNT; b++)
        health_row(d, (enum brain_id)b, now->breakers[b]);
    doc_row(d, "steps", "%s", route_now_steps(now));
    struct rollout_view views[CATEGORY_COUNT];
    route_now_look(now, views);
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        category_rows(d, category_name((enum category)k), &views[k]);
        asked = asked || views[k].quality.basis == QUALITY_ACCEPTABLE;
    }
    doc_blank(d);
    doc_remark(d, "Quality: %s", quality_definition(QUALITY_NOT_WORSE));
    if (asked)
        doc_remark(d, "Where people were asked: %s", quality_definition(QUALITY_ACCEPTABLE));
}

static void
rollout_load(struct doc *d, const struct page_source *s)
{
    struct err err = {0};
    struct route_now now = {0};
    struct store *store = store_open(s->config->store_url, &err);
    if (store && route_now_load(&now, store, s->config, clock_wall_us(), false, &err))
        all_rows(d, &now);
    else
        doc_warning(d, "failed", "%s", err.text);
    rollout_destroy(&now.rollout);
    store_close(&store);
}

const struct page_ops page_rollout = {.title = "Rollout of LLAMA", .load = rollout_load};
