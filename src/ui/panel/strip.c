#include "panel_parts.h"

#include <string.h>

#include "berdua/base/utf8.h"

enum { STRIP_ROWS = 4, NAME_COLS = 9, STATE_COLS = 11 };

static void
head(struct line *l, const struct panel_view *v, enum brain_id b, int name_cols, int state_cols)
{
    enum ink ink;
    const char *state = words_state(v->turn, b, v->now_us, &ink);
    int at = l->cols;
    line_addf(l, ink, "%s ", words_sign(v->turn, b, v->glyphs));
    line_add_str(l, words_brain_ink(v->turn, b), words_brain(v->turn, b));
    line_pad(l, INK_TEXT, at + name_cols);
    at = l->cols;
    line_add_str(l, ink, state);
    line_pad(l, INK_TEXT, at + state_cols);
}

/* Which figures have room, the most important first; returns the columns that are left. */
static void
choose_figures(bool shown[FIGURE_COUNT], int cols)
{
    for (int rank = 0; rank < 9; rank++)
        for (enum figure_kind f = 0; f < FIGURE_COUNT; f++)
            if (figures[f].rank == rank && figures[f].strip_cols && figures[f].strip_cols <= cols) {
                shown[f] = true;
                cols -= figures[f].strip_cols;
            }
}

static void
add_cell(struct line *l, enum ink ink, const char *text, int cols)
{
    line_pad(l, INK_TEXT, l->cols + cols - utf8_width(text, strlen(text)));
    line_add_str(l, ink, text);
}

static void
brain_line(struct panel *p, const struct panel_view *v, enum brain_id b,
           const bool shown[FIGURE_COUNT], int cols)
{
    struct line *l = panel_row(p, cols, 0);
    const struct answer *a = panel_answer(v, b);
    const struct answer *tried = a ? a : v->facts->brain[b].warm_up;
    const struct answer *failed = tried && panel_failed(tried) ? tried : NULL;
    char since[STARTING_CAP], usual[STARTING_CAP];
    line_add_str(l, INK_TEXT, " ");
    head(l, v, b, NAME_COLS, STATE_COLS);
    if (panel_starting(v, b, since, usual)) {
        line_addf(l, INK_WARNING, " %s%s%s", since, usual[0] ? ", " : "", usual);
    } else if (panel_paused(v, b)) {
        line_add_str(l, INK_WARNING, " paused after failures");
    } else if (failed) {
        struct buf why;
        buf_init(&why, 4096);
        buf_append_str(&why, failed == a ? " " : " not woken: ");
        words_error(&why, failed);
        line_add_raw(l,
                     failed != a                        ? INK_LABEL
                     : failed->status == STATUS_REFUSED ? INK_WARNING
                                                        : INK_ERROR,
                     why.p, why.len, cols);
        buf_finish(&why);
    } else {
        char text[WORDS_FIGURE];
        for (enum figure_kind f = 0; f < FIGURE_COUNT; f++)
            if (shown[f])
                add_cell(l, INK_VALUE, figure_text(text, f, v, b), figures[f].strip_cols);
    }
}

void
strip_make(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    bool shown[FIGURE_COUNT] = {false};
    if (v->turn && v->turn->blind.masked) {
        strip_blind(p, v, rows, cols);
        return;
    }
    p->count = 0;
    if (rows < STRIP_ROWS) {
        struct line *l = panel_row(p, cols, 0);
        for (int i = 0; i < BRAIN_COUNT; i++) {
            char text[WORDS_FIGURE], since[STARTING_CAP], usual[STARTING_CAP];
            enum brain_id b = turn_side(v->turn, i);
            line_add_str(l, INK_TEXT, i ? "   " : " ");
            head(l, v, b, NAME_COLS, 0);
            figure_text(text, FIGURE_FIRST_TOKEN, v, b);
            if (panel_starting(v, b, since, usual))
                line_addf(l, INK_WARNING, "%s%s", v->glyphs->middle, since);
            else if (!figure_unknown(text))
                line_addf(l, INK_VALUE, "%s%s", v->glyphs->middle, text);
        }
        return;
    }
    choose_figures(shown, cols - 1 - NAME_COLS - STATE_COLS);
    struct line *l = panel_row(p, cols, 0);
    line_pad(l, INK_TEXT, 1 + NAME_COLS + STATE_COLS);
    for (enum figure_kind f = 0; f < FIGURE_COUNT; f++)
        if (shown[f])
            add_cell(l, INK_LABEL, figures[f].label, figures[f].strip_cols);
    for (int i = 0; i < BRAIN_COUNT; i++)
        brain_line(p, v, turn_side(v->turn, i), shown, cols);
    l = panel_row(p, cols, 0);
    line_add_str(l, INK_TEXT, " ");
    strip_message(l, v);
    strip_cost(l, v);
}
