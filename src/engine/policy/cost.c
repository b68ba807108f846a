#include "berdua/engine/cost.h"

#include <math.h>

#include "berdua/base/clock.h"

static double
millions(int64_t tokens)
{
    return tokens > 0 ? (double)tokens / 1e6 : 0;
}

/* The peer turned the request away before it worked on it. */
static bool
turned_away(const struct answer *a)
{
    enum error_kind k = a->error.kind;
    return a->text.len == 0 && a->error.http_status >= 400 &&
           (k == ERR_AUTH || k == ERR_NOT_FOUND || k == ERR_RATE_LIMIT || k == ERR_OVERLOADED ||
            k == ERR_BAD_REQUEST || k == ERR_CONTEXT_LENGTH);
}

/* Seconds of a rented peer that are paid: its own figure, else the whole call; none when no connection was made or the
 * request was turned away. */
static int64_t
busy_time_us(const struct answer *a)
{
    const struct answer_times *t = &a->times;
    if (t->execution_us >= 0)
        return t->execution_us;
    if (turned_away(a))
        return 0;
    return t->connect_us < 0 && t->total_us >= 0 ? 0 : t->total_us;
}

double
cost_usd(const struct price_conf *price, const struct answer *a)
{
    double by_second = NAN;
    int64_t busy_us = busy_time_us(a);
    if (!isnan(price->per_second_usd) && busy_us >= 0)
        by_second = price->per_second_usd * (double)busy_us / US_PER_S;
    int64_t out = answer_tokens_out(a);
    if (isnan(price->input) || isnan(price->output) || (a->usage.input < 0 && out <= 0))
        return by_second;
    double read = millions(a->usage.cache_read), write = millions(a->usage.cache_write);
    double fresh = fmax(0, millions(a->usage.input) - read - write);
    double by_token = fresh * price->input + millions(out) * price->output +
                      read * (isnan(price->cache_read) ? price->input : price->cache_read) +
                      write * (isnan(price->cache_write) ? price->input : price->cache_write);
    return isnan(by_second) ? by_token : by_second + by_token;
}

double
cost_saved_usd(const struct price_conf *price, const struct answer *a)
{
    if (isnan(price->input) || a->usage.cache_read <= 0)
        return NAN;
    double read = isnan(price->cache_read) ? price->input : price->cache_read;
    double write = isnan(price->cache_write) ? price->input : price->cache_write;
    return millions(a->usage.cache_read) * (price->input - read) -
           millions(a->usage.cache_write) * (write - price->input);
}
