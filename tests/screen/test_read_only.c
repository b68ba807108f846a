/* What is stored can be read where nothing can be written: commands that read work, those that write refuse with the path
 * and what to do, and the chat works and says all the time that nothing is saved. */
#include "unit/unit.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

#define ALT "\033"

static void
make_database(struct table *t)
{
    struct report r;
    report_ask(&r, t->place, ARGS("-u", "mario"), "pertama");
    expect_exit(&r.run, 0);
    report_finish(&r);
}

/* Of the folder with the database, or of one file in it. */
static void
set_mode(const struct table *t, const char *name, mode_t mode)
{
    char *file = xasprintf("data/berdua%s%s", *name ? "/" : "", name);
    char *path = place_path(t->place, file);
    assert_int_equal(chmod(path, mode), 0);
    free(path);
    free(file);
}

static sqlite3 *
open_database(const struct table *t)
{
    char *path = place_path(t->place, "data/berdua/berdua.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    free(path);
    return db;
}

static void
run_sql(const struct table *t, const char *sql)
{
    sqlite3 *db = open_database(t);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
}

/* What the folder holds, a line each. */
static char *
list_folder(const struct table *t)
{
    char *path = place_path(t->place, "data/berdua");
    struct dirent **names;
    struct buf list;
    buf_init(&list, 1 << 16);
    int n = scandir(path, &names, NULL, alphasort);
    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        buf_printf(&list, "%s\n", names[i]->d_name);
        free(names[i]);
    }
    free(names);
    free(path);
    return buf_take(&list);
}

/* A reader made them with the permissions that the file had. */
static void
remove_companions(const struct table *t)
{
    static const char *const names[] = {"data/berdua/berdua.db-shm", "data/berdua/berdua.db-wal"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *path = place_path(t->place, names[i]);
        unlink(path);
        free(path);
    }
}

static const char *const reading[][5] = {
    {"sessions", "list"},
    {"sessions", "list", "--json"},
    {"sessions", "show", "SESSION"},
    {"sessions", "show", "SESSION", "--json"},
    {"route", "status"},
    {"route", "status", "--json"},
    {"route", "explain", "halo"},
    {"route", "explain", "--json", "halo"},
    {"memory", "show", "mario"},
    {"memory", "show", "--json", "mario"},
    {"knowledge", "list"},
    {"knowledge", "list", "--json"},
    {"knowledge", "search", "malu"},
    {"knowledge", "search", "--json", "malu"},
    {"config", "show"},
    {"export", "--format", "csv"},
};
static const char *const writing[][6] = {
    {"route", "set", "greeting", "10"}, {"memory", "edit", "mario"},
    {"memory", "forget", "mario"},      {"knowledge", "add", "--topic", "uji", "Sebuah catatan."},
    {"knowledge", "import", "FILE"},
};

static void
expect_reading(struct table *t, const char *session)
{
    for (size_t i = 0; i < ARRAY_LEN(reading); i++) {
        const char *args[5];
        bool json = false;
        for (size_t a = 0; a < ARRAY_LEN(args); a++) {
            args[a] = reading[i][a];
            if (args[a] && strcmp(args[a], "SESSION") == 0)
                args[a] = session;
            json = json || (args[a] && strcmp(args[a], "--json") == 0);
        }
        struct cli_result r;
        cli_run(&r, t->place, args, NULL);
        if (r.code != 0 || r.out.len == 0)
            cli_show(&r);
        expect_exit(&r, 0);
        assert_true(r.out.len > 0);
        if (json) {
            struct json *doc = json_parse(r.out.p, r.out.len, NULL);
            assert_non_null(doc);
            json_free(doc);
        }
        cli_finish(&r);
    }
}

