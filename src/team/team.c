#include "berdua/team/team.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "team_address.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/base/spawn.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/thread.h"
#include "berdua/store/team_store.h"
#include "link.h"
#include "server.h"
#include "sync.h"

enum {
    SILENT_MS = 15000,
    LOOK_MS = 300, /* so often what is new here is looked for */
    ASK_S = 30,    /* so often the server is asked, should a notification have got lost */
    FIRST_RETRY_MS = 200,
    LAST_RETRY_MS = 5000
};

struct team {
    pthread_t thread;
    /* fixed */
    const struct config *conf;
    char *store_url;
    struct writer *writer;
    struct mailbox *mb;
    void (*on_news)(void *arg, const struct team_news *n);
    void *arg;
    int stop[2]; /* readable once it is to stop */
    /* the thread's */
    struct sync sync;
    struct team_news told;
    int64_t heard_wall_us, asked_us;
};

bool
team_check(const struct config *c, struct err *err)
{
    struct address address;
    return !c->team.url || address_read(c->team.url, c->team.ca_file, &address, err);
}

static struct link *
reach(const struct config *c, int stop_fd, int silent_ms, struct err *err)
{
    struct address address;
    char *password = NULL;
    if (!c->team.url) {
        err_set(err, "team.url is not set");
        return NULL;
    }
    if (!address_read(c->team.url, c->team.ca_file, &address, err) ||
        !secret_resolve(&c->team.password, (const int[]){stop_fd, -1}, &password, err))
        return NULL;
    struct link *l = link_open(&address, password, stop_fd, silent_ms, err);
    if (password)
        secret_redact(err->text, password);
    secret_free(&password);
    return l;
}

#define COPIED                                                                                     \
    "this database is a copy of one that goes on elsewhere: from here it is another member of "    \
    "the team"

/* ---- for commands ---- */

bool
team_make_tables(const struct config *c, struct err *err)
{
    struct link *l = reach(c, -1, SILENT_MS, err);
    bool ok = l && server_init(l, err);
    link_close(&l);
    return ok;
}

bool
team_exchange(const struct config *c, struct store *store, enum team_way way, int64_t *moved,
              char notice[200], struct err *err)
{
    struct sync s = {.store = store, .link = reach(c, -1, 4 * SILENT_MS, err)};
    store_expect_more(store, true);
    /* Whose copy this is must be known before anything is taken in. */
    bool ok = s.link && team_store_join(store, err) && team_store_fill(store, NULL, NULL, err) &&
              sync_push(&s, err) && (way == TEAM_PUSH || sync_pull(&s, err));
    store_expect_more(store, false);
    ok = ok && team_store_heard(store, s.sent, clock_wall_us(), err);
    *moved = way == TEAM_PUSH ? s.pushed : s.taken;
    snprintf(notice, 200, "%s", s.renewed ? COPIED : "");
    link_close(&s.link);
    return ok;
}

/* ---- news for the main thread ---- */

struct news_mail {
    struct mail mail;
    void (*on_news)(void *arg, const struct team_news *n);
    void *arg;
    struct team_news news;
};

static void
deliver_news(struct mail *m)
{
    struct news_mail *n = (struct news_mail *)m;
    n->on_news(n->arg, &n->news);
    free(n);
}

static void
drop_news(struct mail *m)
{
    free(m);
}

static void
tell_news(struct team *t, const char *trouble, const char *notice)
{
    struct team_news news = {.connected = t->sync.link != NULL,
                             .to_send = t->sync.seq > t->sync.sent ? t->sync.seq - t->sync.sent : 0,
                             .heard_wall_us = t->heard_wall_us,
                             .taken = t->sync.taken};
    snprintf(news.trouble, sizeof news.trouble, "%s", trouble);
    snprintf(news.notice, sizeof news.notice, "%s", notice);
    const int64_t minute = 60 * (int64_t)US_PER_S;
    struct team_news *old = &t->told;
    if (!news.taken && !news.notice[0] && news.connected == old->connected &&
        news.to_send == old->to_send && strcmp(news.trouble, old->trouble) == 0 &&
        news.heard_wall_us / minute == old->heard_wall_us / minute)
        return;
    t->sync.taken = 0;
    *old = news;
    struct news_mail *m = xcalloc(1, sizeof *m);
    m->mail = (struct mail){.deliver = deliver_news, .drop = drop_news};
    m->on_news = t->on_news;
    m->arg = t->arg;
    m->news = news;
    mailbox_push(t->mb, &m->mail, NULL);
}

/* ---- the thread ---- */

