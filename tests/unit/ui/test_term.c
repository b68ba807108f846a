#include "ptyscreen.h"

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "ui/term/curses.h"
#include "ui/term/clipboard.h"
#include "ui/term/term.h"

#include <signal.h>
#include <stdio.h>

/* curses keeps a little from before its first screen. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:new_prescr\n";
}

static struct ptyscreen p;
static struct term *t;
static struct config config;

static void
start(int rows, int cols)
{
    struct err err = {.text = ""};
    ptyscreen_open(&p, rows, cols);
    t = term_create(p.slave, p.slave, &config, true, &err);
    if (!t)
        fail_msg("%s", err.text);
}

static size_t
frame(int row, int col)
{
    size_t before = term_bytes_sent(t);
    wnoutrefresh(stdscr);
    term_frame(t, row, col);
    ptyscreen_wait(&p, term_bytes_sent(t));
    return term_bytes_sent(t) - before;
}

static void
stop(void)
{
    term_destroy(&t);
    ptyscreen_close(&p);
}

static int
set_up(void **state)
{
    (void)state;
    setenv("TERM", "xterm-256color", 1);
    setenv("LINES", "7", 1); /* stale, as readline and shells leave them */
    setenv("COLUMNS", "11", 1);
    config = (struct config){.ui = {.sync_output = SYNC_OFF}};
    return 0;
}

static bool
holds(const char *s)
{
    pthread_mutex_lock(&p.lock);
    bool found = strstr(p.bytes.p, s) != NULL;
    pthread_mutex_unlock(&p.lock);
    return found;
}

static void
a_frame_shows_what_was_painted_and_where_the_cursor_is(void **state)
{
    (void)state;
    start(24, 80);
    int rows, cols;
    term_size(t, &rows, &cols);
    assert_int_equal(rows, 24);
    assert_int_equal(cols, 80);
    assert_int_equal(LINES, 24);
    assert_int_equal(term_bytes_sent(t), 0);
    mvaddstr(3, 5, "berdua");
    mvaddstr(23, 70, "last cell!");
    assert_true(frame(23, 2) > 0);
    assert_true(p.alternate);
    char row[512];
    assert_string_equal(ptyscreen_row(&p, 3, row), "     berdua");
    assert_int_equal(strlen(ptyscreen_row(&p, 23, row)), 80);
    VTermPos pos;
    vterm_state_get_cursorpos(vterm_obtain_state(p.vt), &pos);
    assert_int_equal(pos.row, 23);
    assert_int_equal(pos.col, 2);
    assert_true(p.cursor_visible);
    frame(-1, 0);
    assert_false(p.cursor_visible);
    frame(500, 500);
    assert_true(p.cursor_visible);
    assert_int_equal(frame(500, 500), 0);
    stop();
}

static void
the_terminal_is_raw_meanwhile_and_as_before_afterwards(void **state)
{
    (void)state;
    config.ui.mouse = true;
    struct termios before, now;
    ptyscreen_open(&p, 24, 80);
    tcgetattr(p.slave, &before);
    t = term_create(p.slave, p.slave, &config, true, NULL);
    assert_non_null(t);
    tcgetattr(p.slave, &now);
    assert_int_equal(now.c_lflag & (ICANON | ECHO | ISIG | IEXTEN), 0);
    frame(0, 0);
    assert_true(holds("\033[?1036s\033[?1036h\033[?2004h\033[?1004h\033[?1000h\033[?1006h"));
    for (int i = 0; i < 2; i++) {
        term_suspend(t);
        ptyscreen_wait(&p, term_bytes_sent(t));
        tcgetattr(p.slave, &now);
        assert_int_equal(now.c_lflag, before.c_lflag);
        assert_int_equal(now.c_iflag, before.c_iflag);
        assert_int_equal(now.c_oflag, before.c_oflag);
        assert_false(p.alternate);
        assert_true(p.cursor_visible);
        assert_true(holds("\033[?1006l\033[?1000l\033[?1004l\033[?2004l\033[?1036l\033[?1036r"));
        assert_int_equal(frame(0, 0), 0);
        term_resume(t);
        mvprintw(1, 0, "back %d", i);
        frame(-1, 0);
        assert_true(p.alternate);
        char row[512];
        assert_string_equal(ptyscreen_row(&p, 1, row), i ? "back 1" : "back 0");
    }
    size_t sent = term_bytes_sent(t);
    term_destroy(&t);
    ptyscreen_wait(&p, sent + 10);
    tcgetattr(p.slave, &now);
    assert_int_equal(now.c_lflag, before.c_lflag);
    ptyscreen_close(&p);
}

