/* A secret does not come out of a text, whatever its form and wherever the pieces of the text are cut. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/base64.h"
#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/conf/redactor.h"

#define KEY   "sk-ant-api03-Zq7xW2_kLm9-Pv4Tn8Rb"
#define OTHER "rp_7HG3kqLpZ0vXyW5tUeQa"

static void
assert_redacted(const char *text, const char *want)
{
    for (size_t piece = 1; piece <= strlen(text); piece++) {
        struct redactor *r = redactor_create(KEY "\nllama\n" OTHER);
        struct buf out, part;
        buf_init(&out, 1 << 16);
        buf_init(&part, 1 << 16);
        for (size_t i = 0; i < strlen(text); i += piece) {
            buf_append(&part, text + i, strnlen(text + i, piece));
            redactor_pass(r, &part, i + piece >= strlen(text));
            buf_append(&out, part.p, part.len);
            buf_clear(&part);
        }
        /* In small pieces up to three letters are out before they are known for a beginning. */
        const char *mark = strstr(want, "…");
        size_t same = mark ? (size_t)(mark - want) : strlen(want), after = mark ? strlen(mark) : 0;
        if (out.len < strlen(want) || out.len > strlen(want) + 8 ||
            strncmp(out.p, want, same) != 0 || strcmp(out.p + out.len - after, want + same) != 0)
            fail_msg("pieces of %zu: %s, not %s", piece, out.p, want);
        redactor_destroy(&r);
        buf_finish(&out);
        buf_finish(&part);
    }
}

static void
a_secret_is_hidden_in_every_form_however_the_text_is_cut(void **state)
{
    (void)state;
    assert_redacted("Kunci: " KEY ".", "Kunci: ….");
    assert_redacted("Kunci: " OTHER " ya?", "Kunci: … ya?");
    assert_redacted("Kunci: SK-ANT-API03-ZQ7XW2_KLM9-PV4TN8RB!", "Kunci: …!");
    assert_redacted("= s k - a n t - a p i 0 3 - Z q 7 x W 2 _ k L m 9 - P v 4 T n 8 R b =",
                    "= … =");
    assert_redacted("= Zq7x·W2_k·Lm9-·Pv4T·n8Rb =", "= … =");
    assert_redacted("= Zq7xW2\n\n**kLm9Pv**\n4Tn8Rb =", "= … =");
    assert_redacted("= 736b2d616e742d61706930332d5a713778 =", "= … =");
    assert_redacted("= bR8nT4vP-9mLk_2Wx7qZ-30ipa-tna-ks =", "= … =");
    assert_redacted("= sk%2Dant%2Dapi03%2DZq7xW2%5FkLm9%2DPv4Tn8Rb =", "= … =");
    assert_redacted("= sk%252Dant%252Dapi03%252DZq7xW2%255FkLm9 =", "= … =");
    assert_redacted("= sk\\u002dant\\u002dapi03\\u002dZq7xW2 =", "= … =");
    assert_redacted("= sk&#45;ant&#45;api03&#45;Zq7x =", "= … =");
}

/* Keys of any signs, in the forms that need no knowledge of where they stand. */
static void
any_key_is_hidden_backwards_and_encoded_for_a_url(void **state)
{
    (void)state;
    static const char signs[] = "abcxyzABCXYZ0123456789-_.~/+=:%&";
    struct rng rng = {11};
    for (int round = 0; round < 500; round++) {
        char key[41] = "";
        struct buf form;
        buf_init(&form, 1 << 10);
        size_t n = 24 + rng_next(&rng) % 16, letters = 0;
        for (size_t i = 0; i < n; i++) {
            key[i] = signs[rng_next(&rng) % (sizeof signs - 1)];
            letters += strchr(signs, key[i]) < strchr(signs, '-');
        }
        if (letters < 12)
            continue;
        enum { BACKWARDS, SIGNS, RESERVED, WAYS } way = round % WAYS;
        for (size_t i = 0; i < n; i++) {
            char c = key[way == BACKWARDS ? n - 1 - i : i];
            bool letter = strchr(signs, c) < strchr(signs, '-');
            bool plain = way == BACKWARDS || letter || (way == RESERVED && strchr("-_.~", c));
            if (plain)
                buf_append_char(&form, c);
            else
                buf_printf(&form, round % 2 ? "%%%02X" : "%%%02x", (unsigned char)c);
        }
        struct redactor *r = redactor_create(key);
        redactor_pass(r, &form, true);
        size_t left = 0;
        for (size_t i = 0; i < form.len; i++)
            left += strchr(signs, form.p[i]) && strchr(signs, form.p[i]) < strchr(signs, '-');
        if (!strstr(form.p, "…") || left > 3)
            fail_msg("%s: %s is left", key, form.p);
        redactor_destroy(&r);
        buf_finish(&form);
    }
}

