/* What is not saved is on the screen for as long as it is true, whatever else happens meanwhile; leaving says it on the
 * normal screen. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "table.h"

#define ALT "\033"

/* Another program that holds the database's lock. */
static sqlite3 *
hold_lock(struct table *t)
{
    char *path = place_path(t->place, "data/berdua/berdua.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, patience_ms());
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    free(path);
    return db;
}

static void
release(sqlite3 *db)
{
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static struct screen *
start_judged(struct table *t, int rows, int cols)
{
    struct screen *s = table_start(t, rows, cols);
    table_say(t, "halo");
    table_expect_done(s);
    screen_type(s, ALT "2");
    screen_expect(s, "saved: LLAMA better");
    return s;
}

static void
it_is_said_until_it_is_no_longer_true(void **state)
{
    static const int sizes[][2] = {{60, 200}, {30, 100}, {24, 80}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        struct screen *s = start_judged(t, sizes[i][0], sizes[i][1]);
        sqlite3 *db = hold_lock(t);
        table_say(t, "lagi");
        screen_expect(s, "not saved yet: ");
        screen_expect(s, "waiting (");
        table_expect_done(s);
        screen_type(s, ALT "1");
        screen_expect(s, "★ better");
        /* What follows does not paint over it. */
        screen_type(s, "/mode shadow\r");
        screen_expect(s, "mode shadow");
        assert_true(screen_shows(s, "not saved yet: "));
        screen_type(s, "/help\r");
        screen_expect(s, "Keys and commands");
        assert_true(screen_shows(s, "not saved yet: "));
        screen_type(s, "q");
        release(db);
        screen_expect_gone(s, "not saved yet");
        screen_expect(s, "saved: Claude better");
    }
}

static void
leaving_says_it_on_the_normal_screen(void **state)
{
    struct table *t = *state;
    struct screen *s = start_judged(t, 30, 100);
    sqlite3 *db = hold_lock(t);
    table_say(t, "lagi");
    screen_expect(s, "not saved yet: ");
    screen_type(s, "/quit\r");
    screen_expect(s, "berdua: not saved yet");
    assert_false(screen_mode(s, 1049));
    release(db);
    screen_wait_exit(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(it_is_said_until_it_is_no_longer_true),
        AT_A_TABLE(leaving_says_it_on_the_normal_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
