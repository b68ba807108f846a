/* `berdua eval`: every row is asked once, waits for what passes, and its pair waits for review. */
#include "eval_kit.h"

#include <signal.h>
#include <unistd.h>

#include "contract.h"
#include "disk.h"

static void
a_title_is_cut_between_characters(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    struct buf row;
    buf_init(&row, 1 << 12);
    buf_append_str(&row, "{\"message\":\"Pagi\",\"id\":\"x");
    for (int i = 0; i < 150; i++)
        buf_append_str(&row, "\u00e9");
    buf_append_str(&row, "\"}\n");
    place_write(t->place, "in.jsonl", row.p);
    eval_run(t, &r, 0, "in.jsonl", "out.jsonl", false);
    cli_finish(&r);
    assert_count(t, "SELECT length(CAST(title AS BLOB)) FROM session", 5 + 1 + 99 * 2);
    buf_finish(&row);
}

static void
every_row_is_written_once_with_what_is_expected_and_its_pair_waits_for_review(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_write(t->place, "in.jsonl",
                "{\"id\":\"r1\",\"message\":\"Kak, aku malu\",\"expect\":{\"contains\":\"sabar\","
                "\"language\":\"id\",\"max_words\":3}}\n"
                "{\"id\":\"r2\",\"message\":\"Halo Kak\"}\n{\"id\":\"r3\",\"message\":\"Pagi\"}\n");
    standin_rule(t->claude, "text=Yang sabar ya Kak");
    standin_rule(t->llama, "text=Tenang saja");
    eval_run(t, &r, 0, "in.jsonl", "out.jsonl", false);
    assert_holds(&r.out, "3 of 3 rows written; 0 with an error");
    assert_holds(&r.out, "  contains              1 of 1            0 of 1\n");
    assert_holds(&r.out, "  max_words             0 of 1            1 of 1\n");
    cli_finish(&r);
    assert_each_once(t, "out.jsonl", 3);
    assert_count(t, "SELECT count(*) FROM turn", 3);
    assert_count(t, "SELECT count(*) FROM session WHERE title = 'eval r2' AND user = 'anonymous'",
                 1);
    /* A file that holds results is not written over. */
    eval_run(t, &r, 1, "in.jsonl", "out.jsonl", false);
    assert_holds(&r.err, "is not empty: --resume goes on with it");
    cli_finish(&r);
    struct screen *s = screen_start(t->place, ARGS("review", "--draw", "random"), 24, 100);
    t->screen = s;
    screen_expect(s, "Tenang saja");
}

static void
rows_that_stand_and_answers_in_the_store_are_not_asked_again(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    put_rows(t, "in.jsonl", "Kak,", 4);
    eval_run(t, &r, 0, "in.jsonl", "out.jsonl", true);
    cli_finish(&r);
    /* A whole line, and the beginning of one. */
    char *file = place_path(t->place, "out.jsonl");
    struct buf text;
    buf_init(&text, 1 << 20);
    assert_true(path_read(file, &text, NULL));
    buf_truncate(&text, (size_t)(strchr(text.p, '\n') - text.p) + 100);
    place_write(t->place, "out.jsonl", text.p);
    eval_run(t, &r, 0, "in.jsonl", "out.jsonl", true);
    assert_holds(&r.err, "an unfinished last line was dropped");
    assert_holds(&r.out,
                 "3 of 4 rows written, 1 stood before, 3 with answers that were in the store");
    cli_finish(&r);
    assert_each_once(t, "out.jsonl", 4);
    assert_int_equal(standin_count(t->claude), 4);
    assert_int_equal(standin_count(t->llama), 4);
    /* One answer that is not whole is asked for, the other is taken. */
    sqlite3 *db = judge_database(t);
    assert_int_equal(sqlite3_exec(db,
                                  "UPDATE answer SET status = 'interrupted' WHERE brain = 'llama'"
                                  " AND turn = (SELECT id FROM turn WHERE message LIKE '% 2.')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    eval_run(t, &r, 0, "in.jsonl", "again.jsonl", true);
    cli_finish(&r);
    assert_each_once(t, "again.jsonl", 4);
    assert_int_equal(standin_count(t->claude), 4);
    assert_int_equal(standin_count(t->llama), 5);
    assert_count(t, "SELECT count(*) FROM turn", 4);
    /* A line that is no row of a result is not written behind. */
    place_write(t->place, "out.jsonl", "{\"id\":\"r1\"}\nnichts\n");
    eval_run(t, &r, 1, "in.jsonl", "out.jsonl", true);
    assert_holds(&r.err, "out.jsonl:2: no row of a result");
    cli_finish(&r);
    buf_finish(&text);
    free(file);
}

static void
a_server_that_asks_to_wait_is_asked_again_and_only_it(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    put_rows(t, "in.jsonl", "Kak,", 3);
    standin_rule(t->llama, "status=429 retry_after_ms=30 times=2 message=\"slow down\"");
    eval_run(t, &r, 0, "in.jsonl", "out.jsonl", false);
    assert_holds(&r.err, "LLAMA: ");
    assert_holds(&r.err, "again in 1 s");
    assert_holds(&r.out, "3 of 3 rows written; 0 with an error");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 3);
    assert_int_equal(standin_count(t->llama), 5);
}

/* The other brain's answer, which is whole, does not make the patience new. */
static void
a_server_that_asks_to_wait_without_end_ends_the_run(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    put_rows(t, "in.jsonl", "Kak,", 2);
    standin_rule(t->llama, "status=429 retry_after_ms=10 message=\"slow down\"");
    eval_run(t, &r, 1, "in.jsonl", "out.jsonl", false);
    assert_holds(&r.err, "stopped: LLAMA: ");
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 2);
}

