#include "unit/unit.h"

#include <string.h>

#include "berdua/base/mem.h"
#include "engine/policy/instructions.h"

static void
what_is_alike_in_every_turn_stands_before_and_the_style_after(void **state)
{
    (void)state;
    static const struct {
        const char *system, *styles[2];
        int style; /* of this turn; -1: none */
        const char *before, *after;
    } rows[] = {
        {NULL, {"House. Be warm.", "House. Be wise."}, 0, "House.", "Be warm."},
        {NULL, {"House. Be warm.", "House. Be wise."}, 1, "House.", "Be wise."},
        {NULL, {"House. Be warm.", "House. Be wise."}, -1, "House.", NULL},
        {NULL, {"House.\nSanta", "House.\nSanti"}, 0, "House.", "Santa"},
        {NULL, {"Warm.", "Wise."}, 0, "", "Warm."}, /* no common sentence */
        {NULL, {"House", "House. Be wise."}, 0, "", "House"},
        {NULL, {"The same.", "The same."}, 0, "The same.", NULL},
        {NULL, {"The only one", NULL}, 0, "The only one", NULL},
        {NULL, {"The only one", ""}, 1, "The only one", NULL},
        {NULL, {NULL, NULL}, 0, "", NULL},
        {"Own.", {"House. Be warm.", "House. Be wise."}, 0, "Own.", "House. Be warm."},
        {"Own.", {"Own. Be warm.", NULL}, 0, "Own.", "Be warm."},
        {"Own.", {"Own. Be warm.", NULL}, 1, "Own.", NULL},
        {"Own.", {"House. Be warm.", NULL}, -1, "Own.", NULL},
        {"", {"House. Be warm.", "House. Be wise."}, 0, "House.", "Be warm."},
    };
    for (size_t n = 0; n < 2 * ARRAY_LEN(rows); n++) {
        size_t i = n / 2;
        bool claude = n % 2;
        struct style_conf styles[2] = {{.system = (char *)rows[i].styles[0]},
                                       {.system = (char *)rows[i].styles[1]}};
        struct brain_conf conf = {.provider = claude ? PROVIDER_ANTHROPIC : PROVIDER_OPENAI,
                                  .system = (char *)rows[i].system,
                                  .styles = styles,
                                  .style_count = 2};
        struct buf before, after, expected;
        buf_init(&before, 1000);
        buf_init(&after, 1000);
        buf_init(&expected, 1000);
        instructions_before(&conf, &before);
        instructions_after(&conf, rows[i].style < 0 ? NULL : &styles[rows[i].style], &after);
        if (rows[i].after)
            buf_printf(&expected, claude ? "<instructions>\n%s\n</instructions>" : "%s",
                       rows[i].after);
        if (strcmp(before.p, rows[i].before) != 0 || strcmp(after.p, expected.p) != 0)
            fail_msg("row %zu: \"%s\", \"%s\"", i, before.p, after.p);
        buf_finish(&before);
        buf_finish(&after);
        buf_finish(&expected);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_alike_in_every_turn_stands_before_and_the_style_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
