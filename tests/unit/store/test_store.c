#include "store_kit.h"

#include <math.h>

#include "berdua/base/clock.h"

static void
everything_about_a_turn_comes_back_byte_for_byte(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    c->title = xstrdup("PT PMA");
    writer_put_session(s, c, 0);
    struct turn *t = kit_turn("aku malu\x1b[31m bertanya \xff tentang visa");
    t->mode = MODE_FULL;
    t->history = HISTORY_OWN;
    t->config_hash = xstrdup("e42fdef7a44d9e49");
    t->left = BRAIN_LLAMA;
    struct box_news *ev = box_wait(&b, writer_put_turn(s, c->id, t, 0));
    assert_null(ev->text);
    assert_int_equal(ev->ack.seq, 1);
    box_drop(ev);

    struct answer *a = &t->answers[BRAIN_CLAUDE];
    static const char odd[] = "nul:\0 bad:\xc3\x28 esc:\x1b]52;c;\a emoji:\xf0\x9f\x99\x8f end";
    buf_append(&a->text, odd, sizeof odd - 1);
    a->status = STATUS_CUT;
    a->role = ROLE_SERVED;
    a->tier = xstrdup("fast");
    a->stop_reason = xstrdup("max_tokens");
    a->times = (struct answer_times){1, 2, 3, 4, 5, 6, 7};
    a->usage = (struct answer_usage){10, 20, 30, 40, 50, true};
    a->cost_usd = 0.000125;
    a->saved_usd = 0.0000625;
    a->warmth = 0.78;
    a->cultural = NAN;
    a->retries = 2;
    a->retry_why = xstrdup("429");
    a->truncated = a->cold = a->simulated = true;
    a->delta_count = 9;
    struct answer *l = &t->answers[BRAIN_LLAMA];
    l->status = STATUS_FAILED;
    l->error.kind = ERR_AUTH;
    l->error.message = xstrdup("the key is wrong");
    l->error.http_status = 401;
    l->error.request_id = xstrdup("req_1");
    t->served = t->canonical = BRAIN_CLAUDE;
    writer_put_answer(s, t->id, a, 0);
    writer_put_answer(s, t->id, l, 0);
    assert_true(box_stored(&b, writer_put_turn_outcome(s, t, 0)));

    struct conversation *got = kit_load(&b, s, NULL, "mario", 0, 10, NULL);
    assert_string_equal(got->id, c->id);
    assert_string_equal(got->user, "mario");
    assert_string_equal(got->title, "PT PMA");
    assert_int_equal(got->started_wall_us, c->started_wall_us);
    assert_int_equal(got->count, 1);
    assert_false(got->older);
    struct turn *u = got->turns[0];
    assert_string_equal(u->message, t->message);
    assert_string_equal(u->id, t->id);
    assert_int_equal(u->seq, 1);
    assert_int_equal(u->at_wall_us, t->at_wall_us);
    assert_int_equal(u->mode, MODE_FULL);
    assert_int_equal(u->history, HISTORY_OWN);
    assert_string_equal(u->config_hash, "e42fdef7a44d9e49");
    assert_int_equal(u->left, BRAIN_LLAMA);
    assert_int_equal(u->served, BRAIN_CLAUDE);
    assert_int_equal(u->canonical, BRAIN_CLAUDE);
    assert_int_equal(u->verdict.adopted, BRAIN_NONE);
    struct answer *g = &u->answers[BRAIN_CLAUDE];
    assert_int_equal(g->text.len, sizeof odd - 1);
    assert_memory_equal(g->text.p, odd, sizeof odd - 1);
    assert_string_equal(g->id, a->id);
    assert_int_equal(g->status, STATUS_CUT);
    assert_int_equal(g->role, ROLE_SERVED);
    assert_string_equal(g->provider, "anthropic");
    assert_string_equal(g->model, "haiku");
    assert_string_equal(g->tier, "fast");
    assert_string_equal(g->stop_reason, "max_tokens");
    assert_memory_equal(&g->times, &a->times, sizeof a->times);
    assert_int_equal(g->usage.input, 10);
    assert_int_equal(g->usage.thinking, 50);
    assert_true(g->usage.estimated);
    assert_true(g->cost_usd == 0.000125 && g->warmth == 0.78 && isnan(g->cultural));
    assert_true(g->saved_usd == 0.0000625);
    assert_int_equal(g->retries, 2);
    assert_string_equal(g->retry_why, "429");
    assert_true(g->truncated && g->cold && g->simulated);
    assert_int_equal(g->delta_count, 9);
    g = &u->answers[BRAIN_LLAMA];
    assert_int_equal(g->status, STATUS_FAILED);
    assert_int_equal(g->error.kind, ERR_AUTH);
    assert_string_equal(g->error.message, "the key is wrong");
    assert_int_equal(g->error.http_status, 401);
    assert_string_equal(g->error.request_id, "req_1");
    assert_int_equal(g->times.ttft_us, UNKNOWN);
    assert_int_equal(g->usage.output, UNKNOWN);
    assert_true(isnan(g->cost_usd) && isnan(g->saved_usd) && isnan(g->warmth));
    conversation_destroy(&got);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static int64_t
mode_bits(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)(st.st_mode & 0777) : -1;
}

