/* How long a long session takes to open, and what it costs: exec to the last message on the screen, and
 * the memory then. `bench_open DATABASE TURNS` only makes the session. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "make_session.h"
#include "usage.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "screen/harness.h"

enum { RUNS = 15, ANSWER_BYTES = 1024, SETTLE_MS = 1500, ROWS = 48, COLS = 160 };

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
open_session(struct place *place, int turns, double *ms, double *mb)
{
    char *last = xasprintf("pesan %d", turns);
    struct usage usage = {0};
    for (int i = 0; i < RUNS; i++) {
        struct screen *s =
            screen_start(place, (const char *const[]){"--continue", NULL}, ROWS, COLS);
        screen_expect(s, last);
        ms[i] = (double)(screen_last_read_us(s) - screen_started_us(s)) / US_PER_MS;
        if (i + 1 == RUNS) {
            screen_settle(s, SETTLE_MS);
            usage_take(&usage, screen_pid(s));
        }
        screen_destroy(&s);
    }
    qsort(ms, RUNS, sizeof(*ms), by_size);
    *mb = usage.known ? usage.rss_mb : -1;
    free(last);
}

int
main(int argc, char **argv)
{
    static const int sizes[] = {10, 1000, 10000};
    if (argc == 3) {
        make_session(argv[1], "anonymous", (int)strtol(argv[2], NULL, 10), ANSWER_BYTES);
        return 0;
    }
    printf("a stored session of two answers of %d bytes a turn, opened with --continue\n"
           "%8s %12s %12s %10s   bars: 100 ms, 64 MB\n",
           ANSWER_BYTES, "turns", "median, ms", "slowest, ms", "RSS, MB");
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        double ms[RUNS], mb;
        struct place *place = place_create();
        char *db = place_path(place, "data/berdua/berdua.db");
        place_config(place, "http://127.0.0.1:1", NULL, "http://127.0.0.1:1/v1", NULL, NULL);
        make_session(db, "anonymous", sizes[i], ANSWER_BYTES);
        open_session(place, sizes[i], ms, &mb);
        printf("%8d %12.1f %12.1f %10.1f\n", sizes[i], ms[RUNS / 2], ms[RUNS - 1], mb);
        fflush(stdout);
        free(db);
        place_destroy(&place);
    }
    return 0;
}
