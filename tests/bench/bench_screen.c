/* How quick the screen is: the real program in a pseudo-terminal against the stand-in server, which
 * notes when each token was written. Prints each figure beside the limit of the project and the ratio of
 * the two; nothing here fails for being slow. BENCH_ROUNDS makes it longer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "screen/table.h"

enum { ROWS = 48, COLS = 160, MAX_SAMPLES = 65536 };

struct samples {
    double v[MAX_SAMPLES];
    size_t n;
};

static void
add_sample(struct samples *s, double v)
{
    if (s->n < MAX_SAMPLES)
        s->v[s->n++] = v;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
quantile(struct samples *s, double q)
{
    if (s->n == 0)
        return -1;
    qsort(s->v, s->n, sizeof(s->v[0]), compare);
    return s->v[(size_t)((double)(s->n - 1) * q)];
}

static void
print_figure(const char *what, double measured, double limit)
{
    if (measured < 0)
        printf("  %-52s %9s  <= %7.2f\n", what, "-", limit);
    else
        printf("  %-52s %9.2f  <= %7.2f  %5.2fx%s\n", what, measured, limit, measured / limit,
               measured > limit ? "  OVER" : "");
    fflush(stdout);
}

static int
rounds(int usual)
{
    const char *s = getenv("BENCH_ROUNDS");
    long n = s != NULL ? strtol(s, NULL, 10) : 0;
    return n > 0 ? usual * (int)n : usual;
}

/* CPU seconds of the program so far; -1 where /proc does not tell. */
static double
cpu_s(int pid)
{
    char path[64];
    char line[1024];
    unsigned long user, sys;
    snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return -1;
    char *ok = fgets(line, sizeof(line), f);
    fclose(f);
    const char *p = ok != NULL ? strrchr(line, ')') : NULL;
    if (p == NULL ||
        sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &sys) != 2)
        return -1;
    return (double)(user + sys) / (double)sysconf(_SC_CLK_TCK);
}

static double
rss_mb(int pid)
{
    char path[64];
    char line[256];
    double kb = -1;
    snprintf(path, sizeof(path), "/proc/%d/status", pid);
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
        if (strncmp(line, "VmRSS:", 6) == 0)
            kb = strtod(line + 6, NULL);
    }
    if (f != NULL)
        fclose(f);
    return kb < 0 ? -1 : kb / 1024;
}

/* Reads until the text is on the screen; the time of the read that brought it. */
static int64_t
wait_shown(struct screen *s, const char *text)
{
    int64_t until = clock_us() + 20 * US_PER_S;
    while (!screen_shows(s, text)) {
        if (clock_us() > until) {
            screen_dump(s);
            fail_msg("not shown: %s", text);
        }
        screen_take(s, 1000);
    }
    return screen_last_read_us(s);
}

/* The highest N of a "tN" in the columns; -1 for none. */
static long
newest_token(struct screen *s, int from_col, int to_col)
{
    long best = -1;
    for (int r = 0; r < ROWS; r++) {
        char row[COLS + 1];
        int n = 0;
        for (int c = from_col; c < to_col; c++) {
            struct screen_cell cell;
            screen_cell(s, r, c, &cell);
            row[n++] = cell.text[0] != '\0' && cell.text[1] == '\0' ? cell.text[0] : ' ';
        }
        row[n] = '\0';
        for (const char *p = row; (p = strstr(p, " t")) != NULL; p++) {
            char *end;
            long v = strtol(p + 2, &end, 10);
            if (end > p + 2 && *end == ' ' && v > best)
                best = v;
        }
    }
    return best;
}

static void
measure_start(void)
{
    struct samples paint = {.n = 0};
    double rss = -1;
    for (int i = 0; i < rounds(10); i++) {
        void *state;
        table_set(&state);
        struct table *t = state;
        t->screen = screen_start(t->place, (const char *const[]){"chat", NULL}, ROWS, COLS);
        int64_t shown = wait_shown(t->screen, "> ");
        add_sample(&paint, (double)(shown - screen_started_us(t->screen)) / US_PER_MS);
        screen_settle(t->screen, 300);
        rss = rss_mb(screen_pid(t->screen));
        table_clear(&state);
    }
    print_figure("exec to prompt painted, ms, median", quantile(&paint, 0.5), 15);
    print_figure("RSS idle, MB", rss, 14);
}

static void
echo_keys(struct screen *s, struct samples *echo, int count)
{
    for (int i = 0; i < count; i++) {
        char text[8];
        snprintf(text, sizeof(text), "%s%c", "zqx", 'a' + i % 26);
        if (i == 0)
            screen_type(s, "zqx");
        if (i == 0)
            wait_shown(s, "zqx");
        int64_t typed = clock_us();
        screen_send(s, text + 3, 1);
        add_sample(echo, (double)(wait_shown(s, text) - typed) / US_PER_MS);
        screen_type(s, "\177");
        while (screen_shows(s, text))
            screen_take(s, 1000);
        screen_settle(s, 15);
    }
    screen_type(s, "\025");
}

static void
measure_echo(struct table *t)
{
    struct samples echo = {.n = 0};
    echo_keys(t->screen, &echo, rounds(100));
    print_figure("key echo idle, ms, median", quantile(&echo, 0.5), 0.35);
    print_figure("key echo idle, ms, p95", quantile(&echo, 0.95), 0.6);
}

