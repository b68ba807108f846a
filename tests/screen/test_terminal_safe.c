/* What others wrote (arguments, configuration, files, the database) reaches a terminal without the characters that it would
 * obey or not show; a pipe gets the exact bytes. */
#include "unit/unit.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"

/* A title for the window, a C1 control, a bidi override, an invisible tag; between them a word that is seen. */
#define TITLE   "\033]0;judul\007"
#define C1      "\302\233"
#define BIDI    "\342\200\256"
#define TAG     "\363\240\201\201"
#define HOSTILE TITLE C1 BIDI TAG "jahat"

static void
run_sql(const struct table *t, const char *sql)
{
    char *path = place_path(t->place, "data/berdua/berdua.db"), *why = NULL;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
    free(path);
}

/* Every text of the database that a command prints is hostile. */
static void
make_database(struct table *t)
{
    struct report r;
    struct cli_result c;
    report_ask(&r, t->place, ARGS("-u", "mario"), "pertama");
    expect_exit(&r.run, 0);
    report_finish(&r);
    cli_run(&c, t->place, ARGS("knowledge", "list"), NULL);
    cli_finish(&c);
    cli_run(&c, t->place, ARGS("route", "set", "greeting", "10"), NULL);
    cli_finish(&c);
    run_sql(t, "DROP TRIGGER rollout_step_unchanged;"
               "UPDATE session SET user = '" HOSTILE "', title = '" HOSTILE "';"
               "UPDATE turn SET message = '" HOSTILE "';"
               "UPDATE answer SET model = '" HOSTILE "', text = '" HOSTILE "',"
               " error_kind = 'server', error_message = '" HOSTILE "';"
               "UPDATE rollout_step SET by = '" HOSTILE "', reason = '" HOSTILE "';"
               "UPDATE insight SET id = '" HOSTILE "', topic = '" HOSTILE "', languages = '" HOSTILE
               "', text = 'malu " HOSTILE "' WHERE id = 'malu';"
               "INSERT INTO memory_pending SELECT id, 'mario', 1, 1, 2, '" HOSTILE
               "', NULL FROM session;");
}

static void
expect_safe_on_a_terminal(struct table *t, const char *const *args)
{
    struct screen *s = t->screen = screen_start(t->place, args, 24, 200);
    screen_wait_exit(s);
    screen_assert_clean_output(s);
    if (screen_raw_holds(s, TAG, strlen(TAG)) || !screen_raw_holds(s, "jahat", 5)) {
        screen_dump(s);
        fail_msg("%s %s: an invisible character, or nothing, was printed", args[0],
                 args[1] ? args[1] : "");
    }
    screen_destroy(&t->screen);
}

static void
expect_exact_in_a_pipe(struct table *t, const char *const *args)
{
    struct cli_result r;
    cli_run(&r, t->place, args, NULL);
    if (!holds(&r.out, HOSTILE) && !holds(&r.err, HOSTILE)) {
        cli_show(&r);
        fail_msg("%s %s: not the exact bytes", args[0], args[1] ? args[1] : "");
    }
    cli_finish(&r);
}

static void
arguments_are_shown_without_what_a_terminal_obeys(void **state)
{
    struct table *t = *state;
    static const char *const runs[][6] = {
        {HOSTILE},
        {"sessions", HOSTILE},
        {"sessions", "--" HOSTILE},
        {"sessions", "show", HOSTILE},
        {"chat", HOSTILE},
        {"chat", "-m", HOSTILE},
        {"chat", "--session", HOSTILE},
        {"ask", "-m", HOSTILE, "halo"},
        {"ask", "--brain", HOSTILE, "halo"},
        {"route", "set", HOSTILE, "10"},
        {"route", "set", "greeting", HOSTILE},
        {"memory", "show", HOSTILE},
        {"memory", "forget", HOSTILE},
        {"memory", "analyse", HOSTILE},
        {"knowledge", "import", HOSTILE},
        {"config", "path", "-c", HOSTILE},
        {"config", "check", "-c", HOSTILE},
    };
    make_database(t);
    for (size_t i = 0; i < ARRAY_LEN(runs); i++) {
        expect_safe_on_a_terminal(t, runs[i]);
        expect_exact_in_a_pipe(t, runs[i]);
    }
}

