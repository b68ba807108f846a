#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/path.h"
#include "berdua/base/mem.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[SCRATCH_BYTES];

static int
make_folder(void **state)
{
    (void)state;
    if (scratch_make(folder) != 0)
        return -1;
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("XDG_DATA_HOME", folder, 1);
    unsetenv("BERDUA_CONFIG");
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    return scratch_remove(folder);
}

static struct conf *
load(const char *text)
{
    struct err err = {""};
    struct conf *c = conf_load_text("f.yaml", text, strlen(text), &err);
    if (!c)
        print_error("%s\n", err.text);
    assert_non_null(c);
    return c;
}

static void
without_a_file_the_documented_defaults_hold(void **state)
{
    (void)state;
    struct err err = {""};
    unsetenv("RUNPOD_API_KEY");
    struct conf *conf = conf_load(NULL, &err);
    assert_non_null(conf);
    const struct config *c = conf_get(conf);
    const struct brain_conf *claude = &c->brains[BRAIN_CLAUDE], *llama = &c->brains[BRAIN_LLAMA];
    assert_int_equal(claude->provider, PROVIDER_ANTHROPIC);
    assert_string_equal(claude->base_url, "https://api.anthropic.com");
    assert_string_equal(claude->api_key.env, "ANTHROPIC_API_KEY");
    assert_string_equal(claude->api_version, "2023-06-01");
    assert_int_equal(claude->model_count, 2);
    const struct model_conf *m = config_model(claude, NULL);
    assert_string_equal(m->tier, "fast");
    assert_string_equal(m->id, "claude-haiku-5-5");
    assert_string_equal(m->extra_json, "{\"thinking\":{\"type\":\"disabled\"}}");
    assert_float_equal(m->price.cache_write, 0.125, 1e-12);
    assert_true(isnan(m->price.per_second_usd));
    assert_string_equal(config_model(claude, "deep")->id, "claude-sonnet-5-5");
    assert_int_equal(claude->max_tokens, 1024);
    assert_int_equal(claude->limits.connect_ms, 5000);
    assert_int_equal(claude->limits.first_token_ms, 20000);
    assert_int_equal(claude->limits.stall_ms, 20000);
    assert_int_equal(claude->limits.timeout_ms, 60000);
    assert_int_equal(claude->limits.retries, 2);
    assert_true(isnan(claude->temperature) && isnan(claude->top_p));
    assert_false(claude->allow_http);
    assert_int_equal(llama->provider, PROVIDER_OPENAI);
    assert_string_equal(llama->base_url, "http://127.0.0.1:8080/v1");
    assert_null(llama->api_key.env); /* on this machine, and not set */
    assert_string_equal(llama->models[0].id, "zantara-llama-3.1-8b");
    assert_float_equal(llama->models[0].price.per_second_usd, 0.00026, 1e-12);
    assert_int_equal(llama->limits.first_token_ms, 180000);
    assert_int_equal(llama->limits.timeout_ms, 240000);
    assert_int_equal(config_style(llama, "santai")->max_tokens, 300);
    assert_int_equal(config_style(llama, "pikiran")->max_tokens, 600);
    assert_int_equal(c->mode, MODE_PARALLEL);
    assert_int_equal(c->history, HISTORY_CANONICAL);
    assert_int_equal(c->workers, 4);
    assert_int_equal(c->background_ms, 10000);
    assert_string_equal(c->user, "anonymous");
    assert_string_equal(c->theme, "dusk");
    assert_string_equal(c->store_url, "sqlite:");
    assert_int_equal(c->ui.sync_output, SYNC_AUTO);
    assert_int_equal(c->ui.escape_ms, 0); /* auto */
    assert_int_equal(c->ui.borders, BORDERS_UNICODE);
    assert_int_equal(c->breaker.failures, 5);
    assert_int_equal(c->breaker.cool_s, 30);
    assert_int_equal(c->context.grace_ms, 200);
    assert_int_equal(c->context.ttl_days, 30);
    assert_float_equal(c->shadow.percent, 100, 0);
    assert_int_equal(c->route.timeout_ms, 2000);
    assert_int_equal(c->route.rule_count, 6);
    assert_false(c->route.rollout.automatic);
    assert_int_equal(c->route.rollout.min_verdicts, 50);
    assert_float_equal(c->route.rollout.dwell_h, 48, 0);
    assert_float_equal(c->route.rollout.gate_25, 0.90, 1e-12);
    assert_false(c->memory.enabled);
    assert_int_equal(c->memory.idle_s, 300);
    assert_string_equal(c->knowledge.chroma_collection, "cultural_insights");
    assert_null(c->knowledge.chroma_url);
    assert_true(isnan(c->budget.usd_per_month));
    conf_destroy(&conf);
    assert_null(conf);
}

