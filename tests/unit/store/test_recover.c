#include "store_child.h"

#include "store/sqlite/db.h"

/* Leaves an answer running, says the turn's id, waits. */
_Noreturn static void
be_left_running(const char *path)
{
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    struct conversation *c = conversation_create("other");
    struct turn *t = kit_turn("halo");
    child_must(box_stored(&b, writer_put_session(s, c, 0)));
    child_must(box_stored(&b, writer_put_turn(s, c->id, t, 0)));
    child_must(box_stored(&b, writer_checkpoint(s, t->answers[BRAIN_LLAMA].id, 0, "apa ka", 6, 0)));
    child_say(c->id);
    child_wait();
    kit_close(&s);
    child_done();
}

static struct turn *
only_turn(struct store *q, const char *session, struct conversation **c)
{
    struct err err = {{0}};
    *c = query_session(q, session, 0, 0, &err);
    assert_non_null(*c);
    assert_int_equal((*c)->count, 1);
    return (*c)->turns[0];
}

static int64_t
count(const char *path, const char *sql)
{
    struct err err = {{0}};
    int64_t n = -1;
    struct db *db = db_open(path, DB_READ, NULL, &err);
    assert_non_null(db);
    assert_true(db_int(db, sql, &n, &err));
    db_close(&db);
    return n;
}

#define RUNNING     "SELECT count(*) FROM answer WHERE status = 'running'"
#define INTERRUPTED "SELECT count(*) FROM answer WHERE status = 'interrupted' AND owner IS NULL"

/* Opens, waits until the writer has the file open, closes. */
static void
come_and_go(const char *path)
{
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    struct conversation *c = conversation_create("mario");
    assert_true(box_stored(&b, writer_put_session(s, c, 0)));
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
answers_of_a_living_instance_are_left_alone_and_of_a_killed_one_interrupted(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char session[64];
    struct child child = child_start("left-running", k->path, NULL);
    assert_true(child_line(&child, session, sizeof session));

    come_and_go(k->path);
    assert_int_equal(count(k->path, RUNNING), 2);
    struct store *q = store_open(k->path, &err);
    struct conversation *c;
    struct turn *t = only_turn(q, session, &c);
    assert_int_equal(t->answers[BRAIN_LLAMA].status, STATUS_RUNNING);
    conversation_destroy(&c);

    assert_int_equal(child_end(&child, SIGKILL), -SIGKILL);
    /* a reader sees it before anyone has repaired it */
    t = only_turn(q, session, &c);
    assert_int_equal(t->answers[BRAIN_LLAMA].status, STATUS_INTERRUPTED);
    assert_int_equal(t->answers[BRAIN_LLAMA].phase, PHASE_ENDED);
    conversation_destroy(&c);
    assert_int_equal(count(k->path, RUNNING), 2);

    come_and_go(k->path);
    assert_int_equal(count(k->path, RUNNING), 0);
    assert_int_equal(count(k->path, INTERRUPTED), 2);
    t = only_turn(q, session, &c);
    assert_int_equal(t->answers[BRAIN_LLAMA].status, STATUS_INTERRUPTED);
    assert_string_equal(t->answers[BRAIN_LLAMA].text.p, "apa ka");
    conversation_destroy(&c);
    store_close(&q);
    char command[160];
    snprintf(command, sizeof command, "ls -A %s/sub | grep -q open", k->folder);
    assert_int_not_equal(system(command), 0); /* nothing of the dead one is left beside the file */
}

static void
an_instance_that_ends_in_order_leaves_nothing_running(void **state)
{
    struct kit *k = *state;
    char session[64];
    struct child child = child_start("left-running", k->path, NULL);
    assert_true(child_line(&child, session, sizeof session));
    assert_int_equal(child_end(&child, 0), 0);
    assert_int_equal(count(k->path, RUNNING), 0);
    assert_int_equal(count(k->path, INTERRUPTED), 2);
}

static void
a_conversation_that_goes_on_here_does_not_wait_for_another_instance(void **state)
{
    struct kit *k = *state;
    char session[64];
    struct child child = child_start("left-running", k->path, NULL);
    assert_true(child_line(&child, session, sizeof session));
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = kit_load(&b, s, session, NULL, 0, 10, NULL);
    assert_false(turn_running(c->turns[0]));
    assert_int_equal(c->turns[0]->answers[BRAIN_LLAMA].status, STATUS_INTERRUPTED);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
    struct err err = {{0}};
    struct store *q = store_open(k->path, &err);
    c = query_latest(q, "other", 10, &err);
    assert_false(turn_running(c->turns[0]));
    conversation_destroy(&c);
    c = query_session(q, session, 0, 10, &err);
    assert_false(turn_running(c->turns[0]));
    conversation_destroy(&c);
    store_close(&q);
    assert_int_equal(count(k->path, RUNNING), 2);
    assert_int_equal(child_end(&child, SIGKILL), -SIGKILL);
}

static void
a_second_name_of_the_file_does_not_hide_who_is_alive(void **state)
{
    struct kit *k = *state;
    char session[64], alias[96];
    struct child child = child_start("left-running", k->path, NULL);
    assert_true(child_line(&child, session, sizeof session));
    snprintf(alias, sizeof alias, "%s/alias.db", k->folder);
    assert_int_equal(symlink(k->path, alias), 0);
    come_and_go(alias);
    assert_int_equal(count(k->path, RUNNING), 2);
    assert_int_equal(child_end(&child, SIGKILL), -SIGKILL);
}

int
main(int argc, char **argv)
{
    child_program = argv[0];
    if (argc > 2 && strcmp(argv[1], "left-running") == 0)
        be_left_running(argv[2]);
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(answers_of_a_living_instance_are_left_alone_and_of_a_killed_one_interrupted),
        T(an_instance_that_ends_in_order_leaves_nothing_running),
        T(a_conversation_that_goes_on_here_does_not_wait_for_another_instance),
        T(a_second_name_of_the_file_does_not_hide_who_is_alive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
