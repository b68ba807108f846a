/* A Chroma server for tests, as the real one answered in recorded exchanges, and an embeddings server on
 * the same port. It keeps no vectors: a query gives back the first records it was sent. */
#ifndef TESTS_UNIT_FAKE_CHROMA_H
#define TESTS_UNIT_FAKE_CHROMA_H

#include "unit/peer.h"

#include <ctype.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"

#define FAKE_ID "3ee7bf6a-a437-4ffb-8665-879787424c2d"

enum fake_mood {
    FAKE_WELL,
    FAKE_HANGS,     /* takes the request and says nothing */
    FAKE_FAILS,     /* 500 with its error object */
    FAKE_HTML,      /* another program on that port */
    FAKE_OLD,       /* v1 only: 410 */
    FAKE_MOVED,     /* 302 */
    FAKE_REFUSES,   /* 401, echoing the key */
    FAKE_CUTS,      /* closes in the middle of the answer */
    FAKE_SHAPES,    /* valid JSON of other shapes */
    FAKE_FORGETFUL, /* the collection has another id from now on */
    FAKE_WRONG_DIMS /* the captured 400 */
};

struct fake {
    struct peer *peer;
    atomic_int mood;
    atomic_int upserts, queries, deletes, embeddings, got_key;
    pthread_mutex_t lock; /* of what follows */
    bool created;
    char embedding[100];  /* metadata.embedding of the collection; "" : none */
    struct json *records; /* the last upsert, NULL: none */
    char where[200];      /* of the last query */
    int shape;
};

static inline void
fake_json(int fd, int status, const char *body)
{
    peer_respond(fd, status, "content-type: application/json\r\n", body);
}

static inline void
fake_not_found(int fd)
{
    fake_json(fd, 404,
              "{\"error\":\"NotFoundError\",\"message\":\"Collection [x] does not exist\"}");
}

static inline void
fake_collection(struct fake *f, int fd)
{
    struct buf b;
    buf_init(&b, 1 << 16);
    buf_printf(
        &b,
        "{\"id\":\"%s\",\"name\":\"x\",\"configuration_json\":{\"hnsw\":{\"space\":\"cosine\","
        "\"ef_construction\":100},\"spann\":null,\"embedding_function\":null},"
        "\"metadata\":",
        FAKE_ID);
    if (f->embedding[0])
        buf_printf(&b, "{\"app\":\"berdua\",\"embedding\":\"%s\"}", f->embedding);
    else
        buf_append_str(&b, "null");
    buf_printf(&b, ",\"dimension\":%s,\"tenant\":\"default_tenant\",\"version\":0}",
               f->records ? "256" : "null");
    fake_json(fd, 200, b.p);
    buf_finish(&b);
}

static inline void
fake_query(struct fake *f, int fd, const struct json *body)
{
    struct json *o = json_object();
    struct buf b;
    buf_init(&b, 1 << 20);
    if (json_get(body, "where"))
        json_print(json_get(body, "where"), &b);
    snprintf(f->where, sizeof f->where, "%s", b.p);
    buf_clear(&b);
    static const char *const keys[] = {"ids", "documents", "metadatas"};
    for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
        struct json *outer = json_array(), *inner = json_array();
        int n = 0;
        for (const struct json *v = json_first(json_get(f->records, keys[k])); v && n < 2;
             v = json_next(v), n++)
            json_push(inner, json_dup(v));
        json_push(outer, inner);
        json_add(o, keys[k], outer);
    }
    json_print(o, &b);
    buf_truncate(&b, b.len - 1);
    buf_append_str(&b, ",\"embeddings\":null,\"uris\":null,\"distances\":[[0.25,0.5]],"
                       "\"include\":[\"documents\",\"metadatas\",\"distances\"]}");
    fake_json(fd, 200, b.p);
    buf_finish(&b);
    json_free(o);
}

enum { FAKE_DIMS = 256 };

