/* Routing through the whole program: LLAMA speaks and breaks, is late, or sends only a newline; with and without a hedge,
 * in route and full. Somebody serves, and what was shown is what the file says. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

static void
routed_place(struct table *t, bool hedge)
{
    char *more = xasprintf("route: {hedge: %s, timeout_ms: 300}\n", hedge ? "true" : "false");
    struct cli_result r;
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 more);
    free(more);
    cli_run(&r, t->place, ARGS("route", "set", "emotional", "100"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
}

/* The turn as the file has it. */
static void
expect_stored(struct table *t, const char *session, const char *served)
{
    struct cli_result r;
    cli_run(&r, t->place, ARGS("sessions", "show", session, "--json"), NULL);
    struct json *doc = json_parse(r.out.p, r.out.len, NULL);
    const struct json *turn = json_first(json_get(doc, "turns"));
    assert_string_equal(report_str(turn, "served"), served);
    json_free(doc);
    cli_finish(&r);
}

static void
expect_claude_takes_over(struct table *t, const char *mode, const char *llama_status)
{
    struct report r;
    report_ask(&r, t->place, ARGS("-u", "sari", "-m", mode), "aku sedih banget hari ini");
    if (r.root == NULL || strcmp(report_str(r.root, "served"), "claude") != 0)
        cli_show(&r.run);
    expect_exit(&r.run, 4);
    assert_string_equal(report_str(r.root, "served"), "claude");
    assert_string_equal(report_str(r.root, "route.brain"), "llama");
    assert_string_equal(report_str(r.root, "route.fallback"), "claude");
    assert_string_equal(report_str(report_answer(&r, "claude"), "role"), "fallback");
    assert_string_equal(report_str(report_answer(&r, "claude"), "status"), "complete");
    assert_string_equal(report_str(report_answer(&r, "llama"), "role"), "compared");
    assert_string_equal(report_str(report_answer(&r, "llama"), "status"), llama_status);
    expect_stored(t, report_str(r.root, "session"), "claude");
    report_finish(&r);
}

static void
each_way(struct table *t, const char *llama_rule, const char *llama_status)
{
    static const char *const modes[] = {"route", "full"};
    for (int hedge = 0; hedge < 2; hedge++)
        for (size_t m = 0; m < ARRAY_LEN(modes); m++) {
            routed_place(t, hedge);
            standin_clear_rules(t->llama);
            standin_clear_rules(t->claude);
            standin_rule(t->llama, llama_rule);
            standin_rule(t->claude, "first=50 text=Tenang, Kak.");
            expect_claude_takes_over(t, modes[m], llama_status);
        }
}

static void
llama_that_speaks_and_breaks_is_followed_by_claude(void **state)
{
    each_way(*state, "gap=100 after=3 fault=cut text=Aduh,\\| Kak,\\| jangan\\| sedih\\| ya.",
             "failed");
}

static void
llama_that_is_late_is_followed_by_claude(void **state)
{
    each_way(*state, "first=5000 text=Aduh, Kak.", "timeout");
}

static void
a_newline_is_no_first_token(void **state)
{
    each_way(*state, "gap=5000 text=\\n\\|Aduh, Kak.", "timeout");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(llama_that_speaks_and_breaks_is_followed_by_claude),
        AT_A_TABLE(llama_that_is_late_is_followed_by_claude),
        AT_A_TABLE(a_newline_is_no_first_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
