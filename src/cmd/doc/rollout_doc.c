#include "rollout_doc.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "cmd/out.h"
#include "report_doc.h"

void
health_row(struct doc *d, enum brain_id b, enum breaker_state state)
{
    if (state == BREAKER_CLOSED)
        doc_row(d, brain_title(b), "healthy");
    else
        doc_warning(d, brain_title(b), "%s",
                    state == BREAKER_OPEN ? "left alone after failures" : "one call may try it");
}

/* "●●○○ 10 %" of 10, 25, 50 and 100 %, and what is in effect where that is less. */
static void
stage_words(char out[DOC_FIGURE], const struct rollout_view *v)
{
    static const double stages[] = {10, 25, 50, 100};
    size_t used = 0;
    for (size_t i = 0; i < ARRAY_LEN(stages); i++)
        used += (size_t)snprintf(out + used, DOC_FIGURE - used, "%s",
                                 v->percent >= stages[i] ? "●" : "○");
    used += (size_t)snprintf(out + used, DOC_FIGURE - used, " %g %%", v->percent);
    if (v->effective < v->percent)
        snprintf(out + used, DOC_FIGURE - used, ", now %g %%", v->effective);
}

/* ---- gates ---- */

static enum ink
decision_ink(const struct rollout_view *v)
{
    return v->decision == DECISION_PROMOTE ? INK_DONE
           : v->decision == DECISION_HOLD  ? INK_TEXT
                                           : INK_WARNING;
}

enum { DAYS_TOLD = 3650 };

/* "~12 more, 3.0 days", "~400 more, 120 days" */
static void
distance_words(char out[DOC_FIGURE], const struct rollout_view *v)
{
    char more[DOC_FIGURE];
    out[0] = 0;
    if (isnan(v->gate.gate) || verdicts_total(&v->tally) == 0)
        return;
    if (v->gate.needed < 0)
        snprintf(out, DOC_FIGURE, "not at these rates");
    else if (v->gate.needed == 0 && v->gate.days < .05)
        snprintf(out, DOC_FIGURE, "reached");
    else if (v->gate.days > DAYS_TOLD)
        snprintf(out, DOC_FIGURE, "years at this pace");
    else
        snprintf(out, DOC_FIGURE, "%.24s, %.*f days", doc_more(more, v->gate.needed),
                 v->gate.days < 100 ? 1 : 0, v->gate.days);
}

static void
gate_row(struct doc *d, const char *name, const struct rollout_view *v)
{
    char what[64], stage[DOC_FIGURE], n[DOC_FIGURE], score[DOC_FIGURE], gate[DOC_FIGURE],
        distance[DOC_FIGURE];
    route_now_decision(v, what, sizeof what);
    stage_words(stage, v);
    distance_words(distance, v);
    snprintf(n, sizeof n, "%lld", (long long)verdicts_total(&v->tally));
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                         .ink = decision_ink(v),
                                         .label = name,
                                         .low = v->quality.score,
                                         .value = v->quality.score,
                                         .high = v->quality.upper,
                                         .mark = v->gate.gate,
                                         .notes = {what, stage, distance,
                                                   doc_share(score, v->quality.score),
                                                   doc_share(gate, v->gate.gate), n}});
}

static void
gate_rows(struct doc *d, const struct rollout_view *views)
{
    doc_heading(d, "Gates: quality since the stage began");
    doc_picture(d, &(struct doc_picture){
                       .kind = PICTURE_SCALE,
                       .label = "quality, gate",
                       .notes = {"", "stage", "until the gate", "quality", "gate", "verdicts"}});
    for (int k = 0; k < CATEGORY_COUNT; k++)
        gate_row(d, category_name((enum category)k), &views[k]);
}

static void
guard_rows(struct doc *d, const struct route_now *now, const struct rollout_view *views)
{
    char least[DOC_FIGURE];
    doc_heading(d, "Guard: share won, at least");
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_SCALE,
                                         .label = "won by LLAMA",
                                         .notes = {"", "at least", "guard", "L/C/tie/bad"}});
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        const struct win_rate *w = &views[k].win_rate;
        const struct tally *t = &views[k].tally;
        char low[DOC_FIGURE], counts[96];
        snprintf(counts, sizeof counts, "%lld/%lld/%lld/%lld", (long long)t->w, (long long)t->l,
                 (long long)t->t, (long long)t->b);
        doc_picture(d,
                    &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                          .ink = w->state == LEAD_LLAMA    ? INK_LLAMA
                                                 : w->state == LEAD_CLAUDE ? INK_CLAUDE
                                                                           : INK_TEXT,
                                          .label = category_name((enum category)k),
                                          .low = w->interval.low,
                                          .value = w->value,
                                          .high = w->interval.high,
                                          .mark = now->limits.guard,
                                          .notes = {w->n ? doc_lead(w->state) : "nothing compared",
                                                    w->n ? doc_share(low, views[k].guard_low) : "–",
                                                    doc_share(least, now->limits.guard), counts}});
    }
}

static void
reason_rows(struct doc *d, const struct rollout_view *views)
{
    doc_heading(d, "What the next step waits for");
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        const struct rollout_view *v = &views[k];
        char what[64];
        route_now_decision(v, what, sizeof what);
        doc_add(d,
                v->decision == DECISION_DEMOTE || v->decision == DECISION_STOP ? DOC_WARNING
                                                                               : DOC_ROW,
                category_name((enum category)k), "%s: %s", what, v->reason);
    }
}

/* ---- guardrails ---- */

