/* The figures of an answer, and the table in which both brains' stand side by side. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "panel_parts.h"

enum { LABEL_COLS = 14, COLUMN_MAX_COLS = 22, BAR_COLS = 6, KEY_RANK = 4, WHOLE_FROM_ROWS = 14 };

static const char unknown[] = "–";

const struct figure figures[FIGURE_COUNT] = {
    [FIGURE_FIRST_TOKEN] = {"first token", 0, 13},
    [FIGURE_TOTAL] = {"total", 2, 10},
    [FIGURE_SPEED] = {"speed", 4, 11},
    [FIGURE_TOKENS] = {"tokens in/out", 7, 16},
    [FIGURE_COST] = {"cost", 5, 11},
    [FIGURE_WARMTH] = {"warmth", 3, 11},
    [FIGURE_CULTURE] = {"culture", 3, 11},
    [FIGURE_CACHED] = {"from cache", 7, 0},
    [FIGURE_SAVED] = {"cache saved", 7, 0},
    [FIGURE_RETRIES] = {"retries", 3, 0},
    [FIGURE_COLD] = {"cold start", 6, 0},
    [FIGURE_CONNECT] = {"connect", 9, 0},
    [FIGURE_STALL] = {"longest stall", 9, 0},
    [FIGURE_QUEUE] = {"queue", 9, 0},
    [FIGURE_EXECUTION] = {"execution", 9, 0},
};

/* Rounded while the answer streams: a slow terminal is not sent every small change. */
static double
shown_score(const struct answer *a, enum figure_kind f)
{
    double score = f == FIGURE_WARMTH ? a->warmth : a->cultural;
    return a->status == STATUS_RUNNING ? floor(score * 10 + .5) / 10 : score;
}

static void
write_score(char out[WORDS_FIGURE], const struct answer *a, enum figure_kind f)
{
    double score = shown_score(a, f);
    if (isnan(score) || a->words == 0)
        return;
    if (a->words < SCORE_MIN_WORDS)
        snprintf(out, WORDS_FIGURE, "%s", a->status == STATUS_RUNNING ? unknown : "too short");
    else if (score > .995)
        snprintf(out, WORDS_FIGURE, "1.0");
    else
        snprintf(out, WORDS_FIGURE, ".%02d", (int)(score * 100 + .5));
}

static void
write_tokens(char out[WORDS_FIGURE], const struct answer *a)
{
    char in[WORDS_FIGURE], tokens[WORDS_FIGURE];
    int64_t n = answer_tokens_out(a);
    bool none = n == 0 && a->status != STATUS_COMPLETE;
    bool estimated = a->usage.estimated || a->usage.output == UNKNOWN;
    words_count(in, a->usage.input);
    words_count(tokens, n);
    if (!none || a->usage.input != UNKNOWN)
        snprintf(out, WORDS_FIGURE, "%.10s/%s%.10s", in, estimated && !none ? "~" : "",
                 none ? unknown : tokens);
}

bool
figure_unknown(const char *text)
{
    return strcmp(text, unknown) == 0;
}

const struct answer *
panel_answer(const struct panel_view *v, enum brain_id b)
{
    return v->turn && v->turn->asked[b] ? &v->turn->answers[b] : NULL;
}

static bool
is_score(enum figure_kind f)
{
    return f == FIGURE_WARMTH || f == FIGURE_CULTURE;
}

/* Both costs of the row have as many. */
static int
cost_places(const struct panel_view *v)
{
    double most = 0;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (panel_answer(v, (enum brain_id)b))
            most = fmax(most, v->turn->answers[b].cost_usd);
    return words_cost_places(most);
}

