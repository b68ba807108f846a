/* Servers that sleep are woken before a message needs them, where the configuration wants it. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

#define PRICE    "models: {fast: {id: llama-test, price: {per_second_usd: 0.001}}}\n"
#define PATIENT  "first_token_ms: 60000\ntimeout_ms: 60000\n"
#define AT_A_KEY "warm_up: while_typing\n" PRICE PATIENT
#define AT_START "warm_up: on_start\n" PRICE PATIENT
/* llama-server, asked once a second. */
#define LOADING(n)                                                                                 \
    "path=completions times=" n " status=503 code=unavailable_error message=\"Loading model\""

static void
configure(struct table *t, const char *llama_url, const char *llama, const char *more)
{
    place_config(t->place, standin_url(t->claude, ""), NULL, llama_url, llama, more);
}

/* One number of the database. */
static double
stored(struct table *t, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    char *path = place_path(t->place, "data/berdua/berdua.db");
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, patience_ms());
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    double value = sqlite3_column_double(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    free(path);
    return value;
}

static void
leave_unsent(struct table *t)
{
    screen_type(t->screen, "\025"); /* Ctrl-U: what was typed is not sent */
    screen_expect_gone(t->screen, "> h");
    table_leave(t);
    screen_destroy(&t->screen);
}

static bool
breaker_closed(struct table *t)
{
    struct cli_result r;
    cli_run(&r, t->place, ARGS("route", "status", "--json"), NULL);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    bool closed = strcmp(report_str(doc, "breakers.llama"), "closed") == 0;
    json_free(doc);
    cli_finish(&r);
    return closed;
}

static void
the_first_key_wakes_a_server_and_the_next_start_knows_how_long_that_takes(void **state)
{
    struct table *t = *state;
    configure(t, standin_url(t->llama, "/v1"), AT_A_KEY, NULL);
    standin_rule(t->llama, LOADING("3"));
    struct screen *s = table_start(t, 45, 120);
    screen_settle(s, 100);
    assert_int_equal(standin_count(t->llama), 0); /* nobody has typed */
    screen_type(s, "h");
    screen_expect(s, "LLAMA: starting up");
    assert_false(screen_shows(s, "usual"));
    screen_expect_gone(s, "starting up");
    screen_expect(s, "warm-ups this month");
    assert_int_equal(standin_count(t->llama), 4);
    assert_int_equal(standin_count(t->claude), 0);
    struct standin_request *q = standin_request(t->llama, 3);
    assert_non_null(strstr(q->body, "\"max_tokens\":1,"));
    standin_request_free(&q);
    screen_type(s, "a"); /* it has just been called */
    screen_settle(s, 100);
    assert_int_equal(standin_count(t->llama), 4);
    screen_type(s, "\025");
    leave_unsent(t);
    assert_true(stored(t, "SELECT count(*) FROM side_call WHERE purpose = 'warm_up' AND cold = 1"
                          " AND status = 'complete' AND cost_usd > 0 AND total_us > 1000000") == 1);
    assert_true(stored(t, "SELECT count(*) FROM turn") == 0);

    standin_rule(t->llama, LOADING("1000"));
    s = table_start(t, 30, 100); /* the strip */
    screen_type(s, "h");
    screen_expect(s, "starting up");
    screen_expect(s, " s (1 start)");
    leave_unsent(t);
    assert_true(breaker_closed(t));
}

static void
a_message_sent_meanwhile_is_answered_and_the_warm_up_is_given_up(void **state)
{
    struct table *t = *state;
    configure(t, standin_url(t->llama, "/v1"), AT_A_KEY, NULL);
    standin_rule(t->llama,
                 "path=completions times=1 head=60000 text=x"); /* it hangs as a proxy does */
    standin_rule(t->llama, "path=completions text=Sudah bangun.");
    struct screen *s = table_start(t, 45, 120);
    screen_type(s, "h");
    assert_true(standin_wait_count(t->llama, 1, patience_ms()));
    screen_type(s, "alo\r");
    screen_expect(s, "Sudah bangun.");
    table_expect_done(s);
    assert_true(standin_wait_client_close(t->llama, 0, patience_ms()));
    assert_false(screen_shows(s, "woken"));
    table_leave(t);
    assert_int_equal(standin_count(t->llama), 2);
    assert_true(stored(t, "SELECT count(*) FROM side_call WHERE status = 'cancelled'") == 1);
    assert_true(stored(t, "SELECT count(*) FROM answer WHERE status = 'complete'") == 2);
}

