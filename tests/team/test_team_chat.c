/* The chat of a member whose team's server stands still: it is neither waited for while keys are typed nor when a verdict is
 * given, and what it missed goes to it when it answers again. */
#include "screen/cli.h"
#include "screen/table.h"
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/mem.h"
#include "team/postgres.h"

#define ALT "\033"

static bool
server_has(struct screen *s, void *kind)
{
    (void)s;
    char *sql = xasprintf("SELECT count(*) FROM berdua.event WHERE kind = '%s'", (char *)kind);
    int64_t n = count_on_server(sql);
    free(sql);
    return n > 0;
}

static void
expect_on_server(struct screen *s, const char *kind)
{
    char copy[16];
    snprintf(copy, sizeof copy, "%s", kind);
    screen_expect_that(s, server_has, copy, kind);
}

static void
a_server_that_stands_still_keeps_nobody_from_typing_and_judging(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char *url = url_at(server.port), *more = xasprintf("team:\n  url: %s", url);
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 more);
    free(url);
    free(more);
    cli_run(&r, t->place, (const char *const[]){"team", "init", NULL}, NULL);
    assert_int_equal(r.code, 0);
    cli_finish(&r);
    struct screen *s = table_start(t, 40, 140);
    table_say(t, "halo");
    table_expect_done(s);
    expect_on_server(s, "turn");
    pg_freeze(&server);
    screen_type(s, "masih bisa mengetik");
    screen_expect(s, "> masih bisa mengetik");
    screen_type(s, ALT "2");
    screen_expect(s, "saved: LLAMA better");
    screen_type(s, "\r");
    screen_expect_gone(s, "> masih bisa mengetik");
    table_expect_done(s);
    pg_thaw(&server);
    expect_on_server(s, "verdict");
    table_leave(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_server_that_stands_still_keeps_nobody_from_typing_and_judging),
    };
    return cmocka_run_group_tests(tests, start_server, end_server);
}
