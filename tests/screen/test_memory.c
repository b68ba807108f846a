/* Pattern 5 as the operator meets it: a conversation ends, is analysed when it is quiet, and Claude knows next
 * time. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "cli.h"
#include "table.h"

/* What only the question of an analysis holds. */
#define ANALYSIS "relationship_phase"

static const char reply[] =
    "match=" ANALYSIS
    " text={\"dreams\": [{\"value\": \"an eco business in Ubud\", \"confidence\": 0.9, "
    "\"quote\": \"bisnis eco di Ubud\"}, {\"value\": \"a yacht\", \"confidence\": 0.9, \"quote\": "
    "\"kapal "
    "pesiar\"}]}";

static void
configure(struct table *t, const char *memory)
{
    char *more = xasprintf("user: mario\nmode: jiwa\nmemory: %s", memory);
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 more);
    free(more);
}

static int
set(void **state)
{
    if (table_set(state) != 0)
        return -1;
    configure(*state, "{enabled: true}");
    return 0;
}

static void
nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
}

/* Waits until the server has been asked n times. */
static void
expect_asked(struct standin *server, size_t n)
{
    int64_t until = clock_us() + patience_ms() * (int64_t)US_PER_MS;
    while (standin_count(server) < n) {
        if (clock_us() > until)
            fail_msg("asked %zu times, not %zu", standin_count(server), n);
        nap();
    }
}

/* Until the answer is there, and over: a conversation with a running one is not left. */
static bool
answered(struct screen *s, void *text)
{
    bool there = false, done = false;
    for (int r = 0; r < screen_rows(s); r++) {
        there = there || strstr(screen_row(s, r), text);
        done = done || strstr(screen_row(s, r), " done");
    }
    return there && done;
}

static void
expect_answered(struct screen *s, char *text)
{
    screen_expect_that(s, answered, text, "an answer that is over");
}

static void
say(struct table *t, const char *message)
{
    size_t n = standin_count(t->claude);
    screen_type(t->screen, message);
    screen_type(t->screen, "\r");
    expect_asked(t->claude, n + 1);
}

/* db NULL: the usual one. */
static struct json *
show(struct table *t, const char *db)
{
    struct cli_result r;
    cli_run(
        &r, t->place,
        (const char *const[]){"memory", "show", "mario", "--json", db ? "--db" : NULL, db, NULL},
        NULL);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    if (!doc)
        cli_show(&r);
    assert_non_null(doc);
    cli_finish(&r);
    return doc;
}

static size_t
count_in(struct table *t, const char *db, const char *what)
{
    struct json *doc = show(t, db);
    size_t n = json_count(json_at(doc, what));
    json_free(doc);
    return n;
}

static size_t
count_of(struct table *t, const char *what)
{
    return count_in(t, NULL, what);
}

static void
expect_count_in(struct table *t, const char *db, const char *what, size_t n)
{
    int64_t until = clock_us() + patience_ms() * (int64_t)US_PER_MS;
    while (count_in(t, db, what) != n) {
        if (clock_us() > until)
            fail_msg("%s: %zu, not %zu", what, count_in(t, db, what), n);
        nap();
    }
}

static void
expect_count(struct table *t, const char *what, size_t n)
{
    expect_count_in(t, NULL, what, n);
}

static bool
last_body_holds(struct standin *server, const char *text)
{
    struct standin_request *r = standin_request(server, standin_count(server) - 1);
    bool found = strstr(r->body, text) != NULL;
    standin_request_free(&r);
    return found;
}

static void
an_ended_conversation_is_analysed_and_claude_knows_next_time(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Wah, menarik!");
    standin_rule(t->llama, reply);
    struct screen *s = table_start(t, 40, 120);
    say(t, "saya mau buka bisnis eco di Ubud");
    expect_answered(s, (char[]){"menarik"});
    assert_false(last_body_holds(t->claude, "customer_memory"));
    screen_type(s, "/end\r");
    screen_expect(s, "New session.");
    expect_asked(t->llama, 1);
    screen_expect(s, "1 thing inferred about mario");
    expect_count(t, "profile.dreams", 1);
    assert_int_equal(count_of(t, "pending"), 0);
    say(t, "halo lagi");
    assert_true(last_body_holds(t->claude, "an eco business in Ubud"));
    assert_true(last_body_holds(t->claude, "customer_memory"));
    screen_expect(s, "menarik");
    screen_type(s, "/memory\r");
    screen_expect(s, "inferred");
    screen_expect(s, "an eco business in Ubud");
    screen_type(s, "\033");
    screen_expect_gone(s, "an eco business in Ubud");
    table_leave(t);
    assert_int_equal(standin_count(t->llama), 1);
}

