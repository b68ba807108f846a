#include "panel_parts.h"

#include <math.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "ui/text/charts.h"

enum { TABLE_ROWS = 3, NAME_COLS = 9, STATE_COLS = 10, BAR_COLS = 6, FIGURE_COLS = 4 };

/* Its name and its state; of a server that starts up, for how long it has done so. */
static void
head(struct line *l, const struct panel_view *v, enum brain_id b, int name_cols, int state_cols)
{
    enum ink ink;
    char since[STARTING_CAP], usual[STARTING_CAP];
    const char *state = words_state(v->turn, b, v->now_us, &ink);
    int at = l->cols;
    if (panel_starting(v, b, since, usual)) {
        state = since;
        ink = INK_WARNING;
    }
    line_addf(l, ink, "%s ", words_sign(v->turn, b, v->glyphs));
    line_add_str(l, words_brain_ink(v->turn, b), words_brain(v->turn, b));
    line_pad(l, INK_TEXT, at + name_cols);
    at = l->cols;
    line_add_str(l, ink, state);
    line_pad(l, INK_TEXT, at + state_cols);
}

/* The columns of the table, as far as there is room. */
struct strip {
    struct panel *p;
    const struct panel_view *v;
    int cols;
    bool shown[FIGURE_COUNT];
    bool bars; /* beside both scores */
};

/* Which figures have room, the most important first; then whether bars have. */
static void
choose_figures(struct strip *s)
{
    int cols = s->cols - 1 - NAME_COLS - STATE_COLS;
    for (int rank = 0; rank <= RANK_DETAIL; rank++)
        for (enum figure_kind f = 0; f < FIGURE_COUNT; f++)
            if (figures[f].rank == rank && figures[f].strip_cols && figures[f].strip_cols <= cols) {
                s->shown[f] = true;
                cols -= figures[f].strip_cols;
            }
    s->bars = s->shown[FIGURE_WARMTH] && s->shown[FIGURE_CULTURE] && cols >= 2 * BAR_COLS;
}

static bool
has_bar(const struct strip *s, enum figure_kind f)
{
    return s->bars && figure_is_score(f);
}

static void
add_cell(struct line *l, enum ink ink, const char *text, int cols)
{
    int before = cols - utf8_width(text, strlen(text));
    line_pad(l, INK_TEXT, l->cols + (before > 0 ? before : 1));
    line_add_str(l, ink, text);
}

static void
add_figure(struct line *l, const struct strip *s, enum figure_kind f, enum brain_id b)
{
    char text[WORDS_FIGURE];
    int cols = figures[f].strip_cols, at = l->cols;
    double score = has_bar(s, f) ? figure_score(s->v, b, f) : NAN;
    bool grey = figure_is_score(f) && (isnan(figure_score(s->v, b, f)) || scores_short(s->v, b));
    figure_text(text, f, s->v, b);
    if (has_bar(s, f))
        cols += BAR_COLS;
    if (!isnan(score)) {
        line_pad(l, INK_TEXT, at + cols - BAR_COLS - FIGURE_COLS);
        chart_bar(l, s->v->glyphs, grey ? INK_LABEL : words_brain_ink(s->v->turn, b), score,
                  BAR_COLS - 1);
    }
    add_cell(l, grey ? INK_LABEL : INK_VALUE, text, at + cols - l->cols);
}

/* What stands in place of its figures. */
static bool
add_trouble(struct line *l, const struct panel_view *v, enum brain_id b)
{
    const struct answer *a = panel_answer(v, b);
    const struct answer *tried = a ? a : v->facts->brain[b].warm_up;
    const struct answer *failed = tried && panel_failed(tried) ? tried : NULL;
    char since[STARTING_CAP], usual[STARTING_CAP];
    if (panel_starting(v, b, since, usual)) {
        line_addf(l, INK_WARNING, "%s%s", usual[0] ? ", " : "", usual);
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
                     why.p, why.len, l->width);
        buf_finish(&why);
    } else {
        return false;
    }
    return true;
}

static void
brain_line(struct strip *s, enum brain_id b)
{
    struct line *l = panel_row(s->p, s->cols, 0);
    line_add_str(l, INK_TEXT, " ");
    head(l, s->v, b, NAME_COLS, STATE_COLS);
    if (add_trouble(l, s->v, b))
        return;
    for (enum figure_kind f = 0; f < FIGURE_COUNT; f++)
        if (s->shown[f])
            add_figure(l, s, f, b);
}

/* The first tokens alone, in one line. */
static void
first_tokens(struct panel *p, const struct panel_view *v, int cols)
{
    struct line *l = panel_row(p, cols, 0);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        char text[WORDS_FIGURE];
        enum brain_id b = turn_side(v->turn, i);
        line_add_str(l, INK_TEXT, i ? "   " : " ");
        head(l, v, b, NAME_COLS, 0);
        figure_text(text, FIGURE_FIRST_TOKEN, v, b);
        if (!figure_unknown(text))
            line_addf(l, INK_VALUE, "%s%s", v->glyphs->middle, text);
    }
}

static void
labels(struct strip *s)
{
    struct line *l = panel_row(s->p, s->cols, 0);
    line_pad(l, INK_TEXT, 1 + NAME_COLS + STATE_COLS);
    for (enum figure_kind f = 0; f < FIGURE_COUNT; f++)
        if (s->shown[f])
            add_cell(l, INK_LABEL, figure_label(f, figures[f].strip_cols - 1),
                     figures[f].strip_cols + (has_bar(s, f) ? BAR_COLS : 0));
}

void
strip_make(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    struct strip s = {.p = p, .v = v, .cols = cols};
    if (v->turn && v->turn->blind.masked) {
        strip_blind(p, v, rows, cols);
        return;
    }
    p->count = 0;
    if (rows < TABLE_ROWS) {
        first_tokens(p, v, cols);
        return;
    }
    choose_figures(&s);
    labels(&s);
    for (int i = 0; i < BRAIN_COUNT; i++)
        brain_line(&s, turn_side(v->turn, i));
    if (rows == TABLE_ROWS)
        return;
    struct line *l = panel_row(p, cols, 0);
    line_add_str(l, INK_TEXT, " ");
    strip_message(l, v);
    strip_cost(l, v);
}
