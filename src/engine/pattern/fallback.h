/* What the patterns share in which Claude alone answers: LLAMA stands in when it cannot, unless the message named
 * Claude. Thread: main. */
#ifndef BERDUA_ENGINE_FALLBACK_H
#define BERDUA_ENGINE_FALLBACK_H

#include "engine/state.h"

/* Of these brains, the one that answers; it is shown from now on. */
enum brain_id fallback_take(struct engine *e, struct turn *t, unsigned brains, struct moment at);
/* As of struct pattern_ops. */
void fallback_ended(struct engine *e, struct turn *t, enum brain_id b, struct moment at,
                    struct jobs *out);

#endif
