#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "measure/linear_model.h"
#include "measure/tokens.h"

struct example {
    size_t first; /* index of its first feature in the pool */
    uint32_t count;
    uint32_t less_count; /* features of the second text of a pair, which follow; 0: no pair */
    float target, weight;
};

struct fit {
    struct fit_options o;
    struct example *examples;
    size_t count;
    uint16_t *pool; /* buckets */
    size_t pool_len;
    uint32_t prev; /* the word before, while an example is read */
};

struct fit *
fit_create(const struct fit_options *o)
{
    struct fit *f = xcalloc(1, sizeof *f);
    f->o = *o;
    if (!f->o.buckets)
        f->o.buckets = LINEAR_BUCKETS;
    return f;
}

void
fit_destroy(struct fit **f)
{
    if (!*f)
        return;
    free((*f)->examples);
    free((*f)->pool);
    free(*f);
    *f = NULL;
}

static void
take_token(void *ctx, const struct token *t)
{
    struct fit *f = ctx;
    if (t->kind != TOKEN_WORD && !f->o.marks)
        return;
    uint32_t hashes[FEATURES_MAX];
    size_t n = feature_token(f->o.features, t, &f->prev, hashes);
    for (size_t i = 0; i < n; i++) {
        f->pool = xgrow(f->pool, f->pool_len, sizeof *f->pool);
        f->pool[f->pool_len++] = (uint16_t)(hashes[i] % f->o.buckets);
    }
}

/* Appends the features of a text to the pool; returns how many. */
static uint32_t
read_text(struct fit *f, const char *text, size_t n)
{
    struct tokens t;
    size_t first = f->pool_len;
    f->prev = 0;
    tokens_init(&t);
    tokens_feed(&t, text, n, take_token, f);
    tokens_end(&t, take_token, f);
    return (uint32_t)(f->pool_len - first);
}

static void
add_example(struct fit *f, struct example e)
{
    f->examples = xgrow(f->examples, f->count, sizeof *f->examples);
    f->examples[f->count++] = e;
}

void
fit_add(struct fit *f, const char *text, size_t n, double target, double weight)
{
    struct example e = {.first = f->pool_len, .target = (float)target, .weight = (float)weight};
    e.count = read_text(f, text, n);
    if (e.count)
        add_example(f, e);
}

void
fit_add_pair(struct fit *f, const char *more, size_t more_len, const char *less, size_t less_len,
             int class, double weight)
{
    struct example e = {.first = f->pool_len, .target = (float)class, .weight = (float)weight};
    e.count = read_text(f, more, more_len);
    e.less_count = read_text(f, less, less_len);
    if (e.count && e.less_count)
        add_example(f, e);
}

static int
class_of(const struct fit *f, const struct example *e)
{
    return f->o.classes == 1 ? e->target > 0.5F : (int)e->target;
}

void
fit_balance(struct fit *f)
{
    double total[LINEAR_CLASSES] = {0};
    int classes = f->o.classes == 1 ? 2 : f->o.classes;
    for (size_t i = 0; i < f->count; i++)
        total[class_of(f, &f->examples[i])] += f->examples[i].weight;
    for (size_t i = 0; i < f->count; i++) {
        struct example *e = &f->examples[i];
        e->weight = (float)(e->weight * (double)f->count / (classes * total[class_of(f, e)]));
    }
}

double
fit_exp(double x)
{
    if (x < -60)
        return 0;
    if (x > 60)
        x = 60;
    double r = x / 1024, term = 1, sum = 1;
    for (int k = 1; k <= 8; k++) {
        term = term * r / k;
        sum += term;
    }
    for (int k = 0; k < 10; k++)
        sum *= sum;
    return sum;
}

/* The error of the model for each class: probability minus truth. */
static void
errors_of(const struct fit *f, const struct example *e, const double *logit, double *out)
{
    int classes = f->o.classes;
    if (classes == 1) {
        out[0] = 1 / (1 + fit_exp(-logit[0])) - e->target;
        return;
    }
    double most = logit[0], total = 0;
    for (int c = 1; c < classes; c++)
        most = logit[c] > most ? logit[c] : most;
    for (int c = 0; c < classes; c++)
        total += out[c] = fit_exp(logit[c] - most);
    for (int c = 0; c < classes; c++)
        out[c] = out[c] / total - (c == (int)e->target);
}

struct run {
    double *w, *u; /* weights; and weights times the step of their change, for the average */
    double bias[LINEAR_CLASSES], bias_u[LINEAR_CLASSES];
    double step;
};

