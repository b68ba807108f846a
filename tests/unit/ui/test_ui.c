/* What is typed, shown and said on the screen. */
#include "scene.h"

#include "ui/ui_private.h"

static void
what_is_typed_is_sent_and_both_answers_stand_side_by_side(void **state)
{
    struct scene *s = *state;
    expect(s, "berdua · parallel · user mario");
    type(s, "aku malu\r");
    expect_performed(s, ACT_SEND, "aku malu");
    add_turn(s, "aku malu");
    expect(s, "● CLAUDE  streaming");
    expect(s, "answer 0 of aku malu");
    expect(s, "answer 1 of aku malu");
    expect(s, "first token        212 ms     212 ms");
    expect(s, "\n>\n");
}

static void
slash_commands_do_what_keys_do_and_a_double_slash_is_text(void **state)
{
    struct scene *s = *state;
    type(s, "/left\r");
    expect_performed(s, ACT_VERDICT_LEFT, "(none)");
    type(s, "/mode shadow\r");
    expect_performed(s, ACT_MODE, "shadow");
    type(s, "//etc is a folder\r");
    expect_performed(s, ACT_SEND, "/etc is a folder");
    type(s, "/hepl\r");
    expect(s, "did you mean /help?");
    expect(s, "> /hepl");
    type(s, "\003/adopt\r");
    expect(s, "/adopt claude|llama");
}

static void
verdict_keys_work_in_both_focuses(void **state)
{
    struct scene *s = *state;
    complete(s, add_turn(s, "halo"));
    type(s, "\0332");
    expect_performed(s, ACT_VERDICT_RIGHT, NULL);
    type(s, "\033");
    expect(s, "i write");
    type(s, "3");
    expect_performed(s, ACT_VERDICT_TIE, NULL);
    type(s, "i");
    expect(s, "Esc browse");
    struct turn *t = conversation_last(s->conversation);
    t->verdict.kind = VERDICT_LLAMA;
    t->verdict.saving = true;
    ui_changed(s->ui, UI_NOW);
    expect(s, "saving: LLAMA better, turn 1");
    t->verdict.saving = false;
    ui_changed(s->ui, UI_NOW);
    expect(s, "saved: LLAMA better, turn 1");
    t->verdict.note = xstrdup("lebih \033[31mhangat");
    ui_changed(s->ui, UI_NOW);
    expect(s, "note: lebih ");
    expect(s, "★ better");
}

