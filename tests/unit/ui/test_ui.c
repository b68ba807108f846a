#include "unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/loop.h"
#include "berdua/ui/doc.h"
#include "berdua/ui/page.h"
#include "berdua/ui/ui.h"
#include "ui/term/paint.h"

#define PAGE_ROW(id, name, ...) [ACT_##id - ACT_HELP] = &page_##name,
static const struct page_ops *const page_table[PAGE_COUNT] = {UI_PAGES(PAGE_ROW)};

/* The screen on a pseudo-terminal: keys are written to its other end, what is shown is read back from
 * curses. Whatever is waited for is looked for after each pass of the loop. */
enum { PATIENCE_S = 60 };

struct scene {
    int master, saved_in, saved_out;
    struct loop *loop;
    struct loop_timer *patience;
    struct config config;
    struct model_conf models[BRAIN_COUNT];
    struct conversation *conversation;
    struct ui_facts facts;
    struct ui *ui;
    enum action performed; /* the last one */
    char argument[256];
    int performed_count;
    enum action asked;
    const char *wanted; /* text that must be shown, NULL: wait for a perform */
    bool gone;          /* must not be shown any more */
    int wanted_count;
};

static void
perform(void *arg, enum action action, const char *argument)
{
    struct scene *s = arg;
    s->performed = action;
    s->performed_count++;
    snprintf(s->argument, sizeof s->argument, "%s", argument ? argument : "(none)");
}

static void
load_page(void *arg, enum action page, const char *about)
{
    struct scene *s = arg;
    s->asked = page;
    snprintf(s->argument, sizeof s->argument, "%s", about ? about : "(none)");
}

static char *
shown(void)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    paint_dump(&b);
    return buf_take(&b);
}

static int64_t
before_wait(void *arg)
{
    struct scene *s = arg;
    char drained[4096];
    int64_t due = ui_before_wait(s->ui);
    while (read(s->master, drained, sizeof drained) > 0)
        ;
    char *screen = shown();
    if (s->wanted ? (strstr(screen, s->wanted) != NULL) != s->gone
                  : s->performed_count >= s->wanted_count)
        loop_stop(s->loop, 0);
    free(screen);
    return due;
}

static void
patience_ends(void *arg)
{
    loop_stop(((struct scene *)arg)->loop, 1);
}

static void
run_until(struct scene *s)
{
    loop_timer_arm(s->patience, clock_us() + (int64_t)PATIENCE_S * US_PER_S);
    if (loop_run(s->loop) != 0) {
        char *screen = shown();
        dup2(s->saved_out, 1);
        print_message("waited for \"%s\" in:\n%s\n", s->wanted ? s->wanted : "(an action)", screen);
        free(screen);
        fail();
    }
}

static void
expect(struct scene *s, const char *text)
{
    s->wanted = text;
    s->gone = false;
    run_until(s);
}

static void
expect_gone(struct scene *s, const char *text)
{
    s->wanted = text;
    s->gone = true;
    run_until(s);
}

static void
type(struct scene *s, const char *keys)
{
    size_t n = strlen(keys);
    assert_int_equal(write(s->master, keys, n), (ssize_t)n);
}

static void
expect_performed(struct scene *s, enum action action, const char *argument)
{
    s->wanted = NULL;
    s->wanted_count = s->performed_count + 1;
    run_until(s);
    assert_int_equal(s->performed, action);
    if (argument)
        assert_string_equal(s->argument, argument);
}

static void
set_size(struct scene *s, int rows, int cols)
{
    struct winsize w = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    assert_int_equal(ioctl(s->master, TIOCSWINSZ, &w), 0);
}

