/* What a signal from outside does to a program with a screen: the same for the chat, a review and a replay. Thread: main. */
#ifndef BERDUA_CMD_SCREEN_SIGNALS_H
#define BERDUA_CMD_SCREEN_SIGNALS_H

#include <stdbool.h>

struct err;
struct loop;
struct ui;

struct screen_signals {
    struct loop *loop;
    struct ui **ui; /* there is one when the loop runs */
};

/* A new size is looked at, a stop gives the terminal back, INT is the key's action, TERM and HUP end the loop with
 * 128 + their number. s outlives the loop. */
bool screen_signals_watch(struct screen_signals *s, struct err *err);

#endif
