/* Routed turns of a category by the user's arm, and what the guardrails say of them (measure.md, "Guardrails"; schemas.md,
 * GUARDRAILS). A user's bucket says the arm, whoever answered. Pure. Owner: the caller. Thread: the caller's. */
#ifndef BERDUA_ROUTE_GUARD_ARMS_H
#define BERDUA_ROUTE_GUARD_ARMS_H

#include "berdua/chat/terms.h"
#include "berdua/stats/guardrail.h"

#include <stdbool.h>
#include <stdint.h>

/* One that has ended. Pointers live until `add` returns. */
struct routed_turn {
    int64_t at_us;
    enum category category;
    const char *user;
    bool failed;     /* nobody served, or the other brain had to */
    bool overridden; /* asked again, or followed by a tag to the other brain */
    int64_t ttft_us; /* of the first answer of who served; UNKNOWN: none, or the peer was cold */
    double cost_usd; /* of all its answers; NAN: not known */
};

struct guard_arm {
    int64_t turns, users, bad; /* bad: users whose first turn was */
    int64_t failed_or_fell_back, overrides;
    double p95_ttft_ms, cost_usd; /* NAN: not known */
};

struct guardrails {
    enum guardrail_state state;
    struct interval difference;
    struct guard_arm arms[BRAIN_COUNT];
    struct srm srm;
};

struct guard_arms;
struct guard_arms *guard_arms_create(void);
void guard_arms_destroy(struct guard_arms **g);
/* In the order of time. Copies. */
void guard_arms_add(struct guard_arms *g, const struct routed_turn *turn);
/* The category's turns since then, of which `percent` go to LLAMA; 0 < percent < 100. */
void guard_arms_look(const struct guard_arms *g, enum category category, int64_t since_us,
                     double percent, struct guardrails *out);

#endif
