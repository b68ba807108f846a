#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "measure/tokens.h"

struct seen {
    char text[4096];
    size_t len;
};

static void
write_token(void *ctx, const struct token *t)
{
    struct seen *s = ctx;
    static const char kinds[] = {'w', 'n', 'e', ',', '.'};
    char mark[8] = "";
    if (t->capital)
        strncat(mark, "^", sizeof mark - 1);
    if (t->shout)
        strncat(mark, "!", sizeof mark - strlen(mark) - 1);
    if (t->elongated)
        strncat(mark, "~", sizeof mark - strlen(mark) - 1);
    s->len +=
        (size_t)snprintf(s->text + s->len, sizeof s->text - s->len, "%c%s%.*s", kinds[t->kind],
                         mark, (int)t->len, t->text[0] == '\n' ? "N" : t->text);
    if (t->alt_len)
        s->len += (size_t)snprintf(s->text + s->len, sizeof s->text - s->len, "|%.*s",
                                   (int)t->alt_len, t->alt);
    s->len +=
        (size_t)snprintf(s->text + s->len, sizeof s->text - s->len, "@%u-%u ", t->start, t->end);
}

static void
tokens_of(const char *text, struct seen *s)
{
    struct tokens t;
    s->len = 0;
    s->text[0] = 0;
    tokens_init(&t);
    tokens_feed(&t, text, strlen(text), write_token, s);
    tokens_end(&t, write_token, s);
}

static void
expect(const char *text, const char *tokens)
{
    struct seen s;
    tokens_of(text, &s);
    assert_string_equal(s.text, tokens);
}

static void
words_are_folded_and_know_their_bytes(void **state)
{
    (void)state;
    expect("Ciao!", "w^ciao@0-4 .!@4-5 ");
    expect("PERCHÉ no", "w^!perché@0-7 wno@8-10 ");
    expect("perche\xcc\x81", "wperché@0-8 ");
    expect("don\xe2\x80\x99t", "wdon't@0-7 ");
    expect("po' di", "wpo@0-2 wdi@4-6 ");
    expect("dell'azienda c'è l’IVA",
           "wdell|del@0-4 wazienda@5-12 wc@13-14 wè@15-17 wl@18-19 w^!iva@22-25 ");
    expect("l'npwp un'SPT d'you", "wl@0-1 wnpwp@2-6 wun@7-9 w^!spt@10-13 wd'you@14-19 ");
    expect("B211A e-visa", "w^!b211a@0-5 we@6-7 wvisa@8-12 ");
}

static void
repeated_letters_are_collapsed_with_a_second_reading(void **state)
{
    (void)state;
    expect("makasihhh", "w~makasih|makasihh@0-9 ");
    expect("goood", "w~god|good@0-5 ");
    expect("iyaa", "wiyaa|iya@0-4 ");
    expect("teman2", "wteman2|teman@0-6 ");
}

static void
numbers_keep_their_marks_and_sentences_end(void **state)
{
    (void)state;
    expect("Rp500.000, 10:30.", "w^rp@0-2 n500.000@2-9 ,,@9-10 n10:30@11-16 ..@16-17 ");
    expect("100jt 2. Lalu", "n100jt@0-5 n2@6-7 ..@7-8 w^lalu@9-13 ");
    expect("oss.go.id a.\nb",
           "woss|os@0-3 ,.@3-4 wgo@4-6 ,.@6-7 wid@7-9 wa@10-11 ..@11-12 .N@12-13 wb@13-14 ");
    expect("a - b a-b", "wa@0-1 ,-@2-3 wb@4-5 wa@6-7 wb@8-9 ");
}

static void
emoji_and_faces_are_tokens(void **state)
{
    (void)state;
    expect("\xf0\x9f\x99\x8f\xf0\x9f\x8f\xbd ok", "e\xf0\x9f\x99\x8f@0-8 wok@9-11 ");
    expect("\xe2\x9d\xa4\xef\xb8\x8f", "e\xe2\x9d\xa4@0-6 ");
    expect(":-) :D <3 =( nota:Data",
           "e:)@0-3 e:D@4-6 e<3@7-9 e:(@10-12 wnota@13-17 ,:@17-18 w^data@18-22 ");
    expect("\xf0\x9f\x87\xae\xf0\x9f\x87\xb9!", "e\xf0\x9f\x87\xae\xf0\x9f\x87\xb9@0-8 .!@8-9 ");
}

static void
any_cutting_of_the_bytes_gives_the_same_tokens(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Halo Kak \xf0\x9f\x98\x8a\xf0\x9f\x8f\xbd! Makasihhh ya… l\xe2\x80\x99"
        "azienda: "
        "Rp1.500.000,- (perch\xc3\xa8?) :-D :Da 10.a 3:",
        "\xe2\x28\xa1 \xf0\x9f\x41 \xe2\x82 caf\xe9 \xc3\xa9t\xc3",
        "don't 'quoted' po' e' <b> a-b - c -- 1,5. 2.\n\n.. oss.go.id\xcc\x81",
    };
    struct rng r = {7};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct seen whole, cut;
        tokens_of(texts[i], &whole);
        for (int round = 0; round < 300; round++) {
            struct tokens t;
            size_t n = strlen(texts[i]), at = 0;
            cut.len = 0;
            cut.text[0] = 0;
            tokens_init(&t);
            while (at < n) {
                size_t k = round == 0 ? 1 : 1 + rng_below(&r, 5);
                k = k > n - at ? n - at : k;
                struct tokens copy = t;
                struct seen scratch = cut;
                tokens_end(&copy, write_token, &scratch); /* a look at the end changes nothing */
                tokens_feed(&t, texts[i] + at, k, write_token, &cut);
                at += k;
            }
            tokens_end(&t, write_token, &cut);
            assert_string_equal(cut.text, whole.text);
        }
    }
}

static void
a_word_without_end_is_one_token(void **state)
{
    (void)state;
    struct tokens t;
    struct seen s = {.len = 0};
    tokens_init(&t);
    for (int i = 0; i < 100000; i++)
        tokens_feed(&t, i % 2 ? "b" : "\xc3\xa0", i % 2 ? 1 : 2, write_token, &s);
    assert_int_equal(s.len, 0);
    tokens_end(&t, write_token, &s);
    assert_non_null(strstr(s.text, "@0-150000 "));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_folded_and_know_their_bytes),
        cmocka_unit_test(repeated_letters_are_collapsed_with_a_second_reading),
        cmocka_unit_test(numbers_keep_their_marks_and_sentences_end),
        cmocka_unit_test(emoji_and_faces_are_tokens),
        cmocka_unit_test(any_cutting_of_the_bytes_gives_the_same_tokens),
        cmocka_unit_test(a_word_without_end_is_one_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
