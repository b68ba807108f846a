/* What routing remembers and learns from: stages and their append-only history, breakers, and the verdicts as
 * evidence. A connection of its own, synchronous; reading begins without writing, and a missing file reads as
 * empty. Thread: the caller's, never one that may not wait for the disk. */
#ifndef BERDUA_STORE_ROLLOUT_STORE_H
#define BERDUA_STORE_ROLLOUT_STORE_H

#include "berdua/chat/terms.h"
#include "berdua/route/rollout.h"

#include <stdbool.h>
#include <stdint.h>

struct err;
struct rollout_store;
struct writer;

struct rollout_store *rollout_store_open(const char *url, struct err *err);
void rollout_store_close(struct rollout_store **s);
/* false: there was no file when it was opened, and until begin it reads as empty. */
bool rollout_store_there(const struct rollout_store *s);
/* In a chat: from now on rollout_store_write runs in its writer. */
void rollout_store_through(struct rollout_store *s, struct writer *w);
/* A transaction that reads and decides: body is run inside it, perhaps more than once (a commit may fail for a passing
 * reason), and returns false to take everything back. Makes the file where it is missing. */
bool rollout_store_write(struct rollout_store *s,
                         bool (*body)(struct rollout_store *inside, void *arg, struct err *err),
                         void *arg, struct err *err);
/* Everything until commit happens as one, and no other instance comes between. Makes the file where it is
 * missing. */
bool rollout_store_begin(struct rollout_store *s, struct err *err);
bool rollout_store_commit(struct rollout_store *s, struct err *err);
void rollout_store_rollback(struct rollout_store *s);

/* Oldest first; each returns false to stop. Steps of categories that this version does not know are skipped. */
bool rollout_store_steps(struct rollout_store *s,
                         bool (*each)(void *arg, const struct rollout_step *step), void *arg,
                         struct err *err);
/* Between begin and commit. seen_verdict_n is filled in here. */
bool rollout_store_add_step(struct rollout_store *s, const struct rollout_step *step,
                            struct err *err);

/* In the order of n. */
bool rollout_store_verdicts(struct rollout_store *s,
                            bool (*each)(void *arg, const struct verdict_row *row), void *arg,
                            struct err *err);

bool rollout_store_breakers(struct rollout_store *s, struct breaker out[BRAIN_COUNT],
                            struct err *err);
/* Between begin and commit. */
bool rollout_store_put_breaker(struct rollout_store *s, enum brain_id brain,
                               const struct breaker *b, int64_t wall_us, struct err *err);

#endif
