#include "berdua/chat/turn_json.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/json_writer.h"
#include "berdua/base/mem.h"

/* ---- an answer ---- */

static double
ms_or_none(int64_t us)
{
    return us < 0 ? NAN : (double)us / US_PER_MS;
}

static double
count_or_none(int64_t n)
{
    return n < 0 ? NAN : (double)n;
}

static void
write_error(struct json_writer *w, const struct answer_error *e)
{
    if (e->kind == ERR_NONE) {
        json_write_null(w, "error");
        return;
    }
    json_write_object(w, "error");
    json_write_str(w, "kind", error_kind_name(e->kind));
    json_write_str(w, "message", e->message);
    json_write_num(w, "http_status", e->http_status ? (double)e->http_status : NAN);
    json_write_str(w, "request_id", e->request_id);
    json_write_end(w);
}

void
answer_write_json(struct json_writer *w, const char *key, const struct answer *a)
{
    json_write_object(w, key);
    json_write_str(w, "id", a->id);
    json_write_str(w, "brain", brain_id_name(a->brain));
    json_write_str(w, "provider", a->provider);
    json_write_str(w, "model", a->model);
    json_write_str(w, "role", answer_role_name(a->role));
    json_write_str(w, "status", answer_status_name(a->status));
    json_write_strn(w, "text", a->text.p, a->text.len);
    json_write_str(w, "stop_reason", a->stop_reason);
    json_write_num(w, "connect_ms", ms_or_none(a->times.connect_us));
    json_write_num(w, "ttft_ms", ms_or_none(a->times.ttft_us));
    json_write_num(w, "total_ms", ms_or_none(a->times.total_us));
    json_write_num(w, "stall_ms", ms_or_none(a->times.stall_us));
    json_write_num(w, "queue_ms", ms_or_none(a->times.queue_us));
    json_write_num(w, "execution_ms", ms_or_none(a->times.execution_us));
    json_write_num(w, "tokens_in", count_or_none(a->usage.input));
    json_write_num(w, "tokens_cached", count_or_none(a->usage.cache_read));
    bool counted = a->usage.output >= 0 || a->text.len > 0;
    json_write_num(w, "tokens_out", count_or_none(counted ? answer_tokens_out(a) : UNKNOWN));
    json_write_bool(w, "tokens_estimated", a->usage.estimated);
    double speed = answer_tokens_per_s(a, 0);
    json_write_num(w, "tokens_per_s", speed);
    json_write_bool(w, "tokens_per_s_estimated", !isnan(speed) && answer_speed_estimated(a));
    json_write_num(w, "cost_usd", a->cost_usd);
    json_write_num(w, "saved_usd", a->saved_usd);
    json_write_num(w, "warmth", a->warmth);
    json_write_num(w, "cultural", a->cultural);
    json_write_str(w, "score_rules", a->score_rules);
    json_write_bool(w, "truncated", a->truncated);
    json_write_int(w, "retries", a->retries);
    json_write_bool(w, "cold", a->cold);
    json_write_bool(w, "simulated", a->simulated);
    write_error(w, &a->error);
    json_write_end(w);
}

struct json *
answer_to_json(const struct answer *a)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    struct json_writer w = json_writer_on(&text);
    answer_write_json(&w, NULL, a);
    struct json *o = json_parse(text.p, text.len, NULL);
    buf_finish(&text);
    return o;
}

/* ---- a cultural context ---- */

static void
add_ms(struct json *o, const char *key, int64_t us)
{
    json_add_num(o, key, ms_or_none(us));
}

static struct json *
insights_json(const struct context *c)
{
    struct json *list = json_array();
    for (size_t i = 0; i < c->insight_count; i++) {
        struct json *o = json_object();
        json_add_str(o, "id", c->insights[i].id);
        json_add_str(o, "topic", c->insights[i].topic);
        json_add_str(o, "text", c->insights[i].text);
        json_add_num(o, "score", c->insights[i].score);
        json_push(list, o);
    }
    return list;
}

