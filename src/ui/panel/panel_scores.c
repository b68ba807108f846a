/* Warmth and cultural fit of both answers as bars away from one axis, what warmth is made of, and how often people's
 * verdicts went with these scores. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "panel_parts.h"
#include "ui/text/charts.h"

enum { FIGURE_COLS = 4, BAR_MIN_COLS = 3 };

struct pair {
    double share[BRAIN_COUNT]; /* NAN: no bar */
    bool grey[BRAIN_COUNT];
    char text[BRAIN_COUNT][WORDS_FIGURE];
};

static enum ink
pair_ink(const struct pair *p, int i)
{
    return isnan(p->share[i]) || p->grey[i] ? INK_LABEL : INK_VALUE;
}

/* A figure and its bar, or a word where there is none, at one side of the axis; both sides have bars of the same length. */
static void
add_side(struct line *l, const struct table *t, const struct pair *p, int i, int cols)
{
    enum ink bar = p->grey[i] ? INK_LABEL : words_brain_ink(t->v->turn, turn_side(t->v->turn, i));
    enum ink ink = pair_ink(p, i);
    int bar_cols = cols - FIGURE_COLS - 1, at = l->cols;
    int axis = t->cols - t->column;
    int width = utf8_width(p->text[i], strlen(p->text[i]));
    if (i == 0 && isnan(p->share[i])) {
        line_pad(l, INK_TEXT, axis - 1 - width);
        line_add_str(l, ink, p->text[i]);
        line_pad(l, INK_TEXT, axis);
    } else if (i == 0) {
        line_pad(l, INK_TEXT, axis - cols);
        line_add_str(l, ink, p->text[i]);
        line_pad(l, INK_TEXT, axis - bar_cols);
        chart_from_axis(l, t->v->glyphs, bar, p->share[i], bar_cols, CHART_LEFT);
    } else if (isnan(p->share[i])) {
        line_pad(l, INK_TEXT, at + 1);
        line_add_str(l, ink, p->text[i]);
    } else {
        chart_from_axis(l, t->v->glyphs, bar, p->share[i], bar_cols, CHART_RIGHT);
        line_pad(l, INK_TEXT, t->cols - width);
        line_add_str(l, ink, p->text[i]);
    }
}

/* The axis stands where the first brain's column ends. */
static void
add_pair(struct table *t, int rank, const char *label, const struct pair *p)
{
    int side = t->column - 2;
    if (side < FIGURE_COLS + 1 + BAR_MIN_COLS) {
        struct cells c = {.text = {""}};
        memcpy(c.text, p->text, sizeof c.text);
        for (int i = 0; i < BRAIN_COUNT; i++)
            c.ink[i] = pair_ink(p, i);
        table_row(t, rank, label, &c);
        return;
    }
    struct line *l = panel_row(t->p, t->cols, rank);
    if (t->label)
        line_add_raw(l, INK_LABEL, label, strlen(label), t->label);
    add_side(l, t, p, 0, side);
    line_add_str(l, INK_RULE, t->v->glyphs->axis);
    add_side(l, t, p, 1, side);
}

static void
add_score(struct table *t, enum figure_kind f)
{
    struct pair p = {.text = {""}};
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(t->v->turn, i);
        figure_text(p.text[i], f, t->v, b);
        p.share[i] = figure_score(t->v, b, f);
        p.grey[i] = scores_short(t->v, b);
    }
    add_pair(t, RANK_SCORE, figure_label(f, t->label), &p);
}

/* Their rows are there while an answer is awaited, so that nothing moves when it has ended. */
static void
add_parts(struct table *t)
{
    static const char *const names[WARMTH_PARTS] = {
        [PART_POLITE] = "  polite",
        [PART_EMPATHIC] = "  empathic",
        [PART_AFFECTIONATE] = "  affectionate",
        [PART_CONSIDERATE] = "  considerate",
    };
    const struct panel_view *v = t->v;
    bool awaited = v->turn && turn_answering(v->turn);
    if (!awaited && !v->parts[BRAIN_CLAUDE].known && !v->parts[BRAIN_LLAMA].known)
        return;
    for (int part = 0; part < WARMTH_PARTS; part++) {
        struct pair p = {.text = {""}};
        for (int i = 0; i < BRAIN_COUNT; i++) {
            enum brain_id b = turn_side(v->turn, i);
            const struct panel_parts *of = &v->parts[b];
            p.share[i] = of->known ? of->of[part] : NAN;
            p.grey[i] = scores_short(v, b);
            score_mark(p.text[i], p.share[i], of->known && p.grey[i]);
        }
        add_pair(t, RANK_PARTS, names[part], &p);
    }
}

/* ---- how far they can be believed ---- */

static void
add_check(struct table *t, const char *name, const struct ui_score_check *c)
{
    double percent = c->n ? 100 * (double)c->agreed / (double)c->n : 0;
    if (c->n == 0)
        return;
    struct line *l = panel_row(t->p, t->cols, RANK_AGREEMENT);
    if (c->heuristic)
        line_addf(l, INK_DIM, "%s: %" PRId64 " of %" PRId64 " blind agree", name, c->agreed, c->n);
    else if (c->predictive)
        line_addf(l, INK_DIM, "%s: %.0f %% of %" PRId64 " blind agree", name, percent, c->n);
    else
        line_addf(l, INK_WARNING, "%s not predictive here (n %" PRId64 ")", name, c->n);
}

const char *
panel_scores_state(const struct panel_view *v)
{
    const struct ui_score_check *c = v->facts->evidence.scores;
    bool warmth = !c[UI_WARMTH].heuristic && !c[UI_WARMTH].predictive && c[UI_WARMTH].n > 0;
    bool culture = !c[UI_CULTURE].heuristic && !c[UI_CULTURE].predictive && c[UI_CULTURE].n > 0;
    bool sure = c[UI_WARMTH].predictive && c[UI_CULTURE].predictive;
    bool short_one = scores_short(v, BRAIN_CLAUDE) || scores_short(v, BRAIN_LLAMA);
    return warmth && culture    ? "scores not predictive here"
           : warmth             ? "warmth not predictive here"
           : culture            ? "culture not predictive here"
           : sure && !short_one ? "scores: /why"
           : short_one          ? "? too short · scores: /why"
                                : "scores heuristic: /why";
}

void
panel_scores(struct table *t)
{
    const struct ui_score_check *c = t->v->facts->evidence.scores;
    add_score(t, FIGURE_WARMTH);
    add_parts(t);
    add_score(t, FIGURE_CULTURE);
    if (!t->v->turn) /* from then on they stand there: rows that came with a score would move all others */
        return;
    if (scores_short(t->v, BRAIN_CLAUDE) || scores_short(t->v, BRAIN_LLAMA))
        line_addf(panel_row(t->p, t->cols, RANK_CHECK), INK_DIM,
                  "? too short: below %d words (/why)", SCORE_MIN_WORDS);
    else if (!c[UI_WARMTH].predictive || !c[UI_CULTURE].predictive)
        line_add_str(panel_row(t->p, t->cols, RANK_CHECK), INK_DIM,
                     "heuristic, from word lists (/why)");
    add_check(t, "warmth", &c[UI_WARMTH]);
    add_check(t, "culture", &c[UI_CULTURE]);
}
