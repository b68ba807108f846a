/* What the evidence says, as one model from which every form of the report is made (schemas.md, `report --json`; measure.md).
 * Observations are found over the whole store; `since` then looks at their time. Thread: the store's. */
#ifndef BERDUA_REPORT_REPORT_H
#define BERDUA_REPORT_REPORT_H

#include "berdua/chat/observation.h"
#include "berdua/stats/agreement.h"
#include "berdua/stats/asymptotic.h"
#include "berdua/stats/evidence_sums.h"
#include "berdua/stats/judge.h"
#include "berdua/stats/score_agreement.h"
#include "berdua/stats/style.h"
#include "berdua/stats/verdicts.h"

#include <stdbool.h>
#include <stdint.h>

struct err;
struct json;
struct store;

struct report_cell {
    struct tally tally;
    struct win_rate win_rate;
    struct quality quality;
    double stage; /* percent; NAN: of no category */
};

/* How often so many of n, with the interval of decisive verdicts. */
struct report_rate {
    int64_t k, n;
    double rate; /* NAN: n is 0 */
    struct interval interval;
};

/* The win rate as it stood at some times, of all observations until then. */
enum { REPORT_POINTS = 24 };
struct report_point {
    int64_t until_us;
    struct tally tally;
    double value; /* NAN: nothing was compared yet */
};
/* Of the value, found when it is asked for: of all points of a report that takes longer than the rest of it. */
struct interval report_point_interval(const struct report_point *p);
struct report_series {
    size_t count; /* the same for every series */
    struct report_point points[REPORT_POINTS];
};

struct report_times {
    double p50_ms, p95_ms, p99_ms; /* NAN: none */
};

struct report_brain {
    int64_t answers, complete, cold;
    int64_t shadow, shadow_complete; /* of these, unseen ones */
    double cost_usd;
    struct report_times ttft, total; /* cold ones left out */
    struct duration_histogram ttft_histogram, total_histogram;
};

struct report {
    int64_t since_us; /* INT64_MIN: all */
    struct {
        int64_t shown, verdicts, pairs, sessions, raters, left_out, dispute, later, counted;
    } flow;
    struct report_cell overall, categories[CATEGORY_COUNT], languages[LANGUAGE_COUNT];
    struct report_series overall_series, category_series[CATEGORY_COUNT];
    struct {
        struct tally tally[2];   /* names seen; blind */
        struct win_rate rate[2]; /* their leads are those of one cell */
        double difference;       /* blind less open; NAN: one of them is empty */
        struct interval interval;
    } sight;
    int64_t flagged[FLAG_COUNT];
    int64_t asked_drawn, asked_answered;
    struct report_rate side_bias; /* k: the left side won */
    struct {
        int64_t n;
        double kappa;
    } self;
    struct {
        int64_t n, pairs;
        double alpha;
    } raters;
    struct {
        int64_t right, wrong, dont_know;
        struct blindness index;
    } blindness;
    struct {
        char *model, *prompt; /* of the newest vote; NULL: there is none */
        int contestant;       /* the brain that judges itself, too; -1: not known */
        struct tally votes, categories[CATEGORY_COUNT]; /* its own, of all pairs */
        int64_t inconsistent;                           /* ties that only the order made */
        struct judge_fit fit;
        double agreement, kappa;
    } judge;
    struct {
        struct score_agreement all[SCORE_KINDS], blind[SCORE_KINDS];
    } scores;
    struct style_fit style; /* n below ASYMPTOTIC_LEAST: nothing is said */
    struct report_brain brains[BRAIN_COUNT];
    char *score_rules; /* of the newest answer; NULL: none */
};

bool report_read(struct report *r, struct store *s, int64_t since_us, int min_verdicts,
                 struct err *err);
void report_clear(struct report *r);

/* "214 verdicts by 3 raters on 200 pairs" */
enum { REPORT_WORDS = 128 };
const char *report_say_flow(const struct report *r, char out[REPORT_WORDS]);

#endif
