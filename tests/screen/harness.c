#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <vterm.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

#include "asleep.h"
#include "rawscan.h"

enum { MAX_RAW_BYTES = 256 << 20, EXIT_FD = 200 };

struct screen {
    pid_t pid;
    int master;
    int slave;     /* kept open, so that its state can be read after the program's end */
    int exit_pipe; /* ends when the program does */
    bool ended;    /* the pipe has ended */
    bool reaped;
    int status;
    int64_t started_us, last_read_us;
    struct termios before;
    VTerm *vt;
    VTermScreen *vts;
    bool cursor_visible;
    struct buf raw;
    struct buf row;
    struct rawscan scan;
};

static void
fail_screen(struct screen *s, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    screen_dump(s);
    fail();
}

static int
note_property(VTermProp prop, VTermValue *value, void *user)
{
    struct screen *s = user;
    if (prop == VTERM_PROP_CURSORVISIBLE)
        s->cursor_visible = value->boolean != 0;
    return 1;
}

/* What the emulator answers to queries goes back as if typed. */
static void
answer_query(const char *bytes, size_t n, void *user)
{
    screen_send(user, bytes, n);
}

static void
start_emulator(struct screen *s, int rows, int cols)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = note_property};
    s->vt = vterm_new(rows, cols);
    vterm_set_utf8(s->vt, 1);
    vterm_output_set_callback(s->vt, answer_query, s);
    s->vts = vterm_obtain_screen(s->vt);
    vterm_screen_set_callbacks(s->vts, &callbacks, s);
    vterm_screen_enable_altscreen(s->vts, 1);
    vterm_screen_reset(s->vts, 1);
    s->cursor_visible = true;
}

/* In the child: never returns. */
static void
run_child(struct screen *s, struct place *place, char *const *argv, int exit_end)
{
    setsid();
    if (ioctl(s->slave, TIOCSCTTY, 0) < 0 || dup2(exit_end, EXIT_FD) < 0)
        _exit(126);
    for (int fd = 0; fd < 3; fd++) {
        if (dup2(s->slave, fd) < 0)
            _exit(126);
    }
    for (int fd = 3; fd < 256; fd++) {
        if (fd != EXIT_FD)
            close(fd);
    }
    signal(SIGXFSZ, SIG_IGN); /* see disk.h */
    execve(argv[0], argv, place_environ(place));
    _exit(127);
}

static void
open_terminal(struct screen *s, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    s->master = posix_openpt(O_RDWR | O_NOCTTY);
    if (s->master < 0 || grantpt(s->master) < 0 || unlockpt(s->master) < 0)
        fail_msg("no pseudo-terminal: %s", strerror(errno));
    s->slave = open(ptsname(s->master), O_RDWR | O_NOCTTY);
    if (s->slave < 0)
        fail_msg("pseudo-terminal: %s", strerror(errno));
    ioctl(s->master, TIOCSWINSZ, &size);
    tcgetattr(s->slave, &s->before);
    fcntl(s->master, F_SETFL, O_NONBLOCK);
    fcntl(s->master, F_SETFD, FD_CLOEXEC);
    fcntl(s->slave, F_SETFD, FD_CLOEXEC);
}

struct screen *
screen_start_command(struct place *place, const char *const *args, int rows, int cols)
{
    struct screen *s = xcalloc(1, sizeof(*s));
    int ends[2];
    size_t n = 0;
    while (args[n] != NULL)
        n++;
    char **argv = xcalloc(n + 1, sizeof(char *));
    for (size_t i = 0; i < n; i++)
        argv[i] = xstrdup(args[i]);
    buf_init(&s->raw, MAX_RAW_BYTES);
    buf_init(&s->row, 1 << 20);
    open_terminal(s, rows, cols);
    start_emulator(s, rows, cols);
    if (pipe(ends) < 0)
        fail_msg("pipe: %s", strerror(errno));
    s->exit_pipe = ends[0];
    fcntl(s->exit_pipe, F_SETFD, FD_CLOEXEC);
    s->started_us = clock_us();
    s->pid = fork();
    if (s->pid == 0)
        run_child(s, place, argv, ends[1]);
    close(ends[1]);
    for (size_t i = 0; i < n; i++)
        free(argv[i]);
    free(argv);
    if (s->pid < 0)
        fail_msg("fork: %s", strerror(errno));
    return s;
}

