/* A team's store: a thread that sends what is final here to the team's PostgreSQL and takes in what others made. The local
 * file stays the only place that is written to first; without the server everything goes on, and what it missed follows.
 * Times are data: what is new is told by numbers alone. */
#ifndef BERDUA_TEAM_TEAM_H
#define BERDUA_TEAM_TEAM_H

#include <stdbool.h>
#include <stdint.h>

struct config;
struct err;
struct mailbox;
struct store;
struct team;
struct writer;

/* How things stand. */
struct team_news {
    bool connected;
    int64_t to_send;       /* events that the server has not confirmed */
    int64_t heard_wall_us; /* when the server answered last; 0: never */
    int64_t taken;         /* events of others that became rows since the last news */
    char trouble[200];     /* why it is not connected; "": it is, or is being connected */
    char notice[200];      /* something for the operator, once */
};

/* Is what `team` says in the configuration allowed? Thread: any. */
bool team_check(const struct config *c, struct err *err);
/* Starts the thread; store_url and w as in the session. on_news is called on the main thread, from the mailbox. */
struct team *team_open(const struct config *c, const char *store_url, struct writer *w,
                       struct mailbox *mb, void (*on_news)(void *arg, const struct team_news *n),
                       void *arg, struct err *err);
/* Ends it; what waits is sent before, if the server takes it within a moment. Before the writer is closed, which may not have
 * released its workers yet. */
void team_close(struct team **t);

/* For commands; thread: main, and they wait. */
bool team_make_tables(const struct config *c, struct err *err);
enum team_way { TEAM_PUSH, TEAM_PULL };
/* *moved: events that the server has now and had not, or that became rows here. notice as above. */
bool team_exchange(const struct config *c, struct store *s, enum team_way way, int64_t *moved,
                   char notice[200], struct err *err);

#endif
