#include "panel_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "ui/text/charts.h"

enum { KINDS_SHOWN = 2, FIGURE_CAP = 96, FALLBACK_CAP = 320, WEIGHT_COL = 17, WEIGHT_COLS = 10 };

#define TELLING_WEIGHT 0.05

/* ---- what kind of message it is ---- */

/* The i-th greatest weight; -1: there are not so many. */
static int
kind_at(const struct turn *t, int i)
{
    bool seen[CATEGORY_COUNT] = {false};
    int best = -1;
    for (; i >= 0; i--) {
        best = -1;
        for (int c = 0; c < CATEGORY_COUNT; c++)
            if (!seen[c] && t->kind.weights[c] > 0 &&
                (best < 0 || t->kind.weights[c] > t->kind.weights[best]))
                best = c;
        if (best < 0)
            return -1;
        seen[best] = true;
    }
    return best;
}

/* Weights are no probabilities, and do not add up to 1: they are drawn, not printed. */
static void
kind(struct panel *p, const struct panel_view *v, int cols)
{
    static const char *const languages[LANGUAGE_COUNT] = {
        [LANGUAGE_ID] = "Indonesian", [LANGUAGE_EN] = "English", [LANGUAGE_IT] = "Italian"};
    const struct turn *t = v->turn;
    if (t->kind.category < 0)
        return;
    struct line *l = panel_head(p, cols, RANK_MESSAGE, "THIS MESSAGE");
    if (t->kind.language >= 0)
        line_right(l, INK_LABEL, languages[t->kind.language], 1);
    for (int i = 0; i < KINDS_SHOWN && kind_at(t, i) >= 0; i++) {
        int c = kind_at(t, i);
        if (i > 0 && t->kind.weights[c] < TELLING_WEIGHT)
            break;
        enum ink ink = i ? INK_LABEL : INK_VALUE;
        l = panel_row(p, cols, i ? RANK_ROUTE : RANK_MESSAGE);
        line_add_str(l, ink, words_category((enum category)c));
        line_pad(l, INK_TEXT, WEIGHT_COL);
        chart_bar(l, v->glyphs, ink, t->kind.weights[c], WEIGHT_COLS);
    }
}

/* ---- its route ---- */

static void
asked_whom(const struct turn *t, char *out, size_t cap)
{
    snprintf(out, cap, "%s%s%s", words_brain(t, t->route.brain), t->route.style ? " " : "",
             t->route.style ? t->route.style : "");
}

/* "at 25 %", and, where that does not say it all, on which side of it this user is. */
static void
share(const struct turn *t, char *out, size_t cap)
{
    double bucket = t->route.bucket / 100.0;
    if (t->route.percent <= 0 || t->route.percent >= 100)
        snprintf(out, cap, "at %g %%", t->route.percent);
    else
        snprintf(out, cap, "at %g %%, bucket %.2f %%", t->route.percent, bucket);
}

static void
fallback(const struct turn *t, char out[FALLBACK_CAP])
{
    snprintf(out, FALLBACK_CAP, "%s took over%s%s", words_brain(t, t->route.fallback),
             t->route.fallback_why ? ": " : "", t->route.fallback_why ? t->route.fallback_why : "");
}

static void
route(struct panel *p, const struct turn *t, int cols)
{
    char text[FIGURE_CAP];
    if (!t->route.rule)
        return;
    panel_figure(p, cols, RANK_ROUTE, "rule", t->route.rule);
    asked_whom(t, text, sizeof text);
    panel_figure(p, cols, RANK_MESSAGE, "asked", text);
    share(t, text, sizeof text);
    panel_figure(p, cols, RANK_ROUTE, "LLAMA's share", text);
    if (t->route.fallback == BRAIN_NONE)
        return;
    char why[FALLBACK_CAP];
    fallback(t, why);
    panel_wrapped(p, cols, RANK_TROUBLE, INK_WARNING, why, strlen(why));
}

/* ---- the cultural context ---- */

static bool
awaited(const struct turn *t)
{
    return t->context.wanted && t->context.started_us == UNKNOWN &&
           t->answers[BRAIN_CLAUDE].status == STATUS_RUNNING;
}