struct screen *
screen_start(struct place *place, const char *const *args, int rows, int cols)
{
    const char *argv[32] = {program_path()};
    size_t n = 0;
    while (args[n] != NULL && n + 2 < ARRAY_LEN(argv)) {
        argv[n + 1] = args[n];
        n++;
    }
    return screen_start_command(place, argv, rows, cols);
}

static void
reap(struct screen *s, int flags)
{
    pid_t pid;
    if (s->reaped)
        return;
    do
        pid = waitpid(s->pid, &s->status, flags);
    while (pid < 0 && errno == EINTR);
    s->reaped = pid == s->pid;
}

void
screen_destroy(struct screen **ps)
{
    struct screen *s = *ps;
    if (s == NULL)
        return;
    *ps = NULL;
    if (!s->reaped) {
        kill(s->pid, SIGKILL);
        reap(s, 0);
    }
    close(s->master);
    close(s->slave);
    close(s->exit_pipe);
    vterm_free(s->vt);
    buf_finish(&s->raw);
    buf_finish(&s->row);
    free(s);
}

int
screen_pid(const struct screen *s)
{
    return (int)s->pid;
}

/* Takes what the program has written; waits at most so long for it. false: nothing came. */
static bool
take_output(struct screen *s, int wait_ms)
{
    char part[65536];
    struct pollfd fds[2] = {{.fd = s->master, .events = POLLIN},
                            {.fd = s->ended ? -1 : s->exit_pipe, .events = POLLIN}};
    if (poll(fds, 2, wait_ms) <= 0)
        return false;
    if (fds[1].revents != 0)
        s->ended = true;
    ssize_t n = read(s->master, part, sizeof(part));
    if (n <= 0)
        return false;
    s->last_read_us = clock_us();
    buf_append(&s->raw, part, (size_t)n);
    rawscan_feed(&s->scan, part, (size_t)n);
    vterm_input_write(s->vt, part, (size_t)n);
    vterm_screen_flush_damage(s->vts);
    return true;
}

static void
take_all(struct screen *s)
{
    while (take_output(s, 0))
        ;
}

void
screen_send(struct screen *s, const char *bytes, size_t n)
{
    int64_t until = clock_us() + (int64_t)patience_ms() * US_PER_MS;
    while (n > 0) {
        ssize_t sent = write(s->master, bytes, n);
        if (sent > 0) {
            bytes += sent;
            n -= (size_t)sent;
        } else if (errno != EAGAIN && errno != EINTR) {
            fail_screen(s, "cannot type: %s", strerror(errno));
        } else {
            take_output(s, 10); /* a full terminal waits for the program to read */
        }
        if (clock_us() > until)
            fail_screen(s, "the program does not read its keys");
    }
}

void
screen_type(struct screen *s, const char *text)
{
    screen_send(s, text, strlen(text));
}

void
screen_paste(struct screen *s, const char *text)
{
    screen_type(s, "\033[200~");
    screen_type(s, text);
    screen_type(s, "\033[201~");
}

void
screen_resize(struct screen *s, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    take_all(s); /* what was painted for the old size is seen at the old size */
    vterm_set_size(s->vt, rows, cols);
    vterm_screen_flush_damage(s->vts);
    ioctl(s->master, TIOCSWINSZ, &size);
}

void
screen_hang_up(struct screen *s)
{
    close(s->slave);
    close(s->master);
    s->slave = s->master = -1;
}

int
screen_rows(const struct screen *s)
{
    int rows, cols;
    vterm_get_size(s->vt, &rows, &cols);
    return rows;
}

int
screen_cols(const struct screen *s)
{
    int rows, cols;
    vterm_get_size(s->vt, &rows, &cols);
    return cols;
}

