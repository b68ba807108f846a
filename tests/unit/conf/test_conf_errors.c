#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/chat/terms.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
refused(const char *text, const char *reason)
{
    struct err err = {""};
    struct conf *c = conf_load_text("f.yaml", text, strlen(text), &err);
    if (c)
        print_error("accepted: %s\n", text);
    assert_null(c);
    if (!strstr(err.text, reason))
        print_error("%s\nsaid:   %s\nwanted: %s\n", text, err.text, reason);
    assert_non_null(strstr(err.text, reason));
}

static void
accepted(const char *text)
{
    struct err err = {""};
    struct conf *c = conf_load_text("f.yaml", text, strlen(text), &err);
    if (!c)
        print_error("%s\n%s\n", text, err.text);
    assert_non_null(c);
    conf_destroy(&c);
}

static void
an_unknown_key_is_placed_and_the_nearest_named(void **state)
{
    (void)state;
    refused("mode: full\nbrains:\n  claude:\n    max_tokn: 5\n",
            "f.yaml:4:5: brains.claude.max_tokn: unknown key (did you mean "
            "\"brains.claude.max_tokens\"?)");
    refused("modee: full\n", "f.yaml:1:1: modee: unknown key (did you mean \"mode\"?)");
    refused("brains: {cluade: {}}\n",
            "f.yaml:1:10: brains.cluade: unknown key (did you mean \"brains.claude\"?)");
    refused("route: {rules: {emotionl: {}}}", "(did you mean \"route.rules.emotional\"?)");
    refused("grace_ms: 5\n", "(did you mean \"context.grace_ms\"?)");
    refused("zzzzzzzz: 5\n", "f.yaml:1:1: zzzzzzzz: unknown key");
    refused("brains: {llama: {models: {fast: {id: a, prices: {}}}}}",
            "brains.llama.models.fast.prices: unknown key (did");
    refused("brains: {llama: {\"\\e[31m\": 1}}", "brains.llama.?[31m: unknown key");
}

static void
a_wrong_type_is_placed_at_the_value(void **state)
{
    (void)state;
    refused("workers: many\n", "f.yaml:1:10: workers: expected a whole number, not \"many\"");
    refused("workers: 4.5\n", "expected a whole number");
    refused("workers: \"4\"\n", "expected a whole number without quotes");
    refused("workers: [4]\n", "workers: expected a whole number, not a list");
    refused("workers: 0x10\n", "expected a whole number");
    refused("mode: {a: 1}\n", "mode: expected a text, not a mapping");
    refused("ui: {mouse: yes}\n", "f.yaml:1:13: ui.mouse: expected true or false, not \"yes\"");
    refused("ui: 5\n", "f.yaml:1:5: ui: expected a mapping");
    refused("ui: [a]\n", "ui: expected a mapping, not a list");
    refused("- a\n", "f.yaml:1:1: expected a mapping of keys to values");
    refused("just text\n", "f.yaml:1:1: expected a mapping");
    refused("brains: {llama: {extra: 5}}\n", "brains.llama.extra: expected a mapping");
    refused("brains: {llama: {temperature: warm}}\n", "expected a number");
    refused("brains: {llama: {temperature: .nan}}\n", "expected a number");
    refused("user: \"a\\nb\"\n", "line break");
}

static void
out_of_range_tells_the_range(void **state)
{
    (void)state;
    refused("workers: 0\n", "workers: out of range: 0; accepted is 1 to 64");
    refused("workers: 99999999999999999999\n", "out of range");
    refused("brains: {llama: {temperature: 2.5}}\n", "accepted is 0 to 2");
    refused("brains: {claude: {max_tokens: -1}}\n", "brains.claude.max_tokens: out of range");
    refused("shadow: {percent: 101}\n", "accepted is 0 to 100");
    refused("brains: {llama: {temperature: 1e999}}\n", "out of range");
    accepted("shadow: {percent: .5}\nbrains: {llama: {temperature: 0, top_p: 1}}\n");
}

static void
every_mode_is_accepted_and_a_misspelt_word_is_helped(void **state)
{
    (void)state;
    for (int m = 0; m < MODE_COUNT; m++) {
        char text[64];
        snprintf(text, sizeof text, "mode: %s\n", chat_mode_name((enum chat_mode)m));
        struct err err = {""};
        struct conf *c = conf_load_text("f", text, strlen(text), &err);
        assert_non_null(c);
        assert_int_equal(conf_get(c)->mode, m);
        conf_destroy(&c);
    }
    refused("mode: paralel\n",
            "f.yaml:1:7: mode: \"paralel\" is none of parallel, shadow, context, route, "
            "jiwa, full (did you mean \"parallel\"?)");
    refused("brains: {llama: {provider: opnai}}\n", "(did you mean \"openai\"?)");
}