/* "120 of 200 ms", "saved, 3 ms" */
static void
context_state(const struct panel_view *v, char *out, size_t cap)
{
    const struct context *c = &v->turn->context;
    char ms[WORDS_FIGURE];
    int64_t waited = (v->wall_us - v->turn->at_wall_us) / US_PER_MS;
    waited = waited < 0 ? 0 : waited > c->grace_ms ? c->grace_ms : waited;
    if (awaited(v->turn))
        snprintf(out, cap, "%d of %d ms", (int)waited, c->grace_ms);
    else if (c->started_us == UNKNOWN)
        snprintf(out, cap, "–");
    else
        snprintf(out, cap, "%s, %s",
                 c->source == CONTEXT_LLAMA ? "LLAMA" : context_source_name(c->source),
                 words_ms(ms, c->started_us));
}

/* What became of LLAMA's context when Claude did not wait for it. false: there is nothing to tell. */
static bool
context_llama(const struct turn *t, char *out, size_t cap)
{
    const struct context *c = &t->context;
    char ms[WORDS_FIGURE];
    bool late = c->late_us != UNKNOWN;
    if (!c->asked || c->source == CONTEXT_LLAMA || awaited(t))
        return false;
    if (context_running(c))
        snprintf(out, cap, "LLAMA's is on its way");
    else if (late)
        snprintf(out, cap, "late after %s%s", words_ms(ms, c->late_us),
                 c->saved ? ", kept" : ", not kept");
    return late || context_running(c);
}

static void
context(struct panel *p, const struct panel_view *v, int cols)
{
    const struct context *c = &v->turn->context;
    char text[FIGURE_CAP];
    if (!c->wanted)
        return;
    context_state(v, text, sizeof text);
    panel_figure(p, cols, RANK_MESSAGE, "context", text);
    if (context_llama(v->turn, text, sizeof text))
        panel_figure(p, cols, RANK_ROUTE, "", text);
    else if (c->why && !awaited(v->turn) && c->source != CONTEXT_LLAMA)
        panel_wrapped(p, cols, RANK_ROUTE, INK_LABEL, c->why, strlen(c->why));
    if (c->asked && !isnan(c->answer.cost_usd))
        panel_figure(p, cols, RANK_COST, "context cost", words_cost(text, c->answer.cost_usd));
}

void
panel_message(struct panel *p, const struct panel_view *v, int cols)
{
    int before = p->count;
    if (!v->turn)
        return;
    kind(p, v, cols);
    route(p, v->turn, cols);
    context(p, v, cols);
    if (v->turn->memory_told)
        panel_figure(p, cols, RANK_MESSAGE, "memory", "told (/memory)");
    if (p->count > before)
        panel_gap(p, cols);
}

bool
panel_paused(const struct panel_view *v, enum brain_id b)
{
    bool said = v->turn && v->turn->asked[b] && v->turn->answers[b].error.kind != ERR_NONE;
    return v->facts->brain[b].paused && !said;
}

/* ---- a server that starts up ---- */

/* What waits for the server: an answer, or the call that wakes it; NULL: nothing does. A call that wakes a server which
 * is awake has ended before anybody can read of it. */
static const struct answer *
waiting_for_start(const struct panel_view *v, enum brain_id b)
{
    const struct answer *a = panel_answer(v, b), *woken = v->facts->brain[b].warm_up;
    if (a && a->status == STATUS_RUNNING)
        return a->phase == PHASE_WARMING ? a : NULL;
    bool runs = woken && woken->status == STATUS_RUNNING && woken->started_us > 0;
    return runs && v->now_us - woken->started_us >= US_PER_S ? woken : NULL;
}

const char *
panel_starting(const struct panel_view *v, enum brain_id b, char out[STARTING_CAP],
               char usual[STARTING_CAP])
{
    const struct answer *a = waiting_for_start(v, b);
    usual[0] = 0;
    if (!a)
        return NULL;
    snprintf(out, STARTING_CAP, "starting up %d s", (int)((v->now_us - a->started_us) / US_PER_S));
    return cold_starts_text(&v->facts->brain[b].cold_starts, usual) ? out : NULL;
}

