#include "dial.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/spawn.h"
#include "berdua/conf/secret.h"
#include "berdua/core/thread.h"

enum { OPTIONS_MOST = 11 };

struct call {
    const char *keys[OPTIONS_MOST + 1];
    char *values[OPTIONS_MOST + 1]; /* one may be the password */
    PGconn *conn;
    int ended;             /* the thread closes it as the last thing it does */
    atomic_bool left_once; /* two hold the call; the second that leaves it frees it */
};

static bool
is_second_to_leave(struct call *c)
{
    return atomic_exchange(&c->left_once, true);
}

static void
finish_call(struct call *c)
{
    pq.finish(c->conn);
    for (size_t i = 0; c->keys[i]; i++)
        secret_free(&c->values[i]);
    free(c);
}

static void *
make_call(void *arg)
{
    struct call *c = arg;
    int ended = c->ended;
    c->conn = pq.connectStartParams(c->keys, (const char *const *)c->values, 1);
    if (!c->conn)
        abort(); /* out of memory */
    if (is_second_to_leave(c))
        finish_call(c);
    close(ended);
    return NULL;
}

static void
wait_for_one(int fd, int other_fd)
{
    struct pollfd p[2] = {{.fd = fd, .events = POLLIN}, {.fd = other_fd, .events = POLLIN}};
    while (poll(p, 2, -1) < 0 && errno == EINTR)
        ;
}

PGconn *
dial(const struct dial_option *options, size_t count, int stop_fd, struct err *err)
{
    int ends[2];
    pthread_t thread;
    PGconn *conn = NULL;
    if (!spawn_pipe(ends, err)) {
        err_prefix(err, "team");
        return NULL;
    }
    assert(count <= OPTIONS_MOST);
    struct call *c = xcalloc(1, sizeof *c);
    c->ended = ends[1];
    for (size_t i = 0; i < count; i++) {
        c->keys[i] = options[i].key;
        c->values[i] = xstrdup(options[i].value);
    }
    int rc = thread_start(&thread, make_call, c);
    if (rc != 0) {
        err_set(err, "team: no thread: %s", strerror(rc));
        finish_call(c);
        close(ends[1]);
    } else {
        pthread_detach(thread);
        wait_for_one(ends[0], stop_fd);
        if (is_second_to_leave(c)) {
            conn = c->conn;
            c->conn = NULL;
            finish_call(c);
        } else {
            err_set(err, "team: the program ends");
        }
    }
    close(ends[0]);
    return conn;
}
