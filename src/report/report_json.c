#include "berdua/report/report_json.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/stats/stats_json.h"

static struct json *
made_json(const struct report *r, const struct report_made *made)
{
    struct json *o = json_object(), *words = json_array();
    json_add_num(o, "at", (double)made->at_us / US_PER_S);
    json_add_str(o, "app_version", BERDUA_VERSION);
    json_add_str(o, "score_rules", r->score_rules);
    json_add_str(o, "config_hash", made->config_hash);
    for (int i = 0; i < made->word_count; i++)
        json_push_str(words, made->words[i]);
    json_add(o, "command", words);
    return o;
}

static struct json *
flow_json(const struct report *r)
{
    const struct {
        const char *name;
        int64_t n;
    } rows[] = {{"shown", r->flow.shown},     {"verdicts", r->flow.verdicts},
                {"pairs", r->flow.pairs},     {"sessions", r->flow.sessions},
                {"raters", r->flow.raters},   {"left_out", r->flow.left_out},
                {"dispute", r->flow.dispute}, {"later", r->flow.later},
                {"counted", r->flow.counted}};
    struct json *o = json_object();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        json_add_int(o, rows[i].name, rows[i].n);
    return o;
}

static void
add_interval(struct json *o, struct interval i)
{
    json_add_num(o, "low", i.low);
    json_add_num(o, "high", i.high);
}

static struct json *
cell_json(const struct report_cell *c)
{
    struct json *o = json_object();
    json_add_int(o, "n", verdicts_total(&c->tally));
    json_add_int(o, "w", c->tally.w);
    json_add_int(o, "l", c->tally.l);
    json_add_int(o, "t", c->tally.t);
    json_add_int(o, "b", c->tally.b);
    json_add(o, "win_rate", stats_json_win_rate(&c->win_rate));
    stats_json_add_lead(o, &c->win_rate);
    json_add(o, "quality", stats_json_quality(&c->quality));
    json_add_num(o, "stage", c->stage);
    return o;
}

static void
add_cells(struct json *doc, const struct report *r)
{
    struct json *categories = json_object(), *languages = json_object();
    json_add(doc, "overall", cell_json(&r->overall));
    for (int c = 0; c < CATEGORY_COUNT; c++)
        json_add(categories, category_name((enum category)c), cell_json(&r->categories[c]));
    json_add(doc, "categories", categories);
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        json_add(languages, language_name((enum language)l), cell_json(&r->languages[l]));
    json_add(doc, "languages", languages);
}

static void
add_raters(struct json *doc, const struct report *r)
{
    struct json *flagged = json_object(), *asked = json_object(), *side = json_object(),
                *self = json_object(), *raters = json_object(), *blind = json_object();
    for (int f = 0; f < FLAG_COUNT; f++)
        json_add_int(flagged, verdict_flag_name((enum verdict_flag)f), r->flagged[f]);
    json_add(doc, "flagged", flagged);
    json_add_int(asked, "drawn", r->asked_drawn);
    json_add_int(asked, "answered", r->asked_answered);
    json_add(doc, "asked", asked);
    json_add_int(side, "left", r->side_bias.k);
    json_add_int(side, "n", r->side_bias.n);
    json_add_num(side, "rate", r->side_bias.rate);
    add_interval(side, r->side_bias.interval);
    json_add(doc, "side_bias", side);
    json_add_int(self, "n", r->self.n);
    json_add_num(self, "kappa", r->self.kappa);
    json_add(doc, "self_consistency", self);
    json_add_int(raters, "n", r->raters.n);
    json_add_int(raters, "pairs", r->raters.pairs);
    json_add_num(raters, "alpha", r->raters.alpha);
    json_add(doc, "raters", raters);
    json_add_int(blind, "n", r->blindness.index.n);
    json_add_int(blind, "right", r->blindness.right);
    json_add_int(blind, "wrong", r->blindness.wrong);
    json_add_int(blind, "dont_know", r->blindness.dont_know);
    json_add_num(blind, "index", r->blindness.index.index);
    add_interval(blind, r->blindness.index.interval);
    json_add(doc, "blindness", blind);
}

