#include "linear_model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "tokens.h"

/* The file: comments, "features N", "buckets N" (LINEAR_BUCKETS when missing), "scale X", one "class NAME BIAS" each,
 * then "weights" and for each bucket in order two hexadecimal digits per class, 64 buckets a line; a line "= N" stands
 * for N buckets without weight. */

enum { ROW = 64, BUCKETS_MAX = 1 << 20 };

uint32_t
feature_hash(uint32_t seed, const void *p, size_t n)
{
    const unsigned char *s = p;
    uint32_t h = 0x811c9dc5u ^ seed;
    for (size_t i = 0; i < n; i++)
        h = (h ^ s[i]) * 0x01000193u;
    return h;
}

static uint32_t
spread_hash(uint32_t h)
{
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    return h;
}

enum { SEED_WORD = 1, SEED_GRAM = 2, SEED_PAIR = 3 };

uint32_t
feature_pair(uint32_t before, uint32_t word)
{
    return spread_hash((before * 0x01000193u ^ word) + SEED_PAIR);
}

/* See feature_token. */
static size_t
feature_word(unsigned which, const char *word, size_t len, uint32_t *prev, uint32_t *out)
{
    size_t n = 0;
    if (len == 0 || len > 96)
        return 0;
    uint32_t whole = spread_hash(feature_hash(SEED_WORD, word, len));
    if (which & FEATURE_WORD)
        out[n++] = whole;
    if ((which & FEATURE_PAIR) && *prev)
        out[n++] = feature_pair(*prev, whole);
    *prev = whole;
    if (!(which & FEATURE_GRAMS))
        return n;
    char s[100];
    size_t starts[100], chars = 0;
    s[0] = '<';
    memcpy(s + 1, word, len);
    s[len + 1] = '>';
    for (size_t i = 0; i < len + 2; i++)
        if (((unsigned char)s[i] & 0xc0) != 0x80)
            starts[chars++] = i;
    starts[chars] = len + 2;
    for (size_t i = 0; i + 3 <= chars; i++) {
        for (size_t k = 3; k <= 5 && i + k <= chars && n < FEATURES_MAX; k++) {
            if (i == 0 && k == chars)
                continue; /* the whole word is a feature of its own */
            out[n++] =
                spread_hash(feature_hash(SEED_GRAM, s + starts[i], starts[i + k] - starts[i]));
        }
    }
    return n;
}

size_t
feature_token(unsigned features, const struct token *t, uint32_t *prev, uint32_t *out)
{
    if (t->kind == TOKEN_WORD)
        return feature_word(features, t->text, t->len, prev, out);
    bool number = t->kind == TOKEN_NUMBER;
    return feature_word(features & ~(unsigned)FEATURE_GRAMS, number ? "#" : t->text,
                        number ? 1 : t->len, prev, out);
}

void
linear_add(const struct linear *l, struct linear_sum *s, const uint32_t *hashes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const int8_t *w = l->weight + (size_t)(hashes[i] & (l->buckets - 1)) * (size_t)l->classes;
        for (int c = 0; c < l->classes; c++)
            s->sum[c] += w[c];
    }
    s->features += (uint32_t)n;
}

void
linear_add_word(const struct linear *l, struct linear_sum *s, const char *word, size_t len)
{
    uint32_t hashes[FEATURES_MAX];
    size_t n = feature_word(l->features, word, len, &s->prev, hashes);
    linear_add(l, s, hashes, n);
}

