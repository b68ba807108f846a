#include "evidence_block.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/answer.h"
#include "store/sqlite/db.h"

/* Every field above lies in the bytes as it is in memory, so no padding may hold what happened to be there. */
static_assert(sizeof(struct packed_turn) == 40, "no padding");
static_assert(sizeof(struct packed_answer) == 48, "no padding");
static_assert(sizeof(struct packed_verdict) == 64, "no padding");

/* A number whose bytes differ on a machine of another order; it changes with every change of the arrays. */
#define MAGIC UINT64_C(0x6265726475610002)

enum { TURNS = 1 << EVIDENCE_BLOCK_BITS };

struct head {
    uint64_t magic;
    uint32_t turns, answers, verdicts, strings, string_bytes, zero;
};

void
evidence_block_finish(struct evidence_block *b)
{
    for (size_t i = 0; i < b->string_count; i++)
        free(b->strings[i]);
    free(b->strings);
    free(b->turns);
    free(b->answers);
    free(b->verdicts);
    *b = (struct evidence_block){0};
}

/* Most blocks have few strings. Of many, one may be there twice. */
uint32_t
evidence_block_string(struct evidence_block *b, const char *text)
{
    enum { LOOKED_AT = 64 };
    for (size_t i = 0; text && i < b->string_count && i < LOOKED_AT; i++)
        if (strcmp(b->strings[b->string_count - 1 - i], text) == 0)
            return (uint32_t)(b->string_count - i);
    if (!text)
        return 0;
    b->strings = xgrow(b->strings, b->string_count, sizeof *b->strings);
    b->strings[b->string_count++] = xstrdup(text);
    return (uint32_t)b->string_count;
}

void
evidence_block_pack(const struct evidence_block *b, struct buf *out)
{
    struct head head = {.magic = MAGIC,
                        .turns = (uint32_t)b->turn_count,
                        .answers = (uint32_t)b->answer_count,
                        .verdicts = (uint32_t)b->verdict_count,
                        .strings = (uint32_t)b->string_count};
    for (size_t i = 0; i < b->string_count; i++)
        head.string_bytes += (uint32_t)strlen(b->strings[i]) + 1;
    buf_append(out, (const char *)&head, sizeof head);
    buf_append(out, (const char *)b->turns, b->turn_count * sizeof *b->turns);
    buf_append(out, (const char *)b->answers, b->answer_count * sizeof *b->answers);
    buf_append(out, (const char *)b->verdicts, b->verdict_count * sizeof *b->verdicts);
    for (size_t i = 0; i < b->string_count; i++)
        buf_append(out, b->strings[i], strlen(b->strings[i]) + 1);
}

/* ---- reading ---- */

struct text {
    const char *p; /* NULL: none */
    uint64_t hash;
};

/* Where the arrays lie; nothing says that they are aligned. */
struct view {
    struct head head;
    const char *turns, *answers, *verdicts;
    struct text *texts; /* by number */
};

static bool
find_texts(struct view *v, const char *p)
{
    const char *end = p + v->head.string_bytes;
    v->texts = xcalloc((size_t)v->head.strings + 1, sizeof *v->texts);
    for (uint32_t i = 1; i <= v->head.strings; i++) {
        const char *stop = p < end ? memchr(p, 0, (size_t)(end - p)) : NULL;
        if (!stop)
            return false;
        v->texts[i] = (struct text){p, hash_bytes(p, (size_t)(stop - p), 0)};
        p = stop + 1;
    }
    return p == end;
}

