#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "ui/term/input.h"
#include "ui/edit/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct keymap *
make(struct key_binding *keys, size_t n, struct err *err)
{
    struct config config = {.keys = keys, .key_count = n};
    return keymap_create(&config, err);
}

static void
default_keys_do_what_the_design_says(void **state)
{
    (void)state;
    static const struct {
        enum focus focus;
        const char *key;
        enum action action;
    } expected[] = {
        {FOCUS_COMPOSE, "Enter", ACT_SEND},
        {FOCUS_COMPOSE, "A-Enter", ACT_NEWLINE},
        {FOCUS_COMPOSE, "C-j", ACT_NEWLINE},
        {FOCUS_COMPOSE, "S-Enter", ACT_NEWLINE},
        {FOCUS_COMPOSE, "F5", ACT_VERDICT_LEFT},
        {FOCUS_COMPOSE, "F6", ACT_VERDICT_RIGHT},
        {FOCUS_COMPOSE, "F7", ACT_VERDICT_TIE},
        {FOCUS_COMPOSE, "F8", ACT_VERDICT_BOTH_BAD},
        {FOCUS_COMPOSE, "PgUp", ACT_PAGE_UP},
        {FOCUS_COMPOSE, "A-1", ACT_VERDICT_LEFT},
        {FOCUS_COMPOSE, "A-2", ACT_VERDICT_RIGHT},
        {FOCUS_COMPOSE, "A-3", ACT_VERDICT_TIE},
        {FOCUS_COMPOSE, "A-4", ACT_VERDICT_BOTH_BAD},
        {FOCUS_COMPOSE, "A-n", ACT_NOTE},
        {FOCUS_COMPOSE, "A-u", ACT_UNDO},
        {FOCUS_COMPOSE, "A-r", ACT_REGENERATE},
        {FOCUS_COMPOSE, "A-z", ACT_ZOOM},
        {FOCUS_COMPOSE, "A-m", ACT_MODE},
        {FOCUS_COMPOSE, "A-p", ACT_PANEL},
        {FOCUS_COMPOSE, "Esc", ACT_BROWSE},
        {FOCUS_COMPOSE, "C-c", ACT_CLEAR_OR_CANCEL},
        {FOCUS_COMPOSE, "C-d", ACT_QUIT_IF_EMPTY},
        {FOCUS_COMPOSE, "C-z", ACT_SUSPEND},
        {FOCUS_COMPOSE, "C-l", ACT_REDRAW},
        {FOCUS_COMPOSE, "F1", ACT_HELP},
        {FOCUS_COMPOSE, "Tab", ACT_NONE},
        {FOCUS_COMPOSE, "j", ACT_NONE},
        {FOCUS_COMPOSE, "1", ACT_NONE},
        {FOCUS_BROWSE, "j", ACT_LINE_DOWN},
        {FOCUS_BROWSE, "k", ACT_LINE_UP},
        {FOCUS_BROWSE, "g", ACT_TOP},
        {FOCUS_BROWSE, "G", ACT_BOTTOM},
        {FOCUS_BROWSE, "C-u", ACT_HALF_UP},
        {FOCUS_BROWSE, "C-d", ACT_HALF_DOWN},
        {FOCUS_BROWSE, "/", ACT_SEARCH},
        {FOCUS_BROWSE, "n", ACT_SEARCH_NEXT},
        {FOCUS_BROWSE, "N", ACT_SEARCH_PREVIOUS},
        {FOCUS_BROWSE, "4", ACT_VERDICT_BOTH_BAD},
        {FOCUS_BROWSE, "y", ACT_COPY},
        {FOCUS_BROWSE, "e", ACT_EDIT_RESEND},
        {FOCUS_BROWSE, "r", ACT_REGENERATE},
        {FOCUS_BROWSE, "?", ACT_HELP},
        {FOCUS_BROWSE, "i", ACT_COMPOSE},
        {FOCUS_BROWSE, "Enter", ACT_COMPOSE},
    };
    struct err err;
    struct keymap *k = make(NULL, 0, &err);
    assert_non_null(k);
    for (size_t i = 0; i < ARRAY_LEN(expected); i++)
        if (keymap_lookup(k, expected[i].focus, expected[i].key) != expected[i].action)
            fail_msg("%s", expected[i].key);
    enum action a = ACT_NONE;
    char bytes[KEYMAP_SEQUENCE_BYTES];
    assert_int_equal(keymap_sequence(k, 0, bytes, &a), 2);
    assert_memory_equal(bytes, "\030\005", 2);
    assert_int_equal(a, ACT_EDITOR);
    /* what no terminal and no browser keeps for itself */
    static const enum action sure[] = {ACT_VERDICT_LEFT,     ACT_VERDICT_RIGHT, ACT_VERDICT_TIE,
                                       ACT_VERDICT_BOTH_BAD, ACT_NOTE,          ACT_UNDO};
    for (size_t i = 0; i < ARRAY_LEN(sure); i++) {
        assert_int_equal(keymap_sequence(k, i + 1, bytes, &a), 2);
        assert_int_equal(bytes[0], 030);
        assert_int_equal(a, sure[i]);
    }
    assert_int_equal(keymap_sequence(k, 1 + ARRAY_LEN(sure), bytes, &a), 0);
    keymap_destroy(&k);
    assert_null(k);
}

