/* A conversation that is over, as it was at each moment: messages come and answers grow at the pace of then, which may be
 * made quicker. Pure. Owner: the caller. Thread: main. */
#ifndef BERDUA_REPLAY_REPLAY_H
#define BERDUA_REPLAY_REPLAY_H

#include "berdua/chat/conversation.h"

#include <stddef.h>
#include <stdint.h>

struct replay;

/* At at_us since its message so many bytes of an answer could be read; they rise together. */
struct replay_mark {
    int64_t at_us;
    size_t len;
};

/* Who wrote, or thought, for longer than that before the next message is not waited for. */
enum { REPLAY_PAUSE_MS = 4000 };

/* Takes c. Of a stored answer it is known when it began and ended: it grows evenly in between. */
struct replay *replay_create(struct conversation *take_c);
void replay_destroy(struct replay **r);
/* Of the answer of turn 0 it is known better. Copies marks. */
void replay_know(struct replay *r, enum brain_id b, const struct replay_mark *marks, size_t count);
/* How long it takes at its own pace. */
int64_t replay_length_us(const struct replay *r);
/* As it is now; grows by replay_go alone. */
const struct conversation *replay_conversation(const struct replay *r);
/* On to the moment at_us since its beginning, never back. now_us: the clock, for what the screen counts. When the next
 * thing happens; NEVER_US: all has. */
int64_t replay_go(struct replay *r, int64_t at_us, int64_t now_us);

#endif
