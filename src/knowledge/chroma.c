#include "chroma.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "embedder.h"
#include "insight.h"
#include "rpc.h"
#include "vector.h"

enum { MAX_BODY_BYTES = 32 << 20, ASK_FACTOR = 2 };
/* A lower score says nothing: any two texts share some pieces of words. */
static const double least_score = 0.08;
static const double least_share = 0.3;

struct chroma {
    struct rpc rpc;
    struct embedder *embedder;
    const char *name;
    char *id;     /* of the collection; NULL: not looked up yet */
    bool ours;    /* berdua made it, so its records say which languages they serve */
    bool squared; /* its distances are squared Euclidean ones, not cosine ones */
    bool empty;
    size_t dims; /* length of its vectors; 0: unknown */
};

static char *
address(const char *url)
{
    size_t n = strlen(url);
    while (n && url[n - 1] == '/')
        n--;
    char *base = xstrndup(url, n);
    char *out = strstr(base, "/databases/")
                    ? xstrdup(base)
                    : xasprintf("%s%s/tenants/default_tenant/databases/default_database", base,
                                strstr(base, "/api/v2") ? "" : "/api/v2");
    free(base);
    return out;
}

struct chroma *
chroma_create(const struct config *conf, struct embedder *embedder, struct keyring *keyring)
{
    const char *url = conf->knowledge.chroma_url;
    if (!url || !*url)
        return NULL;
    struct chroma *c = xcalloc(1, sizeof *c);
    c->embedder = embedder;
    c->name = conf->knowledge.chroma_collection;
    c->rpc = (struct rpc){.what = "chroma",
                          .base = address(url),
                          .allow_http = conf->knowledge.chroma_allow_http,
                          .key_header = "x-chroma-token",
                          .key_prefix = "",
                          .secret = &conf->knowledge.chroma_key,
                          .keyring = keyring};
    return c;
}

void
chroma_destroy(struct chroma **c)
{
    if (!*c)
        return;
    free((*c)->rpc.base);
    free((*c)->id);
    free(*c);
    *c = NULL;
}

/* ---- the collection ---- */

static void
forget_collection(struct chroma *c)
{
    free(c->id);
    c->id = NULL;
}

/* true: the id can stand in an address without changing where it leads. */
static bool
is_plain_id(const char *id)
{
    size_t n = strlen(id);
    return n >= 8 && n <= 64 && strspn(id, "0123456789abcdefABCDEF-") == n;
}

/* Refuses a collection made with another embedding: its vectors cannot be compared, even if they are of equal length. */
static bool
check_embedding(const struct chroma *c, const struct json *collection, struct err *err)
{
    const char *mine = embedder_name(c->embedder);
    const char *its = json_str(json_at(collection, "metadata.embedding"));
    if (its && strcmp(its, mine) == 0)
        return true;
    if (its)
        return err_set(err,
                       "chroma: collection %s was made with the embedding %.80s, not %s; name "
                       "another in knowledge.chroma.collection, then: berdua knowledge sync",
                       c->name, its, mine);
    return true; /* not made by berdua, so its embedding is not known; the server refuses vectors of a wrong length */
}

static bool
take_collection(struct chroma *c, const struct json *collection, struct err *err)
{
    const char *id = json_get_str(collection, "id");
    const char *space = json_str(json_at(collection, "configuration_json.hnsw.space"));
    if (!id || !is_plain_id(id))
        return err_set(err, "chroma: the answer holds no collection; is this a Chroma server?");
    if (!check_embedding(c, collection, err))
        return false;
    forget_collection(c);
    c->id = xstrdup(id);
    const char *app = json_str(json_at(collection, "metadata.app"));
    c->ours = app && strcmp(app, "berdua") == 0;
    c->squared = space && strcmp(space, "l2") == 0;
    c->empty = json_is_null(json_get(collection, "dimension"));
    int64_t dims = 0;
    json_get_int(collection, "dimension", &dims);
    c->dims = dims > 0 ? (size_t)dims : 0;
    return true;
}

