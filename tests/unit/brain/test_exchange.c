#include "unit/unit.h"
#include "unit/full_disk.h"
#include "unit/scratch.h"

#include "berdua/base/err.h"
#include "berdua/base/spawn.h"
#include "calls.h"
#include "standin/standin.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>

/* A call of PROVIDER against the stand-in server. */
static struct outcome
ask_standin(struct standin *s, enum provider provider, const char *path)
{
    struct peer nobody = {.port = standin_port(s)};
    struct caller c;
    caller_start(&c, provider, &nobody, path);
    struct outcome o = caller_run(&c);
    caller_finish(&c);
    return o;
}

static void
a_runpod_stream_that_names_no_status_still_ends(void **state)
{
    (void)state;
    static const char *const workers[] = {"old", "new"};
    for (size_t i = 0; i < ARRAY_LEN(workers); i++) {
        struct standin *s = standin_start(0);
        char *rule = xasprintf("bare worker=%s gap=5 text=satu dua tiga", workers[i]);
        standin_rule(s, rule);
        free(rule);
        struct outcome o = ask_standin(s, PROVIDER_RUNPOD, "/v2/abc");
        assert_string_equal(o.text.p, "satu dua tiga");
        assert_int_equal(o.result->status, STATUS_COMPLETE);
        outcome_finish(&o);
        standin_clear_rules(s);
        standin_rule(s, "bare worker=old fault=job_failed text=satu");
        o = ask_standin(s, PROVIDER_RUNPOD, "/v2/abc");
        assert_int_equal(o.result->status, STATUS_FAILED);
        assert_non_null(strstr(o.result->error.message, "CUDA out of memory"));
        outcome_finish(&o);
        standin_stop(&s);
    }
}

static bool
endless_text(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)number;
    static char event[(60 << 10) + 128];
    size_t n =
        (size_t)snprintf(event, sizeof event, "data: {\"choices\":[{\"delta\":{\"content\":\"");
    memset(event + n, 'x', 60 << 10);
    snprintf(event + n + (60 << 10), 64, "\"}}]}\n\n");
    peer_stream(fd);
    for (int i = 0; i < (strstr(request, "/small/") ? 3 : 300); i++)
        peer_chunk(fd, event);
    peer_finish_reason(fd, "stop");
    peer_done(fd);
    return true;
}

static void
an_answer_longer_than_is_kept_fails_and_says_so(void **state)
{
    (void)state;
    struct peer *p = peer_start(endless_text, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_non_null(strstr(o.result->error.message, "longer than 16 MiB"));
    assert_true(o.text.len == ANSWER_MAX_BYTES);
    outcome_finish(&o);
    caller_finish(&c);

    caller_start(&c, PROVIDER_OPENAI, p, "/small");
    c.max_bytes = 100000;
    o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_non_null(strstr(o.result->error.message, "longer than 100000 bytes"));
    assert_true(o.text.len == 100000);
    outcome_finish(&o);
    c.max_bytes = 3 * (60 << 10); /* exactly what comes */
    o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    assert_true(o.text.len == c.max_bytes);
    outcome_finish(&o);
    caller_finish(&c);
    peer_stop(p);
    peer_free(p);
}

static bool
unavailable(struct peer *p, int fd, const char *request, int number)
{
    static const char *const bodies[] = {
        "{\"error\":{\"code\":503,\"message\":\"memuat\",\"type\":\"unavailable_error\"}}",
        "{\"error\":{\"code\":503,\"message\":\"no room: Loading model queue is full\","
        "\"type\":\"server_error\"}}"};
    (void)request;
    if (number > 0) {
        peer_stream(fd);
        peer_delta(fd, "ya");
        peer_finish_reason(fd, "stop");
        peer_done(fd);
        return true;
    }
    peer_respond(fd, 503, "retry-after-ms: 3\r\nContent-Type: application/json\r\n",
                 bodies[*(int *)p->arg]);
    return true;
}

static void
a_server_that_loads_is_known_by_its_error_type_and_not_by_words(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct peer *p = peer_start(unavailable, &i);
        struct caller c;
        caller_start(&c, PROVIDER_OPENAI, p, "");
        struct outcome o = caller_run(&c);
        assert_int_equal(o.result->status, STATUS_COMPLETE);
        assert_int_equal(o.result->retries, i);
        assert_true(!strchr(o.trace, 'w') == (i == 1));
        outcome_finish(&o);
        caller_finish(&c);
        peer_stop(p);
        peer_free(p);
    }
}

