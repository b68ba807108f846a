/* The configuration as a newcomer meets it: made, checked, shown, and refused before anything starts. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "contract.h"
#include "table.h"

static void
a_newcomer_makes_checks_and_shows_a_configuration(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    struct stat st;
    char *home = place_path(t->place, "fresh");
    char *file = place_path(t->place, "fresh/berdua/config.yaml");
    char *line = xasprintf("%s\n", file);
    char *set = xasprintf("XDG_CONFIG_HOME=%s", home);
    place_setenv(t->place, set);
    cli_run(&r, t->place, ARGS("config", "path"), NULL);
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, line);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("config", "init"), NULL);
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, line);
    cli_finish(&r);
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    cli_run(&r, t->place, ARGS("config", "check"), NULL);
    expect_exit(&r, 0);
    assert_string_equal(r.err.p, "");
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("config", "init"), NULL); /* never over what is there */
    expect_exit(&r, 1);
    assert_true(holds(&r.err, file));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("config", "show"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "mode: parallel\n"));
    /* What is shown is a configuration. */
    place_write(t->place, "shown.yaml", r.out.p);
    cli_finish(&r);
    char *shown = place_path(t->place, "shown.yaml");
    cli_run(&r, t->place, ARGS("-c", shown, "config", "check"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    free(shown);
    free(set);
    free(line);
    free(file);
    free(home);
}

/* The line of the output that holds the key. */
static bool
line_holds(const struct buf *out, const char *key, const char *word)
{
    const char *at = strstr(out->p, key);
    if (at == NULL)
        return false;
    char *line = xstrndup(at, strcspn(at, "\n"));
    bool found = strstr(line, word) != NULL;
    free(line);
    return found;
}

static void
the_origin_of_each_value_is_named(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 "workers: 3\nuser: sari\n");
    place_setenv(t->place, "BERDUA_USER=budi");
    cli_run(&r, t->place, ARGS("config", "show", "--origin"), NULL);
    expect_exit(&r, 0);
    assert_true(line_holds(&r.out, "workers: 3", "config.yaml:"));
    assert_true(line_holds(&r.out, "user: budi", "BERDUA_USER"));
    assert_true(line_holds(&r.out, "theme:", "default"));
    assert_true(holds(&r.out, "env: TEST_CLAUDE_KEY"));
    assert_false(holds(&r.out, CLAUDE_KEY));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("ask", "--json", "-u", "tono", "halo"), NULL); /* a flag wins */
    assert_true(holds(&r.out, "\"user\":\"tono\""));
    cli_finish(&r);
}

static void
a_wrong_configuration_starts_nothing(void **state)
{
    struct table *t = *state;
    static const struct {
        const char *lines, *place, *word;
    } wrong[] = {
        {"workers: 0\n", ":1:10: workers: ", "1"},
        {"mode: paralel\n", ":1:7: mode: ", "did you mean \"parallel\""},
        {"theme: dusk\nwrkers: 2\n", ":2:1: wrkers: ", "did you mean"},
        {"workers: 2\nworkers: 3\n", ":2:1: workers: ", ""},
        {"brains:\n  claude:\n    max_tokens: lots\n", ":3:17: brains.claude.max_tokens: ", ""},
        {"brains: {claude: {api_key: sk-rahasia}}\n", ":1:28: brains.claude.api_key: ", "env"},
        {"brains: {llama: {base_url: \"http://example.com/v1\"}}\n", "base_url: ", "allow_http"},
        {"workers: [\n", ":", ""},
    };
    static const char *const commands[][4] = {
        {"ask", "halo"},     {"--linear"},       {"sessions", "list"},     {"doctor"},
        {"config", "check"}, {"config", "show"}, {"ask", "--json", "halo"}};
    char *db = place_path(t->place, "data");
    char *file = place_path(t->place, "config/berdua/config.yaml");
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        place_write(t->place, "config/berdua/config.yaml", wrong[i].lines);
        for (size_t k = 0; k < ARRAY_LEN(commands); k++) {
            struct cli_result r;
            cli_run(&r, t->place, commands[k], "halo\n");
            expect_exit(&r, 3);
            assert_string_equal(r.out.p, "");
            if (strncmp(r.err.p, file, strlen(file)) != 0 || !holds(&r.err, wrong[i].place) ||
                !holds(&r.err, wrong[i].word))
                fail_msg("not %s … %s: %s", wrong[i].place, wrong[i].word, r.err.p);
            assert_false(holds(&r.err, "rahasia"));
            cli_finish(&r);
        }
    }
    assert_int_not_equal(access(db, F_OK), 0);
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    free(db);
    free(file);
}

static void
on_a_terminal_the_mistake_is_read_without_a_screen(void **state)
{
    struct table *t = *state;
    place_write(t->place, "config/berdua/config.yaml", "workers: 0\n");
    t->screen = screen_start(t->place, (const char *const[]){NULL}, 24, 80);
    assert_int_equal(WEXITSTATUS(screen_wait_exit(t->screen)), 3);
    assert_true(screen_shows(t->screen, "workers: "));
    assert_false(screen_raw_holds(t->screen, "\033", 1)); /* no screen was begun */
}

static void
a_wrong_variable_or_flag_is_named(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_setenv(t->place, "BERDUA_WORKERS=many");
    cli_run(&r, t->place, ARGS("ask", "halo"), NULL);
    expect_exit(&r, 3);
    assert_true(holds(&r.err, "BERDUA_WORKERS"));
    cli_finish(&r);
    place_setenv(t->place, "BERDUA_WORKERS");
    cli_run(&r, t->place, ARGS("-c", "/nonexistent/berdua.yaml", "config", "check"), NULL);
    expect_exit(&r, 3);
    assert_true(holds(&r.err, "/nonexistent/berdua.yaml"));
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 0);
}

static void
a_command_is_not_run_from_a_file_that_others_can_write(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char *file = place_path(t->place, "config/berdua/config.yaml");
    place_config(t->place, standin_url(t->claude, ""), "api_key: {command: echo sk-from-command}",
                 standin_url(t->llama, "/v1"), NULL, NULL);
    static const mode_t modes[] = {0664, 0602, 0644};
    for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
        bool good = modes[i] == 0644;
        assert_int_equal(chmod(file, modes[i]), 0);
        cli_run(&r, t->place, ARGS("ask", "--brain", "claude", "halo"), NULL);
        expect_exit(&r, good ? 0 : 3);
        assert_true(good || (holds(&r.err, "chmod go-w") && holds(&r.err, "config.yaml:")));
        cli_finish(&r);
        assert_int_equal(standin_count(t->claude), good ? 1 : 0);
    }
    free(file);
}

static void
a_configuration_that_is_a_fifo_is_refused_at_once(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    char *fifo = place_path(t->place, "fifo");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    cli_run(&r, t->place, ARGS("-c", fifo, "config", "check"), NULL);
    expect_exit(&r, 3);
    assert_true(holds(&r.err, "not a plain file"));
    cli_finish(&r);
    free(fifo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_newcomer_makes_checks_and_shows_a_configuration),
        AT_A_TABLE(the_origin_of_each_value_is_named),
        AT_A_TABLE(a_wrong_configuration_starts_nothing),
        AT_A_TABLE(on_a_terminal_the_mistake_is_read_without_a_screen),
        AT_A_TABLE(a_wrong_variable_or_flag_is_named),
        AT_A_TABLE(a_command_is_not_run_from_a_file_that_others_can_write),
        AT_A_TABLE(a_configuration_that_is_a_fifo_is_refused_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
