#include "editor_kit.h"

#include "ui/edit/readline.h"

#include "berdua/base/utf8.h"

static void
a_lone_escape_is_not_kept_as_meta_for_the_next_key(void **state)
{
    (void)state;
    type("one two");
    key("\033");
    key("b");
    is("one twob", 8);
    key("\030"); /* C-x waits for more; Esc ends that */
    assert_true(editor_wants(t.e, "C-e"));
    key("\033");
    assert_false(editor_wants(t.e, "C-e"));
    key("c");
    is("one twobc", 9);
    key("\0333");
    assert_string_equal(editor_prompt(t.e), "(arg: 3) ");
    assert_true(editor_wants(t.e, "x"));
    key("\033");
    assert_string_equal(editor_prompt(t.e), "");
    key("d");
    is("one twobcd", 10);
}

static void
unbound_sequences_type_nothing(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "\033[1;6P", "\033[25~", "\033[99;9u", "\033OZ", "\033\xc3\xa9", "\033[200~", "\033[?1;2c",
    };
    type("a");
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        key(keys[i]);
    key("\030"); /* a sequence inside a prefix */
    key("\033[A");
    key("\026"); /* and where a raw key is wanted */
    key("\033[1;6P");
    key("\030"); /* a character, whose bytes stay together */
    key("\u00e9");
    key("b");
    is("ab", 2);
}

static void
a_macro_is_run_to_its_end(void **state)
{
    (void)state;
    key("\033\007"); /* the test inputrc: two texts in one key */
    assert_string_equal(t.accepted.p, "makan|tidur|");
    is("!", 1);
}

static void
a_macro_with_an_unbound_sequence_leaves_the_keys_as_they_were(void **state)
{
    (void)state;
    key("\033\030"); /* the test inputrc: Esc and a key that is bound to nothing */
    type("ya");
    is("ya", 2);
}

/* Its last key begins a sequence that is bound to nothing. */
static void
a_search_or_recorded_keys_that_end_in_an_unbound_sequence_do_no_harm(void **state)
{
    (void)state;
    type("hallo");
    key("\n");
    for (int i = 0; i < 3; i++) {
        key("\022"); /* C-r */
        type("al");
        key("\030"); /* C-x, which ends it, and 0, which nothing is bound to */
        key("0");
        assert_string_equal(editor_prompt(t.e), "");
        is("hallo", 1);
        editor_set_text(t.e, "");
    }
    type("\030(ab\030)"); /* recorded, and given twice more */
    key("\0332");
    type("\030e");
    is("ababab", 6);
}

/* Twice as long each time: readline adds what is recorded to itself. */
static void
recorded_keys_that_double_end(void **state)
{
    (void)state;
    type("\030(ab\030)");
    for (int i = 0; i < 24; i++) {
        key("\0332");
        type("\030(\030)");
    }
    editor_set_text(t.e, "");
    type("a");
    is("a", 1);
}

static void
cursor_and_mark_stay_between_two_characters(void **state)
{
    (void)state;
    type("ab\002");
    editor_key(t.e, "", 1); /* C-@: the mark stands before b */
    type("\001");
    key("\u4e2d");    /* before both; the mark stays at its byte */
    type("\030\030"); /* C-x C-x */
    is("\u4e2dab", 0);
}

static void
no_count_fills_the_memory(void **state)
{
    (void)state;
    key("\0339");
    type("99999999x");
    assert_int_equal(strlen(editor_text(t.e)), 10000);
    for (int i = 0; i < 24; i++) { /* twice as long each time */
        type("\001\013");          /* C-a C-k */
        type("\031\031");          /* C-y C-y */
        assert_true(strlen(editor_text(t.e)) <= EDITOR_MAX_TEXT_BYTES);
    }
    assert_true(strlen(editor_text(t.e)) > EDITOR_MAX_TEXT_BYTES / 4);
    type("a");
}

static void
a_macro_in_another_encoding_leaves_the_text_whole(void **state)
{
    (void)state;
    type("un ");
    key("\033\002"); /* the test inputrc: caff and a byte of no UTF-8 */
    is("un caff\xef\xbf\xbd ", 11);
    key("\033\027"); /* the same, sent by the macro */
    assert_string_equal(t.accepted.p, "un caff\xef\xbf\xbd \xef\xbf\xbd |");
    type("un ");
    key("\033\002");
    for (int i = 0; i < 4; i++) { /* undo does not bring it back */
        key("\037");
        assert_true(utf8_valid(editor_text(t.e), strlen(editor_text(t.e))));
    }
}

static void
characters_stay_whole_whatever_an_inputrc_says(void **state)
{
    (void)state;
    type("a");
    key("é");
    key("è");
    key("\177");
    is("aé", 3);
    key("\033[D");
    is("aé", 1);
}

static void
sequences_of_the_keymap_reach_the_owner_and_readlines_own_still_work(void **state)
{
    (void)state;
    struct key_binding keys[] = {{"compose", "C-x \\", "help"}};
    struct config config = {.keys = keys, .key_count = 1};
    t.keymap = keymap_create(&config, NULL);
    editor_use_keymap(t.e, t.keymap);
    type("ab");
    key("\030");
    assert_int_equal(t.action, ACT_NONE);
    key("\005");
    assert_int_equal(t.action, ACT_EDITOR);
    key("\030");
    key("\\");
    assert_int_equal(t.action, ACT_HELP);
    is("ab", 2);
    key("\030");
    key("\025"); /* C-x C-u: undo */
    is("", 0);
}

