#include "berdua/base/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

enum { ZWJ = 0x200d, VS16 = 0xfe0f, KEYCAP = 0x20e3, BAD = 0xfffd };

/* Widths where utf8proc and the C library (and with it curses and most terminals) disagree. The C library is
 * followed, because an empty column does less harm than an overwritten one. Sorted by first. */
static const struct {
    uint32_t first, last;
    int cols;
} overrides[] = {
    {0x0000, 0x001f, 0},   {0x007f, 0x009f, 0}, {0x00ad, 0x00ad, 0}, {0x0600, 0x0605, 1},
    {0x06dd, 0x06dd, 1},   {0x070f, 0x070f, 1}, {0x0890, 0x0891, 1}, {0x08e2, 0x08e2, 1},
    {0x1160, 0x11ff, 0}, /* jamo that join a syllable */
    {0x3248, 0x324f, 2},   {0x4dc0, 0x4dff, 2}, {0xd7b0, 0xd7fb, 0}, {0x110bd, 0x110bd, 1},
    {0x110cd, 0x110cd, 1},
};

/* The number of continuation bytes after lead byte c, and the allowed range of the first of them. */
static int
lead_info(unsigned char c, unsigned char *lo, unsigned char *hi)
{
    *lo = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
    *hi = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
    return c < 0xc2 || c > 0xf4 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
}

size_t
utf8_decode(const char *p, size_t n, uint32_t *cp)
{
    *cp = BAD;
    if (n == 0)
        return 0;
    unsigned char c = (unsigned char)p[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    unsigned char lo, hi;
    int more = lead_info(c, &lo, &hi);
    if (more == 0)
        return 1;
    uint32_t value = c & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((size_t)i >= n)
            return 0;
        unsigned char d = (unsigned char)p[i];
        if (d < lo || d > hi)
            return 1;
        value = value << 6 | (d & 0x3fu);
        lo = 0x80;
        hi = 0xbf;
    }
    *cp = value;
    return (size_t)more + 1;
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
    if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        cp = BAD;
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

size_t
utf8_whole_prefix(const char *p, size_t n)
{
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        unsigned char c = (unsigned char)p[n - back];
        if (c < 0x80)
            break;
        if (c >= 0xc0) {
            uint32_t cp;
            return utf8_decode(p + n - back, back, &cp) == 0 ? n - back : n;
        }
    }
    return n;
}

/* Most texts are nothing else, and each key looks at the whole of one. */
static size_t
ascii_run(const char *p, size_t n)
{
    size_t i = 0;
    for (uint64_t eight; n - i >= sizeof eight; i += sizeof eight) {
        memcpy(&eight, p + i, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (i < n && !(p[i] & 0x80))
        i++;
    return i;
}

/* The offset of the first byte that is not valid, n when there is none. *left: 0 when only the end is missing. */
static size_t
valid_run(const char *p, size_t n, size_t *left)
{
    size_t i = 0, len = 1;
    uint32_t cp;
    while ((i += ascii_run(p + i, n - i)) < n) {
        len = utf8_decode(p + i, n - i, &cp);
        if (len < 2)
            break;
        i += len;
    }
    *left = len;
    return i;
}

bool
utf8_repair(struct buf *out, const char *p, size_t n)
{
    size_t before = out->len;
    for (size_t i = 0, bad;; i = bad ? i + 1 : n) {
        size_t run = valid_run(p + i, n - i, &bad);
        bool ok = buf_append(out, p + i, run);
        i += run;
        if (ok && i == n)
            return true;
        if (ok && buf_append_str(out, "\xef\xbf\xbd"))
            continue;
        buf_truncate(out, before);
        return false;
    }
}

bool
utf8_valid(const char *p, size_t n)
{
    size_t bad;
    return valid_run(p, n, &bad) == n;
}

/* Like utf8_decode, but never 0 for n > 0. */
static size_t
decode_any(const char *p, size_t n, uint32_t *cp)
{
    size_t len = utf8_decode(p, n, cp);
    return len == 0 && n > 0 ? 1 : len;
}

int
utf8_cp_width(uint32_t cp)
{
    if (cp >= 0x20 && cp < 0x7f)
        return 1;
    size_t lo = 0, hi = ARRAY_LEN(overrides);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (cp > overrides[mid].last)
            lo = mid + 1;
        else if (cp < overrides[mid].first)
            hi = mid;
        else
            return overrides[mid].cols;
    }
    const utf8proc_property_t *prop = utf8proc_get_property((utf8proc_int32_t)cp);
    if (prop->category == UTF8PROC_CATEGORY_MC)
        return 1; /* a spacing mark takes a column in the C library */
    return prop->charwidth > 2 ? 2 : prop->charwidth;
}

enum utf8_kind
utf8_cp_kind(uint32_t cp)
{
    /* The block of tags and selectors, and two gaps, are ignorable as a whole, assigned or not. */
    if ((cp >= 0xe0000 && cp <= 0xe0fff) || cp == 0x2065 || (cp >= 0xfff0 && cp <= 0xfff8))
        return UTF8_INVISIBLE;
    const utf8proc_property_t *prop = utf8proc_get_property((utf8proc_int32_t)cp);
    switch (prop->category) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return UTF8_CONTROL;
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CS:
        return prop->ignorable ? UTF8_INVISIBLE : UTF8_UNASSIGNED;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
        return prop->ignorable ? UTF8_INVISIBLE : UTF8_MARK;
    case UTF8PROC_CATEGORY_CF:
        return utf8_cp_width(cp) > 0 ? UTF8_VISIBLE : UTF8_INVISIBLE;
    default:
        if (prop->ignorable)
            return UTF8_INVISIBLE;
        return prop->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ? UTF8_EMOJI
                                                                             : UTF8_VISIBLE;
    }
}

