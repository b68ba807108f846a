/* What waits for the lane: copies of everything that was asked, so that the main thread may go on
 * changing its model. Owner: the queue, then the lane. */
#ifndef BERDUA_STORE_WRITE_REQUEST_H
#define BERDUA_STORE_WRITE_REQUEST_H

#include "berdua/base/err.h"
#include "berdua/chat/conversation.h"
#include "berdua/chat/health.h"

enum op_kind {
    OP_SESSION,
    OP_TURN,
    OP_ANSWER,
    OP_CHECKPOINT,
    OP_OUTCOME,
    OP_VERDICT,
    OP_BREAKER,
    OP_CONTEXT,
    OP_SIDE_CALL,
    OP_QUEUE,      /* session is to be analysed, or (flag) would have to be */
    OP_MEMORY_OUT, /* user is taken out, or (flag false) let in again */
    OP_LOAD,
    OP_OLDER,
    OP_ROLLOUT
};

struct op {
    struct op *next;
    enum op_kind kind;
    int64_t ticket;
    char *session, *turn_id, *answer_id, *user, *title, *rater; /* as the kind needs */
    int64_t at_us;
    struct turn *turn;                     /* OP_TURN */
    enum brain_id served, canonical;       /* OP_OUTCOME */
    struct answer answer;                  /* OP_ANSWER, OP_SIDE_CALL */
    char *context;                         /* OP_TURN, OP_OUTCOME: JSON; NULL: the turn has none */
    char *topic, *language, *text, *model; /* OP_CONTEXT */
    int64_t expires_us;
    char *purpose;    /* OP_SIDE_CALL */
    struct buf bytes; /* OP_CHECKPOINT */
    size_t offset, limit;
    bool flag;
    int64_t before_seq;
    struct verdict verdict;
    enum brain_id brain; /* OP_BREAKER */
    struct breaker breaker;
    /* what the lane found */
    bool failed;
    struct err err;
    int64_t seq;
};

struct op *op_create(enum op_kind kind);
void op_destroy(struct op **op);
bool op_is_load(const struct op *op);
void answer_copy(struct answer *to, const struct answer *from);
/* But for the verdict and the context. */
struct turn *turn_dup(const struct turn *t);

#endif
