/* The program through servers that others wrote: nginx (TLS, HTTP/2, gzip, buffering) in front of the stand-in server,
 * squid with and without a password, aimock in both wire forms. run.sh starts them and says in PEER_… where they are. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "screen/contract.h"
#include "screen/place.h"
#include "screen/report.h"
#include "standin/standin.h"

#define LONG_ANSWER "Satu ☺ dua\n \"tiga\" \\ 👩‍💻 empat — sudah"
#define LONG_RULE                                                                                  \
    "gap=2 text=Satu \\|☺ dua\\n \\\"tiga\\\" \\|\\\\ 👩\\|‍💻 empat\\| — sudah"

struct peers {
    struct place *place;
    struct standin *standin;
};

static int
port(const char *name)
{
    const char *s = getenv(name);
    assert_non_null(s);
    return (int)strtol(s, NULL, 10);
}

static int
set_up(void **state)
{
    struct peers *p = xcalloc(1, sizeof *p);
    p->place = place_create();
    p->standin = standin_start(port("PEER_STANDIN"));
    *state = p;
    return 0;
}

static int
tear_down(void **state)
{
    struct peers *p = *state;
    standin_stop(&p->standin);
    place_destroy(&p->place);
    free(p);
    return 0;
}

/* Both brains at scheme://host:port of this server; "ca: NAME" trusts that authority, NULL: the system's. */
static void
configure(struct peers *p, const char *scheme, const char *host, const char *where, const char *ca,
          const char *more)
{
    char *claude = xasprintf("%s://%s:%d", scheme, host, port(where));
    char *llama = xasprintf("%s/v1", claude);
    char *lines = ca ? xasprintf("ca_file: %s/%s.pem\n%s", getenv("PEER_DIR"), ca, more ? more : "")
                     : xasprintf("%s", more ? more : "");
    place_config(p->place, claude, lines, llama, lines, NULL);
    free(claude);
    free(llama);
    free(lines);
}

static void
set(struct peers *p, const char *name, const char *format, int number)
{
    char value[200];
    snprintf(value, sizeof value, format, number);
    char *assignment = xasprintf("%s=%s", name, value);
    place_setenv(p->place, assignment);
    free(assignment);
}

static void
check_answer(const struct report *r, const char *brain, const char *text)
{
    const struct json *a = report_answer(r, brain);
    if (strcmp(report_str(a, "status"), "complete") != 0 ||
        strcmp(report_str(a, "text"), text) != 0)
        cli_show(&r->run);
    assert_string_equal(report_str(a, "status"), "complete");
    assert_string_equal(report_str(a, "text"), text);
    assert_true(json_is_null(json_get(a, "error")));
    double tokens = -1;
    assert_true(json_get_num(a, "tokens_out", &tokens) && tokens > 0);
}

/* Both answers come whole. */
static void
expect_both(struct peers *p, const char *message, const char *text)
{
    struct report r;
    report_ask(&r, p->place, NULL, message);
    expect_exit(&r.run, 0);
    expect_contract(r.root);
    check_answer(&r, "claude", text);
    check_answer(&r, "llama", text);
    report_finish(&r);
}

/* LLAMA, asked alone, fails so; the message holds the words, and never a password. */
static void
expect_failure(struct peers *p, const char *kind, const char *words)
{
    struct report r;
    report_ask(&r, p->place, ARGS("--brain", "llama"), "halo");
    expect_exit(&r.run, 5);
    const struct json *a = report_answer(&r, "llama");
    const char *message = report_str(a, "error.message");
    if (strcmp(report_str(a, "error.kind"), kind) != 0 || !strstr(message, words)) {
        cli_show(&r.run);
        fail_msg("%s: \"%s\" instead of %s: \"%s\"", report_str(a, "error.kind"), message, kind,
                 words);
    }
    assert_false(holds(&r.run.out, "rahasia") || holds(&r.run.err, "rahasia"));
    assert_false(holds(&r.run.out, "keliru") || holds(&r.run.err, "keliru"));
    report_finish(&r);
}

