#include "berdua/chat/turn_json.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/answer_json.h"

/* Unicode characters, so that the ratio does not depend on the script's encoding. */
static int64_t
characters(const struct buf *text)
{
    int64_t n = 0;
    for (size_t i = 0; i < text->len; i++)
        n += ((unsigned char)text->p[i] & 0xC0) != 0x80;
    return n;
}

static struct json *
greater(double llama, double claude)
{
    struct json *holder = json_object();
    if (isnan(llama) || isnan(claude))
        json_add_null(holder, "v");
    else
        json_add_bool(holder, "v", llama > claude);
    struct json *v = json_dup(json_get(holder, "v"));
    json_free(holder);
    return v;
}

static void
add_comparison(struct json *o, const struct turn *t)
{
    const struct answer *c = &t->answers[BRAIN_CLAUDE], *l = &t->answers[BRAIN_LLAMA];
    if (!t->asked[BRAIN_CLAUDE] || !t->asked[BRAIN_LLAMA]) {
        json_add_null(o, "comparison");
        return;
    }
    struct json *j = json_object();
    int64_t nc = characters(&c->text), nl = characters(&l->text);
    json_add_num(j, "length_ratio", nc > 0 && nl > 0 ? (double)nl / (double)nc : NAN);
    json_add(j, "llama_warmer", greater(l->warmth, c->warmth));
    json_add(j, "llama_more_cultural", greater(l->cultural, c->cultural));
    json_add(o, "comparison", j);
}

static void
add_verdict(struct json *o, const struct verdict_state *v)
{
    json_add_str(o, "verdict", v->kind == VERDICT_NONE ? NULL : verdict_kind_name(v->kind));
    json_add_str(o, "note", v->note);
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

static void
add_or_null(struct json *o, const char *key, struct json *take)
{
    if (take)
        json_add(o, key, take);
    else
        json_add_null(o, key);
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
    add_or_null(o, "route", route_to_json(t));
    add_or_null(o, "context", context_to_json(&t->context));
    json_add_str(o, "served", brain_id_name(t->served));
    json_add_str(o, "canonical", brain_id_name(t->canonical));
    struct json *answers = json_array();
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b])
            json_push(answers, answer_to_json(&t->answers[b]));
    json_add(o, "answers", answers);
    add_comparison(o, t);
    add_verdict(o, &t->verdict);
    json_add_bool(o, "simulated", t->simulated);
    return o;
}
