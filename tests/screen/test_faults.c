/* What the user is told when a peer misbehaves: status, kind and exit code of `ask --json`, once with
 * Claude misbehaving in the Anthropic form and once with LLAMA in the OpenAI form; the other brain must
 * not be disturbed by it. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "report.h"
#include "standin/standin.h"

#define CALM_TEXT "Aku tidak terganggu."
#define CALM_RULE "text=" CALM_TEXT
#define FFFD      "\xef\xbf\xbd"

enum side { CLAUDE = 1, LLAMA = 2, BOTH = 3 };

struct fault_case {
    const char *name;
    enum side sides;
    const char *rules; /* of the misbehaving side, one a line */
    const char *more;  /* configuration lines of that brain */
    const char *status, *kind;
    int http_status;
    int code;
    const char *text; /* NULL: any */
    int retries;
};

#define PARTLY 4

static const struct fault_case cases[] = {
    /* before anything is said */
    {"reset", BOTH, "fault=reset", NULL, "failed", "connect", 0, PARTLY, "", 0},
    {"close", BOTH, "fault=close", NULL, "failed", "connect", 0, PARTLY, "", 0},
    {"not HTTP", BOTH, "fault=garbage", NULL, "failed", "protocol", 0, PARTLY, "", 0},
    {"a TLS port", BOTH, "fault=tls", NULL, "failed", "tls", 0, PARTLY, "", 0},
    {"hang before headers", BOTH, "fault=hang_head", "first_token_ms: 300", "timeout", "timeout", 0,
     PARTLY, "", 0},
    {"hang before the first token", BOTH, "fault=hang_body", "first_token_ms: 300", "timeout",
     "timeout", 0, PARTLY, "", 0},
    {"only pings", BOTH, "fault=pings_only", "first_token_ms: 300", "timeout", "timeout", 0, PARTLY,
     "", 0},
    /* HTTP errors */
    {"401", BOTH, "status=401", NULL, "failed", "auth", 401, PARTLY, "", 0},
    {"403", BOTH, "status=403", NULL, "failed", "auth", 403, PARTLY, "", 0},
    {"404", BOTH, "status=404", NULL, "failed", "not_found", 404, PARTLY, "", 0},
    {"400", BOTH, "status=400", NULL, "failed", "bad_request", 400, PARTLY, "", 0},
    {"a conversation too long", BOTH,
     "status=400 message=\"This model's maximum context length is 8192 tokens\"", NULL, "failed",
     "context_length", 400, PARTLY, "", 0},
    {"429", BOTH, "status=429 retry_after=1", NULL, "failed", "rate_limit", 429, PARTLY, "", 0},
    {"500", BOTH, "status=500", NULL, "failed", "server", 500, PARTLY, "", 0},
    {"503", BOTH, "status=503", NULL, "failed", "overloaded", 503, PARTLY, "", 0},
    {"529", CLAUDE, "status=529", NULL, "failed", "overloaded", 529, PARTLY, "", 0},
    {"HTML with an error status", BOTH, "fault=html status=502", NULL, "failed", "server", 502,
     PARTLY, "", 0},
    {"HTML with 200", BOTH, "fault=html", NULL, "failed", "protocol", 200, PARTLY, "", 0},
    {"429 once, then an answer", BOTH, "status=429 retry_after_ms=20 times=1\ntext=Akhirnya.",
     "retries: 2", "complete", NULL, 0, 0, "Akhirnya.", 1},
    {"529 twice, then an answer", CLAUDE, "status=529 retry_after_ms=20 times=2\ntext=Akhirnya.",
     "retries: 2", "complete", NULL, 0, 0, "Akhirnya.", 2},
    {"500 more often than retries", BOTH, "status=500 retry_after_ms=20", "retries: 1", "failed",
     "server", 500, PARTLY, "", 1},
    {"reset once, then an answer", BOTH, "fault=reset times=1\ntext=Akhirnya.", "retries: 1",
     "complete", NULL, 0, 0, "Akhirnya.", 1},
    {"an hour's retry-after is not waited for", BOTH, "status=429 retry_after=3600", "retries: 2",
     "failed", "rate_limit", 429, PARTLY, "", 0},
    {"an error event once, then an answer", BOTH, "fault=error after=0 times=1\ntext=Akhirnya.",
     "retries: 1", "complete", NULL, 0, 0, "Akhirnya.", 1},
    {"a proxy that asks for a password", BOTH, "status=407", NULL, "failed", "connect", 407, PARTLY,
     "", 0},
    /* while it speaks */
    {"hang in the middle", BOTH, "fault=hang after=2 text=satu dua tiga", "stall_ms: 300",
     "timeout", "stalled", 0, PARTLY, "satu dua", 0},
    {"cut between events", BOTH, "fault=cut after=2 text=satu dua tiga", NULL, "failed",
     "stream_cut", 0, PARTLY, "satu dua", 0},
    {"cut within an event", BOTH, "fault=cut_event after=2 text=satu dua tiga", NULL, "failed",
     "stream_cut", 0, PARTLY, "satu dua", 0},
    {"cut within a character", BOTH, "fault=cut_char after=2 text=satu dua tiga", NULL, "failed",
     "stream_cut", 0, PARTLY, "satu dua", 0},
    {"cut without framing", BOTH, "close fault=cut_event after=2 text=satu dua tiga", NULL,
     "failed", "stream_cut", 0, PARTLY, "satu dua", 0},
    {"no final event", BOTH, "fault=no_end after=9 text=satu dua tiga", NULL, "failed",
     "stream_cut", 0, PARTLY, "satu dua tiga", 0},
    {"never retried after the first token", BOTH, "fault=cut after=1 text=satu dua", "retries: 2",
     "failed", "stream_cut", 0, PARTLY, "satu", 0},
    {"error event", CLAUDE, "fault=error after=2 text=satu dua tiga", NULL, "failed", "overloaded",
     0, PARTLY, "satu dua", 0},
    {"error event as vLLM", LLAMA, "fault=error after=2 text=satu dua tiga", NULL, "failed",
     "server", 0, PARTLY, "satu dua", 0},
    {"error event as llama-server", LLAMA, "style=llama fault=error after=2 text=satu dua tiga",
     NULL, "failed", "server", 0, PARTLY, "satu dua", 0},
    {"bare error field", LLAMA, "fault=bare_error after=1 text=satu dua", NULL, "failed", "server",
     0, PARTLY, "satu", 0},
    {"an event that is not JSON", BOTH, "fault=bad_json after=1 text=satu dua", NULL, "failed",
     "protocol", 0, PARTLY, "satu", 0},
    {"a line of 2 MB", BOTH, "fault=huge_line after=1 text=satu dua", NULL, "failed", "protocol", 0,
     PARTLY, "satu", 0},
    {"an endless answer", BOTH, "fault=endless gap=5", "timeout_ms: 1000", "timeout", "timeout", 0,
     PARTLY, NULL, 0},
    {"[DONE] without content", LLAMA, "fault=done_only", NULL, "failed", "empty", 0, PARTLY, "", 0},
    {"an empty answer", BOTH, "fault=empty", NULL, "failed", "empty", 0, PARTLY, "", 0},
    {"only blanks", BOTH, "text=  \\n \\n", NULL, "failed", "empty", 0, PARTLY, NULL, 0},
    {"an empty body", BOTH, "fault=nothing", NULL, "failed", "stream_cut", 0, PARTLY, "", 0},
    {"a refusal", CLAUDE, "stop=refusal text=Maaf.", NULL, "refused", NULL, 0, PARTLY, "Maaf.", 0},
    {"a content filter", LLAMA, "stop=content_filter text=Maaf.", NULL, "refused", NULL, 0, PARTLY,
     "Maaf.", 0},
    {"the token limit", CLAUDE, "stop=max_tokens text=satu dua", NULL, "cut", NULL, 0, 0,
     "satu dua", 0},
    {"the token limit", LLAMA, "stop=length text=satu dua", NULL, "cut", NULL, 0, 0, "satu dua", 0},
    /* odd, but good */
    {"one byte at a time", BOTH, "chunk=1 text=satu d\xc3\xba\xc3\xa0 \xe2\x98\x95", NULL,
     "complete", NULL, 0, 0, "satu d\xc3\xba\xc3\xa0 \xe2\x98\x95", 0},
    {"CRLF", BOTH, "crlf pings text=satu dua", NULL, "complete", NULL, 0, 0, "satu dua", 0},
    {"single line ends", BOTH, "single text=satu dua", NULL, "complete", NULL, 0, 0, "satu dua", 0},
    {"stop with every piece, and no end", LLAMA, "fault=hang_end finish_each text=satu dua",
     "stall_ms: 300", "complete", NULL, 0, 0, "satu dua", 0},
    {"thinking in the text", BOTH, "text=<think>\\nhm\\n</think>\\n\\nsatu dua", NULL, "complete",
     NULL, 0, 0, "satu dua", 0},
    {"thinking first", BOTH, "thinking=3 text=satu dua", NULL, "complete", NULL, 0, 0, "satu dua",
     0},
    {"thinking as llama-server", LLAMA, "style=llama thinking=3 text=satu dua", NULL, "complete",
     NULL, 0, 0, "satu dua", 0},
    {"Ollama's first chunk", LLAMA, "style=ollama text=satu dua", NULL, "complete", NULL, 0, 0,
     "satu dua", 0},
    {"the whole answer as one object", BOTH, "fault=json text=satu dua", NULL, "complete", NULL, 0,
     0, "satu dua", 0},
    {"gzip that nobody asked for", BOTH, "fault=gzip text=satu dua", NULL, "complete", NULL, 0, 0,
     "satu dua", 0},
    {"another content type", BOTH, "type=application/octet-stream text=satu dua", NULL, "complete",
     NULL, 0, 0, "satu dua", 0},
    {"a slow start", BOTH, "first=700 text=satu dua", NULL, "complete", NULL, 0, 0, "satu dua", 0},
    /* bytes that are not text */
    {"invalid UTF-8", BOTH, "text=satu \\xff dua", NULL, "complete", NULL, 0, 0,
     "satu " FFFD " dua", 0},
    {"a lone surrogate", BOTH, "text=satu \\ud83d dua", NULL, "complete", NULL, 0, 0,
     "satu " FFFD " dua", 0},
    {"NUL", BOTH, "text=satu \\u0000 dua", NULL, "complete", NULL, 0, 0, "satu " FFFD " dua", 0},
    {"ESC and OSC stay exact", BOTH, "text=a\\x1b[31mb\\x1b]52;c;aGk=\\x07c", NULL, "complete",
     NULL, 0, 0, "a\033[31mb\033]52;c;aGk=\ac", 0},
};

