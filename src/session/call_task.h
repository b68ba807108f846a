/* A call of a brain in a worker of the pool: its text is measured there, and what it reports goes to the main
 * thread in order, ending with CALL_DONE once the worker is free. Thread: main. */
#ifndef BERDUA_SESSION_CALL_TASK_H
#define BERDUA_SESSION_CALL_TASK_H

#include "berdua/core/task.h"
#include "session_env.h"

struct call_spec;
struct measure;

/* Takes *spec. measure: scores the text as it comes; NULL: nobody does. */
void call_task_start(const struct session_env *env, struct call_spec **spec,
                     const struct measure *measure, enum pool_priority priority);

#endif