static bool
is_regional(uint32_t cp)
{
    return cp >= 0x1f1e6 && cp <= 0x1f1ff;
}

/* The width of the cluster after cp joins it. 3: cp needs more than two columns and begins a new cluster. */
static int
join_width(int cols, uint32_t first, uint32_t prev, uint32_t cp)
{
    bool tone = cp >= 0x1f3fb && cp <= 0x1f3ff;
    bool wide = (cp == KEYCAP && prev == VS16) || (is_regional(first) && is_regional(cp)) ||
                (prev == ZWJ && utf8_cp_kind(first) == UTF8_EMOJI) || (tone && prev == VS16) ||
                ((cp == VS16 || tone) && utf8_cp_kind(prev) == UTF8_EMOJI);
    return wide ? 2 : cols + utf8_cp_width(cp);
}

/* No mark begins with these bytes: ASCII, letters of Latin, Greek, Cyrillic, Hebrew and Arabic, ideographs. */
static bool
begins_anew(const char *p, size_t n)
{
    unsigned char c = n > 0 ? (unsigned char)p[0] : 0, d = n > 1 ? (unsigned char)p[1] : 0;
    return c < 0x80 || c == 0xc3 || (c >= 0xce && c <= 0xd1) || (c == 0xd7 && d >= 0x90) ||
           (c == 0xd8 && d >= 0xa1) || (c == 0xd9 && d >= 0x81 && d <= 0x8a) ||
           (c >= 0xe4 && c <= 0xe9);
}

/* Such letters, kana, ideographs and whole Hangul syllables are a cluster alone before such bytes: no table is needed. */
static bool
stands_alone(uint32_t cp)
{
    return (cp >= 0xc0 && cp <= 0x24f) || (cp >= 0x391 && cp <= 0x47f) ||
           (cp >= 0x5d0 && cp <= 0x5ea) || (cp >= 0x621 && cp <= 0x63a) ||
           (cp >= 0x641 && cp <= 0x64a) || (cp >= 0x4e00 && cp <= 0x9fef) ||
           (cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x30a1 && cp <= 0x30fa) ||
           (cp >= 0xac00 && cp <= 0xd7a3);
}

size_t
utf8_cluster(const char *p, size_t n, int *width_cols)
{
    *width_cols = 0;
    if (n == 0)
        return 0;
    unsigned char c = (unsigned char)p[0];
    if (c >= 0x20 && c < 0x7f && (n == 1 || (unsigned char)p[1] < 0x80)) {
        *width_cols = 1;
        return 1;
    }
    uint32_t first, prev, cp;
    size_t len = decode_any(p, n, &first);
    if (begins_anew(p + len, n - len) && stands_alone(first)) {
        *width_cols = first < 0x3000 ? 1 : 2;
        return len;
    }
    int cols = utf8_cp_width(first);
    utf8proc_int32_t state = 0;
    prev = first;
    while (len < n) {
        size_t next = decode_any(p + len, n - len, &cp);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)prev, (utf8proc_int32_t)cp, &state))
            break;
        int wider = join_width(cols, first, prev, cp);
        if (wider > 2)
            break;
        cols = wider;
        len += next;
        prev = cp;
    }
    *width_cols = cols;
    return len;
}

