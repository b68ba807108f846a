/* Build tool: trains the two heads of warmth, politeness and affect, from public data (see the notes it writes).
 * The same data give the same file, bit for bit: the order is fixed and so is every sum.
 * usage: train_heads politeness TYDIP.csv > politeness.txt
 *        train_heads affect GOEMOTIONS.tsv > affect.txt */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "measure/head.h"
#include "measure/linear.h"
#include "measure/tokens.h"

enum { EXAMPLE_FEATURES = 4096, FILE_MAX = 64 << 20, LABELS = 28 };

struct example {
    uint32_t *feature;
    uint32_t n;
    double target; /* 0..1 */
    double weight;
};
struct set {
    struct example *e;
    size_t n, cap;
};

static void
add_example(struct set *s, const char *text, size_t len, unsigned features, double target,
            double weight)
{
    static uint32_t found[EXAMPLE_FEATURES];
    size_t n = head_features(features, text, len, found, EXAMPLE_FEATURES);
    if (n == 0)
        return;
    if (s->n == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 1024;
        s->e = xreallocarray(s->e, s->cap, sizeof *s->e);
    }
    struct example *e = &s->e[s->n++];
    e->feature = xreallocarray(NULL, n, sizeof *e->feature);
    for (size_t i = 0; i < n; i++)
        e->feature[i] = found[i] % LINEAR_BUCKETS;
    e->n = (uint32_t)n;
    e->target = target;
    e->weight = weight;
}

/* ---- the sources ---- */

/* One CSV field from *p; quotes removed. */
static size_t
csv_field(const char **p, const char *end, char *out, size_t cap)
{
    size_t n = 0;
    bool quoted = *p < end && **p == '"';
    if (quoted)
        ++*p;
    while (*p < end) {
        if (quoted && **p == '"') {
            if (*p + 1 < end && (*p)[1] == '"')
                ++*p;
            else {
                quoted = false;
                ++*p;
                continue;
            }
        } else if (!quoted && (**p == ',' || **p == '\n')) {
            break;
        }
        if (n + 1 < cap)
            out[n++] = **p;
        ++*p;
    }
    out[n] = 0;
    return n;
}

static void
read_politeness(struct set *s, const char *p, const char *end, unsigned features)
{
    static char text[1 << 16], number[64];
    bool head = true;
    while (p < end) {
        size_t n = csv_field(&p, end, text, sizeof text);
        p += p < end && *p == ',';
        csv_field(&p, end, number, sizeof number);
        p += p < end && *p == '\n';
        if (!head && n > 0) {
            double score = strtod(number, NULL);
            add_example(s, text, n, features, 1 / (1 + exp(-2.5 * score)), fabs(score) + 0.2);
        }
        head = false;
    }
}

/* What an emotion says of the warmth of the one who writes: 1 warm, -1 cold, 0 neither, in the order of labels.txt. */
static const signed char emotion_side[LABELS] = {
    /* admiration amusement anger annoyance approval caring confusion curiosity desire disappointment */
    1, 1, -1, -1, 1, 1, 0, 0, 0, -1,
    /* disapproval disgust embarrassment excitement fear gratitude grief joy love nervousness */
    -1, -1, -1, 1, 0, 1, 0, 1, 1, 0,
    /* optimism pride realization relief remorse sadness surprise neutral */
    1, 1, 0, 1, 0, 0, 0, 0};

static void
read_affect(struct set *s, const char *p, const char *end, unsigned features)
{
    while (p < end) {
        const char *eol = memchr(p, '\n', (size_t)(end - p));
        eol = eol ? eol : end;
        const char *tab = memchr(p, '\t', (size_t)(eol - p));
        int warm = 0, cold = 0;
        for (const char *q = tab ? tab : eol; q < eol && (q == tab || *q == ',');) {
            char *stop;
            unsigned long label = strtoul(q + 1, &stop, 10);
            if (label < LABELS) {
                warm += emotion_side[label] > 0;
                cold += emotion_side[label] < 0;
            }
            q = stop;
        }
        if (tab && warm + cold == 0)
            add_example(s, p, (size_t)(tab - p), features, 0.45, 0.15);
        else if (tab && (warm == 0 || cold == 0))
            add_example(s, p, (size_t)(tab - p), features, warm ? 1 : 0, 1);
        p = eol < end ? eol + 1 : eol;
    }
}

/* ---- training ---- */

static double
margin(const double *w, const struct example *e)
{
    double sum = 0;
    for (uint32_t i = 0; i < e->n; i++)
        sum += w[e->feature[i]];
    return sum / sqrt(e->n);
}

