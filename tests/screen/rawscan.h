/* Reads what the program wrote to its terminal, byte by byte: which DEC private modes are on, and
 * whether something came that the program never sends by itself. Thread: the test. */
#ifndef TESTS_SCREEN_RAWSCAN_H
#define TESTS_SCREEN_RAWSCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rawscan {
    enum { SCAN_TEXT, SCAN_ESC, SCAN_CSI, SCAN_OSC, SCAN_OSC_ESC, SCAN_CHARSET } state;
    char seq[128];
    size_t len;
    uint32_t cp; /* a UTF-8 character under way */
    int more;    /* continuation bytes still to come */
    int modes[32];
    size_t mode_count;
    bool attributes; /* the last SGR was not a reset */
    char complaint[200];
};

/* A zeroed struct is a fresh one. */
void rawscan_feed(struct rawscan *s, const char *p, size_t n);
bool rawscan_mode(const struct rawscan *s, int mode);

#endif