static void
arm_row(struct doc *d, const char *category, enum brain_id b, const struct guard_arm *a)
{
    char bad[DOC_FIGURE], more[160], p95[DOC_FIGURE], cost[DOC_FIGURE] = "–";
    snprintf(bad, sizeof bad, "%s %lld of %lld", brain_title(b), (long long)a->bad,
             (long long)a->users);
    snprintf(more, sizeof more, "%lld turns, %lld failed, %lld overruled", (long long)a->turns,
             (long long)a->failed_or_fell_back, (long long)a->overrides);
    if (!isnan(a->cost_usd))
        snprintf(cost, sizeof cost, "$%.4f", a->cost_usd);
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_AMOUNT,
                                         .ink = b == BRAIN_CLAUDE ? INK_CLAUDE : INK_LLAMA,
                                         .label = b == BRAIN_CLAUDE ? category : "",
                                         .value = a->users ? (double)a->bad / (double)a->users : 0,
                                         .notes = {bad, more, doc_ms(p95, a->p95_ttft_ms), cost}});
}

static void
share_row(struct doc *d, const struct srm *srm)
{
    char users[DOC_FIGURE], expected[64];
    snprintf(users, sizeof users, "%lld of %lld users", (long long)srm->k, (long long)srm->n);
    snprintf(expected, sizeof expected, "%s: %.0f %% expected, e %.3g",
             srm->alarm ? "ALARM, log or bucket is wrong" : "as it should be", 100 * srm->p0,
             srm->e);
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                         .ink = srm->alarm ? INK_ERROR : INK_TEXT,
                                         .label = "  share of users",
                                         .low = NAN,
                                         .value = (double)srm->k / (double)srm->n,
                                         .high = NAN,
                                         .mark = srm->p0,
                                         .notes = {users, expected}});
}

static void
guardrail_verdict(struct doc *d, const char *name, const struct guardrails *g)
{
    bool alike = g->state == GUARDRAIL_OK || g->state == GUARDRAIL_INCONCLUSIVE;
    doc_add(d, alike ? DOC_ROW : DOC_WARNING, name, "%s; LLAMA less Claude between %.2f and %.2f",
            guardrail_state_name(g->state), g->difference.low, g->difference.high);
}

/* The pictures of all categories follow each other, so that their columns stand below one another. */
static void
guardrail_rows(struct doc *d, const struct rollout_view *views)
{
    bool some = false, drawn = false;
    doc_heading(d, "Guardrails: users who began badly");
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        const struct guardrails *g = &views[k].guardrails;
        if (!views[k].guarded || g->srm.n == 0)
            continue;
        if (!drawn)
            doc_picture(d,
                        &(struct doc_picture){.kind = PICTURE_SCALE,
                                              .label = "share of users",
                                              .notes = {"badly", "", "first token p95", "cost"}});
        drawn = true;
        for (int b = 0; b < BRAIN_COUNT; b++)
            arm_row(d, category_name((enum category)k), (enum brain_id)b, &g->arms[b]);
        share_row(d, &g->srm);
    }
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        const struct guardrails *g = &views[k].guardrails;
        const char *name = category_name((enum category)k);
        some = some || views[k].guarded;
        if (views[k].guarded && g->srm.n == 0)
            doc_row(d, name, "nobody's message was routed since the stage began");
        else if (views[k].guarded)
            guardrail_verdict(d, name, g);
    }
    if (!some)
        doc_remark(
            d,
            "No category is between 0 and 100 %%, so no users are compared. Bad is a first routed "
            "turn that failed, fell back to the other brain or was overruled.");
}

/* ---- history ---- */

struct history {
    struct doc *d;
    int steps;
};

static bool
history_row(void *arg, const struct rollout_step *step)
{
    char when[OUT_TIME_BYTES];
    struct history *h = arg;
    h->steps++;
    doc_row(h->d, out_time(step->at_us, when), "%s %g → %g %%, by %s%s%s",
            category_name(step->category), step->from, step->to, step->by, step->reason ? ": " : "",
            step->reason ? step->reason : "");
    return true;
}

bool
rollout_doc(struct doc *d, const struct route_now *now, struct store *store, struct err *err)
{
    struct rollout_view views[CATEGORY_COUNT];
    struct history history = {.d = d};
    bool asked = false;
    route_now_look(now, views);
    for (int b = 0; b < BRAIN_COUNT; b++)
        health_row(d, (enum brain_id)b, now->breakers[b]);
    doc_row(d, "steps", "%s", route_now_steps(now));
    doc_row(d, "evidence", "%s",
            now->limits.blind_only ? "verdicts given blind (route.rollout.evidence)"
                                   : "every verdict that counts, blind or with the names in sight");
    gate_rows(d, views);
    reason_rows(d, views);
    guard_rows(d, now, views);
    guardrail_rows(d, views);
    doc_heading(d, "History");
    if (!rollout_store_steps(store, history_row, &history, err))
        return false;
    doc_remark(d, "%s with `berdua route set CATEGORY PERCENT`, all with `berdua route rollback`.",
               history.steps ? "Oldest first. Apply or undo a step"
                             : "No step was taken yet. Apply or undo one");
    for (int k = 0; k < CATEGORY_COUNT; k++)
        asked = asked || views[k].quality.basis == QUALITY_ACCEPTABLE;
    doc_blank(d);
    doc_remark(d, "Quality: %s", quality_definition(QUALITY_NOT_WORSE));
    if (asked)
        doc_remark(d, "Where people were asked: %s", quality_definition(QUALITY_ACCEPTABLE));
    return true;
}
