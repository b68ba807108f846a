#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "measure/lexicon.h"
#include "measure/tokens.h"

static const char words[] = "[message]\n"
                            "# a comment\n"
                            "business 2 visa, oss, tax, PT PMA, perch\xc3\xa9 # and another\n"
                            "emotional 3 stanc{o,a,hi}, tidak sendirian, hati\n"
                            "[warmth]\n"
                            "cold -1.5 tidak, tidak bisa\n";

struct found {
    struct matcher m;
    const struct lexicon *l;
    struct match all[64];
    size_t n;
};

static void
push(void *ctx, const struct token *t)
{
    struct found *f = ctx;
    struct match out[MATCH_MAX];
    size_t n = matcher_push(&f->m, f->l, t, out);
    memcpy(f->all + f->n, out, n * sizeof *out);
    f->n += n;
}

static const char *
category_of(const struct lexicon *l, int group)
{
    static const char *const names[][2] = {
        {"message", "business"}, {"message", "emotional"}, {"warmth", "cold"}};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (lexicon_group(l, names[i][0], names[i][1]) == group)
            return names[i][1];
    return "?";
}

/* "category:start-end …" of what is found in text. */
static const char *
find(const struct lexicon *l, const char *text, char out[512])
{
    struct found f = {.l = l};
    struct tokens t;
    matcher_init(&f.m);
    tokens_init(&t);
    tokens_feed(&t, text, strlen(text), push, &f);
    tokens_end(&t, push, &f);
    f.n = match_resolve(l, f.all, f.n);
    size_t len = 0;
    out[0] = 0;
    for (size_t i = 0; i < f.n; i++)
        len +=
            (size_t)snprintf(out + len, 512 - len, "%s:%u-%u ",
                             category_of(l, f.all[i].entry->group), f.all[i].start, f.all[i].end);
    return out;
}

static struct lexicon *
make(void)
{
    struct err err;
    struct lexicon *l = lexicon_create();
    assert_true(lexicon_add(l, "id.lex", words, strlen(words), 0, true, &err));
    return l;
}

static void
only_whole_tokens_are_found(void **state)
{
    (void)state;
    char out[512];
    struct lexicon *l = make();
    assert_string_equal(find(l, "possible taxi latest", out), "");
    assert_string_equal(find(l, "OSS, tax; Visa!", out),
                        "business:0-3 business:5-8 business:10-14 ");
    assert_string_equal(find(l, "pt pma", out), "business:0-6 ");
    assert_string_equal(find(l, "pt, pma", out), "");
    assert_string_equal(find(l, "perche", out), "business:0-6 ");
    assert_string_equal(find(l, "stanchi stance", out), "emotional:0-7 ");
    lexicon_destroy(&l);
}

static void
endings_and_repeats_are_read_through(void **state)
{
    (void)state;
    char out[512];
    struct lexicon *l = make();
    assert_string_equal(
        find(l, "visanya visaku visas visaaa hati2", out),
        "business:0-7 business:8-14 business:15-20 business:21-27 emotional:28-33 ");
    lexicon_destroy(&l);
}

static void
a_longer_phrase_hides_a_shorter_one_of_its_section_only(void **state)
{
    (void)state;
    char out[512];
    struct lexicon *l = make();
    assert_string_equal(find(l, "kamu tidak sendirian", out), "cold:5-10 emotional:5-20 ");
    assert_string_equal(find(l, "tidak bisa", out), "cold:0-10 ");
    lexicon_destroy(&l);
}

static void
a_later_file_overrides_and_extends(void **state)
{
    (void)state;
    char out[512];
    struct err err;
    struct lexicon *l = make();
    const char *mine = "[message]\nbusiness 0 tax\nemotional 2 galau";
    assert_true(lexicon_add(l, "my.lex", mine, strlen(mine), 0, false, &err));
    assert_string_equal(find(l, "tax galau", out), "emotional:4-9 ");
    lexicon_destroy(&l);
}

static void
a_wrong_line_is_named_by_file_line_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason;
    } wrong[] = {
        {"[message]\nbusines 1 visa\n", "my.lex:2:1: this section has no such category"},
        {"[nothing]\n", "my.lex:1:1: there is no such section"},
        {"business 1 visa\n", "my.lex:1:1: words before the first [section]"},
        {"[message]\n  business x visa\n", "my.lex:2:12: the weight is a number from -9 to 9"},
        {"[message]\nbusiness 1 visa,,oss\n", "my.lex:2:17: a phrase is missing"},
        {"[message]\nbusiness 1 a{b\n", "my.lex:2:12: a { without its }"},
        {"[message]\nbusiness 1 visa, !!\n", "my.lex:2:18: a phrase without a word"},
        {"[message]\nbusiness 1 a b c d e f g h i\n",
         "my.lex:2:12: a phrase of more than eight words"},
        {"[message]\nbusiness 1 visa, "
         "a{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}"
         "{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}{,b}"
         "\n",
         "my.lex:2:18: a phrase of more than 1000 endings"},
        {"[message]\nbusiness\n", "my.lex:2:1: a line is: category weight phrase, phrase …"},
    };
    struct lexicon *l = make();
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct err err = {""};
        assert_false(
            lexicon_add(l, "my.lex", wrong[i].text, strlen(wrong[i].text), 0, false, &err));
        assert_string_equal(err.text, wrong[i].reason);
    }
    lexicon_destroy(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_whole_tokens_are_found),
        cmocka_unit_test(endings_and_repeats_are_read_through),
        cmocka_unit_test(a_longer_phrase_hides_a_shorter_one_of_its_section_only),
        cmocka_unit_test(a_later_file_overrides_and_extends),
        cmocka_unit_test(a_wrong_line_is_named_by_file_line_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
