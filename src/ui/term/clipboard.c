#include "clipboard.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/base64.h"
#include "berdua/base/buf.h"

/* Old versions of screen drop a longer string. */
enum { SCREEN_PIECE_BYTES = 200 };

enum between { NOTHING, TMUX, SCREEN };

static bool
is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

/* The variables alone do not tell: a terminal that was started from within has them too. Over ssh there is only TERM,
 * which tmux can have set to either. */
static enum between
what_stands_between(void)
{
    const char *type = getenv("TERM");
    if (!type || (strncmp(type, "tmux", 4) != 0 && strncmp(type, "screen", 6) != 0))
        return NOTHING;
    return type[0] == 's' && is_set("STY") && !is_set("TMUX") ? SCREEN : TMUX;
}

void
clipboard_append(struct buf *out, const char *text, size_t n)
{
    if (what_stands_between() != SCREEN) {
        buf_append_str(out, "\033]52;c;");
        base64_encode(out, text, n);
        buf_append_str(out, "\033\\");
        return;
    }
    /* It keeps an OSC 52 to itself, but hands on what is in device control strings. */
    struct buf whole;
    buf_init(&whole, SIZE_MAX);
    buf_append_str(&whole, "\033]52;c;");
    base64_encode(&whole, text, n);
    buf_append_char(&whole, '\a');
    for (size_t at = 0; at < whole.len; at += SCREEN_PIECE_BYTES) {
        size_t left = whole.len - at;
        buf_append_str(out, "\033P");
        buf_append(out, whole.p + at, left < SCREEN_PIECE_BYTES ? left : SCREEN_PIECE_BYTES);
        buf_append_str(out, "\033\\");
    }
    buf_finish(&whole);
}

const char *
clipboard_hint(void)
{
    return what_stands_between() == TMUX ? "tmux hands it on with: set -g set-clipboard on" : NULL;
}
