#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/conf/theme.h"
#include "ui/term/palette.h"

static struct theme *
parse(const char *text, struct err *err)
{
    return theme_parse("t.yaml", text, strlen(text), err);
}

static void
every_shipped_theme_loads(void **state)
{
    (void)state;
    static const char *const names[] = {"dusk", "paper", "mono"};
    for (int i = 0; i < 3; i++) {
        struct err err = {{0}};
        struct theme *t = theme_load(names[i], &err);
        if (!t)
            fail_msg("%s", err.text);
        assert_string_equal(t->name, names[i]);
        /* what streams must cost no colour changes */
        assert_int_equal(t->inks[INK_TEXT].fg, -1);
        assert_int_equal(t->inks[INK_TEXT].attributes, 0);
        theme_destroy(&t);
    }
}

static void
the_users_own_theme_wins(void **state)
{
    (void)state;
    char folder[] = "/tmp/berdua-theme-XXXXXX", path[256];
    assert_non_null(mkdtemp(folder));
    setenv("XDG_CONFIG_HOME", folder, 1);
    snprintf(path, sizeof path, "%s/berdua", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/berdua/themes", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/berdua/themes/dusk.yaml", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("roles:\n  claude: {fg: 201}\n", f);
    fclose(f);
    struct err err = {{0}};
    struct theme *t = theme_load("dusk", &err);
    assert_non_null(t);
    assert_int_equal(t->inks[INK_CLAUDE].fg, 201);
    theme_destroy(&t);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs("roles:\n  claud: {fg: 201}\n", f);
    fclose(f);
    t = theme_load("dusk", &err);
    assert_null(t);
    assert_non_null(strstr(err.text, "berdua/themes/dusk.yaml:2:3: claud: unknown role"));
    assert_non_null(strstr(err.text, "did you mean claude?"));
    unlink(path);
    unsetenv("XDG_CONFIG_HOME");
}

static void
wrong_input_names_its_place_and_the_nearest_word(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"roles:\n  dim: {fg: \"#12\"}\n", "t.yaml:2:13: fg: a colour is"},
        {"roles:\n  dim: {fg: gren}\n", "did you mean green?"},
        {"roles:\n  dim: {fg: 256}\n", "t.yaml:2:13: fg:"},
        {"roles:\n  dim: {fg16: 99}\n", "t.yaml:2:15: fg16: a colour for few"},
        {"roles:\n  dim: {blod: true}\n",
         "t.yaml:2:9: blod: unknown property (did you mean bold?)"},
        {"roles:\n  dim: {bold: maybe}\n", "must be true or false"},
        {"rolls: {}\n", "t.yaml:1:1: rolls: unknown key (did you mean roles?)"},
        {"roles: [a]\n", "t.yaml:1:8: roles: must be a mapping"},
        {"- a\n", "must be a mapping with roles"},
        {"roles: {dim: red}\n", "t.yaml:1:14: dim: must be a mapping"},
        {"roles:\n  dim: {fg: #aabbcc\n", "t.yaml:"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct err err = {{0}};
        assert_null(parse(wrong[i].text, &err));
        if (!strstr(err.text, wrong[i].message))
            fail_msg("%s lacks %s", err.text, wrong[i].message);
    }
    struct err err = {{0}};
    assert_null(theme_load("../../etc/passwd", &err));
    assert_non_null(strstr(err.text, "no theme"));
    assert_null(theme_load("dsk", &err));
    assert_non_null(strstr(err.text, "dusk"));
}

static void
colours_come_down_to_what_the_terminal_has(void **state)
{
    (void)state;
    struct err err = {{0}};
    struct theme *t = parse("roles:\n  claude: {fg: \"#d7875f\", fg16: bright-yellow}\n"
                            "  dim: {fg: bright-black}\n"
                            "  match: {fg: black, bg: \"#ffff00\"}\n",
                            &err);
    assert_non_null(t);
    struct shade s;
    theme_shade(&t->inks[INK_CLAUDE], 1 << 24, &s);
    assert_int_equal(s.fg, 0xd7875f);
    theme_shade(&t->inks[INK_CLAUDE], 256, &s);
    assert_int_equal(s.fg, 173);
    theme_shade(&t->inks[INK_CLAUDE], 16, &s);
    assert_int_equal(s.fg, 11);
    theme_shade(&t->inks[INK_CLAUDE], 8, &s);
    assert_int_equal(s.fg, 3);
    assert_int_equal(s.attributes, INK_BOLD);
    theme_shade(&t->inks[INK_DIM], 8, &s);
    assert_int_equal(s.fg, -1);
    assert_int_equal(s.attributes, INK_FAINT);
    theme_shade(&t->inks[INK_MATCH], 0, &s);
    assert_int_equal(s.fg, -1);
    assert_int_equal(s.bg, -1);
    assert_int_equal(s.attributes, INK_REVERSE);
    theme_shade(&t->inks[INK_TEXT], 256, &s);
    assert_int_equal(s.fg, -1);
    theme_destroy(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_theme_loads),
        cmocka_unit_test(the_users_own_theme_wins),
        cmocka_unit_test(wrong_input_names_its_place_and_the_nearest_word),
        cmocka_unit_test(colours_come_down_to_what_the_terminal_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
