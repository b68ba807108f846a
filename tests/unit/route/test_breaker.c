#include "unit/unit.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/route/breaker.h"

static const struct breaker_limits limits = {.failures = 3, .cool_us = 30 * US_PER_S};
/* An hour into the epoch: 0 means "never" in a breaker. */
enum { START_S = 3600 };

struct step {
    int at_s;
    char what; /* f failure, s success, n no news, a a call is let through, r it is not */
    int after; /* enum breaker_state */
};

static void
follow(const struct step *steps, size_t n)
{
    struct breaker b = {0};
    for (size_t i = 0; i < n; i++) {
        int64_t now = (int64_t)(START_S + steps[i].at_s) * US_PER_S;
        if (steps[i].what == 'f')
            breaker_failure(&b, limits, now);
        else if (steps[i].what == 's')
            breaker_success(&b);
        else if (steps[i].what == 'n')
            breaker_no_news(&b);
        else
            assert_int_equal(breaker_allow(&b, limits, now), steps[i].what == 'a');
        if ((int)breaker_state(&b, limits, now) != steps[i].after)
            fail_msg("step %zu: state %s", i, breaker_state_name(breaker_state(&b, limits, now)));
    }
}
#define FOLLOW(...)                                                                                \
    do {                                                                                           \
        static const struct step steps[] = {__VA_ARGS__};                                          \
        follow(steps, ARRAY_LEN(steps));                                                           \
    } while (0)

enum { C = BREAKER_CLOSED, O = BREAKER_OPEN, H = BREAKER_HALF_OPEN };

static void
it_opens_after_that_many_failures_in_a_row_and_not_before(void **state)
{
    (void)state;
    FOLLOW({0, 'f', C}, {1, 'f', C}, {2, 'a', C}, {2, 'f', O}, {3, 'r', O}, {31, 'r', O});
    FOLLOW({0, 'f', C}, {1, 'f', C}, {2, 's', C}, {3, 'f', C}, {4, 'f', C}, {5, 'a', C});
}

static void
cancels_do_not_count(void **state)
{
    (void)state;
    FOLLOW({0, 'f', C}, {1, 'f', C}, {2, 'n', C}, {3, 'n', C}, {4, 'a', C}, {5, 'f', O});
}

static void
after_it_has_cooled_one_call_tries(void **state)
{
    (void)state;
    FOLLOW({0, 'f', C}, {0, 'f', C}, {0, 'f', O}, {29, 'r', O}, {30, 'a', H}, {30, 'r', H},
           {31, 'r', H}, {32, 's', C}, {32, 'a', C}, {33, 'f', C});
    FOLLOW({0, 'f', C}, {0, 'f', C}, {0, 'f', O}, {30, 'a', H}, {32, 'f', O}, {61, 'r', O},
           {62, 'a', H});
    /* a cancelled probe decides nothing: the next call tries */
    FOLLOW({0, 'f', C}, {0, 'f', C}, {0, 'f', O}, {30, 'a', H}, {31, 'n', H}, {31, 'a', H});
}

static void
a_probe_that_never_ends_does_not_lock_the_brain_out(void **state)
{
    (void)state;
    FOLLOW({0, 'f', C}, {0, 'f', C}, {0, 'f', O}, {30, 'a', H}, {59, 'r', H}, {60, 'a', H});
}

static void
calls_that_began_before_do_not_keep_it_open_for_longer(void **state)
{
    (void)state;
    FOLLOW({0, 'f', C}, {0, 'f', C}, {0, 'f', O}, {20, 'f', O}, {30, 'a', H});
    FOLLOW({0, 'f', C}, {0, 'f', C}, {0, 'f', O}, {20, 's', C}, {20, 'a', C});
}

static void
a_clock_that_is_set_back_does_not_lock_the_brain_out(void **state)
{
    (void)state;
    FOLLOW({1000, 'f', C}, {1000, 'f', C}, {1000, 'f', O}, {-1000, 'a', H});
}

static void
only_what_lies_with_the_brain_is_a_failure(void **state)
{
    static const struct {
        enum answer_status status;
        enum error_kind kind;
        char what;
    } ends[] = {
        {STATUS_COMPLETE, ERR_NONE, 's'},       {STATUS_CUT, ERR_NONE, 's'},
        {STATUS_REFUSED, ERR_NONE, 's'},        {STATUS_FAILED, ERR_AUTH, 'f'},
        {STATUS_FAILED, ERR_CONNECT, 'f'},      {STATUS_FAILED, ERR_PROTOCOL, 'f'},
        {STATUS_FAILED, ERR_EMPTY, 'f'},        {STATUS_FAILED, ERR_STALLED, 'f'},
        {STATUS_TIMEOUT, ERR_TIMEOUT, 'f'},     {STATUS_FAILED, ERR_CONTEXT_LENGTH, 'n'},
        {STATUS_FAILED, ERR_BUDGET, 'n'},       {STATUS_FAILED, ERR_BREAKER_OPEN, 'n'},
        {STATUS_CANCELLED, ERR_CANCELLED, 'n'}, {STATUS_INTERRUPTED, ERR_NONE, 'n'},
    };
    (void)state;
    struct config config = {.breaker = {.failures = 5, .cool_s = 30}};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        struct breaker b = {.failures = 1};
        struct answer a;
        answer_init(&a, BRAIN_LLAMA);
        a.status = ends[i].status;
        a.error.kind = ends[i].kind;
        breaker_report(&b, &config, &a, START_S * (int64_t)US_PER_S);
        assert_int_equal(b.failures, ends[i].what == 's' ? 0 : ends[i].what == 'f' ? 2 : 1);
        answer_finish(&a);
    }
}

