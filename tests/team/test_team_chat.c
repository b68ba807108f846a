/* The chat of a member whose team's server stands still: it is neither waited for while keys are typed nor when a verdict is
 * given, and what it missed goes to it when it answers again. */
#include "screen/cli.h"
#include "screen/table.h"
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "team/link.h"
#include "team/postgres.h"
#include "team/team_address.h"

#define ALT "\033"

static struct postgres server;
static char *url;

static bool
note_row(void *arg, const struct row *row)
{
    (void)row;
    *(bool *)arg = true;
    return true;
}

static bool
server_has(struct screen *s, void *kind)
{
    (void)s;
    struct address a;
    struct err err = {{0}};
    const char *values[] = {kind};
    bool found = false;
    struct link *l =
        address_read(url, NULL, &a, &err) ? link_open(&a, NULL, -1, 60000, &err) : NULL;
    if (!l || !link_run(l, "SELECT 1 FROM berdua.event WHERE kind = $1 LIMIT 1", values, 1,
                        note_row, &found, &err))
        fail_msg("%s", err.text);
    link_close(&l);
    return found;
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
    char *more = xasprintf("team:\n  url: %s", url);
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 more);
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

static int
start_server(void **state)
{
    (void)state;
    server = pg_create();
    url = xasprintf("postgresql://berdua@127.0.0.1:%d/postgres", server.port);
    return 0;
}

static int
end_server(void **state)
{
    (void)state;
    pg_destroy(&server);
    free(url);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_server_that_stands_still_keeps_nobody_from_typing_and_judging),
    };
    return cmocka_run_group_tests(tests, start_server, end_server);
}
