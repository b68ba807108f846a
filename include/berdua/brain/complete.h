/* A call run to its end on the spot, for work in the background that wants the whole answer and shows nothing on
 * the way: analysis, a model as judge. Limits, retries, keys and recording as for every call.
 * Thread: a worker; it blocks until the answer has ended. */
#ifndef BERDUA_BRAIN_COMPLETE_H
#define BERDUA_BRAIN_COMPLETE_H

#include "berdua/brain/call.h"

/* Takes *spec. Fills *out, which answer_finish frees: text, status, error, usage, times, model and the rest, as
 * an answer in the chat has them (cost_usd stays NAN, for the caller knows the price). Firing the
 * spec's token from another thread ends it as cancelled within a moment. http may be NULL for playback. */
void complete(struct call_spec **spec, struct http *http, struct answer *out);

#endif
