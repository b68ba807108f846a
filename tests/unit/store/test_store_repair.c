/* Saving comes back after the repair that the message advises; what is damaged, deleted or replaced is not written on. */
#include "store_child.h"

#include <fcntl.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/path.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/saved_contexts.h"
#include "berdua/store/spend_store.h"
#include "store/sqlite/db.h"

static void
put_session(struct writer *w, struct box *b, int turns)
{
    struct conversation *c = conversation_create("mario");
    uint64_t last = writer_put_session(w, c, 0);
    for (int i = 0; i < turns; i++) {
        struct turn *t = kit_turn("aku malu bertanya tentang visa");
        struct verdict v = {.kind = VERDICT_TIE, .at_wall_us = i};
        kit_answer(t, BRAIN_CLAUDE, "Tidak apa-apa! Justru bagus kalau bertanya.");
        writer_put_turn(w, c->id, t, 0);
        last = writer_put_verdict(w, c->id, t->id, &v, "mario", 0);
        turn_destroy(&t);
    }
    assert_true(box_stored(b, last));
    conversation_destroy(&c);
}

static void
make_database(const char *path, int turns)
{
    struct box b = box_open();
    struct writer *w = kit_open(path, &b);
    put_session(w, &b, turns);
    kit_close(&w);
    box_close(&b);
}

/* As the file's owner, who is not root: told why nothing is saved, changes what the message names, and is saved. A
 * reader that comes while the file is read-only leaves a -shm that may only be read. */
_Noreturn static void
repair_a_read_only_file(const char *path)
{
    struct err err = {{0}};
    struct stat st;
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        _exit(5);
    make_database(path, 2);
    child_must(chmod(path, 0400) == 0);
    struct db *reader = db_open(path, DB_READ, NULL, &err);
    int64_t n = 0;
    child_must(db_int(reader, "SELECT count(*) FROM turn", &n, &err) && n == 2);
    char *shm = xasprintf("%s-shm", path);
    child_say(stat(shm, &st) == 0 && !(st.st_mode & 0200) ? "-shm is read-only" : "-shm is not");
    struct box b = box_open();
    struct writer *w = kit_open(path, &b);
    struct conversation *c = conversation_create("mario");
    uint64_t request = writer_put_session(w, c, 0);
    struct unsaved now;
    do
        now = box_unsaved(&b, UNSAVED_READONLY);
    while (now.waiting == 0);
    child_say(now.reason);
    child_must(chmod(path, 0600) == 0);
    child_must(box_stored(&b, request));
    child_say("saved");
    kit_close(&w);
    db_close(&reader);
    /* and a later start saves, too */
    make_database(path, 1);
    child_say("saved again");
    child_done();
}

static void
a_file_that_may_be_written_again_is_saved_to_by_the_chat_that_runs(void **state)
{
    struct kit *k = *state;
    char line[256];
    chmod(k->folder, 0777);
    struct child child = child_start("repair", k->path, NULL);
    assert_true(child_line(&child, line, sizeof line));
    assert_string_equal(line, "-shm is read-only");
    assert_true(child_line(&child, line, sizeof line));
    assert_non_null(strstr(line, k->path));
    assert_non_null(strstr(line, "read-only"));
    assert_true(child_line(&child, line, sizeof line));
    assert_string_equal(line, "saved");
    assert_true(child_line(&child, line, sizeof line));
    assert_string_equal(line, "saved again");
    assert_int_equal(child_end(&child, 0), 0);
}

static void
a_file_that_is_deleted_or_replaced_is_noticed_by_all_and_not_made_anew(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct spend spend;
    struct breaker breakers[BRAIN_COUNT];
    for (int replaced = 0; replaced < 2; replaced++) {
        struct box b = box_open();
        struct writer *w = kit_open(k->path, &b);
        put_session(w, &b, 1);
        struct store *q = store_open(k->path, &err);
        struct store *rollout = store_open(k->path, &err);
        struct spend_store *money = spend_store_open(k->path, &err);
        struct store *contexts = store_open(k->path, &err);
        assert_true(spend_since(money, 0, 1, &spend, &err));
        assert_int_equal(unlink(k->path), 0);
        if (replaced)
            assert_true(path_write_atomic(k->path, "", 0, &err));
        static const char word[] = "was deleted or replaced";
        assert_null(query_latest(q, "mario", 0, &err));
        assert_non_null(strstr(err.text, word));
        err.text[0] = 0;
        assert_false(rollout_store_breakers(rollout, breakers, &err));
        assert_non_null(strstr(err.text, word));
        err.text[0] = 0;
        assert_false(spend_since(money, 0, 1, &spend, &err));
        assert_non_null(strstr(err.text, word));
        err.text[0] = 0;
        assert_null(context_store_find(contexts, "mario", "malu", "id", 0, &err));
        assert_non_null(strstr(err.text, word));
        struct conversation *c = conversation_create("mario");
        writer_put_session(w, c, 0);
        char *why = box_failed(&b, 0);
        assert_non_null(strstr(why, word));
        free(why);
        conversation_destroy(&c);
        kit_close(&w);
        store_close(&q);
        store_close(&rollout);
        spend_store_close(&money);
        store_close(&contexts);
        struct stat st;
        assert_int_equal(stat(k->path, &st), replaced ? 0 : -1);
        assert_true(!replaced || st.st_size == 0);
        box_close(&b);
        unlink(k->path);
        char *beside = xasprintf("rm -f %s-wal %s-shm", k->path, k->path);
        assert_int_equal(system(beside), 0);
        free(beside);
    }
}