static void
a_literal_key_is_refused_and_never_repeated(void **state)
{
    (void)state;
    const char *texts[] = {"brains: {claude: {api_key: sk-ant-secret}}\n",
                           "brains: {claude: {api_key: {env: sk-ant-secret}}}\n",
                           "brains: {claude: {api_key: {value: sk-ant-secret}}}\n",
                           "brains: {claude: {api_key: [sk-ant-secret]}}\n"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct err err = {""};
        assert_null(conf_load_text("f.yaml", texts[i], strlen(texts[i]), &err));
        assert_null(strstr(err.text, "secret"));
        assert_non_null(strstr(err.text, "f.yaml:1:"));
    }
    refused(
        texts[0],
        "f.yaml:1:28: brains.claude.api_key: a key must not stand in the file; use {env: NAME}");
    refused("team: {password: rahasia}\n",
            "f.yaml:1:18: team.password: a password must not stand in the file; use {env: NAME}");
    refused("brains: {claude: {api_key: {env: A, file: b}}}\n",
            "give one of env, file and command");
}

static void
headers_are_checked(void **state)
{
    (void)state;
    accepted("brains: {llama: {headers: {X-Team: bali, X-Api-Version: 3, X-Gate: {env: GATE}}}}\n");
    accepted("brains: {llama: {headers: {Authorization: {env: GATE}}, auth: x-api-key, ca_file: "
             "a.pem}}\n");
    refused("brains: {llama: {headers: {authorization: Bearer abc}}}\n",
            "must not stand in the file");
    refused("brains: {llama: {headers: {X-Api-Key: abc}}}\n", "must not stand in the file");
    refused("brains: {llama: {headers: {Content-Length: 3}}}\n", "not yours to set");
    refused("brains: {llama: {headers: {X-Team: {value: a, env: B}}}}\n", "a value or {env: NAME}");
    refused("brains: {llama: {headers: {X-Team: {}}}}\n", "a value or {env: NAME}");
    refused("brains: {llama: {headers: {\"X Team\": a}}}\n", "a name is 1 to 60 letters");
    refused("brains: {llama: {headers: {X-Team: \"a\\nb\"}}}\n", "line break");
    refused("brains: {llama: {auth: basic}}\n", "none of auto, bearer, x-api-key");
}

static void
urls_are_checked(void **state)
{
    (void)state;
    const char *const bad[][2] = {
        {"http://example.com/v1", "plain http to a host that is not this machine"},
        {"http://127.0.0.1.example.com", "plain http"},
        {"http://10.0.0.1", "plain http"},
        {"HTTP://example.com", "plain http"},
        {"http://localhost.example.com", "plain http"},
        {"http://127.0.0.1:80@example.com/", "a user or password in the URL"},
        {"https://user:pass@example.com", "a user or password in the URL"},
        {"ftp://example.com", "it must begin with https://"},
        {"example.com", "it must begin with https://"},
        {"https://", "there is no host"},
        {"https:///v1", "there is no host"},
        {"https://a:0", "port"},
        {"https://a:99999", "port"},
        {"https://a:", "port"},
        {"https://a b", "blanks"},
        {"https://a/v1#top", "# is not allowed"},
        {"http://127.0.0.1.example.com?x=/", "plain http"},
        {"https://[::1", "brackets"},
        {"https://ex%61mple.com", "host"},
        {"https://a\\\\@b", "special characters"},
        {"https://münchen.test", "xn--"},
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char text[256], with_allow[256];
        snprintf(text, sizeof text, "brains: {llama: {base_url: \"%s\"}}\n", bad[i][0]);
        refused(text, bad[i][1]);
        snprintf(with_allow, sizeof with_allow,
                 "brains: {llama: {allow_http: true, base_url: \"%s\"}}\n", bad[i][0]);
        if (strcmp(bad[i][1], "plain http") == 0)
            accepted(with_allow);
    }
    refused("brains:\n  llama:\n    base_url: http://example.com/v1\n",
            "f.yaml:3:15: brains.llama.base_url: plain http");
    const char *const good[] = {"http://127.0.0.1:8080/v1",   "http://localhost:11434/v1",
                                "http://[::1]:8080",          "http://127.9.9.9",
                                "https://api.anthropic.com/", "https://a/v1?api-version=2024-06-01",
                                "http://127.0.0.1:1?a=b"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        char text[256];
        snprintf(text, sizeof text, "brains: {llama: {base_url: \"%s\"}}\n", good[i]);
        accepted(text);
    }
    refused("knowledge: {chroma: {url: http://example.com}}\n", "knowledge.chroma.url: plain http");
    refused("knowledge: {chroma: {url: \"https://a?b=c\"}}\n", "? is not allowed");
    refused("store: {url: postgresql://u:p@h/d}\n", "a password in the URL");
    refused("store: {url: mysql://h/d}\n", "expected sqlite:");
    accepted("store: {url: postgresql://u@h/d}\n");
}

