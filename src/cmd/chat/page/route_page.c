/* Whom a message went to, and who would be asked now. */
#include "page_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/chat/conversation.h"
#include "berdua/conf/config.h"
#include "berdua/route/crisis.h"
#include "cmd/cmd.h"
#include "cmd/doc/rollout_doc.h"

#define TELLING_WEIGHT 0.05

static void
taken_rows(struct doc *d, const struct turn *t)
{
    doc_row(d, "message", "%s", t->message);
    if (!t->route.rule) {
        doc_remark(d, "It was not routed: mode %s.", chat_mode_name(t->mode));
        return;
    }
    doc_row(d, "rule", "%s", t->route.rule);
    doc_row(d, "asked", "%s%s%s", brain_title(t->route.brain), t->route.style ? ", " : "",
            t->route.style ? t->route.style : "");
    doc_row(d, "bucket", "%.2f %%, LLAMA's share is %g %%", t->route.bucket / 100.0,
            t->route.percent);
    if (t->route.reason)
        doc_row(d, "reason", "%s", t->route.reason);
    if (t->route.fallback != BRAIN_NONE)
        doc_warning(d, "fallback", "%s took over%s%s", brain_title(t->route.fallback),
                    t->route.fallback_why ? ": " : "",
                    t->route.fallback_why ? t->route.fallback_why : "");
}

static void
way_row(struct doc *d, const char *label, enum brain_id brain, const char *style, const char *model)
{
    doc_row(d, label, "%s%s%s%s%s", brain_title(brain), style ? ", mode " : "", style ? style : "",
            model ? ", model " : "", model ? model : "");
}

static void
decision_rows(struct doc *d, const struct explanation *e)
{
    const struct route_decision *r = &e->decision;
    char kinds[256];
    size_t used = (size_t)snprintf(kinds, sizeof kinds, "%s", category_name(r->category));
    for (int k = 0; k < CATEGORY_COUNT; k++)
        if (k != (int)r->category && e->kind.weights[k] >= TELLING_WEIGHT && used < sizeof kinds)
            used += (size_t)snprintf(kinds + used, sizeof kinds - used, ", also %s",
                                     category_name((enum category)k));
    doc_row(d, "category", "%s", kinds);
    doc_row(d, "language", "%s", language_name(e->kind.language));
    if (e->crisis)
        doc_warning(d, "crisis", "%s: never LLAMA's", e->crisis);
    doc_row(d, "rule", "%s", r->rule);
    doc_row(d, "stage", "%g %% of users get LLAMA, %g %% at this moment", r->percent, r->effective);
    doc_row(d, "bucket", "%.2f %%: %s the share", r->bucket / 100.0,
            route_in_share(r->bucket, r->effective) ? "within" : "outside");
    way_row(d, "brain", r->brain, r->style, r->model);
    if (r->fallback != BRAIN_NONE)
        way_row(d, "fallback", r->fallback, r->fallback_style, r->fallback_model);
    doc_row(d, "reason", "%s", r->reason);
    doc_heading(d, "Health");
    for (int b = 0; b < BRAIN_COUNT; b++)
        health_row(d, (enum brain_id)b, e->now.breakers[b]);
}

/* A text that was named has not been routed; the message in sight has. */
static void
route_fill(struct doc *d, const struct page_view *v)
{
    if (v->about)
        doc_row(d, "message", "%s", v->about);
    else if (v->turn)
        taken_rows(d, v->turn);
}

static void
route_load(struct doc *d, const struct page_source *s)
{
    struct err err = {0};
    struct explanation e = {.user = s->user};
    const struct measure *measure = s->measure;
    if (!s->about) {
        doc_remark(d, "No message yet. Try /route TEXT");
        return;
    }
    struct store *store = store_open(s->config->store_url, &err);
    struct measure *own = NULL;
    struct crisis *crisis = crisis_create();
    if (store && !measure)
        measure = own = cmd_open_measure(&err);
    doc_heading(d, "Asked now in mode route");
    if (store && measure &&
        route_explain(store, s->config, measure, crisis, s->about, strlen(s->about), &e, &err))
        decision_rows(d, &e);
    else
        doc_warning(d, "failed", "%s", err.text);
    crisis_destroy(&crisis);
    measure_destroy(&own);
    store_close(&store);
}

const struct page_ops page_route = {
    .title = "Route", .of_message = true, .fill = route_fill, .load = route_load};
