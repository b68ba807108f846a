#include "unit/unit.h"

#include "decoding.h"

#define A PROVIDER_ANTHROPIC

#define EV(type, rest) "event: " type "\ndata: {\"type\":\"" type "\"" rest "}\n\n"
#define START(usage)                                                                               \
    EV("message_start",                                                                            \
       ",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","               \
       "\"content\":[],\"model\":\"claude-x\",\"stop_reason\":null,\"usage\":" usage "}")
#define OPEN(i, block) EV("content_block_start", ",\"index\":" i ",\"content_block\":" block)
#define TEXT(i, text)                                                                              \
    EV("content_block_delta",                                                                      \
       ",\"index\":" i ",\"delta\":{\"type\":\"text_delta\",\"text\":\"" text "\"}")
#define THINK(i, text)                                                                             \
    EV("content_block_delta",                                                                      \
       ",\"index\":" i ",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"" text "\"}")
#define CLOSE(i)        EV("content_block_stop", ",\"index\":" i)
#define DELTA(d, usage) EV("message_delta", ",\"delta\":" d ",\"usage\":" usage)
#define STOP            EV("message_stop", "")
#define TEXT_BLOCK      "{\"type\":\"text\",\"text\":\"\"}"
#define USAGE           "{\"input_tokens\":12,\"output_tokens\":1}"
#define HELLO           START(USAGE) OPEN("0", TEXT_BLOCK) TEXT("0", "Halo, ") TEXT("0", "Kak")

static void
every_capture_gives_its_text_usage_and_end(void **state)
{
    (void)state;
    static const struct capture captures[] = {
        {"anth_blocks.sse", "anth_blocks.text", FINISH_LENGTH, "max_tokens", "tiny", 54, 6, 18, -1},
        {"anth_short.sse", "anth_short.text", FINISH_LENGTH, "max_tokens", "slow", 24, 24, 0, -1},
        {"anth_stopseq.sse", "anth_stopseq.text", FINISH_STOP, "end_turn", "tiny", 24, 5, 23, -1},
        {"anth_think.sse", "anth_think.text", FINISH_STOP, "end_turn", "tiny-think", 16, 170, 15,
         978},
        {"anth_nonstream.json", "anth_nonstream.text", FINISH_LENGTH, "max_tokens", "tiny", 24, 24,
         23, -1},
    };
    for (size_t i = 0; i < sizeof captures / sizeof captures[0]; i++)
        assert_capture(A, &captures[i]);
}

static void
usage_is_cumulative_and_null_keeps_what_was_told(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, A,
         START("{\"input_tokens\":12,\"cache_creation_input_tokens\":100,"
               "\"cache_read_input_tokens\":1000,\"output_tokens\":1}") OPEN("0", TEXT_BLOCK)
             TEXT("0", "x") DELTA("{\"stop_reason\":null}", "{\"output_tokens\":3}")
                 DELTA("{\"stop_reason\":\"end_turn\",\"stop_details\":null}",
                       "{\"input_tokens\":null,\"cache_read_input_tokens\":null,"
                       "\"output_tokens\":7,\"output_tokens_details\":{\"thinking_tokens\":4}}")
                     STOP);
    assert_int_equal(h.end->usage.input, 1112);
    assert_int_equal(h.end->usage.cache_read, 1000);
    assert_int_equal(h.end->usage.cache_write, 100);
    assert_int_equal(h.end->usage.output, 7);
    assert_int_equal(h.end->usage.thinking, 4);
    assert_string_equal(h.end->model, "claude-x");
    heard_finish(&h);
}

static void
thinking_and_unknown_blocks_are_never_text(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, A,
         START(USAGE) OPEN("0", "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
             THINK("0", "secret") OPEN("1", TEXT_BLOCK) TEXT("0", "hidden") TEXT("1", "shown")
                 OPEN("2", "{\"type\":\"redacted_thinking\",\"data\":\"abc\"}")
                     OPEN("3", "{\"type\":\"server_tool_use\",\"name\":\"x\",\"text\":\"no\"}")
                         TEXT("3", "no") EV("content_block_delta",
                                            ",\"index\":1,\"delta\":{\"type\":\"citations_delta\"}")
                             DELTA("{\"stop_reason\":\"end_turn\"}", "{}") STOP);
    assert_string_equal(h.text.p, "shown");
    assert_int_equal(h.thinking, 12);
    assert_int_equal(h.end->finish, FINISH_STOP);
    heard_finish(&h);
}

