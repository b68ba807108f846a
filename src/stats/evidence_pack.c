#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "evidence_column.h"

/* Elements lie in the bytes as they are in memory, so none has padding. */
static_assert(sizeof(struct style_sample) == 24, "no padding");
static_assert(sizeof(struct evidence_quarter) == 8 + 4 * QUARTER_CELLS * QUARTER_KINDS, "none");
static_assert(sizeof(struct judge_vote) == 16, "no padding");
static_assert(sizeof(struct evidence_figures) % sizeof(int64_t) == 0, "nothing but int64_t");

static const size_t element_bytes[COLUMN_COUNT] = {[COLUMN_TTFT + BRAIN_CLAUDE] = sizeof(uint32_t),
                                                   [COLUMN_TTFT + BRAIN_LLAMA] = sizeof(uint32_t),
                                                   [COLUMN_TOTAL + BRAIN_CLAUDE] = sizeof(uint32_t),
                                                   [COLUMN_TOTAL + BRAIN_LLAMA] = sizeof(uint32_t),
                                                   [COLUMN_STYLE] = sizeof(struct style_sample),
                                                   [COLUMN_QUARTERS] =
                                                       sizeof(struct evidence_quarter),
                                                   [COLUMN_SESSIONS] = sizeof(uint64_t),
                                                   [COLUMN_RATERS] = sizeof(uint64_t),
                                                   [COLUMN_VOTES] = sizeof(struct judge_vote)};

/* ---- sums ---- */

void
evidence_sums_finish(struct evidence_sums *s)
{
    for (int c = 0; c < COLUMN_COUNT; c++)
        free(s->columns[c].v);
    free(s->rules);
    free(s->judge.model);
    free(s->judge.prompt);
    *s = (struct evidence_sums){.rules_us = 0};
}

static void *
column_room(struct evidence_sums *s, int name, size_t more)
{
    struct evidence_column *c = &s->columns[name];
    if (c->room - c->count < more) {
        c->room = 2 * c->room > c->count + more ? 2 * c->room : c->count + more;
        c->v = xreallocarray(c->v, c->room, element_bytes[name]);
    }
    return (char *)c->v + c->count * element_bytes[name];
}

void *
column_add(struct evidence_sums *s, enum evidence_column_name name)
{
    void *element = column_room(s, (int)name, 1);
    s->columns[name].count++;
    return memset(element, 0, element_bytes[name]);
}

static void
keep_text(char **kept, const char *text)
{
    char *copy = xstrdup(text);
    free(*kept);
    *kept = copy;
}

void
sums_note_rules(struct evidence_sums *s, int64_t at_us, const char *rules)
{
    if (s->rules && at_us < s->rules_us)
        return;
    s->rules_us = at_us;
    if (!s->rules || strcmp(s->rules, rules) != 0)
        keep_text(&s->rules, rules);
}

void
sums_note_judge(struct evidence_sums *s, int64_t at_us, int64_t n, uint64_t kind, int brain,
                const char *model, const char *prompt)
{
    bool newer = at_us > s->judge.at_us || (at_us == s->judge.at_us && n > s->judge.n);
    if (s->judge.model && !newer)
        return;
    bool another = !s->judge.model || kind != s->judge.kind;
    s->judge.at_us = at_us;
    s->judge.n = n;
    if (!another)
        return;
    s->judge.kind = kind;
    s->judge.brain = brain;
    keep_text(&s->judge.model, model ? model : "");
    keep_text(&s->judge.prompt, prompt);
}

/* ---- as bytes ---- */

/* A number whose bytes differ on a machine of another order; it changes with every change of what follows. */
#define MAGIC UINT64_C(0x6265726475730002)

