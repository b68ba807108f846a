/* Pages over the conversation, and what the screen says of modes and shadows, in the real program. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "table.h"

#define ALT "\033"

static struct screen *
start_in_mode(struct table *t, const char *mode, int rows, int cols)
{
    t->screen = screen_start(t->place, (const char *const[]){"chat", "-m", mode, NULL}, rows, cols);
    screen_expect(t->screen, "> ");
    screen_expect(t->screen, mode);
    return t->screen;
}

static void
say_alone(struct table *t, const char *message)
{
    screen_type(t->screen, message);
    screen_type(t->screen, "\r");
}

static bool
wrote(struct screen *s, void *bytes)
{
    return screen_raw_holds(s, bytes, strlen(bytes));
}

static void
a_terminal_that_says_it_is_light_gets_the_theme_for_light_ones(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 24, 80);
    screen_expect_that(s, wrote, "\033]11;?\033\\", "the question for the background");
    screen_expect_that(s, wrote, "38;5;179m", "the title in dusk");
    assert_false(wrote(s, "38;5;94m"));
    screen_type(s, "\033]11;rgb:fdfd/f6f6/e3e3\033\\");
    screen_expect_that(s, wrote, "38;5;94m", "the title in dawn");
    screen_type(s, "/theme high-contrast\r");
    screen_expect(s, "theme high-contrast");
    /* the operator's choice stands, whatever the terminal says later */
    screen_type(s, "\033]11;rgb:ffff/ffff/ffff\033\\x");
    screen_expect(s, "> x");
    screen_expect_that(s, wrote, "48;5;16m", "black paint");
    screen_type(s, "\003");
    screen_expect_gone(s, "> x");
    table_leave(t);
    screen_assert_clean_output(s);
}

static void
the_knowledge_page_looks_the_last_message_up(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Baik.");
    standin_rule(t->llama, "text=Baik juga.");
    struct screen *s = table_start(t, 24, 80);
    table_say(t, "aku malu bertanya, takut dikira bodoh");
    screen_expect(s, "Baik juga.");
    screen_type(s, "/knowledge\r");
    screen_expect(s, "built-in look-up");
    screen_expect(s, "asked     aku malu bertanya");
    screen_expect(s, "0.");
    screen_type(s, "q");
    screen_expect(s, "Baik juga.");
    screen_type(s, "/knowledge gotong royong\r");
    screen_expect(s, "asked     gotong royong");
    screen_expect(s, "built-in look-up");
    screen_type(s, "q");
    table_leave(t);
    screen_assert_clean_output(s);
}

static void
the_route_page_tells_rule_bucket_and_breakers_without_asking_anyone(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 40, 120);
    screen_type(s, "/route halo kak, selamat pagi\r");
    screen_expect(s, "message   halo kak");
    screen_expect(s, "rule      greeting");
    screen_expect(s, "bucket    66.17 %: outside the share");
    screen_expect(s, "healthy");
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    screen_type(s, "q");
    screen_expect_gone(s, "healthy");
    table_leave(t);
}

static void
a_context_is_told_on_the_screen_from_its_wait_to_its_late_arrival(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Tidak apa-apa.");
    standin_rule(t->llama, "head=600 gap=1 text=Pelanggan merasa malu; sambut dengan hangat dulu.");
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 "context: {grace_ms: 300}\n");
    t->screen = screen_start(
        t->place, (const char *const[]){"chat", "-m", "context", "-u", "mario", NULL}, 40, 120);
    screen_expect(t->screen, "> ");
    say_alone(t, "aku malu sekali bertanya, takut dikira bodoh");
    screen_expect(t->screen, "awaits context");
    screen_expect(t->screen, "of 300 ms");
    screen_expect(t->screen, "Tidak apa-apa.");
    screen_expect(t->screen, "baseline, 3");
    screen_expect(t->screen, "late after");
    screen_type(t->screen, "/context\r");
    screen_expect(t->screen, "baseline: entries of the knowledge base");
    screen_expect(t->screen, "not ready within 300 ms");
    screen_expect(t->screen, "sambut dengan hangat dulu.");
    screen_type(t->screen, "q");
    screen_expect(t->screen, "Tidak apa-apa.");
    table_leave(t);
    screen_assert_clean_output(t->screen);
}

