/* Analyses conversations that have ended, one at a time, when nobody waits for anything else. It wakes up for
 * nothing but that: once after the start, and when something is due. Private to the runner. Thread: main. */
#ifndef BERDUA_SESSION_ANALYSIS_SCHEDULER_H
#define BERDUA_SESSION_ANALYSIS_SCHEDULER_H

#include "session_env.h"

struct analysis_scheduler;
/* Without memory.enabled it does nothing. works: false: it only knows the user, and leaves the queue to others. */
struct analysis_scheduler *analysis_scheduler_create(const struct session_env *env, bool works);
/* After the pool has stopped. */
void analysis_scheduler_destroy(struct analysis_scheduler **a);
/* Begins to read what is known about the user into the engine, in a worker; before a session's first message. */
void analysis_scheduler_read(struct analysis_scheduler *a);
bool analysis_scheduler_reading(const struct analysis_scheduler *a);
/* The operator has taken the user out, or lets them in: that holds whatever is read later. */
void analysis_scheduler_enable(struct analysis_scheduler *a, bool in);
/* Something is in the queue. */
void analysis_scheduler_queued(struct analysis_scheduler *a);
/* Something was done: the quiet begins anew. */
void analysis_scheduler_active(struct analysis_scheduler *a);
/* A running analysis is stopped, to be begun again later. */
void analysis_scheduler_cancel(struct analysis_scheduler *a);

#endif
