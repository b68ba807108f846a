/* The menu over the input line, themes that are looked at, and keys that do nothing. */
#include "scene.h"

#include "ui/term/curses.h"

static void
a_slash_opens_the_commands_with_what_they_do_and_typing_narrows_them(void **state)
{
    struct scene *s = *state;
    type(s, "/");
    expect(s, "▸ /adopt claude|llama");
    expect(s, "continue with this answer");
    expect(s, "1 of ");
    expect(s, "Tab take");
    type(s, "th");
    expect(s, "▸ /theme");
    expect_gone(s, "/adopt");
    type(s, "\177\177kno"); /* what a description says is found too */
    expect(s, "▸ /knowledge [TEXT]");
    type(s, "\177\177\177clipboard");
    expect(s, "▸ /copy");
    type(s, "\033");
    expect_gone(s, "▸");
    expect(s, "> /clipboard");
    type(s, "\025//");
    expect(s, "> //");
    char *screen = shown();
    assert_null(strstr(screen, "▸"));
    free(screen);
}

static void
tab_takes_the_marked_entry_then_the_next_and_back(void **state)
{
    struct scene *s = *state;
    type(s, "/re\t");
    expect(s, "> /redraw");
    type(s, "\t");
    expect(s, "> /report");
    type(s, "\t\t\t");
    expect(s, "> /");
    type(s, "\033[Z\033[Z");
    expect(s, "▸ /report");
    expect(s, "> /report");
    /* behind the only one come the words of its argument */
    type(s, "\025/mode\t\t");
    expect(s, "> /mode parallel");
    expect(s, "the rule and the rollout say");
    type(s, "\t\r");
    expect_performed(s, ACT_MODE, "shadow");
}

static void
enter_runs_what_was_chosen_and_never_what_was_merely_marked(void **state)
{
    struct scene *s = *state;
    type(s, "/und");
    expect(s, "▸ /undo");
    type(s, "\r");
    expect(s, "no command /und");
    assert_int_equal(s->performed_count, 0);
    type(s, "\177\177\177\177/und\033[B\r");
    expect_performed(s, ACT_UNDO, "(none)");
    type(s, "/ado\033[B\r"); /* it needs an argument, which is asked for */
    expect(s, "> /adopt");
    expect(s, "▸ claude");
    type(s, "\033[B\r");
    expect_performed(s, ACT_ADOPT, "llama");
    /* what comes from the history does not take the arrows */
    type(s, "\033[A");
    expect(s, "> /adopt llama");
    type(s, "\033[A");
    expect(s, "> /undo");
}

/* The colour that the first cell stands on; -1: the terminal's own. */
static int
ground(void)
{
    cchar_t cell;
    wchar_t points[CCHARW_MAX + 1];
    attr_t attributes;
    short pair, fg = 0, bg = 0;
    assert_int_not_equal(mvwin_wch(newscr, 0, 0, &cell), ERR);
    assert_int_not_equal(getcchar(&cell, points, &attributes, &pair, NULL), ERR);
    pair_content(pair, &fg, &bg);
    return bg;
}

static void
a_theme_is_looked_at_with_the_arrows_and_taken_back_or_kept(void **state)
{
    struct scene *s = *state;
    type(s, "/theme\r");
    expect(s, "▸ dusk");
    expect(s, "ink on paper, for light terminals");
    expect(s, "Esc take back");
    assert_int_equal(ground(), -1);
    type(s, "\033[B");
    expect(s, "▸ high-contrast");
    assert_int_equal(ground(), 16);
    type(s, "\033");
    expect(s, "\n>\n");
    assert_int_equal(ground(), -1);
    type(s, "/theme\r");
    expect(s, "▸ dusk");
    type(s, "\033[B");
    expect(s, "▸ high-contrast");
    type(s, "\r");
    expect(s, "theme high-contrast");
    assert_int_equal(ground(), 16);
    /* leaving it in another way takes it back too */
    type(s, "/theme mon\t");
    expect(s, "> /theme mono");
    assert_int_equal(ground(), -1);
    type(s, "\025");
    expect(s, "\n>\n");
    assert_int_equal(ground(), 16);
}

static void
a_mode_is_chosen_from_a_list_and_the_key_takes_the_next(void **state)
{
    struct scene *s = *state;
    s->facts.mode = MODE_CONTEXT;
    type(s, "/mode\r");
    expect(s, "mode:");
    expect(s, "▸ context"); /* it is in use */
    type(s, "\033");
    expect(s, "\n>\n");
    type(s, "/mode\r");
    expect(s, "▸ context");
    type(s, "\033[A\r");
    expect_performed(s, ACT_MODE, "shadow");
    assert_int_equal(s->performed_count, 1);
    expect(s, "\n>\n");
    type(s, "\033m");
    expect_performed(s, ACT_MODE, "(none)");
}

static void
a_key_that_does_nothing_says_so_once(void **state)
{
    struct scene *s = *state;
    type(s, "\033[20~"); /* F9, while writing */
    expect(s, "F9 does nothing here; F1 shows the keys");
    type(s, "\033");
    expect(s, "i write");
    type(s, "h");
    expect(s, "h does nothing here");
    type(s, "H");
    expect(s, "H does nothing here");
    type(s, "h?"); /* said before */
    expect(s, "Keys and commands");
    type(s, "x");
    expect(s, "x does nothing here");
    type(s, "\t");
    expect(s, "Messages");
    char *screen = shown(), *at = screen;
    int said = 0;
    while ((at = strstr(at, " does nothing here")) != NULL) {
        said++;
        at++;
    }
    assert_int_equal(said, 5); /* four in the list of messages, the last on the status line */
    free(screen);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SCREEN_TEST(a_slash_opens_the_commands_with_what_they_do_and_typing_narrows_them),
        SCREEN_TEST(tab_takes_the_marked_entry_then_the_next_and_back),
        SCREEN_TEST(enter_runs_what_was_chosen_and_never_what_was_merely_marked),
        SCREEN_TEST(a_theme_is_looked_at_with_the_arrows_and_taken_back_or_kept),
        SCREEN_TEST(a_mode_is_chosen_from_a_list_and_the_key_takes_the_next),
        SCREEN_TEST(a_key_that_does_nothing_says_so_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
