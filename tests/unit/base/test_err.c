#include "unit/unit.h"

#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

static void
a_bounded_part_that_ends_inside_a_character_leaves_whole_ones(void **state)
{
    (void)state;
    struct err err;
    assert_false(err_set(&err, "no tier \"%.5s\" here", "caffé"));
    assert_string_equal(err.text, "no tier \"caff\xef\xbf\xbd\" here");
    assert_false(err_prefix(&err, "%.4s", "caf\xe2\x80\x99"));
    assert_string_equal(err.text, "caf\xef\xbf\xbd: no tier \"caff\xef\xbf\xbd\" here");
}

static void
bytes_that_are_no_utf8_become_one_stand_in(void **state)
{
    (void)state;
    struct err err;
    assert_false(err_set(&err, "%s: missing", "/tmp/\xff\xfe\xe9t\xe9"));
    assert_string_equal(err.text, "/tmp/\xef\xbf\xbdt\xef\xbf\xbd: missing");
}

/* Names of any kind and length: a reason that quotes one is short, and says to its end what to do. */
static void
a_reason_that_quotes_a_long_name_keeps_both_ends_of_both(void **state)
{
    (void)state;
    static const char *const letters[] = {"k", "é", "💛", "\xff", "k k ", "漢"};
    struct err err;
    for (size_t l = 0; l < ARRAY_LEN(letters); l++)
        for (size_t times = 100; times < 30000; times += times / 3) {
            struct buf name;
            buf_init(&name, 1 << 20);
            buf_append_str(&name, "first/");
            for (size_t i = 0; i < times; i++)
                buf_append_str(&name, letters[l]);
            buf_append_str(&name, "/last");
            bool bad = (letters[l][0] & 0xff) == 0xff; /* all of it is one stand-in */
            for (int prefixed = 0; prefixed < 2; prefixed++) {
                if (prefixed)
                    err_prefix(&err, "file %s", name.p);
                else
                    err_set(&err, "no \"%s\": try --help", name.p);
                assert_true(utf8_valid(err.text, strlen(err.text)));
                assert_non_null(strstr(err.text, "first/"));
                assert_non_null(strstr(err.text, "/last"));
                assert_non_null(strstr(err.text, ": try --help"));
                if (name.len > sizeof err.text)
                    assert_int_equal(strstr(err.text, "…") != NULL, !bad);
            }
            buf_finish(&name);
        }
}

static void
a_long_reason_of_short_words_ends_as_it_ends(void **state)
{
    (void)state;
    struct err err;
    char words[2000] = "";
    for (size_t i = 0; i + 5 < sizeof words; i += 4)
        memcpy(words + i, "kata", 5), words[i + 3] = ' ';
    assert_false(err_set(&err, "begins %s ends", words));
    assert_true(strlen(err.text) < sizeof err.text && strlen(err.text) >= sizeof err.text - 4);
    assert_int_equal(strncmp(err.text, "begins kat", 10), 0);
    assert_string_equal(err.text + strlen(err.text) - 5, " ends");
}

static void
a_reason_may_quote_the_one_before(void **state)
{
    (void)state;
    struct err err;
    err_set(&err, "inner");
    err_set(&err, "outer (%s)", err.text);
    assert_string_equal(err.text, "outer (inner)");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bounded_part_that_ends_inside_a_character_leaves_whole_ones),
        cmocka_unit_test(bytes_that_are_no_utf8_become_one_stand_in),
        cmocka_unit_test(a_reason_that_quotes_a_long_name_keeps_both_ends_of_both),
        cmocka_unit_test(a_long_reason_of_short_words_ends_as_it_ends),
        cmocka_unit_test(a_reason_may_quote_the_one_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
