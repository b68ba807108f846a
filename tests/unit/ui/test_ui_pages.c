/* The pages that lie over the conversation. */
#include "scene.h"

#include "berdua/measure/measure.h"

#include "ui/edit/keymap.h"
#include "ui/term/curses.h"

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
        const struct page_ops *ops = ui_kit_pages[a - ACT_HELP];
        char line[64];
        s->asked = ACT_NONE;
        snprintf(line, sizeof line, "/%s\r", action_info((enum action)a)->command);
        type(s, line);
        snprintf(line, sizeof line, "\n  %s", ops->title);
        expect(s, line);
        assert_int_equal(s->asked, ops->load ? a : ACT_NONE);
        if (ops->load)
            ui_show(s->ui, (enum action)a, doc_create());
        type(s, a == ACT_KEYS ? "\033\033" : "q");
        expect(s, "answer 0 of halo");
    }
}

static void
what_is_typed_narrows_a_list_and_what_is_chosen_is_opened(void **state)
{
    struct scene *s = *state;
    type(s, "/sessions\r");
    expect(s, "looking …");
    struct doc *d = doc_create();
    doc_item(d, "ID1", "today", "visa pertama", "2 turns");
    doc_item(d, "ID2", "yesterday", "canang \033[2Jsari", "1 turn");
    doc_preview(d, "ID1");
    doc_text(d, "what was said", 13);
    ui_show(s->ui, ACT_SESSIONS, d);
    expect(s, "▸ today");
    expect(s, "what was said");
    assert_string_equal(s->marked, "(none)");
    type(s, "\033[B");
    expect(s, "▸ yesterday");
    expect_gone(s, "what was said");
    assert_string_equal(s->marked, "ID2");
    type(s, "Qé "); /* letters look for a text, also q */
    expect(s, "/ Qé");
    assert_string_equal(s->argument, "Qé ");
    assert_string_equal(s->marked, "(none)");
    type(s, "\033[B\r");
    expect_performed(s, ACT_SESSIONS, "ID2");
    expect_gone(s, "yesterday");
    ui_show(s->ui, ACT_SESSIONS, doc_create()); /* too late: dropped */
}

static void
the_page_of_keys_tells_what_each_key_sends_and_does(void **state)
{
    struct scene *s = *state;
    type(s, "/keys\r");
    expect(s, "Press any key");
    type(s, "\033[15~");
    expect(s, "Esc [15~");
    expect(s, "verdict-left: the left answer is better");
    type(s, "\001j\030\003\032");
    expect(s, "beginning-of-line");
    expect(s, "line-down: a line down");
    expect(s, "begins a sequence");
    expect(s, "clear-or-cancel"); /* told, not done */
    expect(s, "suspend");
    type(s, "\033[1;7;9z");
    expect(s, "no name");
    assert_int_equal(s->performed_count, 0);
    type(s, "\033\033");
    expect_gone(s, "no name");
}

static void
a_long_text_to_look_for_is_cut_between_characters(void **state)
{
    struct scene *s = *state;
    type(s, "/sessions ");
    for (int i = 0; i < 40; i++)
        type(s, "\u00e9");
    expect(s, "\u00e9\u00e9\u00e9");
    type(s, "\r");
    expect(s, "looking …");
    type(s, "\177x");
    expect(s, "\u00e9x");
    char wanted[62] = "";
    for (int i = 0; i < 30; i++) /* 31 of them have room, one was taken back */
        memcpy(wanted + 2 * i, "\u00e9", 2);
    wanted[60] = 'x';
    assert_string_equal(s->argument, wanted);
}

static void
help_shows_the_live_keys_and_closes(void **state)
{
    struct scene *s = *state;
    type(s, "\033OP");
    expect(s, "Keys and commands");
    expect(s, "Alt-1");
    expect(s, "Judge");
    expect(s, "/adopt claude|llama");
    type(s, "/BOTH");
    expect_gone(s, "/adopt"); /* only what holds it, under its heading */
    expect(s, "Judge");
    expect(s, "both are equally good");
    expect(s, "/ BOTH_");
    type(s, "\025x/z");
    expect(s, "nothing here holds that");
    type(s, "\033");
    expect(s, "/adopt claude|llama");
    type(s, "\t");
    expect(s, "Messages");
    type(s, "q");
    expect(s, "Type a message and press Enter");
}

