#include "cmd_kit.h"

/* What bash offers for a line whose last word is in work, with blanks between. */
static void
expect(const struct kit *k, const char *line, const char *offered)
{
    char *script = xasprintf("%s/completion", k->folder), *command;
    struct buf out;
    assert_int_equal(run(k, "completion bash", &out), EXIT_DONE);
    FILE *f = fopen(script, "w");
    assert_non_null(f);
    assert_true(fwrite(out.p, 1, out.len, f) == out.len && fclose(f) == 0);
    buf_finish(&out);
    command = xasprintf("cd '%s' && bash --norc -c 'source ./completion; COMP_WORDS=(%s);"
                        " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _berdua;"
                        " echo \"${COMPREPLY[*]}\"' 2>&1",
                        k->folder, line);
    FILE *p = popen(command, "r");
    char got[4096] = "";
    assert_non_null(p);
    size_t n = fread(got, 1, sizeof got - 1, p);
    assert_int_equal(pclose(p), 0);
    got[n ? n - 1 : 0] = 0;
    assert_string_equal(got, offered);
    free(command);
    free(script);
}

static void
commands_verbs_options_and_their_values_are_offered(void **state)
{
    struct kit *k = *state;
    expect(k, "berdua ses", "sessions");
    expect(k, "berdua sessions p", "pin");
    expect(k, "berdua --db x sessions --js", "--json");
    expect(k, "berdua -m fu", "full");
    expect(k, "berdua -m full --bl", "--blind"); /* without a command it is the chat */
    expect(k, "berdua ask --brain \"\"", "claude llama both");
    expect(k, "berdua report --category em", "emotional");
    expect(k, "berdua route set gre", "greeting");
    expect(k, "berdua completion f", "fish");
    expect(k, "berdua sessions merge com", "completion"); /* a file */
    expect(k, "berdua ask --user \"\"", "");
    expect(k, "berdua nonsense \"\"", "");
}

static void
another_shell_is_wrong_usage(void **state)
{
    struct kit *k = *state;
    struct buf out;
    assert_int_equal(run(k, "completion tcsh", &out), EXIT_USAGE);
    assert_string_equal(out.p, "");
    buf_finish(&out);
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv)) {
        struct globals g = {.db = argv[2]};
        return cmd_execute(&command_completion, &g, argc - 3, argv + 3);
    }
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(commands_verbs_options_and_their_values_are_offered),
        T(another_shell_is_wrong_usage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
