#include "route_explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/path.h"
#include "berdua/conf/config.h"
#include "berdua/route/crisis.h"
#include "berdua/route/rollout.h"
#include "berdua/store/rollout_store.h"
#include "berdua/ui/doc.h"

#define TELLING_WEIGHT 0.05

static bool
decide(struct rollout_store *store, const struct config *config, struct explanation *e,
       struct err *err)
{
    struct breaker breakers[BRAIN_COUNT];
    struct breaker_limits limits = breaker_limits(config);
    struct rollout *rollout = NULL;
    int64_t now = clock_wall_us();
    if (!rollout_store_breakers(store, breakers, err) ||
        !rollout_refresh(store, config, now, &rollout, err))
        return false;
    struct route_question q = {.category = e->kind.category,
                               .crisis = e->crisis,
                               .user = e->user,
                               .percent = rollout_percent(rollout, e->kind.category)};
    for (int b = 0; b < BRAIN_COUNT; b++) {
        breaker_check_target(&breakers[b], &config->brains[b]);
        q.available[b] = breaker_would_allow(&breakers[b], limits, now);
        e->breakers[b] = breaker_state(&breakers[b], limits, now);
    }
    route_decide(config, &q, &e->decision);
    rollout_destroy(&rollout);
    return true;
}

bool
route_explain(struct rollout_store *store, const struct config *config,
              const struct measure *measure, const struct crisis *crisis, const char *message,
              size_t n, struct explanation *e, struct err *err)
{
    measure_classify(measure, message, n, NULL, -1, &e->kind);
    e->crisis = crisis_find(crisis, message, n);
    return decide(store, config, e, err);
}

/* ---- as a page ---- */

static void
way_row(struct doc *d, const char *label, enum brain_id brain, const char *style, const char *model)
{
    doc_row(d, label, "%s%s%s%s%s", brain_id_name(brain), style ? ", mode " : "",
            style ? style : "", model ? ", model " : "", model ? model : "");
}

static void
rows(struct doc *d, const struct explanation *e)
{
    const struct route_decision *r = &e->decision;
    char kinds[256];
    size_t used = (size_t)snprintf(kinds, sizeof kinds, "%s", category_name(r->category));
    for (int k = 0; k < CATEGORY_COUNT; k++)
        if (k != (int)r->category && e->kind.weights[k] >= TELLING_WEIGHT && used < sizeof kinds)
            used += (size_t)snprintf(kinds + used, sizeof kinds - used, ", %s %.2f",
                                     category_name((enum category)k), e->kind.weights[k]);
    doc_row(d, "category", "%s", kinds);
    doc_row(d, "language", "%s", language_name(e->kind.language));
    if (e->crisis)
        doc_warning(d, "crisis", "%s: never LLAMA's", e->crisis);
    doc_row(d, "rule", "%s", r->rule);
    doc_row(d, "stage", "%g %% of users get LLAMA, %g %% at this moment", r->percent, r->effective);
    doc_row(d, "bucket", "%.2f: %s the share", r->bucket / 100.0,
            route_in_share(r->bucket, r->effective) ? "within" : "outside");
    way_row(d, "brain", r->brain, r->style, r->model);
    if (r->fallback != BRAIN_NONE)
        way_row(d, "fallback", r->fallback, r->fallback_style, r->fallback_model);
    doc_row(d, "reason", "%s", r->reason);
    doc_heading(d, "Breakers");
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const char *name = brain_id_name((enum brain_id)b);
        if (e->breakers[b] == BREAKER_CLOSED)
            doc_row(d, name, "closed: it is called");
        else
            doc_warning(d, name,
                        e->breakers[b] == BREAKER_OPEN ? "open: left alone after failures"
                                                       : "half open: one call may try it");
    }
}

void
route_explain_rows(const struct config *config, const struct measure *measure, const char *message,
                   const char *user, struct doc *d)
{
    struct err err = {0};
    struct explanation e = {.user = user};
    struct rollout_store *store = rollout_store_open(config->store_url, &err);
    struct measure *own = NULL;
    struct crisis *crisis = crisis_create();
    if (store && !measure) {
        char *folder = path_config("lexicon");
        measure = own = measure_create(folder, &err);
        free(folder);
    }
    doc_heading(d, "Asked now in mode route");
    if (store && measure &&
        route_explain(store, config, measure, crisis, message, strlen(message), &e, &err))
        rows(d, &e);
    else
        doc_warning(d, "failed", "%s", err.text);
    crisis_destroy(&crisis);
    measure_destroy(&own);
    rollout_store_close(&store);
}
