#include "unit/unit.h"

#include "berdua/net/retry.h"

static const int64_t wall = 1792567680000000; /* Wed, 21 Oct 2026 07:28:00 GMT */

static int64_t
wait_of(struct retry_facts f)
{
    int64_t ms = -1;
    if (!f.attempt)
        f.attempt = 1;
    if (!f.retries)
        f.retries = 2;
    f.wall_us = wall;
    return retry_decide(&f, &ms) ? ms : -1;
}

static void
only_passing_troubles_are_tried_again(void **state)
{
    (void)state;
    static const int yes[] = {408, 409, 429, 500, 502, 503, 504, 529};
    static const int no[] = {200, 301, 400, 401, 402, 403, 404, 413, 422};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(wait_of((struct retry_facts){.status = yes[i]}) > 0);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_int_equal(wait_of((struct retry_facts){.status = no[i]}), -1);
    assert_true(wait_of((struct retry_facts){.connect_failed = true}) > 0);
}

static void
an_answer_that_began_is_never_asked_for_again(void **state)
{
    (void)state;
    assert_int_equal(wait_of((struct retry_facts){.status = 529, .body_seen = true}), -1);
    assert_int_equal(wait_of((struct retry_facts){.body_seen = true, .should_retry = "true"}), -1);
}

static void
tries_are_counted(void **state)
{
    (void)state;
    assert_true(wait_of((struct retry_facts){.status = 500, .attempt = 2}) > 0);
    assert_int_equal(wait_of((struct retry_facts){.status = 500, .attempt = 3}), -1);
    struct retry_facts none = {.attempt = 1, .retries = 0, .status = 500};
    int64_t ms;
    assert_false(retry_decide(&none, &ms));
}

static void
the_peer_may_overrule_the_status(void **state)
{
    (void)state;
    assert_int_equal(wait_of((struct retry_facts){.status = 500, .should_retry = "false"}), -1);
    assert_true(wait_of((struct retry_facts){.status = 400, .should_retry = "true"}) > 0);
}

static void
waits_double_up_to_eight_seconds_with_jitter_below(void **state)
{
    (void)state;
    static const int64_t want[] = {500, 1000, 2000, 4000, 8000, 8000, 8000};
    for (int i = 0; i < 7; i++) {
        struct retry_facts f = {.status = 500, .attempt = i + 1, .retries = 99};
        assert_int_equal(wait_of(f), want[i]);
        f.unit = 0.99;
        assert_in_range(wait_of(f), want[i] * 3 / 4, want[i] * 4 / 5);
    }
}

static int64_t
asked(const char *after, const char *after_ms)
{
    return wait_of(
        (struct retry_facts){.status = 429, .retry_after = after, .retry_after_ms = after_ms});
}

static void
the_wait_the_peer_asks_for_is_honoured_up_to_a_cap(void **state)
{
    (void)state;
    assert_int_equal(asked("3", NULL), 3000);
    assert_int_equal(asked("1.5", NULL), 1500);
    assert_int_equal(asked("3", "250"), 250);
    assert_int_equal(asked("60", NULL), 60000);
    assert_int_equal(asked("61", NULL), -1);
    assert_int_equal(asked("99999999999999999999", NULL), -1);
    assert_int_equal(asked("3, 60", NULL), 3000);
    assert_int_equal(asked("Wed, 21 Oct 2026 07:28:09 GMT", NULL), 9000);
    assert_int_equal(asked("Wed, 21 Oct 2026 08:28:09 GMT", NULL), -1);
}

static void
the_reset_of_a_rate_limit_is_a_wait_where_no_other_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *reset;
        int64_t wait_ms;
    } rows[] = {
        {"7", 7000},        {"3600", -1},        {"1792567689", 9000}, {"1792567689000", 9000},
        {"1792571280", -1}, {"1700000000", 500}, {"6m0s", 500}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(wait_of((struct retry_facts){.status = 429, .reset = rows[i].reset}),
                         rows[i].wait_ms);
    assert_int_equal(wait_of((struct retry_facts){.status = 500, .reset = "7"}), 500);
    assert_int_equal(wait_of((struct retry_facts){.status = 429, .reset = "7", .retry_after = "2"}),
                     2000);
}

static void
nonsense_in_the_headers_means_the_usual_wait(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "0",
                                      "-5",
                                      "soon",
                                      "1e9",
                                      "1.2.3",
                                      "Wed, 21 Oct 2026 07:27:00 GMT",
                                      "Wed, 99 Foo 2026 07:27:00 GMT",
                                      "Wed,",
                                      "1.00000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(asked(bad[i], bad[i]), 500);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_passing_troubles_are_tried_again),
        cmocka_unit_test(an_answer_that_began_is_never_asked_for_again),
        cmocka_unit_test(tries_are_counted),
        cmocka_unit_test(the_peer_may_overrule_the_status),
        cmocka_unit_test(waits_double_up_to_eight_seconds_with_jitter_below),
        cmocka_unit_test(the_wait_the_peer_asks_for_is_honoured_up_to_a_cap),
        cmocka_unit_test(the_reset_of_a_rate_limit_is_a_wait_where_no_other_is_named),
        cmocka_unit_test(nonsense_in_the_headers_means_the_usual_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