const char *
figure_text(char out[WORDS_FIGURE], enum figure_kind f, const struct panel_view *v, enum brain_id b)
{
    const struct answer *a = panel_answer(v, b);
    int64_t now_us = v->now_us;
    snprintf(out, WORDS_FIGURE, "%s", unknown);
    if (!a || (is_score(f) && turn_hides(v->turn, b)))
        return out;
    const struct answer_times *t = &a->times;
    switch (f) {
    case FIGURE_FIRST_TOKEN:
        return words_ms(out, t->ttft_us);
    case FIGURE_TOTAL:
        return words_seconds(out, words_total_us(a, now_us));
    case FIGURE_SPEED:
        return words_speed(out, answer_tokens_per_s(a, now_us), answer_speed_estimated(a));
    case FIGURE_TOKENS:
        write_tokens(out, a);
        return out;
    case FIGURE_COST:
        return words_cost_in(out, a->cost_usd, cost_places(v));
    case FIGURE_WARMTH:
    case FIGURE_CULTURE:
        write_score(out, a, f);
        return out;
    case FIGURE_CACHED:
        return words_count(out, a->usage.cache_read > 0 ? a->usage.cache_read : UNKNOWN);
    case FIGURE_SAVED:
        return words_cost(out, a->saved_usd > 0 ? a->saved_usd : NAN);
    case FIGURE_RETRIES:
        return words_count(out, a->retries > 0 ? a->retries : UNKNOWN);
    case FIGURE_COLD:
        if (a->cold)
            snprintf(out, WORDS_FIGURE, "not in p50");
        return out;
    case FIGURE_CONNECT:
        return words_ms(out, t->connect_us);
    case FIGURE_STALL:
        return words_ms(out, t->ttft_us == UNKNOWN ? UNKNOWN : t->stall_us);
    case FIGURE_QUEUE:
        return words_seconds(out, t->queue_us);
    case FIGURE_EXECUTION:
        return words_seconds(out, t->execution_us);
    case FIGURE_COUNT:
        break;
    }
    return out;
}

/* ---- the table ---- */

struct table {
    struct panel *p;
    const struct panel_view *v;
    int cols, column; /* width of the table, and of one brain's column */
};

struct cells {
    char text[BRAIN_COUNT][WORDS_FIGURE];
    enum ink ink[BRAIN_COUNT];
    double bar[BRAIN_COUNT]; /* of 1; below 0: none */
};

static const struct cells no_bars = {.bar = {-1, -1}};

void
panel_bar(struct line *l, const struct glyphs *g, enum ink ink, double share, int cols)
{
    int eighths = (int)(share * 8 * cols + .5);
    for (int i = 0; i < cols; i++, eighths -= 8)
        line_add_str(l, ink, g->bar[eighths < 0 ? 0 : eighths > 8 ? 8 : eighths]);
}

/* Each cell ends at the right edge of its column, after its bar. */
static void
add_row(struct table *t, int rank, const char *label, const struct cells *c)
{
    struct line *l = panel_row(t->p, t->cols, rank);
    line_add_str(l, INK_LABEL, label);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        int end = t->cols - (BRAIN_COUNT - 1 - i) * t->column;
        int begin = end - utf8_width(c->text[i], strlen(c->text[i]));
        if (c->bar[i] >= 0 && t->column >= BAR_COLS + 5) {
            line_pad(l, INK_TEXT, begin - BAR_COLS - 1);
            panel_bar(l, t->v->glyphs, words_brain_ink(t->v->turn, turn_side(t->v->turn, i)),
                      c->bar[i], BAR_COLS);
        }
        line_pad(l, INK_TEXT, begin);
        line_add_str(l, c->ink[i], c->text[i]);
    }
}

static void
add_heads(struct table *t)
{
    struct cells names = no_bars, states = no_bars;
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(t->v->turn, i);
        const char *state = words_state(t->v->turn, b, t->v->now_us, &states.ink[i]);
        const struct answer *a = panel_answer(t->v, b);
        int64_t stalled_us = a ? answer_stalled_us(a, t->v->now_us) : 0;
        names.ink[i] = words_brain_ink(t->v->turn, b);
        snprintf(names.text[i], WORDS_FIGURE, "%s %s", words_sign(t->v->turn, b, t->v->glyphs),
                 words_brain(t->v->turn, b));
        if (stalled_us > 0)
            snprintf(states.text[i], WORDS_FIGURE, "%s %d s", state, (int)(stalled_us / US_PER_S));
        else
            snprintf(states.text[i], WORDS_FIGURE, "%s", state);
    }
    add_row(t, 1, "", &names);
    add_row(t, 1, "", &states);
}

