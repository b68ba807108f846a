#include "hyperlink.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/safe.h"
#include "berdua/base/utf8.h"

/* Bytes of the scheme, with the "//" behind it; 0: none that is let through. */
static size_t
scheme_len(const char *p, size_t n)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
        size_t len = strlen(schemes[i]);
        if (n > len && strncasecmp(p, schemes[i], len) == 0)
            return len;
    }
    return 0;
}

bool
link_address(struct buf *out, const char *p, size_t n)
{
    size_t before = out->len;
    bool ok = scheme_len(p, n) > 0;
    for (size_t i = 0, len; ok && i < n; i += len) {
        uint32_t cp;
        len = utf8_decode(p + i, n - i, &cp);
        ok = len > 0 && cp > 0x20 && cp != 0xfffd && safe_classify(cp) == SAFE_KEEP;
        if (ok && cp < 0x7f)
            ok = buf_append(out, p + i, 1);
        for (size_t k = 0; ok && cp >= 0x7f && k < len; k++) {
            char coded[4];
            snprintf(coded, sizeof coded, "%%%02X", (unsigned)(unsigned char)p[i + k]);
            ok = buf_append_str(out, coded);
        }
        ok = ok && out->len - before <= LINK_MAX_BYTES;
    }
    if (!ok)
        buf_truncate(out, before);
    return ok;
}

/* ---- what the text says ---- */

static void
skip(const char **p, size_t *n, size_t by)
{
    *p += by;
    *n -= by;
}

/* Without what is not said of a place as often as it is. */
static void
strip(const char **p, size_t *n)
{
    skip(p, n, scheme_len(*p, *n));
    if (*n > 4 && strncasecmp(*p, "www.", 4) == 0)
        skip(p, n, 4);
}

static bool
is_label_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

bool
link_says(const char *text, size_t text_len, const char *p, size_t n)
{
    if (n > 7 && text_len == n - 7 && memcmp(p, "mailto:", 7) == 0)
        skip(&p, &n, 7);
    return text_len == n && memcmp(text, p, n) == 0;
}

/* "imigrasi.go.id/visa", "kantor@visa.id", but not "1.5" or "e.g". */
static bool
names_a_place(const char *p, size_t n)
{
    for (size_t i = 0; i + 2 < n; i++)
        if (memcmp(p + i, "://", 3) == 0)
            return true;
    size_t end = 0, dot = 0;
    while (end < n && !strchr("/?#:", p[end])) {
        if (p[end] == '.')
            dot = end;
        end++;
    }
    if (dot == 0 || !is_label_byte(p[dot - 1]) || end - dot < 3)
        return false;
    for (size_t i = dot + 1; i < end; i++)
        if (!is_label_byte(p[i]) || (p[i] >= '0' && p[i] <= '9'))
            return false;
    return true;
}

bool
link_misleads(const char *text, size_t text_len, const char *p, size_t n)
{
    static const char between[] = " \n()[]{}<>\"'`,;", behind[] = ".:!?";
    strip(&p, &n);
    for (size_t i = 0, end; i < text_len; i = end + 1) {
        for (end = i; end < text_len && !memchr(between, text[end], sizeof between - 1);)
            end++;
        const char *word = text + i;
        size_t len = end - i;
        while (len > 0 && memchr(behind, word[len - 1], sizeof behind - 1))
            len--;
        if (!names_a_place(word, len))
            continue;
        strip(&word, &len);
        bool begins = len <= n && strncasecmp(word, p, len) == 0;
        if (!begins || (len < n && word[len - 1] != '/' && !strchr("/?#", p[len])))
            return true;
    }
    return false;
}

/* ---- kept ---- */

static void
append(struct addresses *k, const char *p, size_t n)
{
    if (n > k->cap - k->len) {
        k->cap = (uint32_t)(k->len + n + (k->len + n) / 2);
        k->p = xrealloc(k->p, k->cap);
    }
    memcpy(k->p + k->len, p, n);
    k->len += (uint32_t)n;
}

uint32_t
addresses_keep(struct addresses *k, const char *address)
{
    size_t n = strlen(address) + 1;
    if (n == 1)
        return 0;
    if (k->len > n && memcmp(k->p + k->len - n, address, n) == 0 && k->p[k->len - n - 1] == 0)
        return k->len - (uint32_t)n;
    if (k->len == 0)
        append(k, "", 1);
    append(k, address, n);
    return k->len - (uint32_t)n;
}

void
addresses_append(struct addresses *k, const struct addresses *other)
{
    if (other->len > 0)
        append(k, other->p, other->len);
}

const char *
addresses_at(const struct addresses *k, uint32_t at)
{
    return at ? k->p + at : "";
}
