#include "unit/unit.h"

#include <string.h>

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

static void
a_reason_that_is_too_long_ends_at_a_whole_character(void **state)
{
    (void)state;
    struct err err;
    char wide[1000] = "";
    for (size_t i = 0; i + 3 < sizeof wide; i += 2)
        memcpy(wide + i, "é", 3);
    for (int from = 0; from < 2; from++) { /* the end falls before, and into, a character */
        assert_false(err_set(&err, "%s%s", from ? "x" : "", wide));
        assert_true(utf8_valid(err.text, strlen(err.text)));
        assert_true(strlen(err.text) >= sizeof err.text - 3);
        assert_false(err_prefix(&err, "%s", wide + 2));
        assert_true(utf8_valid(err.text, strlen(err.text)));
    }
    memset(wide, 0xff, sizeof wide - 1);
    assert_false(err_set(&err, "%s", wide));
    assert_string_equal(err.text, "\xef\xbf\xbd");
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
        cmocka_unit_test(a_reason_that_is_too_long_ends_at_a_whole_character),
        cmocka_unit_test(a_reason_may_quote_the_one_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
