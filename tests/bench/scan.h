/* Finds what a program shows in the bytes it writes, without an emulator: control sequences are taken
 * out, and text counts as connected until the cursor is moved. A marker that is drawn in two pieces is
 * missed, which costs one sample. Pure. */
#ifndef TESTS_BENCH_SCAN_H
#define TESTS_BENCH_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "load.h"

struct scan {
    int64_t seen_us[LANES][MAX_TOKENS]; /* first sight of each marker; 0: not yet */
    int wanted;                         /* a character that is looked for; 0: none */
    int64_t wanted_us;                  /* when it came; 0: not yet */
    /* private */
    enum { SCAN_TEXT, SCAN_ESCAPE, SCAN_CSI, SCAN_STRING, SCAN_ONE } state;
    char tail[MARKER_CHARS];
    int tail_len;
};

void scan_feed(struct scan *s, const char *p, size_t n, int64_t now_us);
void scan_forget_markers(struct scan *s);
void scan_want(struct scan *s, char c);

#endif