/* What a full check of a copy says; the copy is only read. */
static bool
is_whole(const char *path)
{
    struct err err = {{0}};
    struct buf said;
    buf_init(&said, 1 << 16);
    struct db *db = db_open(path, DB_READ, NULL, &err);
    bool whole =
        db && db_text(db, "PRAGMA integrity_check(1)", &said, &err) && strcmp(said.p, "ok") == 0;
    if (db)
        db_close(&db);
    buf_finish(&said);
    return whole;
}

static void
put_file(const char *path, const struct buf *whole)
{
    struct err err = {{0}};
    char *beside = xasprintf("rm -f %s-wal %s-shm", path, path);
    assert_int_equal(system(beside), 0);
    assert_true(path_write_atomic(path, whole->p, whole->len, &err));
    free(beside);
}

/* The old quick check let 14 of 400 such copies be written on. */
static void
no_copy_whose_damage_can_be_found_is_written_on(void **state)
{
    struct kit *k = *state;
    const char *rounds = getenv("ROUNDS");
    struct err err = {{0}};
    struct rng rng = {.state = 20261130};
    struct buf whole, copy, after;
    int damaged = 0;
    make_database(k->path, 60);
    buf_init(&whole, 64 << 20);
    buf_init(&after, 64 << 20);
    assert_true(path_read(k->path, &whole, &err));
    char *path = xasprintf("%s/copy.db", k->folder);
    for (int i = 0; i < (rounds ? (int)strtol(rounds, NULL, 10) : 150); i++) {
        buf_init(&copy, 64 << 20);
        buf_append(&copy, whole.p, whole.len);
        size_t n = 1 + rng_below(&rng, 64), at = 100 + rng_below(&rng, (uint32_t)(whole.len - 200));
        for (size_t j = 0; j < n; j++)
            copy.p[at + j] = (char)rng_next(&rng);
        put_file(path, &copy);
        if (!is_whole(path)) {
            damaged++;
            put_file(path, &copy);
            struct box b = box_open();
            struct writer *w = kit_open(path, &b);
            struct conversation *c = conversation_create("mario");
            char *why = box_failed(&b, writer_put_session(w, c, 0));
            free(why);
            kit_close(&w);
            box_close(&b);
            conversation_destroy(&c);
            buf_clear(&after);
            assert_true(path_read(path, &after, &err));
            if (after.len != copy.len || memcmp(after.p, copy.p, copy.len) != 0)
                fail_msg("round %d: %zu bytes at %zu were damaged, and it was written on", i, n,
                         at);
        }
        buf_finish(&copy);
    }
    assert_true(damaged > 10);
    free(path);
    buf_finish(&whole);
    buf_finish(&after);
}

/* Where no files can be made beside it a database is read without locks, which holds for as long as nobody writes. */
static void
what_is_read_without_locks_is_not_read_on_once_somebody_writes(void **state)
{
    struct kit *k = *state;
    static const char *const names[] = {"sub/berdua.db", "a?immutable=0#%41 b.db"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct err err = {{0}};
        char *path = xasprintf("%s/%s", k->folder, names[i]);
        make_database(path, 2);
        struct db *alone = db_open(path, DB_READ_ALONE, NULL, &err);
        int64_t n = 0;
        assert_true(db_int(alone, "SELECT count(*) FROM turn", &n, &err));
        assert_int_equal(n, 2);
        assert_false(db_exec(alone, "DELETE FROM turn", &err));
        make_database(path, 1);
        assert_false(db_int(alone, "SELECT count(*) FROM turn", &n, &err));
        assert_non_null(strstr(err.text, "another program is writing to it; try again"));
        db_close(&alone);
        alone = db_open(path, DB_READ_ALONE, NULL, &err);
        assert_true(db_int(alone, "SELECT count(*) FROM turn", &n, &err));
        assert_int_equal(n, 3);
        db_close(&alone);
        free(path);
    }
}

int
main(int argc, char **argv)
{
    child_program = argv[0];
    if (argc > 2 && strcmp(argv[1], "repair") == 0)
        repair_a_read_only_file(argv[2]);
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(a_file_that_may_be_written_again_is_saved_to_by_the_chat_that_runs),
        T(a_file_that_is_deleted_or_replaced_is_noticed_by_all_and_not_made_anew),
        T(no_copy_whose_damage_can_be_found_is_written_on),
        T(what_is_read_without_locks_is_not_read_on_once_somebody_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
