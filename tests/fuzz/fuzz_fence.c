/* Whatever others wrote, it stays inside its fence, within its bytes, and holds nothing that a model may take for
 * structure. The first byte is the limit, the second whether something stands before it. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/fence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An instruction mark such as "[INST]" or "[/SYS]". */
static bool
is_bracket_mark(const char *p)
{
    p += 1 + (p[1] == '/');
    size_t n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return n >= 2 && p[n] == ']';
}

static void
check_line(const char *p)
{
    static const char *const rules[] = {"#", "---", "===", "```", "***", "~~~", " ", "\n"};
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        assert(strncmp(p, rules[i], strlen(rules[i])) != 0);
}

static void
check_body(const char *p, size_t n, size_t max)
{
    bool word_starts = true;
    assert(n <= max && strlen(p) == n && utf8_valid(p, n));
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp;
        if (i == 0 || p[i - 1] == '\n')
            check_line(p + i);
        used = utf8_decode(p + i, n - i, &cp);
        assert(cp == '\n' || (cp >= ' ' && cp != 0x7f && cp != '<' && cp != '>'));
        assert(!word_starts || !fence_role(p + i, n - i));
        assert(cp != '[' || !is_bracket_mark(p + i));
        word_starts = !utf8_cp_in_word(cp);
    }
}

static void
check_cut(const char *text, size_t max)
{
    struct buf b;
    buf_init(&b, SIZE_MAX);
    utf8_repair(&b, text, strlen(text));
    size_t before = b.len;
    char *whole = xstrndup(b.p, b.len);
    fence_cut(&b, max);
    assert(b.len <= max && b.len <= before && utf8_valid(b.p, b.len));
    size_t kept = b.len >= 3 && memcmp(b.p + b.len - 3, "…", 3) == 0 ? b.len - 3 : b.len;
    assert(memcmp(b.p, whole, kept) == 0);
    free(whole);
    buf_finish(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char head[] = "<background>\nSaid by others.\n", tail[] = "\n</background>";
    if (size < 2)
        return 0;
    size_t max = data[0] & 1 ? 1 + data[0] / 2 : 1500;
    const char *before = data[1] & 1 ? "Be brief." : "";
    char *text = xstrndup((const char *)data + 2, size - 2);
    struct buf out;
    buf_init(&out, 1 << 16);
    buf_append_str(&out, before);
    if (fence_append(&out, "background", "Said by others.", text, max)) {
        char *p = out.p + strlen(before), *end = out.p + out.len - strlen(tail);
        if (*before) {
            assert(memcmp(p, "\n\n", 2) == 0);
            p += 2;
        }
        assert(memcmp(p, head, strlen(head)) == 0 && strcmp(end, tail) == 0);
        p += strlen(head);
        *end = 0;
        check_body(p, (size_t)(end - p), max);
    } else {
        assert(strcmp(out.p, before) == 0);
    }
    check_cut(text, max);
    buf_finish(&out);
    free(text);
    return 0;
}
