/* The side panel: what the panel says of a message: its route, context and shadow, and what is the matter with a brain. */
#include "panel_kit.h"

static void
a_failure_says_its_cause_in_words_and_cannot_write_to_the_terminal(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    a->status = STATUS_FAILED;
    a->phase = PHASE_ENDED;
    a->error.kind = ERR_AUTH;
    a->error.http_status = 401;
    a->error.message = xstrdup("bad \x1b[31m key\x07");
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "failed"));
    assert_non_null(row_with(s, "the key was not accepted"));
    for (int i = 0; i < s->panel.count; i++)
        for (const char *p = s->panel.lines[i].text.p; *p; p++)
            assert_true((unsigned char)*p >= 0x20);
    struct buf note;
    buf_init(&note, 1024);
    words_note(&note, s->turn, BRAIN_LLAMA);
    assert_non_null(strstr(note.p, "Check api_key"));
    buf_finish(&note);
}

static void
a_long_failure_ends_with_a_sign_that_there_is_more(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    a->status = STATUS_FAILED;
    a->error.kind = ERR_BREAKER_OPEN;
    a->error.message = xstrdup("llama has failed 2 times in a row; it is tried again in 3599 s");
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "paused after repeated"));
    assert_non_null(row_with(s, "it is tried again"));
    assert_non_null(row_with(s, "…"));
    a->error.kind = ERR_NONE;
    s->facts.brain[BRAIN_LLAMA].paused = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "paused after failures"));
}

static void
a_context_is_seen_to_be_awaited_and_then_where_it_came_from(void **state)
{
    struct scene *s = *state;
    make_full(s);
    s->turn->answers[BRAIN_CLAUDE].phase = PHASE_CONTEXT;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "context                120 of 200 ms"));
    assert_non_null(row_with(s, "awaits context"));
    s->turn->asked[BRAIN_LLAMA] = false;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "awaits context as context"));
    s->turn->asked[BRAIN_LLAMA] = true;
    uint64_t waiting = panel_signature(&s->view);
    s->turn->answers[BRAIN_CLAUDE].phase = PHASE_WAITING;
    s->turn->context.source = CONTEXT_SAVED;
    s->turn->context.started_us = 203000;
    s->turn->context.why = xstrdup("not ready within 200 ms");
    assert_true(panel_signature(&s->view) != waiting);
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "context                saved, 203 ms"));
    assert_non_null(row_with(s, "LLAMA's is on its way"));
    s->turn->context.answer.status = STATUS_COMPLETE;
    s->turn->context.late_us = 913000;
    s->turn->context.saved = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "late after 913 ms, kept"));
    s->turn->context.late_us = UNKNOWN;
    s->turn->context.answer.status = STATUS_FAILED;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "not ready within 200 ms"));
}

static void
a_cancelled_wait_is_not_shown_to_go_on(void **state)
{
    struct scene *s = *state;
    make_full(s);
    s->turn->answers[BRAIN_CLAUDE].status = STATUS_CANCELLED;
    s->turn->answers[BRAIN_CLAUDE].phase = PHASE_ENDED;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "120 of 200 ms"));
    assert_non_null(row_with(s, "context"));
}

static void
a_shadow_is_named_with_the_key_that_shows_it(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    make_full(s);
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "shadow, runs unseen"));
    buf_append_str(&a->text, "Jangan sungkan");
    a->status = STATUS_COMPLETE;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "shadow is in; Alt-s shows it"));
    s->turn->revealed = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "shadow, shown"));
}

static void
a_brain_that_was_not_asked_has_dashes_beside_the_other(void **state)
{
    struct scene *s = *state;
    make_full(s);
    s->turn->asked[BRAIN_LLAMA] = false;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "as context"));
    int first_tokens = 0;
    for (int i = 0; i < s->panel.count; i++)
        first_tokens += strstr(s->panel.lines[i].text.p, "first token") != NULL;
    assert_int_equal(first_tokens, 1);
}

static void
a_bucket_is_a_percentage_like_the_share_that_it_is_held_against(void **state)
{
    struct scene *s = *state;
    make_full(s);
    panel_make(&s->panel, &s->view, 45, 42);
    assert_non_null(row_with(s, "at 25 %, bucket 66.17 %"));
}

static void
that_claude_was_told_of_the_user_is_seen_beside_and_beneath_the_answers(void **state)
{
    struct scene *s = *state;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "memory"));
    s->turn->memory_told = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_string_equal(row_with(s, "memory"), "memory                told (/memory)");
    strip_make(&s->panel, &s->view, 4, 80);
    assert_non_null(row_with(s, "memory told"));
}

/* What the columns say themselves is not repeated beside them. */
static void
why_an_answer_failed_is_said_once_where_both_answers_are_in_sight(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    a->retry_why = xstrdup("overloaded (HTTP 503)");
    a->phase = PHASE_RETRYING;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "LLAMA retried: overloaded"));
    s->view.beside = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "overloaded"));
    a->phase = PHASE_STREAMING; /* its column no longer says so */
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "LLAMA retried: overloaded"));
    a->status = STATUS_FAILED;
    a->error.kind = ERR_OVERLOADED;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "overloaded"));
    s->view.beside = false;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "LLAMA: the server is overloaded"));
    s->view.beside = true;
    a->role = ROLE_SHADOW; /* of a hidden one its column says nothing */
    s->turn->mode = MODE_SHADOW;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "LLAMA: the server is overloaded"));
}

