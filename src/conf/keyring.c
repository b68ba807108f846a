#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"

struct kept {
    struct kept *next;
    const struct secret_conf *source;
    char *key;
};

struct keyring {
    pthread_mutex_t lock;
    struct kept *first;
};

struct keyring *
keyring_create(void)
{
    struct keyring *k = xcalloc(1, sizeof *k);
    pthread_mutex_init(&k->lock, NULL);
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
    pthread_mutex_destroy(&k->lock);
    free(k);
}

/* Under the lock. */
static struct kept *
find(struct keyring *k, const struct secret_conf *s)
{
    for (struct kept *it = k->first; it; it = it->next)
        if (it->source == s)
            return it;
    return NULL;
}

bool
keyring_get(struct keyring *k, const struct secret_conf *s, char **key, struct err *err)
{
    if (!k || !s->command)
        return secret_resolve(s, key, err);
    /* Held while the command runs: two calls at once must not ask for the passphrase twice. */
    pthread_mutex_lock(&k->lock);
    struct kept *it = find(k, s);
    bool ok = true;
    if (!it || !it->key) {
        char *fresh = NULL;
        ok = secret_resolve(s, &fresh, err);
        if (ok && !it) {
            it = xcalloc(1, sizeof *it);
            *it = (struct kept){.next = k->first, .source = s};
            k->first = it;
        }
        if (ok)
            it->key = fresh;
    }
    *key = ok ? xstrdup(it->key) : NULL;
    pthread_mutex_unlock(&k->lock);
    return ok;
}

void
keyring_forget(struct keyring *k, const struct secret_conf *s)
{
    if (!k)
        return;
    pthread_mutex_lock(&k->lock);
    struct kept *it = find(k, s);
    if (it)
        secret_free(&it->key);
    pthread_mutex_unlock(&k->lock);
}