/* What the judge itself says, apart from people's. */
static struct json *
votes_json(const struct tally *t)
{
    struct json *o = json_object();
    json_add_int(o, "n", verdicts_total(t));
    json_add_int(o, "w", t->w);
    json_add_int(o, "l", t->l);
    json_add_int(o, "t", t->t);
    json_add_int(o, "b", t->b);
    json_add_num(o, "value", verdicts_rate(t));
    return o;
}

static struct json *
judge_json(const struct report *r)
{
    const struct judge_fit *f = &r->judge.fit;
    if (!r->judge.model)
        return NULL;
    struct json *o = json_object();
    json_add_str(o, "model", r->judge.model);
    json_add_str(o, "prompt", r->judge.prompt);
    json_add_int(o, "n", f->n);
    json_add_num(o, "agreement", r->judge.agreement);
    json_add_num(o, "kappa", r->judge.kappa);
    json_add_num(o, "rho", f->rho);
    json_add_int(o, "n_random", f->n_random);
    json_add_int(o, "unlabelled", f->unlabelled);
    json_add_num(o, "lambda", f->lambda);
    json_add_num(o, "n_eff", f->n_eff);
    json_add_num(o, "estimate", f->estimate);
    json_add_num(o, "low", isnan(f->estimate) ? NAN : f->interval.low);
    json_add_num(o, "high", isnan(f->estimate) ? NAN : f->interval.high);
    json_add_bool(o, "calibrated", f->calibrated);
    json_add_str(o, "contestant",
                 r->judge.contestant < 0 ? NULL
                                         : brain_id_name((enum brain_id)r->judge.contestant));
    json_add_int(o, "inconsistent", r->judge.inconsistent);
    json_add(o, "votes", votes_json(&r->judge.votes));
    struct json *categories = json_object();
    for (int c = 0; c < CATEGORY_COUNT; c++)
        json_add(categories, category_name((enum category)c), votes_json(&r->judge.categories[c]));
    json_add(o, "categories", categories);
    return o;
}

static struct json *
style_json(const struct style_fit *f)
{
    static const char *const names[STYLE_FEATURES] = {"side", "length", "headers", "lists", "bold"};
    if (f->n < ASYMPTOTIC_LEAST)
        return NULL;
    struct json *o = json_object(), *coefficients = json_object();
    json_add_int(o, "n", f->n);
    json_add_num(o, "raw", f->raw);
    json_add_num(o, "adjusted", f->adjusted);
    add_interval(o, f->interval);
    for (int i = 0; i < STYLE_FEATURES; i++)
        json_add_num(coefficients, names[i], f->coefficients[i]);
    json_add(o, "coefficients", coefficients);
    return o;
}

static struct json *
score_json(const struct score_agreement *a)
{
    struct json *s = json_object();
    json_add_int(s, "n", a->n);
    json_add_int(s, "agree", a->agreed);
    json_add_num(s, "rate", a->rate);
    add_interval(s, a->interval);
    json_add_str(s, "state", score_state_name(a->state));
    return s;
}

static struct json *
scores_json(const struct report *r)
{
    static const char *const names[] = {"warmth", "cultural"};
    struct json *o = json_object();
    for (int i = 0; i < SCORE_KINDS; i++) {
        struct json *s = score_json(&r->scores.all[i]);
        json_add(s, "blind", score_json(&r->scores.blind[i]));
        json_add(o, names[i], s);
    }
    return o;
}

static struct json *
points_json(const struct report_series *s)
{
    struct json *list = json_array();
    for (size_t i = 0; i < s->count; i++) {
        const struct report_point *p = &s->points[i];
        struct json *o = json_object();
        json_add_num(o, "until", (double)p->until_us / US_PER_S);
        json_add_int(o, "w", p->tally.w);
        json_add_int(o, "l", p->tally.l);
        json_add_int(o, "t", p->tally.t);
        json_add_int(o, "b", p->tally.b);
        json_add_num(o, "value", p->value);
        add_interval(o, report_point_interval(p));
        json_push(list, o);
    }
    return list;
}

