/* Cultural insights: short texts that help a brain to answer in the style of the place. Kept in the
 * store's file with a full-text index; with a Chroma server configured that is asked too, and what is
 * built in answers whenever Chroma does not within the deadline.
 * Owner: whoever opened it. Thread: one handle per thread, opened and used there (a worker's own). */
#ifndef BERDUA_KNOWLEDGE_KNOWLEDGE_H
#define BERDUA_KNOWLEDGE_KNOWLEDGE_H

#include "berdua/store/insight_store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cancel;
struct config;
struct err;
struct json;
struct keyring;
struct knowledge;
struct writer;

enum knowledge_source { KNOWLEDGE_BUILT_IN, KNOWLEDGE_CHROMA };

struct insights {
    struct insight *v;
    size_t count;
    enum knowledge_source source;
    const char *
        embedding; /* which one Chroma was asked with; NULL: built-in look-up. Lives as long as the handle */
    char *
        why_not_chroma; /* it is configured but did not serve; NULL: it did, or is not configured */
    int64_t took_us;
};
void insights_finish(struct insights *list);
/* [{id, topic, text, score}], the contract's `insights[]`; new. */
struct json *insights_to_json(const struct insights *list);

/* Opens the store's file, makes it where it is missing, and puts in what came with the program when its
 * version has changed; what the user added stays. A file that cannot be written serves as it is; an empty
 * one that cannot be written is served from memory. Also runs a key's command, so it may take seconds:
 * open before a deadline runs. keyring may be NULL.
 * writer: of the chat, which then does the writing; NULL: a command, which writes itself. conf is borrowed until the close. */
struct knowledge *knowledge_open(const struct config *conf, struct keyring *keyring,
                                 struct writer *writer, struct err *err);
/* The same without writing: until somebody has put the shipped insights in, they are served from memory. */
struct knowledge *knowledge_open_reading(const struct config *conf, struct keyring *keyring,
                                         struct err *err);
void knowledge_close(struct knowledge **k);

struct knowledge_query {
    const char *text; /* the message: anything at all */
    size_t text_len;
    const char *language;  /* "id", "en", "it"; NULL: unknown */
    size_t limit;          /* 0: 3 */
    int64_t deadline_us;   /* monotonic; NEVER_US: Chroma gets 5 s */
    struct cancel *cancel; /* may be NULL */
};
/* Best first; none is a good answer. The built-in look-up runs first (≤ 5 ms with 10,000 entries), then
 * Chroma for as long as the deadline allows. false only when the database fails. */
bool knowledge_search(struct knowledge *k, const struct knowledge_query *q, struct insights *out,
                      struct err *err);

/* In order of topic. each returns false to stop. */
bool knowledge_list(struct knowledge *k, bool (*each)(void *arg, struct insight *i), void *arg,
                    struct err *err);
/* id NULL: made and given back in *id (free()); one that exists is replaced and counts as the user's. */
bool knowledge_add(struct knowledge *k, const struct insight *i, char **id, struct err *err);
/* JSON lines: {"topic", "text", "tags"|"when_to_use": [..] or "a, b", "id"?, "tone"?, "languages"?: [..]}.
 * All or nothing: each wrong line is given to wrong (may be NULL) as "FILE:LINE: reason", and then none is
 * taken and the result is false. */
bool knowledge_import(struct knowledge *k, const char *file, size_t *taken,
                      void (*wrong)(void *arg, const char *line), void *arg, struct err *err);

struct knowledge_synced {
    size_t pushed, removed;
    const char *embedding; /* lives as long as the handle */
};
/* Makes the collection where it is missing and puts every insight into it; shipped ones that are no longer
 * shipped are removed, what others added stays. */
bool knowledge_sync(struct knowledge *k, struct cancel *cancel, struct knowledge_synced *out,
                    struct err *err);

/* For `doctor`: the configured servers, each asked for as much as a look-up needs, told one by one as "embeddings"
 * and "chroma"; nothing is changed. remedy: NULL when all is well. http NULL: they are named and not called.
 * Nothing configured: nothing told. */
struct http;
typedef void knowledge_told(void *arg, const char *what, bool ok, const char *text,
                            const char *remedy);
void knowledge_probe(const struct config *conf, struct keyring *keyring, struct http *http,
                     knowledge_told *told, void *arg);

#endif
