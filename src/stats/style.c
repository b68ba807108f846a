#include "berdua/stats/style.h"

#include <math.h>
#include <string.h>

#include "berdua/stats/asymptotic.h"

enum { SIZE = STYLE_FEATURES + 1 }; /* b0, then the coefficients */
enum { PART = 4096 };

float
style_difference(double llama, double claude)
{
    double sum = llama + claude;
    return sum > 0 ? (float)((llama - claude) / sum) : 0;
}

static double
logistic(double z)
{
    return 1 / (1 + exp(-z));
}

static double
score(const double row[SIZE], const double b[SIZE])
{
    double z = 0;
    for (int i = 0; i < SIZE; i++)
        z += row[i] * b[i];
    return z;
}

/* The inverse of a symmetric positive definite matrix, by Gauss and Jordan; such a one needs no pivots. */
static void
invert(double m[SIZE][SIZE], double inverse[SIZE][SIZE])
{
    for (int i = 0; i < SIZE; i++)
        for (int j = 0; j < SIZE; j++)
            inverse[i][j] = i == j;
    for (int p = 0; p < SIZE; p++) {
        double pivot = m[p][p];
        for (int j = 0; j < SIZE; j++) {
            m[p][j] /= pivot;
            inverse[p][j] /= pivot;
        }
        for (int i = 0; i < SIZE; i++) {
            double times = i == p ? 0 : m[i][p];
            for (int j = 0; j < SIZE; j++) {
                m[i][j] -= times * m[p][j];
                inverse[i][j] -= times * inverse[p][j];
            }
        }
    }
}

/* Of the penalised log-likelihood at b: its value, its gradient, minus its second derivative, and the sum of the squared
 * gradients of the samples. The intercept is not penalised. */
struct slope {
    double value, gradient[SIZE], hessian[SIZE][SIZE], squares[SIZE][SIZE];
};

/* So many samples are taken at once, each into sums of its own, which a compiler makes one instruction of. */
enum { LANES = 4 };
struct lanes {
    double gradient[SIZE][LANES], hessian[SIZE][SIZE][LANES], squares[SIZE][SIZE][LANES];
};

static void
add_lanes(struct lanes *to, const double x[SIZE][LANES], const double rest[LANES],
          const double bend[LANES])
{
    for (int i = 0; i < SIZE; i++) {
        double bent[LANES], squared[LANES];
        for (int k = 0; k < LANES; k++) {
            double pull = rest[k] * x[i][k];
            to->gradient[i][k] += pull;
            squared[k] = rest[k] * pull;
            bent[k] = bend[k] * x[i][k];
        }
        for (int j = 0; j <= i; j++)
            for (int k = 0; k < LANES; k++) {
                to->hessian[i][j][k] += bent[k] * x[j][k];
                to->squares[i][j][k] += squared[k] * x[j][k];
            }
    }
}

/* One exponential a sample, and a logarithm only when the product would leave its range. What is missing of the last lanes
 * pulls nowhere. */
static double
add_samples(struct lanes *to, const struct style_sample *samples, size_t n, const double b[SIZE])
{
    double value = 0, product = 1;
    for (size_t at = 0; at < n; at += LANES) {
        double x[SIZE][LANES] = {{0}}, rest[LANES] = {0}, bend[LANES] = {0};
        for (int k = 0; k < LANES && at + (size_t)k < n; k++) {
            const struct style_sample *s = &samples[at + (size_t)k];
            double z = b[0];
            x[0][k] = 1;
            for (int i = 1; i < SIZE; i++) {
                x[i][k] = (double)s->x[i - 1];
                z += b[i] * x[i][k];
            }
            double small = exp(-fabs(z)), p = z < 0 ? small / (1 + small) : 1 / (1 + small);
            rest[k] = s->llama_won - p;
            bend[k] = p * (1 - p);
            value -= fmax(s->llama_won ? -z : z, 0);
            product *= 1 + small;
        }
        add_lanes(to, (const double(*)[LANES])x, rest, bend);
        if (product > 1e200) {
            value -= log(product);
            product = 1;
        }
    }
    return value - log(product);
}

