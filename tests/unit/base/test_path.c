#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[SCRATCH_BYTES];

static int
make_folder(void **state)
{
    (void)state;
    return scratch_make(folder);
}

static int
remove_folder(void **state)
{
    (void)state;
    return scratch_remove(folder);
}

static char *
inside(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void
xdg_variables_are_obeyed_unless_empty_or_relative(void **state)
{
    (void)state;
    setenv("HOME", "/home/mario", 1);
    setenv("XDG_CONFIG_HOME", "/else/where", 1);
    setenv("XDG_DATA_HOME", "relative", 1);
    setenv("XDG_STATE_HOME", "", 1);
    char *config = path_config("config.yaml"), *data = path_data("berdua.db"),
         *s = path_state("log");
    assert_string_equal(config, "/else/where/berdua/config.yaml");
    assert_string_equal(data, "/home/mario/.local/share/berdua/berdua.db");
    assert_string_equal(s, "/home/mario/.local/state/berdua/log");
    free(config);
    free(data);
    free(s);
}

static void
only_a_leading_tilde_is_expanded(void **state)
{
    (void)state;
    setenv("HOME", "/home/mario", 1);
    const char *pairs[][2] = {{"~", "/home/mario"},
                              {"~/a", "/home/mario/a"},
                              {"~other/a", "~other/a"},
                              {"/a/~", "/a/~"},
                              {"", ""}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char *got = path_expand(pairs[i][0]);
        assert_string_equal(got, pairs[i][1]);
        free(got);
    }
}

static void
parents_are_made_private_and_a_file_in_the_way_is_told(void **state)
{
    (void)state;
    struct err err = {""};
    umask(022);
    assert_true(path_make_parent(inside("a/b/file"), &err));
    assert_true(path_make_parent(inside("a/b/file"), &err));
    struct stat st;
    assert_int_equal(stat(inside("a/b"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_true(path_write_atomic(inside("plain"), "x", 1, &err));
    assert_false(path_make_parent(inside("plain/b/file"), &err));
    assert_non_null(strstr(err.text, "plain"));
    assert_true(path_make_parent("file-without-folder", &err));
}

static void
a_written_file_is_private_whole_and_leaves_nothing_beside_it(void **state)
{
    (void)state;
    struct err err = {""};
    assert_true(path_write_atomic(inside("f"), "first", 5, &err));
    assert_true(path_write_atomic(inside("f"), "sec\0nd", 6, &err));
    struct buf b;
    buf_init(&b, 100);
    assert_true(path_read(inside("f"), &b, &err));
    assert_int_equal(b.len, 6);
    assert_memory_equal(b.p, "sec\0nd", 6);
    buf_finish(&b);
    struct stat st;
    assert_int_equal(stat(inside("f"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    char command[128];
    snprintf(command, sizeof command, "test -z \"$(ls %s | grep '^f\\.')\"", folder);
    assert_int_equal(system(command), 0);
}

static void
what_cannot_be_written_is_told_with_what_to_do(void **state)
{
    (void)state;
    static const struct {
        const char *file, *said;
    } table[] = {{"no/such/folder", "its folder does not exist; make it first"},
                 {"plain/x", "a part of its path is no folder; name another place"},
                 {"", "that is a folder; name a file in it"}};
    struct err err = {""};
    assert_true(path_write_atomic(inside("plain"), "x", 1, &err));
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *file = table[i].file[0] ? inside(table[i].file) : folder;
        assert_false(path_write_atomic(file, "x", 1, &err));
        assert_non_null(strstr(err.text, file));
        assert_non_null(strstr(err.text, table[i].said));
    }
    assert_false(path_write_atomic("/dev/full", "x", 1, &err));
    assert_string_equal(err.text, "/dev/full: the disk is full; free some space");
}

static void
reading_tells_the_path_when_missing_too_large_or_a_folder(void **state)
{
    (void)state;
    struct err err = {""};
    struct buf b;
    buf_init(&b, 3);
    assert_false(path_read(inside("absent"), &b, &err));
    assert_non_null(strstr(err.text, "absent: No such file"));
    assert_true(path_write_atomic(inside("four"), "1234", 4, &err));
    assert_false(path_read(inside("four"), &b, &err));
    assert_non_null(strstr(err.text, "larger than 3"));
    assert_false(path_read(folder, &b, &err));
    buf_finish(&b);
}

static void
the_base_and_the_folder_of_a_name_make_it_up(void **state)
{
    (void)state;
    static const char *const names[][3] = {{"a", ".", "a"},
                                           {"/a", "/", "a"},
                                           {"b/a", "b", "a"},
                                           {"/c/b/a", "/c/b", "a"},
                                           {"b/", "b", ""}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *of = path_folder(names[i][0]);
        assert_string_equal(of, names[i][1]);
        assert_string_equal(path_base(names[i][0]), names[i][2]);
        free(of);
    }
}

static void
a_listing_holds_what_begins_so_in_order_and_tells_a_missing_folder(void **state)
{
    (void)state;
    struct err err = {""};
    static const char *const made[] = {"x-2", "x-1", "y-1"};
    char **names, wanted[256];
    size_t count;
    for (size_t i = 0; i < 3; i++)
        assert_true(path_write_atomic(inside(made[i]), "", 0, &err));
    assert_true(path_list(inside("x-"), &names, &count, &err));
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        snprintf(wanted, sizeof wanted, "%s/x-%zu", folder, i + 1);
        assert_string_equal(names[i], wanted);
        free(names[i]);
    }
    free(names);
    assert_false(path_list(inside("none/x-"), &names, &count, &err));
    assert_int_equal(count, 0);
    assert_non_null(strstr(err.text, "none"));
}

static void
a_fifo_or_a_device_is_refused_without_waiting_for_it(void **state)
{
    (void)state;
    struct err err = {""};
    struct buf b;
    buf_init(&b, 3);
    assert_int_equal(mkfifo(inside("fifo"), 0600), 0);
    assert_false(path_read(inside("fifo"), &b, &err));
    assert_non_null(strstr(err.text, "fifo: not a plain file"));
    assert_false(path_read("/dev/zero", &b, &err));
    assert_non_null(strstr(err.text, "/dev/zero: not a plain file"));
    assert_int_equal(
        path_open_plain(inside("fifo"), O_WRONLY | O_APPEND | O_CREAT, 0600, NULL, &err),
        -1); /* has no reader */
    assert_non_null(strstr(err.text, "fifo: not a plain file"));
    int reader = open(inside("fifo"), O_RDONLY | O_NONBLOCK);
    assert_int_equal(path_open_plain(inside("fifo"), O_WRONLY, 0, NULL, &err), -1);
    assert_non_null(strstr(err.text, "fifo: not a plain file"));
    close(reader);
    assert_int_equal(path_open_plain("/", O_RDONLY, 0, NULL, &err), -1);
    assert_int_equal(errno, EISDIR);
    buf_finish(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xdg_variables_are_obeyed_unless_empty_or_relative),
        cmocka_unit_test(only_a_leading_tilde_is_expanded),
        cmocka_unit_test(parents_are_made_private_and_a_file_in_the_way_is_told),
        cmocka_unit_test(a_written_file_is_private_whole_and_leaves_nothing_beside_it),
        cmocka_unit_test(what_cannot_be_written_is_told_with_what_to_do),
        cmocka_unit_test(reading_tells_the_path_when_missing_too_large_or_a_folder),
        cmocka_unit_test(the_base_and_the_folder_of_a_name_make_it_up),
        cmocka_unit_test(a_listing_holds_what_begins_so_in_order_and_tells_a_missing_folder),
        cmocka_unit_test(a_fifo_or_a_device_is_refused_without_waiting_for_it),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
