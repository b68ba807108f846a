#include "berdua/stats/evidence_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/chat/answer.h"
#include "evidence_column.h"

const int duration_edges_ms[DURATION_EDGES] = {100,   150,   200,   300,   400,   600,   800,
                                               1000,  1500,  2000,  3000,  4000,  6000,  8000,
                                               10000, 15000, 20000, 30000, 60000, 120000};

/* ---- verdicts ---- */

static void
count_kind(struct tally *t, const struct verdict_row *row)
{
    t->w += row->kind == VERDICT_LLAMA;
    t->l += row->kind == VERDICT_CLAUDE;
    t->t += row->kind == VERDICT_TIE;
    t->b += row->kind == VERDICT_BOTH_BAD;
    t->asked += row->acceptable[BRAIN_LLAMA] != OPINION_NONE;
    t->accepted += row->acceptable[BRAIN_LLAMA] == OPINION_YES;
}

static void
add_style(struct evidence_sums *s, const struct evidence_verdict *v)
{
    static const struct evidence_answer none;
    const struct evidence_answer *l = v->seen[BRAIN_LLAMA] ? v->seen[BRAIN_LLAMA] : &none,
                                 *a = v->seen[BRAIN_CLAUDE] ? v->seen[BRAIN_CLAUDE] : &none;
    struct style_sample *sample = column_add(s, COLUMN_STYLE);
    *sample = (struct style_sample){
        .llama_won = v->row.kind == VERDICT_LLAMA,
        .x = {[STYLE_SIDE] = v->row.left == BRAIN_LLAMA ? 1 : -1,
              [STYLE_LENGTH] = style_difference((double)l->code_points, (double)a->code_points),
              [STYLE_HEADERS] = style_difference((double)l->headers, (double)a->headers),
              [STYLE_LISTS] = style_difference((double)l->lists, (double)a->lists),
              [STYLE_BOLD] = style_difference((double)l->bold, (double)a->bold)}};
}

/* The newest are looked at first: verdicts come in the order of time, more or less. */
static void
count_quarter(struct evidence_sums *s, const struct verdict_row *row)
{
    struct evidence_column *c = &s->columns[COLUMN_QUARTERS];
    int64_t number = row->at_us / QUARTER_US - (row->at_us % QUARTER_US < 0);
    struct evidence_quarter *q = (struct evidence_quarter *)c->v + c->count;
    size_t left = c->count;
    while (left && q[-1].number != number) {
        left--;
        q--;
    }
    if (!left) {
        q = (struct evidence_quarter *)column_add(s, COLUMN_QUARTERS) + 1;
        q[-1].number = number;
    }
    q[-1].of[row->category < 0 ? CATEGORY_COUNT : row->category][row->kind - VERDICT_CLAUDE]++;
}

static void
count_observation(struct evidence_sums *s, const struct evidence_verdict *v)
{
    struct evidence_figures *f = &s->figures;
    const struct verdict_row *row = &v->row;
    f->counted++;
    count_kind(&f->overall, row);
    count_kind(&f->sight[row->blind], row);
    if (row->category >= 0)
        count_kind(&f->categories[row->category], row);
    if (row->language >= 0)
        count_kind(&f->languages[row->language], row);
    count_quarter(s, row);
    f->asked_drawn += row->asked > 0;
    f->asked_answered += row->asked > 0 && row->acceptable[BRAIN_LLAMA] != OPINION_NONE;
    if (row->kind != VERDICT_LLAMA && row->kind != VERDICT_CLAUDE)
        return;
    enum brain_id winner = row->kind == VERDICT_LLAMA ? BRAIN_LLAMA : BRAIN_CLAUDE;
    f->decisive++;
    f->left_won += winner == row->left;
    score_count_add(f->scores, row);
    if (row->blind)
        score_count_add(f->blind_scores, row);
    add_style(s, v);
}

static void
count_guess(struct evidence_figures *f, const struct verdict_row *row)
{
    bool right = (row->guess == GUESS_LEFT) == (row->left == BRAIN_CLAUDE);
    if (row->guess == GUESS_DONT_KNOW)
        f->guessed_not++;
    else if (row->guess != GUESS_NONE)
        ++*(right ? &f->guessed_right : &f->guessed_wrong);
}

static bool
is_of_people(const struct verdict_row *row, int64_t since_us)
{
    return row->at_us >= since_us && !row->judge && row->drawn_by != DRAW_NONE;
}

