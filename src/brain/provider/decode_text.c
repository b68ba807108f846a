/* The way of an answer's text: halves of characters joined, what the model thinks aloud kept apart, then shown. */
#include "decode.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* Thinking that a server leaves in the text. A tag with which the text begins opens one, and it lasts to the end when it is
 * not closed. Behind it, one that begins a line outside of code opens another, as far as it is closed: anywhere else an
 * answer speaks of tags. A closing tag that nothing has opened ends one that the prompt has: see ends_thought. Letters are
 * of any case; an open tag without its bracket here may have attributes. */
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
enum { ATTRIBUTES_MAX_BYTES = 200, CODE_COLS = 4 };

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
    to->voice.shown_bytes += n;
    to->voice.shown_pieces++;
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
    buf_consume(&v->held, skip);
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

/* Bytes of a tag that opens a thought; 0: none does. */
static size_t
find_tag(struct voice *v, const char *p, size_t n, bool *may_come)
{
    for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
        size_t len = open_tag(tags[i].open, p, n, may_come);
        if (len) {
            v->close = tags[i].close;
            return len;
        }
    }
    return 0;
}

/* true: held does not begin as it did, and is looked at again. */
static bool
open_thought(struct decoder *to)
{
    struct voice *v = &to->voice;
    size_t blanks = leading_blanks(v->held.p, v->held.len);
    bool may_come = v->held.len == blanks;
    size_t len = find_tag(v, v->held.p + blanks, v->held.len - blanks, &may_come);
    if (len) {
        v->at = VOICE_THOUGHT;
        v->thought = true;
        v->searched = 0;
        buf_consume(&v->held, blanks + len);
    } else if (!may_come) {
        show_held(to);
    }
    return len || !may_come;
}

static bool
begins_tag(char c)
{
    return c == '<' || c == '[' || c == '\xE2';
}

/* Bytes of the closing tag at p; 0: there is none. close: which of the table's, NULL: any. *may_come: more bytes may make it
 * one. */
static size_t
close_tag(const char *close, const char *p, size_t n, bool *may_come)
{
    for (size_t i = 0; begins_tag(*p) && i < ARRAY_LEN(tags); i++) {
        size_t len = strlen(tags[i].close);
        if ((close && close != tags[i].close) ||
            strncasecmp(p, tags[i].close, n < len ? n : len) != 0)
            continue;
        if (n >= len)
            return len;
        *may_come = true;
    }
    return 0;
}

/* true: held holds the end of the thought, and both are taken away. */
static bool
close_thought(struct decoder *to)
{
    struct voice *v = &to->voice;
    bool may_come = false;
    size_t i = v->searched, len = 0;
    while (i < v->held.len &&
           !(len = close_tag(v->close, v->held.p + i, v->held.len - i, &may_come)) && !may_come)
        i++;
    bool closed = len > 0;
    decode_thinking(to, closed || !v->doubted ? i : 0);
    v->searched = i;
    if (closed || !v->doubted) {
        buf_consume(&v->held, closed ? i + len : i);
        v->searched = 0;
    }
    if (closed) {
        v->at = VOICE_START;
        to->out.thinks_first = to->out.thinks_first || v->from_the_prompt;
        v->doubted = v->from_the_prompt = false;
    }
    return closed;
}

/* ---- text, line by line ---- */

enum line_kind { LINE_PLAIN, LINE_UNSURE, LINE_THOUGHT, LINE_END };

/* What begins with the line at p: a fence is noted. */
static enum line_kind
look_at_line(struct voice *v, const char *p, size_t n)
{
    bool may_come = false;
    for (; n && *p == ' '; n--)
        p++;
    if (!n)
        return LINE_UNSURE;
    if (*p == '`' || *p == '~') {
        for (size_t i = 1; i < 3 && i < n; i++)
            if (p[i] != *p)
                return LINE_PLAIN;
        if (n >= 3 && (!v->fence || v->fence == *p))
            v->fence = v->fence ? 0 : *p;
        return n < 3 ? LINE_UNSURE : LINE_PLAIN;
    }
    if (v->fence || !v->thought)
        return LINE_PLAIN;
    return find_tag(v, p, n, &may_come) ? LINE_THOUGHT : may_come ? LINE_UNSURE : LINE_PLAIN;
}

/* Does a closing tag here, with this behind it, end a thought that the prompt has opened, and is no word about tags? One that
 * begins its line does; so does one that follows a thought's last letter, with a new line or a new sentence behind it. */
static enum line_kind
ends_thought(const struct voice *v, const char *rest, size_t left)
{
    if (v->fence || v->line.ticked)
        return LINE_PLAIN;
    if (v->line.indent >= 0)
        return v->line.indent < CODE_COLS ? LINE_END : LINE_PLAIN;
    if (!left)
        return LINE_UNSURE;
    if (v->line.last == ' ' || v->line.last == '\t')
        return LINE_PLAIN;
    bool sentence =
        strchr(".!?)", v->line.last) && ((*rest & 0x80) || isalpha((unsigned char)*rest));
    return *rest == '\n' || *rest == '\r' || sentence ? LINE_END : LINE_PLAIN;
}

