/* An API key goes to its server in one header, and nowhere else: no file, no output, no process list. */
#include "unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "contract.h"
#include "report.h"
#include "table.h"

/* Parts that a redaction by halves would leave. */
#define CLAUDE_PART "rahasia-0123456789"
#define LLAMA_PART  "rahasia-fedcba9876"

static void
expect_no_key(const struct buf *b)
{
    if (holds(b, CLAUDE_PART) || holds(b, LLAMA_PART))
        fail_msg("a key in the output: %s", b->p);
}

/* Neither what was said nor anything written beneath the home holds a key. */
static void
expect_kept(struct table *t, const struct cli_result *r)
{
    if (r != NULL) {
        assert_false(r->late);
        expect_no_key(&r->out);
        expect_no_key(&r->err);
    }
    assert_false(place_holds(t->place, CLAUDE_PART));
    assert_false(place_holds(t->place, LLAMA_PART));
}

static int
count(const char *text, const char *word)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
        n++;
    return n;
}

/* Every request brought the key once, in its header. */
static void
expect_one_header(struct standin *s, const char *header, const char *value, const char *key)
{
    char got[256];
    assert_true(standin_count(s) > 0);
    for (size_t i = 0; i < standin_count(s); i++) {
        struct standin_request *q = standin_request(s, i);
        assert_true(standin_header(q, header, got, sizeof(got)));
        assert_string_equal(got, value);
        assert_int_equal(count(q->headers, key), 1);
        assert_null(strstr(q->path, key));
        assert_null(strstr(q->body, key));
        standin_request_free(&q);
    }
}

static void
run_and_expect_kept(struct table *t, const char *const *args, const char *input)
{
    struct cli_result r;
    cli_run(&r, t->place, args, input);
    expect_kept(t, &r);
    cli_finish(&r);
}

/* Every command there is, talkative. */
static void
use_everything(struct table *t)
{
    char *tapes = place_path(t->place, "tapes");
    run_and_expect_kept(t, ARGS("-v", "-v", "ask", "--record", tapes, "halo"), NULL);
    run_and_expect_kept(t, ARGS("-v", "-v", "ask", "--json", "halo"), NULL);
    run_and_expect_kept(t, ARGS("-v", "-v", "ask", "--stream-json", "halo"), NULL);
    run_and_expect_kept(t, ARGS("-v", "-v", "--linear", "--record", tapes), "halo\n/left\n");
    run_and_expect_kept(t, ARGS("doctor"), NULL);
    run_and_expect_kept(t, ARGS("-v", "doctor", "--json"), NULL);
    run_and_expect_kept(t, ARGS("config", "show", "--origin"), NULL);
    run_and_expect_kept(t, ARGS("config", "check"), NULL);
    run_and_expect_kept(t, ARGS("sessions", "list", "--json"), NULL);
    free(tapes);
}

static void
all_goes_well(void **state)
{
    struct table *t = *state;
    use_everything(t);
    expect_one_header(t->claude, "x-api-key", CLAUDE_KEY, CLAUDE_KEY);
    expect_one_header(t->llama, "authorization", "Bearer " LLAMA_KEY, LLAMA_KEY);
}

/* The text with each KEY replaced. */
static char *
with_key(const char *text, const char *key)
{
    struct buf b;
    const char *at;
    buf_init(&b, 1 << 16);
    for (; (at = strstr(text, "KEY")) != NULL; text = at + 3) {
        buf_append(&b, text, (size_t)(at - text));
        buf_append_str(&b, key);
    }
    buf_append_str(&b, text);
    return buf_take(&b);
}

/* Each server answers by the rule, echoing the key that it was given. */
static void
both_echo(struct table *t, const char *rule)
{
    char *claude = with_key(rule, CLAUDE_KEY), *llama = with_key(rule, LLAMA_KEY);
    standin_rule(t->claude, claude);
    standin_rule(t->llama, llama);
    free(claude);
    free(llama);
}

