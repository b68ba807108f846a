#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/chat/spend.h"

struct call {
    enum brain_id brain;
    double usd;
};

static void
whoever_spent_more_is_stopped_and_the_other_at_its_own_sum(void **state)
{
    (void)state;
    static const struct {
        double cap;
        struct call calls[6];
        bool stopped[BRAIN_COUNT];
    } table[] = {
        {5, {{BRAIN_CLAUDE, 4.9}}, {false, false}},
        {5, {{BRAIN_CLAUDE, 4.9}, {BRAIN_LLAMA, .1}}, {true, false}},
        {5, {{BRAIN_CLAUDE, 1}, {BRAIN_LLAMA, 4}}, {false, true}},
        /* the other may go on past the sum of the first, and does not bring it back */
        {5, {{BRAIN_CLAUDE, 3}, {BRAIN_LLAMA, 2}, {BRAIN_LLAMA, 2.9}}, {true, false}},
        {5, {{BRAIN_CLAUDE, 3}, {BRAIN_LLAMA, 2}, {BRAIN_LLAMA, 3}}, {true, true}},
        {5, {{BRAIN_CLAUDE, 2.5}, {BRAIN_LLAMA, 2.5}}, {true, false}}, /* even */
        {5, {{BRAIN_CLAUDE, 5}}, {true, false}},
        {.3, {{BRAIN_CLAUDE, .1}, {BRAIN_CLAUDE, .1}, {BRAIN_CLAUDE, .1}}, {true, false}},
        {5, {{BRAIN_CLAUDE, NAN}, {BRAIN_LLAMA, NAN}}, {false, false}},
        {NAN, {{BRAIN_CLAUDE, 1e6}, {BRAIN_LLAMA, 1e6}}, {false, false}},
        {0, {{BRAIN_CLAUDE, 0}}, {true, true}}, /* a cap of nothing */
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        struct spend s = {.unknown = 0};
        for (size_t n = 0; n < ARRAY_LEN(table[i].calls); n++)
            spend_add(&s, table[i].calls[n].brain, table[i].calls[n].usd, table[i].cap);
        for (int b = 0; b < BRAIN_COUNT; b++)
            if (spend_stops(&s, (enum brain_id)b, table[i].cap) != table[i].stopped[b])
                fail_msg("row %zu, %s", i, brain_id_name((enum brain_id)b));
    }
}

static void
what_nobody_knows_is_counted_but_adds_nothing(void **state)
{
    (void)state;
    struct spend s = {.unknown = 0};
    spend_add(&s, BRAIN_LLAMA, NAN, 5);
    spend_add(&s, BRAIN_LLAMA, .25, 5);
    spend_add(&s, BRAIN_LLAMA, -3, 5);
    assert_int_equal(s.unknown, 1);
    assert_true(spend_total(&s) == .25);
}

static int64_t
utc(const char *when)
{
    struct tm tm = {0};
    assert_non_null(strptime(when, "%Y-%m-%d %H:%M:%S", &tm));
    return (int64_t)timegm(&tm) * US_PER_S;
}

static void
a_month_begins_at_local_midnight(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *now, *start, *end;
    } table[] = {
        {"UTC0", "2026-11-24 12:00:00", "2026-11-01 00:00:00", "2026-12-01 00:00:00"},
        {"UTC0", "2026-12-31 23:59:59", "2026-12-01 00:00:00", "2027-01-01 00:00:00"},
        {"UTC0", "2028-02-29 00:00:00", "2028-02-01 00:00:00", "2028-03-01 00:00:00"},
        {"UTC0", "2026-11-01 00:00:00", "2026-11-01 00:00:00", "2026-12-01 00:00:00"},
        /* Denpasar is eight hours ahead: there the new month has begun */
        {"WITA-8", "2026-10-31 16:00:00", "2026-10-31 16:00:00", "2026-11-30 16:00:00"},
        {"WITA-8", "2026-10-31 15:59:59", "2026-09-30 16:00:00", "2026-10-31 16:00:00"},
        /* summer time ends within the month */
        {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-28 12:00:00", "2026-09-30 22:00:00",
         "2026-10-31 23:00:00"},
    };
    char *before = xstrdup(getenv("TZ"));
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        setenv("TZ", table[i].zone, 1);
        tzset();
        assert_int_equal(month_start(utc(table[i].now)), utc(table[i].start));
        assert_int_equal(month_end(utc(table[i].now)), utc(table[i].end));
    }
    if (before)
        setenv("TZ", before, 1);
    else
        unsetenv("TZ");
    tzset();
    free(before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_spent_more_is_stopped_and_the_other_at_its_own_sum),
        cmocka_unit_test(what_nobody_knows_is_counted_but_adds_nothing),
        cmocka_unit_test(a_month_begins_at_local_midnight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