static void
signals_stay_with_the_event_loop(void **state)
{
    (void)state;
    struct sigaction mine = {.sa_handler = SIG_IGN}, now;
    sigaction(SIGWINCH, NULL, &now);
    assert_true(now.sa_handler == SIG_DFL);
    sigaction(SIGTERM, &mine, NULL);
    start(24, 80);
    frame(0, 0);
    sigaction(SIGWINCH, NULL, &now);
    assert_true(now.sa_handler == SIG_DFL);
    sigaction(SIGTSTP, NULL, &now);
    assert_true(now.sa_handler == SIG_DFL);
    sigaction(SIGTERM, NULL, &now);
    assert_true(now.sa_handler == SIG_IGN);
    stop();
    mine.sa_handler = SIG_DFL;
    sigaction(SIGTERM, &mine, NULL);
}

static void
a_token_in_each_of_two_columns_costs_at_most_thirty_bytes(void **state)
{
    (void)state;
    config.ui.sync_output = SYNC_AUTO;
    start(48, 160);
    start_color();
    init_pair(1, COLOR_CYAN, -1);
    for (int r = 0; r < 48; r++)
        for (int c = 0; c < 160; c += 40)
            mvaddstr(r, c, r % 2 ? "the two together" : "berdua");
    frame(46, 2);
    term_reply(t, "\033[?2026;2$y", 11);
    size_t bytes = 0;
    for (int i = 0; i < 20; i++) {
        mvaddstr(20 + i / 10, 2 + i % 10 * 5, "token");
        mvaddstr(30 + i / 10, 70 + i % 10 * 5, "kata ");
        bytes += frame(46, 2 + i % 3);
    }
    assert_true(bytes <= 20 * 2 * 30);
    stop();
}

static void
large_frames_stand_in_brackets_as_configured_and_as_the_terminal_can(void **state)
{
    (void)state;
    static const struct {
        int sync;
        const char *reply;
        bool small, large;
    } cases[] = {
        {SYNC_AUTO, NULL, false, true},
        {SYNC_AUTO, "\033[?2026;2$y", false, true},
        {SYNC_AUTO, "\033[?2026;0$y", false, false},
        {SYNC_AUTO, "\033[?2004;0$y", false, true},
        {SYNC_OFF, NULL, false, false},
        {SYNC_ON, NULL, true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        config.ui.sync_output = (unsigned char)cases[i].sync;
        start(40, 120);
        frame(0, 0);
        assert_int_equal(holds("\033[?2026$p"), cases[i].sync == SYNC_AUTO);
        if (cases[i].reply)
            term_reply(t, cases[i].reply, strlen(cases[i].reply));
        size_t mark = term_bytes_sent(t);
        mvaddstr(1, 1, "x");
        frame(0, 0);
        char *small = ptyscreen_copy(&p, mark);
        assert_int_equal(strstr(small, "\033[?2026h") != NULL, cases[i].small);
        free(small);
        mark = term_bytes_sent(t);
        for (int r = 0; r < 40; r++)
            for (int c = 0; c < 120; c++)
                mvaddch(r, c, (chtype)('a' + (r * 7 + c * 3) % 26));
        frame(0, 0);
        char *large = ptyscreen_copy(&p, mark);
        const char *begin = strstr(large, "\033[?2026h");
        assert_int_equal(begin != NULL, cases[i].large);
        if (begin) {
            assert_ptr_equal(begin, large);
            assert_string_equal(strstr(large, "\033[?2026l"), "\033[?2026l");
        }
        free(large);
        stop();
    }
}

static void
a_resize_at_any_moment_is_survived_and_repainted(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {1, 1}, {2, 300}, {60, 12}, {3, 3}, {24, 80}};
    start(24, 80);
    frame(0, 0);
    assert_false(term_resized(t));
    for (size_t i = 1; i < sizeof sizes / sizeof *sizes; i++) {
        ptyscreen_size(&p, sizes[i][0], sizes[i][1]);
        assert_true(term_resized(t));
        assert_int_equal(LINES, sizes[i][0]);
        assert_int_equal(COLS, sizes[i][1]);
        erase();
        mvaddstr(0, 0, "abcdefgh");
        term_scroll(t, 0, LINES - 1, 1);
        frame(LINES - 1, 0);
        char row[512];
        ptyscreen_row(&p, 0, row);
        assert_int_equal(row[0], 'a');
    }
    stop();
}