static void
keys_act_on_the_turn_that_is_marked_in_both_focuses(void **state)
{
    struct scene *s = *state;
    const char *names[] = {"satu", "dua", "tiga", "empat", "lima"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        complete(s, add_turn(s, names[i]));
    s->conversation->turns[1]->verdict.kind = VERDICT_TIE;
    expect(s, "turn 5 of 5");
    expect(s, "▸❯ lima");
    type(s, "\033");
    expect(s, "i write");
    type(s, "g");
    expect(s, "▸❯ satu");
    expect(s, "turn 1 of 5");
    expect_gone(s, "▸❯ lima");
    type(s, "2");
    expect_performed(s, ACT_VERDICT_RIGHT, NULL);
    assert_ptr_equal(s->about, s->conversation->turns[0]);
    type(s, "J");
    expect(s, "▸❯ dua");
    expect(s, "saved: tie, turn 2");
    type(s, "r");
    expect_performed(s, ACT_REGENERATE, NULL);
    assert_ptr_equal(s->about, s->conversation->turns[1]);
    type(s, "i");
    expect(s, "Esc browse");
    type(s, "\0334");
    expect_performed(s, ACT_VERDICT_BOTH_BAD, NULL);
    assert_ptr_equal(s->about, s->conversation->turns[1]);
    type(s, "\033n");
    expect(s, "note, turn 2:");
    complete(s, add_turn(s, "enam")); /* a queued message is sent meanwhile */
    type(s, "hangat\r");
    expect_performed(s, ACT_NOTE, "hangat");
    assert_ptr_equal(s->about, s->conversation->turns[1]);
    type(s, "/turn 4\r");
    expect(s, "▸❯ empat");
    type(s, "\033[1;5B");
    expect(s, "▸❯ lima");
    type(s, "/turn 9\r");
    expect(s, "there is no turn 9");
    type(s, "baru\r");
    expect_performed(s, ACT_SEND, "baru");
    expect(s, "▸❯ enam"); /* what is sent is looked at */
}

static void
ctrl_c_cancels_then_clears_then_quits(void **state)
{
    struct scene *s = *state;
    struct turn *t = add_turn(s, "halo");
    type(s, "half a message");
    expect(s, "> half a message");
    type(s, "\003");
    expect_performed(s, ACT_CANCEL, NULL);
    complete(s, t);
    type(s, "\003");
    expect_gone(s, "half a message");
    type(s, "\003");
    expect(s, "press Ctrl-C again to quit");
    type(s, "x\003");
    expect_gone(s, "> x");
    type(s, "\003");
    expect(s, "press Ctrl-C again to quit");
    type(s, "\003");
    expect_performed(s, ACT_QUIT, NULL);
}

static void
a_cleared_draft_is_in_the_history_and_one_put_aside_comes_back_after_the_next_message(void **state)
{
    struct scene *s = *state;
    type(s, "cleared draft\003");
    expect_gone(s, "cleared draft");
    type(s, "\033[A");
    expect(s, "> cleared draft");
    type(s, "\003put aside\033q");
    expect(s, "it comes back after the next message");
    expect_gone(s, "> put aside");
    type(s, "urgent\r");
    expect_performed(s, ACT_SEND, "urgent");
    expect(s, "> put aside");
    type(s, "\033q");
    expect_gone(s, "> put aside");
    type(s, "\033q");
    expect(s, "> put aside");
    complete(s, add_turn(s, "the message"));
    type(s, "\033");
    expect(s, "i write");
    type(s, "e");
    expect(s, "> the message");
    type(s, " mended\r");
    expect_performed(s, ACT_SEND, "the message mended");
    expect(s, "> put aside"); /* editing an earlier message has not lost the draft */
}

static void
a_name_that_is_no_brains_is_sent_at_the_second_enter_only(void **state)
{
    struct scene *s = *state;
    type(s, "@gpt halo\r");
    expect(s, "no brain is called @gpt");
    expect(s, "> @gpt halo");
    assert_int_equal(s->performed_count, 0);
    type(s, "\r");
    expect_performed(s, ACT_SEND, "@gpt halo");
    type(s, "@llama halo\r");
    expect_performed(s, ACT_SEND, "@llama halo");
    type(s, "mail a@gpt halo\r");
    expect_performed(s, ACT_SEND, "mail a@gpt halo");
    ui_put_back(s->ui, "/refused");
    expect(s, "> //refused");
}

static void
a_note_and_a_search_are_asked_for_and_the_draft_comes_back(void **state)
{
    struct scene *s = *state;
    complete(s, add_turn(s, "needle in the first"));
    for (int i = 0; i < 30; i++)
        complete(s, add_turn(s, "hay"));
    type(s, "a draft");
    expect(s, "> a draft");
    type(s, "\033n");
    expect(s, "note, turn 31:");
    type(s, "too cold\r");
    expect_performed(s, ACT_NOTE, "too cold");
    expect(s, "> a draft");
    type(s, "\033");
    expect(s, "i write");
    type(s, "/");
    expect(s, "\n/");
    type(s, "NEEDLE\r");
    expect(s, "needle in the first");
    expect(s, "more below");
    type(s, "G");
    expect_gone(s, "more below");
    type(s, "/nowhere at all\r");
    expect(s, "not found: nowhere at all");
}

static void
scrolled_up_new_lines_are_counted_and_older_turns_asked_for_once(void **state)
{
    struct scene *s = *state;
    s->conversation->older = true;
    for (int i = 0; i < 30; i++)
        complete(s, add_turn(s, "hay"));
    expect(s, "hay");
    type(s, "\033[5~");
    expect(s, "more below");
    add_turn(s, "the newest");
    expect(s, "new line");
    type(s, "\033");
    expect(s, "i write");
    type(s, "g");
    expect_performed(s, ACT_OLDER, NULL);
    int before = s->performed_count;
    type(s, "gkkk1");
    expect_performed(s, ACT_VERDICT_LEFT, NULL);
    assert_int_equal(s->performed_count, before + 1);
    type(s, "G");
    expect(s, "the newest");
}

static void
any_size_is_survived_and_the_screen_comes_back(void **state)
{
    struct scene *s = *state;
    static const int sizes[][2] = {{1, 1},   {2, 3},   {3, 200}, {10, 40},
                                   {24, 60}, {24, 80}, {200, 5}};
    struct turn *t = add_turn(s, "halo");
    for (int i = 0; i < 200; i++)
        buf_printf(&t->answers[0].text, " word%d **bold** 表情 😊", i);
    t->answers[0].revision++;
    complete(s, t);
    expect(s, "word199");
    char *before = shown();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        set_size(s, sizes[i][0], sizes[i][1]);
        ui_resized(s->ui);
        ui_before_wait(s->ui);
        type(s, "\033[5~");
        ui_before_wait(s->ui);
        ui_resized(s->ui);
        type(s, "\033[6~");
        ui_before_wait(s->ui);
    }
    set_size(s, 40, 140);
    ui_resized(s->ui);
    expect(s, "word199");
    expect(s, "● CLAUDE");
    char *after = shown();
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
hostile_text_never_reaches_the_terminal_raw(void **state)
{
    struct scene *s = *state;
    static const char bad[] = "x\x1b[2J\x1b]52;c;aGk=\x07\xc2\x9b"
                              "31m\xe2\x80\xae"
                              "evil\xff";
    s->facts.notice.serial++;
    s->facts.notice.text = bad;
    s->facts.user = bad;
    s->conversation->title = xstrdup(bad);
    struct turn *t = add_turn(s, bad);
    buf_append_str(&t->answers[0].text, bad);
    t->answers[0].model = xstrdup(bad);
    t->answers[1].status = STATUS_FAILED;
    t->answers[1].error.kind = ERR_SERVER;
    t->answers[1].error.message = xstrdup(bad);
    t->answers[1].revision++;
    ui_changed(s->ui, UI_NOW);
    expect(s, "the server failed");
    char *screen = shown();
    for (const char *p = screen; *p; p++)
        assert_true((unsigned char)*p >= 0x20 || *p == '\n');
    assert_null(strstr(screen, "\xc2\x9b"));
    assert_null(strstr(screen, "\xe2\x80\xae"));
    free(screen);
}

static void
say(struct scene *s, const char *text)
{
    s->facts.notice.serial++;
    s->facts.notice.text = text;
    ui_changed(s->ui, UI_NOW);
}

static void
the_second_of_two_equal_notices_is_shown_too(void **state)
{
    static const char same[] = "LLAMA is not asked";
    struct scene *s = *state;
    say(s, same);
    expect(s, same);
    type(s, "/nonsense\r");
    expect(s, "no command /nonsense");
    ui_changed(s->ui, UI_NOW); /* nothing new was said */
    type(s, "x");
    expect(s, "no command /nonsense");
    say(s, same);
    expect(s, same);
}

static void
an_unfinished_paste_waits_in_sight_and_sends_nothing(void **state)
{
    struct scene *s = *state;
    type(s, "\033[200~one\r");
    expect(s, "paste not finished: waiting for the rest · Esc gives it up");
    type(s, "two\r\033[201~");
    expect_gone(s, "paste not finished");
    expect(s, "> one\n  two\n");
    type(s, "\003\033[200~three\r");
    expect(s, "paste not finished");
    type(s, "\033");
    expect(s, "> three");
    expect(s, "the rest of the paste is left out · Esc ends that");
    type(s, "4\r/quit\r\033[201~");
    expect_gone(s, "left out");
    assert_int_equal(s->performed_count, 0);
    type(s, "!\r");
    expect_performed(s, ACT_SEND, "three\n!");
}

static void
a_paste_that_begins_like_a_command_or_a_name_is_text(void **state)
{
    struct scene *s = *state;
    type(s, "\033[200~/quit now\033[201~\r");
    expect_performed(s, ACT_SEND, "/quit now");
    type(s, "\033[200~//x\033[201~!\r");
    expect_performed(s, ACT_SEND, "//x!");
    type(s, "\033[200~@claude halo\033[201~\r"); /* the engine takes one @ off */
    expect_performed(s, ACT_SEND, "@@claude halo");
    type(s, "\033[200~@@ -1 +1 @@\033[201~\r");
    expect_performed(s, ACT_SEND, "@@ -1 +1 @@");
    type(s, "x\001\033[200~/mode \033[201~\r"); /* before what was typed */
    expect_performed(s, ACT_SEND, "/mode x");
    type(s, "/mode \033[200~shadow\033[201~\r"); /* typed up to there */
    expect_performed(s, ACT_MODE, "shadow");
    type(s, "\033[200~/mode full\033[201~\025/mode full\r");
    expect_performed(s, ACT_MODE, "full");
    type(s, "@claude halo\r");
    expect_performed(s, ACT_SEND, "@claude halo");
}

static void
lines_without_the_marks_of_a_paste_are_not_sent_one_by_one(void **state)
{
    struct scene *s = *state;
    type(s, "one\rtwo\r");
    expect(s, "> one\n  two\n");
    assert_int_equal(s->performed_count, 0);
    type(s, "\r");
    expect_performed(s, ACT_SEND, "one\ntwo\n");
}

static void
what_is_not_saved_is_said_as_long_as_it_is_true(void **state)
{
    struct scene *s = *state;
    struct turn *t = add_turn(s, "halo");
    complete(s, t);
    t->verdict.kind = VERDICT_LLAMA;
    t->verdict.saving = true;
    s->facts.store.waiting = 2;
    s->facts.store.reason = "database is locked";
    s->facts.store.since_wall_us = clock_wall_us();
    ui_changed(s->ui, UI_STATE);
    expect(s, "not saved yet: 2 waiting (database is locked)");
    expect(s, "not saved yet: LLAMA better, turn 1");
    /* A message neither takes it away nor is kept from being read, whatever the size. */
    static const int sizes[][2] = {{60, 200}, {30, 100}, {24, 80}, {10, 40}, {6, 90}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        set_size(s, sizes[i][0], sizes[i][1]);
        ui_resized(s->ui);
        say(s, "LLAMA retries");
        expect(s, "LLAMA retries");
        expect(s, sizes[i][1] > 40 ? "not saved yet: 2 waiting (database is locked)"
                                   : "not saved yet: 2 waiting");
    }
    s->facts.store.waiting = 0;
    s->facts.store.reason = NULL;
    t->verdict.saving = false;
    t->seq = 1;
    ui_changed(s->ui, UI_STATE);
    expect_gone(s, "not saved");
    expect(s, "LLAMA retries");
}

static void
a_write_that_takes_long_is_said_to_be_on_its_way(void **state)
{
    struct scene *s = *state;
    s->facts.store.waiting = 1;
    s->facts.store.since_wall_us = clock_wall_us();
    ui_changed(s->ui, UI_STATE);
    expect(s, "\n>\n");
    char *screen = shown();
    assert_null(strstr(screen, "saving"));
    free(screen);
    expect(s, "saving: 1 waiting"); /* by itself, a second later */
}

static int
bells_of_a_turn(struct scene *s, int64_t took_us)
{
    int before = s->bells;
    struct turn *t = add_turn(s, "halo");
    expect(s, "streaming");
    s->ui->ran_since_us -= took_us;
    complete(s, t);
    expect_gone(s, "streaming");
    return s->bells - before;
}

static void
a_bell_tells_whoever_looks_elsewhere_or_has_waited_long_as_configured(void **state)
{
    struct scene *s = *state;
    const int64_t long_us = 10 * (int64_t)US_PER_S, short_us = 0;
    assert_int_equal(bells_of_a_turn(s, short_us), 0);
    assert_int_equal(bells_of_a_turn(s, long_us), 1);
    type(s, "\033[Oa"); /* another window has the keys; the letter tells when that was read */
    expect(s, "> a");
    assert_int_equal(bells_of_a_turn(s, short_us), 1);
    type(s, "\033[Ib");
    expect(s, "> ab");
    assert_int_equal(bells_of_a_turn(s, short_us), 0);
    s->config.ui.notify = NOTIFY_ALWAYS;
    assert_int_equal(bells_of_a_turn(s, short_us), 1);
    s->config.ui.notify = NOTIFY_OFF;
    assert_int_equal(bells_of_a_turn(s, long_us), 0);
}

static void
on_the_smallest_screens_tabs_are_whole_and_a_menu_and_a_page_have_a_row(void **state)
{
    struct scene *s = *state;
    complete(s, add_turn(s, "halo"));
    set_size(s, 6, 12);
    ui_resized(s->ui);
    expect(s, "\nCLAUDE \u2026\n");
    type(s, "\033[Z"); /* the next pane */
    expect(s, "\n\u2026 LLAMA \u2026\n");
    type(s, "\033[Z");
    expect(s, "\n\u2026 figures\n");
    set_size(s, 5, 20);
    ui_resized(s->ui);
    expect(s, "\nCLAUDE LLAMA figures\n");
    type(s, "/hel");
    expect(s, " /help ");
    type(s, "\003\033OP");
    expect(s, "\n  Judge\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SCREEN_TEST(what_is_typed_is_sent_and_both_answers_stand_side_by_side),
        SCREEN_TEST(slash_commands_do_what_keys_do_and_a_double_slash_is_text),
        SCREEN_TEST(verdict_keys_work_in_both_focuses),
        SCREEN_TEST(keys_act_on_the_turn_that_is_marked_in_both_focuses),
        SCREEN_TEST(ctrl_c_cancels_then_clears_then_quits),
        SCREEN_TEST(
            a_cleared_draft_is_in_the_history_and_one_put_aside_comes_back_after_the_next_message),
        SCREEN_TEST(a_name_that_is_no_brains_is_sent_at_the_second_enter_only),
        SCREEN_TEST(a_note_and_a_search_are_asked_for_and_the_draft_comes_back),
        SCREEN_TEST(scrolled_up_new_lines_are_counted_and_older_turns_asked_for_once),
        SCREEN_TEST(any_size_is_survived_and_the_screen_comes_back),
        SCREEN_TEST(hostile_text_never_reaches_the_terminal_raw),
        SCREEN_TEST(the_second_of_two_equal_notices_is_shown_too),
        SCREEN_TEST(an_unfinished_paste_waits_in_sight_and_sends_nothing),
        SCREEN_TEST(a_paste_that_begins_like_a_command_or_a_name_is_text),
        SCREEN_TEST(lines_without_the_marks_of_a_paste_are_not_sent_one_by_one),
        SCREEN_TEST(what_is_not_saved_is_said_as_long_as_it_is_true),
        SCREEN_TEST(a_write_that_takes_long_is_said_to_be_on_its_way),
        SCREEN_TEST(a_bell_tells_whoever_looks_elsewhere_or_has_waited_long_as_configured),
        SCREEN_TEST(on_the_smallest_screens_tabs_are_whole_and_a_menu_and_a_page_have_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
