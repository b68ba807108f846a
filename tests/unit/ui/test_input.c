#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "ui/term/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Events as one line of text: <name>, [paste], {m button row col press}, {f gained}, {r reply}. */
static void
note(void *arg, const struct input_event *ev)
{
    struct buf *out = arg;
    switch (ev->kind) {
    case INPUT_KEY:
        buf_printf(out, "<%s>", ev->name);
        break;
    case INPUT_PASTE:
        buf_append_char(out, '[');
        if (ev->refused)
            buf_append_str(out, "refused");
        buf_append(out, ev->bytes, ev->len);
        buf_append_char(out, ']');
        break;
    case INPUT_MOUSE:
        buf_printf(out, "{m %d %d %d %d}", ev->button, ev->row, ev->col, ev->press);
        break;
    case INPUT_FOCUS:
        buf_printf(out, "{f %d}", ev->press);
        break;
    case INPUT_REPLY:
        buf_append_str(out, "{r ");
        buf_append(out, ev->bytes + 1, ev->len - 1);
        buf_append_char(out, '}');
        break;
    }
}

/* The events of s, fed in one piece (rng NULL) or in random ones, then given time to resolve. */
static char *
events(const char *s, size_t n, struct rng *rng)
{
    struct buf out;
    buf_init(&out, 8 << 20);
    struct input *in = input_create(note, &out);
    int64_t now = 1000;
    for (size_t at = 0; at < n;) {
        size_t take = rng ? 1 + rng_below(rng, 4) : n;
        if (take > n - at)
            take = n - at;
        input_feed(in, s + at, take, now);
        at += take;
    }
    while (input_deadline(in) != NEVER_US) {
        now = input_deadline(in);
        input_tick(in, now);
    }
    input_destroy(&in);
    return buf_take(&out);
}

static void
check(const char *bytes, const char *expected)
{
    struct rng rng = {7};
    size_t n = strlen(bytes);
    char *got = events(bytes, n, NULL);
    assert_string_equal(got, expected);
    free(got);
    for (int i = 0; i < 40; i++) {
        got = events(bytes, n, &rng);
        assert_string_equal(got, expected);
        free(got);
    }
}

static void
each_key_has_its_canonical_name_however_it_is_encoded(void **state)
{
    (void)state;
    check("aZ/ \t\r\n\x7f\x08", "<a><Z></><Space><Tab><Enter><C-j><Backspace><C-h>");
    check("\x01\x18\x1a\x1c\x1f", "<C-a><C-x><C-z><C-\\><C-_>");
    char *nul = events("\0", 1, NULL);
    assert_string_equal(nul, "<C-Space>");
    free(nul);
    check("\033x\0331\033\r\033\x7f\033\x01\033 ",
          "<A-x><A-1><A-Enter><A-Backspace><C-A-a><A-Space>");
    check("\033[A\033OB\033[1;5C\033[1;3D\033[1;2A\033[1;8B",
          "<Up><Down><C-Right><A-Left><S-Up><C-A-S-Down>");
    check("\033[H\033OF\033[1~\033[4~\033[7~\033[8~", "<Home><End><Home><End><Home><End>");
    check("\033[2~\033[3~\033[5~\033[6~\033[3;5~", "<Ins><Del><PgUp><PgDn><C-Del>");
    check("\033OP\033OQ\033OR\033OS\033[15~\033[17~\033[24~", "<F1><F2><F3><F4><F5><F6><F12>");
    check("\033[11~\033[[A\033[[E\033[1;2R\033[1;5P", "<F1><F1><F5><S-F3><C-F1>");
    check("\033[Z", "<S-Tab>");
    check("\033\033[A\033\033OC", "<A-Up><A-Right>");
    check("\033OM\033Oj\033Op", "<Enter><*><0>");
    check("\033Oa\033[c", "<C-Up>{r [c}");
}

