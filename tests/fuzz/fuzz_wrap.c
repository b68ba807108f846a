/* Rows of any bytes at any width: none too wide, the whole text in order, no cluster split; and flow gives
 * the same rows for a text that grows as for the whole. The first byte is the width, the second the step. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "ui/text/flow.h"
#include "ui/text/wrap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_rows(const struct flat *f, int width, enum wrap_mode mode)
{
    for (size_t at = 0; at < f->len;) {
        struct wrap_row row;
        int lone;
        wrap_next(f->text, f->len, at, width, mode, &row);
        assert(row.next > at && row.end >= at && row.end <= row.next);
        assert(row.cols == utf8_width(f->text + at, row.end - at));
        size_t first = utf8_cluster(f->text + at, f->len - at, &lone);
        assert(row.cols <= width || row.end - at == first);
        for (size_t i = row.end; i < row.next; i++)
            assert(f->text[i] == ' ' || f->text[i] == '\n');
        at = row.next;
    }
}

static void
check_growth(const char *p, size_t n, int width, size_t step)
{
    struct flow *grown = flow_create(FLOW_TEXT), *whole = flow_create(FLOW_TEXT);
    flow_set_width(grown, width);
    flow_set_width(whole, width);
    for (size_t i = 0; i < n; i += step) {
        flow_update(grown, p, i, false);
        flow_row_count(grown);
    }
    flow_update(grown, p, n, false);
    flow_update(whole, p, n, false);
    size_t rows = flow_row_count(whole);
    assert(rows == flow_row_count(grown));
    for (size_t i = 0; i < rows; i++) {
        struct flow_row a, b;
        flow_get(grown, i, &a);
        flow_get(whole, i, &b);
        assert(a.len == b.len && a.cols == b.cols && a.span_count == b.span_count);
        assert(memcmp(a.text, b.text, a.len) == 0);
    }
    flow_destroy(&grown);
    flow_destroy(&whole);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    int width = data[0] % 100 + 1;
    const char *p = (const char *)data + 2;
    struct flat f;
    flat_init(&f);
    flat_add(&f, p, size - 2, FLOW_PLAIN, 0);
    check_rows(&f, width, WRAP_WORDS);
    check_rows(&f, width, WRAP_CHARS);
    flat_finish(&f);
    check_growth(p, size - 2, width, data[1] % 50 + 1u + size / 500);
    return 0;
}
