/* The operator stops the program or opens an editor, and comes back: to a whole screen, with no stall in the figures. */
#include "unit/unit.h"

#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "report.h"
#include "table.h"

static void
pause_a_moment(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 5 * 1000 * 1000}, NULL);
}

/* The program as a job of a shell, which says "shell" when the job has stopped, and continues it when the file `go` is
 * there. The job's process id is in the file `pid`. */
static struct screen *
start_as_a_job(struct table *t, const char *command, int rows, int cols)
{
    char *folder = place_path(t->place, "");
    char *script =
        xasprintf("cd '%s'; PROGRAM='%s'; /bin/sh -c 'echo $$ > pid; exec \"$0\" %s' \"$PROGRAM\"; "
                  "echo shell; until test -e go; do sleep 0.02; done; fg; echo over",
                  folder, program_path(), command);
    t->screen = screen_start_command(
        t->place, (const char *const[]){"/bin/bash", "--norc", "-mc", script, NULL}, rows, cols);
    free(script);
    free(folder);
    return t->screen;
}

static int
job_pid(const struct table *t)
{
    char *path = place_path(t->place, "pid");
    int pid = 0;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%d", &pid), 1);
    fclose(f);
    free(path);
    return pid;
}

static bool
is_the_shells(struct screen *s, void *unused)
{
    (void)unused;
    return screen_raw_holds(s, "shell\r\n", 7);
}

/* Until the server has written so many tokens more, which take it a while. */
static void
wait_for_tokens(struct standin *peer, int more)
{
    int64_t until_us = clock_us() + (int64_t)patience_ms() * US_PER_MS;
    for (int first = -1, now = 0; now - first < more || first < 0; pause_a_moment()) {
        struct standin_request *r = standin_request(peer, 0);
        now = r->tokens;
        first = first < 0 ? now : first;
        standin_request_free(&r);
        if (clock_us() > until_us)
            fail_msg("the server stopped writing");
    }
}

/* Stopped that long while the peer went on writing. */
static int64_t
stay_stopped(struct table *t, int tokens)
{
    screen_expect_that(t->screen, is_the_shells, NULL, "the program has stopped");
    int64_t since_us = clock_us();
    wait_for_tokens(t->claude, tokens);
    int64_t lasted_us = clock_us() - since_us;
    place_write(t->place, "go", "");
    return lasted_us;
}

static double
stall_ms(const struct json *turn, const char *brain)
{
    double ms = -1;
    for (const struct json *a = json_first(json_get(turn, "answers")); a; a = json_next(a))
        if (strcmp(report_str(a, "brain"), brain) == 0 && json_num(json_get(a, "stall_ms"), &ms))
            return ms;
    fail_msg("no answer of %s", brain);
    return ms;
}

static struct json *
read_json(const struct table *t, const char *name)
{
    char *path = place_path(t->place, name);
    struct buf text;
    buf_init(&text, 1 << 20);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    for (int c; (c = getc(f)) != EOF;)
        buf_append_char(&text, (char)c);
    fclose(f);
    struct json *j = json_parse(text.p, text.len, NULL);
    assert_non_null(j);
    buf_finish(&text);
    free(path);
    return j;
}

static void
expect_no_stall(const struct json *turn, int64_t stopped_us)
{
    double stall = stall_ms(turn, "claude");
    if (stall * US_PER_MS >= (double)stopped_us)
        fail_msg("a stall of %.0f ms, after a stop of %.0f ms", stall, (double)stopped_us / 1e3);
}

static void
stopped_while_an_answer_streams_it_counts_no_stall(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "gap=20 count=120");
    struct screen *s = start_as_a_job(t, "chat", 30, 120);
    screen_expect(s, "> ");
    table_say(t, "halo");
    screen_expect(s, "t3 t4 t5");
    screen_type(s, "\032");
    int64_t stopped_us = stay_stopped(t, 50);
    table_expect_done(s);
    screen_type(s, "\004");
    screen_expect(s, "over");
    struct cli_result r;
    cli_run(&r, t->place, (const char *const[]){"sessions", "list", NULL}, NULL);
    char id[27] = "";
    assert_int_equal(sscanf(r.out.p, "%26s", id), 1);
    cli_finish(&r);
    cli_run(&r, t->place, (const char *const[]){"sessions", "show", id, "--json", NULL}, NULL);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    expect_no_stall(json_first(json_get(doc, "turns")), stopped_us);
    json_free(doc);
    cli_finish(&r);
}

