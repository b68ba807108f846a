#include "embedder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/net/endpoint.h"
#include "rpc.h"

enum { MAX_DIMS = 16384 };

struct embedder {
    struct rpc rpc;
    const char *model;
    char *name;
};

struct embedder *
embedder_create(const struct config *conf, struct keyring *keyring)
{
    const char *url = conf->knowledge.embeddings_url;
    if (!url || !*url)
        return NULL;
    struct embedder *e = xcalloc(1, sizeof *e);
    e->model = conf->knowledge.embeddings_model;
    e->name = xstrdup(e->model && *e->model ? e->model : "unnamed");
    e->rpc = (struct rpc){.what = "embeddings",
                          .base = endpoint_url(url, "/v1/embeddings"),
                          .allow_http = conf->knowledge.embeddings_allow_http,
                          .key_header = "Authorization",
                          .key_prefix = "Bearer ",
                          .secret = &conf->knowledge.embeddings_key,
                          .keyring = keyring};
    return e;
}

void
embedder_destroy(struct embedder **e)
{
    if (!*e)
        return;
    free((*e)->rpc.base);
    free((*e)->name);
    free(*e);
    *e = NULL;
}

const char *
embedder_name(const struct embedder *e)
{
    return e->name;
}

static struct json *
request_body(const struct embedder *e, const char *const *texts, size_t count)
{
    struct json *o = json_object(), *input = json_array();
    if (e->model && *e->model)
        json_add_str(o, "model", e->model);
    for (size_t i = 0; i < count; i++)
        json_push_str(input, texts[i]);
    json_add(o, "input", input);
    json_add_str(o, "encoding_format", "float");
    return o;
}

/* Scaled to length one. false: it is no list of numbers, its length is zero, or one of them is not finite. */
static bool
read_vector(const struct json *numbers, size_t dims, float *out)
{
    double sum = 0, d;
    size_t i = 0;
    for (const struct json *v = json_first(numbers); v; v = json_next(v)) {
        if (i == dims || !json_num(v, &d))
            return false;
        out[i++] = (float)d;
        sum += d * d;
    }
    double length = sqrt(sum);
    if (i != dims || !isfinite(length) || length < 1e-12)
        return false;
    for (i = 0; i < dims; i++)
        out[i] = (float)((double)out[i] / length);
    return true;
}

/* {"data": [{"index": 0, "embedding": [..]}]}, in any order. */
static float *
read_embeddings(const struct json *reply, size_t count, size_t *dims, struct err *err)
{
    const struct json *data = json_get(reply, "data");
    const struct json *first = json_get(json_first(data), "embedding");
    bool *have = xcalloc(count, sizeof *have);
    float *out = NULL;
    size_t place = 0, n = json_count(first);
    if (!json_is_array(data) || json_count(data) != count || !json_is_array(first) || n == 0 ||
        n > MAX_DIMS)
        goto wrong;
    out = xcalloc(count * n, sizeof *out);
    for (const struct json *d = json_first(data); d; d = json_next(d), place++) {
        int64_t index = (int64_t)place;
        json_get_int(d, "index", &index);
        if (index < 0 || (size_t)index >= count || have[index] ||
            !read_vector(json_get(d, "embedding"), n, out + (size_t)index * n))
            goto wrong;
        have[index] = true;
    }
    *dims = n;
    free(have);
    return out;
wrong:
    err_set(err, "embeddings: the answer does not hold one vector a text, all of the same length");
    free(out);
    free(have);
    return NULL;
}

float *
embedder_run(struct embedder *e, struct http *http, const char *const *texts, size_t count,
             size_t *dims, const struct rpc_limits *limits, struct err *err)
{
    int status;
    struct json *body = request_body(e, texts, count);
    struct json *reply = rpc_call(&e->rpc, http, "", body, limits, &status, err);
    float *out = reply ? read_embeddings(reply, count, dims, err) : NULL;
    json_free(reply);
    json_free(body);
    return out;
}
