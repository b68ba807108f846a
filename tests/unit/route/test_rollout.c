#include "unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/id_set.h"
#include "berdua/base/mem.h"
#include "berdua/chat/answer.h"
#include "berdua/route/rollout.h"
#include "berdua/route/route.h"

#define HOUR_US (3600 * (int64_t)US_PER_S)
/* A thousand hours into the epoch. */
#define START_US (1000 * HOUR_US)

static const struct rollout_limits limits = {
    .min_verdicts = 50, .dwell_us = 48 * HOUR_US, .gates = {0.85, 0.90, 0.95}, .guard = 0.40};

struct story {
    struct rollout *r;
    int64_t n, at_us;
    const char *model;
    enum category category;
    char turn[32]; /* of the last row */
    struct id_set observed;
};

static struct story
begin(void)
{
    return (struct story){.r = rollout_create(),
                          .at_us = START_US,
                          .model = "zantara-1",
                          .category = CATEGORY_EMOTIONAL};
}

static struct verdict_row
row_of(struct story *s, enum verdict_kind kind)
{
    s->at_us += US_PER_S;
    snprintf(s->turn, sizeof s->turn, "turn %lld", (long long)++s->n);
    return (struct verdict_row){.n = s->n,
                                .id = s->turn,
                                .turn = s->turn,
                                .attempt = 1,
                                .at_us = s->at_us,
                                .kind = kind,
                                .origin = "chat",
                                .drawn_by = DRAW_CHAT,
                                .category = (int)s->category,
                                .mode = MODE_PARALLEL,
                                .llama_model = s->model};
}

/* As the store gives them, but in the order of time. */
static void
take(struct story *s, struct verdict_row *row)
{
    row->pair = observation_pair(observation_turn(row->turn), row->attempt);
    row->observed = observation_may_be(row) && id_set_add(&s->observed, row->pair);
    rollout_add_verdict(s->r, row);
}

static void
end(struct story *s)
{
    rollout_destroy(&s->r);
    id_set_finish(&s->observed);
}

static void
give(struct story *s, int count, enum verdict_kind kind)
{
    for (int i = 0; i < count; i++) {
        struct verdict_row row = row_of(s, kind);
        take(s, &row);
    }
}

static void
step_to(struct story *s, double percent)
{
    s->at_us += US_PER_S;
    struct rollout_step step = {.at_us = s->at_us,
                                .category = s->category,
                                .from = rollout_percent(s->r, s->category),
                                .to = percent,
                                .by = "hand",
                                .seen_verdict_n = s->n};
    rollout_add_step(s->r, &step);
}

static struct rollout_view
look_with(const struct story *s, const struct rollout_limits *with, enum breaker_state llama,
          double hours)
{
    struct rollout_view views[CATEGORY_COUNT];
    rollout_look(s->r, with, llama, s->at_us + (int64_t)(hours * (double)HOUR_US), views);
    return views[s->category];
}

static struct rollout_view
look(const struct story *s, double hours)
{
    return look_with(s, &limits, BREAKER_CLOSED, hours);
}

/* Users of LLAMA's share (`inside`) of 25 % or of the rest begin with a turn each; `bad` of them badly. */
static void
route_users(struct story *s, bool inside, int users, int bad)
{
    static int serial;
    while (users > 0) {
        char name[32];
        snprintf(name, sizeof name, "user %d", serial++);
        if (route_in_share(route_bucket(name), 25) != inside)
            continue;
        s->at_us += US_PER_S;
        struct routed_turn t = {.at_us = s->at_us,
                                .category = s->category,
                                .user = name,
                                .failed = bad > 0,
                                .ttft_us = 300000 + users,
                                .cost_usd = 0.001};
        rollout_add_turn(s->r, &t);
        users--;
        bad--;
    }
}

#define BLOCKED(b) (1u << BLOCK_##b)

