/* What kind of message this is. The lexicons say what stands in it (evidence); the rules here say what that makes of it:
 * a greeting is a frame, a feeling outweighs the matter it is about, manners outweigh the business they are asked
 * about, and business is complex when several things meet. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/measure/measure.h"
#include "measure/language.h"
#include "measure/measure_private.h"
#include "measure/tokens.h"

enum {
    FRAME_WORDS = 96, /* a longer message is no greeting */
    PENDING = 256,    /* matches of one sentence; more are settled in portions */
    SEEN = 1024,      /* phrases told apart; a message with more of them is decided already */
};

enum { COVER_GREETING = 1, COVER_ADDRESS = 2, COVER_FILLER = 4, COVER_TOPIC = 8 };

/* What a message holds. */
struct evidence {
    const struct measure *m;
    struct language_sum language;
    struct matcher matcher;
    struct match pending[PENDING]; /* first and last count words, not tokens */
    size_t pending_len;
    uint32_t seen[SEEN], seen_len; /* phrase and group, hashed; 0: free */
    double sum[MESSAGE_GROUPS];
    unsigned distinct[MESSAGE_GROUPS];
    unsigned follow_words; /* of a follow-up cue that begins the message */
    uint32_t words;        /* with emoji and numbers */
    uint32_t questions;
    uint8_t cover[FRAME_WORDS];
};

void
category_prepare(struct measure *m)
{
    static const char *const names[MESSAGE_GROUPS] = {
        [MESSAGE_GREETING] = "greeting", [MESSAGE_ADDRESS] = "address",
        [MESSAGE_FILLER] = "filler",     [MESSAGE_EMOTIONAL] = "emotional",
        [MESSAGE_CULTURAL] = "cultural", [MESSAGE_BUSINESS] = "business",
        [MESSAGE_SIMPLE] = "simple",     [MESSAGE_COMPLEX] = "complex",
        [MESSAGE_GENERAL] = "general",   [MESSAGE_FOLLOW] = "follow",
    };
    int n = lexicon_group_count(m->lexicon);
    m->language_group = lexicon_group(m->lexicon, "language", "common");
    m->group_message = xmalloc((size_t)n + 1);
    memset(m->group_message, -1, (size_t)n + 1);
    for (int i = 0; i < MESSAGE_GROUPS; i++) {
        int g = lexicon_group(m->lexicon, "message", names[i]);
        if (g >= 0)
            m->group_message[g] = (signed char)i;
    }
}

static bool
first_time(struct evidence *e, const struct lexicon_entry *entry)
{
    uint32_t key = (entry->phrase * 64 + (uint32_t)entry->group) | 1u << 31;
    uint32_t i = key * 0x9e3779b1u >> 22;
    while (e->seen[i] && e->seen[i] != key)
        i = (i + 1) % SEEN;
    if (e->seen[i] || e->seen_len > SEEN * 3 / 4)
        return false;
    e->seen[i] = key;
    e->seen_len++;
    return true;
}

static void
count(struct evidence *e, const struct match *m)
{
    enum message_group group = (enum message_group)e->m->group_message[m->entry->group];
    int cover = group == MESSAGE_GREETING  ? COVER_GREETING
                : group == MESSAGE_ADDRESS ? COVER_ADDRESS
                : group == MESSAGE_FILLER  ? COVER_FILLER
                : group == MESSAGE_FOLLOW  ? 0
                                           : COVER_TOPIC;
    for (uint32_t w = m->first; w <= m->last && w < FRAME_WORDS; w++)
        e->cover[w] |= (uint8_t)cover;
    if (group == MESSAGE_FOLLOW && m->first == 0 && m->last + 1 > e->follow_words)
        e->follow_words = m->last + 1;
    if (!first_time(e, m->entry))
        return;
    e->sum[group] += (double)m->entry->weight;
    e->distinct[group]++;
}

static void
settle(struct evidence *e)
{
    e->pending_len = match_resolve(e->m->lexicon, e->pending, e->pending_len);
    for (size_t i = 0; i < e->pending_len; i++)
        count(e, &e->pending[i]);
    e->pending_len = 0;
}

static void
take_token(void *ctx, const struct token *t)
{
    struct evidence *e = ctx;
    struct match found[MATCH_MAX];
    size_t n = matcher_push(&e->matcher, e->m->lexicon, t, found);
    language_add(e->m, &e->language, t);
    if (t->kind == TOKEN_SENTENCE || t->kind == TOKEN_CLAUSE) {
        if (t->kind == TOKEN_SENTENCE && t->text[0] == '?')
            e->questions++;
        settle(e);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        language_vote(e->m, &e->language, &found[i]);
        if (e->m->group_message[found[i].entry->group] < 0)
            continue;
        if (e->pending_len == PENDING)
            settle(e);
        struct match *m = &e->pending[e->pending_len++];
        *m = found[i];
        m->first = e->words - (found[i].last - found[i].first);
        m->last = e->words;
    }
    e->words++;
}

static void
gather(struct evidence *e, const struct measure *m, const char *text, size_t n)
{
    struct tokens t;
    memset(e, 0, sizeof *e);
    e->m = m;
    matcher_init(&e->matcher);
    tokens_init(&t);
    tokens_feed(&t, text, n, take_token, e);
    tokens_end(&t, take_token, e);
    settle(e);
}