static void
only_the_usual_key_on_this_machine_may_be_absent(void **state)
{
    (void)state;
    struct err err = {""};
    char file[128];
    snprintf(file, sizeof file, "%s/k.yaml", folder);
    struct conf_flags flags = {.file = file};
    const struct {
        const char *text, *value, *env;
    } cases[] = {
        {"user: a\n", NULL, NULL},
        {"user: a\n", "k", "RUNPOD_API_KEY"},
        {"brains: {llama: {api_key: {env: RUNPOD_API_KEY}}}\n", NULL, NULL},
        {"brains: {llama: {api_key: {env: BERDUA_TEST_UNSET}}}\n", NULL, "BERDUA_TEST_UNSET"},
        {"brains: {llama: {base_url: https://example.com}}\n", NULL, "RUNPOD_API_KEY"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(path_write_atomic(file, cases[i].text, strlen(cases[i].text), &err));
        unsetenv("RUNPOD_API_KEY");
        if (cases[i].value)
            setenv("RUNPOD_API_KEY", cases[i].value, 1);
        struct conf *conf = conf_load(&flags, &err);
        assert_non_null(conf);
        const char *env = conf_get(conf)->brains[BRAIN_LLAMA].api_key.env;
        if (cases[i].env)
            assert_string_equal(env, cases[i].env);
        else
            assert_null(env);
        conf_destroy(&conf);
    }
    unsetenv("RUNPOD_API_KEY");
}

static void
a_number_of_the_request_comes_from_style_model_and_brain_and_null_leaves_it_out(void **state)
{
    (void)state;
    struct conf *conf = load(
        "brains:\n"
        "  llama:\n"
        "    temperature: .2\n"
        "    top_p: .3\n"
        "    max_tokens: 7\n"
        "    models: {fast: {id: a, temperature: .4, max_tokens: 8}, deep: {id: b, top_p: ~}}\n"
        "    modes: {hot: {temperature: 1, max_tokens: null}, plain: {temperature: null}}\n"
        "  claude: {max_tokens: null, temperature: }\n");
    const struct brain_conf *b = &conf_get(conf)->brains[BRAIN_LLAMA];
    const struct model_conf *fast = config_model(b, "fast"), *deep = config_model(b, "deep");
    const struct style_conf *hot = config_style(b, "hot"), *plain = config_style(b, "plain");
    assert_float_equal(config_temperature(b, fast, hot), 1, 0);
    assert_float_equal(config_temperature(b, fast, NULL), .4, 1e-12);
    assert_float_equal(config_temperature(b, deep, NULL), .2, 1e-12);
    assert_true(isnan(config_temperature(b, fast, plain)));
    assert_float_equal(config_top_p(b, fast, hot), .3, 1e-12);
    assert_true(isnan(config_top_p(b, deep, hot)));
    assert_int_equal(config_max_tokens(b, fast, plain), 8);
    assert_int_equal(config_max_tokens(b, deep, NULL), 7);
    assert_int_equal(config_max_tokens(b, fast, hot), CONFIG_LEFT_OUT);
    const struct brain_conf *claude = &conf_get(conf)->brains[BRAIN_CLAUDE];
    assert_int_equal(config_max_tokens(claude, claude->models, NULL), CONFIG_LEFT_OUT);
    assert_true(isnan(config_temperature(claude, claude->models, NULL)));
    conf_destroy(&conf);
}

static void
a_length_that_is_set_of_a_brain_or_a_model_goes_before_the_shipped_ones_of_styles(void **state)
{
    (void)state;
    static const struct {
        const char *lines;
        int most, greeting;
    } table[] = {
        {"max_tokens: 77", 77, 0},
        {"max_tokens: null", CONFIG_LEFT_OUT, 0},
        {"models: {fast: {id: m, max_tokens: 31}}", 31, 0},
        {"max_tokens: 77, modes: {santai: {max_tokens: 300, greeting_max_tokens: 9}}", 300, 9},
        {"temperature: 1", 300, 100},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        char text[256];
        snprintf(text, sizeof text, "brains: {llama: {%s}}\n", table[i].lines);
        struct conf *conf = load(text);
        const struct brain_conf *b = &conf_get(conf)->brains[BRAIN_LLAMA];
        const struct style_conf *santai = config_style(b, "santai");
        assert_int_equal(config_max_tokens(b, config_model(b, "fast"), santai), table[i].most);
        assert_int_equal(santai->greeting_max_tokens, table[i].greeting);
        conf_destroy(&conf);
    }
}

/* What is shown is read back as the same, whatever a model is called. */
static void
any_model_name_survives_being_shown(void **state)
{
    (void)state;
    static const char *const names[] = {"a: b",
                                        "it's",
                                        "say \\\"hi\\\"",
                                        "#1",
                                        "a #b",
                                        "*star",
                                        "&x",
                                        "!t",
                                        "- a",
                                        "[a]",
                                        "{a}",
                                        "a,b",
                                        "true",
                                        "NO",
                                        "null",
                                        "~",
                                        "12",
                                        "1e3",
                                        "?",
                                        "@at",
                                        "`x`",
                                        "%d",
                                        "|",
                                        ">",
                                        "a:",
                                        "\xc3\xa9\xe6\xbc\xa2",
                                        "\xf0\x9f\x99\x82",
                                        "...",
                                        "---",
                                        "=",
                                        "<<",
                                        "org/model:latest@q4",
                                        "back\\\\slash",
                                        "\\u202e",
                                        "\\uFEFFb"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *text = xasprintf("brains: {llama: {models: {fast: {id: \"%s\"}}}}\n", names[i]),
             *shown = NULL;
        struct conf *first = load(text);
        size_t size = 0;
        FILE *f = open_memstream(&shown, &size);
        conf_show(first, false, f);
        fclose(f);
        struct conf *second = load(shown);
        assert_string_equal(conf_get(first)->brains[BRAIN_LLAMA].models->id,
                            conf_get(second)->brains[BRAIN_LLAMA].models->id);
        conf_destroy(&first);
        conf_destroy(&second);
        free(shown);
        free(text);
    }
}

static void
a_file_is_read_with_its_types_kept(void **state)
{
    (void)state;
    struct conf *conf =
        load("brains:\n"
             "  llama:\n"
             "    provider: runpod\n"
             "    base_url: https://api.runpod.ai/v2/abc/\n"
             "    temperature: .7\n"
             "    system: |\n"
             "      Satu.\n"
             "      Dua.\n"
             "    extra: {stop: [\"###\", 'User:'], seed: 7, ok: true, none: ~, s: \"7\",\n"
             "            deep: {x: 1.5e3, zip: 007}}\n"
             "    modes: {santai: {max_tokens: 99}, resmi: {system: Formal., top_p: 0.5}}\n"
             "mode: full\n"
             "history: own\n"
             "ui: {mouse: true, sync_output: off, borders: ascii, escape_ms: 40}\n"
             "keys: {compose: {A-1: verdict-right}, browse: {\"?\": help, g: }}\n"
             "route: {rules: {general: {brain: llama, mode: resmi, fallback: none}}}\n"
             "budget: {usd_per_month: 5}\n");
    const struct config *c = conf_get(conf);
    const struct brain_conf *l = &c->brains[BRAIN_LLAMA];
    assert_int_equal(l->provider, PROVIDER_RUNPOD);
    assert_string_equal(l->base_url, "https://api.runpod.ai/v2/abc");
    assert_float_equal(l->temperature, 0.7, 1e-12);
    assert_string_equal(l->system, "Satu.\nDua.\n");
    assert_string_equal(l->extra_json,
                        "{\"stop\":[\"###\",\"User:\"],\"seed\":7,\"ok\":true,\"none\":null,"
                        "\"s\":\"7\",\"deep\":{\"x\":1.5e3,\"zip\":\"007\"}}");
    assert_int_equal(l->style_count, 3);
    assert_int_equal(config_style(l, "santai")->max_tokens, 99);
    assert_non_null(config_style(l, "santai")->system);
    assert_float_equal(config_style(l, "resmi")->top_p, 0.5, 0);
    assert_true(isnan(config_style(l, "resmi")->temperature));
    assert_int_equal(c->mode, MODE_FULL);
    assert_int_equal(c->history, HISTORY_OWN);
    assert_true(c->ui.mouse);
    assert_int_equal(c->ui.sync_output, SYNC_OFF);
    assert_int_equal(c->ui.borders, BORDERS_ASCII);
    assert_int_equal(c->ui.escape_ms, 40);
    assert_int_equal(c->key_count, 3);
    assert_string_equal(c->keys[0].focus, "compose");
    assert_string_equal(c->keys[0].key, "A-1");
    assert_string_equal(c->keys[0].action, "verdict-right");
    assert_string_equal(c->keys[2].action, "");
    const struct rule_conf *r = &c->route.rules[5];
    assert_string_equal(r->category, "general");
    assert_int_equal(r->brain, BRAIN_LLAMA);
    assert_int_equal(r->fallback, BRAIN_NONE);
    assert_float_equal(c->budget.usd_per_month, 5, 0);
    conf_destroy(&conf);
}

static void
models_in_the_file_take_the_place_of_the_default_tiers(void **state)
{
    (void)state;
    struct conf *conf =
        load("brains: {claude: {models: {tiny: {id: m1}, huge: {id: m2, price: {input: 1}}}}}\n");
    const struct brain_conf *b = &conf_get(conf)->brains[BRAIN_CLAUDE];
    assert_int_equal(b->model_count, 2);
    assert_string_equal(b->model, "tiny"); /* nobody chose "fast" */
    assert_null(config_model(b, "tiny")->extra_json);
    assert_true(isnan(config_model(b, "tiny")->price.input));
    conf_destroy(&conf);
    conf = load("brains: {claude: {models: {fast: {id: mine}}}}\n");
    b = &conf_get(conf)->brains[BRAIN_CLAUDE];
    assert_int_equal(b->model_count, 1);
    assert_null(b->models[0].extra_json);
    assert_true(isnan(b->models[0].price.output));
    conf_destroy(&conf);
}

static void
a_tier_may_be_a_plain_model_name(void **state)
{
    (void)state;
    struct conf *conf =
        load("brains:\n  claude:\n    models: {fast: claude-haiku-4-5, big: \"4\"}\n"
             "  llama: {models: {fast: org/model:8b}}\n");
    const struct brain_conf *b = &conf_get(conf)->brains[BRAIN_CLAUDE];
    assert_int_equal(b->model_count, 2);
    assert_string_equal(config_model(b, "fast")->id, "claude-haiku-4-5");
    assert_string_equal(config_model(b, "big")->id, "4");
    assert_true(isnan(config_model(b, "fast")->price.input));
    assert_null(config_model(b, "fast")->extra_json);
    assert_string_equal(conf_get(conf)->brains[BRAIN_LLAMA].models[0].id, "org/model:8b");
    char *shown = NULL;
    size_t size;
    FILE *f = open_memstream(&shown, &size);
    conf_show(conf, true, f);
    fclose(f);
    assert_non_null(strstr(shown, "id: claude-haiku-4-5"));
    const char *origin = strstr(shown, "id: claude-haiku-4-5");
    assert_ptr_equal(strstr(origin, ":3\n"), strchr(origin, '\n') - 2);
    free(shown);
    conf_destroy(&conf);
}

static void
a_key_source_in_the_file_takes_the_place_of_the_default(void **state)
{
    (void)state;
    struct conf *conf =
        load("brains: {claude: {api_key: {command: pass show claude}}, llama: {api_key: }}\n");
    const struct config *c = conf_get(conf);
    assert_null(c->brains[BRAIN_CLAUDE].api_key.env);
    assert_string_equal(c->brains[BRAIN_CLAUDE].api_key.command, "pass show claude");
    assert_null(c->brains[BRAIN_LLAMA].api_key.env);
    conf_destroy(&conf);
}

static void
flag_beats_environment_beats_file_beats_default(void **state)
{
    (void)state;
    char file[128];
    snprintf(file, sizeof file, "%s/c.yaml", folder);
    const char text[] = "mode: shadow\nuser: file\ntheme: file\n";
    struct err err = {""};
    assert_true(path_write_atomic(file, text, sizeof text - 1, &err));
    setenv("BERDUA_MODE", "route", 1);
    setenv("BERDUA_USER", "env", 1);
    setenv("BERDUA_BRAINS_LLAMA_BASE_URL", "http://localhost:9/v1", 1);
    setenv("BERDUA_BRAINS_CLAUDE_API_KEY_FILE", "~/key", 1);
    setenv("BERDUA_BRAINS_CLAUDE_EXTRA", "{a: 1}", 1);
    struct conf_flags flags = {.file = file, .mode = "full", .db = "x.db"};
    struct conf *conf = conf_load(&flags, &err);
    unsetenv("BERDUA_MODE");
    unsetenv("BERDUA_USER");
    unsetenv("BERDUA_BRAINS_LLAMA_BASE_URL");
    unsetenv("BERDUA_BRAINS_CLAUDE_API_KEY_FILE");
    unsetenv("BERDUA_BRAINS_CLAUDE_EXTRA");
    assert_non_null(conf);
    const struct config *c = conf_get(conf);
    assert_int_equal(c->mode, MODE_FULL);
    assert_string_equal(c->user, "env");
    assert_string_equal(c->theme, "file");
    assert_int_equal(c->workers, 4);
    assert_string_equal(c->store_url, "sqlite:x.db");
    assert_string_equal(c->brains[BRAIN_LLAMA].base_url, "http://localhost:9/v1");
    assert_null(c->brains[BRAIN_CLAUDE].api_key.env);
    assert_non_null(c->brains[BRAIN_CLAUDE].api_key.file);
    assert_string_equal(c->brains[BRAIN_CLAUDE].extra_json, "{\"a\":1}");
    assert_string_equal(conf_path(conf), file);
    char *shown = NULL;
    size_t size;
    FILE *f = open_memstream(&shown, &size);
    conf_show(conf, true, f);
    fclose(f);
    assert_non_null(strstr(shown, "# flag"));
    assert_non_null(strstr(shown, "# BERDUA_USER"));
    assert_non_null(strstr(shown, "c.yaml:3\n"));
    assert_non_null(strstr(shown, "# default"));
    free(shown);
    conf_destroy(&conf);
}

static void
the_demo_needs_no_file_key_or_network_and_has_its_own_store(void **state)
{
    (void)state;
    struct err err = {""};
    setenv("BERDUA_BRAINS_CLAUDE_PROVIDER", "nonsense", 1);
    setenv("BERDUA_THEME", "mono", 1);
    struct conf *conf = conf_demo(NULL, &err);
    unsetenv("BERDUA_BRAINS_CLAUDE_PROVIDER");
    unsetenv("BERDUA_THEME");
    assert_non_null(conf);
    const struct config *c = conf_get(conf);
    assert_string_equal(c->theme, "mono"); /* what concerns the screen is obeyed */
    for (int i = 0; i < BRAIN_COUNT; i++) {
        assert_int_equal(c->brains[i].provider, PROVIDER_PLAYBACK);
        assert_null(c->brains[i].api_key.env);
        assert_true(!c->brains[i].cassettes || !c->brains[i].cassettes[0]);
    }
    char url[128];
    snprintf(url, sizeof url, "sqlite:%s/berdua/demo.db", folder);
    assert_string_equal(c->store_url, url);
    conf_destroy(&conf);
    struct conf_flags flags = {.db = "/tmp/other.db"};
    conf = conf_demo(&flags, &err);
    assert_string_equal(conf_get(conf)->store_url, "sqlite:/tmp/other.db");
    conf_destroy(&conf);
}

static char *
shown_of(const struct conf *conf)
{
    char *shown = NULL;
    size_t size;
    FILE *f = open_memstream(&shown, &size);
    conf_show(conf, false, f);
    fclose(f);
    return shown;
}

static void
what_is_shown_is_itself_the_same_configuration(void **state)
{
    (void)state;
    const char *texts[] = {
        "{}",
        "brains: {llama: {system: \"a: b\\n # c \\\"q\\\" \\\\ \\t\\u202e\", models: {x-1: {id: "
        "'null', extra: {a: {}, b: []}}},\n"
        "   api_key: {command: \"printf '%s' \\\"k\\\"\"}, cassettes: '~/c'}}\n"
        "keys: {browse: {'#': help, ':': x, '-': '', '~': a, 'null': b, '{': c}}\n"
        "user: '123'\n",
        "brains: {llama: {models: {fast: plain, deep: {id: long}}}}\n",
        "brains: {claude: {api_key: , models: {a: {id: 1}}}}\nstore: {url: ~}\nuser: ''\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct conf *first = load(texts[i]);
        char *once = shown_of(first);
        struct conf *second = load(once);
        char *twice = shown_of(second);
        assert_string_equal(once, twice);
        const struct brain_conf *a = &conf_get(first)->brains[BRAIN_LLAMA];
        const struct brain_conf *b = &conf_get(second)->brains[BRAIN_LLAMA];
        assert_int_equal(conf_get(first)->key_count, conf_get(second)->key_count);
        if (a->system)
            assert_string_equal(a->system, b->system);
        free(once);
        free(twice);
        conf_destroy(&first);
        conf_destroy(&second);
    }
}

static void
no_key_can_be_shown(void **state)
{
    (void)state;
    setenv("MY_KEY", "sk-very-secret-value", 1);
    struct conf *conf = load("brains: {claude: {api_key: {env: MY_KEY}}}\n");
    char *shown = shown_of(conf);
    assert_null(strstr(shown, "sk-very-secret-value"));
    assert_non_null(strstr(shown, "api_key: {env: MY_KEY}"));
    free(shown);
    conf_destroy(&conf);
}

static void
a_relative_path_means_beside_the_file(void **state)
{
    (void)state;
    struct err err = {""};
    const char text[] = "brains: {llama: {provider: playback, cassettes: tapes}}";
    struct conf *conf = conf_load_text("/etc/b/f.yaml", text, sizeof text - 1, &err);
    assert_string_equal(conf_get(conf)->brains[BRAIN_LLAMA].cassettes, "/etc/b/tapes");
    conf_destroy(&conf);
}

static void
the_hash_tells_what_is_asked_apart_and_not_the_screen_or_the_user(void **state)
{
    static const char *const texts[] = {
        "", "user: mario\ntheme: noon\nui: {mouse: true}\nstore: {url: 'sqlite:/x'}\n",
        "brains: {llama: {max_tokens: 77}}\n", "route: {rollout: {guard: .41}}\n"};
    char hashes[ARRAY_LEN(texts)][CONFIG_HASH + 1];
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct conf *c = load(texts[i]);
        memcpy(hashes[i], conf_get(c)->hash, sizeof hashes[i]);
        assert_int_equal(strspn(hashes[i], "0123456789abcdef"), CONFIG_HASH);
        conf_destroy(&c);
    }
    assert_string_equal(hashes[0], hashes[1]);
    assert_string_not_equal(hashes[0], hashes[2]);
    assert_string_not_equal(hashes[0], hashes[3]);
    assert_string_not_equal(hashes[2], hashes[3]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_the_documented_defaults_hold),
        cmocka_unit_test(only_the_usual_key_on_this_machine_may_be_absent),
        cmocka_unit_test(
            a_number_of_the_request_comes_from_style_model_and_brain_and_null_leaves_it_out),
        cmocka_unit_test(
            a_length_that_is_set_of_a_brain_or_a_model_goes_before_the_shipped_ones_of_styles),
        cmocka_unit_test(any_model_name_survives_being_shown),
        cmocka_unit_test(a_file_is_read_with_its_types_kept),
        cmocka_unit_test(models_in_the_file_take_the_place_of_the_default_tiers),
        cmocka_unit_test(a_tier_may_be_a_plain_model_name),
        cmocka_unit_test(a_key_source_in_the_file_takes_the_place_of_the_default),
        cmocka_unit_test(flag_beats_environment_beats_file_beats_default),
        cmocka_unit_test(the_demo_needs_no_file_key_or_network_and_has_its_own_store),
        cmocka_unit_test(what_is_shown_is_itself_the_same_configuration),
        cmocka_unit_test(no_key_can_be_shown),
        cmocka_unit_test(a_relative_path_means_beside_the_file),
        cmocka_unit_test(the_hash_tells_what_is_asked_apart_and_not_the_screen_or_the_user),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