static bool
find_collection(struct chroma *c, struct http *http, const struct rpc_limits *limits, int *status,
                struct err *err)
{
    *status = 0;
    if (!c->embedder)
        return err_set(err, "chroma: it is asked by vectors; set knowledge.embeddings.base_url");
    char *path = xasprintf("/collections/%s", c->name);
    struct json *v = rpc_call(&c->rpc, http, path, NULL, limits, status, err);
    bool ok = v && take_collection(c, v, err);
    json_free(v);
    free(path);
    return ok;
}

bool
chroma_look(struct chroma *c, struct http *http, const struct rpc_limits *limits,
            struct chroma_state *out, struct err *err)
{
    int status = 0;
    struct err why = {{0}};
    *out = (struct chroma_state){.there = find_collection(c, http, limits, &status, &why)};
    if (!out->there)
        return status == 404 || err_set(err, "%s", why.text);
    out->empty = c->empty;
    out->dims = c->dims;
    return true;
}

static bool
make_collection(struct chroma *c, struct http *http, const struct rpc_limits *limits,
                struct err *err)
{
    struct json *o = json_object(), *metadata = json_object(), *hnsw = json_object(),
                *configuration = json_object();
    struct buf body;
    int status;
    json_add_str(metadata, "app", "berdua");
    json_add_str(metadata, "embedding", embedder_name(c->embedder));
    json_add_str(hnsw, "space", "cosine");
    json_add(configuration, "hnsw", hnsw);
    json_add_str(o, "name", c->name);
    json_add_bool(o, "get_or_create", true);
    json_add(o, "metadata", metadata);
    json_add(o, "configuration", configuration);
    buf_init(&body, 1 << 16);
    json_print(o, &body);
    struct json *v = rpc_call(&c->rpc, http, "/collections", &body, limits, &status, err);
    bool ok = v && take_collection(c, v, err);
    json_free(v);
    json_free(o);
    buf_finish(&body);
    return ok;
}

bool
chroma_prepare(struct chroma *c, struct http *http, const struct rpc_limits *limits,
               struct err *err)
{
    int status;
    struct err missing = {{0}};
    if (find_collection(c, http, limits, &status, &missing))
        return true;
    if (status == 404)
        return make_collection(c, http, limits, err);
    return err_set(err, "%s", missing.text);
}

/* A call on the records of the collection. After a 404 the id is looked up again, because a collection that was deleted
 * and made anew has another one. */
static struct json *
on_records(struct chroma *c, struct http *http, const char *verb, const struct buf *body,
           const struct rpc_limits *limits, struct err *err)
{
    for (int attempt = 1;; attempt++) {
        int status;
        if (!c->id && !find_collection(c, http, limits, &status, err)) {
            if (status == 404)
                err_set(err, "chroma: there is no collection %s yet: berdua knowledge sync",
                        c->name);
            return NULL;
        }
        char *path = xasprintf("/collections/%s/%s", c->id, verb);
        struct json *v = rpc_call(&c->rpc, http, path, body, limits, &status, err);
        free(path);
        if (v || status != 404 || attempt > 1)
            return v;
        forget_collection(c);
    }
}

/* ---- writing ---- */

/* The text that is embedded: topic and tags stand before the text, because the subject counts more than the wording. */
static char *
embedding_text(const struct insight *i)
{
    return xasprintf("%s. %s. %s", i->topic, i->tags ? i->tags : "", i->text);
}

static struct json *
metadata_of(const struct insight *i)
{
    static const char *const flags[][2] = {{"id", "lang_id"}, {"en", "lang_en"}, {"it", "lang_it"}};
    struct json *o = json_object();
    json_add_str(o, "app", "berdua");
    json_add_str(o, "origin", i->shipped ? "shipped" : "user");
    json_add_str(o, "topic", i->topic);
    json_add_str(o, "tags", i->tags ? i->tags : "");
    if (i->tone)
        json_add_str(o, "tone", i->tone);
    json_add_str(o, "languages", i->languages);
    for (size_t k = 0; k < ARRAY_LEN(flags); k++)
        json_add_bool(o, flags[k][1], insight_speaks(i->languages, flags[k][0]));
    return o;
}

