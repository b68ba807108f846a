#include <sys/stat.h>

#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/net/http.h"
#include "net/proxy.h"

#include "unit/peer.h"

static void
no_proxy_names_hosts_in_every_usual_form(void **state)
{
    (void)state;
    static const struct {
        const char *list, *host;
        int port;
        bool excused;
    } cases[] = {
        {"*", "api.example.com", 443, true},
        {"other.org, *", "api.example.com", 443, true},
        {"example.com", "example.com", 443, true},
        {"example.com", "api.EXAMPLE.com", 443, true},
        {"example.com", "badexample.com", 443, false},
        {".example.com", "api.example.com", 443, true},
        {"*.example.com", "api.example.com", 443, true},
        {"*.example.com", "example.org", 443, false},
        {"example.com.", "api.example.com", 443, true},
        {"a.org example.com\tb.org", "example.com", 443, true},
        {"example.com:8443", "example.com", 8443, true},
        {"example.com:8443", "example.com", 443, false},
        {"*.example.com:443", "api.example.com", 443, true},
        {"10.0.0.7", "10.0.0.7", 443, true},
        {"10.0.0.7:80", "10.0.0.7", 443, false},
        {"10.0.0.0/8", "10.200.3.4", 443, true},
        {"10.0.0.0/9", "10.200.3.4", 443, false},
        {"10.0.0.0/33", "10.200.3.4", 443, false},
        {"10.0.0.0/", "10.0.0.0", 443, false},
        {"0.0.0.0/0", "192.0.2.1", 443, true},
        {"fd00::/8", "[fd12::1]", 443, true},
        {"fd00::/8", "[fe80::1]", 443, false},
        {"fd12::1", "[fd12:0:0::1]", 443, true},
        {"[fd12::1]", "[fd12::1]", 443, true},
        {"[fd12::1]:8443", "[fd12::1]", 8443, true},
        {"[fd12::1]:8443", "[fd12::1]", 443, false},
        {"", "example.com", 443, false},
        {",, ,", "example.com", 443, false},
        {".", "example.com", 443, false},
        {NULL, "example.com", 443, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (proxy_excused(cases[i].list, cases[i].host, cases[i].port) != cases[i].excused)
            fail_msg("no_proxy=%s of %s:%d", cases[i].list, cases[i].host, cases[i].port);
}

static void
a_proxy_is_shown_without_its_password(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"http://siti:rahasia@proxy.test:3128", "proxy.test:3128"},
        {"http://siti:ra@hasia@proxy.test:3128/", "proxy.test:3128/"},
        {"siti:rahasia@[fd12::1]:3128", "[fd12::1]:3128"},
        {"http://proxy.test:3128", "http://proxy.test:3128"},
        {"socks5h://[fd12::1]", "socks5h://[fd12::1]"},
        {"proxy.test", "proxy.test"},
        {"siti:rahasia", "of the environment"},
        {"http://siti:rahasia", "of the environment"},
        {"siti:12rahasia", "of the environment"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(proxy_shown(cases[i][0]), cases[i][1]);
}

static void
each_scheme_has_its_proxy(void **state)
{
    (void)state;
    setenv("https_proxy", "http://user:pass@one:1", 1);
    setenv("HTTP_PROXY", "http://two:2", 1);
    setenv("ALL_PROXY", "http://three:3", 1);
    setenv("NO_PROXY", "*.local", 1);
    assert_string_equal(proxy_shown(proxy_for(false, "a.org", 443)), "one:1");
    assert_string_equal(proxy_for(true, "a.org", 80), "http://three:3");
    assert_null(proxy_for(false, "a.local", 443));
    unsetenv("https_proxy");
    unsetenv("HTTP_PROXY");
    unsetenv("ALL_PROXY");
    unsetenv("NO_PROXY");
    assert_null(proxy_for(false, "a.org", 443));
}

static bool
answer_ok(struct peer *p, int fd, const char *request, int number)
{
    (void)p;
    (void)request;
    (void)number;
    peer_respond(fd, 200, "", "ok");
    return true;
}

static enum http_outcome
fetch(const char *url, const char *ca_file, struct err *err)
{
    struct http *http = http_create(NULL);
    struct http_request req = {.method = "GET",
                               .url = xstrdup(url),
                               .ca_file = ca_file,
                               .allow_http = true,
                               .connect_ms = 2000};
    enum http_outcome o = http_perform(http, &req, NULL, NULL, NULL, err);
    http_request_finish(&req);
    http_destroy(&http);
    return o;
}

static void
a_request_goes_by_the_proxy_and_a_dead_one_is_named(void **state)
{
    (void)state;
    struct err err = {""};
    struct peer *p = peer_start(answer_ok, NULL);
    char *proxy = xasprintf("http://127.0.0.1:%d", p->port);
    setenv("http_proxy", proxy, 1);
    assert_int_equal(fetch("http://brain.invalid/x", NULL, &err), HTTP_OK);
    assert_non_null(strstr(p->last, "GET http://brain.invalid/x HTTP/1.1\r\n"));
    setenv("no_proxy", "*.invalid", 1);
    assert_int_equal(fetch("http://brain.invalid/x", NULL, &err), HTTP_CONNECT);
    assert_non_null(strstr(err.text, "No address is known for brain.invalid"));
    unsetenv("no_proxy");
    peer_stop(p);
    setenv("http_proxy", "http://user:pass@127.0.0.1:1", 1);
    assert_int_equal(fetch("http://brain.invalid/x", NULL, &err), HTTP_CONNECT);
    assert_non_null(strstr(err.text, "The proxy 127.0.0.1:1 "));
    assert_null(strstr(err.text, "pass"));
    unsetenv("http_proxy");
    peer_free(p);
    free(proxy);
}

/* One handle for both, as a call that is tried again has. */
static void
a_name_without_address_can_be_asked_again(void **state)
{
    (void)state;
    struct http *http = http_create(NULL);
    for (int i = 0; i < 3; i++) {
        struct err err = {""};
        struct http_request req = {
            .method = "GET", .url = xstrdup("https://brain.invalid/x"), .connect_ms = 2000};
        assert_int_equal(http_perform(http, &req, NULL, NULL, NULL, &err), HTTP_CONNECT);
        assert_non_null(strstr(err.text, "No address is known for brain.invalid"));
        http_request_finish(&req);
    }
    http_destroy(&http);
}

static void
certificates_that_are_no_plain_file_are_refused(void **state)
{
    (void)state;
    struct err err = {""};
    char folder[SCRATCH_BYTES];
    assert_int_equal(scratch_make(folder), 0);
    char *fifo = xasprintf("%s/fifo", folder);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(fetch("https://127.0.0.1:1/", fifo, &err), HTTP_TLS);
    assert_non_null(strstr(err.text, "ca_file"));
    assert_non_null(strstr(err.text, "not a plain file"));
    assert_int_equal(fetch("https://127.0.0.1:1/", "/dev/zero", &err), HTTP_TLS);
    setenv("SSL_CERT_FILE", fifo, 1);
    assert_int_equal(fetch("https://127.0.0.1:1/", NULL, &err), HTTP_TLS);
    assert_non_null(strstr(err.text, "SSL_CERT_FILE"));
    unsetenv("SSL_CERT_FILE");
    scratch_remove(folder);
    free(fifo);
}

/* A server whose certificate is its own authority, in folder/c.pem, which is also a folder of authorities as OpenSSL
 * wants it. It ends after four connections. NULL: this machine has no openssl. */
static FILE *
start_tls(const char *folder, int *port)
{
    char *make = xasprintf(
        "cd %s && openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 "
        "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 2>/dev/null && "
        "ln -s c.pem $(openssl x509 -hash -noout -in c.pem).0",
        folder);
    char *serve =
        xasprintf("cd %s && exec openssl s_server -accept 127.0.0.1:0 -naccept 4 -www -cert c.pem "
                  "-key k.pem </dev/null 2>/dev/null",
                  folder);
    FILE *f = system(make) == 0 ? popen(serve, "r") : NULL;
    char line[256];
    *port = 0;
    while (f && !*port && fgets(line, sizeof line, f))
        if (strncmp(line, "ACCEPT ", 7) == 0)
            *port = (int)strtol(strrchr(line, ':') + 1, NULL, 10);
    free(make);
    free(serve);
    return f;
}

static void
authorities_are_those_of_the_request_then_of_the_environment(void **state)
{
    (void)state;
    char folder[SCRATCH_BYTES];
    int port;
    struct err err = {""};
    assert_int_equal(scratch_make(folder), 0);
    FILE *server = start_tls(folder, &port);
    char *url = xasprintf("https://127.0.0.1:%d/", port), *own = xasprintf("%s/c.pem", folder);
    if (server) {
        assert_int_equal(fetch(url, NULL, &err), HTTP_TLS);
        setenv("SSL_CERT_DIR", folder, 1);
        assert_int_equal(fetch(url, NULL, &err), HTTP_OK);
        unsetenv("SSL_CERT_DIR");
        setenv("SSL_CERT_FILE", "/nowhere.pem", 1);
        setenv("CURL_CA_BUNDLE", "/nowhere.pem", 1);
        assert_int_equal(fetch(url, own, &err), HTTP_OK);
        setenv("CURL_CA_BUNDLE", own, 1); /* as the curl command: it is looked at first */
        setenv("SSL_CERT_FILE", "/nowhere.pem", 1);
        assert_int_equal(fetch(url, NULL, &err), HTTP_OK);
        setenv("CURL_CA_BUNDLE", "/nowhere.pem", 1);
        setenv("SSL_CERT_FILE", own, 1);
        assert_int_equal(fetch(url, NULL, &err), HTTP_TLS);
        assert_non_null(strstr(err.text, "CURL_CA_BUNDLE"));
        unsetenv("CURL_CA_BUNDLE");
        unsetenv("SSL_CERT_FILE");
        pclose(server);
    }
    scratch_remove(folder);
    free(own);
    free(url);
    if (!server)
        skip();
}

int
main(void)
{
    static const char *const trusted[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"};
    for (size_t i = 0; i < sizeof trusted / sizeof trusted[0]; i++)
        unsetenv(trusted[i]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_proxy_names_hosts_in_every_usual_form),
        cmocka_unit_test(a_proxy_is_shown_without_its_password),
        cmocka_unit_test(each_scheme_has_its_proxy),
        cmocka_unit_test(a_name_without_address_can_be_asked_again),
        cmocka_unit_test(certificates_that_are_no_plain_file_are_refused),
        cmocka_unit_test(a_request_goes_by_the_proxy_and_a_dead_one_is_named),
        cmocka_unit_test(authorities_are_those_of_the_request_then_of_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
