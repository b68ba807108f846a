/* The harness itself, on a shell: what later tests rely on when they say that something holds. */
#include "unit/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "cli.h"
#include "harness.h"
#include "rawscan.h"

static struct place *place;
static struct screen *screen;

static int
set_up(void **state)
{
    (void)state;
    setenv("BERDUA_BIN", "/bin/sh", 1);
    place = place_create();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    screen_destroy(&screen);
    place_destroy(&place);
    return 0;
}

static struct screen *
start(const char *script)
{
    screen = screen_start(place, (const char *const[]){"-c", script, NULL}, 5, 20);
    return screen;
}

static void
cells_and_keys_and_exit_status_are_seen(void **state)
{
    (void)state;
    struct screen *s = start("printf 'a\\033[1mb\\033[0m \\346\\274\\242 z\\n'; read x; "
                             "echo \"got $x\"; exit 3");
    int row, col;
    struct screen_cell cell;
    screen_expect(s, "z");
    assert_true(screen_find(s, "z", &row, &col));
    assert_int_equal(row, 0);
    assert_int_equal(col, 6);
    screen_cell(s, 0, 1, &cell);
    assert_true(cell.bold);
    screen_cell(s, 0, 3, &cell);
    assert_string_equal(cell.text, "\xe6\xbc\xa2");
    assert_int_equal(cell.width, 2);
    screen_type(s, "halo\n");
    screen_expect(s, "got halo");
    assert_int_equal(WEXITSTATUS(screen_wait_exit(s)), 3);
}

static void
a_resize_reaches_the_program(void **state)
{
    (void)state;
    struct screen *s = start("trap 'stty size' WINCH; echo ready; while :; do read x; done");
    screen_expect(s, "ready");
    screen_resize(s, 7, 33);
    screen_type(s, "\n");
    screen_expect(s, "7 33");
}

static void
a_program_that_cleans_up_passes_as_sane(void **state)
{
    (void)state;
    struct screen *s = start("printf '\\033[?1049h\\033[?25l\\033[?2004h'; stty raw -echo; "
                             "printf ready; read x; stty sane; "
                             "printf '\\033[?2004l\\033[?25h\\033[?1049l'; kill -TERM $$");
    int status;
    screen_expect(s, "ready");
    assert_true(screen_mode(s, 1049));
    assert_true(screen_mode(s, 2004));
    screen_type(s, "\n");
    screen_wait_exit(s);
    assert_false(screen_mode(s, 1049));
    assert_false(screen_mode(s, 2004));
    assert_true(screen_mode(s, 25));
    status = screen_wait_exit(s);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
}

static void
foreign_sequences_are_noticed(void **state)
{
    (void)state;
    static const char *const bad[] = {"\033]0;title\a", "\033P1$r\033\\", "\302\233m",
                                      "\342\200\256",   "\033[8;1;1t",    "a\001b",
                                      "\377",           "\033c",          "\342\200\213"};
    static const char *const good[] = {"\033[31mhalo\033[m", "\033]52;c;aGk=\a", "\033(B\033[?25h",
                                       "\342\224\200 \360\237\231\202"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct rawscan scan = {0};
        rawscan_feed(&scan, bad[i], strlen(bad[i]));
        assert_string_not_equal(scan.complaint, "");
    }
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct rawscan scan = {0};
        rawscan_feed(&scan, good[i], strlen(good[i]));
        assert_string_equal(scan.complaint, "");
    }
}

static void
without_a_terminal_all_three_streams_are_pipes(void **state)
{
    (void)state;
    struct cli_result r;
    cli_run(&r, place, (const char *const[]){"-c", "cat; echo bad >&2; test -t 0 || exit 7", NULL},
            "in\n");
    assert_string_equal(r.out.p, "in\n");
    assert_string_equal(r.err.p, "bad\n");
    assert_int_equal(r.code, 7);
    assert_false(r.late);
    cli_finish(&r);
}

static void
a_secret_in_a_written_file_is_found(void **state)
{
    (void)state;
    assert_false(place_holds(place, CLAUDE_KEY));
    place_write(place, "state/x/log", "key " CLAUDE_KEY "\n");
    assert_true(place_holds(place, CLAUDE_KEY));
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(cells_and_keys_and_exit_status_are_seen),
        IN_A_PLACE(a_resize_reaches_the_program),
        IN_A_PLACE(a_program_that_cleans_up_passes_as_sane),
        IN_A_PLACE(foreign_sequences_are_noticed),
        IN_A_PLACE(without_a_terminal_all_three_streams_are_pipes),
        IN_A_PLACE(a_secret_in_a_written_file_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