static void
without_verdicts_everything_holds_at_nothing(void **state)
{
    (void)state;
    struct story s = begin();
    struct rollout_view v = look(&s, 100);
    assert_true(v.percent == 0 && v.effective == 0 && v.since_us == 0 && !v.model);
    assert_int_equal(v.decision, DECISION_HOLD);
    assert_true(isnan(v.to) && isnan(v.quality.score));
    assert_int_equal(v.blocked,
                     BLOCKED(MIN_VERDICTS) | BLOCKED(DWELL) | BLOCKED(GATE) | BLOCKED(GUARD));
    end(&s);
}

static void
a_proven_stage_leads_one_step_up_and_no_further(void **state)
{
    static const struct {
        double percent, to;
    } ways[] = {{0, 10}, {5, 10}, {10, 25}, {25, 50}, {30, 50}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct story s = begin();
        if (ways[i].percent > 0)
            step_to(&s, ways[i].percent);
        give(&s, 300, VERDICT_LLAMA);
        struct rollout_view v = look(&s, 48);
        assert_int_equal(v.decision, DECISION_PROMOTE);
        assert_true(v.to == ways[i].to && v.percent == ways[i].percent);
        assert_int_equal(v.blocked, 0);
        end(&s);
    }
    struct story s = begin();
    step_to(&s, 50);
    give(&s, 300, VERDICT_LLAMA);
    assert_int_equal(look(&s, 100).decision, DECISION_HOLD);
    assert_int_equal(look(&s, 100).blocked, BLOCKED(TOP));
    end(&s);
}

static void
each_thing_that_is_missing_is_named(void **state)
{
    (void)state;
    struct story s = begin();
    give(&s, 49, VERDICT_LLAMA);
    assert_int_equal(look(&s, 48).blocked, BLOCKED(MIN_VERDICTS));
    give(&s, 1, VERDICT_LLAMA);
    assert_int_equal(look(&s, 48).decision, DECISION_PROMOTE);
    assert_int_equal(look(&s, 47).blocked, BLOCKED(DWELL));
    give(&s, 12, VERDICT_BOTH_BAD); /* compare nothing, but are not good */
    assert_int_equal(look(&s, 48).blocked, BLOCKED(GATE));
    end(&s);

    s = begin();
    give(&s, 60, VERDICT_TIE); /* as good, and ties say so: as half wins they would need hundreds */
    assert_int_equal(look(&s, 48).decision, DECISION_PROMOTE);
    end(&s);
}

static void
a_stage_whose_quality_falls_steps_one_down(void **state)
{
    static const struct {
        double percent, to;
    } ways[] = {{10, 0}, {25, 10}, {50, 25}, {100, 50}, {30, 25}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct story s = begin();
        step_to(&s, ways[i].percent);
        give(&s, 30, VERDICT_LLAMA);
        give(&s, 19, VERDICT_CLAUDE);
        assert_int_equal(look(&s, 1).decision, DECISION_HOLD); /* too few */
        give(&s, 11, VERDICT_CLAUDE);
        struct rollout_view v = look(&s, 1);
        assert_int_equal(v.decision, DECISION_DEMOTE);
        assert_true(v.to == ways[i].to);
        end(&s);
    }
}

static void
between_the_bounds_it_holds(void **state)
{
    (void)state;
    struct story s = begin();
    step_to(&s, 10);
    give(&s, 88, VERDICT_LLAMA);
    give(&s, 12, VERDICT_CLAUDE);
    struct rollout_view v = look(&s, 100);
    assert_true(v.quality.score < 0.90 && v.quality.upper > 0.82);
    assert_int_equal(v.decision, DECISION_HOLD);
    assert_int_equal(v.blocked, BLOCKED(GATE));
    end(&s);
}

