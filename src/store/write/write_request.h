/* One write that waits: a row and its kind. A kind is one const table entry; the writer thread, or in a command a
 * connection, calls its `write` inside an open transaction, where it may read and decide first. The same request
 * written twice leaves the same rows, so that one whose commit was in doubt may be written again: whoever makes a
 * request also makes the ids of its rows.
 * Owner: the queue, then the writer. */
#ifndef BERDUA_STORE_WRITE_REQUEST_H
#define BERDUA_STORE_WRITE_REQUEST_H

#include <stdint.h>

#include "berdua/base/err.h"
#include "berdua/chat/terms.h"
#include "row.h"

struct answer;
struct db;
struct instance_lock;
struct write_request;
struct writer;

struct write_env {
    struct db *db;
    struct instance_lock *instance_lock; /* NULL for the rows of a recovery file; so is owner */
    const char *owner; /* this instance: written beside what it has not finished */
};

struct write_kind {
    const char *name; /* in a recovery file */
    const struct row_type *type;
    bool (*write)(const struct write_env *env, struct write_request *req, struct err *err);
};

struct write_request {
    struct write_request *next;
    const struct write_kind *kind;
    uint64_t id;    /* 0: it is part of the request before it */
    void *row;      /* of kind->type */
    bool awaited;   /* a worker waits for it, and frees it; under the writer's lock: */
    bool answered;  /* it has been */
    bool started;   /* its transaction runs: the worker waits for the end of it */
    bool abandoned; /* the worker waits no longer: it is not written, and freed with the others */
    /* what became of it */
    bool refused;
    bool follows; /* for a cause that has been told before */
    struct err err;
    int64_t seq;        /* of a turn */
    enum brain_id left; /* of a blind turn; else BRAIN_NONE */
    char parent[27];    /* the row that it belongs to and that was not there; "": none is missing */
};

/* Takes row, which malloc made. */
struct write_request *write_request_create(const struct write_kind *kind, void *row);
void write_request_destroy(struct write_request **req);
/* NULL: this version knows no kind of that name. */
const struct write_kind *write_kind_find(const char *name);
/* The id of the row itself; NULL: it has none. */
const char *write_request_row_id(const struct write_request *req);

/* false, with req->parent set, when the session or turn that a row belongs to is not there. */
bool write_needs_session(const struct write_env *env, struct write_request *req, const char *id,
                         struct err *err);
bool write_needs_turn(const struct write_env *env, struct write_request *req, const char *id,
                      struct err *err);

/* The turn or verdict at at_us is the session's newest; simulated marks the session. */
bool write_touches_session(const struct write_env *env, const char *id, int64_t at_us,
                           bool simulated, struct err *err);

/* From any thread: takes req and those that follow it, which are written in one transaction with it. id 0: one is made.
 * Returns the id; only req is acknowledged. */
uint64_t writer_queue(struct writer *w, struct write_request *req, uint64_t id);
/* A copy of row, which is of kind->type. */
uint64_t writer_queue_row(struct writer *w, const struct write_kind *kind, const void *row,
                          uint64_t id);
/* From a worker: takes req, queues it, and waits until it is written. false: it was refused, or it could not be written in
 * time, and then it never is. */
bool writer_await(struct writer *w, struct write_request *req, struct err *err);
/* An answer of the turn, to be queued behind it. */
struct write_request *write_answer_request(const char *turn_id, const struct answer *a);

/* Every kind, each in the file named after it. */
extern const struct write_kind write_session_kind, write_turn_kind, write_outcome_kind,
    write_answer_kind, write_checkpoint_kind, write_verdict_kind, write_breaker_kind,
    write_context_kind, write_side_call_kind, write_queue_kind, write_memory_out_kind,
    write_review_kind, write_sides_kind, write_judge_call_kind;

#endif