/* One random step of painting; the same for both runs. Returns by how much the region moved. */
static int
paint_step(struct rng *rng, int *top, int *bottom)
{
    static const char *const words[] = {"satu", "dua ", "漢字", "é",
                                        "😀",    "x",    "    ", "tiga·empat"};
    int n = 0;
    *top = (int)rng_below(rng, (uint32_t)LINES - 2);
    *bottom = *top + 1 + (int)rng_below(rng, (uint32_t)(LINES - 1 - *top));
    if (rng_below(rng, 3) > 0) {
        n = (int)rng_below(rng, 9) - 4;
        scrollok(stdscr, TRUE);
        wsetscrreg(stdscr, *top, *bottom);
        if (n)
            wscrl(stdscr, n);
        wsetscrreg(stdscr, 0, LINES - 1);
        scrollok(stdscr, FALSE);
    }
    /* Rows are painted whole, as the panes do: curses leaves half a wide character behind where its
     * other half is overwritten. */
    for (uint32_t k = rng_below(rng, 5); k > 0; k--) {
        move((int)rng_below(rng, (uint32_t)LINES), 0);
        attrset(A_NORMAL);
        clrtoeol();
        for (int row = getcury(stdscr), col = 0; col < COLS - 16; col = getcurx(stdscr)) {
            attrset(rng_below(rng, 3) ? A_NORMAL : A_BOLD);
            color_set((short)rng_below(rng, 3), NULL);
            mvaddstr(row, col + (int)rng_below(rng, 7),
                     words[rng_below(rng, sizeof words / sizeof *words)]);
        }
    }
    if (rng_below(rng, 20) == 0)
        erase();
    if (rng_below(rng, 25) == 0)
        term_redraw(t);
    return n;
}

enum { STEPS = 120 };

static void
run_steps(uint64_t seed, const char *type, bool scroll, char **dumps, size_t *bytes)
{
    struct rng rng = {seed};
    struct buf dump;
    buf_init(&dump, 8 << 20);
    setenv("TERM", type, 1);
    start(18 + (int)(seed % 7), 50);
    init_pair(1, COLOR_RED, -1);
    init_pair(2, COLOR_GREEN, -1);
    for (int i = 0; i < STEPS; i++) {
        int top, bottom;
        int n = paint_step(&rng, &top, &bottom);
        if (scroll && n)
            term_scroll(t, top, bottom, n);
        bool hide = rng_below(&rng, 4) == 0;
        int row = (int)rng_below(&rng, (uint32_t)LINES);
        int col = (int)rng_below(&rng, (uint32_t)COLS);
        frame(hide ? -1 : row, col);
        VTermPos pos;
        vterm_state_get_cursorpos(vterm_obtain_state(p.vt), &pos);
        if (!hide) {
            assert_int_equal(pos.row, row);
            assert_int_equal(pos.col, col);
        }
        ptyscreen_dump(&p, &dump);
        dumps[i] = buf_take(&dump);
    }
    *bytes += term_bytes_sent(t);
    stop();
}

/* Names the first row that differs. */
static void
fail_at(uint64_t seed, int step, const char *a, const char *b)
{
    int row = 0;
    for (;; row++) {
        size_t n = strcspn(a, "\n"), m = strcspn(b, "\n");
        if (n != m || memcmp(a, b, n) != 0)
            fail_msg("seed %d, step %d, row %d\n%.*s\n%.*s", (int)seed, step, row, (int)n, a,
                     (int)m, b);
        a += n + 1;
        b += m + 1;
    }
}

static void
the_screen_is_the_same_with_and_without_hardware_scrolling(void **state)
{
    (void)state;
    static const char *const types[] = {"xterm-256color", "screen-256color", "linux"};
    size_t with = 0, without = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        char *a[STEPS], *b[STEPS];
        run_steps(seed, types[seed % 3], true, a, &with);
        run_steps(seed, types[seed % 3], false, b, &without);
        for (int i = 0; i < STEPS; i++) {
            if (strcmp(a[i], b[i]) != 0)
                fail_at(seed, i, a[i], b[i]);
            free(a[i]);
            free(b[i]);
        }
    }
    print_message("bytes: %zu with scrolling, %zu without\n", with, without);
}