static double
sum_lanes(const double v[LANES])
{
    double sum = 0;
    for (int k = 0; k < LANES; k++)
        sum += v[k];
    return sum;
}

static struct slope
slope_at(const struct style_sample *samples, size_t n, const double b[SIZE])
{
    struct lanes lanes = {{{0}}};
    struct slope s = {.value = add_samples(&lanes, samples, n, b)};
    for (int i = 0; i < SIZE; i++) {
        s.gradient[i] = sum_lanes(lanes.gradient[i]);
        for (int j = 0; j <= i; j++) {
            s.hessian[i][j] = s.hessian[j][i] = sum_lanes(lanes.hessian[i][j]);
            s.squares[i][j] = s.squares[j][i] = sum_lanes(lanes.squares[i][j]);
        }
    }
    for (int i = 1; i < SIZE; i++) {
        s.value -= b[i] * b[i] / 2;
        s.gradient[i] -= b[i];
        s.hessian[i][i] += 1;
    }
    /* Keeps the matrix invertible when every sample is won, and changes nothing else that could be seen. */
    s.hessian[0][0] += 1e-9;
    return s;
}

/* Newton's steps from b, halved until they lead up; the slope where they end. */
static struct slope
maximise(const struct style_sample *samples, size_t n, double b[SIZE])
{
    struct slope now = slope_at(samples, n, b);
    for (int round = 0; round < 50; round++) {
        double inverse[SIZE][SIZE], step[SIZE], length = 0;
        struct slope bent = now;
        invert(bent.hessian, inverse);
        for (int i = 0; i < SIZE; i++) {
            step[i] = score(inverse[i], now.gradient);
            length += fabs(step[i]);
        }
        if (length < 1e-9)
            break;
        struct slope next = now;
        double to[SIZE];
        for (double part = 1; part > 1e-6; part /= 2) {
            for (int i = 0; i < SIZE; i++)
                to[i] = b[i] + part * step[i];
            next = slope_at(samples, n, to);
            if (next.value >= now.value)
                break;
        }
        if (next.value < now.value)
            break;
        memcpy(b, to, sizeof to);
        now = next;
    }
    return now;
}

/* H⁻¹ (Σ gradients²) H⁻¹, of the intercept. */
static double
intercept_variance(struct slope *s)
{
    double inverse[SIZE][SIZE], variance = 0;
    invert(s->hessian, inverse);
    for (int i = 0; i < SIZE; i++)
        for (int j = 0; j < SIZE; j++)
            variance += inverse[0][i] * s->squares[i][j] * inverse[j][0];
    return variance;
}

bool
style_fit(const struct style_sample *samples, size_t n, struct style_fit *out)
{
    double b[SIZE] = {0}, won = 0;
    if (n < ASYMPTOTIC_LEAST)
        return false;
    for (size_t k = 0; k < n; k++)
        won += samples[k].llama_won;
    /* Of many a part says nearly where they lead, unless one side won nearly all of it: from there no step leads back. */
    for (size_t part = PART; part < n / 4 && fabs(b[0]) <= 4; part *= 16)
        maximise(samples, part, b);
    if (fabs(b[0]) > 4)
        memset(b, 0, sizeof b);
    struct slope end = maximise(samples, n, b);
    double half = asymptotic_half(sqrt(intercept_variance(&end)), (int64_t)n);
    *out = (struct style_fit){.n = (int64_t)n,
                              .raw = won / (double)n,
                              .adjusted = logistic(b[0]),
                              .interval = {logistic(b[0] - half), logistic(b[0] + half)}};
    memcpy(out->coefficients, b + 1, sizeof out->coefficients);
    return true;
}
