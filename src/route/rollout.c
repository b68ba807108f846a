#include "berdua/route/rollout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/conf/config.h"

/* A stage is stepped down when the quality's upper bound is this much below its gate. */
#define HYSTERESIS 0.03

static const double stages[] = {10, 25, 50};

struct stage {
    double percent;
    int64_t at_us; /* of the step that led here; 0: none was taken yet */
    int64_t seen_n;
};

/* A verdict as evidence. */
struct piece {
    int64_t n, at_us;
    signed char category, acceptable;
    enum verdict_kind kind;
    uint32_t model;
};

struct rollout {
    struct stage stage[CATEGORY_COUNT];
    bool unsafe[CATEGORY_COUNT];
    char **models;
    size_t model_count;
    struct piece *pieces;
    size_t count;
    int64_t newest_at_us; /* of the newest piece, whose model is LLAMA's present one */
    uint32_t newest;
};

static const char *const decisions[] = {
    [DECISION_HOLD] = "hold",
    [DECISION_PROMOTE] = "promote",
    [DECISION_DEMOTE] = "demote",
    [DECISION_STOP] = "stop",
};
static const char *const block_words[BLOCK_COUNT] = {
    [BLOCK_MIN_VERDICTS] = "min_verdicts",
    [BLOCK_DWELL] = "dwell",
    [BLOCK_GATE] = "gate",
    [BLOCK_GUARD] = "guard",
    [BLOCK_TOP] = "top",
};
static const char *const flags[FLAG_COUNT] = {
    [FLAG_INTERRUPTED] = "interrupted", [FLAG_ERRORED] = "errored",
    [FLAG_TRUNCATED] = "truncated",     [FLAG_LEAK] = "leak",
    [FLAG_UNDONE] = "undone",           [FLAG_SIMULATED] = "simulated",
    [FLAG_SAFETY] = "safety",           [FLAG_COLD] = "cold",
};
NAMES_DEFINE_NAME(decision, decisions)
NAMES_DEFINE_NAME(block, block_words)
NAMES_DEFINE_NAME(verdict_flag, flags)

struct rollout_limits
rollout_limits(const struct config *config)
{
    return (struct rollout_limits){
        .automatic = config->route.rollout.automatic,
        .min_verdicts = config->route.rollout.min_verdicts,
        .dwell_us = (int64_t)(config->route.rollout.dwell_h * 3600 * US_PER_S),
        .gates = {config->route.rollout.gate_10, config->route.rollout.gate_25,
                  config->route.rollout.gate_50},
        .guard = config->route.rollout.guard,
    };
}

/* ---- input ---- */

struct rollout *
rollout_create(void)
{
    return xcalloc(1, sizeof(struct rollout));
}

void
rollout_destroy(struct rollout **rp)
{
    struct rollout *r = *rp;
    *rp = NULL;
    if (!r)
        return;
    for (size_t i = 0; i < r->model_count; i++)
        free(r->models[i]);
    free(r->models);
    free(r->pieces);
    free(r);
}

bool
rollout_add_step(void *rollout, const struct rollout_step *step)
{
    struct rollout *r = rollout;
    r->stage[step->category] =
        (struct stage){.percent = step->to, .at_us = step->at_us, .seen_n = step->seen_verdict_n};
    return true;
}

static uint32_t
model_index(struct rollout *r, const char *model)
{
    for (size_t i = 0; i < r->model_count; i++)
        if (strcmp(r->models[i], model) == 0)
            return (uint32_t)i;
    r->models = xreallocarray(r->models, r->model_count + 1, sizeof *r->models);
    r->models[r->model_count] = xstrdup(model);
    return (uint32_t)r->model_count++;
}

/* Only verdicts of people who saw both answers count: routed turns are another sample, a judge is a model. */
static bool
is_side_by_side(const struct verdict_row *row)
{
    return row->mode != MODE_ROUTE && row->mode != MODE_FULL && strcmp(row->origin, "judge") != 0;
}

