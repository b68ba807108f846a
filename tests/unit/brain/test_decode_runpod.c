#include "unit/unit.h"

#include "decoding.h"

#define R PROVIDER_RUNPOD

#define QUEUED               "{\"id\":\"j-u1\",\"status\":\"IN_QUEUE\"}"
#define ITEMS(status, items) "{\"status\":\"" status "\",\"stream\":[" items "]}"
#define ITEM(output)         "{\"output\":" output "}"
#define TOKENS(list, out)                                                                          \
    "{\"choices\":[{\"tokens\":[" list "]}],\"usage\":{\"input\":9,\"output\":" out "}}"
#define LAST ITEMS("COMPLETED", "")

static void
assert_bodies(const char *const *bodies, const char *text, enum finish finish)
{
    struct heard h;
    hear_bodies(&h, R, bodies, NULL);
    assert_string_equal(h.text.p, text);
    assert_int_equal(h.end->finish, finish);
    heard_finish(&h);
}

static void
old_workers_send_lists_of_tokens(void **state)
{
    (void)state;
    struct heard h;
    const char *const bodies[] = {
        ITEMS("IN_PROGRESS", ITEM(TOKENS("\"Ha\",\"lo\"", "2")) "," ITEM(TOKENS("\", Kak\"", "3"))),
        ITEMS("IN_PROGRESS", ""), ITEMS("COMPLETED", ITEM("[" TOKENS("\"!\"", "4") "]")), LAST,
        NULL};
    hear_bodies(&h, R, bodies, NULL);
    assert_string_equal(h.text.p, "Halo, Kak!");
    assert_int_equal(h.end->finish, FINISH_STOP);
    assert_int_equal(h.end->usage.input, 9);
    assert_int_equal(h.end->usage.output, 4);
    assert_true(h.end->text_seen);
    heard_finish(&h);
}

static void
new_workers_send_events_cut_anywhere(void **state)
{
    (void)state;
    struct heard h;
    const char *const bodies[] = {
        QUEUED,
        ITEMS("IN_PROGRESS",
              ITEM("\"da\"") "," ITEM("\"ta: {\\\"choices\\\":[{\\\"delta\\\":{\\\"con\"")),
        ITEMS("IN_PROGRESS",
              ITEM("\"tent\\\":\\\"Ha\\\"}}]}\\n\"") "," ITEM(
                  "\"\\ndata: {\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":"
                  "\\\"lo\\\"},\\\"finish_reason\\\":\\\"length\\\"}],\\\"usage\\\":{"
                  "\\\"prompt_tokens\\\":5,\\\"completion_tokens\\\":2}}\\n\\nda\"")),
        ITEMS("COMPLETED", ITEM("\"ta: [DONE]\\n\\n\"")), LAST,
        /* The aggregate must not double what was streamed. */
        "{\"status\":\"COMPLETED\",\"delayTime\":824,\"executionTime\":3391,\"output\":[\"data: "
        "{\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":\\\"Halo\\\"}}]}\\n\\n\"]}",
        NULL};
    hear_bodies(&h, R, bodies, NULL);
    assert_string_equal(h.text.p, "Halo");
    assert_int_equal(h.end->finish, FINISH_LENGTH);
    assert_string_equal(h.end->stop_reason, "length");
    assert_int_equal(h.end->usage.input, 5);
    assert_int_equal(h.end->usage.output, 2);
    assert_int_equal(h.end->queue_us, 824000);
    assert_int_equal(h.end->execution_us, 3391000);
    assert_int_equal(h.warmings, 1);
    heard_finish(&h);
}

static void
an_event_stream_without_its_last_blank_line_is_whole(void **state)
{
    (void)state;
    const char *const bodies[] = {
        ITEMS("IN_PROGRESS",
              ITEM("\"data: {\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":\\\"x\\\"},"
                   "\\\"finish_reason\\\":\\\"stop\\\"}]}\"")),
        LAST, NULL};
    assert_bodies(bodies, "x", FINISH_STOP);
}

