#include "unit/unit.h"

#include "berdua/base/buf.h"

#include <stdlib.h>
#include <string.h>

static void
append_past_the_cap_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 5);
    assert_true(buf_append_str(&b, "abc"));
    assert_false(buf_append_str(&b, "def"));
    assert_string_equal(b.p, "abc");
    assert_true(buf_append_str(&b, "de"));
    assert_false(buf_append_char(&b, 'f'));
    assert_int_equal(b.len, 5);
    buf_finish(&b);
    assert_string_equal(b.p, "");
}

static void
a_taken_string_is_the_callers_and_the_buf_starts_anew(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 100);
    assert_true(buf_printf(&b, "%d-%s", 7, "x"));
    char *s = buf_take(&b);
    assert_string_equal(s, "7-x");
    assert_int_equal(b.len, 0);
    free(s);
    s = buf_take(&b);
    assert_string_equal(s, "");
    free(s);
    buf_finish(&b);
}

static void
consume_keeps_the_rest(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 100);
    buf_append(&b, "ab\0cd", 5);
    buf_consume(&b, 2);
    assert_int_equal(b.len, 3);
    assert_memory_equal(b.p, "\0cd", 4);
    buf_consume(&b, 99);
    assert_int_equal(b.len, 0);
    buf_finish(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(append_past_the_cap_is_refused_and_changes_nothing),
        cmocka_unit_test(a_taken_string_is_the_callers_and_the_buf_starts_anew),
        cmocka_unit_test(consume_keeps_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