static void
silence_ends_a_conversation_too(void **state)
{
    struct table *t = *state;
    configure(t, "{enabled: true, idle_s: 1}");
    standin_rule(t->llama, reply);
    table_start(t, 40, 120);
    say(t, "saya mau buka bisnis eco di Ubud");
    expect_asked(t->llama, 1);
    screen_expect(t->screen, "inferred about mario");
    table_leave(t);
    assert_int_equal(count_of(t, "records"), 1);
}

static void
what_a_killed_program_left_is_taken_up_at_the_next_start(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "times=1 match=" ANALYSIS " head=600000 text=never");
    standin_rule(t->llama, reply);
    struct screen *s = table_start(t, 40, 120);
    say(t, "saya mau buka bisnis eco di Ubud");
    expect_answered(s, (char[]){"jawaban singkat"});
    screen_type(s, "/end\r");
    expect_asked(t->llama, 1);  /* it runs */
    screen_destroy(&t->screen); /* KILL */
    assert_int_equal(count_of(t, "pending"), 1);
    table_start(t, 40, 120);
    expect_asked(t->llama, 2);
    screen_expect(t->screen, "inferred about mario");
    assert_int_equal(count_of(t, "pending"), 0);
    assert_int_equal(count_of(t, "records"), 1);
    table_leave(t);
}

static void
a_conversation_that_was_killed_in_the_middle_is_analysed_too(void **state)
{
    struct table *t = *state;
    configure(t, "{enabled: true, idle_s: 1}");
    standin_rule(t->claude, "match=kapal head=600000 text=never");
    standin_rule(t->llama, reply);
    table_start(t, 40, 120);
    say(t, "saya mau buka bisnis eco di Ubud, bukan kapal");
    expect_count(t, "pending", 1); /* the answer still runs, so nobody has queued it */
    assert_int_equal(standin_count(t->llama), 0);
    screen_destroy(&t->screen); /* KILL */
    table_start(t, 40, 120);
    screen_expect(t->screen, "inferred about mario");
    assert_int_equal(count_of(t, "records"), 1);
    table_leave(t);
}

static void
leaving_waits_for_no_call_and_the_next_start_makes_it(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, reply);
    struct screen *s = table_start(t, 40, 120);
    say(t, "saya mau buka bisnis eco di Ubud");
    screen_expect(s, "jawaban singkat");
    table_leave(t);
    screen_destroy(&t->screen);
    assert_int_equal(standin_count(t->llama), 0);
    assert_int_equal(count_of(t, "pending"), 1);
    table_start(t, 40, 120);
    screen_expect(t->screen, "inferred about mario");
    table_leave(t);
    assert_int_equal(count_of(t, "records"), 1);
}

static void
a_message_stops_an_analysis_which_stays_queued(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "times=1 match=" ANALYSIS " head=600000 text=never");
    standin_rule(t->llama, reply);
    struct screen *s = table_start(t, 40, 120);
    say(t, "saya mau buka bisnis eco di Ubud");
    expect_answered(s, (char[]){"jawaban singkat"});
    screen_type(s, "/end\r");
    expect_asked(t->llama, 1);
    say(t, "satu lagi");
    screen_expect(s, "jawaban singkat");
    expect_asked(t->llama, 2); /* tried again, in the next quiet */
    screen_expect(s, "inferred about mario");
    table_leave(t);
    assert_int_equal(count_of(t, "records"), 1);
}

static void
who_is_taken_out_is_neither_noted_nor_told_about(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, reply);
    struct screen *s = table_start(t, 40, 120);
    say(t, "saya mau buka bisnis eco di Ubud");
    expect_answered(s, (char[]){"jawaban singkat"});
    screen_type(s, "/end\r");
    screen_expect(s, "inferred about mario");
    screen_type(s, "/memory off\r");
    screen_expect(s, "memory off");
    say(t, "halo");
    screen_expect(s, "jawaban singkat");
    assert_false(last_body_holds(t->claude, "eco business"));
    table_leave(t);
    screen_destroy(&t->screen);
    assert_int_equal(count_of(t, "pending"), 0);
    s = table_start(t, 40, 120);
    say(t, "halo");
    screen_expect(s, "jawaban singkat");
    assert_false(last_body_holds(t->claude, "eco business"));
    screen_type(s, "/memory on\r");
    screen_expect(s, "memory on");
    say(t, "halo");
    assert_true(last_body_holds(t->claude, "eco business"));
    screen_expect(s, "jawaban singkat");
    table_leave(t);
    assert_int_equal(count_of(t, "pending"), 1);
}

