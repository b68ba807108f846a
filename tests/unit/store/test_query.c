#include "store_kit.h"

#include "berdua/base/clock.h"

static bool
count_rows(void *arg, const struct session_row *row)
{
    (void)row;
    ++*(int *)arg;
    return true;
}

static void
a_missing_or_empty_file_reads_as_empty_and_is_not_made(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    int64_t tally[VERDICT_KIND_COUNT];
    int rows = 0;
    for (int pass = 0; pass < 2; pass++) {
        struct store *q = store_open(k->path, &err);
        assert_non_null(q);
        assert_true(query_sessions(q, count_rows, &rows, &err));
        assert_int_equal(rows, 0);
        assert_null(query_latest(q, "mario", 0, &err));
        assert_string_equal(err.text, "");
        assert_true(query_tallies(q, NULL, tally, &err));
        assert_int_equal(tally[VERDICT_TIE], 0);
        assert_null(query_session(q, "01ABCDEF", 0, 0, &err));
        assert_non_null(strstr(err.text, "01ABCDEF"));
        store_close(&q);
        if (pass == 0) {
            assert_int_not_equal(access(k->path, F_OK), 0);
            snprintf(k->path, sizeof k->path, "%s/empty.db", k->folder);
            fclose(fopen(k->path, "w"));
        }
    }
}

struct seen {
    char ids[4][27];
    int64_t turns[4], verdicts[4];
    char first[4][32];
    bool simulated[4];
    int count;
};

static bool
note_row(void *arg, const struct session_row *row)
{
    struct seen *s = arg;
    snprintf(s->ids[s->count], 27, "%s", row->id);
    s->turns[s->count] = row->turns;
    s->verdicts[s->count] = row->verdicts;
    s->simulated[s->count] = row->simulated;
    snprintf(s->first[s->count], 32, "%s", row->first_message ? row->first_message : "(none)");
    return ++s->count < 4;
}

/* A session of n turns, the first of which gets a verdict; submitted at `at`. */
static void
put(struct writer *s, const char *id, const char *user, int n, int64_t at, bool simulated)
{
    struct conversation *c = conversation_create(user);
    char text[32];
    snprintf(c->id, sizeof c->id, "%s", id);
    c->started_wall_us = at;
    writer_put_session(s, c, 0);
    for (int i = 0; i < n; i++) {
        snprintf(text, sizeof text, "%s %d", id, i);
        struct turn *t = kit_turn(text);
        t->at_wall_us = at + i;
        t->simulated = simulated;
        writer_put_turn(s, id, t, 0);
        struct verdict v = {.kind = i ? VERDICT_NOTE : VERDICT_CLAUDE, .at_wall_us = at + i};
        writer_put_verdict(s, id, t->id, &v, user, 0);
        turn_destroy(&t);
    }
    conversation_destroy(&c);
}

static void
sessions_are_listed_newest_first_and_found_by_a_unique_prefix(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    put(s, "01AAAA1", "mario", 3, 1000, false);
    put(s, "01AAAA2", "sari", 1, 3000, true);
    put(s, "01AAAA", "mario", 2, 2000, false);
    put(s, "02BB%_B", "mario", 0, 4000, false);
    kit_close(&s);
    box_close(&b);

    struct store *q = store_open(k->path, &err);
    struct seen seen = {.count = 0};
    assert_true(query_sessions(q, note_row, &seen, &err));
    assert_int_equal(seen.count, 4);
    assert_string_equal(seen.ids[0], "02BB%_B");
    assert_string_equal(seen.first[0], "(none)");
    assert_string_equal(seen.ids[1], "01AAAA2");
    assert_true(seen.simulated[1]);
    assert_false(seen.simulated[2]);
    assert_string_equal(seen.ids[3], "01AAAA1");
    assert_int_equal(seen.turns[3], 3);
    assert_int_equal(seen.verdicts[3], 1);
    assert_string_equal(seen.first[3], "01AAAA1 0");

    struct conversation *c =
        query_session(q, "01AAAA", 0, 0, &err); /* whole id, though a prefix too */
    assert_non_null(c);
    assert_int_equal(c->count, 2);
    conversation_destroy(&c);
    c = query_session(q, "02bb", 0, 0, &err);
    assert_non_null(c);
    assert_int_equal(c->count, 0);
    conversation_destroy(&c);
    assert_null(query_session(q, "01AA", 0, 0, &err));
    assert_non_null(strstr(err.text, "more than one"));
    assert_null(query_session(q, "02B", 0, 0, &err));
    assert_non_null(strstr(err.text, "at least"));
    assert_null(query_session(q, "____", 0, 0, &err));
    assert_non_null(strstr(err.text, "no session"));
    assert_null(query_session(q, "", 0, 0, &err));

    /* the newest of a user that has turns */
    c = query_latest(q, "mario", 1, &err);
    assert_non_null(c);
    assert_string_equal(c->id, "01AAAA");
    assert_int_equal(c->count, 1);
    assert_int_equal(c->turns[0]->seq, 2);
    assert_true(c->older);
    conversation_destroy(&c);
    store_close(&q);
}

static void
the_end_of_a_long_session_is_loaded_alone(void **state)
{
    enum { TURNS = 10000, SHOWN = 200 };
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    char kilobyte[1025];
    memset(kilobyte, 'a', 1024);
    kilobyte[1024] = 0;
    int64_t last = writer_put_session(s, c, 0);
    for (int i = 0; i < TURNS; i++) {
        struct turn *t = kit_turn("pesan");
        kit_answer(t, BRAIN_CLAUDE, kilobyte);
        kit_answer(t, BRAIN_LLAMA, kilobyte);
        writer_put_turn(s, c->id, t, 0);
        struct verdict v = {.kind = VERDICT_TIE};
        last = writer_put_verdict(s, c->id, t->id, &v, "mario", 0);
        turn_destroy(&t);
    }
    assert_true(box_stored(&b, last));
    kit_close(&s);

    int64_t start_us = clock_us();
    s = kit_open(k->path, &b);
    struct conversation *got = kit_load(&b, s, NULL, "mario", 0, SHOWN, NULL);
    int64_t load_us = clock_us() - start_us;
    struct verdict v = {.kind = VERDICT_CLAUDE};
    assert_true(box_stored(&b, writer_put_verdict(s, got->id, got->turns[0]->id, &v, "mario", 0)));
    int64_t write_us = clock_us() - start_us - load_us;
    assert_int_equal(got->count, SHOWN);
    assert_int_equal(conversation_last(got)->seq, TURNS);
    assert_int_equal(conversation_last(got)->answers[BRAIN_LLAMA].text.len, 1024);
    conversation_destroy(&got);
    kit_close(&s);
    struct store *q = store_open(k->path, &err);
    start_us = clock_us();
    got = query_session(q, c->id, TURNS / 2, SHOWN, &err);
    int64_t page_us = clock_us() - start_us;
    assert_int_equal(got->count, SHOWN);
    print_message("open and load %.1f ms, first write %.1f ms, older page %.1f ms\n",
                  (double)load_us / 1000, (double)write_us / 1000, (double)page_us / 1000);
    conversation_destroy(&got);
    store_close(&q);
    conversation_destroy(&c);
    box_close(&b);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(a_missing_or_empty_file_reads_as_empty_and_is_not_made),
        T(sessions_are_listed_newest_first_and_found_by_a_unique_prefix),
        T(the_end_of_a_long_session_is_loaded_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
