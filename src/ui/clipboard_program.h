/* The program that sets the clipboard: which it is, and its run, for which the screen does not wait. It is started without a
 * shell; it gets the text as its input, and no API key. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_CLIPBOARD_PROGRAM_H
#define BERDUA_UI_CLIPBOARD_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct clipboard_program;

/* The command that the setting ui.clipboard means; auto means that of this machine's desktop. NULL: the terminal is to be
 * asked, as over ssh, where a program would set the clipboard of the wrong machine. */
const char *clipboard_command(const char *setting);
/* NULL with a reason. */
struct clipboard_program *clipboard_start(const char *command, const char *text, size_t n,
                                          struct err *err);
/* The program without its folder. */
const char *clipboard_name(const struct clipboard_program *c);
/* Does not wait; to be asked again after a SIGCHLD and at the deadline, from which on it ends the program. */
bool clipboard_ended(struct clipboard_program *c, int64_t now_us);
int64_t clipboard_deadline(const struct clipboard_program *c);
/* Did it succeed? false with its reason. A program that still runs is left alone: it has all that it needs. */
bool clipboard_finish(struct clipboard_program **c, struct err *err);

#endif