static void
without_memory_nobody_is_noted(void **state)
{
    struct table *t = *state;
    configure(t, "{enabled: false}");
    struct screen *s = table_start(t, 40, 120);
    say(t, "saya mau buka bisnis eco di Ubud");
    screen_expect(s, "mode jiwa: memory is off; memory.enabled: true");
    screen_expect(s, "jawaban singkat");
    screen_type(s, "/memory on\r");
    screen_expect_gone(s, "mode jiwa:");
    screen_expect(s, "memory.enabled");
    table_leave(t);
    assert_int_equal(count_of(t, "pending"), 0);
    assert_int_equal(standin_count(t->llama), 0);
}

static void
ask_queues_and_leaves_it_and_the_session_can_be_analysed(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->llama, reply);
    cli_run(&r, t->place,
            (const char *const[]){"ask", "--json", "saya mau buka bisnis eco di Ubud", NULL}, NULL);
    if (r.code != 0)
        cli_show(&r);
    assert_int_equal(r.code, 0);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    assert_non_null(doc);
    char *session = xstrdup(json_get_str(doc, "session"));
    assert_string_equal(json_get_str(doc, "mode"), "jiwa");
    assert_int_equal(json_count(json_get(doc, "answers")), 1);
    json_free(doc);
    cli_finish(&r);
    assert_int_equal(count_of(t, "pending"), 1);
    assert_int_equal(standin_count(t->llama), 0);
    cli_run(&r, t->place, (const char *const[]){"memory", "analyse", session, NULL}, NULL);
    if (r.code != 0)
        cli_show(&r);
    assert_int_equal(r.code, 0);
    cli_finish(&r);
    assert_int_equal(count_of(t, "pending"), 0);
    assert_int_equal(count_of(t, "profile.dreams"), 1);
    free(session);
}

static void
the_linear_chat_shows_it_too(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, (const char *const[]){"--linear", NULL},
            "/memory\nhalo\n/end\n/memory off\n");
    assert_int_equal(r.code, 0);
    assert_non_null(strstr(r.out.p, "Nothing is inferred about mario"));
    assert_non_null(strstr(r.out.p, "New session. The last is analysed"));
    assert_non_null(strstr(r.out.p, "memory off"));
    cli_finish(&r);
}

static void
the_demo_shows_it_without_a_key_or_a_network(void **state)
{
    struct table *t = *state;
    char *db = place_path(t->place, "data/berdua/demo.db");
    t->screen = screen_start(
        t->place,
        (const char *const[]){"--demo", "--speed", "20", "-u", "mario", "-m", "jiwa", NULL}, 40,
        120);
    struct screen *s = t->screen;
    screen_expect(s, "> ");
    screen_type(s, "kak aku malu bertanya tentang visa takut dikira bodoh\r");
    expect_answered(s, (char[]){"cocok."});
    screen_type(s, "/end\r");
    screen_expect(s, "inferred about mario");
    screen_expect(s, "Choose a message");
    screen_type(s, "Dokumen apa saja untuk perpanjang KITAS?\r");
    expect_answered(s, (char[]){"terakhir"});
    expect_count_in(t, db, "pending", 1);
    screen_type(s, "/end\r"); /* nothing is inferred of that, which is no failure either */
    expect_count_in(t, db, "pending", 0);
    free(db);
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    table_leave(t);
}

int
main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set, table_clear)
    const struct CMUnitTest tests[] = {
        T(an_ended_conversation_is_analysed_and_claude_knows_next_time),
        T(silence_ends_a_conversation_too),
        T(what_a_killed_program_left_is_taken_up_at_the_next_start),
        T(a_conversation_that_was_killed_in_the_middle_is_analysed_too),
        T(leaving_waits_for_no_call_and_the_next_start_makes_it),
        T(a_message_stops_an_analysis_which_stays_queued),
        T(who_is_taken_out_is_neither_noted_nor_told_about),
        T(without_memory_nobody_is_noted),
        T(ask_queues_and_leaves_it_and_the_session_can_be_analysed),
        T(the_linear_chat_shows_it_too),
        T(the_demo_shows_it_without_a_key_or_a_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