static void
only_the_owner_may_read_the_files(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    mode_t before = umask(0);
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    assert_true(box_stored(&b, writer_put_session(s, c, 0)));
    umask(before);
    char name[160];
    assert_int_equal(mode_bits(k->path), 0600);
    snprintf(name, sizeof name, "%s-wal", k->path);
    assert_int_equal(mode_bits(name), 0600);
    snprintf(name, sizeof name, "%s-shm", k->path);
    assert_int_equal(mode_bits(name), 0600);
    snprintf(name, sizeof name, "%s/sub", k->folder);
    assert_int_equal(mode_bits(name), 0700);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
closing_writes_what_is_queued_and_leaves_only_the_file(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(s, c, 0);
    for (int i = 0; i < 100; i++) {
        struct turn *t = kit_turn("m");
        writer_put_turn(s, c->id, t, 0);
        turn_destroy(&t);
    }
    kit_close(&s);
    char name[160];
    snprintf(name, sizeof name, "%s-wal", k->path);
    assert_int_equal(mode_bits(name), -1);
    snprintf(name, sizeof name, "ls -A %s/sub | wc -l | grep -qx ' *1'", k->folder);
    assert_int_equal(system(name), 0);
    struct err err = {{0}};
    struct store *q = store_open(k->path, &err);
    struct conversation *got = query_session(q, c->id, 0, 0, &err);
    assert_non_null(got);
    assert_int_equal(got->count, 100);
    for (int64_t i = 0; i < 100; i++)
        assert_int_equal(got->turns[i]->seq, i + 1);
    conversation_destroy(&got);
    store_close(&q);
    conversation_destroy(&c);
    box_close(&b);
}

static void
acknowledgements_keep_the_order_and_a_failed_write_fails_alone(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("m");
    struct verdict v = {.kind = VERDICT_CLAUDE, .at_wall_us = 5};
    enum { FIRST = 7, TURN, BAD, LAST };
    assert_int_equal(writer_put_session(s, c, FIRST), FIRST);
    writer_put_turn(s, c->id, t, TURN);
    writer_put_verdict(s, c->id, "no such turn", &v, "mario", BAD);
    writer_put_verdict(s, c->id, t->id, &v, "mario", LAST);
    for (uint64_t request = FIRST; request <= LAST; request++) {
        struct box_news *ev = box_next(&b);
        assert_non_null(ev);
        assert_int_equal(ev->kind, BOX_ACK);
        assert_int_equal(ev->ack.request, request);
        assert_int_equal(ev->text != NULL, request == BAD);
        assert_false(ev->ack.follows);
        if (request == BAD)
            assert_non_null(strstr(ev->text, "no such turn"));
        box_drop(ev);
    }
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
checkpoints_append_once_however_often_they_are_repeated(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("m");
    const char *id = t->answers[BRAIN_LLAMA].id;
    writer_put_session(s, c, 0);
    writer_put_turn(s, c->id, t, 0);
    writer_checkpoint(s, id, 0, "sela\0", 5, 0);
    writer_checkpoint(s, id, 0, "sela\0", 5, 0);
    writer_checkpoint(s, id, 5, "mat", 3, 0);
    writer_checkpoint(s, id, 3, "a\0mat pagi", 10, 0); /* overlaps */
    assert_true(box_stored(&b, writer_checkpoint(s, id, 13, "", 0, 0)));
    char *why = box_failed(&b, writer_checkpoint(s, id, 20, "gap", 3, 0));
    assert_non_null(strstr(why, "missing"));
    free(why);
    struct conversation *got = kit_load(&b, s, c->id, NULL, 0, 0, NULL);
    struct answer *a = &got->turns[0]->answers[BRAIN_LLAMA];
    assert_int_equal(a->status, STATUS_RUNNING);
    assert_int_equal(a->text.len, 13);
    assert_memory_equal(a->text.p, "sela\0mat pagi", 13);
    conversation_destroy(&got);
    /* one that comes after the end changes nothing */
    kit_answer(t, BRAIN_LLAMA, "selesai");
    writer_put_answer(s, t->id, &t->answers[BRAIN_LLAMA], 0);
    assert_true(box_stored(&b, writer_checkpoint(s, id, 7, "!", 1, 0)));
    got = kit_load(&b, s, c->id, NULL, 0, 0, NULL);
    assert_string_equal(got->turns[0]->answers[BRAIN_LLAMA].text.p, "selesai");
    conversation_destroy(&got);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
put_verdict(struct writer *s, const char *session, const char *turn, enum verdict_kind kind,
            const char *note)
{
    struct verdict v = {
        .kind = kind, .note = (char *)(uintptr_t)note, .at_wall_us = clock_wall_us()};
    writer_put_verdict(s, session, turn, &v, "mario", 0);
}

static const struct turn *
reload(struct writer *s, struct box *b, struct conversation **c)
{
    char id[27];
    memcpy(id, (*c)->id, sizeof id);
    conversation_destroy(c);
    *c = kit_load(b, s, id, NULL, 0, 0, NULL);
    return (*c)->turns[0];
}

static void
the_verdict_in_force_is_the_last_that_was_not_undone(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("m");
    int64_t tally[VERDICT_KIND_COUNT];
    struct err err = {{0}};
    writer_put_session(s, c, 0);
    writer_put_turn(s, c->id, t, 0);
    const struct turn *u = reload(s, &b, &c);
    assert_int_equal(u->verdict.kind, VERDICT_NONE);
    put_verdict(s, c->id, t->id, VERDICT_CLAUDE, NULL);
    put_verdict(s, c->id, t->id, VERDICT_LLAMA, NULL);
    put_verdict(s, c->id, t->id, VERDICT_NOTE, "lebih hangat");
    put_verdict(s, c->id, t->id, VERDICT_ADOPT, "claude");
    u = reload(s, &b, &c);
    assert_int_equal(u->verdict.kind, VERDICT_LLAMA);
    assert_string_equal(u->verdict.note, "lebih hangat");
    assert_false(u->verdict.saving);
    assert_int_equal(u->verdict.adopted, BRAIN_CLAUDE);
    struct store *q = store_open(k->path, &err);
    assert_true(query_tallies(q, c->id, tally, &err));
    assert_int_equal(tally[VERDICT_LLAMA], 1);
    assert_int_equal(tally[VERDICT_CLAUDE], 0);
    put_verdict(s, c->id, t->id, VERDICT_UNDO, NULL);
    u = reload(s, &b, &c);
    assert_int_equal(u->verdict.kind, VERDICT_NONE);
    assert_string_equal(u->verdict.note, "lebih hangat");
    assert_true(query_tallies(q, NULL, tally, &err));
    assert_int_equal(tally[VERDICT_LLAMA], 0);
    put_verdict(s, c->id, t->id, VERDICT_TIE, NULL);
    u = reload(s, &b, &c);
    assert_int_equal(u->verdict.kind, VERDICT_TIE);
    assert_true(query_tallies(q, NULL, tally, &err));
    assert_int_equal(tally[VERDICT_TIE], 1);
    store_close(&q);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
every_try_is_kept_and_the_newest_is_shown(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("m");
    writer_put_session(s, c, 0);
    writer_put_turn(s, c->id, t, 0);
    kit_answer(t, BRAIN_LLAMA, "first");
    writer_put_answer(s, t->id, &t->answers[BRAIN_LLAMA], 0);
    struct turn *again = kit_turn("m");
    kit_answer(again, BRAIN_LLAMA, "second");
    writer_put_answer(s, t->id, &again->answers[BRAIN_LLAMA], 0);
    /* the first changes once more, and still is the older one */
    writer_put_answer(s, t->id, &t->answers[BRAIN_LLAMA], 0);
    struct conversation *got = kit_load(&b, s, c->id, NULL, 0, 0, NULL);
    assert_string_equal(got->turns[0]->answers[BRAIN_LLAMA].text.p, "second");
    conversation_destroy(&got);
    turn_destroy(&again);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
pages_join_without_gap_or_repeat(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    char text[16];
    writer_put_session(s, c, 0);
    for (int i = 1; i <= 25; i++) {
        snprintf(text, sizeof text, "%d", i);
        struct turn *t = kit_turn(text);
        writer_put_turn(s, c->id, t, 0);
        turn_destroy(&t);
    }
    struct conversation *got = kit_load(&b, s, c->id, NULL, 0, 10, NULL);
    while (got->older) {
        struct conversation *page = kit_load(&b, s, c->id, NULL, got->turns[0]->seq, 10, NULL);
        assert_true(page->count > 0);
        conversation_prepend(got, page->turns, page->count);
        got->older = page->older;
        page->count = 0;
        conversation_destroy(&page);
    }
    assert_int_equal(got->count, 25);
    for (int i = 0; i < 25; i++)
        assert_int_equal(atol(got->turns[i]->message), i + 1);
    conversation_destroy(&got);
    struct err err = {{0}};
    assert_null(kit_load(&b, s, "01NOSUCH", NULL, 0, 10, &err));
    assert_non_null(strstr(err.text, "no session 01NOSUCH"));
    assert_null(kit_load(&b, s, NULL, "nobody", 0, 10, &err));
    assert_string_equal(err.text, "");
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
nothing_is_called_saved_once_the_file_is_gone(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    assert_true(box_stored(&b, writer_put_session(s, c, 0)));
    assert_int_equal(unlink(k->path), 0);
    char *why = box_failed(&b, writer_put_session(s, c, 0));
    assert_non_null(strstr(why, "deleted"));
    free(why);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(everything_about_a_turn_comes_back_byte_for_byte),
        T(only_the_owner_may_read_the_files),
        T(closing_writes_what_is_queued_and_leaves_only_the_file),
        T(acknowledgements_keep_the_order_and_a_failed_write_fails_alone),
        T(checkpoints_append_once_however_often_they_are_repeated),
        T(the_verdict_in_force_is_the_last_that_was_not_undone),
        T(every_try_is_kept_and_the_newest_is_shown),
        T(pages_join_without_gap_or_repeat),
        T(nothing_is_called_saved_once_the_file_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
