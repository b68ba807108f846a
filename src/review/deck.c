#include "berdua/review/deck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/base/random.h"

/* measure.md: about one pair in ten is one's own again, and one in ten is one that others have judged. */
#define MIX_REPEAT .1
#define MIX_OTHERS .1
#define MIX_ACTIVE .4

struct pair {
    int64_t turn;
    uint64_t pair;
    int attempt;
    signed char category;
    bool observed, judged_by_others, disputed, drawn;
    bool seen;               /* the rater has judged it, or was shown its names */
    unsigned char own;       /* how many verdicts of the rater count for κ, at most 2 */
    unsigned char own_first; /* enum verdict_kind */
    unsigned char own_left;
    unsigned char other_first; /* of the first other rater */
    uint32_t other;            /* who that was */
    uint32_t next;             /* of the same slot of the table, from 1 */
};

/* Indices of pairs; those that were drawn meanwhile by another way are passed over. */
struct pile {
    uint32_t *v;
    size_t count, cap;
};

struct deck {
    char *rater;
    struct rng rng;
    struct pair *pairs;
    size_t count, cap;
    uint32_t *slots; /* a hash table of chains, from 1; a power of two of them */
    size_t slot_count;
    struct pile fresh[CATEGORY_COUNT]; /* without an observation; exact */
    struct pile others, disputes, own;
    int64_t needed[CATEGORY_COUNT];
    int64_t self[AGREEMENT_LABELS][AGREEMENT_LABELS];
};

static const char *const draws[REVIEW_DRAW_COUNT] = {
    [REVIEW_MIX] = "mix",       [REVIEW_RANDOM] = "random",   [REVIEW_ACTIVE] = "active",
    [REVIEW_REPEAT] = "repeat", [REVIEW_DISPUTE] = "dispute",
};

int
review_draw_parse(const char *name)
{
    return names_find(draws, REVIEW_DRAW_COUNT, name);
}

const char *
review_draw_words(enum review_draw d)
{
    static const char *const words[REVIEW_DRAW_COUNT] = {
        [REVIEW_MIX] = "mix: 40 % at random, 40 % where needed, 10 % yours again, 10 % of others",
        [REVIEW_RANDOM] = "at random among pairs without a verdict that counts",
        [REVIEW_ACTIVE] = "where verdicts are needed, then at random",
        [REVIEW_REPEAT] = "your earlier pairs again",
        [REVIEW_DISPUTE] = "pairs about which two others differ",
    };
    return words[d];
}

struct deck *
deck_create(const char *rater, uint64_t seed)
{
    struct deck *d = xcalloc(1, sizeof *d);
    d->rater = xstrdup(rater);
    d->rng.state = seed;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        d->needed[c] = -1;
    return d;
}

void
deck_destroy(struct deck **dp)
{
    struct deck *d = *dp;
    *dp = NULL;
    if (!d)
        return;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        free(d->fresh[c].v);
    free(d->others.v);
    free(d->disputes.v);
    free(d->own.v);
    free(d->slots);
    free(d->pairs);
    free(d->rater);
    free(d);
}

/* ---- what is fed ---- */

static uint32_t *
slot_of(const struct deck *d, uint64_t pair)
{
    return &d->slots[pair & (d->slot_count - 1)];
}

static void
chain(struct deck *d, uint32_t i)
{
    uint32_t *slot = slot_of(d, d->pairs[i].pair);
    d->pairs[i].next = *slot;
    *slot = i + 1;
}

static void
make_room(struct deck *d)
{
    if (d->count < d->cap)
        return;
    d->cap = d->cap ? 2 * d->cap : 256;
    d->pairs = xreallocarray(d->pairs, d->cap, sizeof *d->pairs);
    free(d->slots);
    d->slot_count = d->cap;
    d->slots = xcalloc(d->slot_count, sizeof *d->slots);
    for (size_t i = 0; i < d->count; i++)
        chain(d, (uint32_t)i);
}

/* NULL: it is not in the deck. */
static struct pair *
find_pair(const struct deck *d, uint64_t pair)
{
    if (!d->slot_count)
        return NULL;
    for (uint32_t i = *slot_of(d, pair); i; i = d->pairs[i - 1].next)
        if (d->pairs[i - 1].pair == pair)
            return &d->pairs[i - 1];
    return NULL;
}

