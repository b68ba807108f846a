/* Habits of servers that need a connection: when an answer has ended, when it is asked for again, and what an error
 * tells the operator to do. */
#include "unit/unit.h"

#include "calls.h"

#include "brain/call_run.h"

#include <poll.h>
#include <signal.h>

/* p->arg: what is sent, once for each request; then the connection stays open. */
struct script {
    const char *first, *then; /* then NULL: as first */
};

static bool
send_script(struct peer *p, int fd, const char *request, int number)
{
    const struct script *s = p->arg;
    (void)request;
    peer_send(fd, number && s->then ? s->then : s->first);
    return true;
}

#define EVENTS "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
#define SAY(text, reason)                                                                          \
    "data: {\"choices\":[{\"delta\":{\"content\":\"" text "\"},\"finish_reason\":" reason "}]}"    \
    "\n\n"
#define DONE   "data: [DONE]\n\n"
#define ANSWER EVENTS SAY("Halo", "null") SAY("!", "\"stop\"") DONE

static struct outcome
ask(struct script s, int stall_ms, int retries)
{
    struct peer *p = peer_start(send_script, &s);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "/v1");
    c.limits.stall_ms = stall_ms;
    c.limits.retries = retries;
    struct outcome o = caller_run(&c);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
    return o;
}

/* DeepSeek-R1 and QwQ: their prompt ends with the tag that opens the thinking. */
static void
a_thought_that_the_prompt_opens_is_hidden_or_taken_back_with_its_figures(void **state)
{
    (void)state;
    struct script s = {.first = EVENTS SAY("Okay, they greet", "null") SAY(" me.\\n</thi", "null")
                           SAY("nk>\\n\\nHalo", "\"stop\"") DONE};
    enum { UNKNOWN_HABIT, LEARNED, CONFIGURED, WAYS };
    for (int way = 0; way < WAYS; way++) {
        struct peer *p = peer_start(send_script, &s);
        struct caller c;
        caller_start(&c, PROVIDER_OPENAI, p, "/v1");
        c.conf.thinks_first = way == CONFIGURED;
        c.thinks_first = way == LEARNED;
        struct outcome o = caller_run(&c);
        assert_int_equal(o.result->status, STATUS_COMPLETE);
        assert_string_equal(o.text.p, "Halo");
        assert_true(o.result->thinks_first);
        assert_int_equal(o.result->times.stall_us, 0); /* there is one piece of text */
        assert_in_range(o.result->usage.thinking, 5, 6);
        assert_int_equal(strstr(o.notice, "thinks_first: true") != NULL, way == UNKNOWN_HABIT);
        assert_non_null(strchr(o.trace, 't'));
        outcome_finish(&o);
        peer_stop(p);
        peer_free(p);
        caller_finish(&c);
    }
}

enum { BETWEEN_MS = 2, HEARD_MOST_MS = 20000 };

struct slow_pieces {
    const char *const *pieces;
    int heard[2];
};

/* Each piece goes out when the one before it was heard, and a little later. */
static bool
send_slowly(struct peer *p, int fd, const char *request, int number)
{
    const struct slow_pieces *s = p->arg;
    struct pollfd heard = {.fd = s->heard[0], .events = POLLIN};
    char byte;
    (void)request, (void)number;
    peer_stream(fd);
    for (const char *const *piece = s->pieces; *piece; piece++) {
        if (piece > s->pieces && poll(&heard, 1, HEARD_MOST_MS) == 1 &&
            read(heard.fd, &byte, 1) == 1)
            poll(NULL, 0, BETWEEN_MS);
        peer_delta(fd, *piece);
    }
    peer_finish_reason(fd, "stop");
    peer_done(fd);
    return true;
}

