/* Pastes, marked or not, cut anywhere by any pause, never press a key. */
#include "input_kit.h"

static void
a_paste_is_one_event_and_cannot_press_keys(void **state)
{
    (void)state;
    check("a\033[200~one\r\ntwo\rthree\tx\033[201~b", "<a>[one\ntwo\nthree\tx]<b>");
    check("\033[200~\033[31mred\033[0m\x07\x08\x7f\xc2\x9b\x1b\033[201~", "[[31mred[0m]");
    check("\033[200~\033[201\033[20\033[201~z", "[[201[20]<z>");
    check("\033[200~\033\033[201~", "[]");
    check("\033[200~\xff\xf0\x9f\x98\x80\033[201~", "[\xef\xbf\xbd\xf0\x9f\x98\x80]");
    check("\033[200~\033[200~nested\033[201~", "[[200~nested]");
    check("\033[201~x", "<x>");
}

/* Fed with a clock of its own: pieces, and pauses in ms between them. */
struct feed {
    struct input *in;
    struct buf out;
    int64_t now_us;
};

static void
feed_begin(struct feed *f)
{
    buf_init(&f->out, 8 << 20);
    f->in = input_create(note, &f->out);
    f->now_us = 1000;
}

static void
feed_end(struct feed *f)
{
    input_destroy(&f->in);
    buf_finish(&f->out);
}

/* As the event loop does: each deadline is kept, then the bytes come. */
static void
feed_after(struct feed *f, int64_t pause_ms, const char *p, size_t n)
{
    int64_t then = f->now_us + pause_ms * US_PER_MS;
    while (input_deadline(f->in) <= then)
        input_tick(f->in, input_deadline(f->in));
    f->now_us = then;
    input_feed(f->in, p, n, then);
}

static void
say(struct feed *f, int64_t pause_ms, const char *text)
{
    feed_after(f, pause_ms, text, strlen(text));
}

/* What the bytes of one read, and a pause behind it, are taken for. */
struct one_read {
    const char *bytes, *events;
};

static void
assert_read(const struct one_read *r)
{
    struct feed f;
    feed_begin(&f);
    f.now_us += 5000 * US_PER_MS;
    input_read(f.in, r->bytes, strlen(r->bytes), f.now_us);
    say(&f, 100, "");
    assert_string_equal(f.out.p, r->events);
    feed_end(&f);
}

static void
a_mark_of_the_end_inside_a_paste_ends_nothing_and_presses_no_key(void **state)
{
    (void)state;
    static const struct one_read reads[] = {
        {"\033[200~one\033[201~\r/quit\r\033[201~", "[one[201~\n/quit\n]"},
        {"\033[200~\033[201~\033[201~\r\033[201~1", "[[201~[201~\n]<1>"},
        {"\033[200~one\033[201~\r", "[one]<Enter>"},
        {"\033[200~one\033[201~\r\033[200~two\033[201~", "[one]<Enter>[two]"},
        {"\033[200~one\033[201~\033[201", "[one]"},
    };
    for (size_t i = 0; i < ARRAY_LEN(reads); i++)
        assert_read(&reads[i]);
}

/* A pause of any length at any byte, also inside the marks, makes no key of any byte of the paste. (An ESC that
 * a pause cuts off is the Esc key, an "ESC [" Alt-[: that was decided before more came.) */
static void
no_pause_at_any_byte_makes_a_key_of_a_paste(void **state)
{
    (void)state;
    static const char paste[] = "\033[200~/quit\r1234\033[Aéq\r\nrest\r\033[201~";
    static const int64_t pauses_ms[] = {1, 30, 300, 600, 2500, 3600000};
    static const char text[] = "[/quit\n1234[Aéq\nrest\n]";
    size_t n = sizeof paste - 1;
    for (size_t p = 0; p < ARRAY_LEN(pauses_ms); p++)
        for (size_t a = 1; a < n; a++)
            for (size_t b = a; b < n; b++) {
                struct feed f;
                feed_begin(&f);
                feed_after(&f, 0, paste, a);
                if (b > a)
                    feed_after(&f, pauses_ms[p], paste + a, b - a);
                feed_after(&f, pauses_ms[p], paste + b, n - b);
                say(&f, 5000, "k");
                const char *got = f.out.p;
                if (strncmp(got, "<Esc>", 5) == 0)
                    got += 5;
                else if (strncmp(got, "<A-[>", 5) == 0)
                    got += 5;
                /* the ESC inside the text, alone for long enough, gave the paste up */
                if (strcmp(got, "[/quit\n1234]<k>") != 0) {
                    assert_memory_equal(got, text, sizeof text - 1);
                    assert_string_equal(got + sizeof text - 1, "<k>");
                }
                feed_end(&f);
            }
}