static void
measure_first(struct table *t)
{
    struct samples ask = {.n = 0};
    struct samples first = {.n = 0};
    for (int i = 0; i < rounds(20); i++) {
        char text[32];
        char shown[32];
        snprintf(text, sizeof(text), "text=awal%dz", i);
        snprintf(shown, sizeof(shown), "awal%dz", i);
        char *rule = xasprintf("first=120 %s", text);
        standin_clear_rules(t->claude);
        standin_rule(t->claude, rule);
        free(rule);
        size_t n = standin_count(t->claude);
        screen_type(t->screen, "pesan");
        wait_shown(t->screen, "> pesan");
        screen_settle(t->screen, 30);
        int64_t enter = clock_us();
        screen_type(t->screen, "\r");
        int64_t painted = wait_shown(t->screen, shown);
        struct standin_request *r = standin_request(t->claude, n);
        if (i > 0)
            add_sample(&ask, (double)(r->at_us - enter) / US_PER_MS);
        add_sample(&first, (double)(painted - r->token_us[0]) / US_PER_MS);
        standin_request_free(&r);
        screen_settle(t->screen, 150);
    }
    print_figure("Enter to request at the server, ms, median", quantile(&ask, 0.5), 0.8);
    print_figure("Enter to request at the server, ms, p95", quantile(&ask, 0.95), 2);
    print_figure("first token written to painted, ms, median", quantile(&first, 0.5), 0.6);
    print_figure("first token written to painted, ms, p95", quantile(&first, 0.95), 1);
}

/* Two streams at a steady rate. */
static void
measure_rate(struct table *t, int tokens)
{
    struct samples lag = {.n = 0};
    struct samples echo = {.n = 0};
    long seen = -1;
    size_t raw_before, raw_after;
    static int64_t painted[MAX_SAMPLES];
    char *rule = xasprintf("gap=10 count=%d", tokens);
    standin_clear_rules(t->claude);
    standin_rule(t->claude, rule);
    standin_rule(t->llama, rule);
    size_t n = standin_count(t->claude);
    int half = tokens / 2;
    screen_raw(t->screen, &raw_before);
    double cpu_before = cpu_s(screen_pid(t->screen));
    int64_t began = clock_us();
    screen_type(t->screen, "alir\r");
    while (seen < half) {
        if (!screen_take(t->screen, 5000))
            break;
        for (long now = newest_token(t->screen, 0, 70); seen < now; seen++)
            painted[seen + 1] = screen_last_read_us(t->screen);
    }
    double busy_s = (double)(clock_us() - began) / US_PER_S;
    double cpu = cpu_s(screen_pid(t->screen)) - cpu_before;
    screen_raw(t->screen, &raw_after);
    struct standin_request *r = standin_request(t->claude, n);
    for (long i = 1; i <= seen && i < r->tokens; i++)
        add_sample(&lag, (double)(painted[i] - r->token_us[i]) / US_PER_MS);
    standin_request_free(&r);
    echo_keys(t->screen, &echo, 60);
    print_figure("two streams at 100 tok/s: token to painted, ms, median", quantile(&lag, 0.5),
                 0.5);
    print_figure("two streams at 100 tok/s: token to painted, ms, p95", quantile(&lag, 0.95), 5);
    print_figure("the same: CPU, % of a core", cpu_before < 0 ? -1 : 100 * cpu / busy_s, 3);
    print_figure("the same: bytes to the terminal per token",
                 (double)(raw_after - raw_before) / (2.0 * (double)half), 30);
    print_figure("key echo meanwhile, ms, median", quantile(&echo, 0.5), 0.35);
    print_figure("key echo meanwhile, ms, p95", quantile(&echo, 0.95), 0.8);
    free(rule);
    screen_type(t->screen, "\003");
    screen_settle(t->screen, 300);
}

static void
measure_fast(struct table *t)
{
    standin_clear_rules(t->claude);
    standin_clear_rules(t->llama);
    standin_rule(t->claude, "count=20000");
    standin_rule(t->llama, "count=20000");
    size_t n = standin_count(t->claude);
    double cpu_before = cpu_s(screen_pid(t->screen));
    screen_type(t->screen, "deras\r");
    int64_t last = wait_shown(t->screen, "t19999");
    while (newest_token(t->screen, 0, 70) < 0 && screen_take(t->screen, 100))
        last = screen_last_read_us(t->screen);
    struct standin_request *r = standin_request(t->claude, n);
    print_figure("2 x 20,000 tokens at full speed, s", (double)(last - r->first_us) / US_PER_S,
                 0.2);
    standin_request_free(&r);
    screen_settle(t->screen, 500);
    double cpu = cpu_s(screen_pid(t->screen));
    print_figure("the same: CPU, s", cpu < 0 ? -1 : cpu - cpu_before, 0.2);
    print_figure("RSS after, MB", rss_mb(screen_pid(t->screen)), 20);
}

static void
measure_all(void **state)
{
    (void)state;
    void *set;
    measure_start();
    table_set(&set);
    struct table *t = set;
    table_start(t, ROWS, COLS);
    screen_settle(t->screen, 300);
    measure_echo(t);
    measure_first(t);
    measure_rate(t, 1200);
    measure_fast(t);
    table_clear(&set);
}

int
main(void)
{
    const struct CMUnitTest bench[] = {cmocka_unit_test(measure_all)};
    printf("screen of %dx%d, stand-in server on the same machine\n", COLS, ROWS);
    printf("  %-52s %9s  %10s  ratio\n", "figure", "measured", "limit");
    cmocka_set_message_output(CM_OUTPUT_SUBUNIT);
    return cmocka_run_group_tests(bench, NULL, NULL);
}
