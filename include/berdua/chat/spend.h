/* What was spent since the month began, and whom a budget stops. When the sum of both reaches the cap, the brain that has
 * spent more is stopped for the rest of the month; the other serves until its own spend alone reaches it too. Pure. */
#ifndef BERDUA_CHAT_SPEND_H
#define BERDUA_CHAT_SPEND_H

#include "berdua/chat/answer.h"

#include <stdbool.h>
#include <stdint.h>

struct spend {
    double usd[BRAIN_COUNT];
    double warm_up_usd;  /* the part of both that went into waking servers */
    int64_t unknown;     /* calls whose cost nobody knows; they count nothing */
    bool capped;         /* both together reached the cap */
    enum brain_id first; /* where capped: who had spent more by then */
};

/* One more call, in the order of time. usd NAN: unknown. cap NAN: there is none. */
void spend_add(struct spend *s, enum brain_id b, double usd, double cap);
/* After the sums were set by hand: is the cap reached, and by whom? */
void spend_check(struct spend *s, double cap);
/* A call that runs yet, or failed with nothing told, is no gap in the sum. */
bool spend_counts(enum answer_status status, double usd);
bool spend_stops(const struct spend *s, enum brain_id b, double cap);
double spend_total(const struct spend *s);
/* The first moment of the calendar month, in local time, that wall_us falls into, or of the one after it. */
int64_t month_start(int64_t wall_us);
int64_t month_end(int64_t wall_us);

#endif
