#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "ui/edit/entry.h"

#include <stdio.h>
#include <string.h>

static struct entry e;

static int
set_up(void **state)
{
    (void)state;
    entry_init(&e);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    entry_finish(&e);
    return 0;
}

/* The rows as they are drawn, joined by LF, with the cursor's place behind them. */
static void
shows(const struct entry_view *v, int most, int cols, const char *wanted)
{
    struct buf out;
    int rows = entry_set(&e, v, cols);
    rows = rows < most ? rows : most;
    entry_make(&e, rows);
    buf_init(&out, 1 << 16);
    for (int i = 0; i < e.count; i++)
        buf_printf(&out, "%s\n", e.lines[i].text.p);
    buf_printf(&out, "%d,%d", e.cursor_row, e.cursor_col);
    assert_string_equal(out.p, wanted);
    buf_finish(&out);
}

static void
a_text_is_wrapped_and_the_cursor_rests_where_the_next_character_goes(void **state)
{
    (void)state;
    struct entry_view v = {"> ", "", "", 0};
    shows(&v, 8, 10, "> \n0,2");
    v.text = "satu dua";
    v.cursor = 4;
    shows(&v, 8, 10, "> satu dua\n0,6");
    v.cursor = 8;
    shows(&v, 8, 10, "> satu dua\n  \n1,2");
    v.text = "satu dua tiga";
    shows(&v, 8, 10, "> satu dua\n   tiga\n1,2");
    v.text = "a\n\nb\n";
    v.cursor = 2;
    shows(&v, 8, 10, "> a\n  \n  b\n  \n1,2");
    v.cursor = 5;
    shows(&v, 8, 10, "> a\n  \n  b\n  \n3,2");
}

static void
a_wide_character_that_does_not_fit_takes_the_cursor_along(void **state)
{
    (void)state;
    struct entry_view v = {"> ", "", "1234567\u4e2d", 7};
    shows(&v, 8, 10, "> 1234567\n  \u4e2d\n1,2");
    v.cursor = 10;
    shows(&v, 8, 10, "> 1234567\n  \u4e2d\n1,4");
}

static void
the_end_stays_in_sight_while_the_cursor_allows(void **state)
{
    (void)state;
    struct entry_view v = {"> ", "", "1\n2\n3\n4\n5", 9};
    shows(&v, 3, 20, "  3\n  4\n  5\n2,3");
    v.cursor = 4;
    shows(&v, 3, 20, "  3\n  4\n  5\n0,2");
    v.cursor = 3;
    shows(&v, 3, 20, "  2\n  3\n  4\n0,3");
    v.cursor = 0;
    shows(&v, 3, 20, "> 1\n  2\n  3\n0,2");
}

static void
what_readline_asks_stands_before_the_text(void **state)
{
    (void)state;
    struct entry_view v = {"> ", "(search)`a': ", "\u0301bc", 2};
    shows(&v, 8, 40, "> (search)`a': \u25cc\u0301bc\n0,16");
    shows(&v, 8, 10, "> (search)\n  `a': \u25cc\u0301bc\n1,8");
    v.prefix = "";
    shows(&v, 8, 40, "> \u25cc\u0301bc\n0,3");
}

static void
what_the_terminal_must_not_get_is_shown_by_a_stand_in(void **state)
{
    (void)state;
    struct entry_view v = {"> ", "", "a\033[m\t\xff\u202e\u200b.", 0};
    shows(&v, 8, 40, "> a\u241b[m    \ufffd<202E>.\n0,2");
    for (size_t i = 0; i < e.lines[0].run_count; i++)
        assert_int_equal(e.lines[0].runs[i].ink,
                         ((const enum ink[]){INK_MARK, INK_TEXT, INK_CONTROL, INK_TEXT, INK_CONTROL,
                                             INK_TEXT})[i]);
    v.text = "\U0001F468\u200D\U0001F469 \u2764\ufe0f";
    shows(&v, 8, 40, "> \U0001F468\u200D\U0001F469 \u2764\ufe0f\n0,2");
    assert_int_equal(e.lines[0].runs[1].ink, INK_TEXT);
    assert_int_equal(e.lines[0].cols, 7);
}

static void
what_has_no_width_does_not_stay_in_one_row_without_end(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, 1 << 20);
    while (text.len < 600000)
        buf_append_str(&text, "\u200b");
    struct entry_view v = {"> ", "", text.p, text.len};
    assert_int_equal(entry_set(&e, &v, 80), ENTRY_MAX_ROWS);
    size_t rows = entry_rows_count(&e.rows, SIZE_MAX);
    assert_true(rows > 60);
    buf_finish(&text);
}

/* ---- rows that are kept against rows that are found anew ---- */

static const char *const pieces[] = {"a",
                                     "kata ",
                                     "\n",
                                     "\t",
                                     "\u00e9",
                                     "\u4e2d",
                                     "e\u0301",
                                     "\u0301",
                                     "\u0300\u0300\u0300",
                                     "\u0e17\u0e35\u0e48",
                                     "\U0001F468",
                                     "\u200d",
                                     "\ufe0f",
                                     "\U0001F1EE\U0001F1E9",
                                     "\U0001F1EE",
                                     "\u1100",
                                     "\u1161",
                                     "\u0600",
                                     "\u202e",
                                     "\u200b",
                                     "\xff",
                                     "\xe4\xb8",
                                     "\x1b",
                                     "\r",
                                     "\u0915\u094d\u0937",
                                     "1234567890123456789012345678901234567890"};

