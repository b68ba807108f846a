/* `berdua eval` is killed at any moment, again and again: no row is lost or doubled, and what has its answer in the result or
 * in the store is never asked again. BERDUA_KILL_ROUNDS says how often. */
#include "eval_kit.h"

#include "unit/kills.h"

enum { USUAL_KILLS = 5, ROWS = 12, MOST_DELAY_US = 20000 };

/* The rows whose answer of the brain is whole in the store, or that stand in the result. */
static void
read_standing(struct table *t, const char *first, const char *out, const char *brain,
              int stands[ROWS + 1])
{
    sqlite3 *db = judge_database(t);
    sqlite3_stmt *s = NULL;
    char *sql = xasprintf("SELECT CAST(replace(t.message, '%s pesan ', '') AS INTEGER) FROM turn t"
                          " JOIN answer a ON a.turn = t.id WHERE t.message LIKE '%s %%' AND"
                          " a.brain = '%s' AND a.status = 'complete'",
                          first, first, brain);
    count_result(t, out, stands, ROWS, true);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK) /* else nothing was stored yet */
        while (sqlite3_step(s) == SQLITE_ROW)
            stands[sqlite3_column_int(s, 0)] = 1;
    sqlite3_finalize(s);
    sqlite3_close(db);
    free(sql);
}

/* None of the requests from `from` on is about a row that stood. */
static void
assert_none_asked(struct standin *server, size_t from, const int stood[ROWS + 1], const char *who)
{
    for (size_t i = from; i < standin_count(server); i++) {
        struct standin_request *q = standin_request(server, i);
        const char *at = strstr(q->body, " pesan ");
        assert_non_null(at);
        if (stood[strtol(at + strlen(" pesan "), NULL, 10)])
            fail_msg("%s was asked again for row %s", who, at);
        standin_request_free(&q);
    }
}

/* Killed once the servers have so many requests of it, and a moment later. true: before its end. */
static bool
one_life(struct table *t, const char *out, struct rng *rng)
{
    struct cli_result r;
    size_t before = standin_count(t->claude), requests = rng_below(rng, ROWS);
    struct cli *c = eval_start(t, "in.jsonl", out, "8", true);
    if (requests)
        standin_wait_count(t->claude, before + requests, 1000);
    kill_soon(cli_pid(c), rng, MOST_DELAY_US);
    cli_wait(&c, &r);
    bool killed = r.signal == SIGKILL;
    cli_finish(&r);
    return killed;
}

static void
killed_at_any_moment_no_row_is_lost_or_doubled_and_no_answer_asked_for_again(void **state)
{
    struct table *t = *state;
    struct rng rng = {.state = 20261130};
    struct cli_result r;
    int killed = 0, kept = 0, halves = 0;
    standin_rule(t->claude, "first=3 gap=2");
    standin_rule(t->llama, "first=5 gap=3");
    for (int round = 0; round < kill_rounds(USUAL_KILLS); round++) {
        char first[32], out[32];
        int claude[ROWS + 1], llama[ROWS + 1];
        snprintf(first, sizeof first, "Babak %d,", round);
        snprintf(out, sizeof out, "out-%d.jsonl", round);
        put_rows(t, "in.jsonl", first, ROWS);
        killed += one_life(t, out, &rng);
        read_standing(t, first, out, "claude", claude);
        read_standing(t, first, out, "llama", llama);
        size_t from_claude = standin_count(t->claude), from_llama = standin_count(t->llama);
        for (int i = 1; i <= ROWS; i++) {
            kept += claude[i] && llama[i];
            halves += !claude[i] != !llama[i];
        }
        eval_run(t, &r, 0, "in.jsonl", out, true);
        cli_finish(&r);
        assert_none_asked(t->claude, from_claude, claude, "Claude");
        assert_none_asked(t->llama, from_llama, llama, "LLAMA");
        assert_each_once(t, out, ROWS);
    }
    print_message("%d of %d killed; %d rows stood then, and of %d one answer\n", killed,
                  kill_rounds(USUAL_KILLS), kept, halves);
    assert_true(killed > 0);
    /* Nor is a row there twice in the store. */
    assert_count(t, "SELECT count(*) FROM turn", kill_rounds(USUAL_KILLS) * ROWS);
    assert_count(t, "SELECT count(DISTINCT message) FROM turn", kill_rounds(USUAL_KILLS) * ROWS);
    assert_count(t, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'", 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(killed_at_any_moment_no_row_is_lost_or_doubled_and_no_answer_asked_for_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
