/* The system may look a server's name up for as long as it likes: the program ends meanwhile. */
#include "unit/unit.h"

#include <unistd.h>

#include "berdua/base/err.h"
#include "team/libpq.h"
#include "team/link.h"
#include "team/team_address.h"

static int begun[2], looked_up[2], finished[2];
static char connection;

static PGconn *
look_up(const char *const *keys, const char *const *values, int expand)
{
    char c;
    (void)keys, (void)values, (void)expand;
    (void)!write(begun[1], "x", 1);
    (void)!read(looked_up[0], &c, 1);
    return (PGconn *)&connection;
}

static void
finish(PGconn *conn)
{
    if (conn == (PGconn *)&connection)
        (void)!write(finished[1], "x", 1);
}

static void
a_lookup_that_hangs_is_left_behind_and_cleared_up_when_it_ends(void **state)
{
    const struct address address = {.url = "postgresql://db.example/team", .local = true};
    struct err err = {{0}};
    int stop[2];
    char c;
    (void)state;
    assert_null(libpq_load());
    pq.connectStartParams = look_up;
    pq.finish = finish;
    assert_true(pipe(stop) == 0 && pipe(begun) == 0 && pipe(looked_up) == 0 && pipe(finished) == 0);
    assert_int_equal(write(stop[1], "x", 1), 1);
    assert_null(link_open(&address, "secret", stop[0], 1000, &err));
    assert_string_equal(err.text, "team: the program ends");
    assert_int_equal(read(begun[0], &c, 1), 1);
    assert_int_equal(write(looked_up[1], "x", 1), 1);
    assert_int_equal(read(finished[0], &c, 1), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lookup_that_hangs_is_left_behind_and_cleared_up_when_it_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
