#include "panel_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "ui/text/words.h"

enum {
    ERROR_ROWS = 3,
    KEY_FIGURE_RANK = 2,
    SCORE_MIN_WORDS = 40,
    SCORE_LABEL_COLS = 8,
    SCORE_BAR_COLS = 8
};

void
panel_init(struct panel *p)
{
    for (int i = 0; i < PANEL_MAX_ROWS; i++)
        line_init(&p->lines[i]);
    p->count = 0;
}

void
panel_finish(struct panel *p)
{
    for (int i = 0; i < PANEL_MAX_ROWS; i++)
        line_finish(&p->lines[i]);
}

struct line *
panel_row(struct panel *p, int cols, int rank)
{
    if (p->count == PANEL_MAX_ROWS)
        p->count--;
    struct line *l = &p->lines[p->count];
    p->rank[p->count++] = rank;
    line_reset(l, cols);
    return l;
}

/* A row has one ink, so that a slow terminal gets few colour changes. */
void
panel_figure(struct panel *p, int cols, int rank, const char *label, const char *value)
{
    struct line *l = panel_row(p, cols, rank);
    enum ink ink = rank <= KEY_FIGURE_RANK ? INK_VALUE : INK_LABEL;
    int width = utf8_width(value, strlen(value));
    line_add_raw(l, ink, label, strlen(label), cols - width - 1);
    line_pad(l, ink, cols - width);
    line_right(l, ink, value, 0);
}

/* Wraps at blanks; the text is a message of a server, made harmless line by line. */
void
panel_wrapped(struct panel *p, int cols, int rank, enum ink ink, const char *text, size_t n)
{
    struct line whole;
    line_init(&whole);
    line_reset(&whole, 4 * cols);
    line_add_raw(&whole, ink, text, n, ERROR_ROWS * cols);
    const char *s = whole.text.p;
    size_t left = whole.text.len;
    for (int i = 0; i < ERROR_ROWS && left > 0; i++) {
        struct line *l = panel_row(p, cols, rank);
        size_t cut = utf8_fit(s, left, cols);
        if (i == ERROR_ROWS - 1) {
            line_add_raw(l, ink, s, left, cols); /* line_add_raw marks that the text goes on */
            break;
        }
        if (cut < left) {
            size_t at = cut;
            while (at > 0 && s[at] != ' ')
                at--;
            cut = at > 0 ? at : cut;
        }
        line_add(l, ink, s, cut);
        while (cut < left && s[cut] == ' ')
            cut++;
        s += cut;
        left -= cut;
        if (cut == 0)
            break;
    }
    line_finish(&whole);
}

const struct answer *
panel_answer(const struct panel_view *v, enum brain_id b, struct answer *none)
{
    answer_init(none, b);
    return v->turn && v->turn->asked[b] ? &v->turn->answers[b] : none;
}

bool
panel_failed(const struct answer *a)
{
    return a->error.kind != ERR_NONE && a->error.kind != ERR_CANCELLED;
}

void
panel_error(struct panel *p, int cols, int rank, enum ink ink, const char *whose,
            const struct answer *a)
{
    struct buf why;
    if (!panel_failed(a))
        return;
    buf_init(&why, 4096);
    if (whose)
        buf_printf(&why, "%s: ", whose);
    words_error(&why, a);
    panel_wrapped(p, cols, rank, ink, why.p, why.len);
    buf_finish(&why);
}

static void
brain_head(struct panel *p, const struct panel_view *v, enum brain_id b, int cols)
{
    enum ink ink;
    const char *state = words_state(v->turn, b, &ink);
    struct line *l = panel_row(p, cols, 0);
    line_addf(l, ink, "%s ", words_sign(v->turn, b, v->glyphs));
    line_add_str(l, words_brain_ink(b), words_brain(b));
    line_right(l, ink, state, 1);
    char shadow[64];
    if (panel_shadow(v, b, shadow, sizeof shadow))
        line_add_str(panel_row(p, cols, 1), INK_NOTICE, shadow);
    if (panel_paused(v, b))
        line_add_str(panel_row(p, cols, 1), INK_WARNING, "paused after failures");
    const char *model =
        v->turn && v->turn->answers[b].model ? v->turn->answers[b].model : v->model[b];
    if (model)
        line_add_raw(panel_row(p, cols, 6), INK_DIM, model, strlen(model), cols);
}

