#include "berdua/knowledge/knowledge.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/core/cancel.h"
#include "berdua/net/http.h"
#include "chroma.h"
#include "embedder.h"
#include "insight.h"
#include "rpc.h"

enum {
    CHROMA_MS = 5000, /* for a search without a deadline */
    SYNC_MS = 120000, /* for one request of a sync */
    REST_AFTER = 3,   /* failures in a row */
    REST_MS = 30000,  /* during which Chroma is not asked */
    ANSWER_MS = 3,    /* kept of a deadline to read what came and to return */
    BATCH = 32,       /* insights in one request */
    MAX_IMPORT_BYTES = 64 << 20,
    MAX_COMPLAINTS = 20,
    MAX_RESULTS = 100
};
#define OTHER_LANGUAGE 0.6  /* the worth of an insight for conversations in another language */
#define LEAST_SHARE    0.45 /* further from the best than this is noise */

struct knowledge {
    const struct config *conf;
    struct store *store;
    struct embedder *embedder;
    struct chroma *chroma; /* NULL: not configured */
    struct http *http;     /* NULL without Chroma, or without libcurl */
    bool only_reads;
    int failures; /* of Chroma, in a row */
    int64_t rest_until_us;
};

/* ---- opening ---- */

static bool
load_insights(struct knowledge *k, struct err *err)
{
    char version[SHIPPED_VERSION_BYTES];
    struct err why = {{0}};
    int64_t count = 0;
    shipped_version(version);
    if (insight_store_is_loaded(k->store, version) ||
        (!k->only_reads && insight_store_load(k->store, version, shipped_each, &why)))
        return true;
    /* An older set is better than an error. */
    if (insight_store_count(k->store, &count, NULL) && count > 0)
        return true;
    return insight_store_load_temporary(k->store, version, shipped_each, NULL) ||
           err_set(err, "%s", why.text);
}

/* Runs a key command while nobody waits for it. A failure is reported when the key is needed. */
static void
warm_key(struct keyring *keyring, const struct secret_conf *s)
{
    char *key = NULL;
    if (s->command && keyring)
        keyring_get(keyring, s, -1, &key, NULL);
    secret_free(&key);
}

static struct knowledge *
open_knowledge(const struct config *conf, struct keyring *keyring, struct writer *writer,
               bool only_reads, struct err *err)
{
    struct knowledge *k = xcalloc(1, sizeof *k);
    k->conf = conf;
    k->only_reads = only_reads;
    k->store = store_open(conf->store_url, err);
    if (k->store)
        store_through(k->store, writer);
    if (!k->store || !load_insights(k, err)) {
        knowledge_close(&k);
        return NULL;
    }
    k->embedder = embedder_create(conf, keyring);
    k->chroma = chroma_create(conf, k->embedder, keyring);
    if (k->chroma) {
        k->http = http_create(NULL);
        warm_key(keyring, &conf->knowledge.chroma_key);
        warm_key(keyring, &conf->knowledge.embeddings_key);
    }
    return k;
}

struct knowledge *
knowledge_open(const struct config *conf, struct keyring *keyring, struct writer *writer,
               struct err *err)
{
    return open_knowledge(conf, keyring, writer, false, err);
}

struct knowledge *
knowledge_open_reading(const struct config *conf, struct keyring *keyring, struct err *err)
{
    return open_knowledge(conf, keyring, NULL, true, err);
}

void
knowledge_close(struct knowledge **k)
{
    if (!*k)
        return;
    http_destroy(&(*k)->http);
    chroma_destroy(&(*k)->chroma);
    embedder_destroy(&(*k)->embedder);
    store_close(&(*k)->store);
    free(*k);
    *k = NULL;
}

/* ---- searching ---- */

static int64_t
chroma_deadline(int64_t deadline_us)
{
    if (deadline_us == NEVER_US)
        return clock_us() + (int64_t)CHROMA_MS * US_PER_MS;
    return deadline_us - (int64_t)ANSWER_MS * US_PER_MS;
}

