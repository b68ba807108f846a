/* Where a team's server may be: beyond this machine only with TLS that verifies its name, and no password in the address,
 * which no message repeats. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "team/team_address.h"

static bool
may(const char *url, bool *local, struct err *err)
{
    struct address a;
    bool ok = address_read(url, NULL, &a, err);
    *local = a.local;
    return ok;
}

static void
this_machine_needs_no_tls(void **state)
{
    static const char *const urls[] = {"postgresql:///db",
                                       "postgresql://u@127.0.0.1:5433/db?sslmode=disable",
                                       "postgres://localhost/db",
                                       "postgresql://u@[::1]/db",
                                       "postgresql://%2Frun%2Fpostgresql/db",
                                       "postgresql://localhost,127.0.0.1/db"};
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct err err = {{0}};
        bool local;
        if (!may(urls[i], &local, &err) || !local)
            fail_msg("%s: %s", urls[i], err.text);
    }
}

static void
another_machine_is_verified_or_refused(void **state)
{
    static const char *const weak[] = {"postgresql://db.example/x?sslmode=require",
                                       "postgresql://localhost,db.example/x?sslmode=disable",
                                       "postgresql://localhost/x?hostaddr=10.0.0.1&sslmode=prefer",
                                       "postgresql://localhost/x?service=far&sslmode=disable",
                                       "postgresql://127.0.0.1.example.com/x?sslmode=verify-ca"};
    struct err err = {{0}};
    bool local;
    (void)state;
    assert_true(may("postgresql://u@db.example/x", &local, &err) && !local);
    assert_true(may("postgresql://u@db.example/x?sslmode=verify-full", &local, &err) && !local);
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        if (may(weak[i], &local, &err))
            fail_msg("%s was let through", weak[i]);
    setenv("PGHOST", "db.example", 1);
    assert_false(may("postgresql:///x?sslmode=allow", &local, &err));
    assert_true(may("postgresql:///x", &local, &err) && !local);
    unsetenv("PGHOST");
}

static void
a_password_is_refused_and_not_repeated(void **state)
{
    static const char *const urls[] = {"postgresql://u:rahasia@localhost/x",
                                       "postgresql://localhost/x?password=rahasia",
                                       "postgresql://u:rahasia@localhost:port/x",
                                       "postgresql://u:rahasia@[::1/x", "mysql://u:rahasia@h/x"};
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct err err = {{0}};
        bool local;
        assert_false(may(urls[i], &local, &err));
        assert_null(strstr(err.text, "rahasia"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(this_machine_needs_no_tls),
        cmocka_unit_test(another_machine_is_verified_or_refused),
        cmocka_unit_test(a_password_is_refused_and_not_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
