#include "continue_offer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/store/query.h"
#include "berdua/store/store.h"
#include "cmd/out.h"

struct newest {
    char *user, *about;
    int64_t at_wall_us, turns;
};

static bool
keep_newest(void *arg, const struct session_row *row)
{
    struct newest *n = arg;
    if (row->turns == 0 || (n->user && row->last_wall_us <= n->at_wall_us))
        return true;
    free(n->user);
    free(n->about);
    n->user = xstrdup(row->user);
    n->about = xstrdup(row->title ? row->title : row->first_message ? row->first_message : "");
    n->at_wall_us = row->last_wall_us;
    n->turns = row->turns;
    return true;
}

/* Byte by byte, so that what is typed ahead is left to the chat. */
static bool
answered_yes(void)
{
    char first = 0, c;
    for (;;) {
        ssize_t n = read(STDIN_FILENO, &c, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || c == '\n')
            return first == 'y' || first == 'Y';
        if (!first)
            first = c;
    }
}

char *
continue_offer(const struct config *config, bool ask)
{
    struct newest n = {0};
    struct err err = {0};
    char when[OUT_TIME_BYTES];
    struct store *q = store_open(config->store_url, &err);
    bool read = q && query_sessions(q, keep_newest, &n, &err);
    store_close(&q);
    if (!n.user) {
        if (read)
            out_say("berdua: there is no session to go on with; a new one begins\n");
        else
            out_say("berdua: the sessions cannot be read, so a new one begins: %s\n", err.text);
        return NULL;
    }
    out_say("berdua: %s has no session to go on with. The newest is of %s, %s, %" PRId64
            " turn%s: %.60s\n",
            config->user, n.user, out_time(n.at_wall_us, when), n.turns, n.turns == 1 ? "" : "s",
            n.about);
    if (ask)
        out_say("Go on with it? [y/N] ");
    else
        out_say("  go on: berdua --continue -u %s\n", n.user);
    free(n.about);
    if (ask && answered_yes())
        return n.user;
    free(n.user);
    return NULL;
}
