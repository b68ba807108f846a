/* One pass over the evidence: what the report counts, turn by turn. Verdicts of a pair stand together in its turn, so nothing
 * but figures that need every sample is kept of a turn. Owner: the caller. Thread: the store's. */
#ifndef BERDUA_REPORT_REPORT_COUNT_H
#define BERDUA_REPORT_REPORT_COUNT_H

#include "berdua/base/id_set.h"
#include "berdua/report/report.h"
#include "berdua/store/evidence_store.h"
#include "agreement_count.h"
#include "series.h"

struct durations {
    int64_t *us;
    size_t n;
};

struct report_count {
    struct report *report;
    struct agreement agreement;
    struct series *series;
    struct id_set sessions, raters, pairs;
    uint64_t session; /* the last one, which is mostly the next one's too */
    uint64_t rater;
    struct style_sample *samples; /* of decisive observations */
    size_t sample_count;
    struct durations ttft[BRAIN_COUNT], total[BRAIN_COUNT]; /* warm ones */
    int64_t rules_us;                                       /* of the newest scored answer */
};

/* For evidence_store_turns; counts->report has its since_us. */
bool report_count_turn(void *counts, const struct evidence_turn *t);
/* What was counted as figures of the report, but those of its cells. */
void report_count_finish(struct report_count *c);

#endif
