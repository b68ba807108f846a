/* What routing remembers and learns from: stages and their append-only history, breakers, and the verdicts as
 * evidence. A handle of its own, synchronous; reading begins without writing, and a missing file reads as
 * empty. Thread: the caller's, never one that may not wait for the disk. */
#ifndef BERDUA_STORE_ROLLOUT_STORE_H
#define BERDUA_STORE_ROLLOUT_STORE_H

#include "berdua/chat/terms.h"
#include "berdua/chat/health.h"
#include "berdua/chat/verdict.h"

#include <stdbool.h>
#include <stdint.h>

struct err;
struct rollout_store;

/* What is in force now; writer_load_rollout gives the same through the lane. */
struct rollout_state {
    double percent[CATEGORY_COUNT];
    struct breaker breakers[BRAIN_COUNT];
};

struct rollout_store *rollout_store_open(const char *url, struct err *err);
void rollout_store_close(struct rollout_store **s);
/* false: there was no file when it was opened, and until begin it reads as empty. */
bool rollout_store_there(const struct rollout_store *s);
/* Everything until commit happens as one, and no other instance comes between. Makes the file where it is
 * missing. */
bool rollout_store_begin(struct rollout_store *s, struct err *err);
bool rollout_store_commit(struct rollout_store *s, struct err *err);
void rollout_store_rollback(struct rollout_store *s);

struct rollout_step {
    int64_t at_us;
    enum category category;
    double from, to;        /* percent */
    const char *by;         /* hand, auto, safety, breaker, model */
    const char *reason;     /* NULL: none */
    int64_t seen_verdict_n; /* the last verdict known when it was taken */
};
/* Oldest first; each returns false to stop. Steps of categories that this version does not know are skipped. */
bool rollout_store_steps(struct rollout_store *s,
                         bool (*each)(void *arg, const struct rollout_step *step), void *arg,
                         struct err *err);
/* Between begin and commit. seen_verdict_n is filled in here. */
bool rollout_store_add_step(struct rollout_store *s, const struct rollout_step *step,
                            struct err *err);

/* Why a verdict is left out of figures (all but cold). */
enum verdict_flag {
    FLAG_INTERRUPTED,
    FLAG_ERRORED,
    FLAG_TRUNCATED,
    FLAG_LEAK,
    FLAG_UNDONE,
    FLAG_SIMULATED,
    FLAG_SAFETY,
    FLAG_COLD,
    FLAG_COUNT
};
const char *verdict_flag_name(enum verdict_flag f);
enum { FLAGS_LEFT_OUT = (1 << FLAG_COUNT) - 1 - (1 << FLAG_COLD) };

/* Pointers live until `each` returns. */
struct verdict_row {
    int64_t n; /* rises in the order in which verdicts came into this store */
    int64_t at_us;
    enum verdict_kind kind;  /* one of the four judgements */
    const char *origin;      /* chat, review, judge, … */
    int category;            /* of the turn, -1: not classified */
    int mode;                /* enum chat_mode of the turn */
    int acceptable;          /* 0, 1, or -1: nobody was asked */
    unsigned flags;          /* a bit per verdict_flag: stored ones, else what the answers show */
    const char *llama_model; /* NULL: unknown */
};
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
