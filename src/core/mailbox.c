#include "berdua/core/mailbox.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/cancel.h"
#include "berdua/core/event.h"

/* How much unread text a call has. Entries are dropped at each take, so the list stays as long as
 * the number of calls that spoke since then. */
struct unread {
    uint32_t call;
    size_t bytes;
};

struct mailbox {
    pthread_mutex_t lock;
    pthread_cond_t taken; /* the list was emptied, or a cancel wants to be noticed */
    struct event *head, *tail;
    struct unread *unread;
    size_t unread_count, unread_capacity;
    size_t cap_bytes;
    int pipe[2];
};

struct mailbox *
mailbox_create(size_t cap_bytes, struct err *err)
{
    int fds[2];
    if (pipe(fds) < 0) {
        err_set(err, "cannot make a pipe: %s", strerror(errno));
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(fds[i], F_SETFD, FD_CLOEXEC);
        fcntl(fds[i], F_SETFL, O_NONBLOCK);
    }
    struct mailbox *mb = xcalloc(1, sizeof *mb);
    pthread_mutex_init(&mb->lock, NULL);
    pthread_cond_init(&mb->taken, NULL);
    mb->cap_bytes = cap_bytes;
    mb->pipe[0] = fds[0];
    mb->pipe[1] = fds[1];
    return mb;
}

void
mailbox_destroy(struct mailbox **mbp)
{
    struct mailbox *mb = *mbp;
    *mbp = NULL;
    if (!mb)
        return;
    while (mb->head) {
        struct event *ev = mb->head;
        mb->head = ev->next;
        event_destroy(&ev);
    }
    free(mb->unread);
    close(mb->pipe[0]);
    close(mb->pipe[1]);
    pthread_cond_destroy(&mb->taken);
    pthread_mutex_destroy(&mb->lock);
    free(mb);
}

/* Under the lock. The pointer is good until the next call of this. */
static struct unread *
unread_of(struct mailbox *mb, uint32_t call)
{
    for (size_t i = 0; i < mb->unread_count; i++)
        if (mb->unread[i].call == call)
            return &mb->unread[i];
    if (mb->unread_count == mb->unread_capacity) {
        mb->unread_capacity = mb->unread_capacity ? mb->unread_capacity * 2 : 8;
        mb->unread = xreallocarray(mb->unread, mb->unread_capacity, sizeof *mb->unread);
    }
    mb->unread[mb->unread_count] = (struct unread){.call = call};
    return &mb->unread[mb->unread_count++];
}

static bool
merge(struct event *tail, const struct event *ev)
{
    if (!tail || tail->kind != EV_DELTA || ev->kind != EV_DELTA || tail->call != ev->call ||
        tail->generation != ev->generation)
        return false;
    if (!buf_append(&tail->text, ev->text.p, ev->text.len))
        return false;
    tail->merged += ev->merged;
    tail->warmth = ev->warmth;
    tail->cultural = ev->cultural;
    tail->words = ev->words;
    return true;
}

/* Under the lock: may a delta of n bytes go in? One that is larger than the cap goes in alone. */
static bool
fits(struct mailbox *mb, uint32_t call, size_t n)
{
    size_t have = unread_of(mb, call)->bytes;
    return have == 0 || (have <= mb->cap_bytes && n <= mb->cap_bytes - have);
}

bool
mailbox_push(struct mailbox *mb, struct event **evp, struct cancel *c)
{
    struct event *ev = *evp;
    *evp = NULL;
    ev->next = NULL;
    pthread_mutex_lock(&mb->lock);
    if (ev->kind == EV_DELTA) { /* anything else is small, and EV_DONE must get through */
        while (!fits(mb, ev->call, ev->text.len)) {
            if (cancel_fired(c)) {
                pthread_mutex_unlock(&mb->lock);
                event_destroy(&ev);
                return false;
            }
            pthread_cond_wait(&mb->taken, &mb->lock);
        }
        unread_of(mb, ev->call)->bytes += ev->text.len;
    }
    bool wake = !mb->head;
    if (merge(mb->tail, ev)) {
        pthread_mutex_unlock(&mb->lock);
        event_destroy(&ev);
        return true;
    }
    if (mb->tail)
        mb->tail->next = ev;
    else
        mb->head = ev;
    mb->tail = ev;
    pthread_mutex_unlock(&mb->lock);
    if (wake) {
        /* After the lock: the reader runs at once, perhaps in this thread's stead, and shall not find it
         * held. A take between the two leaves a byte that wakes the reader for nothing, once. A full pipe
         * wakes it all the same. */
        ssize_t ignored = write(mb->pipe[1], "", 1);
        (void)ignored;
    }
    return true;
}

struct event *
mailbox_take(struct mailbox *mb)
{
    char drain[16];
    /* Before the list: what is pushed after that finds it empty, and writes again. */
    ssize_t ignored = read(mb->pipe[0], drain, sizeof drain);
    (void)ignored;
    pthread_mutex_lock(&mb->lock);
    struct event *list = mb->head;
    if (list) {
        mb->head = mb->tail = NULL;
        mb->unread_count = 0;
        pthread_cond_broadcast(&mb->taken);
    }
    pthread_mutex_unlock(&mb->lock);
    return list;
}

int
mailbox_fd(const struct mailbox *mb)
{
    return mb->pipe[0];
}

void
mailbox_kick(struct mailbox *mb)
{
    pthread_mutex_lock(&mb->lock);
    pthread_cond_broadcast(&mb->taken);
    pthread_mutex_unlock(&mb->lock);
}
