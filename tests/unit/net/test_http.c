#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/cancel.h"
#include "berdua/net/http.h"

#include "unit/peer.h"

#include <fcntl.h>
#include <signal.h>

struct seen {
    struct buf body;
    int connected, heads, status, waits;
    bool reused;
    size_t stop_at;        /* body returns false from this size on; 0: never */
    struct cancel *cancel; /* fired when the head or (on_body) the body arrives */
    bool cancel_on_body;
    int64_t deadline_us; /* 0: none */
};

static void
on_connected(void *arg, int64_t connect_us, bool reused)
{
    struct seen *s = arg;
    s->connected++;
    s->reused = reused;
    assert_true(reused ? connect_us == 0 : connect_us >= 0);
}

static void
on_head(void *arg, int status)
{
    struct seen *s = arg;
    s->heads++;
    s->status = status;
}

static bool
on_body(void *arg, const char *p, size_t n)
{
    struct seen *s = arg;
    buf_append(&s->body, p, n);
    if (s->cancel && s->cancel_on_body)
        cancel_fire(s->cancel);
    return !s->stop_at || s->body.len < s->stop_at;
}

static void
on_wait(void *arg)
{
    struct seen *s = arg;
    s->waits++;
}

static int64_t
on_deadline(void *arg)
{
    struct seen *s = arg;
    return s->deadline_us ? s->deadline_us : NEVER_US;
}

struct fixture {
    struct http *http;
    struct http_request req;
    struct http_report report;
    struct seen seen;
    struct err err;
};

static void
start(struct fixture *f, int port, const char *path)
{
    *f = (struct fixture){.http = http_create(NULL)};
    assert_non_null(f->http);
    f->req.method = "POST";
    f->req.url = xasprintf("http://127.0.0.1:%d%s", port, path);
    f->req.body = xstrdup("{\"a\":1}");
    f->req.body_len = 7;
    http_request_add_header(&f->req, "Content-Type", "application/json");
    buf_init(&f->seen.body, 1 << 20);
}

static enum http_outcome
perform(struct fixture *f)
{
    struct http_hooks hooks = {&f->seen, on_connected, on_head, on_body, on_wait, on_deadline};
    buf_clear(&f->seen.body);
    f->err.text[0] = 0;
    return http_perform(f->http, &f->req, &hooks, f->seen.cancel, &f->report, &f->err);
}

static void
finish(struct fixture *f)
{
    http_destroy(&f->http);
    http_request_finish(&f->req);
    buf_finish(&f->seen.body);
    cancel_unref(&f->seen.cancel);
}

static bool
answer_hello(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_respond(fd, 200, "request-id:  req_7 \r\nContent-Type: text/plain\r\n", "hello");
    return true;
}

static void
a_second_transfer_reuses_the_connection(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_hello, NULL);
    struct fixture f;
    start(&f, p->port, "/x");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(perform(&f), HTTP_OK);
        assert_string_equal(f.seen.body.p, "hello");
        assert_int_equal(f.report.status, 200);
        assert_int_equal(f.report.reused, i > 0);
        assert_int_equal(f.seen.reused, i > 0);
        assert_int_equal(f.seen.heads, i + 1);
        assert_int_equal(f.seen.connected, i + 1);
        assert_true(i == 0 || f.report.connect_us == 0);
    }
    assert_string_equal(http_header_get(f.http, "Request-Id"), "req_7");
    assert_null(http_header_get(f.http, "x-request-id"));
    peer_stop(p);
    assert_int_equal(atomic_load(&p->accepted), 1);
    assert_non_null(strstr(p->last, "POST /x HTTP/1.1\r\n"));
    assert_non_null(strstr(p->last, "Content-Type: application/json\r\n"));
    assert_non_null(strstr(p->last, "\r\n\r\n{\"a\":1}"));
    assert_null(strstr(p->last, "Expect"));
    assert_null(strstr(p->last, "Accept-Encoding"));
    peer_free(p);
    finish(&f);
}

static bool
answer_redirect(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_respond(fd, 302, "Location: /elsewhere\r\n", "gone");
    return true;
}

static void
redirects_are_handed_over_not_followed(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_redirect, NULL);
    struct fixture f;
    start(&f, p->port, "/");
    http_request_add_header(&f.req, "x-api-key", "sk-secret");
    assert_int_equal(perform(&f), HTTP_OK);
    assert_int_equal(f.report.status, 302);
    assert_string_equal(http_header_get(f.http, "location"), "/elsewhere");
    peer_stop(p);
    assert_int_equal(atomic_load(&p->requests), 1);
    peer_free(p);
    finish(&f);
}

