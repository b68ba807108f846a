/* The terminal: curses started and ended, modes switched on and always off again, size, frames.
 * Nothing else calls initscr, endwin, doupdate or writes to the terminal.
 * After any exit (return, exit(), TERM, SEGV, ABRT, BUS, FPE, QUIT) the terminal is cooked, the cursor
 * on, the alternate screen left, mouse, focus and paste modes off; a crash signal still ends the
 * process as that crash. One file-static pointer for the signal handler, fenced here.
 * Thread: main. */
#ifndef BERDUA_UI_TERM_H
#define BERDUA_UI_TERM_H

#include "berdua/conf/config.h"
#include "berdua/conf/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct links;
struct term;
struct ui_terminal;

/* On descriptors of the caller's choice, which stay open and his; -1: on standard input and output when both are
 * terminals, else on /dev/tty. NULL with a reason when there is none, or TERM is dumb or unknown (the caller goes
 * linear). Sends nothing before the first frame. */
struct term *term_create(int in_fd, int out_fd, const struct config *config, bool color,
                         struct err *err);
void term_destroy(struct term **t);
/* How long the byte after a lone ESC may take: as configured, else $ESCDELAY, else longer over ssh. */
int term_escape_ms(const struct config *config);
/* Where keys are read; never blocks after poll said readable. */
int term_input_fd(const struct term *t);
/* The bytes of an INPUT_REPLY event. */
void term_reply(struct term *t, const char *p, size_t n);
/* Rows and columns as curses has them (the kernel's at create and at term_resized); at least 1 each. */
void term_size(const struct term *t, int *rows, int *cols);
/* After SIGWINCH: asks the kernel, resizeterm. true when the size changed. */
bool term_resized(struct term *t);
/* Paints what wnoutrefresh has prepared: one doupdate, one write where it fits; large frames inside
 * ESC[?2026h/l as ui.sync_output says. cursor: where the cursor rests; row < 0 hides it. */
void term_frame(struct term *t, int cursor_row, int cursor_col);
/* Rows top..bottom (inclusive, whole width) move up by n (down for n < 0) by hardware scrolling at the
 * beginning of the next frame; curses is told, so that the frame sends only what differs. Windows are
 * left alone: paint them as they shall look. No effect where the terminal cannot. */
void term_scroll(struct term *t, int top, int bottom, int n);
/* Everything again at the next frame (Ctrl-L). */
void term_redraw(struct term *t);
/* Leaves curses for an editor, a pager or Ctrl-Z (the caller raises SIGTSTP), and comes back; the next
 * frame paints everything. */
void term_suspend(struct term *t);
void term_resume(struct term *t);
/* To the terminal's clipboard, at most 74 KiB. Whether it arrives there, no terminal says. */
bool term_copy(struct term *t, const char *p, size_t n, struct err *err);
/* Rings, and where the terminal may know how, notifies with this text of ours. */
void term_notify(struct term *t, const char *text);
/* The links of the screen; NULL where the terminal might print what belongs to one. */
struct links *term_links(const struct term *t);
/* What it is driven as. */
const struct ui_terminal *term_type(const struct term *t);
bool term_has_color(const struct term *t);
/* Of its background: what it answered, else what COLORFGBG says. */
enum ground term_ground(const struct term *t);
/* Bytes sent to the terminal so far, and microseconds the last frame took to drain. */
size_t term_bytes_sent(const struct term *t);
int64_t term_last_frame_us(const struct term *t);

#endif