/* Texts that share words get vectors that are near each other: enough for tests of a search. */
static inline void
fake_vector(struct buf *out, const char *text)
{
    double v[FAKE_DIMS] = {0};
    for (const char *p = text; *p;) {
        char word[64];
        size_t n = 0;
        while (*p && !isalpha((unsigned char)*p))
            p++;
        for (; isalpha((unsigned char)*p); p++)
            if (n < sizeof word)
                word[n++] = (char)tolower((unsigned char)*p);
        if (n > 2)
            v[hash_bytes(word, n < 6 ? n : 6, 1) % FAKE_DIMS] += 1;
    }
    v[0] += 1e-3; /* a text without words has a length too */
    for (size_t i = 0; i < FAKE_DIMS; i++)
        buf_printf(out, "%s%.4f", i ? "," : "", v[i]);
}

/* The model small-3 has four numbers that tests know; any other makes them of the words. */
static inline void
fake_embed(int fd, const struct json *body)
{
    struct buf b;
    const char *model = json_get_str(body, "model");
    size_t n = json_count(json_get(body, "input")), i = 0;
    const char *texts[64];
    for (const struct json *v = json_first(json_get(body, "input")); v && i < ARRAY_LEN(texts);
         v = json_next(v))
        texts[i++] = json_str(v);
    buf_init(&b, 16 << 20);
    buf_append_str(&b, "{\"object\":\"list\",\"data\":[");
    for (i = n; i-- > 0;) { /* in no particular order */
        buf_printf(&b, "{\"object\":\"embedding\",\"index\":%zu,\"embedding\":[", i);
        if (model && strcmp(model, "small-3") == 0)
            buf_printf(&b, "0.5,%zu,-2e0,1", i);
        else
            fake_vector(&b, texts[i]);
        buf_printf(&b, "]}%s", i ? "," : "");
    }
    buf_append_str(&b, "],\"model\":\"m\"}");
    fake_json(fd, 200, b.p);
    buf_finish(&b);
}

static inline bool
fake_in_a_mood(struct fake *f, int fd, bool *keep)
{
    static const char *const shapes[] = {
        "null",
        "[]",
        "{}",
        "{\"ids\":null}",
        "{\"ids\":[]}",
        "{\"ids\":[[]]}",
        "{\"ids\":{}}",
        "{\"ids\":[[1,null]],\"documents\":[[{},[]]],\"distances\":[[\"x\",null]]}",
        "{\"ids\":[[\"a\"]],\"documents\":[[null]],\"metadatas\":[[null]],\"distances\":[[0.1]]}",
        "{\"ids\":[[\"a\",\"b\"]],\"documents\":[[\"d\\u001b\",\"e\"]],\"distances\":[[0.1]]}",
        "{\"ids\":[[\"a/../b\"]],\"documents\":[[\"d\"]],\"distances\":[[0.1]]}",
        "{\"ids\":[[\"a\"]],\"documents\":[[\"d\"]],\"distances\":[[1e999]]}"};
    *keep = true;
    switch (atomic_load(&f->mood)) {
    case FAKE_HANGS:
        return true;
    case FAKE_FAILS:
        fake_json(fd, 500,
                  "{\"error\":\"InternalError\",\"message\":\"compaction 401 is broken\"}");
        return true;
    case FAKE_HTML:
        peer_respond(fd, 200, "content-type: text/html\r\n", "<html>hello</html>");
        return true;
    case FAKE_OLD:
        fake_json(fd, 410,
                  "{\"error\":\"Unimplemented\",\"message\":\"The v1 API is deprecated. Please use "
                  "/v2 apis\"}");
        return true;
    case FAKE_MOVED:
        peer_respond(fd, 302, "location: http://elsewhere.example/\r\n", "");
        return true;
    case FAKE_REFUSES:
        fake_json(fd, 401,
                  "{\"error\":\"ChromaError\",\"message\":\"bad token sk-secret-4711-xyz\"}");
        return true;
    case FAKE_CUTS:
        peer_send(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ids\":[[\"a\"");
        *keep = false;
        return true;
    case FAKE_SHAPES:
        fake_json(fd, 200, shapes[(size_t)f->shape++ % ARRAY_LEN(shapes)]);
        return true;
    default:
        return false;
    }
}

enum { FAKE_SHAPE_COUNT = 12 };

