/* How far a long command is, on stderr: one line of a terminal that is painted over, or lines now and then where there is
 * no terminal. Thread: main. */
#ifndef BERDUA_CMD_PROGRESS_LINE_H
#define BERDUA_CMD_PROGRESS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

struct progress_line {
    bool terminal, quiet;
    int64_t start_us, painted_us;
    bool shown;    /* a line stands there that is to be painted over */
    size_t tenths; /* of the whole, told without a terminal */
};

void progress_line_begin(struct progress_line *l, bool quiet);
/* Is there something to be said now? Without a terminal at each tenth of the whole but the last. */
bool progress_line_due(struct progress_line *l, size_t done, size_t whole);
void progress_line_show(struct progress_line *l, const struct buf *text);
/* Before anything else is written there. */
void progress_line_clear(struct progress_line *l);
/* " · 12 s left", as long as the rest takes at the pace so far; nothing while that is not known. */
void progress_line_add_left(const struct progress_line *l, struct buf *text, size_t done,
                            size_t left);
/* " · waits 7 s as asked"; false: it does not wait. */
bool progress_line_add_wait(struct buf *text, int64_t until_us);

#endif
