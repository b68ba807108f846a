/* With LLAMA dead every mode still serves every message from Claude; the breaker stops calling it, and it
 * returns by itself when LLAMA does. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

enum { FAILURES = 3, ASKED = 5, LINES = 12, IN_FLIGHT = 4, DONE = 0, PARTLY = 4 };

#define SAD "aku sedih banget hari ini"

static const struct way {
    const char *mode;
    const char *stage; /* of the rollout, in percent */
    int dying, open;   /* exit codes while it is called, and when it no longer is */
    int calls;         /* most calls of LLAMA for one message; 0: it is never asked */
} ways[] = {
    {"parallel", "0", PARTLY, PARTLY, 1}, {"shadow", "0", DONE, DONE, 1},
    {"context", "0", DONE, DONE, 1},      {"route", "100", PARTLY, DONE, 1},
    {"jiwa", "0", DONE, DONE, 0},         {"full", "0", DONE, DONE, 2},
    {"full", "100", PARTLY, DONE, 1},
};

static const struct death {
    const char *name, *rule; /* rule NULL: nobody listens at its port */
} deaths[] = {
    {"refused", NULL},      {"hung", "fault=hang_head"},
    {"401", "status=401"},  {"garbage", "fault=garbage"},
    {"HTML", "fault=html"},
};

/* LLAMA is at this address; a message waits for it no longer than first_token_ms. */
static void
configure(struct table *t, const char *llama_url, int first_token_ms, int cool_s)
{
    char *limit = xasprintf("first_token_ms: %d", first_token_ms);
    char *more = xasprintf("breaker: {failures: %d, cool_s: %d}\nroute: {timeout_ms: %d}\n"
                           "context: {grace_ms: 20}\nmemory: {enabled: true}\n",
                           FAILURES, cool_s, first_token_ms);
    place_config(t->place, standin_url(t->claude, ""), NULL, llama_url, limit, more);
    free(more);
    free(limit);
}

static void
set_stage(struct table *t, const struct way *w)
{
    struct cli_result r;
    cli_run(&r, t->place, ARGS("route", "set", "emotional", w->stage), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
}

static bool
breaker_is(struct table *t, const char *state)
{
    struct cli_result r;
    cli_run(&r, t->place, ARGS("route", "status", "--json"), NULL);
    expect_exit(&r, 0);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    bool is = strcmp(report_str(doc, "breakers.llama"), state) == 0;
    json_free(doc);
    cli_finish(&r);
    return is;
}

/* One message of `mario`'s, which somebody must answer; who did. */
static bool
claude_serves(struct table *t, const struct way *w, int code, const char *what)
{
    struct report r;
    report_ask(&r, t->place, ARGS("-u", "mario", "-m", w->mode), SAD);
    bool claude = strcmp(report_str(r.root, "served"), "claude") == 0;
    if (r.run.late || (code >= 0 && r.run.code != code) || !*report_str(r.root, "served")) {
        cli_show(&r.run);
        fail_msg("%s at %s %%, LLAMA %s: exit %d, not %d", w->mode, w->stage, what, r.run.code,
                 code);
    }
    if (claude)
        assert_string_equal(report_str(report_answer(&r, "claude"), "text"), "Dari Claude.");
    report_finish(&r);
    return claude;
}

/* Every message is served by Claude, and LLAMA is not called more often than the breaker lets. */
static void
die(struct table *t, const struct way *w, const struct death *d)
{
    int most = w->calls ? FAILURES + w->calls - 1 : 0;
    for (int i = 0; i < ASKED; i++) {
        assert_true(claude_serves(t, w, i < FAILURES ? w->dying : w->open, d->name));
    }
    if ((int)standin_count(t->llama) > most ||
        (d->rule && w->calls && (int)standin_count(t->llama) < FAILURES))
        fail_msg("%s at %s %%, LLAMA %s: called %zu times", w->mode, w->stage, d->name,
                 standin_count(t->llama));
    if (!breaker_is(t, w->calls ? "open" : "closed"))
        fail_msg("%s at %s %%, LLAMA %s: the breaker", w->mode, w->stage, d->name);
}

/* It is well again, and is found so without anybody's doing. */
static void
come_back(struct table *t, const struct way *w)
{
    int64_t until_us = clock_us() + (int64_t)patience_ms() * US_PER_MS;
    standin_clear_rules(t->llama);
    configure(t, standin_url(t->llama, "/v1"), 5000, 1);
    while (clock_us() < until_us) {
        claude_serves(t, w, -1, "well again");
        if (breaker_is(t, "closed"))
            break;
    }
    assert_true(breaker_is(t, "closed"));
    bool claude = claude_serves(t, w, DONE, "well again");
    if (strcmp(w->stage, "100") == 0)
        assert_false(claude);
}

static void
run_way(struct table *t, const struct way *w, const struct death *d)
{
    int fd = -1;
    char *nobody = xasprintf("http://127.0.0.1:%d/v1", standin_refusing_port(&fd));
    standin_rule(t->claude, "text=Dari Claude.");
    if (d->rule)
        standin_rule(t->llama, d->rule);
    configure(t, d->rule ? standin_url(t->llama, "/v1") : nobody, 300, 3600);
    set_stage(t, w);
    die(t, w, d);
    if (w->calls && strcmp(d->name, "HTML") != 0) /* after which it is as with garbage */
        come_back(t, w);
    close(fd);
    free(nobody);
}

static void
run_all(size_t death)
{
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        void *state = NULL;
        table_set(&state);
        run_way(state, &ways[i], &deaths[death]);
        table_clear(&state);
    }
}

