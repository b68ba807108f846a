#include "scorer_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "considerate.h"
#include "measure_private.h"

/* Turns the sum of a word's weights in the head of manner into the weight of its cue. */
#define MANNER_CUE 0.1

/* ---- signs ---- */

static const struct {
    const char *section, *category;
} sign_groups[SIGN_COUNT] = {
#define X(name, section, category) {section, category},
    SIGNS(X)
#undef X
};

void
signs_init(struct signs *s, const struct lexicon *l)
{
    memset(s->of_group, SIGN_COUNT, sizeof s->of_group);
    for (int i = 0; i < SIGN_COUNT; i++) {
        int g = lexicon_group(l, sign_groups[i].section, sign_groups[i].category);
        if (g >= 0 && g < (int)ARRAY_LEN(s->of_group))
            s->of_group[g] = (uint8_t)i;
    }
}

static bool
is_warm(enum sign s)
{
    return s < SIGN_FIRST_COLD;
}

static bool
is_cold(enum sign s)
{
    return s >= SIGN_FIRST_COLD && s <= SIGN_LAST_COLD;
}

/* Their weights are how much they cost. */
static bool
costs_fit(enum sign s)
{
    return s == SIGN_FACE_BLUNT || s == SIGN_TACTLESS || s == SIGN_PRESS || s == SIGN_FOREIGN;
}

/* Signs that count as stuffing when there are many. Offers, particles and forms of address are normal in any
 * sentence and do not count. */
static bool
is_strong(enum sign s)
{
    return s <= SIGN_APOLOGY && s != SIGN_OFFER;
}

/* ---- gathering ---- */

void
sentence_init(struct sentence *s)
{
    memset(s, 0, offsetof(struct sentence, kind));
}

static bool
is_one_of(const struct token *t, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(words[i]) == t->len && memcmp(words[i], t->text, t->len) == 0)
            return true;
    return false;
}

static bool
negates(const struct token *t)
{
    static const char *const words[] = {
        "tidak", "tak",   "nggak", "ngga",   "gak",     "ga",      "enggak", "bukan", "jangan",
        "belum", "tanpa", "not",   "no",     "never",   "without", "cannot", "none",  "nobody",
        "non",   "nè",    "senza", "nessun", "nessuna", "hardly",  "neither"};
    if (t->len > 3 && memcmp(t->text + t->len - 3, "n't", 3) == 0)
        return true;
    return is_one_of(t, words, ARRAY_LEN(words));
}

static bool
is_you(const struct token *t)
{
    static const char *const words[] = {
        "you",   "your", "yours", "you're", "you'd", "you've", "you'll", "kamu", "anda",
        "kakak", "kak",  "bapak", "pak",    "ibu",   "bu",     "mas",    "mbak", "lo",
        "lu",    "bli",  "tu",    "ti",     "te",    "tuo",    "tua",    "lei",  "le",
        "suo",   "saya", "kita",  "we",     "i",     "vuoi",   "vuole",  "puoi"};
    return is_one_of(t, words, ARRAY_LEN(words));
}

static bool
first_time(struct shown *shown, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t run[3] = {a, b, c}, h = feature_hash(9, run, sizeof run);
    h = (h ^ h >> 15) % SEEN_BITS;
    bool fresh = (shown->seen[h / 64] >> (h % 64) & 1) == 0;
    shown->seen[h / 64] |= (uint64_t)1 << (h % 64);
    return fresh;
}

/* The share of the sentence that is new: each run of three words is looked up among the earlier ones. */
static void
note_novelty(struct sentence *s, struct shown *shown, const struct token *t)
{
    uint32_t word = feature_hash(7, t->text, t->len);
    if (s->words >= 1) {
        s->pairs++;
        s->new_pairs += first_time(shown, s->last_word[0], s->last_word[1], word);
    }
    s->last_word[0] = s->last_word[1];
    s->last_word[1] = word;
}

