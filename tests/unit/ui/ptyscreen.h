/* A terminal in memory for tests: a pty whose other side is read by a thread into libvterm. */
#ifndef TESTS_UNIT_PTYSCREEN_H
#define TESTS_UNIT_PTYSCREEN_H

#include "unit/unit.h"

#include "berdua/base/buf.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <vterm.h>

struct ptyscreen {
    int master, slave;
    pthread_t reader;
    pthread_mutex_t lock;
    pthread_cond_t grew;
    struct buf bytes; /* everything that was written, under the lock */
    bool closed;      /* the reader has ended */
    size_t shown;     /* bytes given to the emulator */
    VTerm *vt;
    VTermScreen *screen;
    bool alternate, cursor_visible;
    bool in_csi;
    unsigned font; /* 0, or 1 to 9 for an address (OSC 8): see ptyscreen_feed */
};

static inline void *
ptyscreen_read(void *arg)
{
    struct ptyscreen *p = arg;
    char piece[4096];
    ssize_t n;
    while ((n = read(p->master, piece, sizeof piece)) > 0) {
        pthread_mutex_lock(&p->lock);
        buf_append(&p->bytes, piece, (size_t)n);
        pthread_cond_broadcast(&p->grew);
        pthread_mutex_unlock(&p->lock);
    }
    pthread_mutex_lock(&p->lock);
    p->closed = true;
    pthread_cond_broadcast(&p->grew);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static inline int
ptyscreen_prop(VTermProp prop, VTermValue *val, void *user)
{
    struct ptyscreen *p = user;
    if (prop == VTERM_PROP_ALTSCREEN)
        p->alternate = val->boolean;
    if (prop == VTERM_PROP_CURSORVISIBLE)
        p->cursor_visible = val->boolean;
    return 1;
}

static inline void
ptyscreen_size(struct ptyscreen *p, int rows, int cols)
{
    struct winsize ws = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    assert_int_equal(ioctl(p->slave, TIOCSWINSZ, &ws), 0);
    if (p->vt)
        vterm_set_size(p->vt, rows, cols);
}

/* Without the reading thread: a test that forks does so before there are two. */
static inline void
ptyscreen_prepare(struct ptyscreen *p, int rows, int cols)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = ptyscreen_prop};
    *p = (struct ptyscreen){.cursor_visible = true};
    p->master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(p->master >= 0);
    assert_int_equal(grantpt(p->master), 0);
    assert_int_equal(unlockpt(p->master), 0);
    p->slave = open(ptsname(p->master), O_RDWR | O_NOCTTY);
    assert_true(p->slave >= 0);
    ptyscreen_size(p, rows, cols);
    buf_init(&p->bytes, 64 << 20);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->grew, NULL);
    p->vt = vterm_new(rows, cols);
    vterm_set_utf8(p->vt, 1);
    p->screen = vterm_obtain_screen(p->vt);
    vterm_screen_set_callbacks(p->screen, &callbacks, p);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);
}

static inline void
ptyscreen_start(struct ptyscreen *p)
{
    assert_int_equal(pthread_create(&p->reader, NULL, ptyscreen_read, p), 0);
}

static inline void
ptyscreen_open(struct ptyscreen *p, int rows, int cols)
{
    ptyscreen_prepare(p, rows, cols);
    ptyscreen_start(p);
}

static inline unsigned
ptyscreen_font(const char *address, size_t n)
{
    unsigned hash = 0;
    for (size_t i = 0; i < n; i++)
        hash = hash * 31 + (unsigned char)address[i];
    return n ? 1 + hash % 9 : 0;
}

/* The emulator knows no links: a cell that leads somewhere is given one of nine fonts, by the address. A sequence that has
 * not arrived whole is left for the next time. */
