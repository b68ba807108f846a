/* Server-sent events (WHATWG), as a push parser: owns no file descriptor, is fed bytes in any
 * chunking, and gives the same events for every chunking. LF, CRLF and CR end lines; one BOM is
 * dropped; comments are skipped; one space after the colon is dropped. Beyond the standard: data that is a whole JSON
 * object or array is an event at the end of its line, because some servers leave the blank line out.
 * Owner: the decoder that embeds it. Thread: its owner's. */
#ifndef BERDUA_NET_SSE_H
#define BERDUA_NET_SSE_H

#include "berdua/base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct err;

enum { SSE_MAX_LINE_BYTES = 1 << 20, SSE_MAX_EVENT_BYTES = 4 << 20 };

/* type: the `event:` field or ""; data: n > 0 bytes, not terminated, straight from what was fed where
 * possible. Return false to stop the parser. other_line: a line that is no field of SSE, such as the `error:` of early
 * llama-servers or a plain text. */
struct sse_sink {
    bool (*event)(void *arg, const char *type, const char *data, size_t n);
    bool (*other_line)(void *arg, const char *line, size_t n); /* may be NULL */
    void *arg;
};

/* Finds where a JSON object or array ends, without checking it. Zeroed: at its beginning. */
struct json_end {
    unsigned depth;
    bool in_string, escaped;
};
/* Behind the bracket that closes the value begun at, or before, p; NULL: it goes on behind the n bytes. The value's
 * first byte is its bracket. */
const char *json_end_find(struct json_end *e, const char *p, size_t n);

struct sse {
    struct sse_sink sink;
    struct buf line; /* an unfinished line */
    struct buf data; /* data fields of the event so far, joined by LF */
    const char *
        view; /* during a feed: the event's only data field, still inside the fed chunk; used in place of data */
    size_t view_len;
    struct buf type;
    bool has_data;
    bool json; /* the data is a JSON object or array, of which `value` has seen every byte */
    struct json_end value;
    bool skip_lf; /* the last byte was CR */
    bool started; /* BOM already looked for */
};

void sse_init(struct sse *s, const struct sse_sink *sink);
void sse_finish(struct sse *s);
/* false: a cap was exceeded (err says which) or the sink stopped it (err empty). */
bool sse_feed(struct sse *s, const char *p, size_t n, struct err *err);
/* End of input: dispatches an event that lacked its blank line, as the SDKs do. A last line without
 * its line end counts only if it is no data, or ends like a whole value (']' or '}'), since it may be cut. */
bool sse_end(struct sse *s, struct err *err);

#endif