/* All heads see the same features, but for politeness and affect a mark is the neighbour of a word, and for manner it is
 * not, because writers put commas by habit. */
static void
feed_heads(struct sentence *s, struct shown *shown, const struct judge *j, const struct token *t,
           uint32_t at)
{
    uint32_t found[FEATURES_MAX], before = shown->prev_token;
    size_t n = feature_token(HEAD_FEATURES, t, &shown->prev_token, found);
    if (j->m->polite)
        linear_add(j->m->polite, &s->polite, found, n);
    if (j->m->affect)
        linear_add(j->m->affect, &s->affect, found, n);
    if (j->m->care)
        linear_add(j->m->care, &s->care, found, n);
    memset(s->token_manner[at], 0, sizeof s->token_manner[at]);
    if (t->kind != TOKEN_WORD || n == 0)
        return;
    uint32_t word = found[0], *own = found;
    if (before) { /* the pair is the second feature */
        found[1] = word;
        own++;
        n--;
    }
    struct linear_sum sum = s->considerate;
    linear_add(j->m->considerate, &s->considerate, own, n);
    if (shown->prev_word) {
        uint32_t pair = feature_pair(shown->prev_word, word);
        linear_add(j->m->considerate, &s->considerate, &pair, 1);
    }
    shown->prev_word = word;
    s->token_start[at] = t->start;
    s->token_end[at] = t->end;
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        s->token_manner[at][l] = s->considerate.sum[l] - sum.sum[l];
}

void
sentence_add(struct sentence *s, struct shown *shown, const struct judge *j, const struct token *t,
             const struct match *found, size_t found_count, uint32_t number)
{
    if (s->tokens == 0) {
        s->first = number;
        s->start = t->start;
    }
    s->end = t->end;
    uint32_t at = s->tokens < SENTENCE_TOKENS ? s->tokens++ : SENTENCE_TOKENS - 1;
    s->kind[at] = (uint8_t)t->kind;
    s->flags[at] = (uint8_t)((negates(t) ? FLAG_NEGATES : 0) | (t->capital ? FLAG_CAPITAL : 0));
    feed_heads(s, shown, j, t, at);
    if (t->kind == TOKEN_WORD) {
        note_novelty(s, shown, t);
        s->words++;
        s->you |= is_you(t);
        s->shout |= t->shout && t->len > 3;
    }
    if (t->kind == TOKEN_EMOJI)
        s->warm_phrases += 0.7;
    for (size_t i = 0; i < found_count; i++)
        shown->small_words +=
            found[i].entry->group == j->m->language_group && t->kind == TOKEN_WORD;
    for (size_t i = 0; i < found_count && s->match_count < SENTENCE_MATCHES; i++)
        if (j->signs->of_group[found[i].entry->group] < SIGN_COUNT)
            s->match[s->match_count++] = found[i];
}

/* ---- judging ---- */

static bool
take_phrase(struct shown *shown, uint32_t phrase)
{
    uint64_t *word = &shown->phrases[phrase % PHRASES_MAX / 64], bit = (uint64_t)1 << (phrase % 64);
    bool fresh = !(*word & bit);
    *word |= bit;
    return fresh;
}

/* A phrase may belong to several categories and counts in each: "Kak" is a form of address and a register. */
static uint32_t
plane_of(enum sign sign)
{
    if (sign < SIGN_WARMTH_COUNT)
        return 0;
    if (sign < SIGN_ADDRESS)
        return 1;
    return sign < SIGN_GROUND ? 2 : 3;
}

/* Is there a negator among the two tokens before? A mark between them, or a negator that is part of a phrase, does
 * not count. */
static bool
is_negated(const struct sentence *s, const struct match *m, const bool *covered)
{
    uint32_t at = m->first - s->first;
    for (uint32_t back = 1; back <= 2 && back <= at; back++) {
        uint32_t i = at - back;
        if (i >= SENTENCE_TOKENS || s->kind[i] == TOKEN_CLAUSE || s->kind[i] == TOKEN_SENTENCE)
            return false;
        if ((s->flags[i] & FLAG_NEGATES) && !covered[i])
            return true;
    }
    return false;
}

