/* Macros of the configuration, as lines and on the screen. */
#include "scene.h"

#include "berdua/ui/macro.h"

static struct macro_conf some[] = {
    {"halo", "[\"Halo, {}\"]"},
    {"pagi", "[\"/mode route\",\"/halo {}\",\"\"]"},
    {"dua", "[\"satu\",\"dua\"]"},
};

static char *
lines_of(const struct config *c, const char *typed)
{
    struct macro_lines m;
    struct err err = {{0}};
    struct buf b;
    if (!macro_expand(c, typed, &m, &err))
        return xstrdup(err.text);
    buf_init(&b, 1 << 20);
    for (size_t i = 0; i < m.count; i++)
        buf_printf(&b, "%s|", m.line[i]);
    macro_lines_finish(&m);
    return buf_take(&b);
}

static void
says(const struct config *c, const char *typed, const char *lines)
{
    char *got = lines_of(c, typed);
    assert_string_equal(got, lines);
    free(got);
}

static void
a_macro_stands_for_its_lines_and_takes_a_text(void **state)
{
    (void)state;
    const struct config c = {.macros = some, .macro_count = ARRAY_LEN(some)};
    struct err err = {{0}};
    assert_true(macros_good(&c, &err));
    says(&c, "/halo  Kak Made ", "Halo, Kak Made |");
    says(&c, "/pagi Kak", "/mode route|Halo, Kak|");
    says(&c, "/dua", "satu|dua|");
    says(&c, "/dua x", "/dua takes no text");
    says(&c, "/quit", "");
    says(&c, "//dua", "");
    says(&c, "dua", "");
}

static void
one_that_runs_itself_or_grows_without_end_is_refused(void **state)
{
    (void)state;
    static struct macro_conf loop[] = {{"a", "[\"/b\"]"}, {"b", "[\"x\",\"/a\"]"}};
    static struct macro_conf wide[] = {
        {"a", "[\"/b\",\"/b\",\"/b\",\"/b\",\"/b\",\"/b\",\"/b\",\"/b\"]"},
        {"b", "[\"/c\",\"/c\",\"/c\",\"/c\",\"/c\",\"/c\",\"/c\",\"/c\"]"},
        {"c", "[\"/d\",\"/d\",\"/d\",\"/d\",\"/d\",\"/d\",\"/d\",\"/d\"]"},
        {"d", "[\"/e\",\"/e\",\"/e\",\"/e\",\"/e\",\"/e\",\"/e\",\"/e\"]"},
        {"e", "[\"{}\",\"{}\",\"{}\",\"{}\",\"{}\",\"{}\",\"{}\",\"{}\"]"},
    };
    static struct macro_conf command[] = {{"left", "[\"x\"]"}};
    static struct macro_conf name[] = {{"a b", "[\"x\"]"}};
    static const struct {
        struct config c;
        const char *why;
    } bad[] = {
        {{.macros = loop, .macro_count = 2}, "macros.a: /"},
        {{.macros = wide, .macro_count = 5}, "macros.a: /"},
        {{.macros = command, .macro_count = 1}, "macros.left: /left is a command"},
        {{.macros = name, .macro_count = 1}, "macros.a b: a name has"},
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct err err = {{0}};
        assert_false(macros_good(&bad[i].c, &err));
        if (!strstr(err.text, bad[i].why))
            fail_msg("%s", err.text);
    }
    /* also what only the text brings about */
    static struct macro_conf again[] = {{"r", "[\"{}\",\"{}\"]"}};
    const struct config c = {.macros = again, .macro_count = 1};
    char *got = lines_of(&c, "/r /r /r /r /r /r /r /r /r /r /r x");
    assert_non_null(strstr(got, "too deep"));
    free(got);
}

static void
its_lines_are_done_as_if_typed_up_to_one_that_is_refused(void **state)
{
    struct scene *s = *state;
    s->config.macros = some;
    s->config.macro_count = ARRAY_LEN(some);
    type(s, "/pagi");
    expect(s, "▸ /pagi");
    type(s, " Kak\r");
    s->wanted = NULL;
    s->wanted_count = 2;
    run_until(s);
    assert_int_equal(s->performed, ACT_SEND);
    assert_string_equal(s->argument, "Halo, Kak");
    type(s, "/help\r");
    expect(s, "Keys and commands");
    type(s, "/yours");
    expect(s, "/mode route; /halo {}");
    type(s, "\033");
    expect(s, "q close");
    type(s, "q");
    expect_gone(s, "Keys and commands");
    static struct macro_conf wrong[] = {{"w", "[\"/hepl\",\"never\"]"}};
    s->config.macros = wrong;
    s->config.macro_count = 1;
    type(s, "/w\r");
    expect(s, "no command /hepl");
    assert_int_equal(s->performed_count, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_macro_stands_for_its_lines_and_takes_a_text),
        cmocka_unit_test(one_that_runs_itself_or_grows_without_end_is_refused),
        SCREEN_TEST(its_lines_are_done_as_if_typed_up_to_one_that_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
