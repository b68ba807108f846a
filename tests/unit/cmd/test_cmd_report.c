/* The report over evidence that came by merge: what counts, once for each pair, and what the figures say. */
#include "unit/unit.h"
#include "merge_kit.h"

#include <math.h>
#include <string.h>

#include "berdua/conf/config.h"
#include "cmd/doc/report_doc.h"

static struct json *
report(const struct kit *k, const char *options)
{
    struct buf out;
    struct err err = {""};
    char arguments[128];
    snprintf(arguments, sizeof arguments, "report --json %s", options);
    assert_int_equal(run(k, arguments, &out), EXIT_DONE);
    struct json *doc = json_parse(out.p, out.len, &err);
    assert_non_null(doc);
    buf_finish(&out);
    return doc;
}

static void
assert_number(const struct json *doc, const char *path, double want)
{
    double v = NAN;
    const struct json *at = json_at(doc, path);
    if (isnan(want) ? !json_is_null(at) : !json_num(at, &v) || fabs(v - want) > 1e-9)
        fail_msg("%s is %.12g, not %.12g", path, v, want);
}

static void
assert_word(const struct json *doc, const char *path, const char *want)
{
    const char *word = json_str(json_at(doc, path));
    assert_non_null(word);
    assert_string_equal(word, want);
}

/* LLAMA, shown left, is better, unless `more` says otherwise. */
static void
one_verdict(struct buf *out, int pair, const char *rater, double ts, const char *more)
{
    static int id;
    char name[32], fields[512];
    snprintf(name, sizeof name, "v%d", id++);
    snprintf(fields, sizeof fields, "\"rater\":\"%s\",%s", rater, more);
    add_record(out, name, "s", pair, ts, fields);
}

static void
a_pair_counts_once_by_its_first_verdict_that_was_drawn_to_count(void **state)
{
    struct kit *k = *state;
    struct buf in;
    buf_init(&in, 1 << 20);
    one_verdict(&in, 1, "ann", 30, "\"winner\":\"claude\",");
    one_verdict(&in, 1, "bob", 20, ""); /* earlier, though it stands later */
    one_verdict(&in, 1, "ann", 40, "\"drawn_by\":\"repeat\",");
    one_verdict(&in, 2, "ann", 10, "\"flags\":[\"leak\"],");
    one_verdict(&in, 2, "ann", 50, "\"winner\":\"tie\",");
    one_verdict(&in, 3, "ann", 10, "\"mode\":\"route\",");
    one_verdict(&in, 4, "ann", 10, "\"drawn_by\":\"dispute\",");
    one_verdict(&in, 5, "m", 10,
                "\"mode\":\"judge\",\"judge\":{\"model\":\"m\",\"prompt\":\"1\"},");
    one_verdict(&in, 6, "ann", 10, "\"flags\":[\"early\",\"cold\"],\"winner\":\"both_bad\",");
    merge(k, in.p, "9 verdicts added");
    struct json *doc = report(k, "");
    assert_int_equal(strlen(json_str(json_at(doc, "made.config_hash"))), CONFIG_HASH);
    static const struct {
        const char *path;
        double want;
    } figures[] = {
        {"flow.shown", 6},
        {"flow.verdicts", 8},
        {"flow.pairs", 5},
        {"flow.raters", 2},
        {"flow.sessions", 1},
        {"flow.left_out", 1},
        {"flow.dispute", 1},
        {"flow.later", 3}, /* ann's on the first pair, her repeat, the routed one */
        {"flow.counted", 3},
        {"flagged.leak", 1},
        {"flagged.cold", 1},
        {"overall.n", 3},
        {"overall.w", 1},
        {"overall.l", 0},
        {"overall.t", 1},
        {"overall.b", 1},
        {"overall.win_rate.value", .75},
        {"overall.win_rate.n", 2},
        {"categories.emotional.n", 3},
        {"categories.emotional.stage", 0},
        {"categories.general.win_rate.value", NAN},
        {"categories.general.win_rate.low", 0},
        {"categories.general.win_rate.high", 1},
        {"languages.id.n", 3},
        {"side_bias.left", 1},
        {"side_bias.n", 1},
        {"self_consistency.n", 1},
        {"raters.pairs", 1},
        {"raters.n", 2},
        {"judge.n", 0},
        {"judge.unlabelled", 1},
        {"style", NAN},
        {"since", NAN},
    };
    for (size_t i = 0; i < ARRAY_LEN(figures); i++)
        assert_number(doc, figures[i].path, figures[i].want);
    assert_word(doc, "overall.state", "no_leader");
    assert_word(doc, "overall.quality.basis", "not_worse");
    assert_word(doc, "scores.warmth.state", "heuristic");
    json_free(doc);
    doc = report(k, "--since 1970-01-01T00:00:25Z");
    assert_number(doc, "flow.verdicts", 3);
    assert_number(doc, "flow.counted", 1); /* the first pair's observation was before that */
    assert_number(doc, "since", 25);
    json_free(doc);
    buf_finish(&in);
}

