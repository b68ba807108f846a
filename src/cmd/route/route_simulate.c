#include "cmd/route_now.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/route/simulate.h"
#include "berdua/stats/stats_json.h"
#include "berdua/store/evidence_store.h"
#include "cmd/out.h"

enum { ROW_ALL_CLAUDE, ROW_ALL_LLAMA, ROW_NOW, ROW_PROPOSED, ROW_ORACLE, ROW_COUNT };
static const char *const row_names[ROW_COUNT] = {"all_claude", "all_llama", "now", "proposed",
                                                 "oracle"};

struct simulated {
    double weights[CATEGORY_COUNT];
    double percent[ROW_ORACLE][CATEGORY_COUNT]; /* the oracle has none */
    struct simulated_row rows[ROW_COUNT];
};

bool
route_parse_percent(const char *text, double *out)
{
    size_t whole = strspn(text, "0123456789");
    size_t part = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    const char *end = text + whole + (text[whole] == '.') + part;
    *out = strtod(text, NULL);
    return whole >= 1 && whole <= 3 && part <= 4 && (text[whole] != '.' || part) &&
           (*end == 0 || strcmp(end, "%") == 0) && *out <= 100;
}

/* As it is, with the stages that are named; without any, with the steps that are decided. */
static void
propose(const struct route_now *now, char **words, int count, double percent[CATEGORY_COUNT])
{
    struct rollout_view views[CATEGORY_COUNT];
    route_now_look(now, views);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        percent[c] = views[c].percent;
        if (count == 0 && !isnan(views[c].to))
            percent[c] = views[c].to;
    }
    for (int i = 0; i < count; i++) {
        const char *equals = strchr(words[i], '=');
        char *category = xstrndup(words[i], (size_t)(equals - words[i]));
        route_parse_percent(equals + 1, &percent[category_parse(category)]);
        free(category);
    }
}

static bool
simulate(struct store *store, const struct route_now *now, char **words, int count,
         struct simulated *out, struct err *err)
{
    struct simulation *s = simulation_create();
    bool ok = evidence_store_verdicts(store, simulation_add_verdict, s, err) &&
              evidence_store_pairs(store, simulation_add_pair, s, err);
    simulation_weights(s, out->weights);
    for (int c = 0; c < CATEGORY_COUNT; c++) {
        out->percent[ROW_ALL_CLAUDE][c] = 0;
        out->percent[ROW_ALL_LLAMA][c] = 100;
        out->percent[ROW_NOW][c] = rollout_percent(now->rollout, (enum category)c);
    }
    propose(now, words, count, out->percent[ROW_PROPOSED]);
    for (int r = 0; r < ROW_COUNT; r++)
        simulation_row(s, r == ROW_ORACLE ? NULL : out->percent[r], &out->rows[r]);
    simulation_destroy(&s);
    return ok;
}

/* ---- JSON ---- */

static struct json *
by_category(const double v[CATEGORY_COUNT])
{
    struct json *o = json_object();
    for (int c = 0; c < CATEGORY_COUNT; c++)
        json_add_num(o, category_name((enum category)c), v[c]);
    return o;
}

static struct json *
rate_json(const struct simulated_rate *r)
{
    return stats_json_rate(r->value, (struct interval){r->low, r->high}, r->n);
}

static void
print_json(const struct simulated *s)
{
    struct json *doc = json_object(), *rows = json_object();
    json_add(doc, "weights", by_category(s->weights));
    for (int i = 0; i < ROW_COUNT; i++) {
        const struct simulated_row *r = &s->rows[i];
        struct json *o = json_object();
        json_add(o, "percent", i == ROW_ORACLE ? NULL : by_category(s->percent[i]));
        json_add_num(o, "llama_share", r->llama_share);
        json_add(o, "acceptability", rate_json(&r->acceptability));
        json_add(o, "not_worse", rate_json(&r->not_worse));
        json_add_num(o, "cost_per_1000", r->cost_per_1000);
        json_add_num(o, "ttft_p95_ms", r->ttft_p95_ms);
        json_add(rows, row_names[i], o);
    }
    json_add(doc, "rows", rows);
    out_json(stdout, doc);
}

/* ---- text ---- */

static void
print_rate(const struct simulated_rate *r)
{
    char text[48] = "-";
    if (!isnan(r->low))
        snprintf(text, sizeof text, "%.3f (%.3f to %.3f)", r->value, r->low, r->high);
    else if (!isnan(r->value))
        snprintf(text, sizeof text, "%.3f of %lld", r->value, (long long)r->n);
    out_print("  %-24s", text);
}

static void
print_text(const struct simulated *s)
{
    out_print("%-12s %6s  %-24s  %-24s %10s %12s\n", "", "LLAMA", "acceptable", "not worse",
              "USD/1000", "p95 first");
    for (int i = 0; i < ROW_COUNT; i++) {
        const struct simulated_row *r = &s->rows[i];
        char cost[24] = "-", first[24] = "-", share[16] = "-";
        if (!isnan(r->llama_share))
            snprintf(share, sizeof share, "%.1f %%", 100 * r->llama_share);
        if (!isnan(r->cost_per_1000))
            snprintf(cost, sizeof cost, "%.3f", r->cost_per_1000);
        if (!isnan(r->ttft_p95_ms))
            snprintf(first, sizeof first, "%.0f ms", r->ttft_p95_ms);
        out_print("%-12s %6s", row_names[i], share);
        print_rate(&r->acceptability);
        print_rate(&r->not_worse);
        out_print(" %10s %12s\n", cost, first);
    }
    puts("\nEach pair holds both answers, so every row is a weighted mean over the same pairs; "
         "intervals from 100 observations on.");
}

bool
route_simulate(struct store *store, const struct config *config, char **words, int count, bool json,
               struct err *err)
{
    struct route_now now;
    struct simulated s;
    bool ok = route_now_load(&now, store, config, clock_wall_us(), false, err) &&
              simulate(store, &now, words, count, &s, err);
    if (ok)
        (json ? print_json : print_text)(&s);
    rollout_destroy(&now.rollout);
    return ok;
}