struct world {
    struct standin *claude, *llama;
    struct place *place;
};

static int
set_up(void **state)
{
    struct world *w = xcalloc(1, sizeof(*w));
    w->claude = standin_start(0);
    w->llama = standin_start(0);
    w->place = place_create();
    *state = w;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *w = *state;
    standin_stop(&w->claude);
    standin_stop(&w->llama);
    place_destroy(&w->place);
    free(w);
    return 0;
}

static void
add_rules(struct standin *s, const char *rules)
{
    while (*rules != '\0') {
        size_t n = strcspn(rules, "\n");
        char *one = xstrndup(rules, n);
        standin_rule(s, one);
        free(one);
        rules += n;
        rules += *rules == '\n';
    }
}

static void
configure(struct world *w, const char *claude_more, const char *llama_more)
{
    place_config(w->place, standin_url(w->claude, ""), claude_more, standin_url(w->llama, "/v1"),
                 llama_more, NULL);
}

/* One line about what is wrong, or NULL. */
static char *
wrong_with(const struct report *r, const struct fault_case *c, const char *faulty, const char *calm)
{
    if (r->root == NULL)
        return xasprintf("no JSON on stdout");
    const struct json *bad = report_answer(r, faulty);
    const struct json *good = report_answer(r, calm);
    int64_t retries = -1;
    int64_t http_status = 0;
    json_get_int(bad, "retries", &retries);
    json_get_int(json_get(bad, "error"), "http_status", &http_status);
    if (strcmp(report_str(good, "status"), "complete") != 0 ||
        strcmp(report_str(good, "text"), CALM_TEXT) != 0)
        return xasprintf("the other brain was disturbed: %s \"%s\"", report_str(good, "status"),
                         report_str(good, "text"));
    if (strcmp(report_str(bad, "status"), c->status) != 0)
        return xasprintf("status %s instead of %s", report_str(bad, "status"), c->status);
    if (strcmp(report_str(bad, "error.kind"), c->kind != NULL ? c->kind : "") != 0 &&
        !(c->kind == NULL && strcmp(c->status, "refused") == 0))
        return xasprintf("kind \"%s\" instead of \"%s\"", report_str(bad, "error.kind"),
                         c->kind != NULL ? c->kind : "");
    if (c->kind != NULL && report_str(bad, "error.message")[0] == '\0')
        return xasprintf("no error message");
    if (c->http_status >= 400 && http_status != c->http_status)
        return xasprintf("http_status %lld instead of %d", (long long)http_status, c->http_status);
    if (c->text != NULL && strcmp(report_str(bad, "text"), c->text) != 0)
        return xasprintf("text \"%s\" instead of \"%s\"", report_str(bad, "text"), c->text);
    if (retries != c->retries)
        return xasprintf("retries %lld instead of %d", (long long)retries, c->retries);
    if (r->run.code != c->code)
        return xasprintf("exit %d instead of %d", r->run.code, c->code);
    if (strstr(r->run.out.p, CLAUDE_KEY) != NULL || strstr(r->run.err.p, CLAUDE_KEY) != NULL ||
        strstr(r->run.out.p, LLAMA_KEY) != NULL || strstr(r->run.err.p, LLAMA_KEY) != NULL)
        return xasprintf("a key was printed");
    return NULL;
}

