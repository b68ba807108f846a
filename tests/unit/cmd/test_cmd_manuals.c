/* Each command has a page, and page, table and --help know the same options and ways. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/chat/terms.h"
#include "cmd/cmd.h"

static char *
read_page(const char *name)
{
    const char *root = getenv("BERDUA_SRC");
    char *path = xasprintf("%s/man/%s", root ? root : ".", name);
    struct buf page;
    buf_init(&page, 1 << 20);
    if (!path_read(path, &page, NULL))
        fail_msg("there is no %s", path);
    free(path);
    return buf_take(&page);
}

static char *
page_of(const struct command *c)
{
    char *name = xasprintf("berdua-%s.1", c->name), *page = read_page(name);
    free(name);
    return page;
}

/* The option that a word after Fl names: "-json", "m"; -1: none. */
static int
option_named(const struct command *c, const char *word, size_t n)
{
    for (int i = 0; i < c->option_count; i++) {
        const struct cmd_option *o = &c->options[i];
        if ((n == 1 && o->letter == *word) || (n > 1 && *word == '-' && strlen(o->name) == n - 1 &&
                                               !memcmp(o->name, word + 1, n - 1)))
            return i;
    }
    return -1;
}

/* Notes in seen[] the options that a line names after Fl; one that is none is a mistake of the page. */
static void
note_options(const struct command *c, const char *line, size_t len, bool seen[])
{
    for (const char *p = line + 1; p + 3 < line + len; p++) { /* behind the dot */
        if (strncmp(p, "Fl ", 3) != 0 || (p[-1] != ' ' && p[-1] != '.'))
            continue;
        p += 3;
        size_t n = strcspn(p, " \n");
        int i = option_named(c, p, n);
        if (i < 0)
            fail_msg("berdua-%s(1): %.*s is no option", c->name, (int)n, p);
        seen[i] = true;
    }
}

/* Lines of the synopsis, or those that begin a description. */
static void
note_lines(const struct command *c, const char *page, bool described, bool seen[])
{
    const char *p = strstr(page, ".Sh SYNOPSIS\n"), *end = page + strlen(page);
    const char *stop = strstr(page, ".Sh DESCRIPTION\n");
    assert_true(p && stop);
    for (p = described ? stop : p; p < (described ? end : stop);) {
        size_t len = strcspn(p, "\n");
        if (!described || strncmp(p, ".It Fl", 6) == 0)
            note_options(c, p, len, seen);
        p += len + 1;
    }
}

static void
each_page_knows_the_options_of_its_command_and_no_other(void **state)
{
    (void)state;
    for (int i = 0; i < cmd_count; i++) {
        const struct command *c = cmd_all[i];
        char *page = page_of(c);
        for (int described = 0; described < 2; described++) {
            bool seen[CMD_OPTIONS_MOST] = {false};
            note_lines(c, page, described, seen);
            for (int o = 0; o < c->option_count; o++)
                if (!seen[o])
                    fail_msg("berdua-%s(1): --%s is missing from the %s", c->name,
                             c->options[o].name, described ? "description" : "synopsis");
        }
        free(page);
    }
}

static void
assert_holds(const char *page, const char *text, const char *name)
{
    if (!strstr(page, text))
        fail_msg("%s does not hold %s", name, text);
}

static void
names_ways_and_purpose_are_those_of_the_table(void **state)
{
    char *whole = read_page("berdua.1");
    (void)state;
    for (int i = 0; i < cmd_count; i++) {
        const struct command *c = cmd_all[i];
        char *page = page_of(c);
        char *purpose = xasprintf(".Nm berdua-%s\n.Nd %s\n", c->name, c->help);
        char *row = xasprintf(".It Sy berdua-%s Ns (1)\n%s\n", c->name, c->help);
        assert_holds(page, purpose, c->name);
        assert_holds(whole, row, "berdua(1)");
        for (int v = 0; v < c->verb_count; v++)
            assert_holds(strstr(page, ".Sh SYNOPSIS"), c->verbs[v].name, c->name);
        free(row);
        free(purpose);
        free(page);
    }
    free(whole);
}

static void
assert_names_modes(const char *text, const char *name)
{
    for (int m = 0; m < MODE_COUNT; m++)
        assert_holds(text, chat_mode_name((enum chat_mode)m), name);
}

static void
where_a_mode_can_be_chosen_page_and_help_name_each(void **state)
{
    int choices = 0;
    (void)state;
    for (int i = 0; i < cmd_count; i++) {
        const struct command *c = cmd_all[i];
        int mode = option_named(c, "-mode", 5);
        if (mode < 0)
            continue;
        char *page = page_of(c), *from = strstr(page, ".It Fl m , Fl -mode");
        assert_non_null(from);
        char *end = strstr(from + 1, ".It Fl");
        if (end)
            *end = 0;
        assert_names_modes(from, c->name);
        assert_names_modes(c->options[mode].help, c->name);
        choices++;
        free(page);
    }
    assert_true(choices >= 3); /* chat, ask, eval */
}

static void
everything_that_help_lists_says_what_it_is_for(void **state)
{
    enum { HELP_COLS = 60 };
    (void)state;
    for (int i = 0; i < cmd_count; i++) {
        const struct command *c = cmd_all[i];
        for (int o = 0; o < c->option_count; o++)
            if (!c->options[o].help || strlen(c->options[o].help) > HELP_COLS)
                fail_msg("berdua %s --%s: no help, or more than a line", c->name,
                         c->options[o].name);
        for (int v = 0; v < c->verb_count; v++)
            if (c->verb_count > 1 && c->verbs[v].help == NULL)
                fail_msg("berdua %s %s: no help", c->name, c->verbs[v].name);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_knows_the_options_of_its_command_and_no_other),
        cmocka_unit_test(names_ways_and_purpose_are_those_of_the_table),
        cmocka_unit_test(where_a_mode_can_be_chosen_page_and_help_name_each),
        cmocka_unit_test(everything_that_help_lists_says_what_it_is_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
