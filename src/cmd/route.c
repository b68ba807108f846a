/* berdua route: which brain answers what, why, and how far the rollout has come. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/path.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/measure/measure.h"
#include "berdua/route/breaker.h"
#include "berdua/route/crisis.h"
#include "berdua/session/rollout_apply.h"
#include "berdua/route/route.h"
#include "berdua/store/rollout_store.h"
#include "cmd.h"
#include "out.h"
#include "route_explain.h"
#include "route_status.h"

enum { MESSAGE_MAX = 16 << 20 };

struct asked {
    char **words; /* after the verb */
    bool rollback;
    const char *user; /* -u, NULL: the configuration's */
    bool json;
    int category; /* set */
    double percent;
};

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
        json_add_str(breakers, brain_id_name((enum brain_id)b), breaker_state_name(e->breakers[b]));
    json_add(o, "breakers", breakers);
    json_add_str(o, "reason", d->reason);
    out_json(stdout, o);
    json_free(o);
}

static void
print_way(const char *label, enum brain_id brain, const char *style, const char *model)
{
    printf("%-10s%s", label, brain_id_name(brain));
    if (style)
        printf(", mode %s", style);
    if (model)
        printf(", model %s", model);
    putchar('\n');
}

static void
explain_text(const struct explanation *e)
{
    const struct route_decision *d = &e->decision;
    printf("category  %s", category_name(d->category));
    for (int k = 0; k < CATEGORY_COUNT; k++)
        if (k != (int)d->category && e->kind.weights[k] >= 0.05)
            printf(", %s %.2f", category_name((enum category)k), e->kind.weights[k]);
    printf("\nlanguage  %s\n", language_name(e->kind.language));
    printf("rule      %s\n", d->rule);
    printf("percent   %g\n", d->percent);
    printf("bucket    %d of %d\n", d->bucket, BUCKETS);
    print_way("brain", d->brain, d->style, d->model);
    if (d->fallback != BRAIN_NONE)
        print_way("fallback", d->fallback, d->fallback_style, d->fallback_model);
    printf("reason    %s\n", d->reason);
}

static int
explain_message(struct rollout_store *store, const struct config *config, const struct asked *a,
                struct err *err)
{
    struct explanation e = {.user = a->user ? a->user : config->user};
    struct crisis *crisis = crisis_create();
    char *folder = path_config("lexicon");
    struct measure *m = measure_create(folder, err);
    struct buf message;
    int code = m ? EXIT_FAILED : EXIT_CONFIG;
    buf_init(&message, MESSAGE_MAX);
    free(folder);
    if (strcmp(a->words[0], "-") != 0)
        buf_append_str(&message, a->words[0]);
    else if (m && !stdin_read(&message, err))
        goto out;
    if (!m)
        goto out;
    if (!route_explain(store, config, m, crisis, message.p, message.len, &e, err))
        goto out;
    if (a->json)
        explain_json(&e);
    else
        explain_text(&e);
    code = EXIT_DONE;
out:
    buf_finish(&message);
    measure_destroy(&m);
    crisis_destroy(&crisis);
    return code;
}

/* ---- set, rollback ---- */

static int
move_stage(struct rollout_store *store, const struct asked *a, bool quiet, struct err *err)
{
    double from[CATEGORY_COUNT];
    bool all = a->category == CATEGORY_COUNT;
    struct json *doc = json_object(), *changed = json_array();
    if (!rollout_set(store, a->category, a->percent, all ? "rollback" : NULL, clock_wall_us(), from,
                     err)) {
        json_free(changed);
        json_free(doc);
        return EXIT_FAILED;
    }
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        if (all ? from[k] <= 0 : a->category != k)
            continue;
        struct json *o = json_object();
        json_add_str(o, "category", category_name((enum category)k));
        json_add_num(o, "from", from[k]);
        json_add_num(o, "to", a->percent);
        json_push(changed, o);
        if (!a->json && !quiet)
            printf("%s: %g %% -> %g %%\n", category_name((enum category)k), from[k], a->percent);
    }
    if (all && !a->json && !quiet && json_count(changed) == 0)
        puts("every category was at 0 % already");
    json_add(doc, "set", changed);
    if (a->json)
        out_json(stdout, doc);
    json_free(doc);
    return EXIT_DONE;
}

