/* `berdua doctor` names what is wrong and what to do about it. */
#include "unit/unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "report.h"
#include "table.h"
#include "unit/knowledge/fake_chroma.h"

#define CLAUDE_MODEL "models: {fast: {id: claude-haiku-5-5}}"
#define LLAMA_MODEL  "models: {fast: {id: zantara-llama-3.1-8b}}"

struct diagnosis {
    struct cli_result run;
    struct json *root;
};

static void
diagnose(struct diagnosis *d, struct place *place, const char *more)
{
    cli_run(&d->run, place, ARGS("doctor", "--json", more), NULL);
    assert_false(d->run.late);
    d->root = json_parse(d->run.out.p, d->run.out.len, NULL);
    if (d->root == NULL)
        cli_show(&d->run);
    assert_non_null(d->root);
}

static void
diagnosis_finish(struct diagnosis *d)
{
    json_free(d->root);
    cli_finish(&d->run);
}

static const struct json *
finding(const struct diagnosis *d, const char *what)
{
    const struct json *f = json_first(json_get(d->root, "findings"));
    while (f != NULL && strcmp(report_str(f, "what"), what) != 0)
        f = json_next(f);
    if (f == NULL)
        fail_msg("nothing is said about %s: %s", what, d->run.out.p);
    return f;
}

static bool
is_ok(const struct json *f)
{
    bool ok = false;
    assert_true(json_get_bool(f, "ok", &ok));
    return ok;
}

/* LLAMA is broken this way: the text and the remedy hold these words. */
static void
expect_llama(struct table *t, const char *url, const char *more, const char *text,
             const char *remedy)
{
    struct diagnosis d;
    place_config(t->place, standin_url(t->claude, ""), CLAUDE_MODEL, url, more, NULL);
    diagnose(&d, t->place, NULL);
    const struct json *f = finding(&d, "llama");
    if (is_ok(f) || strstr(report_str(f, "text"), text) == NULL ||
        strstr(report_str(f, "remedy"), remedy) == NULL) {
        cli_show(&d.run);
        fail_msg("not \"%s\" with \"%s\"", text, remedy);
    }
    assert_true(is_ok(finding(&d, "claude"))); /* the other one is judged for itself */
    assert_int_equal(d.run.code, 1);
    diagnosis_finish(&d);
}

static void
two_good_brains_are_good(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    struct cli_result r;
    place_config(t->place, standin_url(t->claude, ""), CLAUDE_MODEL, standin_url(t->llama, "/v1"),
                 LLAMA_MODEL, NULL);
    diagnose(&d, t->place, NULL);
    expect_exit(&d.run, 0);
    static const char *const said[] = {"config", "store", "terminal", "claude", "llama"};
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        assert_true(is_ok(finding(&d, said[i])));
        assert_true(strlen(report_str(finding(&d, said[i]), "text")) > 0);
    }
    diagnosis_finish(&d);
    cli_run(&r, t->place, ARGS("doctor"), NULL);
    expect_exit(&r, 0);
    assert_false(holds(&r.out, "FAILED"));
    assert_true(holds(&r.out, "zantara-llama-3.1-8b"));
    cli_finish(&r);
}

static void
a_refused_connection_says_that_nothing_listens(void **state)
{
    struct table *t = *state;
    int fd;
    char *url = xasprintf("http://127.0.0.1:%d/v1", standin_refusing_port(&fd));
    expect_llama(t, url, LLAMA_MODEL, "connect", "nothing answers at");
    close(fd);
    free(url);
}

static void
an_unknown_host_is_told_from_a_silent_one(void **state)
{
    struct table *t = *state;
    expect_llama(t, "https://nowhere.invalid/v1", LLAMA_MODEL, "nowhere.invalid", "no such host");
}

static void
tls_to_a_port_without_it_says_so(void **state)
{
    struct table *t = *state;
    char *url = xasprintf("https://127.0.0.1:%d/v1", standin_port(t->llama));
    expect_llama(t, url, LLAMA_MODEL, "tls", "does not speak TLS");
    free(url);
}

