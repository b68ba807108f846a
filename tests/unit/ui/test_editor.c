#include "editor_kit.h"

#include <unistd.h>

static void
emacs_keys_edit_and_enter_accepts(void **state)
{
    (void)state;
    type("halo dunia");
    key("\001");
    key("X");
    is("Xhalo dunia", 1);
    key("\005");
    key("\027");
    is("Xhalo ", 6);
    key("\033b");
    is("Xhalo ", 0);
    key("\033[C");
    key("\033OC");
    key("\033[3~");
    is("Xhlo ", 2);
    key("\r");
    assert_string_equal(t.accepted.p, "Xhlo |");
    is("", 0);
}

static void
a_blank_text_is_not_accepted(void **state)
{
    (void)state;
    key("\r");
    type("  ");
    editor_paste(t.e, "\n", 1);
    key("\r");
    assert_string_equal(t.accepted.p, "");
}

static void
characters_of_several_bytes_are_edited_whole(void **state)
{
    (void)state;
    key("é");
    key("😀");
    key("a");
    is("é😀a", 7);
    key("\177");
    key("\177");
    is("é", 2);
    key("\033[D");
    is("é", 0);
}

static void
a_paste_is_undone_at_once_and_holds_no_controls(void **state)
{
    (void)state;
    type("x");
    const char *paste = "one\r\ntwo\tthree\033[31m\007";
    editor_paste(t.e, paste, strlen(paste));
    is("xone\ntwo\tthree[31m", 18);
    assert_string_equal(t.accepted.p, "");
    type("y");
    key("\037");
    is("xone\ntwo\tthree[31m", 18);
    key("\037");
    is("x", 1);
    editor_paste(t.e, "p", 1);
    editor_paste(t.e, "q", 1);
    key("\037");
    is("xp", 2);
}

static void
a_paste_of_a_megabyte_is_one_undo(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, 1 << 20);
    for (int i = 0; text.len + 32 < 1000000; i++)
        buf_printf(&text, "baris ke-%d: caf\u00e9 \U0001F49B\n", i);
    type("x");
    editor_paste(t.e, text.p, text.len);
    assert_int_equal(editor_cursor(t.e), 1 + text.len);
    key("\037");
    is("x", 1);
    buf_finish(&text);
}

static void
a_paste_ends_what_waits_for_a_key(void **state)
{
    (void)state;
    type("old");
    key("\r");
    key("\022");
    type("ol");
    assert_true(editor_wants(t.e, "Enter"));
    editor_paste(t.e, "new", 3);
    assert_string_equal(editor_prompt(t.e), "");
    assert_non_null(strstr(editor_text(t.e), "new"));
    editor_set_text(t.e, "");
    key("\026");
    editor_paste(t.e, "a", 1);
    key("\030");
    editor_paste(t.e, "b", 1);
    key("\0335");
    editor_paste(t.e, "c", 1);
    key("d");
    is("abcd", 4);
    assert_false(editor_wants(t.e, "x"));
}

static void
up_and_down_move_between_lines_before_the_history(void **state)
{
    (void)state;
    type("first");
    key("\r");
    type("ab");
    editor_paste(t.e, "\n", 1);
    type("wörld");
    is("ab\nwörld", 9);
    key("\033[A");
    is("ab\nwörld", 2);
    key("\033[B");
    is("ab\nwörld", 6);
    key("\033[A");
    key("\033[A");
    is("first", 5);
    key("\033[B");
    assert_string_equal(editor_text(t.e), "ab\nwörld");
}

static void
words_are_of_any_script_and_one_of_a_megabyte_is_passed_at_once(void **state)
{
    (void)state;
    struct buf word;
    buf_init(&word, 1 << 20);
    while (word.len < 1000000 - 3)
        buf_append_str(&word, "\u4e2d\u6587");
    editor_paste(t.e, "x ", 2);
    editor_paste(t.e, word.p, word.len);
    editor_paste(t.e, ", e\u0301a", 6);
    key("\033b");
    assert_int_equal(editor_cursor(t.e), 2 + word.len + 2);
    key("\033b");
    assert_int_equal(editor_cursor(t.e), 2);
    key("\033[1;5C");
    assert_int_equal(editor_cursor(t.e), 2 + word.len);
    key("\033\177");
    is("x , e\u0301a", 2);
    key("\031"); /* C-y: what was killed */
    assert_int_equal(editor_cursor(t.e), 2 + word.len);
    key("\033[1;5D");
    key("\033d");
    is("x , e\u0301a", 2);
    key("\031");
    key("\0332");
    key("\033b");
    assert_int_equal(editor_cursor(t.e), 0);
    buf_finish(&word);
}

static void
tab_leaves_the_text_as_it_is(void **state)
{
    (void)state;
    type("/l\t");
    is("/l", 2);
    key("\033?"); /* possible-completions */
    key("\033*"); /* insert-completions */
    is("/l", 2);
}

static void
the_owner_may_set_a_text_while_one_is_accepted(void **state)
{
    (void)state;
    t.refill = "again";
    type("x");
    key("\r");
    t.refill = NULL;
    is("again", 5);
    key("\r");
    assert_string_equal(t.accepted.p, "x|again|");
}

static void
nothing_is_ever_written_to_the_terminal_nor_exported(void **state)
{
    (void)state;
    int out[2];
    fflush(stdout);
    fflush(stderr);
    assert_int_equal(pipe(out), 0);
    int keep1 = dup(1), keep2 = dup(2);
    dup2(out[1], 1);
    dup2(out[1], 2);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    editor_resize(t.e, 50, 120);
    editor_resize(t.e, 0, -3);
    char all[256];
    for (int c = 1; c < 256; c++) {
        all[0] = (char)c;
        if (c != 27)
            editor_key(t.e, all, 1);
        all[0] = 27;
        all[1] = (char)c;
        editor_key(t.e, all, 2);
        all[0] = 24;
        all[1] = (char)c;
        editor_key(t.e, all, 1);
        editor_key(t.e, all + 1, c == 27 ? 0 : 1);
    }
    key("\033\016"); /* the test inputrc: print-last-kbd-macro, dump-functions */
    key("\033\017");
    fflush(stdout);
    fflush(stderr);
    dup2(keep1, 1);
    dup2(keep2, 2);
    close(keep1);
    close(keep2);
    close(out[1]);
    ssize_t n = read(out[0], all, sizeof all);
    close(out[0]);
    assert_int_equal(n, 0);
    assert_null(getenv("LINES"));
    assert_null(getenv("COLUMNS"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EDITOR_TEST(emacs_keys_edit_and_enter_accepts),
        EDITOR_TEST(a_blank_text_is_not_accepted),
        EDITOR_TEST(characters_of_several_bytes_are_edited_whole),
        EDITOR_TEST(a_paste_is_undone_at_once_and_holds_no_controls),
        EDITOR_TEST(a_paste_of_a_megabyte_is_one_undo),
        EDITOR_TEST(a_paste_ends_what_waits_for_a_key),
        EDITOR_TEST(up_and_down_move_between_lines_before_the_history),
        EDITOR_TEST(words_are_of_any_script_and_one_of_a_megabyte_is_passed_at_once),
        EDITOR_TEST(tab_leaves_the_text_as_it_is),
        EDITOR_TEST(the_owner_may_set_a_text_while_one_is_accepted),
        EDITOR_TEST(nothing_is_ever_written_to_the_terminal_nor_exported),
    };
    return cmocka_run_group_tests(tests, editor_kit_home, editor_kit_leave);
}
