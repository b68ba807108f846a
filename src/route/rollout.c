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

/* An observation. */
struct piece {
    int64_t n, at_us;
    signed char category;
    bool blind;
    enum opinion acceptable; /* LLAMA's answer */
    enum verdict_kind kind;
    uint32_t model;
};

struct rollout {
    struct stage stage[CATEGORY_COUNT];
    bool unsafe[CATEGORY_COUNT];
    char **models;
    size_t model_count;
    struct piece *pieces;
    size_t count, newest; /* the newest one's model is LLAMA's present one */
    struct guard_arms *arms;
    struct score_count scores[SCORE_KINDS];
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
    [BLOCK_GUARDRAIL] = "guardrail",
    [BLOCK_SRM] = "srm",
    [BLOCK_TOP] = "top",
};
NAMES_DEFINE_NAME(decision, decisions)
NAMES_DEFINE_NAME(block, block_words)

struct rollout_limits
rollout_limits(const struct config *config)
{
    return (struct rollout_limits){
        .automatic = config->route.rollout.automatic,
        .blind_only = config->route.rollout.evidence == EVIDENCE_BLIND,
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
    struct rollout *r = xcalloc(1, sizeof *r);
    r->arms = guard_arms_create();
    return r;
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
    guard_arms_destroy(&r->arms);
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

bool
rollout_add_verdict(void *rollout, const struct verdict_row *row)
{
    struct rollout *r = rollout;
    if (row->blind)
        score_count_add(r->scores, row);
    if (row->category < 0 || row->category >= CATEGORY_COUNT)
        return true;
    const struct stage *stage = &r->stage[row->category];
    bool withdrawn = row->flags & (1u << FLAG_UNDONE | 1u << FLAG_SIMULATED);
    if ((row->flags & 1u << FLAG_SAFETY) && !withdrawn && row->n > stage->seen_n)
        r->unsafe[row->category] = true;
    if (!row->observed)
        return true;
    r->pieces = xgrow(r->pieces, r->count, sizeof *r->pieces);
    r->pieces[r->count++] =
        (struct piece){.n = row->n,
                       .at_us = row->at_us,
                       .category = (signed char)row->category,
                       .blind = row->blind,
                       .acceptable = row->acceptable[BRAIN_LLAMA],
                       .kind = row->kind,
                       .model = model_index(r, row->llama_model ? row->llama_model : "")};
    const struct piece *newest = &r->pieces[r->newest], *last = &r->pieces[r->count - 1];
    if (last->at_us > newest->at_us || (last->at_us == newest->at_us && last->n > newest->n))
        r->newest = r->count - 1;
    return true;
}

bool
rollout_add_turn(void *rollout, const struct routed_turn *turn)
{
    guard_arms_add(((struct rollout *)rollout)->arms, turn);
    return true;
}

static bool
is_guarded(const struct stage *s)
{
    return s->percent > 0 && s->percent < 100;
}

int64_t
rollout_turns_since(const struct rollout *r)
{
    int64_t since_us = INT64_MAX;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (is_guarded(&r->stage[c]) && r->stage[c].at_us < since_us)
            since_us = r->stage[c].at_us;
    return since_us;
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
    t->asked += p->acceptable != OPINION_NONE;
    t->accepted += p->acceptable == OPINION_YES;
}

/* Observations of the newest model that were given since the stage began; stage 0 begins with the first. */
static void
gather(const struct rollout *r, bool blind_only, struct rollout_view out[CATEGORY_COUNT])
{
    uint32_t newest = r->count ? r->pieces[r->newest].model : 0;
    int64_t first_us[CATEGORY_COUNT] = {0};
    for (size_t i = 0; i < r->count; i++) {
        const struct piece *p = &r->pieces[i];
        const struct stage *stage = &r->stage[p->category];
        /* What was known when the step was taken has done its part, though its time be a little later: it
         * came while the step was being looked for. */
        if (p->model != newest || p->at_us < stage->at_us || p->n <= stage->seen_n ||
            (blind_only && !p->blind))
            continue;
        if (!first_us[p->category] || p->at_us < first_us[p->category])
            first_us[p->category] = p->at_us;
        count_piece(&out[p->category].tally, p);
    }
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        const struct stage *stage = &r->stage[c];
        out[c].percent = stage->percent;
        out[c].since_us = stage->percent > 0 || !first_us[c] ? stage->at_us : first_us[c];
        out[c].model = r->count && *r->models[newest] ? r->models[newest] : NULL;
        out[c].unsafe = r->unsafe[c];
    }
}

/* The leads of the six categories are decided together. */
static void
add_rates(const struct rollout_limits *limits, struct rollout_view out[CATEGORY_COUNT])
{
    struct tally cells[CATEGORY_COUNT];
    double levels[CATEGORY_COUNT];
    for (int c = 0; c < CATEGORY_COUNT; c++)
        cells[c] = out[c].tally;
    verdicts_levels(cells, CATEGORY_COUNT, levels);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        out[c].quality = verdicts_quality(&cells[c], limits->min_verdicts);
        out[c].win_rate = verdicts_win_rate(&cells[c], levels[c]);
        out[c].guard_low = mixture_lower(verdicts_counts(&cells[c], 1), EVIDENCE_ENOUGH);
    }
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

double
rollout_next_stage(double percent)
{
    size_t above = stages_reached(percent);
    return above < ARRAY_LEN(stages) ? stages[above] : NAN;
}

double
rollout_next_gate(const struct rollout_limits *limits, double percent)
{
    size_t above = stages_reached(percent);
    return above == ARRAY_LEN(stages) ? NAN : limits->gates[above];
}

static double
stage_below(double percent)
{
    size_t n = stages_reached(percent);
    n -= n > 0 && stages[n - 1] >= percent;
    return n > 0 ? stages[n - 1] : 0;
}

#define DAY_US (24 * 3600 * (int64_t)US_PER_S)

/* How far the gate of the next stage is, at the pace of the stage so far. */
static void
add_gate(struct rollout_view *v, const struct rollout_limits *limits, int64_t wall_us)
{
    v->gate.gate = rollout_next_gate(limits, v->percent);
    v->gate.days = NAN;
    v->gate.needed = -1;
    if (isnan(v->gate.gate))
        return;
    struct demand demand = {limits->min_verdicts, v->gate.gate, limits->guard};
    v->gate.needed = verdicts_needed(&v->tally, &demand);
    if (v->gate.needed < 0)
        return;
    int64_t age_us = wall_us - v->since_us;
    double days = fmax(1, (double)age_us / DAY_US);
    double rest = (double)(limits->dwell_us - age_us) / DAY_US;
    double pace = (double)verdicts_total(&v->tally) / days;
    v->gate.days = fmax(fmax(0, rest), (double)v->gate.needed / pace);
}

static unsigned
blocks(const struct rollout_view *v, const struct rollout_limits *limits, int64_t wall_us)
{
    int64_t n = verdicts_total(&v->tally);
    unsigned blocked = 0;
    if (n < limits->min_verdicts)
        blocked |= 1u << BLOCK_MIN_VERDICTS;
    if (!v->since_us || wall_us - v->since_us < limits->dwell_us)
        blocked |= 1u << BLOCK_DWELL;
    if (!(v->quality.score >= v->gate.gate))
        blocked |= 1u << BLOCK_GATE;
    if (v->guard_low < limits->guard)
        blocked |= 1u << BLOCK_GUARD;
    if (v->guarded && v->guardrails.state == GUARDRAIL_HOLD)
        blocked |= 1u << BLOCK_GUARDRAIL;
    if (v->guarded && v->guardrails.srm.alarm)
        blocked |= 1u << BLOCK_SRM;
    return blocked;
}

static void
say_guardrails(struct buf *b, const struct rollout_view *v)
{
    const struct guard_arm *c = &v->guardrails.arms[BRAIN_CLAUDE],
                           *l = &v->guardrails.arms[BRAIN_LLAMA];
    const struct srm *srm = &v->guardrails.srm;
    if (v->blocked & 1u << BLOCK_GUARDRAIL)
        buf_printf(b, "%s%lld of %lld users with LLAMA began badly, %lld of %lld with Claude",
                   b->len ? ", " : "", (long long)l->bad, (long long)l->users, (long long)c->bad,
                   (long long)c->users);
    if (v->blocked & 1u << BLOCK_SRM)
        buf_printf(b, "%s%lld of %lld users are in LLAMA's share of %g %%: log or bucket is wrong",
                   b->len ? ", " : "", (long long)srm->k, (long long)srm->n, 100 * srm->p0);
}

static void
say_hold(struct rollout_view *v, const struct rollout_limits *limits, int64_t wall_us)
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
        buf_printf(&b, "%squality %.3f, needs %.2f", b.len ? ", " : "", v->quality.score,
                   v->gate.gate);
    if ((v->blocked & 1u << BLOCK_GUARD) && v->win_rate.n > 0)
        buf_printf(&b, "%swin rate may be as low as %.2f, needs %.2f", b.len ? ", " : "",
                   v->guard_low, limits->guard);
    say_guardrails(&b, v);
    snprintf(v->reason, sizeof v->reason, "%s", b.p);
    buf_finish(&b);
}

