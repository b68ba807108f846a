/* Against a real Chroma server: CHROMA_URL says where, CHROMA_PID who. Each test has its own collection. */
#include "unit/knowledge/knowledge_kit.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/net/http.h"
#include "store/sqlite/db.h"
#include "unit/knowledge/fake_chroma.h"

#define COLLECTIONS "/api/v2/tenants/default_tenant/databases/default_database/collections"

static struct fake *embeddings; /* the server that makes the vectors */

static struct lore
open_with(const struct kit *kit, const char *collection, const char *model)
{
    char more[600];
    snprintf(more, sizeof more,
             "knowledge:\n  chroma: {url: \"%s\", collection: %s}\n"
             "  embeddings: {base_url: \"http://127.0.0.1:%d\", model: %s}\n",
             getenv("CHROMA_URL"), collection, embeddings->peer->port, model);
    return lore_open(kit, more);
}

static struct lore
open_at(const struct kit *kit, const char *collection)
{
    return open_with(kit, collection, "words");
}

static struct knowledge_synced
sync_up(struct lore *l)
{
    struct err err = {{0}};
    struct knowledge_synced done;
    if (!knowledge_sync(l->k, NULL, &done, &err))
        fail_msg("%s", err.text);
    return done;
}

static void
refuse_sync(struct lore *l, const char *why)
{
    struct err err = {{0}};
    struct knowledge_synced done;
    assert_false(knowledge_sync(l->k, NULL, &done, &err));
    if (!strstr(err.text, why))
        fail_msg("\"%s\" instead of \"%s\"", err.text, why);
}

static struct insights
search(struct lore *l, const char *text, const char *language)
{
    return lore_search(l, text, language, clock_us() + (int64_t)60 * US_PER_S);
}

static void
expect_built_in(struct lore *l, const char *why)
{
    struct insights found = search(l, "nyepi", "en");
    assert_int_equal(found.source, KNOWLEDGE_BUILT_IN);
    assert_true(lore_holds(&found, "nyepi"));
    if (!found.why_not_chroma || !strstr(found.why_not_chroma, why))
        fail_msg("\"%s\" instead of \"%s\"", found.why_not_chroma, why);
    insights_finish(&found);
}

/* ---- a call of our own, past the code under test ---- */

static bool
collect(void *arg, const char *p, size_t n)
{
    return buf_append(arg, p, n);
}

/* body NULL: GET. The answer's JSON. */
static struct json *
call(const char *path, const char *body)
{
    struct err err = {{0}};
    struct buf reply;
    buf_init(&reply, 8 << 20);
    struct http *http = http_create(&err);
    assert_non_null(http);
    struct http_request req = {.method = body ? "POST" : "GET",
                               .url = xasprintf("%s%s", getenv("CHROMA_URL"), path),
                               .body = body ? xstrdup(body) : NULL,
                               .body_len = body ? strlen(body) : 0};
    http_request_add_header(&req, "Content-Type", "application/json");
    struct http_hooks hooks = {.arg = &reply, .body = collect};
    if (http_perform(http, &req, &hooks, NULL, NULL, &err) != HTTP_OK)
        fail_msg("%s", err.text);
    struct json *v = json_parse(reply.p, reply.len, &err);
    if (!v)
        fail_msg("%s: %s", err.text, reply.p);
    http_request_finish(&req);
    http_destroy(&http);
    buf_finish(&reply);
    return v;
}

/* How many records the collection holds. */
static size_t
records(const char *collection)
{
    char *path = xasprintf(COLLECTIONS "/%s", collection);
    struct json *c = call(path, NULL);
    char *count_path = xasprintf(COLLECTIONS "/%s/count", json_str(json_get(c, "id")));
    struct json *n = call(count_path, NULL);
    double v = -1;
    assert_true(json_num(n, &v));
    json_free(n);
    json_free(c);
    free(count_path);
    free(path);
    return (size_t)v;
}

static void
make_foreign(const char *name, const char *metadata)
{
    char *body = xasprintf("{\"name\":\"%s\",\"metadata\":%s}", name, metadata);
    struct json *c = call(COLLECTIONS, body);
    assert_non_null(json_get_str(c, "id"));
    char *path = xasprintf(COLLECTIONS "/%s/upsert", json_get_str(c, "id"));
    json_free(call(path, "{\"ids\":[\"a\"],\"embeddings\":[[1,0,0,0,0,0,0,0]],"
                         "\"documents\":[\"alpha\"]}"));
    json_free(c);
    free(path);
    free(body);
}

/* ---- tests ---- */

