/* The thread that writes. */
#include "writer_private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/core/thread.h"
#include "store/evidence_build.h"
#include "store/sqlite/db.h"
#include "store/sqlite/outbox.h"
#include "store/sqlite/file.h"
#include "store/sqlite/open.h"
#include "store/sqlite/recover.h"
#include "recovery_file.h"
#include "store/sqlite/schema.h"
#include "write_request.h"

enum {
    QUIET_BUSY_MS = 300, /* so long another program's lock is waited for before it is told */
    FIRST_RETRY_MS = 50,
    LAST_RETRY_MS = 1000,
    FIRST_SILENCE_MS = 60, /* then the file is examined, if nothing was to be written sooner */
    IDLE_MS = 3000,        /* then a large file's indexes are checked */
    MAX_REFUSED_PARENTS = 64
};

/* ---- what cannot be written now, and what never can ---- */

static enum unsaved_cause
cause_of(enum db_trouble t)
{
    return t == DB_BUSY ? UNSAVED_BUSY : t == DB_FULL ? UNSAVED_FULL : UNSAVED_READONLY;
}

static void
try_again_later(struct writer *w, enum db_trouble t, const struct err *why)
{
    if (w->state.cause == UNSAVED_NOTHING)
        w->state.since_wall_us = clock_wall_us();
    w->state.cause = cause_of(t);
    memcpy(w->state.reason, why->text, sizeof w->state.reason);
    w->retry_at_us = clock_us() + w->retry_ms * (int64_t)US_PER_MS;
    w->retry_ms = 2 * w->retry_ms < LAST_RETRY_MS ? 2 * w->retry_ms : LAST_RETRY_MS;
    /* A connection that was opened while the file was read-only stays so. */
    if (t != DB_BUSY && t != DB_FULL) {
        db_close(&w->db);
        w->writable = false;
    }
    writer_tell_unsaved(w);
}

static void
all_is_well(struct writer *w)
{
    w->state.cause = UNSAVED_NOTHING;
    w->retry_at_us = NEVER_US;
    w->retry_ms = FIRST_RETRY_MS;
    writer_tell_unsaved(w);
}

static void
give_up(struct writer *w, const struct err *why)
{
    w->refusal = *why;
    db_close(&w->db);
    w->writable = false;
    all_is_well(w);
    writer_tell_lost(w, why->text);
}

static void
failed(struct writer *w, enum db_trouble t, const struct err *why)
{
    if (db_trouble_passes(t))
        try_again_later(w, t, why);
    else
        give_up(w, why);
}

static void
remember_refused(struct writer *w, const struct write_request *req)
{
    const char *id = write_request_row_id(req);
    if (!id || !*id || w->refused_count == MAX_REFUSED_PARENTS)
        return;
    w->refused = xgrow(w->refused, w->refused_count, sizeof *w->refused);
    struct refused_parent *p = &w->refused[w->refused_count++];
    memcpy(p->id, id, sizeof p->id);
    p->why = req->err;
}

/* A row whose parent was refused is refused for that cause, not for its parent's absence. */
static void
refuse_request(struct writer *w, struct write_request *req)
{
    for (size_t i = 0; req->parent[0] && i < w->refused_count; i++)
        if (strcmp(w->refused[i].id, req->parent) == 0) {
            req->err = w->refused[i].why;
            req->follows = true;
        }
    remember_refused(w, req);
}

/* ---- opening ---- */

/* Only the first opening makes a file; after that it must be the same one. */
static bool
open_file(struct writer *w, enum db_trouble *trouble, struct err *err)
{
    struct stat st;
    if (w->db)
        return true;
    if (w->known && (stat(w->path, &st) != 0 || st.st_dev != w->device || st.st_ino != w->inode)) {
        *trouble = DB_MOVED;
        return err_set(err, "%s: was deleted or replaced while in use; start berdua again",
                       w->path);
    }
    w->db = open_for_reading(w->path, !w->known, trouble, err);
    if (!w->db)
        return false;
    db_set_busy_ms(w->db, QUIET_BUSY_MS);
    if (!w->known && stat(w->path, &st) == 0) {
        w->known = true;
        w->device = st.st_dev;
        w->inode = st.st_ino;
    }
    return true;
}

