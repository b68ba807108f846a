#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/ui/external.h"
#include "ui/edit/editor.h"
#include "ui/edit/keymap.h"

#include <fcntl.h>
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

static struct {
    char place[64]; /* HOME and XDG_STATE_HOME of this run */
    struct editor *e;
    struct keymap *keymap;
    struct buf accepted; /* each text followed by '|' */
    struct buf shown;    /* each candidate followed by ' ' */
    enum action action;
    char *refill; /* set as the text by accept */
} t;

static void
on_accept(void *arg, const char *text)
{
    (void)arg;
    buf_append_str(&t.accepted, text);
    buf_append_char(&t.accepted, '|');
    if (t.refill)
        editor_set_text(t.e, t.refill);
}

static void
on_complete(void *arg, const char *line, size_t word_start, const char *word,
            void (*add)(void *add_arg, const char *candidate), void *add_arg)
{
    (void)arg;
    (void)line;
    (void)word;
    if (word_start == 0) {
        add(add_arg, "/left");
        add(add_arg, "/mode");
        add(add_arg, "/model");
        add(add_arg, "/quit");
    } else {
        add(add_arg, "parallel");
    }
}

static void
on_candidates(void *arg, const char *const *list, size_t n)
{
    (void)arg;
    buf_clear(&t.shown);
    for (size_t i = 0; i < n; i++)
        buf_printf(&t.shown, "%s ", list[i]);
}

static void
on_action(void *arg, enum action a)
{
    (void)arg;
    t.action = a;
}

static void
open_editor(bool history)
{
    struct editor_ops ops = {
        .accept = on_accept,
        .complete = on_complete,
        .candidates = on_candidates,
        .action = on_action,
    };
    struct err err = {.text = ""};
    t.e = editor_create(&ops, history, &err);
    if (!t.e)
        fail_msg("%s", err.text);
}

static void
write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", t.place, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int
set_up(void **state)
{
    (void)state;
    buf_init(&t.accepted, 1 << 20);
    buf_init(&t.shown, 1 << 16);
    t.action = ACT_NONE;
    open_editor(false);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    editor_set_text(t.e, "");
    editor_key(t.e, "\033\005", 2); /* the test inputrc: back to emacs mode */
    editor_destroy(&t.e);
    assert_null(t.e);
    keymap_destroy(&t.keymap);
    buf_finish(&t.accepted);
    buf_finish(&t.shown);
    return 0;
}

static void
key(const char *bytes)
{
    editor_key(t.e, bytes, strlen(bytes));
}

/* Each byte a key. */
static void
type(const char *s)
{
    for (; *s; s++)
        editor_key(t.e, s, 1);
}

static void
is(const char *text, size_t cursor)
{
    assert_string_equal(editor_text(t.e), text);
    assert_int_equal(editor_cursor(t.e), cursor);
}

static void
emacs_keys_edit_and_enter_accepts(void **state)
{
    (void)state;
    type("halo dunia");
    key("\001");
    key("X");
    is("Xhalo dunia", 1);
    key("\005");
    key("\027");
    is("Xhalo ", 6);
    key("\033b");
    is("Xhalo ", 0);
    key("\033[C");
    key("\033OC");
    key("\033[3~");
    is("Xhlo ", 2);
    key("\r");
    assert_string_equal(t.accepted.p, "Xhlo |");
    is("", 0);
}

static void
a_blank_text_is_not_accepted(void **state)
{
    (void)state;
    key("\r");
    type("  ");
    editor_paste(t.e, "\n", 1);
    key("\r");
    assert_string_equal(t.accepted.p, "");
}

static void
characters_of_several_bytes_are_edited_whole(void **state)
{
    (void)state;
    key("é");
    key("😀");
    key("a");
    is("é😀a", 7);
    key("\177");
    key("\177");
    is("é", 2);
    key("\033[D");
    is("é", 0);
}

static void
a_lone_escape_is_not_kept_as_meta_for_the_next_key(void **state)
{
    (void)state;
    type("one two");
    key("\033");
    key("b");
    is("one twob", 8);
    key("\030"); /* C-x waits for more; Esc ends that */
    assert_true(editor_wants(t.e, "C-e"));
    key("\033");
    assert_false(editor_wants(t.e, "C-e"));
    key("c");
    is("one twobc", 9);
    key("\0333");
    assert_string_equal(editor_prompt(t.e), "(arg: 3) ");
    assert_true(editor_wants(t.e, "x"));
    key("\033");
    assert_string_equal(editor_prompt(t.e), "");
    key("d");
    is("one twobcd", 10);
}

