/* Statistics of verdicts as the contract's objects (schemas.md, CELL), for every command that prints them. Thread: any. */
#ifndef BERDUA_STATS_STATS_JSON_H
#define BERDUA_STATS_STATS_JSON_H

#include "berdua/stats/verdicts.h"

struct json;

/* {value, low, high, n} */
struct json *stats_json_rate(double value, struct interval i, int64_t n);
struct json *stats_json_win_rate(const struct win_rate *r);
/* Adds e, state, needed. */
void stats_json_add_lead(struct json *cell, const struct win_rate *r);
/* {score, upper, k, n, basis, method, definition} */
struct json *stats_json_quality(const struct quality *q);
/* Adds a number of things that is null below 0. */
void stats_json_add_needed(struct json *o, const char *key, int64_t n);

#endif