static bool
answer_nothing(struct peer *p, int fd, const char *request, int number)
{
    (void)fd;
    (void)request;
    (void)number;
    if (p->arg)
        cancel_fire(p->arg);
    return true;
}

static void
cancel_ends_a_transfer_to_a_silent_server(void **state)
{
    (void)state;
    struct cancel *c = cancel_create();
    struct peer *p = peer_start(answer_nothing, c);
    struct fixture f;
    start(&f, p->port, "/");
    f.seen.cancel = cancel_ref(c);
    assert_int_equal(perform(&f), HTTP_CANCELLED);
    assert_int_equal(f.report.status, 0);
    /* A token that is fired already ends the next one as well. */
    assert_int_equal(perform(&f), HTTP_CANCELLED);
    peer_stop(p);
    peer_free(p);
    finish(&f);
    cancel_unref(&c);
}

static void
the_callers_deadline_ends_a_transfer(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_nothing, NULL);
    struct fixture f;
    start(&f, p->port, "/");
    f.seen.deadline_us = clock_us() + 20000;
    assert_int_equal(perform(&f), HTTP_DEADLINE);
    assert_true(clock_us() >= f.seen.deadline_us);
    assert_true(f.seen.waits > 0);
    peer_stop(p);
    peer_free(p);
    finish(&f);
}

static bool
close_at_once(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    if (number == 0) {
        peer_respond(fd, 200, "", "first");
        return true;
    }
    return false;
}

static void
a_kept_connection_that_dies_is_not_asked_again_unseen(void **state)
{
    (void)state;
    struct peer *p = peer_start(close_at_once, NULL);
    struct fixture f;
    start(&f, p->port, "/");
    assert_int_equal(perform(&f), HTTP_OK);
    assert_int_equal(perform(&f), HTTP_CUT);
    assert_true(f.seen.reused);
    assert_true(f.report.reused);
    assert_int_equal(f.report.status, 0);
    assert_true(f.err.text[0]);
    peer_stop(p);
    assert_int_equal(atomic_load(&p->requests), 2);
    peer_free(p);
    finish(&f);
}

static bool
cut_in_the_body(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_send(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    peer_chunk(fd, "part");
    return false;
}

static void
a_cut_body_is_told_from_a_whole_one(void **state)
{
    (void)state;
    struct peer *p = peer_start(cut_in_the_body, NULL);
    struct fixture f;
    start(&f, p->port, "/");
    assert_int_equal(perform(&f), HTTP_CUT);
    assert_int_equal(f.report.status, 200);
    assert_string_equal(f.seen.body.p, "part");
    peer_stop(p);
    peer_free(p);
    finish(&f);
}

static void
nobody_listening_is_a_connect_failure(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_hello, NULL);
    struct fixture f;
    start(&f, p->port, "/");
    peer_stop(p); /* the port is free again, and nobody is there */
    assert_int_equal(perform(&f), HTTP_CONNECT);
    assert_int_equal(f.seen.connected, 0);
    char whole[64];
    snprintf(whole, sizeof whole, "Nothing answers at 127.0.0.1:%d", p->port);
    assert_string_equal(f.err.text, whole);
    peer_free(p);
    finish(&f);
}

/* Answers the TLS greeting with plain text, whatever it holds. */
static void *
speak_plainly(void *arg)
{
    int listener = *(int *)arg;
    char greeting[2048];
    int fd = accept(listener, NULL, NULL);
    if (read(fd, greeting, sizeof greeting) > 0)
        peer_send(fd, "HTTP/1.1 400 Bad Request\r\n\r\n");
    close(fd);
    return NULL;
}

static void
a_peer_that_does_not_speak_tls_is_a_tls_failure(void **state)
{
    (void)state;
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t len = sizeof a;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&a, &len), 0);
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, speak_plainly, &listener), 0);
    struct fixture f;
    start(&f, 0, "/");
    free(f.req.url);
    f.req.url = xasprintf("https://127.0.0.1:%d/", ntohs(a.sin_port));
    assert_int_equal(perform(&f), HTTP_TLS);
    assert_int_equal(f.seen.connected, 0);
    pthread_join(t, NULL);
    close(listener);
    finish(&f);
}

