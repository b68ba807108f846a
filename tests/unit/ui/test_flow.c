#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "flowtext.h"
#include "ui/text/flow.h"
#include "ui/text/hyperlink.h"

#include <stdlib.h>
#include <string.h>

static void
assert_same_rows(struct flow *a, struct flow *b, bool with_settled)
{
    size_t n = flow_row_count(a);
    assert_int_equal(flow_row_count(b), n);
    for (size_t i = 0; i < n; i++) {
        struct flow_row x, y;
        flow_get(a, i, &x);
        flow_get(b, i, &y);
        assert_int_equal(x.len, y.len);
        assert_memory_equal(x.text, y.text, x.len);
        assert_int_equal(x.cols, y.cols);
        assert_int_equal(x.source, y.source);
        assert_int_equal(x.span_count, y.span_count);
        for (size_t k = 0; k < x.span_count; k++) {
            assert_int_equal(x.spans[k].start, y.spans[k].start);
            assert_int_equal(x.spans[k].len, y.spans[k].len);
            assert_int_equal(x.spans[k].style, y.spans[k].style);
            assert_string_equal(addresses_at(x.links, x.spans[k].link),
                                addresses_at(y.links, y.spans[k].link));
        }
        if (with_settled)
            assert_int_equal(x.settled, y.settled);
    }
}

static void
assert_sound(struct flow *f, int width)
{
    size_t n = flow_row_count(f), source = 0;
    bool settled = true;
    for (size_t i = 0; i < n; i++) {
        struct flow_row r;
        flow_get(f, i, &r);
        assert_true(utf8_valid(r.text, r.len));
        assert_int_equal(utf8_width(r.text, r.len), r.cols);
        if (r.cols > width)
            assert_true(r.cols == 2 && width == 1);
        for (size_t k = 0; k < r.len;) {
            uint32_t cp;
            k += utf8_decode(r.text + k, r.len - k, &cp);
            assert_true(cp >= 0x20 && (cp < 0x7f || cp > 0x9f));
            assert_true(cp < 0x200b || cp > 0x200f);
            assert_true(cp < 0x2028 || cp > 0x202e);
            assert_true(cp < 0x2060 || cp > 0x206f);
            assert_true(cp != 0xad && cp != 0xfe0f && cp != 0xfeff && cp < 0xe0000);
        }
        size_t at = 0;
        for (size_t k = 0; k < r.span_count; k++) {
            assert_true(r.spans[k].start >= at && r.spans[k].len > 0);
            at = r.spans[k].start + r.spans[k].len;
            assert_true(at <= r.len);
            assert_in_range(r.spans[k].style, FLOW_PLAIN + 1, FLOW_STYLE_COUNT - 1);
        }
        assert_true(r.source >= source);
        source = r.source;
        assert_true(settled || !r.settled);
        settled = r.settled;
        assert_true(r.source < (size_t)1 << 30);
    }
}

static struct flow *
whole(enum flow_kind kind, int width, const char *p, size_t n)
{
    struct flow *f = flow_create(kind);
    flow_set_width(f, width);
    flow_update(f, p, n, false);
    return f;
}

static int
random_width(struct rng *r)
{
    return 1 + (int)(rng_below(r, 3) == 0 ? rng_below(r, 8) : rng_below(r, 100));
}

static void
any_chunking_gives_the_rows_of_the_whole(void **state)
{
    (void)state;
    struct rng r = {1};
    for (int round = 0; round < 1500; round++) {
        enum flow_kind kind = rng_below(&r, 3) == 0 ? FLOW_TEXT : FLOW_MARKDOWN;
        int width = random_width(&r);
        struct buf b;
        buf_init(&b, 1 << 20);
        random_text(&r, &b, 1 + (int)rng_below(&r, 60));
        struct flow *grown = flow_create(kind);
        flow_set_width(grown, width);
        size_t step = 1 + rng_below(&r, 40);
        for (size_t n = 0; n < b.len;) {
            n += 1 + rng_below(&r, (uint32_t)step);
            n = n < b.len ? n : b.len;
            flow_update(grown, b.p, n, false);
            if (rng_below(&r, 4) == 0)
                flow_row_count(grown);
            if (rng_below(&r, 8) == 0) {
                struct flow *f = whole(kind, width, b.p, n);
                assert_same_rows(f, grown, true);
                flow_destroy(&f);
            }
        }
        struct flow *f = whole(kind, width, b.p, b.len);
        assert_sound(f, width);
        assert_same_rows(f, grown, true);
        flow_destroy(&f);
        flow_destroy(&grown);
        buf_finish(&b);
    }
}

