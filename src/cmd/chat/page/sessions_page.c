/* The stored sessions of the user, to look through and to go on with. */
#include "page_source.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/config.h"
#include "berdua/core/cancel.h"
#include "berdua/store/query.h"
#include "berdua/store/session_store.h"

enum {
    MOST_SESSIONS = 200,
    MOST_HITS = 500,
    WHEN_BYTES = 32,
    PREVIEW_TURNS = 4,
    PREVIEW_BYTES = 600 /* of a message or an answer */
};

struct hit {
    char session[SESSION_ID_BYTES];
    char *part;
};

struct list {
    struct doc *doc;
    const struct page_source *source;
    struct hit *hits; /* sessions in which the text was said */
    size_t hit_count;
    int count;
    char shown[SESSION_ID_BYTES]; /* whose preview is given; "": nobody's yet */
};

static const struct hit *
find_hit(const struct list *l, const char *session)
{
    for (size_t i = 0; i < l->hit_count; i++)
        if (strcmp(l->hits[i].session, session) == 0)
            return &l->hits[i];
    return NULL;
}

static bool
add_hit(void *arg, const struct said_row *row)
{
    struct list *l = arg;
    if (find_hit(l, row->session))
        return true;
    l->hits = xgrow(l->hits, l->hit_count, sizeof *l->hits);
    struct hit *h = &l->hits[l->hit_count++];
    *h = (struct hit){.part = xstrdup(row->part)};
    memcpy(h->session, row->session, strnlen(row->session, sizeof h->session - 1));
    return true;
}

/* The text stands in its title or first message, begins its id, or was said in it. */
static bool
fits(const struct list *l, const struct session_row *row)
{
    const char *text = l->source->about;
    return !text || (row->title && utf8_holds(row->title, text)) ||
           (row->first_message && utf8_holds(row->first_message, text)) ||
           strncmp(row->id, text, strlen(text)) == 0 || find_hit(l, row->id);
}

static bool
add_session(void *arg, const struct session_row *row)
{
    struct list *l = arg;
    char when[WHEN_BYTES];
    if (strcmp(row->user, l->source->user) != 0 || row->turns == 0 || !fits(l, row))
        return true;
    clock_format(row->last_wall_us, "%Y-%m-%d %H:%M", when, sizeof when);
    const char *label = row->title ? row->title : row->first_message ? row->first_message : "";
    char *detail = xasprintf("%s%lld turn%s, %lld verdict%s", row->pinned ? "pinned, " : "",
                             (long long)row->turns, row->turns == 1 ? "" : "s",
                             (long long)row->verdicts, row->verdicts == 1 ? "" : "s");
    doc_item(l->doc, row->id, when, label, detail);
    free(detail);
    const char *marked = l->source->marked;
    if (marked ? strcmp(marked, row->id) == 0 : l->count == 0)
        memcpy(l->shown, row->id, strnlen(row->id, sizeof l->shown - 1));
    return ++l->count < MOST_SESSIONS;
}

static void
add_cut(struct doc *d, enum doc_kind kind, const char *label, const char *text, size_t n)
{
    bool cut = n > PREVIEW_BYTES;
    size_t keep = cut ? utf8_whole_prefix(text, PREVIEW_BYTES) : n;
    doc_add(d, kind, label, "%.*s%s", (int)keep, text, cut ? " …" : "");
}

static void
add_turn(struct doc *d, const struct turn *t)
{
    doc_blank(d);
    add_cut(d, DOC_TEXT, ">", t->message, strlen(t->message));
    if (turn_veiled(t))
        doc_remark(d, "two answers wait for your verdict");
    else if (t->canonical != BRAIN_NONE)
        add_cut(d, DOC_REMARK, turn_name(t, t->canonical), t->answers[t->canonical].text.p,
                t->answers[t->canonical].text.len);
    else
        doc_remark(d, "no answer");
}

/* What it holds of the text that is looked for, and its last turns. */
static void
add_preview(struct list *l, struct store *q)
{
    struct err err = {0};
    struct conversation *c = query_session(q, l->shown, 0, PREVIEW_TURNS, &err);
    const struct hit *hit = find_hit(l, l->shown);
    char when[WHEN_BYTES];
    doc_preview(l->doc, l->shown);
    if (!c) {
        doc_warning(l->doc, "failed", "%s", err.text);
        return;
    }
    clock_format(c->started_wall_us, "%Y-%m-%d %H:%M", when, sizeof when);
    doc_row(l->doc, "session", "%s", c->id);
    doc_row(l->doc, "begun", "%s", when);
    if (hit)
        doc_row(l->doc, "found", "%s", hit->part);
    for (size_t i = 0; i < c->count; i++)
        add_turn(l->doc, c->turns[i]);
    conversation_destroy(&c);
}

static void
sessions_load(struct doc *d, const struct page_source *s)
{
    struct err err = {0};
    struct list list = {.doc = d, .source = s};
    bool more;
    if (cancel_fired(s->cancel)) /* the text has changed meanwhile */
        return;
    struct store *q = store_open(s->config->store_url, &err);
    if (q && s->about) /* a text without words finds nothing */
        session_store_search(q, s->about, MOST_HITS, add_hit, &list, &more, &err);
    if (!q || !query_sessions(q, add_session, &list, &err))
        doc_warning(d, "failed", "%s", err.text);
    else if (list.count == 0 && s->about)
        doc_remark(d, "No session of %s holds that.", s->user);
    else if (list.count == 0)
        doc_remark(d, "%s has no sessions yet.", s->user);
    else if (s->previews)
        add_preview(&list, q);
    else
        doc_remark(d, "berdua chat --session ID goes on with one of them.");
    for (size_t i = 0; i < list.hit_count; i++)
        free(list.hits[i].part);
    free(list.hits);
    store_close(&q);
}

const struct page_ops page_sessions = {
    .title = "Sessions", .plain = true, .prints = true, .picks = true, .load = sessions_load};
