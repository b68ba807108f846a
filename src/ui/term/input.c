#include "input.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "csi.h"
#include "keyname.h"
#include "paste.h"

enum state {
    GROUND,
    UTF8,       /* part of a character */
    ESC,        /* seq is ESC */
    ESC_UTF8,   /* ESC and part of a character */
    ESC_ESC,    /* perhaps Alt with an arrow, perhaps Esc twice */
    CSI,        /* ESC [ … */
    CSI_SKIP,   /* longer than any sequence we know: dropped up to its end */
    CSI_LINUX,  /* ESC [ [: the Linux console's F1..F5 */
    SS3,        /* ESC O … */
    STRING,     /* ESC ] P _ ^ X …: an answer up to BEL or ESC \ */
    STRING_ESC, /* and its ESC */
    X10_MOUSE,  /* three bytes after ESC [ M */
    PASTE,      /* up to its end, however long that takes */
    BURST,      /* lines that came at once without the marks of a paste */
    ENTER_HELD, /* at the end of a full read: a key, or a line's end if text follows at once */
};

enum {
    MAX_SEQ = 64,
    MAX_REPLY = 4096,
    MAX_STRING = 1 << 17, /* no answer is longer: what follows is typed */
    SEQ_MS = 250,
    STRING_MS = 1000,     /* for what nobody can have typed */
    PASTE_QUIET_MS = 500, /* without a byte: the operator is told that the rest is awaited */
    BURST_MS = 20,
    LARGE_BURST_MS = 250,    /* what many reads brought comes over a line that may be slow */
    REFUSED_BURST_MS = 1000, /* nothing of it is shown: the rest must not be typed */
    AFTER_BURST_MS = 1000,   /* text and a line's end that come together still belong to it */
    ENTER_MS = 10,
    FULL_READ = 4095, /* bytes that a terminal gives at once at most */
};

struct input {
    void (*event)(void *arg, const struct input_event *ev);
    void *arg;
    enum state state;
    int escape_ms;
    int64_t since_us; /* last byte of what waits */
    int64_t burst_us; /* end of the last burst */
    bool refused;     /* the burst is beyond the cap: the rest of it is dropped */
    char seq[MAX_SEQ + 1];
    size_t n;
    struct paste paste;
    struct buf text; /* an answer's bytes, or a burst's */
    size_t string_n; /* bytes of the answer, also those that are not kept */
    /* A pause can fall into a paste's mark. The beginning of what may be one was a key then (Esc, or Alt-[), and
     * the rest of the mark must not become keys of its own. */
    size_t mark_keys; /* bytes of the mark that were keys; 0: no mark is looked for */
    size_t mark_held; /* bytes after those that fit */
};

struct input *
input_create(void (*event)(void *arg, const struct input_event *ev), void *arg)
{
    struct input *in = xcalloc(1, sizeof *in);
    in->event = event;
    in->arg = arg;
    in->escape_ms = INPUT_ESC_MS;
    in->burst_us = -US_PER_S;
    buf_init(&in->paste.text, INPUT_MAX_PASTE_BYTES);
    buf_init(&in->text, INPUT_MAX_PASTE_BYTES);
    return in;
}

void
input_destroy(struct input **in)
{
    if (!*in)
        return;
    buf_finish(&(*in)->paste.text);
    buf_finish(&(*in)->text);
    free(*in);
    *in = NULL;
}

void
input_wait_for_escape(struct input *in, int ms)
{
    in->escape_ms = ms;
}

static void
to_ground(struct input *in)
{
    in->state = GROUND;
    in->n = 0;
}

static void
emit_char(struct input *in, unsigned mods, uint32_t cp)
{
    struct input_event ev = {.kind = INPUT_KEY};
    char bytes[8];
    if (!keyname_char(ev.name, bytes, &ev.len, mods, cp))
        return;
    ev.bytes = bytes;
    in->event(in->arg, &ev);
}

/* raw is empty afterwards; refused: nothing of it is given. */
static void
emit_paste(struct input *in, struct buf *raw, bool cut, bool refused)
{
    struct buf clean;
    /* A bad byte grows to three. */
    buf_init(&clean, (size_t)INPUT_MAX_PASTE_BYTES * 3);
    if (!refused)
        input_clean(&clean, raw->p, raw->len);
    struct input_event ev = {INPUT_PASTE, clean.p, clean.len, .cut = cut, .refused = refused};
    buf_finish(raw);
    in->event(in->arg, &ev);
    buf_finish(&clean);
}

static void
emit_reply(struct input *in)
{
    struct input_event ev = {.kind = INPUT_REPLY, .bytes = in->text.p, .len = in->text.len};
    in->event(in->arg, &ev);
    buf_finish(&in->text);
    to_ground(in);
}

static void step_byte(struct input *in, unsigned char c);

