/* Pictures of a page as lines: columns that are shared, what fits, and nothing that is wider than the screen. */
#include "unit/unit.h"

#include <math.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/utf8.h"
#include "berdua/ui/doc.h"

static const double line[] = {0, 1, 2, 4, 8};

static struct doc *
make_doc(void)
{
    struct doc *d = doc_create();
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_SCALE, .label = "of", .notes = {"", "n"}});
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                         .label = "emotional",
                                         .low = .6,
                                         .value = .7,
                                         .high = .8,
                                         .mark = .9,
                                         .notes = {"LLAMA leads", "74"}});
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                         .label = "none",
                                         .low = 0,
                                         .value = NAN,
                                         .high = 1,
                                         .mark = NAN,
                                         .notes = {"no leader", "0"}});
    doc_picture(d, &(struct doc_picture){.kind = PICTURE_AMOUNT, .label = "half", .value = .5});
    doc_picture(
        d, &(struct doc_picture){
               .kind = PICTURE_LINE, .label = "time", .values = line, .count = 5, .value = NAN});
    return d;
}

static void
assert_printed(int cols, const char *want)
{
    struct doc *d = make_doc();
    struct buf out;
    buf_init(&out, 1 << 16);
    doc_print(d, cols, &out);
    assert_string_equal(out.p, want);
    buf_finish(&out);
    doc_destroy(&d);
}

static void
rows_share_their_columns_and_notes_stand_behind_the_picture(void **state)
{
    (void)state;
    assert_printed(80, "of         0         ½         1                n\n"
                       "emotional            · ├─■─┤ ┃    LLAMA leads  74\n"
                       "none                 ·            no leader     0\n"
                       "half       ██████████▌░░░░░░░░░░\n"
                       "time        ▁▂▄█\n");
}

static void
on_a_narrow_screen_notes_stand_beneath_with_the_heads_of_their_columns(void **state)
{
    (void)state;
    assert_printed(30, "of         0        ½        1\n"
                       "emotional           · ├─■┤ ┃\n"
                       "  LLAMA leads · n 74\n"
                       "none                ·\n"
                       "  no leader · n 0\n"
                       "half       █████████▌░░░░░░░░░\n"
                       "time        ▁▂▄█\n");
}

static void
nothing_is_wider_than_the_screen_or_harmful(void **state)
{
    (void)state;
    for (int cols = 1; cols <= 130; cols++) {
        struct doc *d = make_doc();
        struct buf out;
        buf_init(&out, 1 << 16);
        doc_picture(
            d, &(struct doc_picture){.kind = PICTURE_INTERVAL,
                                     .label = "\033[2J \xff \xe2\x80\xae evil label that is long",
                                     .low = -INFINITY,
                                     .value = 7,
                                     .high = INFINITY,
                                     .mark = -1,
                                     .notes = {"\033]0;evil\a", "\n\n", "-1"}});
        doc_print(d, cols, &out);
        for (const char *p = out.p, *nl; (nl = strchr(p, '\n')) != NULL; p = nl + 1)
            if (utf8_width(p, (size_t)(nl - p)) > cols + 4)
                fail_msg("at %d columns: %.*s", cols, (int)(nl - p), p);
        assert_null(strpbrk(out.p, "\033\a"));
        assert_true(utf8_valid(out.p, out.len));
        buf_finish(&out);
        doc_destroy(&d);
    }
}

/* One column more would be a row of its own, behind each row that was cut. */
static void
what_is_printed_ends_at_the_last_column(void **state)
{
    static const int widths[] = {10, 8, 0};
    static const enum ink inks[] = {INK_LABEL, INK_VALUE, INK_DIM};
    static const char text[] = "a text that is longer than any of the widths that are tried here, "
                               "and then some, so that it is cut or broken";
    (void)state;
    for (int cols = 20; cols <= 100; cols++) {
        struct doc *d = doc_create();
        struct buf out;
        int widest = 0;
        buf_init(&out, 1 << 16);
        doc_heading(d, text);
        doc_text(d, text, strlen(text));
        doc_columns(d, widths);
        doc_cells(d, inks, (const char *const[]){"one", "two", text}, 3);
        doc_print(d, cols, &out);
        for (const char *p = out.p, *nl; (nl = strchr(p, '\n')) != NULL; p = nl + 1) {
            int width = utf8_width(p, (size_t)(nl - p));
            widest = width > widest ? width : widest;
        }
        assert_int_equal(widest, cols);
        buf_finish(&out);
        doc_destroy(&d);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_share_their_columns_and_notes_stand_behind_the_picture),
        cmocka_unit_test(on_a_narrow_screen_notes_stand_beneath_with_the_heads_of_their_columns),
        cmocka_unit_test(what_is_printed_ends_at_the_last_column),
        cmocka_unit_test(nothing_is_wider_than_the_screen_or_harmful),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