static int
run_case(const struct fault_case *c, enum side side)
{
    void *state = NULL;
    set_up(&state);
    struct world *w = state;
    struct report r;
    bool at_claude = side == CLAUDE;
    add_rules(at_claude ? w->claude : w->llama, c->rules);
    standin_rule(at_claude ? w->llama : w->claude, CALM_RULE);
    configure(w, at_claude ? c->more : NULL, at_claude ? NULL : c->more);
    report_ask(&r, w->place, NULL, "apa kabar?");
    char *wrong = wrong_with(&r, c, at_claude ? "claude" : "llama", at_claude ? "llama" : "claude");
    if (wrong == NULL && (place_holds(w->place, CLAUDE_KEY) || place_holds(w->place, LLAMA_KEY)))
        wrong = xasprintf("a key was stored");
    if (wrong != NULL) {
        fprintf(stderr, "** %s, at %s: %s\n", c->name, at_claude ? "claude" : "llama", wrong);
        cli_show(&r.run);
    }
    int failures = wrong != NULL;
    free(wrong);
    report_finish(&r);
    tear_down(&state);
    return failures;
}

static int
run_cases(enum side side)
{
    int failures = 0;
    const char *only = getenv("BERDUA_TEST_CASE");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        if ((cases[i].sides & side) != 0 && (only == NULL || strstr(cases[i].name, only) != NULL))
            failures += run_case(&cases[i], side);
    }
    return failures;
}

