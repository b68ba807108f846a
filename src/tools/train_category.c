/* The category of a message, from the project's own messages (tests/data/messages): a model of words, and the
 * table that weighs what the lexicons find. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/measure/measure.h"
#include "measure/evidence.h"
#include "fit.h"
#include "measure/linear_model.h"
#include "train.h"

static const char words_notes[] =
    "Which kind of message these words make likely: helps where the lexicons are silent "
    "(src/measure/category.c).\n"
    "Made by `make train` from this project's tests/data/messages (dev, dev2) and, at a quarter of "
    "the "
    "weight, from rows of\n"
    "GoEmotions (monologg/GoEmotions-pytorch, Apache-2.0), EmoT of IndoNLU (IndoNLP/indonlu, "
    "Apache-2.0) and\n"
    "CLINC150 (clinc/oos-eval, CC BY 3.0); no row stands in this file.\n";

static const char mix_notes[] = "# How the evidence of a message (src/measure/evidence.c) is "
                                "weighed: for each feature its weight for greeting, emotional,\n"
                                "# cultural, business_simple, business_complex, general. Made by "
                                "`make train` from tests/data/messages (dev, dev2).\n";

/* "a+b" may be either. Returns how many, and writes them. */
static int
categories_of(const char *label, int out[2])
{
    char first[40];
    size_t n = strcspn(label, "+");
    snprintf(first, sizeof first, "%.*s", (int)n, label);
    out[0] = category_parse(first);
    out[1] = label[n] ? category_parse(label + n + 1) : -1;
    if (out[0] < 0) {
        fprintf(stderr, "train: no category \"%s\"\n", label);
        exit(1);
    }
    return out[1] < 0 ? 1 : 2;
}

/* ---- words ---- */

struct words {
    struct fit *fit;
    unsigned row, every;
};

static void
own_row(void *ctx, const char *text, size_t n, const char *label)
{
    struct words *w = ctx;
    int categories[2];
    int k = categories_of(label, categories);
    for (int i = 0; i < k; i++)
        fit_add(w->fit, text, n, categories[i], 1.0 / k);
}

static bool
has_word(const char *text, size_t n, const char *const *words)
{
    for (; *words; words++) {
        size_t len = strlen(*words);
        for (size_t i = 0; i + len <= n; i++)
            if ((i == 0 || text[i - 1] == ' ') && strncasecmp(text + i, *words, len) == 0 &&
                (i + len == n || text[i + len] == ' ' || text[i + len] == '\''))
                return true;
    }
    return false;
}

/* GoEmotions: what people say of their own feelings. */
static void
emotion_row(void *ctx, const char *text, size_t n, const char *label)
{
    static const char *const self[] = {"i", "my", "me", NULL};
    /* disappointment, embarrassment, fear, grief, joy, nervousness, remorse, sadness */
    static const char *const kinds[] = {"9", "12", "14", "16", "17", "19", "24", "25", NULL};
    struct words *w = ctx;
    for (const char *const *k = kinds; *k; k++)
        if (strcmp(label, *k) == 0 && has_word(text, n, self) && w->row++ % w->every == 0)
            fit_add(w->fit, text, n, CATEGORY_EMOTIONAL, 0.25);
}

static void
tweet_row(void *ctx, const char *text, size_t n, const char *label)
{
    static const char *const self[] = {"aku", "saya", "gue", "gw", "ku", NULL};
    struct words *w = ctx;
    if ((strcmp(label, "sadness") == 0 || strcmp(label, "fear") == 0 ||
         strcmp(label, "happy") == 0) &&
        has_word(text, n, self) && w->row++ % w->every == 0)
        fit_add(w->fit, text, n, CATEGORY_EMOTIONAL, 0.25);
}

/* CLINC150: requests about the wide world, without those about money, tax, visas and work. */
static void
request_row(void *ctx, const char *text, size_t n, const char *label)
{
    static const char *const not_general[] = {
        "visa",    "tax",  "income", "pto",     "pay",  "bill",     "account",
        "balance", "card", "credit", "insur",   "bank", "fraud",    "transfer",
        "w2",      "401k", "direct", "deposit", "rate", "business", NULL};
    struct words *w = ctx;
    if (strcmp(label, "greeting") == 0 || strcmp(label, "goodbye") == 0 ||
        strcmp(label, "thank_you") == 0) {
        fit_add(w->fit, text, n, CATEGORY_GREETING, 0.3);
        return;
    }
    for (const char *const *k = not_general; *k; k++)
        if (strstr(label, *k))
            return;
    if (w->row++ % w->every == 0)
        fit_add(w->fit, text, n, CATEGORY_GENERAL, 0.25);
}

struct linear *
train_category_words(const char *data, const char **notes)
{
    const char *names[CATEGORY_COUNT];
    for (int c = 0; c < CATEGORY_COUNT; c++)
        names[c] = category_name((enum category)c);
    struct fit_options o = {.classes = CATEGORY_COUNT,
                            .names = names,
                            .features = FEATURE_WORD | FEATURE_GRAMS | FEATURE_PAIR,
                            .epochs = 10,
                            .rate = 1,
                            .l2 = 1e-4,
                            .seed = 2};
    struct words w = {.fit = fit_create(&o), .every = 1};
    read_messages(0, own_row, &w);
    w.every = 3;
    read_tsv(data, "affect/train.tsv", 0, 1, emotion_row, &w);
    w.every = 2;
    read_csv(data, "queries/indonlu_emot_train.csv", 1, 0, tweet_row, &w);
    w.every = 8;
    read_clinc(data, "queries/clinc150_train.json", "train", request_row, &w);
    fit_balance(w.fit);
    struct linear *l = fit_run(w.fit);
    fit_destroy(&w.fit);
    *notes = words_notes;
    return l;
}

