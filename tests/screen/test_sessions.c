/* What is stored can be found again: `sessions`, --continue, --session. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

static struct json *
json_of(struct place *place, const char *const *args)
{
    struct cli_result r;
    cli_run(&r, place, args, NULL);
    expect_exit(&r, 0);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    assert_non_null(doc);
    cli_finish(&r);
    return doc;
}

/* The id of the newest session; the caller frees. */
static char *
newest(struct place *place)
{
    struct json *list = json_of(place, ARGS("sessions", "list", "--json"));
    const struct json *first = json_first(json_get(list, "sessions"));
    assert_non_null(first);
    char *id = xstrdup(report_str(first, "session"));
    json_free(list);
    return id;
}

static void
say(struct table *t, const char *const *args, const char *input)
{
    struct cli_result r;
    cli_run(&r, t->place, args, input);
    expect_exit(&r, 0);
    cli_finish(&r);
}

static void
sessions_are_listed_newest_first_with_their_counts(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    say(t, ARGS("--linear", "-u", "sari"), "satu\n/left\ndua\n/tie\n/undo\n");
    say(t, ARGS("ask", "-u", "budi", "tiga"), NULL);
    struct json *list = json_of(t->place, ARGS("sessions", "list", "--json"));
    const struct json *s = json_first(json_get(list, "sessions"));
    assert_string_equal(report_str(s, "user"), "budi");
    assert_string_equal(report_str(s, "first_message"), "tiga");
    assert_true(num(s, "turns") == 1 && num(s, "verdicts") == 0);
    s = json_next(s);
    assert_string_equal(report_str(s, "user"), "sari");
    assert_string_equal(report_str(s, "first_message"), "satu");
    assert_true(num(s, "turns") == 2 && num(s, "verdicts") == 1);
    assert_true(num(s, "last") >= num(s, "started") && num(s, "started") > 1e9);
    assert_null(json_next(s));
    cli_run(&r, t->place, ARGS("sessions", "list"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, report_str(s, "session")));
    assert_true(holds(&r.out, "sari") && holds(&r.out, "tiga"));
    cli_finish(&r);
    json_free(list);
}

static void
a_session_is_shown_as_ask_gave_it(void **state)
{
    struct table *t = *state;
    struct report asked;
    standin_rule(t->llama, "fault=cut after=2 text=ya kak ☺ tidak");
    report_ask(&asked, t->place, NULL, "soal \"visa\"\nbaris dua");
    expect_exit(&asked.run, 4);
    struct json *doc =
        json_of(t->place, ARGS("sessions", "show", report_str(asked.root, "session"), "--json"));
    const struct json *turn = json_first(json_get(doc, "turns"));
    expect_contract(turn);
    struct buf a, b;
    buf_init(&a, 1 << 20);
    buf_init(&b, 1 << 20);
    json_print(asked.root, &a);
    struct json *kept = json_dup(turn);
    json_add_bool(kept, "stored",
                  true); /* which goes without saying for what comes from the store */
    json_print(kept, &b);
    json_free(kept);
    assert_string_equal(a.p, b.p); /* nothing was lost on the way through the store */
    buf_finish(&a);
    buf_finish(&b);
    json_free(doc);
    report_finish(&asked);
}

static void
a_unique_beginning_of_an_id_is_enough(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    say(t, ARGS("ask", "satu"), NULL);
    char *id = newest(t->place);
    char prefix[32] = "";
    memcpy(prefix, id, 20);
    cli_run(&r, t->place, ARGS("sessions", "show", prefix), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, id) && holds(&r.out, "> satu"));
    cli_finish(&r);
    static const char *const wrong[] = {"01ZZZZZZ", "zzzz", "0", "'; DROP TABLE session; --", "%"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        cli_run(&r, t->place, ARGS("sessions", "show", wrong[i]), NULL);
        expect_exit(&r, 1);
        assert_string_equal(r.out.p, "");
        assert_int_equal(strncmp(r.err.p, "berdua: ", 8), 0);
        cli_finish(&r);
        cli_run(&r, t->place, ARGS("--linear", "--session", wrong[i]), "halo\n");
        expect_exit(&r, 1);
        assert_string_equal(r.out.p, "");
        cli_finish(&r);
    }
    /* Another one at almost the same time begins alike. */
    say(t, ARGS("ask", "dua"), NULL);
    prefix[4] = '\0';
    cli_run(&r, t->place, ARGS("sessions", "show", prefix), NULL);
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "more than one"));
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 2);
    free(id);
}

