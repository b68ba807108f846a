/* The options of `berdua chat`, and what they say together. Thread: main. */
#ifndef BERDUA_CMD_CHAT_OPTIONS_H
#define BERDUA_CMD_CHAT_OPTIONS_H

#include "cmd/cmd.h"

#include <stdbool.h>

enum chat_option {
    OPT_MODE,
    OPT_USER,
    OPT_CONTINUE,
    OPT_SESSION,
    OPT_BLIND,
    OPT_RATER,
    OPT_DEMO,
    OPT_TOUR,
    OPT_SPEED,
    OPT_LINEAR,
    OPT_RECORD,
    OPT_COUNT
};
extern const struct cmd_option chat_options[OPT_COUNT];

/* v: the values of the options. */
bool chat_is_demo(const char *const *v);
/* How many times as fast the demo goes; 0: the text is no such number. */
double chat_demo_speed(const char *text);
/* EXIT_USAGE after it was reported, else 0. */
int chat_wrong_usage(const struct cmd_args *given);

#endif