static void
a_wrong_key_names_where_the_key_comes_from(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "status=401");
    expect_llama(t, standin_url(t->llama, "/v1"), LLAMA_MODEL, "auth", "TEST_LLAMA_KEY");
}

static void
a_missing_key_names_its_variable(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    place_config(t->place, standin_url(t->claude, ""), CLAUDE_MODEL, standin_url(t->llama, "/v1"),
                 LLAMA_MODEL, NULL);
    place_setenv(t->place, "TEST_CLAUDE_KEY");
    diagnose(&d, t->place, NULL);
    assert_int_equal(d.run.code, 1);
    assert_false(is_ok(finding(&d, "claude")));
    assert_non_null(strstr(report_str(finding(&d, "claude"), "remedy"), "export TEST_CLAUDE_KEY="));
    assert_true(is_ok(finding(&d, "llama")));
    assert_int_equal(standin_count(t->claude), 0);
    diagnosis_finish(&d);
}

static void
a_model_that_is_not_there_lists_those_that_are(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "path=completions status=404");
    expect_llama(t, standin_url(t->llama, "/v1"), NULL, "llama-test",
                 "it offers: zantara-llama-3.1-8b");
    expect_llama(t, standin_url(t->llama, "/v1"), LLAMA_MODEL, "not_found", "the whole endpoint");
}

static void
a_server_that_loads_its_model_is_a_cold_start(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "status=503 code=unavailable_error message=\"Loading model\"");
    expect_llama(t, standin_url(t->llama, "/v1"), LLAMA_MODEL "\nfirst_token_ms: 1500",
                 "still loading its model", "cold start");
}

/* The remedy is chosen by what happened, not by words that the server happens to use. */
static void
words_in_a_message_choose_no_remedy(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "status=500 message=\"error while loading the tokenizer\"");
    expect_llama(t, standin_url(t->llama, "/v1"), LLAMA_MODEL, "loading the tokenizer",
                 "failing or still starting");
    standin_clear_rules(t->llama);
    standin_rule(t->llama, "status=429 message=\"loading zone: no parking\"");
    expect_llama(t, standin_url(t->llama, "/v1"), LLAMA_MODEL, "no parking", "it is busy");
    expect_llama(t, "https://resolver.invalid/v1", LLAMA_MODEL, "resolver.invalid", "no such host");
    place_setenv(t->place, "https_proxy=http://127.0.0.1:1");
    expect_llama(t, "https://resolver.invalid/v1", LLAMA_MODEL, "resolver.invalid", "no_proxy");
}

static void
something_that_is_no_api_is_named(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "fault=html");
    expect_llama(t, standin_url(t->llama, "/v1"), LLAMA_MODEL, "protocol", "base_url");
    standin_clear_rules(t->llama);
    standin_rule(t->llama, "status=404");
    expect_llama(t, standin_url(t->llama, "/v1"), LLAMA_MODEL, "not_found", "base_url");
}

static void
plain_http_beyond_this_machine_is_a_configuration_error(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_config(t->place, standin_url(t->claude, ""), CLAUDE_MODEL, "http://192.0.2.7/v1",
                 LLAMA_MODEL, NULL);
    cli_run(&r, t->place, ARGS("doctor"), NULL);
    expect_exit(&r, 3);
    assert_true(holds(&r.err, "brains.llama.base_url"));
    assert_true(holds(&r.err, "allow_http"));
    assert_int_equal(standin_count(t->claude), 0);
    cli_finish(&r);
}

static void
offline_calls_nobody(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    diagnose(&d, t->place, "--offline");
    expect_exit(&d.run, 0);
    assert_true(is_ok(finding(&d, "claude")) && is_ok(finding(&d, "llama")));
    assert_int_equal(standin_count(t->claude) + standin_count(t->llama), 0);
    diagnosis_finish(&d);
}