static void
the_first_token_is_the_answer_s_whatever_was_shown_or_held_before(void **state)
{
    (void)state;
    static const struct {
        const char *pieces[4], *text;
        bool learned, late;
    } table[] = {
        {{"Halo, ", "kau", "\\n</think>\\n\\nKak"}, "Kak", false, true},
        {{"Halo, ", "Kak"}, "Halo, Kak", true, false}, /* what was learned does not hold any more */
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct slow_pieces s = {.pieces = table[i].pieces};
        assert_int_equal(pipe(s.heard), 0);
        struct peer *p = peer_start(send_slowly, &s);
        struct caller c;
        caller_start(&c, PROVIDER_OPENAI, p, "/v1");
        c.thinks_first = table[i].learned;
        c.heard = s.heard[1];
        struct outcome o = caller_run(&c);
        assert_string_equal(o.text.p, table[i].text);
        assert_int_equal(o.result->thinks_first, !table[i].learned);
        const struct answer_times *at = &o.result->times;
        if (table[i].late)
            assert_true(at->ttft_us - at->first_byte_us >= BETWEEN_MS * US_PER_MS);
        else
            assert_true(at->total_us - at->ttft_us >= BETWEEN_MS * US_PER_MS);
        assert_int_equal(at->stall_us, 0); /* there is one piece of text */
        assert_int_equal(strchr(o.trace, 'b') != NULL, table[i].late);
        outcome_finish(&o);
        peer_stop(p);
        peer_free(p);
        caller_finish(&c);
        close(s.heard[0]);
        close(s.heard[1]);
    }
}

static void
check_error(struct script s, enum error_kind kind, const char *message)
{
    struct outcome o = ask(s, 20000, 0);
    assert_int_equal(o.result->status, STATUS_FAILED);
    assert_non_null(o.result->error.message);
    if (!strstr(o.result->error.message, message))
        fail_msg("\"%s\" does not say \"%s\"", o.result->error.message, message);
    assert_int_equal(o.result->error.kind, kind);
    outcome_finish(&o);
}

static void
an_answer_whose_every_piece_says_stop_is_whole(void **state)
{
    (void)state;
    struct outcome o = ask((struct script){.first = EVENTS SAY("satu ", "\"stop\"")
                                               SAY("dua ", "\"stop\"") SAY("tiga", "\"stop\"")},
                           60, 0);
    assert_int_equal(o.result->status, STATUS_COMPLETE);
    assert_string_equal(o.text.p, "satu dua tiga");
    outcome_finish(&o);
}

static void
a_reason_to_finish_ends_nothing_before_text_and_little_before_more_text(void **state)
{
    (void)state;
    struct call_spec spec = {.limits = {.first_token_ms = 60000, .stall_ms = 50000}};
    struct call_run run = {.spec = &spec, .try_us = 1000, .progress_us = 1000, .finish_us = 1000};
    run.decoder = decoder_create(PROVIDER_OPENAI);
    assert_int_equal(run_deadline(&run), 1000 + INT64_C(60000) * 1000);
    run.visible = true;
    int64_t soon = run_deadline(&run);
    assert_true(soon < 1000 + INT64_C(10000) * 1000);
    run.finish_doubted = true; /* text came after it: the next gap may be longer */
    assert_true(run_deadline(&run) > soon + INT64_C(10000) * 1000);
    decoder_destroy(&run.decoder);
}

