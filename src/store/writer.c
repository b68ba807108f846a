#include "berdua/store/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/chat/turn_json.h"
#include "berdua/core/event.h"
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

struct store {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    /* under the lock */
    struct op *head, *tail;
    bool closing;
    /* main thread only */
    int64_t last_ticket;
    /* lane only, once it runs */
    struct mailbox *mb;
    char *path;
    struct db *db; /* NULL: refused, see why_not */
    struct presence *presence;
    bool writable;
    bool told; /* ticket 0 has gone out */
    struct err why_not;
};

static void
post(struct store *s, enum event_kind kind, int64_t ticket, const char *text, int64_t seq,
     void *data)
{
    struct event *ev = event_create(kind, 0, 0);
    ev->num = ticket;
    ev->merged = (uint32_t)seq;
    ev->data = data;
    if (text)
        buf_append_str(&ev->text, text);
    mailbox_push(s->mb, &ev, NULL);
}

/* Tells once, at the start, that nothing is saved. */
static void
tell_refusal(struct store *s)
{
    if (!s->told)
        post(s, EV_STORE_FAILED, 0, s->why_not.text, 0, NULL);
    s->told = true;
}

static void
make_writable(struct store *s)
{
    if (s->writable || !s->db)
        return;
    s->why_not.text[0] = 0;
    enum open_result result = open_for_writing(s->db, &s->presence, &s->why_not);
    s->writable = result == OPEN_READY;
    if (result == OPEN_DAMAGED)
        db_close(&s->db);
    if (!s->writable)
        tell_refusal(s);
}

/* ---- writes: as many as wait go into one transaction, and so share one sync ---- */

static void
fail_all(struct op *list, const struct err *err)
{
    for (struct op *op = list; op; op = op->next) {
        op->failed = true;
        op->err = *err;
    }
}

/* One op fails alone; false: the whole transaction is gone. */
static bool
write_one(struct store *s, struct op *op)
{
    if (!db_exec(s->db, "SAVEPOINT op", &op->err))
        return false;
    op->failed = !write_op(s->db, op, presence_id(s->presence), &op->err);
    if (op->failed && (!db_in_transaction(s->db) || !db_exec(s->db, "ROLLBACK TO op", NULL)))
        return false;
    return db_exec(s->db, "RELEASE op", &op->err);
}

