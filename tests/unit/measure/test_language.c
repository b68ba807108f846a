#include "unit/unit.h"

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
classify(const struct measure *m, const char *text, int session)
{
    struct classification c;
    measure_classify(m, text, strlen(text), NULL, session, &c);
    return c;
}

static void
expect(const struct measure *m, const char *text, enum language l)
{
    struct classification c = classify(m, text, -1);
    if (c.language != l)
        fail_msg("\"%s\" is %s, not %s", text, language_name(c.language), language_name(l));
}

static void
sentences_and_short_requests_are_told_apart(void **state)
{
    expect(*state, "Apakah visa saya bisa diperpanjang bulan depan?", LANGUAGE_ID);
    expect(*state, "Can my visa be extended next month?", LANGUAGE_EN);
    expect(*state, "Posso prorogare il mio visto il mese prossimo?", LANGUAGE_IT);
    expect(*state, "setel alarm jam 7", LANGUAGE_ID);
    expect(*state, "set an alarm for 7", LANGUAGE_EN);
    expect(*state, "metti la sveglia alle 7", LANGUAGE_IT);
}

static void
laughter_speaks_no_language(void **state)
{
    assert_true(classify(*state, "hahaha", -1).language_confidence < 0.5);
    assert_true(classify(*state, "haha certo", -1).language_confidence > 0.8);
    expect(*state, "haha certo", LANGUAGE_IT);
}

static void
slang_and_javanese_read_as_indonesian(void **state)
{
    expect(*state, "gue lg bete bgt sm kerjaan, pgn cabut aja", LANGUAGE_ID);
    expect(*state, "piye kabare mas, wis mangan durung", LANGUAGE_ID);
    expect(*state, "makasihhh yaaa kakkk", LANGUAGE_ID);
}

static void
greetings_have_a_language(void **state)
{
    expect(*state, "halo", LANGUAGE_ID);
    expect(*state, "selamat pagi", LANGUAGE_ID);
    expect(*state, "apa kabar?", LANGUAGE_ID);
    expect(*state, "hello", LANGUAGE_EN);
    expect(*state, "hey", LANGUAGE_EN);
    expect(*state, "good morning", LANGUAGE_EN);
    expect(*state, "ciao", LANGUAGE_IT);
    expect(*state, "buongiorno", LANGUAGE_IT);
    expect(*state, "come stai?", LANGUAGE_IT);
}

static void
foreign_titles_do_not_turn_a_sentence(void **state)
{
    expect(*state, "Vorrei guardare Pirates of the Caribbean stasera", LANGUAGE_IT);
    expect(*state, "putar lagu The Sound of Silence dong", LANGUAGE_ID);
}

static void
doubt_follows_the_session_and_sureness_does_not(void **state)
{
    assert_int_equal(classify(*state, "visa", LANGUAGE_IT).language, LANGUAGE_IT);
    assert_int_equal(classify(*state, "ok", LANGUAGE_ID).language, LANGUAGE_ID);
    assert_int_equal(
        classify(*state, "How much does it cost and how long does it take?", LANGUAGE_IT).language,
        LANGUAGE_EN);
}

static void
confidence_lies_between_a_third_and_one(void **state)
{
    static const char *const texts[] = {"", "123", "visa", "Posso prorogare il mio visto?", "\xff"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        double c = classify(*state, texts[i], -1).language_confidence;
        assert_true(c >= 0.333 && c <= 1);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_and_short_requests_are_told_apart),
        cmocka_unit_test(laughter_speaks_no_language),
        cmocka_unit_test(slang_and_javanese_read_as_indonesian),
        cmocka_unit_test(greetings_have_a_language),
        cmocka_unit_test(foreign_titles_do_not_turn_a_sentence),
        cmocka_unit_test(doubt_follows_the_session_and_sureness_does_not),
        cmocka_unit_test(confidence_lies_between_a_third_and_one),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