bool
rollout_add_verdict(void *rollout, const struct verdict_row *row)
{
    struct rollout *r = rollout;
    if (row->category < 0 || row->category >= CATEGORY_COUNT)
        return true;
    const struct stage *stage = &r->stage[row->category];
    bool withdrawn = row->flags & (1u << FLAG_UNDONE | 1u << FLAG_SIMULATED);
    if ((row->flags & 1u << FLAG_SAFETY) && !withdrawn && row->n > stage->seen_n)
        r->unsafe[row->category] = true;
    if ((row->flags & FLAGS_LEFT_OUT) || !is_side_by_side(row))
        return true;
    r->pieces = xgrow(r->pieces, r->count, sizeof *r->pieces);
    struct piece *p = &r->pieces[r->count++];
    *p = (struct piece){.n = row->n,
                        .at_us = row->at_us,
                        .category = (signed char)row->category,
                        .acceptable = (signed char)row->acceptable,
                        .kind = row->kind,
                        .model = model_index(r, row->llama_model ? row->llama_model : "")};
    if (r->count == 1 || p->at_us >= r->newest_at_us) {
        r->newest_at_us = p->at_us;
        r->newest = p->model;
    }
    return true;
}

/* ---- figures ---- */

double
rollout_percent(const struct rollout *r, enum category category)
{
    return r->stage[category].percent;
}

static void
count_piece(struct tally *t, const struct piece *p)
{
    t->w += p->kind == VERDICT_LLAMA;
    t->l += p->kind == VERDICT_CLAUDE;
    t->t += p->kind == VERDICT_TIE;
    t->b += p->kind == VERDICT_BOTH_BAD;
    t->asked += p->acceptable >= 0;
    t->accepted += p->acceptable > 0;
}

/* Verdicts of the newest model that were given since the stage began; stage 0 begins with the first. */
static void
gather(const struct rollout *r, enum category category, int min_verdicts, struct rollout_view *v)
{
    const struct stage *stage = &r->stage[category];
    int64_t first_us = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct piece *p = &r->pieces[i];
        /* What was known when the step was taken has done its part, though its time be a little later: it
         * came while the step was being looked for. */
        if (p->category != (int)category || p->model != r->newest || p->at_us < stage->at_us ||
            p->n <= stage->seen_n)
            continue;
        if (!first_us || p->at_us < first_us)
            first_us = p->at_us;
        count_piece(&v->tally, p);
    }
    v->percent = stage->percent;
    v->since_us = stage->percent > 0 || !first_us ? stage->at_us : first_us;
    v->model = r->count && *r->models[r->newest] ? r->models[r->newest] : NULL;
    v->unsafe = r->unsafe[category];
    v->quality = verdicts_quality(&v->tally, min_verdicts);
    v->win_rate = verdicts_win_rate(&v->tally, EVIDENCE_ENOUGH);
    v->guard_low = mixture_lower(verdicts_counts(&v->tally, 1), EVIDENCE_ENOUGH);
}

/* The stages that are reached: the index of the next one; at the top, which only the operator leaves, their number. */
static size_t
stages_reached(double percent)
{
    size_t n = 0;
    while (n < ARRAY_LEN(stages) && stages[n] <= percent)
        n++;
    return n;
}

static double
stage_below(double percent)
{
    size_t n = stages_reached(percent);
    n -= n > 0 && stages[n - 1] >= percent;
    return n > 0 ? stages[n - 1] : 0;
}

static unsigned
blocks(const struct rollout_view *v, const struct rollout_limits *limits, double gate,
       int64_t wall_us)
{
    int64_t n = verdicts_total(&v->tally);
    unsigned blocked = 0;
    if (n < limits->min_verdicts)
        blocked |= 1u << BLOCK_MIN_VERDICTS;
    if (!v->since_us || wall_us - v->since_us < limits->dwell_us)
        blocked |= 1u << BLOCK_DWELL;
    if (!(v->quality.score >= gate))
        blocked |= 1u << BLOCK_GATE;
    if (v->guard_low < limits->guard)
        blocked |= 1u << BLOCK_GUARD;
    return blocked;
}

