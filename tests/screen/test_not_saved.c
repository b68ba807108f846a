/* What was asked for is printed even when the store refuses it, and no command ends with 0 when something was not saved.
 * The database is locked by the test, its files may not grow, may not be written, or are damaged. */
#include "unit/unit.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"
#include "unit/full_disk.h"

static const char *const files[] = {"berdua.db", "berdua.db-wal", "berdua.db-shm"};

/* A first turn makes the database. */
static void
make_database(struct table *t)
{
    struct report r;
    report_ask(&r, t->place, NULL, "pertama");
    expect_exit(&r.run, 0);
    bool stored = false;
    assert_true(json_get_bool(r.root, "stored", &stored) && stored);
    report_finish(&r);
}

static sqlite3 *
hold_lock(const struct table *t)
{
    char *path = place_path(t->place, "data/berdua/berdua.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    free(path);
    return db;
}

static void
set_modes(const struct table *t, mode_t folder, mode_t file)
{
    char *path = place_path(t->place, "data/berdua");
    chmod(path, 0700);
    free(path);
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char *name = xasprintf("data/berdua/%s", files[i]);
        path = place_path(t->place, name);
        chmod(path, file);
        free(path);
        free(name);
    }
    path = place_path(t->place, "data/berdua");
    chmod(path, folder);
    free(path);
}

/* ask --json gives both answers, says that they are not stored and why, and fails. */
static void
expect_answers_not_stored(struct table *t, const char *why)
{
    struct report r;
    bool stored = true;
    report_ask(&r, t->place, NULL, "kedua");
    if (r.run.code != 1 || !json_get_bool(r.root, "stored", &stored) || stored ||
        !holds(&r.run.err, why))
        cli_show(&r.run);
    expect_exit(&r.run, 1);
    assert_false(stored);
    expect_contract(r.root);
    assert_string_equal(report_str(report_answer(&r, "claude"), "text"), "Jawaban Claude.");
    assert_string_equal(report_str(report_answer(&r, "llama"), "text"), "Jawaban LLAMA.");
    assert_true(holds(&r.run.err, why));
    report_finish(&r);
}

/* So do the other ways to ask. */
static void
expect_every_way_not_stored(struct table *t, const char *why)
{
    struct cli_result stream;
    expect_answers_not_stored(t, why);
    cli_run(&stream, t->place, ARGS("ask", "--stream-json", "ketiga"), NULL);
    if (stream.code != 1)
        cli_show(&stream);
    expect_exit(&stream, 1);
    const char *last = strstr(stream.out.p, "{\"event\":\"result\"");
    assert_non_null(last);
    assert_non_null(strstr(last, "Jawaban Claude."));
    assert_non_null(strstr(last, "\"stored\":false"));
    assert_true(holds(&stream.err, why));
    cli_finish(&stream);

    cli_run(&stream, t->place, ARGS("ask", "--brain", "claude", "keempat"), NULL);
    expect_exit(&stream, 1);
    assert_string_equal(stream.out.p, "Jawaban Claude.\n");
    assert_true(holds(&stream.err, why));
    cli_finish(&stream);
}

static int
set_answers(void **state)
{
    int rc = table_set(state);
    struct table *t = *state;
    standin_rule(t->claude, "text=Jawaban Claude.");
    standin_rule(t->llama, "text=Jawaban LLAMA.");
    return rc;
}

static int
clear_answers(void **state)
{
    limit_files(RLIM_INFINITY);
    set_modes(*state, 0700, 0600);
    return table_clear(state);
}

static int
messages_stored(struct place *place)
{
    struct cli_result r;
    int n = 0;
    cli_run(&r, place, ARGS("sessions", "list", "--json"), NULL);
    struct json *list = json_parse(r.out.p, r.out.len, NULL);
    n = (int)json_count(json_get(list, "sessions"));
    json_free(list);
    cli_finish(&r);
    return n;
}