static size_t
put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | (c >> 6));
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | (c >> 12));
        out[1] = (char)(0x80 | ((c >> 6) & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | (c >> 18));
    out[1] = (char)(0x80 | ((c >> 12) & 0x3f));
    out[2] = (char)(0x80 | ((c >> 6) & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

void
screen_cell(struct screen *s, int row, int col, struct screen_cell *out)
{
    VTermScreenCell cell;
    size_t n = 0;
    *out = (struct screen_cell){0};
    if (!vterm_screen_get_cell(s->vts, (VTermPos){.row = row, .col = col}, &cell))
        return;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
        if (cell.chars[i] != (uint32_t)-1)
            n += put_utf8(out->text + n, cell.chars[i]);
    }
    out->text[n] = '\0';
    out->width = cell.width;
    out->bold = cell.attrs.bold;
    out->italic = cell.attrs.italic;
    out->underline = cell.attrs.underline != 0;
    out->reverse = cell.attrs.reverse;
    out->strike = cell.attrs.strike;
    out->default_fg = VTERM_COLOR_IS_DEFAULT_FG(&cell.fg);
    out->default_bg = VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
}

/* Leaves the whole row in s->row; returns its length without trailing blanks. */
static size_t
read_row(struct screen *s, int row)
{
    int cols = screen_cols(s);
    size_t end = 0;
    buf_clear(&s->row);
    for (int col = 0; col < cols;) {
        struct screen_cell cell;
        screen_cell(s, row, col, &cell);
        buf_append_str(&s->row, cell.text[0] != '\0' ? cell.text : " ");
        if (cell.text[0] != '\0' && strcmp(cell.text, " ") != 0)
            end = s->row.len;
        col += cell.width > 1 ? cell.width : 1;
    }
    return end;
}

const char *
screen_row(struct screen *s, int row)
{
    buf_truncate(&s->row, read_row(s, row));
    return s->row.p;
}

bool
screen_find(struct screen *s, const char *text, int *row, int *col)
{
    take_all(s);
    for (int r = 0; r < screen_rows(s); r++) {
        read_row(s, r);
        const char *line = s->row.p;
        const char *at = strstr(line, text);
        if (at == NULL)
            continue;
        size_t offset = (size_t)(at - line);
        size_t seen = 0;
        int c = 0;
        while (seen < offset) {
            struct screen_cell cell;
            screen_cell(s, r, c, &cell);
            seen += cell.text[0] != '\0' ? strlen(cell.text) : 1;
            c += cell.width > 1 ? cell.width : 1;
        }
        if (row != NULL)
            *row = r;
        if (col != NULL)
            *col = c;
        return true;
    }
    return false;
}

bool
screen_shows(struct screen *s, const char *text)
{
    return screen_find(s, text, NULL, NULL);
}

void
screen_expect_that(struct screen *s, bool (*holds)(struct screen *s, void *arg), void *arg,
                   const char *what)
{
    int64_t until = clock_us() + (int64_t)patience_ms() * US_PER_MS;
    take_all(s);
    /* a frame of which only a part has arrived says nothing */
    while (screen_mode(s, 2026) || !holds(s, arg)) {
        int64_t left = until - clock_us();
        if (left <= 0)
            fail_screen(s, "in vain waited for: %s", what);
        if (s->ended && !take_output(s, 0)) {
            if (holds(s, arg))
                return;
            reap(s, 0);
            fail_screen(s, "the program ended (status %#x) before: %s", s->status, what);
        }
        take_output(s, (int)(left / US_PER_MS) + 1);
    }
}

static bool
text_is_there(struct screen *s, void *text)
{
    return screen_shows(s, text);
}

static bool
text_is_gone(struct screen *s, void *text)
{
    return !screen_shows(s, text);
}

void
screen_expect(struct screen *s, const char *text)
{
    screen_expect_that(s, text_is_there, (void *)(uintptr_t)text, text);
}

void
screen_expect_gone(struct screen *s, const char *text)
{
    char *what = xasprintf("the end of: %s", text);
    screen_expect_that(s, text_is_gone, (void *)(uintptr_t)text, what);
    free(what);
}

void
screen_settle(struct screen *s, int quiet_ms)
{
    enum { LOOK_MS = 5 };
    int64_t quiet_since = clock_us();
    while (!s->ended && clock_us() - quiet_since < (int64_t)quiet_ms * US_PER_MS)
        if (take_output(s, LOOK_MS) || !asleep(s->pid, s->slave))
            quiet_since = clock_us();
    take_all(s);
}

void
screen_cursor(struct screen *s, int *row, int *col, bool *visible)
{
    VTermPos at;
    take_all(s);
    vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &at);
    *row = at.row;
    *col = at.col;
    if (visible)
        *visible = s->cursor_visible;
}

int64_t
screen_last_read_us(const struct screen *s)
{
    return s->last_read_us;
}

int64_t
screen_started_us(const struct screen *s)
{
    return s->started_us;
}

bool
screen_take(struct screen *s, int wait_ms)
{
    return take_output(s, wait_ms);
}

void
screen_dump(struct screen *s)
{
    int rows = screen_rows(s);
    fprintf(stderr, "---- screen %dx%d, %zu bytes so far\n", screen_cols(s), rows, s->raw.len);
    for (int r = 0; r < rows; r++)
        fprintf(stderr, "%3d|%s\n", r, screen_row(s, r));
    fprintf(stderr, "----\n");
}

const char *
screen_raw(const struct screen *s, size_t *n)
{
    *n = s->raw.len;
    return s->raw.p;
}

bool
screen_raw_holds(const struct screen *s, const char *bytes, size_t n)
{
    for (size_t i = 0; i + n <= s->raw.len; i++) {
        if (memcmp(s->raw.p + i, bytes, n) == 0)
            return true;
    }
    return false;
}

void
screen_assert_clean_output(struct screen *s)
{
    take_all(s);
    if (s->scan.complaint[0] != '\0')
        fail_screen(s, "written to the terminal: %s", s->scan.complaint);
}

bool
screen_mode(const struct screen *s, int mode)
{
    return rawscan_mode(&s->scan, mode);
}

int
screen_wait_exit(struct screen *s)
{
    int64_t until = clock_us() + (int64_t)patience_ms() * US_PER_MS;
    while (!s->ended) {
        int64_t left = until - clock_us();
        if (left <= 0)
            fail_screen(s, "the program does not end");
        take_output(s, (int)(left / US_PER_MS) + 1);
    }
    take_all(s);
    reap(s, 0);
    return s->status;
}

void
screen_assert_sane_after_exit(struct screen *s, int *status)
{
    static const int off[] = {1049, 47, 1047, 1000, 1002, 1003, 1004, 1006, 1036, 2004, 2026, 1};
    struct termios after;
    int code = screen_wait_exit(s);
    if (status != NULL)
        *status = code;
    for (size_t i = 0; i < ARRAY_LEN(off); i++) {
        if (screen_mode(s, off[i]))
            fail_screen(s, "mode %d is still on after the end", off[i]);
    }
    if (!s->cursor_visible)
        fail_screen(s, "the cursor is still hidden after the end");
    if (s->scan.attributes)
        fail_screen(s, "attributes are still set after the end");
    tcgetattr(s->slave, &after);
    if (after.c_iflag != s->before.c_iflag || after.c_oflag != s->before.c_oflag ||
        after.c_lflag != s->before.c_lflag || after.c_cflag != s->before.c_cflag)
        fail_screen(s, "the line discipline is not as before: lflag %#x, was %#x",
                    (unsigned)after.c_lflag, (unsigned)s->before.c_lflag);
}

void
screen_assert_exit(struct screen *s, int code)
{
    int status;
    screen_assert_sane_after_exit(s, &status);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != code)
        fail_screen(s, "ended with wait status %#x instead of exit code %d", status, code);
}

void
screen_assert_crash(struct screen *s, int signo)
{
    int status;
    screen_assert_sane_after_exit(s, &status);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != signo)
        fail_screen(s, "ended with wait status %#x instead of signal %d", status, signo);
}
