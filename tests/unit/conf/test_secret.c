#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
file_with(const char *text, mode_t mode)
{
    static char path[SCRATCH_BYTES];
    int fd = scratch_file(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    fchmod(fd, mode);
    close(fd);
    return path;
}

static void
expect_no_key(const struct secret_conf *s, const char *why)
{
    struct err err = {""};
    char *key = NULL;
    assert_false(secret_resolve(s, NULL, &key, &err));
    assert_null(key);
    if (!strstr(err.text, why))
        fail_msg("not \"%s\": %s", why, err.text);
}

static void
a_key_with_a_nul_or_beyond_its_cap_is_no_key(void **state)
{
    (void)state;
    char *path = file_with("sk-abc\n", 0600);
    FILE *f = fopen(path, "a");
    assert_int_equal(fwrite("\0x", 1, 2, f), 2);
    fclose(f);
    expect_no_key(&(struct secret_conf){.file = path}, "NUL");
    assert_int_equal(truncate(path, 0), 0);
    f = fopen(path, "a");
    fputs("sk-abc\n", f);
    for (int i = 0; i < 64 * 1024; i++)
        putc('\n', f);
    fclose(f);
    expect_no_key(&(struct secret_conf){.file = path}, "more than 64 KiB");
    assert_int_equal(truncate(path, 64 * 1024), 0);
    struct err err = {""};
    char *key = NULL;
    assert_true(secret_resolve(&(struct secret_conf){.file = path}, NULL, &key, &err));
    assert_string_equal(key, "sk-abc");
    secret_free(&key);
    expect_no_key(&(struct secret_conf){.command = (char *)"printf 'a\\0b'"}, "NUL");
    unlink(path);
}

static void
the_mark_that_editors_begin_a_file_with_is_no_part_of_the_key(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL, *path = file_with("\xef\xbb\xbfsk-abc\r\n", 0600);
    assert_true(secret_resolve(&(struct secret_conf){.file = path}, NULL, &key, &err));
    assert_string_equal(key, "sk-abc");
    secret_free(&key);
    unlink(path);
}

static void
what_is_missing_is_named_with_its_place_in_the_configuration(void **state)
{
    (void)state;
    char *open_file = file_with("x\n", 0644);
    const struct {
        enum secret_kind kind;
        const char *section, *noun;
    } kinds[] = {{SECRET_KEY, "brains.claude.api_key", "API key"},
                 {SECRET_TOKEN, "knowledge.chroma.api_key", "token"},
                 {SECRET_PASSWORD, "team.password", "password"},
                 {SECRET_KEY, NULL, "API key"}};
    const struct {
        struct secret_conf s;
        const char *source, *why;
    } sources[] = {
        {{.env = (char *)"BERDUA_TEST_ABSENT"}, "env", "set BERDUA_TEST_ABSENT"},
        {{.file = open_file}, "file", "can be read by others than its owner (mode 644)"},
        {{.file = (char *)"/nonexistent/key"}, "file", "/nonexistent/key"},
        {{.command = (char *)"exit 3"}, "command", "the command ended with"},
        {{.command = (char *)"echo"}, "command", "the command gives an empty first line"},
        {{.command = (char *)"printf 'a\\001b'"}, "command", " inside the "},
    };
    unsetenv("BERDUA_TEST_ABSENT");
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
        for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
            struct secret_conf s = sources[i].s;
            char begin[32], place[64] = "";
            s.kind = kinds[k].kind;
            s.section = kinds[k].section;
            snprintf(begin, sizeof begin, "No %s: ", kinds[k].noun);
            if (s.section)
                snprintf(place, sizeof place, "%s.%s", s.section, sources[i].source);
            expect_no_key(&s, begin);
            expect_no_key(&s, place);
            expect_no_key(&s, sources[i].why);
        }
    unlink(open_file);
}