static bool
answer_much(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)number;
    char *big = xcalloc(1, 300001);
    memset(big, 'x', 300000);
    if (strstr(request, "/header")) {
        peer_send(fd, "HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 2000; i++)
            peer_send(fd, "x-filler: 0123456789012345678901234567890123456789012345678901234567"
                          "890123456789012345678901234567890123456789\r\n");
        peer_send(fd, "\r\n");
    } else {
        peer_respond(fd, 200, "Connection: close\r\n", big);
    }
    free(big);
    return false;
}

static void
a_response_beyond_its_cap_is_refused(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_much, NULL);
    struct fixture f;
    start(&f, p->port, "/body");
    f.req.max_body_bytes = 100000;
    assert_int_equal(perform(&f), HTTP_TOO_LARGE);
    assert_true(f.seen.body.len <= 100000);
    assert_non_null(strstr(f.err.text, "cap"));
    f.req.max_body_bytes = 300000;
    assert_int_equal(perform(&f), HTTP_OK);
    assert_int_equal(f.seen.body.len, 300000);
    f.seen.stop_at = 10;
    assert_int_equal(perform(&f), HTTP_STOPPED);
    f.seen.stop_at = 0;
    free(f.req.url);
    f.req.url = xasprintf("http://127.0.0.1:%d/header", p->port);
    assert_int_equal(perform(&f), HTTP_TOO_LARGE);
    peer_stop(p);
    peer_free(p);
    finish(&f);
}

static void
only_https_or_loopback_http_is_spoken(void **state)
{
    (void)state;
    static const char *const bad[] = {"http://example.com/",     "http://127.0.0.1@example.com/",
                                      "http://127.example.com/", "http://localhost.example.com/",
                                      "http://[::2]/",           "ftp://127.0.0.1/",
                                      "file:///etc/passwd",      "http://",
                                      "gopher://127.0.0.1/"};
    struct fixture f;
    start(&f, 1, "/");
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        free(f.req.url);
        f.req.url = xstrdup(bad[i]);
        assert_int_equal(perform(&f), HTTP_BAD_URL);
        assert_true(f.err.text[0]);
    }
    finish(&f);
}

static void
a_line_break_in_a_header_value_is_refused(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, 1, "/");
    http_request_add_header(&f.req, "Authorization", "Bearer k\r\nX-Evil: 1");
    assert_int_equal(perform(&f), HTTP_LIBRARY);
    assert_non_null(strstr(f.err.text, "Authorization"));
    assert_null(strstr(f.err.text, "Evil"));
    finish(&f);
}

static bool
answer_gzip(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    /* "hello" */
    static const unsigned char z[] = {0x1f, 0x8b, 0x08, 0,    0,    0,    0,    0, 0,
                                      0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0, 0x86,
                                      0xa6, 0x10, 0x36, 0x05, 0,    0,    0};
    peer_send(fd, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 25\r\n\r\n");
    return send(fd, z, sizeof z, MSG_NOSIGNAL) == sizeof z;
}

static void
gzip_nobody_asked_for_is_still_read(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_gzip, NULL);
    struct fixture f;
    start(&f, p->port, "/");
    assert_int_equal(perform(&f), HTTP_OK);
    assert_string_equal(f.seen.body.p, "hello");
    peer_stop(p);
    peer_free(p);
    finish(&f);
}

static void
a_proxy_of_the_environment_is_not_used_for_loopback(void **state)
{
    (void)state;
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    struct peer *p = peer_start(answer_hello, NULL);
    struct fixture f;
    start(&f, p->port, "/");
    assert_int_equal(perform(&f), HTTP_OK);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    peer_stop(p);
    peer_free(p);
    finish(&f);
}

static void
an_option_that_the_library_does_not_take_is_an_error(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_hello, NULL);
    struct fixture f;
    size_t n = (size_t)9 << 20; /* libcurl takes strings of at most 8 MB */
    char *name = malloc(n + 1);
    memset(name, 'x', n);
    name[n] = 0;
    setenv("CURL_CA_BUNDLE", name, 1);
    free(name);
    start(&f, p->port, "/");
    assert_int_equal(perform(&f), HTTP_LIBRARY);
    unsetenv("CURL_CA_BUNDLE");
    assert_non_null(strstr(f.err.text, "CURLOPT_CAINFO"));
    peer_stop(p);
    assert_int_equal(atomic_load(&p->requests), 0);
    peer_free(p);
    finish(&f);
}

static bool
stay_silent(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)fd;
    (void)request;
    (void)number;
    return true;
}