/* In one line, with exit status 1; why: what the line says. */
static void
expect_refusals(struct table *t, const char *why)
{
    char *file = place_path(t->place, "import.jsonl"), *edited = place_path(t->place, "edited");
    char *editor = xasprintf("EDITOR=touch %s; true", edited);
    place_write(t->place, "import.jsonl",
                "{\"id\":\"uji\",\"topic\":\"uji\",\"text\":\"Sebuah.\"}\n");
    place_setenv(t->place, editor);
    for (size_t i = 0; i < ARRAY_LEN(writing); i++) {
        const char *args[6];
        for (size_t a = 0; a < ARRAY_LEN(args); a++)
            args[a] = writing[i][a] && strcmp(writing[i][a], "FILE") == 0 ? file : writing[i][a];
        struct cli_result r;
        cli_run(&r, t->place, args, NULL);
        if (r.code != 1 || !holds(&r.err, why))
            cli_show(&r);
        expect_exit(&r, 1);
        assert_string_equal(r.out.p, "");
        assert_true(holds(&r.err, "data") && holds(&r.err, "--db") && holds(&r.err, why));
        assert_ptr_equal(strchr(r.err.p, '\n'), r.err.p + r.err.len - 1);
        cli_finish(&r);
    }
    assert_int_not_equal(access(edited, F_OK), 0); /* it was refused before anything was typed */
    free(editor);
    free(edited);
    free(file);
}

static void
expect_in_list(struct table *t, const char *text)
{
    struct cli_result r;
    cli_run(&r, t->place, ARGS("sessions", "list"), NULL);
    if (!holds(&r.out, text))
        cli_show(&r);
    assert_true(holds(&r.out, text));
    cli_finish(&r);
}

static void
a_folder_or_a_file_that_may_only_be_read_serves_what_reads(void **state)
{
    struct table *t = *state;
    if (geteuid() == 0)
        skip(); /* tests/run.sh runs this as an ordinary user */
    make_database(t);
    char *session = cli_only_session(t->place);
    for (int way = 0; way < 3; way++) {
        set_mode(t, "berdua.db", way == 1 ? 0600 : 0400);
        set_mode(t, "", way == 2 ? 0700 : 0500); /* with the file alone, both, the folder alone */
        char *before = list_folder(t);
        expect_reading(t, session);
        expect_refusals(t, "is read-only");
        char *after = list_folder(t);
        if (way != 2)
            assert_string_equal(before, after);
        free(before);
        free(after);
        set_mode(t, "", 0700);
    }
    free(session);
}

/* As a crash or a copy leaves it. */
static void
what_waits_beside_the_file_is_read_too(void **state)
{
    struct table *t = *state;
    if (geteuid() == 0)
        skip();
    make_database(t);
    run_sql(t, "PRAGMA journal_mode = WAL; UPDATE session SET user = 'di wal'");
    char *shm = place_path(t->place, "data/berdua/berdua.db-shm");
    unlink(shm);
    set_mode(t, "", 0500);
    expect_in_list(t, "di wal");
    assert_int_not_equal(access(shm, F_OK), 0);
    set_mode(t, "", 0700);
    free(shm);
}

static void
a_folder_that_cannot_be_made_is_an_empty_one(void **state)
{
    struct table *t = *state;
    if (geteuid() == 0)
        skip();
    place_write(t->place, "data/x", "");
    char *data = place_path(t->place, "data");
    chmod(data, 0500);
    for (size_t i = 0; i < ARRAY_LEN(reading); i++) {
        struct cli_result r;
        if (reading[i][2] && strcmp(reading[i][2], "SESSION") == 0)
            continue;
        cli_run(&r, t->place, reading[i], NULL);
        expect_exit(&r, 0);
        cli_finish(&r);
    }
    expect_refusals(t, "Permission denied");
    chmod(data, 0700);
    free(data);
}

static void
what_may_not_be_read_is_named_with_the_remedy(void **state)
{
    struct table *t = *state;
    static const char *const why[] = {"may not be read; change its permissions",
                                      "Permission denied", "must be brought up to date",
                                      "newer berdua"};
    if (geteuid() == 0)
        skip();
    make_database(t);
    for (size_t i = 0; i < ARRAY_LEN(why); i++) {
        run_sql(t, i == 2   ? "PRAGMA user_version = 5; ALTER TABLE breaker DROP COLUMN target;"
                              "PRAGMA wal_checkpoint(TRUNCATE)"
                   : i == 3 ? "PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)"
                            : "SELECT 1");
        set_mode(t, "berdua.db", i == 0 ? 0 : 0400);
        set_mode(t, "", i == 1 ? 0 : 0500);
        struct cli_result r;
        cli_run(&r, t->place, ARGS("sessions", "list"), NULL);
        if (!holds(&r.err, why[i]))
            cli_show(&r);
        expect_exit(&r, 1);
        assert_string_equal(r.out.p, "");
        assert_true(holds(&r.err, why[i]) && holds(&r.err, "data/berdua/berdua.db") &&
                    holds(&r.err, "--db"));
        assert_ptr_equal(strchr(r.err.p, '\n'), r.err.p + r.err.len - 1);
        cli_finish(&r);
        set_mode(t, "", 0700);
        set_mode(t, "berdua.db", 0600);
        remove_companions(t);
    }
}