static void
openai_objects_and_plain_strings_are_read(void **state)
{
    (void)state;
    const char *const chunks[] = {
        ITEMS("IN_PROGRESS", ITEM("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}") "," ITEM(
                                 "{\"choices\":[{\"delta\":{\"content\":\"b\"},"
                                 "\"finish_reason\":\"stop\"}],\"model\":\"z\"}")),
        LAST, NULL};
    assert_bodies(chunks, "ab", FINISH_STOP);
    const char *const plain[] = {ITEMS("IN_PROGRESS", ITEM("\"d\"") "," ITEM("\"ad\"")),
                                 ITEMS("COMPLETED", ITEM("\"data: y\"")), LAST, NULL};
    assert_bodies(plain, "daddata: y", FINISH_STOP);
    const char *const bare[] = {"[" ITEM("\"a\"") "," ITEM("\"b\"") "]", "[]", LAST, NULL};
    assert_bodies(bare, "ab", FINISH_STOP);
    const char *const simple[] = {"{\"status\":\"COMPLETED\",\"output\":{\"text\":\"hi\"}}", NULL};
    assert_bodies(simple, "hi", FINISH_STOP);
    const char *const started[] = {ITEMS("IN_PROGRESS", ITEM("\"dat\"")), LAST, NULL};
    assert_bodies(started, "dat", FINISH_STOP);
    const char *const serialised[] = {"{\"status\":\"COMPLETED\",\"output\":[\"{\\\"choices\\\":[{"
                                      "\\\"message\\\":{\\\"content\\\":"
                                      "\\\"hi\\\"},\\\"finish_reason\\\":\\\"stop\\\"}]}\"]}",
                                      NULL};
    assert_bodies(serialised, "hi", FINISH_STOP);
    const char *const own_json[] = {"{\"status\":\"COMPLETED\",\"output\":\"{\\\"mood\\\":1}\"}",
                                    NULL};
    assert_bodies(own_json, "{\"mood\":1}", FINISH_STOP);
}

static void
an_aggregate_is_read_once_and_only_when_nothing_was_streamed(void **state)
{
    (void)state;
    const char *const sync[] = {
        "{\"delayTime\":1,\"executionTime\":2,\"id\":\"s\",\"output\":[" TOKENS(
            "\"Halo\"", "2") "],\"status\":\"COMPLETED\"}",
        NULL};
    assert_bodies(sync, "Halo", FINISH_STOP);
    const char *const twice[] = {QUEUED, ITEMS("COMPLETED", ""),
                                 "{\"status\":\"COMPLETED\",\"output\":[\"Ha\",\"lo\"]}",
                                 "{\"status\":\"COMPLETED\",\"output\":[\"Ha\",\"lo\"]}", NULL};
    assert_bodies(twice, "Halo", FINISH_STOP);
    const char *const progress[] = {"{\"status\":\"IN_PROGRESS\",\"output\":\"loading 3/4\"}",
                                    "{\"status\":\"COMPLETED\",\"output\":\"Halo\"}", NULL};
    assert_bodies(progress, "Halo", FINISH_STOP);
}

static void
the_end_waits_for_the_stream_to_be_empty(void **state)
{
    (void)state;
    struct heard h;
    heard_init(&h, R);
    const char *first = ITEMS("COMPLETED", ITEM("\"a\""));
    heard_feed(&h, first, strlen(first), 0, 0);
    assert_int_equal(decoder_state(h.d)->finish, FINISH_NONE);
    heard_feed(&h, LAST, strlen(LAST), 0, 0);
    assert_int_equal(decoder_state(h.d)->finish, FINISH_STOP);
    heard_finish(&h);
    /* Nobody asked again: COMPLETED still is a proper end. */
    assert_hears(R, first, "a", FINISH_STOP);
}

static void
a_running_job_has_no_end(void **state)
{
    (void)state;
    const char *const bodies[] = {ITEMS("IN_PROGRESS", ITEM("\"a\"")), ITEMS("RUNNING", ""), NULL};
    assert_bodies(bodies, "a", FINISH_NONE);
}

static void
failed_cancelled_and_timed_out_jobs_say_so(void **state)
{
    (void)state;
    assert_fails(R, "{\"status\":\"FAILED\",\"error\":\"CUDA out of memory\"}", ERR_SERVER,
                 "CUDA out of memory");
    assert_fails(
        R,
        "{\"status\":\"FAILED\",\"error\":\"{\\\"error_type\\\":\\\"<class 'ValueError'>\\\","
        "\\\"error_message\\\":\\\"maximum context length is 4096\\\"}\"}",
        ERR_CONTEXT_LENGTH, "maximum context length");
    assert_fails(R, "{\"status\":\"FAILED\"}", ERR_SERVER, "failed");
    assert_fails(R, "{\"status\":\"CANCELLED\",\"stream\":[]}", ERR_CANCELLED, "cancelled");
    assert_fails(R, "{\"status\":\"TIMED_OUT\"}", ERR_TIMEOUT, "time");
    assert_fails(R, "{\"error\":\"no such endpoint\"}", ERR_SERVER, "no such endpoint");
    assert_fails(R, ITEMS("IN_PROGRESS", ITEM("{\"error\":{\"message\":\"bad\",\"code\":400}}")),
                 ERR_BAD_REQUEST, "bad");
    assert_fails(R, "<html>", ERR_PROTOCOL, "not valid JSON");
    assert_fails(R,
                 ITEMS("IN_PROGRESS",
                       ITEM("\"data: {\\\"error\\\":{\\\"message\\\":\\\"died\\\"}}\\n\\n\"")),
                 ERR_SERVER, "died");
}

