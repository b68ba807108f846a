#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/json_writer.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct json *
parse(const char *text)
{
    struct err err = {""};
    /* An exact allocation, so that a read past the end is found. */
    size_t n = strlen(text);
    char *copy = malloc(n ? n : 1);
    memcpy(copy, text, n);
    struct json *v = json_parse(copy, n, &err);
    free(copy);
    assert_true(v || err.text[0]);
    return v;
}

static void
assert_prints(const struct json *v, const char *want)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    assert_true(json_print(v, &b));
    assert_string_equal(b.p, want);
    buf_finish(&b);
}

static void
assert_string_after(const char *text, const char *want)
{
    struct json *v = parse(text);
    assert_non_null(v);
    assert_string_equal(json_get_str(v, "a"), want);
    json_free(v);
}

static void
a_lone_surrogate_does_not_lose_the_document(void **state)
{
    (void)state;
    assert_string_after("{\"a\":\"x\\ud83dy\"}", "x\xEF\xBF\xBDy");
    assert_string_after("{\"a\":\"x\\ude00y\"}", "x\xEF\xBF\xBDy");
    assert_string_after("{\"a\":\"\\ud83d\\ud83d\\ude00\"}", "\xEF\xBF\xBD\xF0\x9F\x98\x80");
    assert_string_after("{\"a\":\"\\ud83d\\n\"}", "\xEF\xBF\xBD\n");
    assert_string_after("{\"a\":\"\\\\ud83d\"}", "\\ud83d");
    assert_string_after("{\"a\":\"\\uD83D\\uDE00\"}", "\xF0\x9F\x98\x80");
}

static void
a_part_of_a_longer_text_keeps_its_halves(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"[\"x\\ud83d\"]", "x\xED\xA0\xBD"},
        {"[\"\\ude00\\udfff\"]", "\xED\xB8\x80\xED\xBF\xBF"},
        {"[\"\\ud83d\\ude00\"]", "\xF0\x9F\x98\x80"},
        {"[\"a\xE2\x82\"]", "a\xE2\x82"},
        {"[\"a\\u0000\"]", "a\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct json *v = json_parse_part(cases[i][0], strlen(cases[i][0]), NULL);
        assert_non_null(v);
        assert_string_equal(json_str(json_first(v)), cases[i][1]);
        json_free(v);
    }
}

static void
a_nul_in_a_string_becomes_a_replacement_character(void **state)
{
    (void)state;
    assert_string_after("{\"a\":\"x\\u0000y\"}", "x\xEF\xBF\xBDy");
    struct json *v = json_parse("{\"a\":\"x\0y\"}", 11, NULL);
    assert_non_null(v);
    assert_string_equal(json_get_str(v, "a"), "x\xEF\xBF\xBDy");
    json_free(v);
}

