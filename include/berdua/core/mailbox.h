/* Workers and the store lane -> main. A list under one lock; main swaps the whole list out. The wake
 * pipe is written only when the list turns from empty to non-empty.
 * Thread: push from any; take, fd and kick from the main thread. */
#ifndef BERDUA_CORE_MAILBOX_H
#define BERDUA_CORE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

struct cancel;
struct event;
struct err;
struct mailbox;

/* cap_bytes: how much unread text one call may have here before its worker is made to wait, so that
 * TCP pushes back on the peer. */
struct mailbox *mailbox_create(size_t cap_bytes, struct err *err);
void mailbox_destroy(struct mailbox **mb);
/* Takes *ev (set to NULL). A delta merges into an unread delta at the tail that has the same call and
 * generation (at_us stays that of the first). A delta waits while the call is over its cap; false, the
 * event freed, when `c` (may be NULL) fires meanwhile. Other kinds never wait. */
bool mailbox_push(struct mailbox *mb, struct event **ev, struct cancel *c);
/* Everything unread, oldest first, as a list; NULL when empty. Drains the pipe. */
struct event *mailbox_take(struct mailbox *mb);
/* Readable when there is something to take. */
int mailbox_fd(const struct mailbox *mb);
/* Makes waiting pushers look at their cancel token again: call after cancel_fire. */
void mailbox_kick(struct mailbox *mb);

#endif
