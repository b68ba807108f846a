/* Worker threads -> main thread. Mail is a struct that its sender embeds in what it has to say; the mailbox
 * keeps a list under one lock, and the main thread swaps the whole list out and delivers it in order. The
 * wake pipe is written only when the list turns from empty to non-empty.
 * Thread: push from any; deliver, fd and kick from the main thread. */
#ifndef BERDUA_CORE_MAILBOX_H
#define BERDUA_CORE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cancel;
struct err;
struct mailbox;

struct mail {
    struct mail *next;
    void (*deliver)(struct mail *m); /* on the main thread; frees m */
    void (*drop)(struct mail *m);    /* frees m, which nobody will read */
    /* Adds m to tail, the newest unread mail, and returns true; false leaves both as they are. May be NULL. */
    bool (*merge)(struct mail *tail, struct mail *m);
    /* Bytes count against the cap of their stream (a call's id) while they are unread; mail of 0 bytes
     * never waits. */
    uint32_t stream;
    size_t bytes;
};

/* cap_bytes: how many unread bytes one stream may have here before its sender is made to wait, so that TCP
 * pushes back on the peer. */
struct mailbox *mailbox_create(size_t cap_bytes, struct err *err);
void mailbox_destroy(struct mailbox **mb);
/* Takes m. false: m had to wait because its stream was over its cap, `c` (may be NULL) fired meanwhile, and m
 * was dropped. */
bool mailbox_push(struct mailbox *mb, struct mail *m, struct cancel *c);
/* Delivers what is unread, oldest first. Mail that comes meanwhile stays for the next time. */
void mailbox_deliver(struct mailbox *mb);
/* Readable while something is unread. */
int mailbox_fd(const struct mailbox *mb);
/* Makes waiting senders look at their cancel token again: call after cancel_fire. */
void mailbox_kick(struct mailbox *mb);

#endif
