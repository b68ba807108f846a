/* SIGKILL at random moments on the program without a screen, which writes as fast as it can: what was
 * acknowledged is there, the file is sound, the next start works, and what was being said is kept.
 * BERDUA_KILL_ROUNDS says how often. */
#include "unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/store/query.h"
#include "contract.h"
#include "report.h"
#include "table.h"
#include "unit/kills.h"
#include "store/sqlite/db.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { ROUNDS = 40 };
#else
enum { ROUNDS = 200 };
#endif

enum { TURNS = 60, STREAM_TOKENS = 200, STREAM_GAP_MS = 25 };

static char *database;

static int
set_up(void **state)
{
    table_set(state);
    struct table *t = *state;
    database = place_path(t->place, "data/berdua/berdua.db");
    return 0;
}

static int
tear_down(void **state)
{
    free(database);
    return table_clear(state);
}

static void
assert_sound(void)
{
    struct err err = {{0}};
    struct buf said;
    if (access(database, F_OK) != 0)
        return; /* killed before there was one */
    struct db *db = db_open(database, DB_READ, NULL, &err);
    if (db == NULL)
        fail_msg("%s", err.text);
    buf_init(&said, 4096);
    assert_true(db_text(db, "PRAGMA integrity_check", &said, &err));
    assert_string_equal(said.p, "ok");
    buf_finish(&said);
    db_close(&db);
}

/* The newest session of the user as the store reads it; NULL when it has none. */
static struct conversation *
newest_of(const char *user)
{
    struct err err = {{0}};
    struct store *q = store_open(database, &err);
    if (q == NULL)
        fail_msg("%s", err.text);
    struct conversation *c = query_latest(q, user, 0, &err);
    if (c == NULL && err.text[0] != '\0')
        fail_msg("%s", err.text);
    store_close(&q);
    return c;
}

/* The same through the program; the root of `sessions show --json`. */
static struct json *
shown(struct place *place, const char *id)
{
    struct cli_result r;
    cli_run(&r, place, ARGS("sessions", "show", id, "--json"), NULL);
    expect_exit(&r, 0);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    assert_non_null(doc);
    cli_finish(&r);
    return doc;
}

static int
count(const char *text, const char *word)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
        n++;
    return n;
}

/* ---- kill ---- */

static char *
session_input(void)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    for (int i = 0; i < TURNS; i++)
        buf_printf(&b, "pesan %d\n/left\n", i);
    return buf_take(&b);
}

static void
let_it_live(struct rng *rng, struct cli *c)
{
    /* Some die before their first acknowledgement, the others some while after it. */
    if (rng_below(rng, 4) != 0)
        assert_true(cli_wait_out(c, "saved"));
    struct timespec t = {.tv_nsec = (long)rng_below(rng, 60000) * 1000};
    nanosleep(&t, NULL);
}

static void
check_answers(const struct turn *turn, const char *whole)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = &turn->answers[b];
        assert_true(a->status == STATUS_COMPLETE || a->status == STATUS_INTERRUPTED);
        if (a->status == STATUS_COMPLETE)
            assert_string_equal(a->text.p, whole);
        assert_int_equal(strncmp(a->text.p, whole, a->text.len), 0);
    }
}

static int
check_round(const char *user, int acknowledged, const char *whole)
{
    int interrupted = 0;
    struct conversation *c = newest_of(user);
    if (c == NULL) {
        assert_int_equal(acknowledged, 0);
        return 0;
    }
    assert_true(c->count >= (size_t)acknowledged);
    for (size_t i = 0; i < c->count; i++) {
        const struct turn *turn = c->turns[i];
        char message[32];
        snprintf(message, sizeof(message), "pesan %d", (int)i);
        assert_string_equal(turn->message, message);
        if ((int)i < acknowledged && turn->verdict.kind != VERDICT_CLAUDE)
            fail_msg("%s: verdict %d was acknowledged and is not there", user, (int)i);
        check_answers(turn, whole);
        for (int b = 0; b < BRAIN_COUNT; b++)
            interrupted += turn->answers[b].status == STATUS_INTERRUPTED;
    }
    conversation_destroy(&c);
    return interrupted;
}

