/* One cancel token per call: fired once by the main thread, noticed within a millisecond by a worker
 * that waits on it, on a socket (through its waker), or on a full mailbox.
 * Owner: reference counted, because the main thread and a worker both hold one. Thread: any. */
#ifndef BERDUA_CORE_CANCEL_H
#define BERDUA_CORE_CANCEL_H

#include <stdbool.h>
#include <stdint.h>

struct cancel;

struct cancel *cancel_create(void); /* one reference */
struct cancel *cancel_ref(struct cancel *c);
void cancel_unref(struct cancel **c);

void cancel_fire(struct cancel *c);
bool cancel_fired(const struct cancel *c); /* false for NULL */
/* While set, cancel_fire also calls wake(arg) (under the token's lock, so it must not block or call
 * back here). The worker that set it clears it with NULL before arg goes away. */
void cancel_set_waker(struct cancel *c, void (*wake)(void *arg), void *arg);
/* A descriptor that can be read once the token has fired, for who waits with poll; -1 for NULL or when there
 * is none to be had. Closed with the token. */
int cancel_fd(struct cancel *c);
/* Sleeps until the monotonic time given; returns true at once when fired before that. */
bool cancel_wait_until(struct cancel *c, int64_t deadline_us);

#endif