static void
open_terminal(struct scene *s)
{
    s->master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(s->master >= 0);
    assert_int_equal(grantpt(s->master), 0);
    assert_int_equal(unlockpt(s->master), 0);
    set_size(s, 40, 140);
    int slave = open(ptsname(s->master), O_RDWR | O_NOCTTY);
    assert_true(slave >= 0);
    assert_true(fcntl(s->master, F_SETFL, O_NONBLOCK) == 0);
    fflush(stdout);
    s->saved_in = dup(0);
    s->saved_out = dup(1);
    dup2(slave, 0);
    dup2(slave, 1);
    close(slave);
}

static int
setup(void **state)
{
    struct scene *s = xcalloc(1, sizeof *s);
    struct err err = {{0}};
    char folder[] = "/tmp/berdua-ui-XXXXXX";
    if (!mkdtemp(folder))
        return -1;
    setenv("XDG_STATE_HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("INPUTRC", "/dev/null", 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    open_terminal(s);
    s->config.theme = "dusk";
    s->models[BRAIN_CLAUDE].id = "claude-haiku";
    s->models[BRAIN_LLAMA].id = "zantara";
    for (int b = 0; b < BRAIN_COUNT; b++) {
        s->models[b].tier = "fast";
        s->config.brains[b].models = &s->models[b];
        s->config.brains[b].model_count = 1;
        s->config.brains[b].model = "fast";
        s->facts.brain[b].p50_us = s->facts.brain[b].p95_us = UNKNOWN;
    }
    s->facts.user = "mario";
    s->conversation = conversation_create("mario");
    s->loop = loop_create(&err);
    s->patience = loop_timer_create(s->loop, patience_ends, s);
    const struct ui_ops ops = {
        .arg = s, .perform = perform, .pages = page_table, .load = load_page};
    s->ui = ui_create(&s->config, s->loop, &ops, s->conversation, &s->facts, true, &err);
    if (!s->ui) {
        dup2(s->saved_out, 1);
        print_message("%s\n", err.text);
        return -1;
    }
    loop_set_before_wait(s->loop, before_wait, s);
    *state = s;
    return 0;
}

static int
teardown(void **state)
{
    struct scene *s = *state;
    ui_destroy(&s->ui);
    loop_timer_destroy(&s->patience);
    loop_destroy(&s->loop);
    conversation_destroy(&s->conversation);
    dup2(s->saved_in, 0);
    dup2(s->saved_out, 1);
    close(s->saved_in);
    close(s->saved_out);
    close(s->master);
    free(s);
    return 0;
}

static struct turn *
add_turn(struct scene *s, const char *message)
{
    struct turn *t = turn_create(message);
    snprintf(t->id, sizeof t->id, "%zu", s->conversation->count);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->asked[b] = true;
        t->answers[b].phase = PHASE_STREAMING;
        t->answers[b].times.ttft_us = 212000;
        t->answers[b].started_us = clock_us();
        buf_printf(&t->answers[b].text, "answer %d of %s", b, message);
        t->answers[b].revision++;
    }
    conversation_append(s->conversation, t);
    ui_changed(s->ui, UI_NOW);
    return t;
}

static void
complete(struct scene *s, struct turn *t)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->answers[b].status = STATUS_COMPLETE;
        t->answers[b].phase = PHASE_ENDED;
        t->answers[b].revision++;
    }
    t->served = t->canonical = BRAIN_CLAUDE;
    ui_changed(s->ui, UI_NOW);
}

static void
what_is_typed_is_sent_and_both_answers_stand_side_by_side(void **state)
{
    struct scene *s = *state;
    expect(s, "berdua · parallel · user mario");
    type(s, "aku malu\r");
    expect_performed(s, ACT_SEND, "aku malu");
    add_turn(s, "aku malu");
    expect(s, "● CLAUDE  streaming");
    expect(s, "answer 0 of aku malu");
    expect(s, "answer 1 of aku malu");
    expect(s, "first token        212 ms     212 ms");
    expect(s, "\n>\n");
}

