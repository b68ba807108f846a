#include "stats_json.h"

#include <math.h>

#include "berdua/base/json.h"

struct json *
stats_json_win_rate(const struct win_rate *r)
{
    struct json *o = json_object();
    json_add_num(o, "value", r->value);
    json_add_num(o, "low", r->interval.low);
    json_add_num(o, "high", r->interval.high);
    json_add_int(o, "n", r->n);
    return o;
}

void
stats_json_add_needed(struct json *o, const char *key, int64_t n)
{
    json_add_num(o, key, n < 0 ? NAN : (double)n);
}

void
stats_json_add_lead(struct json *cell, const struct win_rate *r)
{
    json_add_num(cell, "e", r->e);
    json_add_str(cell, "state", lead_name(r->state));
    stats_json_add_needed(cell, "needed", r->needed);
}

struct json *
stats_json_quality(const struct quality *q)
{
    struct json *o = json_object();
    json_add_num(o, "score", q->score);
    json_add_num(o, "upper", q->upper);
    json_add_int(o, "k", q->k);
    json_add_int(o, "n", q->n);
    json_add_str(o, "basis", quality_basis_name(q->basis));
    json_add_str(o, "method", QUALITY_METHOD);
    json_add_str(o, "definition", quality_definition(q->basis));
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

struct json *
stats_json_guardrails(const struct guardrails *g)
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
