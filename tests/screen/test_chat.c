/* The screen of `berdua chat`, as the operator meets it. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "cli.h"
#include "table.h"

#define ALT "\033"

static void
two_columns_stream_and_the_panel_tells_how(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "fault=hang after=2 gap=10 text=Tentu saja, begini caranya");
    standin_rule(t->llama, "fault=hang after=2 gap=10 text=Jangan sungkan ya Kak");
    struct screen *s = table_start(t, 40, 120);
    assert_non_null(strstr(screen_row(s, 0), "berdua"));
    table_say(t, "aku malu bertanya");
    screen_expect(s, "Tentu saja,");
    screen_expect(s, "Jangan sungkan");
    screen_expect(s, "streaming");
    screen_expect(s, "first token");
    int left, right, row_left, row_right;
    assert_true(screen_find(s, "Tentu saja,", &row_left, &left));
    assert_true(screen_find(s, "Jangan sungkan", &row_right, &right));
    assert_int_equal(row_left, row_right);
    assert_true(left < right);
    assert_true(screen_shows(s, "aku malu bertanya"));
    screen_assert_clean_output(s);
}

static void
keys_are_echoed_while_answers_stream(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "fault=endless gap=5");
    standin_rule(t->llama, "fault=endless gap=5");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    screen_expect(s, "lagi lagi lagi");
    screen_type(s, "zqx sementara itu");
    screen_expect(s, "> zqx sementara itu");
}

static void
a_verdict_is_called_saved_and_is_in_the_store(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "text=Jawaban pertama.");
    standin_rule(t->llama, "text=Jawaban kedua.");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "mana yang lebih baik?");
    screen_expect(s, "Jawaban pertama.");
    screen_expect(s, "Jawaban kedua.");
    table_expect_done(s);
    assert_false(screen_shows(s, "saved"));
    screen_type(s, ALT "2");
    screen_expect(s, "saved");
    table_leave(t);
    struct cli_result r;
    cli_run(&r, t->place, (const char *const[]){"sessions", "list", NULL}, NULL);
    assert_int_equal(r.code, 0);
    char id[27] = "";
    assert_int_equal(sscanf(r.out.p, "%26s", id), 1);
    cli_finish(&r);
    cli_run(&r, t->place, (const char *const[]){"sessions", "show", id, "--json", NULL}, NULL);
    if (strstr(r.out.p, "\"llama\"") == NULL || strstr(r.out.p, "verdict") == NULL)
        cli_show(&r);
    assert_int_equal(r.code, 0);
    assert_non_null(strstr(r.out.p, "verdict"));
    assert_non_null(strstr(r.out.p, "Jawaban kedua."));
    cli_finish(&r);
}

static void
a_verdict_of_a_killed_program_was_saved_when_it_said_so(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    table_expect_done(s);
    screen_type(s, ALT "3");
    screen_expect(s, "saved");
    screen_destroy(&t->screen); /* KILL */
    struct cli_result r;
    cli_run(&r, t->place, (const char *const[]){"sessions", "list", NULL}, NULL);
    char id[27] = "";
    assert_int_equal(sscanf(r.out.p, "%26s", id), 1);
    cli_finish(&r);
    cli_run(&r, t->place, (const char *const[]){"sessions", "show", id, "--json", NULL}, NULL);
    assert_non_null(strstr(r.out.p, "\"tie\""));
    cli_finish(&r);
}

static void
the_second_turn_reuses_the_connection_and_carries_the_history(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "match=\"kedua kali\" text=Lagi.");
    standin_rule(t->claude, "text=Pertama.");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    screen_expect(s, "Pertama.");
    table_expect_done(s);
    table_say(t, "kedua kali");
    screen_expect(s, "Lagi.");
    struct standin_request *r = standin_request(t->claude, standin_count(t->claude) - 1);
    assert_true(r->nth > 0);
    assert_non_null(strstr(r->body, "halo"));
    assert_non_null(strstr(r->body, "kedua kali"));
    standin_request_free(&r);
}

static void
one_failing_side_names_its_cause_and_the_other_answers(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "status=401");
    standin_rule(t->llama, "text=Aku di sini.");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    screen_expect(s, "Aku di sini.");
    screen_expect(s, "failed");
    screen_expect(s, "key");
    assert_false(screen_raw_holds(s, CLAUDE_KEY, strlen(CLAUDE_KEY)));
    table_leave(t);
    assert_false(place_holds(t->place, CLAUDE_KEY));
}

static void
cancel_ends_both_at_once_and_the_server_sees_it(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "fault=hang after=1 text=satu dua");
    standin_rule(t->llama, "fault=hang_head");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    screen_expect(s, "satu");
    screen_type(s, "\003");
    screen_expect(s, "cancelled");
    assert_true(standin_wait_client_close(t->claude, standin_count(t->claude) - 1, patience_ms()));
    assert_true(standin_wait_client_close(t->llama, standin_count(t->llama) - 1, patience_ms()));
    screen_type(s, "masih hidup");
    screen_expect(s, "> masih hidup");
}

