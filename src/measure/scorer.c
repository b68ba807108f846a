#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "considerate.h"
#include "scorer_private.h"
#include "language.h"
#include "measure_private.h"

/* The state of reading an answer; may be copied. */
struct reading {
    struct tokens tokens;
    struct matcher matcher;
    struct language_sum language, sentence_language;
    struct sentence sentence;
    struct shown shown;
    unsigned char last[2]; /* bytes before this chunk, for the offsets of marks that are no token */
};

struct scorer {
    struct signs signs;
    struct asked asked;
    struct judge judge;
    struct reading now, ended; /* ended: a copy of now in which the text has ended */
    struct cue_list cues;
    size_t cue_count; /* cues of now; those of ended may follow */
    bool ended_valid;
};

struct sink {
    struct scorer *s;
    struct reading *r;
};

static void
add_sums(struct linear_sum *to, const struct linear_sum *from)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        to->sum[i] += from->sum[i];
    to->features += from->features;
}

static void
add_language(struct language_sum *to, const struct language_sum *from)
{
    add_sums(&to->words, &from->words);
    add_sums(&to->names, &from->names);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        to->votes[i] += from->votes[i];
}

/* The language of the sentence; for a short one, of the whole text so far. */
static enum language
sentence_language(const struct scorer *s, const struct reading *r)
{
    struct language_sum sum = r->sentence_language;
    double confidence;
    if (r->sentence.words < 4)
        add_language(&sum, &r->language);
    return language_get(s->judge.m, &sum, -1, &confidence);
}

static void
end_sentence(struct sink *k, char mark)
{
    struct reading *r = k->r;
    uint32_t words = r->sentence.words;
    enum language language = sentence_language(k->s, r);
    if (!k->s->asked.kind.any || language == k->s->asked.language)
        r->shown.in_asked += words;
    add_language(&r->language, &r->sentence_language);
    memset(&r->sentence_language, 0, sizeof r->sentence_language);
    sentence_end(&r->sentence, &r->shown, &k->s->judge, mark, language);
}

/* Grouping of thousands: "1.500.000" is Indonesian, "1,500,000" is not. */
static void
note_number(struct shown *shown, const struct token *t)
{
    for (size_t i = 1; i + 3 < t->len; i++) {
        if (t->text[i] != '.' && t->text[i] != ',')
            continue;
        size_t digits = 0;
        while (i + 1 + digits < t->len && t->text[i + 1 + digits] >= '0' &&
               t->text[i + 1 + digits] <= '9')
            digits++;
        if (digits == 3 && t->text[i] == '.')
            shown->dotted++;
        else if (digits == 3)
            shown->comma_grouped++;
        return;
    }
}

static void
take_token(void *ctx, const struct token *t)
{
    struct sink *k = ctx;
    struct reading *r = k->r;
    struct match found[MATCH_MAX];
    uint32_t number = r->matcher.tokens;
    size_t n = matcher_push(&r->matcher, k->s->judge.m->lexicon, t, found);
    language_add(k->s->judge.m, &r->sentence_language, t);
    for (size_t i = 0; i < n; i++)
        language_vote(k->s->judge.m, &r->sentence_language, &found[i]);
    if (t->kind == TOKEN_WORD && t->len > 2 && memcmp(t->text, "rp", 2) == 0 && t->text[2] >= '0' &&
        t->text[2] <= '9')
        r->shown.rupiah++;
    if (t->kind == TOKEN_NUMBER)
        note_number(&r->shown, t);
    sense_add(&r->shown.sense, k->s->judge.m, &k->s->signs, k->s->asked.words, t, found, n);
    sentence_add(&r->sentence, &r->shown, &k->s->judge, t, found, n, number);
    if (t->kind == TOKEN_SENTENCE)
        end_sentence(k, t->text[0]);
    else if (r->sentence.tokens == SENTENCE_TOKENS)
        end_sentence(k, 0);
}

static bool
is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* "$", "€" and the strokes in a date are no tokens. */
static void
note_marks(struct reading *r, const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = p[i];
        if (c == '$')
            r->shown.dollars++;
        else if (c == 0xac && r->last[1] == 0x82 && r->last[0] == 0xe2)
            r->shown.euros++;
        else if (r->last[1] == '/' && is_digit(r->last[0]) && is_digit(c))
            r->shown.slashed++;
        r->last[0] = r->last[1];
        r->last[1] = c;
    }
}

static void
reading_init(struct reading *r)
{
    memset(r, 0, sizeof *r);
    tokens_init(&r->tokens);
    matcher_init(&r->matcher);
    sentence_init(&r->sentence);
}

static void
feed(struct scorer *s, struct reading *r, const char *p, size_t n)
{
    struct sink k = {s, r};
    note_marks(r, (const unsigned char *)p, n);
    tokens_feed(&r->tokens, p, n, take_token, &k);
}