/* `ask`, stopped by this signal, as long as the server takes for so many tokens. */
static void
stop_ask(struct table *t, int signo, int tokens)
{
    standin_rule(t->claude, "gap=20 count=220");
    struct screen *s = start_as_a_job(t, "ask --json halo > out.json", 30, 120);
    if (!standin_wait_count(t->claude, 1, patience_ms()))
        fail_msg("Claude was not asked");
    wait_for_tokens(t->claude, 5);
    kill(job_pid(t), signo);
    int64_t stopped_us = stay_stopped(t, tokens);
    screen_expect(s, "over");
    struct json *doc = read_json(t, "out.json");
    expect_no_stall(doc, stopped_us);
    json_free(doc);
}

static void
ask_counts_no_stall_either(void **state)
{
    stop_ask(*state, SIGTSTP, 50);
}

static void
a_stop_that_no_program_sees_is_no_stall_either(void **state)
{
    stop_ask(*state, SIGSTOP, 150); /* long enough to be noticed afterwards */
}

/* Connections of the test itself, until the kernel takes no further one for this listener. */
static size_t
fill_the_queue(int listener, int *fds, size_t most)
{
    struct sockaddr_in at;
    socklen_t len = sizeof at;
    getsockname(listener, (struct sockaddr *)&at, &len);
    for (size_t n = 0; n < most; n++) {
        fds[n] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        connect(fds[n], (struct sockaddr *)&at, len);
        struct pollfd p = {.fd = fds[n], .events = POLLOUT};
        if (poll(&p, 1, 100) == 0) {
            close(fds[n]);
            return n;
        }
    }
    fail_msg("the queue is never full");
    return 0;
}

/* As Linux tells: the peer's address, then 02 for a connection that has been asked for only. */
static void
wait_for_connecting(int port)
{
    char row[64], line[256];
    snprintf(row, sizeof row, " 0100007F:%04X 02 ", port);
    for (bool found = false; !found; pause_a_moment()) {
        FILE *f = fopen("/proc/net/tcp", "r");
        if (!f)
            skip();
        while (!found && fgets(line, sizeof line, f))
            found = strstr(line, row) != NULL;
        fclose(f);
    }
}

/* Takes connections until one of them brings a request. */
static void
expect_a_request(int listener)
{
    char byte = 0;
    while (byte != 'P') {
        struct pollfd p = {.fd = listener, .events = POLLIN};
        if (poll(&p, 1, patience_ms()) != 1)
            fail_msg("no request came");
        int fd = accept(listener, NULL, NULL);
        if (recv(fd, &byte, 1, 0) != 1)
            byte = 0;
        close(fd);
    }
}

/* Its own time to connect is not over, whatever libcurl's clock says. */
static void
stopped_while_it_connects_it_goes_on_connecting(void **state)
{
    enum { CONNECT_MS = 2000, OF_LIBCURL_MS = CONNECT_MS + 2000 };
    struct table *t = *state;
    int listener = socket(AF_INET, SOCK_STREAM, 0), fds[64];
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    assert_int_equal(bind(listener, (struct sockaddr *)&at, len), 0);
    assert_int_equal(listen(listener, 0), 0);
    getsockname(listener, (struct sockaddr *)&at, &len);
    size_t n = fill_the_queue(listener, fds, ARRAY_LEN(fds));
    char *url = xasprintf("http://127.0.0.1:%d/v1", ntohs(at.sin_port));
    place_config(t->place, standin_url(t->claude, ""), NULL, url, NULL, NULL);
    struct screen *s = start_as_a_job(t, "ask --brain llama halo", 30, 120);
    wait_for_connecting(ntohs(at.sin_port));
    kill(job_pid(t), SIGTSTP);
    screen_expect_that(s, is_the_shells, NULL, "the program has stopped");
    int64_t until_us = clock_us() + (OF_LIBCURL_MS + 100) * US_PER_MS;
    while (clock_us() < until_us)
        pause_a_moment();
    for (size_t i = 0; i < n; i++)
        close(fds[i]);
    place_write(t->place, "go", "");
    expect_a_request(listener);
    close(listener);
    free(url);
}

/* ---- the screen afterwards ---- */

static char *
whole_screen(struct screen *s)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    screen_settle(s, 100);
    for (int r = 0; r < screen_rows(s); r++)
        buf_printf(&b, "%s\n", screen_row(s, r));
    return buf_take(&b);
}