/* Who sees a score before judging is led by it. */
static void
a_score_is_said_to_agree_with_blind_verdicts_alone(void **state)
{
    struct kit *k = *state;
    struct buf in;
    buf_init(&in, 1 << 20);
    for (int i = 0; i < 5; i++) {
        char more[512];
        snprintf(more, sizeof more,
                 "\"blind\":%s,\"winner\":\"llama\",\"answers\":{\"claude\":{\"text\":\"a\","
                 "\"warmth\":%s},\"llama\":{\"text\":\"b\",\"warmth\":0.5}},",
                 i < 3 ? "true" : "false", i == 2 ? "0.9" : "0.1");
        one_verdict(&in, i + 1, "ann", 10 + i, more);
    }
    merge(k, in.p, "5 verdicts added");
    struct json *doc = report(k, "");
    assert_number(doc, "scores.warmth.n", 5);
    assert_number(doc, "scores.warmth.agree", 4);
    assert_number(doc, "scores.warmth.blind.n", 3);
    assert_number(doc, "scores.warmth.blind.agree", 2);
    assert_word(doc, "scores.warmth.blind.state", "heuristic");
    assert_number(doc, "scores.cultural.blind.n", 0);
    json_free(doc);
    buf_finish(&in);
}

static void
of_several_judges_the_newest_alone_counts(void **state)
{
    struct kit *k = *state;
    struct buf in;
    buf_init(&in, 1 << 20);
    for (int i = 0; i < 6; i++)
        one_verdict(&in, i + 1, "judge", 10 + i,
                    i == 2 || i == 5 ? "\"mode\":\"judge\",\"judge\":{\"model\":\"new\",\"brain\":"
                                       "\"claude\",\"consistent\":false},"
                                     : "\"mode\":\"judge\",\"judge\":{\"model\":\"old\"},");
    one_verdict(&in, 3, "ann", 5, "");
    merge(k, in.p, "7 verdicts added");
    struct json *doc = report(k, "");
    assert_word(doc, "judge.model", "new");
    assert_number(doc, "judge.n", 1);
    assert_number(doc, "judge.unlabelled", 1);
    assert_number(doc, "judge.agreement", 1);
    /* Its own votes, in a column of their own. */
    assert_word(doc, "judge.contestant", "claude");
    assert_number(doc, "judge.inconsistent", 2);
    assert_number(doc, "judge.votes.n", 2);
    assert_number(doc, "judge.votes.w", 2);
    assert_number(doc, "judge.categories.emotional.value", 1);
    assert_number(doc, "judge.categories.general.value", NAN);
    assert_number(doc, "flow.verdicts", 1);
    json_free(doc);
    buf_finish(&in);
}

static void
raters_sides_guesses_and_questions_are_counted(void **state)
{
    struct kit *k = *state;
    struct buf in;
    buf_init(&in, 1 << 20);
    for (int i = 0; i < 12; i++)
        one_verdict(&in, i + 1, "ann", i,
                    i < 9 ? "\"acceptable\":{\"claude\":true,\"llama\":true},\"asked\":1,"
                            "\"identity_guess\":{\"guess\":\"2\",\"right\":true},"
                          : "\"winner\":\"claude\",\"left\":\"claude\",\"asked\":0.5,"
                            "\"identity_guess\":{\"guess\":\"2\",\"right\":false},");
    one_verdict(&in, 1, "bob", 100,
                "\"winner\":\"tie\",\"identity_guess\":{\"guess\":\"dont_know\"},");
    merge(k, in.p, "13 verdicts added");
    struct json *doc = report(k, "");
    assert_number(doc, "asked.drawn", 12);
    assert_number(doc, "asked.answered", 9);
    assert_number(doc, "side_bias.left", 12);
    assert_number(doc, "blindness.right", 9);
    assert_number(doc, "blindness.wrong", 3);
    assert_number(doc, "blindness.dont_know", 1);
    assert_number(doc, "blindness.index", 6.0 / 13);
    assert_number(doc, "brains.claude.answers", 12);
    assert_number(doc, "brains.claude.success_rate", 1);
    assert_number(doc, "brains.claude.cost_usd", 3);
    assert_number(doc, "brains.claude.ttft_ms.p50", 301.5);
    assert_number(doc, "brains.llama.ttft_ms.p50", NAN);
    json_free(doc);
    buf_finish(&in);
}

