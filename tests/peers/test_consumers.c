/* What `export` writes, given to what loads it: ajv with a schema of each form, a chat template, DuckDB, pandas. run.sh says
 * where they are. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "berdua/base/mem.h"
#include "berdua/export/export.h"

static char folder[512];

/* Its exit code; what it prints is seen when the test fails. */
static int
sh(const char *command)
{
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
export_all(void **state)
{
    const struct export_format *f;
    (void)state;
    snprintf(folder, sizeof folder, "%s/exports-XXXXXX", getenv("PEER_DIR"));
    assert_non_null(mkdtemp(folder));
    char *base = xasprintf("XDG_CONFIG_HOME='%s' HOME='%s' '%s' -q --db '%s/db'", folder, folder,
                           getenv("BERDUA_BIN"), folder);
    char *merge =
        xasprintf("%s sessions merge '%s/tests/data/exports/in.jsonl'", base, getenv("BERDUA_SRC"));
    assert_int_equal(sh(merge), 0);
    for (size_t i = 0; (f = export_format_at(i)) != NULL; i++) {
        const char *name = export_format_name(f);
        char *export = xasprintf("%s export --format %s --include leak -o '%s/%s.%s'", base, name,
                                 folder, name, export_format_extension(f));
        assert_int_equal(sh(export), 0);
        free(export);
    }
    free(merge);
    free(base);
    return 0;
}

static void
consume(const char *how)
{
    char *command = xasprintf("node '%s/tests/peers/consumers.mjs' '%s' '%s' %s",
                              getenv("BERDUA_SRC"), getenv("PEER_MODULES"), folder, how);
    assert_int_equal(sh(command), 0);
    free(command);
}

static void
every_row_is_as_the_schema_of_its_form_says(void **state)
{
    (void)state;
    consume("schemas");
}

static void
a_chat_template_renders_prompts_with_their_answers(void **state)
{
    (void)state;
    consume("template");
}

static void
duckdb_reads_every_table_whole(void **state)
{
    (void)state;
    consume("duckdb");
}

static void
pandas_reads_what_analysts_give_it(void **state)
{
    (void)state;
    char *command = xasprintf("%s '%s/tests/peers/consumers.py' '%s'", getenv("PEER_PYTHON"),
                              getenv("BERDUA_SRC"), folder);
    assert_int_equal(sh(command), 0);
    free(command);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_as_the_schema_of_its_form_says),
        cmocka_unit_test(a_chat_template_renders_prompts_with_their_answers),
        cmocka_unit_test(duckdb_reads_every_table_whole),
        cmocka_unit_test(pandas_reads_what_analysts_give_it),
    };
    return cmocka_run_group_tests(tests, export_all, NULL);
}
