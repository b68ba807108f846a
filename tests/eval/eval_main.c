#include "eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/err.h"
#include "berdua/measure/measure.h"

void
eval_row(const char *what, const char *of, double value, size_t n, double bar)
{
    printf("  %-34s %-26s %8.4f %7zu", what, of, value, n);
    if (bar > 0)
        printf("   %.2f %s", bar, value >= bar ? "" : "<--");
    putchar('\n');
}

bool
eval_tsv(const char *path, void (*each)(void *ctx, char **field, int fields), void *ctx)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    if (!f)
        return false;
    while (getline(&line, &cap, f) >= 0) {
        char *field[EVAL_FIELDS] = {0};
        int n = 0;
        line[strcspn(line, "\r\n")] = 0;
        if (!*line || *line == '#')
            continue;
        for (char *p = line; n < EVAL_FIELDS;) {
            field[n++] = p;
            p += strcspn(p, "\t");
            if (!*p)
                break;
            *p++ = 0;
        }
        each(ctx, field, n);
    }
    free(line);
    fclose(f);
    return true;
}

double
eval_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

int
main(int argc, char **argv)
{
    struct eval e = {.split = "test2"};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            e.verbose = true;
        else if (strcmp(argv[i], "--data") == 0 && i + 1 < argc)
            e.data = argv[++i];
        else if (strcmp(argv[i], "--split") == 0 && i + 1 < argc)
            e.split = argv[++i];
    }
    struct err err;
    struct measure *m = measure_create(NULL, &err);
    if (!m) {
        fprintf(stderr, "eval: %s\n", err.text);
        return 1;
    }
    e.m = m;
    printf("rules %s, split %s%s\n  %-34s %-26s %8s %7s   %s\n", measure_rules(m), e.split,
           strncmp(e.split, "dev", 3) == 0 ? " (trained on: flattering)" : "", "what", "of",
           "value", "n", "bar");
    eval_languages(&e);
    eval_messages(&e);
    measure_destroy(&m);
    return 0;
}
