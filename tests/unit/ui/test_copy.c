/* Copying: what of a turn is asked for, and who gets it. */
#include "scene.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>

#include "berdua/base/path.h"
#include "ui/clipboard_program.h"

static const char claude[] = "Tidak perlu malu. Ada dua cara:\n\n1. Datang sendiri.\n\n"
                             "```python\nprint(1)\nprint(2)\n```\n\n```\n```\n\n```sh\nls\n";
static const char llama[] = "Aduh, jangan sungkan ya, Kak.";

static void
add_pair(struct scene *s)
{
    add_said(s, "malu", claude, llama);
    expect(s, "sungkan");
}

/* A program of the user's folder with these lines, as the command that copies. */
static void
copy_by(struct scene *s, const char *lines)
{
    static char command[SCRATCH_BYTES * 2];
    struct err err = {{0}};
    char *text = xasprintf("#!/bin/sh\ncd '%s'\n%s\n", s->folder, lines);
    snprintf(command, sizeof command, "%s/copier  a b c d e f g h i j k l m n o p q r s t",
             s->folder);
    char *file = xasprintf("%s/copier", s->folder);
    assert_true(path_write_atomic(file, text, strlen(text), &err));
    assert_int_equal(chmod(file, 0700), 0);
    free(file);
    free(text);
    s->config.ui.clipboard = command;
}

static void
assert_copied(struct scene *s, const char *wanted)
{
    struct err err = {{0}};
    struct buf got;
    buf_init(&got, 1 << 20);
    char *file = xasprintf("%s/got", s->folder);
    assert_true(path_read(file, &got, &err));
    assert_string_equal(got.p, wanted);
    buf_finish(&got);
    free(file);
}

static void
copying_asks_which_answer_and_gives_its_bytes_to_the_command(void **state)
{
    struct scene *s = *state;
    copy_by(s, "{ echo $#; cat; } >got");
    add_pair(s);
    type(s, "a draft\033");
    expect(s, "i write");
    type(s, "y");
    expect(s, "▸ claude"); /* it goes on, so it is the first */
    expect(s, "llama     LLAMA's answer, 29 bytes");
    expect(s, "both      the question and both answers");
    expect(s, "Enter copy");
    type(s, "\033[B\r");
    expect(s, "copier: LLAMA's answer, 29 bytes");
    assert_copied(s, "20\nAduh, jangan sungkan ya, Kak.");
    /* where one came from, with what one had written */
    expect(s, "> a draft");
    expect(s, "i write");
}

static void
a_sentence_is_found_by_its_words_and_code_comes_without_its_fences(void **state)
{
    struct scene *s = *state;
    copy_by(s, "cat >got");
    add_pair(s);
    type(s, "/copy dua cara");
    expect(s, "▸ claude 2  Ada dua cara:");
    type(s, "\t");
    expect(s, "> /copy claude 2");
    type(s, "\r");
    expect(s, "copier: sentence 2 of Claude, 13 bytes");
    assert_copied(s, "Ada dua cara:");
    type(s, "/copy claude 3\r"); /* the number of an item ends no sentence */
    expect(s, "sentence 3 of Claude, 18 bytes");
    assert_copied(s, "1. Datang sendiri.");
    type(s, "/copy code 1\r");
    expect(s, "code of Claude, 18 bytes");
    assert_copied(s, "print(1)\nprint(2)\n");
    type(s, "/copy code 2\r"); /* an empty block is none, and the end of the answer ends one */
    expect(s, "code of Claude, 3 bytes");
    assert_copied(s, "ls\n");
    type(s, "/copy both\r");
    expect(s, "copier: the question and both answers");
    char *both = xasprintf("malu\n\nClaude:\n%s\n\nLLAMA:\n%s", claude, llama);
    assert_copied(s, both);
    free(both);
    type(s, "/copy claude 99\r");
    expect(s, "turn 1 has no \"claude 99\" to copy; /copy shows what there is");
}

static void
leaving_the_choice_copies_nothing_and_gives_the_draft_back(void **state)
{
    struct scene *s = *state;
    add_pair(s);
    type(s, "a draft\033");
    expect(s, "i write");
    type(s, "y");
    expect(s, "copy:");
    type(s, "\033");
    expect(s, "> a draft");
    expect(s, "i write");
    expect_gone(s, "copied");
}

