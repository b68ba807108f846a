/* The commands that stand in for readline's in a long text go where readline's go, shown on short ones. */
#include "editor_kit.h"

#include "ui/edit/readline.h"
#include "ui/edit/readline_find.h"
#include "ui/edit/readline_long.h"

enum { TEXTS = 3000 };

static const struct {
    const char *name;
    rl_command_func_t *theirs, *ours;
    const char *keys;
} pairs[] = {
    {"forward-char", rl_forward_char, long_forward_char, "l"},
    {"backward-char", rl_backward_char, long_backward_char, "h"},
    {"fWord", rl_vi_fWord, long_forward_blank, "W"},
    {"bWord", rl_vi_bWord, long_backward_blank, "B"},
    {"eWord", rl_vi_eWord, long_blank_end, "E"},
    {"fword", rl_vi_fword, long_forward_word, "w"},
    {"bword", rl_vi_bword, long_backward_word, "b"},
    {"eword", rl_vi_eword, long_word_end, "e"},
    {"next-word", rl_vi_next_word, long_next_word, "wW"},
    {"prev-word", rl_vi_prev_word, long_prev_word, "bB"},
    {"end-word", rl_vi_end_word, long_end_word, "eE"},
    {"delete-char", rl_delete, long_delete, "x"},
    {"match", rl_vi_match, long_match, "%"},
};

static unsigned seed = 7;

static unsigned
draw(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

static void
make_text(struct buf *b)
{
    static const char *const pieces[] = {"a",  "b",      "_",       "7",      " ",     " ",
                                         "\t", ".",      "(",       ")",      "]",     "[",
                                         "/",  "\u00e9", "e\u0301", "\u0e17", "\u4e2d"};
    buf_clear(b);
    buf_append_str(b,
                   "b "); /* readline misses a word that is another kind than the first character */
    for (unsigned n = draw(14); n > 0; n--)
        buf_append_str(b, pieces[draw(ARRAY_LEN(pieces))]);
}

static int
place_in(const char *text)
{
    int at = (int)draw((unsigned)strlen(text) + 1);
    while (at > 0 && (text[at] & 0xC0) == 0x80)
        at--;
    if (strncmp(text + at, "\u0301", 2) == 0)
        at--;
    return at;
}

struct outcome {
    char *text;
    int point;
};

static struct outcome
outcome_of(rl_command_func_t *command, const char *text, int point, int count, int key)
{
    editor_set_text(t.e, text);
    rl_point = point;
    rl_explicit_arg = 0;
    command(count, key);
    return (struct outcome){xstrdup(rl_line_buffer), rl_point};
}

static void
stand_ins_go_where_readline_goes(void **state)
{
    (void)state;
    struct buf text;
    int failed = 0;
    buf_init(&text, 1000);
    for (int i = 0; i < TEXTS; i++) {
        size_t c = draw(ARRAY_LEN(pairs));
        make_text(&text);
        int point = place_in(text.p), count = (int)draw(3) + 1;
        int key = pairs[c].keys[draw((unsigned)strlen(pairs[c].keys))];
        struct outcome theirs = outcome_of(pairs[c].theirs, text.p, point, count, key);
        struct outcome ours = outcome_of(pairs[c].ours, text.p, point, count, key);
        if (strcmp(theirs.text, ours.text) != 0 || theirs.point != ours.point) {
            print_error("%s %d of \"%s\" at %d: \"%s\" at %d instead of \"%s\" at %d\n",
                        pairs[c].name, count, text.p, point, ours.text, ours.point, theirs.text,
                        theirs.point);
            failed++;
        }
        free(theirs.text);
        free(ours.text);
    }
    buf_finish(&text);
    assert_int_equal(failed, 0);
}

/* A search for a character is a dialogue of keys, and may be a motion of vi. */
static const struct {
    const char *keys;
    bool vi;
} searches[] = {{"fX", true},          {"2tX", true},         {"FX", true},
                {"3TX", true},         {"dfX", true},         {"d2tX", true},
                {"ctXz\033;", true},   {"yTXP", true},        {"fX;", true},
                {"tX;,", true},        {"FXd;", true},        {"T XfX2,", true},
                {"dfXl.", true},       {"ctXz\033", true},    {"d3fX;", true},
                {"df d;", true},       {"\035X", false},      {"\033\035X", false},
                {"\0332\035X", false}, {"\033-\035X", false}, {"\0333\033\035X", false}};

static struct outcome
outcome_of_search(size_t which, bool theirs, const char *text, int point, const char *character)
{
    static const char vi_keys[] = "fFtT;,";
    editor_set_text(t.e, text);
    rl_editing_mode = !searches[which].vi;
    rl_set_keymap(searches[which].vi ? vi_movement_keymap : emacs_standard_keymap);
    for (const char *k = vi_keys; *k; k++)
        rl_bind_key_in_map(*k, theirs ? rl_vi_char_search : find_vi, vi_movement_keymap);
    rl_bind_key_in_map(0x1d, theirs ? rl_char_search : find_forward, emacs_standard_keymap);
    rl_bind_key_in_map(0x1d, theirs ? rl_backward_char_search : find_backward, emacs_meta_keymap);
    rl_point = point;
    for (const char *k = searches[which].keys; *k; k++) {
        if (*k == 'X')
            key(character);
        else
            editor_key(t.e, k, 1);
    }
    struct outcome o = {xstrdup(rl_line_buffer), rl_point};
    rl_editing_mode = 1;
    rl_set_keymap(emacs_standard_keymap);
    return o;
}

static void
a_search_for_a_character_goes_where_readline_goes(void **state)
{
    (void)state;
    static const char *const characters[] = {"a", " ", ".", "\u00e9", "\u0301", "\u4e2d", "z"};
    struct buf text;
    int failed = 0;
    buf_init(&text, 1000);
    for (int i = 0; i < TEXTS; i++) {
        size_t c = draw(ARRAY_LEN(searches));
        const char *character = characters[draw(ARRAY_LEN(characters))];
        make_text(&text);
        /* Where there is no such character, readline's change takes out one all the same. */
        buf_append_str(&text, character);
        int point = place_in(text.p);
        if (searches[c].vi &&
            point + strlen(character) > text.len - strlen(character)) /* not behind the text */
            point = 0;
        struct outcome theirs = outcome_of_search(c, true, text.p, point, character);
        struct outcome ours = outcome_of_search(c, false, text.p, point, character);
        if (strcmp(theirs.text, ours.text) != 0 || theirs.point != ours.point) {
            print_error("%s for %s in \"%s\" at %d: \"%s\" at %d instead of \"%s\" at %d\n",
                        searches[c].keys, character, text.p, point, ours.text, ours.point,
                        theirs.text, theirs.point);
            failed++;
        }
        free(theirs.text);
        free(ours.text);
    }
    buf_finish(&text);
    assert_int_equal(failed, 0);
}

/* readline's own leaves some words of vi and takes others twice; for a name it reads the byte before the text. */
static void
a_word_or_a_name_is_taken_out_to_its_bound(void **state)
{
    (void)state;
    static const struct {
        rl_command_func_t *command;
        const char *text;
        int point, count;
        const char *left;
    } samples[] = {{long_rubout_word, "a bc", 4, 1, "a "},
                   {long_rubout_word, "a bc ", 5, 1, "a "},
                   {long_rubout_word, "a.bc", 4, 1, "a."},
                   {long_rubout_word, "a.bc", 4, 2, ""},
                   {long_rubout_word, "a \u00e9\u00e9x", 6, 1, "a x"},
                   {long_rubout_word, "bc", 0, 1, "bc"},
                   {long_rubout_name, "ls /usr/bin", 11, 1, "ls /usr/"},
                   {long_rubout_name, "ls /usr/", 8, 1, "ls /"},
                   {long_rubout_name, "ls b ", 5, 1, "ls "},
                   {long_rubout_name, "b", 1, 3, ""}};
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct outcome o = outcome_of(samples[i].command, samples[i].text, samples[i].point,
                                      samples[i].count, 'x');
        assert_string_equal(o.text, samples[i].left);
        free(o.text);
    }
}

