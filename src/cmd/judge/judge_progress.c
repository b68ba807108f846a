#include "judge_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "cmd/out.h"

enum { PAINT_EVERY_MS = 100, LEAST_FOR_PACE = 4, LINE_BYTES = 512, USUAL_COLS = 79 };
/* Back to the first column, and the line is empty. */
#define CLEAR "\r\033[K"

bool
judge_progress_terminal(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

void
judge_progress_begin(struct judge_view *v, const struct judge_view_opts *opts)
{
    *v = (struct judge_view){.opts = *opts, .start_us = clock_us()};
}

static void
add_counts(struct buf *out, const struct judge_view *v, const struct judge_progress *p)
{
    char usd[JUDGE_USD_BYTES];
    buf_printf(out, "%s%zu of %zu pairs · %s", v->opts.simulated ? "SIMULATED · " : "", p->done,
               p->pairs, judge_usd(p->usd, usd));
    if (p->failed)
        buf_printf(out, " · %zu failed", p->failed);
}

static void
add_time_left(struct buf *out, const struct judge_view *v, const struct judge_progress *p)
{
    int64_t now_us = clock_us();
    if (p->wait_until_us > now_us) {
        buf_printf(out, " · waits %lld s as asked",
                   (long long)((p->wait_until_us - now_us + US_PER_S - 1) / US_PER_S));
    } else if (p->done >= LEAST_FOR_PACE && p->done < p->pairs) {
        double s = (double)(now_us - v->start_us) / US_PER_S;
        double left = s * (double)(p->pairs - p->done - p->failed) / (double)p->done;
        buf_printf(out, left >= 90 ? " · %.0f min left" : " · %.0f s left",
                   left >= 90 ? left / 60 : left);
    }
}

/* In one row, whose last column stays free, so that no terminal begins another. */
static void
paint(struct judge_view *v, const struct buf *line)
{
    struct winsize size = {.ws_col = 0};
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    fputs(CLEAR, stderr);
    fwrite(line->p, 1, utf8_fit(line->p, line->len, known ? size.ws_col - 1 : USUAL_COLS), stderr);
    fflush(stderr);
    v->shown = true;
    v->painted_us = clock_us();
}

void
judge_progress_show(struct judge_view *v, const struct judge_progress *p)
{
    size_t tenths = p->pairs ? 10 * (p->done + p->failed) / p->pairs : 0;
    bool soon = v->shown && clock_us() - v->painted_us < PAINT_EVERY_MS * (int64_t)US_PER_MS;
    bool due = v->opts.terminal ? !soon : tenths > v->tenths && tenths < 10;
    struct buf line;
    if (v->opts.quiet || !due || p->stop != JUDGE_STOP_NONE)
        return;
    v->tenths = tenths;
    buf_init(&line, LINE_BYTES);
    add_counts(&line, v, p);
    if (v->opts.terminal) {
        add_time_left(&line, v, p);
        paint(v, &line);
    } else {
        out_say("berdua: %s\n", line.p);
    }
    buf_finish(&line);
}

void
judge_progress_clear(struct judge_view *v)
{
    if (v->shown)
        fputs(CLEAR, stderr);
    v->shown = false;
}