static void
waiting_in_the_queue_is_warming(void **state)
{
    (void)state;
    struct heard h;
    const char *const bodies[] = {QUEUED, "{\"status\":\"IN_QUEUE\",\"delayTime\":1500}", NULL};
    hear_bodies(&h, R, bodies, NULL);
    assert_int_equal(h.warmings, 2);
    assert_int_equal(h.warming_ms, 1500);
    heard_finish(&h);
}

static void
a_character_split_over_two_items_is_joined(void **state)
{
    (void)state;
    const char *const tokens[] = {
        ITEMS("IN_PROGRESS", ITEM("{\"choices\":[{\"tokens\":[\"a\\ud83d\"]}]}")),
        ITEMS("IN_PROGRESS", ITEM("{\"choices\":[{\"tokens\":[\"\\ude00b\"]}]}")), LAST, NULL};
    assert_bodies(tokens,
                  "a\xF0\x9F\x98\x80"
                  "b",
                  FINISH_STOP);
    const char *const strings[] = {ITEMS("IN_PROGRESS", ITEM("\"x\"") "," ITEM("\"a\\ud83d\"")),
                                   ITEMS("IN_PROGRESS", ITEM("\"\\ude00b\"")), LAST, NULL};
    assert_bodies(strings,
                  "xa\xF0\x9F\x98\x80"
                  "b",
                  FINISH_STOP);
    const char *const events[] = {
        ITEMS(
            "IN_PROGRESS",
            ITEM(
                "\"data: "
                "{\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":\\\"\\\\ud83d\\\"}}]}\\n\\n\"")),
        ITEMS(
            "IN_PROGRESS",
            ITEM(
                "\"data: "
                "{\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":\\\"\\\\ude00\\\"}}]}\\n\\n\"")),
        LAST, NULL};
    assert_bodies(events, "\xF0\x9F\x98\x80", FINISH_STOP);
}

static void
nonsense_does_no_harm(void **state)
{
    (void)state;
    const char *const bodies[] = {"null",
                                  "7",
                                  "{\"stream\":7,\"status\":5}",
                                  "[7,null,[[[[[[[[[[[[[\"deep\"]]]]]]]]]]]]],{\"output\":null}]",
                                  "{\"status\":\"MOONING\",\"stream\":[{}]}",
                                  NULL};
    assert_bodies(bodies, "", FINISH_NONE);
}

static void
what_a_workers_server_cached_is_told(void **state)
{
    (void)state;
    struct heard h;
    hear(&h, PROVIDER_RUNPOD,
         "{\"status\":\"COMPLETED\",\"output\":{\"choices\":[{\"message\":{\"content\":\"Hai\"},"
         "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
         "\"prompt_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":3}}}}");
    assert_int_equal(h.end->usage.cache_read, 4);
    assert_int_equal(h.end->usage.cache_write, 3);
    heard_finish(&h);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_workers_server_cached_is_told),
        cmocka_unit_test(old_workers_send_lists_of_tokens),
        cmocka_unit_test(new_workers_send_events_cut_anywhere),
        cmocka_unit_test(an_event_stream_without_its_last_blank_line_is_whole),
        cmocka_unit_test(openai_objects_and_plain_strings_are_read),
        cmocka_unit_test(an_aggregate_is_read_once_and_only_when_nothing_was_streamed),
        cmocka_unit_test(the_end_waits_for_the_stream_to_be_empty),
        cmocka_unit_test(a_running_job_has_no_end),
        cmocka_unit_test(failed_cancelled_and_timed_out_jobs_say_so),
        cmocka_unit_test(waiting_in_the_queue_is_warming),
        cmocka_unit_test(a_character_split_over_two_items_is_joined),
        cmocka_unit_test(nonsense_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
