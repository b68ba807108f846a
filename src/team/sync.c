#include "sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/store/team_store.h"
#include "server.h"

/* The server says nothing while the last of a batch is on its way: a slow line must bring it there in SILENT_MS. */
enum { BATCH_EVENTS = 200, BATCH_BYTES = 1 << 20 };

/* ---- events on their way ---- */

struct batch {
    struct team_event *events;
    size_t count, bytes;
};

static char *
dup_or_null(const char *s)
{
    return s ? xstrdup(s) : NULL;
}

static bool
batch_add(void *arg, const struct team_event *e)
{
    struct batch *b = arg;
    if (!e->origin || !e->kind || !e->sha256)
        return true;
    b->events = xgrow(b->events, b->count, sizeof *b->events);
    b->events[b->count++] = (struct team_event){xstrdup(e->origin),      e->seq,
                                                xstrdup(e->kind),        e->version,
                                                dup_or_null(e->payload), xstrdup(e->sha256)};
    b->bytes += e->payload ? strlen(e->payload) : 0;
    return b->bytes < BATCH_BYTES && b->count < BATCH_EVENTS;
}

static void
batch_finish(struct batch *b)
{
    for (size_t i = 0; i < b->count; i++) {
        free((char *)(uintptr_t)b->events[i].origin);
        free((char *)(uintptr_t)b->events[i].kind);
        free((char *)(uintptr_t)b->events[i].payload);
        free((char *)(uintptr_t)b->events[i].sha256);
    }
    free(b->events);
    *b = (struct batch){NULL};
}

/* ---- a copied file ---- */

struct comparison {
    struct store *store;
    const char *origin;
    int64_t same_to, read;
    bool differs, failed;
    struct err *err;
};

static bool
compare_digest(void *arg, int64_t seq, const char *sha256)
{
    struct comparison *c = arg;
    char own[TEAM_SHA256_LEN + 1];
    c->read++;
    c->failed = !team_store_digest(c->store, c->origin, seq, own, c->err);
    c->differs = !c->failed && strcmp(own, sha256) != 0;
    if (!c->differs && !c->failed)
        c->same_to = seq;
    return !c->differs && !c->failed;
}

/* The server has something else of our origin than we: this file was copied, or is an older one, and the other goes on. From
 * the first event that differs we are somebody else. */
static bool
renew_origin(struct sync *s, const char *origin, struct err *err)
{
    struct comparison c = {.store = s->store, .origin = origin, .err = err};
    do {
        c.read = 0;
        if (!server_digests(s->link, origin, c.same_to, compare_digest, &c, err) || c.failed)
            return false;
    } while (!c.differs && c.read > 0);
    s->renewed = true;
    s->begun = false;
    return team_store_renew(s->store, origin, c.same_to + 1, err);
}

/* ---- there ---- */

/* Is the newest that the server has of our origin ours? Read here after there: another instance may push meanwhile. */
static bool
look_at_server(struct sync *s, struct team_state *state, bool *copied, struct err *err)
{
    struct server_head head;
    char own[TEAM_SHA256_LEN + 1] = "";
    if (!team_store_state(s->store, state, err) ||
        !server_head(s->link, state->origin, &head, err) ||
        !team_store_state(s->store, state, err) ||
        !team_store_digest(s->store, state->origin, head.seq, own, err))
        return false;
    *copied = head.seq > 0 && strcmp(own, head.sha256) != 0;
    s->seq = state->seq;
    s->sent = *copied ? 0 : head.seq;
    return true;
}

static bool
push_batch(struct sync *s, const struct team_state *state, struct err *err)
{
    struct batch b = {NULL};
    bool ok = team_store_read(s->store, state->origin, s->sent, BATCH_EVENTS, batch_add, &b, err) &&
              (b.count == 0 || server_push(s->link, b.events, b.count, err));
    s->pushed += ok ? (int64_t)b.count : 0;
    batch_finish(&b);
    return ok;
}

static bool
begin_exchange(struct sync *s, struct err *err)
{
    struct team_state state;
    s->begun = s->begun || (team_store_state(s->store, &state, err) &&
                            server_begin(s->link, state.origin, err));
    return s->begun;
}

bool
sync_push(struct sync *s, struct err *err)
{
    struct team_state state;
    bool copied;
    for (int64_t before = -1;; before = copied ? -1 : s->sent) {
        if (!begin_exchange(s, err) || !look_at_server(s, &state, &copied, err))
            return false;
        if (!copied && s->sent >= s->seq)
            return true;
        /* Once renewed, no origin is found copied again, and a batch that was sent is seen: a server that shows it otherwise
         * would be sent the same for ever. */
        if (copied ? s->renewed : s->sent <= before)
            return err_set(err, "team: the server does not show what was sent to it");
        if (copied ? !renew_origin(s, state.origin, err) : !push_batch(s, &state, err))
            return false;
    }
}

/* ---- and back ---- */

struct known {
    struct known_origin *list;
    size_t count;
};

static void
note_known(void *arg, const char *origin, int64_t seq)
{
    struct known *k = arg;
    k->list = xgrow(k->list, k->count, sizeof *k->list);
    struct known_origin *o = &k->list[k->count++];
    snprintf(o->origin, sizeof o->origin, "%s", origin ? origin : "");
    o->seq = seq;
}

static bool
pull_batch(struct sync *s, size_t *count, struct err *err)
{
    struct known known = {NULL, 0};
    struct batch b = {NULL};
    struct team_state state;
    int64_t taken = 0;
    bool ok = team_store_state(s->store, &state, err) &&
              team_store_origins(s->store, note_known, &known, err) &&
              server_pull(s->link, state.origin, known.list, known.count, batch_add, &b, err) &&
              (b.count == 0 || team_store_take(s->store, b.events, b.count, &taken, err));
    *count = b.count;
    s->taken += taken;
    batch_finish(&b);
    free(known.list);
    return ok;
}

bool
sync_pull(struct sync *s, struct err *err)
{
    size_t count;
    do {
        if (!pull_batch(s, &count, err))
            return false;
    } while (count > 0);
    return true;
}
