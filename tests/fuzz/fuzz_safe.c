/* Whatever comes in, what goes out is valid and harmless, and harmless text stays as it is. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/utf8.h"
#include "berdua/base/safe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const char *p, size_t n, bool one_line)
{
    assert(utf8_valid(p, n));
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += utf8_decode(p + i, n - i, &cp);
        assert(cp >= 0x20 || (!one_line && (cp == '\n' || cp == '\t')));
        assert(cp < 0x7f || cp > 0x9f);
        assert((cp < 0x202a || cp > 0x202e) && (cp < 0x2066 || cp > 0x2069));
        assert(cp < 0xe0000 || cp > 0xe0fff);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf once, twice;
    buf_init(&once, 16 << 20);
    buf_init(&twice, 16 << 20);
    safe_text(&once, (const char *)data, size, false);
    check(once.p, once.len, false);
    safe_text(&twice, once.p, once.len, false);
    assert(once.len == twice.len && memcmp(once.p, twice.p, once.len) == 0);
    buf_clear(&once);
    safe_text(&once, (const char *)data, size, true);
    check(once.p, once.len, true);
    buf_clear(&once);
    utf8_fold(&once, (const char *)data, size);
    assert(utf8_valid(once.p, once.len));
    buf_finish(&once);
    buf_finish(&twice);
    return 0;
}