static void
write_group(struct store *s, struct op *list)
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
    for (struct op *op = list; op; op = op->next) {
        if (!write_one(s, op)) {
            err = op->err;
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
load(struct store *s, const struct op *op, struct err *err)
{
    char id[27] = "";
    struct read_owner owner = {.self = s->presence ? presence_id(s->presence) : NULL};
    if (!s->db) {
        *err = s->why_not;
        return NULL;
    }
    if (op->kind == OP_LOAD && !read_find_session(s->db, op->session, op->user, id, err)) {
        if (!err->text[0])
            err_set(err, "%s has no session yet", op->user);
        return NULL;
    }
    return read_session(s->db, op->kind == OP_LOAD ? id : op->session, op->before_seq, op->limit,
                        &owner, err);
}

static struct rollout_state *
load_rollout(struct store *s, struct err *err)
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
run_load(struct store *s, struct op *op)
{
    struct err err = {{0}};
    bool rollout = op->kind == OP_ROLLOUT;
    void *data = rollout ? (void *)load_rollout(s, &err) : (void *)load(s, op, &err);
    if (!data) {
        post(s, EV_STORE_FAILED, op->ticket, err.text, 0, NULL);
        return;
    }
    struct event *ev = event_create(EV_LOADED, 0, 0);
    ev->num = op->ticket;
    ev->data = data;
    ev->free_data = rollout ? free : free_conversation;
    mailbox_push(s->mb, &ev, NULL);
}

/* ---- the thread ---- */

static void
run_batch(struct store *s, struct op *list)
{
    while (list) {
        struct op *first = list, *last = list;
        if (op_is_load(first)) {
            list = first->next;
            run_load(s, first);
            op_destroy(&first);
            continue;
        }
        while (last->next && !op_is_load(last->next))
            last = last->next;
        list = last->next;
        last->next = NULL;
        write_group(s, first);
        for (struct op *op = first, *next; op; op = next) {
            next = op->next;
            post(s, op->failed ? EV_STORE_FAILED : EV_STORED, op->ticket,
                 op->failed ? op->err.text : NULL, op->seq, NULL);
            op_destroy(&op);
        }
    }
}

/* Everything that waits. Until the file has been examined the first silence ends it, with nothing: the
 * examination reads the whole file, and a session that is wanted at the start shall not wait for it. */
static struct op *
wait_for_work(struct store *s, bool examined, bool *closing)
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
    struct op *list = s->head;
    *closing = s->closing;
    s->head = s->tail = NULL;
    pthread_mutex_unlock(&s->lock);
    return list;
}

static void *
lane(void *arg)
{
    struct store *s = arg;
    bool examined = false, closing;
    s->db = open_for_reading(s->path, &s->why_not);
    if (!s->db)
        tell_refusal(s);
    for (;;) {
        struct op *list = wait_for_work(s, examined, &closing);
        if (list)
            run_batch(s, list);
        else if (closing)
            break;
        else
            make_writable(s);
        examined = examined || !list || s->writable;
    }
    if (s->db && s->writable)
        recover_own(s->db, presence_id(s->presence), NULL);
    db_close(&s->db);
    presence_destroy(&s->presence);
    return NULL;
}

struct store *
store_open(const char *url, struct mailbox *mb, struct err *err)
{
    char *path = file_from_url(url, err);
    if (!path)
        return NULL;
    struct store *s = xcalloc(1, sizeof *s);
    s->mb = mb;
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
store_close(struct store **sp)
{
    struct store *s = *sp;
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
store_path(const struct store *s)
{
    return s->path;
}

/* ---- the main thread's side: copy, queue, return ---- */

static int64_t
enqueue(struct store *s, struct op *op)
{
    int64_t ticket = op->ticket = ++s->last_ticket;
    pthread_mutex_lock(&s->lock);
    if (s->tail)
        s->tail->next = op;
    else
        s->head = op;
    s->tail = op;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
    return ticket;
}

int64_t
store_put_session(struct store *s, const struct conversation *c)
{
    struct op *op = op_create(OP_SESSION);
    op->session = xstrdup(c->id);
    op->user = xstrdup(c->user);
    op->title = xstrdup(c->title);
    op->at_us = c->started_wall_us;
    return enqueue(s, op);
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
store_put_turn(struct store *s, const char *session, const struct turn *t)
{
    struct op *op = op_create(OP_TURN);
    op->session = xstrdup(session);
    op->turn = turn_dup(t);
    op->context = context_text(t);
    return enqueue(s, op);
}

int64_t
store_put_answer(struct store *s, const char *turn_id, const struct answer *a)
{
    struct op *op = op_create(OP_ANSWER);
    op->turn_id = xstrdup(turn_id);
    answer_copy(&op->answer, a);
    return enqueue(s, op);
}

int64_t
store_checkpoint(struct store *s, const char *answer_id, size_t offset, const char *p, size_t n)
{
    struct op *op = op_create(OP_CHECKPOINT);
    op->answer_id = xstrdup(answer_id);
    op->offset = offset;
    buf_append(&op->bytes, p, n);
    return enqueue(s, op);
}

int64_t
store_put_turn_outcome(struct store *s, const struct turn *t)
{
    struct op *op = op_create(OP_OUTCOME);
    op->turn_id = xstrdup(t->id);
    op->served = t->served;
    op->canonical = t->canonical;
    struct json *route = route_to_json(t); /* who took over is known by now */
    if (route)
        json_print(route, &op->bytes);
    json_free(route);
    op->context = context_text(t);
    return enqueue(s, op);
}

int64_t
store_put_verdict(struct store *s, const char *session, const char *turn_id,
                  const struct verdict *v, const char *rater)
{
    struct op *op = op_create(OP_VERDICT);
    op->session = xstrdup(session);
    op->turn_id = xstrdup(turn_id);
    op->verdict =
        (struct verdict){.kind = v->kind, .note = xstrdup(v->note), .at_wall_us = v->at_wall_us};
    op->rater = xstrdup(rater ? rater : "anonymous");
    return enqueue(s, op);
}

int64_t
store_load_session(struct store *s, const char *id, const char *user, size_t limit)
{
    struct op *op = op_create(OP_LOAD);
    op->session = xstrdup(id);
    op->user = xstrdup(user ? user : "anonymous");
    op->limit = limit;
    return enqueue(s, op);
}

int64_t
store_load_older(struct store *s, const char *session, int64_t before_seq, size_t limit)
{
    struct op *op = op_create(OP_OLDER);
    op->session = xstrdup(session);
    op->before_seq = before_seq;
    op->limit = limit;
    return enqueue(s, op);
}

int64_t
store_load_rollout(struct store *s)
{
    return enqueue(s, op_create(OP_ROLLOUT));
}

int64_t
store_put_breaker(struct store *s, enum brain_id brain, const struct breaker *b, int64_t wall_us)
{
    struct op *op = op_create(OP_BREAKER);
    op->brain = brain;
    op->breaker = *b;
    op->at_us = wall_us;
    return enqueue(s, op);
}

int64_t
store_put_context(struct store *s, const struct saved_context *c)
{
    struct op *op = op_create(OP_CONTEXT);
    op->user = c->user && *c->user ? xstrdup(c->user) : NULL;
    op->topic = xstrdup(c->topic);
    op->language = xstrdup(c->language);
    op->text = xstrdup(c->text);
    op->model = xstrdup(c->model);
    op->at_us = c->at_wall_us;
    op->expires_us = c->expires_wall_us;
    return enqueue(s, op);
}

int64_t
store_put_side_call(struct store *s, const char *purpose, const char *session,
                    const struct answer *a, int64_t wall_us)
{
    struct op *op = op_create(OP_SIDE_CALL);
    op->purpose = xstrdup(purpose);
    op->session = xstrdup(session);
    answer_copy(&op->answer, a);
    op->at_us = wall_us;
    return enqueue(s, op);
}

int64_t
store_queue_analysis(struct store *s, const char *session, int64_t wall_us)
{
    struct op *op = op_create(OP_QUEUE);
    op->session = xstrdup(session);
    op->at_us = wall_us;
    return enqueue(s, op);
}

int64_t
store_reserve_analysis(struct store *s, const char *session, int64_t due_us)
{
    struct op *op = op_create(OP_QUEUE);
    op->session = xstrdup(session);
    op->at_us = due_us;
    op->flag = true;
    return enqueue(s, op);
}

int64_t
store_set_memory_out(struct store *s, const char *user, bool is_out, int64_t wall_us)
{
    struct op *op = op_create(OP_MEMORY_OUT);
    op->user = xstrdup(user);
    op->flag = is_out;
    op->at_us = wall_us;
    return enqueue(s, op);
}
