#include "berdua/base/when.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/clock.h"

/* Midnight here, so many days before the day of `at`. A day may have 23 or 25 hours. */
static int64_t
midnight(time_t at, int days_before)
{
    struct tm tm;
    localtime_r(&at, &tm);
    tm.tm_mday -= days_before;
    tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
    tm.tm_isdst = -1;
    return (int64_t)mktime(&tm) * US_PER_S;
}

/* Digits of a fixed count; -1: something else. */
static int
number(const char **p, int digits)
{
    int v = 0;
    for (int i = 0; i < digits; i++, (*p)++) {
        if (!isdigit((unsigned char)**p))
            return -1;
        v = v * 10 + (**p - '0');
    }
    return v;
}

static bool
skip(const char **p, const char *any)
{
    if (!**p || !strchr(any, **p))
        return false;
    ++*p;
    return true;
}

static bool
parse_day(const char **p, struct tm *tm)
{
    int year = number(p, 4);
    bool ok = year >= 0 && skip(p, "-");
    int month = ok ? number(p, 2) : -1;
    ok = ok && month >= 1 && month <= 12 && skip(p, "-");
    int day = ok ? number(p, 2) : -1;
    *tm = (struct tm){.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_isdst = -1};
    struct tm same = *tm;
    /* 31 February is no day: it would come back as another. */
    return ok && day >= 1 && timegm(&same) != -1 && same.tm_mday == day;
}

static bool
parse_hours(const char **p, struct tm *tm, int64_t *fraction_us)
{
    tm->tm_hour = number(p, 2);
    bool ok = tm->tm_hour >= 0 && tm->tm_hour < 24 && skip(p, ":");
    tm->tm_min = ok ? number(p, 2) : -1;
    ok = ok && tm->tm_min >= 0 && tm->tm_min < 60;
    *fraction_us = 0;
    if (!ok || !skip(p, ":"))
        return ok;
    tm->tm_sec = number(p, 2);
    if (tm->tm_sec < 0 || tm->tm_sec > 60)
        return false;
    if (!skip(p, ".,"))
        return true;
    int64_t unit = US_PER_S;
    for (ok = false; isdigit((unsigned char)**p); ok = true, ++*p) {
        unit /= 10;
        *fraction_us += unit * (**p - '0');
    }
    return ok;
}

/* After the time: nothing (this zone), Z, or an offset. */
static bool
parse_zone(const char *p, struct tm *tm, int64_t *out)
{
    if (!*p) {
        *out = (int64_t)mktime(tm) * US_PER_S;
        return true;
    }
    int64_t offset = 0;
    if (*p == '+' || *p == '-') {
        int sign = *p++ == '-' ? -1 : 1, hours = number(&p, 2);
        skip(&p, ":");
        int minutes = hours < 0 ? -1 : number(&p, 2);
        if (hours > 23 || minutes < 0 || minutes > 59)
            return false;
        offset = sign * (hours * 60 + minutes) * 60;
    } else if (!skip(&p, "Zz")) {
        return false;
    }
    *out = ((int64_t)timegm(tm) - offset) * US_PER_S;
    return !*p;
}

bool
when_parse(const char *text, int64_t wall_us, int64_t *out)
{
    time_t now = (time_t)(wall_us / US_PER_S);
    struct tm tm;
    int64_t fraction_us = 0;
    if (strcmp(text, "today") == 0 || strcmp(text, "yesterday") == 0) {
        *out = midnight(now, text[0] == 'y');
        return true;
    }
    const char *p = text;
    if (!parse_day(&p, &tm))
        return false;
    if (*p && !(skip(&p, "Tt ") && parse_hours(&p, &tm, &fraction_us)))
        return false;
    if (!parse_zone(p, &tm, out))
        return false;
    *out += fraction_us;
    return true;
}

const char *
when_rfc3339(int64_t wall_us, char out[WHEN_BYTES])
{
    time_t s = (time_t)(wall_us / US_PER_S - (wall_us % US_PER_S < 0));
    struct tm tm;
    out[0] = 0;
    if (gmtime_r(&s, &tm))
        strftime(out, WHEN_BYTES, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return out;
}
