/* Scripted histories in the store, as `berdua route status` tells and moves them: each way a stage can go. */
#include "cmd_kit.h"

#include <math.h>
#include <sys/stat.h>

#include "berdua/base/clock.h"
#include "berdua/base/path.h"
#include "fair_runs.h"
#include "unit/store/past.h"

#define HOUR_US (3600 * (int64_t)US_PER_S)

/* Steps are taken by the program itself, or (automatic false) await a hand. */
static void
configure(const struct kit *k, bool automatic)
{
    struct err err = {{0}};
    char *folder = xasprintf("%s/berdua", k->folder), *file = xasprintf("%s/config.yaml", folder);
    char *text = xasprintf("route: {rollout: {auto: %s}}\n", automatic ? "true" : "false");
    mkdir(folder, 0700);
    assert_true(path_write_atomic(file, text, strlen(text), &err));
    free(text);
    free(file);
    free(folder);
}

static void
step(const struct kit *k, enum category category, double from, double to, int64_t at_us)
{
    struct past p = past_begin(k->path);
    past_step(&p, category, from, to, at_us);
    past_end(&p);
}

static void
give(const struct kit *k, enum verdict_kind kind, int count, int64_t at_us)
{
    struct past p = past_begin(k->path);
    past_give(&p, CATEGORY_EMOTIONAL, kind, count, at_us);
    past_end(&p);
}

static void
route(const struct kit *k, double percent, bool inside, int users, int bad, int64_t at_us)
{
    struct past p = past_begin(k->path);
    past_route(&p, CATEGORY_EMOTIONAL, percent, inside, users, bad, at_us);
    past_end(&p);
}

static struct json *
status(const struct kit *k)
{
    struct buf out;
    struct err err = {{0}};
    assert_int_equal(run(k, "route status --json", &out), EXIT_DONE);
    struct json *doc = json_parse(out.p, out.len, &err);
    assert_non_null(doc);
    buf_finish(&out);
    return doc;
}

static double
number(const struct json *doc, const char *path)
{
    double v = -1;
    if (!json_num(json_at(doc, path), &v))
        fail_msg("%s is no number", path);
    return v;
}

/* The newest step, as "25 10 auto"; its reason holds `reason` (NULL: it has none). */
static void
assert_newest_step(const struct json *doc, const char *expected, const char *reason)
{
    const struct json *newest = NULL;
    for (const struct json *s = json_first(json_get(doc, "history")); s; s = json_next(s))
        newest = s;
    assert_non_null(newest);
    char *got = xasprintf("%g %g %s", number(newest, "from"), number(newest, "to"),
                          json_get_str(newest, "by"));
    assert_string_equal(got, expected);
    free(got);
    const char *why = json_get_str(newest, "reason");
    if (reason && (!why || !strstr(why, reason)))
        fail_msg("the reason is %s", why ? why : "none");
}

static void
assert_emotional(const struct json *doc, double percent, const char *decision, const char *blocked)
{
    const struct json *c = json_at(doc, "categories.emotional");
    struct buf words;
    buf_init(&words, 256);
    for (const struct json *b = json_first(json_get(c, "blocked_by")); b; b = json_next(b))
        buf_printf(&words, "%s%s", words.len ? " " : "", json_str(b));
    assert_true(number(c, "percent") == percent);
    assert_string_equal(json_get_str(c, "decision"), decision);
    assert_string_equal(words.len ? words.p : "", blocked);
    buf_finish(&words);
}

