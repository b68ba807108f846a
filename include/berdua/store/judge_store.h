/* What a model says as judge of stored pairs (measure.md, "LLM judge"): which pairs wait for its vote, the texts that it is
 * shown, and its answers. An answer is kept for each order of a pair; with the second of two votes the pair's vote is
 * written, in the same transaction. Thread: the store's. */
#ifndef BERDUA_STORE_JUDGE_STORE_H
#define BERDUA_STORE_JUDGE_STORE_H

#include "berdua/chat/answer.h"
#include "berdua/chat/verdict.h"
#include "berdua/store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct err;
struct writer;

enum judge_state {
    JUDGE_VOTED,
    JUDGE_UNUSABLE, /* its reply says no whole verdict */
    JUDGE_REFUSED,
    JUDGE_TOO_LONG, /* it was not asked */
    JUDGE_STATE_COUNT
};
const char *judge_state_name(enum judge_state s);

struct judge_pair {
    char turn[27], answers[BRAIN_COUNT][27];
    int attempt;   /* the pair's try */
    int64_t bytes; /* of the message and both answers */
    bool judged;   /* by this judge: it has its vote */
    bool no_vote;  /* it was asked and there will be none */
    enum verdict_kind
        said[BRAIN_COUNT]; /* in the order in which that brain is A; VERDICT_NONE: not asked yet */
};

struct judge_search {
    const char *model, *prompt;
    int64_t since_us; /* of the message */
    bool simulated;   /* pairs of recorded answers, and no others */
};
/* Pairs of two complete answers in modes that show both, judged or not; `each` returns false to stop. */
bool judge_store_pairs(struct store *s, const struct judge_search *search,
                       bool (*each)(void *arg, const struct judge_pair *pair), void *arg,
                       struct err *err);

/* Strings are owned; models may be NULL. */
struct judge_texts {
    char *history, *message; /* history: JSON list of {role, content} */
    char *answers[BRAIN_COUNT], *models[BRAIN_COUNT];
};
/* false without a reason: the pair is no longer there. */
bool judge_store_texts(struct store *s, const struct judge_pair *pair, struct judge_texts *out,
                       struct err *err);
void judge_texts_finish(struct judge_texts *t);

/* What earlier answers of this judge took, for an estimate; those whose tokens the server counted. */
struct judge_usage {
    int64_t calls, bytes, tokens_in, tokens_out;
    double usd;
};
bool judge_store_usage(struct store *s, const char *model, const char *prompt,
                       struct judge_usage *out, struct err *err);
/* Tokens a byte of what the brain wrote lately, as its server counted them; NAN: nothing is known. */
bool judge_store_token_rate(struct store *s, enum brain_id brain, double *out, struct err *err);

/* One answer of a judge, or (JUDGE_TOO_LONG) why it was not asked. Borrowed. */
struct judge_call {
    const struct judge_pair *pair;
    enum brain_id judge, first;
    const char *model, *prompt;
    enum judge_state state;
    enum verdict_kind winner; /* VERDICT_NONE: no vote */
    const char *reply;        /* JSON, or what is wrong with it; NULL: none */
    int64_t bytes;            /* of the question */
};
/* The call's cost is written with it, as a side call. a NULL: there was no call. at_us: wall clock, another one for each
 * call. */
uint64_t writer_put_judge_call(struct writer *w, const struct judge_call *c, const struct answer *a,
                               int64_t at_us);

#endif
