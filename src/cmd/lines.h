/* Text on standard input for the commands that score it: one text, or with --lines one JSON object a line.
 * Thread: main. */
#ifndef BERDUA_CMD_LINES_H
#define BERDUA_CMD_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct json;

/* Everything on stdin; false when it is longer than the buf's cap or could not be read (told on stderr). */
bool lines_read_all(const char *command, struct buf *out);
/* Calls each for every line, parsed; out is written to stdout after each with a newline added. A line that is no
 * object is told on stderr with its number and answered by {"error": …}, so that the order holds. Returns an exit
 * code. */
int lines_each(const char *command,
               void (*each)(void *ctx, const struct json *line, struct buf *out), void *ctx);

#endif