static void
an_error_within_a_stream_is_asked_again_before_text_and_not_after(void **state)
{
    (void)state;
    static const struct {
        const char *event;
        bool again;
    } table[] = {
        {"event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
         "\"message\":\"Overloaded\"}}\n\n",
         true},
        {"data: {\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}\n\n", true},
        {"data: {\"error\":{\"message\":\"broke\",\"code\":500}}\n\n", true},
        {"data: {\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}\n\n", false},
        {SAY("text", "null") "data: {\"error\":{\"message\":\"broke\",\"code\":500}}\n\n", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        char first[1024];
        snprintf(
            first, sizeof first,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nretry-after-ms: 5\r\n\r\n%s",
            table[i].event);
        struct outcome o = ask((struct script){first, ANSWER}, 20000, 1);
        assert_int_equal(o.result->retries, table[i].again);
        assert_int_equal(o.result->status, table[i].again ? STATUS_COMPLETE : STATUS_FAILED);
        assert_string_equal(o.text.p, table[i].again ? "Halo!" : i == 4 ? "text" : "");
        outcome_finish(&o);
    }
}

static void
an_answer_without_text_says_what_was_there_instead(void **state)
{
    (void)state;
    check_error(
        (struct script){.first = EVENTS
                        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":"
                        "{\"name\":\"cuaca\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n" DONE},
        ERR_EMPTY, "asked for a tool (cuaca)");
    check_error((struct script){.first = EVENTS "data: {\"choices\":[{\"delta\":{\"reasoning\":"
                                                "\"hm\"},\"finish_reason\":\"stop\"}]}\n\n" DONE},
                ERR_EMPTY, "only thought");
    check_error(
        (struct script){.first = EVENTS SAY("<think>hm", "null") SAY("", "\"length\"") DONE},
        ERR_EMPTY, "raise max_tokens");
}

static void
tokens_that_nobody_counts_are_estimated_and_say_so(void **state)
{
    (void)state;
    struct outcome o = ask(
        (struct script){.first = EVENTS SAY("Halo Kak, apa kabar", "null")
                            SAY(" hari ini?",
                                "\"stop\"") "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":0,"
                                            "\"completion_tokens\":0}}\n\n" DONE},
        20000, 0);
    assert_true(o.result->usage.estimated);
    assert_true(o.result->usage.output > 5 && o.result->usage.input > 5);
    outcome_finish(&o);
    o = ask((struct script){.first = EVENTS SAY(
                                "<think>twelve bytes</think>four",
                                "\"stop\"") "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,"
                                            "\"completion_tokens\":40}}\n\n" DONE},
            20000, 0);
    assert_false(o.result->usage.estimated);
    assert_true(o.result->usage.thinking_estimated);
    assert_int_equal(o.result->usage.output, 40);
    assert_int_equal(o.result->usage.thinking, 30);
    outcome_finish(&o);
    /* A token a piece: three were thought, two are visible, whatever their bytes. */
#define HM                                                                                         \
    "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"a long piece of thought\"}}]}\n\n"
    o = ask(
        (struct script){.first = EVENTS HM HM HM SAY("a", "null") SAY(
                            "b", "\"stop\"") "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,"
                                             "\"completion_tokens\":5}}\n\n" DONE},
        20000, 0);
    assert_int_equal(o.result->usage.thinking, 3);
    outcome_finish(&o);
    /* One that was cut while it thought costs its thoughts. */
    o = ask((struct script){.first =
                                EVENTS "data: {\"choices\":[{\"delta\":{\"reasoning\":"
                                       "\"forty bytes of thought, as many as these\"}}]}\n\n" DONE},
            20000, 0);
    assert_int_equal(o.result->usage.output, 10);
    assert_true(o.result->usage.estimated);
    outcome_finish(&o);
}

#define ERROR(status, headers, body)                                                               \
    "HTTP/1.1 " status " X\r\nConnection: close\r\n" headers "\r\n" body

static bool
send_and_close(struct peer *p, int fd, const char *request, int number)
{
    send_script(p, fd, request, number);
    return false;
}

static struct outcome
ask_error(const char *response)
{
    struct script s = {.first = response};
    struct peer *p = peer_start(send_and_close, &s);
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, p, "/v1");
    c.limits.retries = 0;
    struct outcome o = caller_run(&c);
    assert_int_equal(o.result->status, STATUS_FAILED);
    peer_stop(p);
    peer_free(p);
    caller_finish(&c);
    return o;
}

