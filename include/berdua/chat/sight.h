/* The conversation as it may be seen. A turn that is compared blind is replaced by a mask, which does not hold what must
 * not be known: its two answers lie by side (the left one in place of the first brain's), with their texts once both
 * have ended and nothing else. So whoever reads it (screen, panel, pages, search, copying, lines) cannot tell more, whatever
 * it prints. All other turns are the conversation's own. Owner: the front end. Thread: main. */
#ifndef BERDUA_CHAT_SIGHT_H
#define BERDUA_CHAT_SIGHT_H

#include "berdua/chat/conversation.h"

#include <stdbool.h>

/* The brain whose answer lies at the left in a mask, and that at the right. */
#define MASK_LEFT  BRAIN_CLAUDE
#define MASK_RIGHT BRAIN_LLAMA

/* What may be seen of a veiled turn, new. */
struct turn *turn_mask(const struct turn *t);
/* A judgement about a veiled turn by sides, as a mask says it, by brains. The same turns brains into sides. */
enum verdict_kind turn_unmask_kind(const struct turn *t, enum verdict_kind kind);
/* The whole event by brains; it borrows what by_sides holds. */
struct verdict turn_unmask_verdict(const struct turn *t, const struct verdict *by_sides);

struct sight;
struct sight *sight_create(void);
void sight_destroy(struct sight **s);
/* Brings it up to date after any change of `real` (another conversation, too). true: what may be seen of a veiled turn
 * has changed, or which turns are masked; what the conversation's own turns hold is not compared. */
bool sight_look(struct sight *s, const struct conversation *real);
/* Of the last look; the same object until `real` is another conversation. */
const struct conversation *sight_conversation(const struct sight *s);

#endif
