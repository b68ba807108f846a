#include "berdua/store/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/turn_json.h"
#include "berdua/core/mailbox.h"
#include "berdua/core/thread.h"
#include "berdua/store/saved_contexts.h"
#include "db.h"
#include "file.h"
#include "write_request.h"
#include "open.h"
#include "session_rows.h"
#include "recover.h"
#include "rollout_rows.h"
#include "schema.h"
#include "write.h"

enum { FIRST_SILENCE_MS = 60 };

struct writer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    /* under the lock */
    struct write_request *head, *tail;
    bool closing;
    /* main thread only */
    int64_t last_ticket;
    /* lane only, once it runs */
    struct mailbox *mb;
    writer_answered *answered;
    void *arg;
    char *path;
    struct db *db; /* NULL: refused, see why_not */
    struct instance_lock *instance_lock;
    bool writable;
    bool told; /* ticket 0 has gone out */
    struct err why_not;
};

struct answer_mail {
    struct mail mail;
    writer_answered *answered;
    void *arg;
    struct writer_answer answer;
    char *why;
};

static void
drop_answer(struct mail *m)
{
    struct answer_mail *am = (struct answer_mail *)m;
    if (am->answer.data)
        am->answer.free_data(am->answer.data);
    free(am->why);
    free(am);
}

static void
deliver_answer(struct mail *m)
{
    struct answer_mail *am = (struct answer_mail *)m;
    am->answered(am->arg, &am->answer);
    drop_answer(m);
}

static void
post(struct writer *s, const struct writer_answer *a)
{
    struct answer_mail *am = xcalloc(1, sizeof *am);
    am->mail = (struct mail){.deliver = deliver_answer, .drop = drop_answer};
    am->answered = s->answered;
    am->arg = s->arg;
    am->answer = *a;
    am->answer.why = am->why = xstrdup(a->why);
    mailbox_push(s->mb, &am->mail, NULL);
}

/* Tells once, at the start, that nothing is saved. */
static void
tell_refusal(struct writer *s)
{
    if (!s->told)
        post(s, &(struct writer_answer){.kind = WRITER_FAILED, .why = s->why_not.text});
    s->told = true;
}

static void
make_writable(struct writer *s)
{
    if (s->writable || !s->db)
        return;
    s->why_not.text[0] = 0;
    enum open_result result = open_for_writing(s->db, &s->instance_lock, &s->why_not);
    s->writable = result == OPEN_READY;
    if (result == OPEN_DAMAGED)
        db_close(&s->db);
    if (!s->writable)
        tell_refusal(s);
}

/* ---- writes: as many as wait go into one transaction, and so share one sync ---- */

static void
fail_all(struct write_request *list, const struct err *err)
{
    for (struct write_request *req = list; req; req = req->next) {
        req->failed = true;
        req->err = *err;
    }
}

/* One req fails alone; false: the whole transaction is gone. */
static bool
write_one(struct writer *s, struct write_request *req)
{
    if (!db_exec(s->db, "SAVEPOINT op", &req->err))
        return false;
    req->failed = !write_op(s->db, req, instance_lock_id(s->instance_lock), &req->err);
    if (req->failed && (!db_in_transaction(s->db) || !db_exec(s->db, "ROLLBACK TO op", NULL)))
        return false;
    return db_exec(s->db, "RELEASE op", &req->err);
}

static void
write_group(struct writer *s, struct write_request *list)
{
    struct err err = {{0}};
    make_writable(s);
    if (!s->writable) {
        fail_all(list, &s->why_not);
        return;
    }
    if (!db_begin(s->db, &err)) {
        fail_all(list, &err);
        return;
    }
    if (db_has_moved(s->db))
        err_set(&err, "%s: was deleted or moved while in use; start berdua again", s->path);
    if (err.text[0] || !schema_still_current(s->db, &err)) {
        db_rollback(s->db);
        fail_all(list, &err);
        return;
    }
    for (struct write_request *req = list; req; req = req->next) {
        if (!write_one(s, req)) {
            err = req->err;
            db_rollback(s->db);
            fail_all(list, &err);
            return;
        }
    }
    if (!db_commit(s->db, &err))
        fail_all(list, &err);
}

/* ---- loads ---- */

static void
free_conversation(void *c)
{
    struct conversation *conversation = c;
    conversation_destroy(&conversation);
}

static struct conversation *
load(struct writer *s, const struct write_request *req, struct err *err)
{
    char id[27] = "";
    struct read_owner owner = {.self =
                                   s->instance_lock ? instance_lock_id(s->instance_lock) : NULL};
    if (!s->db) {
        *err = s->why_not;
        return NULL;
    }
    if (req->kind == WRITE_LOAD && !read_find_session(s->db, req->session, req->user, id, err)) {
        if (!err->text[0])
            err_set(err, "%s has no session yet", req->user);
        return NULL;
    }
    return read_session(s->db, req->kind == WRITE_LOAD ? id : req->session, req->before_seq,
                        req->limit, &owner, err);
}

