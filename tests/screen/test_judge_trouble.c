/* `berdua judge` on a terminal, and where the network or the store fails midway: nothing that was answered is lost. */
#include "judge_kit.h"

#include <sys/stat.h>
#include <unistd.h>

#include "disk.h"

#define VOTES   "SELECT count(*) FROM verdict WHERE origin = 'judge'"
#define ANSWERS "SELECT count(*) FROM judge_call"

static int
set(void **state)
{
    if (table_set(state) != 0)
        return -1;
    put_pairs(*state, "s", 1, 3);
    return 0;
}

static struct screen *
start(struct table *t, const char *more)
{
    t->screen =
        screen_start(t->place, (const char *const[]){"judge", "-j", "1", more, NULL}, 24, 120);
    return t->screen;
}

static void
on_a_terminal_it_asks_first_and_paints_one_line(void **state)
{
    struct table *t = *state;
    answer_for_claude(t, "");
    struct screen *s = start(t, NULL);
    screen_expect(s, "6 calls of claude-test");
    screen_expect(s, "Go on? [y/N]");
    screen_type(s, "n\r");
    screen_expect(s, "nothing was asked");
    screen_destroy(&t->screen);
    assert_int_equal(standin_count(t->claude), 0);
    s = start(t, NULL);
    screen_expect(s, "Go on? [y/N]");
    screen_type(s, "y\r");
    screen_expect(s, "3 of 3 pairs judged");
    screen_expect(s, "6 calls, $");
    for (int r = 0; r < screen_rows(s); r++)
        if (strstr(screen_row(s, r), "of 3 pairs ·"))
            fail_msg("the line that was painted over is still there: %s", screen_row(s, r));
    screen_destroy(&t->screen);
    assert_count(t, VOTES, 3);
}

static void
a_network_that_goes_midway_leaves_the_rest_to_the_next_run(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    int port = standin_port(t->claude);
    standin_rule(t->claude, "times=2 " CLAUDE_IS_A "text=" VERDICT("a"));
    standin_rule(t->claude, "times=2 " LLAMA_IS_A "text=" VERDICT("b"));
    standin_rule(t->claude, "head=60000");
    struct cli *c =
        cli_start(t->place, (const char *const[]){"judge", "--yes", "-j", "1", NULL}, NULL);
    assert_true(standin_wait_count(t->claude, 3, patience_ms()));
    standin_stop(&t->claude);
    cli_wait(&c, &r);
    if (r.code != 4)
        cli_show(&r);
    assert_int_equal(r.code, 4);
    assert_holds(&r.err, "left; the same command goes on");
    cli_finish(&r);
    int stood = count_rows(t, ANSWERS);
    assert_in_range(stood, 2, 4);
    judge(t, &r, 5, "--yes");
    assert_holds(&r.err, "claude: connect: ");
    cli_finish(&r);
    assert_count(t, ANSWERS, stood);
    t->claude = standin_start(port);
    answer_for_claude(t, "");
    judge(t, &r, 0, "--yes");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 6 - stood);
    assert_count(t, VOTES, 3);
}

static void
nothing_is_asked_where_nothing_can_be_saved(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char *path = place_path(t->place, "data/berdua/berdua.db");
    if (geteuid() == 0)
        skip();
    answer_for_claude(t, "");
    assert_int_equal(chmod(path, 0400), 0);
    judge(t, &r, 1, "--yes");
    assert_holds(&r.err, path);
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 0);
    assert_int_equal(chmod(path, 0600), 0);
    free(path);
}

/* While it lasts nothing more is asked; then all of it goes on. */
static void
a_lock_midway_is_waited_for(void **state)
{
    struct table *t = *state;
    answer_for_claude(t, "first=100");
    struct screen *s = start(t, "--yes");
    assert_true(standin_wait_count(t->claude, 1, patience_ms()));
    sqlite3 *db = judge_database(t);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    screen_expect(s, "not saved yet: ");
    assert_int_equal(standin_count(t->claude), 1);
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    screen_expect(s, "3 of 3 pairs judged");
    screen_destroy(&t->screen);
    assert_int_equal(standin_count(t->claude), 6);
    assert_count(t, VOTES, 3);
}

/* The room that was there went while the first call was answered. */
static struct screen *
start_and_fill_the_disk(struct table *t)
{
    struct screen *s = start(t, "--yes");
    assert_true(standin_wait_count(t->claude, 1, patience_ms()));
    disk_fill(screen_pid(s));
    screen_expect(s, "not saved yet: ");
    assert_int_equal(standin_count(t->claude), 1);
    return s;
}