static void
unbound_sequences_type_nothing(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "\033[1;6P", "\033[25~", "\033[99;9u", "\033OZ", "\033\xc3\xa9", "\033[200~", "\033[?1;2c",
    };
    type("a");
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        key(keys[i]);
    key("\030"); /* a sequence inside a prefix */
    key("\033[A");
    key("\026"); /* and where a raw key is wanted */
    key("\033[1;6P");
    key("b");
    is("ab", 2);
}

static void
a_paste_is_undone_at_once_and_holds_no_controls(void **state)
{
    (void)state;
    type("x");
    const char *paste = "one\r\ntwo\tthree\033[31m\007";
    editor_paste(t.e, paste, strlen(paste));
    is("xone\ntwo\tthree[31m", 18);
    assert_string_equal(t.accepted.p, "");
    type("y");
    key("\037");
    is("xone\ntwo\tthree[31m", 18);
    key("\037");
    is("x", 1);
    editor_paste(t.e, "p", 1);
    editor_paste(t.e, "q", 1);
    key("\037");
    is("xp", 2);
}

static void
a_paste_ends_what_waits_for_a_key(void **state)
{
    (void)state;
    type("old");
    key("\r");
    key("\022");
    type("ol");
    assert_true(editor_wants(t.e, "Enter"));
    editor_paste(t.e, "new", 3);
    assert_string_equal(editor_prompt(t.e), "");
    assert_non_null(strstr(editor_text(t.e), "new"));
    editor_set_text(t.e, "");
    key("\026");
    editor_paste(t.e, "a", 1);
    key("\030");
    editor_paste(t.e, "b", 1);
    key("\0335");
    editor_paste(t.e, "c", 1);
    key("d");
    is("abcd", 4);
    assert_false(editor_wants(t.e, "x"));
}

static void
up_and_down_move_between_lines_before_the_history(void **state)
{
    (void)state;
    type("first");
    key("\r");
    type("ab");
    editor_paste(t.e, "\n", 1);
    type("wörld");
    is("ab\nwörld", 9);
    key("\033[A");
    is("ab\nwörld", 2);
    key("\033[B");
    is("ab\nwörld", 6);
    key("\033[A");
    key("\033[A");
    is("first", 5);
    key("\033[B");
    assert_string_equal(editor_text(t.e), "ab\nwörld");
}

static void
search_shows_its_prompt_and_enter_sends_what_it_found(void **state)
{
    (void)state;
    type("apa kabar");
    key("\r");
    type("halo");
    key("\r");
    assert_false(editor_wants(t.e, "Enter"));
    key("\022");
    assert_string_equal(editor_prompt(t.e), "(reverse-i-search)`': ");
    type("kab");
    assert_string_equal(editor_prompt(t.e), "(reverse-i-search)`kab': ");
    assert_string_equal(editor_text(t.e), "apa kabar");
    assert_true(editor_wants(t.e, "Enter"));
    key("\r");
    assert_string_equal(editor_prompt(t.e), "");
    assert_string_equal(t.accepted.p, "apa kabar|halo|apa kabar|");
    key("\022");
    type("hal");
    key("\033"); /* keeps what was found */
    is("halo", 0);
    key("\022");
    type("zzz");
    key("\003"); /* Ctrl-C gives up the search only */
    assert_string_equal(editor_prompt(t.e), "");
    assert_false(editor_wants(t.e, "C-c"));
}

static void
completion_completes_the_unique_and_reports_the_several(void **state)
{
    (void)state;
    type("/l\t");
    is("/left ", 6);
    editor_set_text(t.e, "/m");
    key("\t");
    is("/mode", 5);
    assert_string_equal(t.shown.p, "/mode /model ");
    editor_set_text(t.e, "/mode p");
    key("\t");
    is("/mode parallel ", 15);
    editor_set_text(t.e, "zz");
    buf_clear(&t.shown);
    key("\t");
    is("zz", 2);
    assert_string_equal(t.shown.p, "");
}

static void
a_text_set_after_a_visit_to_the_history_leaves_the_history_whole(void **state)
{
    (void)state;
    type("one");
    key("\r");
    type("two");
    key("\r");
    for (int i = 0; i < 20; i++) {
        key("\033[A");
        type("edited");
        key("\033[A");
        type("too");
        editor_set_text(t.e, i % 2 ? "" : "draft");
        key("\037");
    }
    editor_set_text(t.e, "");
    key("\033[A");
    assert_string_equal(editor_text(t.e), "two");
    key("\r");
    key("\033[A");
    assert_string_equal(editor_text(t.e), "two");
}

static void
the_owner_may_set_a_text_while_one_is_accepted(void **state)
{
    (void)state;
    t.refill = "again";
    type("x");
    key("\r");
    t.refill = NULL;
    is("again", 5);
    key("\r");
    assert_string_equal(t.accepted.p, "x|again|");
}

