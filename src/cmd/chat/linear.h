/* The chat without a screen: for TERM=dumb, --linear, or no terminal. Thread: main. */
#ifndef BERDUA_CMD_LINEAR_H
#define BERDUA_CMD_LINEAR_H

#include "berdua/chat/conversation.h"
#include "berdua/conf/config.h"
#include "cmd/cmd.h"

struct demo;

/* Reads messages line by line from stdin, prints both answers one below the other. Lines that begin
 * with a slash are the screen's commands, as far as they need no screen; // begins a message. Takes c (may
 * be NULL). demo: NULL, or whose messages can be asked by number, and whose tour is entered before anything else. Ends at the end of stdin, at /quit, and in order at a signal. */
int linear_chat(const struct config *config, const struct globals *g, const char *record_dir,
                struct conversation *c, struct demo *demo, bool tour);

#endif
