#include "berdua/stats/mixture.h"

#include <math.h>
#include <stdbool.h>

#include "berdua/base/mem.h"

static const double pi = 3.14159265358979323846;

/* ---- closed forms ---- */

/* ln Γ(x) by Stirling's series, after shifting x to where the series is exact to double precision. The C library's
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

double
log_beta(double a, double b)
{
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b);
}

double
mixture_log_half(double w, double l)
{
    return log_beta(w + 0.5, l + 0.5) + (w + l) * log(2) - log(pi);
}

/* ---- the mean over q ---- */

/* With q = sin²φ the prior is uniform in φ. f is the likelihood ratio of q against m; ln f is concave. */
struct ratio {
    struct counts c;
    double m;
    double a, b; /* 1/m, 1/(1-m) */
};

static double
log_ratio(const struct ratio *r, double phi)
{
    double q = sin(phi) * sin(phi), p = cos(phi) * cos(phi), sum = 0;
    if (r->c.w > 0)
        sum += r->c.w * log(q * r->a);
    if (r->c.l > 0)
        sum += r->c.l * log(p * r->b);
    if (r->c.t > 0)
        sum += r->c.t * log((q * r->a + p * r->b) / 2);
    return sum;
}

/* Of d ln f / dq, times q (1-q), which is finite everywhere. */
static bool
rises(const struct ratio *r, double q)
{
    double p = 1 - q;
    return r->c.w * p - r->c.l * q + r->c.t * q * p * (r->a - r->b) / (r->a * q + r->b * p) > 0;
}

/* Where f is greatest; it need not be exact. */
static double
top_of(const struct ratio *r, double from, double to)
{
    double low = sin(from) * sin(from), high = sin(to) * sin(to);
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        if (rises(r, middle))
            low = middle;
        else
            high = middle;
    }
    return fmin(to, fmax(from, asin(sqrt((low + high) / 2))));
}

/* Gauss and Legendre's 16 points and weights on [-1, 1], the half above 0. */
static const double points[][2] = {
    {0.09501250983763744018, 0.18945061045506849628},
    {0.28160355077925891323, 0.18260341504492358886},
    {0.45801677765722738634, 0.16915651939500253818},
    {0.61787624440264374844, 0.14959598881657673208},
    {0.75540440835500303389, 0.12462897125553387205},
    {0.86563120238783174388, 0.09515851168249278480},
    {0.94457502307323257607, 0.06225352393864789286},
    {0.98940093499164993259, 0.02715245941175409485},
};

static double
panel(const struct ratio *r, double from, double to, double log_top)
{
    double middle = (from + to) / 2, half = (to - from) / 2, sum = 0;
    for (size_t i = 0; i < ARRAY_LEN(points); i++)
        sum += points[i][1] * (exp(log_ratio(r, middle - half * points[i][0]) - log_top) +
                               exp(log_ratio(r, middle + half * points[i][0]) - log_top));
    return sum * half;
}

/* From the top towards `end`, panel by panel, until f is nothing beside its top (40 in the logarithm). */
static double
walk(const struct ratio *r, double top, double end, double width, double log_top)
{
    double sum = 0, step = end < top ? -width : width;
    for (double from = top; from < end || from > end;) {
        bool last = fabs(end - from) <= width;
        double to = last ? end : from + step;
        sum += panel(r, from, to, log_top);
        if (last || log_ratio(r, to) < log_top - 40)
            break;
        from = to;
    }
    return fabs(sum);
}

static double
log_mean(struct counts c, double m, double from, double to)
{
    struct ratio r = {.c = c, .m = m, .a = 1 / m, .b = 1 / (1 - m)};
    double skew = fabs(1 - 2 * m) / (2 * fmin(m, 1 - m));
    double width = 3 / sqrt(1 + c.w + c.l + c.t * fmin(1, skew));
    double top = top_of(&r, from, to), log_top = log_ratio(&r, top);
    double sum = walk(&r, top, from, width, log_top) + walk(&r, top, to, width, log_top);
    return log_top + log(sum / (to - from));
}

double
mixture_log(struct counts c, double m)
{
    return log_mean(c, m, 0, pi / 2);
}

double
mixture_log_above(struct counts c, double m)
{
    return log_mean(c, m, asin(sqrt(m)), pi / 2);
}

double
mixture_log_below(struct counts c, double m)
{
    return log_mean(c, m, 0, asin(sqrt(m)));
}

/* ---- intervals and bounds ---- */

/* Where the evidence reaches `enough`: it is at most 1 at the observed rate and grows towards both ends. False position with
 * the weights of Illinois (Dowell and Jarratt, BIT 11, 1971), which needs a fifth of the steps of bisection; every third
 * step bisects, so that the worst case is no worse than thrice that. */
#define CLOSE 1e-11 /* in the logarithm */
static double
reach(double (*evidence)(struct counts c, double m), struct counts c, double inside, double outside,
      double enough)
{
    double below = -log(enough),
           above = INFINITY; /* of the evidence at both ends, less what is wanted */
    int side = 0;
    for (int i = 0; i < 135 && fabs(outside - inside) > 1e-13; i++) {
        double middle = (inside + outside) / 2;
        if (i % 3 != 2 && isfinite(above))
            middle = inside + (outside - inside) * below / (below - above);
        double more = evidence(c, middle) - log(enough);
        if (fabs(more) < CLOSE)
            return middle;
        if (more < 0) {
            inside = middle;
            below = more;
            above /= side < 0 ? 2 : 1;
            side = -1;
        } else {
            outside = middle;
            above = more;
            below /= side > 0 ? 2 : 1;
            side = 1;
        }
    }
    return inside;
}

static double
observed(struct counts c)
{
    return (c.w + c.t / 2) / (c.w + c.l + c.t);
}

static struct interval
mixture_interval_at(struct counts c, double enough)
{
    struct interval i = {0, 1};
    if (c.w + c.t > 0)
        i.low = reach(mixture_log, c, observed(c), 0, enough);
    if (c.l + c.t > 0)
        i.high = reach(mixture_log, c, observed(c), 1, enough);
    return i;
}

struct interval
mixture_interval(struct counts c)
{
    return mixture_interval_at(c, EVIDENCE_ENOUGH);
}

struct interval
mixture_difference(struct counts a, struct counts b)
{
    struct interval x = mixture_interval_at(a, 2 * EVIDENCE_ENOUGH),
                    y = mixture_interval_at(b, 2 * EVIDENCE_ENOUGH);
    return (struct interval){x.low - y.high, x.high - y.low};
}

double
mixture_lower(struct counts c, double enough)
{
    return c.w + c.t > 0 ? reach(mixture_log_above, c, observed(c), 0, enough) : 0;
}

double
mixture_upper(struct counts c, double enough)
{
    return c.l + c.t > 0 ? reach(mixture_log_below, c, observed(c), 1, enough) : 1;
}
