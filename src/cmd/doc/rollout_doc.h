/* The rollout of LLAMA as a page of a terminal: for `berdua route status`, the chat's page and text mode. Thread: one that may
 * wait for the disk. */
#ifndef BERDUA_CMD_ROLLOUT_DOC_H
#define BERDUA_CMD_ROLLOUT_DOC_H

#include "berdua/ui/doc.h"
#include "cmd/route_now.h"

/* false: the history could not be read. */
bool rollout_doc(struct doc *d, const struct route_now *now, struct store *store, struct err *err);
/* Whether the brain is called, or left alone after failures. */
void health_row(struct doc *d, enum brain_id b, enum breaker_state state);

#endif