static void
a_held_lock_is_waited_for_and_then_the_answer_is_given(void **state)
{
    struct table *t = *state;
    make_database(t);
    sqlite3 *db = hold_lock(t);
    int64_t began_us = clock_us();
    expect_every_way_not_stored(t, "not saved");
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--linear"), "kelima\n");
    expect_exit(&r, 1);
    assert_true(holds(&r.out, "Jawaban Claude.") && holds(&r.out, "Jawaban LLAMA."));
    assert_true(holds(&r.err, "not saved"));
    cli_finish(&r);
    assert_true(clock_us() - began_us < 60 * (int64_t)US_PER_S);
    sqlite3_close(db);
    /* What was left over is taken up by the next start. */
    make_database(t);
    assert_int_equal(messages_stored(t->place), 6);
}

static void
a_lock_that_goes_soon_leaves_no_trace(void **state)
{
    struct table *t = *state;
    make_database(t);
    sqlite3 *db = hold_lock(t);
    struct cli *c = cli_start(t->place, ARGS("ask", "--stream-json", "kedua"), NULL);
    struct cli_result r;
    assert_true(cli_wait_out(c, "\"event\":\"done\""));
    sqlite3_close(db);
    cli_wait(&c, &r);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "\"stored\":true"));
    cli_finish(&r);
    assert_int_equal(messages_stored(t->place), 2);
}

static void
a_full_disk_costs_no_answer(void **state)
{
    struct table *t = *state;
    limit_files(4096);
    expect_answers_not_stored(t, "berdua.db"); /* no database yet */
    limit_files(RLIM_INFINITY);
    make_database(t);
    limit_files(4096);
    expect_answers_not_stored(t, "berdua.db");
    limit_files(RLIM_INFINITY);
    make_database(t);
}

static void
a_database_that_may_not_be_written_costs_no_answer(void **state)
{
    struct table *t = *state;
    if (geteuid() == 0)
        skip(); /* tests/run.sh runs this as an ordinary user */
    make_database(t);
    set_modes(t, 0500, 0400);
    expect_answers_not_stored(t, "berdua.db");
    set_modes(t, 0700, 0600);
    make_database(t);
}

static void
a_damaged_database_costs_no_answer_and_stays_as_it_is(void **state)
{
    struct table *t = *state;
    static const char text[] = "this is not a database, and long enough not to be taken for one";
    place_write(t->place, "data/berdua/berdua.db", text);
    expect_every_way_not_stored(t, "NOT saved: ");
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--linear"), "kelima\n"); /* perhaps lost before the line is read */
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "NOT saved: "));
    cli_finish(&r);
    assert_true(place_holds(t->place, text));
}

/* Every other command that writes: with the database locked, then with files that may not grow. */
static void
a_command_that_could_not_write_says_so_and_fails(void **state)
{
    struct table *t = *state;
    static const char *const commands[][6] = {
        {"route", "set", "greeting", "10"},
        {"route", "rollback"},
        {"memory", "forget", "mario"},
        {"knowledge", "add", "--topic", "uji", "Sebuah catatan."},
    };
    make_database(t);
    for (int way = 0; way < 2; way++) {
        sqlite3 *db = NULL;
        if (way == 0)
            db = hold_lock(t);
        else
            limit_files(4096);
        for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
            struct cli_result r;
            cli_run(&r, t->place, commands[i], NULL);
            if (r.code != 1 || !holds(&r.err, "berdua"))
                cli_show(&r);
            expect_exit(&r, 1);
            assert_string_equal(r.out.p, "");
            assert_true(holds(&r.err, "berdua.db"));
            cli_finish(&r);
        }
        sqlite3_close(db);
        limit_files(RLIM_INFINITY);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, set_answers, clear_answers)
        T(a_held_lock_is_waited_for_and_then_the_answer_is_given),
        T(a_lock_that_goes_soon_leaves_no_trace),
        T(a_full_disk_costs_no_answer),
        T(a_database_that_may_not_be_written_costs_no_answer),
        T(a_damaged_database_costs_no_answer_and_stays_as_it_is),
        T(a_command_that_could_not_write_says_so_and_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
