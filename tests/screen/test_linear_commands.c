/* Text mode can what the screen can: every command does something in lines, or says what to do instead; and it speaks before
 * and after, never behind the prompt. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "berdua/base/mem.h"
#include "cmd/chat/linear_private.h"
#include "contract.h"
#include "table.h"

#define MARK_OUT "each brain sees its own answers"
#define MARK_ERR "no command /zzz"

/* In an order in which there is something to act on for as long as possible. */
static size_t
order(enum action out[ACT_COUNT])
{
    static const enum action late[] = {ACT_NEW_SESSION, ACT_END, ACT_QUIT, ACT_QUIT_IF_EMPTY};
    size_t n = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
            bool is_late = false;
            for (size_t i = 0; i < ARRAY_LEN(late); i++)
                is_late = is_late || late[i] == (enum action)a;
            if (is_late == (pass == 1) && a != ACT_QUIT && a != ACT_QUIT_IF_EMPTY)
                out[n++] = (enum action)a;
        }
    return n;
}

static void
add_command(struct buf *in, enum action a)
{
    const struct action_info *info = action_info(a);
    char word[32] = "";
    if (info->argument && info->argument[0] != '[') {
        snprintf(word, sizeof word, "%s", info->argument);
        word[strcspn(word, "| ")] = 0;
        if (strcmp(word, "TEXT") == 0)
            snprintf(word, sizeof word, "halo");
    }
    buf_printf(in, "/%s%s%s\n/history own\n/zzz\n", info->command, *word ? " " : "", word);
}

/* The text up to the next mark, and behind the mark's line. */
static size_t
up_to(const char **text, const char *mark)
{
    const char *at = strstr(*text, mark);
    assert_non_null(at);
    while (at > *text && at[-1] != '\n')
        at--; /* "berdua: " before the mark */
    size_t n = (size_t)(at - *text);
    *text = at + strcspn(at, "\n");
    *text += **text == '\n';
    return n;
}

static void
every_command_has_its_line_form_or_says_what_to_do_instead(void **state)
{
    struct table *t = *state;
    enum action all[ACT_COUNT];
    size_t n = order(all);
    struct buf in;
    struct cli_result r;
    buf_init(&in, 1 << 16);
    buf_append_str(&in, "halo\n/history own\n/zzz\n");
    for (size_t i = 0; i < n; i++)
        add_command(&in, all[i]);
    cli_run(&r, t->place, ARGS("--linear", "-u", "mario"), in.p);
    expect_exit(&r, 0);
    const char *out = r.out.p, *err = r.err.p;
    up_to(&out, MARK_OUT);
    up_to(&err, MARK_ERR);
    for (size_t i = 0; i < n; i++) {
        const char *said = err, *command = action_info(all[i])->command;
        size_t out_len = up_to(&out, MARK_OUT), err_len = up_to(&err, MARK_ERR);
        const char *instead = linear_instead(all[i]);
        char *told = xstrndup(said, err_len);
        if (out_len + err_len == 0)
            fail_msg("/%s says nothing", command);
        if (instead && !strstr(told, instead))
            fail_msg("/%s does not say what to do instead: %s", command, told);
        if (strstr(told, "needs the screen") || strstr(told, "no command"))
            fail_msg("/%s has no line form: %s", command, told);
        free(told);
    }
    cli_finish(&r);
    buf_finish(&in);
    static const char *const ends[] = {"/quit\nhalo\n", "/bye\nhalo\n"};
    size_t asked = standin_count(t->claude);
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        cli_run(&r, t->place, ARGS("--linear"), ends[i]);
        expect_exit(&r, 0);
        cli_finish(&r);
    }
    assert_int_equal(standin_count(t->claude), asked);
}

static bool
is_prompted(struct screen *s, void *arg)
{
    int row, col;
    bool visible;
    (void)arg;
    screen_cursor(s, &row, &col, &visible);
    return strcmp(screen_row(s, row), "you>") == 0;
}

static void
an_outline_is_a_line_for_each_question_and_modes_are_listed(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "text=Ciao! Come posso aiutarti oggi?");
    standin_rule(t->llama, "text=Ciao, benvenuto!");
    cli_run(&r, t->place, ARGS("--linear"),
            "/outline\nhalo\n/llama\napa kabar\n/bad\n/outline\n/turn 1\n/mode\n");
    expect_exit(&r, 0);
    assert_non_null(strstr(r.err.p, "there is no turn yet"));
    assert_non_null(
        strstr(r.out.p, "turn 1: halo  (LLAMA better)\nturn 2: apa kabar  (both bad)\n"));
    assert_non_null(strstr(r.out.p, "verdict: LLAMA better\n"));
    assert_non_null(strstr(r.out.p, "parallel (now): both "));
    assert_non_null(strstr(r.out.p, "\nshadow: "));
    cli_finish(&r);
}

