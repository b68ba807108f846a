/* The chat without a screen: for TERM=dumb, --linear, or no terminal. Thread: main. */
#ifndef BERDUA_CMD_LINEAR_H
#define BERDUA_CMD_LINEAR_H

#include "berdua/chat/conversation.h"
#include "berdua/conf/config.h"
#include "cmd/cmd.h"

/* Reads messages line by line from stdin, prints both answers one below the other. Lines that begin
 * with a slash are the screen's commands, as far as they need no screen; // begins a message. Takes c (may
 * be NULL). Ends at the end of stdin, at /quit, and in order at a signal. */
int linear_chat(const struct config *config, const struct globals *g, const char *record_dir,
                struct conversation *c);
/* One exchange of the demo in plain text. */
int linear_demo(const struct config *config);

#endif