static void
a_password_is_any_text(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL;
    struct secret_conf s = {.command = (char *)"echo 'rahasia kopi \303\251'",
                            .kind = SECRET_PASSWORD};
    assert_true(secret_resolve(&s, NULL, &key, &err));
    assert_int_equal(strncmp(key, "rahasia kopi ", 13), 0);
    secret_free(&key);
    s.kind = SECRET_KEY;
    expect_no_key(&s, "blank or special character inside the API key");
}

static void
several_secrets_are_hidden_at_once(void **state)
{
    (void)state;
    char text[] = "one tiny and gate-secret-012 of gate-secret-0123456789 here";
    secret_redact(text, "tiny\ngate-secret-0123456789");
    assert_string_equal(text, "one … and … of … here");
    char word[] = "tiny-model gate-secret-0123456789";
    secret_redact_word(word, "\ntiny\ngate-secret-0123456789");
    assert_string_equal(word, "tiny-model …");
}

static void
nothing_configured_gives_no_key(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL;
    assert_true(secret_resolve(&(struct secret_conf){0}, NULL, &key, &err));
    assert_null(key);
    secret_free(&key);
}

static void
a_variable_that_is_not_set_is_named(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL;
    struct secret_conf s = {.env = "BERDUA_TEST_KEY"};
    unsetenv("BERDUA_TEST_KEY");
    assert_false(secret_resolve(&s, NULL, &key, &err));
    assert_non_null(strstr(err.text, "BERDUA_TEST_KEY"));
    assert_null(key);
    setenv("BERDUA_TEST_KEY", "sk-abc\n", 1);
    assert_true(secret_resolve(&s, NULL, &key, &err));
    assert_string_equal(key, "sk-abc");
    secret_free(&key);
    assert_null(key);
}

static void
a_key_that_would_break_a_header_is_refused_and_not_repeated(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL;
    struct secret_conf s = {.env = "BERDUA_TEST_KEY"};
    setenv("BERDUA_TEST_KEY", "sk-hidden\tvalue", 1);
    assert_false(secret_resolve(&s, NULL, &key, &err));
    assert_null(strstr(err.text, "hidden"));
    unsetenv("BERDUA_TEST_KEY");
}

static void
a_file_that_others_can_read_is_refused_with_the_remedy(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL;
    const mode_t modes[] = {0640, 0604, 0644};
    for (size_t i = 0; i < 3; i++) {
        struct secret_conf s = {.file = file_with("sk-1\n", modes[i])};
        assert_false(secret_resolve(&s, NULL, &key, &err));
        assert_non_null(strstr(err.text, "chmod 600"));
        assert_null(strstr(err.text, "sk-1"));
        unlink(s.file);
    }
    struct secret_conf s = {.file = file_with("  sk-1 \r\nsecond line\n", 0600)};
    assert_true(secret_resolve(&s, NULL, &key, &err));
    assert_string_equal(key, "sk-1");
    secret_free(&key);
    unlink(s.file);
    assert_false(secret_resolve(&s, NULL, &key, &err));
    assert_non_null(strstr(err.text, s.file));
    s.file = "/tmp";
    assert_false(secret_resolve(&s, NULL, &key, &err));
    s.file = file_with("\n", 0600);
    assert_false(secret_resolve(&s, NULL, &key, &err));
    unlink(s.file);
}

static void
a_command_gives_its_first_line(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL;
    struct secret_conf s = {.command = "cat; echo noise >&2; printf 'sk-%s\\nrest\\n' two"};
    assert_true(secret_resolve(&s, NULL, &key, &err));
    assert_string_equal(key, "sk-two");
    secret_free(&key);
    s.command = "yes sk-long | head -c 300000"; /* more than is kept */
    assert_true(secret_resolve(&s, NULL, &key, &err));
    assert_string_equal(key, "sk-long");
    secret_free(&key);
}

