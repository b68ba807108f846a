/* The text between ESC[200~ and ESC[201~, byte by byte. Pure; used by the input decoder only. Thread: any. */
#ifndef BERDUA_UI_PASTE_H
#define BERDUA_UI_PASTE_H

#include "berdua/base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum { PASTE_MARK_BYTES = 6 };
extern const char paste_mark_end[PASTE_MARK_BYTES + 1];

struct paste {
    struct buf text; /* raw */
    bool dropping;   /* of what was refused or given up: the rest is not kept */
    bool quiet;      /* nothing came for a while */
    size_t matched;  /* bytes of the end's mark seen */
    bool escaped;    /* the ESC that may begin that mark was taken for the key */
    bool inside;     /* that mark will be text */
};

enum paste_step {
    PASTE_GOES_ON,
    PASTE_TEXT,      /* it was given up: text is what came, the rest will be dropped */
    PASTE_TOO_LARGE, /* all of it will be dropped */
    PASTE_DONE,      /* it has ended; text is what came, nothing when it was given before */
    PASTE_LEFT       /* its end is no longer waited for */
};

void paste_start(struct paste *p);
enum paste_step paste_byte(struct paste *p, unsigned char c);
/* Before a byte: it and what was read with it. The terminal writes one mark behind a paste, so one that is followed by
 * another is part of the text, whose author wanted the rest to be keys. */
void paste_look_ahead(struct paste *p, const char *bytes, size_t n);
/* Nothing came for a while. An ESC alone gives the paste up: what came is text, what comes from now on is
 * dropped; a second ESC alone ends the waiting. Should the ESC have been the first byte of the end's mark, the
 * rest of the mark is still known for what it is. */
enum paste_step paste_silence(struct paste *p);
/* Is the next silence worth a look, because an ESC stands alone? */
bool paste_has_escape(const struct paste *p);
/* Does text follow a line's end in these bytes, before any ESC that does not merely colour it? */
bool paste_is_burst(const char *p, size_t n);
/* Could these bytes be the beginning of a mark, longer than that of any other sequence? */
bool paste_may_be_mark(const char *p, size_t n);

#endif
