#include "unit/unit.h"

#include <stdlib.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/when.h"

static void
times_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t us;
    } table[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2026-01-31T12:00:00.5+08:00", INT64_C(1769832000500000)},
        {"2026-01-31t04:00:00z", INT64_C(1769832000000000)},
        {"2026-01-31 04:00Z", INT64_C(1769832000000000)},
        {"2026-01-30T20:30:00-0730", INT64_C(1769832000000000)},
        {"2026-01-31", INT64_C(1769788800000000)},          /* midnight in Makassar */
        {"2026-01-31T12:00:00", INT64_C(1769832000000000)}, /* its noon */
        {"yesterday", INT64_C(1769702400000000)},
        {"today", INT64_C(1769788800000000)},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        int64_t us = -1;
        if (!when_parse(table[i].text, INT64_C(1769832000000000), &us) || us != table[i].us)
            fail_msg("%s: %lld, not %lld", table[i].text, (long long)us, (long long)table[i].us);
    }
}

static void
what_is_no_time_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "soon",
                                        "2026",
                                        "2026-02-30",
                                        "2026-13-01",
                                        "2026-00-01",
                                        "2026-01-32",
                                        "2026-01-31T",
                                        "2026-01-31x",
                                        "2026-01-31T25:00",
                                        "2026-01-31T12:60",
                                        "2026-01-31T12:00:00.",
                                        "2026-01-31T12:00:00+8",
                                        "2026-01-31T12:00:00Z+",
                                        "-2026-01-31"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        int64_t us;
        if (when_parse(wrong[i], 0, &us))
            fail_msg("\"%s\" was taken", wrong[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_as_people_write_them),
        cmocka_unit_test(what_is_no_time_is_refused),
    };
    setenv("TZ", "Asia/Makassar", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