static void
a_session_goes_on_where_it_ended(void **state)
{
    struct table *t = *state;
    say(t, ARGS("--linear", "-u", "sari"), "pertama\n/left\n");
    char *first = newest(t->place);
    say(t, ARGS("ask", "-u", "budi", "orang seberang"), NULL);
    /* The newest of this user, not the newest. */
    say(t, ARGS("--linear", "-u", "sari", "--continue"), "kedua\n");
    struct standin_request *q = standin_request(t->claude, standin_count(t->claude) - 1);
    assert_non_null(strstr(q->body, "pertama"));
    assert_null(strstr(q->body, "seberang"));
    standin_request_free(&q);
    say(t, ARGS("--linear", "--session", first), "ketiga\n/right\n");
    struct json *doc = json_of(t->place, ARGS("sessions", "show", first, "--json"));
    static const char *const messages[] = {"pertama", "kedua", "ketiga"};
    static const char *const verdicts[] = {"claude", "", "llama"};
    const struct json *turn = json_first(json_get(doc, "turns"));
    for (size_t i = 0; i < 3; i++, turn = json_next(turn)) {
        assert_string_equal(report_str(turn, "message"), messages[i]);
        assert_string_equal(report_str(turn, "verdict"), verdicts[i]);
        assert_true(num(turn, "turn") == (double)i + 1);
    }
    assert_null(turn);
    json_free(doc);
    free(first);
    /* With nothing to go on with, a new one begins. */
    say(t, ARGS("--linear", "-u", "tono", "--continue"), "baru\n");
    first = newest(t->place);
    doc = json_of(t->place, ARGS("sessions", "show", first, "--json"));
    assert_string_equal(report_str(doc, "user"), "tono");
    assert_int_equal(json_count(json_get(doc, "turns")), 1);
    json_free(doc);
    free(first);
}

static void
the_screen_opens_with_what_was_said(void **state)
{
    struct table *t = *state;
    int status;
    say(t, ARGS("--linear"), "pertama\n/left\n");
    t->screen = screen_start(t->place, ARGS("--continue"), 30, 120);
    screen_expect(t->screen, "pertama");
    screen_expect(t->screen, "Halo, ini jawaban singkat.");
    table_say(t, "kedua");
    screen_expect(t->screen, "kedua");
    struct standin_request *q = standin_request(t->claude, 1);
    assert_non_null(strstr(q->body, "pertama"));
    standin_request_free(&q);
    screen_type(t->screen, "\004");
    screen_assert_sane_after_exit(t->screen, &status);
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void
hostile_text_is_harmless_on_a_terminal_and_whole_in_a_pipe(void **state)
{
    struct table *t = *state;
    static const char evil[] = "\033]52;c;aGFsbw==\a\033[2J\xc2\x9b"
                               "31m\xe2\x80\xae rusak";
    struct cli_result r;
    char *note = xasprintf("pesan %s\n/note %s\n", evil, evil);
    standin_rule(t->claude,
                 "text=jawab\\x1b]0;judul\\x07\\x1b[2J\\x1bPq\\x1b\\\\\\u202e\\u009b1m akhir");
    standin_rule(t->llama, "status=500 message=\"\\x1b]0;galat\\x07\\x1b[2J\\u202e\"");
    cli_run(&r, t->place, ARGS("--linear"), note);
    expect_exit(&r, 0);
    cli_finish(&r);
    free(note);
    char *id = newest(t->place);
    const char *const cases[][4] = {{"sessions", "list"}, {"sessions", "show", id}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        t->screen = screen_start(t->place, cases[i], 30, 120);
        assert_int_equal(WEXITSTATUS(screen_wait_exit(t->screen)), 0);
        assert_true(screen_shows(t->screen, "rusak"));
        screen_assert_clean_output(t->screen);
        assert_false(screen_raw_holds(t->screen, "\033", 1));
        screen_destroy(&t->screen);
    }
    cli_run(&r, t->place, ARGS("sessions", "show", id), NULL);
    assert_true(holds(&r.out, "jawab\033]0;judul\a\033[2J\033Pq\033\\\xe2\x80\xae\xc2\x9b"
                              "1m akhir"));
    cli_finish(&r);
    struct json *doc = json_of(t->place, ARGS("sessions", "show", id, "--json"));
    char *message = xasprintf("pesan %s", evil);
    assert_string_equal(report_str(json_first(json_get(doc, "turns")), "message"), message);
    free(message);
    json_free(doc);
    free(id);
}

static void
looking_makes_no_database_and_changes_none(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char *db = place_path(t->place, "data/berdua/berdua.db");
    cli_run(&r, t->place, ARGS("sessions", "list", "--json"), NULL);
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, "{\"sessions\":[]}\n");
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("sessions", "show", "01ABCDEF"), NULL);
    expect_exit(&r, 1);
    cli_finish(&r);
    assert_int_not_equal(access(db, F_OK), 0);
    free(db);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(sessions_are_listed_newest_first_with_their_counts),
        AT_A_TABLE(a_session_is_shown_as_ask_gave_it),
        AT_A_TABLE(a_unique_beginning_of_an_id_is_enough),
        AT_A_TABLE(a_session_goes_on_where_it_ended),
        AT_A_TABLE(the_screen_opens_with_what_was_said),
        AT_A_TABLE(hostile_text_is_harmless_on_a_terminal_and_whole_in_a_pipe),
        AT_A_TABLE(looking_makes_no_database_and_changes_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