static void
the_users_key_wins_is_shown_first_and_an_empty_action_takes_a_key_away(void **state)
{
    (void)state;
    struct key_binding keys[] = {
        {"compose", "alt-1", "undo"},
        {"compose", "f5", "verdict-left"},
        {"browse", "g", ""},
        {"compose", "Ctrl-X e", "help"},
    };
    struct err err;
    struct keymap *k = make(keys, 4, &err);
    assert_non_null(k);
    assert_int_equal(keymap_lookup(k, FOCUS_COMPOSE, "A-1"), ACT_UNDO);
    assert_int_equal(keymap_lookup(k, FOCUS_BROWSE, "A-1"), ACT_VERDICT_LEFT);
    char out[40];
    keymap_keys_for(k, FOCUS_COMPOSE, ACT_VERDICT_LEFT, out, sizeof out);
    assert_string_equal(out, "F5, C-x 1");
    assert_int_equal(keymap_lookup(k, FOCUS_BROWSE, "g"), ACT_NONE);
    keymap_keys_for(k, FOCUS_BROWSE, ACT_TOP, out, sizeof out);
    assert_string_equal(out, "Home");
    keymap_keys_for(k, FOCUS_COMPOSE, ACT_UNDO, out, sizeof out);
    assert_string_equal(out, "A-1, A-u, C-x u");
    keymap_keys_for(k, FOCUS_COMPOSE, ACT_UNDO, out, 5);
    assert_string_equal(out, "A-1");
    enum action a;
    char bytes[KEYMAP_SEQUENCE_BYTES];
    assert_int_equal(keymap_sequence(k, 0, bytes, &a), 2);
    assert_memory_equal(bytes, "\030e", 2);
    assert_int_equal(a, ACT_HELP);
    keymap_destroy(&k);
}

static void
add_clash(void *arg, const char *text)
{
    buf_printf(arg, "%s\n", text);
}

