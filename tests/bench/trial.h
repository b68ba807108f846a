/* One message after the other through the real runner against the stand-in server, with the times at both
 * ends on one clock: what the operator is told, and what arrives at the server. Thread: main. */
#ifndef TESTS_BENCH_TRIAL_H
#define TESTS_BENCH_TRIAL_H

#include "berdua/chat/terms.h"
#include "berdua/conf/config.h"

#include <stdbool.h>
#include <stdint.h>

enum { CLAUDE_ONLY = 1 << BRAIN_CLAUDE, LLAMA_ONLY = 1 << BRAIN_LLAMA };
#define BOTH_BRAINS (CLAUDE_ONLY | LLAMA_ONLY)

/* How one message is sent and what the brains do with it. */
struct script {
    enum chat_mode mode;
    unsigned brains;
    const char *message;
    const char *rule[BRAIN_COUNT]; /* of the stand-in server, without model= */
    const char *more;              /* one more rule, before those; NULL: none */
    double shadow_percent;
    int timeout_ms;
    bool hedge;
    int grace_ms;
};

/* Monotonic microseconds; 0: has not happened. */
struct shot {
    int64_t submit_us, submitted_us; /* around the call */
    int64_t first_us[BRAIN_COUNT];   /* told of its first visible token */
    int64_t served_us;               /* told which answer serves */
    enum brain_id served;
    int64_t arrived_us[BRAIN_COUNT]; /* the newest request was read whole */
    int64_t written_us[BRAIN_COUNT]; /* its first token went out */
    int64_t done_us[BRAIN_COUNT];    /* its last byte went out */
};

struct trial;

/* A home of its own whose store holds so many turns of somebody else, a server, and a runner. Ends the
 * process when that cannot be had. */
struct trial *trial_start(int stored_turns);
void trial_stop(struct trial **t);
/* Every message of the category may go to LLAMA. */
void trial_open_stage(struct trial *t, enum category c);
/* Sends a message and waits: with `all` until everything has ended and is stored, else until it is
 * served. */
void trial_shoot(struct trial *t, const struct script *s, bool all, struct shot *out);
/* Cancels what still runs, and waits for the end of it. */
void trial_settle(struct trial *t);
/* The program started again; with typed, somebody has begun to type, which prepares for a message. */
void trial_restart(struct trial *t, bool typed);
/* A new session, so that prompts stay short. */
void trial_fresh(struct trial *t);

#endif