static void
an_error_status_tells_what_to_do(void **state)
{
    (void)state;
    static const struct {
        const char *response;
        enum error_kind kind;
        const char *words;
    } table[] = {
        {ERROR("401", "", "{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\"}}"),
         ERR_AUTH, "m"},
        {ERROR("404", "", "{\"error\":{\"message\":\"gone\",\"type\":\"invalid_request_error\"}}"),
         ERR_NOT_FOUND, "/v1/chat/completions)"},
        {ERROR("404", "", ""), ERR_NOT_FOUND, "(asked: http://127.0.0.1:"},
        {ERROR("401", "", ""), ERR_AUTH, "HTTP 401 without a reason: is the API key right?"},
        {ERROR("502", "", "<html><title>502 Bad Gateway</title>"), ERR_SERVER,
         "502 Bad Gateway: the server behind this address does not answer"},
        {ERROR("500", "", "{}"), ERR_SERVER, "the server's log"},
        {ERROR("403", "", "not from there"), ERR_AUTH, "not from there"},
        {ERROR("429", "Retry-After: 3600\r\n", "{}"), ERR_RATE_LIMIT, "again in 60 min"},
        {ERROR("429", "Retry-After: 90\r\n", "{}"), ERR_RATE_LIMIT, "again in 90 s"},
        {ERROR("429", "Retry-After: 200000\r\n", "{}"), ERR_RATE_LIMIT, "again in 3 days"},
        {ERROR("503", "Retry-After: Sat, 01 Jan 2400 00:00:00 GMT\r\n", "<html>"), ERR_OVERLOADED,
         "again in more than a year"},
        {ERROR("404", "", "{\"error\":\"NotFound\",\"message\":\"no model x\"}"), ERR_NOT_FOUND,
         "no model x"},
        {ERROR("500", "", "{\"error\":\"NotFound\",\"message\":\"m\"}"), ERR_SERVER, "m"},
        {ERROR("402", "", "{\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\"}}"),
         ERR_BUDGET, "m"},
        {ERROR("400", "", "Client sent an HTTP request to an HTTPS server."), ERR_BAD_REQUEST,
         "write https:// in base_url"},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        struct outcome o = ask_error(table[i].response);
        if (!strstr(o.result->error.message, table[i].words))
            fail_msg("\"%s\" does not say \"%s\"", o.result->error.message, table[i].words);
        assert_int_equal(o.result->error.kind, table[i].kind);
        outcome_finish(&o);
    }
}

static void
a_proxy_that_asks_for_a_password_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *variable, *base_url;
    } table[] = {{"http_proxy", "http://brain.test/v1"}, {"https_proxy", "https://brain.test/v1"}};
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        struct script s = {.first = ERROR("407", "Content-Length: 0\r\n", "")};
        struct peer *p = peer_start(send_and_close, &s);
        struct caller c;
        char proxy[64];
        caller_start(&c, PROVIDER_OPENAI, p, "");
        snprintf(proxy, sizeof proxy, "http://name:geheim@127.0.0.1:%d", p->port);
        setenv(table[i].variable, proxy, 1);
        free(c.conf.base_url);
        c.conf.base_url = xstrdup(table[i].base_url);
        c.conf.allow_http = true;
        struct outcome o = caller_run(&c);
        unsetenv(table[i].variable);
        snprintf(proxy, sizeof proxy, "the proxy 127.0.0.1:%d wants a name", p->port);
        if (!strstr(o.result->error.message, proxy))
            fail_msg("\"%s\" does not say \"%s\"", o.result->error.message, proxy);
        assert_null(strstr(o.result->error.message, "geheim"));
        assert_int_equal(o.result->error.kind, ERR_CONNECT);
        assert_int_equal(o.result->error.http_status, 407);
        assert_int_equal(o.result->retries, 0);
        outcome_finish(&o);
        peer_stop(p);
        peer_free(p);
        caller_finish(&c);
    }
}

/* Whatever the status would mean of a server: no key is wrong, and nothing is busy. */
static void
a_proxy_that_does_not_connect_is_named(void **state)
{
    (void)state;
    static const char *const answers[] = {ERROR("403", "Content-Length: 0\r\n", ""),
                                          ERROR("503", "Content-Length: 0\r\n", "")};
    for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
        struct script s = {.first = answers[i]};
        struct peer *p = peer_start(send_and_close, &s);
        struct caller c;
        char text[80];
        caller_start(&c, PROVIDER_OPENAI, p, "");
        c.limits.retries = 0;
        snprintf(text, sizeof text, "http://127.0.0.1:%d", p->port);
        setenv("https_proxy", text, 1);
        free(c.conf.base_url);
        c.conf.base_url = xstrdup("https://brain.test/v1");
        struct outcome o = caller_run(&c);
        unsetenv("https_proxy");
        snprintf(text, sizeof text,
                 "the proxy http://127.0.0.1:%d does not connect to https://brain.test/", p->port);
        if (!strstr(o.result->error.message, text))
            fail_msg("\"%s\" does not say \"%s\"", o.result->error.message, text);
        assert_int_equal(o.result->error.kind, ERR_CONNECT);
        assert_int_equal(o.result->error.cause, CAUSE_PROXY);
        outcome_finish(&o);
        peer_stop(p);
        peer_free(p);
        caller_finish(&c);
    }
}