static void
say_hold(struct rollout_view *v, const struct rollout_limits *limits, double gate, int64_t wall_us)
{
    struct buf b;
    int64_t n = verdicts_total(&v->tally);
    double hours = v->since_us ? (double)(wall_us - v->since_us) / 3600 / US_PER_S : 0;
    buf_init(&b, sizeof v->reason - 1);
    if (v->blocked & 1u << BLOCK_TOP)
        buf_printf(&b, "%g %% is as far as verdicts lead; more is set by hand", v->percent);
    if (v->blocked & 1u << BLOCK_MIN_VERDICTS)
        buf_printf(&b, "%lld of %d verdicts", (long long)n, limits->min_verdicts);
    if (v->blocked & 1u << BLOCK_DWELL)
        buf_printf(&b, "%s%.0f of %.0f hours", b.len ? ", " : "", hours > 0 ? hours : 0,
                   (double)limits->dwell_us / 3600 / US_PER_S);
    if ((v->blocked & 1u << BLOCK_GATE) && !isnan(v->quality.score))
        buf_printf(&b, "%squality %.3f, needs %.2f", b.len ? ", " : "", v->quality.score, gate);
    if ((v->blocked & 1u << BLOCK_GUARD) && v->win_rate.n > 0)
        buf_printf(&b, "%swin rate may be as low as %.2f, needs %.2f", b.len ? ", " : "",
                   v->guard_low, limits->guard);
    snprintf(v->reason, sizeof v->reason, "%s", b.p);
    buf_finish(&b);
}

static void
decide_by_evidence(struct rollout_view *v, const struct rollout_limits *limits, int64_t wall_us)
{
    int64_t n = verdicts_total(&v->tally);
    size_t above = stages_reached(v->percent);
    /* The gate of the present stage; a share set by hand counts as the stage below it. */
    double passed = limits->gates[above ? above - 1 : 0];
    if (v->percent > 0 && n >= limits->min_verdicts && v->quality.upper < passed - HYSTERESIS) {
        v->decision = DECISION_DEMOTE;
        v->to = stage_below(v->percent);
        snprintf(v->reason, sizeof v->reason,
                 "quality is %.3f at most over %lld verdicts, the stage needs %.2f",
                 v->quality.upper, (long long)n, passed);
        return;
    }
    if (above == ARRAY_LEN(stages)) {
        v->blocked = 1u << BLOCK_TOP;
        say_hold(v, limits, passed, wall_us);
        return;
    }
    v->blocked = blocks(v, limits, limits->gates[above], wall_us);
    if (v->blocked) {
        say_hold(v, limits, limits->gates[above], wall_us);
        return;
    }
    v->decision = DECISION_PROMOTE;
    v->to = stages[above];
    snprintf(v->reason, sizeof v->reason,
             "quality is %.3f at least over %lld verdicts, %.2f is needed; win rate %.2f at least",
             v->quality.score, (long long)n, limits->gates[above], v->guard_low);
}

void
rollout_look(const struct rollout *r, enum category category, const struct rollout_limits *limits,
             enum breaker_state llama, int64_t wall_us, struct rollout_view *out)
{
    *out = (struct rollout_view){.decision = DECISION_HOLD, .to = NAN};
    gather(r, category, limits->min_verdicts, out);
    out->effective = llama == BREAKER_OPEN ? 0 : out->percent;
    if (out->unsafe) {
        out->decision = DECISION_STOP;
        out->to = out->percent > 0 ? 0 : NAN;
        snprintf(out->reason, sizeof out->reason,
                 "a verdict was flagged safety; only a hand leads on from 0 %%");
    } else if (llama == BREAKER_OPEN && out->percent > 0) {
        out->decision = DECISION_STOP;
        out->to = 0;
        snprintf(out->reason, sizeof out->reason,
                 "LLAMA fails again and again: its breaker is open, and until it closes "
                 "nothing goes there");
    } else {
        decide_by_evidence(out, limits, wall_us);
    }
}