static bool
is_to_stop(const struct team *t, int ms)
{
    struct pollfd p = {.fd = t->stop[0], .events = POLLIN};
    return poll(&p, 1, ms) == 1;
}

static bool
goes_on(void *team)
{
    return !is_to_stop(team, 0);
}

static bool
exchange(struct team *t, bool pull, struct err *err)
{
    int64_t pushed = t->sync.pushed, taken = t->sync.taken;
    if (!sync_push(&t->sync, err) || (pull && !sync_pull(&t->sync, err)))
        return false;
    t->heard_wall_us = clock_wall_us();
    if (pull)
        t->asked_us = clock_us();
    if (pushed != t->sync.pushed || taken != t->sync.taken)
        team_store_heard(t->sync.store, t->sync.sent, t->heard_wall_us, err);
    err->text[0] = 0;
    tell_news(t, "", t->sync.renewed ? COPIED : "");
    t->sync.renewed = false;
    return true;
}

/* Until the connection is lost, or it is to stop. */
static bool
stay_connected(struct team *t, struct err *err)
{
    bool pull = true;
    for (;;) {
        struct team_state state;
        if (!team_store_state(t->sync.store, &state, err))
            return false;
        t->sync.seq = state.seq;
        if (state.seq > t->sync.sent)
            tell_news(t, "", ""); /* it may take until the server answers */
        if ((pull || state.seq > t->sync.sent) && !exchange(t, pull, err))
            return false;
        if (!link_wait(t->sync.link, LOOK_MS, &pull, err))
            return false;
        pull = pull || clock_us() - t->asked_us > ASK_S * (int64_t)US_PER_S;
    }
}

static bool
connect_team(struct team *t, struct err *err)
{
    t->sync.begun = false;
    t->sync.link = reach(t->conf, t->stop[0], SILENT_MS, err);
    return t->sync.link != NULL;
}

static bool
open_store(struct team *t, struct err *err)
{
    if (!t->sync.store && (t->sync.store = store_open(t->store_url, err)) != NULL)
        store_through(t->sync.store, t->writer);
    return t->sync.store && team_store_join(t->sync.store, err) &&
           team_store_fill(t->sync.store, goes_on, t, err);
}

/* A verdict that was given just before the end need not wait for the next start: the connection serves for a moment. */
static void
say_last_word(struct team *t)
{
    struct err err = {{0}};
    struct team_state state;
    if (t->sync.link && team_store_state(t->sync.store, &state, &err) && state.seq > t->sync.sent)
        sync_push(&t->sync, &err);
}

static void *
run_team(void *arg)
{
    struct team *t = arg;
    int retry_ms = FIRST_RETRY_MS;
    while (!is_to_stop(t, 0)) {
        struct err err = {{0}};
        int64_t heard = t->heard_wall_us;
        if (open_store(t, &err) && connect_team(t, &err))
            stay_connected(t, &err);
        if (is_to_stop(t, 0))
            break;
        link_close(&t->sync.link);
        if (strncmp(err.text, t->told.trouble, sizeof t->told.trouble - 1) != 0)
            log_msg(LOG_WARN, "%s", err.text);
        tell_news(t, err.text, "");
        retry_ms = heard != t->heard_wall_us ? FIRST_RETRY_MS : 2 * retry_ms;
        retry_ms = retry_ms < LAST_RETRY_MS ? retry_ms : LAST_RETRY_MS;
        is_to_stop(t, retry_ms);
    }
    say_last_word(t);
    link_close(&t->sync.link);
    store_close(&t->sync.store);
    return NULL;
}

struct team *
team_open(const struct config *c, const char *store_url, struct writer *w, struct mailbox *mb,
          void (*on_news)(void *arg, const struct team_news *n), void *arg, struct err *err)
{
    struct team *t = xcalloc(1, sizeof *t);
    t->conf = c;
    t->store_url = xstrdup(store_url);
    t->writer = w;
    t->mb = mb;
    t->on_news = on_news;
    t->arg = arg;
    if (spawn_pipe(t->stop, err)) {
        int rc = thread_start(&t->thread, run_team, t);
        if (rc == 0)
            return t;
        err_set(err, "no thread: %s", strerror(rc));
        close(t->stop[0]);
        close(t->stop[1]);
    }
    err_prefix(err, "team");
    free(t->store_url);
    free(t);
    return NULL;
}

void
team_close(struct team **tp)
{
    struct team *t = *tp;
    *tp = NULL;
    if (!t)
        return;
    while (write(t->stop[1], "x", 1) < 0 && is_to_stop(t, 0) == false)
        ;
    pthread_join(t->thread, NULL);
    close(t->stop[0]);
    close(t->stop[1]);
    free(t->store_url);
    free(t);
}
