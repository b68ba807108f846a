#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/spawn.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"

enum { LOOK_AGAIN_MS = 10 };

struct kept {
    struct kept *next;
    const struct secret_conf *source;
    char *key;    /* NULL: not known */
    bool running; /* a thread runs the command now */
};

struct keyring {
    pthread_mutex_t lock;
    struct kept *first;
    int stop[2]; /* a pipe; its reading end can be read once keyring_stop was called */
};

struct keyring *
keyring_create(void)
{
    struct keyring *k = xcalloc(1, sizeof *k);
    pthread_mutex_init(&k->lock, NULL);
    spawn_pipe(k->stop, NULL);
    return k;
}

void
keyring_destroy(struct keyring **kp)
{
    struct keyring *k = *kp;
    *kp = NULL;
    if (!k)
        return;
    while (k->first) {
        struct kept *next = k->first->next;
        secret_free(&k->first->key);
        free(k->first);
        k->first = next;
    }
    for (int i = 0; i < 2; i++)
        if (k->stop[i] >= 0)
            close(k->stop[i]);
    pthread_mutex_destroy(&k->lock);
    free(k);
}

void
keyring_stop(struct keyring *k)
{
    ssize_t ignored = k && k->stop[1] >= 0 ? write(k->stop[1], "", 1) : 0;
    (void)ignored;
}

/* Under the lock. Entries stay until the keyring is destroyed. */
static struct kept *
kept_entry(struct keyring *k, const struct secret_conf *s)
{
    for (struct kept *it = k->first; it; it = it->next)
        if (it->source == s)
            return it;
    struct kept *it = xcalloc(1, sizeof *it);
    *it = (struct kept){.next = k->first, .source = s};
    return k->first = it;
}

/* Waits while another thread runs the command, so that two calls do not ask for a passphrase twice. The lock is held
 * on entry and on return, and free in between. false: cancelled. */
static bool
wait_for_other(struct keyring *k, const struct kept *it, const int enders[2])
{
    while (it->running) {
        struct pollfd p[2] = {{.fd = enders[0], .events = POLLIN},
                              {.fd = enders[1], .events = POLLIN}};
        pthread_mutex_unlock(&k->lock);
        int ready = poll(p, 2, LOOK_AGAIN_MS);
        pthread_mutex_lock(&k->lock);
        if (ready > 0)
            return false;
    }
    return true;
}

bool
keyring_get(struct keyring *k, const struct secret_conf *s, int cancel_fd, char **key,
            struct err *err)
{
    const int enders[2] = {cancel_fd, k ? k->stop[0] : -1};
    if (!k || !s->command)
        return secret_resolve(s, enders, key, err);
    pthread_mutex_lock(&k->lock);
    struct kept *it = kept_entry(k, s);
    *key = NULL;
    bool ok = wait_for_other(k, it, enders);
    if (!ok)
        err_set(err, "cancelled while the key command ran");
    if (ok && !it->key) {
        char *fresh = NULL;
        it->running = true;
        pthread_mutex_unlock(&k->lock);
        ok = secret_resolve(s, enders, &fresh, err);
        pthread_mutex_lock(&k->lock);
        it->running = false;
        it->key = fresh;
    }
    if (ok)
        *key = xstrdup(it->key);
    pthread_mutex_unlock(&k->lock);
    return ok;
}

void
keyring_forget(struct keyring *k, const struct secret_conf *s)
{
    if (!k)
        return;
    pthread_mutex_lock(&k->lock);
    secret_free(&kept_entry(k, s)->key);
    pthread_mutex_unlock(&k->lock);
}