/* The message of a call through this proxy, new. */
static char *
refused_by(const char *variable, const char *proxy, const char *base_url)
{
    struct peer p = {.port = 1};
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, &p, "");
    c.limits.retries = 0;
    c.limits.connect_ms = 100;
    c.conf.allow_http = true;
    free(c.conf.base_url);
    c.conf.base_url = xstrdup(base_url);
    setenv(variable, proxy, 1);
    struct outcome o = caller_run(&c);
    unsetenv(variable);
    assert_int_equal(o.result->error.kind, ERR_CONNECT);
    char *message = xstrdup(o.result->error.message);
    outcome_finish(&o);
    caller_finish(&c);
    return message;
}

static void
a_proxy_that_says_nothing_or_cannot_be_one_is_named(void **state)
{
    (void)state;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    char proxy[64];
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &len), 0);
    snprintf(proxy, sizeof proxy, "http://siti:rahasia@127.0.0.1:%d", ntohs(at.sin_port));
    char *message = refused_by("https_proxy", proxy, "https://brain.test/v1");
    snprintf(proxy, sizeof proxy, "brain.test:443 by the proxy 127.0.0.1:%d: no connection",
             ntohs(at.sin_port));
    if (!strstr(message, proxy))
        fail_msg("%s", message);
    free(message);
    close(listener);
    message = refused_by("https_proxy", "ftp://siti:rahasia@127.0.0.1:1", "https://brain.test/v1");
    if (!strstr(message, "The proxy 127.0.0.1:1 on the way to brain.test:443 cannot be used"))
        fail_msg("%s", message);
    free(message);
}

/* What answers a handshake: speaks first, as a server does that takes what came for a broken request, or waits. */
struct no_tls {
    int listener;
    const char *tunnel, *says; /* of a proxy before it; NULL: there is none */
    size_t n;
    bool first;
};

static void *
answer_handshake(void *arg)
{
    const struct no_tls *s = arg;
    char rest[2048];
    int fd = accept(s->listener, NULL, NULL);
    if (s->tunnel) {
        assert_true(read(fd, rest, sizeof rest) > 0);
        peer_send(fd, s->tunnel);
    }
    if (!s->first)
        assert_true(read(fd, rest, sizeof rest) > 0);
    assert_int_equal(write(fd, s->says, s->n), s->n);
    shutdown(fd, SHUT_WR);
    while (read(fd, rest, sizeof rest) > 0)
        ;
    close(fd);
    return NULL;
}

static void
expect_handshake(struct no_tls *s, bool plain)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    s->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(s->listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(s->listener, 1), 0);
    assert_int_equal(getsockname(s->listener, (struct sockaddr *)&at, &len), 0);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, answer_handshake, s), 0);
    struct peer p = {.port = ntohs(at.sin_port)};
    struct caller c;
    caller_start(&c, PROVIDER_OPENAI, &p, "/v1");
    free(c.conf.base_url);
    c.conf.base_url =
        s->tunnel ? xstrdup("https://brain.test/v1") : xasprintf("https://127.0.0.1:%d/v1", p.port);
    char proxy[64];
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", p.port);
    setenv("https_proxy", s->tunnel ? proxy : "", 1);
    c.limits.retries = 0;
    struct outcome o = caller_run(&c);
    unsetenv("https_proxy");
    pthread_join(thread, NULL);
    close(s->listener);
    assert_int_equal(o.result->error.kind, ERR_TLS);
    assert_int_equal(o.result->error.cause, CAUSE_HANDSHAKE);
    if (plain != (strstr(o.result->error.message, "does not speak TLS: write http://") != NULL))
        fail_msg("%s", o.result->error.message);
    outcome_finish(&o);
    caller_finish(&c);
}

