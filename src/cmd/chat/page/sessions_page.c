/* The stored sessions of the user. */
#include "page_source.h"

#include <stdbool.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "berdua/store/query.h"

enum { MOST_SESSIONS = 200, WHEN_BYTES = 32 };

struct list {
    struct doc *doc;
    const char *user;
    int count;
};

static bool
add_session(void *arg, const struct session_row *row)
{
    struct list *l = arg;
    char when[WHEN_BYTES];
    if (strcmp(row->user, l->user) != 0 || row->turns == 0)
        return true;
    clock_format(row->last_wall_us, "%Y-%m-%d %H:%M", when, sizeof when);
    doc_row(l->doc, when, "%.200s",
            row->title           ? row->title
            : row->first_message ? row->first_message
                                 : "");
    doc_row(l->doc, "", "%s  %lld turn%s, %lld verdict%s%s", row->id, (long long)row->turns,
            row->turns == 1 ? "" : "s", (long long)row->verdicts, row->verdicts == 1 ? "" : "s",
            row->simulated ? ", SIMULATED" : "");
    return ++l->count < MOST_SESSIONS;
}

static void
sessions_load(struct doc *d, const struct page_source *s)
{
    struct err err = {0};
    struct list list = {.doc = d, .user = s->user};
    struct store *q = store_open(s->config->store_url, &err);
    if (!q || !query_sessions(q, add_session, &list, &err))
        doc_warning(d, "failed", "%s", err.text);
    else if (list.count == 0)
        doc_remark(d, "%s has no sessions yet.", s->user);
    else
        doc_remark(d, "berdua chat --session ID goes on with one of them.");
    store_close(&q);
}

const struct page_ops page_sessions = {
    .title = "Sessions", .plain = true, .prints = true, .load = sessions_load};
