/* Stored verdicts as evidence: which of them count (measure.md, "What counts"; schemas.md, "Observation"). A pair is two
 * answers shown together: a turn's one try. It counts once, by its first verdict that is unflagged, was drawn to count and
 * compares side by side; further verdicts about it say how far raters agree. Pure. Owner: the caller. Thread: any. */
#ifndef BERDUA_CHAT_OBSERVATION_H
#define BERDUA_CHAT_OBSERVATION_H

#include "berdua/chat/terms.h"
#include "berdua/chat/verdict.h"

#include <stdbool.h>
#include <stdint.h>

enum verdict_flag {
    FLAG_INTERRUPTED,
    FLAG_ERRORED,
    FLAG_TRUNCATED,
    FLAG_LEAK,
    FLAG_UNDONE,
    FLAG_SIMULATED,
    FLAG_SAFETY,
    /* information: such a verdict counts */
    FLAG_COLD,
    FLAG_EARLY,
    FLAG_FAST,
    FLAG_COUNT
};
const char *verdict_flag_name(enum verdict_flag f);
enum { FLAGS_LEFT_OUT = (1 << FLAG_COLD) - 1 };

/* Pointers live until the row is forgotten by whoever gave it. */
struct verdict_row {
    int64_t n; /* rises in the order in which verdicts came into this store */
    const char *id;
    const char *turn;
    int attempt;   /* the pair is the turn's answers of this try, from 1 */
    uint64_t pair; /* of observation_pair */
    bool observed; /* it is the observation of its pair */
    int64_t at_us;
    enum verdict_kind kind; /* one of the four judgements */
    const char *origin;     /* chat, review, judge, … */
    int drawn_by;           /* enum verdict_draw, -1: none */
    bool blind;
    int category;                         /* of the turn, -1: not classified */
    int language;                         /* of the turn, -1: not classified */
    int mode;                             /* enum chat_mode of the turn */
    enum opinion acceptable[BRAIN_COUNT]; /* would the answer be sent as it is? */
    unsigned flags;          /* a bit per verdict_flag: stored ones, and what the answers show */
    const char *llama_model; /* NULL: unknown */
    const char *session, *rater;
    uint64_t rater_id; /* a number for the rater */
    enum brain_id left;
    enum guess guess;
    double asked; /* NAN: the question was not drawn */
    int warmer,
        closer; /* whose warmth and cultural score is higher: 1 LLAMA's, -1 Claude's, 0 neither's */
    const char *judge; /* JSON of a judge's vote; NULL: of a person */
};

/* Numbers for a turn, and for the pair of its answers of one try. Two pairs share one with a chance of 10⁻⁸ among a million. */
uint64_t observation_turn(const char *id);
uint64_t observation_pair(uint64_t turn, int attempt);

/* May this verdict be the observation of its pair? Of those that may it is the first, in the order of time, then id. */
bool observation_may_be(const struct verdict_row *row);

#endif