/* Evidence to 0..1: the first piece says most. */
static double
level(double sum)
{
    return sum <= 0 ? 0 : 1 - exp(-sum / 2.5);
}

/* Does a greeting open or close the message? Words that say nothing may stand between it and the edge. */
static bool
framed(const struct evidence *e, uint32_t *others)
{
    uint32_t n = e->words < FRAME_WORDS ? e->words : FRAME_WORDS, start, end;
    bool greeting = false;
    for (start = 0;
         start < n && (e->cover[start] & (COVER_GREETING | COVER_ADDRESS | COVER_FILLER)); start++)
        greeting |= e->cover[start] & COVER_GREETING;
    for (end = e->words <= FRAME_WORDS ? n : 0;
         end > start && (e->cover[end - 1] & (COVER_GREETING | COVER_ADDRESS | COVER_FILLER));
         end--)
        greeting |= e->cover[end - 1] & COVER_GREETING;
    *others = 0;
    for (uint32_t w = start; w < end; w++)
        *others += !(e->cover[w] & (COVER_ADDRESS | COVER_FILLER));
    *others += e->words - n;
    return greeting;
}

/* 0..1: how much the business of a message is more than one fact. */
static double
complexity(const struct evidence *e)
{
    double words = e->words > 60 ? 60 : e->words;
    double topics = e->distinct[MESSAGE_BUSINESS] > 8 ? 8 : e->distinct[MESSAGE_BUSINESS];
    double questions = e->questions > 3 ? 3 : e->questions;
    double z = -2.6 + 0.62 * e->sum[MESSAGE_COMPLEX] - 0.35 * fmin(e->sum[MESSAGE_SIMPLE], 4.5);
    z += 0.07 * (words > 10 ? words - 10 : 0);
    z += 0.25 * (topics > 2 ? topics - 2 : 0);
    z += 0.5 * (questions > 1 ? questions - 1 : 0);
    return 1 / (1 + exp(-1.3 * z));
}

static void
weigh(const struct evidence *e, double *w)
{
    uint32_t others;
    bool greeting = framed(e, &others);
    double complex = complexity(e);
    double business = e->sum[MESSAGE_BUSINESS];
    if (business > 0 || e->sum[MESSAGE_COMPLEX] >= 3)
        business += 0.4 * e->sum[MESSAGE_COMPLEX] + 0.2 * e->sum[MESSAGE_SIMPLE];
    double b = 0.78 * level(business);
    w[CATEGORY_EMOTIONAL] = level(e->sum[MESSAGE_EMOTIONAL]);
    w[CATEGORY_CULTURAL] = level(e->sum[MESSAGE_CULTURAL]);
    w[CATEGORY_BUSINESS_COMPLEX] = b * complex + (complex > 0.5 ? 0.15 * level(business) : 0);
    w[CATEGORY_BUSINESS_SIMPLE] = b * (1 - complex);
    w[CATEGORY_GENERAL] = 0.8 * level(e->sum[MESSAGE_GENERAL]);
    double topic = 0;
    for (int c = CATEGORY_EMOTIONAL; c < CATEGORY_COUNT; c++)
        topic = w[c] > topic ? w[c] : topic;
    w[CATEGORY_GREETING] = 0;
    if (greeting)
        w[CATEGORY_GREETING] = others == 0                  ? 0.97
                               : others <= 3 && topic < 0.4 ? 0.8
                               : topic < 0.25               ? 0.5
                                                            : 0.2;
    /* Nothing known is spoken of: the wide world. */
    if (topic < 0.25 && w[CATEGORY_GREETING] < 0.5)
        w[CATEGORY_GENERAL] = fmax(w[CATEGORY_GENERAL], 0.3);
}

static enum category
greatest(const double *w)
{
    enum category best = CATEGORY_GENERAL;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (w[c] > w[best])
            best = (enum category)c;
    return best;
}

/* Does a message so short lean on the one before? */
static bool
follows(const struct evidence *e, const double *w)
{
    if (e->words == 0)
        return true;
    if (e->words > 9 || w[CATEGORY_GREETING] >= 0.5 || w[CATEGORY_EMOTIONAL] >= 0.6)
        return false;
    double own = 0;
    for (int c = CATEGORY_CULTURAL; c < CATEGORY_COUNT; c++)
        own = w[c] > own && (c != CATEGORY_GENERAL || w[c] > 0.3) ? w[c] : own;
    double lean = e->words <= 3 ? 1.5 : e->words <= 6 ? 1 : 0.4;
    if (e->follow_words > 0)
        lean += e->follow_words > 1 ? 1.6 : 1.1;
    return lean - 1.6 * own >= 1;
}

void
measure_classify(const struct measure *m, const char *text, size_t n, const char *prev,
                 int session_language, struct classification *out)
{
    struct evidence e;
    memset(out, 0, sizeof *out);
    gather(&e, m, text, n);
    out->language = language_get(m, &e.language, session_language, &out->language_confidence);
    weigh(&e, out->weights);
    if (prev && *prev && follows(&e, out->weights)) {
        struct classification before;
        measure_classify(m, prev, strlen(prev), NULL, -1, &before);
        for (int c = 0; c < CATEGORY_COUNT; c++)
            out->weights[c] = 0.5 * out->weights[c];
        out->weights[before.category] =
            fmax(out->weights[before.category], fmax(0.6, before.weights[before.category]));
        out->inherited = true;
    }
    out->category = greatest(out->weights);
}
