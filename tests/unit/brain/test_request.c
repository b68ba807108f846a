#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/json.h"

#include "berdua/brain/brain.h"
#include "brain/provider/providers.h"
#include "brain/provider/request.h"

#include "calls.h"

#include <signal.h>

/* The JSON body of the last request; the peer has stopped. */
static struct json *
last_body(const struct peer *p)
{
    const char *body = strstr(p->last, "\r\n\r\n");
    assert_non_null(body);
    struct json *root = json_parse(body + 4, strlen(body + 4), NULL);
    assert_non_null(root);
    return root;
}

static void
assert_str_at(const struct json *root, const char *path, const char *want)
{
    const char *got = json_str(json_at(root, path));
    assert_non_null(got);
    assert_string_equal(got, want);
}

static void
assert_int_of(const struct json *object, const char *key, int64_t want)
{
    int64_t got = -1;
    assert_true(json_get_int(object, key, &got));
    assert_int_equal(got, want);
}

static void
assert_messages(const struct json *m, bool with_system)
{
    static const char *const roles[] = {"system", "user", "assistant", "user"};
    static const char *const texts[] = {"Be brief.", "halo", "Halo, Kak!", "apa \"kabar\"?"};
    size_t from = with_system ? 0 : 1;
    assert_int_equal(json_count(m), 4 - from);
    const struct json *e = json_first(m);
    for (size_t i = from; i < 4; i++, e = json_next(e)) {
        assert_str_at(e, "role", roles[i]);
        if (with_system)
            assert_str_at(e, "content", texts[i]);
        else /* Anthropic: blocks */
            assert_str_at(json_first(json_get(e, "content")), "text", texts[i]);
    }
}

static bool
refuse(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_respond(fd, 400, "", "{}");
    return true;
}

static void
an_anthropic_request_sends_no_sampling_unless_configured(void **state)
{
    (void)state;
    setenv("BERDUA_TEST_KEY", "sk-ant-0123456789abcdef", 1);
    struct peer *p = peer_start(refuse, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_ANTHROPIC, p, "");
    c.conf.api_key.env = (char *)"BERDUA_TEST_KEY";
    c.conf.api_version = (char *)"2026-10-21";
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->error.kind, ERR_BAD_REQUEST);
    outcome_finish(&o);
    peer_stop(p);
    assert_non_null(strstr(p->last, "POST /v1/messages HTTP/1.1\r\n"));
    assert_non_null(strstr(p->last, "x-api-key: sk-ant-0123456789abcdef\r\n"));
    assert_non_null(strstr(p->last, "anthropic-version: 2026-10-21\r\n"));
    assert_null(strstr(p->last, "Authorization"));
    struct json *root = last_body(p);
    bool stream = false;
    assert_str_at(root, "model", "test-model");
    assert_str_at(json_first(json_get(root, "system")), "text", "Be brief.");
    assert_int_of(root, "max_tokens", 300);
    assert_true(json_get_bool(root, "stream", &stream) && stream);
    assert_messages(json_get(root, "messages"), false);
    assert_null(json_get(root, "temperature"));
    assert_null(json_get(root, "top_p"));
    assert_null(json_get(root, "top_k"));
    json_free(root);
    peer_free(p);
    caller_finish(&c);
    unsetenv("BERDUA_TEST_KEY");
}

/* The marks of one request: "s" on the system prompt, "m" on the last message; the aside never has one. */
static void
expect_marks(const char *model, size_t system_bytes, bool first, int cache, const char *want)
{
    struct prompt_message messages[] = {
        {false, (char *)"Halo"}, {true, (char *)"Halo, Kak!"}, {false, (char *)"Berapa pajaknya?"}};
    struct brain_conf conf = {.cache = cache};
    struct model_conf m = {.id = (char *)model};
    char *system = xcalloc(system_bytes + 1, 1);
    memset(system, 'a', system_bytes);
    struct call_spec spec = {.conf = &conf,
                             .model = &m,
                             .prompt = {.system = system,
                                        .messages = first ? messages + 2 : messages,
                                        .count = first ? 1 : 3,
                                        .aside = (char *)"the aside"}};
    struct json *root = json_object(), *list = brain_anthropic.messages(&spec);
    brain_anthropic.add_fields(root, &spec);
    char got[3] = {0}, *mark = got;
    const struct json *last = json_first(list);
    while (json_next(last)) {
        assert_null(json_get(json_first(json_get(last, "content")), "cache_control"));
        last = json_next(last);
    }
    const struct json *block = json_first(json_get(last, "content"));
    if (json_at(json_first(json_get(root, "system")), "cache_control.type"))
        *mark++ = 's';
    if (json_at(block, "cache_control.type"))
        *mark++ = 'm';
    assert_string_equal(got, want);
    assert_str_at(block, "text", "Berapa pajaknya?");
    assert_str_at(json_next(block), "text", "the aside");
    assert_null(json_get(json_next(block), "cache_control"));
    json_free(root);
    json_free(list);
    free(system);
}