/* libcurl is loaded on first use: doctor looks for it before a message does, offline too. */
static void
a_libcurl_that_cannot_be_loaded_is_named(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    diagnose(&d, t->place, "--offline");
    assert_true(is_ok(finding(&d, "libcurl")));
    assert_non_null(strstr(report_str(finding(&d, "libcurl"), "text"), "libcurl/"));
    diagnosis_finish(&d);
    place_write(t->place, "lib/libcurl.so.4", "not a library");
    place_write(t->place, "lib/libcurl-gnutls.so.4", "not a library");
    char *folder = place_path(t->place, "lib");
    char *path = xasprintf("LD_LIBRARY_PATH=%s", folder);
    place_setenv(t->place, path);
    diagnose(&d, t->place, "--offline");
    assert_int_equal(d.run.code, 1);
    assert_false(is_ok(finding(&d, "libcurl")));
    assert_non_null(strstr(report_str(finding(&d, "libcurl"), "text"), "libcurl.so.4"));
    assert_non_null(strstr(report_str(finding(&d, "libcurl"), "remedy"), "libcurl4"));
    diagnosis_finish(&d);
    free(path);
    free(folder);
}

static void
a_store_that_cannot_be_used_is_named_and_left_alone(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    static const char text[] = "this is not a database, and long enough not to be taken for one";
    place_write(t->place, "data/berdua/berdua.db", text);
    diagnose(&d, t->place, "--offline");
    assert_int_equal(d.run.code, 1);
    assert_false(is_ok(finding(&d, "store")));
    assert_non_null(strstr(report_str(finding(&d, "store"), "remedy"), "--db"));
    diagnosis_finish(&d);
    assert_true(place_holds(t->place, text));
}

/* Is the port free? Its server is the test's then. */
static bool
is_free(int port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int on = 1;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    bool is = bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0;
    close(fd);
    return is;
}

static void
a_server_on_a_usual_port_is_found_with_lines_that_work(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    if (!is_free(9931))
        skip();
    struct standin *local = standin_start(9931);
    diagnose(&d, t->place, NULL);
    /* Another usual port may be taken by a server of this machine: look for ours. */
    const struct json *f = finding(&d, "local");
    while (f != NULL && strstr(report_str(f, "text"), "9931") == NULL)
        f = json_next(f);
    assert_non_null(f);
    assert_non_null(strstr(report_str(f, "text"), "zantara-llama-3.1-8b"));
    const char *lines = strstr(report_str(f, "remedy"), "brains:\n");
    assert_non_null(lines);
    place_write(t->place, "found.yaml", lines);
    char *file = place_path(t->place, "found.yaml");
    struct cli_result r;
    cli_run(&r, t->place, ARGS("-c", file, "config", "check"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("-c", file, "ask", "--brain", "llama", "halo"), NULL);
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, "Halo, ini jawaban singkat.\n");
    cli_finish(&r);
    free(file);
    diagnosis_finish(&d);
    standin_stop(&local);
}

/* ---- the servers of the knowledge base ---- */

/* What the doctor says of `what` with these lines of configuration. */
static void
expect_of_knowledge(struct table *t, const char *more, const char *what, bool ok, const char *text,
                    const char *remedy)
{
    struct diagnosis d;
    place_config(t->place, standin_url(t->claude, ""), CLAUDE_MODEL, standin_url(t->llama, "/v1"),
                 LLAMA_MODEL, more);
    diagnose(&d, t->place, NULL);
    const struct json *f = finding(&d, what);
    if (is_ok(f) != ok || strstr(report_str(f, "text"), text) == NULL ||
        strstr(report_str(f, "remedy"), remedy) == NULL || d.run.code != (ok ? 0 : 1)) {
        cli_show(&d.run);
        fail_msg("%s: not \"%s\" with \"%s\"", what, text, remedy);
    }
    diagnosis_finish(&d);
}

static void
without_a_server_of_insights_nothing_is_said_of_one(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    diagnose(&d, t->place, "--offline");
    assert_false(holds(&d.run.out, "chroma") || holds(&d.run.out, "embeddings"));
    diagnosis_finish(&d);
}