static struct rollout_state *
load_rollout(struct writer *s, struct err *err)
{
    struct rollout_state *state = xcalloc(1, sizeof *state);
    if (!s->db)
        *err = s->why_not;
    if (s->db && rollout_read_state(s->db, state, err))
        return state;
    free(state);
    return NULL;
}

static void
run_load(struct writer *s, struct write_request *req)
{
    struct err err = {{0}};
    bool rollout = req->kind == WRITE_ROLLOUT;
    void *data = rollout ? (void *)load_rollout(s, &err) : (void *)load(s, req, &err);
    if (!data) {
        post(s, &(struct writer_answer){
                    .kind = WRITER_FAILED, .request_id = req->ticket, .why = err.text});
        return;
    }
    post(s, &(struct writer_answer){.kind = WRITER_LOADED,
                                    .request_id = req->ticket,
                                    .data = data,
                                    .free_data = rollout ? free : free_conversation});
}

/* ---- the thread ---- */

static void
run_batch(struct writer *s, struct write_request *list)
{
    while (list) {
        struct write_request *first = list, *last = list;
        if (write_request_is_load(first)) {
            list = first->next;
            run_load(s, first);
            write_request_destroy(&first);
            continue;
        }
        while (last->next && !write_request_is_load(last->next))
            last = last->next;
        list = last->next;
        last->next = NULL;
        write_group(s, first);
        for (struct write_request *req = first, *next; req; req = next) {
            next = req->next;
            post(s, &(struct writer_answer){.kind = req->failed ? WRITER_FAILED : WRITER_STORED,
                                            .request_id = req->ticket,
                                            .seq = req->seq,
                                            .why = req->failed ? req->err.text : NULL});
            write_request_destroy(&req);
        }
    }
}

/* Everything that waits. Until the file has been examined the first silence ends it, with nothing: the
 * examination reads the whole file, and a session that is wanted at the start shall not wait for it. */
static struct write_request *
wait_for_work(struct writer *s, bool examined, bool *closing)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += FIRST_SILENCE_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&s->lock);
    int code = 0;
    while (!s->head && !s->closing && code == 0)
        code = examined ? pthread_cond_wait(&s->more, &s->lock)
                        : pthread_cond_timedwait(&s->more, &s->lock, &until);
    struct write_request *list = s->head;
    *closing = s->closing;
    s->head = s->tail = NULL;
    pthread_mutex_unlock(&s->lock);
    return list;
}

static void *
lane(void *arg)
{
    struct writer *s = arg;
    bool examined = false, closing;
    s->db = open_for_reading(s->path, &s->why_not);
    if (!s->db)
        tell_refusal(s);
    for (;;) {
        struct write_request *list = wait_for_work(s, examined, &closing);
        if (list)
            run_batch(s, list);
        else if (closing)
            break;
        else
            make_writable(s);
        examined = examined || !list || s->writable;
    }
    if (s->db && s->writable)
        recover_own(s->db, instance_lock_id(s->instance_lock), NULL);
    db_close(&s->db);
    instance_lock_destroy(&s->instance_lock);
    return NULL;
}

struct writer *
writer_open(const char *url, struct mailbox *mb, writer_answered *answered, void *arg,
            struct err *err)
{
    char *path = file_from_url(url, err);
    if (!path)
        return NULL;
    struct writer *s = xcalloc(1, sizeof *s);
    s->mb = mb;
    s->answered = answered;
    s->arg = arg;
    s->path = path;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->more, NULL);
    int code = thread_start(&s->thread, lane, s);
    if (code == 0)
        return s;
    err_set(err, "cannot start the thread that saves: %s", strerror(code));
    free(s->path);
    free(s);
    return NULL;
}

void
writer_close(struct writer **sp)
{
    struct writer *s = *sp;
    *sp = NULL;
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->more);
    pthread_mutex_destroy(&s->lock);
    free(s->path);
    free(s);
}

const char *
writer_path(const struct writer *s)
{
    return s->path;
}

/* ---- the main thread's side: copy, queue, return ---- */

static int64_t
enqueue(struct writer *s, struct write_request *req)
{
    int64_t ticket = req->ticket = ++s->last_ticket;
    pthread_mutex_lock(&s->lock);
    if (s->tail)
        s->tail->next = req;
    else
        s->head = req;
    s->tail = req;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
    return ticket;
}

int64_t
writer_put_session(struct writer *s, const struct conversation *c)
{
    struct write_request *req = write_request_create(WRITE_SESSION);
    req->session = xstrdup(c->id);
    req->user = xstrdup(c->user);
    req->title = xstrdup(c->title);
    req->at_us = c->started_wall_us;
    return enqueue(s, req);
}

static char *
context_text(const struct turn *t)
{
    struct json *context = context_to_json(&t->context);
    if (!context)
        return NULL;
    struct buf text;
    buf_init(&text, 2 * ANSWER_MAX_BYTES);
    json_print(context, &text);
    json_free(context);
    return buf_take(&text);
}