static void
a_proven_stage_is_promoted_and_then_needs_verdicts_of_its_own(void **state)
{
    struct kit *k = *state;
    int64_t now = clock_wall_us();
    configure(k, true);
    give(k, VERDICT_LLAMA, 40, now - 60 * HOUR_US);
    struct json *doc = status(k);
    assert_emotional(doc, 0, "hold", "min_verdicts");
    assert_true(number(doc, "categories.emotional.gate.gate") == 0.85);
    assert_true(number(doc, "categories.emotional.gate.needed") == 10);
    assert_true(number(doc, "categories.emotional.gate.days") > 0.5);
    assert_true(number(doc, "categories.emotional.guard.low") > 0.4);
    assert_true(number(doc, "categories.emotional.guard.least") == 0.4);
    assert_true(number(doc, "guard") == 0.4);
    assert_true(number(doc, "categories.emotional.e") > 120);
    assert_string_equal(json_str(json_at(doc, "categories.emotional.state")), "llama_leads");
    assert_true(json_is_null(json_at(doc, "categories.emotional.guardrails")));
    json_free(doc);
    give(k, VERDICT_LLAMA, 10, now - 59 * HOUR_US);
    doc = status(k);
    assert_emotional(doc, 10, "hold", "min_verdicts dwell gate guard");
    assert_newest_step(doc, "0 10 auto", "quality is 0.9");
    assert_true(json_is_null(json_at(doc, "categories.emotional.gate.needed")));
    assert_string_equal(json_str(json_at(doc, "categories.emotional.guardrails.state")),
                        "inconclusive");
    json_free(doc);
    doc = status(k); /* once */
    assert_int_equal(json_count(json_get(doc, "history")), 1);
    json_free(doc);
}

static void
a_stage_that_proves_poor_is_demoted(void **state)
{
    struct kit *k = *state;
    int64_t now = clock_wall_us();
    configure(k, true);
    step(k, CATEGORY_EMOTIONAL, 10, 25, now - 30 * HOUR_US);
    give(k, VERDICT_LLAMA, 40, now - 20 * HOUR_US);
    give(k, VERDICT_CLAUDE, 9, now - 19 * HOUR_US);
    struct json *doc = status(k);
    assert_emotional(doc, 25, "hold", "min_verdicts dwell gate");
    json_free(doc);
    give(k, VERDICT_CLAUDE, 21, now - 18 * HOUR_US);
    doc = status(k);
    assert_newest_step(doc, "25 10 auto", "the stage needs 0.90");
    assert_emotional(doc, 10, "hold", "min_verdicts dwell gate guard");
    json_free(doc);
}

static void
an_open_gate_waits_for_a_hand_and_guardrails_go_on_meanwhile(void **state)
{
    struct kit *k = *state;
    int64_t now = clock_wall_us();
    configure(k, false);
    step(k, CATEGORY_EMOTIONAL, 10, 25, now - 100 * HOUR_US);
    give(k, VERDICT_LLAMA, 120, now - 60 * HOUR_US);
    route(k, 25, true, 30, 1, now - 50 * HOUR_US);
    route(k, 25, false, 90, 2, now - 50 * HOUR_US);
    struct json *doc = status(k);
    assert_emotional(doc, 25, "promote", "");
    assert_true(number(doc, "categories.emotional.to") == 50);
    const struct json *g = json_at(doc, "categories.emotional.guardrails");
    assert_string_equal(json_get_str(g, "state"), "inconclusive");
    assert_true(number(g, "llama.turns") == 30 && number(g, "llama.users") == 30);
    assert_true(number(g, "llama.bad") == 1 && number(g, "llama.failed_or_fell_back") == 1);
    assert_true(number(g, "llama.overrides") == 0 && number(g, "llama.p95_ttft_ms") == 1500);
    assert_true(number(g, "claude.p95_ttft_ms") == 300 && number(g, "claude.cost_usd") > 0.1);
    assert_true(number(g, "difference.low") < 0 && number(g, "difference.high") > 0);
    assert_true(number(g, "srm.n") == 120 && number(g, "srm.k") == 30 &&
                number(g, "srm.p0") == 0.25 && number(g, "srm.e") < 1);
    json_free(doc);
    route(k, 25, true, 10, 8, now - 40 * HOUR_US);
    doc = status(k);
    assert_emotional(doc, 25, "hold", "guardrail");
    json_free(doc);
    route(k, 25, true, 20, 20, now - 30 * HOUR_US);
    doc = status(k);
    assert_emotional(doc, 25, "demote", "");
    assert_true(number(doc, "categories.emotional.to") == 10);
    assert_int_equal(json_count(json_get(doc, "history")), 1); /* nobody confirmed it */
    json_free(doc);
    configure(k, true);
    doc = status(k);
    assert_newest_step(doc, "25 10 auto", "guardrail: 29 of 60 users with LLAMA began badly");
    assert_true(number(doc, "categories.emotional.guardrails.llama.turns") == 0);
    json_free(doc);
}

