/* What the decoders share: the decoder itself, the framing of a response body, and the reading of
 * error objects. Private to brain/provider/decode*.c. Thread: the decoder's worker. */
#ifndef BERDUA_BRAIN_DECODE_H
#define BERDUA_BRAIN_DECODE_H

#include "berdua/base/buf.h"
#include "berdua/net/sse.h"
#include "brain/provider/decoder.h"
#include "brain/provider/voice.h"

struct json;
struct wire_error;

/* How one provider's answer is read: as a body of events by `body`, or, where body is NULL, by feed and end_body. */
struct decode_ops {
    size_t state_bytes; /* of decoder.state, zeroed */
    const struct body_ops *body;
    void (*open)(struct decoder *d); /* may be NULL, as the rest */
    void (*close)(struct decoder *d);
    void (*feed)(struct decoder *d, const char *p, size_t n);
    void (*end_body)(struct decoder *d);
    void (*finish)(struct decoder *d);
};
extern const struct decode_ops decode_anthropic, decode_openai, decode_runpod;

/* ---- a body: server-sent events, JSON values one after the other, or one JSON document where the peer does not
 * stream ---- */
struct body_ops {
    /* One event; root is NULL when the n bytes of data are not JSON. Returns false when it did not
     * know what to do with it. */
    bool (*event)(struct decoder *d, const char *type, const char *data, size_t n,
                  const struct json *root);
    void (*document)(struct decoder *d, const struct json *root);
};

struct body {
    struct decoder *d;
    enum { BODY_UNDECIDED, BODY_EVENTS, BODY_DOCUMENT, BODY_VALUES } form;
    struct buf
        head; /* what came before the decision, then the document, or the value that has not ended */
    struct json_end value; /* of the document */
    size_t scanned;        /* bytes of head that value has seen */
    size_t
        first; /* length of the document once it has ended; what follows decides whether it was one */
    struct sse sse;
    /* the body has ended: a last event that is not whole was cut off and is no error of the peer */
    bool at_end;
};

void body_init(struct body *b, struct decoder *d);
void body_finish(struct body *b);
void body_feed(struct body *b, const char *p, size_t n);
void body_end(struct body *b);

struct decoder {
    const struct decode_ops *ops; /* NULL: for playback, before decoder_become */
    void *state;
    struct body body;
    struct decoder *outer; /* receives the text and the reasoning; NULL: they are kept here */
    struct decoder_output output;
    char half[4]; /* the beginning of a character whose rest comes with the next text */
    unsigned half_len;
    uint64_t said_hash; /* of the text as the peer sent it, thoughts between tags included … */
    size_t said_bytes;  /* … and its length */
    struct voice voice;
    struct decoded out; /* its strings are owned */
    bool ended;         /* nothing further is wanted */
    bool finished;
};

/* Events and bodies are read by json_parse_part: their strings may begin or end with half a character. They leave
 * the decoder through decode_text, decode_set and decode_fail only, which mend that. */
/* Visible text, in the order of the answer. */
void decode_text(struct decoder *d, const char *s);
/* The whole text so far, of which only what is new is said; false, and nothing is said, when it does not begin with
 * what came before. */
bool decode_text_so_far(struct decoder *d, const char *s);
/* Was there any text, or thinking in it? */
bool decode_text_begun(struct decoder *d);
/* No more text comes: what was held back because it may have been the beginning of a tag is shown. whole: the answer was
 * not cut, so that it is more than a thought. */
void decode_text_end(struct decoder *d, bool whole);
/* n more bytes of reasoning. */
void decode_thinking(struct decoder *d, size_t n);
/* The job waits in a queue, or the peer is starting up. */
void decode_warming(struct decoder *d, int64_t delay_ms);
/* Replaces an owned string; NULL and "" leave it as it is. */
void decode_set(const char **slot, const char *value);
/* FINISH_ERROR, and no more bytes are wanted. The message becomes one short line. */
void decode_fail(struct decoder *d, enum error_kind kind, const char *message);
/* The same, with the id of the request. */
void decode_fail_wire(struct decoder *d, const struct wire_error *e);
/* Remembers what the peer sent and nobody understood, for the case that nothing better comes. root: the same as JSON, NULL:
 * it is none. */
void decode_odd(struct decoder *d, const char *p, size_t n, const struct json *root);
/* Fails by a document of no known shape. */
void decode_fail_unknown(struct decoder *d, const struct json *root);
/* Same, for a message without its NUL that came without a kind. */
void decode_fail_plain(struct decoder *d, const char *message, size_t n);
/* The end that a peer's reason to stop means; an unknown one, or none, is an ordinary end. */
enum finish decode_end_of(const char *reason);
/* [DONE]: the stream has ended. */
void decode_done(struct decoder *d);

/* ---- counts of tokens ---- */
/* Reads a count, also one that is written as text, by its name, whose case and _ do not matter; a value that can be no
 * count, or a zero after a count, leaves *out as it is. */
void decode_count(const struct json *object, const char *name, int64_t *out);
/* Read the tokens of the prompt and of the answer under any name that servers use; false: none, or zero, which is
 * what servers send that do not count. */
bool decode_input(const struct json *usage, int64_t *out);
bool decode_output(struct decoder *d, const struct json *usage);
/* Hands over the event and what in it may hold counts: usage, metrics, x_groq.usage, meta.billed_units, a list of one. */
typedef void usage_taker(struct decoder *d, const struct json *usage);
void decode_find_usage(struct decoder *d, const struct json *event, usage_taker *take);

/* ---- openai's chunk, also found inside runpod's items ---- */
/* false: a shape that is not known. */
bool openai_take(struct decoder *d, const struct json *chunk);

/* ---- error objects ---- */
struct wire_error {
    enum error_kind kind;
    const char *message;    /* the tree's; NULL: none */
    const char *request_id; /* the tree's; NULL: none */
    bool loading;           /* the server is loading its model */
};
/* Does the value hold anything? null, false, 0, "" and what holds nothing but these do not. */
bool wire_says(const struct json *v);
/* Is there an error in this document, in any known shape? status: of HTTP, 0 within a stream. */
bool wire_error_find(const struct json *root, int status, struct wire_error *out);
/* Same, for a document that is known to be an error. */
void wire_error_read(const struct json *root, int status, struct wire_error *out);
/* Is this another provider's answer? Then it fails, and says which setting is wrong. For what the own form lacks. */
bool decode_foreign(struct decoder *d, const struct json *root);
/* Kind for a text (or NULL) that carries nothing else. */
enum error_kind wire_error_kind(int status, const char *message);
/* Appends at most max bytes of s as one line: control characters and runs of blanks become a blank. */
void wire_one_line(struct buf *out, const char *s, size_t n, size_t max);

#endif
