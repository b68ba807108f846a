/* How a blind pair goes: both answers in one frame, keys, questions, names; restarts, kills and the lines without a screen. */
#include "unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/store/query.h"
#include "cli.h"
#include "contract.h"
#include "table.h"

#define ALT "\033"

/* The database where the test finds it; which answer is Claude's, asked of one pair in twenty, is not asked. */
static int
set(void **state)
{
    table_set(state);
    struct table *t = *state;
    place_setenv(t->place, "BERDUA_EVALUATE_ASK_IDENTITY=0");
    char *path = place_path(t->place, "b.db"),
         *setting = xasprintf("BERDUA_STORE_URL=sqlite:%s", path);
    place_setenv(t->place, setting);
    free(setting);
    free(path);
    return 0;
}

#define AT_A_KNOWN_TABLE(test) cmocka_unit_test_setup_teardown(test, set, table_clear)

static struct screen *
start(struct table *t, int rows, int cols)
{
    t->screen = screen_start(
        t->place, (const char *const[]){"chat", "--blind", "--rater", "wayan", NULL}, rows, cols);
    screen_expect(t->screen, "> ");
    return t->screen;
}

/* The only session, as it is stored; NULL: there is none. */
static struct conversation *
stored(struct table *t)
{
    struct err err = {{0}};
    struct cli_result r;
    cli_run(&r, t->place, ARGS("sessions", "list", "--json"), NULL);
    struct json *list = json_parse(r.out.p, r.out.len, NULL);
    const char *id = json_get_str(json_first(json_get(list, "sessions")), "session");
    char *path = place_path(t->place, "b.db");
    struct store *q = store_open(path, &err);
    struct conversation *c = q && id ? query_session(q, id, 0, 0, &err) : NULL;
    store_close(&q);
    free(path);
    json_free(list);
    cli_finish(&r);
    return c;
}

/* ---- one pace ---- */

/* The frame (between the marks of synchronised output) in which the text is painted first; -1: in none. */
static int
frame_of(const char *raw, size_t n, const char *text)
{
    static const char mark[] = "\033[?2026h";
    int frame = 0;
    for (size_t i = 0; i < n; i++) {
        if (n - i >= sizeof mark - 1 && memcmp(raw + i, mark, sizeof mark - 1) == 0)
            frame++;
        if (n - i >= strlen(text) && memcmp(raw + i, text, strlen(text)) == 0)
            return frame;
    }
    return -1;
}

static void
both_answers_come_in_the_same_frame_however_long_one_takes(void **state)
{
    static const char *const slow[] = {"first=150 gap=20 text=XQZWK lambat sekali.",
                                       "worker=old first=150 text=XQZWK lambat sekali.",
                                       "fault=cut after=2 first=150 text=XQZWK lambat sekali."};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(slow); i++) {
        void *own = NULL;
        table_set(&own);
        struct table *t = own;
        size_t n;
        standin_rule(t->claude, "gap=0 text=KWZQX cepat.");
        standin_rule(t->llama, slow[i]);
        place_setenv(t->place, "BERDUA_UI_SYNC_OUTPUT=on");
        struct screen *s = start(t, 30, 100);
        table_say(t, "halo");
        screen_expect(s, "both are answering");
        screen_expect(s, "both have ended");
        screen_expect(s, "cepat");
        const char *raw = screen_raw(s, &n);
        int fast_frame = frame_of(raw, n, "KWZQX"), slow_frame = frame_of(raw, n, "XQZWK");
        assert_true(fast_frame > 0);
        assert_int_equal(fast_frame, slow_frame);
        assert_int_equal(fast_frame, frame_of(raw, n, "have ended"));
        table_clear(&own);
    }
}

static void
while_they_answer_a_key_is_no_verdict_and_nothing_names_who_is_late(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Jawaban cepat.");
    standin_rule(t->llama, "fault=hang_head");
    struct screen *s = start(t, 30, 100);
    table_say(t, "halo");
    screen_expect(s, "both are answering, 1 s");
    screen_type(s, ALT "1");
    screen_expect(s, "judged when both have ended");
    assert_false(screen_shows(s, "CLAUDE"));
    assert_false(screen_shows(s, "cepat"));
    screen_type(s, "\003"); /* stopped: the names are shown, and nothing is judged */
    screen_expect(s, "CLAUDE");
    screen_expect(s, "Jawaban cepat.");
    screen_expect(s, "A is ");
    assert_false(screen_shows(s, "better")); /* no key is offered for it */
    screen_type(s, ALT "1");
    screen_expect(s, "names of this pair were shown");
    table_leave(t);
}

/* ---- keys ---- */

static void
a_letter_begins_a_message_and_i_lets_a_digit_do_so(void **state)
{
    struct table *t = *state;
    struct screen *s = start(t, 30, 100);
    table_say(t, "halo");
    screen_expect(s, "1 A better");
    screen_type(s, "kata 1");
    screen_expect(s, "> kata 1");
    screen_type(s, "\003");
    screen_expect(s, "1 A better");
    screen_type(s, "i");
    screen_type(s, "1 kilo");
    screen_expect(s, "> 1 kilo");
    screen_type(s, "\003");
    screen_type(s, "0"); /* set aside: the next digit is written */
    screen_expect(s, "set aside");
    screen_type(s, "2 kilo");
    screen_expect(s, "> 2 kilo");
    screen_type(s, "\003");
    table_leave(t);
    struct conversation *c = stored(t);
    assert_int_equal(c->turns[0]->verdict.kind, VERDICT_NONE);
    assert_true(turn_veiled(c->turns[0]));
    conversation_destroy(&c);
}

