/* Whatever parses prints, and what was printed parses to the same print; strings are free of NUL and
 * valid UTF-8. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct json *v)
{
    const char *s = json_str(v);
    const char *key = json_key(v);
    assert(!s || utf8_valid(s, strlen(s)));
    assert(!key || utf8_valid(key, strlen(key)));
    for (const struct json *c = json_first(v); c; c = json_next(c))
        check(c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = xmalloc(size); /* exact, so that a read past the end is found */
    if (size)
        memcpy(copy, data, size);
    struct json *v = json_parse(copy, size, NULL);
    struct json *part = json_parse_part(copy, size, NULL);
    assert(!v == !part); /* only strings differ */
    json_free(part);
    free(copy);
    if (!v)
        return 0;
    struct buf once, twice;
    buf_init(&once, 64 << 20);
    buf_init(&twice, 64 << 20);
    check(v);
    assert(json_print(v, &once));
    struct json *again = json_parse(once.p, once.len, NULL);
    assert(again && json_print(again, &twice));
    assert(once.len == twice.len && memcmp(once.p, twice.p, once.len) == 0);
    json_merge(again, v);
    json_free(again);
    json_free(v);
    buf_finish(&once);
    buf_finish(&twice);
    return 0;
}