static void
keys_that_take_something_away_are_told(void **state)
{
    (void)state;
    struct key_binding keys[] = {
        {"compose", "A-q", "undo"},  {"compose", "alt-q", "note"}, {"compose", "A-s", "help"},
        {"compose", "C-x", "panel"}, {"compose", "é", "panel"},    {"compose", "Enter", ""},
        {"compose", "tab", "panel"}, {"browse", "x", "panel"},     {"browse", "d", "why"},
        {"browse", "j", ""},
    };
    const struct config config = {.keys = keys, .key_count = ARRAY_LEN(keys)};
    struct err err;
    struct buf said;
    buf_init(&said, 4000);
    struct keymap *k = keymap_create(&config, &err);
    assert_non_null(k);
    keymap_clashes(k, &config, add_clash, &said);
    assert_string_equal(
        said.p, "keys.compose: \"A-q\" and \"alt-q\" are one key; the second counts\n"
                "keys.compose.\"alt-q\": no key is left for stash\n"
                "keys.compose.\"A-s\": no key is left for reveal\n"
                "keys.compose.\"C-x\": 7 sequences that begin with it can no longer be typed\n"
                "keys.compose.\"é\": this character can no longer be typed\n"
                "keys.compose.\"Enter\": no key is left for send\n"
                "keys.compose.\"tab\": the menu of commands has this key\n"
                "keys.browse.\"d\": no key is left for diff\n");
    keymap_destroy(&k);
    buf_clear(&said);
    const struct config none = {.key_count = 0};
    k = keymap_create(&none, &err);
    keymap_clashes(k, &none, add_clash, &said);
    assert_int_equal(said.len, 0);
    buf_finish(&said);
    keymap_destroy(&k);
}

static void
a_wrong_binding_names_its_place_and_the_nearest_action(void **state)
{
    (void)state;
    static const struct {
        struct key_binding key;
        const char *text;
    } wrong[] = {
        {{"compose", "A-x", "verdict-lift"},
         "keys.compose.\"A-x\": no action \"verdict-lift\" (did you mean \"verdict-left\"?)"},
        {{"browse", "A-x", "zzzzzz"}, "keys.browse.\"A-x\": no action \"zzzzzz\""},
        {{"compose", "Q-x", "undo"},
         "keys.compose.\"Q-x\": no such key; keys are written like "
         "A-1, C-x C-e, F1, PgUp, g"},
        {{"nowhere", "x", "undo"}, "keys.nowhere: no such focus (compose, browse)"},
        {{"browse", "C-x x", "undo"},
         "keys.browse.\"C-x x\": sequences of keys work in the compose focus only"},
        {{"compose", "C-x Up", "undo"},
         "keys.compose.\"C-x Up\": \"Up\" cannot be part of a sequence"},
        {{"compose", "", "undo"}, "keys.compose.\"\": no key"},
        {{"compose", "C-c C-x", "undo"}, NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct key_binding key = wrong[i].key;
        struct err err = {.text = ""};
        struct keymap *k = make(&key, 1, &err);
        if (wrong[i].text) {
            assert_null(k);
            assert_string_equal(err.text, wrong[i].text);
        }
        keymap_destroy(&k);
    }
    struct key_binding both[] = {{"compose", "C-x", "undo"}, {"compose", "C-x y", "help"}};
    struct err err = {.text = ""};
    assert_null(make(both, 2, &err));
    assert_string_equal(err.text, "keys.compose.\"C-x y\": \"C-x\" is bound alone");
    /* A default sequence yields to the user's key. */
    struct keymap *k = make(both, 1, &err);
    assert_non_null(k);
    enum action a;
    char bytes[KEYMAP_SEQUENCE_BYTES];
    assert_int_equal(keymap_sequence(k, 0, bytes, &a), 0);
    keymap_destroy(&k);
}

static void
every_action_has_a_name_a_command_and_a_line_of_help(void **state)
{
    (void)state;
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
        const struct action_info *info = action_info((enum action)i);
        assert_int_equal(info->action, i);
        assert_true(*info->name && *info->help);
        assert_ptr_equal(action_by_name(info->name), info);
        assert_non_null(info->command);
        assert_ptr_equal(action_by_command(info->command, strlen(info->command)), info);
    }
    assert_null(action_by_command("lef", 3));
    assert_null(action_by_name(""));
    assert_int_equal(action_info((enum action)9999)->action, ACT_NONE);
}

/* near NULL: no command is meant. */
static void
is_no_command(const char *line, const char *near)
{
    struct err err = {{0}};
    char *argument, meant[64];
    snprintf(meant, sizeof meant, "(did you mean /%s?)", near ? near : "");
    assert_null(action_read(line, &argument, &err));
    assert_null(argument);
    assert_non_null(strstr(err.text, near ? meant : "begins with //"));
}