static void
brain_tokens(struct panel *p, const struct answer *a, int cols)
{
    char in[WORDS_FIGURE], out[WORDS_FIGURE], both[2 * WORDS_FIGURE + 8];
    words_count(in, a->usage.input);
    bool estimated = a->usage.estimated || a->usage.output == UNKNOWN;
    int64_t n = answer_tokens_out(a);
    words_count(out, n == 0 && a->status != STATUS_COMPLETE ? UNKNOWN : n);
    snprintf(both, sizeof both, "%s / %s%s", in,
             estimated && out[0] >= '0' && out[0] <= '9' ? "~" : "", out);
    panel_figure(p, cols, 4, "tokens in / out", a->usage.input == UNKNOWN && n == 0 ? "–" : both);
}

/* A score from 0 to 1; grey while the answer is too short for it to mean something. */
static void
score(struct panel *p, const struct panel_view *v, enum brain_id b, int cols, const char *label,
      double value, uint32_t words, bool running)
{
    struct line *l = panel_row(p, cols, 3);
    bool grey = words < SCORE_MIN_WORDS;
    enum ink ink = grey ? INK_LABEL : INK_VALUE;
    line_add_str(l, ink, label);
    line_pad(l, ink, SCORE_LABEL_COLS);
    if (isnan(value)) {
        line_right(l, ink, "–", 0);
        return;
    }
    if (running) /* rounded while the answer streams: a slow terminal is not sent every small change */
        value = floor(value * 10 + 0.5) / 10;
    int eighths = (int)(value * 8 * SCORE_BAR_COLS + 0.5);
    for (int i = 0; i < SCORE_BAR_COLS; i++) {
        int part = eighths - 8 * i;
        line_add_str(l, grey ? INK_LABEL : words_brain_ink(b),
                     v->glyphs->bar[part < 0   ? 0
                                    : part > 8 ? 8
                                               : part]);
    }
    int hundredths = (int)(value * 100 + 0.5);
    line_addf(l, ink, hundredths > 99 ? " 1.0" : " .%02d", hundredths);
    line_right(l, INK_DIM, "heuristic", 1);
}

static void
brain_figures(struct panel *p, const struct panel_view *v, enum brain_id b, int cols)
{
    char s[WORDS_FIGURE];
    struct answer none;
    const struct answer *a = panel_answer(v, b, &none);
    panel_figure(p, cols, 6, "connect", words_ms(s, a->times.connect_us));
    panel_figure(p, cols, 0, "first token", words_ms(s, a->times.ttft_us));
    panel_figure(p, cols, 1, "total", words_time(s, words_total_us(a, v->now_us)));
    panel_figure(p, cols, 2, "speed", words_speed(s, answer_tokens_per_s(a, v->now_us)));
    panel_figure(p, cols, 7, "longest stall",
                 words_time(s, a->times.ttft_us == UNKNOWN ? UNKNOWN : a->times.stall_us));
    brain_tokens(p, a, cols);
    panel_figure(p, cols, 4, "cost", words_cost(s, a->cost_usd));
    if (a->words > 0) {
        score(p, v, b, cols, "warmth", a->warmth, a->words, a->status == STATUS_RUNNING);
        score(p, v, b, cols, "culture", a->cultural, a->words, a->status == STATUS_RUNNING);
    }
    if (a->times.queue_us != UNKNOWN)
        panel_figure(p, cols, 7, "queue", words_time(s, a->times.queue_us));
    if (a->times.execution_us != UNKNOWN)
        panel_figure(p, cols, 8, "execution", words_time(s, a->times.execution_us));
    if (a->cold)
        panel_figure(p, cols, 6, "cold start", "not in p50");
    if (a->retries > 0) {
        struct line *l = panel_row(p, cols, 3);
        line_addf(l, INK_WARNING, "retries %d", a->retries);
        if (a->retry_why) {
            line_add_str(l, INK_WARNING, v->glyphs->middle);
            line_add_raw(l, INK_WARNING, a->retry_why, strlen(a->retry_why), cols);
        }
    }
    panel_error(p, cols, 3, a->status == STATUS_REFUSED ? INK_WARNING : INK_ERROR, NULL, a);
}

static void
session_row(struct panel *p, int cols, int rank, const char *label, const char *left,
            const char *right, enum ink left_ink, enum ink right_ink)
{
    struct line *l = panel_row(p, cols, rank);
    line_add_str(l, left_ink == right_ink ? left_ink : INK_LABEL, label);
    line_pad(l, left_ink, cols - 10 - utf8_width(left, strlen(left)));
    line_add_str(l, left_ink, left);
    line_pad(l, left_ink, cols - utf8_width(right, strlen(right)));
    line_right(l, right_ink, right, 0);
}