static bool
find_arrays(struct view *v, const char *p, size_t n)
{
    if (n < sizeof v->head)
        return false;
    memcpy(&v->head, p, sizeof v->head);
    uint64_t turns = v->head.turns * (uint64_t)sizeof(struct packed_turn),
             answers = v->head.answers * (uint64_t)sizeof(struct packed_answer),
             verdicts = v->head.verdicts * (uint64_t)sizeof(struct packed_verdict);
    if (v->head.magic != MAGIC || v->head.strings > v->head.string_bytes ||
        n - sizeof v->head != turns + answers + verdicts + v->head.string_bytes)
        return false;
    v->turns = p + sizeof v->head;
    v->answers = v->turns + turns;
    v->verdicts = v->answers + answers;
    return find_texts(v, v->verdicts + verdicts);
}

static bool
in(int v, int low, int end)
{
    return v >= low && v < end;
}

/* As it is read of a row. */
static bool
time_is_sound(int64_t at_us)
{
    return at_us >= -STMT_MOST && at_us <= STMT_MOST;
}

static bool
answer_is_sound(const struct view *v, const struct packed_answer *a)
{
    return a->brain < BRAIN_COUNT && a->status < STATUS_COUNT && a->model <= v->head.strings &&
           a->score_rules <= v->head.strings && a->attempt <= INT32_MAX;
}

static bool
verdict_is_sound(const struct view *v, const struct packed_verdict *w, uint32_t answers)
{
    return in(w->kind, VERDICT_CLAUDE, VERDICT_BOTH_BAD + 1) && in(w->drawn_by, -1, DRAW_COUNT) &&
           in(w->category, -1, CATEGORY_COUNT) && in(w->language, -1, LANGUAGE_COUNT) &&
           in(w->mode, -1, MODE_COUNT) && in(w->left, 0, BRAIN_COUNT) &&
           in(w->guess, 0, GUESS_COUNT) && w->rater <= v->head.strings && w->rater > 0 &&
           w->origin <= v->head.strings && w->origin > 0 && w->judge <= v->head.strings &&
           w->model <= v->head.strings && w->seen[BRAIN_CLAUDE] <= answers &&
           w->seen[BRAIN_LLAMA] <= answers && (w->acceptable & 15) <= OPINION_NO &&
           w->acceptable >> 4 <= OPINION_NO && w->flags < 1u << FLAG_COUNT &&
           time_is_sound(w->at_us);
}

static bool
is_sound(const struct view *v)
{
    uint64_t answers = 0, verdicts = 0;
    for (uint32_t i = 0; i < v->head.turns; i++) {
        struct packed_turn t;
        memcpy(&t, v->turns + i * sizeof t, sizeof t);
        if (t.answers > v->head.answers - answers || t.verdicts > v->head.verdicts - verdicts ||
            !in(t.category, -1, CATEGORY_COUNT) || !in(t.language, -1, LANGUAGE_COUNT) ||
            !in(t.mode, -1, MODE_COUNT) || !time_is_sound(t.at_us))
            return false;
        for (uint32_t k = 0; k < t.answers; k++) {
            struct packed_answer a;
            memcpy(&a, v->answers + (answers + k) * sizeof a, sizeof a);
            if (!answer_is_sound(v, &a))
                return false;
        }
        for (uint32_t k = 0; k < t.verdicts; k++) {
            struct packed_verdict w;
            memcpy(&w, v->verdicts + (verdicts + k) * sizeof w, sizeof w);
            if (!verdict_is_sound(v, &w, t.answers))
                return false;
        }
        answers += t.answers;
        verdicts += t.verdicts;
    }
    return answers == v->head.answers && verdicts == v->head.verdicts;
}

static int64_t
duration(uint32_t us)
{
    return us == UINT32_MAX ? UNKNOWN : (int64_t)us;
}

static void
unpack_answer(const struct view *v, size_t at, struct evidence_answer *out)
{
    struct packed_answer a;
    memcpy(&a, v->answers + at * sizeof a, sizeof a);
    *out = (struct evidence_answer){.brain = (enum brain_id)a.brain,
                                    .attempt = (int)a.attempt,
                                    .status = a.status,
                                    .shadow = a.shadow,
                                    .cold = a.cold_simulated & 1,
                                    .simulated = a.cold_simulated & 2,
                                    .ttft_us = duration(a.ttft_us),
                                    .total_us = duration(a.total_us),
                                    .cost_usd = a.cost_usd,
                                    .code_points = a.code_points,
                                    .headers = a.headers,
                                    .lists = a.lists,
                                    .bold = a.bold,
                                    .model = v->texts[a.model].p,
                                    .score_rules = v->texts[a.score_rules].p};
}

