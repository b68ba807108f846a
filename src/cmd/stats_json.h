/* The figures of a cell (schemas.md) as JSON, the same in every command. The caller owns the result. */
#ifndef BERDUA_CMD_STATS_JSON_H
#define BERDUA_CMD_STATS_JSON_H

#include "berdua/stats/verdicts.h"

struct json;

struct json *cell_win_rate(const struct win_rate *r);
struct json *cell_quality(const struct quality *q);

#endif
