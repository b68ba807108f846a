/* The keys that readline is given, in the order in which it reads them. Private to ui/edit. Thread: main. */
#ifndef BERDUA_UI_FEED_H
#define BERDUA_UI_FEED_H

#include <stdbool.h>
#include <stddef.h>

enum { FEED_MAX_MADE_BYTES = 64 << 10 }; /* that no hand typed */

struct feed {
    const char *p; /* what is still to be read */
    size_t n;
    char *
        made; /* what p points into when keys were put before those that were typed; NULL: none were */
    size_t put;       /* bytes that were put before others, in all */
    int starved;      /* reads without a byte */
    bool taking_back; /* nothing is read but what readline itself keeps */
    bool wide;        /* a byte above 127 was read */
};

void feed_begin(struct feed *f, const char *bytes, size_t n);
/* The next byte. A readline command that asks for more keys than there are gets C-g, then EOF, instead of waiting. */
int feed_next(struct feed *f);
/* Keys to be read before the rest. false: more were put than FEED_MAX_MADE_BYTES; nothing is left. */
bool feed_put(struct feed *f, const char *keys, size_t n);
/* Takes the keys that readline has given to itself (the one that ended a search, a keyboard macro) into the feed. One
 * call of rl_callback_read_char would read them all, and a command given up in the second of them would jump back into
 * the first, which has returned. */
void feed_take_back(struct feed *f);
void feed_end(struct feed *f);

#endif
