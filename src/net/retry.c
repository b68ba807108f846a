#include "berdua/net/retry.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "berdua/base/clock.h"

/* Digits with an optional fraction; -1: something else. Of two values that a proxy joined by a comma, the first. */
static double
parse_number(const char *s)
{
    double value = 0;
    double scale = 0;
    bool digits = false;
    while (*s == ' ')
        s++;
    if (strlen(s) > 18)
        return s[strspn(s, "0123456789")] ? -1 : 1e15;
    for (; *s && *s != ' ' && *s != ','; s++) {
        if (*s == '.' && scale == 0) {
            scale = 1;
        } else if (isdigit((unsigned char)*s)) {
            digits = true;
            value = value * 10 + (*s - '0');
            scale *= 10;
        } else {
            return -1;
        }
    }
    while (*s == ' ')
        s++;
    if ((*s && *s != ',') || !digits)
        return -1;
    return scale > 0 ? value / scale : value;
}

static int
two_digits(const char *s)
{
    if (!isdigit((unsigned char)s[0]) || !isdigit((unsigned char)s[1]))
        return -1;
    return (s[0] - '0') * 10 + (s[1] - '0');
}

/* "Wed, 21 Oct 2026 07:28:00 GMT", the only form that may be sent today, to seconds since 1970;
 * -1 for anything else. Not strptime, which reads names in the user's language. */
static int64_t
parse_date(const char *s)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *p = strchr(s, ',');
    if (!p || strlen(p) < 26)
        return -1;
    p += 2;
    int day = two_digits(p);
    int month = 0;
    while (month < 12 && strncasecmp(p + 3, months + 3 * month, 3) != 0)
        month++;
    int century = two_digits(p + 7);
    int year = two_digits(p + 9);
    struct tm tm = {.tm_mday = day,
                    .tm_mon = month,
                    .tm_year = century * 100 + year - 1900,
                    .tm_hour = two_digits(p + 12),
                    .tm_min = two_digits(p + 15),
                    .tm_sec = two_digits(p + 18)};
    if (day < 1 || day > 31 || month == 12 || century < 19 || year < 0 || tm.tm_hour < 0 ||
        tm.tm_min < 0 || tm.tm_sec < 0 || p[2] != ' ' || p[6] != ' ' || p[14] != ':' ||
        p[17] != ':')
        return -1;
    return (int64_t)timegm(&tm);
}

/* x-ratelimit-reset has no standard: seconds from now, or the time since 1970 in seconds or milliseconds. */
static double
until_reset_ms(const struct retry_facts *f)
{
    static const double epoch_s = 1e9, epoch_ms = 1e12;
    double v = f->status == 429 && f->reset ? parse_number(f->reset) : 0;
    if (v < epoch_s)
        return v * 1000;
    return (v < epoch_ms ? v * 1000 : v) - (double)f->wall_us / US_PER_MS;
}

double
retry_asked_ms(const struct retry_facts *f)
{
    if (f->retry_after_ms) {
        double ms = parse_number(f->retry_after_ms);
        if (ms > 0)
            return ms;
    }
    if (!f->retry_after)
        return until_reset_ms(f);
    double s = parse_number(f->retry_after);
    if (s >= 0)
        return s * 1000;
    int64_t date = parse_date(f->retry_after);
    return date < 0 ? 0 : (double)(date * US_PER_S - f->wall_us) / US_PER_MS;
}

static bool
worth_it(const struct retry_facts *f)
{
    if (f->should_retry && strcasecmp(f->should_retry, "true") == 0)
        return true;
    if (f->should_retry && strcasecmp(f->should_retry, "false") == 0)
        return false;
    return f->connect_failed || f->status == 408 || f->status == 409 || f->status == 429 ||
           f->status >= 500;
}

bool
retry_decide(const struct retry_facts *f, int64_t *wait_ms)
{
    if (f->body_seen || f->attempt > f->retries || !worth_it(f))
        return false;
    double ms = retry_asked_ms(f);
    if (ms > RETRY_AFTER_CAP_MS)
        return false;
    if (ms <= 0) {
        int step = f->attempt > 5 ? 4 : f->attempt - 1;
        ms = fmin(500.0 * (double)(1 << (step > 0 ? step : 0)), 8000.0) * (1 - 0.25 * f->unit);
    }
    *wait_ms = (int64_t)ceil(ms);
    return true;
}