static void
a_wrong_share_of_users_stops_steps_up(void **state)
{
    struct kit *k = *state;
    int64_t now = clock_wall_us();
    configure(k, true);
    step(k, CATEGORY_EMOTIONAL, 0, 10, now - 100 * HOUR_US);
    give(k, VERDICT_LLAMA, 80, now - 60 * HOUR_US);
    route(k, 10, true, 30, 0, now - 50 * HOUR_US);
    route(k, 10, false, 30, 0, now - 50 * HOUR_US);
    struct json *doc = status(k);
    assert_emotional(doc, 10, "hold", "srm");
    const struct json *srm = json_at(doc, "categories.emotional.guardrails.srm");
    bool alarm = false;
    assert_true(json_get_bool(srm, "alarm", &alarm) && alarm);
    assert_true(number(srm, "e") >= 1000);
    assert_non_null(strstr(json_str(json_at(doc, "categories.emotional.reason")),
                           "30 of 60 users are in LLAMA's share of 10 %"));
    json_free(doc);
}

static void
a_hand_rolls_everything_back_and_a_safety_flag_one_category(void **state)
{
    struct kit *k = *state;
    struct buf out;
    char turn[32];
    int64_t now = clock_wall_us();
    configure(k, false);
    step(k, CATEGORY_EMOTIONAL, 10, 25, now - 100 * HOUR_US);
    step(k, CATEGORY_CULTURAL, 0, 10, now - 100 * HOUR_US);
    struct past p = past_begin(k->path);
    past_turn(&p, &(struct past_turn){.category = CATEGORY_EMOTIONAL, .at_us = now}, turn);
    past_verdict(&p,
                 &(struct past_verdict){
                     .turn = turn, .at_us = now, .kind = VERDICT_CLAUDE, .flags = "[\"safety\"]"});
    past_end(&p);
    struct json *doc = status(k);
    assert_emotional(doc, 0, "hold", "min_verdicts dwell gate guard");
    assert_newest_step(doc, "25 0 safety", "flagged safety");
    assert_true(number(doc, "categories.cultural.percent") == 10);
    json_free(doc);
    assert_int_equal(run(k, "route rollback", &out), EXIT_DONE);
    buf_finish(&out);
    doc = status(k);
    assert_true(number(doc, "categories.cultural.percent") == 0);
    assert_newest_step(doc, "10 0 hand", "rollback");
    json_free(doc);
}

/* Two and three raters a pair weigh as one: the first alone is evidence. */
static void
further_raters_of_a_pair_change_nothing(void **state)
{
    struct kit *k = *state;
    char turn[32];
    int64_t now = clock_wall_us();
    configure(k, false);
    struct past p = past_begin(k->path);
    for (int i = 0; i < 30; i++) {
        past_turn(&p, &(struct past_turn){.category = CATEGORY_EMOTIONAL, .at_us = now - HOUR_US},
                  turn);
        for (int rater = 2; rater >= 0; rater--)
            past_verdict(
                &p, &(struct past_verdict){.turn = turn,
                                           .at_us = now - HOUR_US + rater,
                                           .kind = rater == 0 ? VERDICT_TIE : VERDICT_LLAMA,
                                           .rater = (const char *[]){"ann", "bob", "eve"}[rater],
                                           .origin = "review",
                                           .drawn_by = "random"});
    }
    past_end(&p);
    struct json *doc = status(k);
    assert_true(number(doc, "categories.emotional.n") == 30);
    assert_true(number(doc, "categories.emotional.win_rate.value") == 0.5);
    assert_string_equal(json_str(json_at(doc, "categories.emotional.state")), "no_leader");
    json_free(doc);
}

static struct fair_said
said_by_status(void *arg)
{
    struct json *doc = status(arg);
    struct fair_said said = fair_said_by_command(doc);
    json_free(doc);
    return said;
}

