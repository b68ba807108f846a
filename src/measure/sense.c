#include "sense.h"

#include <math.h>

#include "measure_private.h"
#include "scorer_private.h"
#include "tokens.h"

/* The share of hollow words from which on an answer is adorned; at twice as many it is nothing else. */
#define ADORNED      0.15
#define SAYS_NOTHING 0.2

enum { LONG_WORD = 4, STEM = 5, LONG_TEXT = 60, ONE_SENTENCE = 20, FEW_WORDS = 8 };

static bool
test_and_set(uint64_t *bits, uint32_t hash)
{
    uint64_t bit = (uint64_t)1 << hash % 64, *word = &bits[hash / 64 % (SENSE_SAID / 64)];
    bool was = *word & bit;
    *word |= bit;
    return was;
}

static bool
has(const uint64_t *bits, uint32_t hash)
{
    return bits[hash / 64 % (SENSE_SAID / 64)] >> hash % 64 & 1;
}

/* What the lists say of a token. */
struct listed {
    bool common, address, hollow, warm, ground;
    bool echoed; /* a word of the message */
};

static void
note_match(struct sense *s, const struct measure *m, const struct signs *signs,
           const struct lexicon_entry *e, struct listed *l)
{
    enum sign sign = (enum sign)signs->of_group[e->group];
    uint32_t key = feature_hash(11, &e->phrase, sizeof e->phrase);
    l->common |= e->group == m->language_group;
    if (m->group_message[e->group] == MESSAGE_BUSINESS && !test_and_set(s->count, key))
        s->topic++;
    if (e->group == m->concrete_group)
        s->concrete += !test_and_set(s->count, key + 3);
    if (e->group == m->hollow_group) {
        s->hollow += (double)e->weight;
        l->hollow = true;
    }
    if (sign == SIGN_ADDRESS || sign == SIGN_KIN) {
        l->address = true;
    } else if (sign == SIGN_GROUND) {
        l->ground = true;
        s->ground += !l->echoed;
    } else if (sign == SIGN_OFFER) {
        s->offers += !test_and_set(s->count, key + 1);
    } else if (sign == SIGN_GREETING) {
        s->greetings++;
    } else if (sign <= SIGN_APOLOGY) {
        l->warm = true;
    }
}

static void
note_word(struct sense *s, uint32_t stem, const struct token *t, const struct listed *l)
{
    bool listed = l->address || l->hollow || l->warm || l->ground; /* thus no name */
    s->words++;
    s->address += l->address;
    if (t->shout && t->len > 2)
        s->acronyms++;
    else if (t->capital && s->inside && !listed && t->len >= LONG_WORD)
        s->names++;
    s->inside = true;
    if (t->len < LONG_WORD)
        return;
    uint32_t whole = feature_hash(13, t->text, t->len);
    for (uint32_t i = 0; i < SENSE_RECENT && !l->address && !l->echoed; i++)
        if (s->recent[i] == whole) {
            s->repeats++;
            break;
        }
    s->recent[s->recent_at++ % SENSE_RECENT] = whole;
    if (l->common || l->address)
        return;
    if (l->echoed && !test_and_set(s->count, stem + 2))
        s->shared++;
    test_and_set(s->said, stem);
}

void
sense_add(struct sense *s, const struct measure *m, const struct signs *signs,
          const uint64_t *asked, const struct token *t, const struct match *found, size_t n)
{
    uint32_t stem = feature_hash(12, t->text, t->len < STEM ? t->len : STEM);
    struct listed l = {.echoed = t->kind == TOKEN_WORD && has(asked, stem)};
    for (size_t i = 0; i < n; i++)
        note_match(s, m, signs, found[i].entry, &l);
    s->warm += l.warm && !l.hollow;
    switch (t->kind) {
    case TOKEN_WORD:
        note_word(s, stem, t, &l);
        break;
    case TOKEN_NUMBER:
        s->numbers++;
        s->inside = true;
        break;
    case TOKEN_EMOJI:
        s->emoji++;
        break;
    case TOKEN_SENTENCE:
        s->exclamations += t->text[0] == '!';
        s->questions += t->text[0] == '?';
        s->inside = false;
        break;
    case TOKEN_CLAUSE:
        break;
    }
}

/* allowed: hollow words that such an answer may have. */
static double
hollow_share(const struct sense *s, bool cultural, double allowed)
{
    double hollow = 3 * s->hollow + 0.75 * s->warm + 0.5 * s->address +
                    (cultural ? 0.3 : 0.7) * s->ground + 0.5 * s->greetings + 0.4 * s->emoji;
    return fmax(0, hollow - allowed) / (fmax(s->words, FEW_WORDS) + 3);
}

double
sense_adorned(const struct sense *s, struct sense_asked asked)
{
    double short_text = s->words / (s->words + 8.0);
    double much = (hollow_share(s, asked.cultural, 0) * short_text - ADORNED) / ADORNED;
    asked.any = true; /* decoration is seen without knowing the message, too */
    double little = 1 - sense_of(s, asked) / SAYS_NOTHING;
    return fmax(0, fmin(1, s->words < ONE_SENTENCE ? much : fmax(much, little)));
}

/* Above three quarters a text says enough. */
#define PLENTY (4.0 / 3)

/* The weights were fitted to tell the honest replies in tests/data/stuffed from the stuffed ones; each hand was told by
 * weights that were fitted without it before those of all were taken. */
double
sense_of(const struct sense *s, struct sense_asked asked)
{
    /* Distinct words grow more slowly than a long text. */
    double words = s->words + 3.0, counted = fmin(words, LONG_TEXT), share = counted / words;
    double concrete = s->topic + s->concrete + 1.5 * share * s->numbers + share * s->acronyms +
                      0.5 * s->shared + 0.7 * s->offers + 0.3 * share * s->names +
                      0.5 * fmin(s->questions, 2);
    double hollow = hollow_share(s, asked.cultural, asked.feeling ? 2 + 0.18 * words : 0.5);
    double z = -14 * expm1(-concrete / counted / 0.2) - 19 * fmax(0, s->repeats - 1.0) / words -
               3 * fmax(0, s->exclamations - 1.0) / words;
    z += asked.any ? 0.1 - 30 * hollow : 3.5 - 11 * hollow;
    z += asked.feeling ? 0.5 : 0;
    return fmin(1, PLENTY / (1 + exp(-z)));
}
