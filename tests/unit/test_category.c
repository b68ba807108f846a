#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/measure/measure.h"

static int
set_up(void **state)
{
    struct err err;
    struct measure *m = measure_create(NULL, &err);
    *state = m;
    return m ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct measure *m = *state;
    measure_destroy(&m);
    return 0;
}

static struct classification
classify(const struct measure *m, const char *text, const char *prev)
{
    struct classification c;
    measure_classify(m, text, strlen(text), prev, -1, &c);
    return c;
}

static void
expect(const struct measure *m, const char *text, const char *category)
{
    struct classification c = classify(m, text, NULL);
    if (strcmp(category_name(c.category), category) != 0)
        fail_msg("\"%s\" is %s, not %s", text, category_name(c.category), category);
}

static void
words_inside_words_say_nothing(void **state)
{
    expect(*state, "is it possible to get a taxi from the airport?", "general");
    expect(*state, "what is the capital of Australia?", "general");
    expect(*state, "any news about the latest movie?", "general");
    expect(*state, "berapa jauh pulau Jawa dari Bali?", "general");
    expect(*state, "How long is the ferry from Java to Bali?", "general");
}

static void
a_greeting_alone_is_one_and_before_a_request_is_a_frame(void **state)
{
    expect(*state, "Ciao!", "greeting");
    expect(*state, "CIAOOO!!!", "greeting");
    expect(*state, "haloo kak, apa kabar?", "greeting");
    expect(*state, "halo kak, berapa biaya kitas?", "business_simple");
    expect(*state, "buongiorno, quanto costa aprire una PT PMA?", "business_simple");
}

static void
a_feeling_outweighs_its_matter_and_both_are_told(void **state)
{
    struct classification c = classify(*state, "aku malu bertanya tentang visa", NULL);
    assert_int_equal(c.category, CATEGORY_EMOTIONAL);
    assert_true(c.weights[CATEGORY_BUSINESS_SIMPLE] + c.weights[CATEGORY_BUSINESS_COMPLEX] > 0.2);
    expect(*state, "ho paura di sbagliare tutto", "emotional");
    expect(*state, "lagi galau banget nih", "emotional");
}

static void
a_short_follow_up_inherits_the_category_before(void **state)
{
    static const struct {
        const char *prev, *text;
    } pairs[] = {
        {"berapa biaya kitas investor?", "lalu?"},
        {"è maleducato rifiutare il cibo a una cerimonia?", "e poi?"},
        {"how much does a PT PMA cost?", "what about tax?"},
        {"aku sedih banget hari ini", "lanjut"},
    };
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        struct classification before = classify(*state, pairs[i].prev, NULL);
        struct classification c = classify(*state, pairs[i].text, pairs[i].prev);
        assert_int_equal(c.category, before.category);
        assert_true(c.inherited);
    }
    struct classification c = classify(*state, "ciao!", "how much does a PT PMA cost?");
    assert_int_equal(c.category, CATEGORY_GREETING);
    assert_false(c.inherited);
}

static void
weights_lie_between_none_and_one_and_the_category_has_the_greatest(void **state)
{
    static const char *const texts[] = {
        "", " \n", "🙏", "asdf qwer", "visa visa visa tax pajak iva", "\xff\xfe"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct classification c = classify(*state, texts[i], NULL);
        for (int k = 0; k < CATEGORY_COUNT; k++) {
            assert_true(c.weights[k] >= 0 && c.weights[k] <= 1);
            assert_true(c.weights[k] <= c.weights[c.category]);
        }
    }
}

static void
a_text_of_a_megabyte_is_classified(void **state)
{
    size_t n = 1 << 20;
    char *text = xmalloc(n + 1);
    for (size_t i = 0; i < n; i++)
        text[i] = "visa tax pajak "[i % 15];
    text[n] = 0;
    struct classification c;
    measure_classify(*state, text, n, NULL, -1, &c);
    assert_true(c.category == CATEGORY_BUSINESS_COMPLEX || c.category == CATEGORY_BUSINESS_SIMPLE);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_inside_words_say_nothing),
        cmocka_unit_test(a_greeting_alone_is_one_and_before_a_request_is_a_frame),
        cmocka_unit_test(a_feeling_outweighs_its_matter_and_both_are_told),
        cmocka_unit_test(a_short_follow_up_inherits_the_category_before),
        cmocka_unit_test(weights_lie_between_none_and_one_and_the_category_has_the_greatest),
        cmocka_unit_test(a_text_of_a_megabyte_is_classified),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