static void
the_chat_says_all_the_time_that_nothing_is_saved_until_it_can_be(void **state)
{
    static const int sizes[][2] = {{24, 80}, {10, 40}, {60, 160}};
    if (geteuid() == 0)
        skip();
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        make_database(t);
        set_mode(t, "", 0500);
        struct screen *s = table_start(t, sizes[i][0], sizes[i][1]);
        screen_expect(s, "nothing can be saved (");
        table_say(t, "halo");
        screen_expect(s, "not saved yet: ");
        if (sizes[i][0] > 10) { /* where both answers are shown */
            table_expect_done(s);
            screen_type(s, ALT "2");
            screen_expect(s, "not saved yet: LLAMA better, turn 1");
        }
        screen_type(s, "/mode shadow\r");
        screen_expect(s, "mode shadow");
        assert_true(screen_shows(s, "not saved yet: "));
        set_mode(t, "", 0700);
        screen_expect(s, "everything is saved again");
        screen_expect_gone(s, "not saved yet");
        table_leave(t);
    }
}

static void
leaving_without_having_saved_says_where_it_is(void **state)
{
    struct table *t = *state;
    if (geteuid() == 0)
        skip();
    make_database(t);
    set_mode(t, "", 0500);
    struct screen *s = table_start(t, 24, 80);
    screen_expect(s, "nothing can be saved (");
    table_say(t, "halo");
    table_expect_done(s);
    screen_type(s, "/quit\r");
    screen_expect(s, "berdua: not saved: ");
    assert_int_equal(screen_wait_exit(s) >> 8, 1);
    set_mode(t, "", 0700);
}

/* Damage and a newer format do not pass; the answers are given all the same. */
static void
the_chat_goes_on_where_nothing_can_ever_be_saved(void **state)
{
    struct table *t = *state;
    make_database(t);
    run_sql(t, "PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)");
    struct screen *s = table_start(t, 24, 80);
    screen_expect(s, "NOT saved (");
    table_say(t, "halo");
    table_expect_done(s);
    screen_type(s, ALT "2");
    screen_expect(s, "NOT saved: LLAMA better, turn 1: ");
    assert_true(screen_shows(s, "NOT saved ("));
    assert_false(screen_shows(s, "★"));
    screen_type(s, "/quit\r");
    screen_expect(s, "berdua: NOT saved: ");
    assert_int_equal(screen_wait_exit(s) >> 8, 1);
}

static void
the_prompt_of_linear_mode_says_it_and_each_verdict(void **state)
{
    struct table *t = *state;
    if (geteuid() == 0)
        skip();
    make_database(t);
    set_mode(t, "", 0500);
    struct screen *s = t->screen =
        screen_start(t->place, (const char *const[]){"--linear", NULL}, 24, 100);
    screen_expect(s, "not saved yet, you> ");
    table_say(t, "halo");
    screen_type(s, "/tie\r");
    screen_expect(s, "berdua: not saved yet: tie");
    set_mode(t, "", 0700);
    screen_expect(s, "berdua: everything is saved");
    screen_type(s, "/quit\r");
    assert_int_equal(screen_wait_exit(s), 0);
}

static int
clear_modes(void **state)
{
    struct table *t = *state;
    char *path = place_path(t->place, "data/berdua");
    chmod(path, 0700);
    free(path);
    return table_clear(state);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, table_set, clear_modes)
        T(a_folder_or_a_file_that_may_only_be_read_serves_what_reads),
        T(what_waits_beside_the_file_is_read_too),
        T(a_folder_that_cannot_be_made_is_an_empty_one),
        T(what_may_not_be_read_is_named_with_the_remedy),
        T(the_chat_says_all_the_time_that_nothing_is_saved_until_it_can_be),
        T(leaving_without_having_saved_says_where_it_is),
        T(the_chat_goes_on_where_nothing_can_ever_be_saved),
        T(the_prompt_of_linear_mode_says_it_and_each_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