static void
begin_sequence(struct input *in, enum state state, unsigned char c)
{
    in->state = state;
    in->seq[in->n++] = (char)c;
}

/* Tries the bytes collected (perhaps after ESC) as a character: complete, too short yet, or invalid. */
static void
try_utf8(struct input *in)
{
    size_t skip = in->state == ESC_UTF8 ? 1 : 0;
    unsigned mods = skip ? KEY_ALT : 0;
    uint32_t cp = 0;
    size_t used = utf8_decode(in->seq + skip, in->n - skip, &cp);
    if (used == 0)
        return;
    char rest[MAX_SEQ];
    size_t left = in->n - skip - used;
    memcpy(rest, in->seq + skip + used, left);
    to_ground(in);
    /* C1, which an xterm sends when it is told to: the same as ESC and a letter. */
    if (!skip && cp > 0x80 && cp < 0xA0 && strchr("[O]P_^X", (int)cp - 0x40)) {
        begin_sequence(in, ESC, 27);
        step_byte(in, (unsigned char)(cp - 0x40));
    } else {
        emit_char(in, mods, cp);
    }
    for (size_t i = 0; i < left; i++)
        step_byte(in, (unsigned char)rest[i]);
}

/* Is this byte held as part of a paste's mark? When the mark breaks off, what was held turns out to be keys. */
static bool
holds_mark(struct input *in, unsigned char c)
{
    size_t at = in->mark_keys + in->mark_held;
    bool begins = at == PASTE_MARK_BYTES - 2 && c == '0';
    if ((unsigned char)paste_mark_end[at] == c || begins) {
        in->seq[in->mark_held++] = (char)c;
        if (at + 1 < PASTE_MARK_BYTES)
            return true;
        bool paste = in->seq[in->mark_held - 2] == '0';
        in->mark_keys = in->mark_held = 0;
        if (!paste)
            return true;
        in->state = PASTE;
        paste_start(&in->paste);
        return true;
    }
    char held[PASTE_MARK_BYTES];
    size_t n = in->mark_held;
    memcpy(held, in->seq, n);
    in->mark_keys = in->mark_held = 0;
    for (size_t i = 0; i < n; i++)
        emit_char(in, 0, (unsigned char)held[i]);
    return false;
}

static void
step_ground(struct input *in, unsigned char c)
{
    if (in->mark_keys && holds_mark(in, c))
        return;
    if (c == 27) {
        begin_sequence(in, ESC, c);
    } else if (c < 0x80) {
        emit_char(in, 0, c);
    } else {
        begin_sequence(in, UTF8, c);
        try_utf8(in);
    }
}

static void
step_esc(struct input *in, unsigned char c)
{
    static const enum state states[0x80] = {
        [27] = ESC_ESC, ['['] = CSI,    ['O'] = SS3,    [']'] = STRING,
        ['P'] = STRING, ['_'] = STRING, ['^'] = STRING, ['X'] = STRING,
    };
    enum state next = c < 0x80 ? states[c] : ESC_UTF8;
    if (next == GROUND) {
        to_ground(in);
        emit_char(in, KEY_ALT, c);
        return;
    }
    in->string_n = 0;
    begin_sequence(in, next, c);
    if (next == ESC_UTF8)
        try_utf8(in);
}

static void
step_esc_esc(struct input *in, unsigned char c)
{
    if (c == '[' || c == 'O') {
        begin_sequence(in, c == '[' ? CSI : SS3, c);
        return;
    }
    to_ground(in);
    emit_char(in, 0, 27);
    begin_sequence(in, ESC, 27);
    step_byte(in, c);
}

/* The sequence in seq is complete. */
static void
finish_csi(struct input *in)
{
    static const enum input_kind kinds[] = {[CSI_KEY] = INPUT_KEY,
                                            [CSI_MOUSE] = INPUT_MOUSE,
                                            [CSI_FOCUS] = INPUT_FOCUS,
                                            [CSI_REPLY] = INPUT_REPLY};
    struct csi csi;
    struct input_event ev = {.bytes = in->seq, .len = in->n};
    enum csi_meaning what = csi_read(&csi, &ev, in->seq, in->n);
    to_ground(in);
    switch (what) {
    case CSI_PASTE_BEGIN:
        in->state = PASTE;
        paste_start(&in->paste);
        return;
    case CSI_X10_MOUSE:
        in->state = X10_MOUSE;
        return;
    case CSI_CHAR:
        emit_char(in, csi.mods, csi.cp);
        return;
    case CSI_NOTHING:
        return;
    default:
        ev.kind = kinds[what];
        if (what == CSI_KEY && csi.base)
            keyname_named(ev.name, csi.mods, csi.base);
        in->event(in->arg, &ev);
    }
}