/* Adds `move` to the weight of each feature of a text, and shrinks these weights. */
static void
shift(struct run *r, const uint16_t *bucket, uint32_t count, size_t classes, size_t c, double move,
      double shrink)
{
    for (uint32_t i = 0; i < count; i++) {
        size_t at = (size_t)bucket[i] * classes + c;
        double d = move - shrink * r->w[at];
        r->w[at] += d;
        r->u[at] += d * r->step;
    }
}

static double
rate_of(const struct fit *f, const struct run *r, const struct example *e)
{
    return f->o.rate / sqrt(1 + r->step / (double)f->count) * e->weight;
}

static void
learn_pair(const struct fit *f, struct run *r, const struct example *e)
{
    size_t classes = (size_t)f->o.classes, c = (size_t)e->target;
    const uint16_t *more = f->pool + e->first, *less = more + e->count;
    double x = 1 / sqrt((double)e->count), y = 1 / sqrt((double)e->less_count), a = 0, b = 0;
    for (uint32_t i = 0; i < e->count; i++)
        a += r->w[more[i] * classes + c];
    for (uint32_t i = 0; i < e->less_count; i++)
        b += r->w[less[i] * classes + c];
    double rate = rate_of(f, r, e), move = rate / (1 + fit_exp(a * x - b * y));
    shift(r, more, e->count, classes, c, move * x, rate * f->o.l2);
    shift(r, less, e->less_count, classes, c, -move * y, rate * f->o.l2);
    r->step++;
}

static void
learn(const struct fit *f, struct run *r, const struct example *e)
{
    if (e->less_count) {
        learn_pair(f, r, e);
        return;
    }
    int classes = f->o.classes;
    double logit[LINEAR_CLASSES], error[LINEAR_CLASSES];
    double x = 1 / sqrt((double)e->count);
    const uint16_t *bucket = f->pool + e->first;
    for (int c = 0; c < classes; c++)
        logit[c] = 0;
    for (uint32_t i = 0; i < e->count; i++)
        for (int c = 0; c < classes; c++)
            logit[c] += r->w[(size_t)bucket[i] * (size_t)classes + (size_t)c];
    for (int c = 0; c < classes; c++)
        logit[c] = r->bias[c] + logit[c] * x;
    errors_of(f, e, logit, error);
    double rate = rate_of(f, r, e);
    for (int c = 0; c < classes; c++) {
        double move = -rate * error[c];
        r->bias[c] += 0.1 * move;
        r->bias_u[c] += 0.1 * move * r->step;
        shift(r, bucket, e->count, (size_t)classes, (size_t)c, move * x, rate * f->o.l2);
    }
    r->step++;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Rounds to int8. The few greatest weights are clipped, so that the many small ones keep their differences. */
static void
quantise(const struct run *r, size_t n, struct linear *l)
{
    double *sorted = xmalloc(n * sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = fabs(r->w[i]);
    qsort(sorted, n, sizeof *sorted, by_value);
    double top = sorted[n - 1 - n / 1000];
    free(sorted);
    l->scale = top > 0 ? top / 127 : 1;
    for (size_t i = 0; i < n; i++) {
        double v = floor(r->w[i] / l->scale + 0.5);
        l->weight[i] = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
    }
}

struct linear *
fit_run(struct fit *f)
{
    size_t classes = (size_t)f->o.classes, n = f->o.buckets * classes;
    struct run r = {.w = xcalloc(n, sizeof(double)), .u = xcalloc(n, sizeof(double)), .step = 1};
    size_t *order = xmalloc((f->count + 1) * sizeof *order);
    struct rng rng = {f->o.seed};
    for (size_t i = 0; i < f->count; i++)
        order[i] = i;
    for (int epoch = 0; epoch < f->o.epochs; epoch++) {
        for (size_t i = f->count; i > 1; i--) {
            size_t j = rng_below(&rng, (uint32_t)i), keep = order[i - 1];
            order[i - 1] = order[j];
            order[j] = keep;
        }
        for (size_t i = 0; i < f->count; i++)
            learn(f, &r, &f->examples[order[i]]);
    }
    struct linear *l = xcalloc(1, sizeof *l);
    l->classes = f->o.classes;
    l->features = f->o.features;
    l->buckets = f->o.buckets;
    l->weight = xcalloc(n, 1);
    for (size_t i = 0; i < n; i++)
        r.w[i] -= r.u[i] / r.step;
    for (size_t c = 0; c < classes; c++) {
        l->bias[c] = r.bias[c] - r.bias_u[c] / r.step;
        strncpy(l->names[c], f->o.names[c], sizeof l->names[c] - 1);
    }
    quantise(&r, n, l);
    free(order);
    free(r.w);
    free(r.u);
    return l;
}