/* ---- the table ---- */

enum { COPIES = 3, EPOCHS = 60, LAST = 10 };

struct example {
    double feature[MIX_FEATURES], weight;
    int category;
};

struct table {
    const struct measure *m;
    struct rng rng;
    struct example *examples;
    size_t count;
};

static void
put_example(struct table *t, const struct evidence *e, int category, double weight)
{
    t->examples = xgrow(t->examples, t->count, sizeof *t->examples);
    struct example *x = &t->examples[t->count++];
    evidence_features(e, x->feature);
    x->category = category;
    x->weight = weight;
}

/* The lexicons were written with these messages in view, so they fit them better than new ones: now and then a kind
 * of evidence is hidden from the training. */
static bool
forget_some(struct table *t, struct evidence *e, int category)
{
    static const enum message_group groups[] = {MESSAGE_EMOTIONAL, MESSAGE_CULTURAL,
                                                MESSAGE_BUSINESS,  MESSAGE_GENERAL,
                                                MESSAGE_COMPLEX,   MESSAGE_SIMPLE};
    for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
        if (rng_unit(&t->rng) >= 0.3)
            continue;
        double keep = rng_unit(&t->rng) < 0.6 ? 0 : 0.5;
        e->sum[groups[i]] *= keep;
        e->distinct[groups[i]] = (unsigned)(e->distinct[groups[i]] * keep);
    }
    /* Length must not decide the category: the counts are stretched at random, as if the same were said in fewer or
     * more words. */
    double stretch = 0.5 + 1.3 * rng_unit(&t->rng);
    e->words = (uint32_t)(e->words * stretch + 0.5);
    e->clauses = (uint32_t)(e->clauses * stretch + 0.5);
    if (e->sum[MESSAGE_COMPLEX] <= 0)
        e->complex_most = 0;
    bool business = category == CATEGORY_BUSINESS_SIMPLE || category == CATEGORY_BUSINESS_COMPLEX;
    return !business || e->sum[MESSAGE_EMOTIONAL] + e->sum[MESSAGE_CULTURAL] +
                                e->sum[MESSAGE_BUSINESS] + e->sum[MESSAGE_GENERAL] >
                            0;
}

static void
table_row(void *ctx, const char *text, size_t n, const char *label)
{
    struct table *t = ctx;
    int categories[2];
    int k = categories_of(label, categories);
    for (int copy = 0; copy < COPIES; copy++) {
        struct evidence e;
        evidence_gather(&e, t->m, text, n);
        if (copy > 0 && !forget_some(t, &e, categories[0]))
            continue;
        put_example(t, &e, categories[0], (k == 1 ? 1 : 0.7) / COPIES);
        if (k == 2)
            put_example(t, &e, categories[1], 0.3 / COPIES);
    }
}

static void
learn(double w[MIX_FEATURES][CATEGORY_COUNT], const struct example *x, double rate)
{
    double p[CATEGORY_COUNT], most = -1e300, total = 0;
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        p[c] = 0;
        for (int i = 0; i < MIX_FEATURES; i++)
            p[c] += w[i][c] * x->feature[i];
        most = p[c] > most ? p[c] : most;
    }
    for (int c = 0; c < CATEGORY_COUNT; c++)
        total += p[c] = fit_exp(p[c] - most);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        double move = rate * x->weight * (p[c] / total - (c == x->category));
        for (int i = 0; i < MIX_FEATURES; i++)
            w[i][c] -= move * x->feature[i] + (i > 0 ? rate * x->weight * 0.002 * w[i][c] : 0);
    }
}

void
train_category_mix(const char *data, struct buf *out)
{
    (void)data;
    struct err err;
    struct measure *m = measure_create_untrained(&err);
    struct table t = {.m = m, .rng = {5}};
    double w[MIX_FEATURES][CATEGORY_COUNT] = {{0}}, mean[MIX_FEATURES][CATEGORY_COUNT] = {{0}};
    if (!m) {
        fprintf(stderr, "train: %s\n", err.text);
        exit(1);
    }
    read_messages(0, table_row, &t);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = t.count; i > 1; i--) {
            size_t j = rng_below(&t.rng, (uint32_t)i);
            struct example keep = t.examples[i - 1];
            t.examples[i - 1] = t.examples[j];
            t.examples[j] = keep;
        }
        for (size_t i = 0; i < t.count; i++)
            learn(w, &t.examples[i], 0.15 / (1 + epoch * 0.1));
        for (int i = 0; i < MIX_FEATURES && epoch >= EPOCHS - LAST; i++)
            for (int c = 0; c < CATEGORY_COUNT; c++)
                mean[i][c] += w[i][c] / LAST;
    }
    buf_append_str(out, mix_notes);
    for (int i = 0; i < MIX_FEATURES; i++) {
        buf_printf(out, "%-20s", evidence_feature_names[i]);
        for (int c = 0; c < CATEGORY_COUNT; c++)
            buf_printf(out, " %7.3f", mean[i][c]);
        buf_append_char(out, '\n');
    }
    free(t.examples);
    measure_destroy(&m);
}