static void
newer_encodings_come_as_the_older_keys(void **state)
{
    (void)state;
    check("\033[97;5u\033[27;5;97~\033[13;3u\033[27;3;13~", "<C-a><C-a><A-Enter><A-Enter>");
    check("\033[27u\033[9;2u\033[127u\033[32;5u", "<Esc><S-Tab><Backspace><C-Space>");
    check("\033[97;2u\033[49:33;2u\033[27;2;65~", "<A><!><A>");
    check("\033[105;5u\033[109;5u", "<Tab><Enter>");
    check("\033[97;5:3u\033[57441;2u\033[57414u", "<Enter>");
    check("\033[1;5:1A\033[1;5:3A", "<C-Up>");
}

struct last {
    char bytes[64];
    size_t n;
};

static void
keep_bytes(void *arg, const struct input_event *ev)
{
    struct last *last = arg;
    last->n = ev->len;
    memcpy(last->bytes, ev->bytes, ev->len);
}

static void
the_editor_gets_old_bytes_for_new_encodings_and_the_others_as_sent(void **state)
{
    (void)state;
    static const struct {
        const char *sent, *given;
    } cases[] = {
        {"\033[97;5u", "\x01"},
        {"\033[120;3u", "\033x"},
        {"\033[13;3u", "\033\r"},
        {"\033[A", "\033[A"},
        {"\033OA", "\033OA"},
        {"\xc3\xa9", "\xc3\xa9"},
        {"\033\xc3\xa9", "\033\xc3\xa9"},
        {"\033[9;2u", "\033[Z"},
        {"\033[1;5P", "\033[1;5P"},
        {"\x0b", "\x0b"},
        {"\033OM", "\r"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct last last = {.n = 0};
        struct input *in = input_create(keep_bytes, &last);
        input_feed(in, cases[i].sent, strlen(cases[i].sent), 0);
        assert_int_equal(last.n, strlen(cases[i].given));
        assert_memory_equal(last.bytes, cases[i].given, last.n);
        input_destroy(&in);
    }
}

static void
characters_of_several_bytes_survive_any_split(void **state)
{
    (void)state;
    check("é😀\033ñ漢", "<é><😀><A-ñ><漢>");
    check("\xff"
          "a\xc3(\xe2\x82z",
          "<\xef\xbf\xbd><a><\xef\xbf\xbd><(><\xef\xbf\xbd><\xef\xbf\xbd><z>");
    check("\xc2\x9b"
          "A",
          "<A>");
    check("\xe2\x82", "<\xef\xbf\xbd>");
}

static void
a_lone_escape_is_a_key_after_25_ms_and_never_eats_the_next(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1000);
    struct input *in = input_create(note, &out);
    assert_true(input_deadline(in) == NEVER_US);
    input_feed(in, "\033", 1, 5000);
    assert_true(input_deadline(in) == 5000 + INPUT_ESC_MS * US_PER_MS);
    input_tick(in, 29999);
    assert_string_equal(out.p, "");
    input_tick(in, 30000);
    assert_string_equal(out.p, "<Esc>");
    assert_true(input_deadline(in) == NEVER_US);
    input_feed(in, "x", 1, 31000);
    assert_string_equal(out.p, "<Esc><x>");
    /* The loop came late: the second key was read before the timer could fire. */
    input_feed(in, "\033", 1, 50000);
    input_feed(in, "y", 1, 90000);
    assert_string_equal(out.p, "<Esc><x><Esc><y>");
    input_feed(in, "\033", 1, 100000);
    input_feed(in, "y", 1, 101000);
    assert_string_equal(out.p, "<Esc><x><Esc><y><A-y>");
    input_destroy(&in);
    buf_finish(&out);
    check("\033\033", "<Esc><Esc>");
    check("\033\033\033[A", "<Esc><A-Up>");
    check("\033\033x", "<Esc><A-x>");
}

static void
alt_with_a_bracket_is_a_key_when_nothing_follows(void **state)
{
    (void)state;
    check("\033[", "<A-[>");
    check("\033O", "<A-O>");
    check("\033]", "<A-]>");
    check("\033P", "<A-P>");
    check("\033]x", "<A-]><x>");
    check("\033Px", "<A-P><x>");
    check("\033_", "<A-_>");
    check("\033^", "<A-^>");
    check("\033X", "<A-X>");
}

