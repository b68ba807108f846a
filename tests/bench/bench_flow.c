/* What it costs to turn arriving text into rows. A table: work, microseconds, ns a byte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "ui/text/flow.h"
#include "berdua/base/safe.h"

enum { ROUNDS = 7 };

static void
words(struct buf *b, struct rng *r, size_t bytes)
{
    static const char *const list[] = {"visa ",   "tinggal ", "untuk ", "investor, ", "kamu ",
                                       "sekali ", "boleh. ",  "Kak ",   "dengan ",    "imigrasi "};
    size_t end = b->len + bytes;
    while (b->len < end)
        buf_append_str(b, list[rng_below(r, 10)]);
}

/* Paragraphs of some 60 tokens; every fifth has emphasis, every ninth is a list. */
static void
answer(struct buf *b, size_t bytes, bool markup)
{
    struct rng r = {9};
    for (int i = 0; b->len < bytes; i++) {
        if (markup && i % 9 == 4) {
            for (int k = 0; k < 5; k++) {
                buf_append_str(b, "- **Langkah:** ");
                words(b, &r, 60);
                buf_append_str(b, "\n");
            }
            buf_append_str(b, "\n");
            continue;
        }
        if (markup && i % 5 == 0)
            buf_append_str(b, "Yang **penting** ");
        words(b, &r, 360);
        buf_append_str(b, "\n\n");
    }
}

/* The best time of growing the text in steps from `from` on, the rows counted at each step. */
static int64_t
grow(enum flow_kind kind, const struct buf *b, size_t from, size_t step, size_t *rows)
{
    int64_t best = INT64_MAX;
    for (int i = 0; i < ROUNDS; i++) {
        struct flow *f = flow_create(kind);
        flow_set_width(f, 56);
        if (from > 0) {
            flow_update(f, b->p, from, false);
            flow_row_count(f);
        }
        int64_t start = clock_us();
        for (size_t n = from; n < b->len;) {
            n = n + step < b->len ? n + step : b->len;
            flow_update(f, b->p, n, false);
            *rows = flow_row_count(f);
        }
        int64_t us = clock_us() - start;
        best = us < best ? us : best;
        flow_destroy(&f);
    }
    return best;
}

static void
report(const char *what, int64_t us, size_t bytes, size_t updates, size_t rows)
{
    printf("%-44s %9lld us %8.1f ns/byte %9.2f us/update %7zu rows\n", what, (long long)us,
           (double)us * 1000 / (double)bytes, (double)us / (double)updates, rows);
}

static void
measure(const char *what, enum flow_kind kind, struct buf *b, size_t from, size_t step)
{
    size_t rows = 0;
    int64_t us = grow(kind, b, from, step, &rows);
    report(what, us, b->len - from, (b->len - from + step - 1) / step, rows);
    buf_clear(b);
}

static void
primitives(struct buf *b)
{
    struct rng r = {3};
    words(b, &r, 1000000);
    int64_t start = clock_us();
    int cols = utf8_width(b->p, b->len);
    report("utf8_width, 1 MB of ASCII", clock_us() - start, b->len, 1, (size_t)(cols > 0));
    struct buf out;
    buf_init(&out, 4000000);
    start = clock_us();
    safe_text(&out, b->p, b->len, false);
    report("safe_text, 1 MB of ASCII", clock_us() - start, b->len, 1, 0);
    buf_clear(b);
    while (b->len < 1000000)
        buf_append_str(b, "\xe4\xb8\xad\xe6\x96\x87\xc3\xa8 ");
    start = clock_us();
    cols = utf8_width(b->p, b->len);
    report("utf8_width, 1 MB of CJK", clock_us() - start, b->len, 1, (size_t)(cols > 0));
    buf_finish(&out);
    buf_clear(b);
}

int
main(void)
{
    struct buf b;
    struct rng r = {4};
    buf_init(&b, 1 << 24);
    primitives(&b);
    answer(&b, 120000, false);
    measure("20,000 tokens in 20 updates", FLOW_MARKDOWN, &b, 0, 6000);
    answer(&b, 120000, true);
    measure("the same with markup", FLOW_MARKDOWN, &b, 0, 6000);
    answer(&b, 120000, true);
    measure("the same token by token", FLOW_MARKDOWN, &b, 0, 6);
    words(&b, &r, 16000);
    measure("open paragraph of 10 KB, 1,000 x 6 bytes", FLOW_MARKDOWN, &b, b.len - 6000, 6);
    buf_append_str(&b, "**x** ");
    words(&b, &r, 16000);
    measure("the same with markup", FLOW_MARKDOWN, &b, b.len - 6000, 6);
    buf_append_str(&b, "```c\n");
    for (int i = 0; i < 400; i++)
        buf_append_str(&b, "    int x = foo(bar, baz);\t/* x */\n");
    measure("open code block of 10 KB, 1,000 x 6 bytes", FLOW_MARKDOWN, &b, b.len - 6000, 6);
    words(&b, &r, 1000000);
    measure("one line of 1 MB", FLOW_TEXT, &b, 0, b.len);
    words(&b, &r, 1000000);
    measure("one line of 1 MB as Markdown", FLOW_MARKDOWN, &b, 0, b.len);
    while (b.len < 1000000)
        buf_append_str(&b, "x");
    measure("one word of 1 MB", FLOW_TEXT, &b, 0, b.len);
    while (b.len < 1000000)
        buf_append_str(&b, "\xe4\xb8\xad\xe6\x96\x87");
    measure("1 MB of CJK", FLOW_TEXT, &b, 0, b.len);
    while (b.len < 1000000)
        buf_append_str(&b, "\x1b[31m");
    measure("1 MB of escape sequences", FLOW_TEXT, &b, 0, b.len);
    while (b.len < 1000000)
        buf_append_str(&b, "baris\n");
    measure("166,667 short lines", FLOW_TEXT, &b, 0, b.len);
    buf_finish(&b);
    return 0;
}
