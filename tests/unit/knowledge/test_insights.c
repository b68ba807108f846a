#include "knowledge_kit.h"

#include <math.h>

#include "berdua/base/json.h"
#include "knowledge/insight.h"
#include "store/stem.h"

/* What people write, and which insight must be among the first three. */
static const struct {
    const char *id, *language, *message;
} typical[] = {
    {"malu", "id", "aku malu bertanya tentang visa, takut dikira bodoh"},
    {"indirect-no", "en", "My landlord keeps saying nanti. Does that mean no?"},
    {"payment-reminder", "id", "Gimana cara menagih klien yang belum bayar invoice dengan sopan?"},
    {"nyepi", "en", "Can we fly into Bali during Nyepi?"},
    {"jam-karet", "en", "Why is everybody always late to our meetings?"},
    {"bapak-ibu", "en", "How should I address the immigration officer, he is an older man?"},
    {"thr", "en", "Do I have to give my driver a bonus before Idul Fitri?"},
    {"gifts", "it", "Che regalo posso portare al mio socio balinese?"},
    {"left-hand", "en", "Is it rude to point with the finger or use the left hand?"},
    {"banjar", "en", "The neighbours and the banjar are asking me for a contribution"},
    {"auspicious-days", "id", "Hari baik untuk buka kantor di Ubud kapan ya?"},
    {"who-decides", "en", "We presented twice but they must ask the boss. Who decides?"},
    {"asal-bapak-senang", "en", "My staff always say yes and hide problems from me"},
    {"apologising", "it", "Come posso chiedere scusa a un cliente arrabbiato?"},
    {"bad-news", "id", "Visa klien saya ditolak, bagaimana menyampaikan kabar buruk ini?"},
    {"ramadan", "en", "What are the working hours during Ramadan, can I do a lunch meeting?"},
    {"religion-ktp", "en", "May I ask my employee about his religion for the KTP form?"},
    {"whatsapp", "it", "Ho mandato un messaggio WhatsApp, spunte blu ma non risponde"},
    {"odalan", "en", "I am invited to a temple ceremony, what should I wear?"},
    {"mudik", "id", "Karyawan saya mudik dan belum kembali kerja"},
    {"balinese-names", "en", "Why are there three people called Made in my office?"},
    {"family-first", "id", "Ibu karyawan saya meninggal, apa yang harus saya ucapkan?"},
    {"food-halal", "it", "Pranzo di lavoro con un cliente musulmano, posso ordinare il vino?"},
    {"anger", "en", "I lost my temper and shouted at the counter yesterday"},
    {"rukun", "en", "My neighbour complains about noise from the villa"},
    {"relationship-capital", "en",
     "How do I build trust with a local partner before the contract?"},
    {"italian-expats", "id", "Klien saya orang Italia dan sangat emosional, apa harapannya?"},
    {"jakarta-register", "id", "Boleh pakai gue lo sama klien startup Jakarta?"},
    {"tanya-dengan-tenang", "id", "aku panik banget, visaku overstay, takut dideportasi"},
    {"musyawarah", "it", "Le riunioni finiscono senza decisione, serve sempre il consenso?"},
    {"greetings-of-faith", "it", "Ciao!"},
};

static void
typical_messages_find_their_topic_among_the_first_three(void **state)
{
    struct lore l = lore_open(*state, "");
    for (size_t i = 0; i < ARRAY_LEN(typical); i++) {
        struct insights found = lore_search(&l, typical[i].message, typical[i].language, NEVER_US);
        if (!lore_holds(&found, typical[i].id))
            fail_msg("%s is not found by: %s", typical[i].id, typical[i].message);
        assert_true(found.count <= 3);
        for (size_t k = 0; k < found.count; k++) {
            assert_true(found.v[k].score > 0 && found.v[k].score <= 1);
            assert_true(k == 0 || found.v[k].score <= found.v[k - 1].score);
        }
        assert_int_equal(found.source, KNOWLEDGE_BUILT_IN);
        assert_null(found.why_not_chroma);
        insights_finish(&found);
    }
    lore_close(&l);
}

static bool
check_shipped(void *arg, const struct insight *i)
{
    size_t words = 1;
    for (const char *p = i->text; *p; p++)
        words += *p == ' ';
    if (words < 60 || words > 120)
        fail_msg("%s has %zu words", i->id, words);
    if (!i->tags || !i->tone || !i->shipped)
        fail_msg("%s lacks tags or tone", i->id);
    ++*(size_t *)arg;
    return true;
}

static void
at_least_forty_are_shipped_and_each_is_whole(void **state)
{
    (void)state;
    size_t n = 0;
    struct err err = {{0}};
    if (!shipped_each(check_shipped, &n, &err))
        fail_msg("%s", err.text);
    assert_true(n >= 40);
}

static bool
count_shipped(void *arg, const struct insight *i)
{
    (void)i;
    ++*(size_t *)arg;
    return true;
}