bool
deck_add_pair(void *deck, const struct review_pair *pair)
{
    struct deck *d = deck;
    if (find_pair(d, pair->pair))
        return true;
    make_room(d);
    d->pairs[d->count] = (struct pair){.turn = pair->turn,
                                       .pair = pair->pair,
                                       .attempt = pair->attempt,
                                       .category = (signed char)pair->category};
    chain(d, (uint32_t)d->count++);
    return true;
}

static size_t
label(enum verdict_kind kind)
{
    return (size_t)kind - VERDICT_CLAUDE;
}

/* measure.md: κ is of any unflagged verdicts but those on disputes. */
static bool
agrees_count(const struct verdict_row *row)
{
    return !(row->flags & FLAGS_LEFT_OUT) && row->drawn_by != DRAW_DISPUTE;
}

static void
add_own(struct deck *d, struct pair *p, const struct verdict_row *row)
{
    bool withdrawn = row->flags & 1u << FLAG_UNDONE && strcmp(row->origin, "review") == 0;
    if (withdrawn) /* its names were not shown */
        return;
    p->seen = true;
    if (!agrees_count(row))
        return;
    if (p->own == 1)
        d->self[label((enum verdict_kind)p->own_first)][label(row->kind)]++;
    if (p->own == 0) {
        p->own_first = (unsigned char)row->kind;
        p->own_left = (unsigned char)row->left;
    }
    if (p->own < 2)
        p->own++;
}

static void
add_other(struct pair *p, const struct verdict_row *row)
{
    uint32_t rater = (uint32_t)hash_bytes(row->rater, strlen(row->rater), 0);
    if (row->flags & FLAGS_LEFT_OUT)
        return;
    if (!p->judged_by_others) {
        p->judged_by_others = true;
        p->other = rater;
        p->other_first = (unsigned char)row->kind;
    } else if (rater != p->other && row->kind != (enum verdict_kind)p->other_first) {
        p->disputed = true;
    }
}

bool
deck_add_verdict(void *deck, const struct verdict_row *row)
{
    struct deck *d = deck;
    struct pair *p = find_pair(d, row->pair);
    if (!p || row->judge || !row->rater || strcmp(row->origin, "judge") == 0)
        return true;
    p->observed = p->observed || row->observed;
    if (strcmp(row->rater, d->rater) == 0)
        add_own(d, p, row);
    else
        add_other(p, row);
    return true;
}

void
deck_leave_out(struct deck *d, uint64_t pair)
{
    struct pair *p = find_pair(d, pair);
    if (p)
        p->seen = true;
}

/* ---- piles ---- */

static void
push(struct pile *pile, uint32_t i)
{
    if (pile->count == pile->cap) {
        pile->cap = pile->cap ? 2 * pile->cap : 64;
        pile->v = xreallocarray(pile->v, pile->cap, sizeof *pile->v);
    }
    pile->v[pile->count++] = i;
}

void
deck_close(struct deck *d)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct pair *p = &d->pairs[i];
        if (p->own == 1)
            push(&d->own, (uint32_t)i);
        if (p->seen)
            continue;
        push(p->observed ? &d->others : &d->fresh[(int)p->category], (uint32_t)i);
        if (p->disputed)
            push(&d->disputes, (uint32_t)i);
    }
}

static struct pair *
take_at(struct deck *d, struct pile *pile, size_t at)
{
    struct pair *p = &d->pairs[pile->v[at]];
    pile->v[at] = pile->v[--pile->count];
    return p;
}

/* Any of the pile; NULL: it is empty. */
static struct pair *
take_any(struct deck *d, struct pile *pile)
{
    while (pile->count) {
        struct pair *p = take_at(d, pile, rng_below(&d->rng, (uint32_t)pile->count));
        if (!p->drawn)
            return p;
    }
    return NULL;
}

/* A dispute about a pair without an observation takes it out of two piles. */
static void
take_out(struct deck *d, const struct pair *p)
{
    struct pile *fresh = &d->fresh[(int)p->category];
    for (size_t i = 0; !p->observed && i < fresh->count; i++)
        if (&d->pairs[fresh->v[i]] == p) {
            take_at(d, fresh, i);
            return;
        }
}

static size_t
fresh_count(const struct deck *d)
{
    size_t n = 0;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        n += d->fresh[c].count;
    return n;
}

size_t
deck_left(const struct deck *d, enum review_draw draw)
{
    if (draw == REVIEW_REPEAT)
        return d->own.count;
    return draw == REVIEW_DISPUTE ? d->disputes.count : fresh_count(d);
}