static void
slash_commands_do_what_keys_do_and_a_double_slash_is_text(void **state)
{
    struct scene *s = *state;
    type(s, "/left\r");
    expect_performed(s, ACT_VERDICT_LEFT, "(none)");
    type(s, "/mode shadow\r");
    expect_performed(s, ACT_MODE, "shadow");
    type(s, "//etc is a folder\r");
    expect_performed(s, ACT_SEND, "/etc is a folder");
    type(s, "/hepl\r");
    expect(s, "did you mean /help?");
    expect(s, "> /hepl");
    type(s, "\003/adopt\r");
    expect(s, "/adopt claude|llama");
}

static void
verdict_keys_work_in_both_focuses(void **state)
{
    struct scene *s = *state;
    complete(s, add_turn(s, "halo"));
    type(s, "\0332");
    expect_performed(s, ACT_VERDICT_RIGHT, NULL);
    type(s, "\033");
    expect(s, "i write");
    type(s, "3");
    expect_performed(s, ACT_VERDICT_TIE, NULL);
    type(s, "i");
    expect(s, "Esc browse");
    struct turn *t = conversation_last(s->conversation);
    t->verdict.kind = VERDICT_LLAMA;
    t->verdict.saving = true;
    ui_changed(s->ui, UI_NOW);
    expect(s, "LLAMA better · saving");
    t->verdict.saving = false;
    ui_changed(s->ui, UI_NOW);
    expect(s, "LLAMA better · saved");
    expect(s, "★ better");
}

static void
ctrl_c_cancels_then_clears_then_quits(void **state)
{
    struct scene *s = *state;
    struct turn *t = add_turn(s, "halo");
    type(s, "half a message");
    expect(s, "> half a message");
    type(s, "\003");
    expect_performed(s, ACT_CANCEL, NULL);
    complete(s, t);
    type(s, "\003");
    expect_gone(s, "half a message");
    type(s, "\003");
    expect(s, "press Ctrl-C again to quit");
    type(s, "x\003");
    expect_gone(s, "> x");
    type(s, "\003");
    expect(s, "press Ctrl-C again to quit");
    type(s, "\003");
    expect_performed(s, ACT_QUIT, NULL);
}

static void
a_note_and_a_search_are_asked_for_and_the_draft_comes_back(void **state)
{
    struct scene *s = *state;
    complete(s, add_turn(s, "needle in the first"));
    for (int i = 0; i < 30; i++)
        complete(s, add_turn(s, "hay"));
    type(s, "a draft");
    expect(s, "> a draft");
    type(s, "\033n");
    expect(s, "note:");
    type(s, "too cold\r");
    expect_performed(s, ACT_NOTE, "too cold");
    expect(s, "> a draft");
    type(s, "\033");
    expect(s, "i write");
    type(s, "/");
    expect(s, "\n/");
    type(s, "NEEDLE\r");
    expect(s, "needle in the first");
    expect(s, "more below");
    type(s, "G");
    expect_gone(s, "more below");
    type(s, "/nowhere at all\r");
    expect(s, "not found: nowhere at all");
}

static void
scrolled_up_new_lines_are_counted_and_older_turns_asked_for_once(void **state)
{
    struct scene *s = *state;
    s->conversation->older = true;
    for (int i = 0; i < 30; i++)
        complete(s, add_turn(s, "hay"));
    expect(s, "hay");
    type(s, "\033[5~");
    expect(s, "more below");
    add_turn(s, "the newest");
    expect(s, "new line");
    type(s, "\033");
    expect(s, "i write");
    type(s, "g");
    expect_performed(s, ACT_OLDER, NULL);
    int before = s->performed_count;
    type(s, "gkkk1");
    expect_performed(s, ACT_VERDICT_LEFT, NULL);
    assert_int_equal(s->performed_count, before + 1);
    type(s, "G");
    expect(s, "the newest");
}

