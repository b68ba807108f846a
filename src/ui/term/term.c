#include "term.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/ui/terminal.h"
#include "clipboard.h"
#include "curses.h"
#include "ground.h"
#include "input.h"
#include "links.h"
#include "locale.h"
#include "restore.h"
#include "tty.h"

/* curses writes with write(2) wherever its buffer happens to fill. So it writes into memory, and each
 * frame goes to the terminal from here: in one piece, of known size, with what belongs around it. */

#define SYNC_BEGIN "\033[?2026h"
#define SYNC_END   "\033[?2026l"
/* Alt sends ESC before the key, also in an xterm that would send a character above 127. Set to what it was before
 * where the terminal can, else off. */
#define META_ON  "\033[?1036s\033[?1036h"
#define META_OFF "\033[?1036l\033[?1036r"

enum {
    SYNC_BEGIN_BYTES = sizeof SYNC_BEGIN - 1,
    MAX_FRAME_BYTES = 32 << 20,
    SINK_BYTES = 64 << 10, /* curses' file is emptied beyond this */
    /* Below these a frame is one small write, and brackets would be most of it. */
    SYNC_KNOWN_BYTES = 256,
    SYNC_UNKNOWN_BYTES = 1024,
    /* xterm takes no more in one string. */
    MAX_COPY_BYTES = 74 * 1024,
    /* An answer to our question can still be on its way for so long. */
    ANSWER_US = US_PER_S,
};

enum answer { ANSWER_NONE, ANSWER_NO, ANSWER_YES };

struct caps {
    const char *csr, *cup, *ind, *ri, *indn, *rin, *rmcup;
};

struct term {
    struct tty tty;
    struct ui_terminal type;
    FILE *sink;  /* what curses believes to be the terminal */
    off_t taken; /* so far of what stands in it */
    SCREEN *screen;
    struct links *links; /* NULL: none */
    WINDOW *kept;        /* newscr during a scroll; NULL until the first */
    struct caps caps;
    struct buf raw; /* from curses */
    struct buf out; /* SYNC_BEGIN, then what the next frame sends */
    int rows, cols;
    bool color, mouse, asked, hidden, suspended, painted;
    int sync; /* as in struct config */
    enum answer answer;
    enum ground ground;
    int rest_row, rest_col; /* where the cursor rests while hidden */
    int64_t started_us;
    size_t sent;
    int64_t frame_us;
};

static void
begin_out(struct term *t)
{
    buf_clear(&t->out);
    buf_append_str(&t->out, SYNC_BEGIN);
}

/* A file in memory, without a name. */
static FILE *
open_sink(struct err *err)
{
    char name[64];
    snprintf(name, sizeof name, "/berdua-%ld-%lld", (long)getpid(), (long long)clock_us());
    int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    FILE *f = NULL;
    if (fd >= 0) {
        shm_unlink(name);
        if (write(fd, "", 1) == 1)
            f = fdopen(fd, "r+");
        if (!f)
            close(fd);
    }
    /* Where shared memory is missing or takes no write(2), a file does. */
    if (!f)
        f = tmpfile();
    if (!f) {
        err_set(err, "no memory file for the screen: %s", strerror(errno));
        return NULL;
    }
    fcntl(fileno(f), F_SETFD, FD_CLOEXEC);
    return f;
}

/* Appends what curses wrote into its file to the frame. */
static void
take_curses_output(struct term *t)
{
    char piece[16384];
    ssize_t n;
    fflush(t->sink);
    int fd = fileno(t->sink);
    do {
        n = pread(fd, piece, sizeof piece, t->taken);
        if (n > 0) {
            buf_append(&t->raw, piece, (size_t)n);
            t->taken += n;
        }
    } while (n == (ssize_t)sizeof piece);
    if (t->taken > SINK_BYTES && ftruncate(fd, 0) == 0)
        t->taken = lseek(fd, 0, SEEK_SET);
    if (t->links)
        links_pass(t->links, t->raw.p, t->raw.len, &t->out);
    else
        buf_append(&t->out, t->raw.p, t->raw.len);
    buf_clear(&t->raw);
}

static bool
wants_sync(const struct term *t, size_t n)
{
    if (t->sync != SYNC_AUTO)
        return t->sync == SYNC_ON;
    if (t->answer == ANSWER_NO)
        return false;
    return n > (t->answer == ANSWER_YES ? SYNC_KNOWN_BYTES : SYNC_UNKNOWN_BYTES);
}