static void
a_recording_that_fails_opens_no_breaker(void **state)
{
    (void)state;
    struct config config = {.breaker = {.failures = 1, .cool_s = 30}};
    config.brains[BRAIN_LLAMA].provider = PROVIDER_PLAYBACK;
    struct breaker b = {0};
    struct answer a;
    answer_init(&a, BRAIN_LLAMA);
    a.status = STATUS_FAILED;
    a.error.kind = ERR_SERVER;
    breaker_report(&b, &config, &a, START_S * (int64_t)US_PER_S);
    assert_int_equal(b.failures, 0);
    assert_int_equal(b.opened_at_us, 0);
    answer_finish(&a);
}

static void
a_retry_by_hand_is_the_one_probe(void **state)
{
    (void)state;
    int64_t now = START_S * (int64_t)US_PER_S;
    struct breaker b = {.failures = 3, .opened_at_us = now};
    assert_false(breaker_would_allow(&b, limits, now + 1));
    breaker_half_open(&b, limits, now + 1);
    assert_true(breaker_allow(&b, limits, now + 1));
    breaker_half_open(&b, limits, now + 2); /* once more, while the first still runs */
    assert_false(breaker_allow(&b, limits, now + 2));
    breaker_failure(&b, limits, now + 3); /* it cools anew */
    assert_int_equal(breaker_state(&b, limits, now + limits.cool_us), BREAKER_OPEN);
    assert_int_equal(breaker_state(&b, limits, now + 3 + limits.cool_us), BREAKER_HALF_OPEN);
    breaker_half_open(&b, limits, now + 4);
    assert_true(breaker_allow(&b, limits, now + 4));
    breaker_success(&b);
    assert_int_equal(breaker_state(&b, limits, now + 5), BREAKER_CLOSED);
}

/* Changes one thing of LLAMA's peer. */
static void
change(struct brain_conf *c, int what)
{
    static char url[] = "https://other", id[] = "other", env[] = "OTHER_KEY", file[] = "LLAMA_KEY";
    switch (what) {
    case 0:
        c->provider = PROVIDER_RUNPOD;
        break;
    case 1:
        c->base_url = url;
        break;
    case 2:
        c->models[0].id = id;
        break;
    case 3:
        c->api_key.env = env;
        break;
    default:
        c->api_key.env = NULL;
        c->api_key.file = file;
        break;
    }
}

static void
what_another_peer_did_says_nothing(void **state)
{
    (void)state;
    for (int what = -1; what < 5; what++) {
        struct model_conf model = {.tier = (char[]){"fast"}, .id = (char[]){"zantara"}};
        struct config config = {.breaker = {.failures = 1, .cool_s = 30}};
        struct brain_conf *llama = &config.brains[BRAIN_LLAMA];
        *llama = (struct brain_conf){.provider = PROVIDER_OPENAI,
                                     .base_url = (char[]){"http://127.0.0.1:8080/v1"},
                                     .api_key = {.env = (char[]){"LLAMA_KEY"}},
                                     .models = &model,
                                     .model_count = 1};
        struct breaker b[BRAIN_COUNT] = {{0}};
        struct answer a;
        answer_init(&a, BRAIN_LLAMA);
        a.status = STATUS_FAILED;
        a.error.kind = ERR_AUTH;
        breaker_report(&b[BRAIN_LLAMA], &config, &a, START_S * (int64_t)US_PER_S);
        answer_finish(&a);
        if (what >= 0)
            change(llama, what);
        breaker_check_target(&b[BRAIN_LLAMA], llama);
        assert_int_equal(b[BRAIN_LLAMA].failures, what < 0 ? 1 : 0);
        assert_int_equal(b[BRAIN_LLAMA].opened_at_us != 0, what < 0);
    }
}

static void
it_says_why_and_until_when(void **state)
{
    (void)state;
    int64_t now = START_S * (int64_t)US_PER_S;
    struct breaker b = {.failures = 3, .opened_at_us = now};
    char why[128];
    breaker_why(&b, limits, "llama", now + 17500000, why, sizeof why);
    assert_string_equal(why, "llama has failed 3 times in a row; it is tried again in 13 s");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_after_that_many_failures_in_a_row_and_not_before),
        cmocka_unit_test(cancels_do_not_count),
        cmocka_unit_test(after_it_has_cooled_one_call_tries),
        cmocka_unit_test(a_probe_that_never_ends_does_not_lock_the_brain_out),
        cmocka_unit_test(calls_that_began_before_do_not_keep_it_open_for_longer),
        cmocka_unit_test(a_clock_that_is_set_back_does_not_lock_the_brain_out),
        cmocka_unit_test(only_what_lies_with_the_brain_is_a_failure),
        cmocka_unit_test(a_recording_that_fails_opens_no_breaker),
        cmocka_unit_test(a_retry_by_hand_is_the_one_probe),
        cmocka_unit_test(what_another_peer_did_says_nothing),
        cmocka_unit_test(it_says_why_and_until_when),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
