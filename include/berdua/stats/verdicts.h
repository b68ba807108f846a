/* Statistics of verdicts (measure.md, "Verdict statistics"; schemas.md, CELL): pure functions from counts to
 * figures. All stay valid however often one looks. Thread: any. */
#ifndef BERDUA_STATS_VERDICTS_H
#define BERDUA_STATS_VERDICTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "berdua/stats/mixture.h"

/* One cell of a report: w LLAMA better, l Claude better, t tie, b both bad; of `asked` verdicts that also say
 * whether LLAMA's answer could be sent as it is, `accepted` said yes. */
struct tally {
    int64_t w, l, t, b;
    int64_t asked, accepted;
};

/* All of them, "both bad" included. */
int64_t verdicts_total(const struct tally *t);
/* What was compared; `times` as much of everything. */
struct counts verdicts_counts(const struct tally *t, double times);

/* ---- who leads ---- */

/* Decisive verdicts (w + l) before a lead may be declared. */
enum { VERDICTS_LEAD_LEAST = 10 };
/* Sizes of samples are looked for up to this many more. */
enum { VERDICTS_NEEDED_MOST = 1000000 };

enum lead { LEAD_NONE, LEAD_LLAMA, LEAD_CLAUDE };
const char *lead_name(enum lead lead); /* "no_leader", "llama_leads", "claude_leads" */

/* Of cells that are looked at together, the evidence that each must reach to lead, given the others: e-BH (Wang and
 * Ramdas, J. R. Stat. Soc. B 84, 2022). With e sorted, the k largest lead, k the greatest with e_(k) ≥ 20 n / k. A single
 * cell: 20. */
void verdicts_levels(const struct tally *cells, size_t n, double *levels);

/* The win rate of LLAMA. Verdicts "both bad" are not counted. */
/* (w + t/2) / (w+l+t); NAN: nothing was compared. */
double verdicts_rate(const struct tally *t);
struct win_rate {
    double value; /* (w + t/2) / n; NAN when nothing was compared */
    struct interval interval;
    int64_t n; /* w + l + t */
    double e;  /* M(½), at most 1e300 */
    enum lead state;
    /* The least number of further compared verdicts at the present rates with which somebody leads: 0 when somebody does,
     * -1 when none would do. */
    int64_t needed;
};
/* level: of verdicts_levels. */
struct win_rate verdicts_win_rate(const struct tally *t, double level);

/* ---- how good LLAMA's answers are ---- */

enum quality_basis { QUALITY_ACCEPTABLE, QUALITY_NOT_WORSE };

/* One-sided 95 % bounds of the share of LLAMA's answers that would be sent as they are, once min_verdicts were asked
 * about; before that of the share that is not worse than Claude's, both bad counting as worse. */
struct quality {
    double score, upper; /* NAN when n is 0 */
    int64_t k, n;
    enum quality_basis basis;
};
struct quality verdicts_quality(const struct tally *t, int min_verdicts);
const char *quality_basis_name(enum quality_basis b); /* "acceptable", "not_worse" */
#define QUALITY_METHOD "one_sided_mixture"
/* What the number is, in one sentence. */
const char *quality_definition(enum quality_basis b);

/* ---- how far a gate is ---- */

/* What a step up asks of a tally. */
struct demand {
    int min_verdicts;
    double gate;  /* of the quality */
    double guard; /* of `lower` of the win rate */
};
/* The least number of further verdicts at the present rates with which all of it is met: 0 when it is, -1 when none would
 * do, or there is no rate yet. */
int64_t verdicts_needed(const struct tally *t, const struct demand *d);

#endif
