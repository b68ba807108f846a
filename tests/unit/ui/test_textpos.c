#include "unit/unit.h"

#include "berdua/base/mem.h"
#include "ui/edit/editor_parts.h"

#include <string.h>

static void
words_are_letters_digits_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        int count;
        size_t to;
    } samples[] = {
        {"satu dua", 0, 1, 4},
        {"satu dua", 4, 1, 8},
        {"satu dua", 8, 1, 8},
        {"satu dua", 8, -1, 5},
        {"satu dua", 5, -1, 0},
        {"satu dua", 0, -1, 0},
        {"satu dua", 2, 2, 8},
        {"satu dua", 7, -2, 0},
        {"satu dua", 3, 0, 3},
        {"satu dua", 0, 1000000, 8},
        {"  a-1, ", 0, 1, 3},
        {"  a-1, ", 7, -1, 4},
        {"  a-1, ", 7, -2, 2},
        {"e\u0301a \u0e17\u0e35\u0e48", 0, 1, 4},
        {"e\u0301a \u0e17\u0e35\u0e48", 14, -1, 5},
        {"a\u3002\u4e2d\u6587", 10, -1, 4},
        {"a\u3002\u4e2d\u6587", 1, 1, 10},
        {"a\xff\xe4z", 4, -1, 3},
        {"a\xff\xe4z", 3, -1, 0},
        {"a\xff\xe4z", 1, 1, 4},
        {"", 0, 1, 0},
        {"", 0, -1, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        const char *p = samples[i].text;
        size_t to = textpos_words(p, strlen(p), samples[i].at, samples[i].count);
        if (to != samples[i].to)
            fail_msg("sample %zu: %zu instead of %zu", i, to, samples[i].to);
    }
}

static void
lines_above_and_below_keep_the_column(void **state)
{
    (void)state;
    const char *p = "\u00e9\u00e9\u00e9\nx\nabc";
    size_t to;
    assert_false(textpos_above(p, 4, &to));
    assert_true(textpos_above(p, 11, &to));
    assert_int_equal(to, 8);
    assert_true(textpos_above(p, 8, &to));
    assert_int_equal(to, 2);
    assert_true(textpos_below(p, strlen(p), 6, &to));
    assert_int_equal(to, 8);
    assert_false(textpos_below(p, strlen(p), 11, &to));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_letters_digits_and_marks),
        cmocka_unit_test(lines_above_and_below_keep_the_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
