/* What is counted of a stored turn: its answers and verdicts without their texts. Plain data. Thread: any. */
#ifndef BERDUA_CHAT_EVIDENCE_TURN_H
#define BERDUA_CHAT_EVIDENCE_TURN_H

#include "berdua/chat/observation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One try of one brain that has ended. */
struct evidence_answer {
    enum brain_id brain;
    int attempt, status; /* enum answer_status */
    bool shadow, cold, simulated;
    int64_t ttft_us, total_us; /* UNKNOWN: none; at most 71 minutes */
    double cost_usd;           /* NAN: not known */
    int64_t code_points, headers, lists, bold;
    const char *model, *score_rules; /* NULL: none */
};

struct evidence_verdict {
    struct verdict_row row; /* without the ids of verdict, turn and session; asked is 1 or NAN */
    const struct evidence_answer *seen[BRAIN_COUNT]; /* NULL: none, or not ended */
};

/* Pointers live until whoever gave it goes on. */
struct evidence_turn {
    int64_t n; /* its number in the store */
    int64_t at_us;
    uint64_t id, session;         /* numbers for them */
    int category, language, mode; /* -1: not known */
    bool simulated;
    int64_t shown; /* pairs of two stored answers */
    const struct evidence_answer *answers;
    size_t answer_count;
    const struct evidence_verdict *verdicts; /* judgements, in the order of time, then id */
    size_t verdict_count;
};

#endif