static void
a_llama_that_refuses_connections_disturbs_nobody(void **state)
{
    (void)state;
    run_all(0);
}

static void
a_llama_that_hangs_disturbs_nobody(void **state)
{
    (void)state;
    run_all(1);
}

static void
a_llama_that_denies_the_key_disturbs_nobody(void **state)
{
    (void)state;
    run_all(2);
}

static void
a_llama_that_talks_garbage_disturbs_nobody(void **state)
{
    (void)state;
    run_all(3);
    run_all(4);
}

/* The same in one session, where one message follows the other at once. */
static void
a_session_goes_on_without_llama(void **state)
{
    struct buf input;
    (void)state;
    buf_init(&input, 1 << 16);
    for (int i = 0; i < LINES; i++)
        buf_append_str(&input, SAD "\n");
    for (size_t i = 0; i < ARRAY_LEN(ways) * ARRAY_LEN(deaths); i++) {
        const struct way *w = &ways[i / ARRAY_LEN(deaths)];
        const struct death *d = &deaths[i % ARRAY_LEN(deaths)];
        struct cli_result r;
        void *set = NULL;
        int served = 0;
        if (!d->rule)
            continue;
        table_set(&set);
        struct table *t = set;
        standin_rule(t->claude, "text=Dari Claude.");
        standin_rule(t->llama, d->rule);
        configure(t, standin_url(t->llama, "/v1"), 300, 3600);
        set_stage(t, w);
        cli_run(&r, t->place, ARGS("--linear", "-u", "mario", "-m", w->mode), input.p);
        for (const char *p = r.out.p; (p = strstr(p, "Dari Claude.")) != NULL; p++)
            served++;
        int calls = (int)standin_count_path(t->llama, "/chat/completions");
        int most = w->calls ? FAILURES + IN_FLIGHT : 1; /* in jiwa an analysis may try once */
        if (w->calls >
            1) /* a context that the next message overtakes is cancelled, which says nothing */
            most += LINES;
        if (r.code != 0 || served != LINES || calls > most) {
            cli_show(&r);
            fail_msg("%s at %s %%, LLAMA %s: exit %d, %d served, %d calls", w->mode, w->stage,
                     d->name, r.code, served, calls);
        }
        cli_finish(&r);
        table_clear(&set);
    }
    buf_finish(&input);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_llama_that_refuses_connections_disturbs_nobody),
        cmocka_unit_test(a_llama_that_hangs_disturbs_nobody),
        cmocka_unit_test(a_llama_that_denies_the_key_disturbs_nobody),
        cmocka_unit_test(a_llama_that_talks_garbage_disturbs_nobody),
        cmocka_unit_test(a_session_goes_on_without_llama),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
