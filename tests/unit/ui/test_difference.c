/* Where two texts differ, sentence by sentence. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "ui/text/difference.h"

/* "= both", "~ left / right", "< left", "> right", a line each. */
static void
write_out(struct buf *out, const char *left, const char *right)
{
    struct difference d;
    difference_make(&d, left, strlen(left), right, strlen(right));
    for (size_t i = 0; i < d.count; i++) {
        const struct difference_row *r = &d.rows[i];
        int l = (int)r->left.n, m = (int)r->right.n;
        if (r->kind == DIFFERENCE_COMMON)
            buf_printf(out, "= %.*s\n", l, r->left.p);
        else if (r->kind == DIFFERENCE_CHANGED)
            buf_printf(out, "~ %.*s / %.*s\n", l, r->left.p, m, r->right.p);
        else if (r->kind == DIFFERENCE_LEFT)
            buf_printf(out, "< %.*s\n", l, r->left.p);
        else
            buf_printf(out, "> %.*s\n", m, r->right.p);
    }
    difference_finish(&d);
}

static void
assert_difference(const char *left, const char *right, const char *expected)
{
    struct buf got;
    buf_init(&got, 1 << 16);
    write_out(&got, left, right);
    assert_string_equal(got.p, expected);
    buf_finish(&got);
}

static void
sentences_are_common_changed_or_of_one_alone(void **state)
{
    (void)state;
    assert_difference("Halo Kak. Bicara empat mata. Jangan malu!",
                      "Halo Kak! Tenang dulu. Jangan malu!",
                      "= Halo Kak.\n< Bicara empat mata.\n> Tenang dulu.\n= Jangan malu!\n");
    assert_difference("Biayanya sekitar Rp 500.000 per bulan.",
                      "Biayanya sekitar Rp 700.000 per bulan.",
                      "~ Biayanya sekitar Rp 500.000 per bulan. / Biayanya sekitar Rp 700.000 per "
                      "bulan.\n");
    assert_difference("Satu.\n\n- dua\n- tiga", "- dua\n- empat",
                      "< Satu.\n= - dua\n< - tiga\n> - empat\n");
    assert_difference("**Datang.** \"Ya.\" (Besok.)\n 1. Isi!", "*Datang.* Besok.",
                      "= **Datang.**\n< \"Ya.\"\n= (Besok.)\n< 1. Isi!\n");
    assert_difference("", "", "");
    assert_difference("Halo.", "", "< Halo.\n");
    assert_difference("", "Halo.", "> Halo.\n");
    assert_difference("😀", "😀", "= 😀\n");
    assert_difference("harga 3.5 juta, ya", "harga 3.5 juta, ya", "= harga 3.5 juta, ya\n");
}

/* Every word of both texts is there once, in its order. */
static void
each_text_is_whole_in_the_rows_whatever_it_holds(void **state)
{
    static const char *const pieces[] = {"halo ",  "Kak. ", "apa? ", "\n",
                                         "tidak ", "500.",  " ",     "é "};
    (void)state;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        struct rng rng = {seed};
        struct buf text[2], joined[2];
        struct difference d;
        for (int side = 0; side < 2; side++) {
            buf_init(&text[side], 1 << 16);
            buf_init(&joined[side], 1 << 16);
            for (uint32_t n = rng_below(&rng, 60); n > 0; n--)
                buf_append_str(&text[side], pieces[rng_below(&rng, ARRAY_LEN(pieces))]);
        }
        difference_make(&d, text[0].p, text[0].len, text[1].p, text[1].len);
        for (size_t i = 0; i < d.count; i++) {
            buf_append(&joined[0], d.rows[i].left.p, d.rows[i].left.n);
            buf_append(&joined[1], d.rows[i].right.p, d.rows[i].right.n);
        }
        for (int side = 0; side < 2; side++) {
            const char *p = joined[side].p, *q = text[side].p;
            while (*p || *q) { /* blanks between sentences are not kept */
                while (*p == ' ' || *p == '\n')
                    p++;
                while (*q == ' ' || *q == '\n')
                    q++;
                assert_int_equal(*p, *q);
                p += *p != 0;
                q += *q != 0;
            }
            buf_finish(&text[side]);
            buf_finish(&joined[side]);
        }
        difference_finish(&d);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_are_common_changed_or_of_one_alone),
        cmocka_unit_test(each_text_is_whole_in_the_rows_whatever_it_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
