#include "berdua/stats/verdicts.h"

#include <math.h>

/* 1/α of the confidence sequence: 95 %. */
#define EVIDENCE 20.0

static const double pi = 3.14159265358979323846;

/* log Γ(x) by Stirling's series, after shifting x to where the series is exact to double precision. The C library's
 * lgamma is not used because it writes a global. */
static double
log_gamma(double x)
{
    double shift = 0;
    for (; x < 12; x++)
        shift += log(x);
    double r = 1 / (x * x);
    double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680)))) / x;
    return (x - 0.5) * log(x) - x + 0.5 * log(2 * pi) + series - shift;
}

static double
times_log(double n, double p)
{
    return n > 0 ? n * log(p) : 0;
}

/* log M(p), the evidence against p. */
static double
log_evidence(double wins, double losses, double p)
{
    double log_beta =
        log_gamma(wins + 0.5) + log_gamma(losses + 0.5) - log_gamma(wins + losses + 1);
    return log_beta - log(pi) - times_log(wins, p) - times_log(losses, 1 - p);
}

/* The evidence is least at the observed rate and grows towards both ends. */
static double
bisect_evidence(double wins, double losses, double inside, double outside)
{
    for (int i = 0; i < 100; i++) {
        double middle = (inside + outside) / 2;
        if (log_evidence(wins, losses, middle) < log(EVIDENCE))
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

struct interval
verdicts_interval(double wins, double losses)
{
    struct interval i = {0, 1};
    double n = wins + losses;
    if (n <= 0)
        return i;
    double rate = wins / n;
    if (wins > 0)
        i.low = bisect_evidence(wins, losses, rate, 0);
    if (losses > 0)
        i.high = bisect_evidence(wins, losses, rate, 1);
    return i;
}

/* Is one half outside the interval? Beyond some ten million verdicts the logarithms of gamma cancel too much, and
 * their limit is exact enough. */
static bool
leaves_half(double wins, double losses)
{
    double n = wins + losses;
    if (n < VERDICTS_LEAD_LEAST)
        return false;
    if (n < 1e7)
        return log_evidence(wins, losses, 0.5) >= log(EVIDENCE);
    double rate = wins / n;
    double divergence = times_log(rate, rate) + times_log(1 - rate, 1 - rate) + log(2);
    return n * divergence + 0.5 * log(2 * pi / n) - log(pi) >= log(EVIDENCE);
}

/* At a fixed rate the evidence against one half falls at first and then rises for good, so doubling and halving find
 * the first size that is enough. */
static int64_t
verdicts_needed(double wins, double losses)
{
    double n = wins + losses;
    int64_t enough = 1, most = (int64_t)1 << 50;
    if (n <= 0 || wins == losses)
        return -1;
    if (leaves_half(wins, losses))
        return 0;
    while (enough < most) {
        double scale = (n + (double)enough) / n;
        if (leaves_half(wins * scale, losses * scale))
            break;
        enough *= 2;
    }
    if (enough >= most)
        return -1;
    int64_t little = enough / 2; /* 0, or a size known to be too small */
    while (enough - little > 1) {
        int64_t middle = little + (enough - little) / 2;
        double scale = (n + (double)middle) / n;
        if (leaves_half(wins * scale, losses * scale))
            enough = middle;
        else
            little = middle;
    }
    return enough;
}

int64_t
verdicts_total(const struct tally *t)
{
    return t->w + t->l + t->t + t->b;
}

struct win_rate
verdicts_win_rate(const struct tally *t)
{
    double wins = (double)t->w + (double)t->t / 2, losses = (double)t->l + (double)t->t / 2;
    struct win_rate r = {.n = t->w + t->l + t->t, .state = LEAD_NONE};
    r.value = r.n ? wins / (double)r.n : NAN;
    r.interval = verdicts_interval(wins, losses);
    r.needed = verdicts_needed(wins, losses);
    if (r.needed == 0)
        r.state = wins > losses ? LEAD_LLAMA : LEAD_CLAUDE;
    return r;
}

struct quality
verdicts_quality(const struct tally *t)
{
    struct quality q = {.score = NAN, .upper = NAN};
    q.basis = t->asked > 0 ? QUALITY_ACCEPTABLE : QUALITY_NOT_WORSE;
    q.k = t->asked > 0 ? t->accepted : t->w + t->t;
    q.n = t->asked > 0 ? t->asked : verdicts_total(t);
    if (q.n > 0) {
        struct interval i = verdicts_interval((double)q.k, (double)(q.n - q.k));
        q.score = i.low;
        q.upper = i.high;
    }
    return q;
}

const char *
quality_basis_name(enum quality_basis b)
{
    return b == QUALITY_ACCEPTABLE ? "acceptable" : "not_worse";
}

const char *
quality_definition(enum quality_basis b)
{
    return b == QUALITY_ACCEPTABLE
               ? "lower 95 % bound of the share of LLAMA's answers that would be sent as they are"
               : "lower 95 % bound of the share of verdicts in which LLAMA's answer is not worse, "
                 "both bad counting as worse";
}
