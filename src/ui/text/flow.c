#include "flow.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "flow_page.h"
#include "segment.h"
#include "wrap.h"

enum { SOURCE_MAX_BYTES = 256 * 1024 * 1024 };

/* How the open segment is laid out. PLAIN and FENCE lay out only what was appended; PAGE, to which they fall back,
 * lays out the whole segment again; RAW parses nothing. The choice depends on the segment's bytes alone. */
enum style {
    PLAIN, /* nothing in it means anything to Markdown, or FLOW_TEXT */
    FENCE,
    PAGE,
    RAW, /* too much for a parser: shown as it is */
};

struct flow {
    enum flow_kind kind;
    int width;
    char *source;
    size_t len, cap;
    bool dirty;

    struct sheet sheet;
    uint32_t settled; /* rows that do not change any more */
    uint32_t edition;
    struct segmenter segmenter;

    /* the open segment */
    enum style style;
    uint32_t base;  /* rows before it */
    bool gap;       /* an empty row stands before it */
    bool begun;     /* something was laid out in this style */
    size_t judged;  /* where the bytes ended that the style was chosen by */
    size_t checked; /* PLAIN: no markup before here */
    size_t fed;     /* source before here is in flat, or (FENCE) in rows that stay */
    struct flat flat;
    size_t open_at;    /* the last row begins here in flat */
    uint32_t open_row; /* and stands after this many rows */
    size_t page_end;   /* PAGE: what the rows show */
    struct page page;
};

struct flow *
flow_create(enum flow_kind kind)
{
    struct flow *f = xcalloc(1, sizeof *f);
    f->kind = kind;
    f->width = 80;
    flat_init(&f->flat);
    page_init(&f->page);
    return f;
}

void
flow_destroy(struct flow **f)
{
    if (!*f)
        return;
    sheet_finish(&(*f)->sheet);
    flat_finish(&(*f)->flat);
    page_finish(&(*f)->page);
    free((*f)->source);
    free(*f);
    *f = NULL;
}

static void
open_segment(struct flow *f, bool gap)
{
    f->base = f->settled = f->open_row = f->sheet.count;
    f->gap = gap;
    f->style = PLAIN;
    f->begun = false;
    f->judged = 0;
}

static void
start_over(struct flow *f)
{
    sheet_truncate(&f->sheet, 0);
    f->segmenter = (struct segmenter){0};
    f->edition++;
    open_segment(f, false);
    f->dirty = true;
}

void
flow_set_width(struct flow *f, int cols)
{
    if (cols < 1)
        cols = 1;
    if (cols == f->width)
        return;
    f->width = cols;
    start_over(f);
}

/* Three samples are compared: a text that grew is far more likely than one that was edited. */
static bool
begins_alike(const struct flow *f, const char *text)
{
    size_t n = f->len < 64 ? f->len : 64;
    return memcmp(f->source, text, n) == 0 &&
           memcmp(f->source + f->len - n, text + f->len - n, n) == 0 &&
           memcmp(f->source + (f->len - n) / 2, text + (f->len - n) / 2, n) == 0;
}

void
flow_update(struct flow *f, const char *text, size_t len, bool replaced)
{
    if (len > SOURCE_MAX_BYTES)
        len = SOURCE_MAX_BYTES;
    if (replaced || len < f->len || (f->len > 0 && !begins_alike(f, text))) {
        f->len = 0;
        start_over(f);
    }
    if (len == f->len)
        return;
    if (len > f->cap) {
        f->cap = len + len / 2;
        f->source = xrealloc(f->source, f->cap);
    }
    memcpy(f->source + f->len, text + f->len, len - f->len);
    f->len = len;
    f->dirty = true;
}

static void
change_style(struct flow *f, enum style style, size_t begin)
{
    if (f->begun && f->style == style)
        return;
    f->style = style;
    f->begun = true;
    sheet_truncate(&f->sheet, f->base);
    flat_clear(&f->flat);
    f->open_at = 0;
    f->open_row = f->base;
    f->settled = f->base;
    f->fed = begin;
    f->page_end = 0;
}

