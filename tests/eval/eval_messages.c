/* The category of messages, and its speed. */
#include "eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/measure/measure.h"

struct tally {
    const struct eval *e;
    size_t confusion[LANGUAGE_COUNT][CATEGORY_COUNT][CATEGORY_COUNT]; /* true, told */
    size_t right[4], n[4]; /* plain, mixed, follow-up, trap */
    size_t inherited;
    size_t alone, alone_n; /* plain ones with a message before them: not taken for follow-ups */
    size_t language_right, language_n;
    char *all; /* every text, for the clock */
    size_t all_len, all_cap;
};

static const char *const kinds[] = {"plain", "mixed", "followup", "trap"};

/* "a+b": is c one of them? */
static bool
is_one_of(const char *wanted, enum category c)
{
    size_t n = strcspn(wanted, "+");
    const char *name = category_name(c);
    if (strlen(name) == n && memcmp(name, wanted, n) == 0)
        return true;
    return wanted[n] == '+' && strcmp(name, wanted + n + 1) == 0;
}

static void
one_message(void *ctx, char **f, int fields)
{
    struct tally *t = ctx;
    int language = fields > 3 ? language_parse(f[1]) : -1;
    int kind = -1;
    for (int k = 0; k < 4; k++)
        if (fields > 3 && strcmp(f[2], kinds[k]) == 0)
            kind = k;
    if (language < 0 || kind < 0) {
        fprintf(stderr, "eval: a line without language or kind: %s\n", f[0]);
        return;
    }
    struct classification c;
    measure_classify(t->e->m, f[3], strlen(f[3]), fields > 4 ? f[4] : NULL, -1, &c);
    bool right = is_one_of(f[0], c.category);
    t->n[kind]++;
    t->right[kind] += right;
    t->inherited += kind == 2 && c.inherited;
    t->alone_n += kind == 0 && fields > 4 && *f[4];
    t->alone += kind == 0 && fields > 4 && *f[4] && !c.inherited;
    t->language_n += kind != 2;
    t->language_right += kind != 2 && (int)c.language == language;
    if (kind == 0)
        t->confusion[language][category_parse(f[0])][c.category]++;
    if (t->e->verbose && (!right || (kind == 0 && c.inherited)))
        fprintf(stderr, "%-8s %-16s told %-16s%s %s | %s\n", kinds[kind], f[0],
                category_name(c.category), c.inherited ? "<" : " ", f[3], fields > 4 ? f[4] : "");
    if (t->e->verbose && kind != 2 && (int)c.language != language)
        fprintf(stderr, "language %s told %s (%.2f) %s\n", f[1], language_name(c.language),
                c.language_confidence, f[3]);
    size_t n = strlen(f[3]);
    if (t->all_len + n + 1 > t->all_cap) {
        t->all_cap = 2 * t->all_cap + n + 4096;
        t->all = realloc(t->all, t->all_cap);
        if (!t->all)
            abort();
    }
    memcpy(t->all + t->all_len, f[3], n);
    t->all_len += n;
    t->all[t->all_len++] = '\n';
}

static void
print_language(const struct tally *t, int l)
{
    double f1_sum = 0;
    size_t right = 0, n = 0;
    char name[32];
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        size_t hit = t->confusion[l][c][c], is = 0, told = 0;
        for (int k = 0; k < CATEGORY_COUNT; k++) {
            is += t->confusion[l][c][k];
            told += t->confusion[l][k][c];
        }
        right += hit;
        n += is;
        f1_sum += is + told ? 2.0 * (double)hit / (double)(is + told) : 0;
    }
    snprintf(name, sizeof name, "messages, %s", language_name((enum language)l));
    eval_row("category, accuracy", name, n ? (double)right / (double)n : 0, n, 0);
    eval_row("category, macro-F1", name, f1_sum / CATEGORY_COUNT, n, .85);
}

static void
print_confusion(const struct tally *t)
{
    fprintf(stderr, "%-18s", "is \\ told");
    for (int c = 0; c < CATEGORY_COUNT; c++)
        fprintf(stderr, "%9.8s", category_name((enum category)c));
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        fprintf(stderr, "\n%-18s", category_name((enum category)c));
        for (int k = 0; k < CATEGORY_COUNT; k++) {
            size_t n = 0;
            for (int l = 0; l < LANGUAGE_COUNT; l++)
                n += t->confusion[l][c][k];
            fprintf(stderr, "%9zu", n);
        }
    }
    fputc('\n', stderr);
}

static void
print_speed(const struct tally *t)
{
    struct classification c;
    double start = eval_seconds();
    int rounds = 0;
    do {
        measure_classify(t->e->m, t->all, t->all_len, NULL, -1, &c);
        rounds++;
    } while (eval_seconds() - start < 0.3);
    double us = (eval_seconds() - start) * 1e6 / rounds / (double)t->all_len;
    eval_row("classify, microseconds a byte", "all messages as one text", us, t->all_len, 0);
}

void
eval_messages(const struct eval *e)
{
    struct tally t = {.e = e};
    char path[256];
    snprintf(path, sizeof path, "tests/data/messages/%s.tsv", e->split);
    if (!eval_tsv(path, one_message, &t)) {
        fprintf(stderr, "eval: there is no %s\n", path);
        return;
    }
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        print_language(&t, l);
    static const double bars[] = {0, .85, .95, .90};
    static const char *const names[] = {"category, accuracy", "category, one of its two",
                                        "category, inherited", "category, right"};
    for (int k = 1; k < 4; k++)
        eval_row(names[k],
                 k == 1   ? "mixed messages"
                 : k == 2 ? "follow-ups"
                          : "traps",
                 t.n[k] ? (double)t.right[k] / (double)t.n[k] : 0, t.n[k], bars[k]);
    eval_row("told to be one", "follow-ups", t.n[2] ? (double)t.inherited / (double)t.n[2] : 0,
             t.n[2], 0);
    if (t.alone_n)
        eval_row("not told to be one", "plain with one before", (double)t.alone / (double)t.alone_n,
                 t.alone_n, 0);
    eval_row("language, accuracy", "messages", (double)t.language_right / (double)t.language_n,
             t.language_n, .97);
    if (e->verbose)
        print_confusion(&t);
    print_speed(&t);
    free(t.all);
}