static void
any_size_is_survived_and_the_screen_comes_back(void **state)
{
    struct scene *s = *state;
    static const int sizes[][2] = {{1, 1},   {2, 3},   {3, 200}, {10, 40},
                                   {24, 60}, {24, 80}, {200, 5}};
    struct turn *t = add_turn(s, "halo");
    for (int i = 0; i < 200; i++)
        buf_printf(&t->answers[0].text, " word%d **bold** 表情 😊", i);
    t->answers[0].revision++;
    complete(s, t);
    expect(s, "word199");
    char *before = shown();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        set_size(s, sizes[i][0], sizes[i][1]);
        ui_resized(s->ui);
        ui_before_wait(s->ui);
        type(s, "\033[5~");
        ui_before_wait(s->ui);
        ui_resized(s->ui);
        type(s, "\033[6~");
        ui_before_wait(s->ui);
    }
    set_size(s, 40, 140);
    ui_resized(s->ui);
    expect(s, "word199");
    expect(s, "● CLAUDE");
    char *after = shown();
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
hostile_text_never_reaches_the_terminal_raw(void **state)
{
    struct scene *s = *state;
    static const char bad[] = "x\x1b[2J\x1b]52;c;aGk=\x07\xc2\x9b"
                              "31m\xe2\x80\xae"
                              "evil\xff";
    s->facts.notice.serial++;
    s->facts.notice.text = bad;
    s->facts.user = bad;
    s->conversation->title = xstrdup(bad);
    struct turn *t = add_turn(s, bad);
    buf_append_str(&t->answers[0].text, bad);
    t->answers[0].model = xstrdup(bad);
    t->answers[1].status = STATUS_FAILED;
    t->answers[1].error.kind = ERR_SERVER;
    t->answers[1].error.message = xstrdup(bad);
    t->answers[1].revision++;
    ui_changed(s->ui, UI_NOW);
    expect(s, "the server failed");
    char *screen = shown();
    for (const char *p = screen; *p; p++)
        assert_true((unsigned char)*p >= 0x20 || *p == '\n');
    assert_null(strstr(screen, "\xc2\x9b"));
    assert_null(strstr(screen, "\xe2\x80\xae"));
    free(screen);
}

static void
say(struct scene *s, const char *text)
{
    s->facts.notice.serial++;
    s->facts.notice.text = text;
    ui_changed(s->ui, UI_NOW);
}

static void
the_second_of_two_equal_notices_is_shown_too(void **state)
{
    static const char same[] = "LLAMA is not asked";
    struct scene *s = *state;
    say(s, same);
    expect(s, same);
    type(s, "/nonsense\r");
    expect(s, "no command /nonsense");
    ui_changed(s->ui, UI_NOW); /* nothing new was said */
    type(s, "x");
    expect(s, "no command /nonsense");
    say(s, same);
    expect(s, same);
}

static void
an_unfinished_paste_waits_in_sight_and_sends_nothing(void **state)
{
    struct scene *s = *state;
    type(s, "\033[200~one\r");
    expect(s, "paste not finished: waiting for the rest · Esc gives it up");
    type(s, "two\r\033[201~");
    expect_gone(s, "paste not finished");
    expect(s, "> one\n  two\n");
    type(s, "\003\033[200~three\r");
    expect(s, "paste not finished");
    type(s, "\033");
    expect(s, "> three");
    expect(s, "the rest of the paste is left out · Esc ends that");
    type(s, "4\r/quit\r\033[201~");
    expect_gone(s, "left out");
    assert_int_equal(s->performed_count, 0);
    type(s, "!\r");
    expect_performed(s, ACT_SEND, "three\n!");
}

static void
lines_without_the_marks_of_a_paste_are_not_sent_one_by_one(void **state)
{
    struct scene *s = *state;
    type(s, "one\rtwo\r");
    expect(s, "> one\n  two\n");
    assert_int_equal(s->performed_count, 0);
    type(s, "\r");
    expect_performed(s, ACT_SEND, "one\ntwo\n");
}