static void
each_fault_of_claude_is_named_and_leaves_llama_alone(void **state)
{
    (void)state;
    assert_int_equal(run_cases(CLAUDE), 0);
}

static void
each_fault_of_llama_is_named_and_leaves_claude_alone(void **state)
{
    (void)state;
    assert_int_equal(run_cases(LLAMA), 0);
}

static void
a_refused_connection_is_a_connect_failure(void **state)
{
    struct world *w = *state;
    struct report r;
    int fd;
    char *url = xasprintf("http://127.0.0.1:%d", standin_refusing_port(&fd));
    place_config(w->place, url, NULL, standin_url(w->llama, "/v1"), NULL, NULL);
    report_ask(&r, w->place, NULL, "halo");
    assert_string_equal(report_str(report_answer(&r, "claude"), "error.kind"), "connect");
    assert_string_equal(report_str(report_answer(&r, "llama"), "status"), "complete");
    assert_string_equal(report_str(r.root, "served"), "llama");
    assert_int_equal(r.run.code, 4);
    report_finish(&r);
    close(fd);
    free(url);
}

static void
both_refused_is_exit_5_with_both_reasons(void **state)
{
    struct world *w = *state;
    struct report r;
    int fd;
    char *url = xasprintf("http://127.0.0.1:%d/v1", standin_refusing_port(&fd));
    place_config(w->place, url, NULL, url, NULL, NULL);
    report_ask(&r, w->place, NULL, "halo");
    assert_string_equal(report_str(report_answer(&r, "claude"), "error.kind"), "connect");
    assert_string_equal(report_str(report_answer(&r, "llama"), "error.kind"), "connect");
    assert_true(json_is_null(json_get(r.root, "served")));
    assert_int_equal(r.run.code, 5);
    report_finish(&r);
    close(fd);
    free(url);
}