static void
add_cue(struct cue_list *list, uint32_t start, uint32_t end, enum sign sign, double weight)
{
    if (!list || weight == 0)
        return;
    list->cues = xgrow(list->cues, list->count, sizeof *list->cues);
    list->cues[list->count++] =
        (struct cue){start, end, sign_groups[sign].category, round(weight * 1e4) / 1e4};
}

struct verdict {
    double x[SIGN_COUNT];
    bool covered[SENTENCE_TOKENS];
};

/* A one-word entry of another language than the sentence's is ignored, because such words are ambiguous: "come",
 * "lo", "dai". Names of customs and local signs are used in all languages and count. */
static bool
speaks(const struct match *m, enum sign sign, enum language language)
{
    return m->entry->language == language || m->entry->words > 1 ||
           (sign >= SIGN_GROUND && sign != SIGN_FOREIGN) || sign == SIGN_ADDRESS;
}

/* The last number of a title that tells no more than a man from a woman. */
enum { TITLE_OF_GENDER = 2 };

/* Notes a title. One of gender belongs to somebody only before a name: "Ibu Made", but not "my mother". In English "miss"
 * and "sir" mean other things elsewhere. */
static void
note_title(const struct sentence *s, struct shown *shown, const struct match *m, long number)
{
    uint32_t next = m->last - s->first + 1;
    bool named = next < s->tokens && next < SENTENCE_TOKENS && s->kind[next] == TOKEN_WORD &&
                 (s->flags[next] & FLAG_CAPITAL);
    uint16_t bit = 0;
    if (number >= TITLE_YOUNG) {
        bit = 1u << TITLE_YOUNG;
        number -= TITLE_YOUNG;
    }
    if (number < 0 || number >= TITLE_YOUNG)
        return;
    bit |= (uint16_t)(1u << number);
    if (named || number > TITLE_OF_GENDER)
        shown->own_titles |= bit;
    if (named || number > TITLE_OF_GENDER || m->entry->language != LANGUAGE_EN)
        shown->titles |= bit;
}

/* Does the sentence say what a whole people is like? Where customs are asked about, that is the answer. */
static bool
typifies(const struct sentence *s, const struct judge *j)
{
    for (size_t i = 0; i < s->match_count && !j->cultural; i++)
        if (j->signs->of_group[s->match[i].entry->group] == SIGN_TYPIFY)
            return true;
    return false;
}

/* The sign that a phrase is where it stands: a people hurts tact where it is made typical, and private life where it is
 * asked for though the user told nothing of it. number: which part of private life. SIGN_COUNT: none. */
static enum sign
sign_here(enum sign sign, long number, const struct sentence *s, struct shown *shown,
          const struct judge *j, bool typical)
{
    if (sign == SIGN_PEOPLE)
        return typical ? SIGN_TACTLESS : SIGN_COUNT;
    if (sign != SIGN_PRIVATE)
        return sign == SIGN_TYPIFY || sign == SIGN_GRIEF || (sign == SIGN_PRESS && !j->grief)
                   ? SIGN_COUNT
                   : sign;
    uint16_t bit = (uint16_t)(number < 16 ? 1u << number : 0);
    shown->private_life |= bit;
    return s->mark == '?' && !(j->confided & bit) ? SIGN_TACTLESS : SIGN_COUNT;
}

