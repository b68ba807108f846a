/* berdua route: which brain answers what, why, and how far the rollout has come. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/route/crisis.h"
#include "berdua/store/rollout_store.h"
#include "cmd/cmd.h"
#include "cmd/out.h"
#include "cmd/route_now.h"

enum { MESSAGE_MAX = 16 << 20 };

enum { VERB_STATUS, VERB_EXPLAIN, VERB_SET, VERB_ROLLBACK, VERB_SIMULATE };
enum { OPT_JSON, OPT_USER };

/* ---- explain ---- */

static void
explain_json(const struct explanation *e)
{
    struct json *o = json_object(), *weights = json_object(), *breakers = json_object();
    const struct route_decision *d = &e->decision;
    json_add_str(o, "user", e->user);
    json_add_str(o, "language", language_name(e->kind.language));
    json_add_num(o, "language_confidence", e->kind.language_confidence);
    json_add_str(o, "category", category_name(d->category));
    for (int k = 0; k < CATEGORY_COUNT; k++)
        json_add_num(weights, category_name((enum category)k), e->kind.weights[k]);
    json_add(o, "categories", weights);
    json_add_str(o, "crisis", e->crisis);
    json_add_str(o, "rule", d->rule);
    json_add_num(o, "percent", d->percent);
    json_add_num(o, "effective", d->effective);
    json_add_int(o, "bucket", d->bucket);
    json_add_str(o, "brain", brain_id_name(d->brain));
    json_add_str(o, "mode", d->style);
    json_add_str(o, "model", d->model);
    json_add_str(o, "fallback", brain_id_name(d->fallback));
    json_add_str(o, "fallback_mode", d->fallback_style);
    json_add_str(o, "fallback_model", d->fallback_model);
    for (int b = 0; b < BRAIN_COUNT; b++)
        json_add_str(breakers, brain_id_name((enum brain_id)b),
                     breaker_state_name(e->now.breakers[b]));
    json_add(o, "breakers", breakers);
    json_add_str(o, "reason", d->reason);
    out_json(stdout, o);
}

static void
print_way(const char *label, enum brain_id brain, const char *style, const char *model)
{
    out_print("%-10s%s", label, brain_id_name(brain));
    if (style)
        out_print(", mode %s", style);
    if (model)
        out_print(", model %s", model);
    putchar('\n');
}

static void
explain_text(const struct explanation *e)
{
    const struct route_decision *d = &e->decision;
    out_print("category  %s", category_name(d->category));
    for (int k = 0; k < CATEGORY_COUNT; k++)
        if (k != (int)d->category && e->kind.weights[k] >= 0.05)
            out_print(", also %s", category_name((enum category)k));
    out_print("\nlanguage  %s\n", language_name(e->kind.language));
    out_print("rule      %s\n", d->rule);
    out_print("percent   %g\n", d->percent);
    out_print("bucket    %.2f %%\n", d->bucket * 100.0 / BUCKETS);
    print_way("brain", d->brain, d->style, d->model);
    if (d->fallback != BRAIN_NONE)
        print_way("fallback", d->fallback, d->fallback_style, d->fallback_model);
    out_print("reason    %s\n", d->reason);
}

