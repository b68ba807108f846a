/* The lines of a batch: which are rows, what is wrong with the others, and when an expectation is met. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/chat/conversation.h"
#include "berdua/eval/eval_rows.h"
#include "berdua/measure/measure.h"

static void
rows_keep_their_ids_messages_and_order_and_a_limit_holds(void **state)
{
    static const char text[] =
        "\xef\xbb\xbf{\"id\":\"a\",\"message\":\"satu\"}\r\n\n"
        "{\"id\":7,\"message\":\"dua\",\"more\":[1]}\n{\"message\":\"tiga\"}";
    struct eval_rows rows;
    (void)state;
    assert_true(eval_rows_parse(&rows, "f", text, strlen(text), 0, NULL));
    assert_int_equal(rows.count, 3);
    assert_string_equal(rows.v[0].id, "\"a\"");
    assert_string_equal(rows.v[1].id, "7");
    assert_string_equal(rows.v[1].message, "dua");
    assert_string_equal(rows.v[2].id, "4"); /* its line */
    eval_rows_finish(&rows);
    assert_true(eval_rows_parse(&rows, "f", text, strlen(text), 2, NULL));
    assert_int_equal(rows.count, 2);
    eval_rows_finish(&rows);
}

static void
a_wrong_line_is_named_and_nothing_is_taken(void **state)
{
    static const struct {
        const char *line, *why;
    } wrong[] = {
        {"{\"id\":\"a\"}", "f:2: it has no \"message\""},
        {"{\"message\":\" \\n\"}", "f:2: it has no \"message\""},
        {"[]", "f:2: a row is an object"},
        {"{\"id\":1.5,\"message\":\"m\"}", "f:2: \"id\" is a text"},
        {"{\"id\":\"x\",\"message\":\"m\"}", "f:2: the id \"x\" stands there twice"},
        {"{\"message\":\"m\",\"expect\":{\"contain\":\"m\"}}", "expect.contain is not known"},
        {"{\"message\":\"m\",\"expect\":{\"contains\":[]}}", "expect.contains takes a text"},
        {"{\"message\":\"m\",\"expect\":{\"contains\":[\"a\",3]}}", "expect.contains takes a text"},
        {"{\"message\":\"m\",\"expect\":{\"regex\":\"(\"}}", "expect.regex \"(\""},
        {"{\"message\":\"m\",\"expect\":{\"regex\":\"(a)\\\\1\"}}", "back references"},
        {"{\"message\":\"m\",\"expect\":{\"regex\":\"a{1,30000}\"}}", "a bound is above 1000"},
        {"{\"message\":\"m\",\"expect\":{\"regex\":\"((a{9}){2,999}){2,999}\"}}",
         "all bounds multiply to more than 65536"},
        {"{\"message\":\"m\",\"expect\":{\"language\":\"xx\"}}", "id, en, it"},
        {"{\"message\":\"m\",\"expect\":{\"category\":\"xx\"}}", "expect.category"},
        {"{\"message\":\"m\",\"expect\":{\"max_words\":\"9\"}}", "expect.max_words"},
        {"{\"message\":\"m\",\"expect\":{\"max_words\":9,\"max_words\":9}}", "twice"},
        {"{\"message\":\"m\",\"expect\":4}", "expect is an object"},
        {"{\"message\":", "f:2: "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[300];
        struct err err = {0};
        struct eval_rows rows;
        int n = snprintf(text, sizeof text, "{\"id\":\"x\",\"message\":\"m\"}\n%s", wrong[i].line);
        assert_false(eval_rows_parse(&rows, "f", text, (size_t)n, 0, &err));
        if (!strstr(err.text, wrong[i].why))
            fail_msg("%s: %s", wrong[i].line, err.text);
        assert_int_equal(rows.count, 0);
    }
}

static bool
met(const char *expect, const char *answer, enum expect_kind k, const struct measure *m)
{
    struct json *o = json_parse(expect, strlen(expect), NULL);
    struct expectation *e = expectation_parse(o, NULL);
    struct turn *t = turn_create("Kak, aku sedih");
    t->kind.category = CATEGORY_EMOTIONAL;
    buf_append_str(&t->answers[BRAIN_LLAMA].text, answer);
    assert_non_null(e);
    assert_true(expectation_has(e, k));
    bool is = expectation_met(e, k, m, t, &t->answers[BRAIN_LLAMA]);
    turn_destroy(&t);
    expectation_destroy(&e);
    json_free(o);
    return is;
}

static void
an_expectation_is_met_by_what_it_says_alone(void **state)
{
    struct measure *m = measure_create(NULL, NULL);
    (void)state;
    assert_true(met("{\"contains\":[\"sabar\",\"Kak\"]}", "sabar ya, Kak", EXPECT_CONTAINS, m));
    assert_false(met("{\"contains\":[\"sabar\",\"Bu\"]}", "sabar ya, Kak", EXPECT_CONTAINS, m));
    assert_true(met("{\"regex\":\"^Rp ?[0-9.]+$\"}", "Rp 500.000", EXPECT_REGEX, m));
    assert_false(met("{\"regex\":[\"R\",\"x{3}\"]}", "Rp xx", EXPECT_REGEX, m));
    assert_true(met("{\"language\":\"id\"}", "Tidak apa-apa, saya bantu ya", EXPECT_LANGUAGE, m));
    assert_false(met("{\"language\":\"id\"}", "That is quite all right, I will help you with it.",
                     EXPECT_LANGUAGE, m));
    assert_true(met("{\"category\":\"emotional\"}", "", EXPECT_CATEGORY, m));
    assert_false(met("{\"category\":\"cultural\"}", "", EXPECT_CATEGORY, m));
    assert_true(met("{\"max_words\":3}", " satu  dua\ntiga ", EXPECT_MAX_WORDS, m));
    assert_false(met("{\"max_words\":2}", "satu dua tiga", EXPECT_MAX_WORDS, m));
    measure_destroy(&m);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_keep_their_ids_messages_and_order_and_a_limit_holds),
        cmocka_unit_test(a_wrong_line_is_named_and_nothing_is_taken),
        cmocka_unit_test(an_expectation_is_met_by_what_it_says_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