void
linear_logits(const struct linear *l, const struct linear_sum *s, double *out)
{
    double norm = s->features ? l->scale / sqrt((double)s->features) : 0;
    for (int c = 0; c < l->classes; c++)
        out[c] = l->bias[c] + norm * s->sum[c];
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct source {
    const char *name, *p, *end;
    int line;
    struct err *err;
};

/* The next line that is no comment, without its end; false at the end. */
static bool
next_line(struct source *s, const char **line, size_t *len)
{
    while (s->p < s->end) {
        const char *eol = memchr(s->p, '\n', (size_t)(s->end - s->p));
        if (!eol)
            eol = s->end;
        *line = s->p;
        *len = (size_t)(eol - s->p);
        s->p = eol < s->end ? eol + 1 : eol;
        s->line++;
        if (*len > 0 && **line != '#')
            return true;
    }
    return false;
}

static bool
wrong(struct source *s, const char *reason)
{
    return err_set(s->err, "%s:%d:1: %s", s->name, s->line, reason);
}

static bool
read_head(struct linear *l, struct source *s)
{
    const char *line;
    size_t len;
    char copy[80];
    while (next_line(s, &line, &len)) {
        if (len >= sizeof copy)
            return wrong(s, "a line too long");
        memcpy(copy, line, len);
        copy[len] = 0;
        if (strcmp(copy, "weights") == 0)
            return (l->classes > 0 && isfinite(l->scale)) || wrong(s, "no class, or no scale");
        if (sscanf(copy, "features %u", &l->features) == 1 ||
            sscanf(copy, "scale %lf", &l->scale) == 1)
            continue;
        if (sscanf(copy, "buckets %u", &l->buckets) == 1) {
            if (l->buckets < ROW || l->buckets > BUCKETS_MAX || (l->buckets & (l->buckets - 1)))
                return wrong(s, "not a number of buckets");
            continue;
        }
        if (l->classes == LINEAR_CLASSES ||
            sscanf(copy, "class %23s %lf", l->names[l->classes], &l->bias[l->classes]) != 2)
            return wrong(s, "unknown line");
        if (!isfinite(l->bias[l->classes]))
            return wrong(s, "not a number");
        l->classes++;
    }
    return wrong(s, "no weights");
}

static bool
read_weights(struct linear *l, struct source *s)
{
    size_t total = (size_t)l->buckets * (size_t)l->classes, at = 0, len;
    const char *line;
    l->weight = xcalloc(total, 1);
    while (next_line(s, &line, &len)) {
        if (*line == '=') {
            unsigned long skip = strtoul(line + 1, NULL, 10);
            if (skip > l->buckets)
                return wrong(s, "too many buckets");
            at += skip * (size_t)l->classes;
            continue;
        }
        for (size_t i = 0; i + 1 < len; i += 2) {
            int a = hex_digit(line[i]), b = hex_digit(line[i + 1]);
            if (a < 0 || b < 0 || at >= total)
                return wrong(s, "not a weight");
            l->weight[at++] = (int8_t)(uint8_t)(a << 4 | b);
        }
    }
    return at == total || wrong(s, "too few or too many weights");
}

struct linear *
linear_load(const char *name, const char *text, size_t n, struct err *err)
{
    struct linear *l = xcalloc(1, sizeof *l);
    struct source s = {name, text, text + n, 0, err};
    l->buckets = LINEAR_BUCKETS;
    if (!read_head(l, &s) || !read_weights(l, &s))
        linear_destroy(&l);
    return l;
}

void
linear_destroy(struct linear **l)
{
    if (!*l)
        return;
    free((*l)->weight);
    free(*l);
    *l = NULL;
}

void
linear_print(const struct linear *l, const char *notes, struct buf *out)
{
    while (*notes) {
        size_t n = strcspn(notes, "\n");
        buf_printf(out, "# %.*s\n", (int)n, notes);
        notes += n + (notes[n] == '\n');
    }
    buf_printf(out, "features %u\n", l->features);
    if (l->buckets != LINEAR_BUCKETS)
        buf_printf(out, "buckets %u\n", l->buckets);
    buf_printf(out, "scale %.9g\n", l->scale);
    for (int c = 0; c < l->classes; c++)
        buf_printf(out, "class %s %.9g\n", l->names[c], l->bias[c]);
    buf_append_str(out, "weights\n");
    size_t row = (size_t)ROW * (size_t)l->classes, empty = 0;
    for (size_t b = 0; b < l->buckets; b += ROW) {
        const int8_t *w = l->weight + b * (size_t)l->classes;
        bool any = false;
        for (size_t i = 0; i < row; i++)
            any |= w[i] != 0;
        if (!any) {
            empty += ROW;
            continue;
        }
        if (empty)
            buf_printf(out, "= %zu\n", empty);
        empty = 0;
        for (size_t i = 0; i < row; i++)
            buf_printf(out, "%02x", (unsigned)(uint8_t)w[i]);
        buf_append_char(out, '\n');
    }
    if (empty)
        buf_printf(out, "= %zu\n", empty);
}
