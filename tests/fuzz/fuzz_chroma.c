/* Chroma and an embeddings server that answer anything: what is found passes every check of an insight, what fails says
 * why, and no answer changes where a request goes. The first byte says what is asked, the second how much. */
#include "peer.h"

#include "berdua/base/json.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/config.h"
#include "knowledge/chroma.h"
#include "knowledge/embedder.h"
#include "knowledge/insight.h"
#include "knowledge/rpc.h"

static const char database[] = "http://127.0.0.1:1/api/v2/tenants/default_tenant/databases/"
                               "default_database/collections";
static const char embeddings[] = "http://127.0.0.1:2/v1/embeddings";

static void
check_request(const struct http_request *req)
{
    bool ours = strncmp(req->url, database, sizeof database - 1) == 0;
    const char *rest = req->url + (ours ? sizeof database : sizeof embeddings) - 1;
    assert(ours || strcmp(req->url, embeddings) == 0);
    assert(strspn(rest, "/-_abcdefghijklmnopqrstuvwxyzABCDEF0123456789") == strlen(rest));
    if (req->body) {
        struct json *body = json_parse(req->body, req->body_len, NULL);
        assert(json_is_object(body));
        json_free(body);
    }
}

static void
check_found(const struct insights *found, size_t limit)
{
    assert(found->count <= limit);
    for (size_t i = 0; i < found->count; i++) {
        const struct insight *in = &found->v[i];
        assert(insight_check(in, NULL) && in->id && in->languages);
        assert(in->score >= 0 && in->score <= 1 && (i == 0 || in->score <= found->v[i - 1].score));
    }
}

static bool
keep_some(void *arg, const char *id)
{
    (void)arg;
    return id[0] % 2;
}

/* Before it: what is to be put in. */
static bool
fill(struct chroma *c, struct http *http, const struct rpc_limits *limits, struct err *err)
{
    struct insight list[] = {
        {.id = (char *)"malu",
         .topic = (char *)"malu",
         .text = (char *)"shy",
         .languages = (char *)"id"},
        {.id = (char *)"nyepi",
         .topic = (char *)"nyepi",
         .text = (char *)"silence",
         .languages = (char *)"id,en"},
    };
    size_t removed = 0;
    return chroma_prepare(c, http, limits, err) &&
           chroma_upsert(c, http, list, ARRAY_LEN(list), limits, err) &&
           chroma_prune(c, http, keep_some, NULL, &removed, limits, err);
}

static bool
ask(struct chroma *c, struct http *http, unsigned limit, const struct rpc_limits *limits,
    struct err *err)
{
    static const char *const languages[] = {NULL, "id", "en", "it"};
    struct knowledge_query q = {
        .text = "nyepi \xff", .text_len = 7, .language = languages[limit % 4], .limit = limit};
    struct insights found = {0};
    bool ok = chroma_search(c, http, &q, limits, &found, err);
    assert(ok || found.count == 0);
    check_found(&found, limit);
    insights_finish(&found);
    return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config conf = {0};
    conf.knowledge.chroma_url = (char *)"http://127.0.0.1:1/";
    conf.knowledge.chroma_collection = (char *)"insights";
    conf.knowledge.embeddings_url = (char *)"http://127.0.0.1:2";
    conf.knowledge.embeddings_model = (char *)"words";
    if (size < 2)
        return 0;
    struct http http;
    struct err err = {""};
    int last_status = 0;
    fuzz_peer_init(&http, (const char *)data + 2, size - 2, check_request);
    struct rpc_limits limits = {.deadline_us = clock_us() + (int64_t)60 * US_PER_S,
                                .last_status = &last_status};
    struct embedder *e = embedder_create(&conf, NULL);
    struct chroma *c = chroma_create(&conf, e, NULL);
    for (int i = 0; i < 2; i++) { /* what the first answers left behind serves the second time */
        struct chroma_state state;
        bool ok = data[0] % 4 == 0   ? chroma_look(c, &http, &limits, &state, &err)
                  : data[0] % 4 == 1 ? fill(c, &http, &limits, &err)
                                     : ask(c, &http, data[1] % 8 + 1, &limits, &err);
        assert(ok || err.text[0]);
        assert(utf8_valid(err.text, strlen(err.text)));
    }
    chroma_destroy(&c);
    embedder_destroy(&e);
    buf_finish(&http.head);
    return 0;
}
