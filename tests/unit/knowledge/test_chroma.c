#include "knowledge_kit.h"

#include "berdua/core/cancel.h"
#include "fake_chroma.h"

static struct lore
open_with(const struct kit *kit, const struct fake *f, const char *format)
{
    char more[600], embeddings[200] = "";
    if (!strstr(format, "embeddings"))
        snprintf(embeddings, sizeof embeddings,
                 "  embeddings: {base_url: \"http://127.0.0.1:%d/v1\", model: words}\n",
                 f->peer->port);
    snprintf(more, sizeof more, "knowledge:\n  chroma: {url: \"http://127.0.0.1:%d/\"%s%s",
             f->peer->port, format, embeddings);
    return lore_open(kit, more);
}

static bool
sync_up(struct lore *l, struct err *err)
{
    struct knowledge_synced done;
    *err = (struct err){{0}};
    return knowledge_sync(l->k, NULL, &done, err);
}

/* From the fake, since it was asked with time enough. */
static struct insights
search(struct lore *l)
{
    return lore_search(l, "can we fly during nyepi", "en", clock_us() + (int64_t)60 * US_PER_S);
}

static void
expect_built_in(struct lore *l, const char *why)
{
    struct insights found = search(l);
    assert_int_equal(found.source, KNOWLEDGE_BUILT_IN);
    assert_true(lore_holds(&found, "nyepi"));
    assert_non_null(found.why_not_chroma);
    if (!strstr(found.why_not_chroma, why))
        fail_msg("\"%s\" instead of \"%s\"", found.why_not_chroma, why);
    insights_finish(&found);
}

static void
a_sync_makes_the_collection_and_fills_it(void **state)
{
    struct fake *f = fake_start();
    struct lore l = open_with(*state, f, "}\n");
    struct err err = {{0}};
    struct knowledge_synced done;
    expect_built_in(&l, "there is no collection cultural_insights yet: berdua knowledge sync");
    if (!knowledge_sync(l.k, NULL, &done, &err))
        fail_msg("%s", err.text);
    assert_int_equal(done.pushed, lore_count(&l));
    assert_int_equal(done.removed, 1);
    assert_int_equal(atomic_load(&f->deletes), 1);
    assert_string_equal(done.embedding, "words");
    assert_string_equal(f->embedding, "words");
    const struct json *metadata = json_first(json_get(f->records, "metadatas"));
    bool flag;
    assert_true(json_get_bool(metadata, "lang_id", &flag) && flag);
    assert_string_equal(json_get_str(metadata, "origin"), "shipped");
    assert_int_equal(json_count(json_first(json_get(f->records, "embeddings"))), 256);
    lore_close(&l);
    fake_stop(f);
}

static void
what_chroma_finds_is_served_with_its_scores(void **state)
{
    struct fake *f = fake_start();
    struct lore l = open_with(*state, f, "}\n");
    struct err err;
    assert_true(sync_up(&l, &err));
    struct insights found = search(&l);
    assert_int_equal(found.source, KNOWLEDGE_CHROMA);
    assert_null(found.why_not_chroma);
    assert_string_equal(found.embedding, "words");
    assert_int_equal(found.count, 2);
    assert_true(found.v[0].score > 0.74 && found.v[0].score < 0.76);
    assert_true(found.v[0].topic && found.v[0].text && found.v[0].shipped);
    assert_string_equal(f->where, "{\"lang_en\":true}");
    insights_finish(&found);
    lore_close(&l);
    fake_stop(f);
}

static void
every_trouble_leaves_the_built_in_answer_and_says_why(void **state)
{
    static const struct {
        enum fake_mood mood;
        const char *why;
    } troubles[] = {
        {FAKE_FAILS, "chroma: HTTP 500: compaction 401 is broken"},
        {FAKE_HTML, "chroma: the answer is not JSON"},
        {FAKE_OLD, "its v2 API only"},
        {FAKE_MOVED, "it points elsewhere"},
        {FAKE_CUTS, "chroma: "},
        {FAKE_WRONG_DIMS, "expecting embedding with dimension of 8, got 256"},
    };
    struct fake *f = fake_start();
    struct err err;
    struct lore l = open_with(*state, f, "}\n");
    assert_true(sync_up(&l, &err));
    for (size_t i = 0; i < ARRAY_LEN(troubles); i++) {
        struct lore again = open_with(*state, f, "}\n");
        atomic_store(&f->mood, (int)troubles[i].mood);
        expect_built_in(&again, troubles[i].why);
        atomic_store(&f->mood, FAKE_WELL);
        struct insights found = search(&again);
        assert_int_equal(found.source, KNOWLEDGE_CHROMA);
        insights_finish(&found);
        lore_close(&again);
    }
    lore_close(&l);
    fake_stop(f);
}