static void
what_is_sent_again_is_marked_to_be_kept_where_the_model_keeps_it(void **state)
{
    (void)state;
    expect_marks("claude-haiku-5-5", 6000, false, CACHE_AUTO, "sm");
    expect_marks("claude-haiku-5-5", 6000, true, CACHE_AUTO,
                 "s"); /* nobody may ask a second time */
    expect_marks("claude-haiku-5-5", 1500, false, CACHE_AUTO, "");
    expect_marks("claude-haiku-4-5", 6000, false, CACHE_AUTO, "");
    expect_marks("claude-haiku-4-5-20251001", 16000, false, CACHE_AUTO, "sm");
    expect_marks("claude-haiku-5-5", 6000, false, CACHE_OFF, "");
}

/* From each mark the server looks back over 20 blocks for what it has kept; a model that was last asked 27 turns ago finds
 * that. No request has more than four marks. */
static void
the_marks_of_a_long_conversation_look_back_far_without_a_gap(void **state)
{
    (void)state;
    enum { LONG = 81, LOOK_BACK = 20, FAR = 54 };
    struct prompt_message messages[LONG];
    for (size_t i = 0; i < LONG; i++)
        messages[i] = (struct prompt_message){
            i % 2, (char *)"Some words of a long conversation, as much as is worth to be kept."};
    struct brain_conf conf = {.cache = CACHE_AUTO};
    struct model_conf m = {.id = (char *)"claude-sonnet-5-5"};
    struct call_spec spec = {
        .conf = &conf, .model = &m, .prompt = {.messages = messages, .count = LONG}};
    struct json *list = brain_anthropic.messages(&spec);
    size_t at = 0, marks = 0, last = LONG - 1 - FAR;
    for (const struct json *e = json_first(list); e; e = json_next(e), at++) {
        if (!json_at(json_first(json_get(e, "content")), "cache_control.type"))
            continue;
        assert_true(at - last < LOOK_BACK);
        last = at;
        marks++;
    }
    assert_int_equal(last, LONG - 1);
    assert_int_equal(marks, 3);
    json_free(list);
}

static void
the_users_own_words_are_the_last_that_a_plain_model_reads(void **state)
{
    (void)state;
    struct prompt_message messages[] = {
        {false, (char *)"Halo"}, {true, (char *)"Halo, Kak!"}, {false, (char *)"Ciao!"}};
    struct call_spec spec = {
        .prompt = {.messages = messages, .count = 3, .aside = (char *)"At most 30 words."}};
    struct json *list = request_messages(&spec);
    const struct json *m = json_first(list);
    assert_str_at(m, "content", "Halo"); /* what went with an earlier message is not sent again */
    assert_str_at(json_next(json_next(m)), "content", "At most 30 words.\n\nCiao!");
    json_free(list);
}

static void
an_openai_request_asks_for_usage_and_merges_what_is_configured(void **state)
{
    (void)state;
    struct peer *p = peer_start(refuse, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "/v1");
    c.temperature = 0.5;
    c.conf.extra_json = (char *)"{\"stream_options\":{\"x\":1},\"seed\":1}";
    c.model.extra_json = (char *)"{\"seed\":2}";
    struct outcome o = caller_run(&c);
    outcome_finish(&o);
    peer_stop(p);
    assert_non_null(strstr(p->last, "POST /v1/chat/completions HTTP/1.1\r\n"));
    assert_null(strstr(p->last, "Authorization"));
    struct json *root = last_body(p);
    double temperature = 0;
    bool usage = false;
    assert_messages(json_get(root, "messages"), true);
    assert_true(json_get_bool(json_get(root, "stream_options"), "include_usage", &usage) && usage);
    assert_int_of(json_get(root, "stream_options"), "x", 1);
    assert_int_of(root, "seed", 2);
    assert_true(json_get_num(root, "temperature", &temperature));
    assert_true(fabs(temperature - 0.5) < 1e-9);
    assert_null(json_get(root, "top_p"));
    assert_null(json_get(root, "system"));
    json_free(root);
    peer_free(p);
    caller_finish(&c);
}

