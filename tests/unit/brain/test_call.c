#include "unit/unit.h"

#include "calls.h"

#include <signal.h>

/* ---- scripts ---- */

static bool
whole_answer(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_stream(fd);
    peer_delta(fd, "Hel");
    peer_delta(fd, "lo");
    peer_finish_reason(fd, "stop");
    peer_chunk(fd, "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,"
                   "\"total_tokens\":11}}\n\n");
    peer_done(fd);
    return true;
}

static void
an_answer_comes_as_events_and_the_next_call_reuses_the_connection(void **state)
{
    (void)state;
    struct peer *p = peer_start(whole_answer, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "/v1");
    for (int i = 0; i < 3; i++) {
        struct outcome o = caller_run(&c);
        assert_int_equal(strncmp(o.trace, "ScC1d", 5), 0);
        assert_int_equal(o.trace[strlen(o.trace) - 1], '.');
        assert_string_equal(o.text.p, "Hello");
        struct call_result *r = o.result;
        assert_int_equal(r->status, STATUS_COMPLETE);
        assert_int_equal(r->error.kind, ERR_NONE);
        assert_null(r->error.message);
        assert_int_equal(r->usage.input, 9);
        assert_int_equal(r->usage.output, 2);
        assert_false(r->usage.estimated);
        assert_string_equal(r->model, "m-real");
        assert_string_equal(r->stop_reason, "stop");
        assert_int_equal(r->retries, 0);
        assert_false(r->cold);
        assert_false(r->simulated);
        assert_true(r->times.connect_us <= r->times.first_byte_us);
        assert_true(r->times.first_byte_us <= r->times.ttft_us);
        assert_true(r->times.ttft_us <= r->times.total_us);
        assert_true(r->times.queue_us == UNKNOWN);
        assert_true(i == 0 ? o.connect_us > 0 : o.connect_us == 0);
        outcome_finish(&o);
    }
    peer_stop(p);
    assert_int_equal(atomic_load(&p->accepted), 1);
    peer_free(p);
    caller_finish(&c);
}

static bool
busy_then_answer(struct peer *p, int fd, const char *request, int number)
{
    if (number < *(int *)p->arg) {
        peer_respond(fd, 529, "retry-after-ms: 7\r\nContent-Type: application/json\r\n",
                     "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":"
                     "\"Overloaded\"}}");
        return true;
    }
    return whole_answer(p, fd, request, number);
}

static void
an_overloaded_peer_is_asked_again_after_the_time_it_names(void **state)
{
    (void)state;
    int busy = 2;
    struct peer *p = peer_start(busy_then_answer, &busy);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    struct outcome o = caller_run(&c);
    assert_int_equal(strncmp(o.trace, "ScCRcCRcC1d", 11), 0);
    assert_int_equal(o.retry_ms, 7);
    assert_non_null(strstr(o.retry_why, "verloaded"));
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    assert_int_equal(o.result->retries, 2);
    outcome_finish(&o);

    busy = 1000; /* for good: the third failure is the end */
    o = caller_run(&c);
    assert_string_equal(o.trace, "ScCRcCRcC.");
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_int_equal(o.result->error.kind, ERR_OVERLOADED);
    assert_int_equal(o.result->error.http_status, 529);
    assert_int_equal(o.result->retries, 2);
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

static bool
deny_and_echo_the_key(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)number;
    assert_non_null(strstr(request, "Authorization: Bearer sk-very-secret-0123456789\r\n"));
    peer_respond(fd, 401, "request-id: r\xff\x1b\r\nx-request-id: req_42\r\n",
                 "{\"error\":{\"message\":\"Bad key sk-very-secret-0123456789 (sk-very-secret-0)\","
                 "\"type\":\"authentication_error\",\"code\":401}}");
    return true;
}

