#include "chroma.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "embedder.h"
#include "insight.h"
#include "rpc.h"

enum { ASK_FACTOR = 2 };
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
database_address(const char *url)
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
                          .base = database_address(url),
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
    int status;
    json_add_str(metadata, "app", "berdua");
    json_add_str(metadata, "embedding", embedder_name(c->embedder));
    json_add_str(hnsw, "space", "cosine");
    json_add(configuration, "hnsw", hnsw);
    json_add_str(o, "name", c->name);
    json_add_bool(o, "get_or_create", true);
    json_add(o, "metadata", metadata);
    json_add(o, "configuration", configuration);
    struct json *v = rpc_call(&c->rpc, http, "/collections", o, limits, &status, err);
    bool ok = v && take_collection(c, v, err);
    json_free(v);
    json_free(o);
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

static bool
know_collection(struct chroma *c, struct http *http, const struct rpc_limits *limits,
                struct err *err)
{
    int status;
    if (c->id || find_collection(c, http, limits, &status, err))
        return true;
    if (status == 404)
        err_set(err, "chroma: there is no collection %s yet: berdua knowledge sync", c->name);
    return false;
}

/* A call on the records of the collection. After a 404 the id is looked up again, because a collection that was deleted
 * and made anew has another one. */
static struct json *
on_records(struct chroma *c, struct http *http, const char *verb, struct json *take_body,
           const struct rpc_limits *limits, struct err *err)
{
    struct json *reply = NULL;
    int status = 404;
    for (int attempt = 1; attempt <= 2 && status == 404 && know_collection(c, http, limits, err);
         attempt++) {
        char *path = xasprintf("/collections/%s/%s", c->id, verb);
        reply = rpc_call(&c->rpc, http, path, take_body, limits, &status, err);
        free(path);
        if (status == 404)
            forget_collection(c);
    }
    json_free(take_body);
    return reply;
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
    struct json *o = json_object();
    json_add_str(o, "app", "berdua");
    json_add_str(o, "origin", i->shipped ? "shipped" : "user");
    json_add_str(o, "topic", i->topic);
    json_add_str(o, "tags", i->tags ? i->tags : "");
    if (i->tone)
        json_add_str(o, "tone", i->tone);
    json_add_str(o, "languages", i->languages);
    for (int k = 0; k < LANGUAGE_COUNT; k++) {
        const char *language = language_name((enum language)k);
        char flag[16];
        snprintf(flag, sizeof flag, "lang_%s", language);
        json_add_bool(o, flag, insight_speaks(i->languages, language));
    }
    return o;
}

/* Six digits behind the point are enough of a number below one. */
static struct json *
vector_json(const float *v, size_t dims)
{
    struct json *numbers = json_array();
    for (size_t i = 0; i < dims; i++)
        json_push_num(numbers, round((double)v[i] * 1e6) / 1e6);
    return numbers;
}

static struct json *
records_of(const struct insight *v, size_t count, const float *vectors, size_t dims)
{
    struct json *o = json_object(), *ids = json_array(), *documents = json_array(),
                *metadatas = json_array(), *embeddings = json_array();
    for (size_t i = 0; i < count; i++) {
        json_push_str(ids, v[i].id);
        json_push_str(documents, v[i].text);
        json_push(metadatas, metadata_of(&v[i]));
        json_push(embeddings, vector_json(vectors + i * dims, dims));
    }
    json_add(o, "ids", ids);
    json_add(o, "documents", documents);
    json_add(o, "metadatas", metadatas);
    json_add(o, "embeddings", embeddings);
    return o;
}

bool
chroma_upsert(struct chroma *c, struct http *http, const struct insight *v, size_t count,
              const struct rpc_limits *limits, struct err *err)
{
    char **texts = xcalloc(count, sizeof *texts);
    struct json *reply = NULL;
    size_t dims = 0;
    for (size_t i = 0; i < count; i++)
        texts[i] = embedding_text(&v[i]);
    float *vectors =
        embedder_run(c->embedder, http, (const char *const *)texts, count, &dims, limits, err);
    if (vectors)
        reply = on_records(c, http, "upsert", records_of(v, count, vectors, dims), limits, err);
    bool ok = reply != NULL;
    c->empty = c->empty && !ok;
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    free(texts);
    free(vectors);
    json_free(reply);
    return ok;
}

bool
chroma_prune(struct chroma *c, struct http *http, bool (*keep)(void *arg, const char *id),
             void *arg, size_t *removed, const struct rpc_limits *limits, struct err *err)
{
    static const char shipped[] = "{\"where\":{\"$and\":[{\"app\":{\"$eq\":\"berdua\"}},"
                                  "{\"origin\":{\"$eq\":\"shipped\"}}]},\"include\":[]}";
    *removed = 0;
    struct json *reply =
        on_records(c, http, "get", json_parse(shipped, sizeof shipped - 1, NULL), limits, err);
    if (!reply)
        return false;
    struct json *o = json_object(), *gone = json_array();
    for (const struct json *id = json_first(json_get(reply, "ids")); id; id = json_next(id))
        if (json_str(id) && !keep(arg, json_str(id)))
            json_push_str(gone, json_str(id));
    size_t count = json_count(gone);
    json_add(o, "ids", gone);
    json_free(reply);
    if (count) {
        reply = on_records(c, http, "delete", o, limits, err);
        *removed = reply ? count : 0;
        json_free(reply);
    } else {
        json_free(o);
    }
    return *removed == count;
}

/* ---- searching ---- */

static struct json *
query_of(const float *vector, size_t dims, size_t limit, const char *language)
{
    struct json *o = json_object(), *vectors = json_array(), *include = json_array();
    json_push(vectors, vector_json(vector, dims));
    json_add(o, "query_embeddings", vectors);
    json_add_int(o, "n_results", (int64_t)limit);
    json_push_str(include, "documents");
    json_push_str(include, "metadatas");
    json_push_str(include, "distances");
    json_add(o, "include", include);
    if (language && strspn(language, "abcdefghijklmnopqrstuvwxyz") == strlen(language)) {
        struct json *where = json_object();
        char *flag = xasprintf("lang_%s", language);
        json_add_bool(where, flag, true);
        json_add(o, "where", where);
        free(flag);
    }
    return o;
}

/* Adds one row of the four parallel lists; a row that is no valid insight is left out. */
static void
take_record(const struct chroma *c, const char *id, const char *document,
            const struct json *metadata, double distance, struct insights *out)
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
        take_record(c, json_str(id), json_str(document), metadata, d, out);
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
    enum { MOST_BYTES = 8192 };
    size_t dims = 0;
    if (!know_collection(c, http, limits, err))
        return false;
    if (c->empty) {
        forget_collection(c); /* looked up again next time, since it may have been filled by then */
        return err_set(err, "chroma: collection %s is empty: berdua knowledge sync", c->name);
    }
    char *text = xstrndup(q->text, q->text_len < MOST_BYTES ? q->text_len : MOST_BYTES);
    float *vector =
        embedder_run(c->embedder, http, (const char *const *)&text, 1, &dims, limits, err);
    free(text);
    if (!vector)
        return false;
    const char *language = c->ours ? q->language : NULL;
    struct json *reply = on_records(
        c, http, "query", query_of(vector, dims, q->limit * ASK_FACTOR, language), limits, err);
    free(vector);
    bool ok = reply && read_rows(c, reply, out, err);
    json_free(reply);
    if (ok)
        insights_keep_best(out, q->limit, least_share);
    else
        insights_finish(out);
    return ok;
}