/* What doctor says of LLAMA: its text and its remedy hold the words. text NULL: all is well. */
static void
expect_doctor(struct peers *p, const char *text, const char *remedy)
{
    struct cli_result r;
    cli_run(&r, p->place, ARGS("doctor", "--json"), NULL);
    struct json *root = json_parse(r.out.p, r.out.len, NULL);
    const struct json *f = json_first(json_get(root, "findings"));
    while (f && strcmp(report_str(f, "what"), "llama") != 0)
        f = json_next(f);
    bool ok = false;
    json_get_bool(f, "ok", &ok);
    bool right =
        text ? !ok && strstr(report_str(f, "text"), text) && strstr(report_str(f, "remedy"), remedy)
             : ok;
    if (!right) {
        cli_show(&r);
        fail_msg("doctor does not say \"%s\" and \"%s\"", text ? text : "ok", text ? remedy : "");
    }
    assert_int_equal(r.code, text ? 1 : 0);
    assert_false(holds(&r.out, "keliru"));
    json_free(root);
    cli_finish(&r);
}

/* Waits until a log of run.sh's folder holds the words. */
static void
expect_logged(const char *log, const char *words)
{
    char *path = xasprintf("%s/%s", getenv("PEER_DIR"), log);
    bool found = false;
    for (int64_t until = clock_us() + patience_ms() * (int64_t)US_PER_MS;
         !found && clock_us() < until;) {
        struct buf text;
        char part[4096];
        size_t n;
        buf_init(&text, 1 << 24);
        FILE *f = fopen(path, "r");
        while (f && (n = fread(part, 1, sizeof part, f)) > 0)
            buf_append(&text, part, n);
        if (f)
            fclose(f);
        found = holds(&text, words);
        buf_finish(&text);
        if (!found)
            usleep(10000);
    }
    if (!found)
        fail_msg("%s never held \"%s\"", path, words);
    free(path);
}

static void
expect_seen(const char *where, const char *words)
{
    char *line = xasprintf("%d %s", port(where), words);
    expect_logged("nginx.seen", line);
    free(line);
}

/* ---- nginx ---- */

static void
answers_come_whole_over_http2(void **state)
{
    struct peers *p = *state;
    standin_rule(p->standin, LONG_RULE);
    configure(p, "https", "127.0.0.1", "PEER_TLS", "ours", NULL);
    expect_both(p, "halo", LONG_ANSWER);
    expect_seen("PEER_TLS", "HTTP/2.0 POST /v1/messages 200");
    expect_seen("PEER_TLS", "HTTP/2.0 POST /v1/chat/completions 200");
    expect_doctor(p, NULL, NULL);
}

static void
event_lines_stream_over_http2(void **state)
{
    struct peers *p = *state;
    struct cli_result r;
    struct buf text;
    int deltas = 0;
    standin_rule(p->standin, "gap=30 text="
                             "satu \\|dua \\|tiga \\|empat");
    configure(p, "https", "127.0.0.1", "PEER_TLS", "ours", NULL);
    cli_run(&r, p->place, ARGS("ask", "--stream-json", "--brain", "llama", "halo"), NULL);
    expect_exit(&r, 0);
    buf_init(&text, 1 << 16);
    for (const char *line = r.out.p; *line; line += strcspn(line, "\n") + 1) {
        struct json *e = json_parse(line, strcspn(line, "\n"), NULL);
        assert_non_null(e);
        if (strcmp(report_str(e, "event"), "delta") == 0) {
            buf_append_str(&text, report_str(e, "text"));
            deltas++;
        }
        json_free(e);
    }
    if (strcmp(text.p, "satu dua tiga empat") != 0)
        cli_show(&r);
    assert_string_equal(text.p, "satu dua tiga empat");
    assert_true(deltas >= 1);
    buf_finish(&text);
    cli_finish(&r);
}

static void
a_proxy_that_buffers_gives_the_whole_answer_at_its_end(void **state)
{
    struct peers *p = *state;
    standin_rule(p->standin, LONG_RULE);
    configure(p, "https", "127.0.0.1", "PEER_BUFFERED", "ours", NULL);
    expect_both(p, "halo", LONG_ANSWER);
    expect_seen("PEER_BUFFERED",
                "HTTP/2.0 POST /v1/messages 200 -"); /* a stream asks for no gzip */
}

static void
a_list_of_models_may_be_gzipped(void **state)
{
    struct peers *p = *state;
    standin_rule(p->standin, "path=/v1/chat status=404 message=\"there is no such model\"");
    configure(p, "https", "127.0.0.1", "PEER_BUFFERED", "ours", NULL);
    expect_doctor(p, "there is no such model", "set models.*.id to one it offers: ");
    expect_seen("PEER_BUFFERED", "HTTP/2.0 GET /v1/models 200 gzip");
}

