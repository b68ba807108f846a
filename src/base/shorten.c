#include "berdua/base/shorten.h"

#include <stdint.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/utf8.h"

enum { WORD_BYTES = 400 };

/* Two thirds of what there is room for are the beginning. */
static void
keep_ends(struct buf *out, const char *p, size_t n, size_t max)
{
    static const char gap[] = "…";
    size_t room = max - (sizeof gap - 1);
    size_t head = utf8_whole_prefix(p, room * 2 / 3), from = n - (room - room * 2 / 3);
    while (from < n && ((unsigned char)p[from] & 0xC0) == 0x80)
        from++;
    buf_append(out, p, head);
    buf_append_str(out, gap);
    buf_append(out, p + from, n - from);
}

void
shorten(struct buf *out, const char *p, size_t n, size_t max)
{
    static const char blanks[] = " \t\n";
    struct buf text;
    buf_init(&text, SIZE_MAX);
    for (size_t i = 0; i < n;) {
        size_t word = 0;
        while (i + word < n && !memchr(blanks, p[i + word], sizeof blanks - 1))
            word++;
        if (word > WORD_BYTES)
            keep_ends(&text, p + i, word, WORD_BYTES);
        else
            buf_append(&text, p + i, word);
        i += word;
        for (; i < n && memchr(blanks, p[i], sizeof blanks - 1); i++)
            buf_append_char(&text, p[i]);
    }
    if (text.len > max)
        keep_ends(out, text.p, text.len, max);
    else
        buf_append(out, text.p, text.len);
    buf_finish(&text);
}
