/* The parts of a measure that its source files share. */
#ifndef BERDUA_MEASURE_MEASURE_PRIVATE_H
#define BERDUA_MEASURE_MEASURE_PRIVATE_H

#include "berdua/measure/measure.h"
#include "lexicon.h"
#include "linear_model.h"

/* The categories of the lexicons' section [message]: kinds of evidence. Their names are in evidence.c. */
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

/* The table that turns evidence into categories: rows as in evidence_feature_names, columns as in enum category. */
enum { MIX_FEATURES = 25 };
struct mix {
    double weight[MIX_FEATURES][CATEGORY_COUNT];
};

struct measure {
    struct lexicon *lexicon;
    signed char *group_message; /* lexicon group -> enum message_group, -1: none */
    struct mix *mix;
    struct linear *category_words;
    int language_group; /* lexicon group of the small words that are typical of a language */
    int concrete_group, hollow_group; /* lexicon groups for sense.c */
    struct linear *language;          /* classes in the order of enum language */
    struct linear *polite, *affect,
        *care; /* heads of warmth, for English; NULL when not built in */
    struct linear
        *considerate; /* the head with a class for each language; NULL when not built in */
    struct considerate_mix *considerate_mix; /* how consideration is weighed */
    char rules[40];
};

struct mix *mix_load(const char *name, const char *text, size_t n, struct err *err);
/* Loads the lexicons and the language model only, which the training of the other models needs. */
struct measure *measure_create_untrained(struct err *err);
/* Loads all but the mix of considerate, which is trained on the rest. */
struct measure *measure_create_unmixed(struct err *err);
/* Prepares the tables of category.c, once the lexicon is complete. */
void category_prepare(struct measure *m);

#endif