static void
session(struct panel *p, const struct panel_view *v, int cols)
{
    const struct ui_facts *f = v->facts;
    const struct brain_facts *claude = &f->brain[BRAIN_CLAUDE], *llama = &f->brain[BRAIN_LLAMA];
    char a[WORDS_FIGURE], b[WORDS_FIGURE];
    enum ink ink = INK_VALUE;
    p->session_head = p->count;
    session_row(p, cols, 3, "session", words_brain(BRAIN_CLAUDE), words_brain(BRAIN_LLAMA),
                INK_CLAUDE, INK_LLAMA);
    session_row(p, cols, 4, "better", words_count(a, f->tally[VERDICT_CLAUDE]),
                words_count(b, f->tally[VERDICT_LLAMA]), ink, ink);
    session_row(p, cols, 5, "p50", words_time(a, claude->p50_us), words_time(b, llama->p50_us), ink,
                ink);
    session_row(p, cols, 6, "p95", words_time(a, claude->p95_us), words_time(b, llama->p95_us), ink,
                ink);
    session_row(p, cols, 3, "cost", words_cost(a, claude->cost_usd), words_cost(b, llama->cost_usd),
                ink, ink);
    panel_cost(p, v, cols);
    struct line *l = panel_row(p, cols, 6);
    line_addf(l, INK_LABEL, "tie %" PRId64 "%sboth bad %" PRId64, f->tally[VERDICT_TIE],
              v->glyphs->middle, f->tally[VERDICT_BOTH_BAD]);
}

static void
drop_row(struct panel *p, int i)
{
    struct line gone = p->lines[i];
    int tail = p->count - i - 1;
    memmove(&p->lines[i], &p->lines[i + 1], (size_t)tail * sizeof p->lines[0]);
    memmove(&p->rank[i], &p->rank[i + 1], (size_t)tail * sizeof p->rank[0]);
    p->lines[--p->count] = gone; /* its memory is reused */
    if (i <= p->session_head)
        p->session_head -= i == p->session_head ? p->session_head + 1 : 1;
}

void
panel_drop_until(struct panel *p, int rows)
{
    while (p->count > rows) {
        int worst = p->count - 1;
        for (int i = p->count - 1; i >= 0; i--)
            if (p->rank[i] > p->rank[worst])
                worst = i;
        drop_row(p, worst);
    }
    if (p->count > 0 &&
        p->session_head == p->count - 1) /* a heading without rows beneath it goes too */
        p->count--;
}

void
panel_make(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    p->count = 0;
    p->session_head = -1;
    if (v->turn && !v->last) {
        struct line *l = panel_row(p, cols, 1);
        if (v->turn->seq > 0)
            line_addf(l, INK_NEW_LINES, "turn %" PRId64, v->turn->seq);
        else
            line_add_str(l, INK_NEW_LINES, "an earlier turn");
    } else {
        panel_row(p, cols, 8);
    }
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(v->turn, i);
        brain_head(p, v, b, cols);
        if (!v->turn || v->turn->asked[b])
            brain_figures(p, v, b, cols);
        panel_row(p, cols, 5);
    }
    panel_message(p, v, cols);
    session(p, v, cols);
    panel_drop_until(p, rows);
}

static uint64_t
mix_hash(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 31;
}

uint64_t
panel_signature(const struct panel_view *v)
{
    const struct turn *t = v->turn;
    double month = v->facts->cost.month_usd;
    uint64_t h = mix_hash(mix_hash(7, v->last), (uint64_t)(uintptr_t)t);
    if (t) {
        h = mix_hash(h, (uint64_t)t->revealed << 16 | (uint64_t)(t->route.fallback + 1) << 8 |
                            (uint64_t)t->context.source);
        h = mix_hash(h, (uint64_t)t->context.started_us);
        h = mix_hash(h, (uint64_t)t->context.late_us);
        h = mix_hash(h, (uint64_t)t->context.saved << 8 | (uint64_t)t->context.answer.status);
    }
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = t ? &t->answers[b] : NULL;
        if (a) {
            h = mix_hash(h, (uint64_t)a->phase << 16 | (uint64_t)a->status << 8 |
                                (uint64_t)a->error.kind);
            h = mix_hash(h, (uint64_t)a->times.ttft_us);
            h = mix_hash(h, (uint64_t)a->times.connect_us);
            h = mix_hash(h, (uint64_t)a->times.total_us);
            h = mix_hash(h, (uint64_t)a->retries);
        }
        h = mix_hash(h, (uint64_t)v->facts->brain[b].n << 1 | v->facts->brain[b].paused);
    }
    for (int k = 0; k < VERDICT_KIND_COUNT; k++)
        h = mix_hash(h, (uint64_t)v->facts->tally[k]);
    return mix_hash(h, isnan(month) ? 0 : (uint64_t)(month * 1e6));
}