static void
settled_rows_never_change(void **state)
{
    (void)state;
    struct rng r = {2};
    for (int round = 0; round < 600; round++) {
        enum flow_kind kind = rng_below(&r, 3) == 0 ? FLOW_TEXT : FLOW_MARKDOWN;
        struct buf b;
        buf_init(&b, 1 << 20);
        random_text(&r, &b, 50);
        int width = random_width(&r);
        size_t cut = rng_below(&r, (uint32_t)b.len + 1);
        struct flow *early = whole(kind, width, b.p, cut);
        struct flow *late = whole(kind, width, b.p, b.len);
        size_t n = flow_row_count(early);
        for (size_t i = 0; i < n; i++) {
            struct flow_row x, y;
            flow_get(early, i, &x);
            if (!x.settled)
                break;
            assert_true(i < flow_row_count(late));
            flow_get(late, i, &y);
            assert_true(y.settled);
            assert_int_equal(x.len, y.len);
            assert_memory_equal(x.text, y.text, x.len);
            assert_int_equal(x.span_count, y.span_count);
        }
        flow_destroy(&early);
        flow_destroy(&late);
        buf_finish(&b);
    }
}

static void
another_width_and_back_restores_the_rows(void **state)
{
    (void)state;
    struct rng r = {3};
    for (int round = 0; round < 300; round++) {
        struct buf b;
        buf_init(&b, 1 << 20);
        random_text(&r, &b, 60);
        enum flow_kind kind = round % 2 ? FLOW_TEXT : FLOW_MARKDOWN;
        int a = random_width(&r), other = random_width(&r);
        struct flow *fresh = whole(kind, a, b.p, b.len), *f = whole(kind, a, b.p, b.len);
        flow_row_count(f);
        flow_set_width(f, other);
        assert_sound(f, other);
        flow_set_width(f, a);
        assert_same_rows(fresh, f, true);
        flow_destroy(&f);
        flow_destroy(&fresh);
        buf_finish(&b);
    }
}

/* Each row is what stands at its place in the text, and only blanks stand between rows. */
static void
plain_rows_join_to_the_text(void **state)
{
    (void)state;
    struct rng r = {4};
    for (int round = 0; round < 500; round++) {
        char s[400];
        for (size_t n = 0; n < sizeof s; n++) {
            uint32_t k = rng_below(&r, 9);
            s[n] = k == 0 ? '\n' : k < 3 ? ' ' : (char)('!' + rng_below(&r, 94));
        }
        struct flow *f = whole(FLOW_TEXT, random_width(&r), s, sizeof s);
        size_t at = 0, rows = flow_row_count(f);
        for (size_t i = 0; i <= rows; i++) {
            struct flow_row row = {.source = sizeof s};
            if (i < rows)
                flow_get(f, i, &row);
            for (; at < row.source; at++)
                assert_true(s[at] == ' ' || s[at] == '\n');
            assert_int_equal(at, row.source);
            assert_memory_equal(row.text ? row.text : "", s + at, row.len);
            at += row.len;
        }
        flow_destroy(&f);
    }
}

static void
another_text_replaces_the_rows(void **state)
{
    (void)state;
    struct flow *f = whole(FLOW_MARKDOWN, 20, "satu dua", 8);
    struct flow_row row;
    flow_get(f, 0, &row);
    assert_int_equal(row.len, 8);
    flow_update(f, "tiga", 4, true);
    flow_get(f, 0, &row);
    assert_memory_equal(row.text, "tiga", 4);
    flow_update(f, "lain sama sekali", 16, false);
    assert_int_equal(flow_row_count(f), 1);
    flow_get(f, 0, &row);
    assert_memory_equal(row.text, "lain", 4);
    flow_update(f, "", 0, false);
    assert_int_equal(flow_row_count(f), 0);
    flow_get(f, 5, &row);
    assert_int_equal(row.len, 0);
    flow_destroy(&f);
}

static void
a_row_is_found_by_its_source(void **state)
{
    (void)state;
    const char *s = "satu\ndua tiga empat\nlima";
    struct flow *f = whole(FLOW_TEXT, 9, s, strlen(s));
    assert_int_equal(flow_row_count(f), 4);
    assert_int_equal(flow_row_of(f, 0), 0);
    assert_int_equal(flow_row_of(f, 5), 1);
    assert_int_equal(flow_row_of(f, 13), 1);
    assert_int_equal(flow_row_of(f, 14), 2);
    assert_int_equal(flow_row_of(f, 999), 3);
    flow_destroy(&f);
}

static void
fill(struct buf *b, const char *piece, size_t bytes)
{
    buf_init(b, 1 << 24);
    while (b->len < bytes)
        buf_append_str(b, piece);
}