static void
a_refused_key_is_told_without_showing_it(void **state)
{
    (void)state;
    setenv("BERDUA_TEST_KEY", "sk-very-secret-0123456789", 1);
    struct peer *p = peer_start(deny_and_echo_the_key, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "/v1");
    c.conf.api_key.env = (char *)"BERDUA_TEST_KEY";
    struct outcome o = caller_run(&c);
    assert_string_equal(o.trace, "ScC.");
    assert_int_equal(o.result->error.kind, ERR_AUTH);
    assert_int_equal(o.result->error.http_status, 401);
    assert_string_equal(o.result->error.request_id, "req_42");
    assert_non_null(strstr(o.result->error.message, "Bad key"));
    assert_null(strstr(o.result->error.message, "sk-very-secret"));
    outcome_finish(&o);
    peer_stop(p);
    assert_int_equal(atomic_load(&p->requests), 1);
    peer_free(p);
    unsetenv("BERDUA_TEST_KEY");

    o = caller_run(&c); /* no key at all: nothing is sent */
    assert_string_equal(o.trace, "S.");
    assert_int_equal(o.result->error.kind, ERR_AUTH);
    assert_non_null(strstr(o.result->error.message, "BERDUA_TEST_KEY"));
    outcome_finish(&o);
    caller_finish(&c);
}

static bool
cut_after_text(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_stream(fd);
    peer_delta(fd, "half an answer");
    return false;
}

static void
a_stream_cut_after_text_keeps_the_text_and_is_not_asked_again(void **state)
{
    (void)state;
    struct peer *p = peer_start(cut_after_text, NULL);
    struct caller c;
    char aside[401] = {0};
    memset(aside, 'a', sizeof aside - 1);
    caller_start(&c, PROVIDER_OPENAI, p, "");
    c.aside = aside; /* it is paid for like the rest of the prompt */
    struct outcome o = caller_run(&c);
    assert_string_equal(o.trace, "ScC1d.");
    assert_string_equal(o.text.p, "half an answer");
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_int_equal(o.result->error.kind, ERR_STREAM_CUT);
    assert_string_equal(o.result->error.request_id, "req_1");
    assert_true(o.result->usage.estimated);
    assert_int_equal(o.result->usage.output, 4);
    assert_true(o.result->usage.input > 100);
    outcome_finish(&o);
    peer_stop(p);
    assert_int_equal(atomic_load(&p->requests), 1);
    peer_free(p);
    caller_finish(&c);
}

static bool
end_without_final_event(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_stream(fd);
    peer_delta(fd, "text");
    peer_send(fd, "0\r\n\r\n");
    return true;
}

