/* The last guard of the terminal: whatever ends the process (a return, exit(), SEGV, ABRT, BUS, FPE,
 * ILL, QUIT) the terminal is left cooked and its modes off, and a crash still ends as that crash.
 * File-static state, read by the handler, fenced here. Thread: main arms; the handler runs anywhere.
 * SEGV, BUS, FPE and ILL must not be blocked in any thread, else the kernel kills without asking us. */
#ifndef BERDUA_UI_RESTORE_H
#define BERDUA_UI_RESTORE_H

#include <stddef.h>
#include <termios.h>

/* fd stays open while armed; reset is what the terminal is sent (at most 255 bytes). */
void restore_arm(int fd, const struct termios *cooked, const char *reset, size_t n);
void restore_disarm(void);

#endif
