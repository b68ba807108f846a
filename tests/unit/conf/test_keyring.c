#include "unit/unit.h"

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static long
size_of(const char *path)
{
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    fclose(f);
    return n;
}

static void
a_key_command_runs_once_until_its_key_is_refused(void **state)
{
    (void)state;
    char path[] = "/tmp/berdua-keyring-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    struct secret_conf s = {.command = xasprintf("printf x >> %s; echo abc", path)};
    struct keyring *k = keyring_create();
    char *key = NULL;
    for (int i = 0; i < 3; i++) {
        assert_true(keyring_get(k, &s, &key, NULL));
        assert_string_equal(key, "abc");
        secret_free(&key);
    }
    assert_int_equal(size_of(path), 1);
    keyring_forget(k, &s);
    assert_true(keyring_get(k, &s, &key, NULL));
    secret_free(&key);
    assert_int_equal(size_of(path), 2);
    keyring_destroy(&k);
    free(s.command);
    unlink(path);
}

static void
a_failing_command_is_asked_again(void **state)
{
    (void)state;
    struct secret_conf s = {.command = xstrdup("exit 3")};
    struct keyring *k = keyring_create();
    struct err err = {0};
    char *key = NULL;
    assert_false(keyring_get(k, &s, &key, &err));
    assert_null(key);
    free(s.command);
    s.command = xstrdup("echo later");
    assert_true(keyring_get(k, &s, &key, &err));
    assert_string_equal(key, "later");
    secret_free(&key);
    free(s.command);
    keyring_destroy(&k);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_command_runs_once_until_its_key_is_refused),
        cmocka_unit_test(a_failing_command_is_asked_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