static void
no_acknowledged_verdict_is_lost_by_a_kill(void **state)
{
    struct table *t = *state;
    int rounds = kill_rounds(ROUNDS);
    char *input = session_input();
    struct rng rng = {.state = 20261};
    int acknowledged = 0, interrupted = 0;
    for (int i = 0; i < rounds; i++) {
        char user[16];
        struct cli_result r;
        bool streams = i % 2 == 1;
        snprintf(user, sizeof(user), "u%d", i);
        standin_clear_rules(t->claude);
        standin_clear_rules(t->llama);
        standin_rule(t->claude, streams ? "gap=2 text=a b c d e f g h" : "text=a b c d e f g h");
        standin_rule(t->llama, streams ? "gap=3 text=a b c d e f g h" : "text=a b c d e f g h");
        struct cli *c = cli_start(t->place, ARGS("--linear", "-u", user), input);
        let_it_live(&rng, c);
        kill(cli_pid(c), SIGKILL);
        cli_wait(&c, &r);
        if (r.signal != SIGKILL && r.code != 0)
            expect_exit(&r, 0);
        int acks = count(r.out.p, "saved: Claude better, turn ");
        acknowledged += acks;
        interrupted += check_round(user, acks, "a b c d e f g h");
        cli_finish(&r);
        if (i % 25 == 0)
            assert_sound();
    }
    assert_sound();
    if (rounds >= ROUNDS) {
        /* Both happened, or nothing was proved. */
        assert_true(acknowledged > rounds / 2);
        assert_true(interrupted > 0);
    }
    struct conversation *c = newest_of("u1");
    if (c != NULL) {
        struct json *doc = shown(t->place, c->id);
        assert_int_equal(json_count(json_get(doc, "turns")), c->count);
        json_free(doc);
        conversation_destroy(&c);
    }
    printf("%d kills, %d verdicts acknowledged, %d answers interrupted\n", rounds, acknowledged,
           interrupted);
    free(input);
}

static void
a_kill_while_the_database_is_made_leaves_one_that_opens(void **state)
{
    struct table *t = *state;
    struct rng rng = {.state = 20262};
    for (int i = 0; i < ROUNDS / 8; i++) {
        char name[32];
        struct cli_result r;
        snprintf(name, sizeof(name), "fresh/%d.db", i);
        free(database);
        database = place_path(t->place, name);
        struct cli *c = cli_start(t->place, ARGS("--db", database, "ask", "halo"), NULL);
        kill_soon(cli_pid(c), &rng, 25000);
        cli_wait(&c, &r);
        cli_finish(&r);
        cli_run(&r, t->place, ARGS("--db", database, "--linear"), "halo\n/left\n");
        expect_exit(&r, 0);
        assert_true(holds(&r.out, "saved: Claude better"));
        cli_finish(&r);
        assert_sound();
    }
}

/* ---- in the middle of a stream ---- */

/* How many of the numbered tokens ("t0 t1 …") the text holds. */
static int
tokens_in(const char *text)
{
    return *text == '\0' ? 0 : count(text, " ") + 1;
}