static bool
write_records(const struct insight *v, size_t count, const float *vectors, size_t dims,
              struct buf *out)
{
    struct json *ids = json_array(), *documents = json_array(), *metadatas = json_array();
    for (size_t i = 0; i < count; i++) {
        json_push_str(ids, v[i].id);
        json_push_str(documents, v[i].text);
        json_push(metadatas, metadata_of(&v[i]));
    }
    bool ok = buf_append_str(out, "{\"ids\":") && json_print(ids, out) &&
              buf_append_str(out, ",\"documents\":") && json_print(documents, out) &&
              buf_append_str(out, ",\"metadatas\":") && json_print(metadatas, out) &&
              buf_append_str(out, ",\"embeddings\":[");
    for (size_t i = 0; ok && i < count; i++)
        ok = (i == 0 || buf_append_char(out, ',')) && vector_print(out, vectors + i * dims, dims);
    json_free(ids);
    json_free(documents);
    json_free(metadatas);
    return ok && buf_append_str(out, "]}");
}

bool
chroma_upsert(struct chroma *c, struct http *http, const struct insight *v, size_t count,
              const struct rpc_limits *limits, struct err *err)
{
    char **texts = xcalloc(count, sizeof *texts);
    struct buf body;
    struct json *reply = NULL;
    size_t dims = 0;
    buf_init(&body, MAX_BODY_BYTES);
    for (size_t i = 0; i < count; i++)
        texts[i] = embedding_text(&v[i]);
    float *vectors =
        embedder_run(c->embedder, http, (const char *const *)texts, count, &dims, limits, err);
    if (vectors) {
        if (write_records(v, count, vectors, dims, &body))
            reply = on_records(c, http, "upsert", &body, limits, err);
        else
            err_set(err, "chroma: the insights are too long for one request");
    }
    bool ok = reply != NULL;
    c->empty = c->empty && !ok;
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    free(texts);
    free(vectors);
    json_free(reply);
    buf_finish(&body);
    return ok;
}

bool
chroma_prune(struct chroma *c, struct http *http, bool (*keep)(void *arg, const char *id),
             void *arg, size_t *removed, const struct rpc_limits *limits, struct err *err)
{
    struct buf body;
    bool ok = true;
    *removed = 0;
    buf_init(&body, MAX_BODY_BYTES);
    buf_append_str(&body, "{\"where\":{\"$and\":[{\"app\":{\"$eq\":\"berdua\"}},"
                          "{\"origin\":{\"$eq\":\"shipped\"}}]},\"include\":[]}");
    struct json *reply = on_records(c, http, "get", &body, limits, err);
    const struct json *ids = json_get(reply, "ids");
    struct json *o = json_object(), *gone = json_array(), *done = NULL;
    for (const struct json *id = json_first(ids); id; id = json_next(id))
        if (json_str(id) && !keep(arg, json_str(id)))
            json_push_str(gone, json_str(id));
    size_t count = json_count(gone);
    json_add(o, "ids", gone);
    if (!reply) {
        ok = false;
    } else if (count) {
        buf_clear(&body);
        json_print(o, &body);
        done = on_records(c, http, "delete", &body, limits, err);
        ok = done != NULL;
        *removed = ok ? count : 0;
    }
    json_free(done);
    json_free(o);
    json_free(reply);
    buf_finish(&body);
    return ok;
}

/* ---- searching ---- */

static bool
write_query(const float *vector, size_t dims, size_t limit, const char *language, struct buf *out)
{
    bool ok = buf_append_str(out, "{\"query_embeddings\":[") && vector_print(out, vector, dims) &&
              buf_printf(out,
                         "],\"n_results\":%zu,"
                         "\"include\":[\"documents\",\"metadatas\",\"distances\"]",
                         limit);
    if (ok && language && strspn(language, "abcdefghijklmnopqrstuvwxyz") == strlen(language))
        ok = buf_printf(out, ",\"where\":{\"lang_%s\":true}", language);
    return ok && buf_append_char(out, '}');
}