static void
weigh_matches(struct sentence *s, struct shown *shown, const struct judge *j, struct verdict *v,
              enum language language)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->match_count; i++)
        if (speaks(&s->match[i], j->signs->of_group[s->match[i].entry->group], language))
            s->match[kept++] = s->match[i];
    s->match_count = (uint32_t)match_resolve(j->m->lexicon, s->match, kept);
    for (size_t i = 0; i < s->match_count; i++)
        for (uint32_t at = s->match[i].first - s->first;
             s->match[i].entry->words > 1 && at <= s->match[i].last - s->first &&
             at < SENTENCE_TOKENS;
             at++)
            v->covered[at] = true;

    bool typical = typifies(s, j);
    for (size_t i = 0; i < s->match_count; i++) {
        const struct match *m = &s->match[i];
        enum sign sign = j->signs->of_group[m->entry->group];
        double w = m->entry->weight;
        if (is_warm(sign))
            s->warm_phrases += is_strong(sign) ? 1 : 0.7;
        if (sign == SIGN_GREETING) {
            if (!shown->greeting)
                shown->greeting = (uint32_t)lrint(fabs(w) * 10);
            continue;
        }
        long number = lrint(fabs(w) * 10);
        if (sign == SIGN_TITLE) {
            note_title(s, shown, m, number);
            continue;
        }
        if (sign == SIGN_FEAST) {
            shown->feasts |= (uint16_t)(number < 16 ? 1u << number : 0);
            continue;
        }
        shown->grief |= sign == SIGN_GRIEF;
        if (sign == SIGN_PRIVATE)
            w = 1;
        sign = sign_here(sign, number, s, shown, j, typical);
        if (sign == SIGN_COUNT)
            continue;
        if (!take_phrase(shown, m->entry->phrase * 4 + plane_of(sign)))
            continue;
        if (sign == SIGN_GROUND && !j->cultural) {
            shown->dropped++;
            continue;
        }
        if ((is_warm(sign) && sign != SIGN_PARTICLE && sign != SIGN_KIN) || is_cold(sign))
            if (is_negated(s, m, v->covered))
                w = is_warm(sign) ? -0.6 * w : 0;
        v->x[sign] += is_cold(sign) ? -w : w;
        add_cue(j->cues, m->start, m->end, sign, costs_fit(sign) ? -w : w);
    }
}

static double
saturate(double x)
{
    return x < 0 ? expm1(x / 1.2) : -expm1(-x / 1.2);
}

/* 1: all of it is new; 0: half of it has been said before. */
static double
freshness(const struct sentence *s, struct shown *shown)
{
    if (s->pairs == 0)
        return first_time(shown, 0, 0, s->last_word[1]);
    double share = (double)s->new_pairs / s->pairs;
    return share < 0.5 ? 0 : 2 * share - 1;
}

/* Signs from the form of the sentence: question, exclamation, length. */
static void
weigh_form(const struct sentence *s, const struct judge *j, struct verdict *v, double warm,
           double cold)
{
    if (s->mark == '!' && cold < 0.3) {
        v->x[SIGN_LIVELY] = 0.5;
        add_cue(j->cues, s->end - 1, s->end, SIGN_LIVELY, 0.5);
    } else if (s->mark == '?' && s->you && cold < 0.3) {
        v->x[SIGN_QUESTION] = 0.8;
        add_cue(j->cues, s->end - 1, s->end, SIGN_QUESTION, 0.8);
    } else if (s->words <= 4 && warm < 0.3 && s->mark != '?') {
        v->x[SIGN_TERSE] = 0.7;
        add_cue(j->cues, s->start, s->end, SIGN_TERSE, -0.7);
    }
}

/* Warm words beside cold ones are taken as sarcasm: "thank you so much for planning ahead". */
static double
sincerity(const struct verdict *v)
{
    double hard = v->x[SIGN_BLAME] + v->x[SIGN_CONTEMPT] + v->x[SIGN_DISMISSAL] + v->x[SIGN_THREAT];
    double stiff = v->x[SIGN_REFUSAL] + v->x[SIGN_FORMAL] + 0.5 * v->x[SIGN_BUREAUCRATIC];
    return exp(-1.5 * v->x[SIGN_SARCASM] - 0.9 * hard - 0.5 * stiff);
}

