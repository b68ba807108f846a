#include "berdua/stats/stats_json.h"

#include <math.h>

#include "berdua/base/json.h"

struct json *
stats_json_rate(double value, struct interval i, int64_t n)
{
    struct json *o = json_object();
    json_add_num(o, "value", value);
    json_add_num(o, "low", i.low);
    json_add_num(o, "high", i.high);
    json_add_int(o, "n", n);
    return o;
}

struct json *
stats_json_win_rate(const struct win_rate *r)
{
    return stats_json_rate(r->value, r->interval, r->n);
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
