/* What turns add up to: counts, and columns of the figures that are needed one by one. Sums of turns are added to other sums,
 * and kept as bytes, so that a report over a million verdicts reads neither rows nor turns. A pair belongs to one turn, so
 * what is counted of pairs adds up, too; sessions and raters stand as numbers, for they do not. Owner: the caller. Thread: any. */
#ifndef BERDUA_STATS_EVIDENCE_SUMS_H
#define BERDUA_STATS_EVIDENCE_SUMS_H

#include "berdua/chat/evidence_turn.h"
#include "berdua/stats/agreement.h"
#include "berdua/stats/score_agreement.h"
#include "berdua/stats/style.h"
#include "berdua/stats/verdicts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* How many answers took less than each edge, and not less than the one before; the last bin has no end. */
enum { DURATION_EDGES = 20, DURATION_BINS = DURATION_EDGES + 1 };
extern const int duration_edges_ms[DURATION_EDGES];
struct duration_histogram {
    int64_t warm[DURATION_BINS], cold[DURATION_BINS];
};

/* Verdicts, as in `report --json` (schemas.md): people's, but judged_by_model. Nothing but int64_t. */
struct evidence_figures {
    int64_t shown, verdicts, pairs, left_out, dispute, later, counted;
    struct tally overall, sight[2], categories[CATEGORY_COUNT], languages[LANGUAGE_COUNT];
    int64_t flagged[FLAG_COUNT], asked_drawn, asked_answered;
    int64_t left_won, decisive; /* among decisive observations */
    struct score_count scores[SCORE_KINDS], blind_scores[SCORE_KINDS];
    int64_t guessed_right, guessed_wrong, guessed_not;
    int64_t self[AGREEMENT_LABELS]
                [AGREEMENT_LABELS]; /* a rater's first and second label of a pair */
    int64_t self_n, raters_n, raters_pairs;
    struct {
        int64_t answers, complete, cold, shadow, shadow_complete;
        struct duration_histogram ttft, total;
    } brains[BRAIN_COUNT];
};

/* Observations of a quarter of an hour: of each category, then of none, the kinds from VERDICT_CLAUDE on. */
enum { QUARTER_CELLS = CATEGORY_COUNT + 1, QUARTER_KINDS = 4 };
#define QUARTER_US (15 * 60 * INT64_C(1000000))
struct evidence_quarter {
    int64_t number;
    uint32_t of[QUARTER_CELLS][QUARTER_KINDS];
};

/* A judge's first vote on a pair, of one model and prompt, and what the pair's observation says. */
struct judge_vote {
    uint64_t kind;              /* of model and prompt */
    uint8_t judge, human;       /* enum verdict_kind; VERDICT_NONE: no human judged it */
    int8_t category;            /* -1: none */
    uint8_t random, consistent; /* 0, 1 */
    uint8_t zero[3];
};

/* Growing columns; `bytes` is the size of one. */
struct evidence_column {
    void *v;
    size_t count, room;
};
enum evidence_column_name {
    COLUMN_TTFT, /* uint32_t, µs, of warm answers: Claude's, then LLAMA's */
    COLUMN_TOTAL = COLUMN_TTFT + BRAIN_COUNT,  /* the same */
    COLUMN_STYLE = COLUMN_TOTAL + BRAIN_COUNT, /* struct style_sample, of decisive observations */
    COLUMN_QUARTERS, /* struct evidence_quarter; a number may come again */
    COLUMN_SESSIONS, /* uint64_t; may come again */
    COLUMN_RATERS,   /* the same */
    COLUMN_VOTES,    /* struct judge_vote */
    COLUMN_COUNT
};

struct evidence_sums {
    struct evidence_figures figures;
    double cost_usd[BRAIN_COUNT];
    struct krippendorff among;
    struct evidence_column columns[COLUMN_COUNT];
    int64_t rules_us; /* of the newest scored answer */
    char *rules;      /* its rules; NULL: there is none */
    struct {
        int64_t at_us, n;
        uint64_t kind;
        int brain;            /* that is judge and contestant; -1: not known */
        char *model, *prompt; /* NULL: no vote, or not told */
    } judge;                  /* of the newest vote */
};
void evidence_sums_finish(struct evidence_sums *s);

/* The turn's answers and verdicts from since_us on. */
void evidence_sums_turn(struct evidence_sums *s, int64_t since_us, const struct evidence_turn *t);

/* As bytes of this machine. */
void evidence_sums_pack(const struct evidence_sums *s, struct buf *out);
/* Adds what was packed. false: these are not such bytes, and nothing was added. */
bool evidence_sums_add(struct evidence_sums *s, const char *p, size_t n);

#endif