static void
unpack_verdict(const struct view *v, size_t at, uint64_t turn,
               const struct evidence_answer *answers, struct evidence_verdict *out)
{
    struct packed_verdict w;
    memcpy(&w, v->verdicts + at * sizeof w, sizeof w);
    out->row = (struct verdict_row){
        .n = w.n,
        .at_us = w.at_us,
        .pair = observation_pair(turn, w.attempt),
        .rater_id = v->texts[w.rater].hash,
        .attempt = w.attempt,
        .kind = (enum verdict_kind)w.kind,
        .origin = v->texts[w.origin].p,
        .drawn_by = w.drawn_by,
        .blind = w.blind,
        .observed = w.observed,
        .category = w.category,
        .language = w.language,
        .mode = w.mode,
        .acceptable = {(enum opinion)(w.acceptable & 15), (enum opinion)(w.acceptable >> 4)},
        .flags = w.flags,
        .llama_model = v->texts[w.model].p,
        .rater = v->texts[w.rater].p,
        .left = (enum brain_id)w.left,
        .guess = (enum guess)w.guess,
        .asked = w.asked ? 1 : NAN,
        .warmer = w.warmer,
        .closer = w.closer,
        .judge = v->texts[w.judge].p};
    for (int b = 0; b < BRAIN_COUNT; b++)
        out->seen[b] = w.seen[b] ? &answers[w.seen[b] - 1] : NULL;
}

bool
evidence_block_possible(int64_t number)
{
    return number >= INT64_MIN / TURNS && number <= INT64_MAX / TURNS;
}

bool
evidence_block_read(int64_t number, const char *p, size_t n,
                    bool (*each)(void *arg, const struct evidence_turn *t), void *arg,
                    bool *stopped)
{
    struct view v = {.texts = NULL};
    *stopped = false;
    if (!evidence_block_possible(number) || !find_arrays(&v, p, n) || !is_sound(&v)) {
        free(v.texts);
        return false;
    }
    struct evidence_answer *answers =
        xreallocarray(NULL, (size_t)v.head.answers + 1, sizeof *answers);
    struct evidence_verdict *verdicts =
        xreallocarray(NULL, (size_t)v.head.verdicts + 1, sizeof *verdicts);
    size_t a = 0, w = 0;
    for (uint32_t i = 0; i < v.head.turns && !*stopped; i++) {
        struct packed_turn t;
        memcpy(&t, v.turns + i * sizeof t, sizeof t);
        for (uint32_t k = 0; k < t.answers; k++)
            unpack_answer(&v, a + k, &answers[a + k]);
        for (uint32_t k = 0; k < t.verdicts; k++)
            unpack_verdict(&v, w + k, t.id, &answers[a], &verdicts[w + k]);
        struct evidence_turn turn = {.n = number * TURNS + (t.number_simulated & (TURNS - 1)),
                                     .at_us = t.at_us,
                                     .id = t.id,
                                     .session = t.session,
                                     .category = t.category,
                                     .language = t.language,
                                     .mode = t.mode,
                                     .simulated = t.number_simulated & TURNS,
                                     .shown = t.shown,
                                     .answers = &answers[a],
                                     .answer_count = t.answers,
                                     .verdicts = &verdicts[w],
                                     .verdict_count = t.verdicts};
        *stopped = !each(arg, &turn);
        a += t.answers;
        w += t.verdicts;
    }
    free(answers);
    free(verdicts);
    free(v.texts);
    return true;
}
