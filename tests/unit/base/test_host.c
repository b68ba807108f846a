#include "unit/unit.h"

#include "berdua/base/host.h"
#include "berdua/base/mem.h"

static void
what_leads_to_this_machine_is_loopback(void **state)
{
    (void)state;
    static const char *const yes[] = {"localhost", "LocalHost", "a.localhost",
                                      "127.0.0.1", "127.9.9.9", "[::1]",
                                      "0.0.0.0",   "[::]",      "[0::1]"};
    static const char *const no[] = {"",
                                     "notlocalhost",
                                     "localhost.test",
                                     "127.0.0.1.test",
                                     "128.0.0.1",
                                     "[::2]",
                                     "::1",
                                     "[]",
                                     "10.0.0.1",
                                     "[::1"};
    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (!host_is_loopback(yes[i]))
            fail_msg("%s", yes[i]);
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        if (host_is_loopback(no[i]))
            fail_msg("%s", no[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_leads_to_this_machine_is_loopback)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
