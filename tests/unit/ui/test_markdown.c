#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "ui/text/flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char tags[FLOW_STYLE_COUNT + 1] = "PESCHQLMTX";

/* Rows as lines; a styled stretch as {letter:text}. */
static void
render(struct buf *out, const char *text, int width)
{
    struct flow *f = flow_create(FLOW_MARKDOWN);
    flow_set_width(f, width);
    flow_update(f, text, strlen(text), false);
    size_t n = flow_row_count(f);
    for (size_t i = 0; i < n; i++) {
        struct flow_row row;
        flow_get(f, i, &row);
        size_t at = 0;
        for (size_t k = 0; k < row.span_count; k++) {
            const struct flow_span *s = &row.spans[k];
            buf_append(out, row.text + at, s->start - at);
            buf_printf(out, "{%c:%.*s}", tags[s->style], (int)s->len, row.text + s->start);
            at = s->start + s->len;
        }
        buf_append(out, row.text + at, row.len - at);
        buf_append_char(out, '\n');
    }
    flow_destroy(&f);
}

static void
assert_renders(const char *text, int width, const char *want)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    render(&out, text, width);
    assert_string_equal(out.p, want);
    buf_finish(&out);
}

static void
inline_marks_become_styles(void **state)
{
    (void)state;
    assert_renders("a *b* **c** `d` ~~e~~ &amp; \\*", 80, "a {E:b} {S:c} {C:d} {T:e} & *\n");
    assert_renders("# Satu `x`\n## Dua ##", 80, "{H:Satu }{C:x}\n\n{H:Dua}\n");
    assert_renders("Judul\n===\nisi", 80, "{H:Judul}\n\nisi\n");
}

/* Each stands for a kind: it reads on the screen as it was written. */
static const char *const plain[] = {
    "5~7 hari",
    "(~2000 ribu)",
    "100~200",
    "a*b*c",
    "2*3 = 6",
    "2**3**4",
    "harga* per hari",
    "(*) lihat",
    "snake_case_name",
    "kelas.__init__.py",
    "/usr/_cache_/x",
    "C:\\_temp\\*.txt",
    "\\\\server\\share",
    "\\[ x^2 \\]",
    "\\(a_1 + b_2\\)",
    "$x_{i}*y_{j}$",
    "f[0](x)",
    "[1](a)",
    "Rp 5.000,- s/d 7 %",
    "C# & A/B <x> {y}",
    "~/.config/_a_b",
    "Model X_1/Y_2",
};

static void
signs_that_nobody_meant_as_markdown_stay_on_the_screen(void **state)
{
    (void)state;
    struct rng rng = {7};
    for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
        char want[120];
        snprintf(want, sizeof want, "%s\n", plain[i]);
        assert_renders(plain[i], 100, want);
    }
    /* in any order, beside what is Markdown */
    for (int round = 0; round < 2000; round++) {
        struct buf text, want;
        buf_init(&text, 4096);
        buf_init(&want, 4096);
        buf_append_str(&text, "Catatan");
        buf_append_str(&want, "Catatan");
        for (int k = 0; k < 6; k++) {
            const char *p = plain[rng_below(&rng, ARRAY_LEN(plain))];
            buf_printf(&text, " %s", p);
            buf_printf(&want, " %s", p);
            if (rng_below(&rng, 3) == 0) {
                buf_append_str(&text, " **tebal** dan *miring*, lalu");
                buf_append_str(&want, " {S:tebal} dan {E:miring}, lalu");
            }
        }
        buf_append_char(&want, '\n');
        assert_renders(text.p, 2000, want.p);
        buf_finish(&text);
        buf_finish(&want);
    }
    assert_renders(
        "\xe2\x80\x9c*Halo*\xe2\x80\x9d\xe2\x80\x94*ya* \xc3\xa9*\xc3\xa9*\xc3\xa9", 80,
        "\xe2\x80\x9c{E:Halo}\xe2\x80\x9d\xe2\x80\x94{E:ya} \xc3\xa9*\xc3\xa9*\xc3\xa9\n");
    assert_renders("> 5 juta\n>10 %", 80, "> 5 juta\n>10 %\n");
}