void
panel_starting_rows(struct panel *p, const struct panel_view *v, enum brain_id b, int cols)
{
    char since[STARTING_CAP], usual[STARTING_CAP], all[3 * STARTING_CAP];
    if (!panel_starting(v, b, since, usual))
        return;
    snprintf(all, sizeof all, "%s: %s%s%s", words_brain(v->turn, b), since, usual[0] ? ", " : "",
             usual);
    if (utf8_width(all, strlen(all)) <= cols) {
        line_add_str(panel_row(p, cols, RANK_TROUBLE), INK_WARNING, all);
        return;
    }
    line_addf(panel_row(p, cols, RANK_TROUBLE), INK_WARNING, "%s: %s", words_brain(v->turn, b),
              since);
    line_add_str(panel_row(p, cols, RANK_TROUBLE), INK_WARNING, usual);
}

/* ---- the shadow ---- */

const char *
panel_shadow(const struct panel_view *v, enum brain_id b, bool in_short, char *out, size_t cap)
{
    const struct turn *t = v->turn;
    const char *key = v->reveal_key ? v->reveal_key : "/reveal";
    if (!t || !t->asked[b] || t->answers[b].role != ROLE_SHADOW)
        return NULL;
    if (t->revealed)
        snprintf(out, cap, in_short ? "shadow shown" : "shadow, shown");
    else if (t->answers[b].status == STATUS_RUNNING)
        snprintf(out, cap, in_short ? "shadow runs" : "shadow, runs unseen");
    else if (answer_valid(&t->answers[b]))
        snprintf(out, cap, in_short ? "shadow in (%s)" : "shadow is in; %s shows it", key);
    else
        snprintf(out, cap, in_short ? "shadow failed" : "shadow, gave no answer");
    return out;
}

/* ---- all of it in one line ---- */

/* Adds " · text" when all of it fits. */
static void
piece(struct line *l, const struct glyphs *g, enum ink ink, const char *text)
{
    const char *between = l->cols > 1 ? g->middle : "";
    int cols = utf8_width(text, strlen(text)) + utf8_width(between, strlen(between));
    if (l->cols + cols > l->width || !text[0])
        return;
    line_add_str(l, INK_RULE, between);
    line_add_str(l, ink, text);
}

static void
strip_route(struct line *l, const struct panel_view *v)
{
    const struct turn *t = v->turn;
    char whom[FIGURE_CAP], text[2 * FIGURE_CAP];
    if (!t->route.rule)
        return;
    if (t->route.fallback != BRAIN_NONE) {
        char why[FALLBACK_CAP];
        fallback(t, why);
        line_add_str(l, INK_RULE, l->cols > 1 ? v->glyphs->middle : "");
        line_add_raw(l, INK_WARNING, why, strlen(why), l->width / 2);
        return;
    }
    asked_whom(t, whom, sizeof whom);
    snprintf(text, sizeof text, "at %g %%: %s", t->route.percent, whom);
    piece(l, v->glyphs, INK_VALUE, text);
}

static void
strip_context(struct line *l, const struct panel_view *v)
{
    char text[FIGURE_CAP], late[FIGURE_CAP + 16];
    if (!v->turn->context.wanted)
        return;
    context_state(v, text, sizeof text);
    snprintf(late, sizeof late, "context %s", text);
    piece(l, v->glyphs, awaited(v->turn) ? INK_RUNNING : INK_VALUE, late);
    if (context_llama(v->turn, late, sizeof late))
        piece(l, v->glyphs, INK_LABEL, late);
}

void
strip_message(struct line *l, const struct panel_view *v)
{
    const struct turn *t = v->turn;
    char text[FIGURE_CAP];
    if (!t)
        return;
    int c = t->kind.category < 0 ? -1 : kind_at(t, 0);
    if (c >= 0)
        piece(l, v->glyphs, INK_LABEL, words_category((enum category)c));
    strip_route(l, v);
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (panel_shadow(v, (enum brain_id)b, true, text, sizeof text))
            piece(l, v->glyphs, INK_NOTICE, text);
    strip_context(l, v);
    if (t->memory_told)
        piece(l, v->glyphs, INK_LABEL, "memory told");
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (!isnan(figure_score(v, (enum brain_id)b, FIGURE_WARMTH))) {
            piece(l, v->glyphs, INK_DIM, panel_scores_state(v));
            break;
        }
}
