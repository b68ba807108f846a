/* The month's spend, as the engine knows it, against budget.usd_per_month, by the local time zone. Thread: main. */
#ifndef BERDUA_ENGINE_BUDGET_H
#define BERDUA_ENGINE_BUDGET_H

#include "berdua/base/clock.h"
#include "berdua/chat/answer.h"

#include <stdbool.h>
#include <stdint.h>

struct engine;
struct jobs;

/* Why this brain may not be called this month, new; NULL: it may. */
char *budget_refusal(const struct engine *e, enum brain_id b, struct moment at);
bool budget_stops(const struct engine *e, enum brain_id b, struct moment at);
/* Adds the cost of an answer or side call that has ended. */
void budget_count(struct engine *e, const struct answer *a, struct moment at, struct jobs *out);
/* Notifies once a month when 80 % of the cap are spent. */
void budget_warn(struct engine *e, struct moment at, struct jobs *out);

#endif