static void
an_unfinished_paste_waits_and_escape_gives_it_up(void **state)
{
    (void)state;
    check("\033[200~half", "");
    struct feed f;
    feed_begin(&f);
    say(&f, 0, "\033[200~half\r");
    assert_int_equal(input_waits(f.in), INPUT_WAITS_NOT);
    say(&f, 3600000, "more\r");
    assert_string_equal(f.out.p, "");
    input_tick(f.in, input_deadline(f.in));
    assert_int_equal(input_waits(f.in), INPUT_WAITS_FOR_REST);
    assert_true(input_deadline(f.in) == NEVER_US); /* it waits without waking */
    say(&f, 600, "\033");
    input_tick(f.in, input_deadline(f.in));
    assert_string_equal(f.out.p, "[half\nmore\n]");
    assert_int_equal(input_waits(f.in), INPUT_WAITS_FOR_END);
    /* What comes of it later is no key, and with its end keys are keys again. */
    say(&f, 60000, "1\r/quit\r");
    say(&f, 60000, "2\r\033");
    say(&f, 10, "[20");
    say(&f, 60000, "1~x");
    assert_string_equal(f.out.p, "[half\nmore\n]<x>");
    assert_int_equal(input_waits(f.in), INPUT_WAITS_NOT);
    feed_end(&f);
}

static void
a_second_escape_ends_the_wait_for_an_end_that_never_comes(void **state)
{
    (void)state;
    struct feed f;
    feed_begin(&f);
    say(&f, 0, "\033[200~half");
    say(&f, 3000, "\033");
    say(&f, 3000, "lost\r");
    say(&f, 3000, "\033");
    say(&f, 3000, "k\r");
    assert_string_equal(f.out.p, "[half]<k><Enter>");
    /* Even an end that a pause had cut in two is known. */
    say(&f, 3000, "\033[200~again");
    say(&f, 3000, "\033");
    say(&f, 3000, "\033");
    say(&f, 3000, "[201~");
    say(&f, 3000, "k");
    assert_string_equal(f.out.p, "[half]<k><Enter>[again]<k>");
    feed_end(&f);
}

/* Escape at any moment of a paste that comes in two pieces. */
static void
a_paste_that_was_given_up_presses_no_key_later(void **state)
{
    (void)state;
    static const char paste[] = "\033[200~one\r2\r/quit\r\033[201~";
    size_t n = sizeof paste - 1;
    for (size_t a = 6; a < n; a++)
        for (size_t b = a; b < n; b++) {
            struct feed f;
            feed_begin(&f);
            feed_after(&f, 0, paste, a);
            say(&f, 700, "\033");
            feed_after(&f, 700, paste + a, b - a);
            feed_after(&f, 700, paste + b, n - b);
            say(&f, 700, "k");
            /* one text, perhaps cut short, and the key after it */
            assert_int_equal(f.out.p[0], '[');
            /* inside its end's mark, the Esc spoils the mark: the end is still waited for */
            assert_string_equal(strchr(f.out.p, ']') + 1, a > n - 5 ? "" : "<k>");
            assert_null(strstr(f.out.p, "Enter"));
            assert_null(strstr(f.out.p, "<2>"));
            feed_end(&f);
        }
}

static void
lines_that_come_in_one_read_are_text_and_no_keys(void **state)
{
    (void)state;
    static const struct one_read reads[] = {
        {"one\rtwo\r", "[one\ntwo\n]"},
        {"\r1", "[\n1]"},
        {"one\r", "<o><n><e><Enter>"},
        {"\r\r", "<Enter><Enter>"},
        {"\r\033[A", "<Enter><Up>"},
        {"\033[A\rx", "<Up>[\nx]"},
        {"one\rtwo\033[A", "[one\ntwo]<Up>"},
        {"one\ntwo\r", "[one\ntwo\n]"},
        {"one\r\033[31mtwo\r", "[one\n][two\n]"},
        {"one\rtwo\033[Athree\r", "[one\ntwo]<Up>[three\n]"},
    };
    for (size_t i = 0; i < ARRAY_LEN(reads); i++)
        assert_read(&reads[i]);
    /* The next read belongs to it when it follows at once. */
    struct feed f;
    feed_begin(&f);
    input_read(f.in, "one\rtwo", 7, f.now_us);
    input_read(f.in, "\r", 1, f.now_us + 1000);
    input_tick(f.in, f.now_us + 30 * US_PER_MS);
    input_read(f.in, "\r", 1, f.now_us + 900 * US_PER_MS);
    assert_string_equal(f.out.p, "[one\ntwo\n]<Enter>");
    feed_end(&f);
}

static void
bytes_that_waited_for_a_late_reader_belong_to_the_lines_before_them(void **state)
{
    (void)state;
    struct feed f;
    feed_begin(&f);
    input_read(f.in, "one\rtwo", 7, f.now_us);
    input_read(f.in, "\r", 1, f.now_us + 5000 * US_PER_MS);
    input_read(f.in, "three\r", 6, f.now_us + 9000 * US_PER_MS);
    input_tick(f.in, f.now_us + 9100 * US_PER_MS);
    assert_string_equal(f.out.p, "[one\ntwo\nthree\n]");
    feed_end(&f);
}

