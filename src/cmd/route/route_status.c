#include "cmd/doc/rollout_doc.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/conf/config.h"
#include "berdua/route/guard_arms.h"
#include "berdua/route/rollout.h"
#include "berdua/stats/stats_json.h"
#include "cmd/out.h"

/* ---- JSON ---- */

static void
add_time(struct json *o, const char *key, int64_t us)
{
    json_add_num(o, key, us ? (double)us / US_PER_S : NAN);
}

static struct json *
gate_json(const struct rollout_view *v)
{
    if (isnan(v->gate.gate))
        return NULL;
    struct json *o = json_object();
    json_add_num(o, "gate", v->gate.gate);
    stats_json_add_needed(o, "needed", v->gate.needed);
    json_add_num(o, "days", v->gate.days);
    return o;
}

static struct json *
arm_json(const struct guard_arm *a)
{
    struct json *o = json_object();
    json_add_int(o, "turns", a->turns);
    json_add_int(o, "users", a->users);
    json_add_int(o, "bad", a->bad);
    json_add_int(o, "failed_or_fell_back", a->failed_or_fell_back);
    json_add_int(o, "overrides", a->overrides);
    json_add_num(o, "p95_ttft_ms", a->p95_ttft_ms);
    json_add_num(o, "cost_usd", a->cost_usd);
    return o;
}

static struct json *
guardrails_json(const struct guardrails *g)
{
    struct json *o = json_object(), *difference = json_object(), *srm = json_object();
    json_add_str(o, "state", guardrail_state_name(g->state));
    json_add_num(difference, "low", g->difference.low);
    json_add_num(difference, "high", g->difference.high);
    json_add(o, "difference", difference);
    for (int b = 0; b < BRAIN_COUNT; b++)
        json_add(o, brain_id_name((enum brain_id)b), arm_json(&g->arms[b]));
    json_add_int(srm, "n", g->srm.n);
    json_add_int(srm, "k", g->srm.k);
    json_add_num(srm, "p0", g->srm.p0);
    json_add_num(srm, "e", g->srm.e);
    json_add_bool(srm, "alarm", g->srm.alarm);
    json_add(o, "srm", srm);
    return o;
}

static struct json *
view_json(const struct rollout_view *v, const struct rollout_limits *limits)
{
    struct json *o = json_object(), *guard = json_object(), *blocked = json_array();
    json_add_num(o, "percent", v->percent);
    json_add_num(o, "effective", v->effective);
    add_time(o, "since", v->since_us);
    json_add_str(o, "model", v->model);
    json_add_int(o, "n", verdicts_total(&v->tally));
    json_add(o, "quality", stats_json_quality(&v->quality));
    json_add(o, "win_rate", stats_json_win_rate(&v->win_rate));
    stats_json_add_lead(o, &v->win_rate);
    json_add_num(guard, "low", v->guard_low);
    json_add_num(guard, "least", limits->guard);
    json_add(o, "guard", guard);
    json_add(o, "gate", gate_json(v));
    json_add(o, "guardrails", v->guarded ? guardrails_json(&v->guardrails) : NULL);
    json_add_str(o, "decision", decision_name(v->decision));
    json_add_num(o, "to", v->to);
    for (int b = 0; b < BLOCK_COUNT; b++)
        if (v->blocked & 1u << b)
            json_push_str(blocked, block_name((enum block)b));
    json_add(o, "blocked_by", blocked);
    json_add_str(o, "reason", v->reason);
    return o;
}

static bool
add_history(void *arg, const struct rollout_step *step)
{
    struct json *o = json_object();
    add_time(o, "ts", step->at_us);
    json_add_str(o, "category", category_name(step->category));
    json_add_num(o, "from", step->from);
    json_add_num(o, "to", step->to);
    json_add_str(o, "by", step->by);
    json_add_str(o, "reason", step->reason);
    json_push(arg, o);
    return true;
}

static bool
print_json(const struct route_now *s, struct store *store, struct err *err)
{
    static const char *const gates[] = {"10", "25", "50"};
    struct json *doc = json_object(), *gate = json_object(), *breakers = json_object();
    struct json *categories = json_object(), *history = json_array();
    json_add_bool(doc, "auto", s->limits.automatic);
    json_add_int(doc, "min_verdicts", s->limits.min_verdicts);
    json_add_num(doc, "dwell_h", (double)s->limits.dwell_us / US_PER_S / 3600);
    json_add_num(doc, "guard", s->limits.guard);
    json_add_str(doc, "evidence", s->limits.blind_only ? "blind" : "all");
    for (int i = 0; i < 3; i++)
        json_add_num(gate, gates[i], s->limits.gates[i]);
    json_add(doc, "gates", gate);
    for (int b = 0; b < BRAIN_COUNT; b++)
        json_add_str(breakers, brain_id_name((enum brain_id)b), breaker_state_name(s->breakers[b]));
    json_add(doc, "breakers", breakers);
    struct rollout_view views[CATEGORY_COUNT];
    route_now_look(s, views);
    for (int k = 0; k < CATEGORY_COUNT; k++)
        json_add(categories, category_name((enum category)k), view_json(&views[k], &s->limits));
    json_add(doc, "categories", categories);
    bool ok = rollout_store_steps(store, add_history, history, err);
    json_add(doc, "history", history);
    return out_json_if(ok, doc);
}

/* ---- text ---- */

static bool
print_text(const struct route_now *s, struct store *store, struct err *err)
{
    struct doc *d = doc_create();
    bool ok = rollout_doc(d, s, store, err);
    if (ok)
        out_doc(d);
    doc_destroy(&d);
    return ok;
}

bool
route_status(struct store *store, const struct config *config, bool json, struct err *err)
{
    struct route_now s;
    bool ok = route_now_load(&s, store, config, clock_wall_us(), true, err) &&
              (json ? print_json(&s, store, err) : print_text(&s, store, err));
    rollout_destroy(&s.rollout);
    return ok;
}