static void
two_keys_judge_a_pair_and_the_names_follow_with_their_figures(void **state)
{
    struct table *t = *state;
    struct screen *s = start(t, 30, 100);
    table_say(t, "halo");
    screen_expect(s, "1 A better");
    assert_false(screen_shows(s, "first token"));
    screen_type(s, "@");
    screen_expect(s, "B. Send as they are?");
    screen_expect(s, "saved: B better");
    assert_false(screen_shows(s, "CLAUDE"));
    screen_type(s, "c2");
    screen_expect(s, "CLAUDE");
    screen_expect(s, "first token");
    screen_expect(s, "A is ");
    screen_type(s, ALT "u");
    screen_expect(s, "withdrawn");
    screen_type(s, ALT "2"); /* its names were shown */
    screen_expect(s, "names of this pair were shown");
    table_say(t, "lagi");
    screen_expect(s, "1 A better");
    table_leave(t);
    struct conversation *c = stored(t);
    assert_int_equal(c->turns[0]->verdict.kind, VERDICT_NONE);
    assert_false(turn_veiled(c->turns[0]));
    assert_true(turn_veiled(c->turns[1]));
    conversation_destroy(&c);
}

/* ---- a kill between verdict and question ---- */

static void
a_kill_between_verdict_and_question_loses_no_verdict_and_the_question_comes_again(void **state)
{
    struct table *t = *state;
    struct screen *s = start(t, 30, 100);
    table_say(t, "halo");
    screen_expect(s, "1 A better");
    screen_type(s, "1");
    screen_expect(s, "saved: A better");
    kill(screen_pid(s), SIGKILL);
    screen_wait_exit(s);
    screen_destroy(&t->screen);
    struct conversation *c = stored(t);
    enum verdict_kind kind = c->turns[0]->verdict.kind;
    assert_int_equal(kind, c->turns[0]->left == BRAIN_CLAUDE ? VERDICT_CLAUDE : VERDICT_LLAMA);
    assert_true(turn_veiled(c->turns[0]));
    conversation_destroy(&c);
    t->screen = screen_start(t->place, (const char *const[]){"chat", "--continue", NULL}, 30, 100);
    screen_expect(t->screen, "A. Send as they are?");
    assert_false(screen_shows(t->screen, "CLAUDE"));
    screen_type(t->screen, "3");
    screen_expect(t->screen, "CLAUDE");
    table_leave(t);
    c = stored(t);
    assert_int_equal(c->turns[0]->verdict.kind, kind);
    assert_false(turn_veiled(c->turns[0]));
    conversation_destroy(&c);
}

/* ---- without a screen ---- */

static void
without_a_screen_the_pair_is_printed_at_once_and_judged_by_side(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "text=Jawaban satu.");
    standin_rule(t->llama, "status=529 message=\"LLAMA is overloaded\"");
    cli_run(&r, t->place, ARGS("--linear", "--blind"),
            "halo\n@claude halo\n/adopt claude\n/retry llama\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "Jawaban satu.\n"));
    assert_true(holds(&r.out, "(no answer)\n"));
    assert_true(holds(&r.out, "Which is better? /left /right /tie /bad"));
    const char *const names[] = {"CLAUDE", "LLAMA", "Claude", "first token", "overloaded"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (holds(&r.out, names[i]) || holds(&r.err, names[i]))
            cli_show(&r);
        assert_false(holds(&r.out, names[i]));
        assert_false(holds(&r.err, names[i]));
    }
    cli_finish(&r);
    standin_clear_rules(t->llama);
    cli_run(&r, t->place, ARGS("--linear", "--blind", "--continue"),
            "halo lagi\n/right\n2\nhalo terus\n/tie\nyang berikut\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.out, " better, turn ")); /* "saved: …", by then with its name */
    assert_true(holds(&r.out, "B. Send as they are?"));
    assert_true(holds(&r.out, "Tie. Send as they are?"));
    assert_true(holds(&r.out, "Claude, first token")); /* afterwards */
    cli_finish(&r);
    struct conversation *c = stored(t);
    assert_int_equal(c->count, 4); /* "2" is an answer, "yang berikut" a message */
    assert_string_equal(c->turns[3]->message, "yang berikut");
    assert_int_equal(c->turns[2]->verdict.kind, VERDICT_TIE);
    assert_false(turn_veiled(c->turns[1]));
    assert_false(turn_veiled(c->turns[2]));
    conversation_destroy(&c);
}

static void
blind_with_a_mode_that_shows_one_answer_is_refused(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--blind", "-m", "route"), "halo\n");
    expect_exit(&r, 2);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--linear", "-m", "shadow"),
            "/blind\n/mode parallel\n/blind\n/mode route\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.err, "/mode parallel first"));
    assert_true(holds(&r.err, "/blind off first"));
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_answers_come_in_the_same_frame_however_long_one_takes),
        AT_A_KNOWN_TABLE(while_they_answer_a_key_is_no_verdict_and_nothing_names_who_is_late),
        AT_A_KNOWN_TABLE(a_letter_begins_a_message_and_i_lets_a_digit_do_so),
        AT_A_KNOWN_TABLE(two_keys_judge_a_pair_and_the_names_follow_with_their_figures),
        AT_A_KNOWN_TABLE(
            a_kill_between_verdict_and_question_loses_no_verdict_and_the_question_comes_again),
        AT_A_KNOWN_TABLE(without_a_screen_the_pair_is_printed_at_once_and_judged_by_side),
        AT_A_KNOWN_TABLE(blind_with_a_mode_that_shows_one_answer_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
