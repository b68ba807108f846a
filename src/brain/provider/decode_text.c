/* The way of an answer's text: halves of characters joined, what the model thinks aloud kept apart, then shown. */
#include "decode.h"

#include <string.h>
#include <strings.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* Thinking that a server leaves in the text. Only a tag with which the text begins, or that follows another thought,
 * opens one: anywhere else an answer speaks of tags. A thought that is not closed lasts to the end. Letters are of any case;
 * an open tag without its bracket here may have attributes. */
static const struct {
    const char *open, *close;
} tags[] = {
    {"<think", "</think>"},
    {"<thinking", "</thinking>"},
    {"<thought", "</thought>"},
    {"<thoughts", "</thoughts>"},
    {"<reasoning", "</reasoning>"},
    {"<reflection", "</reflection>"},
    {"<seed:think", "</seed:think>"},
    {"[THINK]", "[/THINK]"},
    {"\xE2\x97\x81think\xE2\x96\xB7", "\xE2\x97\x81/think\xE2\x96\xB7"}, /* Kimi */
    {"<|begin_of_thought|>", "<|end_of_thought|>"},
    {"<|channel|>analysis<|message|>", "<|channel|>final<|message|>"}, /* gpt-oss */
    {"<|channel>thought\n", "<channel|>"},                             /* Gemma */
};
enum { ATTRIBUTES_MAX_BYTES = 200 };

static struct decoder *
receiver(struct decoder *d)
{
    return d->outer ? d->outer : d;
}

void
decode_thinking(struct decoder *d, size_t n)
{
    struct decoder_output *o = &receiver(d)->output;
    o->thinking_bytes += (int64_t)n;
    o->thoughts++;
}

/* ---- shown, or thought ---- */

static void
show(struct decoder *to, const char *p, size_t n)
{
    if (!n)
        return;
    if (!to->out.text_seen)
        to->out.text_seen = !utf8_blank(p, n);
    to->out.output_stale = to->out.usage.output != UNKNOWN;
    to->output.deltas++;
    if (!buf_append(&to->output.text, p, n))
        decode_fail(to, ERR_PROTOCOL, "the answer is too long");
}

static size_t
leading_blanks(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && (p[i] == ' ' || p[i] == '\t' || p[i] == '\r' || p[i] == '\n'))
        i++;
    return i;
}

/* The blanks behind a thought belong to it. */
static void
show_held(struct decoder *to)
{
    struct voice *v = &to->voice;
    size_t skip = v->thought ? leading_blanks(v->held.p, v->held.len) : 0;
    v->at = VOICE_TEXT;
    show(to, v->held.p + skip, v->held.len - skip);
    buf_finish(&v->held);
}

/* Bytes of the open tag with which the text begins; 0: it is another text. *may_come: more bytes may make it one. */
static size_t
open_tag(const char *open, const char *p, size_t n, bool *may_come)
{
    size_t len = strlen(open);
    if (strncasecmp(p, open, n < len ? n : len) != 0)
        return 0;
    bool bracket = strchr(">]\n", open[len - 1]) || (open[len - 1] & 0x80);
    if (n >= len && bracket)
        return len;
    const char *rest = p + len;
    size_t left = n > len ? n - len : 0;
    if (left && *rest != '>' && !strchr(" \t\r\n", *rest))
        return 0;
    const char *end = left ? memchr(rest, '>', left) : NULL;
    *may_come = *may_come || (!end && left < ATTRIBUTES_MAX_BYTES);
    return end && end - rest <= ATTRIBUTES_MAX_BYTES ? (size_t)(end + 1 - p) : 0;
}

/* true: held begins with a tag, which is taken away. */
static bool
open_thought(struct decoder *to)
{
    struct voice *v = &to->voice;
    size_t blanks = leading_blanks(v->held.p, v->held.len);
    const char *p = v->held.p + blanks;
    size_t n = v->held.len - blanks;
    bool may_come = n == 0;
    for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
        size_t len = open_tag(tags[i].open, p, n, &may_come);
        if (!len)
            continue;
        v->close = tags[i].close;
        v->at = VOICE_THOUGHT;
        v->thought = true;
        buf_consume(&v->held, blanks + len);
        return true;
    }
    if (!may_come)
        show_held(to);
    return false;
}

/* true: held holds the end of the thought, and both are taken away. */
static bool
close_thought(struct decoder *to)
{
    struct voice *v = &to->voice;
    size_t len = strlen(v->close);
    size_t i = 0;
    while (i < v->held.len &&
           strncasecmp(v->held.p + i, v->close, v->held.len - i < len ? v->held.len - i : len) != 0)
        i++;
    bool closed = v->held.len - i >= len;
    decode_thinking(to, i);
    buf_consume(&v->held, closed ? i + len : i);
    if (closed)
        v->at = VOICE_START;
    return closed;
}