static void
scrolling_a_full_pane_sends_only_the_new_row(void **state)
{
    (void)state;
    start(48, 160);
    for (int r = 0; r < 48; r++)
        for (int c = 0; c < 150; c++)
            mvaddch(r, c, (chtype)('a' + (r * 11 + c * 5) % 26));
    frame(47, 2);
    scrollok(stdscr, TRUE);
    wsetscrreg(stdscr, 1, 40);
    scroll(stdscr);
    scrollok(stdscr, FALSE);
    mvaddstr(40, 3, "the new row");
    term_scroll(t, 1, 40, 1);
    size_t n = frame(47, 2);
    assert_true(n < 80);
    char row[512];
    assert_string_equal(ptyscreen_row(&p, 40, row), "   the new row");
    stop();
}

/* A stream of different lines, with a panel beside it that stands still; each scroll is followed by
 * another, which is where moves that curses was not told of would add up. */
static void
scrolling_again_and_again_costs_the_line_and_what_stands_still(void **state)
{
    (void)state;
    struct rng rng = {4};
    char *texts[100], row[512];
    start(40, 100);
    for (int r = 0; r < 40; r++)
        mvprintw(r, 90, "panel %d", r);
    for (int i = 0; i < 100; i++) {
        char line[80];
        for (int c = 0; c < 79; c++)
            line[c] = (char)('a' + rng_below(&rng, 26));
        line[79] = 0;
        texts[i] = strdup(line);
    }
    frame(39, 2);
    size_t bytes = 0;
    for (int i = 0; i < 100; i++) {
        for (int r = 0; r <= 30; r++)
            mvaddstr(r, 0, i - 30 + r >= 0 ? texts[i - 30 + r] : "");
        term_scroll(t, 0, 30, 1);
        bytes += frame(39, 2);
        assert_memory_equal(ptyscreen_row(&p, 30, row), texts[i], 79);
        assert_string_equal(ptyscreen_row(&p, 7, row) + 90, "panel 7");
        assert_string_equal(ptyscreen_row(&p, 31, row) + 90, "panel 31");
    }
    for (int i = 0; i < 100; i++)
        free(texts[i]);
    print_message("bytes a line: %zu\n", bytes / 100);
    /* The line, some thirty panel rows of which one or two digits differ, and the moves. */
    assert_true(bytes / 100 < 80 + 31 * 18 + 60);
    stop();
}

static void
a_copy_is_one_osc_52_and_too_large_ones_are_refused(void **state)
{
    (void)state;
    start(24, 80);
    frame(0, 0);
    struct err err = {{0}};
    assert_true(term_copy(t, "salam", 5, &err));
    ptyscreen_wait(&p, term_bytes_sent(t));
    assert_true(holds("\033]52;c;c2FsYW0=\033\\"));
    char *large = malloc(80000);
    memset(large, 'x', 80000);
    assert_false(term_copy(t, large, 80000, &err));
    assert_non_null(strstr(err.text, "too large"));
    assert_true(term_copy(t, large, 70000, &err));
    free(large);
    stop();
}

/* What it hands on, put together again: the strings in its device control strings. */
static void
through_screen(const char *written, size_t n, struct buf *out)
{
    for (size_t at = 0; at < n;) {
        const char *end = strstr(written + at + 2, "\033\\");
        assert_memory_equal(written + at, "\033P", 2);
        assert_non_null(end);
        size_t len = (size_t)(end - written) - at - 2;
        assert_true(len <= 256);
        buf_append(out, written + at + 2, len);
        at += len + 4;
    }
}

static void
inside_gnu_screen_a_copy_goes_in_pieces_that_it_hands_on(void **state)
{
    struct buf plain, wrapped, got;
    char text[1000];
    (void)state;
    memset(text, 'x', sizeof text);
    buf_init(&plain, 1 << 16);
    buf_init(&wrapped, 1 << 16);
    buf_init(&got, 1 << 16);
    clipboard_append(&plain, text, sizeof text);
    setenv("TERM", "screen-256color", 1);
    setenv("STY", "1234.pts-0", 1);
    clipboard_append(&wrapped, text, sizeof text);
    assert_null(clipboard_hint());
    through_screen(wrapped.p, wrapped.len, &got);
    assert_memory_equal(got.p, plain.p, plain.len - 2); /* but for how it ends */
    assert_string_equal(got.p + plain.len - 2, "\a");
    unsetenv("STY");
    setenv("TERM", "xterm-256color", 1);
    buf_finish(&plain);
    buf_finish(&wrapped);
    buf_finish(&got);
}

