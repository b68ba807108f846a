#include "feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "readline.h"

enum {
    ABORT_BYTE = 7,  /* C-g */
    MAX_STARVED = 16 /* reads without a byte */
};

void
feed_begin(struct feed *f, const char *bytes, size_t n)
{
    free(f->made);
    *f = (struct feed){.p = bytes, .n = n};
}

int
feed_next(struct feed *f)
{
    if (f->taking_back)
        return EOF;
    if (!f->n)
        return f->starved++ < MAX_STARVED ? ABORT_BYTE : EOF;
    f->n--;
    f->wide |= (*f->p & 0x80) != 0;
    return (unsigned char)*f->p++;
}

bool
feed_put(struct feed *f, const char *keys, size_t n)
{
    if (!n)
        return true;
    f->put += n;
    if (f->put > FEED_MAX_MADE_BYTES) {
        f->n = 0;
        return false;
    }
    char *made = xcalloc(n + f->n, 1);
    memcpy(made, keys, n);
    memcpy(made + n, f->p, f->n);
    free(f->made);
    f->p = f->made = made;
    f->n += n;
    return true;
}

void
feed_take_back(struct feed *f)
{
    struct buf keys;
    int c;
    buf_init(&keys, FEED_MAX_MADE_BYTES + 1);
    f->taking_back = true;
    while ((c = rl_read_key()) != EOF)
        buf_append_char(&keys, (char)c);
    f->taking_back = false;
    feed_put(f, keys.p, keys.len);
    buf_finish(&keys);
}

void
feed_end(struct feed *f)
{
    free(f->made);
    *f = (struct feed){.n = 0};
}