static void
thinking_without_text_is_told_and_no_text_is_seen(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, A,
         START(USAGE) OPEN("0", "{\"type\":\"thinking\",\"thinking\":\"\"}") OPEN("1", TEXT_BLOCK)
             TEXT("1", " \\n") DELTA("{\"stop_reason\":\"end_turn\"}", "{}") STOP);
    assert_int_equal(h.thinking, 0);
    assert_false(h.end->text_seen);
    heard_finish(&h);
}

static void
unknown_events_fields_and_values_are_ignored(void **state)
{
    (void)state;
    assert_hears(A,
                 EV("ping", "") HELLO EV("moon_phase", ",\"text\":\"x\"")
                     EV("content_block_delta", ",\"index\":0,\"delta\":{\"type\":\"smell_delta\"}")
                         EV("content_block_delta", ",\"index\":\"0\",\"delta\":[]") EV(
                             "content_block_delta",
                             "") "event: other\ndata: not json\n\n"
                                 "event: message_weather\ndata: {\"type\":\"message_weather\"}\n\n"
                                 ": a comment\n\n" CLOSE("0")
                                     DELTA("{\"stop_reason\":\"tired\"}", "null") STOP,
                 "Halo, Kak", FINISH_STOP);
}

static void
json_may_be_padded_and_lines_may_end_in_crlf(void **state)
{
    (void)state;
    assert_hears(A,
                 "\xEF\xBB\xBF"
                 "event:message_start\r\ndata:{\"type\":\"message_start\"}      \r\n\r\n"
                 "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                 "{\"type\":\"text_delta\",\"text\":\"a\xC3\xA9\"}}\t \r\n\r\n"
                 "data: {\"type\":\"message_stop\"}   \r\n\r\n",
                 "a\xC3\xA9", FINISH_STOP);
}

static void
only_message_stop_is_a_proper_end(void **state)
{
    (void)state;
    assert_hears(A, HELLO DELTA("{\"stop_reason\":\"end_turn\"}", "{}"), "Halo, Kak", FINISH_NONE);
    assert_hears(A, HELLO "event: content_block_delta\ndata: {\"type\":\"content_bl", "Halo, Kak",
                 FINISH_NONE);
    assert_hears(A, "", "", FINISH_NONE);
    /* Its last blank line may be missing. */
    assert_hears(A, HELLO "event: message_stop\ndata: {\"type\":\"message_stop\"}", "Halo, Kak",
                 FINISH_STOP);
}

static void
nothing_is_read_after_the_end(void **state)
{
    (void)state;
    assert_hears(A, HELLO STOP TEXT("0", "more") EV("error", ""), "Halo, Kak", FINISH_STOP);
}

static void
an_output_count_of_the_start_is_not_the_answers(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, A, HELLO);
    assert_int_equal(h.end->usage.output, UNKNOWN);
    assert_int_equal(h.end->usage.input, 12);
    heard_finish(&h);
}

static void
stop_reasons_become_ends(void **state)
{
    (void)state;
    static const struct {
        const char *reason;
        enum finish finish;
    } table[] = {
        {"end_turn", FINISH_STOP},     {"stop_sequence", FINISH_STOP},
        {"tool_use", FINISH_STOP},     {"pause_turn", FINISH_STOP},
        {"max_tokens", FINISH_LENGTH}, {"model_context_window_exceeded", FINISH_LENGTH},
        {"refusal", FINISH_REFUSED},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char body[4096];
        snprintf(body, sizeof body,
                 "%sdata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\"}}\n\n%s",
                 HELLO, table[i].reason, STOP);
        assert_hears(A, body, "Halo, Kak", table[i].finish);
    }
}

static void
a_refusal_says_why(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, A,
         START(USAGE) DELTA("{\"stop_reason\":\"refusal\",\"stop_details\":{\"type\":\"refusal\","
                            "\"category\":\"cyber\",\"explanation\":\"not\\nthis\"}}",
                            "{}") STOP);
    assert_int_equal(h.end->finish, FINISH_REFUSED);
    assert_int_equal(h.end->error, ERR_NONE);
    assert_string_equal(h.end->error_message, "cyber: not this");
    heard_finish(&h);
}

static void
an_error_event_after_text_fails_with_its_kind(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, A,
         HELLO EV("error", ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\","
                           "\"details\":null},\"request_id\":\"req_x\"") TEXT("0", "late"));
    assert_string_equal(h.text.p, "Halo, Kak");
    assert_int_equal(h.end->finish, FINISH_ERROR);
    assert_int_equal(h.end->error, ERR_OVERLOADED);
    assert_string_equal(h.end->error_message, "Overloaded");
    assert_string_equal(h.end->request_id, "req_x");
    heard_finish(&h);
}