/* What the tag is with which the text at p begins; it is in a line of plain text so far. */
static enum line_kind
look_at_tag(struct voice *v, const char *p, size_t n)
{
    bool may_come = false;
    for (size_t i = 0; i < ARRAY_LEN(tags); i++)
        v->tag_seen = v->tag_seen || open_tag(tags[i].open, p, n, &may_come);
    if (v->tag_seen)
        return LINE_PLAIN;
    v->end_bytes = close_tag(NULL, p, n, &may_come);
    if (v->end_bytes)
        return ends_thought(v, p + v->end_bytes, n - v->end_bytes);
    return may_come ? LINE_UNSURE : LINE_PLAIN;
}

/* Bytes before a tag, of n that belong to one line; n_all bytes are known. Behind a thought or an opening tag no closing tag
 * is looked for: it has something to close. */
static size_t
look_for_tag(struct voice *v, const char *p, size_t n, size_t n_all, enum line_kind *kind)
{
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        if (v->thought || v->tag_seen)
            return n;
        if (begins_tag(c) && (*kind = look_at_tag(v, p + i, n_all - i)) != LINE_PLAIN)
            return i;
        v->line.indent = v->line.indent < 0 ? -1
                         : c == '\t'        ? CODE_COLS
                         : c == ' '         ? v->line.indent + 1
                                            : -1;
        v->line.ticked = v->line.ticked != (c == '`');
        v->line.last = c;
        if (c == '\n') {
            v->line.indent = v->line.last = 0;
            v->line.ticked = false;
        }
    }
    return n;
}

/* Shows what is held, as far as it is known to be text. true: a thought begins or ends with the rest. */
static bool
show_lines(struct decoder *to)
{
    struct voice *v = &to->voice;
    enum line_kind kind = LINE_PLAIN;
    size_t end = 0;
    while (end < v->held.len && kind == LINE_PLAIN) {
        const char *p = v->held.p + end;
        size_t left = v->held.len - end;
        if (!v->in_line && (kind = look_at_line(v, p, left)) != LINE_PLAIN)
            break;
        const char *lf = memchr(p, '\n', left);
        size_t n = lf ? (size_t)(lf - p) + 1 : left;
        size_t plain = look_for_tag(v, p, n, left, &kind);
        v->in_line = plain == n ? !lf : v->in_line || plain;
        end += plain;
    }
    show(to, v->held.p, end);
    buf_consume(&v->held, end);
    if (kind == LINE_END) {
        v->at = VOICE_END;
        return true;
    }
    if (kind != LINE_THOUGHT)
        return false;
    v->at = VOICE_THOUGHT;
    v->doubted = true;
    v->searched = 0; /* its tag is kept, in case that it is text */
    return true;
}

/* held begins with a closing tag that nothing has opened. Once an answer follows, all that came before was a thought. */
static bool
take_back(struct decoder *to)
{
    struct voice *v = &to->voice;
    size_t skip = v->end_bytes;
    skip += leading_blanks(v->held.p + skip, v->held.len - skip);
    if (skip == v->held.len)
        return false;
    buf_consume(&v->held, skip);
    v->at = VOICE_START;
    v->thought = true;
    if (!v->shown_bytes)
        return true;
    decode_thinking(to, v->shown_bytes);
    to->output.thoughts += v->shown_pieces;
    to->output.taken_back = true;
    buf_clear(&to->output.text);
    to->output.deltas = 0;
    to->out.thinks_first = to->out.text_seen;
    to->out.text_seen = false;
    return true;
}

static void
speak(struct decoder *to, const char *p, size_t n)
{
    struct voice *v = &to->voice;
    bool settled = v->thought || v->tag_seen;
    if (v->at == VOICE_TEXT && settled && v->in_line && !v->held.len && !memchr(p, '\n', n)) {
        show(to, p, n);
        return;
    }
    if (!buf_append(&v->held, p, n)) {
        decode_fail(to, ERR_PROTOCOL, "the answer is too long");
        return;
    }
    while (v->at == VOICE_START     ? open_thought(to)
           : v->at == VOICE_THOUGHT ? close_thought(to)
           : v->at == VOICE_END     ? take_back(to)
                                    : show_lines(to))
        ;
    to->out.settled = v->thought || v->tag_seen;
}

void
decoder_think_first(struct decoder *d, bool sure)
{
    d->voice.at = VOICE_THOUGHT;
    d->voice.close = NULL;
    d->voice.thought = d->voice.from_the_prompt = true;
    d->voice.doubted = !sure;
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
decode_text_end(struct decoder *d, bool whole)
{
    struct voice *v = &d->voice;
    bool surrogate = surrogate_at(d->half, d->half_len) != 0;
    for (unsigned i = 0; i < (surrogate ? 1 : d->half_len); i++)
        say(d, REPLACEMENT, strlen(REPLACEMENT));
    d->half_len = 0;
    if (v->from_the_prompt) {
        v->doubted = v->doubted && whole;
        d->out.no_thought = d->out.no_thought || (v->doubted && v->held.len);
    }
    if (v->at == VOICE_THOUGHT && !v->doubted && v->held.len)
        decode_thinking(d, v->held.len);
    else if (v->at == VOICE_START)
        show_held(d);
    if (v->at == VOICE_TEXT || v->doubted || (v->at == VOICE_END && d->out.text_seen))
        show(d, v->held.p, v->held.len);
    buf_finish(&v->held);
}