int
utf8_width(const char *p, size_t n)
{
    int64_t sum = 0;
    while (n > 0) {
        int cols;
        size_t len = utf8_cluster(p, n, &cols);
        sum += cols;
        p += len;
        n -= len;
    }
    return sum > INT_MAX ? INT_MAX : (int)sum;
}

size_t
utf8_fit(const char *p, size_t n, int cols)
{
    size_t used = 0;
    while (used < n) {
        int width;
        size_t len = utf8_cluster(p + used, n - used, &width);
        if (width > cols)
            break;
        cols -= width;
        used += len;
    }
    return used;
}

static utf8proc_int32_t
to_lower(utf8proc_int32_t cp, void *arg)
{
    (void)arg;
    return utf8proc_tolower(cp);
}

bool
utf8_fold(struct buf *out, const char *p, size_t n)
{
    size_t before = out->len, ascii = 0;
    while (ascii < n && (unsigned char)p[ascii] < 0x80)
        ascii++;
    if (ascii == n) {
        if (!buf_append(out, p, n))
            return false;
        for (char *s = out->p + before; s < out->p + out->len; s++)
            if (*s >= 'A' && *s <= 'Z')
                *s = (char)(*s + ('a' - 'A'));
        return true;
    }
    struct buf valid;
    buf_init(&valid, SIZE_MAX / 4);
    utf8_repair(&valid, p, n);
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len = utf8proc_map_custom(
        (const utf8proc_uint8_t *)valid.p, (utf8proc_ssize_t)valid.len, &folded,
        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE), to_lower, NULL);
    bool ok;
    if (len >= 0)
        ok = buf_append(out, folded, (size_t)len);
    else /* the library had no memory: unfolded text still serves a search */
        ok = buf_append(out, valid.p, valid.len);
    free(folded);
    buf_finish(&valid);
    return ok;
}

size_t
utf8_fold_word(const char *p, size_t n, char *out, size_t cap)
{
    enum { MOST = 256 };
    utf8proc_int32_t cps[MOST + 1]; /* reencode writes a final NUL */
    utf8proc_ssize_t count = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = utf8_decode(p + i, n - i, &cp);
        i += len ? len : n - i;
        int bound = 0;
        utf8proc_ssize_t more = utf8proc_decompose_char(
            to_lower((utf8proc_int32_t)cp, NULL), cps + count, MOST - count,
            (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE), &bound);
        if (more < 0 || more > MOST - count)
            return 0;
        count += more;
    }
    utf8proc_ssize_t len =
        utf8proc_reencode(cps, count, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (len < 0 || (size_t)len > cap)
        return 0;
    memcpy(out, cps, (size_t)len);
    return (size_t)len;
}

bool
utf8_cp_digit(uint32_t cp)
{
    return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_ND;
}

bool
utf8_cp_space(uint32_t cp)
{
    int category = utf8proc_category((utf8proc_int32_t)cp);
    return (cp >= 9 && cp <= 13) || (cp >= 0x1c && cp <= 0x1f) || cp == 0x85 ||
           category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

bool
utf8_cp_in_word(uint32_t cp)
{
    /* utf8proc's categories are in the order L?, MN, MC, ME, ND. */
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_MC) || c == UTF8PROC_CATEGORY_ND;
}

static bool
cp_is_blank(uint32_t cp)
{
    return cp <= ' ' || cp == 0x7f || cp == 0xa0 || cp == 0xad || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200f) || cp == 0x2028 || cp == 0x2029 || cp == 0x202f ||
           cp == 0x205f || cp == 0x2060 || cp == 0x3000 || cp == 0xfeff;
}

bool
utf8_blank(const char *p, size_t n)
{
    while (n > 0) {
        uint32_t cp;
        size_t len = utf8_decode(p, n, &cp);
        if (!len || !cp_is_blank(cp))
            return false;
        p += len;
        n -= len;
    }
    return true;
}

uint32_t
utf8_cp_lower(uint32_t cp)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

uint32_t
utf8_cp_upper(uint32_t cp)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}

bool
utf8_holds(const char *text, const char *part)
{
    struct buf in, what;
    buf_init(&in, SIZE_MAX);
    buf_init(&what, SIZE_MAX);
    utf8_fold(&in, text, strlen(text));
    utf8_fold(&what, part, strlen(part));
    bool holds = strstr(in.p ? in.p : "", what.p ? what.p : "") != NULL;
    buf_finish(&in);
    buf_finish(&what);
    return holds;
}
