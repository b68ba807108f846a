#include "store_child.h"

#include <time.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "store/sqlite/db.h"
#include "unit/kills.h"

/* Writes turns, checkpoints and verdicts as fast as they are taken; says a verdict's note only once the
 * store has acknowledged it. Ends by being killed. */
_Noreturn static void
write_until_killed(const char *path, const char *round)
{
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(s, c, 0);
    for (int i = 0;; i++) {
        char note[64];
        struct turn *t = kit_turn("aku malu bertanya");
        struct verdict v = {.kind = VERDICT_LLAMA, .note = note, .at_wall_us = clock_wall_us()};
        snprintf(note, sizeof note, "%s.%d", round, i);
        writer_put_turn(s, c->id, t, 0);
        writer_checkpoint(s, t->answers[BRAIN_LLAMA].id, 0, "tidak apa-apa", 13, 0);
        int64_t request_id = writer_put_verdict(s, c->id, t->id, &v, "mario", 0);
        if (i % 3) {
            kit_answer(t, BRAIN_CLAUDE, "Justru bagus.");
            writer_put_answer(s, t->id, &t->answers[BRAIN_CLAUDE], 0);
        }
        child_must(box_stored(&b, request_id));
        child_say(note);
        turn_destroy(&t);
    }
}

static struct db *
reader(const char *path)
{
    struct err err = {{0}};
    struct db *db = db_open(path, DB_READ, NULL, &err);
    if (!db)
        fprintf(stderr, "%s\n", err.text);
    assert_non_null(db);
    return db;
}

static void
assert_sound(struct db *db)
{
    struct err err = {{0}};
    struct buf said;
    buf_init(&said, 4096);
    assert_true(db_text(db, "PRAGMA integrity_check", &said, &err));
    assert_string_equal(said.p, "ok");
    buf_finish(&said);
}

static void
assert_kept(struct db *db, const char *note)
{
    struct err err = {{0}};
    int64_t n = 0;
    assert_true(db_find_int(db, "SELECT count(*) FROM verdict WHERE note = ?1",
                            SQL_ARGS(SQL_TEXT(note)), &n, &err));
    if (n != 1)
        fail_msg("verdict %s was acknowledged and is there %d times", note, (int)n);
}

/* Lets the child live for a random while, collecting what it says. */
static void
collect_and_kill(struct child *c, struct rng *rng, struct buf *lines)
{
    char chunk[4096];
    ssize_t n;
    int64_t until_us = NEVER_US;
    /* Some die before their first word, the others up to 25 ms after it. */
    if (rng_below(rng, 5) == 0)
        until_us = clock_us() + rng_below(rng, 15000);
    for (;;) {
        int64_t left_us = until_us == NEVER_US ? WAIT_MS * 1000 : until_us - clock_us();
        struct pollfd p = {.fd = c->out, .events = POLLIN};
        if (left_us <= 0 || poll(&p, 1, (int)(left_us / 1000) + 1) <= 0)
            break;
        n = read(c->out, chunk, sizeof chunk);
        assert_true(n > 0);
        buf_append(lines, chunk, (size_t)n);
        if (until_us == NEVER_US)
            until_us = clock_us() + rng_below(rng, 25000);
    }
    kill(c->pid, SIGKILL);
    /* What it said before it died counts too. */
    while ((n = read(c->out, chunk, sizeof chunk)) > 0)
        buf_append(lines, chunk, (size_t)n);
    child_end(c, 0);
}

static void
no_acknowledged_verdict_is_lost_to_a_kill(void **state)
{
    struct kit *k = *state;
    int rounds = kill_rounds(200);
    struct rng rng = {(uint64_t)clock_wall_us()};
    uint64_t seed = rng.state;
    struct buf all;
    long acknowledged = 0;
    buf_init(&all, 64 << 20);
    for (int round = 0; round < rounds; round++) {
        char name[16];
        snprintf(name, sizeof name, "%d", round);
        struct child c = child_start("write", k->path, name);
        size_t before = all.len;
        collect_and_kill(&c, &rng, &all);
        if (access(k->path, F_OK) != 0 || all.len == 0)
            continue; /* killed before it had made the file */
        struct db *db = reader(k->path);
        for (char *line = all.p + before, *end; (end = strchr(line, '\n')); line = end + 1) {
            *end = 0;
            assert_kept(db, line);
            *end = '\n';
            acknowledged++;
        }
        if (round % 10 == 0)
            assert_sound(db);
        db_close(&db);
    }
    /* the next start works, and then all of them are still there */
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    assert_true(box_stored(&b, writer_put_session(s, c, 0)));
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
    struct db *db = reader(k->path);
    struct err err = {{0}};
    int64_t total = 0, running = -1;
    assert_sound(db);
    assert_true(db_int(db, "SELECT count(*) FROM verdict", &total, &err));
    assert_true(db_int(db, "SELECT count(*) FROM answer WHERE status = 'running'", &running, &err));
    assert_true(total >= acknowledged);
    assert_int_equal(running, 0);
    db_close(&db);
    print_message("%d kills, %ld verdicts acknowledged, %lld kept (seed %llu)\n", rounds,
                  acknowledged, (long long)total, (unsigned long long)seed);
    assert_true(acknowledged > 0);
    buf_finish(&all);
}

int
main(int argc, char **argv)
{
    child_program = argv[0];
    if (argc > 3 && strcmp(argv[1], "write") == 0)
        write_until_killed(argv[2], argv[3]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_acknowledged_verdict_is_lost_to_a_kill, kit_setup,
                                        kit_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
