/* The stored pairs that a rater may be shown, and which one comes next (measure.md, "What counts"). Fed with pairs, and
 * with the verdicts of each pair after it, in the order of time; drawing takes a pair out. Knows no store. Seeded: the same calls give the same
 * pairs. Owner: the caller. Thread: the caller's. */
#ifndef BERDUA_REVIEW_DECK_H
#define BERDUA_REVIEW_DECK_H

#include "berdua/chat/observation.h"
#include "berdua/stats/agreement.h"
#include "berdua/store/review_store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum review_draw {
    REVIEW_MIX, /* of ten pairs about four at random, four where verdicts are needed, one's own and one of others again */
    REVIEW_RANDOM,  /* among pairs without an observation */
    REVIEW_ACTIVE,  /* the same, of the category that is nearest to a lead or a gate */
    REVIEW_REPEAT,  /* the rater's own earlier pairs, sides flipped */
    REVIEW_DISPUTE, /* pairs about which two others differ */
    REVIEW_DRAW_COUNT
};
/* "mix", …; -1: no such draw. */
int review_draw_parse(const char *name);
/* How pairs come, in one sentence for the rater. */
const char *review_draw_words(enum review_draw d);

/* A pair that was drawn. */
struct review_card {
    int64_t turn; /* its number in the store */
    uint64_t pair;
    int attempt;
    enum category category;
    enum verdict_draw drawn_by;
    double propensity; /* of an active draw: the chance with which it came */
    /* Of a repeat: what the rater said first, and who stood at the left then; else VERDICT_NONE. */
    enum verdict_kind before;
    enum brain_id left_before;
};

struct deck;
struct deck *deck_create(const char *rater, uint64_t seed);
void deck_destroy(struct deck **d);
/* In the shape of the store's `each`; copies. */
bool deck_add_pair(void *deck, const struct review_pair *pair);
bool deck_add_verdict(void *deck, const struct verdict_row *row);
/* It was drawn without the deck. */
void deck_leave_out(struct deck *d, uint64_t pair);
/* All has been fed. */
void deck_close(struct deck *d);
/* How many verdicts each category still needs until the next lead or gate; negative: none, or that is not known. */
void deck_need(struct deck *d, const int64_t needed[CATEGORY_COUNT]);

/* false: nothing is left of this draw. */
bool deck_draw(struct deck *d, enum review_draw draw, struct review_card *out);
/* How many pairs may still come; of a mix those without an observation, since of them it lives. */
size_t deck_left(const struct deck *d, enum review_draw draw);
/* A pair that was judged meanwhile, as `before` and `left_before` say, may be repeated from now on. */
void deck_repeat(struct deck *d, const struct review_card *card);

/* What the rater said first and second about the same pairs, as was fed; labels in the order of the kinds. */
void deck_self(const struct deck *d, int64_t table[AGREEMENT_LABELS][AGREEMENT_LABELS]);

#endif
