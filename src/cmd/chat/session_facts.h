/* The panel's figures about the session: verdict tallies, percentiles, cost. Pure. */
#ifndef BERDUA_CMD_SESSION_FACTS_H
#define BERDUA_CMD_SESSION_FACTS_H

#include "berdua/chat/conversation.h"
#include "berdua/ui/ui.h"

/* Recomputed from the loaded turns. Cold answers are left out of the percentiles (measure.md). */
void session_facts(const struct conversation *c, struct ui_facts *facts);
/* After that: what is known of blind pairs in the conversation as it is seen, and what must not be known while one
 * waits. facts->blind.on is set already. */
void session_facts_veil(const struct conversation *seen, struct ui_facts *facts);

#endif
