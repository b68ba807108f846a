/* What a run of `berdua judge` is to do: who judges, which pairs wait, and about what that costs. Thread: one that may wait
 * for the disk. */
#ifndef BERDUA_SESSION_JUDGE_PLAN_H
#define BERDUA_SESSION_JUDGE_PLAN_H

#include "berdua/conf/config.h"
#include "berdua/judge/judge_question.h"
#include "berdua/store/judge_store.h"

struct err;

/* Of the configuration, which outlives it. */
struct judge_choice {
    enum brain_id brain;
    const struct brain_conf *conf;
    const struct model_conf *model;
    char prompt[JUDGE_VERSION_BYTES];
    bool simulated; /* it plays recordings, of recorded pairs */
};
struct judge_choice judge_choose(const struct config *config);
/* Longest reply that is asked for; below 0: the limit is left out. */
int judge_max_tokens(const struct judge_choice *c);

/* Where an estimate comes from. */
enum estimate_source {
    ESTIMATE_CALLS,   /* tokens of earlier calls of this judge */
    ESTIMATE_ANSWERS, /* tokens of the brain's stored answers, for the size of its words */
    ESTIMATE_LENGTH   /* four bytes a token */
};
struct judge_estimate {
    enum estimate_source source;
    int64_t samples;         /* calls that it comes from */
    double tokens_in_a_byte; /* of the question */
    double tokens_out;       /* a call */
    double usd_a_call;       /* by the second, as earlier calls took; NAN: not known */
};
/* The most that one call about a question of so many bytes can cost; NAN: there is no price, or no time is known. */
double judge_most_usd(const struct judge_estimate *e, const struct judge_choice *c,
                      int64_t question_bytes);

struct judge_plan {
    struct judge_pair *pairs; /* that wait, in an order that is random and always the same */
    size_t count;
    size_t judged, no_vote; /* pairs that this judge is done with */
    size_t calls;
    struct judge_estimate estimate;
    double usd; /* of all calls; NAN: not known */
};
/* limit: most pairs; 0: all. */
bool judge_plan_read(struct judge_plan *p, struct store *s, const struct judge_choice *c,
                     int64_t since_us, size_t limit, struct err *err);
void judge_plan_finish(struct judge_plan *p);
/* About the size of the question about the pair. */
int64_t judge_question_bytes(const struct judge_pair *p);

#endif