static void
a_required_quality_that_is_missed_has_its_exit_code(void **state)
{
    struct kit *k = *state;
    struct buf in, out;
    buf_init(&in, 1 << 20);
    assert_int_equal(run(k, "report --require-quality 0.1", &out), EXIT_THRESHOLD);
    assert_said(k, "there are no verdicts");
    buf_finish(&out);
    for (int i = 0; i < 40; i++)
        one_verdict(&in, i + 1, "ann", i, "");
    merge(k, in.p, "40 verdicts added");
    static const struct {
        const char *options;
        int code;
    } table[] = {{"0.8", EXIT_DONE},
                 {"0.99", EXIT_THRESHOLD},
                 {"0.8 --category emotional", EXIT_DONE},
                 {"0.8 --category general", EXIT_THRESHOLD},
                 {"2", EXIT_USAGE},
                 {"x", EXIT_USAGE},
                 {"0.5 --category x", EXIT_USAGE},
                 {"0.5 --since soon", EXIT_USAGE}};
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        char arguments[96];
        snprintf(arguments, sizeof arguments, "report --require-quality %s", table[i].options);
        assert_int_equal(run(k, arguments, &out), table[i].code);
        buf_finish(&out);
    }
    assert_int_equal(run(k, "report", &out), EXIT_DONE);
    assert_non_null(strstr(out.p, "LLAMA leads"));
    assert_non_null(strstr(out.p, "40/0/0/0"));
    buf_finish(&out);
    buf_finish(&in);
}

/* The daily look at a day on which nobody judged. */
static void
a_time_without_verdicts_is_told_in_a_line_and_draws_nothing(void **state)
{
    struct kit *k = *state;
    struct buf in, out;
    buf_init(&in, 1 << 20);
    one_verdict(&in, 1, "ann", 1, "");
    merge(k, in.p, "1 verdict added");
    assert_int_equal(run(k, "report", &out), EXIT_DONE);
    assert_non_null(strstr(out.p, "1 verdict by 1 rater on 1 pair."));
    assert_non_null(strstr(out.p, "Who is better at what"));
    buf_finish(&out);
    assert_int_equal(run(k, "report --since yesterday", &out), EXIT_DONE);
    assert_non_null(strstr(out.p, "0 verdicts by 0 raters on 0 pairs."));
    assert_non_null(strstr(out.p, "No verdict of that time counts"));
    assert_null(strstr(out.p, "Who is better at what"));
    assert_null(strstr(out.p, "░"));
    buf_finish(&out);
    buf_finish(&in);
}

static void
how_many_verdicts_are_needed_is_marked_as_an_estimate(void **state)
{
    (void)state;
    static const struct {
        int64_t needed;
        const char *said;
    } table[] = {{1, "~1 more"},       {33, "~33 more"},     {99, "~99 more"},
                 {1960, "~2000 more"}, {4549, "~4500 more"}, {128783, "~130000 more"}};
    char out[DOC_FIGURE];
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_string_equal(doc_more(out, table[i].needed), table[i].said);
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv))
        return merge_kit_main(argc, argv, &command_report);
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_many_verdicts_are_needed_is_marked_as_an_estimate),
        T(a_pair_counts_once_by_its_first_verdict_that_was_drawn_to_count),
        T(a_score_is_said_to_agree_with_blind_verdicts_alone),
        T(of_several_judges_the_newest_alone_counts),
        T(raters_sides_guesses_and_questions_are_counted),
        T(a_required_quality_that_is_missed_has_its_exit_code),
        T(a_time_without_verdicts_is_told_in_a_line_and_draws_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
