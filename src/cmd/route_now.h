/* The present state of LLAMA's rollout, for the commands and the pages that show it. Loading it also takes the steps
 * that are due. Owner: the caller. Thread: one that may wait for the disk. */
#ifndef BERDUA_CMD_ROUTE_NOW_H
#define BERDUA_CMD_ROUTE_NOW_H

#include "berdua/measure/measure.h"
#include "berdua/route/breaker.h"
#include "berdua/route/route.h"
#include "berdua/session/rollout_apply.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct config;
struct crisis;
struct err;

struct route_now {
    struct rollout_limits limits;
    enum breaker_state breakers[BRAIN_COUNT];
    bool available[BRAIN_COUNT];
    struct rollout *rollout;
    int64_t wall_us;
};

/* Loads the state; the caller destroys its rollout, whatever this returned. takes_steps: those that are due; not for a page of
 * a chat, where the writer alone writes. */
bool route_now_load(struct route_now *now, struct store *store, const struct config *config,
                    int64_t wall_us, bool takes_steps, struct err *err);
void route_now_look(const struct route_now *now, struct rollout_view out[CATEGORY_COUNT]);
/* "hold", "promote to 25 %". */
void route_now_decision(const struct rollout_view *v, char *out, size_t size);
/* How steps are taken: automatically, or by hand with which command. */
const char *route_now_steps(const struct route_now *now);

/* `berdua route status`: stages, evidence, the next step, breakers, history. */
bool route_status(struct store *store, const struct config *config, bool json, struct err *err);

/* `berdua route simulate`: what other stages would have been worth. words: checked CATEGORY=PERCENT. */
bool route_simulate(struct store *store, const struct config *config, char **words, int count,
                    bool json, struct err *err);
/* "25", "12.5", "25%" */
bool route_parse_percent(const char *text, double *out);

/* Which brain would be asked, and why. */
struct explanation {
    struct classification kind;
    struct route_decision decision;
    const char *crisis; /* lives as long as what found it */
    const char *user;
    struct route_now now; /* without the rollout, which is freed */
};
/* Without asking; e->user is set. */
bool route_explain(struct store *store, const struct config *config, const struct measure *measure,
                   const struct crisis *crisis, const char *message, size_t n,
                   struct explanation *e, struct err *err);

#endif
