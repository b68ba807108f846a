#include "store_kit.h"

#include <pthread.h>

#include <math.h>

#include "berdua/base/clock.h"
#include "berdua/conf/conf.h"
#include "berdua/session/rollout_apply.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/verdict_store.h"
#include "store/sqlite/db.h"

#define HOUR_US (3600 * (int64_t)US_PER_S)

static struct store *
open_store(const struct kit *k)
{
    struct err err = {{0}};
    struct store *s = store_open(k->path, &err);
    if (!s)
        print_error("%s\n", err.text);
    assert_non_null(s);
    return s;
}

static struct conf *
with(const char *text)
{
    struct err err = {{0}};
    struct conf *c = conf_load_text("test", text, strlen(text), &err);
    assert_non_null(c);
    return c;
}

/* `count` turns of the category with their verdicts, all given at at_us. */
static void
give(const struct kit *k, int count, enum category category, enum verdict_kind kind, int64_t at_us)
{
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    int64_t last = writer_put_session(s, c, 0);
    for (int i = 0; i < count; i++) {
        struct turn *t = kit_turn("halo");
        struct verdict v = {.kind = kind, .at_wall_us = at_us};
        t->kind.category = (int)category;
        kit_answer(t, BRAIN_CLAUDE, "Halo!");
        kit_answer(t, BRAIN_LLAMA, "Halo, Kak!");
        writer_put_turn(s, c->id, t, 0);
        last = writer_put_verdict(s, c->id, t->id, &v, "mario", 0);
        turn_destroy(&t);
    }
    assert_true(box_stored(&b, last));
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

/* Statements from outside, as an import or a later version would write them. */
static bool
try_sql(const struct kit *k, const char *sql)
{
    struct err err = {{0}};
    struct db *db = db_open(k->path, DB_WRITE, NULL, &err);
    assert_non_null(db);
    bool ok = db_exec(db, sql, &err);
    db_close(&db);
    return ok;
}

static void
alter(const struct kit *k, const char *sql)
{
    assert_true(try_sql(k, sql));
}

static struct rollout_view
look(struct store *s, const struct config *config, int64_t wall_us, enum category category)
{
    struct err err = {{0}};
    struct rollout *r;
    struct rollout_view views[CATEGORY_COUNT];
    struct rollout_limits limits = rollout_limits(config);
    if (!rollout_refresh(s, config, wall_us, &r, &err))
        fail_msg("%s", err.text);
    rollout_look(r, &limits, BREAKER_CLOSED, wall_us, views);
    views[category].model = NULL; /* the rollout's */
    rollout_destroy(&r);
    return views[category];
}

struct history {
    int count;
    char text[1024];
};

static bool
note_step(void *arg, const struct rollout_step *step)
{
    struct history *h = arg;
    size_t used = strlen(h->text);
    snprintf(h->text + used, sizeof h->text - used, "%s %g-%g %s;", category_name(step->category),
             step->from, step->to, step->by);
    h->count++;
    return true;
}

static struct history
history(struct store *s)
{
    struct history h = {0};
    struct err err = {{0}};
    assert_true(rollout_store_steps(s, note_step, &h, &err));
    return h;
}

static void
a_missing_file_reads_as_nothing_and_is_not_made(void **state)
{
    struct kit *k = *state;
    struct conf *c = with("");
    struct store *s = open_store(k);
    struct rollout_view v = look(s, conf_get(c), HOUR_US, CATEGORY_GREETING);
    assert_true(v.percent == 0 && v.tally.w == 0);
    assert_int_equal(history(s).count, 0);
    store_close(&s);
    assert_int_not_equal(access(k->path, F_OK), 0);
    conf_destroy(&c);
}

static void
a_hand_is_obeyed_at_once_by_everybody(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct conf *c = with("");
    double from[CATEGORY_COUNT];
    struct store *s = open_store(k);
    assert_true(rollout_set(s, CATEGORY_CULTURAL, 25, NULL, HOUR_US, from, &err));
    assert_true(from[CATEGORY_CULTURAL] == 0);
    struct store *other = open_store(k);
    assert_true(look(other, conf_get(c), HOUR_US, CATEGORY_CULTURAL).percent == 25);
    assert_true(rollout_set(other, CATEGORY_CULTURAL, 40, NULL, 2 * HOUR_US, from, &err));
    assert_true(from[CATEGORY_CULTURAL] == 25);
    assert_true(look(s, conf_get(c), 2 * HOUR_US, CATEGORY_CULTURAL).percent == 40);
    assert_true(rollout_set(s, CATEGORY_COUNT, 0, "rollback", 3 * HOUR_US, from, &err));
    assert_true(look(other, conf_get(c), 3 * HOUR_US, CATEGORY_CULTURAL).percent == 0);
    assert_string_equal(history(s).text,
                        "cultural 0-25 hand;cultural 25-40 hand;cultural 40-0 hand;");
    store_close(&other);
    store_close(&s);
    conf_destroy(&c);
}

static void
a_proven_step_is_taken_once_and_only_when_it_may(void **state)
{
    struct kit *k = *state;
    int64_t now = clock_wall_us();
    struct conf *by_hand = with(""), *by_itself = with("route: {rollout: {auto: true}}\n");
    give(k, 60, CATEGORY_EMOTIONAL, VERDICT_LLAMA, now - 50 * HOUR_US);
    struct store *s = open_store(k), *other = open_store(k);
    struct rollout_view v = look(s, conf_get(by_hand), now, CATEGORY_EMOTIONAL);
    assert_int_equal(v.tally.w, 60);
    assert_int_equal(v.decision, DECISION_PROMOTE);
    assert_int_equal(history(s).count, 0);
    v = look(s, conf_get(by_itself), now, CATEGORY_EMOTIONAL);
    assert_true(v.percent == 10 && v.tally.w == 0);
    assert_int_equal(v.decision, DECISION_HOLD);
    for (int i = 0; i < 3; i++)
        assert_true(look(other, conf_get(by_itself), now + i, CATEGORY_EMOTIONAL).percent == 10);
    assert_string_equal(history(other).text, "emotional 0-10 auto;");
    store_close(&other);
    store_close(&s);
    conf_destroy(&by_hand);
    conf_destroy(&by_itself);
}

/* An instance: a chat with its writer, or (w NULL) a command. */
struct instance {
    const struct kit *k;
    const struct conf *conf;
    struct writer *w;
    int64_t now_us;
    pthread_t thread;
    bool ok;
};

static void *
look_as_instance(void *arg)
{
    struct instance *in = arg;
    struct err err = {{0}};
    struct rollout *r = NULL;
    struct store *s = store_open(in->k->path, &err);
    store_through(s, in->w);
    in->ok = s && rollout_refresh(s, conf_get(in->conf), in->now_us, &r, &err) &&
             rollout_percent(r, CATEGORY_EMOTIONAL) == 10;
    if (!in->ok)
        fprintf(stderr, "%s\n", err.text);
    rollout_destroy(&r);
    store_close(&s);
    return NULL;
}

static void
of_chats_and_commands_at_the_same_moment_one_takes_the_step(void **state)
{
    struct kit *k = *state;
    struct conf *conf = with("route: {rollout: {auto: true}}\n");
    int64_t now = clock_wall_us();
    struct box boxes[2] = {box_open(), box_open()};
    struct instance in[4];
    give(k, 60, CATEGORY_EMOTIONAL, VERDICT_LLAMA, now - 50 * HOUR_US);
    for (int i = 0; i < 4; i++) {
        in[i] = (struct instance){.k = k, .conf = conf, .now_us = now};
        if (i < 2)
            in[i].w = kit_open(k->path, &boxes[i]);
        assert_int_equal(pthread_create(&in[i].thread, NULL, look_as_instance, &in[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(in[i].thread, NULL);
        assert_true(in[i].ok);
    }
    struct store *s = open_store(k);
    assert_string_equal(history(s).text, "emotional 0-10 auto;");
    store_close(&s);
    for (int i = 0; i < 2; i++) {
        kit_close(&in[i].w);
        box_close(&boxes[i]);
    }
    conf_destroy(&conf);
}

static void
a_safety_flag_leads_to_nothing_even_by_hand(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    int64_t now = clock_wall_us();
    struct conf *c = with("");
    struct store *s = open_store(k);
    assert_true(rollout_set(s, CATEGORY_EMOTIONAL, 25, NULL, now, NULL, &err));
    assert_true(rollout_set(s, CATEGORY_GREETING, 25, NULL, now, NULL, &err));
    give(k, 1, CATEGORY_EMOTIONAL, VERDICT_CLAUDE, now - 100 * HOUR_US);
    alter(k, "DROP TRIGGER verdict_append_only; UPDATE verdict SET flags = '[\"safety\"]'");
    struct rollout_view v = look(s, conf_get(c), now + 1, CATEGORY_EMOTIONAL);
    assert_true(v.percent == 0);
    assert_true(look(s, conf_get(c), now + 2, CATEGORY_GREETING).percent == 25);
    assert_true(strstr(history(s).text, "emotional 25-0 safety;") != NULL);
    assert_int_equal(history(s).count, 3);
    /* who goes on after that knows of it */
    assert_true(rollout_set(s, CATEGORY_EMOTIONAL, 10, NULL, now + 3, NULL, &err));
    assert_true(look(s, conf_get(c), now + 4, CATEGORY_EMOTIONAL).percent == 10);
    store_close(&s);
    conf_destroy(&c);
}

static bool
sum_flags(void *arg, const struct verdict_row *row)
{
    unsigned *seen = arg;
    seen[row->n - 1] = row->flags;
    return true;
}

static void
flags_come_from_the_record_or_else_from_the_answers(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    unsigned seen[16] = {0};
    give(k, 8, CATEGORY_GENERAL, VERDICT_TIE, HOUR_US);
    alter(k, "DROP TRIGGER verdict_append_only;"
             "UPDATE answer SET status = 'failed' WHERE brain = 'llama' AND turn ="
             " (SELECT turn FROM verdict WHERE n = 2);"
             "UPDATE answer SET status = 'cut' WHERE brain = 'claude' AND turn ="
             " (SELECT turn FROM verdict WHERE n = 3);"
             "UPDATE answer SET status = 'interrupted' WHERE brain = 'claude' AND turn ="
             " (SELECT turn FROM verdict WHERE n = 4);"
             "UPDATE answer SET cold = 1 WHERE brain = 'llama' AND turn ="
             " (SELECT turn FROM verdict WHERE n = 5);"
             "UPDATE turn SET simulated = 1 WHERE id = (SELECT turn FROM verdict WHERE n = 6);"
             "UPDATE verdict SET flags = '[\"leak\",\"cold\"]' WHERE n = 7;"
             "INSERT INTO verdict (id, session, turn, at_us, kind, rater) SELECT 'x', session,"
             " turn, at_us, 'undo', rater FROM verdict WHERE n = 8;");
    struct store *s = open_store(k);
    assert_true(verdict_store_rows(s, sum_flags, seen, &err));
    static const unsigned expected[] = {0,
                                        1u << FLAG_ERRORED,
                                        1u << FLAG_TRUNCATED,
                                        1u << FLAG_INTERRUPTED,
                                        1u << FLAG_COLD,
                                        1u << FLAG_SIMULATED,
                                        1u << FLAG_LEAK | 1u << FLAG_COLD,
                                        1u << FLAG_UNDONE};
    for (size_t i = 0; i < ARRAY_LEN(expected); i++)
        assert_int_equal(seen[i], expected[i]);
    store_close(&s);
}

static void
breakers_are_remembered(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct breaker b = {.failures = 5, .opened_at_us = 77, .probing_at_us = 78, .target = -79},
                   out[BRAIN_COUNT];
    struct store *s = open_store(k);
    for (int i = 0; i < 2; i++) {
        assert_true(store_begin(s, &err));
        assert_true(rollout_store_put_breaker(s, BRAIN_LLAMA, &b, HOUR_US, &err));
        assert_true(store_commit(s, &err));
    }
    struct store *other = open_store(k);
    assert_true(rollout_store_breakers(other, out, &err));
    assert_int_equal(out[BRAIN_LLAMA].failures, b.failures);
    assert_int_equal(out[BRAIN_LLAMA].opened_at_us, b.opened_at_us);
    assert_int_equal(out[BRAIN_LLAMA].probing_at_us, b.probing_at_us);
    assert_int_equal(out[BRAIN_LLAMA].target, b.target);
    assert_int_equal(out[BRAIN_CLAUDE].failures, 0);
    store_close(&other);
    store_close(&s);
}

static void
a_breaker_given_to_the_writer_is_kept_unless_a_newer_one_is_there(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct breaker b = {.failures = 5, .opened_at_us = 77}, older = {.failures = 1},
                   out[BRAIN_COUNT];
    struct box box = box_open();
    struct writer *w = kit_open(k->path, &box);
    assert_true(box_stored(&box, writer_put_breaker(w, BRAIN_LLAMA, &b, HOUR_US)));
    assert_true(box_stored(&box, writer_put_breaker(w, BRAIN_LLAMA, &older, HOUR_US - 1)));
    struct store *s = open_store(k);
    assert_true(rollout_store_breakers(s, out, &err));
    assert_int_equal(out[BRAIN_LLAMA].failures, 5);
    assert_int_equal(out[BRAIN_CLAUDE].failures, 0);
    store_close(&s);
    kit_close(&w);
    box_close(&box);
}

static void
the_history_cannot_be_changed(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct store *s = open_store(k);
    assert_true(rollout_set(s, CATEGORY_GENERAL, 10, NULL, HOUR_US, NULL, &err));
    store_close(&s);
    static const char *const attempts[] = {"UPDATE rollout_step SET to_percent = 100",
                                           "DELETE FROM rollout_step"};
    for (size_t i = 0; i < ARRAY_LEN(attempts); i++)
        assert_false(try_sql(k, attempts[i]));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(a_missing_file_reads_as_nothing_and_is_not_made),
        T(a_hand_is_obeyed_at_once_by_everybody),
        T(a_proven_step_is_taken_once_and_only_when_it_may),
        T(of_chats_and_commands_at_the_same_moment_one_takes_the_step),
        T(a_safety_flag_leads_to_nothing_even_by_hand),
        T(flags_come_from_the_record_or_else_from_the_answers),
        T(breakers_are_remembered),
        T(a_breaker_given_to_the_writer_is_kept_unless_a_newer_one_is_there),
        T(the_history_cannot_be_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