static inline void
fake_records(struct fake *f, int fd, const char *verb, struct json *body)
{
    if (strncmp(verb, "upsert ", 7) == 0) {
        atomic_fetch_add(&f->upserts, 1);
        json_free(f->records);
        f->records = json_dup(body);
        fake_json(fd, 200, "{}");
    } else if (strncmp(verb, "query ", 6) == 0) {
        atomic_fetch_add(&f->queries, 1);
        fake_query(f, fd, body);
    } else if (strncmp(verb, "get ", 4) == 0) {
        fake_json(fd, 200,
                  "{\"ids\":[\"nyepi\",\"long-gone\"],\"embeddings\":null,\"documents\":null,"
                  "\"uris\":null,\"metadatas\":null,\"include\":[]}");
    } else if (strncmp(verb, "delete ", 7) == 0) {
        const char *id = json_str(json_first(json_get(body, "ids")));
        if (id && strcmp(id, "long-gone") == 0)
            atomic_fetch_add(&f->deletes, 1);
        fake_json(fd, 200, "{}");
    } else {
        peer_respond(fd, 404, "", "");
    }
}

static inline void
fake_route(struct fake *f, int fd, const char *request, struct json *body)
{
    static const char root[] =
        "/api/v2/tenants/default_tenant/databases/default_database/collections";
    const char *path = strchr(request, ' ') + 1;
    int mood = atomic_load(&f->mood);
    if (strncmp(path, "/v1/embeddings ", 15) == 0) {
        atomic_fetch_add(&f->embeddings, 1);
        fake_embed(fd, body);
        return;
    }
    if (strncmp(path, root, sizeof root - 1) != 0) {
        peer_respond(fd, 404, "", "");
        return;
    }
    path += sizeof root - 1;
    const char *name = json_str(json_at(body, "metadata.embedding"));
    if (*path == ' ') {
        f->created = true;
        snprintf(f->embedding, sizeof f->embedding, "%s", name ? name : "");
        fake_collection(f, fd);
    } else if (strncmp(path, "/" FAKE_ID "/", sizeof FAKE_ID + 1) == 0) {
        if (mood == FAKE_FORGETFUL) {
            atomic_store(&f->mood, FAKE_WELL);
            fake_not_found(fd);
        } else if (mood == FAKE_WRONG_DIMS) {
            fake_json(fd, 400,
                      "{\"error\":\"InvalidArgumentError\",\"message\":\"Collection expecting "
                      "embedding with dimension of 8, got 256\"}");
        } else {
            fake_records(f, fd, path + sizeof FAKE_ID + 1, body);
        }
    } else if (f->created) {
        fake_collection(f, fd);
    } else {
        fake_not_found(fd);
    }
}

static inline bool
fake_answer(struct peer *p, int fd, const char *request, int number)
{
    struct fake *f = p->arg;
    const char *text = strstr(request, "\r\n\r\n") + 4;
    struct json *body = *text ? json_parse(text, strlen(text), NULL) : NULL;
    bool keep;
    (void)number;
    if (strstr(request, "x-chroma-token: sk-secret-4711-xyz\r\n"))
        atomic_fetch_add(&f->got_key, 1);
    pthread_mutex_lock(&f->lock);
    if (!fake_in_a_mood(f, fd, &keep)) {
        if (*text && !strstr(request, "Content-Type: application/json\r\n"))
            fake_json(fd, 415,
                      "{\"error\":\"ChromaError\",\"message\":\"Expected request with "
                      "`Content-Type: application/json`\"}");
        else if (*text && !body)
            fake_json(fd, 400,
                      "{\"error\":\"InvalidArgumentError\",\"message\":\"Failed to parse "
                      "the request body as JSON\"}");
        else
            fake_route(f, fd, request, body);
    }
    pthread_mutex_unlock(&f->lock);
    json_free(body);
    return keep;
}

static inline struct fake *
fake_start(void)
{
    struct fake *f = xcalloc(1, sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    f->peer = peer_start(fake_answer, f);
    return f;
}

static inline void
fake_stop(struct fake *f)
{
    peer_stop(f->peer);
    peer_free(f->peer);
    json_free(f->records);
    pthread_mutex_destroy(&f->lock);
    free(f);
}

#endif