static void
step_csi(struct input *in, unsigned char c)
{
    bool first = in->seq[in->n - 1] == '[';
    if (c < 32 || c >= 0x7f) {
        /* The sequence is broken off: it is dropped, and this byte begins anew. */
        to_ground(in);
        if (c != 0x18 && c != 0x1a)
            step_byte(in, c);
        return;
    }
    if (first && c == '[') {
        begin_sequence(in, CSI_LINUX, c);
        return;
    }
    if (in->state == CSI_SKIP || in->n >= MAX_SEQ) {
        in->state = CSI_SKIP;
        if (c >= 0x40)
            to_ground(in);
        return;
    }
    in->seq[in->n++] = (char)c;
    if (c >= 0x40)
        finish_csi(in);
}

static void
step_ss3(struct input *in, unsigned char c)
{
    if (c < 32 || c >= 0x7f) {
        to_ground(in);
        step_byte(in, c);
        return;
    }
    in->n -= in->n == MAX_SEQ; /* broken, but it has an end */
    in->seq[in->n++] = (char)c;
    if (c >= 0x40)
        finish_csi(in);
}

static void
step_string(struct input *in, unsigned char c)
{
    if (in->n == 2 && in->text.len == 0) {
        char opener = in->seq[1];
        if (!csi_opens_string(opener, c)) {
            to_ground(in);
            emit_char(in, KEY_ALT, (unsigned char)opener);
            step_byte(in, c);
            return;
        }
        buf_append(&in->text, in->seq, 2);
    }
    /* An answer longer than any we ask for is read to its end but not kept. */
    bool endless = ++in->string_n > MAX_STRING;
    bool ends = c == 0x9C && in->text.len && in->text.p[in->text.len - 1] == '\xC2'; /* C1 */
    if (in->text.len < MAX_REPLY)
        buf_append_char(&in->text, (char)c);
    if (ends) {
        emit_reply(in);
    } else if (in->state == STRING_ESC) {
        if (c == '\\') {
            emit_reply(in);
        } else {
            buf_finish(&in->text);
            to_ground(in);
            begin_sequence(in, ESC, 27);
            step_byte(in, c);
        }
    } else if (c == 27) {
        in->state = STRING_ESC;
    } else if (c == 7) {
        emit_reply(in);
    } else if (endless || (c < 32 && c != 9)) {
        /* No answer holds these: it was broken off. An Enter would send what the operator has not looked at. */
        buf_finish(&in->text);
        to_ground(in);
        if (c != 0x18 && c != 0x1a && c != 13 && c != 10)
            step_byte(in, c);
    }
}

static void
do_paste(struct input *in, enum paste_step what)
{
    if (what == PASTE_GOES_ON)
        return;
    bool ended = what == PASTE_DONE || what == PASTE_LEFT;
    bool given = in->paste.dropping && ended;
    if (ended)
        to_ground(in);
    if (what == PASTE_LEFT)
        in->mark_keys = 1;
    if (!given)
        emit_paste(in, &in->paste.text, what == PASTE_TEXT, what == PASTE_TOO_LARGE);
}

static void
end_burst(struct input *in)
{
    to_ground(in);
    in->burst_us = in->since_us;
    emit_paste(in, &in->text, false, in->refused);
    in->refused = false;
}

static void
step_burst(struct input *in, unsigned char c)
{
    if (c == 27) {
        end_burst(in);
        step_byte(in, c);
    } else if (!in->refused && !buf_append_char(&in->text, (char)c)) {
        in->refused = true;
        buf_finish(&in->text);
    }
}

/* Enter was held back; it was a line's end if c is text that came right after it. */
static void
step_held(struct input *in, unsigned char c)
{
    to_ground(in);
    if ((c < 32 && c != '\n' && c != '\t') || c == 127) {
        emit_char(in, 0, 13);
    } else {
        in->state = BURST;
        step_burst(in, 13);
    }
    step_byte(in, c);
}

static void
step_byte(struct input *in, unsigned char c)
{
    switch (in->state) {
    case GROUND:
        step_ground(in, c);
        break;
    case UTF8:
    case ESC_UTF8:
        in->seq[in->n++] = (char)c;
        try_utf8(in);
        break;
    case ESC:
        step_esc(in, c);
        break;
    case ESC_ESC:
        step_esc_esc(in, c);
        break;
    case CSI:
    case CSI_SKIP:
        step_csi(in, c);
        break;
    case CSI_LINUX:
        in->seq[in->n++] = (char)c;
        finish_csi(in);
        break;
    case SS3:
        step_ss3(in, c);
        break;
    case STRING:
    case STRING_ESC:
        step_string(in, c);
        break;
    case X10_MOUSE:
        if (++in->n == 3)
            to_ground(in);
        break;
    case PASTE:
        do_paste(in, paste_byte(&in->paste, c));
        break;
    case BURST:
        step_burst(in, c);
        break;
    case ENTER_HELD:
        step_held(in, c);
        break;
    }
}