/* ---- the command ---- */

/* "25", "12.5", "25%"; parsed by hand, because strtod follows the locale's decimal point. */
static bool
parse_percent(const char *text, double *out)
{
    size_t used = strspn(text, "0123456789");
    int whole = 0, fraction = 0;
    double scale = 0;
    if (used < 1 || used > 3)
        return false;
    for (size_t i = 0; i < used; i++)
        whole = whole * 10 + (text[i] - '0');
    text += used;
    if (*text == '.') {
        for (text++, scale = 1; *text >= '0' && *text <= '9' && scale < 10000; text++, scale *= 10)
            fraction = fraction * 10 + (*text - '0');
        if (scale < 10)
            return false;
    }
    *out = whole + (scale > 0 ? fraction / scale : 0);
    return (*text == 0 || strcmp(text, "%") == 0) && *out <= 100;
}

enum { VERB_STATUS, VERB_EXPLAIN, VERB_SET, VERB_ROLLBACK };
enum { OPT_JSON, OPT_USER };

static const struct cmd_verb verbs[] = {[VERB_STATUS] = {"status"},
                                        [VERB_EXPLAIN] = {"explain", "MESSAGE|-", 1, 1},
                                        [VERB_SET] = {"set", "CATEGORY PERCENT", 2, 2},
                                        [VERB_ROLLBACK] = {"rollback"}};
static const struct cmd_option options[] = {
    [OPT_JSON] = {"json"}, [OPT_USER] = {"user", "USER", 'u'}};

/* 0, or the exit code for wrong usage. */
static int
check_route_args(struct asked *a, int verb)
{
    if (a->user && verb != VERB_EXPLAIN)
        return cmd_usage("route", "only explain takes -u");
    a->rollback = verb == VERB_ROLLBACK;
    a->category = CATEGORY_COUNT;
    if (verb != VERB_SET)
        return 0;
    a->category = category_parse(a->words[0]);
    if (a->category < 0)
        return cmd_usage("route",
                         "no category \"%s\"; one of greeting, emotional, cultural, "
                         "business_simple, business_complex, general",
                         a->words[0]);
    if (!parse_percent(a->words[1], &a->percent))
        return cmd_usage("route", "\"%s\" is not a percentage from 0 to 100", a->words[1]);
    return 0;
}

static int
run_route(const struct globals *g, const struct cmd_args *args)
{
    struct asked a = {.words = args->words,
                      .user = args->values[OPT_USER],
                      .json = args->values[OPT_JSON] != NULL};
    int code = check_route_args(&a, args->verb);
    if (code)
        return code;
    struct err err = {{0}};
    struct conf *conf = cmd_open_conf(g);
    if (!conf)
        return EXIT_CONFIG;
    const struct config *config = conf_get(conf);
    struct rollout_store *store = rollout_store_open(config->store_url, &err);
    code = EXIT_FAILED;
    if (store && args->verb == VERB_STATUS)
        code = route_status(store, config, a.json, clock_wall_us(), &err) ? EXIT_DONE : EXIT_FAILED;
    else if (store && args->verb == VERB_EXPLAIN)
        code = explain_message(store, config, &a, &err);
    else if (store)
        code = move_stage(store, &a, g->quiet, &err);
    if (code != EXIT_DONE && err.text[0])
        fprintf(stderr, "berdua: %s\n", err.text);
    rollout_store_close(&store);
    conf_destroy(&conf);
    return code;
}

const struct command command_route = {
    .name = "route",
    CMD_TABLE(verb, verbs),
    CMD_TABLE(option, options),
    .help = "which brain answers what, why, and how far the rollout has come",
    .run = run_route,
};