static void
a_line_that_a_pause_cuts_off_sends_nothing(void **state)
{
    (void)state;
    struct feed f;
    feed_begin(&f);
    input_read(f.in, "one\rtwo", 7, f.now_us);
    input_tick(f.in, f.now_us + 30 * US_PER_MS);
    input_read(f.in, "more\r", 5, f.now_us + 400 * US_PER_MS);
    input_tick(f.in, f.now_us + 500 * US_PER_MS);
    assert_string_equal(f.out.p, "[one\ntwo][more\n]");
    input_read(f.in, "\r", 1, f.now_us + 600 * US_PER_MS);
    assert_string_equal(f.out.p, "[one\ntwo][more\n]<Enter>");
    feed_end(&f);
}

/* However the reads fall that come one after the other. */
static void
lines_in_many_reads_send_nothing(void **state)
{
    (void)state;
    static const char lines[] = "one\rtwo\r\nthree\r";
    size_t n = sizeof lines - 1;
    for (size_t a = 1; a < n; a++)
        for (size_t b = a; b < n; b++) {
            struct feed f;
            if (lines[a - 1] == '\r' ||
                lines[b - 1] == '\r') /* a short read that ends so is typed */
                continue;
            feed_begin(&f);
            f.now_us += 5000 * US_PER_MS;
            const size_t ends[] = {a, b, n};
            for (size_t i = 0, at = 0; i < ARRAY_LEN(ends); at = ends[i++]) {
                if (ends[i] > at)
                    input_read(f.in, lines + at, ends[i] - at, f.now_us);
                f.now_us += 2 * US_PER_MS;
            }
            say(&f, 1000, "");
            assert_null(strstr(f.out.p, "Enter"));
            feed_end(&f);
        }
    /* A held Enter is one when something else than text follows, or nothing. */
    static const char *const next[] = {"\0331", "", "two"}, *const ends[] = {"<Enter><A-1>",
                                                                             "<Enter>", "[\ntwo]"};
    for (size_t i = 0; i < ARRAY_LEN(next); i++) {
        char full[4096];
        struct feed f;
        feed_begin(&f);
        memset(full, 'x', sizeof full);
        full[sizeof full - 1] = '\r';
        input_read(f.in, full, sizeof full, f.now_us);
        input_read(f.in, next[i], strlen(next[i]), f.now_us + 1000);
        say(&f, 1000, "");
        assert_string_equal(f.out.p + f.out.len - strlen(ends[i]), ends[i]);
        feed_end(&f);
    }
}

static void
a_paste_beyond_the_cap_is_refused_whole_and_never_typed(void **state)
{
    (void)state;
    struct buf all;
    buf_init(&all, 4 << 20);
    buf_append_str(&all, "\033[200~");
    for (int i = 0; i < INPUT_MAX_PASTE_BYTES + 1000; i++)
        buf_append_char(&all, i % 100 == 99 ? '\r' : 'p');
    buf_append_str(&all, "\033[201~k");
    char *got = events(all.p, all.len, NULL);
    assert_string_equal(got, "[refused]<k>");
    free(got);
    /* The same without the marks. */
    struct feed burst;
    feed_begin(&burst);
    input_read(burst.in, all.p + 6, all.len - 6 - 7, burst.now_us);
    say(&burst, 999, "p\r");
    assert_string_equal(burst.out.p, "");
    say(&burst, 1001, "k");
    assert_string_equal(burst.out.p, "[refused]<k>");
    feed_end(&burst);
    /* Pauses shorter than the silence that ends a large one. */
    feed_begin(&burst);
    for (size_t at = 6, n; at < all.len - 7; at += n) {
        n = all.len - 7 - at < 5000 ? all.len - 7 - at : 5000;
        input_read(burst.in, all.p + at, n, burst.now_us);
        say(&burst, 200, "");
    }
    say(&burst, 1001, "k");
    assert_string_equal(burst.out.p, "[refused]<k>");
    feed_end(&burst);
    /* However long it pauses. */
    struct feed f;
    feed_begin(&f);
    feed_after(&f, 0, all.p, all.len - 100);
    feed_after(&f, 5000, all.p + all.len - 100, 50);
    feed_after(&f, 5000, all.p + all.len - 50, 50);
    assert_string_equal(f.out.p, "[refused]<k>");
    feed_end(&f);
    buf_finish(&all);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paste_is_one_event_and_cannot_press_keys),
        cmocka_unit_test(a_mark_of_the_end_inside_a_paste_ends_nothing_and_presses_no_key),
        cmocka_unit_test(no_pause_at_any_byte_makes_a_key_of_a_paste),
        cmocka_unit_test(an_unfinished_paste_waits_and_escape_gives_it_up),
        cmocka_unit_test(a_second_escape_ends_the_wait_for_an_end_that_never_comes),
        cmocka_unit_test(a_paste_that_was_given_up_presses_no_key_later),
        cmocka_unit_test(lines_that_come_in_one_read_are_text_and_no_keys),
        cmocka_unit_test(lines_in_many_reads_send_nothing),
        cmocka_unit_test(bytes_that_waited_for_a_late_reader_belong_to_the_lines_before_them),
        cmocka_unit_test(a_line_that_a_pause_cuts_off_sends_nothing),
        cmocka_unit_test(a_paste_beyond_the_cap_is_refused_whole_and_never_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
