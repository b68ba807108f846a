#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

static void
every_code_point_survives_encode_and_decode(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        if (cp >= 0xd800 && cp <= 0xdfff)
            continue;
        char s[4];
        uint32_t back;
        size_t n = utf8_encode(cp, s);
        assert_int_equal(utf8_decode(s, n, &back), n);
        assert_int_equal(back, cp);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(utf8_decode(s, i, &back), 0);
    }
}

static void
bad_bytes_are_one_replacement_each(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\xff",     "\x80",     "\xc0\x80", "\xc1\xbf",         "\xe0\x80\x80",     "\xed\xa0\x80",
        "\xc3\x28", "\xe2\x28", "\xfe",     "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        uint32_t cp;
        assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &cp), 1);
        assert_int_equal(cp, 0xfffd);
        assert_false(utf8_valid(bad[i], strlen(bad[i])));
    }
    struct buf b;
    buf_init(&b, 100);
    assert_true(utf8_repair(&b, "a\xff\xc3\xa8z\xe2\x82", 7));
    assert_string_equal(b.p, "a\xef\xbf\xbd\xc3\xa8z\xef\xbf\xbd");
    buf_finish(&b);
    buf_init(&b, 3);
    assert_false(utf8_repair(&b, "ab\xff", 3));
    assert_int_equal(b.len, 0);
    buf_finish(&b);
}

static void
a_bad_byte_is_found_wherever_it_stands_in_a_long_text(void **state)
{
    (void)state;
    char text[41] = "";
    memset(text, 'a', sizeof text - 1);
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        struct buf b;
        text[i] = (char)0xfe;
        buf_init(&b, 100);
        assert_false(utf8_valid(text, sizeof text - 1));
        assert_true(utf8_repair(&b, text, sizeof text - 1));
        assert_int_equal(b.len, sizeof text + 1);
        assert_memory_equal(b.p + i, "\xef\xbf\xbd", 3);
        buf_finish(&b);
        text[i] = 'a';
        assert_true(utf8_valid(text, i));
    }
}

static void
a_prefix_never_ends_inside_a_code_point(void **state)
{
    (void)state;
    const char *s = "a\xc3\xa8\xe2\x82\xac\xf0\x9f\x98\x80";
    static const size_t want[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    for (size_t n = 0; n < ARRAY_LEN(want); n++)
        assert_int_equal(utf8_whole_prefix(s, n), want[n]);
    assert_int_equal(utf8_whole_prefix("a\xff", 2), 2);
    assert_int_equal(utf8_whole_prefix("\x80\x80\x80\x80", 4), 4);
    assert_int_equal(utf8_whole_prefix("\xed\xa0", 2), 2);
}

struct sample {
    const char *text;
    size_t len;
    int cols;
};

static void
clusters_are_whole_and_have_the_width_of_the_table(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"ab", 1, 1},
        {"e\xcc\x81x", 3, 1},                                       /* e + acute */
        {"\xe4\xb8\xad", 3, 2},                                     /* CJK */
        {"\xf0\x9f\x98\x80", 4, 2},                                 /* emoji */
        {"\xe2\x9d\xa4\xef\xb8\x8f", 6, 2},                         /* heart + VS16 */
        {"\xe2\x9d\xa4z", 3, 1},                                    /* heart as text */
        {"\xf0\x9f\x87\xae\xf0\x9f\x87\xa9\xf0\x9f\x87\xae", 8, 2}, /* flag, then half a flag */
        {"\xf0\x9f\x87\xae", 4, 1},                                 /* half a flag */
        {"1\xef\xb8\x8f\xe2\x83\xa3", 7, 2},                        /* keycap */
        {"\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", 8, 2},                 /* skin tone */
        {"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", 11, 2},    /* ZWJ */
        {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 9, 2},             /* jamo */
        {"\xe0\xb8\x81\xe0\xb8\xb3", 6, 2},                         /* Thai sara am */
        {"\r\nx", 2, 0},
        {"\xcc\x81", 2, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        int cols;
        assert_int_equal(utf8_cluster(samples[i].text, strlen(samples[i].text), &cols),
                         samples[i].len);
        assert_int_equal(cols, samples[i].cols);
    }
    int cols = 7;
    assert_int_equal(utf8_cluster("", 0, &cols), 0);
}

