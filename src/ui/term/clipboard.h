/* The terminal's clipboard: what is written to set it, and what may stand in between. Thread: main. */
#ifndef BERDUA_UI_CLIPBOARD_H
#define BERDUA_UI_CLIPBOARD_H

#include <stddef.h>

struct buf;

/* OSC 52 with the text, in the form in which GNU screen hands it on where that is what we run in. */
void clipboard_append(struct buf *out, const char *text, size_t n);
/* What the operator has to set so that it gets through; NULL: nothing that we know of. */
const char *clipboard_hint(void);

#endif
