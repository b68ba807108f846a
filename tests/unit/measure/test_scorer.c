/* The scorer: the same numbers however the text arrives, whenever it is asked. */
#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/measure/measure.h"

static const char *const texts[] = {
    "Halo Kak, jangan khawatir ya! Kita urus bareng pelan-pelan 😊 biayanya Rp1.500.000 atau €90… "
    "kabari saja.",
    "I’m so sorry to hear that. You're not alone — shall we look at it together? We can’t do it on "
    "Monday, though.",
    "Perché non è stato fatto? Si rivolga altrove… Non ti preoccupare, però: ci penso io!\n\nA "
    "presto :)",
    "no",
    "",
    "   \n\t",
    "💛💛💛",
    "Tidak bisa.\nTidak bisa.\nTidak bisa.",
    "1.000 2,000 $5 \xff\xfe \xe2\x82",
};
static const char prompt[] = "Selamat pagi, aku malu bertanya soal Nyepi dan biaya visa";
static struct measure *measure;

static int
load(void **state)
{
    struct err err;
    (void)state;
    measure = measure_create(NULL, &err);
    return measure ? 0 : -1;
}

static int
unload(void **state)
{
    (void)state;
    measure_destroy(&measure);
    return 0;
}

static void
assert_same(const struct scores *a, const struct scores *b)
{
    const double x[] = {a->warmth,
                        a->polite,
                        a->empathic,
                        a->affectionate,
                        a->cultural,
                        a->language_match,
                        a->register_fit,
                        a->face_saving,
                        a->grounding,
                        a->locale,
                        a->language_confidence,
                        a->considerate,
                        a->sense};
    const double y[] = {b->warmth,
                        b->polite,
                        b->empathic,
                        b->affectionate,
                        b->cultural,
                        b->language_match,
                        b->register_fit,
                        b->face_saving,
                        b->grounding,
                        b->locale,
                        b->language_confidence,
                        b->considerate,
                        b->sense};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        assert_true((isnan(x[i]) && isnan(y[i])) || x[i] == y[i]); /* bit for bit */
    assert_int_equal(a->language, b->language);
    assert_int_equal(a->words, b->words);
}

static void
assert_same_cues(struct scorer *a, struct scorer *b)
{
    size_t n, m;
    const struct cue *x = scorer_cues(a, &n), *y = scorer_cues(b, &m);
    assert_int_equal(n, m);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(x[i].start, y[i].start);
        assert_int_equal(x[i].end, y[i].end);
        assert_string_equal(x[i].category, y[i].category);
        assert_true(x[i].weight == y[i].weight);
    }
}

static void
any_chunking_gives_the_same_bits(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        size_t n = strlen(texts[t]);
        struct scorer *whole = scorer_create(measure, prompt, strlen(prompt));
        struct scores expected, got;
        scorer_feed(whole, texts[t], n);
        scorer_get(whole, &expected);
        for (size_t chunk = 1; chunk < 12; chunk++) {
            struct scorer *s = scorer_create(measure, prompt, strlen(prompt));
            for (size_t i = 0; i < n; i += chunk)
                scorer_feed(s, texts[t] + i, n - i < chunk ? n - i : chunk);
            scorer_get(s, &got);
            assert_same(&expected, &got);
            assert_same_cues(whole, s);
            scorer_destroy(&s);
        }
        scorer_destroy(&whole);
    }
}

static void
asking_in_the_middle_disturbs_nothing(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        size_t n = strlen(texts[t]), count;
        struct scorer *quiet = scorer_create(measure, prompt, strlen(prompt));
        struct scorer *asked = scorer_create(measure, prompt, strlen(prompt));
        struct scores a, b;
        for (size_t i = 0; i < n; i++) {
            scorer_feed(quiet, texts[t] + i, 1);
            scorer_feed(asked, texts[t] + i, 1);
            scorer_get(asked, &b);
            scorer_cues(asked, &count);
            scorer_get(asked, &b);
        }
        scorer_get(quiet, &a);
        scorer_get(asked, &b);
        assert_same(&a, &b);
        assert_same_cues(quiet, asked);
        scorer_destroy(&quiet);
        scorer_destroy(&asked);
    }
}

static void
in_the_middle_it_answers_as_if_the_text_ended_there(void **state)
{
    (void)state;
    const char *text = texts[1];
    struct scorer *running = scorer_create(measure, NULL, 0);
    for (size_t i = 0; i < strlen(text); i++) {
        struct scorer *fresh = scorer_create(measure, NULL, 0);
        struct scores a, b;
        scorer_feed(running, text + i, 1);
        scorer_feed(fresh, text, i + 1);
        scorer_get(running, &a);
        scorer_get(fresh, &b);
        assert_same(&a, &b);
        scorer_destroy(&fresh);
    }
    scorer_destroy(&running);
}

static void
cues_are_in_order_and_lie_within_the_text(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        size_t n = strlen(texts[t]), count;
        struct scorer *s = scorer_create(measure, prompt, strlen(prompt));
        scorer_feed(s, texts[t], n);
        const struct cue *c = scorer_cues(s, &count);
        for (size_t i = 0; i < count; i++) {
            assert_true(c[i].start < c[i].end && c[i].end <= n);
            assert_true(i == 0 || c[i - 1].start <= c[i].start);
            assert_non_null(c[i].category);
        }
        scorer_destroy(&s);
    }
}

static void
what_costs_fit_is_shown_below_zero(void **state)
{
    static const char text[] = "Pokoknya harus. Orang batak memang keras. Biayanya 100 dolar.";
    (void)state;
    struct scorer *s = scorer_create(measure, prompt, strlen(prompt));
    size_t count, seen = 0;
    scorer_feed(s, text, strlen(text));
    const struct cue *c = scorer_cues(s, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(c[i].category, "face_blunt") == 0 || strcmp(c[i].category, "tactless") == 0 ||
            strcmp(c[i].category, "locale_foreign") == 0) {
            assert_true(c[i].weight < 0);
            seen++;
        }
    assert_int_equal(seen, 3);
    scorer_destroy(&s);
}

static void
a_text_without_a_word_has_no_scores(void **state)
{
    (void)state;
    for (size_t t = 4; t < 6; t++) {
        struct scorer *s = scorer_create(measure, prompt, strlen(prompt));
        struct scores out;
        scorer_feed(s, texts[t], strlen(texts[t]));
        scorer_get(s, &out);
        assert_int_equal(out.words, 0);
        assert_true(isnan(out.warmth) && isnan(out.cultural));
        scorer_destroy(&s);
    }
}

static void
a_line_without_end_is_read_to_its_end(void **state)
{
    (void)state;
    struct scorer *s = scorer_create(measure, NULL, 0);
    struct scores out;
    for (int i = 0; i < 50000; i++)
        scorer_feed(s, "terima kasih lagi dan ", 22);
    scorer_get(s, &out);
    assert_int_equal(out.words, 200000);
    assert_true(out.warmth >= 0 && out.warmth <= 1);
    scorer_destroy(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_chunking_gives_the_same_bits),
        cmocka_unit_test(asking_in_the_middle_disturbs_nothing),
        cmocka_unit_test(in_the_middle_it_answers_as_if_the_text_ended_there),
        cmocka_unit_test(cues_are_in_order_and_lie_within_the_text),
        cmocka_unit_test(what_costs_fit_is_shown_below_zero),
        cmocka_unit_test(a_text_without_a_word_has_no_scores),
        cmocka_unit_test(a_line_without_end_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
