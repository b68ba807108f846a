/* The insides of a measure: what its files share. */
#ifndef BERDUA_MEASURE_MEASURE_PRIVATE_H
#define BERDUA_MEASURE_MEASURE_PRIVATE_H

#include "berdua/measure/measure.h"
#include "lexicon.h"
#include "linear_model.h"

/* The categories of the lexicons' section [message]: kinds of evidence. */
enum message_group {
    MESSAGE_GREETING,
    MESSAGE_ADDRESS,
    MESSAGE_FILLER,
    MESSAGE_EMOTIONAL,
    MESSAGE_CULTURAL,
    MESSAGE_BUSINESS,
    MESSAGE_SIMPLE,
    MESSAGE_COMPLEX,
    MESSAGE_GENERAL,
    MESSAGE_FOLLOW,
    MESSAGE_SELF,
    MESSAGE_ASK,
    MESSAGE_REFER,
    MESSAGE_COURTESY,
    MESSAGE_TWOFOLD,
    MESSAGE_GROUPS
};

/* The table by which evidence becomes a category: rows as in evidence_feature_names, columns as in enum category. */
enum { MIX_FEATURES = 25 };
struct mix {
    double weight[MIX_FEATURES][CATEGORY_COUNT];
};

struct measure {
    struct lexicon *lexicon;
    signed char *group_message; /* lexicon group -> enum message_group, -1: none */
    struct mix *mix;
    struct linear *category_words;
    int language_group;             /* of the lexicon: small words that give a language away */
    struct linear *language;        /* classes in the order of enum language */
    struct linear *polite, *affect; /* heads of warmth, for English; NULL when not built in */
    struct linear *tone;            /* the one for all three languages; NULL likewise */
    char rules[40];
};

struct mix *mix_load(const char *name, const char *text, size_t n, struct err *err);
/* Lexicons and the language model only: what the others are made with. */
struct measure *measure_create_untrained(struct err *err);
/* Readies the tables that category.c needs, once the lexicon is whole. */
void category_prepare(struct measure *m);

#endif