static void
a_macro_is_run_to_its_end(void **state)
{
    (void)state;
    key("\033\007"); /* the test inputrc: two texts in one key */
    assert_string_equal(t.accepted.p, "makan|tidur|");
    is("!", 1);
}

static void
sequences_of_the_keymap_reach_the_owner_and_readlines_own_still_work(void **state)
{
    (void)state;
    struct key_binding keys[] = {{"compose", "C-x \\", "help"}};
    struct config config = {.keys = keys, .key_count = 1};
    t.keymap = keymap_create(&config, NULL);
    editor_use_keymap(t.e, t.keymap);
    type("ab");
    key("\030");
    assert_int_equal(t.action, ACT_NONE);
    key("\005");
    assert_int_equal(t.action, ACT_EDITOR);
    key("\030");
    key("\\");
    assert_int_equal(t.action, ACT_HELP);
    is("ab", 2);
    key("\030");
    key("\025"); /* C-x C-u: undo */
    is("", 0);
}

static void
inputrc_is_honoured_vi_mode_included(void **state)
{
    (void)state;
    key("\033\t"); /* bound under $if berdua */
    is("for berdua", 10);
    editor_set_text(t.e, "");
    assert_int_equal(editor_vi_mode(t.e), 0);
    key("\033\026"); /* to vi mode */
    assert_int_equal(editor_vi_mode(t.e), 'i');
    type("satu dua");
    assert_true(editor_wants(t.e, "Esc"));
    key("\033");
    assert_int_equal(editor_vi_mode(t.e), 'c');
    assert_false(editor_wants(t.e, "Esc"));
    is("satu dua", 7);
    type("b");
    is("satu dua", 5);
    type("d");
    assert_true(editor_wants(t.e, "w"));
    type("w");
    is("satu ", 4);
    type("rX");
    is("satuX", 4);
    key("\033"); /* nothing to leave, nothing kept */
    type("x");
    is("satu", 3);
    type("r");
    assert_true(editor_wants(t.e, "Enter"));
    key("\033");
    type("x");
    is("sat", 2);
    key("\033[D");
    is("sat", 1);
    type("A");
    assert_int_equal(editor_vi_mode(t.e), 'i');
    key("\033[D");
    is("sat", 2);
    key("\r");
    assert_string_equal(t.accepted.p, "sat|");
    key("\033");
    editor_set_text(t.e, "fresh");
    assert_int_equal(editor_vi_mode(t.e), 'i');
}

static void
nothing_is_ever_written_to_the_terminal_nor_exported(void **state)
{
    (void)state;
    int out[2];
    fflush(stdout);
    fflush(stderr);
    assert_int_equal(pipe(out), 0);
    int keep1 = dup(1), keep2 = dup(2);
    dup2(out[1], 1);
    dup2(out[1], 2);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    editor_resize(t.e, 50, 120);
    editor_resize(t.e, 0, -3);
    char all[256];
    for (int c = 1; c < 256; c++) {
        all[0] = (char)c;
        if (c != 27)
            editor_key(t.e, all, 1);
        all[0] = 27;
        all[1] = (char)c;
        editor_key(t.e, all, 2);
        all[0] = 24;
        all[1] = (char)c;
        editor_key(t.e, all, 1);
        editor_key(t.e, all + 1, c == 27 ? 0 : 1);
    }
    key("\033\016"); /* the test inputrc: print-last-kbd-macro, dump-functions */
    key("\033\017");
    fflush(stdout);
    fflush(stderr);
    dup2(keep1, 1);
    dup2(keep2, 2);
    close(keep1);
    close(keep2);
    close(out[1]);
    ssize_t n = read(out[0], all, sizeof all);
    close(out[0]);
    assert_int_equal(n, 0);
    assert_null(getenv("LINES"));
    assert_null(getenv("COLUMNS"));
}

