/* How good the scores of answers are: on replies of several hands (eval_replies.c), on public sets, against repeats;
 * and speed. Prints rows of the table of `make eval-measure`. BERDUA_DATA: the folder of public sets, or rows are left
 * out. An argument names a split of tests/data; -v lists what went wrong. */
#include "eval_answers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"

enum { FIELDS = 8, FILE_MAX = 64 << 20 };

static const struct measure *measure;

struct scores
eval_score(const struct measure *m, const char *message, const char *text)
{
    struct scorer *s = scorer_create(m, message, message ? strlen(message) : 0);
    struct scores out;
    scorer_feed(s, text, strlen(text));
    scorer_get(s, &out);
    scorer_destroy(&s);
    return out;
}

static struct scores
score(const char *text)
{
    return eval_score(measure, NULL, text);
}

static void
row(const char *what, double value, const char *bar, size_t n)
{
    printf("%-46s %7.3f  %-8s n=%zu\n", what, value, bar, n);
}

bool
eval_table(const char *path, struct buf *text, void (*sink)(char **field, int n, void *ctx),
           void *ctx)
{
    struct err err;
    buf_init(text, FILE_MAX);
    if (!path_read(path, text, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return false;
    }
    for (char *p = text->p, *eol; *p; p = eol) {
        char *field[FIELDS] = {0};
        int n = 0;
        eol = p + strcspn(p, "\n");
        if (*eol)
            *eol++ = 0;
        if (*p == '#' || !*p)
            continue;
        for (char *q = p; q && n < FIELDS; n++) {
            field[n] = q;
            q = strchr(q, '\t');
            if (q)
                *q++ = 0;
        }
        sink(field, n, ctx);
    }
    buf_finish(text);
    return true;
}

/* ---- ranks ---- */

struct point {
    double score, label;
};
struct points {
    struct point *p;
    size_t n, cap;
};

static void
add_point(struct points *v, double s, double label)
{
    if (v->n == v->cap) {
        v->cap = 2 * v->cap + 256;
        v->p = xreallocarray(v->p, v->cap, sizeof *v->p);
    }
    v->p[v->n++] = (struct point){s, label};
}

static int
by_score(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    return (x->score > y->score) - (x->score < y->score);
}

static int
by_label(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    return (x->label > y->label) - (x->label < y->label);
}

/* Labels above 0 against the others; ties count half. */
static double
auc(struct points *v)
{
    double above = 0, wins = 0, others = 0;
    qsort(v->p, v->n, sizeof *v->p, by_score);
    for (size_t i = 0, j; i < v->n; i = j) {
        double yes = 0, no = 0;
        for (j = i; j < v->n && v->p[j].score == v->p[i].score; j++)
            *(v->p[j].label > 0 ? &yes : &no) += 1;
        wins += yes * (others + no / 2);
        above += yes;
        others += no;
    }
    return wins / (above * others);
}

/* ---- public sets ---- */

static void
take_affect(char **f, int n, void *ctx)
{
    /* labels.txt: what is surely warm, and what is surely hostile */
    enum { CARING = 5 };
    static const char side[28] = {1, 1, -1, -1, 1, 1, 0, 0, 0, -1, -1, -1, -1, 1,
                                  0, 1, 0,  1,  1, 0, 1, 1, 0, 1,  0,  0,  0,  0};
    struct points *v = ctx;
    int warm = 0, cold = 0;
    bool caring = false;
    if (n < 2)
        return;
    for (char *p = f[1]; *p;) {
        long label = strtol(p, &p, 10);
        if (label >= 0 && label < 28) {
            warm += side[label] > 0;
            cold += side[label] < 0;
            caring |= label == CARING;
        }
        p += *p == ',';
    }
    struct scores s = score(f[0]);
    if (!isnan(s.empathic))
        add_point(&v[2], s.empathic, caring);
    if ((warm > 0) == (cold > 0))
        return;
    if (!isnan(s.warmth)) {
        add_point(&v[0], s.affectionate, warm > 0);
        add_point(&v[1], s.warmth, warm > 0);
    }
}

static void
eval_affect(const char *data)
{
    struct points v[3] = {{0}};
    struct buf text;
    char *path = xasprintf("%s/affect/dev.tsv", data);
    if (eval_table(path, &text, take_affect, v)) {
        row("affect, GoEmotions dev: AUC affectionate", auc(&v[0]), ">= .93", v[0].n);
        row("affect, GoEmotions dev: AUC warmth", auc(&v[1]), "", v[1].n);
        row("caring, GoEmotions dev: AUC empathic", auc(&v[2]), "", v[2].n);
    }
    free(path);
    free(v[0].p);
    free(v[1].p);
    free(v[2].p);
}

/* Every tenth row is what `make train` leaves out. */
static void
eval_politeness(const char *data)
{
    struct points all = {0}, v[2] = {{0}};
    struct buf text;
    struct err err;
    char *path = xasprintf("%s/politeness/tydip_en_train.csv", data);
    buf_init(&text, FILE_MAX);
    if (!path_read(path, &text, &err)) {
        fprintf(stderr, "%s\n", err.text);
        free(path);
        return;
    }
    char **lines = NULL;
    size_t n = 0, at = 0;
    for (char *p = text.p, *eol; *p; p = eol) {
        eol = p + strcspn(p, "\n");
        if (*eol)
            *eol++ = 0;
        if (++at == 1 || (at - 2) % 10 != 9)
            continue;
        char *comma = strrchr(p, ',');
        if (!comma)
            continue;
        *comma = 0;
        lines = xreallocarray(lines, n + 1, sizeof *lines);
        lines[n] = p;
        add_point(&all, (double)n++, strtod(comma + 1, NULL));
    }
    qsort(all.p, all.n, sizeof *all.p, by_label);
    for (size_t i = 0; i < all.n; i++) {
        bool low = i < all.n / 4, high = i >= all.n - all.n / 4;
        if (!low && !high)
            continue;
        struct scores s = score(lines[(size_t)all.p[i].score]);
        if (isnan(s.warmth))
            continue;
        add_point(&v[0], s.polite, high);
        add_point(&v[1], s.warmth, high);
    }
    row("politeness, TyDiP quartiles: AUC polite", auc(&v[0]), ">= .88", v[0].n);
    row("politeness, TyDiP quartiles: AUC warmth", auc(&v[1]), "", v[1].n);
    free(v[0].p);
    free(v[1].p);
    free(all.p);
    free(lines);
    free(path);
    buf_finish(&text);
}

/* ---- gaming and speed ---- */

static void
eval_stuffing(void)
{
    static const char neutral[] =
        "The permit is issued within five working days after the payment. The office opens at "
        "eight and the form is on the website.";
    static const char warm[] =
        "Thank you so much for your patience, I completely understand how stressful this is. ";
    struct buf text;
    buf_init(&text, 1 << 16);
    for (int i = 0; i < 30; i++)
        buf_append_str(&text, warm);
    buf_append_str(&text, neutral);
    double low = score(neutral).warmth, high = score(warm).warmth;
    row("stuffing: gap closed by thirty repeats", (score(text.p).warmth - low) / (high - low),
        "< .30", 1);
    buf_finish(&text);
}

static void
eval_speed(const char *source)
{
    struct buf text, lines;
    struct err err;
    char *path = xasprintf("%s/tests/data/triples/dev.tsv", source);
    buf_init(&text, FILE_MAX);
    buf_init(&lines, FILE_MAX);
    if (path_read(path, &lines, &err))
        while (text.len < 1 << 20)
            buf_append(&text, lines.p, lines.len);
    struct scorer *s = scorer_create(measure, NULL, 0);
    struct scores out;
    struct timespec a, b;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    for (size_t i = 0; i < text.len; i += 64)
        scorer_feed(s, text.p + i, text.len - i < 64 ? text.len - i : 64);
    scorer_get(s, &out);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    double us = (double)(b.tv_sec - a.tv_sec) * 1e6 + (double)(b.tv_nsec - a.tv_nsec) / 1e3;
    row("speed: us a byte, language, warmth and culture", us / (double)text.len, "<= .60",
        text.len);
    scorer_destroy(&s);
    buf_finish(&text);
    buf_finish(&lines);
    free(path);
}

int
main(int argc, char **argv)
{
    const char *source = getenv("BERDUA_SRC"), *data = getenv("BERDUA_DATA"), *split = NULL;
    bool verbose = false;
    struct err err;
    struct measure *m = measure_create(NULL, &err);
    if (!m) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "-v") == 0)
            verbose = true;
        else
            split = argv[i];
    measure = m;
    eval_replies(m, source ? source : ".", split, verbose);
    putchar('\n');
    if (data && *data) {
        eval_affect(data);
        eval_politeness(data);
    }
    eval_stuffing();
    eval_speed(source ? source : ".");
    measure_destroy(&m);
    return 0;
}
