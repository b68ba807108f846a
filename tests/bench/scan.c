#include "scan.h"

#include <string.h>

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void
look_at_tail(struct scan *s, int64_t now_us)
{
    int token = 0;
    int lane = s->tail[0] - 'a';
    if (s->tail_len < MARKER_CHARS || lane < 0 || lane >= LANES)
        return;
    for (int i = 1; i < MARKER_CHARS; i++) {
        if (!is_digit(s->tail[i]))
            return;
        token = token * 10 + (s->tail[i] - '0');
    }
    if (token < MAX_TOKENS && !s->seen_us[lane][token])
        s->seen_us[lane][token] = now_us;
}

static void
take_text(struct scan *s, char c, int64_t now_us)
{
    if (s->tail_len == MARKER_CHARS)
        memmove(s->tail, s->tail + 1, (size_t)--s->tail_len);
    s->tail[s->tail_len++] = c;
    if (is_digit(c))
        look_at_tail(s, now_us);
    if (c == s->wanted && !s->wanted_us)
        s->wanted_us = now_us;
}

void
scan_feed(struct scan *s, const char *p, size_t n, int64_t now_us)
{
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        if (c == '\033') {
            s->state = SCAN_ESCAPE;
            continue;
        }
        switch (s->state) {
        case SCAN_TEXT:
            if (c >= ' ' || c < 0)
                take_text(s, c, now_us);
            else
                s->tail_len = 0;
            break;
        case SCAN_ESCAPE:
            s->state = c == '[' ? SCAN_CSI : c == ']' || c == 'P' ? SCAN_STRING : SCAN_TEXT;
            if (c == '(' || c == ')')
                s->state = SCAN_ONE;
            break;
        case SCAN_CSI:
            if (c >= '@' && c <= '~') {
                s->state = SCAN_TEXT;
                if (c != 'm')
                    s->tail_len = 0;
            }
            break;
        case SCAN_STRING:
            if (c == '\a')
                s->state = SCAN_TEXT;
            break;
        case SCAN_ONE:
            s->state = SCAN_TEXT;
            break;
        }
    }
}

void
scan_forget_markers(struct scan *s)
{
    memset(s->seen_us, 0, sizeof s->seen_us);
}

void
scan_want(struct scan *s, char c)
{
    s->wanted = c;
    s->wanted_us = 0;
}
