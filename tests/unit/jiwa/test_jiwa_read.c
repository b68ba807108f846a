#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "berdua/jiwa/reply.h"
#include "jiwa/repair.h"

static const char good[] =
    "{\"emotional_state\": [{\"value\": \"excited\", \"confidence\": 0.8, \"quote\": \"senang "
    "sekali\"},"
    "{\"value\": \"anxious\", \"confidence\": 0.6, \"quote\": \"takut salah\"}],"
    "\"trust_level\": [{\"value\": 3, \"confidence\": 0.5, \"quote\": \"percaya\"}],"
    "\"dreams\": [{\"value\": \"eco-business in Ubud\", \"confidence\": 0.9, \"quote\": \"bisnis "
    "\\\"eco\\\" "
    "di Ubud\"}], \"relationship_phase\": [], \"next_time\": []}";

static struct jiwa
read_text(const char *text)
{
    struct jiwa j;
    struct err err = {{0}};
    if (!jiwa_read(&j, text, strlen(text), &err))
        fail_msg("not read: %s: %s", err.text, text);
    return j;
}

static const struct jiwa_item *
item(const struct jiwa *j, enum jiwa_field f, size_t i)
{
    if (j->fields[f].count <= i)
        fail_msg("%s has %zu items", jiwa_field_name(f), j->fields[f].count);
    return &j->fields[f].v[i];
}

static void
a_strict_reply_is_read_whole(void **state)
{
    (void)state;
    struct jiwa j = read_text(good);
    assert_int_equal(jiwa_count(&j), 4);
    assert_string_equal(item(&j, JIWA_EMOTIONAL_STATE, 1)->value, "anxious");
    assert_string_equal(item(&j, JIWA_TRUST_LEVEL, 0)->value, "3");
    assert_string_equal(item(&j, JIWA_DREAMS, 0)->quote, "bisnis \"eco\" di Ubud");
    assert_true(item(&j, JIWA_DREAMS, 0)->confidence == 0.9);
    jiwa_finish(&j);
}

static void
common_defects_are_mended(void **state)
{
    static const char *const replies[] = {
        "Here is what I found:\n```json\n{\"dreams\": [{\"value\": \"a villa\", \"confidence\": "
        "0.9, \"quote\": "
        "\"punya villa\"}]}\n```\nI hope this helps!",
        "{'dreams': [{'value': 'a villa', 'confidence': 0.9, 'quote': 'punya villa'}]}",
        "{\xE2\x80\x9C"
        "dreams\xE2\x80\x9D: [{\xE2\x80\x9Cvalue\xE2\x80\x9D: \xE2\x80\x9C"
        "a villa\xE2\x80\x9D, \xE2\x80\x9C"
        "confidence\xE2\x80\x9D: 0.9, \xE2\x80\x9Cquote\xE2\x80\x9D: \xE2\x80\x9Cpunya "
        "villa\xE2\x80\x9D}]}",
        "{\"dreams\": [{\"value\": \"a villa\", \"confidence\": 0.9, \"quote\": \"punya "
        "villa\",},],}",
        "{\"dreams\": [{\"value\": \"a villa\", \"confidence\": 0.9, \"quote\": \"punya villa\"",
        "{\"dreams\": [{\"value\": \"a villa\", \"confidence\": 0.9, \"quote\": \"punya villa",
        "{\"dreams\": [{\"value\": \"a villa\", \"confidence\": 0.9, \"quote\": "
        "\"punya\nvilla\"}]}",
        "{\"dreams\": [ // what they want\n {\"value\": \"a villa\", /* sure */ \"confidence\": "
        "0.9, # yes\n "
        "\"quote\": \"punya villa\"}], \"anxieties\": None, \"next_time\": []}",
        "{dreams: [{value: \"a villa\", confidence: 0.9, quote: \"punya villa\"}]}",
        "{\"dreams\": [{\"value\": \"a villa\" \"confidence\": 0.9 \"quote\": \"punya villa\"}]}",
        "{\"dreams\": {\"value\": \"a villa\", \"confidence\": \"90%\", \"quote\": \"punya "
        "villa\"}}",
        "{\"dreams\": [{\"value\": \"a villa\", \"confidence\": 90, \"evidence\": [\"punya "
        "villa\"]}]}",
        "{\"jiwa\": {\"dreams\": [{\"value\": \"a villa\", \"confidence\": \"0,9\", \"quote\": "
        "\"punya villa\"}]}}",
        "In {curly} words: {\"dreams\": [{\"value\": \"a villa\", \"confidence\": 9, \"quote\": "
        "\"punya villa\"}]}",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(replies); i++) {
        struct jiwa j = read_text(replies[i]);
        const struct jiwa_item *it = item(&j, JIWA_DREAMS, 0);
        if (strcmp(it->value, "a villa") != 0 || !it->quote ||
            strcmp(it->quote, "punya villa") != 0 || it->confidence < 0.89 || it->confidence > 0.91)
            fail_msg("%zu: %s / %s / %g", i, it->value, it->quote ? it->quote : "-",
                     it->confidence);
        jiwa_finish(&j);
    }
}

