#include "berdua/stats/style.h"

#include <math.h>
#include <string.h>

#include "berdua/stats/asymptotic.h"

enum { SIZE = STYLE_FEATURES + 1 }; /* b0, then the coefficients */
enum { PART = 8192 };

double
style_difference(double llama, double claude)
{
    double sum = llama + claude;
    return sum > 0 ? (llama - claude) / sum : 0;
}

static double
logistic(double z)
{
    return 1 / (1 + exp(-z));
}

static void
row_of(const struct style_sample *s, double row[SIZE])
{
    row[0] = 1;
    memcpy(row + 1, s->x, sizeof s->x);
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

/* One exponential a sample, and a logarithm only when the product would leave its range. */
static void
add_samples(struct slope *s, const struct style_sample *samples, size_t n, const double b[SIZE])
{
    double row[SIZE], product = 1;
    for (size_t k = 0; k < n; k++) {
        row_of(&samples[k], row);
        double z = score(row, b), sign = samples[k].llama_won ? -z : z;
        double small = exp(-fabs(z)), p = z < 0 ? small / (1 + small) : 1 / (1 + small);
        double rest = samples[k].llama_won - p, bend = p * (1 - p), square = rest * rest;
        s->value -= fmax(sign, 0);
        product *= 1 + small;
        if (product > 1e200) {
            s->value -= log(product);
            product = 1;
        }
        for (int i = 0; i < SIZE; i++) {
            s->gradient[i] += rest * row[i];
            for (int j = 0; j <= i; j++) {
                s->hessian[i][j] += bend * row[i] * row[j];
                s->squares[i][j] += square * row[i] * row[j];
            }
        }
    }
    s->value -= log(product);
}

static struct slope
slope_at(const struct style_sample *samples, size_t n, const double b[SIZE])
{
    struct slope s = {0};
    add_samples(&s, samples, n, b);
    for (int i = 0; i < SIZE; i++)
        for (int j = 0; j < i; j++) {
            s.hessian[j][i] = s.hessian[i][j];
            s.squares[j][i] = s.squares[i][j];
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
    if (n > 16 * PART)
        maximise(samples, PART, b);
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