/* The gap row, just before the segment's first row. */
static void
lay_gap(struct flow *f, size_t source)
{
    if (f->gap && f->base > 0 && f->sheet.count == f->base)
        sheet_begin(&f->sheet, source);
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t
trimmed(const struct flow *f, size_t begin, size_t end)
{
    while (end > begin && is_space(f->source[end - 1]))
        end--;
    return end;
}

/* Is this text nothing but words for Markdown? Most markup shows in a line's first character; a bare CR ends a
 * line for Markdown. */
static bool
is_plain(const struct flow *f, size_t begin, size_t from, size_t end)
{
    static const char anywhere[] = "*_`~[<&|\\", in_front[] = " \t#>+-=0123456789";
    for (size_t i = from; i < end; i++) {
        char c = f->source[i];
        bool bare = c == '\r' && (i + 1 == f->len || f->source[i + 1] != '\n');
        bool first = i == begin || f->source[i - 1] == '\n';
        if (bare || memchr(anywhere, c, sizeof anywhere - 1) ||
            (first && memchr(in_front, c, sizeof in_front - 1)))
            return false;
    }
    return true;
}

/* Appends what is new to flat, and makes the rows from the last one on. */
static void
lay_plain(struct flow *f, size_t end)
{
    struct sheet *s = &f->sheet;
    if (end > f->fed) {
        flat_add(&f->flat, f->source + f->fed, end - f->fed, FLOW_PLAIN, f->fed);
        f->fed = end;
    }
    sheet_truncate(s, f->open_row);
    size_t at = f->open_at, n = f->flat.len;
    struct wrap_row row = {.open = false};
    for (; at < n; at = row.next) {
        wrap_next(f->flat.text, n, at, f->width, WRAP_WORDS, &row);
        size_t source = flat_source(&f->flat, at);
        lay_gap(f, source);
        if (row.open)
            break;
        sheet_begin(s, source);
        sheet_put_flat(s, &f->flat, at, row.end, row.cols);
    }
    f->open_at = at;
    f->open_row = s->count;
    if (at < n) {
        sheet_begin(s, flat_source(&f->flat, at));
        sheet_put_flat(s, &f->flat, at, row.end, row.cols);
    }
}

/* One line of a FLOW_TEXT, which ends at end. */
static void
lay_text(struct flow *f, size_t begin, size_t end)
{
    change_style(f, PLAIN, begin);
    if (end > begin && f->source[end - 1] == '\r')
        end--;
    lay_plain(f, end);
    f->settled = f->open_row;
}

static void
lay_code_line(struct flow *f, size_t at, size_t end, size_t indent)
{
    int margin = code_margin(f->width);
    while (indent > 0 && at < end && f->source[at] == ' ') {
        at++;
        indent--;
    }
    if (end > at && f->source[end - 1] == '\r')
        end--;
    flat_clear(&f->flat);
    flat_add(&f->flat, f->source + at, end - at, FLOW_CODE, at);
    lay_gap(f, at);
    size_t from = 0;
    do {
        struct wrap_row row = {.end = 0, .next = 0};
        if (f->flat.len > 0)
            wrap_next(f->flat.text, f->flat.len, from, f->width - margin, WRAP_CHARS, &row);
        sheet_begin(&f->sheet, f->flat.len > 0 ? flat_source(&f->flat, from) : at);
        if (row.end > from)
            sheet_put_spaces(&f->sheet, margin);
        sheet_put_flat(&f->sheet, &f->flat, from, row.end, row.cols);
        from = row.next;
    } while (from < f->flat.len);
}

/* The line that opens the fence: the language that it names. */
static void
lay_language(struct flow *f, size_t at, size_t n, const struct fence *fence)
{
    size_t skipped = fence->indent + fence->len;
    while (skipped < n && is_space(f->source[at + skipped]))
        skipped++;
    size_t len = segment_language(f->source + at + skipped, n - skipped);
    if (len == 0)
        return;
    lay_gap(f, at);
    sheet_begin(&f->sheet, at);
    put_language(&f->sheet, f->source + at + skipped, len, f->width);
}

/* The beginning of a closing fence is not shown as code while it arrives. */
static bool
may_become_fence(const char *p, size_t n, char c)
{
    size_t i = 0;
    while (i < 3 && i < n && p[i] == ' ')
        i++;
    if (i == n)
        return false;
    while (i < n && p[i] == c)
        i++;
    return i == n;
}

static void
lay_fence(struct flow *f, size_t begin, size_t end, const struct fence *fence)
{
    sheet_truncate(&f->sheet, f->open_row);
    while (f->fed < end) {
        const char *line = f->source + f->fed;
        const char *nl = memchr(line, '\n', end - f->fed);
        size_t n = nl ? (size_t)(nl - line) : end - f->fed;
        if (f->fed > begin) {
            if (segment_closes_fence(line, n, fence->c, fence->len))
                return;
            if (nl || !may_become_fence(line, n, fence->c))
                lay_code_line(f, f->fed, f->fed + n, fence->indent);
        } else if (nl) {
            lay_language(f, begin, n, fence);
        }
        if (!nl)
            return;
        f->fed += n + 1;
        f->open_row = f->settled = f->sheet.count;
    }
}

/* While text arrives, a lone "-" under a paragraph is the beginning of a list far more often than the
 * line under a heading: it waits. */
static size_t
hold_back(const struct flow *f, size_t begin, size_t end, size_t seen)
{
    if (memchr(f->source + end, '\n', seen - end))
        return end;
    size_t i = end;
    while (i > begin && (f->source[i - 1] == '-' || f->source[i - 1] == '='))
        i--;
    if (i == end)
        return end;
    while (i > begin && f->source[i - 1] == ' ')
        i--;
    return i > begin && f->source[i - 1] == '\n' ? trimmed(f, begin, i) : end;
}

static void
lay_page(struct flow *f, size_t begin, size_t end)
{
    change_style(f, PAGE, begin);
    if (end == f->page_end)
        return;
    f->page_end = end;
    if (!page_read(&f->page, f->source + begin, end - begin, begin)) {
        change_style(f, RAW, begin);
        lay_plain(f, end);
        return;
    }
    sheet_truncate(&f->sheet, f->base);
    lay_gap(f, begin);
    page_lay(&f->page, &f->sheet, f->width);
}

/* The segment from begin to end; closed: nothing will be appended to it. */
static void
lay_segment(struct flow *f, size_t begin, size_t seen, bool closed)
{
    struct fence fence;
    const char *p = f->source + begin;
    const char *nl = memchr(p, '\n', seen - begin);
    size_t first_line = nl ? (size_t)(nl - p) : seen - begin;
    if (segment_opens_fence(p, first_line, &fence)) {
        change_style(f, FENCE, begin);
        lay_fence(f, begin, seen, &fence);
        return;
    }
    size_t end = trimmed(f, begin, seen);
    if (end == begin)
        return;
    if (end < f->judged) /* the style was chosen by bytes that now belong to the next segment */
        f->begun = false;
    f->judged = end;
    if (f->style == FENCE || !f->begun) {
        change_style(f, PLAIN, begin);
        f->checked = begin;
    }
    bool plain = f->style == PLAIN && is_plain(f, begin, f->checked, end);
    if (plain)
        f->checked = end;
    if (plain || f->style == RAW)
        lay_plain(f, end);
    else
        lay_page(f, begin, closed ? end : hold_back(f, begin, end, seen));
}

/* A code point or a CR LF that is not whole yet is not shown. */
static size_t
visible(const struct flow *f)
{
    size_t n = utf8_whole_prefix(f->source, f->len);
    return n > 0 && f->source[n - 1] == '\r' ? n - 1 : n;
}

static void
read_text(struct flow *f, size_t n)
{
    struct segmenter *s = &f->segmenter;
    const char *nl;
    while ((nl = memchr(f->source + s->searched, '\n', n - s->searched))) {
        size_t end = (size_t)(nl - f->source);
        lay_text(f, s->begin, end);
        if (f->sheet.count == f->base) /* an empty line is a row too */
            sheet_begin(&f->sheet, s->begin);
        s->begin = s->searched = end + 1;
        open_segment(f, false);
    }
    s->searched = n;
    if (n > s->begin)
        lay_text(f, s->begin, n);
}

static void
bring_up_to_date(struct flow *f)
{
    if (!f->dirty)
        return;
    f->dirty = false;
    size_t n = visible(f);
    if (n == 0)
        return;
    if (f->kind == FLOW_TEXT) {
        read_text(f, n);
        return;
    }
    struct cut cut;
    while (segment_next(&f->segmenter, f->source, n, &cut)) {
        lay_segment(f, cut.begin, cut.at, true);
        open_segment(f, cut.gap);
    }
    if (n > f->segmenter.begin)
        lay_segment(f, f->segmenter.begin, n, false);
}

size_t
flow_row_count(struct flow *f)
{
    bring_up_to_date(f);
    return f->sheet.count;
}

void
flow_get(struct flow *f, size_t row, struct flow_row *out)
{
    bring_up_to_date(f);
    *out = (struct flow_row){.text = ""};
    if (row >= f->sheet.count)
        return;
    const struct sheet_row *r = &f->sheet.rows[row];
    if (r->len > 0)
        out->text = f->sheet.text + r->text;
    out->len = r->len;
    out->cols = r->cols;
    if (r->span_count > 0)
        out->spans = f->sheet.spans + r->span;
    out->span_count = r->span_count;
    out->links = &f->sheet.links;
    out->source = r->source;
    out->settled = row < f->settled;
}

size_t
flow_row_of(struct flow *f, size_t source_offset)
{
    bring_up_to_date(f);
    uint32_t rows = flat_count_upto(f->sheet.rows, f->sheet.count, sizeof *f->sheet.rows,
                                    offsetof(struct sheet_row, source), source_offset);
    return rows > 0 ? rows - 1 : 0;
}

uint32_t
flow_edition(const struct flow *f)
{
    return f->edition;
}
