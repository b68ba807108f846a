#include "considerate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "measure_private.h"

const char *const considerate_names[CONSIDERATE_FEATURES] = {
#define X(name, section, category) category,
    WARMTH_SIGNS(X)
#undef X
        [CONSIDERATE_REFUSES] = "refuses",
    [CONSIDERATE_HEAD] = "head",
};

bool
considerate_warms(int feature)
{
    return feature < SIGN_FIRST_COLD || feature == SIGN_QUESTION || feature == SIGN_LIVELY ||
           feature == CONSIDERATE_HEAD;
}

void
considerate_evidence(const struct shown *s, const struct measure *m, enum language language,
                     double out[CONSIDERATE_FEATURES])
{
    double kept = warmth_kept(s), n = s->sentences + 1.0;
    for (int i = 0; i < SIGN_WARMTH_COUNT; i++)
        out[i] = considerate_warms(i)
                     ? (i < SIGN_FIRST_COLD ? warmth_often(s, i) : s->sum[i]) / n * kept
                     : s->sum[i] / (s->new_sentences + 1); /* repeats thin out no cold sign */
    out[CONSIDERATE_REFUSES] = s->refuses && !s->offers;
    out[CONSIDERATE_HEAD] = manner_logit(s, m, language);
    out[CONSIDERATE_HEAD] *= out[CONSIDERATE_HEAD] > 0 ? kept : 1;
}

double
considerate_score(const struct shown *s, const struct measure *m, enum language language,
                  double meant)
{
    double x[CONSIDERATE_FEATURES], z = m->considerate_mix->base;
    considerate_evidence(s, m, language, x);
    for (int i = 0; i < CONSIDERATE_FEATURES; i++)
        z += m->considerate_mix->weight[i] * x[i] *
             (i < SIGN_WARMTH_COUNT && considerate_warms(i) ? meant : 1);
    return 1 / (1 + exp(-z));
}

struct considerate_mix *
considerate_load(const char *name, const char *text, size_t n, struct err *err)
{
    struct considerate_mix *x = xcalloc(1, sizeof *x);
    int line = 0, row = 0;
    for (const char *p = text, *end = text + n, *eol; p < end; p = eol + 1) {
        char copy[80], feature[40];
        double *w = row < CONSIDERATE_FEATURES ? &x->weight[row] : &x->base;
        const char *expected = row < CONSIDERATE_FEATURES ? considerate_names[row] : "base";
        eol = memchr(p, '\n', (size_t)(end - p));
        eol = eol ? eol : end;
        line++;
        if (eol == p || *p == '#')
            continue;
        snprintf(copy, sizeof copy, "%.*s", (int)(eol - p), p);
        if (row > CONSIDERATE_FEATURES || sscanf(copy, "%39s %lf", feature, w) != 2 ||
            strcmp(feature, expected) != 0 || !isfinite(*w)) {
            err_set(err, "%s:%d:1: not the weight of a feature", name, line);
            free(x);
            return NULL;
        }
        row++;
    }
    if (row == CONSIDERATE_FEATURES + 1)
        return x;
    err_set(err, "%s: %d of %d weights", name, row, CONSIDERATE_FEATURES + 1);
    free(x);
    return NULL;
}
