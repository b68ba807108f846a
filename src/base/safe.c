#include "berdua/base/safe.h"

#include <stdio.h>

#include "berdua/base/buf.h"
#include "berdua/base/utf8.h"

enum {
    ZWJ = 0x200d,
    VS15 = 0xfe0e,
    VS16 = 0xfe0f,
    NO_BASE = 0, /* prev: nothing a combining mark could sit on */
};

static bool
is_bidi_control(uint32_t cp)
{
    return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

static bool
is_skin_tone(uint32_t cp)
{
    return cp >= 0x1f3fb && cp <= 0x1f3ff;
}

/* Letters and punctuation of everyday text that need no table: Latin, Cyrillic, the dashes, quotes and ellipsis, CJK. */
static bool
is_everyday(uint32_t cp)
{
    return (cp >= 0xaf && cp <= 0x24f) || (cp >= 0x400 && cp <= 0x47f) ||
           (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x2030 && cp <= 0x203b) ||
           (cp >= 0x4e00 && cp <= 0x9fff) || (cp >= 0x3041 && cp <= 0x3096) ||
           (cp >= 0x30a1 && cp <= 0x30fa) || (cp >= 0xac00 && cp <= 0xd7a3);
}

enum safe_class
safe_classify(uint32_t cp)
{
    if (cp == '\n' || cp == '\t' || (cp >= 0x20 && cp < 0x7f) || is_everyday(cp))
        return SAFE_KEEP;
    enum utf8_kind kind = utf8_cp_kind(cp);
    if (kind == UTF8_CONTROL || is_bidi_control(cp))
        return SAFE_PICTURE;
    return kind == UTF8_INVISIBLE ? SAFE_DROP : SAFE_KEEP;
}

/* Selectors and joiners are kept only inside an emoji sequence, where the reader sees one picture. */
static bool
keep_joiner(const struct safe *s, uint32_t cp, const char *after, size_t n)
{
    if (s->for_cells || !s->emoji || s->marks >= SAFE_MARKS_MAX)
        return false;
    if (cp == VS15 || cp == VS16)
        return s->prev != VS15 && s->prev != VS16;
    if (cp != ZWJ || s->prev == ZWJ)
        return false;
    uint32_t next;
    return utf8_decode(after, n, &next) > 0 && utf8_cp_kind(next) == UTF8_EMOJI;
}

enum verdict { TAKE, LEAVE, STAND_IN, REPLACE, BASELESS };

/* The verdict on cp (not printable ASCII), and the state after it when cp is kept. */
static enum verdict
judge(struct safe *s, uint32_t cp, const char *after, size_t n)
{
    if (cp == '\n' || is_everyday(cp)) {
        s->prev = cp == '\n' ? NO_BASE : cp;
        s->marks = 0;
        s->emoji = false;
        return TAKE;
    }
    if (cp == '\r' && n > 0 && *after == '\n')
        return LEAVE;
    if (is_bidi_control(cp))
        return STAND_IN;
    enum utf8_kind kind = utf8_cp_kind(cp);
    if (kind == UTF8_CONTROL && cp != '\t')
        return STAND_IN;
    if (kind == UTF8_UNASSIGNED && s->for_cells)
        return REPLACE;
    bool joins = kind == UTF8_MARK || (kind == UTF8_VISIBLE && utf8_cp_width(cp) == 0) ||
                 (s->emoji && is_skin_tone(cp));
    if (kind == UTF8_INVISIBLE) {
        if (!keep_joiner(s, cp, after, n))
            return LEAVE;
        joins = true;
    }
    if (joins) {
        if (s->marks >= SAFE_MARKS_MAX || (s->for_cells && is_skin_tone(cp)))
            return LEAVE;
        if (s->prev == NO_BASE)
            return BASELESS;
        s->marks++;
        s->prev = cp;
        return TAKE;
    }
    /* A joined emoji belongs to the cluster before it, so the marks counted there are kept. */
    if (s->prev != ZWJ)
        s->marks = 0;
    s->emoji = kind == UTF8_EMOJI;
    s->prev = cp;
    return TAKE;
}

/* Shows what stands for cp: a picture of a control character, U+FFFD, or a dotted circle under a lone mark. */
static void
replace(struct safe *s, struct safe_piece *piece, enum verdict v, uint32_t cp)
{
    uint32_t shown = v == REPLACE    ? 0xfffd
                     : v == BASELESS ? 0x25cc
                     : cp < 0x20     ? 0x2400 + cp
                     : cp == 0x7f    ? 0x2421
                                     : 0;
    piece->stand_in = true;
    piece->p = piece->store;
    piece->n = shown ? utf8_encode(shown, piece->store)
                     : (size_t)snprintf(piece->store, sizeof piece->store, "<%02X>", (unsigned)cp);
    if (v == BASELESS)
        piece->n += utf8_encode(cp, piece->store + piece->n);
    s->prev = v == REPLACE ? shown : v == BASELESS ? cp : NO_BASE;
    s->marks = v == BASELESS;
    s->emoji = false;
}

void
safe_next(struct safe *s, const char *p, size_t n, struct safe_piece *piece)
{
    size_t i = 0;
    piece->stand_in = false;
    while (i < n) {
        unsigned char c = (unsigned char)p[i];
        if (c >= 0x20 && c < 0x7f) {
            do
                i++;
            while (i < n && (unsigned char)p[i] >= 0x20 && (unsigned char)p[i] < 0x7f);
            s->prev = (unsigned char)p[i - 1];
            s->marks = 0;
            s->emoji = false;
            continue;
        }
        struct safe before = *s;
        uint32_t cp;
        size_t len = utf8_decode(p + i, n - i, &cp);
        enum verdict v = REPLACE;
        if (len == 0)
            len = 1; /* each bad byte is one U+FFFD, wherever the text was cut */
        else if (len > 1 || cp != 0xfffd)
            v = judge(s, cp, p + i + len, n - i - len);
        if (v == TAKE) {
            i += len;
            continue;
        }
        if (i > 0) { /* the harmless run before it is returned first */
            *s = before;
            break;
        }
        piece->used = len;
        piece->p = p;
        piece->n = 0;
        if (v != LEAVE)
            replace(s, piece, v, cp);
        return;
    }
    piece->p = p;
    piece->n = piece->used = i;
}

bool
safe_text(struct buf *out, const char *p, size_t n, bool one_line)
{
    struct safe s = {0};
    size_t before = out->len;
    while (n > 0) {
        struct safe_piece piece;
        safe_next(&s, p, n, &piece);
        size_t at = out->len;
        if (!buf_append(out, piece.p, piece.n)) {
            buf_truncate(out, before);
            return false;
        }
        if (one_line)
            for (char *c = out->p + at; c < out->p + out->len; c++)
                if (*c == '\n' || *c == '\t')
                    *c = ' ';
        p += piece.used;
        n -= piece.used;
    }
    return true;
}

bool
safe_json(struct buf *out, const char *p, size_t n)
{
    size_t before = out->len;
    uint32_t cp;
    bool ok = true;
    for (size_t i = 0, used; ok && (used = utf8_decode(p + i, n - i, &cp)) > 0; i += used)
        if (safe_classify(cp) == SAFE_KEEP)
            ok = buf_append(out, p + i, used);
        else if (cp < 0x10000)
            ok = buf_printf(out, "\\u%04x", (unsigned)cp);
        else
            ok = buf_printf(out, "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (cp >> 10)),
                            (unsigned)(0xdc00 + (cp & 0x3ff)));
    if (!ok)
        buf_truncate(out, before);
    return ok;
}