static void
a_misspelt_command_finds_the_one_that_was_meant(void **state)
{
    (void)state;
    is_no_command("/lfet", "left");
    is_no_command("/serch", "search");
    is_no_command("/quitt now", "quit");
    is_no_command("/xyzzyxyzzy", NULL);
    is_no_command("/", NULL);
    char wide[300] = "/";
    memset(wide + 1, 'q', sizeof wide - 2);
    wide[sizeof wide - 1] = 0;
    is_no_command(wide, NULL);
}

static void
a_command_comes_with_its_argument_and_refuses_one_that_it_does_not_take(void **state)
{
    (void)state;
    struct err err = {{0}};
    char *argument;
    assert_int_equal(action_read("/note  dua kata \n", &argument, &err)->action, ACT_NOTE);
    assert_string_equal(argument, "dua kata");
    free(argument);
    assert_int_equal(action_read("/tie ", &argument, &err)->action, ACT_VERDICT_TIE);
    assert_null(argument);
    assert_null(action_read("/tie now", &argument, &err));
    assert_string_equal(argument, "now");
    free(argument);
    assert_string_equal(err.text, "/tie takes no argument");
}

static void
keys_are_spelt_for_people(void **state)
{
    (void)state;
    char out[40];
    keymap_spell("A-1", out, sizeof out);
    assert_string_equal(out, "Alt-1");
    keymap_spell("C-x C-e", out, sizeof out);
    assert_string_equal(out, "Ctrl-X Ctrl-E");
    keymap_spell("C-A-S-Left", out, sizeof out);
    assert_string_equal(out, "Ctrl-Alt-Shift-Left");
    keymap_spell("A-Z", out, sizeof out);
    assert_string_equal(out, "Alt-Z");
    keymap_spell("-", out, sizeof out);
    assert_string_equal(out, "-");
    keymap_spell("A-\u00e9", out, 6); /* a character that there is no room for */
    assert_string_equal(out, "Alt-");
    memset(out, '~', sizeof out);
    keymap_spell("A-C-x", out, 3); /* nothing is written behind the room */
    assert_memory_equal(out, "Al\0~~~~~~~~~", 12);
    keymap_spell("C-x C-e", out, 6);
    assert_string_equal(out, "Ctrl-");
}

static void
key_names_have_one_canonical_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *written, *name;
    } names[] = {
        {"ctrl-x", "C-x"},
        {"C-X", "C-x"},
        {"A-C-x", "C-A-x"},
        {"M-Return", "A-Enter"},
        {"alt-N", "A-N"},
        {"escape", "Esc"},
        {"pageup", "PgUp"},
        {"s-tab", "S-Tab"},
        {"C-i", "Tab"},
        {"C-m", "Enter"},
        {"C-[", "Esc"},
        {"S-a", "A"},
        {"C-/", "C-_"},
        {"C-Space", "C-Space"},
        {"-", "-"},
        {"A--", "A--"},
        {"é", "é"},
        {"f12", "F12"},
        {"C-A-Left", "C-A-Left"},
    };
    char out[24];
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        assert_true(input_key_name(names[i].written, out));
        assert_string_equal(out, names[i].name);
    }
    const char *wrong[] = {"", "F13", "ab", "C-", "\xff", "\x01", "A-foo", "C-ab"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        if (input_key_name(wrong[i], out))
            fail_msg("'%s' gave '%s'", wrong[i], out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_keys_do_what_the_design_says),
        cmocka_unit_test(the_users_key_wins_is_shown_first_and_an_empty_action_takes_a_key_away),
        cmocka_unit_test(keys_that_take_something_away_are_told),
        cmocka_unit_test(a_wrong_binding_names_its_place_and_the_nearest_action),
        cmocka_unit_test(every_action_has_a_name_a_command_and_a_line_of_help),
        cmocka_unit_test(a_misspelt_command_finds_the_one_that_was_meant),
        cmocka_unit_test(a_command_comes_with_its_argument_and_refuses_one_that_it_does_not_take),
        cmocka_unit_test(keys_are_spelt_for_people),
        cmocka_unit_test(key_names_have_one_canonical_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
