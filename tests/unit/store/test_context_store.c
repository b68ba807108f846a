#include "store_kit.h"

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/store/saved_contexts.h"
#include "berdua/store/spend_store.h"
#include "store/sqlite/db.h"
#include "store/sqlite/schema.h"

#define DAY_US (86400 * (int64_t)US_PER_S)

static int64_t now_us; /* when the tests began */

static struct db *
look_into(const struct kit *k)
{
    struct err err = {{0}};
    struct db *db = db_open(k->path, DB_WRITE, NULL, &err);
    if (!db)
        fail_msg("%s", err.text);
    return db;
}

static void
run_sql(const struct kit *k, const char *sql)
{
    struct err err = {{0}};
    struct db *db = look_into(k);
    if (!db_exec(db, sql, &err))
        fail_msg("%s", err.text);
    db_close(&db);
}

static void
assert_sql(const struct kit *k, const char *sql, const char *wanted)
{
    struct err err = {{0}};
    struct buf got;
    struct db *db = look_into(k);
    buf_init(&got, 65536);
    if (!db_text(db, sql, &got, &err) && err.text[0])
        fail_msg("%s", err.text);
    assert_string_equal(got.p, wanted);
    buf_finish(&got);
    db_close(&db);
}

static int64_t
keep(struct writer *s, const char *user, const char *topic, const char *language, const char *text,
     int64_t at_us, int64_t days)
{
    return writer_put_context(s, &(struct saved_context){.user = user,
                                                         .topic = topic,
                                                         .language = language,
                                                         .text = text,
                                                         .model = "zantara",
                                                         .at_wall_us = at_us,
                                                         .expires_wall_us = at_us + days * DAY_US});
}

static void
assert_found(struct store *c, const char *user, const char *topic, const char *language,
             int64_t at_us, const char *wanted)
{
    struct err err = {{0}};
    char *text = context_store_find(c, user, topic, language, at_us, &err);
    assert_string_equal(err.text, "");
    if (wanted)
        assert_non_null(text);
    else
        assert_null(text);
    if (text)
        assert_string_equal(text, wanted);
    free(text);
}

static struct store *
open_contexts(const struct kit *k)
{
    struct err err = {{0}};
    struct store *c = store_open(k->path, &err);
    if (!c)
        fail_msg("%s", err.text);
    return c;
}

static void
ones_own_context_comes_before_everybodys(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct store *c = open_contexts(k); /* before there is a file */
    assert_found(c, "mario", "malu", "id", now_us, NULL);
    struct writer *s = kit_open(k->path, &b);
    keep(s, NULL, "malu", "id", "semua", now_us, 30);
    assert_true(box_stored(&b, keep(s, "mario", "malu", "id", "Mario", now_us, 30)));
    assert_found(c, "mario", "malu", "id", now_us, "Mario");
    assert_found(c, "sari", "malu", "id", now_us, "semua");
    assert_found(c, NULL, "malu", "id", now_us, "semua");
    assert_found(c, "mario", "malu", "en", now_us, NULL);
    assert_found(c, "mario", "hormat", "id", now_us, NULL);
    assert_found(c, "mario' OR 1=1 --", "malu", "id", now_us, "semua");
    store_close(&c);
    kit_close(&s);
    box_close(&b);
}

static void
a_new_context_replaces_the_one_of_the_same_key(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    for (int i = 0; i < 3; i++) {
        char text[16];
        snprintf(text, sizeof text, "try %d", i);
        keep(s, NULL, "malu", "id", text, now_us + i, 30);
        keep(s, "", "malu", "id", text, now_us + i, 30); /* nobody is everybody */
        assert_true(box_stored(&b, keep(s, "mario", "malu", "id", text, now_us + i, 30)));
    }
    assert_sql(k,
               "SELECT group_concat(coalesce(user, '-') || ' ' || text || ' ' || model) FROM"
               " (SELECT * FROM context ORDER BY user)",
               "- try 2 zantara,mario try 2 zantara");
    kit_close(&s);
    box_close(&b);
}