static void
shuffle(size_t *order, size_t n, uint64_t *seed)
{
    for (size_t i = n; i > 1; i--) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        size_t j = (size_t)((*seed >> 33) % i), keep = order[i - 1];
        order[i - 1] = order[j];
        order[j] = keep;
    }
}

static void
train(const struct set *s, int epochs, double rate, double decay, double *w, double *bias)
{
    double *seen = xcalloc(LINEAR_BUCKETS, sizeof *seen), bias_seen = 1;
    size_t *order = xreallocarray(NULL, s->n, sizeof *order);
    uint64_t seed = 20261124;
    for (size_t i = 0; i < s->n; i++)
        order[i] = i;
    *bias = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
        shuffle(order, s->n, &seed);
        for (size_t k = 0; k < s->n; k++) {
            const struct example *e = &s->e[order[k]];
            double p = 1 / (1 + exp(-(*bias + margin(w, e)))), norm = 1 / sqrt(e->n);
            double g = (p - e->target) * e->weight;
            bias_seen += g * g;
            *bias -= rate * g / sqrt(bias_seen);
            for (uint32_t i = 0; i < e->n; i++) {
                uint32_t f = e->feature[i];
                double d = g * norm + decay * w[f];
                seen[f] += d * d;
                w[f] -= rate * d / (1e-3 + sqrt(seen[f]));
            }
        }
    }
    free(order);
    free(seen);
}

static void
print_model(const double *w, double bias, unsigned features, const char *const names[2],
            const char *notes)
{
    double most = 0;
    for (size_t i = 0; i < LINEAR_BUCKETS; i++)
        most = fabs(w[i]) > most ? fabs(w[i]) : most;
    struct linear l = {.classes = 1, .features = features, .bias = {bias}, .scale = most / 127};
    snprintf(l.names[0], sizeof l.names[0], "%s", names[0]);
    l.weight = xcalloc(LINEAR_BUCKETS, 1);
    for (size_t i = 0; i < LINEAR_BUCKETS; i++)
        l.weight[i] = (int8_t)lrint(w[i] / l.scale);
    struct buf out;
    buf_init(&out, FILE_MAX);
    linear_print(&l, notes, &out);
    fwrite(out.p, 1, out.len, stdout);
    buf_finish(&out);
    free(l.weight);
}

int
main(int argc, char **argv)
{
    bool affect = argc == 3 && strcmp(argv[1], "affect") == 0;
    if (argc != 3 || (!affect && strcmp(argv[1], "politeness") != 0)) {
        fputs("usage: train_heads politeness|affect FILE\n", stderr);
        return 2;
    }
    struct err err = {0};
    struct buf text;
    buf_init(&text, FILE_MAX);
    if (!path_read(argv[2], &text, &err)) {
        fprintf(stderr, "train_heads: %s\n", err.text);
        return 1;
    }
    struct set s = {0};
    unsigned features = affect ? HEAD_AFFECT_FEATURES : HEAD_POLITENESS_FEATURES;
    (affect ? read_affect : read_politeness)(&s, text.p, text.p + text.len, features);
    double *w = xcalloc(LINEAR_BUCKETS, sizeof *w), bias;
    const char *knob = getenv("KNOB");
    double rate = affect ? 0.1 : 0.1, decay = affect ? 1e-5 : 1e-4;
    int epochs = affect ? 6 : 15;
    if (knob)
        sscanf(knob, "%d,%lf,%lf", &epochs, &rate, &decay);
    train(&s, epochs, rate, decay, w, &bias);
    if (affect)
        print_model(w, bias, features, (const char *const[2]){"warm", "cold"},
                    "Affect of an English sentence: warm against cold. Made by `make train`; do not edit.\n"
                    "Trained on GoEmotions (Demszky et al., 2020; Google, Apache-2.0), in the form of\n"
                    "monologg/GoEmotions-pytorch b75f9d3 (Apache-2.0).\n");
    else
        print_model(w, bias, features, (const char *const[2]){"polite", "rude"},
                    "Politeness of an English request. Made by `make train`; do not edit.\n"
                    "Trained on TyDiP (Srinivasan and Choi, 2022; CC BY 4.0, code MIT), its English part, which\n"
                    "comes from the Stanford Politeness Corpus (Danescu-Niculescu-Mizil et al., 2013),\n"
                    "Genius1237/TyDiP dfc6306.\n");
    for (size_t i = 0; i < s.n; i++)
        free(s.e[i].feature);
    free(s.e);
    free(w);
    buf_finish(&text);
    return 0;
}