static void
a_killed_stream_keeps_all_but_its_last_second(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char rule[64];
    snprintf(rule, sizeof(rule), "gap=%d count=%d", STREAM_GAP_MS, STREAM_TOKENS);
    standin_rule(t->claude, rule);
    standin_rule(t->llama, "fault=hang after=2 text=satu dua tiga");
    struct cli *c = cli_start(t->place, ARGS("ask", "--stream-json", "halo"), NULL);
    assert_true(cli_wait_out(c, " t99"));
    int64_t killed_us = clock_us();
    kill(cli_pid(c), SIGKILL);
    cli_wait(&c, &r);
    cli_finish(&r);
    struct standin_request *q = standin_request(t->claude, 0);
    int due = 0;
    /* Half a second of slack for a busy machine: a checkpoint is asked for each second, then written. */
    while (due < q->tokens && q->token_us[due] < killed_us - 1500 * US_PER_MS)
        due++;
    assert_true(due > 10);
    struct conversation *was = newest_of("anonymous");
    assert_non_null(was);
    struct json *doc = shown(t->place, was->id);
    const struct json *a = json_first(json_get(json_first(json_get(doc, "turns")), "answers"));
    assert_string_equal(report_str(a, "status"), "interrupted");
    assert_int_equal(strncmp(report_str(a, "text"), "t0 t1 t2 ", 9), 0);
    if (tokens_in(report_str(a, "text")) < due)
        fail_msg("%d tokens are kept, %d were older than a second",
                 tokens_in(report_str(a, "text")), due);
    assert_string_equal(report_str(json_next(a), "status"), "interrupted");
    assert_string_equal(report_str(json_next(a), "text"), "satu dua");
    json_free(doc);
    standin_request_free(&q);
    /* The next start shows it, and goes on with the session. */
    standin_clear_rules(t->claude);
    standin_clear_rules(t->llama);
    cli_run(&r, t->place, ARGS("--linear", "--continue"), "lagi\n/left\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "saved: Claude better"));
    cli_finish(&r);
    struct conversation *now = newest_of("anonymous");
    assert_string_equal(now->id, was->id);
    assert_int_equal(now->count, 2);
    assert_int_equal(now->turns[0]->answers[BRAIN_CLAUDE].status, STATUS_INTERRUPTED);
    assert_int_equal(now->turns[1]->verdict.kind, VERDICT_CLAUDE);
    conversation_destroy(&was);
    conversation_destroy(&now);
    assert_sound();
}

/* ---- two at once ---- */

static void
two_instances_write_one_database(void **state)
{
    struct table *t = *state;
    struct cli_result one, two;
    struct buf input;
    enum { EACH = 25 };
    buf_init(&input, 1 << 16);
    for (int i = 0; i < EACH; i++)
        buf_printf(&input, "pesan %d\n/left\n", i);
    struct cli *a = cli_start(t->place, ARGS("--linear", "-u", "satu"), input.p);
    struct cli *b = cli_start(t->place, ARGS("--linear", "-u", "dua"), input.p);
    cli_wait(&a, &one);
    cli_wait(&b, &two);
    expect_exit(&one, 0);
    expect_exit(&two, 0);
    assert_string_equal(one.err.p, "");
    assert_string_equal(two.err.p, "");
    assert_int_equal(count(one.out.p, "saved: Claude better, turn "), EACH);
    assert_int_equal(count(two.out.p, "saved: Claude better, turn "), EACH);
    check_round("satu", EACH, "Halo, ini jawaban singkat.");
    check_round("dua", EACH, "Halo, ini jawaban singkat.");
    assert_sound();
    buf_finish(&input);
    cli_finish(&one);
    cli_finish(&two);
}

/* Status of the first answer, as `sessions show` says it. */
static const char *
status_of_first(struct place *place, const char *id, char out[32])
{
    struct json *doc = shown(place, id);
    const struct json *a = json_first(json_get(json_first(json_get(doc, "turns")), "answers"));
    snprintf(out, 32, "%s", report_str(a, "status"));
    json_free(doc);
    return out;
}

static void
another_instance_leaves_a_living_answer_alone_and_takes_up_a_dead_one(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char status[32];
    standin_rule(t->claude, "match=tunggu fault=hang after=2 text=satu dua tiga");
    struct cli *slow = cli_start(
        t->place, ARGS("ask", "--brain", "claude", "--stream-json", "-u", "lama", "tunggu"), NULL);
    assert_true(cli_wait_out(slow, " dua"));
    cli_run(&r, t->place, ARGS("ask", "--brain", "claude", "-u", "baru", "halo"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    struct conversation *c = newest_of("lama");
    assert_string_equal(status_of_first(t->place, c->id, status), "running");
    kill(cli_pid(slow), SIGKILL);
    cli_wait(&slow, &r);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("ask", "--brain", "claude", "-u", "baru", "halo"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    assert_string_equal(status_of_first(t->place, c->id, status), "interrupted");
    conversation_destroy(&c);
}

#define WITH_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_A_DATABASE(no_acknowledged_verdict_is_lost_by_a_kill),
        WITH_A_DATABASE(a_kill_while_the_database_is_made_leaves_one_that_opens),
        WITH_A_DATABASE(a_killed_stream_keeps_all_but_its_last_second),
        WITH_A_DATABASE(two_instances_write_one_database),
        WITH_A_DATABASE(another_instance_leaves_a_living_answer_alone_and_takes_up_a_dead_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
