#include "figures.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

struct row {
    const char *label;
    double bar, bar_p95; /* 0: none */
    bool p95;
};

static const struct row rows[FIGURE_COUNT] = {
    [FIG_START] = {"exec to prompt painted, ms", 15, 0, false},
    [FIG_RSS] = {"RSS idle, MB", 14, 0, false},
    [FIG_IDLE_CPU] = {"idle: CPU, % of a core", 0, 0, false},
    [FIG_IDLE_WAKES] = {"idle: wake-ups in 2 s", 0, 0, false},
    [FIG_KEY] = {"key echo idle, ms", .35, .6, true},
    [FIG_REQUEST] = {"Enter to request at the server, ms", .8, 2, true},
    [FIG_FIRST] = {"first token written to painted, ms", .6, 1, true},
    [FIG_TOKEN] = {"2 x 100 tok/s: token to painted, ms", .5, 5, true},
    [FIG_RATE_CPU] = {"the same: CPU, % of a core", 3, 0, false},
    [FIG_RATE_BYTES] = {"the same: bytes to the terminal per token", 30, 0, false},
    [FIG_RATE_WAKES] = {"the same: wake-ups per token", 0, 0, false},
    [FIG_KEY_BUSY] = {"the same: key echo, ms", .35, .8, true},
    [FIG_FAST_WALL] = {"2 x 20,000 tokens at full speed, s", .2, 0, false},
    [FIG_FAST_CPU] = {"the same: CPU, s", .2, 0, false},
    [FIG_FAST_RSS] = {"the same: RSS after, MB", 20, 0, false},
};

void
figure_add(struct column *c, enum figure f, double v)
{
    struct samples *s = &c->figures[f];
    if (s->n == s->capacity) {
        s->capacity = s->capacity ? 2 * s->capacity : 64;
        s->v = xreallocarray(s->v, s->capacity, sizeof *s->v);
    }
    s->v[s->n++] = v;
}

void
column_finish(struct column *c)
{
    for (int f = 0; f < FIGURE_COUNT; f++)
        free(c->figures[f].v);
    *c = (struct column){0};
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Negative: no samples. */
static double
quantile(const struct samples *s, double q)
{
    if (s->n == 0)
        return -1;
    qsort(s->v, s->n, sizeof *s->v, compare);
    return s->v[(size_t)((double)(s->n - 1) * q + .5)];
}

static void
put(char *out, size_t size, double v)
{
    if (v < 0)
        snprintf(out, size, "-");
    else
        snprintf(out, size, v >= 100 ? "%.0f" : v >= 10 ? "%.1f" : "%.2f", v);
}

static void
cell(char *out, size_t size, const struct row *r, const struct samples *s)
{
    char median[16], p95[16];
    put(median, sizeof median, quantile(s, .5));
    put(p95, sizeof p95, quantile(s, .95));
    if (r->p95 && s->n)
        snprintf(out, size, "%s / %s", median, p95);
    else
        snprintf(out, size, "%s", median);
}

static void
bar_cell(char *out, size_t size, const struct row *r)
{
    if (r->bar_p95 > 0)
        snprintf(out, size, "%.2f / %.1f", r->bar, r->bar_p95);
    else if (r->bar > 0)
        snprintf(out, size, "%.3g", r->bar);
    else
        snprintf(out, size, "%s", r == &rows[FIG_IDLE_WAKES] ? "0" : "");
}

static bool
over(const struct row *r, const struct samples *s)
{
    bool bound = r->bar > 0 || r == &rows[FIG_IDLE_WAKES];
    return s->n && ((bound && quantile(s, .5) > r->bar) ||
                    (r->bar_p95 > 0 && quantile(s, .95) > r->bar_p95));
}

void
figures_print(const struct column *columns, size_t n)
{
    char text[64];
    printf("\n%-42s %11s", "median / p95", "bar");
    for (size_t c = 0; c < n; c++)
        printf(" %13s", columns[c].title);
    for (size_t c = 1; c < n; c++)
        printf("  : %-10.10s", columns[c].title);
    putchar('\n');
    for (int f = 0; f < FIGURE_COUNT; f++) {
        const struct samples *own = &columns[0].figures[f];
        bar_cell(text, sizeof text, &rows[f]);
        printf("%-42s %11s", rows[f].label, text);
        for (size_t c = 0; c < n; c++) {
            cell(text, sizeof text, &rows[f], &columns[c].figures[f]);
            printf(" %13s", text);
        }
        for (size_t c = 1; c < n; c++) {
            double theirs = quantile(&columns[c].figures[f], .5);
            double ours = quantile(own, .5);
            if (ours >= 0 && theirs > 0)
                snprintf(text, sizeof text, "%.2f", ours / theirs);
            else
                snprintf(text, sizeof text, "%s", "");
            printf("  x %-10s", text);
        }
        puts(over(&rows[f], own) ? "  over" : "");
    }
}