static void
the_budget_stops_the_run_and_a_later_one_goes_on(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    put_rows(t, "in.jsonl", "Kak,", 6);
    place_config(t->place, standin_url(t->claude, ""),
                 "models: {fast: {id: claude-test, price: {input: 100000, output: 100000}}}",
                 standin_url(t->llama, "/v1"), NULL, "budget: {usd_per_month: 0.5}");
    eval_run(t, &r, 1, "in.jsonl", "out.jsonl", false);
    assert_holds(&r.err, "stopped: Claude: ");
    assert_holds(&r.err, "the same command with --resume goes on");
    cli_finish(&r);
    size_t asked = standin_count(t->claude), llama = standin_count(t->llama);
    assert_in_range(asked, 1, 4); /* what ran at once */
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 NULL);
    eval_run(t, &r, 0, "in.jsonl", "out.jsonl", true);
    cli_finish(&r);
    assert_each_once(t, "out.jsonl", 6);
    assert_int_equal(standin_count(t->claude), 6);
    assert_int_equal(standin_count(t->llama), 6);
    assert_true(llama >= asked);
}

static void
a_brain_that_is_down_ends_the_run_unless_the_rows_are_few(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    int fd, port = standin_refusing_port(&fd);
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/v1", port);
    place_config(t->place, standin_url(t->claude, ""), NULL, url, NULL, NULL);
    put_rows(t, "in.jsonl", "Kak,", 30);
    eval_run(t, &r, 1, "in.jsonl", "out.jsonl", false);
    assert_holds(&r.err, "LLAMA could not be reached for 20 rows");
    cli_finish(&r);
    put_rows(t, "few.jsonl", "Bu,", 3);
    eval_run(t, &r, 0, "few.jsonl", "few-out.jsonl", false);
    assert_holds(&r.out, "3 of 3 rows written; 3 with an error");
    cli_finish(&r);
    assert_each_once(t, "few-out.jsonl", 3);
    /* What was answered is not asked again once the other is there. */
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 NULL);
    eval_run(t, &r, 0, "in.jsonl", "out.jsonl", true);
    cli_finish(&r);
    assert_each_once(t, "out.jsonl", 30);
    assert_int_equal(standin_count(t->claude), 33);
    assert_int_equal(standin_count(t->llama), 30);
    close(fd);
}

static void
an_interrupt_lets_the_rows_that_run_end(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    enum { ROWS = 40 };
    int times[ROWS + 1], whole = 0;
    put_rows(t, "in.jsonl", "Kak,", ROWS);
    standin_rule(t->claude, "first=200");
    struct cli *c = eval_start(t, "in.jsonl", "out.jsonl", "2", false);
    assert_true(standin_wait_count(t->claude, 2, patience_ms()));
    kill(cli_pid(c), SIGINT);
    cli_wait(&c, &r);
    expect_exit(&r, 130);
    assert_holds(&r.err, "ends after the rows that run");
    cli_finish(&r);
    count_result(t, "out.jsonl", times, ROWS, false);
    for (int i = 1; i <= ROWS; i++)
        whole += times[i];
    assert_int_equal(whole, standin_count(t->claude));
    assert_in_range(whole, 2, ROWS - 1);
}

static void
an_interrupt_on_a_full_disk_ends_it_and_the_next_run_asks_nothing_again(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    put_rows(t, "in.jsonl", "Kak,", 3);
    standin_rule(t->claude, "first=300 text=Yang sabar ya");
    char *in = place_path(t->place, "in.jsonl"), *out = place_path(t->place, "out.jsonl");
    struct screen *s = screen_start(t->place, ARGS("eval", in, "-o", out, "-j", "1"), 24, 120);
    t->screen = s;
    assert_true(standin_wait_count(t->claude, 1, patience_ms()));
    disk_fill(screen_pid(s));
    screen_expect(s, "not saved yet: ");
    screen_type(s, "\003");
    screen_expect(s, "not saved: ");
    screen_assert_exit(s, 1);
    eval_run(t, &r, 0, "in.jsonl", "out.jsonl", true);
    cli_finish(&r);
    assert_each_once(t, "out.jsonl", 3);
    assert_int_equal(standin_count(t->claude), 3);
    assert_int_equal(standin_count(t->llama), 3);
    free(in);
    free(out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_title_is_cut_between_characters),
        AT_A_TABLE(every_row_is_written_once_with_what_is_expected_and_its_pair_waits_for_review),
        AT_A_TABLE(rows_that_stand_and_answers_in_the_store_are_not_asked_again),
        AT_A_TABLE(a_server_that_asks_to_wait_is_asked_again_and_only_it),
        AT_A_TABLE(a_server_that_asks_to_wait_without_end_ends_the_run),
        AT_A_TABLE(the_budget_stops_the_run_and_a_later_one_goes_on),
        AT_A_TABLE(a_brain_that_is_down_ends_the_run_unless_the_rows_are_few),
        AT_A_TABLE(an_interrupt_lets_the_rows_that_run_end),
        AT_A_TABLE(an_interrupt_on_a_full_disk_ends_it_and_the_next_run_asks_nothing_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
