/* Texts to vectors: by an OpenAI-compatible /v1/embeddings where one is configured, else by hashing.
 * Owner and thread: the knowledge handle's. */
#ifndef BERDUA_KNOWLEDGE_EMBEDDER_H
#define BERDUA_KNOWLEDGE_EMBEDDER_H

#include <stdbool.h>
#include <stddef.h>

struct config;
struct embedder;
struct err;
struct http;
struct keyring;
struct rpc_limits;

struct embedder *embedder_create(const struct config *conf, struct keyring *keyring);
void embedder_destroy(struct embedder **e);
/* What a collection made with it says: the model, or VECTOR_HASHED_NAME. */
const char *embedder_name(const struct embedder *e);
bool embedder_is_hashed(const struct embedder *e);
/* count vectors of *dims numbers each, of length one, one after the other; free(). NULL with a reason. */
float *embedder_run(struct embedder *e, struct http *http, const char *const *texts, size_t count,
                    size_t *dims, const struct rpc_limits *limits, struct err *err);

#endif
