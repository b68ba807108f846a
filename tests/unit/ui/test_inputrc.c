/* An inputrc that includes itself, or binds keys to macros that give those keys, ends; the operator is told where. */
#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "ui/edit/editor.h"
#include "ui/edit/inputrc_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* readline forgets a few bytes when a command that waits for a key is given up. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:_rl_callback_data_alloc\n";
}

static char place[SCRATCH_BYTES]; /* HOME of this run */

static struct {
    struct buf obeyed;  /* each line, and '|' */
    struct buf refused; /* each text, and a line end */
    int refusals;
} t;

static int
set_up(void **state)
{
    (void)state;
    buf_init(&t.obeyed, 1 << 24);
    buf_init(&t.refused, 1 << 20);
    t.refusals = 0;
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    buf_finish(&t.obeyed);
    buf_finish(&t.refused);
    return 0;
}

static void
write_file(const char *name, const char *text)
{
    char *path = xasprintf("%s/%s", place, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static void
on_refused(void *arg, const char *text)
{
    (void)arg;
    buf_printf(&t.refused, "%s\n", text);
    t.refusals++;
}

/* ---- the files ---- */

static void
obey(void *arg, char *text, const char *at)
{
    (void)arg;
    (void)at;
    buf_printf(&t.obeyed, "%s|", text);
}

static bool
always(void *arg)
{
    (void)arg;
    return true;
}

static void
read_it(void)
{
    const struct inputrc_ops ops = {.obey = obey, .on = always, .refused = on_refused};
    inputrc_read(&ops);
}

static void
expect_refused(const char *file_and_line, const char *word)
{
    char *begin = xasprintf("%s/%s: $include ", place, file_and_line);
    if (t.refusals != 1 || strncmp(t.refused.p, begin, strlen(begin)) != 0 ||
        !strstr(t.refused.p, word))
        fail_msg("%d refused: %s", t.refusals, t.refused.p);
    free(begin);
}

static void
lines_come_in_order_without_comments_and_with_included_files(void **state)
{
    (void)state;
    write_file(".inputrc", "# no\n  set a 1\r\n\n$include ~/more \n$if mode=emacs\nset c 3");
    write_file("more", "set b 2\n");
    read_it();
    assert_string_equal(t.obeyed.p, "set a 1|set b 2|$if mode=emacs|set c 3|");
    assert_int_equal(t.refusals, 0);
}

static void
a_file_that_includes_itself_is_read_once(void **state)
{
    (void)state;
    write_file(".inputrc", "set a 1\n$include ~/.inputrc\nset b 2\n");
    read_it();
    assert_string_equal(t.obeyed.p, "set a 1|set b 2|");
    expect_refused(".inputrc:2", "take the line out");
}

static void
files_that_include_each_other_are_read_once(void **state)
{
    (void)state;
    write_file(".inputrc", "$include ~/more\nset a 1\n");
    write_file("more", "set b 2\n\n$Include\t~/./link\n");
    char *link = xasprintf("%s/link", place), *target = xasprintf("%s/.inputrc", place);
    assert_int_equal(symlink(target, link), 0);
    read_it();
    assert_string_equal(t.obeyed.p, "set b 2|set a 1|");
    expect_refused("more:3", "take the line out");
    free(link);
    free(target);
}

static void
a_chain_of_files_ends(void **state)
{
    (void)state;
    write_file(".inputrc", "$include ~/chain-0\n");
    for (int i = 0; i < 40; i++) {
        char name[32], text[64];
        snprintf(name, sizeof name, "chain-%d", i);
        snprintf(text, sizeof text, "set n %d\n$include ~/chain-%d\n", i, i + 1);
        write_file(name, text);
    }
    read_it();
    assert_non_null(strstr(t.obeyed.p, "set n 14|"));
    assert_null(strstr(t.obeyed.p, "set n 15|"));
    expect_refused("chain-14:2", "more than 16 files");
}

static void
files_that_multiply_end(void **state)
{
    (void)state;
    write_file(".inputrc", "$include ~/wide-0\n");
    for (int i = 0; i < 12; i++) {
        struct buf text;
        char name[32];
        buf_init(&text, 1 << 20);
        for (int k = 0; k < 50; k++)
            buf_printf(&text, "$include ~/wide-%d\n", i + 1);
        snprintf(name, sizeof name, "wide-%d", i);
        write_file(name, text.p);
        buf_finish(&text);
    }
    write_file("wide-12", "set a 1\n");
    read_it();
    assert_int_equal(t.refusals, 1);
    assert_non_null(strstr(t.refused.p, "more than 1 MiB is included"));
}

static void
a_fifo_and_a_device_are_not_waited_for(void **state)
{
    (void)state;
    char *fifo = xasprintf("%s/fifo", place);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    write_file(".inputrc", "$include ~/fifo\nset a 1\n");
    read_it();
    expect_refused(".inputrc:1", "not a plain file");
    assert_string_equal(t.obeyed.p, "set a 1|");
    setenv("INPUTRC", fifo, 1);
    read_it();
    setenv("INPUTRC", "/dev/zero", 1);
    read_it();
    unsetenv("INPUTRC");
    assert_non_null(strstr(t.refused.p, "/dev/zero is not read: it is not a plain file"));
    assert_int_equal(t.refusals, 3);
    free(fifo);
}

static void
a_large_file_is_not_read(void **state)
{
    (void)state;
    char *path = xasprintf("%s/large", place);
    write_file("large", "");
    assert_int_equal(truncate(path, 1 << 23), 0);
    write_file(".inputrc", "$include ~/large\nset a 1\n");
    read_it();
    expect_refused(".inputrc:1", "larger than");
    assert_int_equal(unlink(path), 0);
    free(path);
}

/* ---- macros, in the real input line ---- */

static struct {
    struct editor *e;
    struct buf accepted;
} line;

static void
on_accept(void *arg, const char *text)
{
    (void)arg;
    buf_printf(&line.accepted, "%s|", text);
}

static void
start_line(void)
{
    struct err err = {{0}};
    buf_init(&line.accepted, 1 << 20);
    line.e = editor_create(&(struct editor_ops){.accept = on_accept, .complain = on_refused}, false,
                           &err);
    assert_non_null(line.e);
}

static void
end_line(void)
{
    editor_destroy(&line.e);
    buf_finish(&line.accepted);
}

static void
type(const char *keys)
{
    for (; *keys; keys++)
        editor_key(line.e, keys, 1);
}

static void
endless_macros_are_stopped_undone_and_named(void **state)
{
    (void)state;
    write_file(".inputrc", "set completion-query-items 7\n"
                           "\"\\e1\": \"\\e1\"\n"
                           "\"\\e2\": \"\\e3\"\n"
                           "\"\\e3\": \"\\e2\"\n"
                           "\"\\e4\": \"x\\e4\"\n"
                           "\"\\e5\": \"\\e5x\"\n"
                           "\"\\e6\": \"kirim\\r\\e6\"\n"
                           "\"\\e7\": \"\\C-a\\C-k\\C-y\\C-y\\e7\"\n"
                           "\"\\e8\": \"\\e100000x\\e8\"\n"
                           "\"~\": \"~\"\n"
                           "$if NoSuchProgram\n"
                           "$include ~/.inputrc\n"
                           "\"\\e9\": \"\\e9\"\n"
                           "$endif\n"
                           "\"\\e9\": \"satu dua\"\n"
                           "\"\\ea\": \"\\e9\\e9!\"\n");
    setenv("INPUTRC", "", 1);
    start_line();
    assert_int_equal(t.refusals, 0); /* what $if leaves out includes nothing */
    static const char *const keys[] = {"\0331", "\0332", "\0333", "\0334", "\0335",
                                       "\0336", "\0337", "\0338", "~"};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        type("a\021\025wal"); /* C-q, so that C-u is typed */
        assert_string_equal(editor_text(line.e), "a\025wal");
        editor_key(line.e, "\002", 1);
        editor_key(line.e, keys[i], strlen(keys[i]));
        if (t.refusals != (int)i + 1)
            fail_msg("key %zu: not refused", i);
        assert_string_equal(editor_text(line.e), "a\025wal");
        assert_int_equal(editor_cursor(line.e), 4);
        assert_int_equal(line.accepted.len, 0);
        editor_set_text(line.e, "");
        assert_non_null(strstr(t.refused.p, ".inputrc:"));
        if (i == 0)
            assert_non_null(strstr(t.refused.p, ".inputrc:2: this macro gives its own keys"));
    }
    assert_non_null(strstr(t.refused.p, ".inputrc:10: "));
    editor_key(line.e, "\033a", 2); /* one that ends */
    assert_string_equal(editor_text(line.e), "satu duasatu dua!");
    type("\r");
    assert_string_equal(line.accepted.p, "satu duasatu dua!|");
    assert_int_equal(t.refusals, ARRAY_LEN(keys));
    end_line();
}

static void
macros_of_every_keymap_and_form_run(void **state)
{
    (void)state;
    start_line();
    write_file(".inputrc", "Control-o: \"dengan nama\"\n"
                           "\"\\eb\": 'pendek'\n"
                           "\"\\ebc\": \"panjang\"\n"
                           "\"\\C-xp\": \"di C-x\"\n"
                           "set keymap emacs-meta\n"
                           "\"q\": \"di meta\"\n"
                           "set keymap vi-insert\n"
                           "\"\\C-o\": \"di vi\"\n"
                           "set keymap vi-command\n"
                           "\"Q\": \"ivi\\e0x\"\n");
    static const struct {
        const char *keys[3], *text;
    } cases[] = {
        {{"\017"}, "dengan nama"}, {{"\033bc"}, "panjang"},         {{"\030", "p"}, "di C-x"},
        {{"\033q"}, "di meta"},    {{"\033\012", "\017"}, "di vi"},
    };
    editor_key(line.e, "\030\022", 2);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        for (size_t k = 0; cases[i].keys[k]; k++)
            editor_key(line.e, cases[i].keys[k], strlen(cases[i].keys[k]));
        assert_string_equal(editor_text(line.e), cases[i].text);
        editor_set_text(line.e, "");
    }
    editor_key(line.e, "\033", 1); /* vi's command mode */
    type("Q");
    assert_string_equal(editor_text(line.e), "i");
    assert_int_equal(t.refusals, 0);
    end_line();
}

static void
read_again_the_inputrc_is_bounded_too(void **state)
{
    (void)state;
    start_line();
    write_file(".inputrc", "\"\\ea\": \"baru\"\n$include ~/.inputrc\n");
    editor_key(line.e, "\030\022", 2);
    expect_refused(".inputrc:2", "take the line out");
    editor_key(line.e, "\033a", 2);
    assert_string_equal(editor_text(line.e), "baru");
    end_line();
}

int
main(void)
{
    if (scratch_make(place) != 0)
        return 1;
    setenv("HOME", place, 1);
    setenv("XDG_STATE_HOME", place, 1);
    unsetenv("INPUTRC");
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(lines_come_in_order_without_comments_and_with_included_files),
        T(a_file_that_includes_itself_is_read_once),
        T(files_that_include_each_other_are_read_once),
        T(a_chain_of_files_ends),
        T(files_that_multiply_end),
        T(a_fifo_and_a_device_are_not_waited_for),
        T(a_large_file_is_not_read),
        T(endless_macros_are_stopped_undone_and_named),
        T(read_again_the_inputrc_is_bounded_too),
        T(macros_of_every_keymap_and_form_run), /* leaves vi mode on */
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_remove(place);
    return failed;
}
