#include "berdua/chat/answer_json.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"

static void
add_ms(struct json *o, const char *key, int64_t us)
{
    json_add_num(o, key, us < 0 ? NAN : (double)us / US_PER_MS);
}

static void
add_count(struct json *o, const char *key, int64_t n)
{
    json_add_num(o, key, n < 0 ? NAN : (double)n);
}

static void
add_error(struct json *o, const struct answer_error *e)
{
    if (e->kind == ERR_NONE) {
        json_add_null(o, "error");
        return;
    }
    struct json *j = json_object();
    json_add_str(j, "kind", error_kind_name(e->kind));
    json_add_str(j, "message", e->message);
    json_add_num(j, "http_status", e->http_status ? (double)e->http_status : NAN);
    json_add_str(j, "request_id", e->request_id);
    json_add(o, "error", j);
}

struct json *
answer_to_json(const struct answer *a)
{
    struct json *o = json_object();
    json_add_str(o, "id", a->id);
    json_add_str(o, "brain", brain_id_name(a->brain));
    json_add_str(o, "provider", a->provider);
    json_add_str(o, "model", a->model);
    json_add_str(o, "role", answer_role_name(a->role));
    json_add_str(o, "status", answer_status_name(a->status));
    json_add_strn(o, "text", a->text.p, a->text.len);
    json_add_str(o, "stop_reason", a->stop_reason);
    add_ms(o, "connect_ms", a->times.connect_us);
    add_ms(o, "ttft_ms", a->times.ttft_us);
    add_ms(o, "total_ms", a->times.total_us);
    add_ms(o, "stall_ms", a->times.stall_us);
    add_ms(o, "queue_ms", a->times.queue_us);
    add_ms(o, "execution_ms", a->times.execution_us);
    add_count(o, "tokens_in", a->usage.input);
    bool counted = a->usage.output >= 0 || a->text.len > 0;
    add_count(o, "tokens_out", counted ? answer_tokens_out(a) : UNKNOWN);
    json_add_bool(o, "tokens_estimated", a->usage.estimated);
    json_add_num(o, "tokens_per_s", answer_tokens_per_s(a, 0));
    json_add_num(o, "cost_usd", a->cost_usd);
    json_add_num(o, "warmth", a->warmth);
    json_add_num(o, "cultural", a->cultural);
    json_add_str(o, "score_rules", a->score_rules);
    json_add_bool(o, "truncated", a->truncated);
    json_add_int(o, "retries", a->retries);
    json_add_bool(o, "cold", a->cold);
    json_add_bool(o, "simulated", a->simulated);
    add_error(o, &a->error);
    return o;
}
