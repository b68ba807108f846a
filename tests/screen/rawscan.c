#include "rawscan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void
complain(struct rawscan *s, const char *what, unsigned value)
{
    if (s->complaint[0] == '\0')
        snprintf(s->complaint, sizeof(s->complaint), "%s (%#x) %s", what, value, s->seq);
}

bool
rawscan_mode(const struct rawscan *s, int mode)
{
    for (size_t i = 0; i < s->mode_count; i++) {
        if (s->modes[i] == mode)
            return true;
    }
    return false;
}

static void
set_mode(struct rawscan *s, int mode, bool on)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->mode_count; i++) {
        if (s->modes[i] != mode)
            s->modes[kept++] = s->modes[i];
    }
    s->mode_count = kept;
    if (on && kept < sizeof(s->modes) / sizeof(s->modes[0]))
        s->modes[s->mode_count++] = mode;
}

static void
end_csi(struct rawscan *s, char final)
{
    s->seq[s->len] = '\0';
    s->state = SCAN_TEXT;
    if (s->seq[0] == '?' && (final == 'h' || final == 'l')) {
        char *p = s->seq + 1;
        do {
            set_mode(s, (int)strtol(p, &p, 10), final == 'h');
        } while (*p++ == ';');
    } else if (final == 'm') {
        static const char *const plain[] = {"", "0", "39;49", "0;10"}; /* 10: the first font */
        s->attributes = true;
        for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
            s->attributes = s->attributes && strcmp(s->seq, plain[i]) != 0;
    } else if (final == 't' && strncmp(s->seq, "22;", 3) != 0 && strncmp(s->seq, "23;", 3) != 0) {
        complain(s, "a window operation", (unsigned char) final);
    } else if (final == 'i') {
        complain(s, "a print request", (unsigned char) final);
    }
}

/* The end of a link, or its beginning with an address of a kind that is let through. */
static bool
is_link(const char *osc)
{
    int id, begin = 0;
    for (const char *p = osc; *p; p++)
        if (*p <= ' ' || *p > '~')
            return false;
    return strcmp(osc, "8;;") == 0 || (sscanf(osc, "8;id=%d;%n", &id, &begin) == 1 && begin &&
                                       (strncasecmp(osc + begin, "http://", 7) == 0 ||
                                        strncasecmp(osc + begin, "https://", 8) == 0 ||
                                        strncasecmp(osc + begin, "mailto:", 7) == 0));
}

static void
end_osc(struct rawscan *s)
{
    s->seq[s->len] = '\0';
    s->state = SCAN_TEXT;
    if (!is_link(s->seq) && strncmp(s->seq, "52;", 3) != 0 && strcmp(s->seq, "11;?") != 0 &&
        strcmp(s->seq, "9;berdua: the answers have ended") != 0)
        complain(s, "an OSC sequence", 0);
}

static void
add(struct rawscan *s, char c)
{
    if (s->len + 1 < sizeof(s->seq))
        s->seq[s->len++] = c;
}

static void
see_character(struct rawscan *s, uint32_t cp)
{
    bool c1 = cp >= 0x80 && cp <= 0x9f;
    bool bidi = (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200e ||
                cp == 0x200f || cp == 0x61c;
    bool invisible = cp == 0x200b || cp == 0xfeff || cp == 0xad || (cp >= 0xe0000 && cp <= 0xe007f);
    if (c1)
        complain(s, "a C1 control character", cp);
    else if (bidi)
        complain(s, "a bidi control character", cp);
    else if (invisible)
        complain(s, "an invisible character", cp);
}

static void
see_text(struct rawscan *s, unsigned char c)
{
    if (s->more > 0 && (c & 0xc0) == 0x80) {
        s->cp = (s->cp << 6) | (c & 0x3f);
        if (--s->more == 0)
            see_character(s, s->cp);
        return;
    }
    if (s->more > 0 || (c & 0xc0) == 0x80 || c >= 0xf8)
        complain(s, "invalid UTF-8", c);
    s->more = 0;
    if (c >= 0xf0)
        s->more = 3;
    else if (c >= 0xe0)
        s->more = 2;
    else if (c >= 0xc0)
        s->more = 1;
    else if (c < 0x20 && strchr("\a\b\t\n\r\016\017", c) == NULL)
        complain(s, "a control character", c);
    else if (c == 0x7f)
        complain(s, "DEL", c);
    s->cp = c & (s->more == 3 ? 0x07u : s->more == 2 ? 0x0fu : 0x1fu);
}

static void
see_escape(struct rawscan *s, char c)
{
    s->len = 0;
    s->seq[0] = '\0';
    s->state = SCAN_TEXT;
    if (c == '[') {
        s->state = SCAN_CSI;
    } else if (c == ']') {
        s->state = SCAN_OSC;
    } else if (c == '(' || c == ')' || c == '*' || c == '+' || c == '#' || c == '%') {
        s->state = SCAN_CHARSET;
    } else if (c == 'P' || c == '_' || c == '^' || c == 'X') {
        complain(s, "a DCS, APC, PM or SOS string", (unsigned char)c);
    } else if (c == 'c') {
        complain(s, "a full reset", (unsigned char)c);
    }
}

void
rawscan_feed(struct rawscan *s, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        switch (s->state) {
        case SCAN_TEXT:
            if (c == '\033')
                s->state = SCAN_ESC;
            else
                see_text(s, (unsigned char)c);
            break;
        case SCAN_ESC:
            see_escape(s, c);
            break;
        case SCAN_CHARSET:
            s->state = SCAN_TEXT;
            break;
        case SCAN_CSI:
            if (c >= 0x40 && c <= 0x7e)
                end_csi(s, c);
            else
                add(s, c);
            break;
        case SCAN_OSC:
            if (c == '\a')
                end_osc(s);
            else if (c == '\033')
                s->state = SCAN_OSC_ESC;
            else
                add(s, c);
            break;
        case SCAN_OSC_ESC:
            if (c == '\\')
                end_osc(s);
            else
                complain(s, "an unfinished OSC", (unsigned char)c);
            break;
        }
    }
}