static int
explain_message(const struct cmd_args *a, struct err *err)
{
    struct explanation e = {.user = a->values[OPT_USER] ? a->values[OPT_USER] : a->config->user};
    struct measure *m = cmd_open_measure(err);
    if (!m)
        return EXIT_CONFIG;
    struct crisis *crisis = crisis_create();
    struct buf message;
    buf_init(&message, MESSAGE_MAX);
    bool ok = strcmp(a->words[0], "-") != 0 ? buf_append_str(&message, a->words[0])
                                            : stdin_read(&message, err);
    ok = ok && route_explain(a->store, a->config, m, crisis, message.p, message.len, &e, err);
    if (ok && a->values[OPT_JSON])
        explain_json(&e);
    else if (ok)
        explain_text(&e);
    buf_finish(&message);
    measure_destroy(&m);
    crisis_destroy(&crisis);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

/* ---- set, rollback ---- */

static int
move_stage(const struct cmd_args *a, struct err *err)
{
    bool all = a->verb == VERB_ROLLBACK, told = !a->values[OPT_JSON] && !a->globals->quiet;
    int category = all ? CATEGORY_COUNT : category_parse(a->words[0]);
    double percent = 0;
    if (!all)
        route_parse_percent(a->words[1], &percent);
    double from[CATEGORY_COUNT];
    if (!rollout_set(a->store, category, percent, all ? "rollback" : NULL, clock_wall_us(), from,
                     err))
        return EXIT_FAILED;
    struct json *doc = json_object(), *changed = json_array();
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        if (all ? from[k] <= 0 : category != k)
            continue;
        struct json *o = json_object();
        json_add_str(o, "category", category_name((enum category)k));
        json_add_num(o, "from", from[k]);
        json_add_num(o, "to", percent);
        json_push(changed, o);
        if (told)
            out_print("%s: %g %% -> %g %%\n", category_name((enum category)k), from[k], percent);
    }
    if (all && told && json_count(changed) == 0)
        puts("every category was at 0 % already");
    json_add(doc, "set", changed);
    out_json_if(a->values[OPT_JSON], doc);
    return EXIT_DONE;
}

/* ---- the command ---- */

static bool
simulate_stages(const struct cmd_args *a, struct err *err)
{
    return route_simulate(a->store, a->config, a->words, a->word_count, a->values[OPT_JSON], err);
}

static const struct cmd_verb verbs[] = {
    [VERB_STATUS] = {"status", .help = "the stage of each category, and what the next one needs"},
    [VERB_EXPLAIN] = {"explain", "MESSAGE|-", 1, 1, .help = "who would be asked, and why"},
    [VERB_SET] = {"set", "CATEGORY PERCENT", 2, 2, .help = "set a stage at once"},
    [VERB_ROLLBACK] = {"rollback", .help = "every category to 0"},
    [VERB_SIMULATE] = {"simulate", "[CATEGORY=PERCENT]...", 0, CATEGORY_COUNT, simulate_stages,
                       .help = "what stages would have been worth"}};
static const struct cmd_option options[] = {
    [OPT_JSON] = {"json", .help = "one JSON document"},
    [OPT_USER] = {"user", "USER", 'u', .help = "explain: for this user"}};

static int
check_stage(const char *category, const char *percent)
{
    double parsed;
    if (category_parse(category) < 0)
        return cmd_usage("route",
                         "no category \"%s\"; one of greeting, emotional, cultural, "
                         "business_simple, business_complex, general",
                         category);
    if (!route_parse_percent(percent, &parsed))
        return cmd_usage("route", "\"%s\" is not a percentage from 0 to 100", percent);
    return 0;
}

static int
check_simulated(const struct cmd_args *a)
{
    bool named[CATEGORY_COUNT] = {false};
    for (int i = 0; i < a->word_count; i++) {
        const char *equals = strchr(a->words[i], '=');
        if (!equals)
            return cmd_usage("route", "\"%s\" is no CATEGORY=PERCENT", a->words[i]);
        char *category = xstrndup(a->words[i], (size_t)(equals - a->words[i]));
        int wrong = check_stage(category, equals + 1);
        bool *seen = wrong ? NULL : &named[category_parse(category)];
        if (seen && *seen)
            wrong = cmd_usage("route", "%s is named twice", category);
        else if (seen)
            *seen = true;
        free(category);
        if (wrong)
            return wrong;
    }
    return 0;
}

static int
check_route_args(const struct cmd_args *a)
{
    if (a->values[OPT_USER] && a->verb != VERB_EXPLAIN)
        return cmd_usage("route", "only explain takes -u");
    if (a->verb == VERB_SIMULATE)
        return check_simulated(a);
    return a->verb == VERB_SET ? check_stage(a->words[0], a->words[1]) : 0;
}

static int
work_route(const struct cmd_args *a, struct err *err)
{
    if (a->verb != VERB_STATUS)
        return (a->verb == VERB_EXPLAIN ? explain_message : move_stage)(a, err);
    return route_status(a->store, a->config, a->values[OPT_JSON], err) ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_route = {
    .name = "route",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "which brain answers what, why, and how far the rollout has come",
    .check = check_route_args,
    .work = work_route,
    .stored = true,
};