struct json *
context_to_json(const struct context *c)
{
    if (!c->wanted)
        return NULL;
    struct json *o = json_object();
    json_add_str(o, "source", context_source_name(c->source));
    add_ms(o, "ms", c->started_us);
    json_add_int(o, "grace_ms", c->grace_ms);
    add_ms(o, "late_ms", c->late_us);
    json_add(o, "insights", insights_json(c));
    json_add_str(o, "text", c->text);
    json_add_str(o, "why", c->why);
    json_add_bool(o, "saved", c->saved);
    json_add(o, "call", c->asked ? answer_to_json(&c->answer) : NULL);
    return o;
}

static int64_t
get_us(const struct json *o, const char *key)
{
    double ms;
    return json_get_num(o, key, &ms) && ms >= 0 && ms < 1e12 ? (int64_t)(ms * US_PER_MS + .5)
                                                             : UNKNOWN;
}

static void
take_insights(struct context *c, const struct json *list)
{
    size_t n = json_is_array(list) ? json_count(list) : 0;
    c->insights = n ? xcalloc(n, sizeof *c->insights) : NULL;
    for (const struct json *v = n ? json_first(list) : NULL; v; v = json_next(v)) {
        struct context_insight *i = &c->insights[c->insight_count++];
        i->id = xstrdup(json_get_str(v, "id"));
        i->topic = xstrdup(json_get_str(v, "topic"));
        i->text = xstrdup(json_get_str(v, "text"));
        json_get_num(v, "score", &i->score);
    }
}

/* The fields that are used after loading; the call's other figures stay in the file. */
static void
take_call(struct context *c, const struct json *call)
{
    if (!json_is_object(call))
        return;
    int status = answer_status_parse(json_get_str(call, "status"));
    struct answer *a = &c->answer;
    c->asked = true;
    a->status =
        status < 0 || status == STATUS_RUNNING ? STATUS_INTERRUPTED : (enum answer_status)status;
    a->phase = PHASE_ENDED;
    a->provider = xstrdup(json_get_str(call, "provider"));
    a->model = xstrdup(json_get_str(call, "model"));
    const char *text = json_get_str(call, "text");
    if (text)
        buf_append_str(&a->text, text);
    a->times.ttft_us = get_us(call, "ttft_ms");
    a->times.total_us = get_us(call, "total_ms");
    json_get_int(call, "tokens_in", &a->usage.input);
    json_get_int(call, "tokens_out", &a->usage.output);
    json_get_num(call, "cost_usd", &a->cost_usd);
    json_get_num(call, "saved_usd", &a->saved_usd);
}

void
context_from_json(struct context *c, const struct json *o)
{
    if (!json_is_object(o))
        return;
    int source = context_source_parse(json_get_str(o, "source"));
    int64_t grace = 0;
    c->wanted = true;
    c->source = source < 0 ? CONTEXT_NONE : (enum context_source)source;
    c->started_us = get_us(o, "ms");
    c->late_us = get_us(o, "late_ms");
    json_get_int(o, "grace_ms", &grace);
    c->grace_ms = (int)grace;
    c->text = xstrdup(json_get_str(o, "text"));
    c->why = xstrdup(json_get_str(o, "why"));
    json_get_bool(o, "saved", &c->saved);
    take_insights(c, json_get(o, "insights"));
    take_call(c, json_get(o, "call"));
}

/* ---- a turn ---- */

/* Unicode characters, so that the ratio does not depend on the script's encoding. */
static int64_t
characters(const struct buf *text)
{
    int64_t n = 0;
    for (size_t i = 0; i < text->len; i++)
        n += ((unsigned char)text->p[i] & 0xC0) != 0x80;
    return n;
}

static void
add_greater(struct json *o, const char *key, double llama, double claude)
{
    if (isnan(llama) || isnan(claude))
        json_add_null(o, key);
    else
        json_add_bool(o, key, llama > claude);
}