static void
flush_out(struct term *t, bool sync)
{
    const char *p = t->out.p;
    if (t->out.len == SYNC_BEGIN_BYTES)
        return;
    if (sync && wants_sync(t, t->out.len - SYNC_BEGIN_BYTES)) {
        buf_append_str(&t->out, SYNC_END);
        p = t->out.p;
    } else {
        p = t->out.p + SYNC_BEGIN_BYTES;
    }
    size_t n = t->out.len - (size_t)(p - t->out.p);
    int64_t begin = clock_us();
    bool ok = tty_write(&t->tty, p, n);
    t->frame_us = clock_us() - begin;
    t->sent += n;
    begin_out(t);
    if (!ok)
        clearok(curscr,
                TRUE); /* what the screen shows is unknown: the next frame paints all of it */
}

static void
append_modes_on(struct term *t)
{
    buf_append_str(&t->out, META_ON "\033[?2004h\033[?1004h");
    if (t->mouse)
        buf_append_str(&t->out, "\033[?1000h\033[?1006h");
}

static void
append_modes_off(struct term *t)
{
    if (t->mouse)
        buf_append_str(&t->out, "\033[?1006l\033[?1000l");
    buf_append_str(&t->out, "\033[?1004l\033[?2004l" META_OFF);
}

static void
arm_restore(const struct term *t)
{
    char reset[256];
    /* The order matters: the region's reset moves the cursor, leaving the alternate screen puts it back. */
    int n = snprintf(reset, sizeof reset,
                     "\033[?2026l\033[?1006l\033[?1000l\033[?1004l\033[?2004l" META_OFF
                     "\033[r\033[0m%.100s\033[?25h",
                     t->caps.rmcup ? t->caps.rmcup : "\033[999;1H\r\n");
    restore_arm(t->tty.out_fd, &t->tty.cooked, reset, (size_t)n);
}

static const char *
terminfo_string(const char *name)
{
    const char *s = tigetstr(name);
    return s == NULL || s == (const char *)-1 ? NULL : s;
}

static void
read_caps(struct caps *c)
{
    *c = (struct caps){
        .csr = terminfo_string("csr"),
        .cup = terminfo_string("cup"),
        .ind = terminfo_string("ind"),
        .ri = terminfo_string("ri"),
        .indn = terminfo_string("indn"),
        .rin = terminfo_string("rin"),
        .rmcup = terminfo_string("rmcup"),
    };
}

static void
set_number(const char *name, int value)
{
    char *text = xasprintf("%d", value);
    setenv(name, text, 1);
    free(text);
}

/* newterm takes INT, TERM, TSTP and WINCH for itself; they are the event loop's. */
static SCREEN *
new_screen(const char *type, FILE *out, int rows, int cols)
{
    static const int taken[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH, SIGQUIT};
    struct sigaction old[ARRAY_LEN(taken)];
    for (size_t i = 0; i < ARRAY_LEN(taken); i++)
        sigaction(taken[i], NULL, &old[i]);
    /* Stale as often as not, for curses and for an editor that is started later; the kernel knows.
     * Without them terminfo's height becomes the scrolling region, at whose end the cursor stops. */
    set_number("LINES", rows);
    set_number("COLUMNS", cols);
    SCREEN *s = newterm(type, out, out);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    for (size_t i = 0; i < ARRAY_LEN(taken); i++)
        sigaction(taken[i], &old[i], NULL);
    return s;
}

static bool
start_curses(struct term *t, bool color, struct err *err)
{
    t->type = ui_terminal();
    if (!t->type.described)
        return err_set(err, "%s", t->type.why);
    t->sink = open_sink(err);
    if (!t->sink)
        return false;
    t->taken = lseek(fileno(t->sink), 0, SEEK_CUR);
    tty_size(&t->tty, &t->rows, &t->cols);
    t->screen = new_screen(t->type.described, t->sink, t->rows, t->cols);
    if (!t->screen)
        return err_set(err, "TERM=%s: curses cannot start with it", t->type.described);
    read_caps(&t->caps);
    resizeterm(t->rows, t->cols);
    typeahead(-1); /* a waiting key never holds a frame back */
    t->color = color && has_colors() && start_color() == OK;
    if (t->color)
        use_default_colors();
    return true;
}

/* Asked, not waited for. It stands before the screen is cleared, which takes away what a terminal that does not know the
 * questions makes of them. */