static void
a_sync_creates_fills_and_can_be_repeated(void **state)
{
    struct lore l = open_at(*state, "t_sync");
    expect_built_in(&l, "there is no collection t_sync yet: berdua knowledge sync");
    size_t all = lore_count(&l);
    for (int i = 0; i < 2; i++) {
        struct knowledge_synced done = sync_up(&l);
        assert_int_equal(done.pushed, all);
        assert_int_equal(done.removed, 0);
        assert_int_equal(records("t_sync"), all);
    }
    struct json *c = call(COLLECTIONS "/t_sync", NULL);
    assert_string_equal(json_str(json_at(c, "metadata.embedding")), "words");
    assert_string_equal(json_str(json_at(c, "configuration_json.hnsw.space")), "cosine");
    json_free(c);
    lore_close(&l);
}

static void
what_is_looked_for_is_found(void **state)
{
    static const char *const typical[][3] = {
        {"nyepi", "en", "is the airport closed during Nyepi?"},
        {"payment-reminder", "id", "cara menagih klien yang belum bayar invoice"},
        {"whatsapp", "it", "messaggio WhatsApp, spunte blu, non risponde"},
        {"malu", "id", "aku malu bertanya, takut salah"},
        {"left-hand", "en", "use the left hand or touch the head"},
    };
    struct lore l = open_at(*state, "t_query");
    sync_up(&l);
    for (size_t i = 0; i < ARRAY_LEN(typical); i++) {
        struct insights found = search(&l, typical[i][2], typical[i][1]);
        assert_int_equal(found.source, KNOWLEDGE_CHROMA);
        assert_null(found.why_not_chroma);
        if (!lore_holds(&found, typical[i][0]))
            fail_msg("%s is not found", typical[i][0]);
        for (size_t k = 0; k < found.count; k++) {
            assert_true(found.v[k].score > 0 && found.v[k].score <= 1);
            assert_true(k == 0 || found.v[k].score <= found.v[k - 1].score);
            assert_true(found.v[k].shipped && *found.v[k].topic && *found.v[k].text);
        }
        insights_finish(&found);
    }
    struct insights nothing = search(&l, "", NULL);
    insights_finish(&nothing);
    lore_close(&l);
}

static void
the_filter_keeps_other_languages_out(void **state)
{
    struct lore l = open_at(*state, "t_filter");
    sync_up(&l);
    struct insights id = search(&l, "harga diskon tawar menawar", "id");
    struct insights en = search(&l, "harga diskon tawar menawar", "en");
    assert_int_equal(id.source, KNOWLEDGE_CHROMA);
    assert_int_equal(en.source, KNOWLEDGE_CHROMA);
    assert_true(lore_holds(&id, "tawar-menawar"));
    assert_false(lore_holds(&en, "tawar-menawar"));
    insights_finish(&id);
    insights_finish(&en);
    lore_close(&l);
}

static void
what_is_shipped_no_longer_goes_and_what_others_added_stays(void **state)
{
    const struct kit *kit = *state;
    struct err err = {{0}};
    struct lore l = open_at(kit, "t_prune");
    struct insight own = {.id = (char *)"own-1",
                          .topic = (char *)"quoll",
                          .text = (char *)"wombat numbat \" \\ \n é"};
    assert_true(knowledge_add(l.k, &own, NULL, &err));
    sync_up(&l);
    size_t all = records("t_prune");
    lore_close(&l);
    struct db *db = db_open(kit->path, DB_WRITE, NULL, &err);
    assert_true(db_exec(db, "DELETE FROM insight WHERE id IN ('nyepi', 'own-1')", &err));
    db_close(&db);
    l = open_at(kit, "t_prune");
    assert_int_equal(sync_up(&l).removed, 1);
    assert_int_equal(records("t_prune"), all - 1);
    struct insights found = search(&l, "quoll wombat numbat", NULL);
    assert_int_equal(found.source, KNOWLEDGE_CHROMA);
    assert_string_equal(found.v[0].id, "own-1");
    assert_string_equal(found.v[0].text, own.text);
    assert_false(found.v[0].shipped);
    insights_finish(&found);
    lore_close(&l);
}

static void
vectors_of_another_model_are_not_compared(void **state)
{
    struct lore l = open_with(*state, "t_embed", "small-3");
    struct knowledge_synced done = sync_up(&l);
    assert_string_equal(done.embedding, "small-3");
    struct json *c = call(COLLECTIONS "/t_embed", NULL);
    int64_t dims = 0;
    assert_true(json_get_int(c, "dimension", &dims));
    assert_int_equal(dims, 4);
    json_free(c);
    struct insights found = search(&l, "nyepi", "en");
    assert_int_equal(found.source, KNOWLEDGE_CHROMA);
    assert_string_equal(found.embedding, "small-3");
    insights_finish(&found);
    lore_close(&l);
    l = open_at(*state, "t_embed");
    expect_built_in(&l, "was made with the embedding small-3");
    refuse_sync(&l, "was made with the embedding small-3");
    lore_close(&l);
}

static void
a_collection_of_others_is_left_alone(void **state)
{
    make_foreign("t_foreign", "null");
    struct lore l = open_with(*state, "t_foreign", "small-3");
    expect_built_in(&l, "expecting embedding with dimension of 8, got 4");
    refuse_sync(&l, "expecting embedding with dimension of 8, got 4");
    assert_int_equal(records("t_foreign"), 1);
    lore_close(&l);
}

