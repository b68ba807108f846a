/* `berdua config`: what it prints where, and how it ends. */
#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "cmd/cmd.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[SCRATCH_BYTES];
static struct buf out, said;

/* The program's own is in its main part; here only the exit code counts. */
static int
make_folder(void **state)
{
    (void)state;
    buf_init(&out, 1 << 20);
    buf_init(&said, 1 << 20);
    if (scratch_make(folder) != 0)
        return -1;
    setenv("XDG_CONFIG_HOME", folder, 1);
    unsetenv("BERDUA_CONFIG");
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    buf_finish(&out);
    buf_finish(&said);
    return scratch_remove(folder);
}

static char *
inside(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int
divert(FILE *stream, const char *name)
{
    fflush(stream);
    int kept = dup(fileno(stream));
    int fd = open(inside(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, fileno(stream));
    close(fd);
    return kept;
}

static void
restore(FILE *stream, int kept, const char *name, struct buf *text)
{
    fflush(stream);
    dup2(kept, fileno(stream));
    close(kept);
    struct err err = {""};
    buf_clear(text);
    assert_true(path_read(inside(name), text, &err));
}

/* Up to two words after `config`; fills out and said. */
static int
run(const char *file, const char *a, const char *b)
{
    struct globals g = {.config_file = file};
    char *argv[] = {"config", (char *)a, (char *)b, NULL};
    int kept_out = divert(stdout, "stdout"), kept_err = divert(stderr, "stderr");
    int code = cmd_execute(&command_config, &g, a ? b ? 3 : 2 : 1, argv);
    restore(stdout, kept_out, "stdout", &out);
    restore(stderr, kept_err, "stderr", &said);
    return code;
}

static void
init_writes_the_example_privately_and_never_over_a_file(void **state)
{
    (void)state;
    char *file = strdup(inside("berdua/config.yaml"));
    assert_int_equal(run(NULL, "path", NULL), EXIT_DONE);
    assert_int_equal(strncmp(out.p, file, strlen(file)), 0);
    assert_int_equal(run(NULL, "check", NULL), EXIT_DONE); /* nothing there is good */
    assert_int_equal(run(NULL, "init", NULL), EXIT_DONE);
    struct stat st;
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat(inside("berdua"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(run(NULL, "check", NULL), EXIT_DONE);
    assert_string_equal(said.p, "");
    struct err err = {""};
    assert_true(path_write_atomic(file, "mode: full\n", 11, &err));
    assert_int_equal(run(NULL, "init", NULL), EXIT_FAILED);
    assert_non_null(strstr(said.p, "stays as it is"));
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_size, 11);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(symlink("/nonexistent/target", file), 0);
    assert_int_equal(run(NULL, "init", NULL), EXIT_FAILED);
    assert_int_equal(unlink(file), 0);
    free(file);
}

static void
a_wrong_file_ends_with_3_and_its_place_on_stderr(void **state)
{
    (void)state;
    struct err err = {""};
    char *file = strdup(inside("bad.yaml"));
    assert_true(path_write_atomic(file, "workers: 0\n", 11, &err));
    const char *words[] = {"check", "show"};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(run(file, words[i], NULL), EXIT_CONFIG);
        assert_string_equal(out.p, "");
        assert_int_equal(strncmp(said.p, file, strlen(file)), 0);
        assert_non_null(strstr(said.p, ":1:10: workers: "));
    }
    assert_int_equal(run("/nonexistent/absent.yaml", "check", NULL), EXIT_CONFIG);
    free(file);
}

static void
check_refuses_what_the_screen_would_refuse(void **state)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"mode: parallel\ntheme: mermaid\n", ":2:8: theme: no theme \"mermaid\" (there are: "},
        {"keys: {compose: {C-q: hepl}}\n", ": keys.compose.\"C-q\": no action \"hepl\""},
        {"keys: {browse: {C-foo: help}}\n", ": keys.browse.\"C-foo\": "},
        {"macros: {a: /b, b: [/a]}\n", ": macros.a: /"},
        {"macros: {a: {b: c}}\n", ":1:13: macros.a: expected a text or a list of them"},
        {"macros: {undo: x}\n", ": macros.undo: /undo is a command"},
    };
    (void)state;
    char *file = xstrdup(inside("config.yaml"));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_true(path_write_atomic(file, cases[i].text, strlen(cases[i].text), NULL));
        assert_int_equal(run(file, "check", NULL), EXIT_CONFIG);
        assert_string_equal(out.p, "");
        assert_int_equal(strncmp(said.p, file, strlen(file)), 0);
        assert_non_null(strstr(said.p, cases[i].said));
    }
    assert_true(path_write_atomic(file, "theme: dawn\n", 12, NULL));
    assert_int_equal(run(file, "check", NULL), EXIT_DONE);
    assert_string_equal(said.p, "");
    /* what works, but takes something away, is said */
    static const char clash[] = "keys: {compose: {A-1: undo, Alt-1: note}}\n"
                                "macros: {halo: Halo, dua: [satu, /halo], kosong: }\n";
    assert_true(path_write_atomic(file, clash, sizeof clash - 1, NULL));
    assert_int_equal(run(file, "check", NULL), EXIT_DONE);
    assert_non_null(strstr(said.p, "\"A-1\" and \"Alt-1\" are one key; the second counts"));
    free(file);
}

static void
show_prints_every_key_and_its_origin_when_asked(void **state)
{
    (void)state;
    assert_int_equal(run(NULL, "show", NULL), EXIT_DONE);
    assert_non_null(strstr(out.p, "\nmode: parallel\n"));
    assert_null(strstr(out.p, "#"));
    assert_int_equal(run(NULL, "show", "--origin"), EXIT_DONE);
    assert_non_null(strstr(out.p, "# default"));
}

static void
wrong_words_end_with_2(void **state)
{
    (void)state;
    assert_int_equal(run(NULL, NULL, NULL), EXIT_USAGE);
    assert_int_equal(run(NULL, "sow", NULL), EXIT_USAGE);
    assert_int_equal(run(NULL, "check", "--origin"), EXIT_USAGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(init_writes_the_example_privately_and_never_over_a_file),
        cmocka_unit_test(a_wrong_file_ends_with_3_and_its_place_on_stderr),
        cmocka_unit_test(check_refuses_what_the_screen_would_refuse),
        cmocka_unit_test(show_prints_every_key_and_its_origin_when_asked),
        cmocka_unit_test(wrong_words_end_with_2),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