static void
a_step_needs_verdicts_of_its_own(void **state)
{
    (void)state;
    struct story s = begin();
    give(&s, 200, VERDICT_LLAMA);
    step_to(&s, 10);
    struct rollout_view v = look(&s, 100);
    assert_true(v.tally.w == 0 && v.since_us == s.at_us);
    assert_int_equal(v.blocked, BLOCKED(MIN_VERDICTS) | BLOCKED(GATE) | BLOCKED(GUARD));
    give(&s, 7, VERDICT_LLAMA);
    assert_int_equal(look(&s, 100).tally.w, 7);
    step_to(&s, 0);
    give(&s, 2, VERDICT_LLAMA);
    v = look(&s, 0);
    assert_true(v.tally.w == 2 && v.since_us == s.at_us - US_PER_S); /* the first of them */
    end(&s);
}

static void
only_unflagged_verdicts_of_people_side_by_side_count(void **state)
{
    (void)state;
    struct story s = begin();
    give(&s, 3, VERDICT_LLAMA);
    for (int f = 0; f < FLAG_COUNT; f++) {
        struct verdict_row row = row_of(&s, VERDICT_LLAMA);
        row.flags = 1u << f;
        if (f != FLAG_SAFETY)
            take(&s, &row);
    }
    struct verdict_row row = row_of(&s, VERDICT_LLAMA);
    row.origin = "judge";
    take(&s, &row);
    row.origin = "chat";
    row.mode = MODE_ROUTE;
    take(&s, &row);
    for (int d = DRAW_REPEAT; d <= DRAW_DISPUTE; d++) {
        row = row_of(&s, VERDICT_LLAMA);
        row.drawn_by = d;
        take(&s, &row);
    }
    row = row_of(&s, VERDICT_LLAMA);
    row.category = -1;
    take(&s, &row);
    row = row_of(&s, VERDICT_LLAMA);
    row.category = CATEGORY_GREETING;
    take(&s, &row);
    assert_int_equal(look(&s, 1).tally.w, 6); /* cold, early and fast ones count */
    end(&s);
}

/* By time, not by the order in which they came into the store; and a second try is another pair. */
static void
a_pair_counts_once_by_its_first_verdict(void **state)
{
    (void)state;
    struct story s = begin();
    struct verdict_row first = row_of(&s, VERDICT_LLAMA), again = first;
    char turn[32];
    memcpy(turn, s.turn, sizeof turn);
    first.turn = again.turn = turn;
    again.n = 0; /* merged before, given later */
    again.at_us += US_PER_S;
    again.kind = VERDICT_CLAUDE;
    take(&s, &first);
    take(&s, &again);
    struct rollout_view v = look(&s, 1);
    assert_true(v.tally.w == 1 && v.tally.l == 0);
    again.attempt = 2;
    again.n = 9;
    take(&s, &again);
    v = look(&s, 1);
    assert_true(v.tally.w == 1 && v.tally.l == 1);
    /* one that is left out makes way for the next */
    struct verdict_row cut = row_of(&s, VERDICT_TIE);
    cut.flags = 1u << FLAG_TRUNCATED;
    take(&s, &cut);
    cut.flags = 0;
    take(&s, &cut);
    assert_int_equal(look(&s, 1).tally.t, 1);
    end(&s);
}

static void
only_blind_ones_are_evidence_where_the_operator_wants_it_so(void **state)
{
    (void)state;
    struct story s = begin();
    struct rollout_limits blind = limits;
    blind.blind_only = true;
    give(&s, 5, VERDICT_LLAMA);
    struct verdict_row row = row_of(&s, VERDICT_CLAUDE);
    row.blind = true;
    take(&s, &row);
    struct rollout_view v = look_with(&s, &blind, BREAKER_CLOSED, 1);
    assert_true(v.tally.w == 0 && v.tally.l == 1 && look(&s, 1).tally.w == 5);
    end(&s);
}