static void
a_name_that_chroma_refuses_is_said_in_its_words(void **state)
{
    struct lore l = open_at(*state, "x");
    refuse_sync(&l, "HTTP 400: ");
    lore_close(&l);
}

static void
an_empty_collection_asks_for_a_sync(void **state)
{
    struct lore made = open_at(*state, "t_full");
    const char *name = sync_up(&made).embedding;
    char *metadata = xasprintf("{\"name\":\"t_empty\",\"metadata\":{\"embedding\":\"%s\"}}", name);
    json_free(call(COLLECTIONS, metadata));
    struct lore l = open_at(*state, "t_empty");
    expect_built_in(&l, "is empty: berdua knowledge sync");
    sync_up(&l);
    struct insights found = search(&l, "nyepi", "en");
    assert_int_equal(found.source, KNOWLEDGE_CHROMA);
    insights_finish(&found);
    free(metadata);
    lore_close(&l);
    lore_close(&made);
}

/* Does any thread of it still run? The signal reaches them one after the other. */
static bool
runs(pid_t pid)
{
    char *folder = xasprintf("/proc/%d/task", (int)pid);
    DIR *d = opendir(folder);
    bool any = false;
    assert_non_null(d);
    for (const struct dirent *e; !any && (e = readdir(d));) {
        char line[512] = "";
        char *file = xasprintf("%s/%s/stat", folder, e->d_name);
        FILE *f = e->d_name[0] != '.' ? fopen(file, "r") : NULL;
        const char *name_end = f && fgets(line, sizeof line, f) ? strrchr(line, ')') : NULL;
        any = name_end && name_end[1] && name_end[2] != 'T';
        if (f)
            fclose(f);
        free(file);
    }
    closedir(d);
    free(folder);
    return any;
}

static void
stop_whole(pid_t pid)
{
    int64_t until = clock_us() + 20 * (int64_t)US_PER_S;
    assert_int_equal(kill(pid, SIGSTOP), 0);
    while (runs(pid) && clock_us() < until)
        sched_yield();
    assert_false(runs(pid));
}

static void
while_chroma_is_stopped_the_built_in_look_up_answers_in_time(void **state)
{
    pid_t pid = (pid_t)strtol(getenv("CHROMA_PID"), NULL, 10);
    struct lore l = open_at(*state, "t_slow");
    sync_up(&l);
    stop_whole(pid);
    for (int i = 0; i < 2; i++) {
        struct insights found =
            lore_search(&l, "nyepi", "en", clock_us() + (int64_t)150 * US_PER_MS);
        if (found.source != KNOWLEDGE_BUILT_IN)
            kill(pid, SIGCONT);
        assert_int_equal(found.source, KNOWLEDGE_BUILT_IN);
        assert_true(lore_holds(&found, "nyepi"));
        assert_non_null(strstr(found.why_not_chroma, "no answer in time"));
        insights_finish(&found);
    }
    assert_int_equal(kill(pid, SIGCONT), 0);
    struct insights found = search(&l, "nyepi", "en");
    assert_int_equal(found.source, KNOWLEDGE_CHROMA);
    insights_finish(&found);
    lore_close(&l);
}

/* The last one: afterwards there is no server. */
static void
when_chroma_dies_the_built_in_look_up_answers(void **state)
{
    pid_t pid = (pid_t)strtol(getenv("CHROMA_PID"), NULL, 10);
    struct lore l = open_at(*state, "t_dead");
    sync_up(&l);
    assert_int_equal(kill(pid, SIGKILL), 0);
    bool died = false;
    for (int i = 0; i < 1000 && !died; i++) {
        struct insights found = search(&l, "nyepi", "en");
        assert_true(lore_holds(&found, "nyepi"));
        died = found.source == KNOWLEDGE_BUILT_IN;
        assert_true(!died || strstr(found.why_not_chroma, "chroma: "));
        insights_finish(&found);
    }
    assert_true(died);
    lore_close(&l);
}

int
main(void)
{
    if (!getenv("CHROMA_URL") || !getenv("CHROMA_PID")) {
        fputs("run by make check-peers\n", stderr);
        return 1;
    }
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
        T(a_sync_creates_fills_and_can_be_repeated),
        T(what_is_looked_for_is_found),
        T(the_filter_keeps_other_languages_out),
        T(what_is_shipped_no_longer_goes_and_what_others_added_stays),
        T(vectors_of_another_model_are_not_compared),
        T(a_collection_of_others_is_left_alone),
        T(a_name_that_chroma_refuses_is_said_in_its_words),
        T(an_empty_collection_asks_for_a_sync),
        T(while_chroma_is_stopped_the_built_in_look_up_answers_in_time),
        T(when_chroma_dies_the_built_in_look_up_answers),
    };
    embeddings = fake_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_stop(embeddings);
    return failed;
}
