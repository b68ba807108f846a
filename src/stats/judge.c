#include "berdua/stats/judge.h"

#include <math.h>

#include "berdua/stats/asymptotic.h"

/* Sums of x = the judge's vote and y = the human's. */
struct moments {
    double n, x, y, xx, yy, xy;
};

static void
add(struct moments *m, double x, double y)
{
    m->n++;
    m->x += x;
    m->y += y;
    m->xx += x * x;
    m->yy += y * y;
    m->xy += x * y;
}

/* Sample covariance; votes are 0, ½ and 1, so these differences are exact. */
static double
covariance(double n, double ab, double a, double b)
{
    return n > 1 ? (n * ab - a * b) / (n * (n - 1)) : 0;
}

static double
correlation(const struct moments *m)
{
    double xx = covariance(m->n, m->xx, m->x, m->x), yy = covariance(m->n, m->yy, m->y, m->y);
    return xx > 0 && yy > 0 ? covariance(m->n, m->xy, m->x, m->y) / sqrt(xx * yy) : NAN;
}

/* From the random pairs with both votes and those with the judge's alone; out has rho. */
static void
estimate(const struct moments *r, const struct moments *unlabelled, struct judge_fit *out)
{
    struct moments all = {
        .n = r->n + unlabelled->n, .x = r->x + unlabelled->x, .xx = r->xx + unlabelled->xx};
    double rho = out->rho, n = unlabelled->n;
    double spread = covariance(all.n, all.xx, all.x, all.x);
    double xy = covariance(r->n, r->xy, r->x, r->y);
    bool useful = n > 0 && r->n > 2 && !isnan(rho) && rho >= 1 / sqrt(r->n - 2) && spread > 0;
    double lambda = useful ? fmin(1, fmax(0, xy / (spread * (1 + r->n / n)))) : 0;
    out->lambda = lambda;
    out->n_eff = useful ? r->n / (1 - rho * rho * n / all.n) : r->n;
    if (r->n < ASYMPTOTIC_LEAST)
        return;
    double rest = covariance(r->n, r->yy, r->y, r->y) - 2 * lambda * xy +
                  lambda * lambda * covariance(r->n, r->xx, r->x, r->x);
    double variance = rest / r->n;
    out->estimate = (r->y - lambda * r->x) / r->n;
    if (lambda > 0) {
        out->estimate += lambda * unlabelled->x / n;
        variance +=
            lambda * lambda * covariance(n, unlabelled->xx, unlabelled->x, unlabelled->x) / n;
    }
    double half = asymptotic_half(sqrt(variance), (int64_t)r->n);
    out->interval = (struct interval){fmax(0, out->estimate - half), fmin(1, out->estimate + half)};
}

struct judge_fit
judge_fit(const struct judge_sample *samples, size_t n)
{
    struct moments both = {0}, random = {0}, unlabelled = {0};
    for (size_t i = 0; i < n; i++) {
        const struct judge_sample *s = &samples[i];
        if (isnan(s->human)) {
            add(&unlabelled, s->judge, 0);
            continue;
        }
        add(&both, s->judge, s->human);
        if (s->random)
            add(&random, s->judge, s->human);
    }
    struct judge_fit out = {.n = (int64_t)both.n,
                            .rho = correlation(&both),
                            .n_random = (int64_t)random.n,
                            .unlabelled = (int64_t)unlabelled.n,
                            .estimate = NAN,
                            .interval = {NAN, NAN},
                            .calibrated = both.n >= ASYMPTOTIC_LEAST};
    estimate(&random, &unlabelled, &out);
    return out;
}
