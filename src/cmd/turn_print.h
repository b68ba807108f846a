/* What one turn looks like outside the screen: plain text, JSON, JSON lines. Thread: main. */
#ifndef BERDUA_CMD_TURN_PRINT_H
#define BERDUA_CMD_TURN_PRINT_H

#include "berdua/chat/conversation.h"
#include "berdua/engine/jobs.h"

#include <stdbool.h>
#include <stdio.h>

/* "claude: rate_limit (HTTP 429): message" and the like, one line, harmless. */
void print_answer_error(FILE *out, const struct answer *a);
/* One --stream-json line for what was told; nothing for what has no line there. */
void print_event_json(FILE *out, const struct conversation *c, const struct job *job);
void print_turn_json(FILE *out, const struct conversation *c, const struct turn *t);
/* The last line of --stream-json. */
void print_result_json(FILE *out, const struct conversation *c, const struct turn *t);
/* 0, 4 or 5 by what was asked, what failed and what served. */
int turn_exit_code(const struct turn *t);

#endif
