/* What waits for the lane: copies of everything that was asked, so that the main thread may go on
 * changing its model. Owner: the queue, then the lane. */
#ifndef BERDUA_STORE_WRITE_REQUEST_H
#define BERDUA_STORE_WRITE_REQUEST_H

#include "berdua/base/err.h"
#include "berdua/chat/conversation.h"
#include "berdua/chat/health.h"

enum write_kind {
    WRITE_SESSION,
    WRITE_TURN,
    WRITE_ANSWER,
    WRITE_CHECKPOINT,
    WRITE_OUTCOME,
    WRITE_VERDICT,
    WRITE_BREAKER,
    WRITE_CONTEXT,
    WRITE_SIDE_CALL,
    WRITE_QUEUE,      /* session is to be analysed, or (flag) would have to be */
    WRITE_MEMORY_OUT, /* user is taken out, or (flag false) let in again */
    WRITE_LOAD,
    WRITE_OLDER,
    WRITE_ROLLOUT
};

struct write_request {
    struct write_request *next;
    enum write_kind kind;
    int64_t ticket;
    char *session, *turn_id, *answer_id, *user, *title, *rater; /* as the kind needs */
    int64_t at_us;
    struct turn *turn;               /* WRITE_TURN */
    enum brain_id served, canonical; /* WRITE_OUTCOME */
    struct answer answer;            /* WRITE_ANSWER, WRITE_SIDE_CALL */
    char *context;                   /* WRITE_TURN, WRITE_OUTCOME: JSON; NULL: the turn has none */
    char *topic, *language, *text, *model; /* WRITE_CONTEXT */
    int64_t expires_us;
    char *purpose;    /* WRITE_SIDE_CALL */
    struct buf bytes; /* WRITE_CHECKPOINT */
    size_t offset, limit;
    bool flag;
    int64_t before_seq;
    struct verdict verdict;
    enum brain_id brain; /* WRITE_BREAKER */
    struct breaker breaker;
    /* what the lane found */
    bool failed;
    struct err err;
    int64_t seq;
};

struct write_request *write_request_create(enum write_kind kind);
void write_request_destroy(struct write_request **req);
bool write_request_is_load(const struct write_request *req);
void answer_copy(struct answer *to, const struct answer *from);
/* But for the verdict and the context. */
struct turn *turn_dup(const struct turn *t);

#endif
