/* Seeded runs of verdicts that come one after the other as records of others, are merged into the store, and are looked at
 * as they come: whether somebody seems to lead, as the report says it, beside the definition (measure.md, "Leads"). For
 * tests and benches. */
#ifndef TESTS_UNIT_FAIR_RUNS_H
#define TESTS_UNIT_FAIR_RUNS_H

#include "unit/unit.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/random.h"
#include "berdua/report/report.h"
#include "berdua/store/merge_store.h"
#include "berdua/store/store.h"

struct fair_rules {
    int categories; /* that get verdicts, one after the other */
    int each;       /* pairs of a category */
    int raters;     /* of a pair, one after the other; all but the first agree in four of five */
    double ties, llama; /* shares: of ties; of LLAMA among the decisive */
    bool whole;         /* who leads is asked of all of one category as one cell, not of the six */
    bool every;         /* a look after each verdict, also where none can show a lead */
};

static inline enum verdict_kind
fair_draw(struct rng *rng, const struct fair_rules *r)
{
    if (rng_unit(rng) < r->ties)
        return VERDICT_TIE;
    return rng_unit(rng) < r->llama ? VERDICT_LLAMA : VERDICT_CLAUDE;
}

static inline void
fair_count(struct tally *t, enum verdict_kind kind)
{
    t->w += kind == VERDICT_LLAMA;
    t->l += kind == VERDICT_CLAUDE;
    t->t += kind == VERDICT_TIE;
}

/* ---- what is said of the cells: each category, and all of it ---- */

enum { FAIR_WHOLE = CATEGORY_COUNT, FAIR_CELLS };
struct fair_said {
    double log_e[FAIR_CELLS];
    bool leads[FAIR_CELLS];
};

/* ln M(½). */
static inline double
fair_log_e(double w, double l)
{
    return lgamma(w + 0.5) + lgamma(l + 0.5) - lgamma(w + l + 1) + (w + l) * log(2) - log(acos(-1));
}

/* The sign test: nobody leads below ten decisive verdicts, nor below e = 20; of the categories the k largest e lead, k the
 * greatest with e_(k) ≥ 120 / k. */
static inline struct fair_said
fair_said_by_definition(const struct tally cells[CATEGORY_COUNT])
{
    struct fair_said said = {{0}, {0}};
    struct tally whole = {0};
    double counted[FAIR_CELLS];
    for (int c = 0; c < FAIR_CELLS; c++) {
        const struct tally *t = c == FAIR_WHOLE ? &whole : &cells[c];
        double w = (double)t->w, l = (double)t->l;
        said.log_e[c] = fair_log_e(w, l);
        counted[c] = w + l < 10 ? -INFINITY : said.log_e[c];
        whole.w += t->w;
        whole.l += t->l;
    }
    said.leads[FAIR_WHOLE] = counted[FAIR_WHOLE] >= log(20);
    for (int k = 1; k <= CATEGORY_COUNT; k++) {
        int reach = 0;
        for (int c = 0; c < CATEGORY_COUNT; c++)
            reach += counted[c] >= log(120.0 / k);
        for (int c = 0; c < CATEGORY_COUNT && reach >= k; c++)
            said.leads[c] = counted[c] >= log(120.0 / k);
    }
    return said;
}

static inline struct fair_said
fair_said_by_report(struct store *s)
{
    struct fair_said said;
    struct report r;
    struct err err = {{0}};
    if (!report_read(&r, s, INT64_MIN, 50, &err))
        fail_msg("%s", err.text);
    for (int c = 0; c < FAIR_CELLS; c++) {
        const struct report_cell *cell = c == FAIR_WHOLE ? &r.overall : &r.categories[c];
        said.log_e[c] = log(cell->win_rate.e);
        said.leads[c] = cell->win_rate.state != LEAD_NONE;
    }
    report_clear(&r);
    return said;
}

/* Of the objects that `report` and `route status` print; the latter says nothing of the whole. */
static inline struct fair_said
fair_said_by_command(const struct json *doc)
{
    struct fair_said said;
    for (int c = 0; c < FAIR_CELLS; c++) {
        const struct json *o = c == FAIR_WHOLE ? json_get(doc, "overall")
                                               : json_get(json_get(doc, "categories"),
                                                          category_name((enum category)c));
        const char *state = json_get_str(o, "state");
        said.log_e[c] = NAN;
        if (json_num(json_get(o, "e"), &said.log_e[c]))
            said.log_e[c] = log(said.log_e[c]);
        said.leads[c] = state && strcmp(state, "no_leader") != 0;
    }
    return said;
}