static void
enter_under_a_modifier_is_not_the_enter_that_sends(void **state)
{
    (void)state;
    static const struct {
        const char *sent, *name;
        size_t bytes;
    } keys[] = {
        {"\033[13;2u", "S-Enter", 0},      {"\033[27;2;13~", "S-Enter", 0},
        {"\033[13;5u", "C-Enter", 0},      {"\033[27;5;13~", "C-Enter", 0},
        {"\033[27;6;13~", "C-S-Enter", 0}, {"\033[13;3u", "A-Enter", 2},
        {"\033[57414;2u", "S-Enter", 0},   {"\033[13;129u", "Enter", 1},
        {"\033[27;33;49~", "A-1", 2},      {"\033[49;3u", "A-1", 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        struct last last = {.n = 99};
        struct input *in = input_create(keep_bytes, &last);
        input_feed(in, keys[i].sent, strlen(keys[i].sent), 1000);
        input_destroy(&in);
        assert_int_equal(last.n, keys[i].bytes);
        char *named = events(keys[i].sent, strlen(keys[i].sent), NULL);
        char *expected = xasprintf("<%s>", keys[i].name);
        assert_string_equal(named, expected);
        free(expected);
        free(named);
    }
    /* Super and Hyper make another key, which has no name here. */
    check("\033[13;9u\033[13;17u\033[27;9;13~x", "<x>");
}

static void
the_wait_after_escape_is_as_long_as_was_asked_for(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1000);
    struct input *in = input_create(note, &out);
    input_wait_for_escape(in, 150);
    input_feed(in, "\033", 1, 0);
    input_tick(in, 149 * US_PER_MS);
    input_feed(in, "1", 1, 149 * US_PER_MS);
    input_feed(in, "\033", 1, 1000 * US_PER_MS);
    input_feed(in, "1", 1, 1151 * US_PER_MS);
    assert_string_equal(out.p, "<A-1><Esc><1>");
    input_destroy(&in);
    buf_finish(&out);
}

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
    static const struct {
        const char *bytes, *events;
    } reads[] = {
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
    for (size_t i = 0; i < ARRAY_LEN(reads); i++) {
        struct feed f;
        feed_begin(&f);
        f.now_us += 5000 * US_PER_MS;
        input_read(f.in, reads[i].bytes, strlen(reads[i].bytes), f.now_us);
        say(&f, 100, "");
        assert_string_equal(f.out.p, reads[i].events);
        feed_end(&f);
    }
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

static void
mouse_and_focus_reports_are_taken(void **state)
{
    (void)state;
    check("\033[<64;10;5M\033[<0;1;1M\033[<0;3;2m", "{m 64 4 9 1}{m 0 0 0 1}{m 0 1 2 0}");
    check("\033[I\033[Ox", "{f 1}{f 0}<x>");
    check("\033[M !!a", "<a>");
    check("\033[<64;0;5M\033[<1Ma", "<a>");
}

static void
answers_of_the_terminal_are_never_keys(void **state)
{
    (void)state;
    check("\033[?62;22c\033[>41;377;0c\033[?2026;2$ya",
          "{r [?62;22c}{r [>41;377;0c}{r [?2026;2$y}<a>");
    check("\033[24;80R\033[0n\033[8;24;80t\033[?0u", "{r [24;80R}{r [0n}{r [8;24;80t}{r [?0u}");
    check("\033]11;rgb:0000/0000/0000\033\\b", "{r ]11;rgb:0000/0000/0000\033\\}<b>");
    check("\033]10;rgb:ff\x07"
          "c",
          "{r ]10;rgb:ff\x07}<c>");
    check("\033P1$r0m\033\\\033P>|term 1\033\\d", "{r P1$r0m\033\\}{r P>|term 1\033\\}<d>");
    check("\033_Gi=1;OK\033\\\033_any\033\\\033^any\033\\\033Xany\033\\e",
          "{r _Gi=1;OK\033\\}{r _any\033\\}{r ^any\033\\}{r Xany\033\\}<e>");
    check("\033]11;never ends", "");
    check("\033]11;broken off\rx", "<x>");
    check("\033P1\033[A", "<Up>");
}

static void
broken_sequences_lose_only_themselves(void **state)
{
    (void)state;
    check("\033[12\033[Ax", "<Up><x>");
    check("\033[1;\x18x", "<x>");
    check("\033[1\rz", "<Enter><z>");
    check("\033[1;5é", "<é>");
    check("\033O1;5Px", "<C-F1><x>");
    check("\033O11111111111111;5Zx", "<><x>");
    check("\033[9999999999999999999999~x", "<><x>");
    char wide[200] = "\033[";
    memset(wide + 2, '1', 150);
    strncat(wide, "Aq", 3);
    check(wide, "<q>");
}

static void
any_split_of_random_bytes_gives_the_same_events(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "\033",   "[",        "O",     "\033[200~", "\033[201~", "1;5", "A",
        "~",      "\033]11;", "\x07",  "\033\\",    "P",         "é",   "\xf0\x9f",
        "\xff",   "\r",       "x",     "<64;1;1M",  "?2026;1$y", "u",   "\x18",
        "\033[M", "\033[[",   "97;5u", "\033[I",    "\xc2",      " ",
    };
    struct rng rng = {2026};
    for (int round = 0; round < 3000; round++) {
        struct buf s;
        buf_init(&s, 4096);
        uint32_t n = 1 + rng_below(&rng, 14);
        for (uint32_t i = 0; i < n; i++)
            buf_append_str(&s, pieces[rng_below(&rng, ARRAY_LEN(pieces))]);
        char *whole = events(s.p, s.len, NULL);
        for (int split = 0; split < 4; split++) {
            char *parts = events(s.p, s.len, &rng);
            assert_string_equal(parts, whole);
            free(parts);
        }
        free(whole);
        buf_finish(&s);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_has_its_canonical_name_however_it_is_encoded),
        cmocka_unit_test(newer_encodings_come_as_the_older_keys),
        cmocka_unit_test(the_editor_gets_old_bytes_for_new_encodings_and_the_others_as_sent),
        cmocka_unit_test(characters_of_several_bytes_survive_any_split),
        cmocka_unit_test(a_lone_escape_is_a_key_after_25_ms_and_never_eats_the_next),
        cmocka_unit_test(alt_with_a_bracket_is_a_key_when_nothing_follows),
        cmocka_unit_test(enter_under_a_modifier_is_not_the_enter_that_sends),
        cmocka_unit_test(the_wait_after_escape_is_as_long_as_was_asked_for),
        cmocka_unit_test(a_paste_is_one_event_and_cannot_press_keys),
        cmocka_unit_test(no_pause_at_any_byte_makes_a_key_of_a_paste),
        cmocka_unit_test(an_unfinished_paste_waits_and_escape_gives_it_up),
        cmocka_unit_test(a_second_escape_ends_the_wait_for_an_end_that_never_comes),
        cmocka_unit_test(a_paste_that_was_given_up_presses_no_key_later),
        cmocka_unit_test(lines_that_come_in_one_read_are_text_and_no_keys),
        cmocka_unit_test(lines_in_many_reads_send_nothing),
        cmocka_unit_test(bytes_that_waited_for_a_late_reader_belong_to_the_lines_before_them),
        cmocka_unit_test(a_line_that_a_pause_cuts_off_sends_nothing),
        cmocka_unit_test(a_paste_beyond_the_cap_is_refused_whole_and_never_typed),
        cmocka_unit_test(mouse_and_focus_reports_are_taken),
        cmocka_unit_test(answers_of_the_terminal_are_never_keys),
        cmocka_unit_test(broken_sequences_lose_only_themselves),
        cmocka_unit_test(any_split_of_random_bytes_gives_the_same_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
