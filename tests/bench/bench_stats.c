/* How often somebody seems to lead although nobody does, and how soon a real lead is found, when one looks after every
 * verdict: by the functions alone in long runs, and from stored records through the program. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/cmd/fair_runs.h"

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

static bool failed;
static const char *only; /* claims that hold this word; NULL: all */

static bool
asked(const char *what)
{
    return !only || strstr(what, only);
}

static void
claim(const char *what, double got, double most)
{
    bool holds = got <= most;
    failed = failed || !holds;
    printf("%-66s %8.4g %10.4g  %s\n", what, got, most, holds ? "" : "MISSED");
    fflush(stdout);
}

/* The chance of at most k of n at a share of p. */
static double
chance_up_to(int k, int n, double p)
{
    double sum = 0;
    for (int i = 0; i <= k; i++)
        sum += exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) +
                   (n - i) * log1p(-p));
    return sum;
}

/* The share at which k or fewer of n have this chance. */
static double
share_limit(int k, int n, double chance)
{
    double low = 1e-9, high = 1 - 1e-9;
    for (int i = 0; i < 60; i++) {
        double p = (low + high) / 2;
        *(chance_up_to(k, n, p) > chance ? &low : &high) = p;
    }
    return (low + high) / 2;
}

/* Few runs tell a share roughly: it is too high when all of its exact 95 % interval (Clopper and Pearson) is. */
static void
claim_share(const char *what, int k, int n, double most)
{
    double low = k ? share_limit(k - 1, n, 0.975) : 0, high = k < n ? share_limit(k, n, 0.025) : 1;
    bool holds = low <= most;
    failed = failed || !holds;
    printf("%-66s %8.4g %10.4g  %.3f to %.3f %s\n", what, (double)k / n, most, low, high,
           holds ? "" : "MISSED");
    fflush(stdout);
}

/* ---- the functions alone ---- */

/* Both of the same counts: ln e, one verdict at a time. */
static double
step_log_e(struct tally *t, enum verdict_kind kind)
{
    if (kind == VERDICT_TIE)
        return 0;
    double of_kind = (double)(kind == VERDICT_LLAMA ? t->w : t->l), n = (double)(t->w + t->l);
    fair_count(t, kind);
    return log(2 * (of_kind + 0.5) / (n + 1));
}

/* The share of runs of `each` pairs a category in which somebody ever leads. */
static double
false_leads(int categories, int each, int runs, uint64_t seed)
{
    struct fair_rules rules = {categories, each, 1, 0, 0.5};
    struct rng rng = {.state = seed};
    int wrong = 0;
    for (int run = 0; run < runs; run++) {
        struct tally cells[CATEGORY_COUNT] = {{0}};
        double log_e[CATEGORY_COUNT] = {0}, levels[CATEGORY_COUNT];
        for (int i = 0; i < each * categories; i++) {
            int c = i % categories;
            log_e[c] += step_log_e(&cells[c], fair_draw(&rng, &rules));
            if (log_e[c] < log(EVIDENCE_ENOUGH))
                continue;
            verdicts_levels(cells, (size_t)categories, levels);
            if (cells[c].w + cells[c].l >= VERDICTS_LEAD_LEAST && log_e[c] >= log(levels[c])) {
                wrong++;
                break;
            }
        }
    }
    return (double)wrong / runs;
}

