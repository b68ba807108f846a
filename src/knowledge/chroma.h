/* A Chroma server (its v2 HTTP API): one collection of insights. Vectors are made by the embedder, since
 * Chroma makes none. Owner and thread: the knowledge handle's. */
#ifndef BERDUA_KNOWLEDGE_CHROMA_H
#define BERDUA_KNOWLEDGE_CHROMA_H

#include "berdua/knowledge/knowledge.h"

struct chroma;
struct embedder;
struct http;
struct rpc_limits;

/* NULL when none is configured. embedder is borrowed. */
struct chroma *chroma_create(const struct config *conf, struct embedder *embedder,
                             struct keyring *keyring);
void chroma_destroy(struct chroma **c);

struct chroma_state {
    bool there;  /* the collection; false is no failure */
    bool empty;  /* no record is in it, so that the length of its vectors is not known */
    size_t dims; /* 0: not known */
};
/* Changes nothing. */
bool chroma_look(struct chroma *c, struct http *http, const struct rpc_limits *limits,
                 struct chroma_state *out, struct err *err);
/* Adds to out, best first. false with a reason, also when the collection is missing, empty, or was made
 * with another embedding. */
bool chroma_search(struct chroma *c, struct http *http, const struct knowledge_query *q,
                   const struct rpc_limits *limits, struct insights *out, struct err *err);
/* Makes the collection where it is missing. */
bool chroma_prepare(struct chroma *c, struct http *http, const struct rpc_limits *limits,
                    struct err *err);
/* After chroma_prepare. */
bool chroma_upsert(struct chroma *c, struct http *http, const struct insight *v, size_t count,
                   const struct rpc_limits *limits, struct err *err);
/* Removes shipped insights whose id keep does not name. */
bool chroma_prune(struct chroma *c, struct http *http, bool (*keep)(void *arg, const char *id),
                  void *arg, size_t *removed, const struct rpc_limits *limits, struct err *err);

#endif
