/* Statistics as the contract's objects (schemas.md, CELL and GUARDRAILS). Thread: any. */
#ifndef BERDUA_CMD_STATS_JSON_H
#define BERDUA_CMD_STATS_JSON_H

#include "berdua/route/guard_arms.h"
#include "berdua/stats/verdicts.h"

struct json;

/* {value, low, high, n} */
struct json *stats_json_win_rate(const struct win_rate *r);
/* Adds e, state, needed. */
void stats_json_add_lead(struct json *cell, const struct win_rate *r);
/* {score, upper, k, n, basis, method, definition} */
struct json *stats_json_quality(const struct quality *q);
/* {state, difference, claude, llama, srm} */
struct json *stats_json_guardrails(const struct guardrails *g);
/* Adds a number of things that is null below 0. */
void stats_json_add_needed(struct json *o, const char *key, int64_t n);

#endif
