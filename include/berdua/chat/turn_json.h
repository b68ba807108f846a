/* The contract's JSON of a turn and its answers (design.md, `ask --json`; schemas.md). One place, so
 * that `ask`, `sessions show` and exports agree. The caller owns the result. Thread: any. */
#ifndef BERDUA_CHAT_TURN_JSON_H
#define BERDUA_CHAT_TURN_JSON_H

#include "berdua/chat/conversation.h"

struct json;
struct json_writer;

/* A figure that does not exist is null. */
void answer_write_json(struct json_writer *w, const char *key, const struct answer *a);
struct json *answer_to_json(const struct answer *a);
/* The contract's `context` and more; NULL (JSON null): not wanted. */
struct json *context_to_json(const struct context *c);
/* Into a fresh context; what is missing or of the wrong type is as after context_init. */
void context_from_json(struct context *c, const struct json *o);
/* The contract's `route`, and back. NULL (JSON null): not routed. */
struct json *route_to_json(const struct turn *t);
void route_from_json(struct turn *t, const struct json *r);
/* Answers of asked brains only, Claude first. `session` and `user` come from c. */
struct json *turn_to_json(const struct conversation *c, const struct turn *t);

#endif