static void
invalid_utf8_becomes_a_replacement_character(void **state)
{
    (void)state;
    assert_string_after("{\"a\":\"x\xFFy\"}", "x\xEF\xBF\xBDy");
    assert_string_after("{\"a\":\"\xED\xA0\x80\"}", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_string_after("{\"a\":\"0123456789\xC3\"}", "0123456789\xEF\xBF\xBD");
    assert_string_after("{\"a\":\"\xC3\xA9\xF0\x9F\x98\x80\"}", "\xC3\xA9\xF0\x9F\x98\x80");
}

static void
control_characters_arrive_exactly(void **state)
{
    (void)state;
    assert_string_after("{\"a\":\"\\u001b[31m\\u0007\x01\"}", "\x1b[31m\x07\x01");
}

static void
blanks_around_the_value_are_allowed_and_nothing_else(void **state)
{
    (void)state;
    struct json *v = parse(" \r\n\t[1]  \n");
    assert_int_equal(json_count(v), 1);
    json_free(v);
    assert_null(parse("[1] x"));
    assert_null(parse("{\"a\":1}{\"b\":2}"));
    assert_null(parse(""));
    assert_null(parse("  "));
}

static void
broken_text_is_refused_with_its_offset(void **state)
{
    (void)state;
    static const char *const bad[] = {"{\"1\":1,", "{",           "[1,",     "{\"a\"",
                                      "\"\\u12\"", "\"\\uzzzz\"", "\"\\q\"", "{\"a\":}",
                                      "nul",       "\"abc",       "\"abc\\", "-",
                                      "{a:1}",     "{\"a\" 1}\"", "<html>"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_null(parse(bad[i]));
    struct err err = {""};
    assert_null(json_parse("[1, x]", 6, &err));
    assert_non_null(strstr(err.text, "byte 4"));
}

static void
very_deep_nesting_is_refused(void **state)
{
    (void)state;
    char deep[5000];
    memset(deep, '[', sizeof deep);
    assert_null(json_parse(deep, sizeof deep, NULL));
}

static void
readers_accept_absence_and_the_wrong_type(void **state)
{
    (void)state;
    double d = 7;
    int64_t i = 7;
    bool b = true;
    assert_null(json_get(NULL, "a"));
    assert_null(json_at(NULL, "a.b"));
    assert_null(json_str(NULL));
    assert_false(json_num(NULL, &d));
    assert_null(json_first(NULL));
    assert_null(json_next(NULL));
    assert_false(json_is_null(NULL));
    struct json *v =
        parse("{\"A\":1,\"s\":\"t\",\"n\":null,\"b\":false,\"o\":{\"p\":{\"q\":5}},\"big\":1e300}");
    assert_null(json_get(v, "a"));
    assert_false(json_get_int(v, "s", &i));
    assert_false(json_get_int(v, "n", &i));
    assert_false(json_get_int(v, "big", &i));
    assert_int_equal(i, 7);
    assert_true(json_is_null(json_get(v, "n")));
    assert_true(json_get_bool(v, "b", &b));
    assert_false(b);
    assert_true(json_num(json_at(v, "o.p.q"), &d));
    assert_int_equal((int)d, 5);
    assert_null(json_at(v, "o.p.q.r"));
    assert_null(json_at(v, "o.x.q"));
    assert_null(json_first(json_get(v, "s")));
    assert_string_equal(json_key(json_first(v)), "A");
    json_free(v);
}

static void
built_values_print_compactly_and_numbers_exactly(void **state)
{
    (void)state;
    struct json *o = json_object();
    json_add_int(o, "us", 1764000000000000);
    json_add_num(o, "p", 0.1);
    json_add_num(o, "nan", NAN);
    json_add_str(o, "none", NULL);
    json_add_strn(o, "s", "a\0\"\n\x1b\xff", 6);
    json_add_bool(o, "t", true);
    struct json *a = json_array();
    json_push_str(a, "x");
    json_push(a, json_object());
    json_add(o, "a", a);
    assert_prints(o, "{\"us\":1764000000000000,\"p\":0.1,\"nan\":null,\"none\":null,"
                     "\"s\":\"a\xEF\xBF\xBD\\\"\\n\\u001b\xEF\xBF\xBD\",\"t\":true,"
                     "\"a\":[\"x\",{}]}");
    json_free(o);
}

static void
what_is_called_printed_is_what_printing_gives(void **state)
{
    static const char *const pieces[] = {"[",
                                         "]",
                                         "{",
                                         "}",
                                         ",",
                                         ":",
                                         "\"a\"",
                                         "\"",
                                         "\\n",
                                         "\\",
                                         "/",
                                         "é",
                                         "\xff",
                                         "\x7f",
                                         "\x01",
                                         " ",
                                         "1",
                                         "\\u00e9",
                                         "\"role\":\"user\"",
                                         "{}",
                                         "[\"x\"]"};
    static const char *const good[] = {"[]", "\"\"",
                                       "[{\"role\":\"user\",\"content\":\"a\\n\\\"é\"},{}]"};
    struct rng rng = {.state = 11};
    int printed = 0;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(json_is_printed(good[i], strlen(good[i])));
    assert_false(json_is_printed("[[[[[[[[[]]]]]]]]]", 18));
    for (int round = 0; round < 200000; round++) {
        struct buf text;
        buf_init(&text, 128);
        for (uint32_t n = 1 + rng_below(&rng, 7); n > 0; n--)
            buf_append_str(&text, pieces[rng_below(&rng, ARRAY_LEN(pieces))]);
        if (json_is_printed(text.p, text.len)) {
            struct json *v = json_parse(text.p, text.len, NULL);
            assert_prints(v, text.p);
            json_free(v);
            printed++;
        }
        buf_finish(&text);
    }
    assert_true(printed > 100);
}

/* What printf would give: the first of 15, 16, 17 digits that reads as the same number. */
static void
by_trial(double d, char out[64])
{
    if (d == floor(d) && fabs(d) <= 9007199254740992.0) {
        snprintf(out, 64, "%lld", (long long)d);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, 64, "%.*g", digits, d);
        if (strtod(out, NULL) == d)
            break;
    }
}

static double
some_number(struct rng *rng, int kind)
{
    uint64_t bits = rng_next(rng);
    double d = rng_unit(rng);
    if (kind == 0) /* any at all */
        memcpy(&d, &bits, sizeof d);
    if (kind == 1) /* of any size that is written without an exponent, and around that */
        d *= pow(10, (int)rng_below(rng, 22) - 6);
    if (kind == 2) /* of few digits */
        d = (double)rng_below(rng, 1u << 30) / pow(10, rng_below(rng, 9));
    if (kind == 3) /* and its neighbour */
        d = nextafter((double)rng_below(rng, 1u << 20) / pow(10, rng_below(rng, 9)), INFINITY);
    if (kind == 4)
        d = ldexp(1, (int)rng_below(rng, 100) - 50);
    return bits & 1 ? d : -d;
}

static void
numbers_are_the_fewest_digits_that_give_them_back(void **state)
{
    (void)state;
    struct rng rng = {.state = 4};
    struct buf b;
    char want[64];
    buf_init(&b, 100);
    for (int i = 0; i < 60000; i++) {
        double d = some_number(&rng, i % 6);
        if (!isfinite(d))
            continue;
        by_trial(d, want);
        buf_clear(&b);
        assert_true(json_print_number(&b, d));
        assert_string_equal(b.p, want);
    }
    buf_finish(&b);
}

static void
what_is_written_without_a_tree_is_what_the_tree_prints(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1000);
    struct json_writer w = json_writer_on(&b);
    json_write_object(&w, NULL);
    json_write_str(&w, "s", "a long text without anything in it, then \"\\\n\x1f\x7f\xC3\xA9\xff.");
    json_write_strn(&w, "nul", "a\0b", 3);
    json_write_str(&w, "none", NULL);
    json_write_list(&w, "list");
    json_write_int(&w, NULL, 7);
    json_write_float(&w, NULL, 1);
    json_write_float(&w, NULL, .5);
    json_write_num(&w, NULL, NAN);
    json_write_object(&w, NULL);
    json_write_end(&w);
    json_write_end(&w);
    json_write_bool(&w, "yes", true);
    json_write_end(&w);
    assert_false(w.full);
    assert_string_equal(b.p, "{\"s\":\"a long text without anything in it, then \\\"\\\\\\n\\u001f"
                             "\\u007f\xC3\xA9\xEF\xBF\xBD.\",\"nul\":\"a\\ufffdb\",\"none\":null,"
                             "\"list\":[7,1.0,0.5,null,{}],\"yes\":true}");
    struct json *tree = json_parse(b.p, b.len, NULL);
    assert_string_equal(json_get_str(tree, "nul"), "a\xEF\xBF\xBD"
                                                   "b");
    json_free(tree);
    buf_finish(&b);
    buf_init(&b, 10);
    w = json_writer_on(&b);
    json_write_str(&w, NULL, "more than there is room for");
    assert_true(w.full);
    buf_finish(&b);
}