static bool
begin_and_stop(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_send(fd, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal");
    return true;
}

static void
check_phase(struct fixture *f, enum http_phase phase)
{
    f->seen.deadline_us = clock_us() + 60 * US_PER_MS;
    assert_int_equal(perform(f), HTTP_DEADLINE);
    assert_int_equal(f->report.phase, phase);
    f->seen.deadline_us = 0;
}

/* Connecting to it is neither answered nor refused: the queue of its listener is full. The sockets that fill
 * it go to held. */
static int
start_blocked(int held[8])
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t len = sizeof a;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    held[0] = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(held[0], (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(listen(held[0], 0), 0);
    assert_int_equal(getsockname(held[0], (struct sockaddr *)&a, &len), 0);
    for (int i = 1; i < 8; i++) {
        held[i] = socket(AF_INET, SOCK_STREAM, 0);
        fcntl(held[i], F_SETFL, O_NONBLOCK);
        connect(held[i], (struct sockaddr *)&a, sizeof a);
    }
    return ntohs(a.sin_port);
}

static void
a_time_out_names_how_far_the_request_came(void **state)
{
    (void)state;
    struct fixture f;
    struct peer *p = peer_start(stay_silent, NULL);
    start(&f, p->port, "/");
    check_phase(&f, HTTP_WAITING);
    free(f.req.url);
    f.req.url = xasprintf("https://127.0.0.1:%d/", p->port);
    check_phase(&f, HTTP_HANDSHAKE);
    f.req.connect_ms = 60;
    assert_int_equal(perform(&f), HTTP_CONNECT);
    assert_non_null(strstr(f.err.text, "the TLS handshake was not finished within 0.06 s"));
    finish(&f);
    peer_stop(p);
    peer_free(p);

    p = peer_start(begin_and_stop, NULL);
    start(&f, p->port, "/");
    check_phase(&f, HTTP_RECEIVING);
    finish(&f);
    peer_stop(p);
    peer_free(p);

    int held[8];
    start(&f, start_blocked(held), "/");
    check_phase(&f, HTTP_CONNECTING);
    f.req.connect_ms = 60;
    assert_int_equal(perform(&f), HTTP_CONNECT);
    assert_non_null(strstr(f.err.text, "no connection was made within 0.06 s"));
    finish(&f);
    for (int i = 0; i < 8; i++)
        close(held[i]);
}

/* Every socket to the network is closed on exec. */
static bool
look_at_sockets(void *arg, const char *bytes, size_t n)
{
    int *found = arg;
    (void)bytes;
    (void)n;
    for (int fd = 3; fd < 256; fd++) {
        struct sockaddr_storage a;
        socklen_t len = sizeof a;
        if (getpeername(fd, (struct sockaddr *)&a, &len) != 0 || a.ss_family != AF_INET ||
            ((struct sockaddr_in *)&a)->sin_port != htons((uint16_t)found[1]))
            continue;
        found[0]++;
        assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    }
    return true;
}

static void
no_child_inherits_the_connection(void **state)
{
    (void)state;
    struct peer *p = peer_start(answer_hello, NULL);
    struct fixture f;
    start(&f, p->port, "/");
    int found[2] = {0, p->port};
    struct http_hooks hooks = {.arg = found, .body = look_at_sockets};
    assert_int_equal(http_perform(f.http, &f.req, &hooks, NULL, &f.report, &f.err), HTTP_OK);
    assert_int_equal(found[0], 1);
    peer_stop(p);
    peer_free(p);
    finish(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_transfer_reuses_the_connection),
        cmocka_unit_test(redirects_are_handed_over_not_followed),
        cmocka_unit_test(cancel_ends_a_transfer_to_a_silent_server),
        cmocka_unit_test(the_callers_deadline_ends_a_transfer),
        cmocka_unit_test(a_kept_connection_that_dies_is_not_asked_again_unseen),
        cmocka_unit_test(a_cut_body_is_told_from_a_whole_one),
        cmocka_unit_test(nobody_listening_is_a_connect_failure),
        cmocka_unit_test(a_peer_that_does_not_speak_tls_is_a_tls_failure),
        cmocka_unit_test(a_response_beyond_its_cap_is_refused),
        cmocka_unit_test(only_https_or_loopback_http_is_spoken),
        cmocka_unit_test(a_line_break_in_a_header_value_is_refused),
        cmocka_unit_test(gzip_nobody_asked_for_is_still_read),
        cmocka_unit_test(a_proxy_of_the_environment_is_not_used_for_loopback),
        cmocka_unit_test(an_option_that_the_library_does_not_take_is_an_error),
        cmocka_unit_test(a_time_out_names_how_far_the_request_came),
        cmocka_unit_test(no_child_inherits_the_connection),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
