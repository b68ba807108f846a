/* One call of one brain, from request to result: limits, retries, recording and the events that it reports.
 * A token's way: net/http.c receives bytes; brain/provider/decode_*.c makes text of them (net/sse.c cuts the events);
 * brain/call/exchange.c times the text and reports it as a call_event; session/call_task.c measures and posts it;
 * core/mailbox.c takes it to the main thread; engine/events.c adds it to the answer; ui/view lays it out.
 * Owner: call_spec is the job's. Thread: a worker. */
#ifndef BERDUA_BRAIN_CALL_H
#define BERDUA_BRAIN_CALL_H

#include "berdua/base/buf.h"
#include "berdua/brain/prompt.h"
#include "berdua/chat/answer.h"
#include "berdua/conf/config.h"

struct cancel;
struct http;
struct http_request;
struct keyring;

/* What a call is for: an answer to the operator's message, the cultural context of it, the analysis of a conversation, to
 * wake a server that sleeps, or to judge two answers. */
enum call_purpose {
    CALL_ANSWER,
    CALL_CONTEXT,
    CALL_ANALYSIS,
    CALL_WARM_UP,
    CALL_JUDGE,
    CALL_PURPOSE_COUNT
};
/* "answer", "context", "analysis", "warm_up", "judge"; parse returns -1 for an unknown word. */
const char *call_purpose_name(enum call_purpose p);
int call_purpose_parse(const char *name);

/* What to do. Everything is owned by the spec except conf, which outlives it. */
struct call_spec {
    uint32_t call, generation;
    enum brain_id brain;
    const struct brain_conf *conf;
    const struct model_conf *model;
    struct prompt prompt;
    int max_tokens;
    double temperature, top_p; /* NAN: not sent */
    bool thinks_first; /* earlier answers of this model began with a thought that nothing opens */
    struct call_limits limits;
    /* JSON schema that the server is to hold the answer to; borrowed, NULL: any text. RunPod's queue is not told. */
    const char *schema;
    /* of text; a longer answer has failed and is cut there. 0: ANSWER_MAX_BYTES */
    size_t max_bytes;
    uint64_t seed; /* for retry jitter and for choosing a cassette */
    enum call_purpose purpose;
    char *about;             /* for playback: what message it is about; NULL: the prompt's last */
    char *record_dir;        /* NULL: do not record */
    struct keyring *keyring; /* borrowed; NULL: every key is looked up anew */
    struct cancel *cancel;   /* one reference */
};
void call_spec_destroy(struct call_spec **spec);

/* How it ended. */
struct call_result {
    enum answer_status status; /* never STATUS_RUNNING or STATUS_INTERRUPTED */
    struct answer_error error;
    struct answer_times times;
    struct answer_usage usage;
    char *model; /* as the peer names it, NULL: not told */
    char *stop_reason;
    int retries;
    double warmth, cultural; /* NAN: not measured or not defined */
    uint32_t words;
    bool cold;
    bool simulated;
    bool thinks_first; /* it began with a thought that nothing opens */
};
void call_result_destroy(struct call_result **result);
/* Moves the result into the answer, which has ended. */
void call_result_apply(struct call_result *r, struct answer *a);

/* What a running call reports, in order. */
enum call_event_kind {
    CALL_STARTED,    /* a worker took it up */
    CALL_CONNECTING, /* a transfer begins (again, after a retry) */
    CALL_CONNECTED,  /* num: microseconds for DNS + TCP + TLS; 0 when the connection was reused */
    CALL_WARMING, /* num: queue position or delay in ms where known; the peer is starting up, as text (or "") says */
    CALL_FIRST_BYTE, /* num: microseconds from the request to the first byte of the answer's body */
    CALL_THINKING,   /* num: bytes of reasoning so far; the text itself is never passed on */
    CALL_DELTA,      /* text: visible text */
    CALL_TAKEN_BACK, /* all text so far was reasoning; the answer begins with the next */
    CALL_RETRY,      /* num: wait in ms before the next try, text: why */
    CALL_NOTICE, /* text: what the operator has to know though the call goes on as if it were not */
    CALL_DONE,   /* result; the last one */
    CALL_EVENT_COUNT
};

struct call_event {
    enum call_event_kind kind;
    uint32_t call, generation; /* of the spec */
    int64_t at_us;             /* monotonic; when it happened, not when it was read */
    int64_t num;
    struct buf text;
    /* CALL_DELTA: how many of the peer's deltas are in text, for the estimate of tokens */
    uint32_t deltas;
    /* CALL_DELTA: microseconds from the request to the first token; UNKNOWN while nothing but blanks has come.
     * What counts as the first token is decided nowhere else. */
    int64_t ttft_us;
    /* CALL_DELTA: of the text up to its end; filled in by whoever measures. NAN: not measured or not defined. */
    double warmth, cultural;
    uint32_t words;
    struct call_result *result;
};
/* at_us is now. */
void call_event_init(struct call_event *ev, enum call_event_kind kind, uint32_t call,
                     uint32_t generation);
/* Frees what it still holds. */
void call_event_finish(struct call_event *ev);

/* Who hears of a call. Called in the call's worker; may wait, and may keep what ev holds by moving it out
 * (whatever is still there afterwards is freed by the call). */
struct call_sink {
    void *arg;
    void (*take)(void *arg, struct call_event *ev);
};

/* Runs to the end in this worker. http may be NULL for playback. Takes *spec. true: *leave has to be sent to
 * the peer (call_take_leave), which still works for this call; that may take a while, and nobody waits for
 * its answer. */
bool call_execute(struct call_spec **spec, struct http *http, const struct call_sink *sink,
                  struct http_request *leave);
/* Sends and finishes *leave. */
void call_take_leave(struct http *http, struct http_request *leave);

#endif