static void
who_is_taken_out_has_no_context_of_their_own(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    keep(s, NULL, "malu", "id", "semua", now_us, 30);
    keep(s, "sari", "malu", "id", "Sari", now_us, 30);
    assert_true(box_stored(&b, keep(s, "mario", "malu", "id", "Mario", now_us, 30)));
    struct store *c = open_contexts(k);
    assert_false(context_store_out(c, "mario", &err));
    run_sql(k, "INSERT INTO memory_out VALUES ('mario', 1)"); /* another instance, half-way */
    assert_true(context_store_out(c, "mario", &err));
    assert_false(context_store_out(c, "sari", &err));
    assert_false(context_store_out(c, NULL, &err));
    assert_string_equal(err.text, "");
    assert_found(c, "mario", "malu", "id", now_us, "semua");
    assert_found(c, "sari", "malu", "id", now_us, "Sari");
    run_sql(k, "DELETE FROM memory_out");
    assert_true(box_stored(&b, writer_set_memory_out(s, "mario", true, now_us)));
    assert_sql(k, "SELECT group_concat(text) FROM context", "semua,Sari");
    /* One that was on its way when they were taken out comes to nothing, and is no error. */
    assert_true(box_stored(&b, keep(s, "mario", "malu", "id", "Mario", now_us, 30)));
    assert_true(box_stored(&b, keep(s, NULL, "malu", "id", "lagi", now_us, 30)));
    assert_sql(k, "SELECT group_concat(text) FROM context", "lagi,Sari");
    assert_true(box_stored(&b, writer_set_memory_out(s, "mario", false, now_us)));
    assert_true(box_stored(&b, keep(s, "mario", "malu", "id", "Mario", now_us, 30)));
    assert_found(c, "mario", "malu", "id", now_us, "Mario");
    store_close(&c);
    kit_close(&s);
    box_close(&b);
}

static void
an_expired_context_is_never_found_and_goes_with_the_next_one(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    keep(s, NULL, "malu", "id", "semua", now_us, 30);
    assert_true(box_stored(&b, keep(s, "mario", "malu", "id", "Mario", now_us, 1)));
    struct store *c = open_contexts(k);
    assert_found(c, "mario", "malu", "id", now_us + DAY_US - 1, "Mario");
    assert_found(c, "mario", "malu", "id", now_us + DAY_US, "semua");
    assert_found(c, "mario", "malu", "id", now_us + 30 * DAY_US, NULL);
    assert_true(box_stored(&b, keep(s, NULL, "hormat", "id", "x", now_us + 2 * DAY_US, 1)));
    assert_sql(k, "SELECT count(*) FROM context WHERE user = 'mario'", "0");
    assert_sql(k, "SELECT count(*) FROM context", "2");
    store_close(&c);
    kit_close(&s);
    box_close(&b);
}