/* What the peer received for these settings of a brain; *c is started. */
static struct json *
body_sent(struct caller *c, struct peer *p)
{
    struct outcome o = caller_run(c);
    assert_int_equal(o.result->error.kind, ERR_BAD_REQUEST);
    outcome_finish(&o);
    peer_stop(p);
    return last_body(p);
}

static void
null_leaves_a_field_out_of_the_request(void **state)
{
    (void)state;
    struct peer *p = peer_start(refuse, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "/v1");
    c.conf.extra_json = (char *)"{\"stream_options\":null,\"max_tokens\":null,\"seed\":1}";
    c.model.extra_json = (char *)"{\"seed\":null,\"max_completion_tokens\":9}";
    struct json *root = body_sent(&c, p);
    assert_null(json_get(root, "stream_options"));
    assert_null(json_get(root, "max_tokens"));
    assert_null(json_get(root, "seed"));
    assert_int_of(root, "max_completion_tokens", 9);
    json_free(root);
    peer_free(p);
    caller_finish(&c);
}

static void
configured_headers_are_sent_and_take_the_place_of_usual_ones(void **state)
{
    (void)state;
    static struct header_conf headers[] = {
        {(char *)"X-Team", (char *)"bali", NULL},
        {(char *)"anthropic-version", (char *)"2030-01-01", NULL},
        {(char *)"X-Gate", NULL, (char *)"BERDUA_TEST_GATE"}};
    setenv("BERDUA_TEST_KEY", "sk-ant-0123456789abcdef", 1);
    setenv("BERDUA_TEST_GATE", "gate-secret-0123456789", 1);
    struct peer *p = peer_start(refuse, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_ANTHROPIC, p, "/gate/anthropic?api-version=7");
    c.conf.api_key.env = (char *)"BERDUA_TEST_KEY";
    c.conf.headers = headers;
    c.conf.header_count = ARRAY_LEN(headers);
    c.conf.auth = AUTH_BEARER;
    json_free(body_sent(&c, p));
    assert_non_null(strstr(p->last, "POST /gate/anthropic/v1/messages?api-version=7 HTTP/1.1\r\n"));
    assert_non_null(strstr(p->last, "\r\nX-Team: bali\r\n"));
    assert_non_null(strstr(p->last, "\r\nX-Gate: gate-secret-0123456789\r\n"));
    assert_non_null(strstr(p->last, "\r\nanthropic-version: 2030-01-01\r\n"));
    assert_null(strstr(p->last, "2023-06-01"));
    assert_non_null(strstr(p->last, "\r\nAuthorization: Bearer sk-ant-0123456789abcdef\r\n"));
    assert_null(strstr(p->last, "x-api-key"));
    static const char *const none[][2] = {{"", "X-Gate: set BERDUA_TEST_GATE"},
                                          {"a\r\nX-Evil: 1", "a line break"},
                                          {"a\x1b[31m", "a control character"}};
    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        setenv("BERDUA_TEST_GATE", none[i][0], 1);
        struct outcome o = caller_run(&c);
        assert_int_equal(o.result->error.kind, ERR_AUTH);
        assert_non_null(strstr(o.result->error.message, none[i][1]));
        outcome_finish(&o);
    }
    unsetenv("BERDUA_TEST_GATE");
    unsetenv("BERDUA_TEST_KEY");
    peer_free(p);
    caller_finish(&c);
}

static bool
echo_gate(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)number;
    const char *at = strstr(request, "X-Gate: ");
    char body[256];
    snprintf(body, sizeof body, "{\"error\":{\"message\":\"not for %.22s\"}}", at ? at + 8 : "");
    peer_respond(fd, 403, "", body);
    return true;
}

