/* Statistics of verdicts (measure.md, "Verdict statistics"; schemas.md, CELL): pure functions from counts to
 * figures. The intervals stay valid however often one looks at them. Thread: any. */
#ifndef BERDUA_STATS_VERDICTS_H
#define BERDUA_STATS_VERDICTS_H

#include <stdbool.h>
#include <stdint.h>

/* One cell of a report: w LLAMA better, l Claude better, t tie, b both bad; of `asked` verdicts that also say
 * whether LLAMA's answer could be sent as it is, `accepted` said yes. */
struct tally {
    int64_t w, l, t, b;
    int64_t asked, accepted;
};

/* All of them, "both bad" included. */
int64_t verdicts_total(const struct tally *t);

struct interval {
    double low, high;
};

/* {p : M(p) < 20} with M(p) = B(wins+½, losses+½) / (B(½,½) p^wins (1-p)^losses): a 95 % confidence sequence.
 * Counts may be halves (ties). Without any: 0 to 1. */
struct interval verdicts_interval(double wins, double losses);

/* Verdicts compared before a lead may be declared. */
enum { VERDICTS_LEAD_LEAST = 10 };

enum lead { LEAD_NONE, LEAD_LLAMA, LEAD_CLAUDE };

/* The win rate of LLAMA. Verdicts "both bad" are not counted. */
struct win_rate {
    double value; /* (w + t/2) / n; NAN when nothing was compared */
    struct interval interval;
    int64_t n; /* w + l + t */
    enum lead state;
    /* How many more compared verdicts at the present rate decide it: 0 when decided, -1 when none would. */
    int64_t needed;
};
struct win_rate verdicts_win_rate(const struct tally *t);

enum quality_basis { QUALITY_ACCEPTABLE, QUALITY_NOT_WORSE };

/* One-sided 95 % bounds of how good LLAMA's answers are: the share that could be sent as they are, or, when
 * nobody was asked, the share that is not worse than Claude's, both bad counting as worse. */
struct quality {
    double score, upper; /* NAN when n is 0 */
    int64_t k, n;
    enum quality_basis basis;
};
struct quality verdicts_quality(const struct tally *t);
const char *quality_basis_name(enum quality_basis b); /* "acceptable", "not_worse" */
#define QUALITY_METHOD "beta_mixture"
/* What the number is, in one sentence. */
const char *quality_definition(enum quality_basis b);

#endif
