/* The insides of a scorer: a sentence is gathered token by token, judged when it ends, and added to what the answer
 * has shown so far. Everything is plain memory without pointers into itself, so that "as if the text ended here" is
 * a copy that is ended. */
#ifndef BERDUA_MEASURE_SCORER_PRIVATE_H
#define BERDUA_MEASURE_SCORER_PRIVATE_H

#include "berdua/measure/measure.h"
#include "lexicon.h"
#include "linear_model.h"
#include "tokens.h"

/* What a cue says; the names are in sentence.c. Warm ones first, then cold ones, then those of cultural fit. */
enum sign {
    SIGN_VALIDATION,
    SIGN_EMPATHY,
    SIGN_REASSURANCE,
    SIGN_AFFECTION,
    SIGN_GRATITUDE,
    SIGN_OFFER,
    SIGN_APOLOGY,
    SIGN_REQUEST,
    SIGN_KIN,
    SIGN_PARTICLE,
    SIGN_BLAME,
    SIGN_CONTEMPT,
    SIGN_DISMISSAL,
    SIGN_REFUSAL,
    SIGN_ORDER,
    SIGN_BUREAUCRATIC,
    SIGN_THREAT,
    SIGN_FORMAL,
    SIGN_SARCASM,
    SIGN_QUESTION, /* asked of the reader, gently */
    SIGN_LIVELY,   /* ! */
    SIGN_TERSE,
    SIGN_TONE, /* a word's part of the trained tone */
    SIGN_WARMTH_COUNT,
    SIGN_FIRST_COLD = SIGN_BLAME,
    SIGN_LAST_COLD = SIGN_SARCASM,

    SIGN_REGISTER_FORMAL = SIGN_WARMTH_COUNT,
    SIGN_REGISTER_CASUAL,
    SIGN_REGISTER_SLANG,
    SIGN_ADDRESS, /* Kak, Pak: fits any register but slang */
    SIGN_FACE_SOFT,
    SIGN_FACE_BLUNT,
    SIGN_GROUND,
    SIGN_LOCAL,
    SIGN_FOREIGN,
    SIGN_GREETING, /* its weight tells which: greetings of one number answer each other */
    SIGN_COUNT
};

enum { SENTENCE_TOKENS = 128, SENTENCE_MATCHES = 96, SEEN_BITS = 1 << 15, PHRASES_MAX = 1 << 17 };

struct sentence {
    uint32_t tokens, words, covered;
    uint32_t first;                /* number of its first token */
    uint8_t kind[SENTENCE_TOKENS]; /* enum token_kind, and what follows */
    uint8_t flags[SENTENCE_TOKENS];
    uint32_t match_count;
    struct match match[SENTENCE_MATCHES];
    double warm_phrases;
    uint32_t pairs, new_pairs; /* of words: how much of it has not been said before */
    uint32_t last_word[2];
    uint32_t start, end;
    char mark; /* that ended it; 0: none */
    bool you, shout;
    struct linear_sum polite, affect, tone;
    /* each token's place and what it adds to the tone, for the cues */
    uint32_t token_start[SENTENCE_TOKENS], token_end[SENTENCE_TOKENS];
    int8_t token_tone[SENTENCE_TOKENS];
};
enum { FLAG_NEGATES = 1 };

/* A trained head's evidence: of what is new, over all that was said. */
struct head_sum {
    int64_t sum;
    double fresh;      /* features of what is new */
    uint32_t features; /* of all */
};

/* What the answer has shown. */
struct shown {
    double sum[SIGN_COUNT]; /* of the sentences' saturated signs */
    struct head_sum polite, affect, tone;
    uint32_t sentences, words, small_words;
    double warm_phrases; /* repeated ones too; particles and address count half */
    uint32_t greeting;   /* the number of the first greeting; 0: none */
    uint32_t dollars, euros, rupiah, dotted, comma_grouped;
    double in_asked;  /* words of sentences in the language that was asked in */
    uint32_t dropped; /* cultural terms nobody asked for */
    bool refuses, offers;
    uint64_t phrases[PHRASES_MAX / 64]; /* paid for already */
    uint64_t seen[SEEN_BITS / 64];
    uint32_t prev_polite, prev_affect;
};

struct cue_list {
    struct cue *cues;
    size_t count, cap;
};

/* Which sign each lexicon group is; SIGN_COUNT: none. */
struct signs {
    uint8_t of_group[1000];
};
void signs_init(struct signs *s, const struct lexicon *l);

struct judge { /* what judging needs */
    const struct measure *m;
    const struct signs *signs;
    struct cue_list *cues; /* NULL: none wanted */
    bool cultural; /* the message asks for cultural terms; elsewhere they are names dropped */
};

void sentence_init(struct sentence *s);
/* Takes a token with the matches it completed. */
void sentence_add(struct sentence *s, struct shown *shown, const struct judge *j,
                  const struct token *t, const struct match *found, size_t found_count,
                  uint32_t number);
/* Judges it, adds it to what was shown, and begins the next. */
void sentence_end(struct sentence *s, struct shown *shown, const struct judge *j, char mark,
                  enum language language);

/* An honest answer, and each of its sentences, has a warm phrase for every four words or so; one that has more is
 * stuffed, and what it says counts for less: 1 .. 0. */
double honest_share(double warm_phrases, uint32_t words);
/* From what was shown to the numbers. */
void warmth_of(const struct shown *shown, const struct measure *m, struct scores *out);

/* The message that is answered. */
struct asked {
    bool any; /* it has a word */
    enum language language;
    bool cultural;
    double formal, casual, slang;
    uint32_t greeting;
    bool foreign_money;
};
void cultural_of(const struct shown *shown, const struct asked *asked, struct scores *out);

#endif
