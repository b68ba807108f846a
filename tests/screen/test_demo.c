/* The demo: its menu, its history, its tour; on the screen and in lines. Without a network. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "contract.h"
#include "table.h"

#define UNRECORDED "kenapa orang bali pakai canang sari?"

static struct screen *
start(struct table *t, const char *option, int rows, int cols)
{
    t->screen = screen_start(
        t->place, (const char *const[]){"--demo", "--speed", "100", option, NULL}, rows, cols);
    return t->screen;
}

#define REFUSED "No recording for this message. Type 1 to 5, or Tab for all 27."

static bool
is_listed_as_no_error(struct screen *s, void *arg)
{
    struct screen_cell cell;
    int row, col;
    (void)arg;
    if (!screen_shows(s, "Messages") || !screen_find(s, REFUSED, &row, &col))
        return false;
    screen_cell(s, row, col, &cell);
    return cell.default_fg;
}

static void
a_message_without_a_recording_is_not_sent_and_stays_to_be_changed(void **state)
{
    struct table *t = *state;
    struct screen *s = start(t, NULL, 30, 140);
    screen_expect(s, "Choose a message, or type your own:");
    screen_expect(s, "Kak, aku malu bertanya");
    screen_expect(s, "(LLAMA answers 503; Claude serves)");
    screen_expect(s, "SIMULATED");
    screen_type(s, UNRECORDED "\r");
    screen_expect(s, REFUSED);
    screen_expect(s, "> " UNRECORDED);
    screen_type(s, "\t"); /* also behind a text */
    screen_expect(s, "Messages that have a recording");
    screen_type(s, "q");
    screen_expect_gone(s, "Messages that have a recording");
    screen_expect(s, "> " UNRECORDED);
    screen_type(s, "\025/messages\r");
    screen_expect_that(s, is_listed_as_no_error, NULL, "it is no failure");
    screen_type(s, "q");
    screen_expect(s, "Choose a message, or type your own:");
    screen_type(s, "1"); /* nothing has been asked: a digit chooses */
    screen_expect(s, "Tidak perlu malu.");
    screen_expect(s, "jangan sungkan ya, Kak.");
    screen_expect(s, "satu per satu.");
    screen_expect(s, "turn 1 of 1");
    screen_type(s, "3"); /* now it is text, which asks when it is sent */
    screen_expect(s, "> 3");
    screen_type(s, "\r");
    screen_expect(s, "KITAS atau ITAS terakhir");
    screen_expect(s, "turn 2 of 2");
    table_leave(t);
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    screen_assert_clean_output(s);
}

static void
tab_lists_every_message_and_enter_sends_the_marked_one(void **state)
{
    struct table *t = *state;
    struct screen *s = start(t, NULL, 24, 80);
    screen_expect(s, "Choose a message");
    screen_type(s, "\t");
    screen_expect(s, "Messages that have a recording");
    screen_type(s, "k"); /* from the first back to the last */
    screen_expect(s, "Makasih banyak ya");
    screen_type(s, "\r");
    screen_expect(s, "Sama-sama, dengan senang hati.");
    screen_type(s, "\t");
    screen_expect(s, "▸27");
    screen_type(s, "q");
    screen_expect_gone(s, "▸27");
    table_leave(t);
}

static void
the_tour_is_paused_stepped_and_ended_by_keys(void **state)
{
    struct table *t = *state;
    t->screen = screen_start(t->place, (const char *const[]){"--tour", NULL}, 30, 120);
    struct screen *s = t->screen;
    screen_expect(s, "tour 1 of 5, parallel");
    screen_type(s, " ");
    screen_expect(s, "parallel, paused");
    screen_type(s, "\033[C\033[C");
    screen_expect(s, "tour 3 of 5, context, paused");
    screen_type(s, "\033[D");
    screen_expect(s, "tour 2 of 5, shadow, paused");
    screen_type(s, " ");
    screen_expect(s, "berdua · shadow");
    screen_type(s, "q");
    screen_expect_gone(s, "tour 2 of 5");
    screen_expect(s, "berdua · parallel");
    screen_expect(s, "> ");
    table_leave(t);
    screen_assert_clean_output(s);
}

static void
a_message_that_begins_with_the_tours_letter_is_a_message(void **state)
{
    struct table *t = *state;
    t->screen = screen_start(t->place, (const char *const[]){"--demo", NULL}, 30, 120);
    struct screen *s = t->screen;
    screen_expect(s, "Choose a message");
    screen_type(s, "t");
    screen_expect(s, "tour 1 of 5");
    screen_type(s, "olong");
    screen_expect(s, "> tolong");
    screen_expect_gone(s, "tour 1 of 5");
    screen_type(s, "\025");
    table_leave(t);
}

static void
in_lines_it_reads_what_is_typed(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--demo", "--linear", "--speed", "100"),
            "1\n/left\n" UNRECORDED "\n@claude " UNRECORDED "\n5\n27\n/recordings\n/turn\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "SIMULATED"));
    assert_true(holds(&r.out, "Tidak perlu malu."));
    assert_true(holds(&r.out, "saved: Claude better, turn 1"));
    assert_true(holds(&r.err, "No recording for this message. Type 1 to 5"));
    assert_false(holds(&r.err, "not_found"));
    assert_true(holds(&r.out, "turn 3 of 3")); /* what was refused is no turn */
    assert_true(holds(&r.err, "no worker is ready"));
    assert_true(holds(&r.out, " (estimates):"));
    assert_true(holds(&r.out, " (estimates from few words):"));
    assert_true(holds(&r.out, "27  greeting: Makasih banyak"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--speed", "2"), "");
    assert_int_equal(r.code, 2);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--demo", "--speed", "0"), "");
    assert_int_equal(r.code, 2);
    cli_finish(&r);
}

/* The pages that it opens are filled, and all that it asks has a recording. */
static void
the_tour_shows_five_patterns_and_pages_with_a_history(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("--tour", "--speed", "100"), "/sessions\n");
    expect_exit(&r, 0);
    static const char *const said[] = {
        "1 of 5, parallel",
        "2 of 5, shadow",
        "3 of 5, context",
        "4 of 5, route",
        "5 of 5, jiwa",
        "Of everything stored: 25",
        "LLAMA leads",
        "Claude leads",
        "First token, from",
        "emotional 25 → 50 %",
        "inferred by a small model",
        "About mario",
        ", SIMULATED",
        "LLAMA better, turn 1",
    };
    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        if (!strstr(r.out.p, said[i]))
            fail_msg("not said: %s", said[i]);
    assert_false(holds(&r.err, "No recording"));
    assert_false(holds(&r.err, "history is missing"));
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    cli_finish(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_message_without_a_recording_is_not_sent_and_stays_to_be_changed),
        AT_A_TABLE(tab_lists_every_message_and_enter_sends_the_marked_one),
        AT_A_TABLE(the_tour_is_paused_stepped_and_ended_by_keys),
        AT_A_TABLE(a_message_that_begins_with_the_tours_letter_is_a_message),
        AT_A_TABLE(in_lines_it_reads_what_is_typed),
        AT_A_TABLE(the_tour_shows_five_patterns_and_pages_with_a_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