static void
speak(struct decoder *to, const char *p, size_t n)
{
    struct voice *v = &to->voice;
    if (v->at == VOICE_TEXT) {
        show(to, p, n);
        return;
    }
    if (!buf_append(&v->held, p, n)) {
        decode_fail(to, ERR_PROTOCOL, "the answer is too long");
        return;
    }
    while (v->at == VOICE_START ? open_thought(to) : v->at == VOICE_THOUGHT && close_thought(to))
        ;
}

/* ---- halves of characters ---- */

/* Half of a surrogate pair at p, as json_parse_part leaves it: 0xD800 to 0xDFFF; 0: none. */
static uint32_t
surrogate_at(const char *p, size_t n)
{
    const unsigned char *u = (const unsigned char *)p;
    if (n < 3 || u[0] != 0xED || u[1] < 0xA0 || u[1] > 0xBF || (u[2] & 0xC0) != 0x80)
        return 0;
    return 0xD000u | (uint32_t)(u[1] & 0x3F) << 6 | (u[2] & 0x3Fu);
}

/* Appends the text with pairs joined and what is no character as U+FFFD. Returns how many bytes were used; the
 * few after them may be the first half of a character. */
static size_t
join_halves(struct buf *out, const char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        uint32_t cp, high = surrogate_at(p + i, n - i);
        size_t len = 3;
        if (high >= 0xD800 && high <= 0xDBFF) {
            uint32_t low = surrogate_at(p + i + 3, n - i - 3);
            char four[4];
            if (i + 3 == n)
                break;
            if (low >= 0xDC00) {
                cp = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                buf_append(out, four, utf8_encode(cp, four));
                i += 6;
                continue;
            }
        } else if (!high) {
            len = utf8_decode(p + i, n - i, &cp);
            if (len == 0)
                break;
        }
        if (high || (len == 1 && cp == 0xFFFD))
            buf_append_str(out, REPLACEMENT);
        else
            buf_append(out, p + i, len);
        i += len;
    }
    return i;
}

static uint64_t
hash_on(uint64_t hash, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* n whole characters. */
static void
say(struct decoder *to, const char *p, size_t n)
{
    to->said_hash = hash_on(to->said_hash, p, n);
    to->said_bytes += n;
    speak(to, p, n);
}

void
decode_text(struct decoder *d, const char *s)
{
    struct decoder *to = receiver(d);
    size_t n = strlen(s);
    if (!to->half_len && utf8_valid(s, n)) {
        say(to, s, n);
        return;
    }
    struct buf in, whole;
    buf_init(&in, n + sizeof to->half);
    buf_init(&whole, 3 * (n + sizeof to->half));
    buf_append(&in, to->half, to->half_len);
    buf_append(&in, s, n);
    size_t used = join_halves(&whole, in.p, in.len);
    to->half_len = (unsigned)(in.len - used);
    memcpy(to->half, in.p + used, to->half_len);
    say(to, whole.p, whole.len);
    buf_finish(&in);
    buf_finish(&whole);
}

bool
decode_text_so_far(struct decoder *d, const char *s)
{
    struct decoder *to = receiver(d);
    size_t n = strlen(s);
    struct buf whole;
    buf_init(&whole, 3 * n);
    size_t used = join_halves(&whole, s, n);
    size_t said = to->said_bytes;
    bool goes_on = whole.len >= said && hash_on(0, whole.p, said) == to->said_hash;
    if (goes_on) {
        to->half_len = (unsigned)(n - used);
        memcpy(to->half, s + used, to->half_len);
        say(to, whole.p + said, whole.len - said);
    }
    buf_finish(&whole);
    return goes_on;
}

bool
decode_text_begun(struct decoder *d)
{
    return receiver(d)->said_bytes || receiver(d)->half_len;
}

void
decode_text_end(struct decoder *d)
{
    struct voice *v = &d->voice;
    bool surrogate = surrogate_at(d->half, d->half_len) != 0;
    for (unsigned i = 0; i < (surrogate ? 1 : d->half_len); i++)
        say(d, REPLACEMENT, strlen(REPLACEMENT));
    d->half_len = 0;
    if (v->at == VOICE_THOUGHT && v->held.len)
        decode_thinking(d, v->held.len);
    else if (v->at == VOICE_START)
        show_held(d);
    buf_finish(&v->held);
}
