#include "panel_parts.h"

#include <math.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "ui/text/wrap.h"

enum { ERROR_ROWS = 3, STRIP_BELOW_ROWS = 14 };

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
    p->head[p->count] = false;
    p->rank[p->count++] = rank;
    line_reset(l, cols);
    return l;
}

struct line *
panel_head(struct panel *p, int cols, int rank, const char *name)
{
    struct line *l = panel_row(p, cols, rank);
    p->head[p->count - 1] = true;
    line_add_str(l, INK_LABEL, name);
    return l;
}

void
panel_gap(struct panel *p, int cols)
{
    panel_row(p, cols, RANK_GAP);
}

/* A row has one ink, so that a slow terminal gets few colour changes. */
void
panel_figure(struct panel *p, int cols, int rank, const char *label, const char *value)
{
    struct line *l = panel_row(p, cols, rank);
    enum ink ink = rank <= RANK_MESSAGE ? INK_VALUE : INK_LABEL;
    int width = utf8_width(value, strlen(value));
    line_add_raw(l, ink, label, strlen(label), cols - width - 1);
    line_pad(l, ink, cols - width);
    line_right(l, ink, value, 0);
}

/* Wraps at blanks; the text is a message of a server, made harmless line by line. */
void
panel_wrapped(struct panel *p, int cols, int rank, enum ink ink, const char *text, size_t n)
{
    struct line whole = {.cols = 0};
    line_reset(&whole, 4 * cols);
    line_add_raw(&whole, ink, text, n, ERROR_ROWS * cols);
    struct wrap_row row = {.next = 0};
    for (int i = 1; i <= ERROR_ROWS && row.next < whole.text.len; i++) {
        size_t at = row.next;
        wrap_next(whole.text.p, whole.text.len, at, cols, WRAP_WORDS, &row);
        if (i == ERROR_ROWS) /* line_add_raw marks that the text goes on */
            row.end = whole.text.len;
        line_add_raw(panel_row(p, cols, rank), ink, whole.text.p + at, row.end - at, cols);
    }
    line_finish(&whole);
}

bool
panel_failed(const struct answer *a)
{
    return a->error.kind != ERR_NONE && a->error.kind != ERR_CANCELLED;
}

/* What is unusual about this brain: a shadow, a pause, a failure. */
static void
add_remarks(struct panel *p, const struct panel_view *v, enum brain_id b, int cols)
{
    const struct answer *a = panel_answer(v, b), *woken = v->facts->brain[b].warm_up;
    char shadow[64];
    struct buf text;
    buf_init(&text, 4096);
    if (panel_shadow(v, b, false, shadow, sizeof shadow))
        line_addf(panel_row(p, cols, RANK_TROUBLE), INK_NOTICE, "%s: %s", words_brain(v->turn, b),
                  shadow);
    if (panel_paused(v, b))
        line_addf(panel_row(p, cols, RANK_TROUBLE), INK_WARNING, "%s: paused after failures",
                  words_brain(v->turn, b));
    panel_starting_rows(p, v, b, cols);
    if (woken && panel_failed(woken)) {
        buf_printf(&text, "%s was not woken: ", words_brain(v->turn, b));
        words_error(&text, woken);
        panel_wrapped(p, cols, RANK_TROUBLE, INK_LABEL, text.p, text.len);
        buf_truncate(&text, 0);
    }
    bool told = a && v->beside && !turn_hides(v->turn, b) &&
                (panel_failed(a) || a->phase == PHASE_RETRYING);
    if (a && a->retry_why && !told) {
        buf_printf(&text, "%s retried: %s", words_brain(v->turn, b), a->retry_why);
        line_add_raw(panel_row(p, cols, RANK_TROUBLE), INK_WARNING, text.p, text.len, cols);
    }
    if (a && panel_failed(a) && !told) {
        buf_truncate(&text, 0);
        buf_printf(&text, "%s: ", words_brain(v->turn, b));
        words_error(&text, a);
        panel_wrapped(p, cols, RANK_TROUBLE, a->status == STATUS_REFUSED ? INK_WARNING : INK_ERROR,
                      text.p, text.len);
    }
    buf_finish(&text);
}