static void
history_keeps_entries_of_several_lines_in_a_private_file(void **state)
{
    (void)state;
    editor_destroy(&t.e);
    open_editor(true);
    type("one\\n");
    key("\r");
    type("two");
    editor_paste(t.e, "\n", 1);
    type("lines");
    key("\r");
    key("\033[A");
    key("\r"); /* the same again is kept once in memory */
    editor_destroy(&t.e);
    open_editor(true);
    key("\020");
    assert_string_equal(editor_text(t.e), "two\nlines");
    key("\020");
    assert_string_equal(editor_text(t.e), "one\\n");
    char path[128];
    snprintf(path, sizeof path, "%s/berdua/history", t.place);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

/* Opening a FIFO to write would wait for a reader, and a FIFO with one would give away what is typed. */
static void
a_fifo_as_history_is_neither_read_nor_written(void **state)
{
    (void)state;
    char path[128];
    editor_destroy(&t.e);
    snprintf(path, sizeof path, "%s/berdua", t.place);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/berdua/history", t.place);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    open_editor(true);
    type("one");
    key("\r");
    int fd = open(path, O_RDONLY | O_NONBLOCK);
    char c;
    type("two");
    key("\r");
    assert_int_equal(read(fd, &c, 1), 0);
    close(fd);
    unlink(path);
}

static void
a_long_history_file_is_cut_to_its_newest_entries(void **state)
{
    (void)state;
    editor_destroy(&t.e);
    char path[128];
    snprintf(path, sizeof path, "%s/berdua/history", t.place);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    for (int i = 0; i < 5000; i++)
        fprintf(f, "entry %d\n", i);
    fclose(f);
    open_editor(true);
    key("\020");
    assert_string_equal(editor_text(t.e), "entry 4999");
    key("\033<");
    assert_string_equal(editor_text(t.e), "entry 3000");
    editor_destroy(&t.e);
    f = fopen(path, "r");
    char line[64];
    int lines = 0;
    while (fgets(line, sizeof line, f))
        lines++;
    fclose(f);
    assert_int_equal(lines, 2000);
    open_editor(false);
}

static void
an_external_editor_gets_the_text_and_gives_its_own(void **state)
{
    (void)state;
    struct err err = {.text = ""};
    struct buf text;
    buf_init(&text, 1 << 16);
    unsetenv("EDITOR");
    setenv(
        "VISUAL",
        "sh -c 'test \"$(cat \"$1\")\" = \"dari sini\" && printf \"ke\\n\\033sana\\n\" >\"$1\"' x",
        1);
    if (!external_edit("dari sini", &text, &err))
        fail_msg("%s", err.text);
    editor_set_text(t.e, text.p);
    is("ke\nsana", 7);
    setenv("VISUAL", "false", 1);
    assert_false(external_edit("", &text, &err));
    assert_string_equal(err.text, "false: exit status 1");
    unsetenv("VISUAL");
    setenv("EDITOR", "/no/such/editor", 1);
    assert_false(external_edit("", &text, &err));
    assert_string_equal(err.text, "/no/such/editor: not found; set $VISUAL or $EDITOR");
    unsetenv("EDITOR");
    buf_finish(&text);
}

int
main(void)
{
    snprintf(t.place, sizeof t.place, "/tmp/berdua-editor-XXXXXX");
    if (!mkdtemp(t.place))
        return 1;
    setenv("HOME", t.place, 1);
    setenv("XDG_STATE_HOME", t.place, 1);
    setenv("LC_ALL", "C", 1); /* the editor must find a UTF-8 locale by itself */
    char inputrc[128];
    snprintf(inputrc, sizeof inputrc, "%s/.inputrc", t.place);
    setenv("INPUTRC", inputrc, 1);
    write_file(".inputrc", "set bell-style audible\n"
                           "set show-mode-in-prompt on\n"
                           "no-such-thing here\n"
                           "$if berdua\n"
                           "\"\\e\\t\": \"for berdua\"\n"
                           "$endif\n"
                           "\"\\e\\C-g\": \"makan\\rtidur\\r!\"\n"
                           "\"\\e\\C-v\": vi-editing-mode\n"
                           "\"\\e\\C-n\": print-last-kbd-macro\n"
                           "\"\\e\\C-o\": dump-functions\n"
                           "set keymap vi-insert\n"
                           "\"\\e\\C-e\": emacs-editing-mode\n"
                           "set keymap vi-command\n"
                           "\"\\e\\C-e\": emacs-editing-mode\n");
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(emacs_keys_edit_and_enter_accepts),
        T(a_blank_text_is_not_accepted),
        T(characters_of_several_bytes_are_edited_whole),
        T(a_lone_escape_is_not_kept_as_meta_for_the_next_key),
        T(unbound_sequences_type_nothing),
        T(a_paste_is_undone_at_once_and_holds_no_controls),
        T(a_paste_ends_what_waits_for_a_key),
        T(up_and_down_move_between_lines_before_the_history),
        T(search_shows_its_prompt_and_enter_sends_what_it_found),
        T(completion_completes_the_unique_and_reports_the_several),
        T(a_text_set_after_a_visit_to_the_history_leaves_the_history_whole),
        T(the_owner_may_set_a_text_while_one_is_accepted),
        T(a_macro_is_run_to_its_end),
        T(sequences_of_the_keymap_reach_the_owner_and_readlines_own_still_work),
        T(inputrc_is_honoured_vi_mode_included),
        T(nothing_is_ever_written_to_the_terminal_nor_exported),
        T(history_keeps_entries_of_several_lines_in_a_private_file),
        T(a_fifo_as_history_is_neither_read_nor_written),
        T(a_long_history_file_is_cut_to_its_newest_entries),
        T(an_external_editor_gets_the_text_and_gives_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
