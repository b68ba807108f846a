/* A team's events in this store: those made here, which leave (the outbox), and those of others, which are taken in. An event is
 * known by its origin (a UUID, one for each database file) and its number there, from 1 without a gap. It never changes, but it
 * may lose its payload when what it tells of is removed; its digest stays. Thread: the store's. */
#ifndef BERDUA_STORE_TEAM_STORE_H
#define BERDUA_STORE_TEAM_STORE_H

#include "berdua/store/store.h"

#include <stddef.h>
#include <stdint.h>

struct err;

enum { ORIGIN_LEN = 36, TEAM_SHA256_LEN = 64 };

struct team_event {
    const char *origin;
    int64_t seq;
    const char *kind;
    int64_t version;
    const char *payload; /* JSON; NULL: removed */
    const char *sha256;  /* of the payload, also once that is removed */
};

struct team_state {
    char origin[ORIGIN_LEN + 1]; /* "": no team is used in this file yet */
    int64_t seq;                 /* of the newest event made here, 0: none */
    int64_t sent, heard_us;      /* as team_store_heard said last */
    bool filled;                 /* all that was there before the team has become events */
};
bool team_store_state(struct store *s, struct team_state *out, struct err *err);
/* Events of others, and how many origins they are of; reads all of them. */
struct team_counts {
    int64_t taken, waiting, refused, origins;
};
bool team_store_count(struct store *s, struct team_counts *out, struct err *err);

/* From now on what is final becomes events, with the commit that writes it. Does nothing where that is so already. */
bool team_store_join(struct store *s, struct err *err);
/* What was there before becomes events, a bounded number in a transaction; go_on (may be NULL) is asked between. */
bool team_store_fill(struct store *s, bool (*go_on)(void *arg), void *arg, struct err *err);

/* Events of an origin after this number, in order; pointers live until each returns, and false stops. */
bool team_store_read(struct store *s, const char *origin, int64_t after, int64_t most,
                     bool (*each)(void *arg, const struct team_event *e), void *arg,
                     struct err *err);
/* "": there is none. */
bool team_store_digest(struct store *s, const char *origin, int64_t seq,
                       char out[TEAM_SHA256_LEN + 1], struct err *err);
/* The newest number of every origin that is known here, one's own too. */
bool team_store_origins(struct store *s, void (*each)(void *arg, const char *origin, int64_t seq),
                        void *arg, struct err *err);
/* What the server has of ours, and when it said so. */
bool team_store_heard(struct store *s, int64_t sent, int64_t wall_us, struct err *err);

/* Takes in what others made, in one transaction: all of it is kept as it came, and what can be understood becomes rows. Those
 * that are known already do nothing. What belongs to a session or turn that is not there waits for it. *taken: how many
 * became rows now. */
bool team_store_take(struct store *s, const struct team_event *events, size_t count, int64_t *taken,
                     struct err *err);

/* This file is a copy of another that goes on by itself as this origin: our events from this number on get a new one, the
 * older ones are as those of others. Does nothing where another program has done so already. */
bool team_store_renew(struct store *s, const char *origin, int64_t from, struct err *err);

#endif