static void
drop_row(struct panel *p, int i)
{
    struct line gone = p->lines[i];
    size_t tail = (size_t)(p->count - i - 1);
    memmove(&p->lines[i], &p->lines[i + 1], tail * sizeof p->lines[0]);
    memmove(&p->rank[i], &p->rank[i + 1], tail * sizeof p->rank[0]);
    memmove(&p->head[i], &p->head[i + 1], tail * sizeof p->head[0]);
    p->lines[--p->count] = gone; /* its memory is reused */
}

static bool
is_gap(const struct panel *p, int i)
{
    return i < 0 || i >= p->count || p->rank[i] == RANK_GAP;
}

/* What names rows that are gone, and blank rows that part nothing. */
static void
drop_leftovers(struct panel *p)
{
    for (int i = p->count - 1; i >= 0; i--)
        if ((p->head[i] && (is_gap(p, i + 1) || p->head[i + 1])) ||
            (is_gap(p, i) && is_gap(p, i + 1)))
            drop_row(p, i);
}

/* These say something together or not at all. */
static bool
goes_whole(int rank)
{
    return rank == RANK_PARTS || rank == RANK_STAGE_MORE || rank == RANK_SESSION;
}

void
panel_drop_until(struct panel *p, int rows)
{
    drop_leftovers(p);
    while (p->count > rows) {
        int worst = p->count - 1;
        for (int i = p->count - 1; i >= 0; i--)
            if (p->rank[i] > p->rank[worst])
                worst = i;
        int rank = p->rank[worst];
        drop_row(p, worst);
        for (int i = p->count - 1; goes_whole(rank) && i >= 0; i--)
            if (p->rank[i] == rank)
                drop_row(p, i);
        drop_leftovers(p);
    }
}

void
panel_make(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    struct table t = table_begin(p, v, cols);
    if (v->turn && v->turn->blind.masked) {
        panel_blind(p, v, rows, t.cols);
        return;
    }
    p->count = 0;
    panel_figures(&t);
    panel_models(&t);
    panel_gap(p, t.cols);
    panel_scores(&t);
    for (int i = 0; i < BRAIN_COUNT; i++)
        add_remarks(p, v, turn_side(v->turn, i), t.cols);
    panel_gap(p, t.cols);
    if (rows < STRIP_BELOW_ROWS)
        strip_message(panel_row(p, t.cols, RANK_MESSAGE), v);
    else
        panel_message(p, v, t.cols);
    panel_evidence(p, v, t.cols);
    panel_session(&t); /* its rows come with the first answer, below what is there already */
    panel_gap(p, t.cols);
    panel_cost(p, v, t.cols);
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
        h = mix_hash(h, (uint64_t)t->blind.masked << 2 | (uint64_t)t->blind.side_drawn << 1 |
                            t->blind.set_aside);
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
        h = mix_hash(h, v->parts[b].known);
        h = mix_hash(h, (uint64_t)v->facts->brain[b].tries);
        const struct answer *woken = v->facts->brain[b].warm_up;
        if (woken)
            h = mix_hash(h, (uint64_t)woken->phase << 8 | (uint64_t)woken->status);
    }
    for (int k = 0; k < VERDICT_KIND_COUNT; k++)
        h = mix_hash(h, (uint64_t)v->facts->tally[k]);
    for (int c = 0; c < CATEGORY_COUNT; c++)
        h = mix_hash(h, (uint64_t)(v->facts->evidence.categories[c].won * 2) << 20 ^
                            (uint64_t)v->facts->evidence.categories[c].n);
    h = mix_hash(h, v->facts->evidence.known);
    return mix_hash(h, isnan(month) ? 0 : (uint64_t)(month * 1e6));
}
