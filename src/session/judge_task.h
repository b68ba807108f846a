/* One question to a judge, in a worker: the pair's texts, the call, its reply. Private to src/session. Owner: the run. */
#ifndef BERDUA_SESSION_JUDGE_TASK_H
#define BERDUA_SESSION_JUDGE_TASK_H

#include "berdua/base/err.h"
#include "berdua/chat/answer.h"
#include "berdua/core/pool.h"
#include "berdua/session/judge_plan.h"

struct cancel;
struct keyring;

/* What all questions of a run share; none of it changes while a task runs. */
struct judge_setting {
    const struct config *config;
    const struct judge_choice *choice;
    struct keyring *keyring;
};

enum judge_end {
    JUDGE_END_GONE,     /* the pair is no longer there */
    JUDGE_END_STORE,    /* the store cannot be read: why */
    JUDGE_END_FAILED,   /* the call: call.error */
    JUDGE_END_ANSWERED, /* or there is nothing to ask: state */
};

struct judge_task {
    struct task task;
    const struct judge_setting *setting;
    void *owner;
    /* what is asked */
    struct judge_pair pair;
    enum brain_id first;
    bool with_schema;
    struct cancel *cancel; /* one reference */
    /* what came of it */
    enum judge_end end;
    struct err why;
    bool called;
    struct answer call; /* valid where called; its cost is filled in */
    int64_t bytes;      /* of the question */
    enum judge_state state;
    enum verdict_kind winner;
    char *reply; /* as it is stored */
};

/* A worker's own. */
extern const struct pool_ops judge_worker_ops; /* arg: the setting */

/* The pool's task.run. */
void judge_task_run(struct task *t, void *local);
void judge_task_destroy(struct judge_task **t);

#endif
