#include "unit/unit.h"
#include "unit/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/conf/theme.h"
#include "ui/term/ground.h"
#include "ui/term/palette.h"

static struct theme *
parse(const char *text, struct err *err)
{
    return theme_parse("t.yaml", text, strlen(text), err);
}

static const char *const shipped[] = {"batik", "dawn",           "dusk",           "high-contrast",
                                      "mono",  "solarized-dark", "solarized-light"};

static struct theme *
load(const char *name)
{
    struct err err = {{0}};
    struct theme *t = theme_load(name, &err);
    if (!t)
        fail_msg("%s", err.text);
    return t;
}

static void
add_name(void *arg, const char *name)
{
    struct buf *names = arg;
    buf_printf(names, "%s ", name);
}

static void
every_shipped_theme_loads_and_says_what_it_is_for(void **state)
{
    (void)state;
    struct buf names;
    buf_init(&names, 1000);
    theme_each(add_name, &names);
    assert_string_equal(names.p, "batik dawn dusk high-contrast mono solarized-dark "
                                 "solarized-light ");
    buf_finish(&names);
    for (size_t i = 0; i < ARRAY_LEN(shipped); i++) {
        struct theme *t = load(shipped[i]), *other = t->other ? load(t->other) : NULL;
        assert_string_equal(t->name, shipped[i]);
        assert_non_null(t->description);
        if (other) {
            assert_int_equal(t->ground + other->ground, GROUND_DARK + GROUND_LIGHT);
            assert_string_equal(other->other, t->name);
        }
        /* what streams must cost no colour changes, unless the theme paints all of the screen */
        if (t->paint == INK_OWN) {
            assert_int_equal(t->inks[INK_TEXT].fg, INK_OWN);
            assert_int_equal(t->inks[INK_TEXT].attributes, 0);
        }
        theme_destroy(&other);
        theme_destroy(&t);
    }
}

/* A colour as curses takes it, as 0xRRGGBB; own: the terminal's. */
static int
rgb_of(int colour, int colours, int own)
{
    return colour < 0 ? own : colours > 0x10000 ? colour : palette_rgb(colour);
}

/* The contrast of a role on one kind of terminal with a dark or a light ground. Faint is two thirds of the light,
 * as VTE and xterm show it; with eight colours bold makes a colour bright. */
static double
contrast(const struct theme *t, enum ink ink, int colours, bool dark)
{
    struct shade s;
    theme_shade(t, ink, colours, &s);
    if (colours == 8 && s.attributes & INK_BOLD && s.fg >= 0 && s.fg < 8)
        s.fg += 8;
    int fg = rgb_of(s.fg, colours, palette_rgb(dark ? 7 : 0));
    int bg = rgb_of(s.bg, colours, dark ? 0 : 0xffffff);
    if (s.attributes & INK_FAINT)
        fg = (fg >> 16 & 255) * 2 / 3 << 16 | (fg >> 8 & 255) * 2 / 3 << 8 | (fg & 255) * 2 / 3;
    return palette_contrast(fg, bg);
}

static void
every_role_of_every_theme_can_be_read_on_its_background(void **state)
{
    (void)state;
    static const int depths[] = {0, 8, 16, 256, 1 << 24};
    int unreadable = 0;
    for (size_t i = 0; i < ARRAY_LEN(shipped); i++) {
        struct theme *t = load(shipped[i]);
        for (size_t d = 0; d < ARRAY_LEN(depths); d++)
            for (int ink = 0; ink < INK_COUNT; ink++)
                for (int dark = 0; dark < 2; dark++) {
                    bool fits = t->ground == (dark ? GROUND_DARK : GROUND_LIGHT);
                    double c = contrast(t, (enum ink)ink, depths[d], dark);
                    /* one that paints its ground can be read everywhere */
                    bool counts = fits || t->ground == GROUND_UNKNOWN || t->paint != INK_OWN;
                    if (counts && c < 4.5) {
                        print_message("%s, ink %d, %d colours, %s: %.2f\n", shipped[i], ink,
                                      depths[d], dark ? "dark" : "light", c);
                        unreadable++;
                    }
                }
        theme_destroy(&t);
    }
    assert_int_equal(unreadable, 0);
}

/* What a role says beyond its text is seen without colours too. */
static void
no_theme_tells_by_colour_alone(void **state)
{
    (void)state;
    static const enum ink roles[] = {INK_SIMULATED, INK_MATCH,  INK_TAB_ACTIVE, INK_MESSAGE,
                                     INK_CLAUDE,    INK_LLAMA,  INK_WINNER,     INK_HEADING,
                                     INK_LINK,      INK_STRONG, INK_EMPHASIS};
    for (size_t i = 0; i < ARRAY_LEN(shipped); i++) {
        struct theme *t = load(shipped[i]);
        for (size_t r = 0; r < ARRAY_LEN(roles); r++) {
            struct shade s, text;
            theme_shade(t, roles[r], 0, &s);
            theme_shade(t, INK_TEXT, 0, &text);
            if (s.attributes == text.attributes)
                fail_msg("%s, ink %d", shipped[i], (int)roles[r]);
        }
        theme_destroy(&t);
    }
}