static void
what_is_stored_is_shown_without_what_a_terminal_obeys(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    make_database(t);
    cli_run(&r, t->place, ARGS("sessions", "list"), NULL);
    char *id = xstrndup(r.out.p, 26);
    cli_finish(&r);
    const char *const runs[][6] = {
        {"sessions", "list"},
        {"sessions", "list", "--json"},
        {"sessions", "show", id},
        {"sessions", "show", id, "--json"},
        {"route", "status"},
        {"knowledge", "list"},
        {"knowledge", "list", "--json"},
        {"knowledge", "search", "malu"},
        {"knowledge", "search", "malu", "--json"},
        {"memory", "show", "mario"},
        {"ask", "--json", "-m", "parallel", HOSTILE},
        {"ask", "--stream-json", "-m", "parallel", HOSTILE},
    };
    for (size_t i = 0; i < ARRAY_LEN(runs); i++)
        expect_safe_on_a_terminal(t, runs[i]);
    free(id);
}

static void
files_are_shown_without_what_a_terminal_obeys(void **state)
{
    struct table *t = *state;
    static const char escaped[] = "\\e]0;judul\\a\\x9b\\u202e\\U000E0041jahat";
    char *file = place_path(t->place, "import.jsonl");
    place_write(t->place, "import.jsonl",
                "{\"\\u001b]0;judul\\u0007\\u009b\\u202e\\udb40\\udc41jahat\": 1}\n");
    expect_safe_on_a_terminal(t, ARGS("knowledge", "import", file));
    expect_exact_in_a_pipe(t, ARGS("knowledge", "import", file));
    for (int i = 0; i < 2; i++) {
        char *more =
            i == 0 ? xasprintf("\"%s\": 1\n", escaped) : xasprintf("mode: \"%s\"\n", escaped);
        place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                     more);
        expect_safe_on_a_terminal(t, ARGS("config", "show", "--origin"));
        expect_safe_on_a_terminal(t, ARGS("chat"));
        free(more);
    }
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 "user: \"\\u202e\\U000E0041jahat\"\n");
    expect_safe_on_a_terminal(t, ARGS("config", "show"));
    free(file);
}

/* A message that quotes it still says what to do, and is no screenful. */
static void
a_name_of_any_length_leaves_a_message_short(void **state)
{
    struct table *t = *state;
    char *name = xcalloc(100001, 1), *key = xcalloc(901, 1);
    memset(name, 'k', 100000);
    memset(key, 'k', 900);
    char *option = xasprintf("--%s", name), *config = xasprintf("%s: 1\nmode: %s\n", key, name);
    char *theme = xasprintf("%s: red\n", key), *row = xasprintf("{\"%s\": 1}\n", name);
    place_write(t->place, "long.yaml", config);
    place_write(t->place, "config/berdua/themes/long.yaml", theme);
    place_write(t->place, "theme.yaml", "theme: long\n");
    place_write(t->place, "row.jsonl", row);
    char *long_config = place_path(t->place, "long.yaml");
    char *with_theme = place_path(t->place, "theme.yaml");
    char *rows = place_path(t->place, "row.jsonl"), *out = place_path(t->place, "out.jsonl");
    const char *const runs[][6] = {
        {name},
        {"ask", option, "halo"},
        {"ask", "-m", name, "halo"},
        {"ask", "--brain", name, "halo"},
        {"sessions", "show", name},
        {"export", "--format", name},
        {"report", "--since", name},
        {"route", "simulate", name},
        {"team", name},
        {"config", "check", "-c", name},
        {"config", "check", "-c", long_config},
        {"config", "check", "-c", with_theme},
        {"eval", rows, "-o", out},
        {"sessions", "merge", rows},
    };
    for (size_t i = 0; i < ARRAY_LEN(runs); i++) {
        struct cli_result r;
        cli_run(&r, t->place, runs[i], NULL);
        if (r.code == 0 || r.err.len == 0 || r.err.len > 2500 || r.out.len > 2500) {
            cli_show(&r);
            fail_msg("%zu: exit %d, %zu bytes", i, r.code, r.err.len);
        }
        cli_finish(&r);
    }
    char *const all[] = {name, key, option, config, theme, row, long_config, with_theme, rows, out};
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        free(all[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_name_of_any_length_leaves_a_message_short),
        AT_A_TABLE(arguments_are_shown_without_what_a_terminal_obeys),
        AT_A_TABLE(what_is_stored_is_shown_without_what_a_terminal_obeys),
        AT_A_TABLE(files_are_shown_without_what_a_terminal_obeys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
