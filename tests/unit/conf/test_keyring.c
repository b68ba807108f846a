#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/spawn.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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
    char path[SCRATCH_BYTES];
    int fd = scratch_file(path);
    assert_true(fd >= 0);
    close(fd);
    struct secret_conf s = {.command = xasprintf("printf x >> %s; echo abc", path)};
    struct keyring *k = keyring_create();
    char *key = NULL;
    for (int i = 0; i < 3; i++) {
        assert_true(keyring_get(k, &s, -1, &key, NULL));
        assert_string_equal(key, "abc");
        secret_free(&key);
    }
    assert_int_equal(size_of(path), 1);
    keyring_forget(k, &s);
    assert_true(keyring_get(k, &s, -1, &key, NULL));
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
    assert_false(keyring_get(k, &s, -1, &key, &err));
    assert_null(key);
    free(s.command);
    s.command = xstrdup("echo later");
    assert_true(keyring_get(k, &s, -1, &key, &err));
    assert_string_equal(key, "later");
    secret_free(&key);
    free(s.command);
    keyring_destroy(&k);
}

struct asker {
    struct keyring *keyring;
    const struct secret_conf *s;
    int cancel_fd;
    bool ok;
    char *key;
    struct err err;
};

static void *
ask_for_key(void *arg)
{
    struct asker *a = arg;
    a->ok = keyring_get(a->keyring, a->s, a->cancel_fd, &a->key, &a->err);
    return NULL;
}

/* Two threads want the key of a slow command; one of them, or the whole keyring, is told to end. The command
 * and a child of its own hold a FIFO open: its end of file says that both are gone. */
static void
check_end(bool by_keyring)
{
    char folder[SCRATCH_BYTES], byte;
    assert_int_equal(scratch_make(folder), 0);
    char *fifo = xasprintf("%s/fifo", folder);
    struct secret_conf s = {
        .command = xasprintf("exec 3>%s; echo >&3; sleep 60 & sleep 60; echo abc", fifo)};
    struct keyring *k = keyring_create();
    int fds[2];
    pthread_t first, second;
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_true(spawn_pipe(fds, NULL));
    struct asker a = {k, &s, fds[0], true, NULL, {""}}, b = a;
    pthread_create(&first, NULL, ask_for_key, &a);
    int held = open(fifo, O_RDONLY);
    assert_int_equal(read(held, &byte, 1), 1);
    pthread_create(&second, NULL, ask_for_key, &b);
    int64_t before = clock_us();
    if (by_keyring)
        keyring_stop(k);
    else
        assert_int_equal(write(fds[1], "", 1), 1);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    assert_true(clock_us() - before < 5 * US_PER_S); /* the command's own limit is 10 s */
    assert_false(a.ok || b.ok);
    assert_non_null(strstr(a.err.text, "cancelled"));
    while (read(held, &byte, 1) > 0) /* the second may have begun the command for a moment, too */
        continue;
    assert_true(clock_us() - before < 50 * US_PER_S);
    keyring_destroy(&k);
    close(held);
    for (int i = 0; i < 2; i++)
        close(fds[i]);
    scratch_remove(folder);
    free(fifo);
    free(s.command);
}

static void
a_slow_command_ends_with_its_call_or_with_the_program(void **state)
{
    (void)state;
    check_end(false);
    check_end(true);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_command_runs_once_until_its_key_is_refused),
        cmocka_unit_test(a_failing_command_is_asked_again),
        cmocka_unit_test(a_slow_command_ends_with_its_call_or_with_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
