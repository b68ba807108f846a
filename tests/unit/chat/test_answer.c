#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/chat/answer.h"
#include "berdua/stats/percentiles.h"

static void
a_blank_or_unfinished_answer_is_not_valid(void **state)
{
    (void)state;
    struct answer a;
    answer_init(&a, BRAIN_LLAMA);
    buf_append_str(&a.text, "halo");
    assert_false(answer_valid(&a));
    a.status = STATUS_COMPLETE;
    assert_true(answer_valid(&a));
    a.status = STATUS_CUT;
    assert_true(answer_valid(&a));
    a.status = STATUS_CANCELLED;
    assert_false(answer_valid(&a));
    a.status = STATUS_COMPLETE;
    buf_clear(&a.text);
    assert_false(answer_valid(&a));
    /* spaces, a no-break space, a zero width space and a byte order mark show nothing */
    buf_append_str(&a.text, " \n\t\xc2\xa0\xe2\x80\x8b\xef\xbb\xbf");
    assert_false(answer_valid(&a));
    buf_append_str(&a.text, ".");
    assert_true(answer_valid(&a));
    answer_finish(&a);
}

static void
token_counts_are_the_peers_when_told_and_estimated_before(void **state)
{
    (void)state;
    struct answer a;
    answer_init(&a, BRAIN_CLAUDE);
    buf_append_str(&a.text, "12345678");
    assert_int_equal(answer_tokens_out(&a), 2);
    a.delta_count = 5;
    assert_int_equal(answer_tokens_out(&a), 5);
    a.usage.output = 3;
    assert_int_equal(answer_tokens_out(&a), 3);
    answer_finish(&a);
}

static void
decode_rate_counts_visible_tokens_after_the_first(void **state)
{
    (void)state;
    struct answer a;
    answer_init(&a, BRAIN_CLAUDE);
    assert_true(isnan(answer_tokens_per_s(&a, 0)));
    a.started_us = 1000000;
    a.times.ttft_us = 500000;
    a.usage.output = 111;
    a.usage.thinking = 10;
    /* running: until now */
    assert_true(fabs(answer_tokens_per_s(&a, 3500000) - 50) < 1e-9);
    a.status = STATUS_COMPLETE;
    a.times.total_us = 1500000;
    assert_true(fabs(answer_tokens_per_s(&a, 999999999) - 100) < 1e-9);
    a.usage.output = 1001; /* all at once, from a peer that holds its answer back */
    a.times.total_us = 515000;
    assert_true(isnan(answer_tokens_per_s(&a, 0)));
    a.usage.output = 11;
    assert_true(isnan(answer_tokens_per_s(&a, 0)));
    answer_finish(&a);
}

static void
every_word_of_the_contract_parses_back(void **state)
{
    (void)state;
    for (int i = 0; i < ROLE_COUNT; i++)
        assert_int_equal(answer_role_parse(answer_role_name((enum answer_role)i)), i);
    for (int i = 0; i < STATUS_COUNT; i++)
        assert_int_equal(answer_status_parse(answer_status_name((enum answer_status)i)), i);
    for (int i = 0; i < ERR_KIND_COUNT; i++)
        assert_int_equal(error_kind_parse(error_kind_name((enum error_kind)i)), i);
    for (int i = 0; i < PHASE_COUNT; i++)
        assert_non_null(answer_phase_name((enum answer_phase)i));
    assert_int_equal(answer_status_parse("finished"), -1);
    assert_int_equal(answer_status_parse(NULL), -1);
    assert_null(answer_status_name(STATUS_COUNT));
}

static void
finishing_leaves_a_fresh_answer(void **state)
{
    (void)state;
    struct answer a;
    answer_init(&a, BRAIN_LLAMA);
    a.model = xstrdup("m");
    a.error.message = xstrdup("e");
    buf_append_str(&a.text, "x");
    answer_finish(&a);
    assert_null(a.model);
    assert_null(a.error.message);
    assert_int_equal(a.text.len, 0);
    assert_int_equal(a.brain, BRAIN_LLAMA);
    answer_finish(&a);
}

static void
percentiles_are_samples_by_nearest_rank(void **state)
{
    (void)state;
    int64_t s[20];
    for (int i = 0; i < 20; i++)
        s[i] = (20 - i) * 10;
    int64_t p50, p95;
    stats_p50_p95(s, 20, -1, &p50, &p95);
    assert_int_equal(p50, 100);
    assert_int_equal(p95, 190);
    stats_p50_p95(s, 19, -1, &p50, &p95);
    assert_int_equal(p50, 110);
    assert_int_equal(p95, 200);
    assert_int_equal(s[0], 200); /* untouched */
    stats_p50_p95(s, 1, -1, &p50, &p95);
    assert_int_equal(p50, 200);
    assert_int_equal(p95, -1); /* one says nothing about the slow ones */
    stats_p50_p95(NULL, 0, -1, &p50, &p95);
    assert_int_equal(p50, -1);
    assert_int_equal(p95, -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_blank_or_unfinished_answer_is_not_valid),
        cmocka_unit_test(token_counts_are_the_peers_when_told_and_estimated_before),
        cmocka_unit_test(decode_rate_counts_visible_tokens_after_the_first),
        cmocka_unit_test(every_word_of_the_contract_parses_back),
        cmocka_unit_test(finishing_leaves_a_fresh_answer),
        cmocka_unit_test(percentiles_are_samples_by_nearest_rank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
