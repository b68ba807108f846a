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
#include "berdua/base/json.h"
#include "berdua/base/mem.h"

static bool failed;

static void
claim(const char *what, double got, double most)
{
    bool holds = got <= most;
    failed = failed || !holds;
    printf("%-66s %8.4g %10.4g  %s\n", what, got, most, holds ? "" : "MISSED");
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

static int
ask_program(void *arg)
{
    const struct place *place = arg;
    struct buf out;
    char chunk[4096];
    size_t n;
    int leaders = 0;
    buf_init(&out, 1 << 20);
    char *line = xasprintf("XDG_CONFIG_HOME=%s HOME=%s '%s' --db '%s' route status --json",
                           place->folder, place->folder, getenv("BERDUA_BIN"), place->db);
    FILE *p = popen(line, "r");
    while (p && (n = fread(chunk, 1, sizeof chunk, p)) > 0)
        buf_append(&out, chunk, n);
    int status = p ? pclose(p) : -1;
    free(line);
    struct json *doc = status == 0 ? json_parse(out.p, out.len, NULL) : NULL;
    if (!doc)
        failed = true;
    for (const struct json *c = json_first(json_get(doc, "categories")); c; c = json_next(c)) {
        const char *state = json_get_str(c, "state");
        leaders += state && strcmp(state, "no_leader") != 0;
    }
    json_free(doc);
    buf_finish(&out);
    return leaders;
}

static void
clean(const struct place *place)
{
    char *line = xasprintf("rm -rf '%s'/*", place->folder);
    if (system(line) != 0)
        failed = true;
    free(line);
}

static void
fair_runs_through_the_program(struct place *place, int runs)
{
    for (int raters = 1; raters <= 3; raters++) {
        struct fair_rules rules = {CATEGORY_COUNT, 1000, raters, 0.2, 0.5};
        struct rng rng = {.state = 100 + (uint64_t)raters};
        int wrong = 0, disagreed = 0;
        for (int run = 0; run < runs; run++) {
            struct fair_end end = fair_run(place->db, &rng, &rules, ask_program, place);
            wrong += end.leads;
            disagreed += end.disagreed;
            clean(place);
        }
        char what[96];
        snprintf(what, sizeof what, "  six fair categories, %d rater%s a pair: %d runs", raters,
                 raters > 1 ? "s" : "", runs);
        claim(what, (double)wrong / runs, 0.05);
        claim("    looks at which the program said otherwise", disagreed, 0);
    }
}

static void
real_leads_through_the_program(struct place *place, int runs)
{
    static const double ties[] = {0, 0.2, 0.4};
    static const double most[] = {150, 190, 250};
    for (size_t i = 0; i < ARRAY_LEN(ties); i++) {
        struct fair_rules rules = {1, 3000, 2, ties[i], 0.65};
        struct rng rng = {.state = 200 + i};
        int *stops = xcalloc((size_t)runs, sizeof *stops), disagreed = 0;
        for (int run = 0; run < runs; run++) {
            struct fair_end end = fair_run(place->db, &rng, &rules, ask_program, place);
            stops[run] = (int)end.pairs;
            disagreed += end.disagreed;
            clean(place);
        }
        qsort(stops, (size_t)runs, sizeof *stops, ascending);
        char what[96];
        snprintf(what, sizeof what, "  alone among six, %.0f %% ties, median stop of %d runs",
                 100 * ties[i], runs);
        claim(what, stops[runs / 2], most[i]);
        claim("    looks at which the program said otherwise", disagreed, 0);
        free(stops);
    }
}

int
main(void)
{
    int part = getenv("BENCH_QUICK") ? 8 : 1;
    struct place place;
    snprintf(place.folder, sizeof place.folder, "/tmp/berdua-bench-stats-XXXXXX");
    if (!mkdtemp(place.folder) || !getenv("BERDUA_BIN"))
        return 1;
    snprintf(place.db, sizeof place.db, "%s/berdua.db", place.folder);
    printf("%-66s %8s %10s\n", "looked at after every verdict", "is", "at most");
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
    puts("from stored records, through the program:");
    fair_runs_through_the_program(&place, 600 / part);
    real_leads_through_the_program(&place, 800 / part);
    clean(&place);
    rmdir(place.folder);
    return failed;
}