static void
a_mistake_in_the_shipped_file_names_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason;
    } wrong[] = {
        {"hello\n", "f:1: a comment"},
        {"= a\ntopic: t\ncolour: red\n\ntext\n", "f:3: topic, use"},
        {"= a\ntopic: t\ntopic: u\n\ntext\n", "f:3: "},
        {"= a\n\ntext\n", "f:3: topic: is missing"},
        {"= a b\ntopic: t\n\ntext\n", "f:4: id: "},
        {"= a\ntopic: t\nlanguages: fr\n\ntext\n= b\n", "f:6: languages: "},
        {"= a\ntopic: t\n", "f:2: text: is empty"},
    };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct err err = {{0}};
        size_t n = 0;
        assert_false(
            shipped_parse("f", wrong[i].text, strlen(wrong[i].text), count_shipped, &n, &err));
        if (strncmp(err.text, wrong[i].reason, strlen(wrong[i].reason)) != 0)
            fail_msg("\"%s\" instead of \"%s\"", err.text, wrong[i].reason);
    }
}

static void
hostile_messages_are_only_words(void **state)
{
    struct lore l = lore_open(*state, "");
    static const char *const hostile[] = {
        "",
        " ",
        "\"",
        "malu\" OR tags:*",
        "malu AND NOT (nyepi",
        "NEAR(malu nyepi, 3) ^malu {tags text}: x",
        "'; DROP TABLE insight; --",
        "* * * - + ^ : ( ) { } [ ]",
        "\xff\xfe malu \xc3",
        "m\xcc\x81lu e\xcc\x81\xcc\x81\xcc\x81",
        "😀😀😀 👩‍👩‍👧 \xe2\x80\xae malu",
        "漢字 かな 한국어 العربية",
        "malu malu malu malu malu malu malu malu malu malu malu malu malu malu malu malu malu",
        "AND OR NOT NEAR",
    };
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        struct insights found = lore_search(&l, hostile[i], NULL, NEVER_US);
        insights_finish(&found);
    }
    struct err err = {{0}};
    struct insights found;
    char *large = xmalloc(1 << 20);
    memset(large, 'a', 1 << 20);
    for (size_t i = 0; i + 9 < 1 << 20; i += 9)
        snprintf(large + i, 10, "w%07zu ", i % 10000000);
    struct knowledge_query q = {.text = large, .text_len = 1 << 20, .deadline_us = NEVER_US};
    assert_true(knowledge_search(l.k, &q, &found, &err));
    insights_finish(&found);
    q = (struct knowledge_query){.text = "malu\0nyepi", .text_len = 10, .deadline_us = NEVER_US};
    assert_true(knowledge_search(l.k, &q, &found, &err));
    assert_true(lore_holds(&found, "malu") && lore_holds(&found, "nyepi"));
    insights_finish(&found);
    assert_true(lore_count(&l) >= 40);
    free(large);
    lore_close(&l);
}

static void
a_deadline_that_has_passed_finds_nothing_and_fails_nothing(void **state)
{
    struct lore l = lore_open(*state, "");
    struct insights found = lore_search(&l, "aku malu", "id", clock_us() - 1);
    insights_finish(&found);
    found = lore_search(&l, "aku malu", "id", NEVER_US);
    assert_true(lore_holds(&found, "malu"));
    insights_finish(&found);
    lore_close(&l);
}

static void
what_serves_another_language_comes_later(void **state)
{
    struct lore l = lore_open(*state, "");
    struct insights id = lore_search(&l, "diskon", "id", NEVER_US);
    struct insights it = lore_search(&l, "diskon", "it", NEVER_US);
    assert_true(lore_holds(&id, "tawar-menawar") && lore_holds(&it, "tawar-menawar"));
    assert_true(it.v[0].score < id.v[0].score);
    insights_finish(&id);
    insights_finish(&it);
    lore_close(&l);
}

static void
the_contract_s_items_hold_id_topic_text_and_score(void **state)
{
    struct lore l = lore_open(*state, "");
    struct insights found = lore_search(&l, "nyepi", "en", NEVER_US);
    struct json *array = insights_to_json(&found);
    const struct json *first = json_first(array);
    double score;
    assert_string_equal(json_get_str(first, "id"), "nyepi");
    assert_non_null(json_get_str(first, "topic"));
    assert_non_null(json_get_str(first, "text"));
    assert_true(json_get_num(first, "score", &score));
    assert_int_equal(json_count(first), 4);
    json_free(array);
    insights_finish(&found);
    lore_close(&l);
}

static void
stem(const char *text, const char *expected)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    assert_true(stem_append(&out, text, strlen(text)));
    assert_string_equal(out.p, expected);
    buf_finish(&out);
}

static void
words_are_cut_alike_whatever_their_form(void **state)
{
    (void)state;
    stem("Apologising, apologise!", "apologis apologis ");
    stem("ceremony ceremonies", "ceremon ceremon ");
    stem("regalo REGALI", "regal regal ");
    stem("harapannya", "harapan ");
    stem("the di dan è perché", "");
    stem("l'ufficio", "uffic ");
    stem("NYEPI-2026", "nyep 2026 ");
    stem("bus boss", "bus boss ");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
        T(typical_messages_find_their_topic_among_the_first_three),
        T(at_least_forty_are_shipped_and_each_is_whole),
        T(a_mistake_in_the_shipped_file_names_its_line),
        T(hostile_messages_are_only_words),
        T(a_deadline_that_has_passed_finds_nothing_and_fails_nothing),
        T(what_serves_another_language_comes_later),
        T(the_contract_s_items_hold_id_topic_text_and_score),
        T(words_are_cut_alike_whatever_their_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