static void
the_terminal_says_what_its_background_is(void **state)
{
    (void)state;
    static const struct {
        const char *reply;
        enum ground ground;
    } replies[] = {
        {"\033]11;rgb:0000/0000/0000\007", GROUND_DARK},
        {"\033]11;rgb:ffff/ffff/ffff\033\\", GROUND_LIGHT},
        {"\033]11;rgb:1e/1e/2e\033\\", GROUND_DARK},
        {"\033]11;rgb:f/d/e\007", GROUND_LIGHT},
        {"\033]11;rgb:fdfd/f6f6/e3e3\xc2\x9c", GROUND_LIGHT},
        {"\033]11;rgb:0000/2b2b/3636\x9c", GROUND_DARK},
        {"\033]10;rgb:ffff/ffff/ffff\007", GROUND_UNKNOWN},
        {"\033]11;rgb:fffff/ffff/ffff\007", GROUND_UNKNOWN},
        {"\033]11;rgb:ffff/ffff\007", GROUND_UNKNOWN},
        {"\033]11;rgb:ffff/ffff/\007", GROUND_UNKNOWN},
        {"\033]11;rgb:ffff/ffff/ffff/ffff\007", GROUND_UNKNOWN},
        {"\033]11;rgb:-1/0/0\007", GROUND_UNKNOWN},
        {"\033]11;#ffffff\007", GROUND_UNKNOWN},
        {"\033]11;rgb:", GROUND_UNKNOWN},
        {"", GROUND_UNKNOWN},
    };
    for (size_t i = 0; i < ARRAY_LEN(replies); i++)
        assert_int_equal(ground_of_reply(replies[i].reply, strlen(replies[i].reply)),
                         replies[i].ground);
    assert_int_equal(ground_of_variable("15;0"), GROUND_DARK);
    assert_int_equal(ground_of_variable("0;default;15"), GROUND_LIGHT);
    assert_int_equal(ground_of_variable("15;8"), GROUND_DARK);
    assert_int_equal(ground_of_variable("0;7"), GROUND_LIGHT);
    static const char *const unknown[] = {NULL, "", "15", "15;default", "15;", "0;16", "0;-1"};
    for (size_t i = 0; i < ARRAY_LEN(unknown); i++)
        assert_int_equal(ground_of_variable(unknown[i]), GROUND_UNKNOWN);
}

static void
the_users_own_theme_wins(void **state)
{
    (void)state;
    char folder[SCRATCH_BYTES], path[256];
    assert_int_equal(scratch_make(folder), 0);
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
    snprintf(path, sizeof path, "%s/berdua/themes/mine.yaml", folder);
    f = fopen(path, "w");
    assert_non_null(f);
    fclose(f);
    struct buf names;
    buf_init(&names, 1000);
    theme_each(add_name, &names);
    assert_string_equal(names.p, "batik dawn dusk high-contrast mono solarized-dark "
                                 "solarized-light mine ");
    buf_finish(&names);
    unlink(path);
    snprintf(path, sizeof path, "%s/berdua/themes/dusk.yaml", folder);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs("roles:\n  claud: {fg: 201}\n", f);
    fclose(f);
    t = theme_load("dusk", &err);
    assert_null(t);
    assert_non_null(strstr(err.text, "berdua/themes/dusk.yaml:2:3: claud: unknown role"));
    assert_non_null(strstr(err.text, "did you mean claude?"));
    scratch_remove(folder);
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
        {"background: dusk\n", "t.yaml:1:13: background: must be dark, light or any"},
        {"background: [dark]\n", "must be dark, light or any"},
        {"paint: blck\n", "did you mean black?"},
        {"other: ../x\n", "t.yaml:1:8: other: must be the name of a theme"},
        {"description: [a]\n", "must be a text"},
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
    theme_shade(t, INK_CLAUDE, 1 << 24, &s);
    assert_int_equal(s.fg, 0xd7875f);
    theme_shade(t, INK_CLAUDE, 256, &s);
    assert_int_equal(s.fg, 173);
    theme_shade(t, INK_CLAUDE, 16, &s);
    assert_int_equal(s.fg, 11);
    theme_shade(t, INK_CLAUDE, 8, &s);
    assert_int_equal(s.fg, 3);
    assert_int_equal(s.attributes, INK_BOLD);
    theme_shade(t, INK_DIM, 8, &s);
    assert_int_equal(s.fg, -1);
    assert_int_equal(s.attributes, INK_FAINT);
    theme_shade(t, INK_MATCH, 0, &s);
    assert_int_equal(s.fg, -1);
    assert_int_equal(s.bg, -1);
    assert_int_equal(s.attributes, INK_REVERSE);
    theme_shade(t, INK_TEXT, 256, &s);
    assert_int_equal(s.fg, -1);
    theme_destroy(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_theme_loads_and_says_what_it_is_for),
        cmocka_unit_test(every_role_of_every_theme_can_be_read_on_its_background),
        cmocka_unit_test(no_theme_tells_by_colour_alone),
        cmocka_unit_test(the_terminal_says_what_its_background_is),
        cmocka_unit_test(the_users_own_theme_wins),
        cmocka_unit_test(wrong_input_names_its_place_and_the_nearest_word),
        cmocka_unit_test(colours_come_down_to_what_the_terminal_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