/* Adds one row of the four parallel lists; a row that is no valid insight is left out. */
static void
take_row(const struct chroma *c, const char *id, const char *document, const struct json *metadata,
         double distance, struct insights *out)
{
    struct insight i = {.id = xstrdup(id),
                        .topic = xstrdup(json_get_str(metadata, "topic")),
                        .text = xstrdup(document),
                        .tags = xstrdup(json_get_str(metadata, "tags")),
                        .tone = xstrdup(json_get_str(metadata, "tone")),
                        .languages = insight_languages(json_get_str(metadata, "languages"), NULL)};
    const char *origin = json_get_str(metadata, "origin");
    if (!i.languages)
        i.languages = insight_languages(NULL, NULL);
    if (!i.topic)
        i.topic = xstrdup(id);
    i.shipped = origin && strcmp(origin, "shipped") == 0;
    i.score = fmin(fmax(1 - (c->squared ? distance / 2 : distance), 0), 1);
    if (id && isfinite(distance) && i.score >= least_score && insight_check(&i, NULL))
        insights_push(out, &i);
    else
        insight_finish(&i);
}

static bool
read_rows(const struct chroma *c, const struct json *reply, struct insights *out, struct err *err)
{
    const struct json *id = json_first(json_first(json_get(reply, "ids")));
    const struct json *document = json_first(json_first(json_get(reply, "documents")));
    const struct json *metadata = json_first(json_first(json_get(reply, "metadatas")));
    const struct json *distance = json_first(json_first(json_get(reply, "distances")));
    if (!json_is_array(json_get(reply, "ids")))
        return err_set(err, "chroma: the answer holds no ids; is this a Chroma server?");
    while (id && document && distance) {
        double d = NAN;
        json_num(distance, &d);
        take_row(c, json_str(id), json_str(document), metadata, d, out);
        id = json_next(id);
        document = json_next(document);
        distance = json_next(distance);
        metadata = json_next(metadata);
    }
    return true;
}

bool
chroma_search(struct chroma *c, struct http *http, const struct knowledge_query *q,
              const struct rpc_limits *limits, struct insights *out, struct err *err)
{
    enum { MOST_RESULTS = 100, MOST_BYTES = 8192 };
    size_t limit = q->limit == 0 ? 3 : q->limit < MOST_RESULTS ? q->limit : MOST_RESULTS;
    size_t n = q->text_len < MOST_BYTES ? q->text_len : MOST_BYTES;
    char *text = xstrndup(q->text, n);
    struct buf body;
    struct json *reply = NULL;
    size_t dims = 0;
    int status;
    bool ok = false;
    buf_init(&body, MAX_BODY_BYTES);
    float *vector = NULL;
    if (!c->id && !find_collection(c, http, limits, &status, err)) {
        if (status == 404)
            err_set(err, "chroma: there is no collection %s yet: berdua knowledge sync", c->name);
        goto out;
    }
    if (c->empty) {
        forget_collection(c); /* looked up again next time, since it may have been filled by then */
        err_set(err, "chroma: collection %s is empty: berdua knowledge sync", c->name);
        goto out;
    }
    vector = embedder_run(c->embedder, http, (const char *const *)&text, 1, &dims, limits, err);
    if (!vector)
        goto out;
    write_query(vector, dims, limit * ASK_FACTOR, c->ours ? q->language : NULL, &body);
    reply = on_records(c, http, "query", &body, limits, err);
    ok = reply && read_rows(c, reply, out, err);
    if (ok)
        insights_keep_best(out, limit, least_share);
    else
        insights_finish(out);
out:
    free(vector);
    free(text);
    json_free(reply);
    buf_finish(&body);
    return ok;
}
