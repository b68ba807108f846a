/* The language of public texts that training does not see: every tenth lingua sentence, the held-back halves, and the
 * sets that may only be used for checks. */
#include "eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/measure/measure.h"

struct tally {
    const struct eval *e;
    size_t right, n, sure;
};

static void
one(struct tally *t, const char *text, size_t n, enum language is)
{
    struct classification c;
    measure_classify(t->e->m, text, n, NULL, -1, &c);
    t->n++;
    t->right += c.language == is;
    t->sure += c.language_confidence >= .9;
    if (t->e->verbose && c.language != is)
        fprintf(stderr, "language %s told %s (%.2f) %.*s\n", language_name(is),
                language_name(c.language), c.language_confidence, (int)n, text);
}

/* How a file's lines hold texts. */
enum shape { TENTHS, CONLL, LINES, CSV, TURNS };

static void
read_file(struct tally *t, const char *name, enum shape shape, enum language is)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", t->e->data, name);
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    if (!f)
        return;
    for (unsigned row = 0; (n = getline(&line, &cap, f)) >= 0; row++) {
        char *text = line;
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            line[--n] = 0;
        if (shape == TENTHS && row % 10 != 9)
            continue;
        if (shape == CONLL) {
            if (strncmp(line, "# text = ", 9) != 0)
                continue;
            text += 9;
        } else if (shape == CSV) {
            text = row ? strchr(line, ',') : NULL;
            if (!text)
                continue;
            char *last = strrchr(++text, ',');
            if (last)
                *last = 0;
        }
        if (*text)
            one(t, text, strlen(text), is);
    }
    free(line);
    fclose(f);
}

static void
finish(struct tally *t, const char *of, double bar)
{
    if (t->n) {
        eval_row("language, accuracy", of, (double)t->right / (double)t->n, t->n, bar);
        eval_row("language, confidence >= .9", of, (double)t->sure / (double)t->n, t->n, 0);
    }
    t->right = t->n = t->sure = 0;
}

static void
one_short(void *ctx, char **f, int fields)
{
    int is = fields > 1 ? language_parse(f[0]) : -1;
    if (is >= 0)
        one(ctx, f[1], strlen(f[1]), (enum language)is);
}

void
eval_languages(const struct eval *e)
{
    struct tally t = {.e = e};
    char own[256];
    snprintf(own, sizeof own, "tests/data/short/%s.tsv", e->split);
    if (eval_tsv(own, one_short, &t))
        finish(&t, "short greetings and commands", .90);
    if (!e->data)
        return;
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        char name[80];
        snprintf(name, sizeof name, "language/lingua_sentences_%s.txt",
                 language_name((enum language)l));
        read_file(&t, name, TENTHS, (enum language)l);
    }
    finish(&t, "sentences", .99);
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        char name[80];
        snprintf(name, sizeof name, "language/xsid_%s.valid.conll",
                 language_name((enum language)l));
        read_file(&t, name, CONLL, (enum language)l);
    }
    finish(&t, "short commands (xSID)", .97);
    read_file(&t, "formality/dev.inf", LINES, LANGUAGE_ID);
    finish(&t, "informal Indonesian (STIF dev)", .97);
    read_file(&t, "language/nusax_id_train.csv", CSV, LANGUAGE_ID);
    finish(&t, "Indonesian reviews (NusaX)", .97);
}