static void
the_memory_page_says_what_is_remembered_of_whom(void **state)
{
    struct table *t = *state;
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 "memory: {enabled: true}\n");
    t->screen = screen_start(t->place, (const char *const[]){"chat", "-u", "mario", NULL}, 24, 80);
    screen_expect(t->screen, "> ");
    screen_type(t->screen, "/memory\r");
    screen_expect(t->screen, "user      mario");
    screen_expect(t->screen, "Nothing is inferred about mario yet.");
    screen_type(t->screen, "q");
    table_leave(t);
}

static void
a_session_is_found_by_what_was_said_in_it_and_gone_on_with(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 24, 80);
    screen_type(s, "/sessions\r");
    screen_expect(s, "anonymous has no sessions yet.");
    screen_type(s, "q");
    standin_rule(t->llama, "text=Baik sekali.");
    table_say(t, "bagaimana cara membuka PT PMA");
    screen_expect(s, "Baik sekali.");
    table_expect_done(s);
    screen_type(s, ALT "3");
    screen_expect(s, "saved"); /* so the session is on the disk */
    screen_type(s, "/sessions\r");
    screen_expect(s, "1 turn, 1 verdict");
    assert_true(screen_shows(s, "bagaimana cara membuka PT PMA"));
    screen_expect(s, "session   01"); /* the preview */
    screen_expect(s, ">         bagaimana cara membuka PT PMA");
    screen_type(s, "\033");
    screen_expect_gone(s, "1 turn, 1 verdict");
    /* another one, then back to it by a word that was said in it */
    screen_type(s, "/new\r");
    screen_expect(s, "New session.");
    standin_clear_rules(t->llama);
    table_say(t, "kapan hari raya nyepi");
    table_expect_done(s);
    screen_type(s, "/sessions\r");
    screen_expect(s, "What was said last");
    screen_type(s, "sekali");
    screen_expect(s, "/ sekali");
    screen_type(s, "x");
    screen_expect(s, "No session of anonymous holds that.");
    screen_type(s, "\177");
    screen_expect(s, "bagaimana cara membuka PT PMA");
    screen_type(s, "\r");
    screen_expect(s, "going on with this session");
    screen_expect(s, "bagaimana cara membuka PT PMA");
    assert_false(screen_shows(s, "nyepi"));
    screen_type(s, "/sessions pt pma\r");
    screen_expect(s, "1 turn, 1 verdict");
    screen_type(s, "\r");
    screen_expect(s, "this is that session");
    table_leave(t);
    screen_assert_clean_output(s);
}

static void
the_rollout_page_tells_stage_evidence_and_what_blocks_the_next_step(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 100, 120);
    screen_type(s, "/rollout\r");
    screen_expect(s, "Rollout of LLAMA");
    screen_expect(s, "healthy");
    screen_expect(s, "○○○○ 0 %");
    screen_expect(s, "nothing compared");
    screen_expect(s, "hold: 0 of 50 verdicts");
    screen_expect(s, "no users are compared");
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    screen_type(s, "q");
    screen_expect_gone(s, "Rollout of LLAMA");
    table_leave(t);
    screen_assert_clean_output(s);
}

static void
the_log_page_shows_the_newest_lines_harmless(void **state)
{
    struct table *t = *state;
    place_write(t->place, "state/berdua/log",
                "2026-01-31T12:59:58.123Z warning an older line\n"
                "2026-01-31T20:59:59.123Z info a line \033[2J\033]0;evil\a of today\nno stamp\n");
    place_setenv(t->place, "TZ=WITA-8");
    struct screen *s = table_start(t, 24, 100);
    screen_type(s, "/log\r");
    screen_expect(s, "newest first");
    screen_expect(s, "an older line");
    screen_expect(s, "no stamp");
    screen_expect(s, "20:59:58  2026-01-31");
    screen_expect(s, "04:59:59  2026-02-01");
    screen_type(s, "q");
    screen_expect_gone(s, "newest first");
    table_leave(t);
    screen_assert_clean_output(s);
}