static void
a_server_that_hangs_costs_no_more_than_the_deadline(void **state)
{
    struct fake *f = fake_start();
    struct lore l = open_with(*state, f, "}\n");
    atomic_store(&f->mood, FAKE_HANGS);
    struct insights found = lore_search(&l, "nyepi", "en", clock_us() + (int64_t)200 * US_PER_MS);
    assert_int_equal(found.source, KNOWLEDGE_BUILT_IN);
    assert_true(lore_holds(&found, "nyepi"));
    assert_non_null(strstr(found.why_not_chroma, "no answer in time"));
    insights_finish(&found);
    found = lore_search(&l, "nyepi", "en", clock_us());
    assert_non_null(strstr(found.why_not_chroma, "no time left"));
    insights_finish(&found);
    lore_close(&l);
    fake_stop(f);
}

static void
a_server_that_is_down_is_left_alone_for_a_while(void **state)
{
    struct fake *f = fake_start();
    struct lore l = open_with(*state, f, "}\n");
    atomic_store(&f->mood, FAKE_FAILS);
    for (int i = 0; i < 3; i++)
        expect_built_in(&l, "HTTP 500");
    int before = atomic_load(&f->peer->requests);
    expect_built_in(&l, "failed 3 times in a row");
    assert_int_equal(atomic_load(&f->peer->requests), before);
    lore_close(&l);
    fake_stop(f);
}

static void *
fire(void *arg)
{
    struct fake *f = ((void **)arg)[0];
    while (atomic_load(&f->peer->requests) == 0)
        sched_yield();
    cancel_fire(((void **)arg)[1]);
    return NULL;
}

static void
a_cancel_ends_the_waiting(void **state)
{
    struct fake *f = fake_start();
    struct lore l = open_with(*state, f, "}\n");
    struct cancel *c = cancel_create();
    struct err err = {{0}};
    struct insights found;
    void *both[] = {f, c};
    pthread_t thread;
    atomic_store(&f->mood, FAKE_HANGS);
    assert_int_equal(pthread_create(&thread, NULL, fire, both), 0);
    struct knowledge_query q = {.text = "nyepi",
                                .text_len = 5,
                                .cancel = c,
                                .deadline_us = clock_us() + (int64_t)600 * US_PER_S};
    assert_true(knowledge_search(l.k, &q, &found, &err));
    assert_non_null(strstr(found.why_not_chroma, "cancelled"));
    pthread_join(thread, NULL);
    insights_finish(&found);
    cancel_unref(&c);
    lore_close(&l);
    fake_stop(f);
}

static void
an_answer_of_any_shape_is_survived(void **state)
{
    struct fake *f = fake_start();
    struct err err;
    struct lore l = open_with(*state, f, "}\n");
    assert_true(sync_up(&l, &err));
    lore_close(&l);
    for (int i = 0; i < FAKE_SHAPE_COUNT; i++) {
        l = open_with(*state, f, "}\n");
        atomic_store(&f->mood, FAKE_WELL);
        struct insights found = search(&l); /* the collection is known now */
        insights_finish(&found);
        atomic_store(&f->mood, FAKE_SHAPES);
        found = search(&l);
        for (size_t k = 0; k < found.count; k++) {
            assert_non_null(found.v[k].id);
            assert_non_null(found.v[k].text);
            assert_null(strchr(found.v[k].text, 0x1b));
            assert_null(strchr(found.v[k].id, '/'));
        }
        insights_finish(&found);
        assert_false(sync_up(&l, &err) && i == 0);
        lore_close(&l);
    }
    fake_stop(f);
}

static void
a_collection_that_was_made_anew_is_found_again(void **state)
{
    struct fake *f = fake_start();
    struct err err;
    struct lore l = open_with(*state, f, "}\n");
    assert_true(sync_up(&l, &err));
    atomic_store(&f->mood, FAKE_FORGETFUL);
    struct insights found = search(&l);
    assert_int_equal(found.source, KNOWLEDGE_CHROMA);
    insights_finish(&found);
    lore_close(&l);
    fake_stop(f);
}

