/* The heads of warmth: politeness and affect from public sets, in English; considerate, in all three languages, from
 * the triples in tests/data. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/chat/terms.h"

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

/* ---- considerate ---- */

/* A triple's warm, neutral and cold reply, from its three neighbouring fields: each of the three pairs teaches, so that
 * facts and register, which the three share, teach nothing. */
static void
take_triple(void *ctx, const char *text, size_t n, const char *label)
{
    struct fit *f = ctx;
    const char *reply[3];
    size_t len[3];
    int language = language_parse(label);
    (void)n;
    for (int i = 0; i < 3; i++) {
        reply[i] = text;
        len[i] = strcspn(text, "\t\n");
        text += len[i] + (text[len[i]] == '\t');
    }
    if (language < 0)
        return;
    for (int a = 0; a < 3; a++)
        for (int b = a + 1; b < 3; b++)
            fit_add_pair(f, reply[a], len[a], reply[b], len[b], language, 1);
}

const char *const considerate_hands[] = {"dev", "c", "d", "f", "g", "h", NULL};

struct linear *
fit_considerate(const char *without)
{
    static const char *const names[LANGUAGE_COUNT] = {"id", "en", "it"};
    struct fit_options o = {.classes = LANGUAGE_COUNT,
                            .names = names,
                            .features = HEAD_FEATURES,
                            .buckets = 1 << 15,
                            .epochs = 20,
                            .rate = 2,
                            .l2 = 1e-3,
                            .seed = 5};
    struct fit *f = fit_create(&o);
    for (int i = 0; considerate_hands[i]; i++) {
        char file[32];
        if (without && strcmp(without, considerate_hands[i]) == 0)
            continue;
        snprintf(file, sizeof file, "triples/%s.tsv", considerate_hands[i]);
        read_tsv("tests/data", file, 3, 0, take_triple, f);
    }
    struct linear *l = fit_run(f);
    fit_destroy(&f);
    return l;
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

struct linear *
train_considerate(const char *data, const char **notes)
{
    (void)data;
    *notes =
        "How considerate an answer is, warm against cold, in Indonesian, English and Italian. Made "
        "by "
        "`make\n"
        "train` from the triples in tests/data: dev.tsv and those of the hands C, D, F, G and H.\n";
    return fit_considerate(NULL);
}