static int
ascending(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* The median number of verdicts until the lead is seen; level: 20 of a cell, 120 of one real lead among six. */
static double
median_stop(double ties, double level, int runs, uint64_t seed)
{
    struct fair_rules rules = {1, 0, 1, ties, 0.65};
    struct rng rng = {.state = seed};
    int *stops = xcalloc((size_t)runs, sizeof *stops);
    for (int run = 0; run < runs; run++) {
        struct tally t = {0};
        double log_e = 0;
        int n = 0;
        while (log_e < log(level) || t.w + t.l < VERDICTS_LEAD_LEAST) {
            log_e += step_log_e(&t, fair_draw(&rng, &rules));
            n++;
        }
        stops[run] = n;
    }
    qsort(stops, (size_t)runs, sizeof *stops, ascending);
    double median = stops[runs / 2];
    free(stops);
    return median;
}

/* The share of runs of 1,000 in which a gate ever opens that is exactly at the true rate, from 50 verdicts on. */
static double
false_openings(double gate, double ties, int runs, uint64_t seed)
{
    struct rng rng = {.state = seed};
    int wrong = 0;
    for (int run = 0; run < runs; run++) {
        struct counts c = {0};
        for (int n = 1; n <= 1000; n++) {
            double wins = gate - ties / 2, u = rng_unit(&rng);
            *(u < wins ? &c.w : u < wins + ties ? &c.t : &c.l) += 1;
            bool above = c.w + c.t / 2 > gate * n;
            if (n >= 50 && above && mixture_log_above(c, gate) >= log(EVIDENCE_ENOUGH)) {
                wrong++;
                break;
            }
        }
    }
    return (double)wrong / runs;
}

/* ---- through the program ---- */

struct place {
    char folder[64], db[96];
};

/* Runs that are looked at after every verdict; of the others where a look can show a lead. */
enum { EVERY_RUNS = 50 };

static struct fair_said
ask_program(void *arg)
{
    const struct place *place = arg;
    struct buf out;
    struct err err = {{0}};
    char chunk[4096];
    size_t n;
    buf_init(&out, 1 << 20);
    char *line = xasprintf("XDG_CONFIG_HOME=%s HOME=%s '%s' --db '%s' report --json", place->folder,
                           place->folder, getenv("BERDUA_BIN"), place->db);
    FILE *p = popen(line, "r");
    while (p && (n = fread(chunk, 1, sizeof chunk, p)) > 0)
        buf_append(&out, chunk, n);
    struct json *doc = p && pclose(p) == 0 ? json_parse(out.p, out.len, &err) : NULL;
    if (!doc)
        fail_msg("%s: no report; %s", line, err.text);
    struct fair_said said = fair_said_by_command(doc);
    json_free(doc);
    buf_finish(&out);
    free(line);
    return said;
}

struct fair_sum {
    int runs, leads, looks, differed;
    int *stops; /* pairs of a category, in the order of their number */
};

static struct fair_sum
run_all(struct place *place, const struct fair_rules *rules, int runs, uint64_t seed)
{
    struct fair_sum sum = {.runs = runs, .stops = xcalloc((size_t)runs, sizeof(int))};
    char *clean = xasprintf("rm -rf '%s'/*", place->folder);
    for (int run = 0; run < runs; run++) {
        struct fair_rules one = *rules;
        one.every = run % EVERY_RUNS == 0;
        struct fair_end end =
            fair_run(place->db, seed * 100000 + (uint64_t)run, &one, ask_program, place);
        sum.leads += end.leads;
        sum.looks += end.looks;
        sum.differed += end.differed;
        sum.stops[run] = (int)end.pairs;
        if (system(clean) != 0)
            failed = true;
    }
    qsort(sum.stops, (size_t)runs, sizeof *sum.stops, ascending);
    free(clean);
    return sum;
}

static void
claim_the_same(struct fair_sum *sum)
{
    char what[96];
    snprintf(what, sizeof what, "    of %d looks those that said otherwise than defined",
             sum->looks);
    claim(what, sum->differed, 0);
    free(sum->stops);
}

static void
fair_runs_through_the_program(struct place *place, int runs)
{
    for (int cells = 1; cells <= CATEGORY_COUNT; cells += CATEGORY_COUNT - 1)
        for (int raters = 1; raters <= 3; raters++) {
            const struct fair_rules rules = {cells, 1000, raters, 0.2, 0.5, cells == 1, false};
            char what[96];
            snprintf(what, sizeof what, "  %s, %d rater%s a pair: %d runs",
                     cells == 1 ? "one fair cell" : "six fair categories", raters,
                     raters > 1 ? "s" : "", runs);
            if (!asked(what))
                continue;
            struct fair_sum sum = run_all(place, &rules, runs, (uint64_t)(100 * cells + raters));
            claim_share(what, sum.leads, runs, cells == 1 ? 0.03 : 0.05);
            claim_the_same(&sum);
        }
}

static void
real_leads_through_the_program(struct place *place, int runs)
{
    static const double ties[] = {0, 0.2, 0.4}, most[2][3] = {{150, 190, 250}, {100, 125, 170}};
    for (int whole = 1; whole >= 0; whole--)
        for (size_t i = 0; i < ARRAY_LEN(ties); i++) {
            const struct fair_rules rules = {1, 3000, 1, ties[i], 0.65, whole, false};
            char what[96];
            snprintf(what, sizeof what, "  %s, %.0f %% ties, median stop of %d runs",
                     whole ? "one cell" : "alone among six", 100 * ties[i], runs);
            if (!asked(what))
                continue;
            struct fair_sum sum = run_all(place, &rules, runs, 200 + 10 * (uint64_t)whole + i);
            claim(what, sum.stops[runs / 2], most[whole][i]);
            claim_the_same(&sum);
        }
}

static void
functions_alone(int part)
{
    claim("one fair cell, 1,000 verdicts: runs with a false lead",
          false_leads(1, 1000, 40000 / part, 1), 0.03);
    claim("six fair categories, 1,000 verdicts each",
          false_leads(CATEGORY_COUNT, 1000, 8000 / part, 2), 0.05);
    static const double ties[] = {0, 0.2, 0.4}, cell[] = {100, 125, 170}, six[] = {150, 190, 250};
    for (size_t i = 0; i < ARRAY_LEN(ties); i++) {
        char what[96];
        snprintf(what, sizeof what, "one cell, decisive .65, %.0f %% ties: median stop",
                 100 * ties[i]);
        claim(what, median_stop(ties[i], 20, 20000 / part, 10 + i), cell[i]);
        snprintf(what, sizeof what, "alone among six, decisive .65, %.0f %% ties: median stop",
                 100 * ties[i]);
        claim(what, median_stop(ties[i], 120, 20000 / part, 20 + i), six[i]);
    }
    static const double gates[] = {0.85, 0.90, 0.95};
    for (size_t i = 0; i < ARRAY_LEN(gates); i++) {
        char what[96];
        snprintf(what, sizeof what, "exactly at the gate of %.2f: runs in which it opens",
                 gates[i]);
        claim(what, false_openings(gates[i], 0, 2000 / part, 30 + i), 0.05);
        snprintf(what, sizeof what, "exactly at the guard, %.0f %% ties: runs that it lets pass",
                 100 * ties[i]);
        claim(what, false_openings(0.40, ties[i], 2000 / part, 40 + i), 0.05);
    }
}

int
main(int argc, char **argv)
{
    int part = getenv("BENCH_QUICK") ? 8 : 1;
    struct place place;
    /* A commit waits for the disk; in memory that is no time. */
    snprintf(place.folder, sizeof place.folder, "%s/berdua-bench-stats-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(place.folder) || !getenv("BERDUA_BIN"))
        return 1;
    snprintf(place.db, sizeof place.db, "%s/berdua.db", place.folder);
    only = argc > 1 ? argv[1] : NULL;
    printf("%-66s %8s %10s\n", "looked at after every verdict", "is", "at most");
    if (!only)
        functions_alone(part);
    puts("from stored records, through the program:");
    fair_runs_through_the_program(&place, 600 / part);
    real_leads_through_the_program(&place, 800 / part);
    rmdir(place.folder);
    return failed;
}