static void
make_writable(struct writer *w)
{
    struct err err = {{0}};
    enum db_trouble trouble = DB_REFUSED;
    struct stat st;
    if (w->writable || w->refusal.text[0])
        return;
    if (!open_file(w, &trouble, &err)) {
        failed(w, trouble, &err);
        return;
    }
    if (!open_for_writing(w->db, &w->instance_lock, &err) ||
        !recovery_take_all(w->db, instance_lock_id(w->instance_lock), writer_tell_notice, w,
                           &err)) {
        failed(w, db_trouble(w->db), &err);
        return;
    }
    w->deeply_checked = stat(w->path, &st) == 0 && st.st_size <= OPEN_CHECKED_BYTES;
    w->writable = true;
    if (!w->work)
        all_is_well(w);
}

/* ---- writing ---- */

enum outcome { WRITTEN, REFUSED, TRANSACTION_LOST };

static enum outcome
write_one(struct writer *w, struct write_request *req, struct err *err)
{
    struct write_env env = {w->db, w->instance_lock, instance_lock_id(w->instance_lock)};
    if (!db_exec(w->db, "SAVEPOINT request", err))
        return TRANSACTION_LOST;
    req->parent[0] = 0;
    db_set_trouble(w->db, DB_FINE);
    if (req->kind->write(&env, req, err))
        return db_exec(w->db, "RELEASE request", err) ? WRITTEN : TRANSACTION_LOST;
    if (!db_in_transaction(w->db) ||
        (db_trouble(w->db) != DB_REFUSED && db_trouble(w->db) != DB_FINE))
        return TRANSACTION_LOST;
    req->err = *err;
    if (!db_exec(w->db, "ROLLBACK TO request; RELEASE request", err))
        return TRANSACTION_LOST;
    return REFUSED;
}

/* false: the worker that wanted it has gone. */
static bool
start_awaited(struct writer *w, struct write_request *req)
{
    pthread_mutex_lock(&w->lock);
    req->started = !req->abandoned;
    pthread_mutex_unlock(&w->lock);
    return req->started;
}

/* Nothing of the transaction is left: their workers may go. */
static void
stop_awaited(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    for (struct write_request *req = w->work; req; req = req->next)
        req->started = false;
    pthread_cond_broadcast(&w->ended);
    pthread_mutex_unlock(&w->lock);
}

/* Everything that waits, in one transaction; false: nothing of it is written. */
static bool
write_all(struct writer *w, struct err *err)
{
    if (!db_begin(w->db, err) || !schema_still_current(w->db, err))
        return false;
    for (struct write_request *req = w->work; req; req = req->next) {
        req->refused = false;
        if (req->awaited && !start_awaited(w, req))
            continue;
        enum outcome outcome = write_one(w, req, err);
        if (outcome == TRANSACTION_LOST)
            return false;
        req->refused = outcome == REFUSED;
    }
    return evidence_refresh(w->db, EVIDENCE_FEW, err) && outbox_commit(w->db, err);
}

static void
answer_all(struct writer *w, bool refuse_all)
{
    struct write_request *list = w->work;
    w->work = NULL;
    w->work_tail = &w->work;
    while (list) {
        struct write_request *req = list;
        list = req->next;
        req->next = NULL;
        if (refuse_all) {
            req->err = w->refusal;
            req->refused = req->follows = true; /* the loss has been told */
        } else if (req->refused) {
            refuse_request(w, req);
        }
        writer_answer(w, req);
    }
}

static void
try_work(struct writer *w)
{
    struct err err = {{0}};
    make_writable(w);
    if (w->writable && w->work) {
        if (write_all(w, &err)) {
            answer_all(w, false);
            all_is_well(w);
        } else {
            enum db_trouble trouble = db_trouble(w->db);
            db_rollback(w->db);
            stop_awaited(w);
            failed(w, trouble, &err);
        }
    }
    if (w->refusal.text[0])
        answer_all(w, true);
}

/* ---- the thread ---- */

