/* berdua-keys(7) is what the tables of keys and actions say. BERDUA_WRITE_DOCS=1 rewrites it. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "ui/edit/keymap.h"

enum { KEYS_BYTES = 256 };

static char *
page_path(void)
{
    const char *root = getenv("BERDUA_SRC");
    return xasprintf("%s/man/berdua-keys.7", root ? root : ".");
}

/* A word as an argument of a macro, never punctuation or a macro itself. */
static void
add_quoted(struct buf *out, const char *text)
{
    buf_append_str(out, "\"\\&");
    for (; *text; text++)
        if (*text == '"')
            buf_append_str(out, "\\(dq");
        else if (*text == '\\')
            buf_append_str(out, "\\e");
        else
            buf_append_char(out, *text);
    buf_append_char(out, '"');
}

static void
add_keys(struct buf *out, const struct keymap *k, enum focus focus)
{
    buf_append_str(out, ".Bl -tag -width Ds -compact\n");
    for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
        char keys[KEYS_BYTES], spelt[KEYS_BYTES];
        keymap_keys_for(k, focus, (enum action)a, keys, sizeof keys);
        if (!*keys)
            continue;
        keymap_spell(keys, spelt, sizeof spelt);
        buf_append_str(out, ".It ");
        add_quoted(out, spelt);
        buf_printf(out, "\n%s\n", action_info((enum action)a)->help);
    }
    buf_append_str(out, ".El\n");
}

static void
add_commands(struct buf *out)
{
    buf_append_str(out, ".Bl -tag -width Ds -compact\n");
    for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
        const struct action_info *info = action_info((enum action)a);
        char *words = xasprintf("/%s%s%s", info->command, info->argument ? " " : "",
                                info->argument ? info->argument : "");
        buf_append_str(out, ".It ");
        add_quoted(out, words);
        buf_printf(out, "\n%s; in\n.Ic keys\n.Cm %s\n", info->help, info->name);
        free(words);
    }
    buf_append_str(out, ".El\n");
}

static void
write_page(struct buf *out)
{
    struct config config = {.keys = NULL};
    struct keymap *k = keymap_create(&config, NULL);
    buf_append_str(out, ".\\\" Made from the tables of keys and actions by the test of this page.\n"
                        ".Dd November 30, 2026\n.Dt BERDUA-KEYS 7\n.Os\n.Sh NAME\n"
                        ".Nm berdua-keys\n.Nd keys and slash commands of the chat\n"
                        ".Sh DESCRIPTION\n"
                        "While you write, keys that are not named here edit the line as GNU\n"
                        "readline does.\n"
                        "Every key can be bound anew under\n.Ic keys\nin the configuration; "
                        "F1 shows those in force.\n"
                        "A blind pair has keys of its own, see\n.Sy berdua-chat Ns (1) .\n"
                        ".Ss While writing\n");
    add_keys(out, k, FOCUS_COMPOSE);
    buf_append_str(out, ".Ss While browsing\n");
    add_keys(out, k, FOCUS_BROWSE);
    buf_append_str(out, ".Sh SLASH COMMANDS\nThey do everything the keys do;\n.Sq //\nbegins a "
                        "message with a slash.\n");
    add_commands(out);
    buf_append_str(out, ".Sh SEE ALSO\n.Sy berdua-chat Ns (1) ,\n.Sy berdua-config Ns (5)\n");
    keymap_destroy(&k);
}

static void
the_page_is_what_the_tables_say(void **state)
{
    char *path = page_path();
    struct buf want, file;
    (void)state;
    buf_init(&want, 1 << 20);
    buf_init(&file, 1 << 20);
    write_page(&want);
    if (getenv("BERDUA_WRITE_DOCS")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fwrite(want.p, 1, want.len, f);
        fclose(f);
    }
    assert_true(path_read(path, &file, NULL));
    assert_string_equal(file.p, want.p);
    buf_finish(&want);
    buf_finish(&file);
    free(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_page_is_what_the_tables_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