static bool
say_nothing(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)fd;
    (void)request;
    (void)number;
    return true;
}

static void
a_handshake_that_hangs_is_not_called_a_late_token(void **state)
{
    (void)state;
    struct peer *p = peer_start(say_nothing, NULL);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "");
    free(c.conf.base_url);
    c.conf.base_url = xasprintf("https://127.0.0.1:%d", p->port);
    c.limits.first_token_ms = 60;
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_TIMEOUT);
    assert_string_equal(o.result->error.message, "the TLS handshake was not finished within 60 ms");
    outcome_finish(&o);
    caller_finish(&c);
    peer_stop(p);
    peer_free(p);
}

static void
a_recording_that_fails_is_told_at_once_and_the_call_goes_on(void **state)
{
    (void)state;
    char folder[SCRATCH_BYTES];
    assert_int_equal(scratch_make(folder), 0);
    struct standin *s = standin_start(0);
    struct peer nobody = {.port = standin_port(s)};
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, &nobody, "/v1");
    standin_rule(s, "count=50");
    static const rlim_t rooms[] = {0, 1200}; /* not even the header, and not all of the answer */
    for (size_t i = 0; i < ARRAY_LEN(rooms); i++) {
        c.record_dir = folder;
        limit_files(rooms[i]);
        struct outcome o = caller_run(&c);
        limit_files(RLIM_INFINITY);
        assert_int_equal(o.result->status, STATUS_COMPLETE);
        assert_int_equal(strncmp(o.notice, "Not recorded: ", 14), 0);
        assert_non_null(strstr(o.notice, folder));
        assert_non_null(strstr(o.notice, "the disk is full; free some space"));
        const char *first = strchr(o.trace, 'N');
        assert_non_null(first);
        assert_null(strchr(first + 1, 'N'));
        assert_non_null(strchr(first, 'd'));
        outcome_finish(&o);
    }
    c.record_dir = (char *)"/proc/nowhere";
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    assert_non_null(strstr(o.notice, "Not recorded: "));
    outcome_finish(&o);
    caller_finish(&c);
    standin_stop(&s);
    scratch_remove(folder);
}

static void *
run_a_call(void *arg)
{
    struct outcome o = caller_run(arg);
    outcome_finish(&o);
    return NULL;
}

/* Prints its descriptors above 2 and its environment. */
static void
read_child(struct buf *out)
{
    static const char *const argv[] = {
        "/bin/sh", "-c",
        "for f in /proc/self/fd/*; do n=${f##*/}; [ $n -lt 3 ] || readlink $f; done; env", NULL};
    struct spawn child = {.argv = argv, .in = SPAWN_NOWHERE, .errors = SPAWN_NOWHERE};
    char block[4096];
    int fds[2], status;
    pid_t pid;
    ssize_t n;
    assert_true(spawn_pipe(fds, NULL));
    child.out = fds[1];
    assert_true(spawn_start(&child, &pid, NULL));
    close(fds[1]);
    while ((n = read(fds[0], block, sizeof block)) > 0)
        buf_append(out, block, (size_t)n);
    close(fds[0]);
    while (!spawn_ended(pid, &status))
        continue;
}

