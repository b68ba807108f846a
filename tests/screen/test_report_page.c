/* The report and the rollout as pictures over the conversation, and as lines in text mode. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "cli.h"
#include "contract.h"
#include "table.h"
#include "unit/store/past.h"

enum { VERDICTS = 40 };

/* Emotional messages, on which LLAMA wins, and a stage that a hand set before. */
static void
fill(struct table *t)
{
    struct buf in;
    struct cli_result r;
    buf_init(&in, 1 << 20);
    for (int i = 0; i < VERDICTS; i++)
        buf_printf(
            &in,
            "{\"id\":\"v%d\",\"ts\":%d,\"session\":\"s\",\"turn\":%d,\"rater\":\"wayan\","
            "\"message\":\"Kak\",\"category\":\"emotional\",\"language\":\"id\",\"left\":"
            "\"llama\",\"winner\":\"%s\",\"answers\":{\"claude\":{\"text\":\"a\",\"ttft_ms\":"
            "301},\"llama\":{\"text\":\"b\",\"ttft_ms\":1602}}}\n",
            i, 1700000000 + i, i + 1, i % 8 ? "llama" : "claude");
    place_write(t->place, "verdicts.jsonl", in.p);
    char *file = place_path(t->place, "verdicts.jsonl");
    cli_run(&r, t->place, ARGS("sessions", "merge", file), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("route", "set", "emotional", "10"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    buf_finish(&in);
    free(file);
}

/* Down the page until the text is in sight. */
static void
scroll_to(struct screen *s, const char *text)
{
    for (int i = 0; i < 200 && !screen_shows(s, text); i++) {
        screen_type(s, "j");
        screen_settle(s, 20);
    }
    screen_expect(s, text);
}

static void
the_report_page_draws_what_the_verdicts_say_at_every_size(void **state)
{
    static const int sizes[][2] = {{48, 160}, {30, 100}, {24, 80}, {10, 40}};
    struct table *t = *state;
    fill(t);
    struct screen *s = table_start(t, sizes[0][0], sizes[0][1]);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        screen_resize(s, sizes[i][0], sizes[i][1]);
        screen_type(s, i == 0 ? "\033" : "/report\r");
        if (i == 0) {
            screen_expect(s, "i write");
            screen_type(s, "v");
        }
        screen_expect(s, "What the verdicts say");
        screen_expect(s, "Of everything stored: 40");
        screen_type(s, "5");
        screen_expect(s, "5 Can the verdicts");
        screen_type(s, "9"); /* there is none of that number */
        screen_expect(s, "5 Can the verdicts");
        screen_type(s, "1");
        screen_expect(s, "1 Who is better at what");
        scroll_to(s, "LLAMA leads");
        scroll_to(s, "■");
        scroll_to(s, "┃"); /* the gate */
        scroll_to(s, "1.60 s");
        screen_type(s, "q");
        screen_expect_gone(s, "What the verdicts say");
        if (i == 0)
            screen_type(s, "i");
    }
    screen_assert_clean_output(s);
}

static void
the_report_page_without_verdicts_says_what_to_do(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 24, 80);
    screen_type(s, "/report\r");
    screen_expect(s, "No verdicts yet: mark the better answer");
    screen_type(s, "q/rollout\r");
    screen_expect(s, "Rollout of LLAMA");
    scroll_to(s, "No step was taken yet.");
    screen_type(s, "q/report soon\r");
    screen_expect(s, "/report takes a time");
    screen_type(s, "q");
    table_leave(t);
}

static void
the_rollout_page_draws_gates_guardrails_and_the_history(void **state)
{
    struct table *t = *state;
    fill(t);
    struct screen *s = table_start(t, 48, 160);
    screen_type(s, "/rollout\r");
    screen_expect(s, "●○○○ 10 %");
    screen_expect(s, "┃");
    screen_expect(s, "hold: 0 of 50 verdicts, 0 of 48 hours");
    scroll_to(s, "nobody's message was routed since the stage began");
    scroll_to(s, "emotional 0 → 10 %, by hand");
    screen_type(s, "q");
    screen_expect_gone(s, "Rollout of LLAMA");
    screen_resize(s, 10, 40);
    screen_type(s, "/rollout\r");
    screen_expect(s, "Rollout of LLAMA");
    scroll_to(s, "●○○○ 10 %");
    scroll_to(s, "by hand");
    screen_assert_clean_output(s);
}