/* Seeded runs of merged records; the long ones are in `make bench T=stats`. */
static void
the_program_sees_a_leader_exactly_where_the_definition_does(void **state)
{
    struct kit *k = *state;
    const struct fair_rules fair = {CATEGORY_COUNT, 60, 3, 0.2, 0.5, false, false},
                            real = {1, 800, 2, 0.2, 0.65, false, false},
                            whole = {1, 40, 1, 0.2, 0.5, true, true};
    int found = 0;
    configure(k, false);
    for (int run = 0; run < 7; run++) {
        struct fair_end end = fair_run(k->path, (uint64_t)(31 + run),
                                       run < 3   ? &fair
                                       : run < 6 ? &real
                                                 : &whole,
                                       said_by_status, k);
        assert_int_equal(end.differed, 0);
        found += run >= 3 && end.leads;
        char *beside = xasprintf("rm -f %s %s-wal %s-shm", k->path, k->path, k->path);
        assert_int_equal(system(beside), 0);
        free(beside);
    }
    assert_int_equal(found, 3);
}

static void
other_stages_are_simulated_from_stored_pairs(void **state)
{
    struct kit *k = *state;
    struct buf out;
    struct err err = {{0}};
    int64_t now = clock_wall_us();
    configure(k, false);
    step(k, CATEGORY_EMOTIONAL, 0, 10, now - 100 * HOUR_US);
    give(k, VERDICT_LLAMA, 90, now - 60 * HOUR_US);
    give(k, VERDICT_CLAUDE, 10, now - 50 * HOUR_US);
    route(k, 10, true, 5, 0, now - 50 * HOUR_US); /* no pairs */
    assert_int_equal(run(k, "route simulate emotional=50 --json", &out), EXIT_DONE);
    struct json *doc = json_parse(out.p, out.len, &err);
    buf_finish(&out);
    assert_true(number(doc, "weights.emotional") == 1 && number(doc, "weights.general") == 0);
    assert_true(fabs(number(doc, "rows.all_claude.not_worse.value") - 0.1) < 1e-9);
    assert_true(fabs(number(doc, "rows.all_llama.not_worse.value") - 0.9) < 1e-9);
    assert_true(fabs(number(doc, "rows.now.not_worse.value") - 0.18) < 1e-9);
    assert_true(fabs(number(doc, "rows.proposed.not_worse.value") - 0.5) < 1e-9);
    assert_true(number(doc, "rows.oracle.not_worse.value") == 1);
    assert_true(json_is_null(json_at(doc, "rows.oracle.percent")));
    assert_true(number(doc, "rows.proposed.percent.emotional") == 50 &&
                number(doc, "rows.now.percent.emotional") == 10);
    assert_true(number(doc, "rows.all_llama.llama_share") == 1);
    assert_true(fabs(number(doc, "rows.all_claude.cost_per_1000") - 1) < 1e-9);
    assert_true(number(doc, "rows.all_llama.ttft_p95_ms") == 1500);
    assert_true(number(doc, "rows.all_llama.not_worse.low") < 0.9 &&
                number(doc, "rows.all_llama.not_worse.n") == 100);
    assert_true(json_is_null(json_at(doc, "rows.now.acceptability.value")));
    json_free(doc);
    assert_int_equal(run(k, "route simulate --json", &out), EXIT_DONE);
    doc = json_parse(out.p, out.len, &err);
    buf_finish(&out);
    assert_true(number(doc, "rows.proposed.percent.emotional") == 10); /* nothing is decided */
    json_free(doc);
    assert_int_equal(run(k, "route simulate", &out), EXIT_DONE);
    assert_non_null(strstr(out.p, "all_llama"));
    buf_finish(&out);
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv)) {
        struct globals g = {.db = argv[2]};
        return cmd_execute(&command_route, &g, argc - 3, argv + 3);
    }
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(a_proven_stage_is_promoted_and_then_needs_verdicts_of_its_own),
        T(a_stage_that_proves_poor_is_demoted),
        T(an_open_gate_waits_for_a_hand_and_guardrails_go_on_meanwhile),
        T(a_wrong_share_of_users_stops_steps_up),
        T(a_hand_rolls_everything_back_and_a_safety_flag_one_category),
        T(further_raters_of_a_pair_change_nothing),
        T(the_program_sees_a_leader_exactly_where_the_definition_does),
        T(other_stages_are_simulated_from_stored_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