static void
a_failing_command_is_told_without_what_it_printed(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL;
    struct secret_conf s = {.command = "echo sk-hidden; exit 7"};
    assert_false(secret_resolve(&s, NULL, &key, &err));
    assert_non_null(strstr(err.text, "exit status 7"));
    assert_null(strstr(err.text, "hidden"));
    s.command = "kill -9 $$";
    assert_false(secret_resolve(&s, NULL, &key, &err));
    assert_non_null(strstr(err.text, "signal 9"));
    s.command = "true";
    assert_false(secret_resolve(&s, NULL, &key, &err));
    assert_null(key);
}

static void
a_child_left_behind_with_the_pipe_does_not_hold_the_key(void **state)
{
    (void)state;
    struct err err = {""};
    char *key = NULL;
    int64_t before = clock_us();
    struct secret_conf s = {.command = "sleep 20 & echo sk-three"};
    assert_true(secret_resolve(&s, NULL, &key, &err));
    assert_string_equal(key, "sk-three");
    assert_true(clock_us() - before < 9 * US_PER_S);
    secret_free(&key);
}

static void
redaction_leaves_nothing_of_a_key(void **state)
{
    (void)state;
    const char *key = "sk-ant-0123456789abcdefghij";
    const char *cases[][2] = {
        {"bad key sk-ant-0123456789abcdefghij!", "bad key …!"},
        {"sk-ant-0123456789abcdefghijsk-ant-0123456789abcdefghij", "……"},
        {"ends in 89abcdefghij and begins sk-ant-01234", "ends in … and begins …"},
        {"ends in 9abcdefghij", "ends in 9abcdefghij"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *s = xstrdup(cases[i][0]);
        secret_redact(s, key);
        assert_string_equal(s, cases[i][1]);
        free(s);
    }
    static const char *const forms[] = {"SK-ANT-0123456789ABCDEFGHIJ",
                                        "s k - a n t - 0 1 2 3 4 5 6 7 8 9 a b c d e f g h i j",
                                        "c2stYW50LTAxMjM0NTY3ODlhYmNkZWZnaGlq",
                                        "736b2d616e742d303132333435363738396162636465666768696a",
                                        "%73%6B%2D%61%6E%74%2D%30%31%32%33%34%35%36%37",
                                        "\\u0073\\u006b\\u002d\\u0061\\u006e\\u0074\\u002d\\u0030",
                                        "&#115;&#107;&#45;&#97;&#110;&#116;&#45;&#48;&#49;"};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        char *s = xasprintf("key %s, here", forms[i]), *word = xstrdup(forms[i]);
        secret_redact(s, key);
        secret_redact_word(word, key);
        if (!strstr(s, "…") || strlen(s) > 20 || strlen(word) > 8)
            fail_msg("%s, %s", s, word);
        free(s);
        free(word);
    }
    char small[] = "key EMPTY and ab";
    secret_redact(small, "EMPTY");
    assert_string_equal(small, "key … and ab");
    secret_redact(small, "ab");
    assert_string_equal(small, "key … and *");
    secret_redact(small, NULL);
    secret_redact(small, "");
    assert_string_equal(small, "key … and *");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_configured_gives_no_key),
        cmocka_unit_test(a_key_with_a_nul_or_beyond_its_cap_is_no_key),
        cmocka_unit_test(the_mark_that_editors_begin_a_file_with_is_no_part_of_the_key),
        cmocka_unit_test(several_secrets_are_hidden_at_once),
        cmocka_unit_test(what_is_missing_is_named_with_its_place_in_the_configuration),
        cmocka_unit_test(a_password_is_any_text),
        cmocka_unit_test(a_variable_that_is_not_set_is_named),
        cmocka_unit_test(a_key_that_would_break_a_header_is_refused_and_not_repeated),
        cmocka_unit_test(a_file_that_others_can_read_is_refused_with_the_remedy),
        cmocka_unit_test(a_command_gives_its_first_line),
        cmocka_unit_test(a_failing_command_is_told_without_what_it_printed),
        cmocka_unit_test(a_child_left_behind_with_the_pipe_does_not_hold_the_key),
        cmocka_unit_test(redaction_leaves_nothing_of_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