static void
servers_that_echo_the_key_in_errors_are_redacted(void **state)
{
    struct table *t = *state;
    static const char *const rules[] = {
        "status=401",
        "status=401 path=models",
        "status=500 message=\"boom KEY boom KEYKEY\"",
        "status=400 code=KEY message=\"\\x1b]0;KEY\\a\"",
        "fault=error after=1 message=\"key=KEY/\" text=satu dua",
        "fault=bare_error after=1 message=\"(KEY)\" text=satu dua",
        "fault=redirect message=http://127.0.0.1:1/?key=KEY",
    };
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        standin_clear_rules(t->claude);
        standin_clear_rules(t->llama);
        both_echo(t, rules[i]);
        use_everything(t);
    }
}

/* Neither shown nor stored; the recorded bytes of the server are not looked at: they spell it as they like. */
static void
a_key_within_an_answer_is_redacted_where_it_is_shown_and_stored(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    static const char *const rules[] = {"text=Kunci: KEY. Selesai",
                                        "gap=1 text=Kunci: KEY. Selesai"};
    static const char *const ask[] = {"ask", "-m", "parallel", "halo", NULL};
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        standin_clear_rules(t->claude);
        standin_clear_rules(t->llama);
        both_echo(t, rules[i]);
        cli_run(&r, t->place, ask, NULL);
        assert_true(holds(&r.out, "…. Selesai"));
        expect_kept(t, &r);
        cli_finish(&r);
    }
}

static void
answer_with_file(struct standin *s, struct place *other, const char *rule, const char *body,
                 const char *key)
{
    char *text = with_key(body, key);
    char *name = xasprintf("body-%s", key);
    place_write(other, name, text);
    char *path = place_path(other, name);
    char *whole = xasprintf("%s file=%s", rule, path);
    char *models = xasprintf("path=models %s", whole);
    standin_clear_rules(s);
    standin_rule(s, whole);
    standin_rule(s, models);
    free(models);
    free(whole);
    free(path);
    free(name);
    free(text);
}

