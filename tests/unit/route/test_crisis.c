#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/route/crisis.h"

static int
make(void **state)
{
    *state = crisis_create();
    return *state ? 0 : -1;
}

static int
unmake(void **state)
{
    struct crisis *c = *state;
    crisis_destroy(&c);
    return 0;
}

static const char *
topic(void **state, const char *message)
{
    const char *found = crisis_find(*state, message, strlen(message));
    return found ? found : "none";
}

static void
a_cry_for_help_is_seen_in_every_language(void **state)
{
    static const struct {
        const char *message, *topic;
    } cases[] = {
        {"aku pengen bunuh diri", "suicide"},
        {"Rasanya capek banget, pengen matiiii aja", "suicide"},
        {"saya sudah tidak ingin hidup lagi", "suicide"},
        {"gue mending mati drpd kayak gini", "suicide"},
        {"aku mau mengakhiri saja hidupku", "suicide"},
        {"kadang aku menyakiti diriku sendiri", "self-harm"},
        {"aku sering nyayat tanganku", "self-harm"},
        {"Suami saya sering memukul saya kalau mabuk", "violence"},
        {"saya korban KDRT, visa saya ikut suami", "violence"},
        {"dia mengancam akan membunuh saya", "violence"},
        {"I want to kill myself.", "suicide"},
        {"i DON\xE2\x80\x99T want to live anymore", "suicide"},
        {"honestly everyone would be better off without me", "suicide"},
        {"thinking about sui\xE2\x80\x8B"
         "cide a lot",
         "suicide"},
        {"I keep cutting myself", "self-harm"},
        {"is self-harm common?", "self-harm"},
        {"my husband hits me and took my passport", "violence"},
        {"he threatened to kill me, how do i change my KITAS sponsor", "violence"},
        {"voglio morire", "suicide"},
        {"Non ce la faccio, voglio farla finita", "suicide"},
        {"non voglio più vivere", "suicide"},
        {"mi sono tagliata le vene", "self-harm"},
        {"mio marito mi picchia", "violence"},
        {"mi ha minacciata di morte", "violence"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (strcmp(topic(state, cases[i].message), cases[i].topic) != 0)
            fail_msg("%s: %s", cases[i].message, topic(state, cases[i].message));
}

static void
everyday_speech_is_not_a_crisis(void **state)
{
    static const char *const messages[] = {
        "",
        "👋🏽",
        "Halo kak, mau tanya soal KITAS",
        "KITAS saya mau mati bulan depan, bisa diperpanjang?",
        "visa istri saya mau mati, gimana ya",
        "lampunya mati terus, listrik juga mau mati",
        "aku malu setengah mati",
        "hp aku mau mati, nanti lanjut ya",
        "This deadline is killing me",
        "I'm dying to see Nyepi in Bali",
        "the skills test for my visa",
        "Hit me up when the NIB is out",
        "sto morendo dalla voglia di venire a Bali",
        "muoio di fame, dove si mangia bene a Ubud?",
        "Quanto costa una PT PMA?",
        "apa hukumannya kalau overstay?",
    };
    for (size_t i = 0; i < ARRAY_LEN(messages); i++)
        if (strcmp(topic(state, messages[i]), "none") != 0)
            fail_msg("%s: %s", messages[i], topic(state, messages[i]));
}

static void
only_whole_words_count(void **state)
{
    assert_string_equal(topic(state, "grapes and drapes"), "none");
    assert_string_equal(topic(state, "the therapist raped nobody"), "violence");
    assert_string_equal(topic(state, "kmsa"), "none");
}

static void
hostile_bytes_are_read_to_the_end(void **state)
{
    static const char bytes[] = "\xff\xc3 \x00\xf0\x9f bunuh\xe2\x80\x8b diri \xc3";
    assert_string_equal(crisis_find(*state, bytes, sizeof bytes - 1), "suicide");
    assert_null(crisis_find(*state, "\xe2\x80", 2));
    assert_null(crisis_find(*state, "", 0));
}

static void
a_wrong_line_is_named(void **state)
{
    static const char *const wrong[] = {"id suicide bunuh", "id: x", "id suicide: ", "id suicide:x",
                                        "id a: 1 2 3 4 5 6 7 8 9 10 11"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct err err = {{0}};
        char text[128];
        snprintf(text, sizeof text, "# fine\n\n%s\n", wrong[i]);
        assert_null(crisis_parse("mine.txt", text, strlen(text), &err));
        assert_string_equal(err.text, "mine.txt:3: expected LANGUAGE TOPIC: words");
    }
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, make, unmake)
    const struct CMUnitTest tests[] = {
        T(a_cry_for_help_is_seen_in_every_language),
        T(everyday_speech_is_not_a_crisis),
        T(only_whole_words_count),
        T(hostile_bytes_are_read_to_the_end),
        T(a_wrong_line_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