static void
ask_terminal(struct term *t, bool ground)
{
    t->asked = ground || t->sync == SYNC_AUTO;
    if (ground)
        buf_append_str(&t->out, GROUND_QUESTION);
    if (t->sync == SYNC_AUTO)
        /* the last: its answer says that no other is due */
        buf_append_str(&t->out, "\033[?2026$p");
}

struct term *
term_create(int in_fd, int out_fd, const struct config *config, bool color, struct err *err)
{
    struct term *t = xcalloc(1, sizeof *t);
    buf_init(&t->raw, MAX_FRAME_BYTES);
    buf_init(&t->out, MAX_FRAME_BYTES);
    begin_out(t);
    locale_want_utf8();
    if (!tty_open(&t->tty, in_fd, out_fd, err))
        goto fail_tty;
    t->mouse = config->ui.mouse;
    t->sync = (int)config->ui.sync_output;
    t->started_us = clock_us();
    if (!start_curses(t, color, err))
        goto fail_curses;
    if (t->type.links)
        t->links = links_create();
    t->ground = ground_of_variable(getenv("COLORFGBG"));
    ask_terminal(t, t->color && config->ui.theme_by_background);
    append_modes_on(t);
    take_curses_output(t);
    arm_restore(t);
    tty_raw(&t->tty);
    return t;
fail_curses:
    if (t->screen) {
        endwin();
        delscreen(t->screen);
    }
    if (t->sink)
        fclose(t->sink);
    tty_close(&t->tty);
fail_tty:
    buf_finish(&t->raw);
    buf_finish(&t->out);
    free(t);
    return NULL;
}

void
term_destroy(struct term **tp)
{
    struct term *t = *tp;
    if (!t)
        return;
    term_suspend(t);
    if (t->kept)
        delwin(t->kept);
    links_destroy(&t->links);
    delscreen(t->screen);
    fclose(t->sink);
    tty_close(&t->tty);
    buf_finish(&t->raw);
    buf_finish(&t->out);
    free(t);
    *tp = NULL;
}

int
term_escape_ms(const struct config *config)
{
    enum { SSH_MS = 150, LONGEST_MS = 5000 };
    const char *delay = getenv("ESCDELAY");
    char *end = NULL;
    long ms = delay && *delay ? strtol(delay, &end, 10) : 0;
    if (config->ui.escape_ms > 0)
        return config->ui.escape_ms;
    if (end && !*end && ms > 0)
        return ms < LONGEST_MS ? (int)ms : LONGEST_MS;
    return getenv("SSH_CONNECTION") || getenv("SSH_TTY") ? SSH_MS : INPUT_ESC_MS;
}

int
term_input_fd(const struct term *t)
{
    return t->tty.in_fd;
}

void
term_reply(struct term *t, const char *p, size_t n)
{
    static const char about_sync[] = "\033[?2026;";
    size_t head = sizeof about_sync - 1;
    enum ground ground = ground_of_reply(p, n);
    if (ground != GROUND_UNKNOWN)
        t->ground = ground;
    if (n != head + 3 || memcmp(p, about_sync, head) != 0 || memcmp(p + head + 1, "$y", 2) != 0)
        return;
    t->answer = p[head] >= '1' && p[head] <= '3' ? ANSWER_YES : ANSWER_NO;
}

void
term_size(const struct term *t, int *rows, int *cols)
{
    *rows = t->rows;
    *cols = t->cols;
}

bool
term_resized(struct term *t)
{
    int rows, cols;
    tty_size(&t->tty, &rows, &cols);
    if (rows == t->rows && cols == t->cols)
        return false;
    t->rows = rows;
    t->cols = cols;
    resizeterm(rows, cols);
    return true;
}

void
term_frame(struct term *t, int cursor_row, int cursor_col)
{
    if (t->suspended)
        return;
    bool hide = cursor_row < 0;
    if (!hide) {
        t->rest_row = cursor_row;
        t->rest_col = cursor_col < 0 ? 0 : cursor_col;
    }
    if (t->rest_row >= t->rows)
        t->rest_row = t->rows - 1;
    if (t->rest_col >= t->cols)
        t->rest_col = t->cols - 1;
    leaveok(newscr, FALSE);
    wmove(newscr, t->rest_row, t->rest_col);
    doupdate();
    take_curses_output(t);
    if (hide != t->hidden)
        buf_append_str(&t->out, hide ? "\033[?25l" : "\033[?25h");
    t->hidden = hide;
    t->painted = true;
    flush_out(t, true);
}

