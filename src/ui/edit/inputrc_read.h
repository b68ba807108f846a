/* The user's inputrc and the files that it includes, read line by line with bounds: readline itself follows an $include
 * that leads back to its own file until memory ends, and waits for a FIFO. Knows nothing of readline. Thread: main. */
#ifndef BERDUA_UI_INPUTRC_READ_H
#define BERDUA_UI_INPUTRC_READ_H

#include <stdbool.h>
#include <stddef.h>

struct inputrc_ops {
    void *arg;
    /* Obeys the line, and may change it. place: "FILE:LINE". */
    void (*obey)(void *arg, char *line, const char *place);
    /* false: a $if has switched the lines off. */
    bool (*on)(void *arg);
    /* What was refused: file, line, remedy. */
    void (*refused)(void *arg, const char *text);
};

/* $INPUTRC, else ~/.inputrc, else /etc/inputrc. */
void inputrc_read(const struct inputrc_ops *ops);

#endif