/* Why a step down is due; false: it is not. */
static bool
says_down(struct rollout_view *v, const struct rollout_limits *limits)
{
    int64_t n = verdicts_total(&v->tally);
    size_t above = stages_reached(v->percent);
    /* The gate of the present stage; a share set by hand counts as the stage below it. */
    double passed = limits->gates[above ? above - 1 : 0];
    if (v->percent <= 0)
        return false;
    if (n >= limits->min_verdicts && v->quality.upper < passed - HYSTERESIS) {
        snprintf(v->reason, sizeof v->reason,
                 "quality is %.3f at most over %lld verdicts, the stage needs %.2f",
                 v->quality.upper, (long long)n, passed);
        return true;
    }
    if (!v->guarded || v->guardrails.state != GUARDRAIL_ROLL_BACK)
        return false;
    const struct guard_arm *c = &v->guardrails.arms[BRAIN_CLAUDE],
                           *l = &v->guardrails.arms[BRAIN_LLAMA];
    snprintf(v->reason, sizeof v->reason,
             "guardrail: %lld of %lld users with LLAMA began badly, %lld of %lld with Claude; at "
             "least %.3f more",
             (long long)l->bad, (long long)l->users, (long long)c->bad, (long long)c->users,
             v->guardrails.difference.low);
    return true;
}