static void
quotation_marks_inside_a_text_do_not_end_it(void **state)
{
    (void)state;
    struct jiwa j =
        read_text("{'dreams': [{'value': 'don't worry, be \"free\"', 'quote': 'it\\'s ok'}]}");
    assert_string_equal(item(&j, JIWA_DREAMS, 0)->value, "don't worry, be \"free\"");
    assert_string_equal(item(&j, JIWA_DREAMS, 0)->quote, "it's ok");
    jiwa_finish(&j);
    j = read_text("{\"dreams\": [{\"value\": \"a \"small\" villa\", \"quote\": \"x\"}]}");
    assert_string_equal(item(&j, JIWA_DREAMS, 0)->value, "a \"small\" villa");
    jiwa_finish(&j);
}

static void
a_bare_value_is_an_item_without_a_quote(void **state)
{
    (void)state;
    struct jiwa j =
        read_text("{\"dreams\": \"a villa\", \"trust_level\": 4, \"anxieties\": [\"tax\"]}");
    assert_string_equal(item(&j, JIWA_DREAMS, 0)->value, "a villa");
    assert_string_equal(item(&j, JIWA_TRUST_LEVEL, 0)->value, "4");
    assert_string_equal(item(&j, JIWA_ANXIETIES, 0)->value, "tax");
    assert_null(item(&j, JIWA_ANXIETIES, 0)->quote);
    struct jiwa_words *w = jiwa_words_create();
    jiwa_words_add(w, "a villa, tax, 4");
    assert_int_equal(jiwa_check(&j, w), 3);
    assert_int_equal(jiwa_count(&j), 0);
    jiwa_words_destroy(&w);
    jiwa_finish(&j);
}

static void
levels_and_phases_are_only_those_that_exist(void **state)
{
    static const struct {
        const char *level, *phase, *is_level, *is_phase;
    } cases[] = {
        {"3", "\"returning\"", "3", "returning"},
        {"\"4/5\"", "\"First contact\"", "4", "first_contact"},
        {"\"2 of 5\"", "\"FAMILY\"", "2", "family"},
        {"3.0", "\"friend\"", "3", NULL},
        {"0", "\"established.\"", NULL, "established"},
        {"6", "3", NULL, NULL},
        {"-1", "null", NULL, NULL},
        {"\"building\"", "\"\"", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *text = xasprintf("{\"trust_level\": %s, \"relationship_phase\": [%s]}",
                               cases[i].level, cases[i].phase);
        struct jiwa j = read_text(text);
        const struct jiwa_list *t = &j.fields[JIWA_TRUST_LEVEL];
        const struct jiwa_list *p = &j.fields[JIWA_RELATIONSHIP_PHASE];
        assert_int_equal(t->count, cases[i].is_level != NULL);
        assert_int_equal(p->count, cases[i].is_phase != NULL);
        if (t->count)
            assert_string_equal(t->v[0].value, cases[i].is_level);
        if (p->count)
            assert_string_equal(p->v[0].value, cases[i].is_phase);
        jiwa_finish(&j);
        free(text);
    }
}

static void
what_is_no_object_or_the_wrong_one_is_refused_with_a_reason(void **state)
{
    static const char *const replies[] = {"",
                                          "I cannot do that.",
                                          "[]",
                                          "{}",
                                          "{",
                                          "}",
                                          "null",
                                          "{\"answer\": 3}",
                                          "{\"x\": {\"y\": 1}}",
                                          "{{{{{{{{{{{{{{{{"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(replies); i++) {
        struct jiwa j;
        struct err err = {{0}};
        if (jiwa_read(&j, replies[i], strlen(replies[i]), &err))
            fail_msg("%s was read", replies[i]);
        assert_true(err.text[0]);
        jiwa_finish(&j);
    }
}

static void
check_sane(const struct jiwa *j)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        assert_true(j->fields[f].count <= JIWA_RECORD_ITEMS);
        for (size_t i = 0; i < j->fields[f].count; i++) {
            const struct jiwa_item *it = &j->fields[f].v[i];
            assert_true(it->value[0] && strlen(it->value) <= JIWA_VALUE_BYTES);
            assert_true(utf8_valid(it->value, strlen(it->value)));
            assert_null(strpbrk(it->value, "\n\r\t\x1b"));
            assert_true(!it->quote || strlen(it->quote) <= JIWA_QUOTE_BYTES);
            assert_true(it->confidence >= 0 && it->confidence <= 1);
        }
    }
}

