/* `berdua judge` is killed at any moment, again and again: no vote is lost or doubled, and what has an answer in the store is
 * never asked again. BERDUA_KILL_ROUNDS says how often. */
#include "judge_kit.h"

#include "unit/kills.h"

enum { USUAL_KILLS = 6, PAIRS_A_ROUND = 2, MOST_DELAY_US = 20000 };

/* Of a pair in one order: the number of its message, and who is A. */
static void
name_question(const char *body, char out[32])
{
    const char *at = strstr(body, "Kak, pesan ");
    assert_non_null(at);
    snprintf(out, 32, "%ld%s", strtol(at + strlen("Kak, pesan "), NULL, 10),
             strstr(body, "ANSWER A\\n\\\"Tidak") ? "claude" : "llama");
}

/* None of the requests from `from` on is about a row that stood when they began. */
static void
assert_none_is_asked_again(struct table *t, size_t from, char **stood, size_t count)
{
    char name[32];
    for (size_t i = from; i < standin_count(t->claude); i++) {
        struct standin_request *q = standin_request(t->claude, i);
        name_question(q->body, name);
        for (size_t n = 0; n < count; n++)
            if (strcmp(stood[n], name) == 0)
                fail_msg("%s was asked again", name);
        standin_request_free(&q);
    }
}

static size_t
read_stood(struct table *t, char ***out)
{
    sqlite3 *db = judge_database(t);
    sqlite3_stmt *s = NULL;
    size_t n = 0;
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT replace(t.message, 'Kak, pesan ', '') || j.first"
                                        " FROM judge_call j JOIN turn t ON t.id = j.turn",
                                        -1, &s, NULL),
                     SQLITE_OK);
    *out = NULL;
    while (sqlite3_step(s) == SQLITE_ROW) {
        *out = xreallocarray(*out, n + 1, sizeof **out);
        (*out)[n++] = xstrdup((const char *)sqlite3_column_text(s, 0));
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

/* Killed once the server has so many questions of it, and a moment later. */
static void
one_life(struct table *t, struct rng *rng)
{
    struct cli_result r;
    size_t before = standin_count(t->claude), questions = rng_below(rng, 2 * PAIRS_A_ROUND + 1);
    struct cli *c =
        cli_start(t->place, (const char *const[]){"judge", "--yes", "-j", "2", NULL}, NULL);
    if (questions)
        standin_wait_count(t->claude, before + questions, 1000);
    kill_soon(cli_pid(c), rng, MOST_DELAY_US);
    cli_wait(&c, &r);
    cli_finish(&r);
}

static void
killed_at_any_moment_no_vote_is_lost_or_doubled_and_no_answer_asked_for_again(void **state)
{
    struct table *t = *state;
    struct rng rng = {.state = 20261130};
    struct cli_result r;
    int pairs = 0, seen = 0, unfinished = 0;
    answer_for_claude(t, "gap=3");
    for (int round = 0; round < kill_rounds(USUAL_KILLS); round++) {
        char **stood;
        put_pairs(t, "s", pairs + 1, PAIRS_A_ROUND);
        pairs += PAIRS_A_ROUND;
        size_t count = read_stood(t, &stood), from = standin_count(t->claude);
        one_life(t, &rng);
        assert_none_is_asked_again(t, from, stood, count);
        for (size_t n = 0; n < count; n++)
            free(stood[n]);
        free(stood);
        int answers = count_rows(t, "SELECT count(*) FROM judge_call");
        if (answers < (int)count)
            fail_msg("round %d: %zu answers, then %d", round, count, answers);
        seen += answers - (int)count;
        unfinished += answers < 2 * pairs;
        /* A pair has its vote exactly when both orders have their answer. */
        assert_count(t,
                     "SELECT (SELECT count(*) FROM verdict WHERE origin = 'judge') - (SELECT"
                     " count(*) FROM (SELECT 1 FROM judge_call GROUP BY turn HAVING count(*) = 2))",
                     0);
        assert_count(t,
                     "SELECT (SELECT count(*) FROM judge_call) - (SELECT count(*) FROM side_call"
                     " WHERE purpose = 'judge')",
                     0);
    }
    print_message("%d answers were stored in %d lives, %d of which were killed before the end\n",
                  seen, kill_rounds(USUAL_KILLS), unfinished);
    assert_true(unfinished > 0);
    judge(t, &r, 0, "--yes");
    cli_finish(&r);
    assert_count(t, "SELECT count(*) FROM verdict WHERE origin = 'judge' AND kind = 'claude'",
                 pairs);
    assert_count(t, "SELECT count(DISTINCT turn) FROM verdict WHERE origin = 'judge'", pairs);
    assert_count(t, "SELECT count(*) FROM judge_call", 2 * pairs);
    assert_count(t, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'", 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(killed_at_any_moment_no_vote_is_lost_or_doubled_and_no_answer_asked_for_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
