/* What is written beside a file: it takes its place whole, and nothing is left of a program that was killed. */
#include "unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/beside.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"

static char folder[64];

static int
make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/berdua-beside-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int
remove_folder(void **state)
{
    char *command = xasprintf("rm -rf '%s'", folder);
    (void)state;
    int code = system(command);
    free(command);
    return code;
}

static char *
inside(const char *name)
{
    return xasprintf("%s/%s", folder, name);
}

static int
make(const char *name)
{
    char *file = inside(name);
    int fd = open(file, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    free(file);
    return fd;
}

/* The names in the folder, each with a blank behind it. */
static void
assert_names(const char *want)
{
    char *start = inside(""), **names, all[500] = "";
    size_t count;
    assert_true(path_list(start, &names, &count, NULL));
    for (size_t i = 0; i < count; i++) {
        const char *name = path_base(names[i]);
        if (name[0] != '.')
            strncat(strncat(all, name, sizeof all - strlen(all) - 2), " ", 2);
        free(names[i]);
    }
    free(names);
    free(start);
    assert_string_equal(all, want);
}

static void
it_takes_its_place_when_it_is_whole_and_not_before(void **state)
{
    char *file = inside("f");
    struct beside b;
    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_true(beside_open(&b, file));
        assert_true(path_write_fd(b.fd, "whole", 5));
        if (i == 0)
            assert_int_not_equal(access(file, F_OK), 0);
        assert_true(beside_commit(&b));
        assert_names("f ");
    }
    assert_true(beside_open(&b, file));
    beside_drop(&b);
    assert_names("f ");
    free(file);
}

static void
what_a_killed_program_left_is_removed_and_nothing_else(void **state)
{
    char *file = inside("f");
    (void)state;
    pid_t pid = fork();
    if (pid == 0) { /* killed at its work */
        struct beside b;
        _exit(!beside_open(&b, file) || !path_write_fd(b.fd, "ha", 2));
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    close(make("f.berdua-dead01")); /* killed between the two steps of taking its place */
    int lives = make("f.berdua-lives1");
    assert_int_equal(flock(lives, LOCK_EX), 0);
    close(make("f.backup"));
    close(make("f.berdua-longer7"));
    close(make("g.berdua-dead01"));
    assert_true(path_write_atomic(file, "x", 1, NULL));
    assert_names("f f.backup f.berdua-lives1 f.berdua-longer7 g.berdua-dead01 ");
    close(lives);
    free(file);
}

static void
a_pipe_keeps_its_place_and_gets_the_bytes_and_without_a_reader_it_is_refused(void **state)
{
    char *pipe_name = inside("p"), got[8] = "";
    (void)state;
    assert_int_equal(mkfifo(pipe_name, 0600), 0);
    assert_false(path_write_atomic(pipe_name, "x", 1, NULL));
    int reader = open(pipe_name, O_RDONLY | O_NONBLOCK);
    assert_true(path_write_atomic(pipe_name, "whole", 5, NULL));
    assert_int_equal(read(reader, got, sizeof got), 5);
    assert_string_equal(got, "whole");
    close(reader);
    struct stat st;
    assert_int_equal(stat(pipe_name, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    assert_names("p ");
    assert_true(path_write_atomic("/dev/null", "x", 1, NULL));
    free(pipe_name);
}

static void
a_link_leads_to_the_new_file(void **state)
{
    char *link = inside("l"), *file = inside("f");
    struct stat st;
    (void)state;
    close(make("f"));
    assert_int_equal(symlink("f", link), 0);
    assert_true(path_write_atomic(link, "whole", 5, NULL));
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_size, 5);
    assert_names("f l ");
    free(link);
    free(file);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        T(it_takes_its_place_when_it_is_whole_and_not_before),
        T(what_a_killed_program_left_is_removed_and_nothing_else),
        T(a_pipe_keeps_its_place_and_gets_the_bytes_and_without_a_reader_it_is_refused),
        T(a_link_leads_to_the_new_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
