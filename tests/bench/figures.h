/* Samples and the table they end in. Thread: main. */
#ifndef TESTS_BENCH_FIGURES_H
#define TESTS_BENCH_FIGURES_H

#include <stddef.h>

enum figure {
    FIG_START,
    FIG_RSS,
    FIG_IDLE_CPU,
    FIG_IDLE_WAKES,
    FIG_KEY,
    FIG_REQUEST,
    FIG_FIRST,
    FIG_TOKEN,
    FIG_RATE_CPU,
    FIG_RATE_BYTES,
    FIG_RATE_WAKES,
    FIG_KEY_BUSY,
    FIG_FAST_WALL,
    FIG_FAST_CPU,
    FIG_FAST_RSS,
    FIGURE_COUNT
};

struct samples {
    double *v;
    size_t n, capacity;
};

/* One program's column. */
struct column {
    const char *title;
    struct samples figures[FIGURE_COUNT];
};

void figure_add(struct column *c, enum figure f, double v);
void column_finish(struct column *c);
/* The first column is measured against the bars, and divided by each of the others. */
void figures_print(const struct column *columns, size_t n);

#endif
