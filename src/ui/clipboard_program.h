/* A program that sets the clipboard: which one, and its run, which the screen does not wait for. The program gets the text
 * as its input, no shell, and no API key. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_CLIPBOARD_PROGRAM_H
#define BERDUA_UI_CLIPBOARD_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct clipboard_program;

/* The command of ui.clipboard: its own, or, with auto, that of this machine's desktop. NULL: the terminal is asked, as over
 * ssh, where a program would set the other machine's clipboard. */
const char *clipboard_command(const char *setting);
/* NULL with a reason. */
struct clipboard_program *clipboard_start(const char *command, const char *text, size_t n,
                                          struct err *err);
/* The program without its folder. */
const char *clipboard_name(const struct clipboard_program *c);
/* Does not wait; to be asked again after a SIGCHLD, and when its time is over, which ends it. */
bool clipboard_ended(struct clipboard_program *c, int64_t now_us);
int64_t clipboard_deadline(const struct clipboard_program *c);
/* Did it succeed? false with its reason. A program that still runs is left alone: it has all that it needs. */
bool clipboard_finish(struct clipboard_program **c, struct err *err);

#endif
