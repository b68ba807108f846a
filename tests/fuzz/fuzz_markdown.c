/* Markdown of any bytes: rows within the width, spans in order, and the same rows however it arrives.
 * The first byte is the width, the second the step. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "ui/text/flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_row(const struct flow_row *row, int width)
{
    assert(utf8_valid(row->text, row->len));
    assert(row->cols == utf8_width(row->text, row->len));
    assert(row->cols <= width || (width == 1 && row->cols == 2));
    for (size_t i = 0; i < row->len; i++)
        assert((unsigned char)row->text[i] >= 0x20 && row->text[i] != 0x7f);
    size_t at = 0;
    for (size_t k = 0; k < row->span_count; k++) {
        assert(row->spans[k].start >= at && row->spans[k].len > 0);
        at = row->spans[k].start + row->spans[k].len;
    }
    assert(at <= row->len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    int width = data[0] % 100 + 1;
    size_t n = size - 2, step = data[1] % 50 + 1u + size / 200;
    const char *p = (const char *)data + 2;
    struct flow *grown = flow_create(FLOW_MARKDOWN), *whole = flow_create(FLOW_MARKDOWN);
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
        check_row(&a, width);
        assert(a.len == b.len && a.cols == b.cols && a.settled == b.settled);
        assert(a.span_count == b.span_count && memcmp(a.text, b.text, a.len) == 0);
    }
    flow_destroy(&grown);
    flow_destroy(&whole);
    return 0;
}