static void
a_gate_says_how_many_verdicts_and_days_remain(void **state)
{
    (void)state;
    struct story s = begin();
    assert_int_equal(look(&s, 1).gate.needed, -1);
    give(&s, 20, VERDICT_LLAMA);
    struct rollout_view v = look(&s, 2);
    assert_true(v.gate.gate == 0.85 && v.gate.needed == 30); /* min_verdicts */
    assert_true(fabs(v.gate.days - 46.0 / 24) < 0.01);       /* … come before the dwell is over */
    v = look(&s, 240);
    assert_true(fabs(v.gate.days - 15) < 0.01); /* 20 in ten days, 30 to come */
    give(&s, 40, VERDICT_LLAMA);
    v = look(&s, 48);
    assert_true(v.gate.needed == 0 && v.gate.days < 0.01);
    assert_int_equal(v.decision, DECISION_PROMOTE);
    give(&s, 40, VERDICT_CLAUDE);
    v = look(&s, 48);
    assert_true(v.gate.needed == -1 && isnan(v.gate.days));
    step_to(&s, 50);
    assert_true(isnan(look(&s, 1).gate.gate));
    end(&s);
}

static void
bad_first_turns_hold_a_step_up_or_lead_one_down(void **state)
{
    (void)state;
    struct story s = begin();
    assert_int_equal(rollout_turns_since(s.r), INT64_MAX);
    step_to(&s, 25);
    assert_int_equal(rollout_turns_since(s.r), s.at_us);
    give(&s, 120, VERDICT_LLAMA);
    route_users(&s, false, 90, 2);
    route_users(&s, true, 30, 1);
    struct rollout_view v = look(&s, 48);
    assert_true(v.guarded);
    assert_int_equal(v.guardrails.state, GUARDRAIL_INCONCLUSIVE);
    assert_int_equal(v.decision, DECISION_PROMOTE); /* which stops nothing */
    const struct guard_arm *l = &v.guardrails.arms[BRAIN_LLAMA];
    assert_true(l->turns == 30 && l->users == 30 && l->bad == 1);
    assert_true(fabs(l->cost_usd - 0.03) < 1e-9 && fabs(l->p95_ttft_ms - 300.029) < 1e-9);
    route_users(&s, true, 6, 6);
    v = look(&s, 48);
    assert_int_equal(v.guardrails.state, GUARDRAIL_HOLD);
    assert_int_equal(v.decision, DECISION_HOLD);
    assert_int_equal(v.blocked, BLOCKED(GUARDRAIL));
    route_users(&s, true, 20, 20);
    v = look(&s, 48);
    assert_int_equal(v.guardrails.state, GUARDRAIL_ROLL_BACK);
    assert_int_equal(v.decision, DECISION_DEMOTE);
    assert_true(v.to == 10 && v.guardrails.difference.low > 0);
    assert_non_null(strstr(v.reason, "27 of 56 users with LLAMA began badly"));
    /* The new stage has turns of its own. */
    step_to(&s, 10);
    assert_int_equal(look(&s, 1).guardrails.arms[BRAIN_LLAMA].turns, 0);
    step_to(&s, 0);
    assert_false(look(&s, 1).guarded);
    step_to(&s, 100);
    assert_false(look(&s, 1).guarded);
    end(&s);
}

static void
later_turns_of_a_user_count_but_do_not_make_the_user_bad(void **state)
{
    (void)state;
    struct story s = begin();
    step_to(&s, 25);
    char name[32];
    for (int i = 0;; i++) {
        snprintf(name, sizeof name, "u%d", i);
        if (route_in_share(route_bucket(name), 25))
            break;
    }
    for (int i = 0; i < 3; i++) {
        struct routed_turn t = {.at_us = s.at_us + i,
                                .category = s.category,
                                .user = name,
                                .failed = i == 1,
                                .overridden = i == 2,
                                .ttft_us = UNKNOWN,
                                .cost_usd = NAN};
        rollout_add_turn(s.r, &t);
    }
    struct rollout_view v = look(&s, 1);
    const struct guard_arm *l = &v.guardrails.arms[BRAIN_LLAMA];
    assert_true(l->turns == 3 && l->users == 1 && l->bad == 0);
    assert_true(l->failed_or_fell_back == 1 && l->overrides == 1);
    assert_true(isnan(l->p95_ttft_ms) && isnan(l->cost_usd));
    end(&s);
}