static void
append_some(struct buf *b, struct rng *r, size_t count)
{
    /* mostly one script at a time, so that long clusters and long runs of it occur */
    size_t script = rng_below(r, ARRAY_LEN(pieces));
    while (count--) {
        if (rng_below(r, 6) == 0)
            script = rng_below(r, ARRAY_LEN(pieces));
        buf_append_str(b, pieces[script]);
    }
}

/* Replaces some bytes, anywhere, also inside a character. */
static void
edit(struct buf *text, struct rng *r)
{
    struct buf now;
    size_t from = rng_below(r, 3) ? rng_below(r, (uint32_t)text->len + 1) : text->len;
    size_t gone = rng_below(r, 3) ? rng_below(r, 6) : rng_below(r, (uint32_t)text->len + 1);
    gone = from + gone > text->len ? text->len - from : gone;
    buf_init(&now, 1 << 20);
    buf_append(&now, text->p, from);
    append_some(&now, r, rng_below(r, 8) ? rng_below(r, 3) : rng_below(r, 400));
    buf_append(&now, text->p + from + gone, text->len - from - gone);
    buf_truncate(&now, now.len < 6000 ? now.len : 3000);
    buf_finish(text);
    *text = now;
}

static void
same_rows(struct entry_rows *kept, const char *head, const char *text, int first, int cols,
          const char *when)
{
    struct entry_rows anew;
    entry_rows_init(&anew);
    entry_rows_set(&anew, head, text, first, cols);
    size_t n = entry_rows_count(&anew, SIZE_MAX);
    if (entry_rows_count(kept, SIZE_MAX) != n)
        fail_msg("%s: another number of rows", when);
    for (size_t i = 0; i < n; i++)
        if (entry_rows_start(kept, i) != entry_rows_start(&anew, i))
            fail_msg("%s: row %zu begins elsewhere", when, i);
    entry_rows_finish(&anew);
}

static void
rows_that_are_kept_are_those_found_anew(void **state)
{
    (void)state;
    static const char *const heads[] = {"", "", "", "(arg: 3) ", "\u0600"};
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct rng r = {seed};
        struct entry_rows kept;
        struct buf text;
        int cols = 80, first = 2;
        const char *head = "";
        buf_init(&text, 1 << 20);
        append_some(&text, &r, rng_below(&r, 600));
        entry_rows_init(&kept);
        for (int step = 0; step < 60; step++) {
            char when[64];
            snprintf(when, sizeof when, "seed %d step %d", (int)seed, step);
            edit(&text, &r);
            if (rng_below(&r, 10) == 0)
                cols = 1 + (int)rng_below(&r, rng_below(&r, 2) ? 12 : 200);
            if (rng_below(&r, 10) == 0)
                head = heads[rng_below(&r, ARRAY_LEN(heads))];
            if (rng_below(&r, 20) == 0)
                first = (int)rng_below(&r, 7);
            entry_rows_set(&kept, head, text.p, first, cols);
            /* not every frame asks for all rows */
            entry_rows_find(&kept, rng_below(&r, (uint32_t)text.len + 1));
            if (rng_below(&r, 2))
                same_rows(&kept, head, text.p, first, cols, when);
        }
        entry_rows_finish(&kept);
        buf_finish(&text);
    }
}

static void
a_cluster_that_becomes_narrow_goes_back_to_the_row_before(void **state)
{
    (void)state;
#define HEART "\u2764"
#define MARKS "\u0301\u0301\u0301\u0301"
    struct entry_view v = {"> ", "", "1234567" HEART MARKS "\u200d" HEART "8", 0};
    shows(&v, 8, 10, "> 1234567\n  " HEART MARKS "\u200d" HEART "8\n0,2");
    v.text = "1234567" HEART MARKS "8";
    shows(&v, 8, 10, "> 1234567" HEART MARKS "\n  8\n0,2");
}

static void
every_byte_is_in_the_row_that_holds_it(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct rng r = {seed};
        struct entry_rows rows;
        struct buf text;
        buf_init(&text, 1 << 20);
        append_some(&text, &r, 300);
        entry_rows_init(&rows);
        entry_rows_set(&rows, "", text.p, 2, 1 + (int)rng_below(&r, 60));
        for (int i = 0; i < 50; i++) {
            size_t at = rng_below(&r, (uint32_t)text.len + 1);
            size_t row = entry_rows_find(&rows, at);
            assert_true(entry_rows_start(&rows, row) <= at);
            bool last = entry_rows_count(&rows, row + 2) == row + 1;
            assert_true(last || at < entry_rows_start(&rows, row + 1));
        }
        entry_rows_finish(&rows);
        buf_finish(&text);
    }
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_text_is_wrapped_and_the_cursor_rests_where_the_next_character_goes),
        T(a_wide_character_that_does_not_fit_takes_the_cursor_along),
        T(the_end_stays_in_sight_while_the_cursor_allows),
        T(what_readline_asks_stands_before_the_text),
        T(what_the_terminal_must_not_get_is_shown_by_a_stand_in),
        T(what_has_no_width_does_not_stay_in_one_row_without_end),
        T(rows_that_are_kept_are_those_found_anew),
        T(a_cluster_that_becomes_narrow_goes_back_to_the_row_before),
        T(every_byte_is_in_the_row_that_holds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
