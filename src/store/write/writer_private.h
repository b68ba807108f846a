/* The writer's state, shared only by writer.c (what other threads ask of it, and what it tells them) and
 * writer_thread.c (the thread itself). */
#ifndef BERDUA_STORE_WRITER_PRIVATE_H
#define BERDUA_STORE_WRITER_PRIVATE_H

#include "berdua/store/writer.h"

#include <pthread.h>
#include <sys/types.h>

#include "berdua/base/err.h"

struct db;
struct instance_lock;
struct write_request;

/* A session, turn or answer that was refused: what belongs to it fails for the same cause. */
struct refused_parent {
    char id[27];
    struct err why;
};

struct writer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;  /* something was queued, or the writer is to close */
    pthread_cond_t ended; /* an awaited request was answered, or the thread is over */
    /* under the lock */
    struct write_request *head, **tail; /* not yet seen by the thread */
    bool closing, over, workers_released;
    uint64_t last_id;
    struct unsaved unsaved; /* as last posted */
    /* fixed */
    struct mailbox *mb;
    struct writer_ops ops;
    void *arg;
    char *path;
    /* the thread's */
    struct write_request *work, **work_tail; /* in order; the head is tried first */
    struct db *db;
    struct instance_lock *instance_lock;
    bool known; /* the file that was opened first is device, inode */
    dev_t device;
    ino_t inode;
    bool writable; /* examined, and recovery files are taken up */
    bool deeply_checked;
    struct err refusal; /* not empty: nothing can be saved any more */
    struct unsaved state;
    int64_t retry_at_us; /* NEVER_US: nothing is to be tried again */
    int retry_ms;
    struct refused_parent *refused;
    size_t refused_count;
    struct err
        late_refusal; /* the first request that was refused while the writer closed: its answer is not read */
    struct { /* what the close could not write to the database */
        size_t count;
        char *file; /* where it is; NULL: it is lost, see why */
        struct err why;
    } leftover;
};

/* ---- writer_thread.c ---- */
void *writer_thread(void *w);

/* ---- writer.c, for the thread ---- */
/* The requests that somebody is told of. */
size_t writer_count_waiting(const struct writer *w);
/* Tells whoever asked. Takes req. */
void writer_answer(struct writer *w, struct write_request *req);
/* Tells the state, when what is known of it has changed. */
void writer_tell_unsaved(struct writer *w);
void writer_tell_lost(struct writer *w, const char *why);
/* arg: the writer. */
void writer_tell_notice(void *arg, const char *line);

#endif