static void
a_server_that_cannot_be_woken_fails_no_answer_and_opens_no_breaker(void **state)
{
    struct table *t = *state;
    int fd = -1;
    char *refusing = xasprintf("http://127.0.0.1:%d/v1", standin_refusing_port(&fd));
    for (int down = 0; down < 2; down++) {
        configure(t, down ? refusing : standin_url(t->llama, "/v1"), AT_A_KEY,
                  "breaker: {failures: 1}\n");
        if (!down)
            standin_rule(t->llama, "status=401 message=\"no such key\"");
        struct screen *s = table_start(t, 45, 120);
        screen_type(s, "h");
        screen_expect(s, "LLAMA was not woken:");
        assert_false(screen_shows(s, "failed"));
        assert_false(screen_shows(s, "paused"));
        leave_unsent(t);
        assert_true(breaker_closed(t));
    }
    assert_int_equal(standin_count(t->llama), 1);
    close(fd);
    free(refusing);
}

static void
lines_say_that_an_endpoint_starts_up_and_when_it_is_ready(void **state)
{
    struct table *t = *state;
    char *llama = xasprintf("provider: runpod\n%s", AT_START);
    configure(t, standin_url(t->llama, "/v2/abc"), llama, NULL);
    standin_rule(t->llama, "path=/run first=2500 text=Halo, Kak.");
    t->screen = screen_start(t->place, ARGS("chat", "--linear"), 24, 100);
    screen_expect(t->screen, "berdua: LLAMA is starting up");
    screen_expect(t->screen, "berdua: LLAMA is ready, after ");
    assert_int_equal(standin_count_path(t->llama, "/run"), 1);
    screen_type(t->screen, "halo\r");
    screen_expect(t->screen, "Halo, Kak.");
    screen_type(t->screen, "\004");
    assert_int_equal(screen_wait_exit(t->screen), 0);
    free(llama);
}

/* The lines of a script are sent before anything else is. */
static void
a_message_that_is_there_at_the_start_needs_no_warm_up(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    configure(t, standin_url(t->llama, "/v1"), AT_START, NULL);
    cli_run(&r, t->place, ARGS("--linear"), "halo\n");
    expect_exit(&r, 0);
    assert_string_equal(r.err.p, "");
    cli_finish(&r);
    assert_int_equal(standin_count(t->llama), 1);
    cli_run(&r, t->place, ARGS("ask", "halo"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    assert_int_equal(standin_count(t->llama), 2);
    cli_run(&r, t->place, ARGS("doctor", "--offline"), NULL);
    assert_non_null(strstr(r.out.p, "; warm_up: on_start"));
    cli_finish(&r);
}

static void
nothing_is_woken_unless_it_is_wanted(void **state)
{
    static const char *const options[] = {"chat", "--demo", NULL};
    struct table *t = *state;
    for (int demo = 0; demo < 2; demo++) {
        configure(t, standin_url(t->llama, "/v1"), demo ? AT_A_KEY : NULL, NULL);
        if (demo) {
            t->screen = screen_start(t->place, options, 45, 120);
            screen_expect(t->screen, "> ");
        } else {
            table_start(t, 45, 120);
        }
        screen_type(t->screen, "h");
        screen_expect(t->screen, "> h");
        screen_settle(t->screen, 300);
        leave_unsent(t);
    }
    assert_int_equal(standin_count(t->llama) + standin_count(t->claude), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(the_first_key_wakes_a_server_and_the_next_start_knows_how_long_that_takes),
        AT_A_TABLE(a_message_sent_meanwhile_is_answered_and_the_warm_up_is_given_up),
        AT_A_TABLE(a_server_that_cannot_be_woken_fails_no_answer_and_opens_no_breaker),
        AT_A_TABLE(lines_say_that_an_endpoint_starts_up_and_when_it_is_ready),
        AT_A_TABLE(a_message_that_is_there_at_the_start_needs_no_warm_up),
        AT_A_TABLE(nothing_is_woken_unless_it_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