static void
a_header_from_a_variable_is_a_secret_like_the_key(void **state)
{
    (void)state;
    char dir[SCRATCH_BYTES];
    assert_int_equal(scratch_make(dir), 0);
    static struct header_conf header = {(char *)"X-Gate", NULL, (char *)"BERDUA_TEST_GATE"};
    setenv("BERDUA_TEST_GATE", "gate-secret-0123456789", 1);
    struct peer *p = peer_start(echo_gate, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "/v1");
    c.conf.headers = &header;
    c.conf.header_count = 1;
    c.record_dir = dir;
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->error.kind, ERR_AUTH);
    assert_string_equal(o.result->error.message, "not for …");
    outcome_finish(&o);
    char *look = xasprintf("! grep -r gate-secret %s && grep -rq 'not for' %s", dir, dir);
    assert_int_equal(system(look), 0);
    scratch_remove(dir);
    free(look);
    unsetenv("BERDUA_TEST_GATE");
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
}

static void
every_provider_has_its_name_and_table(void **state)
{
    (void)state;
    static const char *const names[] = {"anthropic", "openai", "runpod", "playback"};
    for (int i = 0; i < PROVIDER_COUNT; i++) {
        assert_int_equal(brain_ops_for((enum provider)i)->provider, i);
        assert_string_equal(provider_name((enum provider)i), names[i]);
    }
}

/* ---- runpod's queue ---- */

struct queue {
    int polls;
    atomic_int cancels;
    struct cancel *cancel; /* fired at the second poll */
    bool fail_first_poll;
    char submitted[2048];
};

static bool
queue_script(struct peer *p, int fd, const char *request, int number)
{
    struct queue *q = p->arg;
    (void)number;
    if (strncmp(request, "POST /v2/ep/run ", 16) == 0) {
        snprintf(q->submitted, sizeof q->submitted, "%s", strstr(request, "\r\n\r\n") + 4);
        peer_respond(fd, 200, "", "{\"id\":\"job-1_u1\",\"status\":\"IN_QUEUE\"}");
    } else if (strncmp(request, "GET /v2/ep/stream/job-1_u1 ", 27) == 0) {
        int poll = q->polls++;
        if (poll == 0 && q->fail_first_poll) {
            peer_respond(fd, 502, "", "<html>bad gateway</html>");
            return true;
        }
        if (poll == 1 && q->cancel)
            cancel_fire(q->cancel);
        if (poll < 2)
            peer_respond(fd, 200, "", "{\"status\":\"IN_QUEUE\",\"stream\":[]}");
        else if (poll == 2)
            peer_respond(
                fd, 200, "",
                "{\"status\":\"IN_PROGRESS\",\"stream\":[{\"output\":{\"choices\":"
                "[{\"tokens\":[\"Hel\",\"lo\"]}],\"usage\":{\"input\":9,\"output\":2}}}]}");
        else
            peer_respond(fd, 200, "", "{\"status\":\"COMPLETED\",\"stream\":[]}");
    } else if (strncmp(request, "GET /v2/ep/status/job-1_u1 ", 27) == 0) {
        peer_respond(fd, 200, "",
                     "{\"status\":\"COMPLETED\",\"delayTime\":824,\"executionTime\":3391,"
                     "\"id\":\"job-1_u1\",\"output\":[{\"choices\":[{\"tokens\":[\"Hello\"]}]}]}");
    } else if (strncmp(request, "POST /v2/ep/cancel/job-1_u1 ", 28) == 0) {
        atomic_fetch_add(&q->cancels, 1);
        peer_respond(fd, 200, "", "{\"status\":\"CANCELLED\"}");
    } else {
        peer_respond(fd, 404, "", "{}");
    }
    return true;
}

static void
a_queued_job_is_submitted_followed_and_timed(void **state)
{
    (void)state;
    struct queue q = {.fail_first_poll = true};
    struct peer *p = peer_start(queue_script, &q);
    struct caller c;
    caller_start(&c, PROVIDER_RUNPOD, p, "/v2/ep");
    struct outcome o = caller_run(&c);
    assert_string_equal(o.text.p, "Hello");
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    assert_int_equal(o.result->error.kind, ERR_NONE);
    assert_int_equal(o.result->times.queue_us, 824000);
    assert_int_equal(o.result->times.execution_us, 3391000);
    assert_int_equal(o.result->usage.output, 2);
    assert_int_equal(o.result->retries, 0);
    assert_non_null(strchr(o.trace, 'w'));
    outcome_finish(&o);
    peer_stop(p);
    assert_int_equal(atomic_load(&q.cancels), 0);
    struct json *root = json_parse(q.submitted, strlen(q.submitted), NULL);
    assert_messages(json_at(root, "input.messages"), true);
    assert_int_of(json_at(root, "input.sampling_params"), "max_tokens", 300);
    assert_null(json_at(root, "input.sampling_params.temperature"));
    json_free(root);
    peer_free(p);
    caller_finish(&c);
}