static void
regenerate_asks_again_and_shows_the_new_answer(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "times=1 text=Versi lama.");
    standin_rule(t->claude, "text=Versi baru.");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    screen_expect(s, "Versi lama.");
    table_expect_done(s);
    screen_type(s, ALT "r");
    screen_expect(s, "Versi baru.");
    screen_expect_gone(s, "Versi lama.");
}

static void
scrolled_up_the_view_stays_and_counts_new_lines(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "match=panjang fault=endless gap=3 after=400 count=400");
    standin_rule(t->llama, "text=Pendek.");
    struct screen *s = table_start(t, 30, 120);
    table_say(t, "cerita panjang");
    screen_expect(s, "lagi lagi");
    for (int i = 0; i < 20; i++)
        screen_type(s, ALT "[5~");
    screen_expect(s, "t1 t2 ");
    screen_expect(s, "new line");
    for (int i = 0; i < 40; i++)
        screen_type(s, ALT "[6~");
    screen_expect_gone(s, "new line");
}

static void
a_resize_at_any_moment_keeps_the_text_and_the_input(void **state)
{
    static const int sizes[][2] = {{60, 200}, {30, 100}, {24, 80}, {10, 40}, {1, 1},
                                   {12, 60},  {3, 5},    {50, 30}, {30, 100}};
    struct table *t = *state;
    standin_rule(t->claude, "fault=endless gap=5 after=3 text=Awal sekali begini");
    standin_rule(t->llama, "text=Tetap di sini.");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    screen_expect(s, "lagi lagi");
    screen_type(s, "ketikan");
    screen_expect(s, "> ketikan");
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        screen_resize(s, sizes[i][0], sizes[i][1]);
        if (sizes[i][1] >= 40) {
            screen_expect(s, "> ketikan");
            screen_expect(s, "lagi");
        }
    }
    screen_expect(s, "berdua");
    screen_assert_clean_output(s);
}

static void
every_size_starts_answers_and_ends(void **state)
{
    static const int sizes[][2] = {{60, 200}, {30, 100}, {24, 80}, {10, 40}, {1, 1}};
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct table *t;
        table_clear(state);
        table_set(state);
        t = *state;
        standin_rule(t->claude, "text=Inilah jawabannya.");
        struct screen *s = table_start(t, sizes[i][0], sizes[i][1]);
        table_say(t, "halo");
        if (sizes[i][1] >= 40)
            screen_expect(s, "Inilah jawabannya.");
        assert_true(standin_wait_count(t->claude, 1, patience_ms()));
        screen_assert_clean_output(s);
        table_leave(t);
    }
}

static void
slash_commands_complete_and_misspelt_ones_are_explained(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 30, 120);
    screen_type(s, "/ret\t");
    screen_expect(s, "> /retry");
    screen_type(s, "\025/retyr\r"); /* Ctrl-U clears first */
    screen_expect(s, "no command /retyr");
    screen_expect(s, "/retry");
    assert_int_equal(standin_count(t->claude), 0);
    screen_type(s, "\025");
    table_say(t, "//bukan perintah");
    struct standin_request *r = standin_request(t->claude, 0);
    assert_non_null(strstr(r->body, "\"/bukan perintah\""));
    standin_request_free(&r);
}

static void
a_paste_of_several_lines_waits_for_enter(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 30, 120);
    screen_paste(s, "baris satu\nbaris dua\033[31m\rbaris tiga");
    screen_expect(s, "baris satu");
    screen_expect(s, "baris tiga");
    assert_int_equal(standin_count(t->claude), 0);
    table_say(t, "!");
    struct standin_request *r = standin_request(t->claude, 0);
    assert_non_null(strstr(r->body, "baris satu\\nbaris dua"));
    assert_non_null(strstr(r->body, "baris tiga!"));
    assert_null(strstr(r->body, "\\u001b"));
    standin_request_free(&r);
}

static void
a_paste_that_comes_in_pieces_is_one_paste(void **state)
{
    struct table *t = *state;
    static const char whole[] = "\033[200~satu\ndua\033[201~";
    struct screen *s = table_start(t, 30, 120);
    for (size_t i = 0; i + 1 < sizeof(whole); i++) {
        screen_send(s, whole + i, 1);
        screen_settle(s, 2);
    }
    screen_expect(s, "dua");
    assert_int_equal(standin_count(t->claude), 0);
}

static void
a_lone_escape_is_a_key_and_eats_none(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 30, 120);
    screen_type(s, "awal");
    screen_expect(s, "> awal");
    size_t before, after;
    screen_raw(s, &before);
    screen_type(s, "\033");
    do { /* the focus change is painted once the escape is resolved */
        screen_settle(s, 60);
        screen_raw(s, &after);
    } while (after == before);
    screen_type(s, "i");
    screen_settle(s, 60);
    screen_type(s, " lanjut");
    screen_expect(s, "> awal lanjut");
}

