#include "berdua/core/mailbox.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "berdua/base/spawn.h"
#include "berdua/core/cancel.h"

/* How much a stream has unread. Entries are dropped at each delivery, so the list is as long as the number of
 * streams that spoke since then. */
struct unread {
    uint32_t stream;
    size_t bytes;
};

struct mailbox {
    pthread_mutex_t lock;
    pthread_cond_t taken; /* the list was emptied, or a cancel wants to be noticed */
    struct mail *head, *tail;
    struct unread *unread;
    size_t unread_count;
    size_t cap_bytes;
    int pipe[2];
};

struct mailbox *
mailbox_create(size_t cap_bytes, struct err *err)
{
    int fds[2];
    if (!spawn_pipe(fds, err))
        return NULL;
    for (int i = 0; i < 2; i++)
        fcntl(fds[i], F_SETFL, O_NONBLOCK);
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
        struct mail *m = mb->head;
        mb->head = m->next;
        m->drop(m);
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
unread_of(struct mailbox *mb, uint32_t stream)
{
    for (size_t i = 0; i < mb->unread_count; i++)
        if (mb->unread[i].stream == stream)
            return &mb->unread[i];
    mb->unread = xgrow(mb->unread, mb->unread_count, sizeof *mb->unread);
    mb->unread[mb->unread_count] = (struct unread){.stream = stream};
    return &mb->unread[mb->unread_count++];
}

/* Under the lock: may n more bytes go in? More than the cap go in alone. */
static bool
fits(struct mailbox *mb, uint32_t stream, size_t n)
{
    size_t have = unread_of(mb, stream)->bytes;
    return have == 0 || (have <= mb->cap_bytes && n <= mb->cap_bytes - have);
}

/* Under the lock, which is dropped while waiting. false: cancelled. */
static bool
wait_for_room(struct mailbox *mb, const struct mail *m, struct cancel *c)
{
    if (!m->bytes)
        return true;
    while (!fits(mb, m->stream, m->bytes)) {
        if (cancel_fired(c))
            return false;
        pthread_cond_wait(&mb->taken, &mb->lock);
    }
    unread_of(mb, m->stream)->bytes += m->bytes;
    return true;
}

bool
mailbox_push(struct mailbox *mb, struct mail *m, struct cancel *c)
{
    m->next = NULL;
    pthread_mutex_lock(&mb->lock);
    bool ok = wait_for_room(mb, m, c);
    bool merged = ok && m->merge && mb->tail && m->merge(mb->tail, m);
    bool wake = ok && !mb->head;
    if (ok && !merged) {
        if (mb->tail)
            mb->tail->next = m;
        else
            mb->head = m;
        mb->tail = m;
    }
    pthread_mutex_unlock(&mb->lock);
    if (!ok || merged)
        m->drop(m);
    if (wake) {
        /* After the lock: the reader often runs at once in place of this thread, and must not find the lock
         * held. A delivery between the two leaves a byte that wakes the reader once for nothing. A full pipe
         * wakes it all the same. */
        ssize_t ignored = write(mb->pipe[1], "", 1);
        (void)ignored;
    }
    return ok;
}

void
mailbox_deliver(struct mailbox *mb)
{
    char drain[16];
    /* Before the list: whoever pushes after this finds the list empty, and writes again. */
    ssize_t ignored = read(mb->pipe[0], drain, sizeof drain);
    (void)ignored;
    pthread_mutex_lock(&mb->lock);
    struct mail *list = mb->head;
    if (list) {
        mb->head = mb->tail = NULL;
        mb->unread_count = 0;
        pthread_cond_broadcast(&mb->taken);
    }
    pthread_mutex_unlock(&mb->lock);
    while (list) {
        struct mail *m = list;
        list = m->next;
        m->next = NULL;
        m->deliver(m);
    }
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