static void
giving_up_on_a_job_cancels_it_there(void **state)
{
    (void)state;
    struct queue q = {.cancel = cancel_create()};
    struct peer *p = peer_start(queue_script, &q);
    struct caller c;
    caller_start(&c, PROVIDER_RUNPOD, p, "/v2/ep");
    c.cancel = q.cancel;
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_CANCELLED);
    outcome_finish(&o);
    peer_stop(p);
    assert_int_equal(atomic_load(&q.cancels), 1);
    peer_free(p);
    caller_finish(&c);
    cancel_unref(&q.cancel);

    struct queue late = {.polls = -1000000};
    p = peer_start(queue_script, &late);
    caller_start(&c, PROVIDER_RUNPOD, p, "/v2/ep");
    c.limits.first_token_ms = 150;
    o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_TIMEOUT);
    assert_int_equal(o.result->error.kind, ERR_TIMEOUT);
    outcome_finish(&o);
    peer_stop(p);
    assert_int_equal(atomic_load(&late.cancels), 1);
    peer_free(p);
    caller_finish(&c);
}

static bool
evil_id(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_respond(fd, 200, "", "{\"id\":\"../../other?x=\",\"status\":\"IN_QUEUE\"}");
    return true;
}

static void
an_id_that_would_change_the_address_is_refused(void **state)
{
    (void)state;
    struct peer *p = peer_start(evil_id, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_RUNPOD, p, "/v2/ep");
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->error.kind, ERR_PROTOCOL);
    outcome_finish(&o);
    peer_stop(p);
    assert_int_equal(atomic_load(&p->requests), 1);
    peer_free(p);
    caller_finish(&c);
}

/* ---- doctor's questions ---- */

static bool
models_script(struct peer *p, int fd, const char *request, int number)
{
    (void)number;
    if (strstr(request, "GET /v1/models"))
        peer_respond(fd, 200, "", p->arg);
    else if (strstr(request, "GET /v2/ep/health"))
        peer_respond(fd, 200, "", "{\"jobs\":{\"inQueue\":0},\"workers\":{\"idle\":1}}");
    else
        peer_respond(fd, 404, "", "{\"error\":{\"message\":\"no such path\"}}");
    return true;
}

static enum error_kind
probe_of(enum provider provider, const char *path, const char *list, const char *model,
         const char *want_names)
{
    struct peer *p = peer_start(models_script, (void *)list);
    struct caller c;
    caller_start(&c, provider, p, path);
    c.model.id = (char *)model;
    struct answer_error error = {0};
    struct buf names;
    buf_init(&names, 10000);
    bool ok = brain_probe(&c.conf, c.http, NULL, &c.model, &error, &names);
    enum error_kind kind = error.kind;
    assert_int_equal(ok, kind == ERR_NONE);
    assert_true(ok || error.message[0]);
    assert_string_equal(names.p, want_names);
    buf_finish(&names);
    free(error.message);
    free(error.request_id);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
    return kind;
}

static void
a_probe_tells_reachable_from_wrong_model_and_wrong_address(void **state)
{
    (void)state;
    static const char two[] = "{\"data\":[{\"id\":\"a:latest\"},{\"id\":\"b-20251001\"}]}";
    static const char llama[] = "{\"data\":[{\"id\":\"/m.gguf\",\"owned_by\":\"llamacpp\"}]}";
    assert_int_equal(probe_of(PROVIDER_OPENAI, "/v1", two, "a", "a:latest\nb-20251001\n"),
                     ERR_NONE);
    assert_int_equal(probe_of(PROVIDER_ANTHROPIC, "", two, "b", "a:latest\nb-20251001\n"),
                     ERR_NONE);
    assert_int_equal(probe_of(PROVIDER_OPENAI, "", two, "other", "a:latest\nb-20251001\n"),
                     ERR_NOT_FOUND);
    assert_int_equal(probe_of(PROVIDER_OPENAI, "", llama, "any", "/m.gguf\n"), ERR_NONE);
    assert_int_equal(probe_of(PROVIDER_OPENAI, "", "[]", "any", ""), ERR_PROTOCOL);
    assert_int_equal(probe_of(PROVIDER_OPENAI, "/wrong", two, "a", ""), ERR_NOT_FOUND);
    assert_int_equal(probe_of(PROVIDER_RUNPOD, "/v2/ep", two, "any", ""), ERR_NONE);
    assert_int_equal(probe_of(PROVIDER_RUNPOD, "/wrong", two, "any", ""), ERR_NOT_FOUND);
}