static int
wait_ms(const struct input *in)
{
    switch (in->state) {
    case GROUND:
        return -1;
    case ESC:
    case ESC_ESC:
        return in->escape_ms;
    case CSI:
        /* A paste's mark has no deadline: its rest would become keys, and so would the paste. */
        if (paste_may_be_mark(in->seq + (in->seq[1] == 27), in->n - (in->seq[1] == 27)))
            return -1;
        return in->n > 2 ? STRING_MS : SEQ_MS;
    case CSI_SKIP:
        return STRING_MS;
    case PASTE:
        if (in->paste.quiet)
            return paste_has_escape(&in->paste) ? in->escape_ms : -1;
        return PASTE_QUIET_MS;
    case BURST:
        if (in->refused)
            return REFUSED_BURST_MS;
        return in->text.len < FULL_READ ? BURST_MS : LARGE_BURST_MS;
    case ENTER_HELD:
        return ENTER_MS;
    case STRING:
        return in->text.len ? STRING_MS : SEQ_MS;
    case STRING_ESC:
        return STRING_MS;
    default:
        return SEQ_MS;
    }
}

int64_t
input_deadline(const struct input *in)
{
    int ms = wait_ms(in);
    return ms < 0 ? NEVER_US : in->since_us + (int64_t)ms * US_PER_MS;
}

/* The deadline has passed: unfinished bytes become the key they can be, or are dropped. */
static void
resolve_pending(struct input *in)
{
    enum state state = in->state;
    size_t n = in->n;
    char seq[MAX_SEQ + 1];
    memcpy(seq, in->seq, sizeof seq);
    if (state == PASTE) {
        do_paste(in, paste_silence(&in->paste));
        return;
    }
    if (state == BURST) {
        end_burst(in);
        return;
    }
    bool bare = in->text.len == 0 && n == 2;
    buf_finish(&in->text);
    to_ground(in);
    if (state == ENTER_HELD) {
        emit_char(in, 0, 13);
    } else if (state == ESC || state == ESC_ESC) {
        for (size_t i = 0; i < n; i++)
            emit_char(in, 0, 27);
        in->mark_keys = 1;
    } else if (state == UTF8 || state == ESC_UTF8) {
        emit_char(in, state == UTF8 ? 0 : KEY_ALT, 0xFFFD);
    } else if (bare && (state == CSI || state == SS3 || state == STRING)) {
        emit_char(in, KEY_ALT, (unsigned char)seq[1]);
        in->mark_keys = state == CSI ? 2 : 0;
    }
}

void
input_tick(struct input *in, int64_t now_us)
{
    if (now_us >= input_deadline(in))
        resolve_pending(in);
}

/* read: the bytes came in one read(2). */
static void
take_bytes(struct input *in, const char *p, size_t n, int64_t now_us, bool read)
{
    bool begins = read; /* text: nothing before it in this read, or a sequence */
    if (n == 0)
        return;
    /* The event loop may be late: bytes whose deadline has passed are resolved before these are read. But these may
     * have waited since long before it; only the owner, who finds nothing to read, knows of a silence. */
    if (in->state != BURST && in->state != ENTER_HELD)
        input_tick(in, now_us);
    in->since_us = now_us;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        bool at_ground = in->state == GROUND && !in->mark_keys;
        bool after_burst = in->burst_us == now_us /* earlier in this read */ ||
                           (n > 1 && now_us - in->burst_us < (int64_t)AFTER_BURST_MS * US_PER_MS);
        if (begins && at_ground &&
            (paste_is_burst(p + i, n - i) || (after_burst && memchr(p + i, '\r', n - i))))
            in->state = BURST;
        if (read && in->state == PASTE)
            paste_look_ahead(&in->paste, p + i, n - i);
        begins = read && !at_ground;
        if (read && in->state == GROUND && at_ground && i + 1 == n && c == '\r' && n >= FULL_READ)
            in->state = ENTER_HELD;
        else
            step_byte(in, c);
    }
}

void
input_feed(struct input *in, const char *p, size_t n, int64_t now_us)
{
    take_bytes(in, p, n, now_us, false);
}

void
input_read(struct input *in, const char *p, size_t n, int64_t now_us)
{
    take_bytes(in, p, n, now_us, true);
}

enum input_wait
input_waits(const struct input *in)
{
    if (in->state != PASTE || !in->paste.quiet)
        return INPUT_WAITS_NOT;
    return in->paste.dropping ? INPUT_WAITS_FOR_END : INPUT_WAITS_FOR_REST;
}

void
input_reset(struct input *in)
{
    buf_finish(&in->paste.text);
    buf_finish(&in->text);
    to_ground(in);
    in->refused = false;
    in->mark_keys = in->mark_held = 0;
}