static void
help_names_every_command_once_in_a_group(void **state)
{
    (void)state;
    struct err err = {{0}};
    static const struct config config = {.key_count = 0};
    static const struct ui_facts facts = {.user = "x"};
    struct keymap *k = keymap_create(&config, &err);
    struct doc *d = doc_create();
    struct buf b;
    buf_init(&b, 1 << 20);
    page_help.fill(d, &(struct page_view){.facts = &facts, .keymap = k, .cols = 120});
    doc_print(d, 120, &b);
    for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
        char command[40];
        snprintf(command, sizeof command, "/%s", action_info((enum action)a)->command);
        size_t n = strlen(command);
        int found = 0;
        for (const char *p = b.p; (p = strstr(p, command)); p += n)
            found += p[n] == ' ' || p[n] == '\n';
        if (found != 1)
            fail_msg("%s stands there %d times", command, found);
    }
    buf_finish(&b);
    doc_destroy(&d);
    keymap_destroy(&k);
}

/* Of the first of these letters that are shown. */
static short
colour_of(const char *letters)
{
    char row[1024];
    for (int y = 0; y < getmaxy(newscr); y++) {
        mvwinnstr(newscr, y, 0, row, sizeof row - 1);
        const char *at = strstr(row, letters);
        if (!at)
            continue;
        short fg = -1, bg;
        pair_content((short)PAIR_NUMBER(mvwinch(newscr, y, (int)(at - row))), &fg, &bg);
        return fg;
    }
    fail_msg("no %s", letters);
    return -1;
}

static void
scores_of_both_answers_stand_beside_each_other(void **state)
{
    struct scene *s = *state;
    struct err err;
    struct measure *m = measure_create(NULL, &err);
    s->facts.measure = m;
    complete(s, add_turn(s, "halo"));
    type(s, "/why\r");
    expect(s, "CLAUDE  LLAMA"); /* in one row, each in its own colour */
    assert_int_not_equal(colour_of("CLAUDE"), colour_of("LLAMA"));
    expect(s, "  considerate");
    expect(s, "CLAUDE is too short: ");
    type(s, "q");
    expect(s, "answer 0 of");
    s->facts.measure = NULL;
    measure_destroy(&m);
}

static void
a_hidden_answer_is_not_explained(void **state)
{
    struct scene *s = *state;
    struct err err;
    struct measure *m = measure_create(NULL, &err);
    struct turn *t = add_turn(s, "halo");
    s->facts.measure = m;
    buf_append_str(&t->answers[BRAIN_LLAMA].text, "rahasia");
    t->answers[BRAIN_LLAMA].role = ROLE_SHADOW;
    t->mode = MODE_SHADOW;
    complete(s, t);
    type(s, "/why\r");
    expect(s, "CLAUDE is too short: ");
    expect_gone(s, "rahasia");
    expect_gone(s, "LLAMA");
    type(s, "q");
    expect(s, "/reveal shows it");
    s->facts.measure = NULL;
    measure_destroy(&m);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SCREEN_TEST(the_context_page_shows_what_claude_was_told_and_follows_what_comes_late),
        SCREEN_TEST(a_page_from_outside_is_asked_for_and_shown_only_while_it_is_open),
        SCREEN_TEST(every_row_of_the_table_is_a_page_with_its_command),
        cmocka_unit_test(help_names_every_command_once_in_a_group),
        SCREEN_TEST(what_is_typed_narrows_a_list_and_what_is_chosen_is_opened),
        SCREEN_TEST(the_page_of_keys_tells_what_each_key_sends_and_does),
        SCREEN_TEST(help_shows_the_live_keys_and_closes),
        SCREEN_TEST(scores_of_both_answers_stand_beside_each_other),
        SCREEN_TEST(a_hidden_answer_is_not_explained),
        SCREEN_TEST(a_long_text_to_look_for_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