/* The transcript as a person has it, without what they typed. */
static void
it_speaks_before_and_after_and_never_behind_the_prompt(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Ciao! Come posso aiutarti oggi?");
    standin_rule(t->llama, "first=50 text=Ciao, benvenuto!");
    place_setenv(t->place, "TERM=dumb");
    t->screen = screen_start(t->place, ARGS("-u", "mario"), 30, 100);
    struct screen *s = t->screen;
    screen_expect(s, "berdua, text mode. /help lists the commands. User mario, mode parallel.");
    screen_expect(s, "you> ");
    screen_type(s, "Ciao!\n");
    screen_expect(s, "Which is better? /claude /llama /tie /bad");
    screen_expect_that(s, is_prompted, NULL, "the last line is the prompt");
    screen_type(s, "/llama\n");
    screen_expect(s, "saved: LLAMA better, turn 1");
    screen_expect_that(s, is_prompted, NULL, "the last line is the prompt");
    screen_type(s, "/undo\n");
    screen_expect(s, "saved: verdict withdrawn, turn 1");
    screen_type(s, "\004");
    assert_int_equal(WEXITSTATUS(screen_wait_exit(s)), 0);
    size_t n, at = 0;
    const char *raw = screen_raw(s, &n);
    static const char *const in_order[] = {
        "you> Ciao!\r\n",
        "(both are answering…)\r\n",
        "Claude, first token ",
        " ms, total ",
        "Ciao! Come posso aiutarti oggi?\r\n",
        "LLAMA, first token ",
        "Ciao, benvenuto!\r\n",
        "Which is better? /claude /llama /tie /bad\r\n",
        "you> /llama\r\n",
        "saved: LLAMA better, turn 1\r\n",
        "you> /undo\r\n",
        "saved: verdict withdrawn, turn 1\r\n",
        "you> ",
    };
    for (size_t i = 0; i < ARRAY_LEN(in_order); i++) {
        const char *found = strstr(raw + at, in_order[i]);
        if (!found)
            fail_msg("not said in its place: %s\n%s", in_order[i], raw);
        at = (size_t)(found - raw) + strlen(in_order[i]);
    }
    assert_false(screen_raw_holds(s, "\033", 1));
}

static void
turns_matches_and_a_shadow_are_printed(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    standin_rule(t->claude, "match=visa text=Visa itu mudah.");
    standin_rule(t->llama, "match=visa text=Jangan khawatir soal visa.");
    cli_run(&r, t->place, ARGS("--linear"),
            "soal visa\n/search VISA\n/next\n/next\n/next\n/top\n/forward\n/back\n/search nihil\n"
            "/mode shadow\nvisa lagi\n/reveal\n/panel\n");
    expect_exit(&r, 0);
    static const char *const said[] = {
        "match 1 of 3, turn 1, LLAMA: Jangan khawatir soal visa.",
        "match 2 of 3, turn 1, Claude: Visa itu mudah.",
        "match 3 of 3, turn 1, message: soal visa",
        "turn 1 of 1: soal visa",
        "session: LLAMA better 0, Claude better 0, tie 0",
    };
    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        if (!holds(&r.out, said[i]))
            fail_msg("not said: %s\n%s", said[i], r.out.p);
    assert_true(holds(&r.err, "there is no turn behind this one"));
    assert_true(holds(&r.err, "not found: nihil"));
    /* the shadow's answer comes once, when it is revealed */
    const char *shadow = strstr(strstr(r.out.p, "mode shadow: "), "Jangan khawatir");
    assert_non_null(shadow);
    assert_null(strstr(shadow + 1, "Jangan khawatir"));
    cli_finish(&r);
}

static void
names_are_refused_while_a_pair_is_blind(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 "evaluate: {ask_acceptable: 0, ask_identity: 0}\n");
    cli_run(&r, t->place, ARGS("--linear", "--blind"), "halo\n/llama\n/panel\n/why\n/left\n");
    expect_exit(&r, 0);
    assert_true(
        holds(&r.err, "The names are hidden until you choose: /left, /right, /tie or /bad"));
    assert_true(holds(&r.err, "hidden while a pair waits for your verdict"));
    assert_true(holds(&r.out, "saved: "));
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(an_outline_is_a_line_for_each_question_and_modes_are_listed),
        AT_A_TABLE(every_command_has_its_line_form_or_says_what_to_do_instead),
        AT_A_TABLE(it_speaks_before_and_after_and_never_behind_the_prompt),
        AT_A_TABLE(turns_matches_and_a_shadow_are_printed),
        AT_A_TABLE(names_are_refused_while_a_pair_is_blind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