static void
decide_by_evidence(struct rollout_view *v, const struct rollout_limits *limits, int64_t wall_us)
{
    size_t above = stages_reached(v->percent);
    if (says_down(v, limits)) {
        v->decision = DECISION_DEMOTE;
        v->to = stage_below(v->percent);
        return;
    }
    bool top = above == ARRAY_LEN(stages);
    v->blocked = top ? 1u << BLOCK_TOP : blocks(v, limits, wall_us);
    if (v->blocked) {
        say_hold(v, limits, wall_us);
        return;
    }
    v->decision = DECISION_PROMOTE;
    v->to = stages[above];
    snprintf(v->reason, sizeof v->reason,
             "quality is %.3f at least over %lld verdicts, %.2f is needed; win rate %.2f at least",
             v->quality.score, (long long)verdicts_total(&v->tally), v->gate.gate, v->guard_low);
}

static void
decide(struct rollout_view *v, const struct rollout_limits *limits, enum breaker_state llama,
       int64_t wall_us)
{
    v->effective = llama == BREAKER_OPEN ? 0 : v->percent;
    if (v->unsafe) {
        v->decision = DECISION_STOP;
        v->to = v->percent > 0 ? 0 : NAN;
        snprintf(v->reason, sizeof v->reason,
                 "a verdict was flagged safety; only a hand leads on from 0 %%");
    } else if (llama == BREAKER_OPEN && v->percent > 0) {
        v->decision = DECISION_STOP;
        v->to = 0;
        snprintf(v->reason, sizeof v->reason,
                 "LLAMA fails again and again: its breaker is open, and until it closes "
                 "nothing goes there");
    } else {
        decide_by_evidence(v, limits, wall_us);
    }
}

void
rollout_evidence(const struct rollout *r, struct rollout_evidence *out)
{
    *out = (struct rollout_evidence){0};
    for (size_t i = 0; i < r->count; i++)
        count_piece(&out->categories[r->pieces[i].category], &r->pieces[i]);
    for (int s = 0; s < SCORE_KINDS; s++)
        out->scores[s] = score_agreement(r->scores[s]);
}

void
rollout_look(const struct rollout *r, const struct rollout_limits *limits, enum breaker_state llama,
             int64_t wall_us, struct rollout_view out[CATEGORY_COUNT])
{
    for (int c = 0; c < CATEGORY_COUNT; c++)
        out[c] = (struct rollout_view){.decision = DECISION_HOLD, .to = NAN};
    gather(r, limits->blind_only, out);
    add_rates(limits, out);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        out[c].guarded = is_guarded(&r->stage[c]);
        if (out[c].guarded)
            guard_arms_look(r->arms, (enum category)c, r->stage[c].at_us, out[c].percent,
                            &out[c].guardrails);
        add_gate(&out[c], limits, wall_us);
        decide(&out[c], limits, llama, wall_us);
    }
}