static void
a_sign_in_code_needs_no_escape_and_gets_none(void **state)
{
    (void)state;
    assert_renders("`5~7 a*b*c C:\\_x f[0](x)` dan `_x_/y`", 80,
                   "{C:5~7 a*b*c C:\\_x f[0](x)} dan {C:_x_/y}\n");
    assert_renders("```\n[a]: b~c\n> 5\n```", 80, "  {C:[a]: b~c}\n  {C:> 5}\n");
}

static void
a_single_newline_breaks_the_line_and_blocks_stand_apart(void **state)
{
    (void)state;
    assert_renders("satu\ndua  \ntiga\n\n\n\nempat*", 80, "satu\ndua\ntiga\n\nempat*\n");
    assert_renders("a *b*\nc", 80, "a {E:b}\nc\n");
    assert_renders("a<br> b*", 80, "a\nb*\n");
    assert_renders("a\n\n---\n\nb", 3, "a\n\n{M:\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80}\n\nb\n");
}

static void
links_show_where_they_lead(void **state)
{
    (void)state;
    assert_renders("[sini](http://a.b/?x=1&amp;y) x", 80, "{L:sini (http://a.b/?x=1&y)} x\n");
    assert_renders("<http://a.b> [http://c](http://c)", 80, "{L:http://a.b} {L:http://c}\n");
    assert_renders("![peta](p.png)", 80, "{L:peta (p.png)}\n");
    assert_renders("[1]: http://x\n[a][1]", 80, "[1]: http://x\n[a][1]\n");
    assert_renders("<b>x</b>\n<div>", 80, "<b>x</b>\n<div>\n");
}

static void
lists_hang_and_nest(void **state)
{
    (void)state;
    assert_renders("Intro:\n- satu dua tiga\n- b\n  1. c\n  2. d", 10,
                   "Intro:\n{M:\xe2\x80\xa2 }satu dua\n  tiga\n{M:\xe2\x80\xa2 }b\n"
                   "{M:  1. }c\n{M:  2. }d\n");
    assert_renders("9. a\n10. b", 20, "{M:9. }a\n{M:10. }b\n");
    assert_renders("1. a\n\n   para\n\n2. b", 20, "{M:1. }a\n   \n   para\n\n{M:2. }b\n");
    assert_renders("- \n- x", 20, "{M:\xe2\x80\xa2 }\n{M:\xe2\x80\xa2 }x\n");
}

static void
quotes_bear_a_bar(void **state)
{
    (void)state;
    assert_renders("> satu dua\n>\n> **b**\n\nc", 7,
                   "{M:\xe2\x94\x82 }{Q:satu}\n{M:\xe2\x94\x82 }{Q:dua}\n{M:\xe2\x94\x82 }\n"
                   "{M:\xe2\x94\x82 }{S:b}\n\nc\n");
}

static void
code_is_kept_line_by_line(void **state)
{
    (void)state;
    assert_renders("x:\n```c\nint  main\n\n\tb;\n```\ny", 10,
                   "x:\n\n  {M:c}\n  {C:int  mai}\n  {C:n}\n\n  {C:    b;}\n\ny\n");
    assert_renders("a\n\n    kode\n      b\n", 20, "a\n\n  {C:kode}\n  {C:  b}\n");
    assert_renders("- a\n  ```\n  k\n  ```", 20, "{M:\xe2\x80\xa2 }a\n    {C:k}\n");
}

static void
code_bears_the_language_that_it_names(void **state)
{
    (void)state;
    assert_renders("~~~ c++ title=x\na\n~~~", 20, "  {M:c++}\n  {C:a}\n");
    assert_renders("- ```sql\n  k\n  ```\n", 20, "{M:\xe2\x80\xa2 }  {M:sql}\n    {C:k}\n");
    assert_renders("```javascript\na", 9, "  {M:javascr}\n  {C:a}\n");
    assert_renders("```{.r \x1b[2J\na\n```", 20, "  {C:a}\n"); /* that is no name */
    assert_renders("```\x1b[2J\na\n```\n- ```\xe2\x80\xae\n  b", 20,
                   "  {C:a}\n\n{M:\xe2\x80\xa2 }  {C:b}\n");
}

