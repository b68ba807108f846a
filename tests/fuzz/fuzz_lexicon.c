/* Word lists and weights of any bytes: refused with file, line and reason, or what is built of them gives sane matches
 * and figures. The first byte chooses which: a word list (which is also the text that is searched), a linear model, the
 * table of categories. */
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "measure/measure_private.h"
#include "measure/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct search {
    const struct lexicon *l;
    struct matcher matcher;
    size_t text_len;
};

static void
take_token(void *ctx, const struct token *t)
{
    struct search *s = ctx;
    struct match found[MATCH_MAX];
    assert(t->start < t->end && t->end <= s->text_len);
    size_t n = matcher_push(&s->matcher, s->l, t, found);
    assert(n <= MATCH_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct lexicon_entry *e = found[i].entry;
        assert(e->group >= 0 && e->group < lexicon_group_count(s->l));
        assert(e->words >= 1 && e->words <= PHRASE_MAX && e->weight >= -9 && e->weight <= 9);
        assert(found[i].start < found[i].end && found[i].end == t->end);
        assert(found[i].first <= found[i].last);
    }
    assert(match_resolve(s->l, found, n) <= n);
}

static void
search_text(const struct lexicon *l, const char *p, size_t n)
{
    struct search s = {.l = l, .text_len = n};
    struct tokens t;
    matcher_init(&s.matcher);
    tokens_init(&t);
    tokens_feed(&t, p, n, take_token, &s);
    tokens_end(&t, take_token, &s);
}

static bool
read_words(const char *p, size_t n, struct err *err)
{
    static const char shipped[] = "[message]\nbusiness 2 visa, pt pma\n[warmth]\ncold -1 tidak\n";
    struct lexicon *l = lexicon_create();
    if (!lexicon_add(l, "shipped", shipped, sizeof shipped - 1, 0, true, err))
        abort();
    bool ok = lexicon_add(l, "f", p, n, 1, n % 2, err);
    search_text(l, p, n);
    lexicon_destroy(&l);
    return ok;
}

static bool
read_model(const char *p, size_t n, struct err *err)
{
    struct linear *l = linear_load("f", p, n, err);
    if (!l)
        return false;
    struct linear_sum sum = {.features = 0};
    double logits[LINEAR_CLASSES];
    linear_add_word(l, &sum, "kabar", 5);
    linear_logits(l, &sum, logits);
    for (int c = 0; c < l->classes; c++)
        assert(isfinite(logits[c]));
    struct buf once, twice;
    buf_init(&once, SIZE_MAX);
    buf_init(&twice, SIZE_MAX);
    linear_print(l, "", &once);
    struct linear *again = linear_load("f", once.p, once.len, err);
    assert(again);
    linear_print(again, "", &twice);
    assert(once.len == twice.len && memcmp(once.p, twice.p, once.len) == 0);
    buf_finish(&once);
    buf_finish(&twice);
    linear_destroy(&again);
    linear_destroy(&l);
    return true;
}

static bool
read_mix(const char *p, size_t n, struct err *err)
{
    struct mix *x = mix_load("f", p, n, err);
    for (int f = 0; x && f < MIX_FEATURES; f++)
        for (int c = 0; c < CATEGORY_COUNT; c++)
            assert(isfinite(x->weight[f][c]));
    bool ok = x != NULL;
    free(x);
    return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool (*const readers[])(const char *p, size_t n, struct err *err) = {
        read_words, read_words, read_words, read_words,
        read_words, read_words, read_model, read_mix};
    if (size < 1)
        return 0;
    size_t n = size - 1;
    struct err err = {""};
    char *text = xmalloc(n + !n); /* exact, so that a read past the end is found */
    memcpy(text, data + 1, n);
    bool ok = readers[data[0] % ARRAY_LEN(readers)](text, n, &err);
    assert(ok || strncmp(err.text, "f:", 2) == 0);
    free(text);
    return 0;
}