/* The last few numbers are remembered: what follows is mostly of the same session and rater. */
static void
note_number(struct evidence_sums *s, enum evidence_column_name name, uint64_t number)
{
    enum { LOOKED_AT = 8 };
    const struct evidence_column *c = &s->columns[name];
    const uint64_t *v = c->v;
    for (size_t i = 0; i < c->count && i < LOOKED_AT; i++)
        if (v[c->count - 1 - i] == number)
            return;
    *(uint64_t *)column_add(s, name) = number;
}

static void
count_verdict(struct evidence_sums *s, const struct evidence_turn *t,
              const struct evidence_verdict *v)
{
    struct evidence_figures *f = &s->figures;
    const struct verdict_row *row = &v->row;
    for (int flag = 0; row->flags >> flag; flag++)
        f->flagged[flag] += row->flags >> flag & 1;
    note_number(s, COLUMN_SESSIONS, t->session);
    note_number(s, COLUMN_RATERS, row->rater_id);
    f->verdicts++;
    if (row->flags & FLAGS_LEFT_OUT) {
        f->left_out++;
        return;
    }
    count_guess(f, row);
    if (row->drawn_by == DRAW_DISPUTE)
        f->dispute++;
    else if (row->observed)
        count_observation(s, v);
    else
        f->later++;
}

static int
ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* How many pairs people's verdicts are about. */
static int64_t
count_pairs(const struct evidence_turn *t, int64_t since_us)
{
    uint64_t few[64], *pairs = few;
    int64_t distinct = 0;
    size_t n = 0;
    if (t->verdict_count > ARRAY_LEN(few))
        pairs = xreallocarray(NULL, t->verdict_count, sizeof *pairs);
    for (size_t i = 0; i < t->verdict_count; i++)
        if (is_of_people(&t->verdicts[i].row, since_us))
            pairs[n++] = t->verdicts[i].row.pair;
    if (n > 1)
        qsort(pairs, n, sizeof *pairs, ascending);
    for (size_t i = 0; i < n; i++)
        distinct += i == 0 || pairs[i] != pairs[i - 1];
    if (pairs != few)
        free(pairs);
    return distinct;
}

/* ---- answers ---- */

static void
count_duration(struct evidence_sums *s, enum evidence_column_name name,
               struct duration_histogram *h, bool cold, int64_t us)
{
    size_t bin = 0;
    if (us < 0)
        return;
    for (size_t step = 16; step; step /= 2)
        if (bin + step <= DURATION_EDGES &&
            us >= duration_edges_ms[bin + step - 1] * (int64_t)US_PER_MS)
            bin += step;
    (cold ? h->cold : h->warm)[bin]++;
    if (!cold)
        *(uint32_t *)column_add(s, name) = us > UINT32_MAX ? UINT32_MAX : (uint32_t)us;
}

static void
count_answer(struct evidence_sums *s, const struct evidence_turn *t,
             const struct evidence_answer *a)
{
    bool complete = a->status == STATUS_COMPLETE;
    int b = a->brain;
    if (a->simulated)
        return;
    s->figures.brains[b].answers++;
    s->figures.brains[b].complete += complete;
    s->figures.brains[b].shadow += a->shadow;
    s->figures.brains[b].shadow_complete += a->shadow && complete;
    s->figures.brains[b].cold += a->cold;
    s->cost_usd[b] += isnan(a->cost_usd) ? 0 : a->cost_usd;
    count_duration(s, COLUMN_TTFT + b, &s->figures.brains[b].ttft, a->cold, a->ttft_us);
    count_duration(s, COLUMN_TOTAL + b, &s->figures.brains[b].total, a->cold, a->total_us);
    if (a->score_rules)
        sums_note_rules(s, t->at_us, a->score_rules);
}

void
evidence_sums_turn(struct evidence_sums *s, int64_t since_us, const struct evidence_turn *t)
{
    if (t->at_us >= since_us && !t->simulated) {
        s->figures.shown += t->shown;
        for (size_t i = 0; i < t->answer_count; i++)
            count_answer(s, t, &t->answers[i]);
    }
    for (size_t i = 0; i < t->verdict_count; i++)
        if (is_of_people(&t->verdicts[i].row, since_us))
            count_verdict(s, t, &t->verdicts[i]);
    if (t->verdict_count) {
        s->figures.pairs += count_pairs(t, since_us);
        sums_agreement(s, since_us, t);
    }
}
