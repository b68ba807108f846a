#include "store_kit.h"

#include <fcntl.h>

#include "berdua/base/buf.h"
#include "berdua/base/path.h"
#include "store/sqlite/db.h"

static void
read_all(const char *path, struct buf *out)
{
    struct err err = {{0}};
    buf_init(out, 64 << 20);
    assert_true(path_read(path, out, &err));
}

static int
files_beside(const struct kit *k)
{
    char command[160];
    snprintf(command, sizeof command, "exit $(ls -A %s | wc -l)", k->folder);
    return WEXITSTATUS(system(command));
}

static void
with_path(const struct kit *k, char path[128])
{
    snprintf(path, 128, "%s/x.db", k->folder);
}

static void
put_file(const char *path, const char *p, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, p, n), n);
    close(fd);
}

/* A database with so many turns that damage can be put into its middle. */
static void
make_database(const char *path, int turns)
{
    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    struct conversation *c = conversation_create("mario");
    int64_t last = writer_put_session(s, c, 0);
    for (int i = 0; i < turns; i++) {
        struct turn *t = kit_turn("aku malu bertanya tentang visa");
        kit_answer(t, BRAIN_CLAUDE, "Tidak apa-apa! Justru bagus kalau bertanya.");
        last = writer_put_turn(s, c->id, t, 0);
        turn_destroy(&t);
    }
    assert_true(box_stored(&b, last));
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
alter(const char *path, const char *sql)
{
    struct err err = {{0}};
    struct db *db = db_open(path, DB_WRITE, NULL, &err);
    assert_non_null(db);
    assert_true(db_exec(db, sql, &err));
    db_allow_checkpoint(db);
    db_close(&db);
}

/* Refused by chat and by commands, with `word` and the file in the reason; not a byte changed. */
static void
assert_refused(const struct kit *k, const char *path, const char *word)
{
    struct buf before, after;
    struct err err = {{0}};
    int beside = files_beside(k);
    read_all(path, &before);

    struct box b = box_open();
    struct writer *s = kit_open(path, &b);
    char *why = box_failed(&b, 0);
    if (!strstr(why, word) || !strstr(why, path))
        fail_msg("reason is: %s", why);
    assert_non_null(strstr(why, "--db"));
    free(why);
    struct conversation *c = conversation_create("mario");
    why = box_failed(&b, writer_put_session(s, c, 0));
    assert_non_null(strstr(why, word));
    free(why);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);

    struct store *q = store_open(path, &err);
    if (q) {
        /* damage that only the writer's check of all pages finds */
        store_close(&q);
    } else {
        assert_non_null(strstr(err.text, path));
    }
    read_all(path, &after);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.p, after.p, before.len);
    assert_int_equal(files_beside(k), beside);
    buf_finish(&before);
    buf_finish(&after);
}

static void
a_file_that_is_no_database_is_left_untouched(void **state)
{
    struct kit *k = *state;
    char path[128];
    char garbage[8192];
    with_path(k, path);
    put_file(path, "a letter to my aunt\n", 20);
    assert_refused(k, path, "not a database");
    memset(garbage, 0xa5, sizeof garbage);
    put_file(path, garbage, sizeof garbage);
    assert_refused(k, path, "not a database");
    put_file(path, "SQLite format 3", 16);
    assert_refused(k, path, "not a database");
}

static void
a_newer_format_is_left_untouched(void **state)
{
    struct kit *k = *state;
    char path[128];
    with_path(k, path);
    make_database(path, 3);
    alter(path, "PRAGMA user_version = 4711");
    assert_refused(k, path, "newer");
}

static void
another_programs_database_is_left_untouched(void **state)
{
    struct kit *k = *state;
    char path[128];
    with_path(k, path);
    put_file(path, "", 0);
    alter(path, "CREATE TABLE recipe (name)");
    assert_refused(k, path, "another program");
    alter(path, "PRAGMA application_id = 12345");
    assert_refused(k, path, "another program");
}

static void
damage_is_found_before_anything_is_written(void **state)
{
    struct kit *k = *state;
    char path[128];
    char noise[4096];
    struct buf whole;
    with_path(k, path);
    make_database(path, 300);
    read_all(path, &whole);
    memset(noise, 0x5a, sizeof noise);
    /* a page in the middle, the schema's own page, the end cut off */
    size_t pages = whole.len / sizeof noise;
    for (size_t page = 1; page < pages; page += pages / 5) {
        put_file(path, whole.p, whole.len);
        int fd = open(path, O_WRONLY);
        assert_int_equal(pwrite(fd, noise, sizeof noise, (off_t)(page * sizeof noise)),
                         sizeof noise);
        close(fd);
        assert_refused(k, path, "damaged");
    }
    put_file(path, whole.p, whole.len);
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, noise, sizeof noise - 100, 100), sizeof noise - 100);
    close(fd);
    assert_refused(k, path, "damaged");
    put_file(path, whole.p, whole.len - 3 * sizeof noise);
    assert_refused(k, path, "damaged");
    put_file(path, whole.p, 200);
    assert_refused(k, path, "damaged");
    buf_finish(&whole);
}

static void
a_folder_or_an_unknown_url_is_refused(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *s = kit_open(k->folder, &b);
    char *why = box_failed(&b, 0);
    assert_non_null(strstr(why, "regular"));
    free(why);
    kit_close(&s);
    assert_null(writer_open("mysql://host/db", b.mb, &box_ops, &b, &err));
    assert_non_null(strstr(err.text, "mysql://host/db"));
    box_close(&b);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(a_file_that_is_no_database_is_left_untouched),
        T(a_newer_format_is_left_untouched),
        T(another_programs_database_is_left_untouched),
        T(damage_is_found_before_anything_is_written),
        T(a_folder_or_an_unknown_url_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