int64_t
writer_put_turn(struct writer *s, const char *session, const struct turn *t)
{
    struct write_request *req = write_request_create(WRITE_TURN);
    req->session = xstrdup(session);
    req->turn = turn_dup(t);
    req->context = context_text(t);
    return enqueue(s, req);
}

int64_t
writer_put_answer(struct writer *s, const char *turn_id, const struct answer *a)
{
    struct write_request *req = write_request_create(WRITE_ANSWER);
    req->turn_id = xstrdup(turn_id);
    answer_copy(&req->answer, a);
    return enqueue(s, req);
}

int64_t
writer_checkpoint(struct writer *s, const char *answer_id, size_t offset, const char *p, size_t n)
{
    struct write_request *req = write_request_create(WRITE_CHECKPOINT);
    req->answer_id = xstrdup(answer_id);
    req->offset = offset;
    buf_append(&req->bytes, p, n);
    return enqueue(s, req);
}

int64_t
writer_put_turn_outcome(struct writer *s, const struct turn *t)
{
    struct write_request *req = write_request_create(WRITE_OUTCOME);
    req->turn_id = xstrdup(t->id);
    req->served = t->served;
    req->canonical = t->canonical;
    struct json *route = route_to_json(t); /* who took over is known by now */
    if (route)
        json_print(route, &req->bytes);
    json_free(route);
    req->context = context_text(t);
    return enqueue(s, req);
}

int64_t
writer_put_verdict(struct writer *s, const char *session, const char *turn_id,
                   const struct verdict *v, const char *rater)
{
    struct write_request *req = write_request_create(WRITE_VERDICT);
    req->session = xstrdup(session);
    req->turn_id = xstrdup(turn_id);
    req->verdict =
        (struct verdict){.kind = v->kind, .note = xstrdup(v->note), .at_wall_us = v->at_wall_us};
    req->rater = xstrdup(rater ? rater : "anonymous");
    return enqueue(s, req);
}

int64_t
writer_load_session(struct writer *s, const char *id, const char *user, size_t limit)
{
    struct write_request *req = write_request_create(WRITE_LOAD);
    req->session = xstrdup(id);
    req->user = xstrdup(user ? user : "anonymous");
    req->limit = limit;
    return enqueue(s, req);
}

int64_t
writer_load_older(struct writer *s, const char *session, int64_t before_seq, size_t limit)
{
    struct write_request *req = write_request_create(WRITE_OLDER);
    req->session = xstrdup(session);
    req->before_seq = before_seq;
    req->limit = limit;
    return enqueue(s, req);
}

int64_t
writer_load_rollout(struct writer *s)
{
    return enqueue(s, write_request_create(WRITE_ROLLOUT));
}

int64_t
writer_put_breaker(struct writer *s, enum brain_id brain, const struct breaker *b, int64_t wall_us)
{
    struct write_request *req = write_request_create(WRITE_BREAKER);
    req->brain = brain;
    req->breaker = *b;
    req->at_us = wall_us;
    return enqueue(s, req);
}

int64_t
writer_put_context(struct writer *s, const struct saved_context *c)
{
    struct write_request *req = write_request_create(WRITE_CONTEXT);
    req->user = c->user && *c->user ? xstrdup(c->user) : NULL;
    req->topic = xstrdup(c->topic);
    req->language = xstrdup(c->language);
    req->text = xstrdup(c->text);
    req->model = xstrdup(c->model);
    req->at_us = c->at_wall_us;
    req->expires_us = c->expires_wall_us;
    return enqueue(s, req);
}

int64_t
writer_put_side_call(struct writer *s, const char *purpose, const char *session,
                     const struct answer *a, int64_t wall_us)
{
    struct write_request *req = write_request_create(WRITE_SIDE_CALL);
    req->purpose = xstrdup(purpose);
    req->session = xstrdup(session);
    answer_copy(&req->answer, a);
    req->at_us = wall_us;
    return enqueue(s, req);
}

int64_t
writer_queue_analysis(struct writer *s, const char *session, int64_t wall_us)
{
    struct write_request *req = write_request_create(WRITE_QUEUE);
    req->session = xstrdup(session);
    req->at_us = wall_us;
    return enqueue(s, req);
}

int64_t
writer_reserve_analysis(struct writer *s, const char *session, int64_t due_us)
{
    struct write_request *req = write_request_create(WRITE_QUEUE);
    req->session = xstrdup(session);
    req->at_us = due_us;
    req->flag = true;
    return enqueue(s, req);
}

int64_t
writer_set_memory_out(struct writer *s, const char *user, bool is_out, int64_t wall_us)
{
    struct write_request *req = write_request_create(WRITE_MEMORY_OUT);
    req->user = xstrdup(user);
    req->flag = is_out;
    req->at_us = wall_us;
    return enqueue(s, req);
}