static void
an_unfinished_fence_is_code_and_its_end_does_not_flash(void **state)
{
    (void)state;
    assert_renders("```py", 20, "");
    assert_renders("```py\n**a", 20, "  {M:py}\n  {C:**a}\n");
    assert_renders("```py\na\n``", 20, "  {M:py}\n  {C:a}\n");
    assert_renders("Intro\n-", 20, "Intro\n");
    assert_renders("a **b", 20, "a **b\n");
}

#define BAR "{M: \xe2\x94\x82 }"

static void
tables_fit_the_width_or_become_records(void **state)
{
    (void)state;
    const char *t = "| Visa | Harga |\n|:--|--:|\n| KITAS | 10 |\n| B | 2000 |";
    assert_renders(t, 40,
                   "{S:Visa} " BAR "{S:Harga}\n"
                   "{M:\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
                   "\xe2\x94\xbc\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"
                   "\xe2\x94\x80}\n"
                   "KITAS" BAR "   10\nB    " BAR " 2000\n");
    assert_renders(t, 9,
                   "{S:Visa}{M::}\n  KITAS\n{S:Harga}{M:: }10\n\n{S:Visa}{M:: }B\n{S:Harga}{M::}\n"
                   "  2000\n");
    assert_renders("| a | b |\n|---|---|\n| satu dua | x |", 10,
                   "{S:a}     " BAR "{S:b}\n"
                   "{M:"
                   "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80\xe2"
                   "\x94\x80\xe2\x94\xbc"
                   "\xe2\x94\x80\xe2\x94\x80}\n"
                   "satu  " BAR "x\ndua   " BAR "\n");
}

/* md4c leaves a link here that it never entered. */
static void
a_broken_link_colours_nothing_behind_it(void **state)
{
    (void)state;
    assert_renders("a\n~![](_x[[|![\n)\nax~~]()~]| z [x](http://u) y", 60,
                   "a\n~{L:_x[[|![}\nax~~~]| z {L:x (http://u)} y\n");
}

static void
hostile_bytes_are_marked_in_every_kind_of_block(void **state)
{
    (void)state;
    assert_renders("**\x1b[1m**\n\n`\xc2\x9b`\n\n- \xe2\x80\xae\n\n```\n\x07\n```\n\n&#x1b;[A", 20,
                   "{X:\xe2\x90\x9b}{S:[1m}\n\n{X:<9B>}\n\n{M:\xe2\x80\xa2 }{X:<202E>}\n\n"
                   "  {X:\xe2\x90\x87}\n\n{X:\xe2\x90\x9b}[A\n");
    assert_renders("[x](http://a/\xe2\x80\xae"
                   "b)",
                   40, "{L:x (http://a/}{X:<202E>}{L:b)}\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inline_marks_become_styles),
        cmocka_unit_test(signs_that_nobody_meant_as_markdown_stay_on_the_screen),
        cmocka_unit_test(a_sign_in_code_needs_no_escape_and_gets_none),
        cmocka_unit_test(a_single_newline_breaks_the_line_and_blocks_stand_apart),
        cmocka_unit_test(links_show_where_they_lead),
        cmocka_unit_test(lists_hang_and_nest),
        cmocka_unit_test(quotes_bear_a_bar),
        cmocka_unit_test(code_is_kept_line_by_line),
        cmocka_unit_test(code_bears_the_language_that_it_names),
        cmocka_unit_test(an_unfinished_fence_is_code_and_its_end_does_not_flash),
        cmocka_unit_test(tables_fit_the_width_or_become_records),
        cmocka_unit_test(a_broken_link_colours_nothing_behind_it),
        cmocka_unit_test(hostile_bytes_are_marked_in_every_kind_of_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