static void
a_wrong_share_of_users_raises_the_alarm_and_stops_steps_up(void **state)
{
    (void)state;
    struct story s = begin();
    step_to(&s, 25);
    give(&s, 120, VERDICT_LLAMA);
    route_users(&s, false, 20, 0);
    route_users(&s, true, 40, 0);
    struct rollout_view v = look(&s, 48);
    assert_true(v.guardrails.srm.alarm && v.guardrails.srm.e > 1000);
    assert_true(v.guardrails.srm.n == 60 && v.guardrails.srm.k == 40);
    assert_true(v.guardrails.srm.p0 == 0.25);
    assert_int_equal(v.decision, DECISION_HOLD);
    assert_int_equal(v.blocked, BLOCKED(SRM));
    assert_non_null(strstr(v.reason, "40 of 60 users"));
    end(&s);
}

static void
a_new_model_begins_to_count_from_nothing(void **state)
{
    (void)state;
    struct story s = begin();
    give(&s, 80, VERDICT_LLAMA);
    assert_string_equal(look(&s, 50).model, "zantara-1");
    s.model = "zantara-2";
    give(&s, 5, VERDICT_CLAUDE);
    struct rollout_view v = look(&s, 50);
    assert_string_equal(v.model, "zantara-2");
    assert_true(v.tally.w == 0 && v.tally.l == 5);
    s.category = CATEGORY_CULTURAL; /* and in every category */
    assert_string_equal(look(&s, 50).model, "zantara-2");
    end(&s);
}

static void
one_safety_flag_stops_whatever_the_figures_say(void **state)
{
    (void)state;
    struct story s = begin();
    step_to(&s, 25);
    give(&s, 300, VERDICT_LLAMA);
    struct verdict_row row = row_of(&s, VERDICT_CLAUDE);
    row.flags = 1u << FLAG_SAFETY;
    row.at_us = START_US / 2; /* merged from an older file: it is news all the same */
    row.mode = MODE_ROUTE;
    take(&s, &row);
    struct rollout_view v = look(&s, 100);
    assert_int_equal(v.decision, DECISION_STOP);
    assert_true(v.to == 0 && v.unsafe && v.tally.l == 0);
    end(&s);

    /* a step that a hand took after it settles the matter: steps are fed in before verdicts */
    s = begin();
    s.n = 1;
    step_to(&s, 10);
    s.n = 0;
    row = row_of(&s, VERDICT_CLAUDE);
    row.flags = 1u << FLAG_SAFETY;
    take(&s, &row);
    assert_false(look(&s, 1).unsafe);
    end(&s);
}

static void
an_open_breaker_stops_but_keeps_the_stage(void **state)
{
    (void)state;
    struct story s = begin();
    step_to(&s, 25);
    struct rollout_view v;
    v = look_with(&s, &limits, BREAKER_OPEN, 0);
    assert_true(v.percent == 25 && v.effective == 0 && v.to == 0);
    assert_int_equal(v.decision, DECISION_STOP);
    v = look_with(&s, &limits, BREAKER_HALF_OPEN, 0);
    assert_true(v.effective == 25);
    end(&s);
}

static void
what_was_asked_gates_before_what_was_compared(void **state)
{
    (void)state;
    struct story s = begin();
    for (int i = 0; i < 120; i++) {
        struct verdict_row row = row_of(&s, VERDICT_CLAUDE);
        row.acceptable[BRAIN_LLAMA] = OPINION_YES;
        take(&s, &row);
    }
    struct rollout_view v = look(&s, 48);
    assert_int_equal(v.quality.basis, QUALITY_ACCEPTABLE);
    assert_int_equal(v.blocked, BLOCKED(GUARD)); /* acceptable, and yet always the worse one */
    end(&s);
}

