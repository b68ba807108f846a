/* The operator's editor, $VISUAL or else $EDITOR or else vi, on a text. It gets the terminal, no descriptor of ours
 * and no API key. Thread: main. */
#ifndef BERDUA_UI_EXTERNAL_H
#define BERDUA_UI_EXTERNAL_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct external;

/* Starts it on a temporary file (0600) and returns at once; NULL with a reason. The caller has left the terminal to
 * it. Until external_finish, SIGINT and SIGQUIT typed for the editor do nothing to us. */
struct external *external_start(const char *text, struct err *err);
/* Does not wait; to be asked again after a SIGCHLD. */
bool external_ended(struct external *x);
/* Removes the file; out gets what it holds, without the last line end. false with a reason, out empty, when the editor
 * failed or the text cannot be taken; what was typed is then kept in a file (0600) that the reason names. An editor that
 * still runs is told to hang up and, when it does not, killed. x becomes NULL. */
bool external_finish(struct external **x, struct buf *out, struct err *err);
/* Keeps a text that was typed and is refused, and adds to the reason in err where. */
void external_keep(const char *text, size_t n, struct err *err);
/* All of it, for a command without an event loop: waits until the editor ends. */
bool external_edit(const char *text, struct buf *out, struct err *err);

#endif