static void
a_peer_that_does_not_speak_tls_is_a_tls_failure(void **state)
{
    struct world *w = *state;
    struct report r;
    char *url = xasprintf("https://127.0.0.1:%d", standin_port(w->claude));
    place_config(w->place, url, NULL, standin_url(w->llama, "/v1"), NULL, NULL);
    report_ask(&r, w->place, NULL, "halo");
    assert_string_equal(report_str(report_answer(&r, "claude"), "error.kind"), "tls");
    assert_string_equal(report_str(report_answer(&r, "llama"), "status"), "complete");
    assert_int_equal(r.run.code, 4);
    report_finish(&r);
    free(url);
}

static void
a_redirect_is_not_followed_and_the_key_stays_here(void **state)
{
    struct world *w = *state;
    struct report r;
    struct standin *elsewhere = standin_start(0);
    char *rule = xasprintf("fault=redirect message=%s", standin_url(elsewhere, "/v1/messages"));
    standin_rule(w->claude, rule);
    configure(w, NULL, NULL);
    report_ask(&r, w->place, NULL, "halo");
    assert_string_equal(report_str(report_answer(&r, "claude"), "status"), "failed");
    assert_string_equal(report_str(report_answer(&r, "claude"), "error.kind"), "protocol");
    assert_int_equal(standin_count(elsewhere), 0);
    report_finish(&r);
    standin_stop(&elsewhere);
    free(rule);
}

static void
a_key_echoed_by_the_peer_is_redacted(void **state)
{
    struct world *w = *state;
    struct report r;
    standin_rule(w->claude, "status=401");
    standin_rule(w->llama, "status=401");
    configure(w, NULL, NULL);
    report_ask(&r, w->place, NULL, "halo");
    assert_non_null(strstr(report_str(report_answer(&r, "claude"), "error.message"), "Incorrect"));
    assert_null(strstr(r.run.out.p, CLAUDE_KEY));
    assert_null(strstr(r.run.out.p, LLAMA_KEY));
    assert_false(place_holds(w->place, CLAUDE_KEY));
    assert_false(place_holds(w->place, LLAMA_KEY));
    assert_int_equal(r.run.code, 5);
    report_finish(&r);
}

