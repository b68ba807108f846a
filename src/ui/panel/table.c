/* Both brains beside each other: each figure stands once, next to what it is compared with. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "panel_parts.h"
#include "ui/text/charts.h"

enum {
    LABEL_COLS = 14,
    LABEL_FROM_COLS = 32,
    SHORT_LABEL_COLS = 8,
    SHORT_LABEL_FROM_COLS = 24,
    COLUMN_MAX_COLS = 22,
    RECENT_LEAST = 2
};

struct table
table_begin(struct panel *p, const struct panel_view *v, int cols)
{
    int label = cols >= LABEL_FROM_COLS         ? LABEL_COLS
                : cols >= SHORT_LABEL_FROM_COLS ? SHORT_LABEL_COLS
                                                : 0;
    int most = LABEL_COLS + BRAIN_COUNT * COLUMN_MAX_COLS;
    cols = cols > most ? most : cols;
    return (struct table){
        .p = p, .v = v, .cols = cols, .label = label, .column = (cols - label) / BRAIN_COUNT};
}

/* Where the column of the brain at that side ends. */
static int
column_end(const struct table *t, int side)
{
    return t->cols - (BRAIN_COUNT - 1 - side) * t->column;
}

void
table_row(struct table *t, int rank, const char *label, const struct cells *c)
{
    struct line *l = panel_row(t->p, t->cols, rank);
    if (t->label)
        line_add_raw(l, INK_LABEL, label, strlen(label), t->label);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        int end = column_end(t, i);
        int width = utf8_width(c->text[i], strlen(c->text[i]));
        line_pad(l, INK_TEXT, width < end - l->cols ? end - width : l->cols + 1);
        line_add_raw(l, c->ink[i], c->text[i], strlen(c->text[i]), end - l->cols);
    }
}

static void
add_heads(struct table *t)
{
    struct cells names = {.text = {""}}, states = {.text = {""}};
    char about[32] = "THIS ANSWER";
    const struct turn *turn = t->v->turn;
    if (turn && !t->v->last && turn->seq > 0)
        snprintf(about, sizeof about, "TURN %" PRId64, turn->seq);
    else if (turn && !t->v->last)
        snprintf(about, sizeof about, "EARLIER TURN");
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(turn, i);
        const char *state = words_state(turn, b, t->v->now_us, &states.ink[i]);
        const struct answer *a = panel_answer(t->v, b);
        int64_t stalled_us = a ? answer_stalled_us(a, t->v->now_us) : 0;
        names.ink[i] = words_brain_ink(turn, b);
        snprintf(names.text[i], WORDS_FIGURE, "%s %s", words_sign(turn, b, t->v->glyphs),
                 words_brain(turn, b));
        if (stalled_us > 0)
            snprintf(states.text[i], WORDS_FIGURE, "%s %d s", state, (int)(stalled_us / US_PER_S));
        else
            snprintf(states.text[i], WORDS_FIGURE, "%s", state);
    }
    table_row(t, RANK_HEADS, about, &names);
    table_row(t, RANK_HEADS, "", &states);
}

/* ---- the last first tokens ---- */

/* The fastest and the slowest of both brains' last first tokens. */
static void
recent_range(const struct ui_facts *f, double *low, double *high)
{
    *low = INFINITY;
    *high = 1;
    for (int b = 0; b < BRAIN_COUNT; b++)
        for (int i = 0; i < UI_RECENT && i < f->brain[b].n; i++) {
            double us = fmax(1, (double)f->brain[b].recent_us[i]);
            *low = fmin(*low, us);
            *high = fmax(*high, us);
        }
}

/* Oldest first, in one scale for both: each doubling is as high as the one before. */
static void
add_recent(struct table *t)
{
    const struct ui_facts *f = t->v->facts;
    double low, high;
    if (f->brain[BRAIN_CLAUDE].n < RECENT_LEAST && f->brain[BRAIN_LLAMA].n < RECENT_LEAST)
        return;
    recent_range(f, &low, &high);
    struct line *l = panel_row(t->p, t->cols, RANK_RECENT);
    if (t->label)
        line_addf(l, INK_LABEL, "  last %d", UI_RECENT);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(t->v->turn, i);
        int count = f->brain[b].n < UI_RECENT ? (int)f->brain[b].n : UI_RECENT;
        line_pad(l, INK_TEXT, column_end(t, i) - count);
        for (int k = 0; k < count; k++) {
            double us = fmax(1, (double)f->brain[b].recent_us[k]);
            double share = high > low ? log(us / low) / log(high / low) : 0;
            line_add_str(l, words_brain_ink(t->v->turn, b),
                         t->v->glyphs->spark[1 + (int)(share * 7 + .5)]);
        }
    }
}