static void
a_secret_in_base64_is_hidden_wherever_it_stands_in_what_was_encoded(void **state)
{
    (void)state;
    static const char *const around[][2] = {{"", ""}, {"k", "."}, {"k:", "ab"}, {"Bearer ", "\n"}};
    for (size_t i = 0; i < ARRAY_LEN(around); i++) {
        char *plain = xasprintf("%s%s%s", around[i][0], KEY, around[i][1]);
        struct buf code;
        buf_init(&code, 1 << 10);
        base64_encode(&code, plain, strlen(plain));
        struct redactor *r = redactor_create(KEY);
        redactor_pass(r, &code, true);
        assert_non_null(strstr(code.p, "…"));
        assert_true(code.len < 24);
        redactor_destroy(&r);
        buf_finish(&code);
        free(plain);
    }
}

static void
what_holds_no_secret_comes_through_whole(void **state)
{
    (void)state;
    assert_redacted("llama dan ant api 03, sk-ant-api03- begitu awalnya",
                    "llama dan ant api 03, sk-ant-api03- begitu awalnya");
    assert_redacted("Zq7xW2 dan kLm9 lalu 漢字 💛", "Zq7xW2 dan kLm9 lalu 漢字 💛");
    assert_null(redactor_create("llama\nsimulated"));
    assert_null(redactor_create(NULL));
    struct rng rng = {7};
    static const char pieces[] = "abkqzZsS07-_ .";
    for (int round = 0; round < 2000; round++) {
        struct redactor *r = redactor_create(KEY "\n" OTHER);
        struct buf all, out, part;
        buf_init(&all, 1 << 10);
        buf_init(&out, 1 << 10);
        buf_init(&part, 1 << 10);
        for (int i = 0; i < 60; i++) {
            char c = pieces[rng_next(&rng) % (sizeof pieces - 1)];
            buf_append_char(&all, c);
            buf_append_char(&part, c);
            if (i == 59 || rng_next(&rng) % 3 == 0) {
                redactor_pass(r, &part, i == 59);
                buf_append(&out, part.p, part.len);
                buf_clear(&part);
            }
        }
        if (!strstr(out.p, "…"))
            assert_string_equal(out.p, all.p);
        redactor_destroy(&r);
        buf_finish(&all);
        buf_finish(&out);
        buf_finish(&part);
    }
}

static void
the_beginning_of_a_secret_that_is_forgotten_comes_with_no_later_text(void **state)
{
    (void)state;
    struct redactor *r = redactor_create(KEY);
    struct buf text;
    buf_init(&text, 100);
    buf_append(&text, KEY, 9);
    redactor_pass(r, &text, false);
    redactor_forget(r);
    buf_clear(&text);
    buf_append_str(&text, "Halo");
    redactor_pass(r, &text, true);
    assert_string_equal(text.p, "Halo");
    buf_finish(&text);
    redactor_destroy(&r);
}

static void
zeros_are_shown_at_once_though_a_key_has_some(void **state)
{
    (void)state;
    struct redactor *r = redactor_create("k-claude-000000000000");
    struct buf text;
    buf_init(&text, 100);
    buf_append_str(&text, "Rp 7.000.000");
    redactor_pass(r, &text, false);
    assert_string_equal(text.p, "Rp 7.000.000");
    buf_finish(&text);
    redactor_destroy(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeros_are_shown_at_once_though_a_key_has_some),
        cmocka_unit_test(a_secret_is_hidden_in_every_form_however_the_text_is_cut),
        cmocka_unit_test(any_key_is_hidden_backwards_and_encoded_for_a_url),
        cmocka_unit_test(the_beginning_of_a_secret_that_is_forgotten_comes_with_no_later_text),
        cmocka_unit_test(a_secret_in_base64_is_hidden_wherever_it_stands_in_what_was_encoded),
        cmocka_unit_test(what_holds_no_secret_comes_through_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