static char *
knowledge_lines(int chroma_port, int embeddings_port, const char *model)
{
    return xasprintf("knowledge:\n  chroma: {url: \"http://127.0.0.1:%d\"}\n"
                     "  embeddings: {base_url: \"http://127.0.0.1:%d/v1\", model: %s}\n",
                     chroma_port, embeddings_port, model);
}

static void
chroma_is_asked_for_its_collection(void **state)
{
    struct table *t = *state;
    struct fake *f = fake_start();
    struct cli_result r;
    struct diagnosis d;
    struct fake *embeddings = fake_start();
    char *more = xasprintf("knowledge: {chroma: {url: \"http://127.0.0.1:%d\"}}\n", f->peer->port);
    expect_of_knowledge(t, more, "chroma", false, "set knowledge.embeddings.base_url", "");
    free(more);
    more = knowledge_lines(f->peer->port, embeddings->peer->port, "m");
    expect_of_knowledge(t, more, "chroma", false, "not there yet", "berdua knowledge sync");
    cli_run(&r, t->place, ARGS("knowledge", "sync"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    expect_of_knowledge(t, more, "chroma", true, "collection cultural_insights", "");
    atomic_store(&f->mood, FAKE_FAILS);
    expect_of_knowledge(t, more, "chroma", false, "compaction 401 is broken",
                        "is its server running");
    atomic_store(&f->mood, FAKE_REFUSES);
    expect_of_knowledge(t, more, "chroma", false, "401", "knowledge.chroma.api_key");
    atomic_store(&f->mood, FAKE_HTML);
    expect_of_knowledge(t, more, "chroma", false, "chroma", "is its server running");
    int before = atomic_load(&f->peer->requests);
    diagnose(&d, t->place, "--offline");
    assert_true(is_ok(finding(&d, "chroma")));
    assert_non_null(strstr(report_str(finding(&d, "chroma"), "text"), "not called"));
    assert_int_equal(atomic_load(&f->peer->requests), before);
    diagnosis_finish(&d);
    fake_stop(embeddings);
    fake_stop(f);
    free(more);
}

static void
a_chroma_that_is_not_running_is_named(void **state)
{
    struct table *t = *state;
    int fd;
    struct fake *embeddings = fake_start();
    char *more = knowledge_lines(standin_refusing_port(&fd), embeddings->peer->port, "m");
    expect_of_knowledge(t, more, "chroma", false, "chroma", "is its server running");
    fake_stop(embeddings);
    close(fd);
    free(more);
}

static void
embeddings_must_be_there_and_fit_the_collection(void **state)
{
    struct table *t = *state;
    struct fake *f = fake_start();
    struct cli_result r;
    char *more = knowledge_lines(f->peer->port, f->peer->port, "small-3");
    place_config(t->place, standin_url(t->claude, ""), CLAUDE_MODEL, standin_url(t->llama, "/v1"),
                 LLAMA_MODEL, more);
    cli_run(&r, t->place, ARGS("knowledge", "sync"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    /* The server speaks of 256 numbers, its embeddings have four. */
    expect_of_knowledge(t, more, "chroma", false,
                        "vectors of 256 numbers, the embedding small-3 makes 4",
                        "knowledge.chroma.collection");
    atomic_store(&f->mood, FAKE_FAILS);
    expect_of_knowledge(t, more, "embeddings", false, "embeddings", "is its server running");
    fake_stop(f);
    free(more);
}

static void
a_terminal_without_a_description_is_named(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    place_setenv(t->place, "TERM=nonesuch-256color");
    diagnose(&d, t->place, "--offline");
    assert_int_equal(d.run.code, 1);
    assert_false(is_ok(finding(&d, "terminal")));
    assert_non_null(strstr(report_str(finding(&d, "terminal"), "text"), "nonesuch-256color"));
    assert_non_null(strstr(report_str(finding(&d, "terminal"), "remedy"), "export TERM="));
    diagnosis_finish(&d);
    place_setenv(t->place, "TERM=foot-nonesuch");
    diagnose(&d, t->place, "--offline");
    assert_true(is_ok(finding(&d, "terminal")));
    assert_non_null(strstr(report_str(finding(&d, "terminal"), "text"),
                           "TERM=foot-nonesuch has no description here, driven as xterm-256color"));
    diagnosis_finish(&d);
}

static void
a_folder_that_cannot_be_written_is_named(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    place_write(t->place, "data/berdua", "a file where the folder would be");
    diagnose(&d, t->place, "--offline");
    assert_int_equal(d.run.code, 1);
    assert_false(is_ok(finding(&d, "store")));
    assert_non_null(strstr(report_str(finding(&d, "store"), "text"), "data/berdua"));
    assert_non_null(strstr(report_str(finding(&d, "store"), "remedy"), "--db"));
    diagnosis_finish(&d);
}

static void
may_write(rlim_t bytes)
{
    struct rlimit l;
    getrlimit(RLIMIT_FSIZE, &l);
    l.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &l), 0);
}

static void
a_folder_without_room_is_named_and_ask_ends_in_order(void **state)
{
    struct table *t = *state;
    struct diagnosis d;
    struct cli_result r;
    may_write(4096);
    diagnose(&d, t->place, "--offline");
    cli_run(&r, t->place, ARGS("ask", "halo"), NULL);
    may_write(RLIM_INFINITY);
    assert_int_equal(d.run.code, 1);
    assert_false(is_ok(finding(&d, "store")));
    assert_non_null(strstr(report_str(finding(&d, "store"), "text"), strerror(EFBIG)));
    assert_non_null(strstr(report_str(finding(&d, "store"), "remedy"), "make room"));
    diagnosis_finish(&d);
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "not saved"));
    cli_finish(&r);
}