static struct json *
comparison_to_json(const struct turn *t)
{
    const struct answer *c = &t->answers[BRAIN_CLAUDE], *l = &t->answers[BRAIN_LLAMA];
    if (!t->asked[BRAIN_CLAUDE] || !t->asked[BRAIN_LLAMA])
        return NULL;
    struct json *j = json_object();
    int64_t nc = characters(&c->text), nl = characters(&l->text);
    json_add_num(j, "length_ratio", nc > 0 && nl > 0 ? (double)nl / (double)nc : NAN);
    add_greater(j, "llama_warmer", l->warmth, c->warmth);
    add_greater(j, "llama_more_cultural", l->cultural, c->cultural);
    return j;
}

static void
add_kind(struct json *o, const struct turn *t)
{
    bool known = t->kind.category >= 0;
    struct json *weights = json_object();
    for (int c = 0; known && c < CATEGORY_COUNT; c++)
        if (t->kind.weights[c] > 0)
            json_add_num(weights, category_name((enum category)c), t->kind.weights[c]);
    json_add_str(o, "language",
                 t->kind.language < 0 ? NULL : language_name((enum language)t->kind.language));
    json_add_str(o, "category", known ? category_name((enum category)t->kind.category) : NULL);
    json_add(o, "categories", weights);
}

struct json *
route_to_json(const struct turn *t)
{
    if (!t->route.rule)
        return NULL;
    struct json *r = json_object();
    json_add_str(r, "brain", brain_id_name(t->route.brain));
    json_add_str(r, "mode", t->route.style);
    json_add_str(r, "rule", t->route.rule);
    json_add_num(r, "percent", t->route.percent);
    json_add_int(r, "bucket", t->route.bucket);
    json_add_str(r, "reason", t->route.reason);
    json_add_str(r, "fallback", brain_id_name(t->route.fallback));
    json_add_str(r, "fallback_why", t->route.fallback_why);
    return r;
}

void
route_from_json(struct turn *t, const struct json *r)
{
    int64_t bucket = 0;
    t->route.brain = (enum brain_id)brain_id_parse(json_get_str(r, "brain"));
    t->route.fallback = (enum brain_id)brain_id_parse(json_get_str(r, "fallback"));
    t->route.style = xstrdup(json_get_str(r, "mode"));
    t->route.rule = xstrdup(json_get_str(r, "rule"));
    t->route.reason = xstrdup(json_get_str(r, "reason"));
    t->route.fallback_why = xstrdup(json_get_str(r, "fallback_why"));
    json_get_num(r, "percent", &t->route.percent);
    json_get_int(r, "bucket", &bucket);
    t->route.bucket = (int)bucket;
}

struct json *
turn_to_json(const struct conversation *c, const struct turn *t)
{
    struct json *o = json_object();
    json_add_int(o, "turn", t->seq);
    json_add_str(o, "id", t->id);
    json_add_str(o, "session", c->id);
    json_add_str(o, "user", c->user);
    json_add_num(o, "ts", (double)t->at_wall_us / US_PER_S);
    json_add_str(o, "message", t->message);
    add_kind(o, t);
    json_add_str(o, "mode", chat_mode_name(t->mode));
    json_add_str(o, "history", history_policy_name(t->history));
    json_add(o, "route", route_to_json(t));
    json_add(o, "context", context_to_json(&t->context));
    json_add_str(o, "served", brain_id_name(t->served));
    json_add_str(o, "canonical", brain_id_name(t->canonical));
    struct json *answers = json_array();
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b])
            json_push(answers, answer_to_json(&t->answers[b]));
    json_add(o, "answers", answers);
    json_add(o, "comparison", comparison_to_json(t));
    bool judged = t->verdict.kind != VERDICT_NONE;
    json_add_str(o, "verdict", judged ? verdict_kind_name(t->verdict.kind) : NULL);
    json_add_str(o, "note", t->verdict.note);
    json_add_bool(o, "simulated", t->simulated);
    return o;
}
