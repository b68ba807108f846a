/* A turn as lines on stdout. Thread: main. */
#ifndef BERDUA_CMD_TURN_TEXT_H
#define BERDUA_CMD_TURN_TEXT_H

#include "berdua/chat/conversation.h"

/* The whole of it; of a turn that waits for a blind verdict what may be seen. */
void turn_text_show(const struct turn *t);
/* Its parts, in this order; of no turn that is veiled. */
void turn_text_message(const struct turn *t);
void turn_text_answer(const struct turn *t, enum brain_id b);
void turn_text_verdict(const struct turn *t);

#endif