static void
bodies_that_hold_the_key_are_redacted(void **state)
{
    struct table *t = *state;
    struct place *other = place_create(); /* what the server reads is not ours to keep clean */
    static const struct {
        const char *rule, *body;
    } cases[] = {
        {"status=403 type=text/html",
         "<html><body>no: x-api-key: KEY Authorization: Bearer KEY</body></html>"},
        {"status=502 type=text/plain", "KEY\nKEY"},
        {"type=text/html", "<html>KEY</html>"},
        {"type=text/event-stream", "data: {KEY\n\n"},
        {"type=text/event-stream",
         "event: message_start\ndata: "
         "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\""
         "KEY\",\"usage\":{\"input_tokens\":1}}}\n\n"},
        {"type=text/event-stream",
         "data: {\"model\":\"KEY\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ya\"},"
         "\"finish_reason\":\"KEY\"}]}\n\n"},
        {"type=application/json",
         "{\"error\":{\"message\":\"KEY\",\"type\":\"KEY\"},\"request_id\":\"KEY\"}"},
        {"status=500 type=application/json", "{\"type\":\"error\",\"error\":{\"message\":\"KEY\","
                                             "\"type\":\"KEY\"},\"request_id\":\"KEY\"}"},
        {"type=application/json", "{\"data\":[{\"id\":\"KEY\"}]}"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        answer_with_file(t->claude, other, cases[i].rule, cases[i].body, CLAUDE_KEY);
        answer_with_file(t->llama, other, cases[i].rule, cases[i].body, LLAMA_KEY);
        use_everything(t);
    }
    place_destroy(&other);
}

static void
a_key_from_a_file_or_a_command_is_kept_as_well(void **state)
{
    struct table *t = *state;
    struct place *other = place_create();
    place_write(other, "claude", CLAUDE_KEY "\n");
    place_write(other, "llama", LLAMA_KEY "\n");
    char *claude = place_path(other, "claude"), *llama = place_path(other, "llama");
    chmod(claude, 0600);
    chmod(llama, 0600);
    char *by_file = xasprintf("api_key: {file: %s}", claude);
    char *by_command = xasprintf("api_key: {command: \"cat '%s'\"}", llama);
    place_setenv(t->place, "TEST_CLAUDE_KEY");
    place_setenv(t->place, "TEST_LLAMA_KEY");
    place_config(t->place, standin_url(t->claude, ""), by_file, standin_url(t->llama, "/v1"),
                 by_command, NULL);
    use_everything(t);
    expect_one_header(t->claude, "x-api-key", CLAUDE_KEY, CLAUDE_KEY);
    expect_one_header(t->llama, "authorization", "Bearer " LLAMA_KEY, LLAMA_KEY);
    standin_rule(t->claude, "status=401");
    standin_rule(t->llama, "status=401");
    use_everything(t);
    free(by_file);
    free(by_command);
    free(claude);
    free(llama);
    place_destroy(&other);
}

static void
a_literal_key_in_the_configuration_is_refused_unseen(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_config(t->place, standin_url(t->claude, ""), "api_key: " CLAUDE_KEY,
                 standin_url(t->llama, "/v1"), NULL, NULL);
    cli_run(&r, t->place, ARGS("ask", "halo"), NULL);
    expect_exit(&r, 3);
    assert_true(holds(&r.err, "api_key"));
    expect_kept(t, &r);
    cli_finish(&r);
    assert_int_equal(standin_count(t->claude), 0);
}

/* Reads a file of /proc; false where there is none (not Linux). */
static bool
read_proc(int pid, const char *name, struct buf *out)
{
    char path[64];
    char part[4096];
    size_t n;
    snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return false;
    while ((n = fread(part, 1, sizeof(part), f)) > 0) {
        for (size_t i = 0; i < n; i++)
            buf_append_char(out, part[i] != '\0' ? part[i] : ' ');
    }
    fclose(f);
    return true;
}

static void
expect_no_key_in_the_process_list(int pid)
{
    static const char *const names[] = {"cmdline", "comm", "status", "stat"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct buf b;
        buf_init(&b, 1 << 20);
        if (read_proc(pid, names[i], &b))
            expect_no_key(&b);
        buf_finish(&b);
    }
}

static void
the_chat_on_its_screen_keeps_it_even_when_it_crashes(void **state)
{
    struct table *t = *state;
    size_t n;
    standin_rule(t->claude, "times=1 status=401");
    standin_rule(t->llama, "times=1 gap=20 count=20");
    standin_rule(t->claude, "fault=hang after=1");
    char *tapes = place_path(t->place, "tapes");
    t->screen = screen_start(t->place, ARGS("-v", "-v", "chat", "--record", tapes), 40, 160);
    screen_expect(t->screen, "Esc browse");
    table_say(t, "halo");
    screen_expect(t->screen, "not accepted");
    expect_no_key_in_the_process_list(screen_pid(t->screen));
    table_say(t, "lagi");
    screen_expect(t->screen, "Halo,");
    kill(screen_pid(t->screen), SIGSEGV);
    assert_int_not_equal(screen_wait_exit(t->screen), 0); /* a sanitizer turns it into an exit */
    const char *raw = screen_raw(t->screen, &n);
    assert_non_null(raw);
    assert_false(screen_raw_holds(t->screen, CLAUDE_PART, strlen(CLAUDE_PART)));
    assert_false(screen_raw_holds(t->screen, LLAMA_PART, strlen(LLAMA_PART)));
    expect_kept(t, NULL);
    free(tapes);
}

static void
what_is_written_is_readable_by_its_owner_only(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    static const char *const files[] = {"data/berdua/berdua.db", "data/berdua", "tapes"};
    char *tapes = place_path(t->place, "tapes");
    cli_run(&r, t->place, ARGS("ask", "--record", tapes, "halo"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct stat st;
        char *path = place_path(t->place, files[i]);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 077, 0);
        free(path);
    }
    free(tapes);
}

/* Reads what the child wrote beneath the home, once it is whole. */
static void
read_report(struct table *t, const char *name, struct buf *out)
{
    char *path = place_path(t->place, name);
    while (access(path, F_OK) != 0)
        screen_take(t->screen, 5);
    assert_true(path_read(path, out, NULL));
    free(path);
}

static void
an_editor_opened_while_both_stream_inherits_no_socket_and_no_key(void **state)
{
    struct table *t = *state;
    char *seen = place_path(t->place, "seen");
    char *script = xasprintf(
        "EDITOR=sh -c '"
        "for f in /proc/self/fd/*; do n=${f##*/}; [ $n -lt 3 ] || readlink $f; done >%s.new; "
        "env >>%s.new; mv %s.new %s'",
        seen, seen, seen, seen);
    struct buf report;
    buf_init(&report, 1 << 20);
    place_setenv(t->place, script);
    standin_rule(t->claude, "gap=50 count=600");
    standin_rule(t->llama, "gap=50 count=600");
    t->screen = screen_start(t->place, ARGS("chat"), 24, 100);
    screen_expect(t->screen, "Esc browse");
    table_say(t, "halo");
    screen_expect(t->screen, "t3 t4");
    screen_send(t->screen, "\x18\x05", 2); /* C-x C-e */
    read_report(t, "seen", &report);
    assert_true(holds(&report, "PATH="));
    assert_false(holds(&report, "socket:"));
    assert_false(holds(&report, "berdua.db"));
    expect_no_key(&report);
    buf_finish(&report);
    unlink(seen);
    free(script);
    free(seen);
}

static void
a_slow_key_command_does_not_hold_the_way_out(void **state)
{
    struct table *t = *state;
    char *begun = place_path(t->place, "begun");
    char *key = xasprintf("api_key: {command: \"touch '%s'; sleep 60\"}", begun);
    place_config(t->place, standin_url(t->claude, ""), key, standin_url(t->llama, "/v1"), key,
                 NULL);
    t->screen = screen_start(t->place, ARGS("chat"), 24, 100);
    screen_expect(t->screen, "Esc browse");
    screen_type(t->screen, "halo\r");
    while (access(begun, F_OK) != 0)
        screen_take(t->screen, 5);
    int64_t before = clock_us();
    kill(screen_pid(t->screen), SIGTERM);
    assert_int_equal(WEXITSTATUS(screen_wait_exit(t->screen)), 128 + SIGTERM);
    assert_true(clock_us() - before <
                8 * US_PER_S); /* a command may take 10 s, and there are two */
    free(begun);
    free(key);
}

/* A core may be as large as it likes where the program is started; the program itself allows none. */
static void
a_program_that_holds_keys_leaves_no_core(void **state)
{
    struct table *t = *state;
    struct buf limits;
    char file[64];
    standin_rule(t->claude, "fault=hang after=1");
    char *core = xasprintf("ulimit -S -c \"$(ulimit -H -c)\"; exec '%s' chat", program_path());
    t->screen =
        screen_start_command(t->place, (const char *const[]){"/bin/sh", "-c", core, NULL}, 30, 100);
    screen_expect(t->screen, "Esc browse");
    table_say(t, "halo");
    snprintf(file, sizeof file, "/proc/%d/limits", screen_pid(t->screen));
    buf_init(&limits, 1 << 16);
    if (path_read(file, &limits, NULL)) { /* only on Linux, and only for the administrator there */
        const char *line = strstr(limits.p, "Max core file size");
        long soft = -1, hard = -1;
        assert_non_null(line);
        assert_int_equal(sscanf(line, "Max core file size %ld %ld", &soft, &hard), 2);
        assert_int_equal(soft, 0);
        assert_int_equal(hard, 0);
    }
    kill(screen_pid(t->screen), SIGSEGV);
    assert_false(WCOREDUMP(screen_wait_exit(t->screen)));
    buf_finish(&limits);
    free(core);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(all_goes_well),
        AT_A_TABLE(servers_that_echo_the_key_in_errors_are_redacted),
        AT_A_TABLE(a_key_within_an_answer_is_redacted_where_it_is_shown_and_stored),
        AT_A_TABLE(bodies_that_hold_the_key_are_redacted),
        AT_A_TABLE(a_key_from_a_file_or_a_command_is_kept_as_well),
        AT_A_TABLE(a_literal_key_in_the_configuration_is_refused_unseen),
        AT_A_TABLE(the_chat_on_its_screen_keeps_it_even_when_it_crashes),
        AT_A_TABLE(a_program_that_holds_keys_leaves_no_core),
        AT_A_TABLE(what_is_written_is_readable_by_its_owner_only),
        AT_A_TABLE(an_editor_opened_while_both_stream_inherits_no_socket_and_no_key),
        AT_A_TABLE(a_slow_key_command_does_not_hold_the_way_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