static inline void
ptyscreen_feed(struct ptyscreen *p)
{
    static const char link[] = "\033]8;";
    while (p->shown < p->bytes.len) {
        const char *s = p->bytes.p + p->shown;
        char font[8];
        if (strncmp(s, link, sizeof link - 1) == 0) {
            const char *address = strchr(s + sizeof link - 1, ';'), *end = strstr(s, "\033\\");
            if (!address || !end)
                return;
            p->font = ptyscreen_font(address + 1, (size_t)(end - address - 1));
            p->shown = (size_t)(end + 2 - p->bytes.p);
        } else {
            vterm_input_write(p->vt, s, 1);
            p->shown++;
            p->in_csi = (p->in_csi && (*s < '@' || *s > '~')) ||
                        (*s == '[' && s > p->bytes.p && s[-1] == '\033');
            if (p->in_csi || *s != 'm' || p->font == 0)
                continue;
        }
        snprintf(font, sizeof font, "\033[1%um", p->font);
        vterm_input_write(p->vt, font, strlen(font));
    }
}

/* Waits until n bytes have arrived since the beginning, and shows them. */
static inline void
ptyscreen_wait(struct ptyscreen *p, size_t n)
{
    pthread_mutex_lock(&p->lock);
    while (p->bytes.len < n && !p->closed)
        pthread_cond_wait(&p->grew, &p->lock);
    ptyscreen_feed(p);
    pthread_mutex_unlock(&p->lock);
}

/* What was written since the first `from` bytes; free() it. */
static inline char *
ptyscreen_copy(struct ptyscreen *p, size_t from)
{
    pthread_mutex_lock(&p->lock);
    char *s = strdup(p->bytes.p + from);
    pthread_mutex_unlock(&p->lock);
    return s;
}

static inline void
ptyscreen_close(struct ptyscreen *p)
{
    if (p->slave >= 0)
        close(p->slave);
    pthread_join(p->reader, NULL);
    close(p->master);
    vterm_free(p->vt);
    buf_finish(&p->bytes);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->grew);
}

/* The screen: characters and what matters of their look, a line per row. */
static inline void
ptyscreen_dump(const struct ptyscreen *p, struct buf *out)
{
    int rows, cols;
    vterm_get_size(p->vt, &rows, &cols);
    buf_clear(out);
    for (int r = 0; r < rows; r++) {
        bool wide = false;
        for (int c = 0; c < cols; c++) {
            VTermScreenCell cell;
            vterm_screen_get_cell(p->screen, (VTermPos){.row = r, .col = c}, &cell);
            unsigned ch = cell.chars[0] ? cell.chars[0] : ' ';
            /* The right half of a wide character; where the left was overwritten, terminals show a
             * blank. */
            if (ch == (unsigned)-1)
                ch = wide ? '>' : ' ';
            wide = ch >= 0x1100;
            buf_printf(out, "%x", ch);
            for (int i = 1; cell.chars[0] && i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
                buf_printf(out, "+%x", cell.chars[i]);
            VTermColor fg = cell.fg;
            bool look = cell.attrs.bold || cell.attrs.reverse || cell.attrs.underline ||
                        (ch != ' ' && !VTERM_COLOR_IS_DEFAULT_FG(&fg));
            if (look && ch != '>')
                buf_printf(out, "[%d%d%d %d]", cell.attrs.bold, cell.attrs.reverse,
                           cell.attrs.underline, VTERM_COLOR_IS_INDEXED(&fg) ? fg.indexed.idx : -1);
            if (cell.attrs.font)
                buf_printf(out, "{%d}", cell.attrs.font);
            buf_append_char(out, ' ');
        }
        buf_append_char(out, '\n');
    }
}

/* The text of one row, ASCII only, without trailing blanks. */
static inline const char *
ptyscreen_row(const struct ptyscreen *p, int row, char out[512])
{
    int rows, cols;
    vterm_get_size(p->vt, &rows, &cols);
    int n = 0;
    for (int c = 0; c < cols && c < 511; c++) {
        VTermScreenCell cell;
        vterm_screen_get_cell(p->screen, (VTermPos){.row = row, .col = c}, &cell);
        out[n++] = cell.chars[0] > 0 && cell.chars[0] < 127 ? (char)cell.chars[0] : ' ';
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    out[n] = 0;
    return out;
}

#endif