static void
what_is_not_saved_is_said_as_long_as_it_is_true(void **state)
{
    struct scene *s = *state;
    struct turn *t = add_turn(s, "halo");
    complete(s, t);
    t->verdict.kind = VERDICT_LLAMA;
    t->verdict.saving = true;
    s->facts.store.waiting = 2;
    s->facts.store.reason = "database is locked";
    s->facts.store.since_wall_us = clock_wall_us();
    ui_changed(s->ui, UI_STATE);
    expect(s, "not saved yet: 2 waiting (database is locked)");
    expect(s, "LLAMA better · not saved yet");
    /* A message neither takes it away nor is kept from being read, whatever the size. */
    static const int sizes[][2] = {{60, 200}, {30, 100}, {24, 80}, {10, 40}, {6, 90}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        set_size(s, sizes[i][0], sizes[i][1]);
        ui_resized(s->ui);
        say(s, "LLAMA retries");
        expect(s, "LLAMA retries");
        expect(s, sizes[i][1] > 40 ? "not saved yet: 2 waiting (database is locked)"
                                   : "not saved yet: 2 waiting");
    }
    s->facts.store.waiting = 0;
    s->facts.store.reason = NULL;
    t->verdict.saving = false;
    t->seq = 1;
    ui_changed(s->ui, UI_STATE);
    expect_gone(s, "not saved");
    expect(s, "LLAMA retries");
}

static void
a_write_that_takes_long_is_said_to_be_on_its_way(void **state)
{
    struct scene *s = *state;
    s->facts.store.waiting = 1;
    s->facts.store.since_wall_us = clock_wall_us();
    ui_changed(s->ui, UI_STATE);
    expect(s, "\n>\n");
    char *screen = shown();
    assert_null(strstr(screen, "saving"));
    free(screen);
    expect(s, "saving: 1 waiting"); /* by itself, a second later */
}

static void
the_context_page_shows_what_claude_was_told_and_follows_what_comes_late(void **state)
{
    struct scene *s = *state;
    struct turn *t = add_turn(s, "aku malu");
    type(s, "/context\r");
    expect(s, "No context was used for this message.");
    type(s, "q");
    expect(s, "answer 0 of");
    t->context.wanted = t->context.asked = true;
    t->context.grace_ms = 200;
    t->context.source = CONTEXT_SAVED;
    t->context.started_us = 203000;
    t->context.why = xstrdup("not ready within 200 ms");
    t->context.text = xstrdup("Shame keeps people from asking \x1b[2Jtwice.");
    t->context.insights = xcalloc(1, sizeof *t->context.insights);
    t->context.insight_count = 1;
    t->context.insights[0] = (struct context_insight){xstrdup("malu"), xstrdup("shame and face"),
                                                      xstrdup("Nobody asks twice."), .81};
    type(s, "\033");
    expect(s, "i write");
    type(s, "c");
    expect(s, "saved: LLAMA wrote it for an earlier message");
    expect(s, "203 ms after the message (at most 200 ms)");
    expect(s, "not ready within 200 ms");
    expect(s, "Shame keeps people from asking");
    expect(s, "0.81");
    expect(s, "shame and face");
    buf_append_str(&t->context.answer.text, "Come gently.");
    t->context.late_us = 913000;
    t->context.saved = true;
    ui_changed(s->ui, UI_STATE);
    expect(s, "913 ms after the message, kept for later ones");
    expect(s, "Come gently.");
    type(s, "c");
    expect(s, "answer 0 of");
}