/* The second category's latency stands below the first one's. */
static bool
latencies_are_aligned(struct screen *s, void *unused)
{
    (void)unused;
    int first = -1, second = -1;
    for (int row = 0; row < screen_rows(s); row++) {
        const char *line = screen_row(s, row), *at = strstr(line, "Claude 0 of ");
        const char *ms = at ? strstr(at, "300 ms") : NULL;
        if (ms) /* both lines hold the same characters of several bytes */
            *(first < 0 ? &first : &second) = (int)(ms - line);
    }
    return first >= 0 && first == second;
}

static void
guardrails_of_several_categories_are_one_table(void **state)
{
    struct table *t = *state;
    fill(t);
    char *path = place_path(t->place, "data/berdua/berdua.db");
    struct past p = past_begin(path);
    int64_t now_us = clock_wall_us();
    past_step(&p, CATEGORY_CULTURAL, 0, 10, now_us);
    for (int inside = 0; inside < 2; inside++) {
        past_route(&p, CATEGORY_EMOTIONAL, 10, inside, inside ? 2 : 12, 0, now_us + US_PER_S);
        past_route(&p, CATEGORY_CULTURAL, 10, inside, inside ? 4 : 120, 0, now_us + US_PER_S);
    }
    past_end(&p);
    free(path);
    struct screen *s = table_start(t, 60, 160);
    screen_type(s, "/rollout\r");
    screen_expect(s, "Rollout of LLAMA");
    scroll_to(s, "inconclusive; LLAMA less Claude");
    screen_expect_that(s, latencies_are_aligned, NULL, "one column of latencies");
    screen_assert_clean_output(s);
}

static void
text_mode_prints_both_pages_but_not_while_a_blind_pair_waits(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    fill(t);
    cli_run(&r, t->place, ARGS("--linear"), "/report\n/rollout\n/sessions\n");
    expect_exit(&r, 0);
    assert_string_equal(r.err.p, "");
    assert_true(holds(&r.out, "LLAMA leads"));
    assert_true(holds(&r.out, "├"));
    assert_true(holds(&r.out, "emotional 0 → 10 %, by hand"));
    assert_true(holds(&r.out, "no sessions yet") || holds(&r.out, "goes on with one of them"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--linear", "--blind"), "halo\n/report\n/rollout\n/tie\n");
    assert_false(holds(&r.out, "LLAMA leads"));
    assert_false(holds(&r.out, "by hand"));
    assert_true(holds(&r.err, "hidden while a pair waits for your verdict"));
    cli_finish(&r);
}

static void
the_panel_says_what_the_verdicts_say_but_to_no_blind_rater(void **state)
{
    struct table *t = *state;
    fill(t);
    struct screen *s = table_start(t, 48, 160);
    assert_false(screen_shows(s, "VERDICTS"));
    screen_type(s, "Kak, aku malu bertanya tentang visa, takut dikira bodoh");
    screen_expect(s, "35 of 40");
    table_say(t, ".");
    screen_expect(s, "emotional 10 ▸ 25 %");
    table_expect_done(s);
    screen_type(s, "/blind on\r");
    screen_expect_gone(s, "VERDICTS");
    assert_false(screen_shows(s, "ROLLOUT"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(the_report_page_draws_what_the_verdicts_say_at_every_size),
        AT_A_TABLE(the_report_page_without_verdicts_says_what_to_do),
        AT_A_TABLE(the_rollout_page_draws_gates_guardrails_and_the_history),
        AT_A_TABLE(guardrails_of_several_categories_are_one_table),
        AT_A_TABLE(text_mode_prints_both_pages_but_not_while_a_blind_pair_waits),
        AT_A_TABLE(the_panel_says_what_the_verdicts_say_but_to_no_blind_rater),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
