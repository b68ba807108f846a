/* The contract's JSON of one answer (design.md, `ask --json`). Thread: any. */
#ifndef BERDUA_CHAT_ANSWER_JSON_H
#define BERDUA_CHAT_ANSWER_JSON_H

#include "berdua/chat/answer.h"

struct json;

/* New. A figure that does not exist is null. */
struct json *answer_to_json(const struct answer *a);

#endif