static bool
work_has_come(void *arg)
{
    struct writer *w = arg;
    pthread_mutex_lock(&w->lock);
    bool come = w->head || w->closing;
    pthread_mutex_unlock(&w->lock);
    return come;
}

/* A large file's indexes, while nothing else is to be done; work that comes ends it, and it begins anew later. */
static void
check_deeply(struct writer *w)
{
    struct err err = {{0}};
    db_set_interrupt(w->db, work_has_come, w);
    bool ok = schema_check(w->db, SCHEMA_DEEP, &err);
    db_set_interrupt(w->db, NULL, NULL);
    if (ok)
        w->deeply_checked = true;
    else if (db_trouble(w->db) == DB_DAMAGED)
        give_up(w, &err);
}

static int64_t
next_wake(const struct writer *w)
{
    if (w->retry_at_us != NEVER_US)
        return w->retry_at_us;
    if (w->refusal.text[0])
        return NEVER_US;
    if (!w->writable)
        return clock_us() + FIRST_SILENCE_MS * (int64_t)US_PER_MS;
    return w->deeply_checked ? NEVER_US : clock_us() + IDLE_MS * (int64_t)US_PER_MS;
}

/* Until something comes, or it is time. true: something came. */
static bool
wait_for_work(struct writer *w, int64_t wake_us, bool *closing)
{
    pthread_mutex_lock(&w->lock);
    while (!w->head && w->closing == *closing && clock_us() < wake_us)
        thread_cond_wait(&w->more, &w->lock, wake_us);
    bool came = w->head != NULL;
    if (came) {
        *w->work_tail = w->head;
        w->work_tail = w->tail;
        w->head = NULL;
        w->tail = &w->head;
    }
    *closing = w->closing;
    pthread_mutex_unlock(&w->lock);
    return came;
}

/* What could not be written in time goes into a recovery file. */
static void
leave(struct writer *w)
{
    struct err err = {{0}};
    if (w->db && w->writable)
        recover_own(w->db, instance_lock_id(w->instance_lock), NULL);
    w->leftover.count = writer_count_waiting(w);
    if (w->leftover.count && !(w->leftover.file = recovery_write(w->path, w->work, &err)))
        w->leftover.why = err;
    while (w->work) {
        struct write_request *req = w->work;
        w->work = req->next;
        err_set(&req->err, "the program ends");
        req->refused = true;
        if (req->awaited)
            writer_answer(w, req);
        else
            write_request_destroy(&req);
    }
    db_close(&w->db);
    instance_lock_destroy(&w->instance_lock);
}

void *
writer_thread(void *arg)
{
    struct writer *w = arg;
    bool closing = false;
    int64_t end_us = NEVER_US;
    enum db_trouble trouble = DB_REFUSED;
    struct err err = {{0}};
    w->retry_ms = FIRST_RETRY_MS;
    if (!open_file(w, &trouble, &err))
        failed(w, trouble, &err);
    for (;;) {
        int64_t wake_us = next_wake(w);
        bool came = wait_for_work(w, wake_us < end_us ? wake_us : end_us, &closing);
        bool due = clock_us() >= wake_us;
        if (closing && end_us == NEVER_US) {
            end_us = clock_us() + WRITER_CLOSE_MS * (int64_t)US_PER_MS;
            due = due || w->state.cause == UNSAVED_READONLY;
        }
        if (w->retry_at_us != NEVER_US && !due) {
            if (came)
                writer_tell_unsaved(w); /* one more waits */
        } else if (w->work) {
            try_work(w);
        } else if (closing) {
            break;
        } else if (!w->writable) {
            try_work(w);
        } else if (!w->deeply_checked && due) {
            check_deeply(w);
        }
        /* Permissions do not change while a program waits to end. */
        if (closing && (!w->work || clock_us() >= end_us || w->state.cause == UNSAVED_READONLY))
            break;
    }
    leave(w);
    pthread_mutex_lock(&w->lock);
    w->over = true;
    pthread_cond_broadcast(&w->ended);
    pthread_mutex_unlock(&w->lock);
    return NULL;
}
