#include "berdua/net/sse.h"

#include <string.h>

#include "berdua/base/err.h"

void
sse_init(struct sse *s, const struct sse_sink *sink)
{
    *s = (struct sse){.sink = *sink};
    buf_init(&s->line, SSE_MAX_LINE_BYTES);
    buf_init(&s->data, SSE_MAX_EVENT_BYTES);
    buf_init(&s->type, SSE_MAX_LINE_BYTES);
}

void
sse_finish(struct sse *s)
{
    buf_finish(&s->line);
    buf_finish(&s->data);
    buf_finish(&s->type);
}

const char *
json_end_find(struct json_end *e, const char *p, size_t n)
{
    for (const char *end = p + n; p < end; p++) {
        if (e->in_string) {
            if (e->escaped)
                e->escaped = false;
            else if (*p == '\\')
                e->escaped = true;
            else if (*p == '"')
                e->in_string = false;
        } else if (*p == '"') {
            e->in_string = true;
        } else if (*p == '{' || *p == '[') {
            e->depth++;
        } else if ((*p == '}' || *p == ']') && --e->depth == 0) {
            return p + 1;
        }
    }
    return NULL;
}

static bool
too_large(struct err *err)
{
    return err_set(err, "an event is larger than %d bytes", SSE_MAX_EVENT_BYTES);
}

/* Copies the data field that still points into the caller's chunk, because the chunk ends now. */
static bool
keep_view(struct sse *s, struct err *err)
{
    if (!s->view)
        return true;
    bool ok = buf_append(&s->data, s->view, s->view_len);
    s->view = NULL;
    return ok || too_large(err);
}

static bool
dispatch_event(struct sse *s)
{
    const char *data = s->view ? s->view : s->data.p;
    size_t n = s->view ? s->view_len : s->data.len;
    bool go_on = true;
    if (n > 0)
        go_on = s->sink.event(s->sink.arg, s->type.p, data, n);
    s->view = NULL;
    s->has_data = false;
    buf_clear(&s->data);
    return go_on;
}

/* Has the data, with the n bytes of this line at its end, become a whole object or array? */
static bool
ends_value(struct sse *s, const char *line, size_t n)
{
    const char *stop = line + n;
    if (!s->has_data) {
        while (line < stop && (*line == ' ' || *line == '\t'))
            line++;
        s->json = line < stop && (*line == '{' || *line == '[');
        s->value = (struct json_end){0};
    }
    const char *end = s->json ? json_end_find(&s->value, line, (size_t)(stop - line)) : NULL;
    s->json = s->json && !end; /* what follows the value makes something else of it */
    while (end && end < stop && (*end == ' ' || *end == '\t'))
        end++;
    return end == stop;
}

/* lasting: value points into the fed chunk and stays readable until the feed returns. */
static bool
add_data(struct sse *s, const char *value, size_t n, bool lasting, struct err *err)
{
    if (!s->has_data && lasting) {
        s->has_data = true;
        s->view = value;
        s->view_len = n;
        return true;
    }
    if (!keep_view(s, err))
        return false;
    if (s->has_data && !buf_append_char(&s->data, '\n'))
        return too_large(err);
    s->has_data = true;
    return buf_append(&s->data, value, n) || too_large(err);
}

static bool
take_data(struct sse *s, const char *value, size_t n, bool lasting, struct err *err)
{
    bool whole = ends_value(s, value, n);
    return add_data(s, value, n, lasting, err) && (!whole || dispatch_event(s));
}

static bool
field_is(const char *name, size_t n, const char *word)
{
    return n == strlen(word) && memcmp(name, word, n) == 0;
}

/* One whole line without its end. */
static bool
take_line(struct sse *s, const char *p, size_t n, bool lasting, struct err *err)
{
    if (!s->started) {
        s->started = true;
        if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
            p += 3;
            n -= 3;
        }
    }
    if (n == 0) {
        bool go_on = dispatch_event(s);
        buf_clear(&s->type);
        return go_on;
    }
    if (p[0] == ':')
        return true;
    const char *colon = memchr(p, ':', n);
    size_t name_len = colon ? (size_t)(colon - p) : n;
    const char *value = colon ? colon + 1 : p + n;
    size_t len = (size_t)(p + n - value);
    if (len && *value == ' ') {
        value++;
        len--;
    }
    if (field_is(p, name_len, "data"))
        return take_data(s, value, len, lasting, err);
    if (field_is(p, name_len, "event")) {
        buf_clear(&s->type);
        return buf_append(&s->type, value, len) || too_large(err);
    }
    if (!field_is(p, name_len, "id") && !field_is(p, name_len, "retry") && s->sink.other_line)
        return s->sink.other_line(s->sink.arg, p, n);
    return true;
}

static bool
keep_line(struct sse *s, const char *p, size_t n, struct err *err)
{
    return buf_append(&s->line, p, n) ||
           err_set(err, "a line is longer than %d bytes", SSE_MAX_LINE_BYTES);
}

/* The line ends at the end of p; its beginning may wait in s->line. */
static bool
end_line(struct sse *s, const char *p, size_t n, struct err *err)
{
    if (s->line.len == 0) {
        if (n > SSE_MAX_LINE_BYTES)
            return keep_line(s, p, n, err);
        return take_line(s, p, n, true, err);
    }
    if (!keep_line(s, p, n, err))
        return false;
    bool ok = take_line(s, s->line.p, s->line.len, false, err);
    buf_clear(&s->line);
    return ok;
}

/* The place of the next c at or after p, or end. A place known from before is used as long as it lies ahead, so
 * that a chunk is scanned once. */
static const char *
next_of(const char *known, const char *p, const char *end, char c)
{
    if (known && known >= p)
        return known;
    const char *found = memchr(p, c, (size_t)(end - p));
    return found ? found : end;
}

bool
sse_feed(struct sse *s, const char *p, size_t n, struct err *err)
{
    const char *end = p + n;
    if (err)
        err->text[0] = 0;
    if (n == 0)
        return true;
    if (s->skip_lf && *p == '\n')
        p++;
    s->skip_lf = false;
    bool ok = true;
    const char *lf = NULL;
    const char *cr = NULL;
    while (ok && p < end) {
        lf = next_of(lf, p, end, '\n');
        cr = next_of(cr, p, end, '\r');
        const char *stop = lf < cr ? lf : cr;
        if (stop == end) {
            ok = keep_line(s, p, (size_t)(end - p), err);
            break;
        }
        ok = end_line(s, p, (size_t)(stop - p), err);
        p = stop + 1;
        if (stop == cr) {
            if (p == end)
                s->skip_lf = true;
            else if (*p == '\n')
                p++;
        }
    }
    if (!ok)
        s->view = NULL;
    return ok && keep_view(s, err);
}

bool
sse_end(struct sse *s, struct err *err)
{
    if (err)
        err->text[0] = 0;
    size_t n = s->line.len;
    bool data = n >= 4 && memcmp(s->line.p, "data", 4) == 0;
    while (n && (s->line.p[n - 1] == ' ' || s->line.p[n - 1] == '\t'))
        n--;
    bool ok = true;
    if (n && (!data || s->line.p[n - 1] == ']' || s->line.p[n - 1] == '}'))
        ok = take_line(s, s->line.p, s->line.len, false, err);
    buf_clear(&s->line);
    return ok && dispatch_event(s);
}