static void
llama_servers_bare_error_event_is_an_error(void **state)
{
    (void)state;
    assert_fails(A,
                 HELLO "event: error\ndata: {\"code\":500,\"message\":\"slot broke\","
                       "\"type\":\"server_error\"}\n\n",
                 ERR_SERVER, "slot broke");
    assert_fails(A,
                 HELLO "data: {\"code\":503,\"message\":\"m\",\"type\":\"unavailable_error\"}\n\n",
                 ERR_OVERLOADED, "m");
    assert_fails(A, HELLO "event: error\ndata: it broke\n\n", ERR_SERVER, "it broke");
}

static void
an_error_document_or_a_web_page_fails(void **state)
{
    (void)state;
    struct buf body;
    read_data("captures/anth_err_overflow.json", &body);
    assert_fails(A, body.p, ERR_CONTEXT_LENGTH, "exceeds the available context size");
    buf_finish(&body);
    assert_fails(
        A, "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}",
        ERR_RATE_LIMIT, "slow");
    assert_fails(A, "<!doctype html><html></html>", ERR_PROTOCOL, "web page");
    assert_fails(A, "{\"ok\":true}", ERR_PROTOCOL, "unknown shape");
    assert_fails(A, "{\"type\":\"message\",\"content\":[{\"type\":\"te", ERR_PROTOCOL,
                 "not valid JSON");
}

static void
an_event_that_is_not_json_is_a_protocol_error(void **state)
{
    (void)state;
    assert_fails(A, HELLO "event: content_block_delta\ndata: {\"type\":\n\n", ERR_PROTOCOL,
                 "not valid JSON");
}

static void
hostile_strings_arrive_mended(void **state)
{
    (void)state;
    assert_hears(A,
                 START(USAGE) OPEN("0", TEXT_BLOCK) TEXT("0", "a\\u0000b\\ud83dc\\u001b[2Jd") STOP,
                 "a\xEF\xBF\xBD"
                 "b\xEF\xBF\xBD"
                 "c\x1b[2Jd",
                 FINISH_STOP);
}

static void
absurd_indices_and_counts_do_no_harm(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, A,
         START("{\"input_tokens\":-5,\"output_tokens\":1e300}") OPEN("99999999999", TEXT_BLOCK)
             OPEN("-1", TEXT_BLOCK) OPEN("1e300", TEXT_BLOCK) TEXT("4095", "x")
                 DELTA("{}", "{\"output_tokens\":\"many\"}") STOP);
    assert_string_equal(h.text.p, "x");
    assert_int_equal(h.end->usage.input, UNKNOWN);
    assert_int_equal(h.end->usage.output, UNKNOWN);
    heard_finish(&h);
}

static void
a_character_split_over_two_events_is_joined(void **state)
{
    (void)state;
    assert_hears(A,
                 HELLO TEXT("0", " \\ud83d") EV("ping", "") TEXT("0", "\\ude00!")
                     TEXT("0", "\xE2\x82") TEXT("0", "\xAC") TEXT("0", "\\ud83d")
                         TEXT("0", "x\\ude00") STOP,
                 "Halo, Kak \xF0\x9F\x98\x80!\xE2\x82\xAC\xEF\xBF\xBDx\xEF\xBF\xBD", FINISH_STOP);
    assert_hears(A, HELLO TEXT("0", "\\ud83d") STOP, "Halo, Kak\xEF\xBF\xBD", FINISH_STOP);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_capture_gives_its_text_usage_and_end),
        cmocka_unit_test(usage_is_cumulative_and_null_keeps_what_was_told),
        cmocka_unit_test(thinking_and_unknown_blocks_are_never_text),
        cmocka_unit_test(thinking_without_text_is_told_and_no_text_is_seen),
        cmocka_unit_test(unknown_events_fields_and_values_are_ignored),
        cmocka_unit_test(json_may_be_padded_and_lines_may_end_in_crlf),
        cmocka_unit_test(only_message_stop_is_a_proper_end),
        cmocka_unit_test(nothing_is_read_after_the_end),
        cmocka_unit_test(an_output_count_of_the_start_is_not_the_answers),
        cmocka_unit_test(stop_reasons_become_ends),
        cmocka_unit_test(a_refusal_says_why),
        cmocka_unit_test(an_error_event_after_text_fails_with_its_kind),
        cmocka_unit_test(llama_servers_bare_error_event_is_an_error),
        cmocka_unit_test(an_error_document_or_a_web_page_fails),
        cmocka_unit_test(an_event_that_is_not_json_is_a_protocol_error),
        cmocka_unit_test(hostile_strings_arrive_mended),
        cmocka_unit_test(a_character_split_over_two_events_is_joined),
        cmocka_unit_test(absurd_indices_and_counts_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