static void
tiers_and_modes_must_exist(void **state)
{
    (void)state;
    refused(
        "brains: {claude: {model: dep}}\n",
        "f.yaml:1:26: brains.claude.model: claude has no tier \"dep\" (did you mean \"deep\"?)");
    refused("brains: {claude: {models: {}}}\n", "brains.claude.models: at least one tier");
    refused("brains: {claude: {models: {a: {}}}}\n",
            "f.yaml:1:28: brains.claude.models.a: id is missing");
    refused("brains: {claude: {models: {\"a b\": {id: x}}}}\n", "a name is 1 to 32 letters");
    refused("route: {rules: {general: {model: depp}}}\n",
            "route.rules.general.model: claude has no tier");
    refused("route: {rules: {general: {brain: llama, mode: sante}}}\n",
            "llama has no mode \"sante\"");
    accepted("brains: {claude: {models: {only: {id: x}}}}\n");
    accepted("route: {rules: {general: {brain: llama, mode: auto, fallback_model: deep}}}\n");
}

static void
a_plain_model_name_that_is_none_is_placed(void **state)
{
    (void)state;
    static const char *const names[] = {"true", "false", "4", "-1.5", "1e3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[128];
        snprintf(text, sizeof text, "brains: {claude: {models: {fast: %s}}}\n", names[i]);
        refused(text,
                "f.yaml:1:34: brains.claude.models.fast: expected a name or a mapping; a name "
                "that looks like a number, true or false stands in quotes");
    }
    refused("brains: {claude: {models: {fast: [claude-haiku-4-5]}}}\n",
            "f.yaml:1:34: brains.claude.models.fast: expected a mapping, not a list");
    refused("brains: {claude: {models: {fast: \"\"}}}\n",
            "f.yaml:1:34: brains.claude.models.fast.id: the name is empty");
    refused("brains: {claude: {models: {fast: \"  \"}}}\n",
            "f.yaml:1:34: brains.claude.models.fast.id: the name is empty");
    refused("brains: {claude: {models: {fast: \"a\\nb\"}}}\n",
            "f.yaml:1:34: brains.claude.models.fast.id: a control character or a line break");
    refused("brains: {claude: {models: {fast: \"\\e[2J\"}}}\n",
            "f.yaml:1:34: brains.claude.models.fast.id: a control character or a line break");
    refused("brains: {claude: {models: {fast: }}}\n", "brains.claude.models: at least one tier");
    refused("brains: {claude: {models: {\"a b\": name}}}\n", "a name is 1 to 32 letters");
    refused("brains: {claude: {models: {fast: a, fast: b}}}\n", "f.yaml:1:37: ");
    refused("brains: {claude: {models: claude-haiku-4-5}}\n",
            "f.yaml:1:27: brains.claude.models: expected a mapping, not a single value");
    refused("route: {rules: {general: claude}}\n",
            "f.yaml:1:26: route.rules.general: expected a mapping, not a single value");
    refused("brains: {claude: {models: {fast: a}, model: deep}}\n", "claude has no tier \"deep\"");
}

static void
yaml_that_could_surprise_is_refused(void **state)
{
    (void)state;
    refused("mode: full\nuser: a\nmode: full\n",
            "f.yaml:3:1: mode: duplicate key, first given in line 1");
    refused("brains:\n  llama:\n    retries: 1\n    retries: 2\n",
            "f.yaml:4:5: brains.llama.retries: duplicate key");
    refused("ui: &a {mouse: true}\n", "anchors and aliases");
    refused("user: *a\n", "anchors and aliases");
    refused("user: !!python/object x\n", "tags are not supported");
    refused("ui:\n\tmouse: true\n", "f.yaml:2:1: a tab cannot stand here");
    refused("a: b: c\n", "f.yaml:1:5: ");
    refused("ui: {mouse: true\n", "f.yaml:2:1: ");
    refused("mode: full\n---\nmode: full\n", "only one document");
    refused("? [a]\n: b\n", "a key must be a plain word");
    refused("user: \"a\\0b\"\n", "NUL");
    refused("user: caf\xe9\n", "f.yaml:1:10: not valid UTF-8");
    refused("user: a\x01\n", "f.yaml:1:8: a control character is not allowed");
    accepted("");
    accepted("# nothing\n");
    accepted("~\n");
    accepted("\xef\xbb\xbfmode: full\n");
    accepted("mode: full\r\nuser: a\r\n");
    accepted("brains:\nui:\nuser: ~\n");
}

