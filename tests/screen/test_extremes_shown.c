/* Figures that somebody wrote into the database are shown, whatever they are: nothing overflows, nothing hangs. */
#include "unit/unit.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

static sqlite3 *
open_database(const struct table *t)
{
    char *path = place_path(t->place, "data/berdua/berdua.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    free(path);
    return db;
}

static void
run_sql(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s in %s", why, sql);
}

/* Every column that holds a figure, as the schema says; those that rows are found by stay, and a blind pair that waits
 * would keep the pages closed. */
static void
set_figures(const struct table *t, const char *value)
{
    sqlite3 *db = open_database(t);
    sqlite3_stmt *s;
    struct buf sql;
    buf_init(&sql, 1 << 16);
    run_sql(db, "DROP TRIGGER IF EXISTS verdict_append_only;"
                "DROP TRIGGER IF EXISTS rollout_step_unchanged;"
                "PRAGMA ignore_check_constraints = ON");
    assert_int_equal(
        sqlite3_prepare_v2(
            db,
            "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
            " WHERE t.type = 'table' AND c.type IN ('INTEGER', 'REAL') AND c.pk = 0"
            " AND c.name NOT IN ('n', 'seq', 'attempt', 'last_us', 'blind') AND t.name NOT LIKE"
            " 'insight%' AND t.name NOT LIKE 'said%' AND t.name NOT LIKE 'sqlite%'",
            -1, &s, NULL),
        SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
        buf_printf(&sql, "UPDATE %s SET %s = %s;", sqlite3_column_text(s, 0),
                   sqlite3_column_text(s, 1), value);
    sqlite3_finalize(s);
    run_sql(db, sql.p);
    sqlite3_close(db);
    buf_finish(&sql);
}

static void
make_database(struct table *t)
{
    struct report r;
    struct cli_result c;
    for (int i = 0; i < 2; i++) {
        report_ask(&r, t->place, ARGS("-u", "mario"), "halo");
        expect_exit(&r.run, 0);
        report_finish(&r);
    }
    cli_run(&c, t->place, ARGS("--linear", "-u", "mario", "--continue"), "lagi\n/tie\n");
    cli_finish(&c);
    cli_run(&c, t->place, ARGS("route", "set", "greeting", "10"), NULL);
    expect_exit(&c, 0);
    cli_finish(&c);
}

static void
a_chat_shows_any_figure(void **state)
{
    static const char *const values[] = {
        "-9223372036854775807 - 1", "9223372036854775807", "-1", "1e308", "9e999", "-9e999"};
    static const int sizes[][2] = {{60, 170}, {24, 80}};
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        make_database(t);
        set_figures(t, values[i]);
        for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
            struct screen *s = t->screen = screen_start(
                t->place, ARGS("chat", "-u", "mario", "--continue"), sizes[k][0], sizes[k][1]);
            screen_expect(s, "lagi");
            static const char *const pages[] = {"/report\r", "/route\r", "/sessions\r", "/why\r",
                                                "/memory\r"};
            for (size_t p = 0; p < ARRAY_LEN(pages); p++) {
                screen_type(s, pages[p]);
                screen_expect(s, " close"); /* keys that come together would be a paste */
                screen_settle(s, 100);
                screen_type(s, strcmp(pages[p], "/sessions\r") == 0 ? "\033" : "q");
                screen_expect(s, "F1 help");
            }
            screen_type(s, "/quit");
            screen_expect(s, "/quit");
            screen_type(s, "\r");
            if (screen_wait_exit(s) != 0) {
                screen_dump(s);
                fail_msg("%s: did not end well", values[i]);
            }
            screen_destroy(&t->screen);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_chat_shows_any_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