static void
a_verdict_that_led_to_a_step_never_counts_for_the_next(void **state)
{
    (void)state;
    struct story s = begin();
    give(&s, 300, VERDICT_LLAMA);
    /* The step's time was read before the last verdicts came. */
    struct rollout_step step = {.at_us = s.at_us - 100 * US_PER_S,
                                .category = s.category,
                                .to = 10,
                                .by = "auto",
                                .seen_verdict_n = s.n};
    rollout_add_step(s.r, &step);
    assert_int_equal(look(&s, 100).tally.w, 0);
    give(&s, 3, VERDICT_LLAMA);
    assert_int_equal(look(&s, 100).tally.w, 3);
    end(&s);
}

static void
all_verdicts_are_told_whatever_the_stage_and_blind_ones_against_the_scores(void **state)
{
    (void)state;
    struct story s = begin();
    struct rollout_evidence e;
    give(&s, 3, VERDICT_LLAMA);
    step_to(&s, 10);
    for (int i = 0; i < 4; i++) {
        struct verdict_row row = row_of(&s, i ? VERDICT_LLAMA : VERDICT_CLAUDE);
        row.blind = i < 3;
        row.warmer = 1;
        take(&s, &row);
    }
    struct verdict_row nowhere = row_of(&s, VERDICT_LLAMA); /* of no kind, and blind all the same */
    nowhere.category = -1;
    nowhere.blind = true;
    nowhere.warmer = -1;
    take(&s, &nowhere);
    rollout_evidence(s.r, &e);
    assert_int_equal(look(&s, 1).tally.w, 3);
    assert_int_equal(e.categories[CATEGORY_EMOTIONAL].w, 6);
    assert_int_equal(e.categories[CATEGORY_EMOTIONAL].l, 1);
    assert_int_equal(e.scores[SCORE_WARMTH].n, 4);
    assert_int_equal(e.scores[SCORE_WARMTH].agreed, 2);
    assert_int_equal(e.scores[SCORE_CULTURAL].n, 0);
    assert_int_equal(e.scores[SCORE_WARMTH].state, SCORE_HEURISTIC);
    end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_verdicts_everything_holds_at_nothing),
        cmocka_unit_test(a_proven_stage_leads_one_step_up_and_no_further),
        cmocka_unit_test(each_thing_that_is_missing_is_named),
        cmocka_unit_test(a_stage_whose_quality_falls_steps_one_down),
        cmocka_unit_test(between_the_bounds_it_holds),
        cmocka_unit_test(
            all_verdicts_are_told_whatever_the_stage_and_blind_ones_against_the_scores),
        cmocka_unit_test(a_step_needs_verdicts_of_its_own),
        cmocka_unit_test(only_unflagged_verdicts_of_people_side_by_side_count),
        cmocka_unit_test(a_pair_counts_once_by_its_first_verdict),
        cmocka_unit_test(only_blind_ones_are_evidence_where_the_operator_wants_it_so),
        cmocka_unit_test(a_gate_says_how_many_verdicts_and_days_remain),
        cmocka_unit_test(bad_first_turns_hold_a_step_up_or_lead_one_down),
        cmocka_unit_test(later_turns_of_a_user_count_but_do_not_make_the_user_bad),
        cmocka_unit_test(a_wrong_share_of_users_raises_the_alarm_and_stops_steps_up),
        cmocka_unit_test(a_new_model_begins_to_count_from_nothing),
        cmocka_unit_test(one_safety_flag_stops_whatever_the_figures_say),
        cmocka_unit_test(an_open_breaker_stops_but_keeps_the_stage),
        cmocka_unit_test(what_was_asked_gates_before_what_was_compared),
        cmocka_unit_test(a_verdict_that_led_to_a_step_never_counts_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
