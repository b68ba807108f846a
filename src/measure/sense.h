/* Does a text say anything? Concrete words (numbers, terms of the trade, names, what the message is about, what is done
 * next) speak for it; address, thanks, praise, cultural terms, emoji and repeats in their place speak against it. Plain
 * memory; belongs to whoever embeds it. */
#ifndef BERDUA_MEASURE_SENSE_H
#define BERDUA_MEASURE_SENSE_H

#include <stdbool.h>
#include <stdint.h>

#include "lexicon.h"

struct measure;
struct signs;
struct token;

enum { SENSE_SAID = 4096, SENSE_RECENT = 32 };

struct sense {
    /* distinct ones */
    uint32_t topic, concrete, shared, offers;
    uint32_t words, numbers, names, acronyms;
    double hollow; /* weights of the lexicons */
    uint32_t warm, address, ground, greetings, emoji, exclamations, questions, repeats;
    uint32_t recent[SENSE_RECENT]; /* hashes of the last long words */
    uint32_t recent_at;
    bool inside;                     /* a sentence has begun */
    uint64_t said[SENSE_SAID / 64];  /* the stems of its long words, hashed */
    uint64_t count[SENSE_SAID / 64]; /* what was counted as distinct, hashed */
};

/* found: the matches that end with the token. asked: said of the message that is answered. */
void sense_add(struct sense *s, const struct measure *m, const struct signs *signs,
               const uint64_t *asked, const struct token *t, const struct match *found, size_t n);
/* What the message asks for. any: it is known; without it nobody can tell whether a text answers, and only heaps of hollow
 * words count. cultural: a few cultural terms belong to the answer. feeling: it is a greeting, thanks or a feeling, to
 * which a few warm words are the answer. */
struct sense_asked {
    bool any, cultural, feeling;
};

/* 0..1 */
double sense_of(const struct sense *s, struct sense_asked asked);
/* 0..1: nothing but decoration is in it. */
double sense_adorned(const struct sense *s, struct sense_asked asked);

#endif
