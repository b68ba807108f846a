/* How far people agree, with themselves, among each other and with the judge, counted one turn after the other. Owner: the
 * caller. Thread: any. */
#ifndef BERDUA_REPORT_AGREEMENT_COUNT_H
#define BERDUA_REPORT_AGREEMENT_COUNT_H

#include "berdua/report/report.h"
#include "berdua/store/evidence_store.h"

/* A judge's first vote on a pair, of one model and prompt, and what the pair's observation says. */
struct judge_vote {
    uint64_t kind;                  /* of model and prompt */
    enum verdict_kind judge, human; /* VERDICT_NONE: no human judged it */
    int category;                   /* -1: none */
    bool random, inconsistent;
};

struct agreement {
    int64_t self[AGREEMENT_LABELS][AGREEMENT_LABELS];
    struct krippendorff among;
    struct judge_vote *votes;
    size_t vote_count;
    uint64_t kind; /* of the newest vote */
    int64_t kind_us, kind_n;
    const struct verdict_row **rows; /* room for those of a turn */
    size_t room;
};

/* Of the turn's verdicts those from since_us on. */
void agreement_count_turn(struct agreement *a, struct report *r, const struct evidence_turn *t);
/* The figures; frees what `a` holds. */
void agreement_finish(struct agreement *a, struct report *r);

#endif
