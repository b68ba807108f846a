/* `berdua review` without a screen: lines judge, and whatever moment ends the program, no verdict is lost or doubled.
 * BERDUA_KILL_ROUNDS says how often it is killed. */
#include "unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/blind.h"
#include "cli.h"
#include "contract.h"
#include "pairs.h"
#include "unit/full_disk.h"
#include "unit/kills.h"

#define JUDGEMENTS "kind IN ('claude', 'llama', 'tie', 'both_bad')"

enum { KILL_ROUNDS = 8, KILL_LINES = 300 };

static struct place *
with_pairs(int pairs, bool swapped, const char *more)
{
    struct place *p = place_create();
    place_config(p, "http://127.0.0.1:1", NULL, "http://127.0.0.1:1/v1", NULL, more);
    if (pairs)
        pairs_make(p, pairs, swapped);
    return p;
}

static int
count(const char *text, const char *word)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        n++;
    return n;
}

static uint64_t
seed_with(enum brain_id left, int category)
{
    uint64_t seed = 1;
    while (blind_left(hash_bytes(&category, sizeof category, seed) >> 32, 0) != left)
        seed++;
    return seed;
}

static void
what_is_printed_before_the_end_does_not_tell_the_brains(void **state)
{
    char *seen[2];
    (void)state;
    for (int swapped = 0; swapped < 2; swapped++) {
        struct place *p = with_pairs(2, swapped, "evaluate: {ask_identity: 1}\n");
        struct cli_result r;
        char seed[24];
        snprintf(seed, sizeof seed, "%llu",
                 (unsigned long long)seed_with(swapped ? BRAIN_LLAMA : BRAIN_CLAUDE,
                                               CATEGORY_EMOTIONAL));
        cli_run(&r, p,
                ARGS("review", "--rater", "wayan", "--category", "emotional", "--seed", seed,
                     "--target", "1"),
                "x\nn halus\n!\n2\n1\n");
        expect_exit(&r, 0);
        char *end = strstr(r.out.p, "What you judged");
        assert_non_null(end);
        assert_non_null(
            strstr(end, swapped ? "A LLAMA   B Claude  A better" : "A Claude  B LLAMA   A better"));
        /* The acknowledgements come whenever they come. */
        seen[swapped] = xstrndup(r.out.p, (size_t)(end - r.out.p));
        for (char *at; (at = strstr(seen[swapped], "saved: ")) != NULL;)
            memmove(at, at + strcspn(at, "\n"), strlen(at + strcspn(at, "\n")) + 1);
        for (char *from = seen[swapped], *to = from; (*to = *from) != 0; from++)
            to += *from != '\n';
        assert_non_null(strstr(seen[swapped], "Which is Claude?"));
        assert_int_equal(pairs_int(p, "SELECT strength = 'clear' FROM verdict WHERE " JUDGEMENTS),
                         1);
        assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict WHERE kind = 'note'"), 1);
        cli_finish(&r);
        place_destroy(&p);
    }
    assert_string_equal(seen[0], seen[1]);
    free(seen[0]);
    free(seen[1]);
}

static void
without_pairs_it_says_what_to_do_and_wrong_use_is_told(void **state)
{
    static const struct {
        const char *args[4];
        int code;
        const char *said;
    } cases[] = {
        {{"review"}, 0, "sessions merge FILE"},
        {{"review", "--draw", "dispute"}, 0, "no pair about which two others differ"},
        {{"review", "--draw", "repeat"}, 0, "judge some first"},
        {{"review", "--category", "cultural"}, 0, "of the category cultural"},
        {{"review", "--demo"}, 0, "There is no pair"},
        {{"review", "--draw", "all"}, 2, "mix, random, active, repeat or dispute"},
        {{"review", "--category", "x"}, 2, "--category does not know \"x\""},
        {{"review", "--target", "0"}, 2, "--target takes"},
        {{"review", "--target", "9x"}, 2, "--target takes"},
        {{"review", "--since", "soon"}, 2, "is no time"},
        {{"review", "--seed", "-1"}, 2, "--seed takes"},
        {{"review", "now"}, 2, "now"},
    };
    struct place *p = with_pairs(0, false, NULL);
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct cli_result r;
        cli_run(&r, p, cases[i].args, "1\n");
        expect_exit(&r, cases[i].code);
        if (!holds(&r.err, cases[i].said))
            fail_msg("\"%s\" does not hold \"%s\"", r.err.p, cases[i].said);
        cli_finish(&r);
    }
    place_destroy(&p);
}

