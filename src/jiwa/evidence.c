/* Checks that a quote is really from the customer: quote and messages are folded in the same way, then the quote is
 * searched for as a sequence of whole words. */
#include "berdua/jiwa/reply.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

enum { LEAST_LETTERS = 3, MAX_WORDS_BYTES = 64 << 20 };

struct jiwa_words {
    struct buf folded; /* each message between two NULs */
};

/* Replaces typographic quotation marks and dashes by plain ones. */
static uint32_t
plain_mark(uint32_t cp)
{
    if (cp == 0x2018 || cp == 0x2019 || cp == 0x201a || cp == 0x201b || cp == 0x2032 || cp == '`' ||
        cp == 0xb4)
        return '\'';
    if ((cp >= 0x201c && cp <= 0x201f) || cp == 0x2033 || cp == 0xab || cp == 0xbb)
        return '"';
    if (cp == 0x2010 || cp == 0x2011 || cp == 0x2013 || cp == 0x2014)
        return '-';
    return cp;
}

/* Appends text in lower case, with one blank for each run of blanks and control characters (NUL is one), without
 * invisible characters. */
static void
append_folded(struct buf *out, const char *text)
{
    struct buf lower;
    bool gap = false;
    size_t begin = out->len;
    buf_init(&lower, MAX_WORDS_BYTES);
    utf8_fold(&lower, text, strlen(text));
    uint32_t cp;
    for (size_t i = 0, k; (k = utf8_decode(lower.p + i, lower.len - i, &cp)) > 0; i += k) {
        char bytes[4];
        enum utf8_kind kind = utf8_cp_kind(cp);
        if (cp == ' ' || cp == 0xa0 || kind == UTF8_CONTROL) {
            gap = out->len > begin;
            continue;
        }
        if (kind == UTF8_INVISIBLE)
            continue;
        if (gap)
            buf_append_char(out, ' ');
        gap = false;
        buf_append(out, bytes, utf8_encode(plain_mark(cp), bytes));
    }
    buf_finish(&lower);
}

struct jiwa_words *
jiwa_words_create(void)
{
    struct jiwa_words *w = xcalloc(1, sizeof *w);
    buf_init(&w->folded, MAX_WORDS_BYTES);
    buf_append_char(&w->folded, 0);
    return w;
}

void
jiwa_words_destroy(struct jiwa_words **w)
{
    if (!*w)
        return;
    buf_finish(&(*w)->folded);
    free(*w);
    *w = NULL;
}

void
jiwa_words_add(struct jiwa_words *w, const char *message)
{
    append_folded(&w->folded, message);
    buf_append_char(&w->folded, 0);
}

static bool
word_at(const char *p, size_t n)
{
    uint32_t cp;
    return utf8_decode(p, n, &cp) && utf8_cp_in_word(cp);
}

/* true: the code point that ends at `at` is part of a word. */
static bool
word_before(const char *p, size_t at)
{
    size_t k = at;
    do
        k--;
    while (k > 0 && (p[k] & 0xc0) == 0x80);
    return word_at(p + k, at - k);
}

/* Strips marks, dots and blanks around the words, which the model may have added. Returns the number of letters and
 * digits between *begin and *end. */
static size_t
trim_quote(const struct buf *q, size_t *begin, size_t *end)
{
    size_t letters = 0;
    *begin = q->len;
    *end = 0;
    uint32_t cp;
    for (size_t i = 0, k; (k = utf8_decode(q->p + i, q->len - i, &cp)) > 0; i += k) {
        if (utf8_cp_in_word(cp)) {
            letters++;
            if (*begin == q->len)
                *begin = i;
            *end = i + k;
        }
    }
    return letters;
}

bool
jiwa_words_hold(const struct jiwa_words *w, const char *quote)
{
    const struct buf *all = &w->folded;
    struct buf q;
    size_t begin, end;
    bool found = false;
    buf_init(&q, MAX_WORDS_BYTES);
    append_folded(&q, quote);
    if (trim_quote(&q, &begin, &end) < LEAST_LETTERS)
        goto out;
    const char *words = q.p + begin;
    size_t n = end - begin;
    for (const char *p = all->p; !found; p++) {
        p = memchr(p, words[0], all->len - (size_t)(p - all->p));
        if (!p || all->len - (size_t)(p - all->p) < n)
            break;
        size_t from = (size_t)(p - all->p);
        found = memcmp(p, words, n) == 0 && !word_before(all->p, from) &&
                !word_at(p + n, all->len - from - n);
    }
out:
    buf_finish(&q);
    return found;
}

size_t
jiwa_check(struct jiwa *j, const struct jiwa_words *w)
{
    size_t dropped = 0;
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        struct jiwa_list *l = &j->fields[f];
        for (size_t i = l->count; i-- > 0;) {
            if (l->v[i].quote && jiwa_words_hold(w, l->v[i].quote))
                continue;
            jiwa_list_drop(l, i);
            dropped++;
        }
    }
    return dropped;
}