void
term_scroll(struct term *t, int top, int bottom, int n)
{
    bool able = t->caps.csr && (n > 0 ? t->caps.indn || t->caps.ind : t->caps.rin || t->caps.ri);
    if (top < 0)
        top = 0;
    if (bottom >= t->rows)
        bottom = t->rows - 1;
    int height = bottom - top + 1;
    if (!able || !t->painted || t->suspended || n == 0 || n >= height || -n >= height)
        return;
    /* A screen that is to be cleared is not scrolled. */
    if (is_cleared(curscr) || is_cleared(newscr))
        return;
    /* curses must do it itself: it keeps hashes of what is on the screen, and behind its back it would
     * find the rows where they no longer are, and move them once more. */
    if (t->kept && (getmaxy(t->kept) != t->rows || getmaxx(t->kept) != t->cols)) {
        delwin(t->kept);
        t->kept = NULL;
    }
    if (!t->kept)
        t->kept = newwin(t->rows, t->cols, 0, 0);
    if (!t->kept)
        return;
    copywin(newscr, t->kept, 0, 0, 0, 0, t->rows - 1, t->cols - 1, FALSE);
    scrollok(newscr, TRUE);
    wsetscrreg(newscr, top, bottom);
    wscrl(newscr, n);
    wsetscrreg(newscr, 0, t->rows - 1);
    scrollok(newscr, FALSE);
    leaveok(newscr, TRUE);
    doupdate();
    leaveok(newscr, FALSE);
    /* Windows that were not touched, such as the side panel, must stay where they were. */
    copywin(t->kept, newscr, 0, 0, 0, 0, t->rows - 1, t->cols - 1, FALSE);
    /* All of these rows are compared at the next frame, also those that no window touched. */
    wtouchln(newscr, top, height, 1);
}

void
term_redraw(struct term *t)
{
    (void)t;
    clearok(curscr, TRUE);
}

void
term_suspend(struct term *t)
{
    if (t->suspended)
        return;
    append_modes_off(t);
    endwin();
    take_curses_output(t);
    buf_append_str(&t->out, "\033[?25h");
    flush_out(t, false);
    bool answer_due =
        t->asked && t->answer == ANSWER_NONE && clock_us() - t->started_us < ANSWER_US;
    tty_cooked(&t->tty, answer_due);
    restore_disarm();
    t->hidden = false;
    t->suspended = true;
}

void
term_resume(struct term *t)
{
    if (!t->suspended)
        return;
    t->suspended = false;
    arm_restore(t);
    tty_raw(&t->tty);
    append_modes_on(t);
    term_resized(t);
    clearok(curscr, TRUE);
}

/* Outside of a frame; curses is not involved. */
bool
term_copy(struct term *t, const char *p, size_t n, struct err *err)
{
    if (n > MAX_COPY_BYTES)
        return err_set(err, "too large for the terminal's clipboard: %zu of at most %d bytes", n,
                       MAX_COPY_BYTES);
    struct buf b;
    buf_init(&b, (size_t)MAX_COPY_BYTES * 2);
    clipboard_append(&b, p, n);
    bool ok = tty_write(&t->tty, b.p, b.len);
    if (!ok) {
        clearok(curscr, TRUE);
        err_set(err, "not copied: the terminal takes nothing");
    }
    t->sent += b.len;
    buf_finish(&b);
    return ok;
}

/* OSC 777 where that is the terminal's own, else OSC 9; consoles that print what they do not know get the bell alone. */
void
term_notify(struct term *t, const char *text)
{
    const char *type = t->type.type;
    bool own = strncmp(type, "rxvt", 4) == 0 || strncmp(type, "foot", 4) == 0;
    bool plain = strncmp(type, "linux", 5) == 0 || strncmp(type, "vt", 2) == 0;
    char bytes[256];
    int n = snprintf(bytes, sizeof bytes, "\a%s%s%s",
                     plain ? ""
                     : own ? "\033]777;notify;berdua;"
                           : "\033]9;",
                     plain ? "" : text, plain ? "" : "\033\\");
    if (!tty_write(&t->tty, bytes, (size_t)n))
        clearok(curscr, TRUE);
    t->sent += (size_t)n;
}

struct links *
term_links(const struct term *t)
{
    return t->links;
}

const struct ui_terminal *
term_type(const struct term *t)
{
    return &t->type;
}

bool
term_has_color(const struct term *t)
{
    return t->color;
}

enum ground
term_ground(const struct term *t)
{
    return t->ground;
}

size_t
term_bytes_sent(const struct term *t)
{
    return t->sent;
}

int64_t
term_last_frame_us(const struct term *t)
{
    return t->frame_us;
}
