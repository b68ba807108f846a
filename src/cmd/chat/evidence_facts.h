/* What the verdicts say, for the screen. Thread: main. */
#ifndef BERDUA_CMD_CHAT_EVIDENCE_FACTS_H
#define BERDUA_CMD_CHAT_EVIDENCE_FACTS_H

#include "berdua/ui/ui_evidence.h"

struct config;
struct stored_evidence;

/* e NULL: not read yet. */
void evidence_facts(struct ui_evidence *out, const struct stored_evidence *e,
                    const struct config *config);

#endif