static void
the_last_line_of_the_strip_tells_route_shadow_and_context_on_eighty_columns(void **state)
{
    struct scene *s = *state;
    make_full(s);
    s->turn->context.started_us = 154000;
    s->turn->context.source = CONTEXT_LLAMA;
    strip_make(&s->panel, &s->view, 4, 80);
    assert_int_equal(s->panel.count, 4);
    assert_string_equal(s->panel.lines[3].text.p,
                        " emotional · at 25 %: CLAUDE · shadow runs · context LLAMA, 154 ms");
    strip_make(&s->panel, &s->view, 4, 120);
    assert_non_null(strstr(s->panel.lines[3].text.p, "emotional"));
    for (int cols = 1; cols < 140; cols++) {
        strip_make(&s->panel, &s->view, 4, cols);
        for (int i = 0; i < 4; i++)
            assert_true(s->panel.lines[i].cols <= cols);
    }
}

static void
a_hidden_shadow_shows_no_score_before_it_is_revealed(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    make_full(s);
    buf_append_str(&a->text, "Jangan sungkan");
    a->status = STATUS_COMPLETE;
    a->words = 60;
    a->warmth = .77;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, ".77"));
    strip_make(&s->panel, &s->view, 4, 100);
    assert_null(row_with(s, ".77"));
    s->turn->revealed = true;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, ".77"));
}

static void
how_long_a_server_starts_up_stands_beside_how_long_it_usually_takes(void **state)
{
    struct scene *s = *state;
    struct answer *a = &s->turn->answers[BRAIN_LLAMA];
    a->status = STATUS_RUNNING;
    a->phase = PHASE_WARMING;
    a->started_us = 1000000;
    s->view.now_us = 18900000;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_string_equal(row_with(s, "starting up"), "LLAMA: starting up 17 s");
    assert_null(row_with(s, "usual"));
    s->facts.brain[BRAIN_LLAMA].cold_starts =
        (struct cold_starts){.count = 6, .low_us = 44600000, .high_us = 90400000};
    panel_make(&s->panel, &s->view, 45, 36);
    assert_string_equal(row_with(s, "starting up"), "LLAMA: starting up 17 s");
    assert_string_equal(row_with(s, "usual"), "usual 45–90 s (6 starts)");
    panel_make(&s->panel, &s->view, 45, 58);
    assert_string_equal(row_with(s, "usual"), "LLAMA: starting up 17 s, usual 45–90 s (6 starts)");
    s->facts.brain[BRAIN_LLAMA].cold_starts =
        (struct cold_starts){.count = 1, .low_us = 82000000, .high_us = 82000000};
    strip_make(&s->panel, &s->view, 4, 80);
    assert_non_null(row_with(s, "starting up 17 s, usual 82 s (1 start)"));
    strip_make(&s->panel, &s->view, 1, 80);
    assert_non_null(row_with(s, "starting up 17 s"));
}

static void
a_warm_up_is_told_after_a_second_and_its_failure_until_there_is_something_newer(void **state)
{
    struct scene *s = *state;
    struct answer woken;
    answer_init(&woken, BRAIN_LLAMA);
    woken.started_us = 1000000;
    s->turn->answers[BRAIN_LLAMA].status = STATUS_COMPLETE;
    s->facts.brain[BRAIN_LLAMA].warm_up = &woken;
    s->view.now_us = 1900000; /* a server that is awake answers before anybody could read of it */
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "starting up"));
    uint64_t before = panel_signature(&s->view);
    s->view.now_us = 4000000;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "LLAMA: starting up 3 s"));
    s->view.turn = NULL;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_non_null(row_with(s, "LLAMA: starting up 3 s"));
    woken.status = STATUS_FAILED;
    woken.error.kind = ERR_AUTH;
    woken.error.http_status = 401;
    s->view.turn = s->turn;
    assert_true(panel_signature(&s->view) != before);
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "starting up"));
    assert_non_null(row_with(s, "LLAMA was not woken: the key was not"));
    assert_null(row_with(s, "failed"));
    s->view.turn = NULL;
    strip_make(&s->panel, &s->view, 4, 80);
    assert_non_null(row_with(s, "not woken: the key was not accepted (HTTP 401)"));
    s->view.turn = s->turn;
    woken.error.kind = ERR_CANCELLED;
    woken.status = STATUS_CANCELLED;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "woken"));
    s->turn->answers[BRAIN_LLAMA].status = STATUS_RUNNING; /* what is asked now counts */
    woken.status = STATUS_RUNNING;
    panel_make(&s->panel, &s->view, 45, 36);
    assert_null(row_with(s, "starting up"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PANEL_TEST(a_failure_says_its_cause_in_words_and_cannot_write_to_the_terminal),
        PANEL_TEST(a_long_failure_ends_with_a_sign_that_there_is_more),
        PANEL_TEST(a_context_is_seen_to_be_awaited_and_then_where_it_came_from),
        PANEL_TEST(a_cancelled_wait_is_not_shown_to_go_on),
        PANEL_TEST(a_shadow_is_named_with_the_key_that_shows_it),
        PANEL_TEST(a_brain_that_was_not_asked_has_dashes_beside_the_other),
        PANEL_TEST(a_bucket_is_a_percentage_like_the_share_that_it_is_held_against),
        PANEL_TEST(that_claude_was_told_of_the_user_is_seen_beside_and_beneath_the_answers),
        PANEL_TEST(why_an_answer_failed_is_said_once_where_both_answers_are_in_sight),
        PANEL_TEST(the_last_line_of_the_strip_tells_route_shadow_and_context_on_eighty_columns),
        PANEL_TEST(a_hidden_shadow_shows_no_score_before_it_is_revealed),
        PANEL_TEST(how_long_a_server_starts_up_stands_beside_how_long_it_usually_takes),
        PANEL_TEST(a_warm_up_is_told_after_a_second_and_its_failure_until_there_is_something_newer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
