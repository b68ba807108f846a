/* Whom a message is for, and how a text says that it only looks so. */
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/chat/address.h"
#include "berdua/chat/terms.h"

static void
a_name_before_a_message_is_taken_off_and_text_stays_text(void **state)
{
    enum { CLAUDE = 1 << BRAIN_CLAUDE, LLAMA = 1 << BRAIN_LLAMA, UNSET = 0 };
    static const struct {
        const char *message, *sent;
        unsigned brains;
    } cases[] = {
        {"@claude halo", "halo", CLAUDE},
        {"@llama\n  halo", "halo", LLAMA},
        {"@both @claude halo", "@claude halo", CLAUDE | LLAMA},
        {"@@claude halo", "@claude halo", UNSET},
        {"@@@llama halo", "@@llama halo", UNSET},
        {"@claudette halo", "@claudette halo", UNSET},
        {"@claude", "@claude", UNSET},
        {"@@ -1,3 +1,4 @@", "@@ -1,3 +1,4 @@", UNSET},
        {"@@gpt halo", "@@gpt halo", UNSET},
        {"halo @claude ", "halo @claude ", UNSET},
        {"", "", UNSET},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        unsigned brains = UNSET;
        assert_string_equal(address_strip(cases[i].message, &brains), cases[i].sent);
        assert_int_equal(brains, cases[i].brains);
        assert_int_equal(address_changes(cases[i].message),
                         strcmp(cases[i].message, cases[i].sent) != 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_before_a_message_is_taken_off_and_text_stays_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