static void
what_came_before_a_silence_is_kept(void **state)
{
    struct peers *p = *state;
    static const char *const servers[] = {"PEER_TLS", "PEER_BUFFERED"};
    standin_rule(p->standin, "fault=hang after=3 text=satu \\|dua \\|tiga \\|empat");
    for (size_t i = 0; i < ARRAY_LEN(servers); i++) {
        struct report r;
        configure(p, "https", "127.0.0.1", servers[i], "ours", "stall_ms: 1500");
        report_ask(&r, p->place, ARGS("--brain", "llama"), "halo");
        expect_exit(&r.run, 5);
        assert_string_equal(report_str(report_answer(&r, "llama"), "error.kind"), "stalled");
        assert_string_equal(report_str(report_answer(&r, "llama"), "text"), "satu dua");
        report_finish(&r);
    }
}

static void
errors_of_a_server_behind_nginx_keep_their_kind(void **state)
{
    struct peers *p = *state;
    configure(p, "https", "127.0.0.1", "PEER_TLS", "ours", NULL);
    standin_rule(p->standin, "times=1 status=429 retry_after=7 message=\"too many\"");
    expect_failure(p, "rate_limit", "too many; again in 7 s");
    standin_rule(p->standin, "times=1 status=401 message=\"bad key\"");
    expect_failure(p, "auth", "bad key");
    configure(p, "https", "127.0.0.1", "PEER_DEAD", "ours", NULL);
    expect_failure(p, "server", "502"); /* nginx's own page */
}

/* ---- certificates and schemes ---- */

static void
the_authority_comes_from_the_configuration_or_the_environment(void **state)
{
    struct peers *p = *state;
    char *file = xasprintf("%s/ours.pem", getenv("PEER_DIR"));
    standin_rule(p->standin, LONG_RULE);
    configure(p, "https", "localhost", "PEER_TLS", NULL, NULL);
    expect_failure(p, "tls", "certificate");
    char *assignment = xasprintf("SSL_CERT_FILE=%s", file);
    place_setenv(p->place, assignment);
    expect_both(p, "halo", LONG_ANSWER);
    free(assignment);
    free(file);
}

static void
another_authority_is_refused_with_the_remedy(void **state)
{
    struct peers *p = *state;
    configure(p, "https", "127.0.0.1", "PEER_TLS", "other", NULL);
    expect_failure(p, "tls", "certificate");
    expect_doctor(p, "certificate", "ca_file");
}

static void
a_wrong_scheme_is_named(void **state)
{
    struct peers *p = *state;
    configure(p, "https", "127.0.0.1", "PEER_PLAIN", "ours", NULL);
    expect_failure(p, "tls", "does not speak TLS: write http:// instead of https://");
    configure(p, "http", "127.0.0.1", "PEER_TLS", NULL, NULL);
    expect_failure(p, "bad_request", "this port speaks TLS: write https:// in base_url");
}

/* ---- squid ---- */

static void
a_tunnel_and_a_plain_request_pass_an_open_proxy(void **state)
{
    struct peers *p = *state;
    standin_rule(p->standin, LONG_RULE);
    set(p, "https_proxy", "http://127.0.0.1:%d", port("PEER_OPEN"));
    set(p, "http_proxy", "http://127.0.0.1:%d", port("PEER_OPEN"));
    configure(p, "https", "peer.test", "PEER_TLS", "ours", NULL);
    expect_both(p, "halo", LONG_ANSWER);
    expect_logged("squid-open.seen", "CONNECT peer.test:");
    expect_doctor(p, NULL, NULL);
    configure(p, "http", "peer.test", "PEER_PLAIN", NULL, "allow_http: true");
    expect_both(p, "halo", LONG_ANSWER);
    expect_logged("squid-open.seen", "POST http://peer.test:");
}

static void
a_password_opens_the_proxy(void **state)
{
    struct peers *p = *state;
    standin_rule(p->standin, LONG_RULE);
    set(p, "https_proxy", "http://siti:rahasia@127.0.0.1:%d", port("PEER_LOCKED"));
    configure(p, "https", "peer.test", "PEER_TLS", "ours", NULL);
    expect_both(p, "halo", LONG_ANSWER);
}

