#include "paste.h"

#include <string.h>

#include "berdua/base/utf8.h"
#include "input.h"

static const char paste_mark_begin[] = "\033[200~";
const char paste_mark_end[] = "\033[201~";

void
paste_start(struct paste *p)
{
    p->dropping = p->quiet = p->escaped = p->inside = false;
    p->matched = 0;
    buf_clear(&p->text);
}

static enum paste_step
keep_byte(struct paste *p, char c)
{
    p->quiet = false;
    if (p->dropping || buf_append_char(&p->text, c))
        return PASTE_GOES_ON;
    p->dropping = true;
    return PASTE_TOO_LARGE;
}

enum paste_step
paste_byte(struct paste *p, unsigned char c)
{
    enum paste_step step = PASTE_GOES_ON;
    p->escaped = false;
    bool fits = c == (unsigned char)paste_mark_end[p->matched];
    if (fits && ++p->matched < PASTE_MARK_BYTES)
        return PASTE_GOES_ON;
    if (fits && !p->inside)
        return PASTE_DONE;
    /* ESC stands only at the mark's beginning, so a mismatch starts over with this byte. */
    size_t matched = p->matched;
    p->matched = c == 27;
    for (size_t i = 0; i < matched; i++)
        if (keep_byte(p, paste_mark_end[i]) == PASTE_TOO_LARGE)
            step = PASTE_TOO_LARGE;
    if (c != 27 && !fits && keep_byte(p, (char)c) == PASTE_TOO_LARGE)
        step = PASTE_TOO_LARGE;
    return step;
}

void
paste_look_ahead(struct paste *p, const char *bytes, size_t n)
{
    p->inside = false;
    if (p->matched + 1 != PASTE_MARK_BYTES || *bytes != paste_mark_end[p->matched])
        return;
    for (size_t i = 1; i + PASTE_MARK_BYTES <= n && !p->inside; i++)
        if (memcmp(bytes + i, paste_mark_begin, PASTE_MARK_BYTES) == 0)
            return;
        else
            p->inside = memcmp(bytes + i, paste_mark_end, PASTE_MARK_BYTES) == 0;
}

bool
paste_has_escape(const struct paste *p)
{
    return p->matched == 1 && !p->escaped;
}

enum paste_step
paste_silence(struct paste *p)
{
    p->quiet = true;
    if (!paste_has_escape(p))
        return PASTE_GOES_ON;
    if (p->dropping)
        return PASTE_LEFT;
    p->dropping = p->escaped = true;
    return PASTE_TEXT;
}

bool
paste_is_burst(const char *p, size_t n)
{
    bool ended = false; /* a line */
    for (size_t i = 0; i < n; i++)
        if (p[i] == 27) {
            size_t k = i + 1 < n && p[i + 1] == '[' ? i + 2 : n;
            while (k < n && ((p[k] >= '0' && p[k] <= '9') || p[k] == ';' || p[k] == ':'))
                k++;
            if (k >= n || p[k] != 'm')
                return false;
            i = k;
        } else if (p[i] == '\r' || p[i] == '\n') {
            ended = true;
        } else if (ended && (unsigned char)p[i] >= 32 && p[i] != 127) {
            return true;
        }
    return false;
}

bool
paste_may_be_mark(const char *p, size_t n)
{
    return n > 2 && n < PASTE_MARK_BYTES &&
           (memcmp(p, paste_mark_begin, n) == 0 || memcmp(p, paste_mark_end, n) == 0);
}

void
input_clean(struct buf *out, const char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp = 0;
        size_t used = utf8_decode(p + i, n - i, &cp);
        if (used == 0) {
            used = 1;
            cp = 0xFFFD;
        }
        bool crlf = cp == '\r' && i + 1 < n && p[i + 1] == '\n';
        i += used;
        if (cp == '\r')
            cp = '\n';
        if (crlf || (cp < 32 && cp != '\n' && cp != '\t') || (cp >= 0x7f && cp < 0xA0))
            continue;
        char text[4];
        if (!buf_append(out, text, utf8_encode(cp, text)))
            return;
    }
}
