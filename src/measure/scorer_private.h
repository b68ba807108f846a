/* The parts of a scorer: a sentence is gathered token by token, judged at its end, and added to the sums of the
 * answer. All state is plain memory without pointers into itself, so that a copy can be ended to get the scores "as
 * if the text ended here". */
#ifndef BERDUA_MEASURE_SCORER_PRIVATE_H
#define BERDUA_MEASURE_SCORER_PRIVATE_H

#include "berdua/measure/measure.h"
#include "lexicon.h"
#include "linear_model.h"
#include "sense.h"
#include "signs.h"
#include "tokens.h"

enum { SENTENCE_TOKENS = 128, SENTENCE_MATCHES = 96, SEEN_BITS = 1 << 15, PHRASES_MAX = 1 << 17 };

struct sentence {
    uint32_t tokens, words, match_count;
    double warm_phrases;
    uint32_t pairs, new_pairs; /* words: the share of the sentence that is not repeated */
    uint32_t last_word[2];
    uint32_t first, start, end; /* first: the number of its first token */
    char mark;                  /* the mark that ended the sentence; 0: none */
    bool you, shout;
    struct linear_sum polite, affect, care, considerate;
    /* Of each token (its place and part of the manner for the cues) and match; from here on nothing is cleared. */
    uint8_t kind[SENTENCE_TOKENS]; /* enum token_kind */
    uint8_t flags[SENTENCE_TOKENS];
    struct match match[SENTENCE_MATCHES];
    uint32_t token_start[SENTENCE_TOKENS], token_end[SENTENCE_TOKENS];
    int32_t token_manner[SENTENCE_TOKENS][LANGUAGE_COUNT];
};
enum { FLAG_NEGATES = 1, FLAG_CAPITAL = 2 };

/* Evidence for a trained head: the sum over new words of each class, and the number of features over all words. */
struct head_sum {
    int64_t sum[LANGUAGE_COUNT];
    double fresh;      /* weights of the features of new words */
    uint32_t features; /* number of features of all words */
};

/* Sums over the sentences of an answer. */
struct shown {
    double sum[SIGN_COUNT]; /* over the sentences, saturated within each */
    struct head_sum polite, affect, care, considerate;
    struct sense sense;
    uint32_t sentences, words, small_words;
    double warm_phrases; /* repeated phrases included; particles and forms of address count half */
    double in_asked, new_sentences; /* words in the message's language; sentences less repeats */
    uint32_t greeting, dropped; /* number of the first, 0: none; cultural terms nobody asked for */
    uint32_t dollars, euros, rupiah, dotted, comma_grouped, slashed;
    uint16_t titles, own_titles, feasts; /* bits of the numbers in the lexicons; see cultural.c */
    uint16_t private_life;
    bool refuses, offers, grief;
    /* Bloom filters of the phrases and of the runs of words that were counted already */
    uint64_t phrases[PHRASES_MAX / 64], seen[SEEN_BITS / 64];
    uint32_t prev_token, prev_word; /* hashes, for the pairs of the heads */
};

struct cue_list {
    struct cue *cues;
    size_t count;
};

/* The sign of each lexicon group; SIGN_COUNT: none. */
struct signs {
    uint8_t of_group[1000];
};
void signs_init(struct signs *s, const struct lexicon *l);

struct judge { /* what sentence_end needs */
    const struct measure *m;
    const struct signs *signs;
    struct cue_list *cues; /* NULL: none wanted */
    bool cultural;         /* so is the message; elsewhere cultural terms are name-dropping */
    bool grief;            /* somebody died; elsewhere nobody is pressed */
    uint16_t confided;     /* what the user told of private life; to ask for more is prying */
};

void sentence_init(struct sentence *s);
/* Adds a token with the matches that end with it. */
void sentence_add(struct sentence *s, struct shown *shown, const struct judge *j,
                  const struct token *t, const struct match *found, size_t found_count,
                  uint32_t number);
/* Judges the sentence, adds it to the sums of the answer, and begins the next one. */
void sentence_end(struct sentence *s, struct shown *shown, const struct judge *j, char mark,
                  enum language language);

/* What is known of the message that is answered. */
struct asked {
    enum language language;
    struct sense_asked kind; /* any: the message has at least one word */
    bool foreign_money, grief;
    double formal, casual, slang;
    uint32_t greeting;
    uint16_t titles, feasts; /* those the user bears and names */
    uint16_t confided;       /* what the user told of private life */
    uint64_t words[SENSE_SAID / 64];
};
/* Computes the scores of warmth from the sums; out holds the answer's language. */
void warmth_of(const struct shown *shown, const struct measure *m, const struct asked *asked,
               struct scores *out);
void cultural_of(const struct shown *shown, const struct asked *asked, struct scores *out);

#endif