static void
a_command_that_fails_is_not_there_or_never_ends_is_told_of(void **state)
{
    struct scene *s = *state;
    add_pair(s);
    copy_by(s, "echo \"no display\" >&2; exit 3");
    type(s, "/copy llama\r");
    expect(s, "not copied: ");
    expect(s, "copier: no display");
    copy_by(s, "exit 3");
    type(s, "/copy llama\r");
    expect(s, "copier: exit status 3");
    s->config.ui.clipboard = "no-such-program-here --x";
    type(s, "/copy llama\r");
    expect(s, "not copied: no-such-program-here: not found");
    s->config.ui.clipboard = "   ";
    type(s, "/copy llama\r");
    expect(s, "not copied: ui.clipboard: not found");
    struct err err = {{0}};
    struct clipboard_program *c = clipboard_start("sleep 1000", "x", 1, &err);
    assert_non_null(c);
    assert_false(clipboard_ended(c, clock_us()));
    assert_true(clipboard_ended(c, clipboard_deadline(c)));
    assert_false(clipboard_finish(&c, &err));
    assert_string_equal(err.text, "sleep took longer than 5 s");
}

static void
a_newer_copy_ends_an_older_one_that_still_runs(void **state)
{
    struct scene *s = *state;
    char *fifo = xasprintf("%s/pid", s->folder), pid[16] = "";
    assert_int_equal(mkfifo(fifo, 0600), 0);
    add_pair(s);
    copy_by(s, "echo $$ >pid; exec sleep 1000");
    type(s, "/copy claude");
    expect(s, "/copy claude");
    type(s, "\r");
    expect_gone(s, "/copy claude");
    int fd = open(fifo, O_RDONLY);
    assert_true(read(fd, pid, sizeof pid - 1) > 0);
    close(fd);
    copy_by(s, "cat >got");
    type(s, "/copy llama\r");
    expect(s, "copied with copier: LLAMA's answer, 29 bytes");
    assert_int_equal(kill((pid_t)strtol(pid, NULL, 10), 0), -1);
    assert_int_equal(errno, ESRCH);
    free(fifo);
}

static void
make_program(const char *folder, const char *name)
{
    struct err err = {{0}};
    char *file = xasprintf("%s/%s", folder, name);
    assert_true(path_write_atomic(file, "#!/bin/sh\n", 10, &err));
    assert_int_equal(chmod(file, 0700), 0);
    free(file);
}

static void
the_program_of_this_machines_desktop_copies_unless_it_is_another_machine(void **state)
{
    static const char *const variables[] = {"WAYLAND_DISPLAY", "DISPLAY", "SSH_CONNECTION",
                                            "SSH_TTY"};
    struct scene *s = *state;
    char *before = xstrdup(getenv("PATH"));
    for (size_t i = 0; i < ARRAY_LEN(variables); i++)
        unsetenv(variables[i]);
    setenv("PATH", s->folder, 1);
    make_program(s->folder, "xsel");
    make_program(s->folder, "wl-copy");
    assert_null(clipboard_command("auto"));
    setenv("DISPLAY", ":0", 1);
    assert_string_equal(clipboard_command("auto"), "xsel --clipboard --input");
    make_program(s->folder, "xclip");
    assert_string_equal(clipboard_command(NULL), "xclip -selection clipboard");
    setenv("WAYLAND_DISPLAY", "wayland-0", 1);
    assert_string_equal(clipboard_command("auto"), "wl-copy");
    assert_null(clipboard_command("osc52"));
    setenv("SSH_TTY", "/dev/pts/1", 1);
    assert_null(clipboard_command("auto"));
    assert_string_equal(clipboard_command("mine -x"), "mine -x");
    for (size_t i = 0; i < ARRAY_LEN(variables); i++)
        unsetenv(variables[i]);
    setenv("PATH", before, 1);
    free(before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SCREEN_TEST(copying_asks_which_answer_and_gives_its_bytes_to_the_command),
        SCREEN_TEST(a_sentence_is_found_by_its_words_and_code_comes_without_its_fences),
        SCREEN_TEST(leaving_the_choice_copies_nothing_and_gives_the_draft_back),
        SCREEN_TEST(a_command_that_fails_is_not_there_or_never_ends_is_told_of),
        SCREEN_TEST(a_newer_copy_ends_an_older_one_that_still_runs),
        SCREEN_TEST(the_program_of_this_machines_desktop_copies_unless_it_is_another_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
