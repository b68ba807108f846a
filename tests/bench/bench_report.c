/* What is looked at over a million stored verdicts: the report, the state of the rollout, a verdict until it is durable.
 * `bench_report DATABASE [VERDICTS]` makes the database there, or takes the one that is there, and leaves it. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/conf/config.h"
#include "berdua/core/mailbox.h"
#include "berdua/report/report.h"
#include "berdua/route/simulate.h"
#include "berdua/session/rollout_apply.h"
#include "berdua/store/evidence_store.h"
#include "berdua/store/writer.h"
#include "make_verdicts.h"
#include "screen/harness.h"
#include "store/sqlite/db.h"

enum { RUNS = 7, WRITES = 100, MILLION = 1000000, MIN_VERDICTS = 50 };

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
row(const char *what, double *ms, size_t n, double bar_ms)
{
    qsort(ms, n, sizeof(*ms), by_size);
    double median = ms[n / 2], p95 = ms[(n * 95 + 99) / 100 - 1];
    if (bar_ms > 0)
        printf("%-52s %9.1f %9.1f %8.0f %7.2f\n", what, median, p95, bar_ms, median / bar_ms);
    else
        printf("%-52s %9.1f %9.1f\n", what, median, p95);
    fflush(stdout);
}

static void
die(const struct err *err)
{
    fprintf(stderr, "bench_report: %s\n", err->text);
    exit(1);
}

/* On a busy machine this says what the time above does not. */
static double
cpu_ms(int whose)
{
    struct rusage u;
    getrusage(whose, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

/* ---- what is read ---- */

static void
read_report(const char *path)
{
    struct err err = {{0}};
    struct report r;
    struct store *s = store_open(path, &err);
    if (!s || !report_read(&r, s, INT64_MIN, MIN_VERDICTS, &err))
        die(&err);
    report_clear(&r);
    store_close(&s);
}

static void
read_yesterday(const char *path)
{
    struct err err = {{0}};
    struct report r;
    struct store *s = store_open(path, &err);
    int64_t since_us = clock_wall_us() - 24 * 3600 * (int64_t)US_PER_S;
    if (!s || !report_read(&r, s, since_us, MIN_VERDICTS, &err))
        die(&err);
    report_clear(&r);
    store_close(&s);
}

static void
read_rollout(const char *path)
{
    struct err err = {{0}};
    struct rollout *r = NULL;
    struct store *s = store_open(path, &err);
    if (!s || !rollout_read(s, &r, &err))
        die(&err);
    rollout_destroy(&r);
    store_close(&s);
}

static void
read_pairs(const char *path)
{
    struct err err = {{0}};
    struct simulation *m = simulation_create();
    struct simulated_row out;
    static const double percent[CATEGORY_COUNT] = {10, 10, 10, 10, 10, 10};
    struct store *s = store_open(path, &err);
    if (!s || !evidence_store_verdicts(s, simulation_add_verdict, m, &err) ||
        !evidence_store_pairs(s, simulation_add_pair, m, &err))
        die(&err);
    simulation_row(m, percent, &out);
    simulation_destroy(&m);
    store_close(&s);
}

static void
time_reads(const char *what, void (*read)(const char *path), const char *path, double bar_ms)
{
    double ms[RUNS], cpu[RUNS];
    for (int i = 0; i < RUNS; i++) {
        int64_t start_us = clock_us();
        double start_cpu = cpu_ms(RUSAGE_SELF);
        read(path);
        ms[i] = (double)(clock_us() - start_us) / US_PER_MS;
        cpu[i] = cpu_ms(RUSAGE_SELF) - start_cpu;
    }
    row(what, ms, RUNS, bar_ms);
    row("  of that the processor", cpu, RUNS, 0);
}

/* ---- the program ---- */

static double
run_program(const char *path, const char *const *words, double *cpu)
{
    double before = cpu_ms(RUSAGE_CHILDREN);
    int64_t start_us = clock_us();
    pid_t pid = fork();
    if (pid == 0) {
        const char *argv[8] = {getenv("BERDUA_BIN"), "--db", path};
        int n = 3;
        for (; *words && n < 7; words++)
            argv[n++] = *words;
        if (!freopen("/dev/null", "w", stdout))
            _exit(127);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    int status;
    waitpid(pid, &status, 0);
    if (status != 0)
        exit(1);
    double ms = (double)(clock_us() - start_us) / US_PER_MS;
    *cpu = cpu_ms(RUSAGE_CHILDREN) - before;
    return ms;
}

static void
time_program(const char *what, const char *path, const char *const *words, double bar_ms)
{
    double ms[RUNS], cpu[RUNS];
    for (int i = 0; i < RUNS; i++)
        ms[i] = run_program(path, words, &cpu[i]);
    row(what, ms, RUNS, bar_ms);
    row("  of that the processor", cpu, RUNS, 0);
}

/* ---- a verdict ---- */

static void
take_ack(void *arg, const struct write_ack *ack)
{
    if (ack->refused) {
        fprintf(stderr, "bench_report: a verdict was refused: %s\n", ack->refused);
        exit(1);
    }
    *(uint64_t *)arg = ack->request;
}
static void
take_unsaved(void *arg, const struct unsaved *now)
{
    (void)arg, (void)now;
}
static void
take_line(void *arg, const char *line)
{
    (void)arg, (void)line;
}

static uint32_t
turn_count(const char *path)
{
    struct err err = {{0}};
    int64_t n = 0;
    struct db *db = db_open(path, DB_READ, NULL, &err);
    if (!db || !db_int(db, "SELECT count(*) FROM turn", &n, &err))
        die(&err);
    db_close(&db);
    return n < 100000 ? (uint32_t)n : 100000;
}

static void
time_writes(const char *path)
{
    static const struct writer_ops ops = {take_ack, take_unsaved, take_line, take_line};
    struct err err = {{0}};
    uint64_t seen = 0;
    double ms[WRITES];
    struct rng rng = {.state = 3};
    uint32_t turns = turn_count(path);
    struct mailbox *mb = mailbox_create(1 << 20, &err);
    struct writer *w = mb ? writer_open(path, mb, &ops, &seen, &err) : NULL;
    if (!w)
        die(&err);
    for (int i = -1; i < WRITES; i++) { /* the first opens the file and examines it */
        char turn[32], session[32];
        long long t = rng_below(&rng, turns);
        snprintf(turn, sizeof turn, "T%012lld", t);
        snprintf(session, sizeof session, "S%012lld", t / 20);
        struct verdict v = {.kind = VERDICT_TIE, .at_wall_us = clock_wall_us()};
        int64_t start_us = clock_us();
        uint64_t request = writer_put_verdict(w, session, turn, &v, "wayan", 0);
        while (seen != request) {
            struct pollfd p = {.fd = mailbox_fd(mb), .events = POLLIN};
            if (poll(&p, 1, 600000) != 1)
                exit(1);
            mailbox_deliver(mb);
        }
        if (i >= 0)
            ms[i] = (double)(clock_us() - start_us) / US_PER_MS;
    }
    row("a verdict until it is durable", ms, WRITES, 20);
    writer_close(&w, NULL, NULL);
    mailbox_destroy(&mb);
}

int
main(int argc, char **argv)
{
    struct stat st;
    struct place *place = place_create();
    char *path = argc > 1 ? xstrdup(argv[1]) : place_path(place, "million.db");
    int64_t verdicts = argc > 2                ? strtoll(argv[2], NULL, 10)
                       : getenv("BENCH_QUICK") ? MILLION / 8
                                               : MILLION;
    if (stat(path, &st) != 0)
        make_verdicts(path, verdicts, clock_wall_us());
    printf("%-52s %9s %9s %8s %7s\n", "over that many stored verdicts", "median ms", "p95 ms",
           "bar ms", "ratio");
    time_reads("the report's figures (what /report shows)", read_report, path, 150);
    time_reads("the same since yesterday", read_yesterday, path, 0);
    time_reads("state of the rollout", read_rollout, path, 0);
    time_reads("route simulate", read_pairs, path, 0);
    time_program("berdua report --json", path, (const char *const[]){"report", "--json", NULL},
                 1000);
    time_program("berdua report", path, (const char *const[]){"report", NULL}, 1000);
    char *page = place_path(place, "report.html");
    time_program("berdua report --html", path,
                 (const char *const[]){"-q", "report", "--html", page, NULL}, 0);
    free(page);
    time_program("berdua route status --json", path,
                 (const char *const[]){"route", "status", "--json", NULL}, 0);
    time_writes(path);
    free(path);
    place_destroy(&place);
    return 0;
}