void
deck_need(struct deck *d, const int64_t needed[CATEGORY_COUNT])
{
    memcpy(d->needed, needed, sizeof d->needed);
}

void
deck_self(const struct deck *d, int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS])
{
    memcpy(table, d->self, sizeof d->self);
}

/* ---- draws ---- */

static struct pair *
draw_random(struct deck *d)
{
    size_t n = fresh_count(d);
    if (!n)
        return NULL;
    size_t at = rng_below(&d->rng, (uint32_t)n);
    int c = 0;
    while (at >= d->fresh[c].count)
        at -= d->fresh[c++].count;
    return take_at(d, &d->fresh[c], at);
}

/* Is a nearer to a lead or a gate than b? */
static bool
nearer(int64_t a, int64_t b)
{
    return a >= 0 && (b < 0 || a < b);
}

/* The nearest category that has pairs, any of them where several are as near, and any of its pairs. */
static struct pair *
draw_active(struct deck *d, double *propensity)
{
    int nearest[CATEGORY_COUNT], ties = 0;
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        if (!d->fresh[c].count)
            continue;
        if (ties && nearer(d->needed[c], d->needed[nearest[0]]))
            ties = 0;
        if (!ties || !nearer(d->needed[nearest[0]], d->needed[c]))
            nearest[ties++] = c;
    }
    if (!ties)
        return NULL;
    struct pile *pile = &d->fresh[nearest[rng_below(&d->rng, (uint32_t)ties)]];
    *propensity = 1.0 / ties / (double)pile->count;
    return take_at(d, pile, rng_below(&d->rng, (uint32_t)pile->count));
}

static bool
draw_of(struct deck *d, enum review_draw draw, struct review_card *out)
{
    double propensity = 0;
    struct pair *p = NULL;
    switch (draw) {
    case REVIEW_RANDOM:
        p = draw_random(d);
        break;
    case REVIEW_ACTIVE:
        p = draw_active(d, &propensity);
        break;
    case REVIEW_REPEAT:
        if (d->own.count)
            p = take_at(d, &d->own, rng_below(&d->rng, (uint32_t)d->own.count));
        break;
    case REVIEW_DISPUTE:
        p = take_any(d, &d->disputes);
        if (p)
            take_out(d, p);
        break;
    default: /* one that others have judged */
        p = take_any(d, &d->others);
        break;
    }
    if (!p)
        return false;
    static const enum verdict_draw drawn_by[REVIEW_DRAW_COUNT] = {
        [REVIEW_MIX] = DRAW_RANDOM,      [REVIEW_RANDOM] = DRAW_RANDOM,
        [REVIEW_ACTIVE] = DRAW_ACTIVE,   [REVIEW_REPEAT] = DRAW_REPEAT,
        [REVIEW_DISPUTE] = DRAW_DISPUTE,
    };
    p->drawn = true;
    *out = (struct review_card){.turn = p->turn,
                                .pair = p->pair,
                                .attempt = p->attempt,
                                .category = (enum category)p->category,
                                .drawn_by = drawn_by[draw],
                                .propensity = propensity};
    if (draw == REVIEW_REPEAT) {
        out->before = (enum verdict_kind)p->own_first;
        out->left_before = (enum brain_id)p->own_left;
    }
    return true;
}

bool
deck_draw(struct deck *d, enum review_draw draw, struct review_card *out)
{
    if (draw != REVIEW_MIX)
        return draw_of(d, draw, out);
    double at = rng_unit(&d->rng);
    if (at < MIX_REPEAT && fresh_count(d) && draw_of(d, REVIEW_REPEAT, out))
        return true;
    if (at >= MIX_REPEAT && at < MIX_REPEAT + MIX_OTHERS && draw_of(d, REVIEW_MIX, out))
        return true;
    if (at >= 1 - MIX_ACTIVE && draw_of(d, REVIEW_ACTIVE, out))
        return true;
    return draw_of(d, REVIEW_RANDOM, out) || draw_of(d, REVIEW_MIX, out);
}

void
deck_repeat(struct deck *d, const struct review_card *card)
{
    struct pair *p = find_pair(d, card->pair);
    if (!p)
        return;
    p->own_first = (unsigned char)card->before;
    p->own_left = (unsigned char)card->left_before;
    push(&d->own, (uint32_t)(p - d->pairs));
}
