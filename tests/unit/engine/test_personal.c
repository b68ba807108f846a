/* What could tell something about a person is never shared. */
#include "unit/unit.h"

#include <string.h>

#include "berdua/base/mem.h"
#include "engine/policy/context_text.h"

static const char message[] =
    "Nama saya Wayan dari Ubud, aku malu bertanya soal visa, nomor 0812-345.";

static void
a_note_on_manner_is_no_personal_detail(void **state)
{
    (void)state;
    static const char *const fine[] = {
        "The customer is ashamed to ask. Be warm first. Avoid lecturing.",
        "Pelanggan merasa malu. Sambut dengan hangat, jangan menggurui.",
        "Offer 2-3 small steps. In Bali, shame is felt before others.",
        "Aku malu is what many say.",
        "",
    };
    for (size_t i = 0; i < ARRAY_LEN(fine); i++)
        assert_false(personal_detail(fine[i], message, "mario"));
}

static void
what_points_at_somebody_is(void **state)
{
    (void)state;
    static const char *const personal[] = {
        "Call them at 0812 first.",
        "Say 8-1-2 slowly.",
        "Write to wayan@mail first.",
        "See www.example for more.",
        "See https://x first.",
        "Help is on kantor.co.id today.",
        "Tell Wayan that it is fine.",
        "They live near UBUD and are shy.",
        "Quote: AKU malu, bertanya SOAL it.",
        "mario is shy.",
        "Mario: shy.",
    };
    for (size_t i = 0; i < ARRAY_LEN(personal); i++)
        assert_true(personal_detail(personal[i], message, "mario"));
}

static void
a_capital_at_the_start_of_a_sentence_tells_nothing(void **state)
{
    (void)state;
    assert_false(personal_detail("Visa is feared. Malu is felt.", message, "anonymous"));
    assert_true(personal_detail("They fear the Visa.", message, "anonymous"));
}

static void
strange_bytes_and_very_long_words_are_read_to_their_end(void **state)
{
    (void)state;
    char word[4096];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = 0;
    assert_false(personal_detail(word, "b", "c"));
    assert_false(personal_detail("\xff\xfe \xe2\x82", "\xf0\x9f", "\x80"));
    assert_true(personal_detail("warm \xff 123", "", ""));
    assert_false(personal_detail("é è ñ ü É", "x", ""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_note_on_manner_is_no_personal_detail),
        cmocka_unit_test(what_points_at_somebody_is),
        cmocka_unit_test(a_capital_at_the_start_of_a_sentence_tells_nothing),
        cmocka_unit_test(strange_bytes_and_very_long_words_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