static void
a_body_that_ends_without_the_final_event_is_a_cut_stream(void **state)
{
    (void)state;
    struct peer *p = peer_start(end_without_final_event, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_int_equal(o.result->error.kind, ERR_STREAM_CUT);
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

static bool
error_event_after_text(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_stream(fd);
    peer_delta(fd, "text");
    peer_chunk(fd, "data: {\"error\":{\"message\":\"engine died\",\"type\":\"InternalServerError\","
                   "\"param\":null,\"code\":500}}\n\n");
    return false;
}

static void
an_error_event_wins_over_the_broken_connection_after_it(void **state)
{
    (void)state;
    struct peer *p = peer_start(error_event_after_text, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_int_equal(o.result->error.kind, ERR_SERVER);
    assert_non_null(strstr(o.result->error.message, "engine died"));
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

static bool
silence(struct peer *p, int fd, const char *request, int number)
{
    (void)fd;
    (void)request;
    (void)number;
    if (p->arg)
        cancel_fire(p->arg);
    return true;
}

static bool
pings_for_ever(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_stream(fd);
    for (int i = 0; i < 20; i++)
        peer_chunk(fd, ": ping\n\n");
    return true;
}

static bool
text_then_silence(struct peer *p, int fd, const char *request, int number)
{
    (void)request;
    (void)number;
    peer_stream(fd);
    peer_delta(fd, "text");
    if (p->arg)
        cancel_fire(p->arg);
    return true;
}

static void
check_limit(bool (*script)(struct peer *, int, const char *, int), struct call_limits limits,
            enum error_kind kind, const char *word)
{
    struct peer *p = peer_start(script, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    c.limits = limits;
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_TIMEOUT);
    assert_int_equal(o.result->error.kind, kind);
    assert_non_null(strstr(o.result->error.message, word));
    assert_int_equal(o.result->retries, 0);
    assert_null(strchr(o.trace, 'R'));
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

static void
each_limit_has_its_own_reason(void **state)
{
    (void)state;
    check_limit(silence, (struct call_limits){9000, 40, 9000, 9000, 2}, ERR_TIMEOUT,
                "no first byte came within 40 ms");
    check_limit(pings_for_ever, (struct call_limits){9000, 40, 9000, 9000, 2}, ERR_TIMEOUT,
                "first token");
    check_limit(silence, (struct call_limits){9000, 9000, 9000, 40, 2}, ERR_TIMEOUT, "finished");
    check_limit(text_then_silence, (struct call_limits){9000, 9000, 40, 9000, 2}, ERR_STALLED,
                "stalled");
    check_limit(text_then_silence, (struct call_limits){9000, 9000, 9000, 60, 2}, ERR_TIMEOUT,
                "finished");
}

static bool
fail_and_cancel(struct peer *p, int fd, const char *request, int number)
{
    (void)request;
    (void)number;
    peer_respond(fd, 429, "retry-after: 50\r\n", "{}");
    cancel_fire(p->arg);
    return true;
}

static void
check_cancel(bool (*script)(struct peer *, int, const char *, int))
{
    struct cancel *cancel = cancel_create();
    struct peer *p = peer_start(script, cancel);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    c.cancel = cancel;
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_CANCELLED);
    assert_int_equal(o.result->error.kind, ERR_CANCELLED);
    if (script != fail_and_cancel) /* there the retry may be announced before the cancel comes */
        assert_null(strchr(o.trace, 'R'));
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
    cancel_unref(&cancel);
}

static void
cancel_ends_it_at_any_moment(void **state)
{
    (void)state;
    check_cancel(silence);
    check_cancel(text_then_silence);
    check_cancel(fail_and_cancel);
}

static bool
redirect(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_respond(fd, 301, "Location: https://elsewhere.example/v1\r\n", "");
    return true;
}

static bool
web_page(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_respond(fd, 200, "Content-Type: text/html; charset=utf-8\r\n", "<html>Welcome</html>");
    return true;
}

static void
what_is_no_answer_is_named(void **state)
{
    (void)state;
    struct peer *p = peer_start(redirect, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->error.kind, ERR_PROTOCOL);
    assert_int_equal(o.result->error.http_status, 301);
    assert_non_null(strstr(o.result->error.message, "redirects are not followed"));
    assert_non_null(strstr(o.result->error.message, "elsewhere.example"));
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);

    p = peer_start(web_page, NULL);
    caller_start(&c, PROVIDER_OPENAI, p, "");
    o = caller_run(&c);
    assert_int_equal(o.result->error.kind, ERR_PROTOCOL);
    assert_non_null(strstr(o.result->error.message, "web page"));
    assert_null(strchr(o.trace, 'R'));
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

static void
nobody_listening_is_tried_again_and_then_told(void **state)
{
    (void)state;
    struct peer *p = peer_start(silence, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    peer_stop(p);
    peer_free(p);
    c.limits.retries = 1;
    struct outcome o = caller_run(&c);
    assert_string_equal(o.trace, "ScRc.");
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_int_equal(o.result->error.kind, ERR_CONNECT);
    assert_int_equal(o.result->retries, 1);
    assert_true(o.result->times.connect_us == UNKNOWN);
    assert_true(o.result->times.ttft_us == UNKNOWN);
    outcome_finish(&o);
    caller_finish(&c);
}

static bool
finish_without_done(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_stream(fd);
    peer_delta(fd, "text");
    peer_finish_reason(fd, "length");
    if (strstr(request, "/done/"))
        peer_chunk(fd, "data: [DONE]\n\n");
    return true; /* and the stream stays open */
}

static void
an_ended_answer_does_not_wait_for_the_server_to_close(void **state)
{
    (void)state;
    static const char *const paths[] = {"/done", ""};
    struct peer *p = peer_start(finish_without_done, NULL);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct caller c;
        caller_start(&c, PROVIDER_OPENAI, p, paths[i]);
        struct outcome o = caller_run(&c);
        assert_int_equal(o.result->status, STATUS_CUT);
        assert_int_equal(o.result->error.kind, ERR_NONE);
        assert_string_equal(o.text.p, "text");
        assert_true(o.result->times.total_us < 60 * US_PER_S);
        outcome_finish(&o);
        caller_finish(&c);
    }
    peer_stop(p);
    peer_free(p);
}

static bool
empty_answer(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_stream(fd);
    peer_delta(fd, " \\n");
    peer_finish_reason(fd, "stop");
    peer_done(fd);
    return true;
}

static void
an_answer_of_blanks_is_empty(void **state)
{
    (void)state;
    struct peer *p = peer_start(empty_answer, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_int_equal(o.result->error.kind, ERR_EMPTY);
    assert_true(o.result->times.ttft_us == UNKNOWN);
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

static bool
answer_then_die(struct peer *p, int fd, const char *request, int number)
{
    if (number == 1)
        return false;
    return whole_answer(p, fd, request, number);
}

static void
a_kept_connection_that_died_is_replaced_visibly_and_at_once(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_then_die, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    struct outcome o = caller_run(&c);
    outcome_finish(&o);
    o = caller_run(&c);
    assert_int_equal(strncmp(o.trace, "ScCRcC1d", 8), 0);
    assert_int_equal(o.retry_ms, 0);
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    assert_int_equal(o.result->retries, 1);
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

static bool
loading_then_answer(struct peer *p, int fd, const char *request, int number)
{
    if (number < 2) {
        peer_respond(fd, 503, "Content-Type: application/json\r\n",
                     "{\"error\":{\"code\":503,\"message\":\"Loading model\","
                     "\"type\":\"unavailable_error\"}}");
        return true;
    }
    return whole_answer(p, fd, request, number);
}

static void
a_server_that_loads_its_model_is_waited_for(void **state)
{
    (void)state;
    struct peer *p = peer_start(loading_then_answer, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    c.limits.retries = 0;
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    assert_int_equal(o.result->retries, 0);
    assert_non_null(strchr(o.trace, 'w'));
    assert_true(o.result->cold);
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);

    p = peer_start(loading_then_answer, NULL);
    free(c.conf.base_url);
    c.conf.base_url = xasprintf("http://127.0.0.1:%d", p->port);
    c.limits.first_token_ms = 100; /* before it asks again */
    o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_TIMEOUT);
    outcome_finish(&o);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_comes_as_events_and_the_next_call_reuses_the_connection),
        cmocka_unit_test(an_overloaded_peer_is_asked_again_after_the_time_it_names),
        cmocka_unit_test(a_refused_key_is_told_without_showing_it),
        cmocka_unit_test(a_stream_cut_after_text_keeps_the_text_and_is_not_asked_again),
        cmocka_unit_test(a_body_that_ends_without_the_final_event_is_a_cut_stream),
        cmocka_unit_test(an_error_event_wins_over_the_broken_connection_after_it),
        cmocka_unit_test(each_limit_has_its_own_reason),
        cmocka_unit_test(cancel_ends_it_at_any_moment),
        cmocka_unit_test(what_is_no_answer_is_named),
        cmocka_unit_test(nobody_listening_is_tried_again_and_then_told),
        cmocka_unit_test(an_ended_answer_does_not_wait_for_the_server_to_close),
        cmocka_unit_test(an_answer_of_blanks_is_empty),
        cmocka_unit_test(a_kept_connection_that_died_is_replaced_visibly_and_at_once),
        cmocka_unit_test(a_server_that_loads_its_model_is_waited_for),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
