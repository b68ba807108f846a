/* A proxy before the server that spoils connections: it cuts one after so many bytes in either direction, or lets no answer
 * through any more. One thread serves all. */
#ifndef TESTS_TEAM_PROXY_H
#define TESTS_TEAM_PROXY_H

#include "team/postgres.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>

#include "berdua/base/random.h"

enum { PROXY_MOST = 64 };

struct proxy {
    int port, server_port, fd;
    pthread_t thread;
    atomic_bool stop,
        cutting;      /* cutting: every connection, after a number of bytes that is drawn */
    atomic_bool mute; /* answers are swallowed */
    atomic_int cuts;
    struct rng rng;
    struct {
        int side[2]; /* client, server */
        int64_t left[2];
    } pairs[PROXY_MOST];
    int count;
};

static inline void
proxy_accept(struct proxy *x)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                            .sin_port = htons((uint16_t)x->server_port)};
    int client = accept(x->fd, NULL, NULL), beyond = socket(AF_INET, SOCK_STREAM, 0);
    if (client < 0 || x->count == PROXY_MOST ||
        connect(beyond, (struct sockaddr *)&a, sizeof a) != 0) {
        close(client);
        close(beyond);
        return;
    }
    int n = x->count++;
    x->pairs[n].side[0] = client;
    x->pairs[n].side[1] = beyond;
    for (int way = 0; way < 2; way++)
        x->pairs[n].left[way] =
            x->cutting ? 1 + (int64_t)rng_below(&x->rng, way == 0 ? 60000 : 6000) : INT64_MAX;
}

/* false: the connection is over. */
static inline bool
proxy_pass(struct proxy *x, int n, int way)
{
    char bytes[16384];
    int64_t most = x->pairs[n].left[way] < (int64_t)sizeof bytes ? x->pairs[n].left[way]
                                                                 : (int64_t)sizeof bytes;
    ssize_t got = recv(x->pairs[n].side[way], bytes, (size_t)most, 0);
    if (got <= 0)
        return false;
    for (ssize_t sent = 0; sent < got && !(way == 1 && x->mute);) {
        ssize_t k = send(x->pairs[n].side[!way], bytes + sent, (size_t)(got - sent), MSG_NOSIGNAL);
        if (k <= 0)
            return false;
        sent += k;
    }
    x->pairs[n].left[way] -= got;
    if (x->pairs[n].left[way] > 0)
        return true;
    x->cuts++;
    return false;
}

static inline void *
proxy_run(void *arg)
{
    struct proxy *x = arg;
    while (!x->stop) {
        struct pollfd p[1 + 2 * PROXY_MOST] = {{.fd = x->fd, .events = POLLIN}};
        for (int i = 0; i < 2 * x->count; i++)
            p[1 + i] = (struct pollfd){.fd = x->pairs[i / 2].side[i % 2], .events = POLLIN};
        poll(p, (nfds_t)(1 + 2 * x->count), 50);
        for (int n = x->count; n-- > 0;) {
            bool alive = true;
            for (int way = 0; way < 2; way++)
                if (alive && p[1 + 2 * n + way].revents)
                    alive = proxy_pass(x, n, way);
            if (!alive) {
                close(x->pairs[n].side[0]);
                close(x->pairs[n].side[1]);
                x->pairs[n] = x->pairs[--x->count];
            }
        }
        if (p[0].revents)
            proxy_accept(x);
    }
    while (x->count-- > 0) {
        close(x->pairs[x->count].side[0]);
        close(x->pairs[x->count].side[1]);
    }
    close(x->fd);
    return NULL;
}

static inline struct proxy *
proxy_start(int server_port, uint64_t seed)
{
    struct proxy *x = xcalloc(1, sizeof *x);
    x->rng.state = seed;
    x->server_port = server_port;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    x->fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(x->fd, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(listen(x->fd, 32), 0);
    assert_int_equal(getsockname(x->fd, (struct sockaddr *)&a, &len), 0);
    x->port = ntohs(a.sin_port);
    assert_int_equal(pthread_create(&x->thread, NULL, proxy_run, x), 0);
    return x;
}

static inline void
proxy_stop(struct proxy **px)
{
    (*px)->stop = true;
    pthread_join((*px)->thread, NULL);
    free(*px);
    *px = NULL;
}

#endif