static void
size_depth_and_number_of_values_are_capped(void **state)
{
    (void)state;
    struct buf b;
    struct err err = {""};
    buf_init(&b, 4 << 20);
    buf_append_str(&b, "brains: {llama: {extra: ");
    for (int i = 0; i < 50000; i++)
        buf_append_str(&b, "{a: ");
    assert_null(conf_load_text("f", b.p, b.len, &err));
    assert_non_null(strstr(err.text, "nested too deeply"));
    buf_clear(&b);
    buf_append_str(&b, "brains: {llama: {extra: {a: [");
    for (int i = 0; i < 100000; i++)
        buf_append_str(&b, "1, ");
    buf_append_str(&b, "]}}}");
    assert_null(conf_load_text("f", b.p, b.len, &err));
    assert_non_null(strstr(err.text, "too many values"));
    buf_clear(&b);
    while (b.len <= 1 << 20)
        buf_append_str(&b, "# a comment that goes on\n");
    assert_null(conf_load_text("f", b.p, b.len, &err));
    assert_non_null(strstr(err.text, "1 MiB"));
    buf_finish(&b);
}

static void
a_missing_file_that_was_named_is_an_error(void **state)
{
    (void)state;
    struct err err = {""};
    struct conf_flags flags = {.file = "/nonexistent/b.yaml"};
    assert_null(conf_load(&flags, &err));
    assert_string_equal(err.text, "/nonexistent/b.yaml: No such file or directory");
    setenv("BERDUA_CONFIG", "/nonexistent/c.yaml", 1);
    assert_null(conf_load(NULL, &err));
    assert_string_equal(err.text, "/nonexistent/c.yaml: No such file or directory");
    flags.file = "/";
    assert_null(conf_load(&flags, &err));
    unsetenv("BERDUA_CONFIG");
}

static void
a_wrong_variable_or_flag_is_named(void **state)
{
    (void)state;
    struct err err = {""};
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    setenv("BERDUA_WORKERS", "many", 1);
    assert_null(conf_load(NULL, &err));
    assert_string_equal(err.text, "BERDUA_WORKERS: expected a whole number, not \"many\"");
    unsetenv("BERDUA_WORKERS");
    setenv("BERDUA_BRAINS_LLAMA_BASE_URL", "http://example.com", 1);
    assert_null(conf_load(NULL, &err));
    assert_non_null(strstr(err.text, "BERDUA_BRAINS_LLAMA_BASE_URL: plain http"));
    unsetenv("BERDUA_BRAINS_LLAMA_BASE_URL");
    setenv("BERDUA_BRAINS_CLAUDE_API_KEY", "sk-secret", 1);
    assert_null(conf_load(NULL, &err));
    assert_non_null(strstr(err.text, "BERDUA_BRAINS_CLAUDE_API_KEY_ENV"));
    assert_null(strstr(err.text, "secret"));
    unsetenv("BERDUA_BRAINS_CLAUDE_API_KEY");
    setenv("BERDUA_TEAM_PASSWORD", "rahasia", 1);
    assert_null(conf_load(NULL, &err));
    assert_non_null(strstr(err.text, "BERDUA_TEAM_PASSWORD_ENV"));
    assert_null(strstr(err.text, "rahasia"));
    unsetenv("BERDUA_TEAM_PASSWORD");
    setenv("BERDUA_BRAINS_LAMA_BASE_URL", "http://127.0.0.1", 1);
    assert_null(conf_load(NULL, &err));
    assert_string_equal(err.text, "BERDUA_BRAINS_LAMA_BASE_URL: names no key (did you mean "
                                  "\"BERDUA_BRAINS_LLAMA_BASE_URL\"?)");
    unsetenv("BERDUA_BRAINS_LAMA_BASE_URL");
    setenv("BERDUA_BIN", "/somewhere", 1); /* no section of ours */
    struct conf_flags flags = {.mode = "paralel"};
    assert_null(conf_load(&flags, &err));
    assert_non_null(strstr(err.text, "-m: \"paralel\""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_key_is_placed_and_the_nearest_named),
        cmocka_unit_test(a_wrong_type_is_placed_at_the_value),
        cmocka_unit_test(out_of_range_tells_the_range),
        cmocka_unit_test(every_mode_is_accepted_and_a_misspelt_word_is_helped),
        cmocka_unit_test(a_literal_key_is_refused_and_never_repeated),
        cmocka_unit_test(headers_are_checked),
        cmocka_unit_test(urls_are_checked),
        cmocka_unit_test(tiers_and_modes_must_exist),
        cmocka_unit_test(a_plain_model_name_that_is_none_is_placed),
        cmocka_unit_test(yaml_that_could_surprise_is_refused),
        cmocka_unit_test(size_depth_and_number_of_values_are_capped),
        cmocka_unit_test(a_missing_file_that_was_named_is_an_error),
        cmocka_unit_test(a_wrong_variable_or_flag_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
