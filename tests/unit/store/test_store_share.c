#include "store_child.h"

#include "berdua/base/buf.h"
#include "store/sqlite/db.h"
#include "unit/full_disk.h"

enum { TURNS = 150 };

/* Adds turns and verdicts to one session, together with others that do the same. */
_Noreturn static void
write_along(const char *path, const char *session)
{
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    struct conversation *c = conversation_create("mario");
    snprintf(c->id, sizeof c->id, "%s", session);
    child_say("ready");
    child_wait(); /* all start at once */
    child_must(box_stored(&b, writer_put_session(s, c, 0)));
    for (int i = 0; i < TURNS; i++) {
        struct turn *t = kit_turn("halo");
        struct verdict v = {.kind = VERDICT_TIE, .at_wall_us = i};
        writer_put_turn(s, c->id, t, 0);
        kit_answer(t, BRAIN_CLAUDE, "ya");
        kit_answer(t, BRAIN_LLAMA, "ya");
        writer_put_answer(s, t->id, &t->answers[BRAIN_CLAUDE], 0);
        writer_put_answer(s, t->id, &t->answers[BRAIN_LLAMA], 0);
        int64_t request_id = writer_put_verdict(s, c->id, t->id, &v, "mario", 0);
        if (i % 10 == 0)
            child_must(box_stored(&b, request_id));
        turn_destroy(&t);
    }
    kit_close(&s); /* writes the rest */
    child_done();
}

static void
instances_that_share_a_file_lose_nothing_and_number_turns_once(void **state)
{
    enum { INSTANCES = 3 };
    struct kit *k = *state;
    struct child child[INSTANCES];
    struct err err = {{0}};
    char line[64], session[27] = "01SHARED";
    for (int i = 0; i < INSTANCES; i++)
        child[i] = child_start("along", k->path, session);
    for (int i = 0; i < INSTANCES; i++)
        assert_true(child_line(&child[i], line, sizeof line));
    for (int i = 0; i < INSTANCES; i++) {
        close(child[i].in);
        child[i].in = -1;
    }
    for (int i = 0; i < INSTANCES; i++)
        assert_int_equal(child_end(&child[i], 0), 0);
    struct store *q = store_open(k->path, &err);
    struct conversation *c = query_session(q, session, 0, 0, &err);
    assert_non_null(c);
    assert_int_equal(c->count, INSTANCES * TURNS);
    for (size_t i = 0; i < c->count; i++) {
        assert_int_equal(c->turns[i]->seq, i + 1);
        assert_int_equal(c->turns[i]->verdict.kind, VERDICT_TIE);
        assert_int_equal(c->turns[i]->answers[BRAIN_LLAMA].status, STATUS_COMPLETE);
    }
    conversation_destroy(&c);
    store_close(&q);
    struct db *db = db_open(k->path, DB_READ, NULL, &err);
    struct buf said;
    buf_init(&said, 4096);
    assert_true(db_text(db, "PRAGMA integrity_check", &said, &err));
    assert_string_equal(said.p, "ok");
    buf_finish(&said);
    db_close(&db);
}

/* A disk that is full: no file may grow past what it has. */
_Noreturn static void
meet_a_full_disk(const char *path, const char *session)
{
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    struct conversation *c = kit_load(&b, s, session, NULL, 0, 0, NULL);
    struct turn *t = kit_turn("pesan");
    child_must(box_stored(&b, writer_put_turn(s, c->id, t, 0)));
    limit_files(64 << 10);
    kit_answer(t, BRAIN_CLAUDE, "panjang ");
    while (t->answers[BRAIN_CLAUDE].text.len < 1 << 20)
        buf_append_str(&t->answers[BRAIN_CLAUDE].text, "panjang sekali ");
    uint64_t request = writer_put_answer(s, t->id, &t->answers[BRAIN_CLAUDE], 0);
    struct box_news *news = box_next_of(&b, BOX_UNSAVED, 0);
    child_must(news && news->unsaved.waiting == 1);
    child_say(news->unsaved.reason);
    /* once there is room again, what waits is saved */
    limit_files(RLIM_INFINITY);
    child_must(box_stored(&b, request));
    child_say("saved");
    child_wait();
    kit_close(&s);
    child_done();
}

static void
make_session(const char *path, char session[27])
{
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("pertama");
    kit_answer(t, BRAIN_CLAUDE, "ya");
    kit_answer(t, BRAIN_LLAMA, "ya");
    writer_put_session(s, c, 0);
    assert_true(box_stored(&b, writer_put_turn(s, c->id, t, 0)));
    memcpy(session, c->id, 27);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
a_full_disk_is_told_and_saving_goes_on_when_there_is_room(void **state)
{
    struct kit *k = *state;
    char line[256], session[27];
    make_session(k->path, session);
    struct child child = child_start("full", k->path, session);
    assert_true(child_line(&child, line, sizeof line));
    assert_non_null(strstr(line, k->path));
    assert_non_null(strstr(line, "disk"));
    assert_true(child_line(&child, line, sizeof line));
    assert_string_equal(line, "saved");
    assert_int_equal(child_end(&child, 0), 0);
}

/* Root may write to anything, so the child gives that up. */
_Noreturn static void
meet_a_read_only_file(const char *path, const char *session)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        _exit(5);
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    struct unsaved now = box_unsaved(&b, UNSAVED_READONLY);
    child_say(now.reason);
    struct conversation *c = kit_load(&b, NULL, session, NULL, 0, 0, NULL);
    child_must(c->count == 1);
    struct turn *t = kit_turn("pesan");
    writer_put_turn(s, c->id, t, 0);
    now = box_unsaved(&b, UNSAVED_READONLY);
    child_must(now.waiting == 1);
    child_say(now.reason);
    kit_close(&s);
    child_done();
}

static void
a_read_only_file_can_be_read_and_says_why_nothing_is_saved(void **state)
{
    struct kit *k = *state;
    char line[256], session[27], folder[96];
    make_session(k->path, session);
    snprintf(folder, sizeof folder, "%s/sub", k->folder);
    chmod(k->path, 0444);
    chmod(folder, 0777);
    chmod(k->folder, 0755);
    struct child child = child_start("read-only", k->path, session);
    for (int i = 0; i < 2; i++) {
        assert_true(child_line(&child, line, sizeof line));
        assert_non_null(strstr(line, k->path));
        assert_non_null(strstr(line, "read-only"));
    }
    assert_int_equal(child_end(&child, 0), 0);
}

int
main(int argc, char **argv)
{
    child_program = argv[0];
    if (argc > 3 && strcmp(argv[1], "along") == 0)
        write_along(argv[2], argv[3]);
    if (argc > 3 && strcmp(argv[1], "full") == 0)
        meet_a_full_disk(argv[2], argv[3]);
    if (argc > 3 && strcmp(argv[1], "read-only") == 0)
        meet_a_read_only_file(argv[2], argv[3]);
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(instances_that_share_a_file_lose_nothing_and_number_turns_once),
        T(a_full_disk_is_told_and_saving_goes_on_when_there_is_room),
        T(a_read_only_file_can_be_read_and_says_why_nothing_is_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