static void
without_the_password_the_proxy_is_named(void **state)
{
    struct peers *p = *state;
    char words[100];
    static const char *const values[] = {"http://127.0.0.1:%d", "http://siti:keliru@127.0.0.1:%d"};
    snprintf(words, sizeof words, "127.0.0.1:%d wants a name and a password", port("PEER_LOCKED"));
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        set(p, "https_proxy", values[i], port("PEER_LOCKED"));
        set(p, "http_proxy", values[i], port("PEER_LOCKED"));
        configure(p, "https", "peer.test", "PEER_TLS", "ours", NULL);
        expect_failure(p, "connect", words);
        expect_doctor(p, words, "https_proxy");
        configure(p, "http", "peer.test", "PEER_PLAIN", NULL, "allow_http: true");
        expect_failure(p, "connect", words);
    }
    assert_int_equal(standin_count(p->standin), 0);
}

static void
no_proxy_goes_past_it(void **state)
{
    struct peers *p = *state;
    set(p, "https_proxy", "http://127.0.0.1:%d", port("PEER_OPEN"));
    place_setenv(p->place, "no_proxy=example.org, .test");
    configure(p, "https", "peer.test", "PEER_TLS", "ours", NULL);
    expect_failure(p, "connect",
                   "No address is known for peer.test"); /* only the proxy knows the name */
}

static void
what_a_proxy_cannot_reach_and_a_proxy_that_is_gone_are_told_apart(void **state)
{
    struct peers *p = *state;
    set(p, "https_proxy", "http://127.0.0.1:%d", port("PEER_OPEN"));
    configure(p, "https", "peer.test", "PEER_NOBODY", "ours", NULL);
    expect_failure(p, "connect", "does not connect to https://peer.test:");
    expect_doctor(p, "does not connect to https://peer.test:", "proxy");
    set(p, "https_proxy", "http://127.0.0.1:%d", port("PEER_NOBODY"));
    expect_failure(p, "connect", "The proxy http://127.0.0.1:");
}

/* ---- aimock ---- */

static void
aimock_streams_in_both_forms(void **state)
{
    struct peers *p = *state;
    configure(p, "http", "127.0.0.1", "PEER_AIMOCK", NULL, NULL);
    expect_both(p, "halo", "Halo, Kak! Apa kabar? ☺ 👩‍💻 \"tiga\" \\ empat\nlima");
}

static void
aimocks_errors_and_cut_streams_are_told(void **state)
{
    struct peers *p = *state;
    static const char *const brains[] = {"claude", "llama"};
    configure(p, "http", "127.0.0.1", "PEER_AIMOCK", NULL, NULL);
    for (size_t i = 0; i < ARRAY_LEN(brains); i++) {
        struct report r;
        report_ask(&r, p->place, ARGS("--brain", brains[i]), "limit");
        expect_exit(&r.run, 5);
        assert_string_equal(report_str(report_answer(&r, brains[i]), "error.kind"), "rate_limit");
        assert_non_null(
            strstr(report_str(report_answer(&r, brains[i]), "error.message"), "slow down, please"));
        report_finish(&r);
        report_ask(&r, p->place, ARGS("--brain", brains[i]), "cut");
        expect_exit(&r.run, 5);
        assert_string_equal(report_str(report_answer(&r, brains[i]), "error.kind"), "stream_cut");
        report_finish(&r);
    }
}

int
main(void)
{
    if (!getenv("PEER_DIR")) {
        fputs("run by make check-peers\n", stderr);
        return 1;
    }
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        T(answers_come_whole_over_http2),
        T(event_lines_stream_over_http2),
        T(a_proxy_that_buffers_gives_the_whole_answer_at_its_end),
        T(a_list_of_models_may_be_gzipped),
        T(what_came_before_a_silence_is_kept),
        T(errors_of_a_server_behind_nginx_keep_their_kind),
        T(the_authority_comes_from_the_configuration_or_the_environment),
        T(another_authority_is_refused_with_the_remedy),
        T(a_wrong_scheme_is_named),
        T(a_tunnel_and_a_plain_request_pass_an_open_proxy),
        T(a_password_opens_the_proxy),
        T(without_the_password_the_proxy_is_named),
        T(no_proxy_goes_past_it),
        T(what_a_proxy_cannot_reach_and_a_proxy_that_is_gone_are_told_apart),
        T(aimock_streams_in_both_forms),
        T(aimocks_errors_and_cut_streams_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