static void
monstrous_texts_are_laid_out(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",        "a b ",
                                         " ",        "\t",
                                         "*",        "*a **b ",
                                         "[",        "](",
                                         "`",        "|",
                                         "<",        "&",
                                         "> ",       "- ",
                                         "\n",       "x\n",
                                         "- a\n",    "\xcc\x81",
                                         "\x1b",     "\xff",
                                         "![a](",    "```\n",
                                         "a\n\n",    "1. a\n\n",
                                         "~",        "\\",
                                         "<!--",     "\xe4\xb8\xad",
                                         "[a]: b\n", "#",
                                         "> > - ",   "_a_",
                                         "|a|b|\n",  "a_",
                                         "**a",      "<a ",
                                         "[a][b]",   "\xf0\x9f\x91\xa9\xe2\x80\x8d"};
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        struct buf b;
        fill(&b, pieces[i], 200000);
        for (int width = 1; width < 200; width += 79) {
            for (int kind = FLOW_TEXT; kind <= FLOW_MARKDOWN; kind++) {
                struct flow *f = flow_create((enum flow_kind)kind);
                flow_set_width(f, width);
                for (size_t n = b.len / 4; n <= b.len; n += b.len / 4) {
                    flow_update(f, b.p, n, false);
                    flow_row_count(f);
                }
                assert_sound(f, width);
                flow_destroy(&f);
            }
        }
        buf_finish(&b);
    }
}

static void
deep_nesting_is_laid_out(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1 << 20);
    for (int depth = 0; depth < 200; depth++) {
        for (int i = 0; i < depth; i++)
            buf_append_str(&b, depth % 2 ? "> " : "  ");
        buf_append_str(&b, depth % 3 ? "- isi\n" : "1. isi\n");
    }
    for (int width = 1; width < 120; width += 7) {
        struct flow *f = whole(FLOW_MARKDOWN, width, b.p, b.len);
        assert_sound(f, width);
        flow_destroy(&f);
    }
    buf_finish(&b);
}

/* Lays the text out byte by byte from `from` on; the rows must be those of the whole each time. */
static void
assert_rows_do_not_depend_on_chunks(const char *text, size_t n, size_t from)
{
    struct flow *grown = flow_create(FLOW_MARKDOWN);
    flow_set_width(grown, 40);
    for (size_t i = from; i <= n; i++) {
        flow_update(grown, text, i, false);
        struct flow *f = whole(FLOW_MARKDOWN, 40, text, i);
        assert_same_rows(f, grown, true);
        flow_destroy(&f);
    }
    flow_destroy(&grown);
}

/* A bare CR ends a line for Markdown, so such a paragraph is never laid as plain words. */
static void
a_bare_cr_gives_the_same_rows_in_pieces(void **state)
{
    (void)state;
    static const char text[] = "\rx\n```\n";
    assert_rows_do_not_depend_on_chunks(text, sizeof text - 1, 0);
}

/* The first line of a fence stands in the segment before it until the line is whole. One that no parser
 * may see must leave no trace there. */
static void
a_line_that_turns_out_a_fence_does_not_change_what_stands_before_it(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1 << 20);
    buf_append_str(&b, "*x*\n```");
    for (int i = 0; i < 200; i++)
        buf_append_str(&b, "|");
    buf_append_str(&b, "\nc\n```\n");
    assert_rows_do_not_depend_on_chunks(b.p, b.len, 0);
    buf_finish(&b);
}

static void
a_heading_after_a_very_long_paragraph_has_its_gap_in_pieces_too(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1 << 20);
    while (b.len <= 16 * 1024)
        buf_append_str(&b, "word word\n");
    size_t from = b.len;
    buf_append_str(&b, "# head\n");
    assert_rows_do_not_depend_on_chunks(b.p, b.len, from);
    buf_finish(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_chunking_gives_the_rows_of_the_whole),
        cmocka_unit_test(a_bare_cr_gives_the_same_rows_in_pieces),
        cmocka_unit_test(a_line_that_turns_out_a_fence_does_not_change_what_stands_before_it),
        cmocka_unit_test(a_heading_after_a_very_long_paragraph_has_its_gap_in_pieces_too),
        cmocka_unit_test(settled_rows_never_change),
        cmocka_unit_test(another_width_and_back_restores_the_rows),
        cmocka_unit_test(plain_rows_join_to_the_text),
        cmocka_unit_test(another_text_replaces_the_rows),
        cmocka_unit_test(a_row_is_found_by_its_source),
        cmocka_unit_test(monstrous_texts_are_laid_out),
        cmocka_unit_test(deep_nesting_is_laid_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
