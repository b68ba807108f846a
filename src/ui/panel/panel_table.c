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

static struct line *
cells(struct table *t, int rank, const char *label, enum ink ink,
      const char *const text[BRAIN_COUNT], const enum ink inks[BRAIN_COUNT])
{
    struct line *l = panel_row(t->p, t->cols, rank);
    line_add_str(l, ink, label);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        int end = t->cols - (BRAIN_COUNT - 1 - i) * t->column;
        line_pad(l, INK_TEXT, end - utf8_width(text[i], strlen(text[i])));
        line_add_str(l, inks[i], text[i]);
    }
    return l;
}

/* A row with one figure for each brain; a dash for a brain that was not asked. */
static void
figures(struct table *t, int rank, const char *label,
        const char *(*tell)(char out[WORDS_FIGURE], const struct answer *a, int64_t now_us))
{
    static const enum ink inks[BRAIN_COUNT] = {INK_VALUE, INK_VALUE};
    char text[BRAIN_COUNT][WORDS_FIGURE];
    const char *shown[BRAIN_COUNT];
    const struct turn *turn = t->v->turn;
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = t->order[i];
        shown[i] = turn && turn->asked[b] ? tell(text[i], &turn->answers[b], t->v->now_us) : "–";
    }
    cells(t, rank, label, INK_LABEL, shown, inks);
}

static const char *
first_token(char out[WORDS_FIGURE], const struct answer *a, int64_t now_us)
{
    (void)now_us;
    return words_ms(out, a->times.ttft_us);
}

static const char *
total(char out[WORDS_FIGURE], const struct answer *a, int64_t now_us)
{
    return words_time(out, words_total_us(a, now_us));
}

static const char *
speed(char out[WORDS_FIGURE], const struct answer *a, int64_t now_us)
{
    return words_speed(out, answer_tokens_per_s(a, now_us));
}

static const char *
cost(char out[WORDS_FIGURE], const struct answer *a, int64_t now_us)
{
    (void)now_us;
    return words_cost(out, a->cost_usd);
}

static const char *
score(char out[WORDS_FIGURE], double value)
{
    snprintf(out, WORDS_FIGURE, isnan(value) ? "–" : "%.2f", value);
    return out;
}

static const char *
warmth(char out[WORDS_FIGURE], const struct answer *a, int64_t now_us)
{
    (void)now_us;
    return score(out, a->warmth);
}

static const char *
culture(char out[WORDS_FIGURE], const struct answer *a, int64_t now_us)
{
    (void)now_us;
    return score(out, a->cultural);
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
    cells(t, 5, "all: cost", INK_LABEL, rows[2], inks);
    cells(t, 6, "all: better", INK_LABEL, rows[0], inks);
    cells(t, 6, "all: p50", INK_LABEL, rows[1], inks);
}

static void
heads(struct table *t)
{
    char name[BRAIN_COUNT][WORDS_FIGURE];
    const char *names[BRAIN_COUNT], *states[BRAIN_COUNT];
    enum ink inks[BRAIN_COUNT], state_inks[BRAIN_COUNT];
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = t->order[i];
        snprintf(name[i], sizeof name[i], "%s", words_brain(b));
        names[i] = name[i];
        inks[i] = words_brain_ink(b);
        states[i] = words_state(t->v->turn, b, &state_inks[i]);
    }
    cells(t, 1, "", INK_LABEL, names, inks);
    cells(t, 1, "", INK_LABEL, states, state_inks);
}

void
panel_table_make(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    if (cols > LABEL_COLS + BRAIN_COUNT * COLUMN_MAX_COLS)
        cols = LABEL_COLS + BRAIN_COUNT * COLUMN_MAX_COLS;
    bool swapped = v->turn && v->turn->left == BRAIN_LLAMA;
    struct table t = {.p = p, .v = v, .cols = cols, .column = (cols - LABEL_COLS) / BRAIN_COUNT};
    t.order[swapped ? 1 : 0] = BRAIN_CLAUDE;
    t.order[swapped ? 0 : 1] = BRAIN_LLAMA;
    p->count = 0;
    p->session_head = -1;
    heads(&t);
    figures(&t, 0, "first token", first_token);
    figures(&t, 2, "total", total);
    figures(&t, 4, "speed", speed);
    figures(&t, 3, "cost", cost);
    figures(&t, 4, "warmth", warmth);
    figures(&t, 4, "culture", culture);
    for (int b = 0; v->turn && b < BRAIN_COUNT; b++) {
        const struct answer *a = &v->turn->answers[b];
        if (!v->turn->asked[b] || a->error.kind == ERR_NONE || a->error.kind == ERR_CANCELLED)
            continue;
        struct buf why;
        buf_init(&why, 4096);
        buf_printf(&why, "%s: ", words_brain((enum brain_id)b));
        words_error(&why, a);
        panel_wrapped(p, cols, 2, INK_ERROR, why.p, why.len);
        buf_finish(&why);
    }
    if (rows < WHOLE_FROM_ROWS)
        strip_message(panel_row(p, cols, 2), v);
    else
        panel_message(p, v, cols);
    session(&t);
    panel_drop_until(p, rows);
}
