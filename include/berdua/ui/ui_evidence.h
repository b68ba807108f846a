/* What the verdicts say, as the figures beside the conversation show it: plain numbers, made by whoever knows them.
 * Owner: the caller. Thread: main. */
#ifndef BERDUA_UI_UI_EVIDENCE_H
#define BERDUA_UI_UI_EVIDENCE_H

#include "berdua/chat/terms.h"

#include <stdbool.h>
#include <stdint.h>

enum ui_score { UI_WARMTH, UI_CULTURE, UI_SCORES };

/* The share of the comparisons that LLAMA won, and how far it is to the next stage of its rollout. */
struct ui_category {
    int64_t n;               /* compared; 0: nothing is known of the next four */
    double won;              /* by LLAMA, a tie as one half */
    double share, low, high; /* of 1, and its interval */
    double percent, next;    /* its share of the messages; the next stage, NAN: there is none */
    double quality, upper;   /* bounds; NAN: none yet */
    double gate;             /* what quality must reach for it */
    int64_t verdicts, least;
    double hours, dwell_h; /* in this stage; NAN: it has not begun */
};

struct ui_evidence {
    bool known; /* it has been read */
    struct ui_category categories[CATEGORY_COUNT];
    /* How often blind verdicts went with the higher score. */
    struct ui_score_check {
        int64_t agreed, n;
        double low, high;
        bool heuristic; /* from too few */
        bool predictive;
    } scores[UI_SCORES];
};

#endif