static void
inside_tmux_there_is_a_hint_and_in_a_terminal_started_from_it_none(void **state)
{
    (void)state;
    setenv("TMUX", "/tmp/tmux-0/default,1,0", 1);
    setenv("TERM", "screen-256color", 1);
    assert_non_null(strstr(clipboard_hint(), "set -g set-clipboard on"));
    setenv("TERM", "xterm-256color", 1);
    assert_null(clipboard_hint());
    unsetenv("TMUX");
    setenv("TERM", "tmux-256color", 1); /* over ssh */
    assert_non_null(clipboard_hint());
    setenv("TERM", "xterm-256color", 1);
}

static void
terminals_that_cannot_are_refused_with_a_reason(void **state)
{
    (void)state;
    struct err err;
    ptyscreen_open(&p, 24, 80);
    setenv("TERM", "dumb", 1);
    assert_null(term_create(p.slave, p.slave, &config, true, &err));
    assert_string_equal(err.text, "TERM=dumb: this terminal cannot place its cursor");
    setenv("TERM", "vt52", 1);
    assert_null(term_create(p.slave, p.slave, &config, true, &err));
    assert_string_equal(err.text, "TERM=vt52: this terminal knows no ANSI sequences");
    setenv("TERM", "no-such-terminal", 1);
    assert_null(term_create(p.slave, p.slave, &config, true, &err));
    assert_string_equal(err.text, "TERM=no-such-terminal has no description here");
    unsetenv("TERM");
    assert_null(term_create(p.slave, p.slave, &config, true, &err));
    assert_string_equal(err.text, "TERM is not set");
    setenv("TERM", "xterm", 1);
    int null = open("/dev/null", O_RDWR);
    assert_null(term_create(null, null, &config, true, &err));
    assert_int_equal(strncmp(err.text, "no terminal", 11), 0);
    close(null);
    struct termios now;
    tcgetattr(p.slave, &now);
    assert_true(now.c_lflag & ICANON);
    ptyscreen_close(&p);
}

static void
the_wait_after_escape_is_configured_or_escdelay_or_longer_over_ssh(void **state)
{
    (void)state;
    static const struct {
        int configured;
        const char *delay, *ssh;
        int ms;
    } cases[] = {
        {0, NULL, NULL, 25},   {0, NULL, "a 1 b 22", 150}, {0, "40", "a 1 b 22", 40},
        {0, "many", NULL, 25}, {0, "0", NULL, 25},         {0, "999999", NULL, 5000},
        {70, "40", NULL, 70},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config asked = {.ui = {.escape_ms = cases[i].configured}};
        unsetenv("SSH_TTY");
        unsetenv("ESCDELAY");
        unsetenv("SSH_CONNECTION");
        if (cases[i].delay)
            setenv("ESCDELAY", cases[i].delay, 1);
        if (cases[i].ssh)
            setenv("SSH_CONNECTION", cases[i].ssh, 1);
        assert_int_equal(term_escape_ms(&asked), cases[i].ms);
    }
    unsetenv("SSH_CONNECTION");
}

static void
without_colour_none_is_sent(void **state)
{
    (void)state;
    ptyscreen_open(&p, 24, 80);
    t = term_create(p.slave, p.slave, &config, false, NULL);
    assert_non_null(t);
    assert_false(term_has_color(t));
    attrset(A_BOLD);
    addstr("bold");
    frame(0, 0);
    assert_false(holds("\033[3"));
    stop();
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup(f, set_up)
    const struct CMUnitTest tests[] = {
        T(a_frame_shows_what_was_painted_and_where_the_cursor_is),
        T(the_terminal_is_raw_meanwhile_and_as_before_afterwards),
        T(signals_stay_with_the_event_loop),
        T(a_token_in_each_of_two_columns_costs_at_most_thirty_bytes),
        T(large_frames_stand_in_brackets_as_configured_and_as_the_terminal_can),
        T(a_resize_at_any_moment_is_survived_and_repainted),
        T(the_screen_is_the_same_with_and_without_hardware_scrolling),
        T(scrolling_a_full_pane_sends_only_the_new_row),
        T(scrolling_again_and_again_costs_the_line_and_what_stands_still),
        T(a_copy_is_one_osc_52_and_too_large_ones_are_refused),
        T(inside_gnu_screen_a_copy_goes_in_pieces_that_it_hands_on),
        T(inside_tmux_there_is_a_hint_and_in_a_terminal_started_from_it_none),
        T(terminals_that_cannot_are_refused_with_a_reason),
        T(the_wait_after_escape_is_configured_or_escdelay_or_longer_over_ssh),
        T(without_colour_none_is_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