static void
printing_beyond_the_cap_appends_nothing(void **state)
{
    (void)state;
    struct json *o = json_object();
    json_add_str(o, "key", "a long value");
    struct buf b;
    buf_init(&b, 10);
    buf_append_str(&b, "ab");
    assert_false(json_print(o, &b));
    assert_string_equal(b.p, "ab");
    assert_false(json_quote(&b, "123456789", 9));
    assert_string_equal(b.p, "ab");
    assert_true(json_quote(&b, "1\n", 2));
    assert_string_equal(b.p, "ab\"1\\n\"");
    buf_finish(&b);
    json_free(o);
}

static void
merge_replaces_in_place_goes_into_objects_and_removes_what_is_null(void **state)
{
    (void)state;
    struct json *into = parse("{\"a\":{\"x\":1,\"y\":2},\"b\":1,\"c\":[1],\"e\":1,\"A\":0}");
    struct json *over = parse("{\"a\":{\"y\":3,\"z\":4},\"b\":{\"q\":1},\"d\":null,\"B\":2,\"c\":[]"
                              ",\"E\":null,\"f\":{\"n\":null,\"m\":1}}");
    json_merge(into, over);
    assert_prints(into, "{\"a\":{\"x\":1,\"y\":3,\"z\":4},\"b\":{\"q\":1},\"c\":[],\"e\":1,\"A\":0,"
                        "\"B\":2,\"f\":{\"m\":1}}");
    json_free(over);
    over = parse("{\"e\":null,\"f\":{\"m\":null},\"a\":{\"x\":null}}");
    json_merge(into, over);
    assert_prints(into,
                  "{\"a\":{\"y\":3,\"z\":4},\"b\":{\"q\":1},\"c\":[],\"A\":0,\"B\":2,\"f\":{}}");
    struct json *copy = json_dup(json_get(into, "a"));
    json_free(into);
    assert_prints(copy, "{\"y\":3,\"z\":4}");
    json_free(copy);
    json_free(over);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lone_surrogate_does_not_lose_the_document),
        cmocka_unit_test(a_part_of_a_longer_text_keeps_its_halves),
        cmocka_unit_test(a_nul_in_a_string_becomes_a_replacement_character),
        cmocka_unit_test(invalid_utf8_becomes_a_replacement_character),
        cmocka_unit_test(control_characters_arrive_exactly),
        cmocka_unit_test(blanks_around_the_value_are_allowed_and_nothing_else),
        cmocka_unit_test(broken_text_is_refused_with_its_offset),
        cmocka_unit_test(very_deep_nesting_is_refused),
        cmocka_unit_test(readers_accept_absence_and_the_wrong_type),
        cmocka_unit_test(built_values_print_compactly_and_numbers_exactly),
        cmocka_unit_test(numbers_are_the_fewest_digits_that_give_them_back),
        cmocka_unit_test(what_is_written_without_a_tree_is_what_the_tree_prints),
        cmocka_unit_test(printing_beyond_the_cap_appends_nothing),
        cmocka_unit_test(merge_replaces_in_place_goes_into_objects_and_removes_what_is_null),
        cmocka_unit_test(what_is_called_printed_is_what_printing_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
