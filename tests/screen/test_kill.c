/* Killed at random moments, again and again: every verdict that was called saved is in the store, the
 * store is sound, and the next start works. BERDUA_KILL_ROUNDS says how often. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "table.h"
#include "unit/kills.h"

enum { USUAL_KILLS = 10, MOST_READS = 14 };

static bool
shows(struct screen *s, void *text)
{
    return screen_shows(s, text);
}

/* Takes output until it holds; false when so many pieces have come that it is time to die. */
static bool
drive_until(struct screen *s, bool (*holds)(struct screen *s, void *arg), void *arg, int *reads)
{
    while (!holds(s, arg)) {
        if ((*reads)-- <= 0)
            return false;
        if (!screen_take(s, patience_ms())) {
            screen_dump(s);
            fail_msg("nothing more came");
        }
    }
    return true;
}

static bool
drive(struct screen *s, const char *text, int *reads)
{
    return drive_until(s, shows, (void *)(uintptr_t)text, reads);
}

/* One session up to a random moment; true when its verdict was called saved. */
static bool
one_life(struct table *t, int round, int reads)
{
    char message[64];
    char answer[64];
    snprintf(message, sizeof(message), "pesan ke-%d", round);
    snprintf(answer, sizeof(answer), "jawaban-ke-%d.", round);
    char *rule = xasprintf("gap=2 text=Inilah %s", answer);
    standin_clear_rules(t->claude);
    standin_rule(t->claude, rule);
    free(rule);
    t->screen = screen_start(t->place, (const char *const[]){"chat", "--continue", NULL}, 30, 120);
    if (!drive(t->screen, "> ", &reads))
        return false;
    screen_type(t->screen, message);
    if (!drive(t->screen, message, &reads))
        return false;
    screen_type(t->screen, "\r");
    if (!drive(t->screen, answer, &reads) || !drive_until(t->screen, table_both_done, NULL, &reads))
        return false;
    screen_type(t->screen, "\0331");
    return drive(t->screen, "saved", &reads);
}

static int
stored_verdicts(const struct place *place)
{
    char *path = place_path(place, "data/berdua/berdua.db");
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int n = 0;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(db, patience_ms());
        assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL),
                         SQLITE_OK);
        assert_int_equal(sqlite3_step(st), SQLITE_ROW);
        assert_string_equal((const char *)sqlite3_column_text(st, 0), "ok");
        sqlite3_finalize(st);
        if (sqlite3_prepare_v2(db, "SELECT count(*) FROM verdict", -1, &st, NULL) == SQLITE_OK &&
            sqlite3_step(st) == SQLITE_ROW)
            n = sqlite3_column_int(st, 0);
        sqlite3_finalize(st);
    }
    sqlite3_close(db);
    free(path);
    return n;
}

static void
killed_at_random_moments_it_keeps_every_saved_verdict(void **state)
{
    struct table *t = *state;
    struct rng rng = {.state = 20261124};
    int saved = 0;
    for (int round = 0; round < kill_rounds(USUAL_KILLS); round++) {
        int reads = (int)rng_below(&rng, MOST_READS);
        saved += one_life(t, round, reads);
        screen_destroy(&t->screen); /* KILL */
        int stored = stored_verdicts(t->place);
        if (stored < saved)
            fail_msg("round %d: %d called saved, %d stored", round, saved, stored);
    }
    print_message("%d of %d lives saw their verdict saved\n", saved, kill_rounds(USUAL_KILLS));
    assert_true(saved > 0);
    table_start(t, 30, 120);
    table_leave(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(killed_at_random_moments_it_keeps_every_saved_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