static void
on_a_disk_that_is_full_for_a_while_nothing_is_asked_or_lost(void **state)
{
    struct table *t = *state;
    answer_for_claude(t, "first=300");
    struct screen *s = start_and_fill_the_disk(t);
    disk_free(screen_pid(s));
    screen_expect(s, "3 of 3 pairs judged");
    screen_destroy(&t->screen);
    assert_int_equal(standin_count(t->claude), 6);
    assert_count(t, VOTES, 3);
}

static void
an_end_on_a_full_disk_leaves_what_was_answered_to_the_next_start(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    answer_for_claude(t, "first=300");
    struct screen *s = start_and_fill_the_disk(t);
    screen_type(s, "\003");
    screen_expect(s, "not saved: ");
    screen_assert_exit(s, 1);
    assert_count(t, ANSWERS, 0);
    judge(t, &r, 0, "--yes");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 6);
    assert_count(t, ANSWERS, 6);
    assert_count(t, VOTES, 3);
}

static void
a_database_that_is_taken_away_ends_the_run(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char *path = place_path(t->place, "data/berdua/berdua.db");
    answer_for_claude(t, "first=300");
    struct cli *c =
        cli_start(t->place, (const char *const[]){"judge", "--yes", "-j", "1", NULL}, NULL);
    assert_true(standin_wait_count(t->claude, 1, patience_ms()));
    assert_int_equal(unlink(path), 0);
    cli_wait(&c, &r);
    assert_int_equal(r.code, 1);
    assert_holds(&r.err, "NOT saved: ");
    cli_finish(&r);
    free(path);
}

/* Recorded answers are told apart in all that is said and stored, and enter no report. */
static void
recordings_judge_recorded_pairs_alone_and_say_so(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    struct buf tape, more;
    buf_init(&tape, 1 << 16);
    buf_init(&more, 1 << 12);
    buf_append_str(&tape,
                   "{\"berdua_cassette\":1,\"brain\":\"claude\",\"provider\":\"openai\",\"model\":"
                   "\"m\",\"purpose\":\"judge\",\"simulated\":true}\n"
                   "{\"t_us\":0,\"connected\":true}\n{\"t_us\":0,\"status\":200}\n"
                   "{\"t_us\":0,\"bytes\":");
    struct json *delta = json_object(), *choice = json_object(), *list = json_array(),
                *chunk = json_object();
    json_add_str(delta, "content", VERDICT("a"));
    json_add(choice, "delta", delta);
    json_add_str(choice, "finish_reason", "stop");
    json_push(list, choice);
    json_add(chunk, "choices", list);
    struct buf event;
    buf_init(&event, 1 << 16);
    buf_append_str(&event, "data: ");
    json_print(chunk, &event);
    buf_append_str(&event, "\n\ndata: [DONE]\n\n");
    json_quote(&tape, event.p, event.len);
    buf_append_str(&tape, "}\n{\"t_us\":0,\"end\":true}\n");
    place_write(t->place, "tapes/judge.cassette", tape.p);
    char *folder = place_path(t->place, "tapes");
    buf_printf(&more, "provider: playback\ncassettes: %s\n", folder);
    place_config(t->place, standin_url(t->claude, ""), more.p, standin_url(t->llama, "/v1"), NULL,
                 NULL);
    judge(t, &r, 0, "--yes");
    assert_holds(&r.out, "Nothing waits");
    cli_finish(&r);
    sqlite3 *db = judge_database(t);
    assert_int_equal(
        sqlite3_exec(db, "UPDATE turn SET simulated = 1 WHERE seq < 3", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    judge(t, &r, 0, "--yes");
    assert_holds(&r.err, "SIMULATED");
    assert_holds(&r.out, "SIMULATED: 2 of 2 pairs judged");
    cli_finish(&r);
    assert_count(t, VOTES " AND flags = '[\"simulated\"]' AND kind = 'tie'", 2);
    cli_run(&r, t->place, (const char *const[]){"report", "--json", NULL}, NULL);
    assert_holds(&r.out, "\"judge\":null");
    cli_finish(&r);
    json_free(chunk);
    free(folder);
    buf_finish(&tape);
    buf_finish(&more);
    buf_finish(&event);
}

int
main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set, table_clear)
    const struct CMUnitTest tests[] = {
        T(on_a_terminal_it_asks_first_and_paints_one_line),
        T(a_network_that_goes_midway_leaves_the_rest_to_the_next_run),
        T(nothing_is_asked_where_nothing_can_be_saved),
        T(a_lock_midway_is_waited_for),
        T(on_a_disk_that_is_full_for_a_while_nothing_is_asked_or_lost),
        T(an_end_on_a_full_disk_leaves_what_was_answered_to_the_next_start),
        T(a_database_that_is_taken_away_ends_the_run),
        T(recordings_judge_recorded_pairs_alone_and_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