static void
inputrc_is_honoured_vi_mode_included(void **state)
{
    (void)state;
    key("\033\t"); /* bound under $if berdua */
    is("for berdua", 10);
    editor_set_text(t.e, "");
    assert_int_equal(editor_vi_mode(t.e), 0);
    key("\033\026"); /* to vi mode */
    assert_int_equal(editor_vi_mode(t.e), 'i');
    type("satu dua");
    assert_true(editor_wants(t.e, "Esc"));
    key("\033");
    assert_int_equal(editor_vi_mode(t.e), 'c');
    assert_false(editor_wants(t.e, "Esc"));
    is("satu dua", 7);
    type("b");
    is("satu dua", 5);
    type("d");
    assert_true(editor_wants(t.e, "w"));
    type("w");
    is("satu ", 4);
    type("rX");
    is("satuX", 4);
    key("\033"); /* nothing to leave, nothing kept */
    type("x");
    is("satu", 3);
    type("r");
    assert_true(editor_wants(t.e, "Enter"));
    key("\033");
    type("x");
    is("sat", 2);
    key("\033[D");
    is("sat", 1);
    type("A");
    assert_int_equal(editor_vi_mode(t.e), 'i');
    key("\033[D");
    is("sat", 2);
    key("\r");
    assert_string_equal(t.accepted.p, "sat|");
    key("\033");
    editor_set_text(t.e, "fresh");
    assert_int_equal(editor_vi_mode(t.e), 'i');
    editor_set_text(t.e, "ab cd");
    key("\033");
    type("0dw3p");
    is("cab ab ab d", 9);
    type("0");
    type("2P");
    is("ab ab cab ab ab d", 5);
}

static void
words_change_case_and_places(void **state)
{
    static const struct {
        const char *text, *keys, *after;
    } samples[] = {
        {"\u00e4b c\u00e9 x", "\033u", "\u00c4B c\u00e9 x"},
        {"\u00c4B X", "\033l", "\u00e4b X"},
        {"-\u00e4B cD e", "\0332\033c", "-\u00c4b Cd e"},
        {"ab \ufffd c", "\033u\033u", "AB \ufffd C"},
        {"satu (dua) tiga", "\033f\033t", "dua (satu) tiga"},
        {"satu", "\033t", "satu"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        editor_set_text(t.e, samples[i].text);
        key("\001");
        for (const char *k = samples[i].keys; *k; k += 2)
            editor_key(t.e, k, 2);
        assert_string_equal(editor_text(t.e), samples[i].after);
        key("\037");
        if (strcmp(samples[i].text, samples[i].after) != 0)
            assert_string_not_equal(editor_text(t.e), samples[i].after);
    }
    /* What stands between blanks. */
    editor_set_text(t.e, "satu-dua \u00e9/tiga  ");
    editor_key(t.e, "\027", 1);
    is("satu-dua ", 9);
    editor_key(t.e, "\0332", 2);
    editor_key(t.e, "\027", 1);
    is("", 0);
    /* Before the cursor, which stays. */
    editor_set_text(t.e, "satu dua");
    editor_key(t.e, "\033-", 2);
    editor_key(t.e, "\033u", 2);
    is("satu DUA", 8);
}

static void
a_command_that_is_refused_takes_no_key(void **state)
{
    (void)state;
    struct buf marks;
    buf_init(&marks, 20000);
    while (marks.len < 10000) /* more than readline could pass at once */
        buf_append_str(&marks, "\u0301");
    editor_set_text(t.e, marks.p);
    rl_editing_mode = 0;
    rl_set_keymap(vi_movement_keymap);
    rl_point = 0;
    key("r"); /* waits for a character */
    assert_false(editor_wants(t.e, "b"));
    editor_set_text(t.e, "ab");
    rl_set_keymap(vi_movement_keymap);
    rl_point = 0;
    key("r");
    assert_true(editor_wants(t.e, "b"));
    key("c");
    is("cb", 0);
    buf_finish(&marks);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EDITOR_TEST(words_change_case_and_places),
        EDITOR_TEST(a_command_that_is_refused_takes_no_key),
        EDITOR_TEST(a_lone_escape_is_not_kept_as_meta_for_the_next_key),
        EDITOR_TEST(unbound_sequences_type_nothing),
        EDITOR_TEST(a_macro_is_run_to_its_end),
        EDITOR_TEST(a_macro_with_an_unbound_sequence_leaves_the_keys_as_they_were),
        EDITOR_TEST(a_search_or_recorded_keys_that_end_in_an_unbound_sequence_do_no_harm),
        EDITOR_TEST(recorded_keys_that_double_end),
        EDITOR_TEST(cursor_and_mark_stay_between_two_characters),
        EDITOR_TEST(no_count_fills_the_memory),
        EDITOR_TEST(a_macro_in_another_encoding_leaves_the_text_whole),
        EDITOR_TEST(characters_stay_whole_whatever_an_inputrc_says),
        EDITOR_TEST(sequences_of_the_keymap_reach_the_owner_and_readlines_own_still_work),
        EDITOR_TEST(inputrc_is_honoured_vi_mode_included),
    };
    return cmocka_run_group_tests(tests, editor_kit_home, editor_kit_leave);
}