/* Then the columns, the figures and the strings. */
struct head {
    uint64_t magic;
    int64_t rules_us, judge_us, judge_n;
    uint64_t judge_kind;
    double cost_usd[BRAIN_COUNT];
    struct krippendorff among;
    uint32_t counts[COLUMN_COUNT];
    uint32_t figure_bytes;
    int32_t brain;
    uint32_t
        strings[3]; /* how many bytes the rules, model and prompt have with their end; 0: none */
};
static_assert(sizeof(struct head) == 8 * 7 + 8 * (AGREEMENT_LABELS + 1) + 4 * (COLUMN_COUNT + 5),
              "no padding");

/* Seven bits a byte, the lowest first; most figures of a block are small. */
enum { FIGURE_BITS = 42, FIGURE_BYTES = FIGURE_BITS / 7 };

static void
put_figures(struct buf *out, const struct evidence_figures *figures)
{
    int64_t v[sizeof *figures / sizeof(int64_t)];
    memcpy(v, figures, sizeof v);
    for (size_t i = 0; i < ARRAY_LEN(v); i++) {
        uint64_t rest = (uint64_t)v[i];
        for (; rest >= 128; rest >>= 7)
            buf_append_char(out, (char)(128 | (rest & 127)));
        buf_append_char(out, (char)rest);
    }
}

/* Adds them; false: they end too early or too late, or one is larger than any. */
static bool
take_figures(const unsigned char *p, size_t n, struct evidence_figures *to)
{
    int64_t v[sizeof *to / sizeof(int64_t)];
    const unsigned char *end = p + n;
    memcpy(v, to, sizeof v);
    for (size_t i = 0; i < ARRAY_LEN(v); i++) {
        int64_t figure = 0;
        int bits = 0;
        for (; p < end && *p >= 128 && bits < FIGURE_BITS - 7; bits += 7)
            figure |= (int64_t)(*p++ & 127) << bits;
        if (p == end || *p >= 128)
            return false;
        v[i] += figure | (int64_t)*p++ << bits;
    }
    memcpy(to, v, sizeof v);
    return p == end;
}

void
evidence_sums_pack(const struct evidence_sums *s, struct buf *out)
{
    const char *const strings[] = {s->rules, s->judge.model, s->judge.prompt};
    struct buf figures;
    buf_init(&figures, sizeof s->figures / sizeof(int64_t) * 10);
    put_figures(&figures, &s->figures);
    struct head head = {.magic = MAGIC,
                        .rules_us = s->rules_us,
                        .judge_us = s->judge.at_us,
                        .judge_n = s->judge.n,
                        .judge_kind = s->judge.kind,
                        .among = s->among,
                        .figure_bytes = (uint32_t)figures.len,
                        .brain = s->judge.brain};
    memcpy(head.cost_usd, s->cost_usd, sizeof head.cost_usd);
    for (int c = 0; c < COLUMN_COUNT; c++)
        head.counts[c] = (uint32_t)s->columns[c].count;
    for (size_t i = 0; i < ARRAY_LEN(strings); i++)
        head.strings[i] = strings[i] ? (uint32_t)strlen(strings[i]) + 1 : 0;
    buf_append(out, &head, sizeof head);
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (s->columns[c].count)
            buf_append(out, s->columns[c].v, s->columns[c].count * element_bytes[c]);
    buf_append(out, figures.p, figures.len);
    for (size_t i = 0; i < ARRAY_LEN(strings); i++)
        if (strings[i])
            buf_append(out, strings[i], head.strings[i]);
    buf_finish(&figures);
}

/* ---- from bytes ---- */

static bool
style_is_sound(const struct style_sample *v, size_t n)
{
    bool sound = true;
    for (size_t i = 0; i < n; i++) {
        sound = sound && v[i].llama_won <= 1;
        for (int k = 0; k < STYLE_FEATURES; k++)
            sound = sound && v[i].x[k] >= -1 && v[i].x[k] <= 1;
    }
    return sound;
}

/* The beginning and the end of each quarter fit into microseconds. */
static bool
quarters_are_sound(const struct evidence_quarter *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].number < INT64_MIN / QUARTER_US - 1 || v[i].number >= INT64_MAX / QUARTER_US)
            return false;
    return true;
}

