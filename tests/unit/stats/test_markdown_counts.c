#include "unit/unit.h"

#include <string.h>

#include "berdua/stats/markdown_counts.h"

static void
markdown_is_counted_as_the_public_data_sets_do(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int h1, h3, ordered, unordered, stars, underscores;
    } table[] = {
        {"", 0, 0, 0, 0, 0, 0},
        {"# a\n### b\n####### c\n #d\n#e", 1, 1, 0, 0, 0, 0},
        {"1. a\n 22. b\n3.c\n- d\n* e\n+ f\n-g", 0, 0, 2, 3, 0, 0},
        {"\n\n- a\n\n\n- b", 0, 0, 0, 2, 0, 0},
        {"\u0661. satu\n\ua9d1. siji\n-\u00a0x", 0, 0, 2, 1, 0,
         0}, /* Arabic, Javanese digits; NBSP */
        {"**a** **b c** **d\n** __e__ ___ ****", 0, 0, 0, 0, 3, 1},
        {"```\n# a\n- b\n```\n# c", 1, 0, 0, 0, 0, 0},
        {"``` a ` b\n# c\n```", 1, 0, 0, 0, 0, 0}, /* a fence with a backtick stays */
        {"# a\n# ", 2, 0, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct markdown_counts c = markdown_count(table[i].text, strlen(table[i].text));
        if (c.headers[0] != table[i].h1 || c.headers[2] != table[i].h3 ||
            c.ordered != table[i].ordered || c.unordered != table[i].unordered ||
            c.stars != table[i].stars || c.underscores != table[i].underscores)
            fail_msg("\"%s\": # %d ### %d 1. %d - %d ** %d __ %d", table[i].text, (int)c.headers[0],
                     (int)c.headers[2], (int)c.ordered, (int)c.unordered, (int)c.stars,
                     (int)c.underscores);
    }
    assert_int_equal(code_points("a\u00e9\U0001F600", 7), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_is_counted_as_the_public_data_sets_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