static void
the_request_has_the_key_once_and_no_sampling_parameters(void **state)
{
    struct world *w = *state;
    struct report r;
    char value[256];
    configure(w, NULL, NULL);
    report_ask(&r, w->place, NULL, "halo");
    assert_int_equal(r.run.code, 0);
    struct standin_request *c = standin_request(w->claude, 0);
    struct standin_request *l = standin_request(w->llama, 0);
    assert_string_equal(c->path, "/v1/messages");
    assert_string_equal(l->path, "/v1/chat/completions");
    bool x_key = standin_header(c, "x-api-key", value, sizeof(value));
    bool bearer = standin_header(c, "authorization", value, sizeof(value));
    assert_true(x_key != bearer);
    assert_true(standin_header(c, "anthropic-version", value, sizeof(value)));
    assert_true(standin_header(l, "authorization", value, sizeof(value)));
    assert_string_equal(value, "Bearer " LLAMA_KEY);
    assert_null(strstr(c->body, "temperature"));
    assert_null(strstr(c->body, "top_p"));
    assert_non_null(strstr(c->body, "\"max_tokens\":500"));
    assert_non_null(strstr(l->body, "include_usage"));
    standin_request_free(&c);
    standin_request_free(&l);
    report_finish(&r);
}

static void
runpod_answers(struct world *w, const char *rule, const char *more, const char *status,
               const char *kind, const char *text, int code)
{
    struct report r;
    char *lines = xasprintf("provider: runpod\nbase_url: %s\n%s", standin_url(w->llama, "/v2/ep1"),
                            more != NULL ? more : "");
    standin_clear_rules(w->llama);
    standin_rule(w->llama, rule);
    place_config(w->place, standin_url(w->claude, ""), NULL, "http://unused", lines, NULL);
    report_ask(&r, w->place, NULL, "halo");
    if (r.root == NULL)
        cli_show(&r.run);
    const struct json *a = report_answer(&r, "llama");
    if (strcmp(report_str(a, "status"), status) != 0 || r.run.code != code)
        cli_show(&r.run);
    assert_string_equal(report_str(a, "status"), status);
    assert_string_equal(report_str(a, "error.kind"), kind);
    assert_string_equal(report_str(a, "text"), text);
    assert_int_equal(r.run.code, code);
    report_finish(&r);
    free(lines);
}

static void
runpods_queue_answers_with_old_and_new_workers(void **state)
{
    struct world *w = *state;
    runpod_answers(w, "worker=new first=100 gap=5 text=satu dua tiga \xe2\x98\x95", NULL,
                   "complete", "", "satu dua tiga \xe2\x98\x95", 0);
    runpod_answers(w, "worker=old first=100 gap=5 text=satu dua tiga \xe2\x98\x95", NULL,
                   "complete", "", "satu dua tiga \xe2\x98\x95", 0);
    runpod_answers(w, "worker=new fault=job_failed after=1 text=satu dua", NULL, "failed", "server",
                   "satu dua", 4);
}

static void
giving_up_on_a_runpod_job_cancels_it(void **state)
{
    struct world *w = *state;
    runpod_answers(w, "fault=job_stuck", "first_token_ms: 500", "timeout", "timeout", "", 4);
    assert_int_equal(standin_count_path(w->llama, "/cancel/"), 1);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_of_claude_is_named_and_leaves_llama_alone),
        cmocka_unit_test(each_fault_of_llama_is_named_and_leaves_claude_alone),
        IN_A_WORLD(a_refused_connection_is_a_connect_failure),
        IN_A_WORLD(both_refused_is_exit_5_with_both_reasons),
        IN_A_WORLD(a_peer_that_does_not_speak_tls_is_a_tls_failure),
        IN_A_WORLD(a_redirect_is_not_followed_and_the_key_stays_here),
        IN_A_WORLD(a_key_echoed_by_the_peer_is_redacted),
        IN_A_WORLD(the_request_has_the_key_once_and_no_sampling_parameters),
        IN_A_WORLD(runpods_queue_answers_with_old_and_new_workers),
        IN_A_WORLD(giving_up_on_a_runpod_job_cancels_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
