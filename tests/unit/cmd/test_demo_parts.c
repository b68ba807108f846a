/* The demo's exchanges, its history and the times of its tour. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/measure/measure.h"
#include "berdua/store/evidence_store.h"
#include "berdua/store/query.h"
#include "berdua/store/store.h"
#include "brain/tape/cassette.h"
#include "cmd/demo/exchanges.h"
#include "cmd/demo/demo_history.h"
#include "cmd/demo/tour.h"

static struct demo_exchanges x;

static int
read_exchanges(void **state)
{
    (void)state;
    demo_exchanges_read(&x, embedded_text("src/demo/exchanges.txt"));
    return 0;
}

static int
forget_exchanges(void **state)
{
    (void)state;
    demo_exchanges_finish(&x);
    return 0;
}

static void
every_message_that_is_offered_has_its_own_recording_of_both(void **state)
{
    (void)state;
    struct cassette_library *s = cassette_library_open(NULL, NULL);
    assert_int_equal(x.count, 27); /* as the screen says */
    for (size_t i = 0; i < x.count; i++)
        for (int b = 0; b < BRAIN_COUNT; b++) {
            const struct cassette *c =
                cassette_library_pick(s, (enum brain_id)b, CALL_ANSWER, x.all[i].message, 0);
            assert_non_null(c);
            assert_string_equal(c->message, x.all[i].message);
        }
    static const char *const labels[DEMO_MENU] = {"emotional", "cultural", "business", "italiano",
                                                  "a failure"};
    for (int i = 0; i < DEMO_MENU; i++)
        assert_string_equal(demo_exchange_label(&x.all[i]), labels[i]);
    cassette_library_close(&s);
}

static double
warmth_of(const struct measure *m, const struct demo_exchange *e, enum brain_id b)
{
    struct scorer *s = scorer_create(m, e->message, strlen(e->message));
    struct scores got;
    scorer_feed(s, e->sides[b].text, strlen(e->sides[b].text));
    scorer_get(s, &got);
    scorer_destroy(&s);
    return got.warmth;
}

/* What is shown as an example shows what the product is for. */
static void
wherever_a_feeling_shows_llama_is_measured_as_the_warmer_one(void **state)
{
    (void)state;
    struct measure *m = measure_create(NULL, NULL);
    int seen = 0;
    for (size_t i = 0; i < x.count; i++) {
        const struct demo_exchange *e = &x.all[i];
        if (e->category != CATEGORY_EMOTIONAL || !e->sides[BRAIN_LLAMA].text[0])
            continue;
        seen++;
        if (warmth_of(m, e, BRAIN_LLAMA) <= warmth_of(m, e, BRAIN_CLAUDE))
            fail_msg("LLAMA is not the warmer one: %s", e->message);
    }
    assert_true(seen >= 4);
    measure_destroy(&m);
}

static bool
count_verdict(void *arg, const struct verdict_row *row)
{
    int *n = arg;
    n[row->observed]++;
    n[2] += (row->flags >> FLAG_SIMULATED & 1) != 0;
    return true;
}

static bool
join_session(void *arg, const struct session_row *row)
{
    struct buf *out = arg;
    assert_true(row->simulated);
    buf_printf(out, "%s %s %lld\n", row->id, row->user, (long long)row->verdicts);
    return true;
}

static void
the_history_is_the_same_each_time_simulated_and_evidence_for_the_demo_alone(void **state)
{
    (void)state;
    struct buf sessions[2];
    struct err err = {""};
    const int64_t wall_us = INT64_C(1764500000) * US_PER_S;
    for (int i = 0; i < 2; i++) {
        char folder[] = "/tmp/berdua-demo-XXXXXX";
        assert_non_null(mkdtemp(folder));
        char *url = xasprintf("sqlite:%s/demo.db", folder);
        buf_init(&sessions[i], 1 << 16);
        for (int again = 0; again < 2; again++) /* once is enough */
            if (!demo_history_fill(url, &x, wall_us, &err))
                fail_msg("%s", err.text);
        struct store *s = store_open(url, &err);
        int real[3] = {0}, demo[3] = {0};
        assert_true(evidence_store_verdicts(s, count_verdict, real, &err));
        assert_int_equal(real[1], 0);
        assert_int_equal(real[2], real[0]);
        store_count_simulated(s);
        assert_true(evidence_store_verdicts(s, count_verdict, demo, &err));
        assert_int_equal(demo[1], real[0]);
        assert_int_equal(demo[2], 0);
        assert_true(demo[1] > 200);
        assert_true(query_sessions(s, join_session, &sessions[i], &err));
        store_close(&s);
        char *rm = xasprintf("rm -rf %s", folder);
        assert_int_equal(system(rm), 0);
        free(rm);
        free(url);
    }
    assert_string_equal(sessions[0].p, sessions[1].p);
    buf_finish(&sessions[0]);
    buf_finish(&sessions[1]);
}

/* Seconds of the tour's own clock until it is over, asked as a loop asks. */
static void
the_tour_takes_about_two_minutes_and_stands_while_it_is_paused(void **state)
{
    (void)state;
    struct tour t;
    int64_t now = 5;
    int lines = 0;
    tour_start(&t, 2, now);
    while (t.on) {
        while (tour_next(&t, &x, now))
            lines++;
        if (lines == 3 && !t.paused) {
            tour_pause(&t, now);
            assert_true(tour_due_us(&t) == NEVER_US);
            now += 60 * US_PER_S;
            assert_null(tour_next(&t, &x, now));
            tour_pause(&t, now);
            lines++;
        }
        if (t.on)
            now = tour_due_us(&t);
    }
    double took_s = (double)now / US_PER_S - 60;
    assert_true(took_s > 50 && took_s < 70); /* at twice the speed */
    assert_true(tour_seconds() > 100 && tour_seconds() < 140);
    assert_int_equal(tour_step_number(&t), TOUR_STEPS);
}

static void
steps_of_the_tour_go_both_ways_and_end_it(void **state)
{
    (void)state;
    struct tour t;
    tour_start(&t, 1, 0);
    for (int i = 2; i <= TOUR_STEPS; i++) {
        tour_step(&t, 1, 0);
        while (tour_next(&t, &x, 0))
            ;
        assert_int_equal(tour_step_number(&t), i);
    }
    tour_step(&t, -1, 0);
    while (tour_next(&t, &x, 0))
        ;
    assert_string_equal(tour_step_name(&t), "route");
    tour_step(&t, -1, 10 * US_PER_S); /* far into it: its own beginning */
    while (tour_next(&t, &x, 10 * US_PER_S))
        ;
    assert_string_equal(tour_step_name(&t), "route");
    tour_step(&t, 1, 10 * US_PER_S);
    while (tour_next(&t, &x, 10 * US_PER_S))
        ;
    tour_step(&t, 1, 10 * US_PER_S);
    assert_false(t.on);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wherever_a_feeling_shows_llama_is_measured_as_the_warmer_one),
        cmocka_unit_test(every_message_that_is_offered_has_its_own_recording_of_both),
        cmocka_unit_test(
            the_history_is_the_same_each_time_simulated_and_evidence_for_the_demo_alone),
        cmocka_unit_test(the_tour_takes_about_two_minutes_and_stands_while_it_is_paused),
        cmocka_unit_test(steps_of_the_tour_go_both_ways_and_end_it),
    };
    return cmocka_run_group_tests(tests, read_exchanges, forget_exchanges);
}
