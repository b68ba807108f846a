/* Stored pairs for a review: which there are, one of them whole, and how far sides are drawn. Thread: the store's. */
#ifndef BERDUA_STORE_REVIEW_STORE_H
#define BERDUA_STORE_REVIEW_STORE_H

#include "berdua/chat/conversation.h"
#include "berdua/chat/observation.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct err;

struct review_pair {
    int64_t turn;  /* its number in the store */
    uint64_t pair; /* of observation_pair */
    int attempt;
    enum category category;
};

/* The pairs of two complete answers that were shown together, and every verdict of whatever pair: turn by turn in no order,
 * of each turn its pairs, then its verdicts in the order of time. Both return false to stop. */
struct review_reader {
    bool simulated;   /* recorded pairs, and no others */
    int64_t since_us; /* pairs of turns from then on; INT64_MIN: any */
    int category;     /* -1: pairs of any */
    bool (*pair)(void *arg, const struct review_pair *pair);
    bool (*verdict)(void *arg, const struct verdict_row *row); /* rows of evidence_store.h */
    void *arg;
};
bool review_store_pairs(struct store *s, const struct review_reader *reader, struct err *err);

/* One of the pairs that nobody has judged, any with the same chance, without a look at all of them: numbers come from
 * `draw` (below n). false with err empty: none was found in so many tries, or the database is small and a look at all is quick. */
bool review_store_any(struct store *s, bool simulated, int64_t since_us, int category,
                      uint32_t (*draw)(void *arg, uint32_t n), void *arg, struct review_pair *out,
                      struct err *err);

/* The turn with the answers of that try and without anybody's verdict; session gets the id of its session. again: the rater
 * has judged it before. NULL with err empty: it is gone, or this rater has judged it meanwhile or was shown its names. */
struct turn *review_store_turn(struct store *s, int64_t turn, int attempt, const char *rater,
                               bool again, char session[27], struct err *err);

/* The rater's newest verdicts of reviews that are in force, the newest first; how many. */
struct review_earlier {
    int64_t turn, at_us; /* the turn's number */
    int attempt;
    enum verdict_draw drawn_by;
    enum brain_id left;
};
int review_store_newest(struct store *s, const char *rater, struct review_earlier *out, int most,
                        struct err *err);

/* Of each category the seed of this rater's sides and how many were drawn; drawn 0: none, there is no seed yet. */
struct review_sides {
    int64_t seed, drawn;
};
bool review_store_sides(struct store *s, const char *rater, struct review_sides out[CATEGORY_COUNT],
                        struct err *err);

#endif
