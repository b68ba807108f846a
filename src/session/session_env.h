/* What the parts of a session share, and how they report back. Owner: the runner, which outlives them.
 * Thread: main. */
#ifndef BERDUA_SESSION_SESSION_ENV_H
#define BERDUA_SESSION_SESSION_ENV_H

#include <stdbool.h>

struct config;
struct engine;
struct jobs;
struct keyring;
struct loop;
struct mailbox;
struct pool;
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
    void *arg;
    /* Does what the engine decided, and empties jobs. */
    void (*carry_out)(void *arg, struct jobs *jobs);
    /* Counts a request that was given to the writer: it will be acknowledged. */
    void (*expect)(void *arg);
    /* What a message may wait for has been read. */
    void (*read_done)(void *arg);
    /* Something that the panel shows has changed. */
    void (*changed)(void *arg);
    /* Nothing runs, and nothing waits to be stored. */
    bool (*quiet)(void *arg);
};

#endif
