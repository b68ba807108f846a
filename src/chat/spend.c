#include "berdua/chat/spend.h"

#include <math.h>
#include <time.h>

#include "berdua/base/clock.h"

/* Sums of many small costs; a cap of 5.00 is reached at 4.9999999. */
#define ROUNDING 1e-9

double
spend_total(const struct spend *s)
{
    double usd = 0;
    for (int b = 0; b < BRAIN_COUNT; b++)
        usd += s->usd[b];
    return usd;
}

void
spend_add(struct spend *s, enum brain_id b, double usd, double cap)
{
    if (isnan(usd)) {
        s->unknown++;
        return;
    }
    if (!(usd > 0))
        return;
    s->usd[b] += usd;
    spend_check(s, cap);
}

void
spend_check(struct spend *s, double cap)
{
    if (s->capped || isnan(cap) || spend_total(s) < cap - ROUNDING)
        return;
    s->capped = true;
    s->first = s->usd[BRAIN_LLAMA] > s->usd[BRAIN_CLAUDE] ? BRAIN_LLAMA : BRAIN_CLAUDE;
}

bool
spend_counts(enum answer_status status, double usd)
{
    return !isnan(usd) || (status != STATUS_RUNNING && status != STATUS_FAILED);
}

bool
spend_stops(const struct spend *s, enum brain_id b, double cap)
{
    if (isnan(cap))
        return false;
    return (s->capped && s->first == b) || s->usd[b] >= cap - ROUNDING;
}

static int64_t
month_from(int64_t wall_us, int months)
{
    time_t now = (time_t)(wall_us / US_PER_S);
    struct tm tm;
    if (!localtime_r(&now, &tm))
        return wall_us;
    tm = (struct tm){
        .tm_year = tm.tm_year, .tm_mon = tm.tm_mon + months, .tm_mday = 1, .tm_isdst = -1};
    time_t start = mktime(&tm);
    return start == (time_t)-1 ? wall_us : (int64_t)start * US_PER_S;
}

int64_t
month_start(int64_t wall_us)
{
    return month_from(wall_us, 0);
}

int64_t
month_end(int64_t wall_us)
{
    return month_from(wall_us, 1);
}