static void
a_change_of_case_keeps_marks_and_is_one_undo(void **state)
{
    (void)state;
    editor_set_text(t.e, "a1\u00e9e\u0301Z");
    rl_editing_mode = 0;
    rl_set_keymap(vi_movement_keymap);
    rl_point = 0;
    type("9~");
    is("A1\u00c9E\u0301z", 7);
    key("u");
    assert_string_equal(editor_text(t.e), "a1\u00e9e\u0301Z");
    rl_editing_mode = 1;
    rl_set_keymap(emacs_standard_keymap);
}

/* readline has put a blank behind the text for the motion. */
static void
a_motion_that_is_given_up_leaves_the_text_as_it_was(void **state)
{
    (void)state;
    static const char *const ends[] = {"\033", "\003"};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        editor_set_text(t.e, "abc");
        rl_editing_mode = 0;
        rl_set_keymap(vi_movement_keymap);
        type("0df");
        key(ends[i]);
        is("abc", 0);
        rl_editing_mode = 1;
        rl_set_keymap(emacs_standard_keymap);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EDITOR_TEST(stand_ins_go_where_readline_goes),
        EDITOR_TEST(a_change_of_case_keeps_marks_and_is_one_undo),
        EDITOR_TEST(a_motion_that_is_given_up_leaves_the_text_as_it_was),
        EDITOR_TEST(a_search_for_a_character_goes_where_readline_goes),
        EDITOR_TEST(a_word_or_a_name_is_taken_out_to_its_bound)};
    return cmocka_run_group_tests(tests, editor_kit_home, editor_kit_leave);
}