/* A figure without a column in the strip has a row only while a brain has one. */
static void
add_figures(struct table *t)
{
    for (enum figure_kind f = 0; f < FIGURE_COUNT; f++) {
        struct cells c = no_bars;
        bool known = figures[f].strip_cols > 0;
        for (int i = 0; i < BRAIN_COUNT; i++) {
            enum brain_id b = turn_side(t->v->turn, i);
            const struct answer *a = panel_answer(t->v, b);
            figure_text(c.text[i], f, t->v, b);
            known = known || !figure_unknown(c.text[i]);
            bool solid = a && a->words >= SCORE_MIN_WORDS && !figure_unknown(c.text[i]);
            c.ink[i] =
                (is_score(f) && !solid) || figures[f].rank > KEY_RANK ? INK_LABEL : INK_VALUE;
            if (is_score(f) && solid)
                c.bar[i] = shown_score(a, f);
        }
        if (known)
            add_row(t, figures[f].rank, figures[f].label, &c);
    }
}

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

/* The last first tokens as bars, oldest first, in one scale for both: each doubling is as high as the one before. */
static void
add_recent(struct table *t)
{
    const struct ui_facts *f = t->v->facts;
    double low, high;
    if (f->brain[BRAIN_CLAUDE].n < 2 && f->brain[BRAIN_LLAMA].n < 2)
        return;
    recent_range(f, &low, &high);
    struct line *l = panel_row(t->p, t->cols, 7);
    line_addf(l, INK_LABEL, "the last %d", UI_RECENT);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(t->v->turn, i);
        int count = f->brain[b].n < UI_RECENT ? (int)f->brain[b].n : UI_RECENT;
        line_pad(l, INK_TEXT, t->cols - (BRAIN_COUNT - 1 - i) * t->column - count);
        for (int k = 0; k < count; k++) {
            double us = fmax(1, (double)f->brain[b].recent_us[k]);
            double share = high > low ? log(us / low) / log(high / low) : 0;
            line_add_str(l, words_brain_ink(t->v->turn, b),
                         t->v->glyphs->spark[1 + (int)(share * 7 + .5)]);
        }
    }
}

/* First tokens of the session's answers that were valid and warm, and from how many the figures are. */
static void
add_session(struct table *t)
{
    const struct ui_facts *facts = t->v->facts;
    struct cells p50 = no_bars, p95 = no_bars, n = no_bars, cost = no_bars;
    int places = words_cost_places(facts->cost.session_usd);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        const struct brain_facts *f = &facts->brain[turn_side(t->v->turn, i)];
        words_ms(p50.text[i], f->p50_us);
        words_ms(p95.text[i], f->p95_us);
        words_count(n.text[i], f->n);
        words_cost_in(cost.text[i], f->cost_usd, places);
        p50.ink[i] = p95.ink[i] = n.ink[i] = cost.ink[i] = INK_LABEL;
    }
    t->p->session_head = t->p->count;
    line_add_str(panel_row(t->p, t->cols, 6), INK_LABEL, "session");
    add_row(t, 6, "p50 1st token", &p50);
    add_row(t, 8, "p95 1st token", &p95);
    add_recent(t);
    if (facts->brain[BRAIN_CLAUDE].n + facts->brain[BRAIN_LLAMA].n > 0)
        add_row(t, 7, "from answers", &n);
    add_row(t, 6, "cost", &cost);
    panel_cost(t->p, t->v, t->cols);
}

void
panel_make(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    if (cols > LABEL_COLS + BRAIN_COUNT * COLUMN_MAX_COLS)
        cols = LABEL_COLS + BRAIN_COUNT * COLUMN_MAX_COLS;
    if (v->turn && v->turn->blind.masked) {
        panel_blind(p, v, rows, cols);
        return;
    }
    struct table t = {.p = p, .v = v, .cols = cols, .column = (cols - LABEL_COLS) / BRAIN_COUNT};
    p->count = 0;
    p->session_head = -1;
    if (v->turn && !v->last && v->turn->seq > 0)
        line_addf(panel_row(p, cols, 1), INK_NEW_LINES, "turn %" PRId64, v->turn->seq);
    else if (v->turn && !v->last)
        line_add_str(panel_row(p, cols, 1), INK_NEW_LINES, "an earlier turn");
    add_heads(&t);
    add_figures(&t);
    for (int i = 0; i < BRAIN_COUNT; i++)
        panel_remarks(p, v, turn_side(v->turn, i), cols);
    panel_row(p, cols, 8);
    if (rows < WHOLE_FROM_ROWS)
        strip_message(panel_row(p, cols, 2), v);
    else
        panel_message(p, v, cols);
    add_session(&t);
    panel_drop_until(p, rows);
}
