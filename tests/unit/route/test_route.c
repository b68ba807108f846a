#include "unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/route/route.h"

static struct conf *
with(const char *text)
{
    struct err err = {{0}};
    struct conf *c = conf_load_text("test", text, strlen(text), &err);
    if (!c)
        print_error("%s\n", err.text);
    assert_non_null(c);
    return c;
}

static struct route_decision
decide(const struct conf *c, enum category category, double percent, const char *user)
{
    struct route_question q = {
        .category = category, .user = user, .percent = percent, .available = {true, true}};
    struct route_decision d;
    route_decide(conf_get(c), &q, &d);
    return d;
}

static void
user_name(char out[32], uint32_t n)
{
    snprintf(out, 32, n % 3 ? "user-%u" : "wa:+62812%07u", n);
}

static void
ten_thousand_messages_fall_within_a_point_of_the_stage(void **state)
{
    static const double stages[] = {10, 25, 50};
    (void)state;
    struct conf *c = with("");
    for (size_t s = 0; s < ARRAY_LEN(stages); s++) {
        int llama = 0;
        for (uint32_t n = 0; n < 10000; n++) {
            char user[32];
            user_name(user, n);
            llama += decide(c, CATEGORY_EMOTIONAL, stages[s], user).brain == BRAIN_LLAMA;
        }
        print_message("stage %g: %.2f %%\n", stages[s], llama / 100.0);
        assert_true(fabs(llama / 100.0 - stages[s]) < 1);
    }
    conf_destroy(&c);
}

static void
nobody_changes_side_when_a_stage_grows(void **state)
{
    static const double stages[] = {0, 10, 12.34, 25, 50, 100};
    (void)state;
    for (uint32_t n = 0; n < 10000; n++) {
        char user[32];
        user_name(user, n);
        int bucket = route_bucket(user);
        assert_true(bucket >= 0 && bucket < BUCKETS);
        assert_int_equal(bucket, route_bucket(user));
        for (size_t s = 1; s < ARRAY_LEN(stages); s++)
            assert_true(route_in_share(bucket, stages[s]) ||
                        !route_in_share(bucket, stages[s - 1]));
        assert_false(route_in_share(bucket, 0));
        assert_true(route_in_share(bucket, 100));
    }
}

/* They are stored with turns; a change would send everybody to another side. */
static void
buckets_never_change(void **state)
{
    (void)state;
    assert_int_equal(route_bucket("anonymous"), 6617);
    assert_int_equal(route_bucket("mario"), 3248);
    assert_int_equal(route_bucket(""), 6168);
}

static void
the_missions_table_is_the_default(void **state)
{
    static const struct {
        enum category category;
        double percent;
        enum brain_id brain;
        const char *style, *model;
        enum brain_id fallback;
        const char *fallback_model;
    } table[] = {
        {CATEGORY_GREETING, 100, BRAIN_LLAMA, "santai", NULL, BRAIN_CLAUDE, NULL},
        {CATEGORY_EMOTIONAL, 100, BRAIN_LLAMA, "santai", NULL, BRAIN_CLAUDE, NULL},
        {CATEGORY_CULTURAL, 100, BRAIN_LLAMA, "pikiran", NULL, BRAIN_CLAUDE, "deep"},
        {CATEGORY_CULTURAL, 0, BRAIN_CLAUDE, NULL, "deep", BRAIN_NONE, NULL},
        {CATEGORY_GREETING, 0, BRAIN_CLAUDE, NULL, NULL, BRAIN_NONE, NULL},
        {CATEGORY_BUSINESS_COMPLEX, 0, BRAIN_CLAUDE, NULL, "deep", BRAIN_NONE, NULL},
        {CATEGORY_BUSINESS_SIMPLE, 0, BRAIN_CLAUDE, NULL, NULL, BRAIN_NONE, NULL},
        {CATEGORY_GENERAL, 0, BRAIN_CLAUDE, NULL, NULL, BRAIN_NONE, NULL},
        /* what has passed its own gate */
        {CATEGORY_BUSINESS_COMPLEX, 100, BRAIN_LLAMA, "pikiran", NULL, BRAIN_CLAUDE, "deep"},
        {CATEGORY_GENERAL, 100, BRAIN_LLAMA, "santai", NULL, BRAIN_CLAUDE, NULL},
    };
    (void)state;
    struct conf *c = with("");
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        struct route_decision d = decide(c, table[i].category, table[i].percent, "mario");
        assert_int_equal(d.brain, table[i].brain);
        assert_string_equal(d.style ? d.style : "", table[i].style ? table[i].style : "");
        assert_string_equal(d.model ? d.model : "", table[i].model ? table[i].model : "");
        assert_int_equal(d.fallback, table[i].fallback);
        assert_string_equal(d.fallback_model ? d.fallback_model : "",
                            table[i].fallback_model ? table[i].fallback_model : "");
        assert_string_equal(d.rule, category_name(table[i].category));
    }
    conf_destroy(&c);
}