/* ---- recording ---- */

static bool
record_script(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_stream(fd);
    peer_delta(fd, "on tape");
    peer_finish_reason(fd, "stop");
    peer_done(fd);
    return true;
}

static void
a_recorded_call_plays_back_the_same(void **state)
{
    (void)state;
    char dir[SCRATCH_BYTES];
    assert_int_equal(scratch_make(dir), 0);
    struct peer *p = peer_start(record_script, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    c.record_dir = dir;
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    outcome_finish(&o);
    c.record_dir = NULL;
    c.conf.provider = PROVIDER_PLAYBACK;
    c.conf.cassettes = dir;
    o = caller_run(&c);
    assert_string_equal(o.text.p, "on tape");
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    assert_string_equal(o.result->model, "m-real");
    assert_false(o.result->simulated);
    outcome_finish(&o);
    peer_stop(p);
    assert_int_equal(atomic_load(&p->requests), 1);
    peer_free(p);
    caller_finish(&c);
    scratch_remove(dir);
}

/* Each wire form says it in its own place, and what is configured beside it stays. */
static void
a_schema_of_the_answer_is_sent_as_the_provider_takes_it(void **state)
{
    (void)state;
    static const struct {
        const struct brain_ops *ops;
        const char *schema, *word;
    } forms[] = {
        {&brain_anthropic, "output_config.format.schema.type", "output_config.format.type"},
        {&brain_openai, "response_format.json_schema.schema.type", "response_format.type"}};
    struct brain_conf conf = {.base_url = (char *)"http://127.0.0.1",
                              .extra_json = (char *)"{\"output_config\":{\"effort\":\"low\"}}"};
    struct model_conf model = {.id = (char *)"m"};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        for (int with = 0; with < 2; with++) {
            struct call_spec spec = {
                .conf = &conf, .model = &model, .schema = with ? "{\"type\":\"object\"}" : NULL};
            struct http_request req = {.method = NULL};
            prompt_add(&spec.prompt, false, "halo");
            request_build(&req, forms[i].ops, &spec, NULL);
            struct json *root = json_parse(req.body, req.body_len, NULL);
            assert_str_at(root, "output_config.effort", "low");
            if (with)
                assert_str_at(root, forms[i].schema, "object");
            if (with)
                assert_str_at(root, forms[i].word, "json_schema");
            else
                assert_null(json_at(root, forms[i].word));
            json_free(root);
            http_request_finish(&req);
            prompt_finish(&spec.prompt);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_anthropic_request_sends_no_sampling_unless_configured),
        cmocka_unit_test(what_is_sent_again_is_marked_to_be_kept_where_the_model_keeps_it),
        cmocka_unit_test(the_marks_of_a_long_conversation_look_back_far_without_a_gap),
        cmocka_unit_test(the_users_own_words_are_the_last_that_a_plain_model_reads),
        cmocka_unit_test(an_openai_request_asks_for_usage_and_merges_what_is_configured),
        cmocka_unit_test(a_schema_of_the_answer_is_sent_as_the_provider_takes_it),
        cmocka_unit_test(null_leaves_a_field_out_of_the_request),
        cmocka_unit_test(configured_headers_are_sent_and_take_the_place_of_usual_ones),
        cmocka_unit_test(a_header_from_a_variable_is_a_secret_like_the_key),
        cmocka_unit_test(every_provider_has_its_name_and_table),
        cmocka_unit_test(a_queued_job_is_submitted_followed_and_timed),
        cmocka_unit_test(giving_up_on_a_job_cancels_it_there),
        cmocka_unit_test(an_id_that_would_change_the_address_is_refused),
        cmocka_unit_test(a_probe_tells_reachable_from_wrong_model_and_wrong_address),
        cmocka_unit_test(a_recorded_call_plays_back_the_same),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
