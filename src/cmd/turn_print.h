/* Prints a turn outside the screen: plain text, JSON, JSON lines. Thread: main. */
#ifndef BERDUA_CMD_TURN_PRINT_H
#define BERDUA_CMD_TURN_PRINT_H

#include "berdua/chat/conversation.h"
#include "berdua/engine/jobs.h"

#include <stdbool.h>
#include <stdio.h>

/* Prints "claude: rate_limit (HTTP 429): message" on one line without control characters. */
void print_answer_error(const struct answer *a);
/* Prints the --stream-json line of a notice; some notices have none. */
void print_event_json(FILE *out, const struct conversation *c, const struct job *job);
/* The object of `ask --json`; as_event: the last line of --stream-json, which holds it. stored: the turn and its
 * answers are in the store. */
void print_turn_json(FILE *out, const struct conversation *c, const struct turn *t, bool stored,
                     bool as_event);
/* The exit code 0, 4 or 5: which brains were asked, which failed, which served. */
int turn_exit_code(const struct turn *t);

#endif
