/* Evidence from counts against a rate, valid however often one looks (measure.md, "Verdict statistics"): the likelihood
 * ratio of the counts, averaged over rates q drawn from Beta(½,½), which is Robbins' mixture (Ann. Math. Stat. 41, 1970);
 * a tie counts as the mean of a win and a loss (Waudby-Smith and Ramdas, J. R. Stat. Soc. B 86, 2024). By Ville's
 * inequality a true rate m shows M(m) ≥ x ever in at most 1/x of all runs. Pure. Thread: any. */
#ifndef BERDUA_STATS_MIXTURE_H
#define BERDUA_STATS_MIXTURE_H

/* Wins, losses and ties; not necessarily whole. */
struct counts {
    double w, l, t;
};
struct interval {
    double low, high;
};

/* What M must reach: 95 % of one interval or bound. */
#define EVIDENCE_ENOUGH 20.0

/* ln M(m), 0 < m < 1, over all rates q. */
double mixture_log(struct counts c, double m);
/* The same over the rates above or below m alone, the prior renewed; for an m on the other side of the observed rate
 * (w + t/2) / n, or the rate itself. */
double mixture_log_above(struct counts c, double m);
double mixture_log_below(struct counts c, double m);

/* {m : M(m) < 20}; without counts 0 to 1. */
struct interval mixture_interval(struct counts c);
/* Of a's rate less b's: each in its interval of 97.5 %, so both in 95 % of all runs (Bonferroni). */
struct interval mixture_difference(struct counts a, struct counts b);
/* One-sided: the least m that `enough` evidence over the rates above m does not exclude, and the greatest over those
 * below. Without counts 0 and 1. */
double mixture_lower(struct counts c, double enough);
double mixture_upper(struct counts c, double enough);

/* ln M(½) in closed form: ties say nothing about one half. */
double mixture_log_half(double w, double l);
/* ln B(a, b); a and b above 0. */
double log_beta(double a, double b);

#endif