static inline bool
fair_same(const struct fair_said *a, const struct fair_said *b)
{
    for (int c = 0; c < FAIR_CELLS; c++) {
        if (isnan(a->log_e[c]) || isnan(b->log_e[c]))
            continue; /* not said */
        if (fabs(a->log_e[c] - b->log_e[c]) > 1e-3 || a->leads[c] != b->leads[c])
            return false;
    }
    return true;
}

static inline bool
fair_leads(const struct fair_said *said, const struct fair_rules *rules)
{
    bool leads = false;
    for (int c = 0; c < CATEGORY_COUNT; c++)
        leads = leads || said->leads[c];
    return rules->whole ? said->leads[FAIR_WHOLE] : leads;
}

/* How many further verdicts of a cell, all for the one who has more, it takes until somebody can lead. */
static inline int
fair_wait_of(const struct tally *t)
{
    double more = (double)(t->w > t->l ? t->w : t->l), less = (double)(t->w + t->l) - more;
    int n = 1;
    while (more + n + less < 10 || fair_log_e(more + n, less) < log(20))
        n++;
    return n;
}

/* After how many further pairs somebody can lead for the first time: a cell alone, or any of the categories, each of which has
 * its turn. */
static inline int
fair_wait(const struct tally cells[CATEGORY_COUNT], const struct fair_rules *rules)
{
    int least = INT_MAX;
    for (int c = 0; c < rules->categories; c++) {
        int n = fair_wait_of(&cells[c]);
        least = n < least ? n : least;
    }
    return rules->every ? 1 : (least - 1) * rules->categories + 1;
}

/* ---- a run ---- */

static inline void
fair_merge(struct store *s, int pair, int rater, enum category category, enum verdict_kind kind)
{
    static const char *const raters[] = {"ann", "bob", "eve"};
    struct err err = {{0}};
    char line[640];
    int n = snprintf(
        line, sizeof line,
        "{\"id\":\"%s-%d\",\"ts\":%d,\"session\":\"s%d\",\"turn\":1,\"rater\":\"%s\",\"category\":"
        "\"%s\",\"mode\":\"parallel\",\"message\":\"halo\",\"left\":\"llama\",\"winner\":\"%s\","
        "\"drawn_by\":\"random\",\"answers\":{\"claude\":{\"text\":\"Halo!\",\"model\":\"haiku\"},"
        "\"llama\":{\"text\":\"Halo!\",\"model\":\"zantara\"}}}",
        raters[rater], pair, 1000000000 + 10 * pair + rater, pair, raters[rater],
        category_name(category), verdict_kind_name(kind));
    struct json *record = json_parse(line, (size_t)n, &err);
    if (!record || merge_store_record(s, record, &err) != MERGE_ADDED)
        fail_msg("%s", err.text);
    json_free(record);
}

/* What a run came to. */
struct fair_end {
    bool leads;    /* somebody was said to lead; the run ends there */
    int64_t pairs; /* of the category that was judged last */
    int looks;
    int differed; /* looks at which something else was said than by the definition */
};

static inline void
fair_look(struct fair_end *end, const struct fair_said *said,
          const struct tally cells[CATEGORY_COUNT])
{
    struct fair_said defined = fair_said_by_definition(cells);
    end->looks++;
    end->differed += !fair_same(said, &defined);
}

/* path: of a database that is not there yet. At the end `command` is looked at, too. */
static inline struct fair_end
fair_run(const char *path, uint64_t seed, const struct fair_rules *rules,
         struct fair_said (*command)(void *arg), void *arg)
{
    struct tally cells[CATEGORY_COUNT] = {{0}};
    struct fair_end end = {false, 0, 0, 0};
    struct fair_said said;
    struct rng rng = {.state = seed};
    struct err err = {{0}};
    struct store *s = store_open(path, &err);
    int pairs = rules->each * rules->categories, due = 1;
    assert_non_null(s);
    for (int i = 0; i < pairs && !end.leads;) {
        int until = due < pairs ? due : pairs;
        assert_true(store_begin(s, &err));
        for (; i < until; i++) {
            enum category c = (enum category)(i % rules->categories);
            enum verdict_kind truth = fair_draw(&rng, rules);
            fair_merge(s, i, 0, c, truth);
            for (int r = 1; r < rules->raters; r++)
                fair_merge(s, i, r, c, rng_unit(&rng) < 0.8 ? truth : fair_draw(&rng, rules));
            fair_count(&cells[c], truth);
            end.pairs = verdicts_total(&cells[c]);
        }
        if (!store_commit(s, &err))
            fail_msg("%s", err.text);
        said = fair_said_by_report(s);
        fair_look(&end, &said, cells);
        end.leads = fair_leads(&said, rules);
        due = i + fair_wait(cells, rules);
    }
    store_close(&s);
    said = command(arg);
    fair_look(&end, &said, cells);
    return end;
}

#endif
