/* The real program in a pseudo-terminal, seen through a real terminal emulator (libvterm, only here).
 * Everything waits for a condition up to patience_ms(); nothing sleeps a fixed time. What must hold and
 * does not ends the test (cmocka's fail) after the screen has been printed. Thread: the test. */
#ifndef TESTS_SCREEN_HARNESS_H
#define TESTS_SCREEN_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "place.h"

struct screen;

struct screen_cell {
    char text[32]; /* UTF-8 of the whole cell, "" for a blank or the right half of a wide one */
    int width;
    bool bold, italic, underline, reverse, strike;
    bool default_fg, default_bg;
};

/* args: NULL-terminated, without the program's name. */
struct screen *screen_start(struct place *place, const char *const *args, int rows, int cols);
/* The same for another program, e.g. a shell that starts ours; argv[0] is its path. */
struct screen *screen_start_command(struct place *place, const char *const *argv, int rows,
                                    int cols);
/* Kills the program when it still runs. NULL is accepted, so a teardown may always call it. */
void screen_destroy(struct screen **s);
int screen_pid(const struct screen *s);

void screen_send(struct screen *s, const char *bytes, size_t n);
void screen_type(struct screen *s, const char *text);
void screen_paste(struct screen *s, const char *text); /* as a bracketed paste */
void screen_resize(struct screen *s, int rows, int cols);
void screen_hang_up(struct screen *s); /* closes the terminal; only the end can be waited for */

/* Waits for the text within one row; blanks at the row's end can be part of it. */
void screen_expect(struct screen *s, const char *text);
void screen_expect_gone(struct screen *s, const char *text);
/* Waits until holds(s, arg); what names it in the failure. */
void screen_expect_that(struct screen *s, bool (*holds)(struct screen *s, void *arg), void *arg,
                        const char *what);
/* Reads what is there now; then tells whether the text is on the screen, and where. */
bool screen_find(struct screen *s, const char *text, int *row, int *col);
bool screen_shows(struct screen *s, const char *text);
/* Waits until nothing has come for so long while the program slept, with all it was sent read: for asserting that
 * something did not happen. Time in which a busy machine kept the program waiting does not count. */
void screen_settle(struct screen *s, int quiet_ms);

int screen_rows(const struct screen *s);
int screen_cols(const struct screen *s);
/* Row as UTF-8 without trailing blanks; valid until the next call. */
const char *screen_row(struct screen *s, int row);
void screen_cell(struct screen *s, int row, int col, struct screen_cell *out);
void screen_cursor(struct screen *s, int *row, int *col, bool *visible /* or NULL */);
/* Monotonic microseconds at which the last output was read, and at which the program was started. */
int64_t screen_last_read_us(const struct screen *s);
int64_t screen_started_us(const struct screen *s);
/* Takes one piece of output, waiting at most so long; false when none came. */
bool screen_take(struct screen *s, int wait_ms);
/* Prints the screen to stderr with a frame. */
void screen_dump(struct screen *s);

/* Every byte the program wrote so far. */
const char *screen_raw(const struct screen *s, size_t *n);
bool screen_raw_holds(const struct screen *s, const char *bytes, size_t n);
/* Fails when the program wrote a control sequence whose kind it has no business with: OSC other than 52,
 * DCS, APC, PM, SOS, C1 bytes, window operations, or a bidi control character. */
void screen_assert_clean_output(struct screen *s);
/* A DEC private mode (1049, 25, 2004 …) as last set by the program. */
bool screen_mode(const struct screen *s, int mode);

/* Waits for the program's end and gives its wait status. */
int screen_wait_exit(struct screen *s);
/* Waits for the end; then the alternate screen must be left, the cursor on, mouse, focus, paste and
 * synchronised-output modes off, attributes plain, and the line discipline as it was before. */
void screen_assert_sane_after_exit(struct screen *s, int *status);
/* The same, and it must have exited with this code, or by this signal. */
void screen_assert_exit(struct screen *s, int code);
void screen_assert_crash(struct screen *s, int signo);

#endif