static bool
ask_chroma(struct knowledge *k, const struct knowledge_query *q, struct insights *found,
           struct err *err)
{
    struct rpc_limits limits = {chroma_deadline(q->deadline_us), q->cancel};
    if (!k->http)
        return err_set(err, "chroma: %s", http_why_none());
    if (clock_us() < k->rest_until_us)
        return err_set(err, "chroma: failed %d times in a row; it is asked again in %lld s",
                       REST_AFTER, (long long)((k->rest_until_us - clock_us()) / US_PER_S) + 1);
    if (clock_us() >= limits.deadline_us)
        return err_set(err, "chroma: no time left");
    if (chroma_search(k->chroma, k->http, q, &limits, found, err)) {
        k->failures = 0;
        return true;
    }
    if (!cancel_fired(q->cancel) && ++k->failures >= REST_AFTER) {
        k->failures = 0;
        k->rest_until_us = clock_us() + (int64_t)REST_MS * US_PER_MS;
    }
    return false;
}

struct gathering {
    const struct knowledge_query *q;
    struct insights *out;
};

static void
take_match(void *arg, struct insight *take)
{
    const struct gathering *g = arg;
    if (g->q->language && !insight_speaks(take->languages, g->q->language))
        take->score *= OTHER_LANGUAGE;
    insights_push(g->out, take);
}

/* A deadline that passes leaves out empty. */
static bool
search_store(struct knowledge *k, const struct knowledge_query *q, struct insights *out,
             struct err *err)
{
    struct gathering g = {q, out};
    bool ok = insight_store_search(k->store, q->text, q->text_len, q->limit, q->deadline_us,
                                   take_match, &g, err);
    if (clock_us() >= q->deadline_us)
        insights_finish(out);
    insights_keep_best(out, q->limit, LEAST_SHARE);
    return ok;
}

bool
knowledge_search(struct knowledge *k, const struct knowledge_query *query, struct insights *out,
                 struct err *err)
{
    struct knowledge_query q = *query;
    int64_t began_us = clock_us();
    struct insights found = {0};
    struct err why = {{0}};
    *out = (struct insights){0};
    q.limit = q.limit == 0 ? 3 : q.limit < MAX_RESULTS ? q.limit : MAX_RESULTS;
    bool ok = search_store(k, &q, out, err);
    bool asked = k->chroma && ask_chroma(k, &q, &found, &why);
    if (asked && (found.count > 0 || out->count == 0)) {
        insights_finish(out);
        *out = found;
        out->source = KNOWLEDGE_CHROMA;
        out->embedding = embedder_name(k->embedder);
        ok = true;
    } else if (k->chroma) {
        insights_finish(&found);
        out->why_not_chroma = xstrdup(asked ? "chroma: nothing there fits" : why.text);
    }
    out->took_us = clock_us() - began_us;
    return ok;
}

/* ---- the user's own ---- */

bool
knowledge_list(struct knowledge *k, bool (*each)(void *arg, struct insight *i), void *arg,
               struct err *err)
{
    return insight_store_each(k->store, each, arg, err);
}

/* Inside a transaction of the store. */
static bool
put_own(struct store *inside, struct insight *i, struct err *err)
{
    char id[ID_LEN + 1];
    if (!i->id) {
        id_make(id);
        i->id = xstrdup(id);
    }
    return insight_store_put(inside, i, err);
}

static bool
put_one(struct store *inside, void *arg, struct err *err)
{
    return put_own(inside, arg, err);
}

bool
knowledge_add(struct knowledge *k, const struct insight *given, char **id, struct err *err)
{
    struct insight i = *given;
    char *own = i.id ? xstrdup(i.id) : NULL, *languages = insight_languages(i.languages, err);
    i.id = own;
    i.languages = languages;
    bool ok = languages && insight_check(&i, err) && store_write(k->store, put_one, &i, err);
    if (ok && id)
        *id = i.id;
    else
        free(i.id);
    free(languages);
    return ok;
}