static void
vectors_of_another_embedding_are_not_compared(void **state)
{
    struct fake *f = fake_start();
    struct err err;
    struct lore l = open_with(*state, f, "}\n");
    assert_true(sync_up(&l, &err));
    snprintf(f->embedding, sizeof f->embedding, "text-embedding-9");
    lore_close(&l);
    l = open_with(*state, f, "}\n");
    expect_built_in(&l, "was made with the embedding text-embedding-9, not words");
    assert_false(sync_up(&l, &err));
    assert_non_null(strstr(err.text, "knowledge.chroma.collection"));
    lore_close(&l);
    fake_stop(f);
}

static void
without_embeddings_chroma_is_not_asked_and_the_remedy_is_named(void **state)
{
    struct fake *f = fake_start();
    struct err err;
    struct lore l = open_with(*state, f, "}\n  # embeddings: none\n");
    expect_built_in(&l, "set knowledge.embeddings.base_url");
    assert_false(sync_up(&l, &err));
    assert_non_null(strstr(err.text, "set knowledge.embeddings.base_url"));
    assert_int_equal(atomic_load(&f->peer->requests), 0);
    lore_close(&l);
    fake_stop(f);
}

static void
an_embeddings_server_is_asked_when_configured(void **state)
{
    struct fake *f = fake_start();
    struct err err;
    char more[200];
    snprintf(more, sizeof more,
             "}\n  embeddings: {base_url: \"http://127.0.0.1:%d/v1\", model: small-3}\n",
             f->peer->port);
    struct lore l = open_with(*state, f, more);
    if (!sync_up(&l, &err))
        fail_msg("%s", err.text);
    assert_string_equal(f->embedding, "small-3");
    const struct json *vectors = json_get(f->records, "embeddings");
    assert_int_equal(json_count(json_first(vectors)), 4);
    /* The second text has index 1, whatever its place in the answer: (.5, 1, -2, 1) / 2.5 */
    double v;
    assert_true(json_num(json_next(json_first(json_next(json_first(vectors)))), &v));
    assert_true(v > 0.399 && v < 0.401);
    struct insights found = search(&l);
    assert_int_equal(found.source, KNOWLEDGE_CHROMA);
    assert_string_equal(found.embedding, "small-3");
    assert_true(atomic_load(&f->embeddings) >= 2);
    insights_finish(&found);
    lore_close(&l);
    fake_stop(f);
}

static void
a_key_goes_into_its_header_and_never_into_a_reason(void **state)
{
    struct fake *f = fake_start();
    struct err err;
    setenv("FAKE_CHROMA_KEY", "sk-secret-4711-xyz", 1);
    struct lore l = open_with(*state, f, ", api_key: {env: FAKE_CHROMA_KEY}}\n");
    atomic_store(&f->mood, FAKE_REFUSES);
    assert_false(sync_up(&l, &err));
    assert_non_null(strstr(err.text, "HTTP 401"));
    assert_null(strstr(err.text, "secret"));
    assert_true(atomic_load(&f->got_key) > 0);
    unsetenv("FAKE_CHROMA_KEY");
    expect_built_in(&l, "FAKE_CHROMA_KEY");
    lore_close(&l);
    fake_stop(f);
}

static void
nothing_listens_there(void **state)
{
    struct fake *f = fake_start();
    struct lore l = open_with(*state, f, "}\n");
    fake_stop(f);
    expect_built_in(&l, "chroma: ");
    lore_close(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
        T(a_sync_makes_the_collection_and_fills_it),
        T(what_chroma_finds_is_served_with_its_scores),
        T(every_trouble_leaves_the_built_in_answer_and_says_why),
        T(a_server_that_hangs_costs_no_more_than_the_deadline),
        T(a_server_that_is_down_is_left_alone_for_a_while),
        T(a_cancel_ends_the_waiting),
        T(an_answer_of_any_shape_is_survived),
        T(a_collection_that_was_made_anew_is_found_again),
        T(vectors_of_another_embedding_are_not_compared),
        T(without_embeddings_chroma_is_not_asked_and_the_remedy_is_named),
        T(an_embeddings_server_is_asked_when_configured),
        T(a_key_goes_into_its_header_and_never_into_a_reason),
        T(nothing_listens_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