/* sincere: how much of what is good in the words is believed. */
static void
add_head(struct head_sum *to, const struct linear_sum *from, double fresh, double sincere)
{
    for (int c = 0; c < LANGUAGE_COUNT; c++)
        to->sum[c] += lrint(fresh * from->sum[c] * (from->sum[c] > 0 ? sincere : 1));
    to->fresh += fresh * from->features;
    to->features += from->features;
}

/* Adds what the trained head says of the words; the words that contribute most become cues. */
static void
weigh_manner(const struct sentence *s, struct shown *shown, const struct judge *j,
             const struct verdict *v, double fresh, enum language language)
{
    add_head(&shown->considerate, &s->considerate, fresh, 1);
    for (uint32_t i = 0; i < s->tokens && j->cues && fresh > 0; i++) {
        double w = MANNER_CUE * j->m->considerate->scale * s->token_manner[i][language] * fresh;
        if (fabs(w) >= 0.15 && !v->covered[i])
            add_cue(j->cues, s->token_start[i], s->token_end[i], SIGN_MANNER, w);
    }
}

static int
by_start(const void *a, const void *b)
{
    const struct cue *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

void
sentence_end(struct sentence *s, struct shown *shown, const struct judge *j, char mark,
             enum language language)
{
    struct verdict v = {0};
    size_t first_cue = j->cues ? j->cues->count : 0;
    s->mark = mark;
    if (s->words == 0 && s->match_count == 0) {
        sentence_init(s);
        return;
    }
    weigh_matches(s, shown, j, &v, language);
    double warm = 0, cold = 0;
    for (int i = 0; i < SIGN_FIRST_COLD; i++)
        warm += v.x[i];
    for (int i = SIGN_FIRST_COLD; i <= SIGN_LAST_COLD; i++)
        cold += v.x[i];
    /* In a complaint the forms of address and the little words are not meant kindly. */
    if (cold > 0.3)
        v.x[SIGN_KIN] = v.x[SIGN_PARTICLE] = 0;
    double fresh = freshness(s, shown);
    if (fresh > 0)
        weigh_form(s, j, &v, warm, cold);
    double share = honest_share(s->warm_phrases, s->words);
    weigh_manner(s, shown, j, &v, fresh * share, language);
    double honest = share * sincerity(&v), plain = exp(-1.5 * v.x[SIGN_SARCASM]);
    shown->warm_phrases += s->warm_phrases;
    double soft = v.x[SIGN_PARTICLE] + v.x[SIGN_REQUEST] + v.x[SIGN_OFFER] + v.x[SIGN_REASSURANCE];
    if (v.x[SIGN_ORDER] > 0)
        v.x[SIGN_ORDER] *= exp(-0.7 * (soft > 0 ? soft : 0));
    for (int i = 0; i < SIGN_COUNT; i++) {
        double y = saturate(v.x[i]);
        if (is_warm((enum sign)i) && y > 0)
            y *= honest;
        if (i == SIGN_LIVELY || i == SIGN_QUESTION)
            y *= fresh;
        shown->sum[i] += y;
    }
    if (language == LANGUAGE_EN) {
        add_head(&shown->polite, &s->polite, fresh * share, 1);
        add_head(&shown->affect, &s->affect, fresh * share, plain);
        add_head(&shown->care, &s->care, fresh * share, 1);
    }
    shown->refuses |= v.x[SIGN_REFUSAL] + v.x[SIGN_DISMISSAL] > 0.5;
    shown->offers |= v.x[SIGN_OFFER] > 0.5;
    shown->words += s->words;
    shown->sentences++;
    shown->new_sentences += fresh;
    if (j->cues && j->cues->count > first_cue + 1)
        qsort(j->cues->cues + first_cue, j->cues->count - first_cue, sizeof *j->cues->cues,
              by_start);
    sentence_init(s);
}