static void
a_peer_is_said_to_speak_no_tls_by_what_it_sent(void **state)
{
    (void)state;
    static const char http[] = "HTTP/1.1 400 Bad Request\r\n\r\n",
                      tunnel[] = "HTTP/1.1 200 OK\r\n\r\n";
    static const char alert[] = "\x15\x03\x03\0\2\2\x28"; /* a handshake failure, said in TLS */
    struct no_tls rows[] = {
        {.says = http, .n = sizeof http - 1, .first = true},
        {.says = http, .n = sizeof http - 1},
        {.says = "SSH-2.0-OpenSSH_9.2\r\n", .n = 21, .first = true},
        {.says = http, .n = sizeof http - 1, .tunnel = tunnel},
        {.says = alert, .n = sizeof alert - 1},
        {.says = alert, .n = sizeof alert - 1, .tunnel = tunnel},
        {.says = "", .n = 0},
        {.says = "", .n = 0, .tunnel = tunnel},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        expect_handshake(&rows[i], i < 4);
}

static void
what_is_not_http_is_named(void **state)
{
    (void)state;
    struct outcome o = ask_error("\x15\x03\x01");
    assert_int_equal(o.result->error.kind, ERR_TLS);
    assert_non_null(strstr(o.result->error.message, "speaks TLS: write https://"));
    outcome_finish(&o);
    o = ask_error("220 mail.test ESMTP\r\n");
    assert_int_equal(o.result->error.kind, ERR_PROTOCOL);
    assert_non_null(strstr(o.result->error.message, "does not answer in HTTP"));
    outcome_finish(&o);
}

static bool
endless_header(struct peer *p, int fd, const char *request, int number)
{
    static const char block[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    (void)request;
    (void)number;
    peer_send(fd, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 10 << 14; i++) {
        peer_send(fd, block);
        peer_send(fd, p->arg);
    }
    return false;
}

static void
a_header_without_end_is_refused(void **state)
{
    (void)state;
    static const char *const ends[] = {"x", ": y\r\n"};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        struct peer *p = peer_start(endless_header, (void *)ends[i]);
        struct caller c;
        caller_start(&c, PROVIDER_OPENAI, p, "");
        c.limits.retries = 0;
        struct outcome o = caller_run(&c);
        assert_int_equal(o.result->error.kind, ERR_PROTOCOL);
        if (!strstr(o.result->error.message, "the header of the answer is larger"))
            fail_msg("%s", o.result->error.message);
        outcome_finish(&o);
        peer_stop(p);
        peer_free(p);
        caller_finish(&c);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_whose_every_piece_says_stop_is_whole),
        cmocka_unit_test(a_reason_to_finish_ends_nothing_before_text_and_little_before_more_text),
        cmocka_unit_test(an_error_within_a_stream_is_asked_again_before_text_and_not_after),
        cmocka_unit_test(a_thought_that_the_prompt_opens_is_hidden_or_taken_back_with_its_figures),
        cmocka_unit_test(the_first_token_is_the_answer_s_whatever_was_shown_or_held_before),
        cmocka_unit_test(an_answer_without_text_says_what_was_there_instead),
        cmocka_unit_test(tokens_that_nobody_counts_are_estimated_and_say_so),
        cmocka_unit_test(an_error_status_tells_what_to_do),
        cmocka_unit_test(a_proxy_that_asks_for_a_password_is_named),
        cmocka_unit_test(a_proxy_that_does_not_connect_is_named),
        cmocka_unit_test(a_proxy_that_says_nothing_or_cannot_be_one_is_named),
        cmocka_unit_test(a_peer_is_said_to_speak_no_tls_by_what_it_sent),
        cmocka_unit_test(what_is_not_http_is_named),
        cmocka_unit_test(a_header_without_end_is_refused),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