static void
an_export_says_where_it_went_and_completes_formats_and_files(void **state)
{
    struct table *t = *state;
    place_write(t->place, "ekspor/dulu", "");
    char *file = place_path(t->place, "ekspor/rapi.jsonl"), *typed = place_path(t->place, "ek\t");
    struct screen *s = table_start(t, 24, 100);
    table_say(t, "halo");
    table_expect_done(s);
    screen_type(s, ALT "2");
    screen_expect(s, "saved");
    screen_type(s, "/export\r");
    screen_expect(s, "llamafactory-kto");
    screen_type(s, "q/export nat\t ");
    screen_type(s, typed);
    screen_type(s, "rapi.jsonl\r");
    screen_expect(s, "written to");
    screen_expect(s, "rapi.jsonl");
    screen_expect(s, "rows        1");
    struct stat st;
    assert_int_equal(stat(file, &st), 0);
    assert_true(st.st_size > 100);
    screen_type(s, "q/export trl /no/such/place\r");
    screen_expect(s, "cannot be written");
    screen_type(s, "q");
    screen_expect_gone(s, "cannot be written");
    table_leave(t);
    free(file);
    free(typed);
}

static void
a_page_that_is_still_looked_up_does_not_keep_the_program_from_ending(void **state)
{
    struct table *t = *state;
    table_start(t, 24, 80);
    screen_type(t->screen, "/knowledge visa\r");
    screen_expect(t->screen, " Knowledge");
    screen_type(t->screen, "q\003\003\004");
    screen_assert_exit(t->screen, 0);
}

static void
a_shadow_is_announced_and_judged_only_after_it_was_shown(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Yang tampak.");
    standin_rule(t->llama, "text=Yang tersembunyi.");
    struct screen *s = start_in_mode(t, "shadow", 40, 120);
    table_say(t, "halo");
    screen_expect(s, "shadow is in; Alt-s shows it");
    screen_expect(s, "Alt-s shadow");
    assert_false(screen_shows(s, "Yang tersembunyi."));
    assert_false(screen_shows(s, "LLAMA better"));
    screen_type(s, ALT "s");
    screen_expect(s, "Yang tersembunyi.");
    screen_expect(s, "shadow, shown");
    screen_expect(s, "LLAMA better");
}

static void
a_route_is_told_on_eighty_columns_and_offers_no_comparison(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Sendiri saja.");
    struct screen *s = start_in_mode(t, "route", 24, 80);
    say_alone(t, "halo kak");
    screen_expect(s, "Sendiri saja.");
    screen_expect(s, "greeting · at 0 %: CLAUDE");
    screen_expect(s, "at 0 %: CLAUDE");
    screen_expect(s, "A-r retry");
    assert_false(screen_shows(s, "better"));
}

static void
where_both_failed_the_keys_offer_to_ask_again(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "status=401");
    standin_rule(t->llama, "status=401");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    screen_expect(s, "Alt-r retry");
    assert_false(screen_shows(s, "Alt-1"));
}

static void
changing_the_mode_says_what_it_does_and_the_title_names_it(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 24, 100);
    screen_type(s, ALT "m");
    screen_expect(s, "mode shadow: one is shown");
    assert_non_null(strstr(screen_row(s, 0), "shadow"));
    screen_type(s, "/mode route\r");
    screen_expect(s, "mode route: the rule");
    assert_non_null(strstr(screen_row(s, 0), "route"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_terminal_that_says_it_is_light_gets_the_theme_for_light_ones),
        AT_A_TABLE(the_knowledge_page_looks_the_last_message_up),
        AT_A_TABLE(the_route_page_tells_rule_bucket_and_breakers_without_asking_anyone),
        AT_A_TABLE(a_context_is_told_on_the_screen_from_its_wait_to_its_late_arrival),
        AT_A_TABLE(the_memory_page_says_what_is_remembered_of_whom),
        AT_A_TABLE(a_session_is_found_by_what_was_said_in_it_and_gone_on_with),
        AT_A_TABLE(the_rollout_page_tells_stage_evidence_and_what_blocks_the_next_step),
        AT_A_TABLE(an_export_says_where_it_went_and_completes_formats_and_files),
        AT_A_TABLE(the_log_page_shows_the_newest_lines_harmless),
        AT_A_TABLE(a_page_that_is_still_looked_up_does_not_keep_the_program_from_ending),
        AT_A_TABLE(a_shadow_is_announced_and_judged_only_after_it_was_shown),
        AT_A_TABLE(a_route_is_told_on_eighty_columns_and_offers_no_comparison),
        AT_A_TABLE(where_both_failed_the_keys_offer_to_ask_again),
        AT_A_TABLE(changing_the_mode_says_what_it_does_and_the_title_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
