#include "unit/unit.h"

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "ui/text/wrap.h"

#include <stdlib.h>
#include <string.h>

/* Rows between bars. */
static void
assert_rows(const char *text, int width, enum wrap_mode mode, const char *want)
{
    char got[512] = "";
    size_t n = strlen(text), used = 0;
    for (size_t at = 0; at < n;) {
        struct wrap_row row;
        wrap_next(text, n, at, width, mode, &row);
        assert_true(row.next > at && row.end >= at && row.end <= row.next);
        assert_int_equal(row.cols, utf8_width(text + at, row.end - at));
        assert_true(used + row.end - at + 2 < sizeof got);
        memcpy(got + used, text + at, row.end - at);
        used += row.end - at;
        got[used++] = '|';
        got[used] = 0;
        at = row.next;
    }
    assert_string_equal(got, want);
}

static void
words_stay_whole_where_they_fit(void **state)
{
    (void)state;
    assert_rows("satu dua tiga", 8, WRAP_WORDS, "satu dua|tiga|");
    assert_rows("satu dua tiga", 7, WRAP_WORDS, "satu|dua|tiga|");
    assert_rows("satu   dua", 5, WRAP_WORDS, "satu|dua|");
    assert_rows("panjangsekali ya", 5, WRAP_WORDS, "panja|ngsek|ali|ya|");
    assert_rows("a panjangsekali", 5, WRAP_WORDS, "a|panja|ngsek|ali|");
    assert_rows("a\n\nb\n", 5, WRAP_WORDS, "a||b|");
    assert_rows("  masuk kata", 7, WRAP_WORDS, "  masuk|kata|");
    assert_rows("abc", 1, WRAP_WORDS, "a|b|c|");
}

static void
a_hyphen_between_letters_is_a_break(void **state)
{
    (void)state;
    assert_rows("sama-sama", 6, WRAP_WORDS, "sama-|sama|");
    assert_rows("x 2024-01-02", 7, WRAP_WORDS, "x|2024-01|-02|");
    assert_rows("lihat --opsi", 8, WRAP_WORDS, "lihat|--opsi|");
}

static void
wide_characters_break_anywhere_but_before_closing_marks(void **state)
{
    (void)state;
    assert_rows("\xe4\xb8\xad\xe6\x96\x87\xe5\xad\x97", 4, WRAP_WORDS,
                "\xe4\xb8\xad\xe6\x96\x87|\xe5\xad\x97|");
    assert_rows("\xe4\xb8\xad\xe6\x96\x87\xe3\x80\x82", 4, WRAP_WORDS,
                "\xe4\xb8\xad|\xe6\x96\x87\xe3\x80\x82|");
    assert_rows("\xe4\xb8\xad\xe6\x96\x87", 1, WRAP_WORDS, "\xe4\xb8\xad|\xe6\x96\x87|");
}

static void
code_fills_each_row_and_keeps_blanks(void **state)
{
    (void)state;
    assert_rows("if (x)  y", 4, WRAP_CHARS, "if (|x)  |y|");
    assert_rows("    a\n\n b", 4, WRAP_CHARS, "    |a|| b|");
}

static void
a_cluster_is_never_split(void **state)
{
    (void)state;
    assert_rows("ae\xcc\x81"
                "b",
                1, WRAP_CHARS, "a|e\xcc\x81|b|");
    assert_rows("a\xf0\x9f\x87\xae\xf0\x9f\x87\xa9", 2, WRAP_CHARS,
                "a|\xf0\x9f\x87\xae\xf0\x9f\x87\xa9|");
}

static void
a_sea_of_blanks_is_passed_in_steps(void **state)
{
    (void)state;
    size_t n = 1000000;
    char *s = xmalloc(n);
    memset(s, ' ', n);
    for (size_t at = 0; at < n;) {
        struct wrap_row row;
        wrap_next(s, n, at, 10, WRAP_WORDS, &row);
        assert_in_range(row.next - at, 1, 200);
        assert_int_equal(row.cols, 0);
        at = row.next;
    }
    free(s);
}

static void
stand_ins_and_tabs_keep_styles_and_source_in_step(void **state)
{
    (void)state;
    struct flat f;
    flat_init(&f);
    flat_add(&f,
             "ab\tc\x1b"
             "d",
             6, FLOW_CODE, 100);
    flat_add(&f, "\n\te", 3, FLOW_PLAIN, 106);
    assert_int_equal(f.len, 15);
    assert_memory_equal(f.text,
                        "ab  c\xe2\x90\x9b"
                        "d\n    e",
                        15);
    assert_int_equal(flat_source(&f, 0), 100);
    assert_int_equal(flat_source(&f, 4), 103);
    assert_int_equal(flat_source(&f, 5), 104);
    assert_int_equal(flat_source(&f, 8), 105);
    assert_int_equal(flat_source(&f, 14), 108);
    assert_int_equal(f.span_count, 3);
    assert_int_equal(f.spans[1].style, FLOW_CONTROL);
    assert_int_equal(f.spans[2].start, 8);
    assert_int_equal(f.spans[2].end, 9);

    struct sheet s = {0};
    sheet_begin(&s, 7);
    sheet_put(&s, "> ", 2, 2, FLOW_MARKER);
    sheet_put_flat(&s, &f, 1, 9, 5);
    assert_int_equal(s.rows[0].cols, 7);
    assert_int_equal(s.rows[0].span_count, 4);
    assert_int_equal(s.spans[1].start, 2);
    assert_int_equal(s.spans[1].len, 4);
    assert_int_equal(s.spans[2].start, 6);
    sheet_begin(&s, 3);
    assert_int_equal(s.rows[1].source, 7);
    sheet_truncate(&s, 1);
    sheet_truncate(&s, 0);
    assert_int_equal(s.len, 0);
    assert_int_equal(s.span_count, 0);
    sheet_finish(&s);
    flat_finish(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stay_whole_where_they_fit),
        cmocka_unit_test(a_hyphen_between_letters_is_a_break),
        cmocka_unit_test(wide_characters_break_anywhere_but_before_closing_marks),
        cmocka_unit_test(code_fills_each_row_and_keeps_blanks),
        cmocka_unit_test(a_cluster_is_never_split),
        cmocka_unit_test(a_sea_of_blanks_is_passed_in_steps),
        cmocka_unit_test(stand_ins_and_tabs_keep_styles_and_source_in_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
