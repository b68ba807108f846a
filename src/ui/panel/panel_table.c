/* The figures where they have the screen to themselves, but a small one: both brains in a table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "panel_parts.h"
#include "ui/text/words.h"

enum { LABEL_COLS = 12, COLUMN_MAX_COLS = 22, WHOLE_FROM_ROWS = 14 };

struct table {
    struct panel *p;
    const struct panel_view *v;
    enum brain_id order[BRAIN_COUNT];
    int cols, column; /* width of the table, and of one brain's column */
};

static void
cells(struct table *t, int rank, const char *label, const char *const text[BRAIN_COUNT],
      const enum ink inks[BRAIN_COUNT])
{
    struct line *l = panel_row(t->p, t->cols, rank);
    line_add_str(l, INK_LABEL, label);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        int end = t->cols - (BRAIN_COUNT - 1 - i) * t->column;
        line_pad(l, INK_TEXT, end - utf8_width(text[i], strlen(text[i])));
        line_add_str(l, inks[i], text[i]);
    }
}

/* The answer's figures, a row each; a dash for a brain that was not asked. */
static void
figures(struct table *t)
{
    enum { FIGURES = 6 };
    static const struct {
        const char *label;
        int rank;
    } rows[FIGURES] = {{"first token", 0}, {"total", 2},  {"speed", 4},
                       {"cost", 3},        {"warmth", 4}, {"culture", 4}};
    static const enum ink inks[BRAIN_COUNT] = {INK_VALUE, INK_VALUE};
    char text[BRAIN_COUNT][FIGURES][WORDS_FIGURE];
    for (int i = 0; i < BRAIN_COUNT; i++) {
        struct answer none;
        const struct answer *a = panel_answer(t->v, t->order[i], &none);
        words_ms(text[i][0], a->times.ttft_us);
        words_time(text[i][1], words_total_us(a, t->v->now_us));
        words_speed(text[i][2], answer_tokens_per_s(a, t->v->now_us));
        words_cost(text[i][3], a->cost_usd);
        snprintf(text[i][4], WORDS_FIGURE, isnan(a->warmth) ? "–" : "%.2f", a->warmth);
        snprintf(text[i][5], WORDS_FIGURE, isnan(a->cultural) ? "–" : "%.2f", a->cultural);
    }
    for (int k = 0; k < FIGURES; k++)
        cells(t, rows[k].rank, rows[k].label, (const char *const[]){text[0][k], text[1][k]}, inks);
}

static void
session(struct table *t)
{
    static const enum ink inks[BRAIN_COUNT] = {INK_LABEL, INK_LABEL};
    static const enum verdict_kind kinds[BRAIN_COUNT] = {VERDICT_CLAUDE, VERDICT_LLAMA};
    char better[BRAIN_COUNT][WORDS_FIGURE], p50[BRAIN_COUNT][WORDS_FIGURE],
        usd[BRAIN_COUNT][WORDS_FIGURE];
    const char *rows[3][BRAIN_COUNT];
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = t->order[i];
        rows[0][i] = words_count(better[i], t->v->facts->tally[kinds[b]]);
        rows[1][i] = words_time(p50[i], t->v->facts->brain[b].p50_us);
        rows[2][i] = words_cost(usd[i], t->v->facts->brain[b].cost_usd);
    }
    cells(t, 5, "all: cost", rows[2], inks);
    cells(t, 6, "all: better", rows[0], inks);
    cells(t, 6, "all: p50", rows[1], inks);
}

static void
heads(struct table *t)
{
    const char *names[BRAIN_COUNT], *states[BRAIN_COUNT];
    enum ink inks[BRAIN_COUNT], state_inks[BRAIN_COUNT];
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = t->order[i];
        names[i] = words_brain(b);
        inks[i] = words_brain_ink(b);
        states[i] = words_state(t->v->turn, b, &state_inks[i]);
    }
    cells(t, 1, "", names, inks);
    cells(t, 1, "", states, state_inks);
}

void
panel_table_make(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    if (cols > LABEL_COLS + BRAIN_COUNT * COLUMN_MAX_COLS)
        cols = LABEL_COLS + BRAIN_COUNT * COLUMN_MAX_COLS;
    struct table t = {.p = p, .v = v, .cols = cols, .column = (cols - LABEL_COLS) / BRAIN_COUNT};
    t.order[0] = turn_side(v->turn, 0);
    t.order[1] = turn_side(v->turn, 1);
    p->count = 0;
    p->session_head = -1;
    heads(&t);
    figures(&t);
    for (int b = 0; v->turn && b < BRAIN_COUNT; b++)
        if (v->turn->asked[b])
            panel_error(p, cols, 2, INK_ERROR, words_brain((enum brain_id)b), &v->turn->answers[b]);
    if (rows < WHOLE_FROM_ROWS)
        strip_message(panel_row(p, cols, 2), v);
    else
        panel_message(p, v, cols);
    session(&t);
    panel_drop_until(p, rows);
}
