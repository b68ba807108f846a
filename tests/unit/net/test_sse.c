#include "unit/unit.h"

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/net/sse.h"

#include <stdlib.h>
#include <string.h>

struct seen {
    struct buf out; /* "type|data\n" for each event, "!value\n" for a bare error field */
    int stop_after; /* 0: never */
    int events;
};

static bool
on_event(void *arg, const char *type, const char *data, size_t n)
{
    struct seen *s = arg;
    buf_printf(&s->out, "%s|", type);
    buf_append(&s->out, data, n);
    buf_append_str(&s->out, "\n");
    return ++s->events != s->stop_after;
}

static bool
on_other_line(void *arg, const char *value, size_t n)
{
    struct seen *s = arg;
    buf_append_str(&s->out, "!");
    buf_append(&s->out, value, n);
    buf_append_str(&s->out, "\n");
    return true;
}

/* Feeds the n bytes in pieces of `piece` bytes, each in memory of its own, so that reading past a
 * piece or keeping a pointer into it is found by the address sanitizer. */
static char *
run(const char *p, size_t n, size_t piece)
{
    struct seen seen = {0};
    buf_init(&seen.out, 1 << 20);
    struct sse s;
    sse_init(&s, &(struct sse_sink){on_event, on_other_line, &seen});
    for (size_t i = 0; i < n; i += piece) {
        size_t len = n - i < piece ? n - i : piece;
        char *copy = xmalloc(len);
        memcpy(copy, p + i, len);
        assert_true(sse_feed(&s, copy, len, NULL));
        free(copy);
    }
    assert_true(sse_end(&s, NULL));
    sse_finish(&s);
    return buf_take(&seen.out);
}

static void
check(const char *in, const char *want)
{
    size_t n = strlen(in);
    for (size_t piece = 1; piece <= n; piece++) {
        char *got = run(in, n, piece);
        assert_string_equal(got, want);
        free(got);
    }
}

static void
every_chunking_gives_the_same_events(void **state)
{
    (void)state;
    check("event: ping\ndata: {\"a\":1}\n\ndata:b\n\n", "ping|{\"a\":1}\n|b\n");
    check("data: one\ndata: two\ndata:\ndata: four\n\n", "|one\ntwo\n\nfour\n");
    check("data: x\nevent: late\n\ndata: y\n\n", "late|x\n|y\n");
}

static void
all_three_line_ends_work_and_may_be_mixed(void **state)
{
    (void)state;
    check("data: a\r\n\r\ndata: b\r\rdata: c\n\ndata: d\r\n\n", "|a\n|b\n|c\n|d\n");
    check("event: t\rdata: a\rdata: b\r\r", "t|a\nb\n");
}

static void
comments_and_ids_are_skipped_and_other_lines_told(void **state)
{
    (void)state;
    check(": ping - now\r\n\r\n:\n\nid: 7\nretry: 10\nfoo: bar\nnocolon\ndata: a\n\n",
          "!foo: bar\n!nocolon\n|a\n");
    check("plain words", "!plain words\n");
}

static void
one_space_after_the_colon_goes_and_trailing_spaces_stay(void **state)
{
    (void)state;
    check("data:  two \n\ndata:none\n\n", "| two \n|none\n");
}

static void
a_leading_mark_goes_once(void **state)
{
    (void)state;
    check("\xEF\xBB\xBF"
          "data: a\n\n\xEF\xBB\xBF"
          "data: b\n\n",
          "|a\n!\xEF\xBB\xBF"
          "data: b\n");
}

static void
empty_data_dispatches_nothing_and_resets_the_type(void **state)
{
    (void)state;
    check("event: a\n\ndata: x\n\nevent: b\ndata:\n\ndata: y\n\n", "|x\n|y\n");
}

static void
an_error_field_of_old_servers_is_not_lost(void **state)
{
    (void)state;
    check("data: a\n\nerror: {\"code\":500}\n\n", "|a\n!error: {\"code\":500}\n");
}

static void
the_end_flushes_what_is_whole_and_drops_what_may_be_cut(void **state)
{
    (void)state;
    check("data: a\n", "|a\n");
    check("data: a\n\ndata: [DONE]", "|a\n|[DONE]\n");
    check("data: {\"x\":1}", "|{\"x\":1}\n");
    check("data: a\n\ndata: {\"x\":\"half", "|a\n");
}

static void
nul_and_invalid_bytes_pass_through(void **state)
{
    (void)state;
    static const char in[] = "data: a\0b\xff\xfe\n\n";
    static const char want[] = "|a\0b\xff\xfe\n";
    for (size_t piece = 1; piece < sizeof in; piece++) {
        char *got = run(in, sizeof in - 1, piece);
        assert_memory_equal(got, want, sizeof want);
        free(got);
    }
}

static void
a_huge_line_and_a_huge_event_are_refused_with_the_reason(void **state)
{
    (void)state;
    struct seen seen = {0};
    buf_init(&seen.out, 1000);
    char *block = xmalloc(1 << 16);
    memset(block, 'x', 1 << 16);
    struct err err = {0};
    struct sse s;
    sse_init(&s, &(struct sse_sink){on_event, NULL, &seen});
    bool ok = sse_feed(&s, "data: ", 6, &err);
    int blocks = 0;
    while (ok && blocks++ < 100)
        ok = sse_feed(&s, block, 1 << 16, &err);
    assert_false(ok);
    assert_true(blocks <= 17);
    assert_non_null(strstr(err.text, "line"));
    sse_finish(&s);

    sse_init(&s, &(struct sse_sink){on_event, NULL, &seen});
    ok = true;
    for (blocks = 0; ok && blocks < 100; blocks++)
        ok = sse_feed(&s, "data: ", 6, &err) && sse_feed(&s, block, 1 << 16, &err) &&
             sse_feed(&s, "\n", 1, &err);
    assert_false(ok);
    assert_true(blocks <= 65);
    assert_non_null(strstr(err.text, "event"));
    sse_finish(&s);
    free(block);
    buf_finish(&seen.out);
}

static void
the_sink_can_stop_it_without_an_error(void **state)
{
    (void)state;
    struct seen seen = {.stop_after = 1};
    buf_init(&seen.out, 1000);
    struct err err = {.text = "old"};
    struct sse s;
    sse_init(&s, &(struct sse_sink){on_event, NULL, &seen});
    static const char in[] = "data: a\n\ndata: b\n\n";
    assert_false(sse_feed(&s, in, sizeof in - 1, &err));
    assert_string_equal(err.text, "");
    assert_string_equal(seen.out.p, "|a\n");
    sse_finish(&s);
    buf_finish(&seen.out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chunking_gives_the_same_events),
        cmocka_unit_test(all_three_line_ends_work_and_may_be_mixed),
        cmocka_unit_test(comments_and_ids_are_skipped_and_other_lines_told),
        cmocka_unit_test(one_space_after_the_colon_goes_and_trailing_spaces_stay),
        cmocka_unit_test(a_leading_mark_goes_once),
        cmocka_unit_test(empty_data_dispatches_nothing_and_resets_the_type),
        cmocka_unit_test(an_error_field_of_old_servers_is_not_lost),
        cmocka_unit_test(the_end_flushes_what_is_whole_and_drops_what_may_be_cut),
        cmocka_unit_test(nul_and_invalid_bytes_pass_through),
        cmocka_unit_test(a_huge_line_and_a_huge_event_are_refused_with_the_reason),
        cmocka_unit_test(the_sink_can_stop_it_without_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
