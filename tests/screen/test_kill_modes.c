/* SIGKILL while Claude waits for a cultural context, and while a shadow runs: the next start shows what was being
 * said as interrupted, and goes on. */
#include "unit/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/store/query.h"
#include "contract.h"
#include "report.h"
#include "table.h"

#define SAD "aku sedih banget hari ini"

static void
configure(struct table *t, int grace_ms)
{
    char *more = xasprintf("context: {grace_ms: %d}\n", grace_ms);
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 more);
    free(more);
}

/* Does the store say that Claude's answer to the only message is in this state? */
static bool
claude_is(const struct table *t, enum answer_status status)
{
    char *path = place_path(t->place, "data/berdua/berdua.db");
    struct err err = {{0}};
    struct store *q = access(path, F_OK) == 0 ? store_open(path, &err) : NULL;
    struct conversation *c = q ? query_latest(q, "sari", 0, &err) : NULL;
    bool is = c && c->count == 1 && c->turns[0]->asked[BRAIN_CLAUDE] &&
              c->turns[0]->answers[BRAIN_CLAUDE].status == status;
    conversation_destroy(&c);
    store_close(&q);
    free(path);
    return is;
}

static void
wait_for_claude(const struct table *t, enum answer_status status)
{
    int64_t until_us = clock_us() + (int64_t)patience_ms() * US_PER_MS;
    while (!claude_is(t, status)) {
        struct timespec pause = {.tv_nsec = 2 * 1000 * 1000};
        if (clock_us() > until_us)
            fail_msg("the store does not show Claude's answer as %s", answer_status_name(status));
        nanosleep(&pause, NULL);
    }
}

/* Asks in this mode with LLAMA hanging, kills it in that state of Claude's answer. */
static void
kill_when(struct table *t, const char *mode, enum answer_status status)
{
    struct cli_result r;
    struct cli *c = cli_start(t->place, ARGS("ask", "-u", "sari", "-m", mode, SAD), NULL);
    assert_true(standin_wait_count(t->llama, 1, patience_ms()));
    wait_for_claude(t, status);
    kill(cli_pid(c), SIGKILL);
    cli_wait(&c, &r);
    assert_int_equal(r.signal, SIGKILL);
    cli_finish(&r);
}

/* The next start of the session, in the same mode; LLAMA is well again. */
static struct json *
go_on(struct table *t, const char *mode)
{
    struct cli_result r;
    standin_clear_rules(t->llama);
    configure(t, 50);
    cli_run(&r, t->place, ARGS("--linear", "-u", "sari", "-m", mode, "--continue"), "lalu apa?\n");
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "Dari Claude."));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("sessions", "list", "--json"), NULL);
    struct json *list = json_parse(r.out.p, r.out.len, NULL);
    assert_int_equal(json_count(json_get(list, "sessions")), 1);
    char *id = xstrdup(report_str(json_first(json_get(list, "sessions")), "session"));
    json_free(list);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("sessions", "show", id, "--json"), NULL);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    assert_int_equal(json_count(json_get(doc, "turns")), 2);
    cli_finish(&r);
    free(id);
    return doc;
}

static const char *
status_in(const struct json *turn, const char *brain)
{
    const struct json *a = json_first(json_get(turn, "answers"));
    while (a && strcmp(report_str(a, "brain"), brain) != 0)
        a = json_next(a);
    return report_str(a, "status");
}

static void
expect_after(struct table *t, const char *mode, const char *claude, const char *llama)
{
    struct json *doc = go_on(t, mode);
    const struct json *first = json_first(json_get(doc, "turns"));
    assert_string_equal(status_in(first, "claude"), claude);
    assert_string_equal(status_in(first, "llama"), llama);
    assert_string_equal(status_in(json_next(first), "claude"), "complete");
    json_free(doc);
}

static void
killed_while_claude_awaits_its_context(void **state)
{
    static const char *const modes[] = {"context", "full"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
        void *set;
        table_set(&set);
        struct table *t = set;
        standin_rule(t->claude, "text=Dari Claude.");
        standin_rule(t->llama, "fault=hang_head");
        configure(t, 60000);
        kill_when(t, modes[i], STATUS_INTERRUPTED); /* so another process sees one that runs */
        assert_int_equal(standin_count(t->claude), 0);
        expect_after(t, modes[i], "interrupted", "");
        table_clear(&set);
    }
}

static void
killed_while_a_shadow_runs(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Dari Claude.");
    standin_rule(t->llama, "fault=hang_head");
    configure(t, 50);
    kill_when(t, "shadow", STATUS_COMPLETE);
    expect_after(t, "shadow", "complete", "interrupted");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_while_claude_awaits_its_context),
        AT_A_TABLE(killed_while_a_shadow_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
