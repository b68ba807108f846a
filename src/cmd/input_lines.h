/* Lines of standard input that arrive while an event loop runs. Owner: a front end without a screen. Thread: main. */
#ifndef BERDUA_CMD_INPUT_LINES_H
#define BERDUA_CMD_INPUT_LINES_H

#include <stdbool.h>

#include "berdua/base/buf.h"

struct loop;

enum { INPUT_LINE_MAX_BYTES = 1 << 20 };

struct input_lines {
    struct loop *loop;
    void (*came)(void *arg); /* bytes or the end; NULL: nobody is told */
    void *arg;
    bool ended; /* no more bytes come; lines may be left */
    struct buf text;
    bool listening;
    bool skipping; /* the rest of a line that was too long */
    bool begun;    /* a line was taken */
};

void input_lines_init(struct input_lines *in, struct loop *loop, void (*came)(void *arg),
                      void *arg);
void input_lines_finish(struct input_lines *in);
/* Input that is not wanted yet stays in the pipe, so that a long script is not held in memory. */
void input_lines_listen(struct input_lines *in, bool wanted);
/* The next line that is here, new; NULL: none is. The last may lack its end. One that is no text is left out with a word. */
char *input_lines_next(struct input_lines *in);
/* Puts a line before those that are here; false: there is no room. */
bool input_lines_put(struct input_lines *in, const char *line);
/* Nothing more comes, and nothing is left. */
bool input_lines_over(const struct input_lines *in);
/* What is left is dropped, and nothing more is read. */
void input_lines_close(struct input_lines *in);

#endif
