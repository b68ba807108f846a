/* What is inferred about people, and what is yet to be analysed: records per conversation, a rolled-up profile
 * per user, who has been taken out, and the queue. The texts are JSON that the store does not look into. A connection
 * of its own, synchronous; reading begins without writing, and a missing file reads as empty.
 * Thread: the caller's, never one that may not wait for the disk; memory_store_look reads one row. */
#ifndef BERDUA_STORE_MEMORY_STORE_H
#define BERDUA_STORE_MEMORY_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answer;
struct err;
struct memory_store;
struct writer;

struct memory_store *memory_store_open(const char *url, struct err *err);
void memory_store_close(struct memory_store **s);
/* In a chat: from now on memory_store_write runs in its writer. */
void memory_store_through(struct memory_store *s, struct writer *w);
/* A transaction that reads and decides: body is run inside it, perhaps more than once (a commit may fail for a passing
 * reason), and returns false to take everything back. Makes the file where it is missing. */
bool memory_store_write(struct memory_store *s,
                        bool (*body)(struct memory_store *inside, void *arg, struct err *err),
                        void *arg, struct err *err);
/* Everything until commit happens as one, and no other instance comes between; what is deleted or replaced is
 * overwritten in the file. Makes the file where it is missing. */
bool memory_store_begin(struct memory_store *s, struct err *err);
bool memory_store_commit(struct memory_store *s, struct err *err);
void memory_store_rollback(struct memory_store *s);

/* ---- people ---- */

struct memory_look {
    bool out;      /* taken out: nothing is inferred or told about them */
    char *profile; /* new; NULL: none, or it has expired */
    int64_t at_us; /* of its newest item */
};
/* since_us: what is older has expired. */
bool memory_store_look(struct memory_store *s, const char *user, int64_t since_us,
                       struct memory_look *out, struct err *err);
/* Between begin and commit. An empty profile (NULL) is deleted. */
bool memory_store_put_profile(struct memory_store *s, const char *user, const char *profile,
                              int64_t at_us, struct err *err);
/* Removes everything inferred about the user for good: from the tables, the file's free pages, and the log
 * beside it; then they are out. false with a reason also when another instance keeps a part from being
 * overwritten; by then it cannot be reached through the tables any more. Not between begin and commit. */
bool memory_store_forget(struct memory_store *s, const char *user, int64_t wall_us,
                         struct err *err);

/* ---- records ---- */

struct memory_record {
    const char *session, *user, *model;
    int64_t through_seq; /* of the last turn that was analysed */
    int64_t at_us;       /* when that turn was */
    int64_t dropped;     /* items left out for want of evidence */
    const char *record;
};
/* Oldest first; each returns false to stop. */
bool memory_store_records(struct memory_store *s, const char *user, int64_t since_us,
                          bool (*each)(void *arg, const struct memory_record *r), void *arg,
                          struct err *err);
/* Between begin and commit. */
bool memory_store_add_record(struct memory_store *s, const struct memory_record *r,
                             struct err *err);
/* Between begin and commit: what the call for it was, for its cost (table side_call, purpose "analysis"). */
bool memory_store_add_call(struct memory_store *s, const char *session, const struct answer *a,
                           int64_t wall_us, struct err *err);
/* Is there anything that has expired? And removes it, between begin and commit. */
bool memory_store_has_expired(struct memory_store *s, int64_t before_us, bool *any,
                              struct err *err);
bool memory_store_sweep(struct memory_store *s, int64_t before_us, struct err *err);

/* ---- the queue ---- */

/* The sequence number up to which a session has been analysed; 0: not at all. */
bool memory_store_progress(struct memory_store *s, const char *session, int64_t *through_seq,
                           struct err *err);
/* Between begin and commit; nothing happens when no turn is new or the user is out. */
bool memory_store_queue(struct memory_store *s, const char *session, int64_t wall_us,
                        struct err *err);

struct memory_pending {
    char session[27]; /* "": nothing is due */
    int attempts;     /* so far */
    int64_t next_us; /* wall clock; nothing due: when something will be, INT64_MAX: nothing waits */
};
/* The oldest one due, of those that no other living instance works at. */
bool memory_store_next(struct memory_store *s, int64_t now_us, struct memory_pending *out,
                       struct err *err);
/* This session's; "" when it is not queued. busy: another living instance works at it. */
bool memory_store_find(struct memory_store *s, const char *session, struct memory_pending *out,
                       bool *busy, struct err *err);
bool memory_store_pending(struct memory_store *s, const char *user,
                          bool (*each)(void *arg, const char *session, int64_t next_us,
                                       int attempts, const char *error),
                          void *arg, struct err *err);
/* Between begin and commit. claim: this instance works at it, which counts as an attempt. */
bool memory_store_claim(struct memory_store *s, const char *session, struct err *err);
/* Let go: tried again from next_us on. error NULL: nobody's fault, so it was no attempt. */
bool memory_store_postpone(struct memory_store *s, const char *session, int64_t next_us,
                           const char *error, struct err *err);
/* Analysed up to this turn: it leaves the queue, unless later ones have come meanwhile. */
bool memory_store_analysed(struct memory_store *s, const char *session, int64_t through_seq,
                           int64_t wall_us, struct err *err);

#endif