static void
a_dead_proxy_has_its_remedy(void **state)
{
    struct table *t = *state;
    place_setenv(t->place, "https_proxy=http://127.0.0.1:1");
    expect_llama(t, "https://brain.invalid/v1", LLAMA_MODEL, "The proxy http://127.0.0.1:1",
                 "no_proxy");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(two_good_brains_are_good),
        AT_A_TABLE(a_refused_connection_says_that_nothing_listens),
        AT_A_TABLE(an_unknown_host_is_told_from_a_silent_one),
        AT_A_TABLE(tls_to_a_port_without_it_says_so),
        AT_A_TABLE(a_wrong_key_names_where_the_key_comes_from),
        AT_A_TABLE(a_missing_key_names_its_variable),
        AT_A_TABLE(a_model_that_is_not_there_lists_those_that_are),
        AT_A_TABLE(a_server_that_loads_its_model_is_a_cold_start),
        AT_A_TABLE(words_in_a_message_choose_no_remedy),
        AT_A_TABLE(something_that_is_no_api_is_named),
        AT_A_TABLE(plain_http_beyond_this_machine_is_a_configuration_error),
        AT_A_TABLE(offline_calls_nobody),
        AT_A_TABLE(a_libcurl_that_cannot_be_loaded_is_named),
        AT_A_TABLE(a_store_that_cannot_be_used_is_named_and_left_alone),
        AT_A_TABLE(a_server_on_a_usual_port_is_found_with_lines_that_work),
        AT_A_TABLE(a_terminal_without_a_description_is_named),
        AT_A_TABLE(a_folder_that_cannot_be_written_is_named),
        AT_A_TABLE(a_folder_without_room_is_named_and_ask_ends_in_order),
        AT_A_TABLE(a_dead_proxy_has_its_remedy),
        AT_A_TABLE(without_a_server_of_insights_nothing_is_said_of_one),
        AT_A_TABLE(chroma_is_asked_for_its_collection),
        AT_A_TABLE(a_chroma_that_is_not_running_is_named),
        AT_A_TABLE(embeddings_must_be_there_and_fit_the_collection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
