#include "progress_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "out.h"

enum { PAINT_EVERY_MS = 100, LEAST_FOR_PACE = 4, USUAL_COLS = 79 };
/* Back to the first column, and the line is empty. */
#define CLEAR "\r\033[K"

void
progress_line_begin(struct progress_line *l, bool quiet)
{
    const char *term = getenv("TERM");
    bool terminal = isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
    *l = (struct progress_line){.terminal = terminal, .quiet = quiet, .start_us = clock_us()};
}

bool
progress_line_due(struct progress_line *l, size_t done, size_t whole)
{
    size_t tenths = whole ? 10 * done / whole : 0;
    bool soon = l->shown && clock_us() - l->painted_us < PAINT_EVERY_MS * (int64_t)US_PER_MS;
    bool due = l->terminal ? !soon : tenths > l->tenths && tenths < 10;
    if (due)
        l->tenths = tenths;
    return due && !l->quiet;
}

/* In one row, whose last column stays free, so that no terminal begins another. */
static void
paint(struct progress_line *l, const struct buf *text)
{
    struct winsize size = {.ws_col = 0};
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    fputs(CLEAR, stderr);
    fwrite(text->p, 1, utf8_fit(text->p, text->len, known ? size.ws_col - 1 : USUAL_COLS), stderr);
    fflush(stderr);
    l->shown = true;
    l->painted_us = clock_us();
}

void
progress_line_show(struct progress_line *l, const struct buf *text)
{
    if (l->terminal)
        paint(l, text);
    else
        out_say("berdua: %s\n", text->p);
}

void
progress_line_clear(struct progress_line *l)
{
    if (l->shown)
        fputs(CLEAR, stderr);
    l->shown = false;
}

void
progress_line_add_left(const struct progress_line *l, struct buf *text, size_t done, size_t left)
{
    if (done < LEAST_FOR_PACE || left == 0)
        return;
    double s = (double)(clock_us() - l->start_us) / US_PER_S * (double)left / (double)done;
    if (s >= 5400)
        buf_printf(text, " · %.1f h left", s / 3600);
    else
        buf_printf(text, s >= 90 ? " · %.0f min left" : " · %.0f s left", s >= 90 ? s / 60 : s);
}

bool
progress_line_add_wait(struct buf *text, int64_t until_us)
{
    int64_t now_us = clock_us();
    if (until_us <= now_us)
        return false;
    buf_printf(text, " · waits %lld s as asked",
               (long long)((until_us - now_us + US_PER_S - 1) / US_PER_S));
    return true;
}