struct importing {
    struct store *inside;
    const struct buf *text;
    const char *file;
    size_t line, taken, wrong;
    void (*complain)(void *arg, const char *line);
    void *arg;
};

/* false: the database failed. */
static bool
import_line(struct importing *im, const char *p, size_t n, struct err *err)
{
    struct insight i;
    struct err why = {{0}};
    if (n && p[n - 1] == '\r')
        n--;
    if (n == 0)
        return true;
    if (!insight_from_line(p, n, &i, &why)) {
        char *line = xasprintf("%s:%zu: %s", im->file, im->line, why.text);
        if (im->complain && im->wrong < MAX_COMPLAINTS)
            im->complain(im->arg, line);
        im->wrong++;
        free(line);
        return true;
    }
    bool ok = im->wrong > 0 || put_own(im->inside, &i, err);
    im->taken++;
    insight_finish(&i);
    return ok;
}

static bool
import_text(struct store *inside, void *arg, struct err *err)
{
    struct importing *im = arg;
    const struct buf *text = im->text;
    im->inside = inside;
    im->line = im->taken = im->wrong = 0;
    const char *p = text->p, *end = text->p + text->len;
    if (text->len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
        p += 3;
    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((stop ? stop : end) - p);
        im->line++;
        if (!import_line(im, p, n, err))
            return false;
        p += n + 1;
    }
    if (im->wrong)
        return err_set(err, "%s: %zu wrong line%s; nothing was taken", im->file, im->wrong,
                       im->wrong == 1 ? "" : "s");
    return im->taken > 0 || err_set(err, "%s: holds no insight", im->file);
}

bool
knowledge_import(struct knowledge *k, const char *file, size_t *taken,
                 void (*wrong)(void *arg, const char *line), void *arg, struct err *err)
{
    struct buf text;
    struct importing im = {.text = &text, .file = file, .complain = wrong, .arg = arg};
    buf_init(&text, MAX_IMPORT_BYTES);
    bool ok = path_read(file, &text, err) && store_write(k->store, import_text, &im, err);
    *taken = ok ? im.taken : 0;
    buf_finish(&text);
    return ok;
}

/* ---- sync ---- */

static bool
gather_insight(void *arg, struct insight *i)
{
    insights_push(arg, i);
    *i = (struct insight){0};
    return true;
}

static bool
is_kept(void *arg, const char *id)
{
    const struct insights *all = arg;
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->v[i].id, id) == 0)
            return true;
    return false;
}

static struct rpc_limits
sync_limits(struct cancel *cancel)
{
    return (struct rpc_limits){clock_us() + (int64_t)SYNC_MS * US_PER_MS, cancel};
}

bool
knowledge_sync(struct knowledge *k, struct cancel *cancel, struct knowledge_synced *out,
               struct err *err)
{
    struct insights all = {0};
    struct rpc_limits limits = sync_limits(cancel);
    *out = (struct knowledge_synced){0};
    if (!k->chroma)
        return err_set(err, "no Chroma server is configured: set knowledge.chroma.url");
    if (!k->http)
        return err_set(err, "chroma: %s", http_why_none());
    bool ok = insight_store_each(k->store, gather_insight, &all, err) &&
              chroma_prepare(k->chroma, k->http, &limits, err);
    for (size_t i = 0; ok && i < all.count; i += BATCH) {
        size_t n = all.count - i < BATCH ? all.count - i : BATCH;
        limits = sync_limits(cancel);
        ok = chroma_upsert(k->chroma, k->http, all.v + i, n, &limits, err);
        out->pushed += ok ? n : 0;
    }
    limits = sync_limits(cancel);
    ok = ok && chroma_prune(k->chroma, k->http, is_kept, &all, &out->removed, &limits, err);
    insights_finish(&all);
    if (ok)
        out->embedding = embedder_name(k->embedder);
    return ok;
}
