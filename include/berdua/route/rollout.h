/* The rollout of LLAMA per category: what the verdicts since a stage began say about the next step (measure.md,
 * "Quality score and rollout"; schemas.md, `route status`). Pure: stages and verdicts are fed in, figures come out.
 * Owner: the caller. Thread: the caller's. */
#ifndef BERDUA_ROUTE_ROLLOUT_H
#define BERDUA_ROUTE_ROLLOUT_H

#include "berdua/chat/terms.h"
#include "berdua/chat/verdict.h"
#include "berdua/stats/verdicts.h"
#include "berdua/route/breaker.h"

struct config;

struct rollout_step {
    int64_t at_us;
    enum category category;
    double from, to;        /* percent */
    const char *by;         /* hand, auto, safety, breaker, model */
    const char *reason;     /* NULL: none */
    int64_t seen_verdict_n; /* the last verdict known when it was taken */
};
/* Why a verdict is left out of figures (all but cold). */
enum verdict_flag {
    FLAG_INTERRUPTED,
    FLAG_ERRORED,
    FLAG_TRUNCATED,
    FLAG_LEAK,
    FLAG_UNDONE,
    FLAG_SIMULATED,
    FLAG_SAFETY,
    FLAG_COLD,
    FLAG_COUNT
};
const char *verdict_flag_name(enum verdict_flag f);
enum { FLAGS_LEFT_OUT = (1 << FLAG_COUNT) - 1 - (1 << FLAG_COLD) };

/* Pointers live until `each` returns. */
struct verdict_row {
    int64_t n; /* rises in the order in which verdicts came into this store */
    int64_t at_us;
    enum verdict_kind kind;  /* one of the four judgements */
    const char *origin;      /* chat, review, judge, … */
    int category;            /* of the turn, -1: not classified */
    int mode;                /* enum chat_mode of the turn */
    int acceptable;          /* 0, 1, or -1: nobody was asked */
    unsigned flags;          /* a bit per verdict_flag: stored ones, else what the answers show */
    const char *llama_model; /* NULL: unknown */
};

struct rollout_limits {
    bool automatic;
    int min_verdicts;
    int64_t dwell_us;
    double gates[3]; /* of 10, 25 and 50 % */
    double guard;    /* least one-sided lower bound of the win rate for a step up */
};
struct rollout_limits rollout_limits(const struct config *config);

enum decision { DECISION_HOLD, DECISION_PROMOTE, DECISION_DEMOTE, DECISION_STOP };
const char *decision_name(enum decision d);

enum block { BLOCK_MIN_VERDICTS, BLOCK_DWELL, BLOCK_GATE, BLOCK_GUARD, BLOCK_TOP, BLOCK_COUNT };
const char *block_name(enum block b);

struct rollout_view {
    double percent, effective;
    int64_t since_us;  /* when the stage began; 0: it has not */
    const char *model; /* whose answers the evidence is about, NULL: none yet; the rollout's */
    struct tally tally;
    struct quality quality;
    struct win_rate win_rate;
    double guard_low; /* one-sided bound of the win rate, which the guard is about */
    enum decision decision;
    double to;        /* NAN: nowhere */
    unsigned blocked; /* a bit per block, when it holds */
    bool unsafe;      /* a verdict was flagged `safety` since the stage began */
    char reason[240];
};

struct rollout;
struct rollout *rollout_create(void);
void rollout_destroy(struct rollout **r);
/* In the order of the history; verdicts in the order of n. Copies. Their shape is that of the store's `each`. */
bool rollout_add_step(void *rollout, const struct rollout_step *step);
bool rollout_add_verdict(void *rollout, const struct verdict_row *row);
double rollout_percent(const struct rollout *r, enum category category);
void rollout_look(const struct rollout *r, enum category category,
                  const struct rollout_limits *limits, enum breaker_state llama, int64_t wall_us,
                  struct rollout_view *out);

#endif
