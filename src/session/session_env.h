/* What the parts of a session share and tell. Owner: the runner, which outlives them. Thread: main. */
#ifndef BERDUA_SESSION_SESSION_ENV_H
#define BERDUA_SESSION_SESSION_ENV_H

#include <stdbool.h>

struct call_event;
struct config;
struct engine;
struct jobs;
struct keyring;
struct loop;
struct mailbox;
struct pool;
struct runner;
struct writer;

struct session_env {
    const struct config *config;
    const char *user;
    struct loop *loop;
    struct pool *pool;
    struct mailbox *mailbox;
    struct writer *writer;
    struct keyring *keyring;
    struct engine *engine;
    struct runner *runner;
};

/* Does what the engine decided, and empties jobs. */
void runner_carry_out(struct runner *r, struct jobs *jobs);
/* Counts a request that was given to the writer: it will be acknowledged. */
void runner_expect(struct runner *r);
/* Something has been read: the message that waited for it is sent. */
void runner_read_done(struct runner *r);
/* Something that the panel shows has changed. */
void runner_note_change(struct runner *r);
/* A call's event, which the engine gets. */
void runner_hear_call(struct runner *r, const struct call_event *ev);

#endif