static void
a_page_from_outside_is_asked_for_and_shown_only_while_it_is_open(void **state)
{
    struct scene *s = *state;
    type(s, "/knowledge\r");
    expect(s, "looking");
    assert_int_equal(s->asked, ACT_KNOWLEDGE);
    assert_string_equal(s->argument, "(none)");
    type(s, "q");
    expect(s, "Type a message");
    complete(s, add_turn(s, "aku malu"));
    type(s, "/knowledge\r");
    expect(s, "looking");
    assert_string_equal(s->argument, "aku malu");
    struct doc *d = doc_create();
    doc_row(d, "source", "%s", "built-in");
    doc_text(d, "a text\x1b[2J of many words, broken where the page ends", 52);
    ui_show(s->ui, ACT_ROUTE, doc_create());
    ui_show(s->ui, ACT_KNOWLEDGE, d);
    expect_gone(s, "looking");
    expect(s, "source    built-in");
    set_size(s, 20, 40);
    ui_resized(s->ui);
    expect(s, "source    built-in");
    set_size(s, 1, 1);
    ui_resized(s->ui);
    ui_before_wait(s->ui);
    set_size(s, 40, 140);
    ui_resized(s->ui);
    expect(s, "broken where the page ends");
    type(s, "q");
    expect(s, "answer 0 of");
    ui_show(s->ui, ACT_KNOWLEDGE, doc_create());
    type(s, "/route halo bli\r");
    expect(s, "message   halo bli");
    assert_int_equal(s->asked, ACT_ROUTE);
    assert_string_equal(s->argument, "halo bli");
    type(s, "q/memory\r");
    expect(s, "Memory");
    assert_string_equal(s->argument, "(none)");
}

static void
every_row_of_the_table_is_a_page_with_its_command(void **state)
{
    struct scene *s = *state;
    add_turn(s, "halo");
    for (int a = ACT_HELP; a < ACT_HELP + PAGE_COUNT; a++) {
        const struct page_ops *ops = page_table[a - ACT_HELP];
        char line[64];
        s->asked = ACT_NONE;
        snprintf(line, sizeof line, "/%s\r", action_info((enum action)a)->command);
        type(s, line);
        snprintf(line, sizeof line, "\n  %s", ops->title);
        expect(s, line);
        assert_int_equal(s->asked, ops->load ? a : ACT_NONE);
        if (ops->load)
            ui_show(s->ui, (enum action)a, doc_create());
        type(s, "q");
        expect(s, "answer 0 of halo");
    }
}

static void
help_shows_the_live_keys_and_closes(void **state)
{
    struct scene *s = *state;
    type(s, "\033OP");
    expect(s, "Keys and commands");
    expect(s, "Alt-1");
    expect(s, "/adopt claude|llama");
    type(s, "\t");
    expect(s, "Messages");
    type(s, "q");
    expect(s, "Type a message and press Enter");
}

int
main(void)
{
#define SCREEN_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        SCREEN_TEST(what_is_typed_is_sent_and_both_answers_stand_side_by_side),
        SCREEN_TEST(slash_commands_do_what_keys_do_and_a_double_slash_is_text),
        SCREEN_TEST(verdict_keys_work_in_both_focuses),
        SCREEN_TEST(ctrl_c_cancels_then_clears_then_quits),
        SCREEN_TEST(a_note_and_a_search_are_asked_for_and_the_draft_comes_back),
        SCREEN_TEST(scrolled_up_new_lines_are_counted_and_older_turns_asked_for_once),
        SCREEN_TEST(any_size_is_survived_and_the_screen_comes_back),
        SCREEN_TEST(hostile_text_never_reaches_the_terminal_raw),
        SCREEN_TEST(the_second_of_two_equal_notices_is_shown_too),
        SCREEN_TEST(an_unfinished_paste_waits_in_sight_and_sends_nothing),
        SCREEN_TEST(lines_without_the_marks_of_a_paste_are_not_sent_one_by_one),
        SCREEN_TEST(what_is_not_saved_is_said_as_long_as_it_is_true),
        SCREEN_TEST(a_write_that_takes_long_is_said_to_be_on_its_way),
        SCREEN_TEST(the_context_page_shows_what_claude_was_told_and_follows_what_comes_late),
        SCREEN_TEST(a_page_from_outside_is_asked_for_and_shown_only_while_it_is_open),
        SCREEN_TEST(every_row_of_the_table_is_a_page_with_its_command),
        SCREEN_TEST(help_shows_the_live_keys_and_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