static bool
votes_are_sound(const struct judge_vote *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].judge < VERDICT_CLAUDE || v[i].judge > VERDICT_BOTH_BAD ||
            v[i].human > VERDICT_BOTH_BAD || v[i].category < -1 || v[i].category >= CATEGORY_COUNT)
            return false;
    return true;
}

/* Of the columns what lies behind what was counted before. */
static bool
columns_are_sound(const struct evidence_sums *s, const struct head *head)
{
    const struct evidence_column *c = s->columns;
    size_t style = c[COLUMN_STYLE].count, quarters = c[COLUMN_QUARTERS].count,
           votes = c[COLUMN_VOTES].count;
    return (!head->counts[COLUMN_STYLE] ||
            style_is_sound((const struct style_sample *)c[COLUMN_STYLE].v + style,
                           head->counts[COLUMN_STYLE])) &&
           (!head->counts[COLUMN_QUARTERS] ||
            quarters_are_sound((const struct evidence_quarter *)c[COLUMN_QUARTERS].v + quarters,
                               head->counts[COLUMN_QUARTERS])) &&
           (!head->counts[COLUMN_VOTES] ||
            votes_are_sound((const struct judge_vote *)c[COLUMN_VOTES].v + votes,
                            head->counts[COLUMN_VOTES]));
}

static bool
head_is_sound(const struct head *h, size_t n)
{
    uint64_t bytes = sizeof *h + (uint64_t)h->figure_bytes;
    for (int c = 0; c < COLUMN_COUNT; c++)
        bytes += h->counts[c] * (uint64_t)element_bytes[c];
    for (size_t i = 0; i < ARRAY_LEN(h->strings); i++)
        bytes += h->strings[i];
    bool amounts =
        isfinite(h->cost_usd[0]) && isfinite(h->cost_usd[1]) && isfinite(h->among.differ);
    for (int i = 0; i < AGREEMENT_LABELS; i++)
        amounts = amounts && isfinite(h->among.of[i]);
    return h->magic == MAGIC && bytes == n && amounts && h->brain >= -1 && h->brain < BRAIN_COUNT;
}

/* NULL: they are not what the head says; else where they lie, NULL in out: none. */
static bool
find_strings(const struct head *h, const char *p, const char *out[3])
{
    for (size_t i = 0; i < ARRAY_LEN(h->strings); i++) {
        out[i] = h->strings[i] ? p : NULL;
        if (h->strings[i] && strnlen(p, h->strings[i]) != h->strings[i] - 1)
            return false;
        p += h->strings[i];
    }
    return true;
}

static void
take_head(struct evidence_sums *s, const struct head *h, const char *const strings[3])
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        s->cost_usd[b] += h->cost_usd[b];
    for (int i = 0; i < AGREEMENT_LABELS; i++)
        s->among.of[i] += h->among.of[i];
    s->among.differ += h->among.differ;
    for (int c = 0; c < COLUMN_COUNT; c++)
        s->columns[c].count += h->counts[c];
    if (strings[0])
        sums_note_rules(s, h->rules_us, strings[0]);
    if (strings[1])
        sums_note_judge(s, h->judge_us, h->judge_n, h->judge_kind, h->brain, strings[1],
                        strings[2]);
}

bool
evidence_sums_add(struct evidence_sums *s, const char *p, size_t n)
{
    struct head head;
    struct evidence_figures figures = s->figures;
    const char *strings[3];
    if (n < sizeof head)
        return false;
    memcpy(&head, p, sizeof head);
    if (!head_is_sound(&head, n))
        return false;
    p += sizeof head;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        size_t bytes = head.counts[c] * element_bytes[c];
        if (bytes)
            memcpy(column_room(s, c, head.counts[c]), p, bytes);
        p += bytes;
    }
    if (!columns_are_sound(s, &head) ||
        !take_figures((const unsigned char *)p, head.figure_bytes, &figures) ||
        !find_strings(&head, p + head.figure_bytes, strings))
        return false;
    s->figures = figures;
    take_head(s, &head, strings);
    return true;
}
