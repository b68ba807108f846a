/* Checks for doctor that the servers of the knowledge base answer and fit each other. */
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/knowledge/knowledge.h"
#include "chroma.h"
#include "embedder.h"
#include "rpc.h"

enum { PROBE_MS = 5000, NOT_ASKED = -1 };

struct probe {
    const struct config *conf;
    struct keyring *keyring;
    struct http *http;
    knowledge_told *told;
    void *arg;
};

static void
tell(const struct probe *p, const char *what, bool ok, char *take_text, const char *remedy)
{
    p->told(p->arg, what, ok, take_text, remedy);
    free(take_text);
}

static struct rpc_limits
limits(int *last_status)
{
    *last_status = NOT_ASKED;
    return (struct rpc_limits){.deadline_us = clock_us() + PROBE_MS * (int64_t)US_PER_MS,
                               .last_status = last_status};
}

static char *
remedy_for(const char *url, const char *key, int status)
{
    if (status == NOT_ASKED) /* the reason names what has to be configured */
        return xstrdup("see the message");
    if (status == 401 || status == 403)
        return xasprintf("give it a valid key: %s: {env: NAME}, {file: PATH} or {command: …}", key);
    return xasprintf("is %s right, and is its server running? Until then the built-in look-up "
                     "answers alone",
                     url);
}

/* The length of the vectors that the embeddings server gives; 0: it gave none. */
static size_t
probe_embeddings(const struct probe *p, struct embedder *e)
{
    static const char *const text = "halo";
    const char *url = p->conf->knowledge.embeddings_url;
    struct err err = {{0}};
    int status;
    struct rpc_limits until = limits(&status);
    size_t dims = 0;
    if (!e)
        return 0;
    if (!p->http) {
        tell(p, "embeddings", true, xasprintf("%s, model %s (not called)", url, embedder_name(e)),
             NULL);
        return 0;
    }
    float *v = embedder_run(e, p->http, &text, 1, &dims, &until, &err);
    if (v) {
        tell(p, "embeddings", true,
             xasprintf("%s answers, model %s, vectors of %zu numbers", url, embedder_name(e), dims),
             NULL);
    } else {
        char *remedy = remedy_for(url, "knowledge.embeddings.api_key", status);
        tell(p, "embeddings", false, xstrdup(err.text), remedy);
        free(remedy);
    }
    free(v);
    return v ? dims : 0;
}

static void
tell_state(const struct probe *p, const struct chroma_state *state, const struct embedder *e,
           size_t dims)
{
    const char *url = p->conf->knowledge.chroma_url;
    const char *name = p->conf->knowledge.chroma_collection;
    if (!state->there || state->empty)
        tell(p, "chroma", false,
             xasprintf("%s answers; collection %s %s", url, name,
                       state->there ? "is empty" : "is not there yet"),
             "berdua knowledge sync fills it");
    else if (dims && state->dims && dims != state->dims)
        tell(p, "chroma", false,
             xasprintf("collection %s holds vectors of %zu numbers, the embedding %s makes %zu",
                       name, state->dims, embedder_name(e), dims),
             "configure the embedding it was made with, or name another collection in "
             "knowledge.chroma.collection, then: berdua knowledge sync");
    else
        tell(p, "chroma", true,
             xasprintf("%s answers, collection %s, embedding %s", url, name, embedder_name(e)),
             NULL);
}

static void
probe_chroma(const struct probe *p, struct chroma *c, struct embedder *e, size_t dims)
{
    const char *url = p->conf->knowledge.chroma_url;
    struct chroma_state state;
    struct err err = {{0}};
    int status;
    struct rpc_limits until = limits(&status);
    if (!p->http) {
        tell(p, "chroma", true,
             xasprintf("%s, collection %s (not called)", url, p->conf->knowledge.chroma_collection),
             NULL);
    } else if (chroma_look(c, p->http, &until, &state, &err)) {
        tell_state(p, &state, e, dims);
    } else {
        char *remedy = remedy_for(url, "knowledge.chroma.api_key", status);
        tell(p, "chroma", false, xstrdup(err.text), remedy);
        free(remedy);
    }
}

void
knowledge_probe(const struct config *conf, struct keyring *keyring, struct http *http,
                knowledge_told *told, void *arg)
{
    struct probe p = {conf, keyring, http, told, arg};
    struct embedder *e = embedder_create(conf, keyring);
    struct chroma *c = chroma_create(conf, e, keyring);
    size_t dims = probe_embeddings(&p, e);
    if (c)
        probe_chroma(&p, c, e, dims);
    chroma_destroy(&c);
    embedder_destroy(&e);
}
