/* Runs the operator's editor on a text. Thread: main; blocks until the editor ends, so the caller has
 * suspended the terminal. */
#ifndef BERDUA_UI_EXTERNAL_H
#define BERDUA_UI_EXTERNAL_H

#include <stdbool.h>

struct buf;
struct err;

/* $VISUAL, else $EDITOR, else vi, on a temporary file (0600, removed afterwards); out gets what it holds
 * then, without the last line end. false with a reason, out empty, when the editor failed. */
bool external_edit(const char *text, struct buf *out, struct err *err);

#endif
