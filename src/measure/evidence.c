#include "evidence.h"

#include <math.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "tokens.h"

enum {
    COVER_GREETING = 1,
    COVER_ADDRESS = 2,
    COVER_FILLER = 4,
    COVER_TOPIC = 8,
    COVER_UNKNOWN = 16,
    COVER_COURTESY = 32,
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
        [MESSAGE_SELF] = "self",         [MESSAGE_ASK] = "ask",
        [MESSAGE_REFER] = "refer",       [MESSAGE_COURTESY] = "courtesy",
        [MESSAGE_TWOFOLD] = "twofold",
    };
    int n = lexicon_group_count(m->lexicon);
    m->language_group = lexicon_group(m->lexicon, "language", "common");
    m->concrete_group = lexicon_group(m->lexicon, "sense", "concrete");
    m->hollow_group = lexicon_group(m->lexicon, "sense", "hollow");
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

/* Do only forms of address and fillers precede this word? */
static bool
is_lead(const struct evidence *e, uint32_t word)
{
    if (word > 3)
        return false;
    for (uint32_t w = 0; w < word; w++)
        if (!(e->cover[w] & (COVER_ADDRESS | COVER_FILLER | COVER_COURTESY)))
            return false;
    return true;
}

static void
count(struct evidence *e, const struct match *m)
{
    enum message_group group = (enum message_group)e->m->group_message[m->entry->group];
    int cover = group == MESSAGE_GREETING   ? COVER_GREETING
                : group == MESSAGE_ADDRESS  ? COVER_ADDRESS
                : group == MESSAGE_FILLER   ? COVER_FILLER
                : group == MESSAGE_COURTESY ? COVER_COURTESY
                : group >= MESSAGE_FOLLOW   ? 0
                                            : COVER_TOPIC;
    for (uint32_t w = m->first; w <= m->last && w < FRAME_WORDS; w++)
        e->cover[w] |= (uint8_t)cover;
    if (group == MESSAGE_FOLLOW && (double)m->entry->weight > e->follow && is_lead(e, m->first))
        e->follow = (double)m->entry->weight;
    if (group == MESSAGE_COMPLEX && (double)m->entry->weight > e->complex_most)
        e->complex_most = (double)m->entry->weight;
    if (group == MESSAGE_ASK && m->first < e->first_ask)
        e->first_ask = m->first;
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

/* The words from first to this one form a known phrase. Returns how many of them were counted as unknown. */
static uint32_t
mark_known(struct evidence *e, uint32_t first)
{
    uint32_t n = 0;
    for (uint32_t w = first; w < e->words && w < FRAME_WORDS; w++) {
        n += (e->cover[w] & COVER_UNKNOWN) != 0;
        e->cover[w] &= (uint8_t)~COVER_UNKNOWN;
    }
    return n;
}

static void
take_token(void *ctx, const struct token *t)
{
    struct evidence *e = ctx;
    struct match found[MATCH_MAX];
    size_t n = matcher_push(&e->matcher, e->m->lexicon, t, found);
    language_add(e->m, &e->language, t);
    if (t->kind == TOKEN_WORD && e->m->category_words)
        linear_add_word(e->m->category_words, &e->said, t->text, t->len);
    if (t->kind == TOKEN_SENTENCE || t->kind == TOKEN_CLAUSE) {
        if (t->kind == TOKEN_SENTENCE && t->text[0] == '?')
            e->questions++;
        e->clauses += t->kind == TOKEN_CLAUSE;
        settle(e);
        return;
    }
    bool known = t->kind != TOKEN_WORD;
    for (size_t i = 0; i < n; i++) {
        language_vote(e->m, &e->language, &found[i]);
        known |= found[i].entry->group == e->m->language_group;
        if (e->m->group_message[found[i].entry->group] < 0)
            continue;
        known = true;
        e->unknown -= mark_known(e, e->words - (found[i].last - found[i].first));
        if (e->pending_len == PENDING)
            settle(e);
        struct match *m = &e->pending[e->pending_len++];
        *m = found[i];
        m->first = e->words - (found[i].last - found[i].first);
        m->last = e->words;
    }
    if (e->words < FRAME_WORDS && t->kind == TOKEN_EMOJI)
        e->cover[e->words] |= COVER_FILLER | COVER_COURTESY;
    if (e->words < FRAME_WORDS && !known) {
        e->cover[e->words] |= COVER_UNKNOWN;
        e->unknown++;
    }
    e->words++;
}

/* "Process", "contract" and "director" count as business only among other business words. Among words in no lexicon,
 * and beside a general topic, they may belong to another topic: a leaf, a footballer, a film. */
static void
doubt_twofold(struct evidence *e)
{
    bool strangers = e->unknown >= 2 && 4 * e->unknown >= e->words;
    bool elsewhere = e->sum[MESSAGE_GENERAL] >= 2.5;
    if (e->distinct[MESSAGE_TWOFOLD] == 0 || !(strangers || elsewhere) ||
        e->distinct[MESSAGE_BUSINESS] > e->distinct[MESSAGE_TWOFOLD])
        return;
    double doubt = e->unknown > 2 || (strangers && elsewhere) ? 0.2 : 0.4;
    e->sum[MESSAGE_BUSINESS] *= doubt;
    e->sum[MESSAGE_COMPLEX] *= doubt;
    e->sum[MESSAGE_SIMPLE] *= doubt;
    e->complex_most *= doubt;
}

void
evidence_gather(struct evidence *e, const struct measure *m, const char *text, size_t n)
{
    struct tokens t;
    memset(e, 0, sizeof *e);
    e->m = m;
    e->first_ask = UINT32_MAX;
    matcher_init(&e->matcher);
    tokens_init(&t);
    tokens_feed(&t, text, n, take_token, e);
    tokens_end(&t, take_token, e);
    settle(e);
    doubt_twofold(e);
}

/* Is the greeting at the beginning or end of the message? Fillers may stand between it and the edge. */
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

uint32_t
evidence_core(const struct evidence *e)
{
    uint32_t start = 0, end = e->words;
    if (end > FRAME_WORDS)
        return end;
    while (end > 0 && e->cover[end - 1] & (COVER_ADDRESS | COVER_COURTESY))
        end--;
    while (start < end && e->cover[start] & (COVER_ADDRESS | COVER_COURTESY))
        start++;
    return end - start;
}

double
evidence_level(double sum)
{
    return sum > 0 ? sum / (sum + 1.75) : 0;
}

const char *const evidence_feature_names[MIX_FEATURES] = {
    "always",
    "emotional",
    "cultural",
    "business",
    "general",
    "only_greeting",
    "nearly_greeting",
    "framed_request",
    "complex",
    "simple",
    "strong_complex",
    "words_past_12",
    "more_questions",
    "clauses",
    "self",
    "ask",
    "self_not_ask",
    "topics",
    "business_complex",
    "business_strong",
    "business_simple",
    "nothing",
    "emotional_business",
    "cultural_business",
    "nothing_ask",
};

void
evidence_features(const struct evidence *e, double out[MIX_FEATURES])
{
    uint32_t others;
    bool greeting = framed(e, &others);
    double emotional = evidence_level(e->sum[MESSAGE_EMOTIONAL]);
    double cultural = evidence_level(e->sum[MESSAGE_CULTURAL]);
    double business = evidence_level(e->sum[MESSAGE_BUSINESS]);
    double general = evidence_level(e->sum[MESSAGE_GENERAL]);
    double complex = evidence_level(e->sum[MESSAGE_COMPLEX]);
    double simple = evidence_level(e->sum[MESSAGE_SIMPLE]);
    double words = (e->words > 30 ? 30 : e->words) / 10.0;
    double strong = e->complex_most >= 2;
    double questions = e->questions > 3 ? 3 : e->questions;
    double self = e->distinct[MESSAGE_SELF] > 0;
    double ask = e->questions > 0 || e->first_ask <= 4;
    double topics = (e->distinct[MESSAGE_BUSINESS] > 8 ? 8 : e->distinct[MESSAGE_BUSINESS]) / 3.0;
    double nothing = emotional + cultural + business + general <= 0;
    /* In a long message, or one with a topic, a greeting is only the frame of a request, and the request decides. */
    bool request = others > 3 || fmax(fmax(emotional, cultural), fmax(business, general)) > 0.5;
    const double all[MIX_FEATURES] = {
        1,
        emotional,
        cultural,
        business,
        general,
        greeting && others == 0,
        greeting && others >= 1 && !request,
        greeting && request,
        complex,
        simple,
        strong,
        words > 1.2 ? words - 1.2 : 0,
        questions > 1 ? questions - 1 : 0,
        e->clauses > 5 ? 5 : e->clauses,
        self,
        ask,
        self * (1 - ask),
        topics,
        business * complex,
        business * strong,
        business * simple,
        nothing,
        emotional * business,
        cultural * business,
        nothing * ask,
    };
    memcpy(out, all, sizeof all);
}
