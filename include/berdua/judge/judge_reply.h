/* A judge's reply, read strictly: what does not say a whole verdict in the words of the schema is no vote. Then the two
 * orders of a pair as one vote (measure.md, "LLM judge"). Pure. Thread: any. */
#ifndef BERDUA_JUDGE_JUDGE_REPLY_H
#define BERDUA_JUDGE_JUDGE_REPLY_H

#include "berdua/chat/terms.h"
#include "berdua/chat/verdict.h"

#include <stdbool.h>
#include <stddef.h>

struct err;

/* A longer reply is not read; of the evidence so much is kept. */
enum { JUDGE_REPLY_BYTES = 64 << 10, JUDGE_EVIDENCE_BYTES = 2000 };
enum judge_scale {
    SCALE_WARMTH,
    SCALE_CULTURAL_FIT,
    SCALE_CORRECTNESS,
    SCALE_REGISTER,
    SCALE_COUNT
};

struct judge_reply {
    enum verdict_kind winner; /* one of the four judgements */
    int scores[BRAIN_COUNT][SCALE_COUNT];
    char *evidence;
};
/* first: the brain whose answer was A. Words around the object are left out; two objects that say different things are no
 * vote. false: err says what is wrong with it, and nothing is to be finished. */
bool judge_read(struct judge_reply *out, enum brain_id first, const char *text, size_t n,
                struct err *err);
void judge_reply_finish(struct judge_reply *r);
/* By brain, as it is stored: {"winner", "evidence", "scores": {"claude": {"warmth": 4, …}, "llama": …}}; new. */
char *judge_reply_print(const struct judge_reply *r);

/* Both orders said the same, or the order decided: that is a tie. */
enum verdict_kind judge_combine(enum verdict_kind one, enum verdict_kind other, bool *consistent);

#endif