static void
characters_that_need_no_table_form_the_clusters_of_the_tables(void **state)
{
    (void)state;
    static const struct {
        uint32_t from, to, step;
    } firsts[] = {{0xc0, 0x70e, 1},
                  {0x3000, 0x30ff, 1},
                  {0x4e00, 0x9fff, 97},
                  {0xac00, 0xd7ff, 89}},
      nexts[] = {{0xc0, 0xff, 1},
                 {0x300, 0x304, 1},
                 {0x370, 0x489, 1},
                 {0x590, 0x6dc, 1},
                 {0x4000, 0x9fff, 997}};
    for (size_t i = 0; i < ARRAY_LEN(firsts); i++)
        for (uint32_t a = firsts[i].from; a <= firsts[i].to; a += firsts[i].step)
            for (size_t k = 0; k < ARRAY_LEN(nexts); k++)
                for (uint32_t b = nexts[k].from; b <= nexts[k].to; b += nexts[k].step) {
                    char text[8];
                    int cols;
                    size_t first = utf8_encode(a, text), n = first + utf8_encode(b, text + first);
                    bool alone = utf8proc_grapheme_break((int32_t)a, (int32_t)b) ||
                                 utf8_cp_width(a) + utf8_cp_width(b) > 2;
                    assert_int_equal(utf8_cluster(text, n, &cols), alone ? first : n);
                    assert_int_equal(cols, utf8_cp_width(a) + (alone ? 0 : utf8_cp_width(b)));
                }
}

static void
no_bytes_make_a_cluster_wider_than_two_or_stop_progress(void **state)
{
    (void)state;
    struct rng r = {11};
    for (int round = 0; round < 20000; round++) {
        char s[32];
        size_t n = 1 + rng_below(&r, 31);
        for (size_t i = 0; i < n; i++)
            s[i] = (char)rng_below(&r, 256);
        size_t used = 0;
        int sum = 0;
        while (used < n) {
            int cols;
            size_t len = utf8_cluster(s + used, n - used, &cols);
            assert_in_range(len, 1, n - used);
            assert_in_range(cols, 0, 2);
            used += len;
            sum += cols;
        }
        assert_int_equal(utf8_width(s, n), sum);
    }
}

static void
fit_takes_whole_clusters_only(void **state)
{
    (void)state;
    const char *s = "a\xe4\xb8\xad\xe2\x9d\xa4\xef\xb8\x8f";
    assert_int_equal(utf8_fit(s, strlen(s), 0), 0);
    assert_int_equal(utf8_fit(s, strlen(s), 1), 1);
    assert_int_equal(utf8_fit(s, strlen(s), 2), 1);
    assert_int_equal(utf8_fit(s, strlen(s), 3), 4);
    assert_int_equal(utf8_fit(s, strlen(s), 4), 4);
    assert_int_equal(utf8_fit(s, strlen(s), 5), 10);
}

static void
fold_lowers_and_composes(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 100);
    assert_true(utf8_fold(&b, "KITAS", 5));
    assert_true(utf8_fold(&b, "E\xcc\x80 \xc3\x88", 6));
    assert_string_equal(b.p, "kitas\xc3\xa8 \xc3\xa8");
    buf_clear(&b);
    assert_true(utf8_fold(&b, "\xff", 1));
    assert_string_equal(b.p, "\xef\xbf\xbd");
    buf_finish(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_survives_encode_and_decode),
        cmocka_unit_test(bad_bytes_are_one_replacement_each),
        cmocka_unit_test(a_bad_byte_is_found_wherever_it_stands_in_a_long_text),
        cmocka_unit_test(a_prefix_never_ends_inside_a_code_point),
        cmocka_unit_test(clusters_are_whole_and_have_the_width_of_the_table),
        cmocka_unit_test(characters_that_need_no_table_form_the_clusters_of_the_tables),
        cmocka_unit_test(no_bytes_make_a_cluster_wider_than_two_or_stop_progress),
        cmocka_unit_test(fit_takes_whole_clusters_only),
        cmocka_unit_test(fold_lowers_and_composes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
