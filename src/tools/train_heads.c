/* The heads of warmth that public sets teach, in English: politeness, affect, care. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit.h"
#include "measure/linear_model.h"
#include "train.h"

struct source {
    struct fit *fit;
    unsigned row;
};

static const char *const polite_class[] = {"polite"}, *const warm_class[] = {"warm"},
                         *const caring_class[] = {"caring"};

static struct source
begin_head(const char *const *names, int epochs, double rate, double l2)
{
    struct fit_options o = {.classes = 1,
                            .names = names,
                            .features = HEAD_FEATURES,
                            .marks = true,
                            .epochs = epochs,
                            .rate = rate,
                            .l2 = l2,
                            .seed = 5};
    return (struct source){.fit = fit_create(&o)};
}

static struct linear *
end_head(struct source *s)
{
    struct linear *l = fit_run(s->fit);
    fit_destroy(&s->fit);
    return l;
}

/* ---- politeness ---- */

/* Maps a score of about -2..2 to 0..1 without the C library, so that every machine agrees. */
static double
squash(double x)
{
    return 0.5 + 0.5 * x / (0.5 + fabs(x));
}

/* Each tenth row is kept for eval-measure. */
static void
take_request(void *ctx, const char *text, size_t n, const char *label)
{
    struct source *s = ctx;
    double score = strtod(label, NULL);
    if (s->row++ % 10 != 9)
        fit_add(s->fit, text, n, squash(score), fabs(score) + 0.2);
}

/* ---- affect ---- */

enum { LABELS = 28 };

/* The warmth of each emotion, in the order of labels.txt: 1 warm, -1 cold, 0 neither. */
static const signed char emotion_side[LABELS] = {
    /* admiration amusement anger annoyance approval caring confusion curiosity desire disappointment */
    1, 1, -1, -1, 1, 1, 0, 0, 0, -1,
    /* disapproval disgust embarrassment excitement fear gratitude grief joy love nervousness */
    -1, -1, -1, 1, 0, 1, 0, 1, 1, 0,
    /* optimism pride realization relief remorse sadness surprise neutral */
    1, 1, 0, 1, 0, 0, 0, 0};

static void
take_comment(void *ctx, const char *text, size_t n, const char *label)
{
    struct source *s = ctx;
    int warm = 0, cold = 0;
    while (*label) {
        char *stop;
        unsigned long k = strtoul(label, &stop, 10);
        if (stop == label)
            break;
        if (k < LABELS) {
            warm += emotion_side[k] > 0;
            cold += emotion_side[k] < 0;
        }
        label = stop + (*stop == ',');
    }
    if (warm + cold == 0)
        fit_add(s->fit, text, n, 0.45, 0.15);
    else if (warm == 0 || cold == 0)
        fit_add(s->fit, text, n, warm > 0, 1);
}

/* ---- care ---- */

static void
take_care(void *ctx, const char *text, size_t n, const char *label)
{
    enum { CARING = 5 };
    struct source *s = ctx;
    bool caring = false;
    while (*label) {
        char *stop;
        caring |= strtoul(label, &stop, 10) == CARING;
        if (stop == label)
            break;
        label = stop + (*stop == ',');
    }
    fit_add(s->fit, text, n, caring, 1);
}

/* ---- the models ---- */

struct linear *
train_politeness(const char *data, const char **notes)
{
    struct source s = begin_head(polite_class, 40, 3, 1e-3);
    read_csv(data, "politeness/tydip_en_train.csv", 0, 1, take_request, &s);
    *notes =
        "Politeness of an English request. Made by `make train`; no row stands in this file.\n"
        "From the English part of TyDiP (Srinivasan and Choi 2022; Genius1237/TyDiP, CC BY 4.0),\n"
        "which goes back to the Stanford Politeness Corpus (Danescu-Niculescu-Mizil et al. "
        "2013).\n";
    return end_head(&s);
}

struct linear *
train_affect(const char *data, const char **notes)
{
    struct source s = begin_head(warm_class, 10, 1, 1e-4);
    read_tsv(data, "affect/train.tsv", 0, 1, take_comment, &s);
    *notes = "Affect of English text, warm against cold. Made by `make train`; no row stands in "
             "this file.\n"
             "From GoEmotions (Demszky et al. 2020; monologg/GoEmotions-pytorch, Apache-2.0).\n";
    return end_head(&s);
}

struct linear *
train_care(const char *data, const char **notes)
{
    struct source s = begin_head(caring_class, 10, 1, 1e-4);
    read_tsv(data, "affect/train.tsv", 0, 1, take_care, &s);
    fit_balance(s.fit);
    *notes = "Care for another in English text. Made by `make train`; no row stands in this file.\n"
             "From GoEmotions (Demszky et al. 2020; monologg/GoEmotions-pytorch, Apache-2.0).\n";
    return end_head(&s);
}
