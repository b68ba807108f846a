#include "unit/unit.h"

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
courtesy_and_emoji_make_a_follow_up_no_longer(void **state)
{
    static const char *const texts[] = {
        "how long do they usually last?", "ok how long do they usually last?",
        "hmm how long do they usually last please?", "how long do they usually last? 🙏😊"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct classification c = classify(*state, texts[i], "what is an odalan ceremony?");
        assert_true(c.inherited);
        assert_int_equal(c.category, CATEGORY_CULTURAL);
    }
}

static void
a_question_about_that_follows_whatever_else_it_names(void **state)
{
    static const char *const texts[] = {"does that include the photos?", "is that per person?",
                                        "itu termasuk foto?", "e con le foto?"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct classification c = classify(*state, texts[i], "what's the fee for the passport?");
        if (!c.inherited || c.category != CATEGORY_BUSINESS_SIMPLE)
            fail_msg("\"%s\" does not follow", texts[i]);
    }
}

static void
a_short_message_with_a_topic_of_its_own_does_not_follow(void **state)
{
    static const struct {
        const char *prev, *text;
        enum category is;
    } pairs[] = {
        {"tell me a joke", "so how much is a KITAS?", CATEGORY_BUSINESS_SIMPLE},
        {"ceritain lelucon dong", "jadi berapa ya biaya kitas investor?", CATEGORY_BUSINESS_SIMPLE},
        {"quanto costa il visto?", "e cosa vuol dire sungkan?", CATEGORY_CULTURAL},
        {"what's the fee for the visa", "so lonely tonight", CATEGORY_EMOTIONAL},
        {"berapa biaya kitas?", "sedih banget hari ini", CATEGORY_EMOTIONAL},
        {"quanto costa il visto?", "grazie mille!", CATEGORY_GREETING},
        {"compare a holding with a PMA, with the tax risks", "what time is it in London",
         CATEGORY_GENERAL},
    };
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        struct classification c = classify(*state, pairs[i].text, pairs[i].prev);
        if (c.inherited || c.category != pairs[i].is)
            fail_msg("\"%s\" is %s", pairs[i].text, category_name(c.category));
    }
}

static void
a_follow_up_of_a_follow_up_keeps_the_category_of_the_first(void **state)
{
    static const char *const texts[] = {"terus?", "lalu?", "kalau yang dua tahun?", "oke lanjut"};
    struct classification before = classify(*state, "berapa biaya kitas investor?", NULL), c;
    assert_int_equal(before.category, CATEGORY_BUSINESS_SIMPLE);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        measure_classify_after(*state, texts[i], strlen(texts[i]), &before, -1, &c);
        assert_true(c.inherited);
        assert_int_equal(c.category, CATEGORY_BUSINESS_SIMPLE);
        before = c;
    }
}

static void
the_text_before_and_its_classification_say_the_same(void **state)
{
    static const char *const prevs[] = {"berapa biaya kitas?", "sono triste", "", "ciao!"};
    static const char *const texts[] = {"lalu?", "and for my wife?", "grazie!", "apa itu sungkan?"};
    for (size_t i = 0; i < ARRAY_LEN(prevs); i++)
        for (size_t j = 0; j < ARRAY_LEN(texts); j++) {
            struct classification before = classify(*state, prevs[i], NULL), c;
            struct classification direct = classify(*state, texts[j], prevs[i]);
            measure_classify_after(*state, texts[j], strlen(texts[j]), *prevs[i] ? &before : NULL,
                                   -1, &c);
            assert_int_equal(c.category, direct.category);
            assert_int_equal(c.inherited, direct.inherited);
            assert_memory_equal(c.weights, direct.weights, sizeof c.weights);
        }
}

static void
words_of_two_lives_are_told_apart_by_their_neighbours(void **state)
{
    expect(*state, "visa or mastercard?", "general");
    expect(*state, "a good love song for the car", "general");
    expect(*state, "siapa bos mafia di film itu", "general");
    expect(*state, "hai mai visto un film così bello?", "general");
    expect(*state, "quanto costa il visto?", "business_simple");
    expect(*state, "what property makes ice float", "general");
    expect(*state, "sutradara dan investor di film serigala terakhir", "general");
    expect(*state, "what's the process for the licence", "business_simple");
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

static void
a_word_of_business_beside_another_topic_is_no_business(void **state)
{
    expect(*state, "How does a bank of fog form over the sea?", "general");
    expect(*state, "What does a company of soldiers consist of?", "general");
    expect(*state, "Bagaimana proses terbentuknya pelangi?", "general");
    expect(*state, "Come si forma la società delle api?", "general");
    expect(*state, "Is a notary moth a real insect?", "general");
    expect(*state, "Sponsor jersey Bali United musim ini apa?", "general");
    expect(*state, "Qual è la proprietà distributiva della moltiplicazione?", "general");
    expect(*state, "Which bank opens an account for a company?", "business_simple");
    expect(*state, "Do I need a permit to sell guitars?", "business_simple");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_inside_words_say_nothing),
        cmocka_unit_test(a_greeting_alone_is_one_and_before_a_request_is_a_frame),
        cmocka_unit_test(a_feeling_outweighs_its_matter_and_both_are_told),
        cmocka_unit_test(a_short_follow_up_inherits_the_category_before),
        cmocka_unit_test(courtesy_and_emoji_make_a_follow_up_no_longer),
        cmocka_unit_test(a_question_about_that_follows_whatever_else_it_names),
        cmocka_unit_test(a_short_message_with_a_topic_of_its_own_does_not_follow),
        cmocka_unit_test(a_follow_up_of_a_follow_up_keeps_the_category_of_the_first),
        cmocka_unit_test(the_text_before_and_its_classification_say_the_same),
        cmocka_unit_test(words_of_two_lives_are_told_apart_by_their_neighbours),
        cmocka_unit_test(a_word_of_business_beside_another_topic_is_no_business),
        cmocka_unit_test(weights_lie_between_none_and_one_and_the_category_has_the_greatest),
        cmocka_unit_test(a_text_of_a_megabyte_is_classified),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
