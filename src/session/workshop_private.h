/* What a workshop and its runners are to each other: for session/workshop.c and session/runner.c. Thread: main. */
#ifndef BERDUA_SESSION_WORKSHOP_PRIVATE_H
#define BERDUA_SESSION_WORKSHOP_PRIVATE_H

#include "berdua/session/workshop.h"
#include "berdua/store/writer.h"

struct runner;
struct session_env;

/* Fills in what of env is common. */
void workshop_join(struct workshop *w, struct runner *r, struct session_env *env);
/* The pool has stopped, or the runner never had a task. */
void workshop_leave(struct workshop *w, const struct runner *r);
/* A request of this runner was just given to the writer. */
void workshop_expect(struct workshop *w, struct runner *r);

/* ---- what a runner is told ---- */
void runner_take_acknowledgement(struct runner *r, const struct write_ack *ack);
void runner_take_unsaved(struct runner *r, const struct unsaved *now);
void runner_lose_store(struct runner *r, const char *why);
/* Ends its calls. */
void runner_stop(struct runner *r);
/* Its team's thread ends; what waits for the store has been released. */
void runner_leave_team(struct runner *r);
/* They have ended: gives the writer what is left to be written. */
void runner_end_session(struct runner *r);

#endif
