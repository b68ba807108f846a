/* The heads of warmth: politeness and affect from public sets, in English; tone, in all three languages, from this
 * project's own triples. */
#include <math.h>
#include <stdlib.h>

#include "fit.h"
#include "measure/linear_model.h"
#include "train.h"

struct source {
    struct fit *fit;
    unsigned row;
    double target;
};

static const char *const polite_class[] = {"polite"}, *const warm_class[] = {"warm"};

static struct source
begin_head(const char *const *names, unsigned features, int epochs, double rate, double l2)
{
    struct fit_options o = {.classes = 1,
                            .names = names,
                            .features = features,
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

/* ---- tone ---- */

static void
take_reply(void *ctx, const char *text, size_t n, const char *label)
{
    struct source *s = ctx;
    (void)label;
    fit_add(s->fit, text, n, s->target, 1);
}

/* ---- the models ---- */

struct linear *
train_politeness(const char *data, const char **notes)
{
    struct source s = begin_head(polite_class, HEAD_POLITENESS_FEATURES, 40, 3, 1e-3);
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
    struct source s = begin_head(warm_class, HEAD_AFFECT_FEATURES, 10, 1, 1e-4);
    read_tsv(data, "affect/train.tsv", 0, 1, take_comment, &s);
    *notes = "Affect of English text, warm against cold. Made by `make train`; no row stands in "
             "this file.\n"
             "From GoEmotions (Demszky et al. 2020; monologg/GoEmotions-pytorch, Apache-2.0).\n";
    return end_head(&s);
}

struct linear *
train_tone(const char *data, const char **notes)
{
    struct source s = begin_head(warm_class, HEAD_TONE_FEATURES, 60, 5, 2e-3);
    (void)data;
    for (int column = 3; column <= 5; column++) {
        s.target = 1 - (column - 3) / 2.0;
        read_tsv("tests/data", "triples/dev.tsv", column, -1, take_reply, &s);
    }
    *notes = "Tone of an answer, warm against cold, in Indonesian, English and Italian. Made by "
             "`make train`\n"
             "from this project's tests/data/triples/dev.tsv.\n";
    return end_head(&s);
}
