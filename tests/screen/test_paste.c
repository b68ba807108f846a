/* Pastes that come slowly, cut up or without an end: whatever a terminal or a line makes of them, nothing in them is
 * ever a key, so nothing is sent that the operator did not send. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "table.h"

static void
a_paste_that_stalls_waits_in_sight_and_sends_nothing(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 30, 100);
    screen_type(s, "\033[200~kalimat pertama\r");
    screen_expect(s, "paste not finished: waiting for the rest");
    screen_type(s, "kalimat kedua\r");
    screen_type(s, "\033");
    screen_expect(s, "> kalimat pertama");
    screen_expect(s, "the rest of the paste is left out");
    screen_type(s, "1\r/quit\r\033[201~");
    screen_expect_gone(s, "left out");
    assert_int_equal(standin_count(t->claude), 0);
    assert_int_equal(standin_count(t->llama), 0);
    screen_type(s, "\003");
    screen_expect_gone(s, "kalimat");
    table_say(t, "halo");
}

static void
a_paste_in_pieces_is_one_text_at_every_size(void **state)
{
    static const int sizes[][2] = {{24, 80}, {10, 40}, {5, 30}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        struct screen *s = table_start(t, sizes[i][0], sizes[i][1]);
        static const char paste[] = "\033[200~satu\rdua\r\033[201~";
        for (size_t at = 0; at < sizeof paste - 1; at++) {
            screen_send(s, paste + at, 1);
            if (at == 8)
                screen_expect(s, "paste not finished");
        }
        screen_expect(s, "dua");
        assert_int_equal(standin_count(t->claude), 0);
        table_say(t, "tiga");
        struct standin_request *r = standin_request(t->claude, 0);
        assert_non_null(strstr(r->body, "satu\\ndua\\ntiga"));
        standin_request_free(&r);
    }
}

static void
lines_of_a_terminal_that_marks_no_paste_are_one_message(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 24, 80);
    screen_type(s, "satu\rdua\r");
    screen_expect(s, "> satu");
    screen_expect(s, "  dua");
    assert_int_equal(standin_count(t->claude), 0);
}

static void
a_paste_beyond_the_cap_is_refused_whole_with_a_word(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 24, 100);
    size_t n = (1 << 20) + 5000;
    char *large = xcalloc(1, n + 1);
    for (int marked = 0; marked < 2; marked++) {
        memset(large, 'p', n);
        for (size_t i = 99; i < n; i += 100)
            large[i] = '\r';
        if (marked)
            screen_paste(s, large);
        else
            screen_send(s, large, n);
        screen_expect(s, "the paste was left out: it is larger than 1024 KiB");
        assert_false(screen_shows(s, "> p"));
        screen_type(s, "x"); /* what is typed later is typed */
        screen_expect(s, "> x");
        screen_type(s, "\003");
        screen_expect_gone(s, "> x");
    }
    free(large);
    assert_int_equal(standin_count(t->claude), 0);
    table_say(t, "halo");
    struct standin_request *r = standin_request(t->claude, 0);
    assert_null(strstr(r->body, "ppp"));
    standin_request_free(&r);
}

static void
shift_enter_is_a_new_line_however_it_is_encoded(void **state)
{
    static const char *const keys[] = {"\033[13;2u", "\033[27;2;13~"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        struct screen *s = table_start(t, 24, 80);
        screen_type(s, "satu");
        screen_type(s, keys[i]);
        screen_type(s, "dua\033[13;5u"); /* Ctrl-Enter is no Enter */
        screen_expect(s, "  dua");
        table_say(t, " tiga");
        struct standin_request *r = standin_request(t->claude, 0);
        assert_non_null(strstr(r->body, "satu\\ndua tiga"));
        standin_request_free(&r);
        assert_int_equal(standin_count(t->claude), 1);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_paste_that_stalls_waits_in_sight_and_sends_nothing),
        AT_A_TABLE(a_paste_in_pieces_is_one_text_at_every_size),
        AT_A_TABLE(lines_of_a_terminal_that_marks_no_paste_are_one_message),
        AT_A_TABLE(a_paste_beyond_the_cap_is_refused_whole_with_a_word),
        AT_A_TABLE(shift_enter_is_a_new_line_however_it_is_encoded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
