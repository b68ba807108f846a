/* The writer lane: one thread with the only writing database handle. Every function here returns at
 * once with a ticket; the lane answers through the mailbox with WRITER_STORED (committed, synced to disk),
 * WRITER_FAILED or WRITER_LOADED carrying that ticket. Order is kept (FIFO). Arguments are copied.
 * Commits at the end of an answer, at a verdict, and at a checkpoint. SQLite is reached through
 * store/db.c only. Thread: main. */
#ifndef BERDUA_STORE_WRITER_H
#define BERDUA_STORE_WRITER_H

#include "berdua/chat/conversation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct breaker;
struct err;
struct mailbox;
struct saved_context;
struct writer;

enum writer_answer_kind { WRITER_STORED, WRITER_FAILED, WRITER_LOADED };

struct writer_answer {
    enum writer_answer_kind kind;
    int64_t request_id;
    int64_t seq;     /* WRITER_STORED, of a turn: the number the store gave it */
    const char *why; /* WRITER_FAILED; else NULL */
    void *data;      /* WRITER_LOADED: what was asked for; whoever takes it sets it to NULL */
    void (*free_data)(void *data);
};
/* On the main thread. */
typedef void writer_answered(void *arg, struct writer_answer *a);

/* Starts the lane; the file is opened there (made 0600 in a 0700 folder, migrated, and answers left
 * running by dead instances marked interrupted). A file that cannot be opened, is corrupt, or is of a
 * newer version is left untouched and reported as WRITER_FAILED with ticket 0; every ticket after that
 * fails too. The same ticket 0 says that a file is read-only: then loads work and writes fail. Damage
 * anywhere in the file is found before the first write, at the first quiet moment after a load.
 * url: "sqlite:" for $XDG_DATA_HOME/berdua/berdua.db, "sqlite:PATH", or a bare path. */
struct writer *writer_open(const char *url, struct mailbox *mb, writer_answered *answered,
                           void *arg, struct err *err);
/* Writes what is queued, then closes. */
void writer_close(struct writer **s);

int64_t writer_put_session(struct writer *s, const struct conversation *c);
/* The turn and the answers that were asked (rows in state running). The store gives seq, and
 * the answer tells it. */
int64_t writer_put_turn(struct writer *s, const char *session, const struct turn *t);
/* Inserts or replaces the whole answer row. */
int64_t writer_put_answer(struct writer *s, const char *turn_id, const struct answer *a);
/* Appends to the stored text of a running answer; offset is where p begins, so a repeat is harmless. */
int64_t writer_checkpoint(struct writer *s, const char *answer_id, size_t offset, const char *p,
                          size_t n);
/* served, canonical, route and context. */
int64_t writer_put_turn_outcome(struct writer *s, const struct turn *t);
/* One append-only row of table `verdict`. Durable when WRITER_STORED arrives. */
int64_t writer_put_verdict(struct writer *s, const char *session, const char *turn_id,
                           const struct verdict *v, const char *rater);
/* WRITER_LOADED.data = struct conversation (free_data set), its last `limit` turns (0: all). id: whole or a
 * unique prefix of at least four characters; NULL: the newest session of the user that has turns. No such
 * session: WRITER_FAILED. Answers that another instance is still writing come as interrupted. */
int64_t writer_load_session(struct writer *s, const char *id, const char *user, size_t limit);
/* WRITER_LOADED.data = struct conversation holding up to `limit` turns before before_seq. */
int64_t writer_load_older(struct writer *s, const char *session, int64_t before_seq, size_t limit);
/* WRITER_LOADED.data = struct rollout_state (store/rollout.h, free_data set): the stages and breakers in force, also when
 * another instance or `berdua route set` has just changed them. */
int64_t writer_load_rollout(struct writer *s);
int64_t writer_put_breaker(struct writer *s, enum brain_id brain, const struct breaker *b,
                           int64_t wall_us);
/* What LLAMA wrote of a culture, kept for later messages (store/context.h); the same key again replaces it. */
int64_t writer_put_context(struct writer *s, const struct saved_context *c);
/* A call that is no answer, for its cost. purpose: "context", "analysis". session NULL: none. Its text is not kept. */
int64_t writer_put_side_call(struct writer *s, const char *purpose, const char *session,
                             const struct answer *a, int64_t wall_us);
/* The session is to be analysed (store/memory.h), unless none of its turns is new or its user is out. */
int64_t writer_queue_analysis(struct writer *s, const char *session, int64_t wall_us);
/* The same, should this instance be killed before it says so: from due_us on, once it is dead. */
int64_t writer_reserve_analysis(struct writer *s, const char *session, int64_t due_us);
/* Takes a user out of what is inferred about people, or lets them in again. */
int64_t writer_set_memory_out(struct writer *s, const char *user, bool is_out, int64_t wall_us);
/* The file in use, for messages. */
const char *writer_path(const struct writer *s);

#endif