/* ---- figures ---- */

/* A figure that is rare has a row only while a brain has one; those of every answer always, for a row that comes moves all
 * others. */
static void
add_figure(struct table *t, enum figure_kind f)
{
    struct cells c = {.text = {""}};
    bool usual = f == FIGURE_CONNECT || f == FIGURE_STALL;
    bool known = figures[f].strip_cols > 0 || (usual && t->v->turn);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        figure_text(c.text[i], f, t->v, turn_side(t->v->turn, i));
        known = known || !figure_unknown(c.text[i]);
        c.ink[i] = figures[f].rank > RANK_SPEED ? INK_LABEL : INK_VALUE;
    }
    if (known)
        table_row(t, figures[f].rank, figure_label(f, t->label), &c);
}

void
panel_figures(struct table *t)
{
    add_heads(t);
    for (enum figure_kind f = 0; f < FIGURE_COUNT; f++) {
        if (!figure_is_score(f))
            add_figure(t, f);
        if (f == FIGURE_FIRST_TOKEN)
            add_recent(t);
    }
}

void
panel_models(struct table *t)
{
    const char *names[BRAIN_COUNT];
    int cols = 0, between = utf8_width(t->v->glyphs->middle, strlen(t->v->glyphs->middle));
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(t->v->turn, i);
        const struct answer *a = panel_answer(t->v, b);
        names[i] = a && a->model ? a->model : t->v->model[b] ? t->v->model[b] : "";
        cols += utf8_width(names[i], strlen(names[i])) + i * between;
    }
    struct line *l = NULL;
    for (int i = 0; i < BRAIN_COUNT; i++) {
        if (!names[i][0])
            continue;
        bool joined = l && cols <= t->cols;
        if (joined)
            line_add_str(l, INK_DIM, t->v->glyphs->middle);
        else
            l = panel_row(t->p, t->cols, RANK_DETAIL);
        line_add_raw(l, INK_DIM, names[i], strlen(names[i]), t->cols - l->cols);
    }
}

/* ---- the session ---- */

/* Whether the last calls failed: a sign each, oldest first. */
static void
add_health(struct table *t)
{
    const struct brain_facts *f = t->v->facts->brain;
    if (f[BRAIN_CLAUDE].tries + f[BRAIN_LLAMA].tries == 0)
        return;
    struct line *l = panel_row(t->p, t->cols, RANK_HEALTH);
    if (t->label)
        line_add_str(l, INK_LABEL, "health");
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(t->v->turn, i);
        line_pad(l, INK_TEXT, column_end(t, i) - f[b].tries);
        for (int k = 0; k < f[b].tries; k++)
            line_add_str(l, f[b].failed[k] ? INK_ERROR : INK_DONE,
                         f[b].failed[k] ? t->v->glyphs->cross : t->v->glyphs->dot);
    }
}

/* First tokens of the session's answers that were valid and warm, and from how many the figures are. */
void
panel_session(struct table *t)
{
    const struct ui_facts *facts = t->v->facts;
    struct cells p50 = {.text = {""}}, p95 = p50, n = p50, cost = p50;
    int places = words_cost_places(facts->cost.session_usd);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        const struct brain_facts *f = &facts->brain[turn_side(t->v->turn, i)];
        words_ms(p50.text[i], f->p50_us);
        words_ms(p95.text[i], f->p95_us);
        words_count(n.text[i], f->n);
        words_cost_in(cost.text[i], f->cost_usd, places);
        p50.ink[i] = p95.ink[i] = n.ink[i] = cost.ink[i] = INK_LABEL;
    }
    panel_head(t->p, t->cols, RANK_SESSION, "SESSION");
    if (facts->brain[BRAIN_CLAUDE].n + facts->brain[BRAIN_LLAMA].n > 0) {
        table_row(t, RANK_SESSION, "p50 1st token", &p50);
        if (!figure_unknown(p95.text[0]) || !figure_unknown(p95.text[1]))
            table_row(t, RANK_P95, "p95 1st token", &p95);
        table_row(t, RANK_SESSION, "from answers", &n);
    }
    if (facts->cost.session_usd > 0)
        table_row(t, RANK_COST, "cost", &cost);
    add_health(t);
}