/* Nothing on it is left over or missing: Ctrl-L, which paints all of it, changes nothing. */
static void
expect_whole(struct screen *s)
{
    char *now = whole_screen(s);
    screen_type(s, "\014");
    char *fresh = whole_screen(s);
    assert_string_equal(now, fresh);
    free(now);
    free(fresh);
}

static bool
has_taken_over(struct screen *s, void *unused)
{
    (void)unused;
    return screen_mode(s, 1049) && screen_mode(s, 2004);
}

static void
expect_back(struct screen *s)
{
    screen_expect_that(s, has_taken_over, NULL, "the program has the terminal again");
    screen_expect(s, "> ketikan");
    assert_non_null(strstr(screen_row(s, 0), "berdua"));
    expect_whole(s);
}

static const int sizes[][2] = {{40, 140}, {20, 70}, {30, 100}};

static void
stopped_and_resized_it_comes_back_whole(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        standin_rule(t->claude, "count=200");
        struct screen *s = start_as_a_job(t, "chat", 30, 100);
        screen_expect(s, "> ");
        table_say(t, "halo");
        screen_type(s, "ketikan");
        screen_expect(s, "> ketikan");
        screen_expect(s, " t199");
        screen_type(s, "\032");
        screen_expect_that(s, is_the_shells, NULL, "the program has stopped");
        assert_false(screen_mode(s, 1049));
        screen_resize(s, sizes[i][0], sizes[i][1]);
        place_write(t->place, "go", "");
        expect_back(s);
    }
}

static void
the_editor_closed_on_another_size_leaves_a_whole_screen(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        table_clear(state);
        table_set(state);
        struct table *t = *state;
        char *editor = place_path(t->place, "editor.sh"), *folder = place_path(t->place, "");
        char *visual = xasprintf("VISUAL=/bin/sh %s", editor);
        char *script =
            xasprintf("cd '%s'; touch editing; until test -e go; do sleep 0.02; done", folder);
        place_write(t->place, "editor.sh", script);
        place_setenv(t->place, visual);
        standin_rule(t->claude, "count=200");
        struct screen *s = table_start(t, 30, 100);
        table_say(t, "halo");
        screen_type(s, "ketikan");
        screen_expect(s, " t199");
        screen_type(s, "\030\005");
        while (screen_mode(s, 1049))
            screen_settle(s, 20);
        screen_resize(s, sizes[i][0], sizes[i][1]);
        place_write(t->place, "go", "");
        expect_back(s);
        free(editor);
        free(folder);
        free(visual);
        free(script);
    }
}

static void
stopped_from_outside_it_gives_the_terminal_back_first(void **state)
{
    struct table *t = *state;
    struct screen *s = start_as_a_job(t, "chat", 30, 100);
    screen_expect(s, "> ");
    screen_type(s, "ketikan");
    screen_expect(s, "> ketikan");
    kill(job_pid(t), SIGTSTP);
    screen_expect_that(s, is_the_shells, NULL, "the program has stopped");
    assert_false(screen_mode(s, 1049));
    assert_false(screen_mode(s, 2004));
    place_write(t->place, "go", "");
    expect_back(s);
}

/* Nobody can give the terminal back then: what others wrote on it meanwhile is painted over. */
static void
after_sigstop_it_takes_the_terminal_anew(void **state)
{
    struct table *t = *state;
    struct screen *s = start_as_a_job(t, "chat", 30, 100);
    screen_expect(s, "> ");
    screen_type(s, "ketikan");
    screen_expect(s, "> ketikan");
    kill(job_pid(t), SIGSTOP);
    screen_expect(s, "shell");
    place_write(t->place, "go", "");
    screen_expect_gone(s, "shell");
    expect_back(s);
    screen_type(s, "!");
    screen_expect(s, "> ketikan!");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(stopped_while_an_answer_streams_it_counts_no_stall),
        AT_A_TABLE(ask_counts_no_stall_either),
        AT_A_TABLE(a_stop_that_no_program_sees_is_no_stall_either),
        AT_A_TABLE(stopped_while_it_connects_it_goes_on_connecting),
        AT_A_TABLE(stopped_and_resized_it_comes_back_whole),
        AT_A_TABLE(the_editor_closed_on_another_size_leaves_a_whole_screen),
        AT_A_TABLE(stopped_from_outside_it_gives_the_terminal_back_first),
        AT_A_TABLE(after_sigstop_it_takes_the_terminal_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