/* Bytes are changed, taken out and cut off; the copy is of exact size, so a read beyond it is found. */
static void
whatever_is_broken_in_a_reply_what_is_read_is_sane(void **state)
{
    static const char noise[] = "\"'{}[],:\\/*# \n\xE2\x80\x9C\xff\x1b";
    struct rng rng = {.state = 4};
    (void)state;
    for (int round = 0; round < 4000; round++) {
        size_t n = sizeof good - 1;
        char *copy = xmalloc(n + 1);
        memcpy(copy, good, n);
        for (uint32_t k = rng_below(&rng, 6); k > 0; k--)
            copy[rng_below(&rng, (uint32_t)n)] = noise[rng_below(&rng, sizeof noise - 1)];
        n -= rng_below(&rng, 3) ? 0 : rng_below(&rng, (uint32_t)n);
        char *exact = xmalloc(n + !n);
        memcpy(exact, copy, n);
        struct jiwa j;
        jiwa_read(&j, exact, n, NULL);
        check_sane(&j);
        jiwa_finish(&j);
        free(exact);
        free(copy);
    }
}

static void
mending_leaves_valid_json_as_it_means(void **state)
{
    static const char *const valid[] = {
        good,
        "{\"a\": [1, -2.5, true, false, null, \"x\\ny\\u00e9\\\"\"], \"b\": {\"c\": {}, \"d\": "
        "[]}}",
        "{\"a\":\"\",\"b\":\"it's 'so'\",\"c\":\"http://x/#y\",\"d\":\"/* no */\"}",
        "{\"\xE2\x80\x9Cq\xE2\x80\x9D\": \"\xC2\xAB\"}",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(valid); i++) {
        struct buf out, a, b;
        buf_init(&out, 1 << 20), buf_init(&a, 1 << 20), buf_init(&b, 1 << 20);
        assert_true(jiwa_repair(valid[i], strlen(valid[i]), &out));
        struct json *was = json_parse(valid[i], strlen(valid[i]), NULL);
        struct json *is = json_parse(out.p, out.len, NULL);
        assert_true(json_print(was, &a) && json_print(is, &b));
        assert_string_equal(a.p, b.p);
        json_free(was), json_free(is);
        buf_finish(&out), buf_finish(&a), buf_finish(&b);
    }
}

/* ---- quotes ---- */

static void
a_quote_counts_only_when_the_customer_said_it_so(void **state)
{
    static const struct {
        const char *quote;
        bool holds;
    } cases[] = {
        {"aku malu bertanya", true},
        {"AKU  malu\nbertanya", true},
        {"\xE2\x80\x9C"
         "aku malu\xE2\x80\x9D\xE2\x80\xA6",
         true},
        {"don't know", true},
        {"don\xE2\x80\x99t know", true},
        {"visa", true},
        {"vis", false}, /* inside a word */
        {"malu bertanya-tanya", false},
        {"aku", true},
        {"ku", false},
        {"...", false},
        {"", false},
        {"malu bertanya I don't", false}, /* across two messages */
        {"kamu bisa bertanya", false},
        {"perch\xC3\xA9", true},
        {"PERCH\xC3\x89", true},
    };
    struct jiwa_words *w = jiwa_words_create();
    (void)state;
    jiwa_words_add(w, "Aku malu bertanya");
    jiwa_words_add(w, "I don't know about the visa, perche\xCC\x81 no?");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (jiwa_words_hold(w, cases[i].quote) != cases[i].holds)
            fail_msg("\"%s\" %s", cases[i].quote, cases[i].holds ? "was not found" : "was found");
    jiwa_words_destroy(&w);
}

static void
an_item_without_its_quote_never_survives(void **state)
{
    struct rng rng = {.state = 9};
    struct jiwa_words *w = jiwa_words_create();
    (void)state;
    jiwa_words_add(w, "saya senang sekali tapi takut salah");
    for (int round = 0; round < 300; round++) {
        struct jiwa j = read_text(good);
        for (int f = 0; f < JIWA_FIELD_COUNT; f++)
            for (size_t i = 0; i < j.fields[f].count; i++) {
                char *q = j.fields[f].v[i].quote;
                if (q && rng_below(&rng, 2))
                    q[rng_below(&rng, (uint32_t)strlen(q))] = (char)('a' + rng_below(&rng, 26));
            }
        size_t before = jiwa_count(&j), dropped = jiwa_check(&j, w);
        assert_int_equal(before, dropped + jiwa_count(&j));
        for (int f = 0; f < JIWA_FIELD_COUNT; f++)
            for (size_t i = 0; i < j.fields[f].count; i++)
                assert_non_null(
                    strstr("saya senang sekali tapi takut salah", j.fields[f].v[i].quote));
        jiwa_finish(&j);
    }
    jiwa_words_destroy(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_strict_reply_is_read_whole),
        cmocka_unit_test(common_defects_are_mended),
        cmocka_unit_test(quotation_marks_inside_a_text_do_not_end_it),
        cmocka_unit_test(a_bare_value_is_an_item_without_a_quote),
        cmocka_unit_test(levels_and_phases_are_only_those_that_exist),
        cmocka_unit_test(what_is_no_object_or_the_wrong_one_is_refused_with_a_reason),
        cmocka_unit_test(whatever_is_broken_in_a_reply_what_is_read_is_sane),
        cmocka_unit_test(mending_leaves_valid_json_as_it_means),
        cmocka_unit_test(a_quote_counts_only_when_the_customer_said_it_so),
        cmocka_unit_test(an_item_without_its_quote_never_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
