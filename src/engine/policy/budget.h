/* The month's spend against budget.usd_per_month, as far as the engine knows it. Pure but for the local time zone.
 * Thread: main. */
#ifndef BERDUA_ENGINE_BUDGET_H
#define BERDUA_ENGINE_BUDGET_H

#include "berdua/base/clock.h"
#include "berdua/chat/answer.h"

#include <stdbool.h>
#include <stdint.h>

struct engine;
struct jobs;

/* Why this brain may not be called any more this month, a new string; NULL: it may. */
char *budget_refusal(const struct engine *e, enum brain_id b, struct moment at);
bool budget_stops(const struct engine *e, enum brain_id b, struct moment at);
/* An answer or a side call has ended: what it cost is spent. */
void budget_count(struct engine *e, const struct answer *a, struct moment at, struct jobs *out);
/* Says once a month that little is left. */
void budget_warn(struct engine *e, struct moment at, struct jobs *out);

#endif