/* The win rate as it ran: each point of all observations until then. */
static struct json *
over_time_json(const struct report *r)
{
    struct json *o = json_object(), *categories = json_object();
    json_add(o, "overall", points_json(&r->overall_series));
    for (int c = 0; c < CATEGORY_COUNT; c++)
        json_add(categories, category_name((enum category)c), points_json(&r->category_series[c]));
    json_add(o, "categories", categories);
    return o;
}

static struct json *
sight_json(const struct report *r)
{
    static const char *const names[] = {"open", "blind"};
    struct json *o = json_object(), *difference = json_object();
    for (int i = 0; i < 2; i++)
        json_add(o, names[i], stats_json_win_rate(&r->sight.rate[i]));
    json_add_num(difference, "value", r->sight.difference);
    add_interval(difference, r->sight.interval);
    json_add(o, "difference", difference);
    return o;
}

static struct json *
counts_json(const int64_t counts[DURATION_BINS])
{
    struct json *list = json_array();
    for (int i = 0; i < DURATION_BINS; i++)
        json_push_num(list, (double)counts[i]);
    return list;
}

static struct json *
histogram_json(const struct duration_histogram *h)
{
    struct json *o = json_object(), *edges = json_array();
    for (int i = 0; i < DURATION_EDGES; i++)
        json_push_num(edges, duration_edges_ms[i]);
    json_add(o, "edges_ms", edges);
    json_add(o, "warm", counts_json(h->warm));
    json_add(o, "cold", counts_json(h->cold));
    return o;
}

static double
share(int64_t k, int64_t n)
{
    return n ? (double)k / (double)n : NAN;
}

static struct json *
times_json(const struct report_times *t)
{
    struct json *o = json_object();
    json_add_num(o, "p50", t->p50_ms);
    json_add_num(o, "p95", t->p95_ms);
    json_add_num(o, "p99", t->p99_ms);
    return o;
}

static struct json *
brains_json(const struct report *r)
{
    struct json *o = json_object();
    for (int i = 0; i < BRAIN_COUNT; i++) {
        const struct report_brain *b = &r->brains[i];
        struct json *j = json_object(), *shadow = json_object();
        json_add_int(j, "answers", b->answers);
        json_add_int(j, "complete", b->complete);
        json_add_num(j, "success_rate", share(b->complete, b->answers));
        json_add_int(j, "cold", b->cold);
        json_add_num(j, "cost_usd", b->cost_usd);
        json_add(j, "ttft_ms", times_json(&b->ttft));
        json_add(j, "total_ms", times_json(&b->total));
        json_add(j, "ttft_histogram", histogram_json(&b->ttft_histogram));
        json_add(j, "total_histogram", histogram_json(&b->total_histogram));
        json_add_int(shadow, "answers", b->shadow);
        json_add_int(shadow, "complete", b->shadow_complete);
        json_add_num(shadow, "success_rate", share(b->shadow_complete, b->shadow));
        json_add(j, "shadow", shadow);
        json_add(o, brain_id_name((enum brain_id)i), j);
    }
    return o;
}

struct json *
report_to_json(const struct report *r, const struct report_made *made)
{
    struct json *doc = json_object();
    json_add(doc, "made", made_json(r, made));
    json_add_num(doc, "since", r->since_us == INT64_MIN ? NAN : (double)r->since_us / US_PER_S);
    json_add(doc, "flow", flow_json(r));
    add_cells(doc, r);
    add_raters(doc, r);
    json_add(doc, "sight", sight_json(r));
    json_add(doc, "over_time", over_time_json(r));
    json_add(doc, "style", style_json(&r->style));
    json_add(doc, "judge", judge_json(r));
    json_add(doc, "scores", scores_json(r));
    json_add(doc, "brains", brains_json(r));
    return doc;
}