static void
only_what_was_drawn_to_count_feeds_the_report(void **state)
{
    struct place *p = with_pairs(12, false, NULL);
    struct cli_result r;
    struct buf lines;
    (void)state;
    buf_init(&lines, 4096);
    for (int i = 0; i < 12; i++)
        buf_append_str(&lines, "1\n\n");
    pairs_judge(p, 0, "made", "llama");
    pairs_judge(p, 0, "ketut", "claude");
    /* A dispute, the eleven others, then repeats of them. */
    static const char *const draws[] = {"dispute", "active", "repeat"};
    for (size_t i = 0; i < ARRAY_LEN(draws); i++) {
        cli_run(&r, p, ARGS("review", "--rater", "wayan", "--draw", draws[i]), lines.p);
        expect_exit(&r, 0);
        cli_finish(&r);
    }
    cli_run(&r, p, ARGS("report", "--json"), NULL);
    expect_exit(&r, 0);
    if (!holds(&r.out, "\"verdicts\":25") || !holds(&r.out, "\"dispute\":1") ||
        !holds(&r.out, "\"later\":12") || !holds(&r.out, "\"counted\":12"))
        fail_msg("%.600s", r.out.p);
    assert_true(holds(&r.out, "\"self_consistency\":{\"n\":11"));
    cli_finish(&r);
    assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict WHERE drawn_by = 'active'"
                                  " AND propensity > 0 AND propensity <= 1"),
                     11);
    assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict WHERE propensity IS NOT NULL"), 11);
    buf_finish(&lines);
    place_destroy(&p);
}

static void
no_verdict_is_lost_or_doubled_by_a_kill(void **state)
{
    int rounds = kill_rounds(KILL_ROUNDS), killed = 0;
    struct place *p = with_pairs(KILL_LINES * rounds, false, NULL);
    struct rng rng = {.state = 20262};
    struct buf lines;
    int64_t before = 0;
    (void)state;
    buf_init(&lines, 1 << 16);
    for (int i = 0; i < KILL_LINES; i++)
        buf_append_str(&lines, i % 7 == 3 ? "1\nu\n3\n1\n" : "2\n2\n");
    for (int round = 0; round < rounds; round++) {
        struct cli_result r;
        struct cli *c =
            cli_start(p, ARGS("review", "--rater", "wayan", "--draw", "random"), lines.p);
        if (rng_below(&rng, 4) != 0)
            assert_true(cli_wait_out(c, "saved: "));
        kill_soon(cli_pid(c), &rng, 40000);
        cli_wait(&c, &r);
        killed += r.signal == SIGKILL;
        int64_t now = pairs_int(p, "SELECT count(*) FROM verdict WHERE " JUDGEMENTS);
        if (r.signal != SIGKILL)
            expect_exit(&r, 0);
        int acknowledged = count(r.out.p, "better\n") + count(r.out.p, "saved: tie\n");
        if (now - before < acknowledged)
            fail_msg("round %d: %d were acknowledged, %lld are there", round, acknowledged,
                     (long long)(now - before));
        before = now;
        cli_finish(&r);
    }
    assert_true(killed > rounds / 2);
    /* Those in force: none twice. */
    assert_int_equal(pairs_int(p,
                               "SELECT count(*) FROM (SELECT turn FROM verdict v WHERE " JUDGEMENTS
                               " AND coalesce((SELECT w.kind <> 'undo' FROM verdict w"
                               "  WHERE w.turn = v.turn AND w.n > v.n AND w.kind <> 'detail'"
                               "  ORDER BY w.n LIMIT 1), 1) GROUP BY turn HAVING count(*) > 1)"),
                     0);
    struct cli_result r;
    cli_run(&r, p, ARGS("review", "--rater", "wayan", "--target", "1"), "3\n1\n");
    expect_exit(&r, 0);
    assert_int_equal(count(r.out.p, "tie 1"), 1);
    cli_finish(&r);
    buf_finish(&lines);
    place_destroy(&p);
}

static void
on_a_full_disk_no_verdict_is_called_saved_and_the_next_start_has_it(void **state)
{
    struct place *p = with_pairs(6, false, "evaluate: {ask_identity: 0}\n");
    struct cli_result r;
    (void)state;
    limit_files(8192);
    cli_run(&r, p, ARGS("review", "--rater", "wayan", "--draw", "random"), "2\n2\n3\n1\n");
    limit_files(RLIM_INFINITY);
    if (r.code != 1 || !holds(&r.err, "not saved: 4 changes"))
        cli_show(&r);
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "not saved: 4 changes"));
    assert_true(holds(&r.err, "the disk is full"));
    assert_int_equal(count(r.out.p, "saved: "), 0);
    cli_finish(&r);
    assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict"), 0);
    cli_run(&r, p, ARGS("review", "--rater", "wayan", "--draw", "random"), "");
    expect_exit(&r, 0);
    assert_true(holds(&r.err, "saved now: 4 changes") || holds(&r.out, "saved now: 4 changes"));
    cli_finish(&r);
    assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict WHERE " JUDGEMENTS), 2);
    assert_int_equal(pairs_int(p, "SELECT count(*) FROM verdict WHERE kind = 'detail'"), 2);
    place_destroy(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_before_the_end_does_not_tell_the_brains),
        cmocka_unit_test(without_pairs_it_says_what_to_do_and_wrong_use_is_told),
        cmocka_unit_test(only_what_was_drawn_to_count_feeds_the_report),
        cmocka_unit_test(no_verdict_is_lost_or_doubled_by_a_kill),
        cmocka_unit_test(on_a_full_disk_no_verdict_is_called_saved_and_the_next_start_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