static void
rules_of_the_configuration_are_followed(void **state)
{
    (void)state;
    struct conf *c = with("brains: {llama: {modes: {resmi: {system: Formal.}}}}\n"
                          "route:\n  rules:\n"
                          "    general: {brain: llama, mode: resmi, fallback: none}\n"
                          "    cultural: {brain: claude, model: deep, fallback: llama}\n"
                          "    greeting: {brain: llama, mode: auto}\n");
    struct route_decision d = decide(c, CATEGORY_GENERAL, 100, "mario");
    assert_int_equal(d.brain, BRAIN_LLAMA);
    assert_string_equal(d.style, "resmi");
    assert_int_equal(d.fallback, BRAIN_NONE);
    d = decide(c, CATEGORY_CULTURAL, 0, "mario");
    assert_int_equal(d.brain, BRAIN_CLAUDE);
    assert_int_equal(d.fallback, BRAIN_LLAMA);
    assert_string_equal(d.fallback_style, "pikiran");
    d = decide(c, CATEGORY_GREETING, 100, "mario");
    assert_string_equal(d.style, "santai");
    conf_destroy(&c);
}

static void
a_crisis_is_never_llamas(void **state)
{
    (void)state;
    struct conf *c = with("route: {rules: {emotional: {brain: llama, fallback: llama}}}\n");
    struct route_question q = {.category = CATEGORY_EMOTIONAL,
                               .crisis = "suicide",
                               .user = "mario",
                               .percent = 100,
                               .available = {true, true}};
    struct route_decision d;
    for (int claude = 0; claude < 2; claude++) {
        q.available[BRAIN_CLAUDE] = claude;
        route_decide(conf_get(c), &q, &d);
        assert_int_equal(d.brain, BRAIN_CLAUDE);
        assert_int_equal(d.fallback, BRAIN_NONE);
        assert_string_equal(d.rule, "crisis");
        assert_string_equal(d.model, "deep");
        assert_true(d.percent == 100 && d.effective == 0);
        assert_non_null(strstr(d.reason, "suicide"));
    }
    conf_destroy(&c);
}

static void
a_brain_that_cannot_be_called_gets_nothing(void **state)
{
    (void)state;
    struct conf *c = with("");
    struct route_question q = {
        .category = CATEGORY_CULTURAL, .user = "mario", .percent = 100, .available = {true, false}};
    struct route_decision d;
    route_decide(conf_get(c), &q, &d);
    assert_int_equal(d.brain, BRAIN_CLAUDE);
    assert_string_equal(d.model, "deep");
    assert_int_equal(d.fallback, BRAIN_NONE);
    assert_true(d.percent == 100 && d.effective == 0);
    assert_non_null(strstr(d.reason, "cannot be called"));
    conf_destroy(&c);
}

static void
manners_and_caps_follow_the_category(void **state)
{
    (void)state;
    struct conf *c = with("");
    const struct config *config = conf_get(c);
    const struct brain_conf *llama = &config->brains[BRAIN_LLAMA];
    const struct brain_conf *claude = &config->brains[BRAIN_CLAUDE];
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        bool thoughtful = k == CATEGORY_CULTURAL || k == CATEGORY_BUSINESS_SIMPLE ||
                          k == CATEGORY_BUSINESS_COMPLEX;
        const char *m = route_style(config, BRAIN_LLAMA, "auto", (enum category)k);
        assert_string_equal(m, thoughtful ? "pikiran" : "santai");
        assert_int_equal(
            route_max_tokens(llama, llama->models, config_style(llama, m), (enum category)k),
            k == CATEGORY_GREETING ? 100
            : thoughtful           ? 600
                                   : 300);
    }
    assert_null(route_style(config, BRAIN_CLAUDE, "auto", CATEGORY_GENERAL));
    assert_null(route_style(config, BRAIN_LLAMA, NULL, CATEGORY_GENERAL));
    assert_int_equal(route_max_tokens(claude, claude->models, NULL, CATEGORY_GREETING), 1024);
    conf_destroy(&c);
}

static void
the_shipped_prompts_forbid_promises_and_prices(void **state)
{
    (void)state;
    struct conf *c = with("");
    const struct brain_conf *claude = &conf_get(c)->brains[BRAIN_CLAUDE];
    const struct brain_conf *llama = &conf_get(c)->brains[BRAIN_LLAMA];
    const char *prompts[] = {claude->system, config_style(llama, "santai")->system,
                             config_style(llama, "pikiran")->system};
    for (size_t i = 0; i < ARRAY_LEN(prompts); i++) {
        assert_non_null(strstr(prompts[i], "language of the user's last message"));
        assert_non_null(strstr(prompts[i], "Never promise"));
        assert_non_null(strstr(prompts[i], "never invent a price"));
        assert_true(strlen(prompts[i]) < 1800); /* some 400 tokens */
    }
    conf_destroy(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_thousand_messages_fall_within_a_point_of_the_stage),
        cmocka_unit_test(nobody_changes_side_when_a_stage_grows),
        cmocka_unit_test(buckets_never_change),
        cmocka_unit_test(the_missions_table_is_the_default),
        cmocka_unit_test(rules_of_the_configuration_are_followed),
        cmocka_unit_test(a_crisis_is_never_llamas),
        cmocka_unit_test(a_brain_that_cannot_be_called_gets_nothing),
        cmocka_unit_test(manners_and_caps_follow_the_category),
        cmocka_unit_test(the_shipped_prompts_forbid_promises_and_prices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
