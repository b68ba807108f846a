#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "berdua/base/safe.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *in, *out;
} cases[] = {
    {"plain text", "plain text"},
    {"a\x1b[31mred", "a\xe2\x90\x9b[31mred"},
    {"\x1b]52;c;aGk=\x07", "\xe2\x90\x9b]52;c;aGk=\xe2\x90\x87"},
    {"\x7f\b", "\xe2\x90\xa1\xe2\x90\x88"},
    {"\xc2\x9b"
     "2J",
     "<9B>2J"},
    {"\x9b"
     "2J",
     "\xef\xbf\xbd"
     "2J"},
    {"a\xe2\x80\xae"
     "b\xe2\x81\xa6",
     "a<202E>b<2066>"},
    {"a\xe2\x80\xa8"
     "b",
     "a<2028>b"},
    {"a\xe2\x80\x8b"
     "b\xef\xbb\xbf"
     "c\xc2\xad"
     "d\xe2\x80\x8f",
     "abcd"},
    {"x\xf3\xa0\x81\x81\xf3\xa0\x80\x81", "x"},
    {"a\r\nb\rc\n", "a\nb\xe2\x90\x8d"
                    "c\n"},
    {"tab\there", "tab\there"},
    {"\xcc\x81"
     "a",
     "\xe2\x97\x8c\xcc\x81"
     "a"},
    {"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
     "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb"},
    {"\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4\xef\xb8\x8f"},
    {"a\xe2\x80\x8d"
     "b\xef\xb8\x8f",
     "ab"},
    {"\xe1\x85\x9f\xe3\x85\xa4", ""},
    {"cut \xf0\x9f", "cut \xef\xbf\xbd\xef\xbf\xbd"},
    {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
};

static void
hostile_text_is_made_harmless(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf b;
        buf_init(&b, 1000);
        assert_true(safe_text(&b, cases[i].in, strlen(cases[i].in), false));
        assert_string_equal(b.p, cases[i].out);
        buf_finish(&b);
    }
}

static void
one_line_has_no_line_feed_or_tab_and_nul_is_shown(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 100);
    assert_true(safe_text(&b, "a\nb\tc\0d", 7, true));
    assert_string_equal(b.p, "a b c\xe2\x90\x80"
                             "d");
    buf_finish(&b);
    buf_init(&b, 4);
    assert_true(buf_append_str(&b, "x"));
    assert_false(safe_text(&b, "a\x1b", 2, true));
    assert_string_equal(b.p, "x");
    buf_finish(&b);
}

static void
marks_on_one_base_are_capped(void **state)
{
    (void)state;
    struct buf in, out;
    buf_init(&in, 10000);
    buf_init(&out, 10000);
    buf_append_str(&in, "z");
    for (int i = 0; i < 500; i++)
        buf_append_str(&in, "\xcc\x81");
    buf_append_str(&in, "y");
    assert_true(safe_text(&out, in.p, in.len, false));
    assert_int_equal(out.len, 2 + 2 * SAFE_MARKS_MAX);
    buf_finish(&in);
    buf_finish(&out);
}

/* What may reach a row or a terminal. */
static void
assert_harmless(const char *p, size_t n)
{
    assert_true(utf8_valid(p, n));
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += utf8_decode(p + i, n - i, &cp);
        assert_true(cp == '\n' || cp == '\t' || cp >= 0x20);
        assert_false(cp >= 0x7f && cp <= 0x9f);
        assert_false(cp >= 0x202a && cp <= 0x202e);
        assert_false(cp >= 0x2066 && cp <= 0x2069);
        assert_false(cp >= 0xe0000 && cp <= 0xe0fff);
        assert_false(cp == 0x200b || cp == 0xfeff || cp == 0xad || cp == 0x2060);
    }
}

static size_t
nasty_text(struct rng *r, char *s, size_t max)
{
    size_t n = 0;
    while (n + 4 < max) {
        switch (rng_below(r, 6)) {
        case 0:
            s[n++] = (char)rng_below(r, 256);
            break;
        case 1:
            n += utf8_encode(0x2000 + rng_below(r, 0x70), s + n);
            break;
        case 2:
            n += utf8_encode(0x300 + rng_below(r, 0x70), s + n);
            break;
        case 3:
            n += utf8_encode(0x1f300 + rng_below(r, 0x300), s + n);
            break;
        case 4:
            n += utf8_encode(rng_below(r, 0x110000), s + n);
            break;
        default:
            s[n++] = (char)(' ' + rng_below(r, 95));
        }
    }
    return n;
}

static void
random_text_is_harmless_and_safe_again_is_the_same(void **state)
{
    (void)state;
    struct rng r = {5};
    for (int round = 0; round < 3000; round++) {
        char s[200];
        size_t n = nasty_text(&r, s, 1 + rng_below(&r, 199));
        struct buf once, twice;
        buf_init(&once, 10000);
        buf_init(&twice, 10000);
        assert_true(safe_text(&once, s, n, false));
        assert_harmless(once.p, once.len);
        assert_true(safe_text(&twice, once.p, once.len, false));
        assert_int_equal(twice.len, once.len);
        assert_memory_equal(twice.p, once.p, once.len);
        buf_finish(&once);
        buf_finish(&twice);
    }
}

static void
cells_show_only_what_every_terminal_measures_alike(void **state)
{
    (void)state;
    struct rng r = {6};
    for (int round = 0; round < 3000; round++) {
        char s[200];
        size_t n = nasty_text(&r, s, 1 + rng_below(&r, 199)), at = 0;
        struct safe safe = {.for_cells = true};
        struct buf out;
        buf_init(&out, 10000);
        while (at < n) {
            struct safe_piece piece;
            safe_next(&safe, s + at, n - at, &piece);
            assert_in_range(piece.used, 1, n - at);
            assert_true(buf_append(&out, piece.p, piece.n));
            at += piece.used;
        }
        assert_harmless(out.p, out.len);
        int sum = 0;
        for (size_t i = 0; i < out.len;) {
            uint32_t cp;
            i += utf8_decode(out.p + i, out.len - i, &cp);
            sum += utf8_cp_width(cp);
            assert_true(cp != 0x200d && cp != 0xfe0f);
        }
        /* line feeds and tabs have no width in either count */
        assert_int_equal(utf8_width(out.p, out.len), sum);
        buf_finish(&out);
    }
}

static void
classes_by_code_point(void **state)
{
    (void)state;
    assert_int_equal(safe_classify('a'), SAFE_KEEP);
    assert_int_equal(safe_classify('\n'), SAFE_KEEP);
    assert_int_equal(safe_classify(0x1b), SAFE_PICTURE);
    assert_int_equal(safe_classify(0x9b), SAFE_PICTURE);
    assert_int_equal(safe_classify(0x202e), SAFE_PICTURE);
    assert_int_equal(safe_classify(0x200d), SAFE_DROP);
    assert_int_equal(safe_classify(0xe0041), SAFE_DROP);
    assert_int_equal(safe_classify(0x1f600), SAFE_KEEP);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_text_is_made_harmless),
        cmocka_unit_test(one_line_has_no_line_feed_or_tab_and_nul_is_shown),
        cmocka_unit_test(marks_on_one_base_are_capped),
        cmocka_unit_test(random_text_is_harmless_and_safe_again_is_the_same),
        cmocka_unit_test(cells_show_only_what_every_terminal_measures_alike),
        cmocka_unit_test(classes_by_code_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
