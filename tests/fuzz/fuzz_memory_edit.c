/* What the operator's editor left of a profile: refused with its line, or read so that the same text comes out of it.
 * Before the first NUL stands the profile as it is stored, after it the text. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/jiwa/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOW_US = 2000000 };

static void
check_sane(const struct jiwa *j)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++)
        for (size_t i = 0; i < j->fields[f].count; i++) {
            const struct jiwa_item *it = &j->fields[f].v[i];
            size_t n = strlen(it->value);
            assert(n > 0 && n <= JIWA_VALUE_BYTES && utf8_valid(it->value, n));
            assert(!strpbrk(it->value, "\n\r\t\x1b"));
            assert(it->confidence >= 0 && it->confidence <= 1);
            assert(!it->quote || strlen(it->quote) <= JIWA_QUOTE_BYTES);
        }
}

static char *
edit_text(const struct jiwa *j)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    jiwa_edit_text(j, "u", &text);
    return buf_take(&text);
}

/* What is shown, saved as it is, changes nothing. */
static void
check_settled(const struct jiwa *j)
{
    struct jiwa again;
    struct err err = {""};
    char *shown = edit_text(j);
    if (!jiwa_edit_read(shown, j, NOW_US + 1, &again, &err))
        abort();
    char *shown_again = edit_text(&again);
    assert(strcmp(shown, shown_again) == 0);
    assert(jiwa_count(j) == jiwa_count(&again));
    free(shown_again);
    free(shown);
    jiwa_finish(&again);
}

static void
check_uses(const struct jiwa *j)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    jiwa_block(j, &out, JIWA_BLOCK_BYTES);
    assert(out.len <= JIWA_BLOCK_BYTES && utf8_valid(out.p, out.len));
    buf_clear(&out);
    jiwa_lines(j, "u", &out);
    assert(utf8_valid(out.p, out.len));
    buf_finish(&out);
    char *stored = jiwa_print(j);
    struct jiwa back;
    assert(jiwa_parse(&back, stored, NULL));
    check_sane(&back);
    jiwa_finish(&back);
    free(stored);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    size_t stored = nul ? (size_t)(nul - data) : 0, from = nul ? stored + 1 : 0;
    char *profile = xstrndup((const char *)data, stored);
    char *text = xstrndup((const char *)data + from, size - from);
    struct jiwa before = {0}, after;
    struct err err = {""};
    if (!jiwa_parse(&before, *profile ? profile : NULL, NULL))
        before = (struct jiwa){0};
    check_sane(&before);
    if (jiwa_edit_read(text, &before, NOW_US, &after, &err)) {
        check_sane(&after);
        check_settled(&after);
        check_uses(&after);
        struct jiwa now = {0};
        jiwa_parse(&now, *profile ? profile : NULL, NULL);
        jiwa_edit_keep(&after, &before, &now); /* nothing was inferred meanwhile */
        check_sane(&after);
        jiwa_finish(&now);
    } else {
        assert(strncmp(err.text, "line ", 5) == 0);
        assert(utf8_valid(err.text, strlen(err.text)) && jiwa_count(&after) == 0);
    }
    jiwa_finish(&after);
    jiwa_finish(&before);
    free(profile);
    free(text);
    return 0;
}