static void
the_arrow_brings_back_what_was_sent(void **state)
{
    struct table *t = *state;
    struct screen *s = table_start(t, 30, 120);
    table_say(t, "pesan yang dulu");
    table_expect_done(s);
    screen_type(s, "\033[A");
    screen_expect(s, "> pesan yang dulu");
}

static void
the_editor_gets_the_text_and_gives_it_back(void **state)
{
    struct table *t = *state;
    place_write(t->place, "edit.sh", "#!/bin/sh\nprintf ' dari luar' >>\"$1\"\n");
    char *path = place_path(t->place, "edit.sh");
    char *visual = xasprintf("VISUAL=sh %s", path);
    place_setenv(t->place, visual);
    struct screen *s = table_start(t, 30, 120);
    screen_type(s, "teks");
    screen_expect(s, "> teks");
    screen_type(s, "\030\005");
    screen_expect(s, "dari luar");
    table_say(t, "");
    struct standin_request *r = standin_request(t->claude, 0);
    assert_non_null(strstr(r->body, "teks"));
    assert_non_null(strstr(r->body, "dari luar"));
    standin_request_free(&r);
    free(visual);
    free(path);
}

static bool
no_cell_has_a_colour(struct screen *s)
{
    for (int r = 0; r < screen_rows(s); r++) {
        for (int c = 0; c < screen_cols(s); c++) {
            struct screen_cell cell;
            screen_cell(s, r, c, &cell);
            if (!cell.default_fg || !cell.default_bg)
                return false;
        }
    }
    return true;
}

static void
no_color_means_none(void **state)
{
    struct table *t = *state;
    place_setenv(t->place, "NO_COLOR=1");
    struct screen *s = table_start(t, 30, 120);
    table_say(t, "halo");
    table_expect_done(s);
    assert_true(no_cell_has_a_colour(s));
}

static void
an_interrupted_answer_is_there_at_the_next_start(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "fault=hang after=3 text=sebagian saja sudah tiba");
    standin_rule(t->llama, "text=Lengkap.");
    struct screen *s = table_start(t, 40, 120);
    table_say(t, "halo");
    screen_expect(s, "sebagian saja sudah");
    screen_expect(s, "Lengkap.");
    struct cli_result r;
    for (bool stored = false; !stored;) { /* the checkpoint comes within a second or so */
        cli_run(&r, t->place, (const char *const[]){"sessions", "list", NULL}, NULL);
        char id[27] = "";
        bool listed = sscanf(r.out.p, "%26s", id) == 1;
        cli_finish(&r);
        if (!listed)
            continue;
        cli_run(&r, t->place, (const char *const[]){"sessions", "show", id, "--json", NULL}, NULL);
        stored = strstr(r.out.p, "sebagian saja sudah") != NULL;
        cli_finish(&r);
    }
    screen_destroy(&t->screen); /* KILL */
    t->screen = s =
        screen_start(t->place, (const char *const[]){"chat", "--continue", NULL}, 40, 120);
    screen_expect(s, "sebagian saja sudah");
    screen_expect(s, "cut");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(two_columns_stream_and_the_panel_tells_how),
        AT_A_TABLE(keys_are_echoed_while_answers_stream),
        AT_A_TABLE(a_verdict_is_called_saved_and_is_in_the_store),
        AT_A_TABLE(a_verdict_of_a_killed_program_was_saved_when_it_said_so),
        AT_A_TABLE(the_second_turn_reuses_the_connection_and_carries_the_history),
        AT_A_TABLE(one_failing_side_names_its_cause_and_the_other_answers),
        AT_A_TABLE(cancel_ends_both_at_once_and_the_server_sees_it),
        AT_A_TABLE(regenerate_asks_again_and_shows_the_new_answer),
        AT_A_TABLE(scrolled_up_the_view_stays_and_counts_new_lines),
        AT_A_TABLE(a_resize_at_any_moment_keeps_the_text_and_the_input),
        AT_A_TABLE(every_size_starts_answers_and_ends),
        AT_A_TABLE(slash_commands_complete_and_misspelt_ones_are_explained),
        AT_A_TABLE(a_paste_of_several_lines_waits_for_enter),
        AT_A_TABLE(a_paste_that_comes_in_pieces_is_one_paste),
        AT_A_TABLE(a_lone_escape_is_a_key_and_eats_none),
        AT_A_TABLE(the_arrow_brings_back_what_was_sent),
        AT_A_TABLE(the_editor_gets_the_text_and_gives_it_back),
        AT_A_TABLE(no_color_means_none),
        AT_A_TABLE(an_interrupted_answer_is_there_at_the_next_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
