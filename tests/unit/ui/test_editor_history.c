#include "editor_kit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* readline remembers how long the text was, and where it is, when the search began. */
static void
a_search_that_a_macro_begins_is_in_the_text_that_was_mended(void **state)
{
    (void)state;
    type("one zebra");
    key("\033\023"); /* the test inputrc: ten bytes of no UTF-8 at the beginning, and a search */
    type("zebra");
    assert_null(strstr(editor_prompt(t.e), "failed"));
    assert_int_equal(editor_cursor(t.e), 10 * strlen("\xef\xbf\xbd") + strlen("one "));
    key("\003");
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

/* readline looks at all of a search's text for each byte of it: minutes for a long line. */
static void
a_search_takes_no_long_line_and_goes_on(void **state)
{
    (void)state;
    struct buf line;
    buf_init(&line, 1 << 20);
    buf_append_str(&line, "awal ");
    while (line.len < 200000)
        buf_append_str(&line, "panjang");
    editor_set_text(t.e, line.p);
    key("\r");
    type("\022awal\027"); /* C-r, C-w: " " and the word behind it */
    type("\031");         /* C-y */
    assert_true(strlen(editor_prompt(t.e)) < 600);
    for (int i = 0; i < 1000; i++)
        type("x");
    assert_true(strlen(editor_prompt(t.e)) < 600);
    type("\007"); /* C-g */
    assert_string_equal(editor_prompt(t.e), "");
    type("ya");
    is("ya", 2);
    buf_finish(&line);
}

/* readline lets an edit grow in place, so that an entry's list is the same and its text is not. */
static void
an_entry_that_was_edited_around_a_search_is_reverted_to_what_it_was(void **state)
{
    (void)state;
    type("satu\ndua\n\020"); /* C-p */
    type("u\022\001");       /* C-r C-a: the search ends with a command */
    type("12");
    is("12duau", 2);
    type("\020\017"); /* C-p C-o: sent, and the next entry comes */
    is("dua", 3);
    assert_string_equal(t.accepted.p, "satu|dua|satu|");
}

/* operate-and-get-next, with edits of entries on the way. */
static void
what_is_sent_from_the_history_is_followed_by_the_next_entry(void **state)
{
    (void)state;
    for (int round = 0; round < 3; round++) {
        type("satu\ndua\ntiga\n");
        type("\020\020\020"); /* C-p */
        is("satu", 4);
        type("!\017"); /* C-o */
        is("dua", 3);
        type("!\017");
        is("tiga", 4);
        type("\017\017\017x\020\016\017");
        editor_set_text(t.e, "");
    }
    assert_string_equal(t.accepted.p, "satu|dua|tiga|satu!|dua!|tiga|satu!|dua!|tigax|"
                                      "satu|dua|tiga|satu!|dua!|tiga|satu!|dua!|tigax|"
                                      "satu|dua|tiga|satu!|dua!|tiga|satu!|dua!|tigax|");
}

/* readline frees the edits of the line there, and knew only the older ones as the entry's. */
static void
vi_mode_on_an_entry_that_was_edited_twice_leaves_the_history_whole(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        type("satu\n");
        type("\020!");        /* C-p */
        type("\016\020?");    /* C-n C-p */
        key("\033\n");        /* vi-editing-mode */
        key("\033");          /* and its command mode */
        key("\033\005");      /* the test inputrc: back to emacs mode */
        type("abcdefghijkl"); /* takes the memory that was freed */
        editor_set_text(t.e, "");
        type("\020");
        is("satu", 4);
        editor_set_text(t.e, "");
    }
}

/* The search left no line to come back to, so text and edits stayed the entry's, and were freed twice. */
static void
behind_the_newest_entry_that_a_search_of_vi_found_stands_an_empty_line(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        type("satu\ndua\n");
        key("\033\n"); /* vi-editing-mode */
        key("\033");
        type("u"); /* readline forgets to free the edits of the line that is searched from */
        type("/sat\n");
        is("satu", 0);
        type("x+");
        is("dua", 0);
        type("x+");
        is("", 0);
        key("\033\005"); /* the test inputrc: back to emacs mode */
        type("\020\020");
        is("atu", 3);
        type("!");
        editor_set_text(t.e, "");
        type("\020");
        is("dua", 3);
        editor_set_text(t.e, "");
    }
}

static void
a_search_that_finds_nothing_leaves_the_entry_as_it_is(void **state)
{
    (void)state;
    type("satu\ndua\nsama\n");
    type("\020\020!"); /* C-p */
    key("\033p");      /* non-incremental-reverse-search-history */
    type("zzz\n");
    is("dua!", 0);
    type("\020\016"); /* C-n */
    is("dua!", 4);
    type("\016\016");
    is("", 0);
    type("\020\005\010\010"); /* C-e C-h */
    is("sa", 2);
    key("\033[5~"); /* the test inputrc: history-search-backward */
    is("satu", 2);
    key("\033[5~");
    is("satu", 2);
    editor_set_text(t.e, "");
    type("draft\001"); /* C-a: a search for nothing only moves */
    key("\033[5~");
    is("sama", 4);
    key("\033[5~");
    is("dua", 3);
    type("!\016\016");
    is("draft", 5);
    editor_set_text(t.e, "");
    key("\033\n"); /* vi-editing-mode */
    key("\033");
    type("u/sat\nx");
    is("atu", 0);
    type("n");
    is("atu", 0);
    type("+");
    is("dua", 0);
    editor_set_text(t.e, "");
}

static void
enter_behind_a_numeric_argument_sends_at_once(void **state)
{
    (void)state;
    type("satu");
    key("\0333");
    key("\r");
    assert_string_equal(t.accepted.p, "satu|");
    is("", 0);
    type("\020!");
    key("\033-");
    key("\r");
    type("\023x\007"); /* C-s, C-g: a search of a line that is gone read freed memory */
    assert_string_equal(t.accepted.p, "satu|satu!|");
    is("", 0);
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EDITOR_TEST(search_shows_its_prompt_and_enter_sends_what_it_found),
        EDITOR_TEST(a_search_that_a_macro_begins_is_in_the_text_that_was_mended),
        EDITOR_TEST(a_text_set_after_a_visit_to_the_history_leaves_the_history_whole),
        EDITOR_TEST(a_search_takes_no_long_line_and_goes_on),
        EDITOR_TEST(an_entry_that_was_edited_around_a_search_is_reverted_to_what_it_was),
        EDITOR_TEST(what_is_sent_from_the_history_is_followed_by_the_next_entry),
        EDITOR_TEST(vi_mode_on_an_entry_that_was_edited_twice_leaves_the_history_whole),
        EDITOR_TEST(behind_the_newest_entry_that_a_search_of_vi_found_stands_an_empty_line),
        EDITOR_TEST(a_search_that_finds_nothing_leaves_the_entry_as_it_is),
        EDITOR_TEST(enter_behind_a_numeric_argument_sends_at_once),
        EDITOR_TEST(history_keeps_entries_of_several_lines_in_a_private_file),
        EDITOR_TEST(a_fifo_as_history_is_neither_read_nor_written),
        EDITOR_TEST(a_long_history_file_is_cut_to_its_newest_entries),
    };
    return cmocka_run_group_tests(tests, editor_kit_home, editor_kit_leave);
}
