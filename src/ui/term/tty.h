/* The terminal as a device: its descriptors, its line discipline, its size, and bytes to it without
 * waiting for ever. Used by term.c only. Thread: main. */
#ifndef BERDUA_UI_TTY_H
#define BERDUA_UI_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

struct err;

struct tty {
    int in_fd,
        out_fd; /* out_fd is ours: opened anew where possible, so that O_NONBLOCK stays ours too */
    int opened_fd; /* /dev/tty when it had to be opened, else -1 */
    struct termios cooked, raw;
};

/* in_fd < 0: standard input and output when both are terminals, else /dev/tty. */
bool tty_open(struct tty *t, int in_fd, int out_fd, struct err *err);
void tty_close(struct tty *t);
void tty_raw(const struct tty *t);
/* drop_typed: what was typed and not read is forgotten. */
void tty_cooked(const struct tty *t, bool drop_typed);
/* At least 1 each; 24 x 80 when the kernel does not know. */
void tty_size(const struct tty *t, int *rows, int *cols);
/* false when the terminal took nothing for two seconds or is gone: the rest was dropped. */
bool tty_write(const struct tty *t, const char *p, size_t n);

#endif
