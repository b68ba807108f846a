/* A decoder turns the bytes of one provider's answer into text and facts, which are taken out of it. It never
 * sees a socket, so a recording and the network are the same to it; any chunking of the bytes gives the same.
 * Owner: the call that created it. Thread: that call's worker. */
#ifndef BERDUA_BRAIN_DECODER_H
#define BERDUA_BRAIN_DECODER_H

#include "berdua/base/buf.h"
#include "berdua/chat/answer.h"
#include "berdua/conf/config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum finish {
    FINISH_NONE,   /* no proper end was seen */
    FINISH_STOP,   /* a proper end */
    FINISH_LENGTH, /* token limit */
    FINISH_REFUSED,
    FINISH_ERROR /* the peer reported an error; see error */
};

/* What the decoder knows at the end, or so far. Strings are the decoder's. */
struct decoded {
    enum finish finish;
    const char *stop_reason; /* the peer's word */
    const char *model;       /* the peer's name for itself, NULL: not told */
    const char *request_id;
    struct answer_usage usage;
    enum error_kind error;          /* ERR_NONE unless finish is FINISH_ERROR */
    const char *error_message;      /* also the peer's explanation of a refusal; may be NULL */
    int64_t queue_us, execution_us; /* UNKNOWN unless told */
    bool text_seen;                 /* something other than blanks was visible */
    bool output_stale;              /* text came after the last count of usage.output */
    const char *tool;               /* the first tool that the model asked for; NULL: none */
    bool thinks_first;              /* it began with a thought that the prompt had opened */
    bool no_thought;                /* it was taken for one until its end */
    bool settled;                   /* no closing tag can make a thought of the text any more */
    const char *odd;                /* the first piece that was not understood; NULL: none */
    bool simulated;                 /* the bytes come from a tape written for the demo */
};

/* What decoding has yielded and nobody has taken yet. Whoever takes it empties it: the buffer may be moved out,
 * with a fresh one put in its place. */
struct decoder_output {
    struct buf text;        /* visible text: whole, valid UTF-8 characters */
    uint32_t deltas;        /* pieces of text, as the peer sent them */
    uint32_t thoughts;      /* pieces of reasoning */
    int64_t thinking_bytes; /* of reasoning, since the decoder was created */
    uint32_t warmings;      /* reports that the job is queued or the peer is starting up */
    int64_t warming_ms;     /* the delay that the last of them named */
    bool taken_back;        /* all text that was taken before was a thought */
};

struct decoder;
struct decoder *decoder_create(enum provider provider);
void decoder_destroy(struct decoder **d);
struct decoder_output *decoder_output(struct decoder *d);
/* A decoder created for PROVIDER_PLAYBACK learns which provider the tape is of, before it is fed. */
void decoder_become(struct decoder *d, enum provider provider, bool simulated);
/* Before it is fed: the text begins inside a thought, which the prompt has opened. sure: even if it is not closed. */
void decoder_think_first(struct decoder *d, bool sure);
/* false: no further bytes are wanted (a proper end was seen, or the bytes are hopeless). */
bool decoder_feed(struct decoder *d, const char *p, size_t n);
/* One response body has ended (runpod answers in several: its `finish` stays FINISH_NONE until a final
 * status came with an empty `stream`; a /status body that follows adds text only if none was streamed).
 * false as in decoder_feed. */
bool decoder_end_body(struct decoder *d);
/* The whole answer has ended. The result stays valid until decoder_destroy. */
const struct decoded *decoder_finish(struct decoder *d);
const struct decoded *decoder_state(const struct decoder *d);

/* An HTTP error body (JSON of any known shape, or HTML, or anything) -> kind and one short line.
 * message is a new string, never NULL. request_id may come back NULL. *out is overwritten. *loading: the
 * server says that it is loading its model, so that asking again is no retry. */
void decode_http_error(int status, const char *body, size_t n, struct answer_error *out,
                       bool *loading);

/* What is known of a failed request besides its answer; strings NULL, the wait 0 where nothing is. */
struct http_facts {
    const char *url, *proxy;
    bool by_proxy;    /* it is the proxy's answer: it did not connect */
    int64_t again_ms; /* the server asks to wait so long */
};
/* Can this be a request's id? Visible ASCII, not too long; NULL cannot. */
bool decode_is_id(const char *s);

/* Completes the message of an error status by what to do: the address asked, the proxy to tell, when to ask again. */
void decode_http_advice(struct answer_error *e, const struct http_facts *f);

#endif
