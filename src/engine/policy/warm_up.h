/* Waking a server that sleeps before a message needs it: a call of one token that belongs to no turn. It is no answer:
 * it moves no breaker, nobody waits for it, and a message sent meanwhile takes its place. Thread: main. */
#ifndef BERDUA_ENGINE_WARM_UP_H
#define BERDUA_ENGINE_WARM_UP_H

#include "engine/state.h"

/* All that decides about it; called_us: when the server was last called, 0: never. */
struct warm_up_question {
    enum warm_up wanted;
    enum warm_up_cause cause;
    enum provider provider;
    bool blind;     /* pairs are judged blind: nothing may change their latency */
    bool mode_asks; /* a message may be for the brain */
    bool calling;   /* it is being called, or some server is being woken */
    bool may_call;  /* breaker and budget allow it */
    int64_t now_us, called_us;
};
bool warm_up_due(const struct warm_up_question *q);

/* Adds JOB_CALL, and remembers it as the one that runs. */
void engine_start_warm_up(struct engine *e, enum brain_id b, struct moment at, struct jobs *out);
/* false: the event is not of a warm-up. */
bool warm_up_event(struct engine *e, const struct call_event *ev, struct moment at,
                   struct jobs *out);
/* A call that somebody wants goes to this brain; its job comes before the jobs added here. */
void warm_up_message_sent(struct engine *e, enum brain_id b, struct jobs *out);
void warm_up_forget(struct engine *e);

#endif
