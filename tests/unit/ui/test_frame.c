#include "unit/unit.h"

#include "berdua/base/clock.h"
#include "ui/term/frame.h"

enum { T = 1000000 };

static struct frame
quiet(void)
{
    struct frame f;
    frame_init(&f);
    return f;
}

static void
an_idle_screen_wants_no_frame_at_all(void **state)
{
    (void)state;
    struct frame f = quiet();
    assert_true(f.due_us == NEVER_US);
    frame_want(&f, FRAME_NOW, T);
    frame_painted(&f, T, 100);
    assert_true(f.due_us == NEVER_US);
    assert_false(frame_is_due(&f, T + 100 * US_PER_S));
}

static void
a_key_is_painted_at_once_even_in_a_flood(void **state)
{
    (void)state;
    struct frame f = quiet();
    for (int i = 0; i < 20; i++) {
        frame_want(&f, FRAME_FLOW, T + i * 100);
        frame_painted(&f, T + i * 100, 50);
    }
    frame_want(&f, FRAME_FLOW, T + 2001);
    assert_false(frame_is_due(&f, T + 2001));
    frame_want(&f, FRAME_NOW, T + 2002);
    assert_true(frame_is_due(&f, T + 2002));
}

static void
a_lone_lane_is_painted_at_once_after_quiet(void **state)
{
    (void)state;
    struct frame f = quiet();
    f.lanes = 1;
    frame_want(&f, FRAME_FLOW, T);
    assert_true(frame_is_due(&f, T));
}

static void
two_lanes_in_step_share_a_frame(void **state)
{
    (void)state;
    struct frame f = quiet();
    f.lanes = 2;
    frame_want(&f, FRAME_FLOW, T);
    assert_false(frame_is_due(&f, T));
    assert_true(f.due_us <= T + FRAME_GATHER_US);
    frame_want(&f, FRAME_FLOW, T + 40);
    assert_true(frame_is_due(&f, T + 40)); /* nobody else is waited for */
}

static void
lanes_out_of_step_are_not_waited_for_until_they_meet(void **state)
{
    (void)state;
    struct frame f = quiet();
    int64_t now = T;
    f.lanes = 2;
    for (int i = 0; i < FRAME_ALONE; i++, now += 5000) {
        frame_want(&f, FRAME_FLOW, now);
        assert_false(frame_is_due(&f, now));
        frame_painted(&f, now + FRAME_GATHER_US, 50);
    }
    frame_want(&f, FRAME_FLOW, now);
    assert_true(frame_is_due(&f, now));
    frame_painted(&f, now, 50);
    frame_want(&f, FRAME_FLOW, now + 80); /* the other one has only just missed that frame */
    frame_painted(&f, now + 80, 50);
    frame_want(&f, FRAME_FLOW, now + 10000);
    assert_false(frame_is_due(&f, now + 10000));
}

static void
a_first_token_right_after_a_frame_is_at_once(void **state)
{
    (void)state;
    struct frame f = quiet();
    f.lanes = 2;
    for (int i = 0; i < 5; i++)
        frame_painted(&f, T + 5 * i, 50);
    frame_want(&f, FRAME_NOW, T + 30);
    assert_true(frame_is_due(&f, T + 30));
}

static void
steps_towards_the_first_token_share_a_frame(void **state)
{
    (void)state;
    struct frame f = quiet();
    frame_want(&f, FRAME_STATE, T);
    frame_want(&f, FRAME_STATE, T + 60);
    assert_false(frame_is_due(&f, T + 60));
    assert_true(f.due_us == T + FRAME_GATHER_US);
}

/* Feeds a change every gap_us for a second; counts frames and the worst delay. */
static int
run(int gap_us, int64_t *worst, int64_t drain_us)
{
    struct frame f = quiet();
    int frames = 0;
    int64_t waiting = -1;
    *worst = 0;
    for (int64_t now = T; now < T + US_PER_S; now += 10) {
        if ((now - T) % gap_us == 0) {
            frame_want(&f, FRAME_FLOW, now);
            if (waiting < 0)
                waiting = now;
        }
        if (frame_is_due(&f, now)) {
            frame_painted(&f, now, drain_us);
            if (now - waiting > *worst)
                *worst = now - waiting;
            waiting = -1;
            frames++;
        }
    }
    return frames;
}

static void
two_lanes_out_of_step_are_each_painted_at_once(void **state)
{
    (void)state;
    int64_t worst;
    int frames = run(5000, &worst, 50);
    assert_in_range(frames, 195, 201);
    assert_true(worst <= FRAME_GATHER_US + 10);
}

static void
a_flood_gets_one_frame_per_interval(void **state)
{
    (void)state;
    int64_t worst;
    int frames = run(100, &worst, 50);
    assert_in_range(frames, 100, 1000000 / FRAME_INTERVAL_US + FRAME_CREDITS + 1);
    assert_true(worst <= FRAME_INTERVAL_US + 10);
}

static void
a_slow_terminal_gets_fewer_frames_but_never_none(void **state)
{
    (void)state;
    int64_t worst;
    int frames = run(100, &worst, 60000);
    assert_in_range(frames, 7, 12);
    frames = run(100, &worst, 10000000);
    assert_in_range(frames, 3, 6);
}

static void
a_figure_held_back_wakes_when_it_may_be_shown(void **state)
{
    (void)state;
    struct frame f = quiet();
    frame_want_at(&f, T + 250000);
    assert_true(f.due_us == T + 250000);
    frame_want(&f, FRAME_NOW, T);
    assert_true(f.due_us == T);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_idle_screen_wants_no_frame_at_all),
        cmocka_unit_test(a_key_is_painted_at_once_even_in_a_flood),
        cmocka_unit_test(a_lone_lane_is_painted_at_once_after_quiet),
        cmocka_unit_test(two_lanes_in_step_share_a_frame),
        cmocka_unit_test(lanes_out_of_step_are_not_waited_for_until_they_meet),
        cmocka_unit_test(a_first_token_right_after_a_frame_is_at_once),
        cmocka_unit_test(steps_towards_the_first_token_share_a_frame),
        cmocka_unit_test(two_lanes_out_of_step_are_each_painted_at_once),
        cmocka_unit_test(a_flood_gets_one_frame_per_interval),
        cmocka_unit_test(a_slow_terminal_gets_fewer_frames_but_never_none),
        cmocka_unit_test(a_figure_held_back_wakes_when_it_may_be_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