static void
a_turns_context_comes_back_as_it_was_at_the_last_outcome(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("aku malu bertanya");
    writer_put_session(s, c, 0);
    t->context.wanted = t->context.asked = true;
    t->context.grace_ms = 200;
    t->context.answer.status = STATUS_RUNNING;
    assert_true(box_stored(&b, writer_put_turn(s, c->id, t, 0)));
    struct conversation *got = kit_load(&b, s, NULL, "mario", 0, 10, NULL);
    assert_true(got->turns[0]->context.wanted);
    assert_int_equal(got->turns[0]->context.source, CONTEXT_NONE);
    assert_int_equal(got->turns[0]->context.answer.status, STATUS_INTERRUPTED);
    conversation_destroy(&got);

    t->context.source = CONTEXT_LLAMA;
    t->context.text = xstrdup("Malu: jangan \"langsung\"\n\x01");
    t->context.started_us = 120000;
    t->context.answer.status = STATUS_COMPLETE;
    buf_append_str(&t->context.answer.text, "Malu");
    assert_true(box_stored(&b, writer_put_turn_outcome(s, t, 0)));
    got = kit_load(&b, s, NULL, "mario", 0, 10, NULL);
    struct context *x = &got->turns[0]->context;
    assert_int_equal(x->source, CONTEXT_LLAMA);
    assert_string_equal(x->text, t->context.text);
    assert_int_equal(x->started_us, 120000);
    assert_int_equal(x->grace_ms, 200);
    assert_true(x->asked && x->answer.status == STATUS_COMPLETE);
    assert_string_equal(x->answer.text.p, "Malu");
    conversation_destroy(&got);

    struct turn *without = kit_turn("visa?");
    assert_true(box_stored(&b, writer_put_turn(s, c->id, without, 0)));
    got = kit_load(&b, s, NULL, "mario", 0, 10, NULL);
    assert_false(got->turns[1]->context.wanted);
    conversation_destroy(&got);
    turn_destroy(&without);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

/* ---- what was spent ---- */

static void
spent(struct writer *s, struct box *b, const struct conversation *c, int64_t at_us, double claude,
      double llama)
{
    struct turn *t = kit_turn("halo");
    t->at_wall_us = at_us;
    t->answers[BRAIN_CLAUDE].cost_usd = claude;
    t->answers[BRAIN_LLAMA].cost_usd = llama;
    kit_answer(t, BRAIN_CLAUDE, "Halo!");
    kit_answer(t, BRAIN_LLAMA, "Halo, Kak!");
    assert_true(box_stored(b, writer_put_turn(s, c->id, t, 0)));
    turn_destroy(&t);
}

static int64_t
side(struct writer *s, const char *purpose, const char *session, enum brain_id brain, double usd,
     int64_t at_us)
{
    struct answer a;
    answer_init(&a, brain);
    a.status = STATUS_COMPLETE;
    a.model = xstrdup("zantara");
    a.usage.input = 120;
    a.cost_usd = usd;
    a.saved_usd = usd / 2;
    int64_t request_id = writer_put_side_call(s, purpose, session, &a, at_us);
    answer_finish(&a);
    return request_id;
}

static struct spend
spend_now(struct spend_store *p, double cap)
{
    struct err err = {{0}};
    struct spend sum;
    if (!spend_since(p, now_us, cap, &sum, &err))
        fail_msg("%s", err.text);
    return sum;
}

static void
answers_and_side_calls_of_the_time_are_summed(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct spend_store *p = spend_store_open(k->path, &err);
    assert_non_null(p);
    struct spend sum = spend_now(p, NAN); /* before there is a file */
    assert_true(sum.usd[BRAIN_CLAUDE] == 0 && sum.usd[BRAIN_LLAMA] == 0);

    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(s, c, 0);
    spent(s, &b, c, now_us - 1, 64, 64); /* last month */
    spent(s, &b, c, now_us, 1, .5);
    spent(s, &b, c, now_us + 1, 2, NAN);
    side(s, "context", c->id, BRAIN_LLAMA, .25, now_us - 1);
    side(s, "context", c->id, BRAIN_LLAMA, .25, now_us + 2);
    side(s, "analysis", NULL, BRAIN_LLAMA, NAN, now_us + 3);
    assert_true(box_stored(&b, side(s, "analysis", NULL, BRAIN_LLAMA, .125, now_us + 4)));
    sum = spend_now(p, NAN);
    assert_true(sum.usd[BRAIN_CLAUDE] == 3 && sum.usd[BRAIN_LLAMA] == .875);
    assert_int_equal(sum.unknown, 2);
    assert_sql(k,
               "SELECT purpose || ' ' || model || ' ' || tokens_in || ' ' || (session IS NULL)"
               " FROM side_call ORDER BY n DESC LIMIT 1",
               "analysis zantara 120 1");
    assert_sql(k, "SELECT sum(saved_usd) FROM side_call WHERE purpose = 'context'", "0.25");

    /* What woke a server is a part of it that has a name, and belongs to its session. */
    assert_true(sum.warm_up_usd == 0);
    assert_true(box_stored(&b, side(s, "warm_up", c->id, BRAIN_LLAMA, .5, now_us + 5)));
    sum = spend_now(p, NAN);
    assert_true(sum.usd[BRAIN_LLAMA] == 1.375 && sum.warm_up_usd == .5);
    sum = spend_now(p, 4.375); /* counted one by one */
    assert_true(sum.capped && sum.usd[BRAIN_LLAMA] == 1.375 && sum.warm_up_usd == .5);
    struct conversation *got = kit_load(&b, s, c->id, NULL, 0, 0, NULL);
    assert_true(got->warm_up_usd == .5);
    conversation_destroy(&got);
    run_sql(k, "DELETE FROM side_call WHERE purpose = 'warm_up'");
    spend_store_close(&p);
    p = spend_store_open(k->path, &err);

    /* What is taken out stays spent, what was simulated never was. */
    run_sql(k, "UPDATE answer SET saved_usd = cost_usd / 4 WHERE brain = 'claude'");
    run_sql(k, "PRAGMA foreign_keys = ON; DELETE FROM session");
    assert_sql(k, "SELECT sum(saved_usd) FROM side_call WHERE purpose = 'removed'", "16.75");
    sum = spend_now(p, NAN);
    assert_true(sum.usd[BRAIN_CLAUDE] == 3 && sum.usd[BRAIN_LLAMA] == .875);
    run_sql(k, "UPDATE side_call SET simulated = 1 WHERE purpose = 'removed'");
    sum = spend_now(p, NAN);
    assert_true(sum.usd[BRAIN_CLAUDE] == 0 && sum.usd[BRAIN_LLAMA] == .375);
    spend_store_close(&p);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
a_later_try_counts_too_and_a_failed_one_is_no_gap(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(s, c, 0);
    struct turn *t = kit_turn("halo");
    t->at_wall_us = now_us;
    t->answers[BRAIN_CLAUDE].cost_usd = 1;
    t->answers[BRAIN_LLAMA].status = STATUS_FAILED;
    writer_put_turn(s, c->id, t, 0);
    id_make(t->answers[BRAIN_CLAUDE].id);
    t->answers[BRAIN_CLAUDE].cost_usd = 2;
    int64_t before = clock_wall_us();
    assert_true(box_stored(&b, writer_put_answer(s, t->id, &t->answers[BRAIN_CLAUDE], 0)));
    struct spend_store *p = spend_store_open(k->path, &err);
    struct spend sum = spend_now(p, NAN);
    assert_true(sum.usd[BRAIN_CLAUDE] == (before >= now_us ? 3 : 1));
    assert_int_equal(sum.unknown, 0);
    char later[128];
    snprintf(later, sizeof later, "SELECT count(*) FROM answer WHERE attempt = 2 AND at_us >= %lld",
             (long long)before);
    assert_sql(k, later, "1");
    spend_store_close(&p);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
every_instance_finds_the_same_brain_stopped(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(s, c, 0);
    spent(s, &b, c, now_us + 9, 0, 2.5); /* rows need not come in the order of time */
    spent(s, &b, c, now_us + 1, 3, 1);
    assert_true(box_stored(&b, side(s, "context", c->id, BRAIN_LLAMA, 1, now_us + 2)));
    struct spend_store *p = spend_store_open(k->path, &err);
    struct spend sum = spend_now(p, 5);
    assert_true(sum.usd[BRAIN_CLAUDE] == 3 && sum.usd[BRAIN_LLAMA] == 4.5);
    assert_true(spend_stops(&sum, BRAIN_CLAUDE, 5) && !spend_stops(&sum, BRAIN_LLAMA, 5));
    sum = spend_now(p, 7.5); /* a raised cap: by then the other had spent more */
    assert_true(!spend_stops(&sum, BRAIN_CLAUDE, 7.5) && spend_stops(&sum, BRAIN_LLAMA, 7.5));
    sum = spend_now(p, 8);
    assert_false(sum.capped);
    spend_store_close(&p);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

/* ---- the log of shadows ---- */

static void
every_turn_with_a_shadow_is_in_the_log_though_it_failed(void **state)
{
    struct kit *k = *state;
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(s, c, 0);
    now_us = 1790000000 * (int64_t)US_PER_S;
    for (int i = 0; i < 3; i++) {
        struct turn *t = kit_turn(i == 0 ? "halo" : i == 1 ? "visa?" : "compared");
        t->mode = i == 2 ? MODE_PARALLEL : MODE_SHADOW;
        t->at_wall_us = now_us + i;
        t->answers[BRAIN_CLAUDE].role = i == 2 ? ROLE_COMPARED : ROLE_SERVED;
        t->answers[BRAIN_LLAMA].role = i == 2 ? ROLE_COMPARED : ROLE_SHADOW;
        kit_answer(t, BRAIN_CLAUDE, "Halo!");
        t->answers[BRAIN_CLAUDE].warmth = .25;
        t->answers[BRAIN_CLAUDE].cost_usd = .5;
        t->answers[BRAIN_CLAUDE].times.ttft_us = 250500;
        if (i == 0) {
            kit_answer(t, BRAIN_LLAMA, "Halo, Kakk");
            t->answers[BRAIN_LLAMA].warmth = .75;
        } else {
            t->answers[BRAIN_LLAMA].status = STATUS_FAILED;
            t->answers[BRAIN_LLAMA].error.kind = ERR_AUTH;
            t->answers[BRAIN_LLAMA].error.message = xstrdup("the key is wrong");
        }
        assert_true(box_stored(&b, writer_put_turn(s, c->id, t, 0)));
        turn_destroy(&t);
    }
    assert_sql(k, "SELECT group_concat(message) FROM shadow_log", "halo,visa?");
    assert_sql(k,
               "SELECT time || ' ' || user || ' ' || shadow || ' ' || served || ' ' ||"
               " claude_text || ' ' || llama_text || ' ' || claude_ttft_ms || ' ' ||"
               " claude_model || ' ' || length_ratio || ' ' || llama_warmer || ' ' ||"
               " coalesce(llama_more_cultural, '?') || ' ' || claude_cost_usd"
               " FROM shadow_log WHERE message = 'halo'",
               "2026-09-21T14:13:20.000Z mario llama claude Halo! Halo, Kakk 250.5 haiku 2.0 1 ?"
               " 0.5");
    assert_sql(k,
               "SELECT llama_status || ' ' || llama_error_kind || ' ' || llama_error || ' ' ||"
               " coalesce(length_ratio, '?') || ' ' || coalesce(llama_warmer, '?')"
               " FROM shadow_log WHERE message = 'visa?'",
               "failed auth the key is wrong ? ?");
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

/* ---- an older file ---- */

static void
a_file_of_version_three_keeps_what_it_has_and_knows_when_it_was_spent(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b); /* the folder, as it is made */
    assert_true(
        box_stored(&b, writer_put_session(s, &(struct conversation){.id = "S", .user = "m"}, 0)));
    kit_close(&s);
    box_close(&b);
    remove(k->path);
    fclose(fopen(k->path, "w"));
    struct db *db = look_into(k);
    assert_true(schema_migrate_to(db, 3, &err));
    assert_true(
        db_exec(db,
                "INSERT INTO session (id, user, started_us, last_us) VALUES"
                " ('SESSION', 'mario', 1, 1);"
                "INSERT INTO turn (id, session, seq, at_us, message, mode, history,"
                " left_brain) VALUES ('TURN', 'SESSION', 1, 1790000000000000, 'halo',"
                " 'shadow', 'own', 'claude');"
                "INSERT INTO answer (id, turn, brain, attempt, role, status, text, cost_usd)"
                " VALUES ('A', 'TURN', 'claude', 1, 'served', 'complete', 'Halo!', 1.5),"
                " ('B', 'TURN', 'llama', 1, 'shadow', 'complete', 'Halo', NULL)",
                &err));
    db_allow_checkpoint(db);
    db_close(&db);
    assert_sql(k, "PRAGMA user_version", "3");
    now_us = 1790000000 * (int64_t)US_PER_S;
    struct spend_store *p = spend_store_open(k->path, &err); /* reading brings it up to date */
    assert_non_null(p);
    struct spend sum = spend_now(p, NAN);
    assert_true(sum.usd[BRAIN_CLAUDE] == 1.5 && sum.usd[BRAIN_LLAMA] == 0);
    assert_int_equal(sum.unknown, 1);
    spend_store_close(&p);
    assert_sql(k, "SELECT message || claude_text || llama_text FROM shadow_log", "haloHalo!Halo");
    b = box_open();
    s = kit_open(k->path, &b);
    struct conversation *got = kit_load(&b, s, NULL, "mario", 0, 10, NULL);
    assert_int_equal(got->count, 1);
    assert_false(got->turns[0]->context.wanted);
    conversation_destroy(&got);
    assert_true(box_stored(&b, keep(s, NULL, "malu", "id", "x", now_us, 1)));
    kit_close(&s);
    box_close(&b);
}

static void
what_is_long_past_is_read_once_and_the_last_hours_again(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(s, c, 0);
    int64_t from_us = clock_wall_us() - 3 * DAY_US;
    spent(s, &b, c, from_us - 1, 8, 8);
    spent(s, &b, c, from_us + 1, 3, 1);
    spent(s, &b, c, clock_wall_us(), .5, .25);
    struct spend_store *p = spend_store_open(k->path, &err);
    struct spend sum;
    for (int i = 0; i < 3; i++) {
        assert_true(spend_since(p, from_us, 5, &sum, &err));
        assert_true(sum.usd[BRAIN_CLAUDE] == 3.5 && sum.usd[BRAIN_LLAMA] == 1.25 + 2 * i);
        assert_int_equal(sum.capped, i > 0);
        /* 3.50 against 3.25 when the sum was reached; what LLAMA spends after that changes nothing */
        assert_int_equal(spend_stops(&sum, BRAIN_CLAUDE, 5), i > 0);
        assert_int_equal(spend_stops(&sum, BRAIN_LLAMA, 5), i == 2);
        spent(s, &b, c, clock_wall_us(), 0, 2);
    }
    assert_true(spend_since(p, from_us, NAN, &sum, &err)); /* another question begins anew */
    assert_true(spend_total(&sum) == 10.75 && !sum.capped);
    assert_true(spend_since(p, 0, NAN, &sum, &err));
    assert_true(spend_total(&sum) == 26.75);
    spend_store_close(&p);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

int
main(void)
{
    now_us = clock_wall_us();
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(ones_own_context_comes_before_everybodys),
        T(a_new_context_replaces_the_one_of_the_same_key),
        T(who_is_taken_out_has_no_context_of_their_own),
        T(an_expired_context_is_never_found_and_goes_with_the_next_one),
        T(a_turns_context_comes_back_as_it_was_at_the_last_outcome),
        T(answers_and_side_calls_of_the_time_are_summed),
        T(a_later_try_counts_too_and_a_failed_one_is_no_gap),
        T(what_is_long_past_is_read_once_and_the_last_hours_again),
        T(every_instance_finds_the_same_brain_stopped),
        T(every_turn_with_a_shadow_is_in_the_log_though_it_failed),
        T(a_file_of_version_three_keeps_what_it_has_and_knows_when_it_was_spent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
