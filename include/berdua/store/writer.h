/* The writer: one thread with the only connection that writes while a chat or `ask` runs. It owns durability: a
 * request that cannot be written for a passing reason (another program's lock, a full disk, a read-only file) stays at
 * the head of the queue, in order, and is tried again until it is committed and synced to disk; what depends on it
 * waits behind it. Only what can never succeed is refused. Requests that wait at the same time share a transaction.
 *
 * Every request has an id, never 0: the caller's, or one that is made for it; the acknowledgement carries it.
 * Arguments are copied. Thread: main; ops are called on the main thread, from the mailbox. */
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

/* What became of a request. */
struct write_ack {
    uint64_t request;
    const char *refused; /* NULL: it is committed and synced; else why it never will be */
    bool
        follows; /* refused because what it belongs to was refused: the same cause, which has been told before */
    int64_t seq;        /* of a turn: its number within the session */
    enum brain_id left; /* of a blind turn: who stands at the left, as was drawn; else BRAIN_NONE */
};

enum unsaved_cause {
    UNSAVED_NOTHING,
    UNSAVED_BUSY,     /* another program holds the database's lock */
    UNSAVED_FULL,     /* the disk is full */
    UNSAVED_READONLY, /* the file may not be written to, or something about it fails that may pass */
    UNSAVED_LOST      /* it never can be in this session; said by the runner, not by the writer */
};

/* Why nothing can be saved at the moment. */
struct unsaved {
    enum unsaved_cause cause; /* UNSAVED_NOTHING: it can; the rest is unset */
    size_t waiting;           /* requests */
    int64_t since_wall_us;    /* when the oldest of them was tried first */
    char reason[512];         /* one line: the file, what is wrong, what to do */
};

struct writer_ops {
    void (*acknowledged)(void *arg, const struct write_ack *ack);
    /* The state changed. A lock is waited for quietly for a moment before it is told, anything else is told at once. */
    void (*unsaved)(void *arg, const struct unsaved *now);
    /* Nothing can be saved any more in this session: damage, a newer format, a file that was deleted or replaced. Told
     * once; every request is refused with this cause. The file is left untouched. */
    void (*lost)(void *arg, const char *why);
    /* A line for the operator: what recovery files held, or why one was refused. */
    void (*notice)(void *arg, const char *line);
};

/* Starts the thread; the file is opened there (made 0600 in a 0700 folder, migrated, answers that dead instances left
 * running marked interrupted, recovery files taken up). It is examined for damage before the first write.
 * url: "sqlite:" for $XDG_DATA_HOME/berdua/berdua.db, "sqlite:PATH", or a bare path. */
struct writer *writer_open(const char *url, struct mailbox *mb, const struct writer_ops *ops,
                           void *arg, struct err *err);
/* The program is to end: no worker waits for a request any longer whose transaction has not begun. */
void writer_release_workers(struct writer *w);
/* Writes what waits; tries for WRITER_CLOSE_MS at most, then puts it into a recovery file beside the database, or in
 * $XDG_STATE_HOME/berdua, which the next start takes up. say (may be NULL) gets lines for the operator: what still
 * waits and why, and where it is in the end. false: something is not in the database. */
enum { WRITER_CLOSE_MS = 5000 };
bool writer_close(struct writer **w, void (*say)(void *arg, const char *line), void *arg);

/* request: the id, or 0: then one is made, which has this bit. The id is returned. */
#define WRITER_OWN_IDS ((uint64_t)1 << 63)
uint64_t writer_put_session(struct writer *w, const struct conversation *c, uint64_t request);
/* The turn and the answers that were asked (rows in state running). The acknowledgement has its seq. The sides of a
 * blind turn are drawn with it, the next of this rater in its category, whichever instance asks. */
uint64_t writer_put_turn(struct writer *w, const char *session, const struct turn *t,
                         uint64_t request);
/* Inserts or replaces the whole answer row. */
uint64_t writer_put_answer(struct writer *w, const char *turn_id, const struct answer *a,
                           uint64_t request);
/* Appends to the stored text of a running answer; offset is where p begins, so a repeat is harmless. */
uint64_t writer_checkpoint(struct writer *w, const char *answer_id, size_t offset, const char *p,
                           size_t n, uint64_t request);
/* served, canonical, route and context. */
uint64_t writer_put_turn_outcome(struct writer *w, const struct turn *t, uint64_t request);
/* One append-only row of table `verdict`. */
uint64_t writer_put_verdict(struct writer *w, const char *session, const char *turn_id,
                            const struct verdict *v, const char *rater, uint64_t request);
/* The same about a pair that a review shows again (origin "review"). The turn holds the answers and the side that were shown;
 * side: its number among the sides that were drawn for the rater in its category, from 0, and their seed; -1: it was not
 * drawn. */
struct reviewed_pair {
    const char *session;
    const struct turn *turn;
    int attempt;
    int64_t side, seed;
};
uint64_t writer_put_review(struct writer *w, const struct reviewed_pair *pair,
                           const struct verdict *v, const char *rater, uint64_t request);
/* wall_us: when it became so; an older state than the stored one changes nothing. */
uint64_t writer_put_breaker(struct writer *w, enum brain_id brain, const struct breaker *b,
                            int64_t wall_us);
/* What LLAMA wrote of a culture, kept for later messages; the same key again replaces it. */
uint64_t writer_put_context(struct writer *w, const struct saved_context *c);
/* A call that is no answer, for its cost. purpose: "context", "analysis". session NULL: none. Its text is not kept. */
uint64_t writer_put_side_call(struct writer *w, const char *purpose, const char *session,
                              const struct answer *a, int64_t wall_us);
/* The session is to be analysed (memory_store.h), unless none of its turns is new or its user is out. */
uint64_t writer_queue_analysis(struct writer *w, const char *session, int64_t wall_us);
/* The same, should this instance be killed before it says so: from due_us on, once it is dead. */
uint64_t writer_reserve_analysis(struct writer *w, const char *session, int64_t due_us);
/* Takes a user out of what is inferred about people, or lets them in again. */
uint64_t writer_set_memory_out(struct writer *w, const char *user, bool is_out, int64_t wall_us);

#endif
