/* A review over a million stored verdicts: how soon the first pair is there, how soon the next one after a key, and how soon
 * a verdict is durable. On the terminal's side, with the emulator's own time in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/store/store.h"
#include "screen/harness.h"
#include "screen/pairs.h"

enum { PAIRS = 500000, JUDGED = 400000, VERDICTS = 1000000, ROWS = 48, COLS = 160, THINK_MS = 120 };

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
print_times(const char *what, double *ms, int n)
{
    qsort(ms, (size_t)n, sizeof *ms, by_size);
    printf("%-28s %8.2f %8.2f %8.2f\n", what, ms[n / 2], ms[n * 19 / 20], ms[n - 1]);
    fflush(stdout);
}

struct look {
    char seen[64];
};

/* Another message than the one that was seen. */
static bool
another_pair(struct screen *s, void *arg)
{
    struct look *l = arg;
    int row, col;
    if (!screen_find(s, "Pertanyaan ", &row, &col))
        return false;
    const char *at = strstr(screen_row(s, row), "Pertanyaan ");
    if (!at || strncmp(at, l->seen, strcspn(at, ",")) == 0)
        return false;
    snprintf(l->seen, sizeof l->seen, "%.*s,", (int)strcspn(at, ","), at);
    return true;
}

/* What SQL has put there becomes evidence with a commit, as of a chat or a merge. */
static void
commit(struct place *p)
{
    struct err err = {{0}};
    char *path = place_path(p, "data/berdua/berdua.db");
    struct store *s = store_open(path, &err);
    if (!s || !store_begin(s, &err) || !store_commit(s, &err)) {
        fprintf(stderr, "bench_review: %s\n", err.text);
        exit(1);
    }
    store_close(&s);
    free(path);
}

static void
judge(struct place *p, int verdicts)
{
    double *next = xcalloc((size_t)verdicts, sizeof *next),
           *saved = xcalloc((size_t)verdicts, sizeof *saved), first;
    struct look l = {""};
    struct screen *s = screen_start(
        p, (const char *const[]){"review", "--rater", "wayan", "--target", "100000", NULL}, ROWS,
        COLS);
    screen_expect_that(s, another_pair, &l, "a pair");
    first = (double)(screen_last_read_us(s) - screen_started_us(s)) / US_PER_MS;
    for (int i = 0; i < verdicts; i++) {
        const char *key = i % 2 ? "1" : "2";
        nanosleep(&(struct timespec){.tv_nsec = THINK_MS * 1000000L}, NULL);
        screen_settle(s, 1);
        int64_t at = clock_us();
        screen_type(s, key);
        screen_expect_that(s, another_pair, &l, "the next pair");
        next[i] = (double)(screen_last_read_us(s) - at) / US_PER_MS;
        screen_expect(s, i % 2 ? "saved: A" : "saved: B");
        saved[i] = (double)(screen_last_read_us(s) - at) / US_PER_MS;
    }
    printf("first pair after %.0f ms\n%-28s %8s %8s %8s   bars: 20 ms\n", first, "ms", "median",
           "p95", "worst");
    print_times("key to the next pair", next, verdicts);
    print_times("key to \"saved\"", saved, verdicts);
    screen_destroy(&s);
    free(next);
    free(saved);
}

int
main(void)
{
    setenv("BERDUA_TEST_DEADLINE_S", "600",
           0); /* a file of that size is examined before the first write */
    struct place *p = place_create();
    char *more =
        xasprintf("INSERT INTO verdict (id, session, turn, at_us, kind, rater, origin,"
                  " left_brain, blind, claude_answer, llama_answer, try, drawn_by)"
                  " WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
                  "  WHERE i + 1 < %d) SELECT 'v' || i, '01S', printf('01T%%023d', i %% %d),"
                  " 1800000000000000 + i, CASE i %% 3 WHEN 0 THEN 'llama' WHEN 1 THEN"
                  " 'claude' ELSE 'tie' END, 'rater' || i / %d, 'review', 'claude', 1,"
                  " printf('01C%%023d', i %% %d), printf('01L%%023d', i %% %d), 1, 'random'"
                  " FROM n",
                  VERDICTS, JUDGED, JUDGED, JUDGED, JUDGED);
    place_config(p, "http://127.0.0.1:1", NULL, "http://127.0.0.1:1/v1", NULL,
                 "evaluate: {ask_acceptable: 0, ask_identity: 0}\n");
    printf("a review: %d pairs, %d verdicts\n", PAIRS, VERDICTS);
    fflush(stdout);
    pairs_make(p, PAIRS, false);
    pairs_sql(p, more);
    commit(p);
    judge(p, getenv("BENCH_QUICK") ? 25 : 200);
    free(more);
    place_destroy(&p);
    return 0;
}
