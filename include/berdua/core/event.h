/* What a worker or the store lane tells the main thread. An event belongs to whoever holds it;
 * pushing to a mailbox transfers it. */
#ifndef BERDUA_CORE_EVENT_H
#define BERDUA_CORE_EVENT_H

#include "berdua/base/buf.h"

#include <stdint.h>

enum event_kind {
    /* from a running call; `call` and `generation` name it */
    EV_CALL_STARTED, /* a worker took it up */
    EV_CONNECTING,   /* a transfer begins (again, after a retry) */
    EV_CONNECTED,    /* num = microseconds for DNS + TCP + TLS; 0 when the connection was reused */
    EV_WARMING,      /* num = queue position or delay in ms where known; the peer is starting up */
    EV_FIRST_BYTE,   /* first byte of the answer's body */
    EV_THINKING,     /* num = bytes of reasoning so far; the text itself is never passed on */
    EV_DELTA,        /* text = visible text; merges into an unread delta of the same call */
    EV_RETRY,        /* num = wait in ms before the next try, text = why */
    EV_DONE,         /* data = struct call_result (brain/call.h), free_data set */
    /* from another job of a worker; `call` and `generation` name it */
    EV_LOOKED_UP, /* data = what the cultural context's look-up found */
    /* from the store lane */
    EV_STORED,       /* num = the ticket that store_* returned: committed and durable */
    EV_STORE_FAILED, /* num = the ticket, text = why */
    EV_LOADED,       /* num = the ticket, data = what was asked for */
    EV_KIND_COUNT
};

struct event {
    struct event *next;
    enum event_kind kind;
    uint32_t call;       /* id of the call, 0 when not from a call */
    uint32_t generation; /* of the engine when the call was started; stale ones are dropped */
    int64_t at_us;       /* monotonic; when it happened, not when it was read */
    int64_t num;
    uint32_t merged; /* EV_DELTA: how many deltas of the peer are in text (for tok estimates) */
    struct buf text;
    /* EV_DELTA: scores of the whole text up to its end; NAN: not measured or not defined. */
    double warmth, cultural;
    uint32_t words;
    void *data;
    void (*free_data)(void *data);
};

/* at_us is now; merged is 1 for a delta. */
struct event *event_create(enum event_kind kind, uint32_t call, uint32_t generation);
void event_destroy(struct event **ev);

#endif
