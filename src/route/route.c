#include "berdua/route/route.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/random.h"
#include "berdua/conf/config.h"

/* Another salt would move users to other buckets and make stored decisions wrong. */
static const char salt[] = "berdua rollout 1";

int
route_bucket(const char *user)
{
    uint64_t seed = hash_bytes(salt, sizeof salt - 1, 0);
    return (int)(hash_bytes(user, strlen(user), seed) % BUCKETS);
}

bool
route_in_share(int bucket, double percent)
{
    return bucket < (int)lround(percent * (BUCKETS / 100));
}

const char *
route_style(const struct config *config, enum brain_id brain, const char *name,
            enum category category)
{
    if (!name || !*name)
        return NULL;
    if (strcmp(name, "auto") == 0) {
        bool thoughtful = category == CATEGORY_CULTURAL || category == CATEGORY_BUSINESS_SIMPLE ||
                          category == CATEGORY_BUSINESS_COMPLEX;
        name = thoughtful ? "pikiran" : "santai";
    }
    const struct style_conf *m = config_style(&config->brains[brain], name);
    return m ? m->name : NULL;
}

int
route_max_tokens(const struct brain_conf *b, const struct model_conf *model,
                 const struct style_conf *style, enum category category)
{
    int most = config_max_tokens(b, model, style);
    bool shorter = style && category == CATEGORY_GREETING && style->greeting_max_tokens > 0;
    return shorter && style->greeting_max_tokens < most ? style->greeting_max_tokens : most;
}

static const struct rule_conf *
find_rule(const struct config *config, enum category category)
{
    for (size_t i = 0; i < config->route.rule_count; i++)
        if (strcmp(config->route.rules[i].category, category_name(category)) == 0)
            return &config->route.rules[i];
    return NULL;
}

/* Style and tier of Claude in this category, as the rule's brain or as its fallback. */
static void
claude_way(const struct config *config, const struct rule_conf *rule, enum category category,
           const char **style, const char **model)
{
    bool by_rule = rule && rule->brain == BRAIN_CLAUDE;
    *style = by_rule ? route_style(config, BRAIN_CLAUDE, rule->style, category) : NULL;
    *model = by_rule ? rule->model : rule ? rule->fallback_model : NULL;
}

static void
to_claude(const struct config *config, const struct rule_conf *rule, struct route_decision *out)
{
    out->brain = BRAIN_CLAUDE;
    claude_way(config, rule, out->category, &out->style, &out->model);
    /* LLAMA is the fallback only where the rule says so: its share is what the operator has approved. */
    if (rule && rule->brain == BRAIN_CLAUDE && rule->fallback == BRAIN_LLAMA) {
        out->fallback = BRAIN_LLAMA;
        out->fallback_style = route_style(config, BRAIN_LLAMA, "auto", out->category);
        out->fallback_model = rule->fallback_model;
    }
}

static void
to_llama(const struct config *config, const struct rule_conf *rule, struct route_decision *out)
{
    bool by_rule = rule && rule->brain == BRAIN_LLAMA;
    out->brain = BRAIN_LLAMA;
    out->style = route_style(config, BRAIN_LLAMA, by_rule ? rule->style : "auto", out->category);
    out->model = by_rule ? rule->model : NULL;
    if (by_rule && rule->fallback != BRAIN_CLAUDE)
        return;
    out->fallback = BRAIN_CLAUDE;
    claude_way(config, rule, out->category, &out->fallback_style, &out->fallback_model);
}

static void
decide_crisis(const struct config *config, const char *topic, struct route_decision *out)
{
    const struct brain_conf *claude = &config->brains[BRAIN_CLAUDE];
    const struct model_conf *deep = config_model(claude, "deep");
    out->rule = "crisis";
    out->effective = 0;
    out->brain = BRAIN_CLAUDE;
    out->model = strcmp(deep->tier, "deep") == 0 ? deep->tier : NULL;
    snprintf(out->reason, sizeof out->reason,
             "the message may be about %s: Claude, whatever the stage", topic);
}

void
route_decide(const struct config *config, const struct route_question *q,
             struct route_decision *out)
{
    const char *name = category_name(q->category);
    const struct rule_conf *rule = find_rule(config, q->category);
    *out = (struct route_decision){
        .category = q->category,
        .fallback = BRAIN_NONE,
        .rule = name,
        .percent = q->percent,
        .effective = q->available[BRAIN_LLAMA] ? q->percent : 0,
        .bucket = route_bucket(q->user),
    };
    if (q->crisis) {
        decide_crisis(config, q->crisis, out);
    } else if (!route_in_share(out->bucket, q->percent)) {
        to_claude(config, rule, out);
        snprintf(out->reason, sizeof out->reason,
                 q->percent > 0 ? "%s is at %g %%, this user is outside: Claude"
                                : "%s is at %g %%: Claude",
                 name, q->percent);
    } else if (!q->available[BRAIN_LLAMA]) {
        to_claude(config, rule, out);
        out->fallback = BRAIN_NONE;
        snprintf(out->reason, sizeof out->reason,
                 "%s is at %g %%, this user is inside, but LLAMA cannot be called now: Claude",
                 name, q->percent);
    } else {
        to_llama(config, rule, out);
        snprintf(out->reason, sizeof out->reason, "%s is at %g %%, this user is inside: LLAMA",
                 name, q->percent);
    }
}