static void
a_child_started_while_both_brains_stream_inherits_nothing(void **state)
{
    (void)state;
    struct standin *s = standin_start(0);
    struct peer nobody = {.port = standin_port(s)};
    struct caller c[2];
    pthread_t thread[2];
    struct buf seen;
    setenv("BERDUA_TEST_KEY", "sk-hidden-0123456789", 1);
    setenv("RUNPOD_API_KEY", "sk-hidden-9876543210", 1);
    spawn_hide_variable("BERDUA_TEST_KEY");
    standin_rule(s, "gap=50 count=1000");
    for (int i = 0; i < 2; i++) {
        caller_start(&c[i], i ? PROVIDER_OPENAI : PROVIDER_ANTHROPIC, &nobody, i ? "/v1" : "");
        c[i].cancel = cancel_create();
        c[i].conf.api_key.env = (char *)"BERDUA_TEST_KEY";
        pthread_create(&thread[i], NULL, run_a_call, &c[i]);
    }
    for (bool streaming = false; !streaming; poll(NULL, 0, 1)) {
        streaming = standin_count(s) == 2;
        for (size_t i = 0; streaming && i < 2; i++) {
            struct standin_request *r = standin_request(s, i);
            streaming = r->tokens > 2;
            standin_request_free(&r);
        }
    }
    buf_init(&seen, 1 << 20);
    read_child(&seen);
    for (int i = 0; i < 2; i++)
        cancel_fire(c[i].cancel);
    for (int i = 0; i < 2; i++) {
        pthread_join(thread[i], NULL);
        cancel_unref(&c[i].cancel);
        caller_finish(&c[i]);
    }
    assert_null(strstr(seen.p, "socket:"));
    assert_null(strstr(seen.p, "pipe:"));
    assert_null(strstr(seen.p, "sk-hidden"));
    assert_non_null(strstr(seen.p, "PATH="));
    buf_finish(&seen);
    unsetenv("BERDUA_TEST_KEY");
    unsetenv("RUNPOD_API_KEY");
    standin_stop(&s);
}

/* ---- waking an endpoint of RunPod ---- */

static bool
endpoint(struct peer *p, int fd, const char *request, int number)
{
    static const char json[] = "Content-Type: application/json\r\n";
    const char *workers = p->arg;
    char body[300];
    (void)number;
    if (strstr(request, "/health")) {
        snprintf(body, sizeof body, "{\"jobs\":{\"inQueue\":0},\"workers\":{%s}}", workers);
        peer_respond(fd, *workers ? 200 : 401, json, body);
    } else if (strstr(request, "/run")) {
        peer_respond(fd, 200, json, "{\"id\":\"job-1\",\"status\":\"IN_QUEUE\"}");
    } else {
        peer_respond(fd, 200, json,
                     "{\"status\":\"COMPLETED\",\"stream\":[],\"delayTime\":4,"
                     "\"executionTime\":3,\"output\":[{\"choices\":[{\"tokens\":[\"H\"]}]}]}");
    }
    return true;
}

static void
an_endpoint_is_asked_for_a_job_only_when_no_worker_is_awake(void **state)
{
    (void)state;
    static const struct {
        const char *workers;
        enum call_purpose purpose;
        enum answer_status status;
        int requests;
        int64_t execution_us;
    } rows[] = {
        {"\"idle\":1,\"running\":0", CALL_WARM_UP, STATUS_COMPLETE, 1, 0},
        {"\"idle\":0,\"ready\":1", CALL_WARM_UP, STATUS_COMPLETE, 1, 0},
        {"\"idle\":0,\"ready\":0,\"running\":2", CALL_WARM_UP, STATUS_COMPLETE, 1, 0},
        {"\"idle\":0,\"initializing\":1,\"throttled\":1", CALL_WARM_UP, STATUS_COMPLETE, 4, 3000},
        {"", CALL_WARM_UP, STATUS_FAILED, 1, UNKNOWN},         /* 401: no job is tried */
        {"\"idle\":1", CALL_ANSWER, STATUS_COMPLETE, 3, 3000}, /* a message is a job */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct peer *p = peer_start(endpoint, (char *)rows[i].workers);
        struct caller c;
        caller_start(&c, PROVIDER_RUNPOD, p, "/v2/abc");
        c.purpose = rows[i].purpose;
        c.limits.retries = 0;
        struct outcome o = caller_run(&c);
        assert_int_equal(o.result->status, rows[i].status);
        assert_int_equal(o.result->times.execution_us, rows[i].execution_us);
        assert_int_equal(p->requests, rows[i].requests);
        outcome_finish(&o);
        caller_finish(&c);
        peer_stop(p);
        peer_free(p);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_endpoint_is_asked_for_a_job_only_when_no_worker_is_awake),
        cmocka_unit_test(a_runpod_stream_that_names_no_status_still_ends),
        cmocka_unit_test(an_answer_longer_than_is_kept_fails_and_says_so),
        cmocka_unit_test(a_server_that_loads_is_known_by_its_error_type_and_not_by_words),
        cmocka_unit_test(a_handshake_that_hangs_is_not_called_a_late_token),
        cmocka_unit_test(a_recording_that_fails_is_told_at_once_and_the_call_goes_on),
        cmocka_unit_test(a_child_started_while_both_brains_stream_inherits_nothing),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
