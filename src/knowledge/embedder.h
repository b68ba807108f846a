/* Texts to vectors, by an OpenAI-compatible /v1/embeddings.
 * Owner and thread: the knowledge handle's. */
#ifndef BERDUA_KNOWLEDGE_EMBEDDER_H
#define BERDUA_KNOWLEDGE_EMBEDDER_H

#include <stddef.h>

struct config;
struct embedder;
struct err;
struct http;
struct keyring;
struct rpc_limits;

/* NULL: none is configured. */
struct embedder *embedder_create(const struct config *conf, struct keyring *keyring);
void embedder_destroy(struct embedder **e);
/* What a collection made with it says: the model. */
const char *embedder_name(const struct embedder *e);
/* count vectors of *dims numbers each, of length one, one after the other; free(). NULL with a reason. */
float *embedder_run(struct embedder *e, struct http *http, const char *const *texts, size_t count,
                    size_t *dims, const struct rpc_limits *limits, struct err *err);

#endif