static void
end_reading(struct scorer *s, struct reading *r)
{
    struct sink k = {s, r};
    tokens_end(&r->tokens, take_token, &k);
    end_sentence(&k, 0);
}

static void
read_prompt(struct scorer *s, const char *prompt, size_t n)
{
    struct reading *r = &s->now;
    reading_init(r);
    feed(s, r, prompt, n);
    end_reading(s, r);
    const struct shown *shown = &r->shown;
    s->asked.kind.any = shown->words > 0;
    struct classification kind;
    measure_classify(s->judge.m, prompt, n, NULL, -1, &kind);
    s->asked.language = kind.language;
    s->asked.kind.cultural =
        kind.category == CATEGORY_CULTURAL || kind.weights[CATEGORY_CULTURAL] >= 0.4;
    s->asked.kind.feeling =
        kind.category == CATEGORY_GREETING || kind.category == CATEGORY_EMOTIONAL;
    s->asked.formal = shown->sum[SIGN_REGISTER_FORMAL];
    s->asked.casual = shown->sum[SIGN_REGISTER_CASUAL];
    s->asked.slang = shown->sum[SIGN_REGISTER_SLANG];
    s->asked.grief = shown->grief;
    s->asked.greeting = shown->greeting;
    s->asked.titles = shown->own_titles;
    s->asked.feasts = shown->feasts;
    s->asked.confided = shown->private_life;
    memcpy(s->asked.words, shown->sense.said, sizeof s->asked.words);
    s->asked.foreign_money = shown->sum[SIGN_FOREIGN] + shown->dollars + shown->euros > 0;
}

struct scorer *
scorer_create(const struct measure *m, const char *prompt, size_t prompt_len)
{
    struct scorer *s = xcalloc(1, sizeof *s);
    signs_init(&s->signs, m->lexicon);
    s->judge = (struct judge){.m = m, .signs = &s->signs};
    if (prompt && prompt_len > 0)
        read_prompt(s, prompt, prompt_len);
    s->judge.cultural = s->asked.kind.cultural;
    s->judge.grief = s->asked.grief;
    s->judge.confided = s->asked.kind.any ? s->asked.confided : UINT16_MAX;
    s->judge.cues = &s->cues;
    reading_init(&s->now);
    return s;
}

void
scorer_destroy(struct scorer **s)
{
    if (!*s)
        return;
    free((*s)->cues.cues);
    free(*s);
    *s = NULL;
}

void
scorer_feed(struct scorer *s, const char *p, size_t n)
{
    s->cues.count = s->cue_count;
    s->ended_valid = false;
    feed(s, &s->now, p, n);
    s->cue_count = s->cues.count;
}

static void
end_copy(struct scorer *s)
{
    if (s->ended_valid)
        return;
    s->ended = s->now;
    end_reading(s, &s->ended);
    s->ended_valid = true;
}

void
scorer_get(struct scorer *s, struct scores *out)
{
    end_copy(s);
    const struct reading *r = &s->ended;
    out->language = language_get(s->judge.m, &r->language, -1, &out->language_confidence);
    warmth_of(&r->shown, s->judge.m, &s->asked, out);
    cultural_of(&r->shown, &s->asked, out);
}

void
scorer_evidence(struct scorer *s, double out[CONSIDERATE_FEATURES])
{
    double confidence;
    end_copy(s);
    enum language language = language_get(s->judge.m, &s->ended.language, -1, &confidence);
    considerate_evidence(&s->ended.shown, s->judge.m, language, out);
}

const struct cue *
scorer_cues(struct scorer *s, size_t *count)
{
    end_copy(s);
    *count = s->cues.count;
    return s->cues.cues;
}

/* ---- what is shown of scores ---- */

const struct shown_score shown_scores[SHOWN_SCORES] = {
    {"warmth", "score", "warmth", offsetof(struct scores, warmth)},
    {NULL, "polite", "  polite", offsetof(struct scores, polite)},
    {NULL, "empathic", "  empathic", offsetof(struct scores, empathic)},
    {NULL, "affectionate", "  affectionate", offsetof(struct scores, affectionate)},
    {NULL, "considerate", "  considerate", offsetof(struct scores, considerate)},
    {NULL, "sense", "  sense", offsetof(struct scores, sense)},
    {"cultural", "score", "cultural fit", offsetof(struct scores, cultural)},
    {NULL, "language_match", "  language match", offsetof(struct scores, language_match)},
    {NULL, "register", "  register", offsetof(struct scores, register_fit)},
    {NULL, "face_saving", "  face saving", offsetof(struct scores, face_saving)},
    {NULL, "grounding", "  grounding", offsetof(struct scores, grounding)},
    {NULL, "locale", "  locale", offsetof(struct scores, locale)},
};

double
score_of(const struct scores *s, const struct shown_score *which)
{
    double score;
    memcpy(&score, (const char *)s + which->offset, sizeof score);
    return score;
}
