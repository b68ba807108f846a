#include "berdua/chat/context.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/names.h"
#include "berdua/chat/answer_json.h"

static const char *const sources[CONTEXT_SOURCE_COUNT] = {
    [CONTEXT_NONE] = "none",
    [CONTEXT_LLAMA] = "llama",
    [CONTEXT_SAVED] = "saved",
    [CONTEXT_BASELINE] = "baseline",
};

const char *
context_source_name(enum context_source s)
{
    return names_at(sources, CONTEXT_SOURCE_COUNT, (int)s);
}

void
context_init(struct context *c)
{
    *c = (struct context){.started_us = UNKNOWN, .late_us = UNKNOWN};
    answer_init(&c->answer, BRAIN_LLAMA);
}

void
context_finish(struct context *c)
{
    for (size_t i = 0; i < c->insight_count; i++) {
        free(c->insights[i].id);
        free(c->insights[i].topic);
        free(c->insights[i].text);
    }
    free(c->insights);
    free(c->text);
    free(c->why);
    answer_finish(&c->answer);
}

bool
context_running(const struct context *c)
{
    return c->asked && c->answer.status == STATUS_RUNNING;
}

static void
add_ms(struct json *o, const char *key, int64_t us)
{
    json_add_num(o, key, us == UNKNOWN ? NAN : (double)us / US_PER_MS);
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
    if (c->asked)
        json_add(o, "call", answer_to_json(&c->answer));
    else
        json_add_null(o, "call");
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
}

void
context_from_json(struct context *c, const struct json *o)
{
    if (!json_is_object(o))
        return;
    int source = names_find(sources, CONTEXT_SOURCE_COUNT, json_get_str(o, "source"));
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
