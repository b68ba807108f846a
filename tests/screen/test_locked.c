/* A lock or a full disk at any moment: nothing that was acknowledged is missing, and what was not saved is saved in the end. */
#include "unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sqlite3.h>

#include "cli.h"
#include "contract.h"
#include "table.h"

#define ALT "\033"

static sqlite3 *
open_database(struct table *t)
{
    char *path = place_path(t->place, "data/berdua/berdua.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, patience_ms());
    free(path);
    return db;
}

/* Another program that holds the database's lock. */
static sqlite3 *
hold_lock(struct table *t)
{
    sqlite3 *db = open_database(t);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void
release(sqlite3 *db)
{
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void
take_first_column(sqlite3 *db, const char *sql, int *out)
{
    sqlite3_stmt *s = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    *out = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
}

static void
assert_rows(struct table *t, const char *sql, int expected)
{
    int n;
    sqlite3 *db = open_database(t);
    take_first_column(db, sql, &n);
    sqlite3_close(db);
    if (n != expected)
        fail_msg("%s: %d instead of %d", sql, n, expected);
}

/* So that the file is there. */
static void
make_database(struct table *t)
{
    struct cli_result r;
    cli_run(&r, t->place, (const char *const[]){"--linear", NULL}, "pertama\n");
    assert_int_equal(r.code, 0);
    cli_finish(&r);
}

static void
a_lock_from_the_start_to_the_undo_loses_nothing(void **state)
{
    struct table *t = *state;
    make_database(t);
    sqlite3 *db = hold_lock(t);
    struct screen *s = table_start(t, 30, 100);
    table_say(t, "halo");
    table_expect_done(s);
    screen_expect(s, "not saved yet: ");
    screen_type(s, ALT "1");
    screen_expect(s, "★ better");
    screen_type(s, ALT "2");
    screen_type(s, ALT "u");
    table_say(t, "lagi");
    table_expect_done(s);
    assert_true(screen_shows(s, "not saved yet: "));
    release(db);
    screen_expect_gone(s, "not saved yet");
    table_leave(t);
    assert_rows(t, "SELECT count(*) FROM session", 2);
    assert_rows(t, "SELECT count(*) FROM turn", 3);
    assert_rows(t, "SELECT count(*) FROM answer WHERE status = 'complete'", 6);
    /* The undo takes back the change, so that the verdict before it is given again. */
    assert_rows(t, "SELECT count(*) FROM verdict", 4);
    assert_rows(t, "SELECT count(*) FROM verdict WHERE kind = 'undo' AND n = 3", 1);
    assert_rows(t, "SELECT count(*) FROM verdict WHERE kind = 'claude' AND n IN (1, 4)", 2);
}

static void
what_a_lock_kept_until_the_end_is_saved_by_the_next_start(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    make_database(t);
    sqlite3 *db = hold_lock(t);
    struct screen *s = table_start(t, 30, 100);
    table_say(t, "halo");
    table_expect_done(s);
    screen_expect(s, "not saved yet: ");
    screen_type(s, ALT "2");
    screen_type(s, "/quit\r");
    screen_expect(s, "berdua: not saved yet");
    screen_expect(s, "the next start takes them up");
    assert_int_equal(screen_wait_exit(s) >> 8, 1);
    release(db);
    cli_run(&r, t->place, (const char *const[]){"--linear", NULL}, "sekali lagi\n");
    assert_int_equal(r.code, 0);
    if (!strstr(r.err.p, "saved now: "))
        cli_show(&r);
    assert_non_null(strstr(r.err.p, "saved now: "));
    cli_finish(&r);
    assert_rows(t, "SELECT count(*) FROM turn", 3);
    assert_rows(t, "SELECT count(*) FROM answer WHERE status = 'complete'", 6);
    assert_rows(t, "SELECT count(*) FROM verdict WHERE kind = 'llama'", 1);
}

static void
ask_gives_its_answer_and_fails_when_it_could_not_be_saved(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    make_database(t);
    standin_rule(t->claude, "text=Sudah dibayar.");
    sqlite3 *db = hold_lock(t);
    cli_run(&r, t->place, (const char *const[]){"ask", "--brain", "claude", "halo", NULL}, NULL);
    release(db);
    if (r.code != 1)
        cli_show(&r);
    assert_int_equal(r.code, 1);
    assert_non_null(strstr(r.out.p, "Sudah dibayar."));
    assert_non_null(strstr(r.err.p, "another program holds the database's lock"));
    cli_finish(&r);
    cli_run(&r, t->place, (const char *const[]){"ask", "--brain", "claude", "lagi", NULL}, NULL);
    assert_int_equal(r.code, 0);
    cli_finish(&r);
    assert_rows(t, "SELECT count(*) FROM answer WHERE text = 'Sudah dibayar.'", 2);
}

static void
a_database_that_is_deleted_is_said_and_the_chat_goes_on(void **state)
{
    struct table *t = *state;
    struct stat st;
    char *path = place_path(t->place, "data/berdua/berdua.db");
    struct screen *s = table_start(t, 30, 120);
    table_say(t, "halo");
    table_expect_done(s);
    screen_type(s, ALT "2");
    screen_expect(s, "saved: LLAMA better");
    assert_int_equal(remove(path), 0);
    table_say(t, "lagi");
    table_expect_done(s);
    screen_expect(s, "was deleted or replaced");
    screen_type(s, "/mode shadow\r");
    screen_expect(s, "mode shadow");
    screen_expect(s, "was deleted or replaced");
    screen_type(s, "/quit\r");
    assert_int_equal(screen_wait_exit(s) >> 8, 1);
    assert_int_equal(stat(path, &st), -1); /* no empty one in its place */
    free(path);
}

/* Nobody can read while another program has the database for itself. */
static void
a_message_cancelled_before_it_was_sent_is_named_and_the_session_goes_on(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--linear"), "halo\n");
    cli_finish(&r);
    sqlite3 *db = open_database(t);
    assert_int_equal(
        sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;", NULL, NULL, NULL),
        SQLITE_OK);
    struct cli *c = cli_start(t->place, ARGS("--linear"), "/mode full\nhalo\n/mode route\n");
    assert_true(cli_wait_out(c, "mode full"));
    kill(cli_pid(c), SIGINT);
    assert_true(cli_wait_out(c, "mode route"));
    release(db);
    cli_wait(&c, &r);
    assert_false(r.late);
    assert_non_null(strstr(r.err.p, "The message was cancelled before it was sent"));
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_message_cancelled_before_it_was_sent_is_named_and_the_session_goes_on),
        AT_A_TABLE(a_lock_from_the_start_to_the_undo_loses_nothing),
        AT_A_TABLE(what_a_lock_kept_until_the_end_is_saved_by_the_next_start),
        AT_A_TABLE(a_database_that_is_deleted_is_said_and_the_chat_goes_on),
        AT_A_TABLE(ask_gives_its_answer_and_fails_when_it_could_not_be_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
