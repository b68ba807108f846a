#include "wrap.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

void *
flat_grow(void *p, uint32_t *cap, size_t need, size_t item_bytes)
{
    if (need <= *cap)
        return p;
    size_t want = *cap < 16 ? 16 : *cap + *cap / 2;
    if (want < need)
        want = need;
    if (want > UINT32_MAX)
        want = UINT32_MAX;
    *cap = (uint32_t)want;
    return xreallocarray(p, want, item_bytes);
}

uint32_t
flat_count_upto(const void *items, uint32_t n, size_t item_bytes, size_t key, size_t most)
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2, at;
        memcpy(&at, (const char *)items + mid * item_bytes + key, sizeof at);
        if (at <= most)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void
flat_init(struct flat *f)
{
    memset(f, 0, sizeof *f);
    f->safe.for_cells = true;
}

void
flat_finish(struct flat *f)
{
    free(f->text);
    free(f->spans);
    free(f->marks);
    free(f->links.p);
    flat_init(f);
}

void
flat_clear(struct flat *f)
{
    f->len = f->span_count = f->mark_count = f->links.len = 0;
    flat_begin(f);
}

void
flat_begin(struct flat *f)
{
    f->safe = (struct safe){.for_cells = true};
    f->tab_base = f->len;
}

static void
flat_raw(struct flat *f, const char *p, size_t n, enum flow_style style, size_t source)
{
    if (n == 0)
        return;
    f->text = flat_grow(f->text, &f->cap, f->len + n, 1);
    memcpy(f->text + f->len, p, n);
    uint32_t start = f->len;
    f->len += (uint32_t)n;
    if (style != FLOW_PLAIN) {
        struct flat_span *last = f->span_count ? &f->spans[f->span_count - 1] : NULL;
        if (last && last->end == start && last->style == style && !last->link) {
            last->end = f->len;
        } else {
            f->spans = flat_grow(f->spans, &f->span_cap, f->span_count + 1u, sizeof *f->spans);
            f->spans[f->span_count++] = (struct flat_span){start, f->len, style, 0};
        }
    }
    struct flat_mark *mark = f->mark_count ? &f->marks[f->mark_count - 1] : NULL;
    if (mark && mark->source + (start - mark->at) == source)
        return;
    f->marks = flat_grow(f->marks, &f->mark_cap, f->mark_count + 1u, sizeof *f->marks);
    f->marks[f->mark_count++] = (struct flat_mark){start, (uint32_t)source};
}

static void
flat_tab(struct flat *f, enum flow_style style, size_t source)
{
    uint32_t line = f->len;
    while (line > f->tab_base && f->text[line - 1] != '\n')
        line--;
    int cols = f->len > line ? utf8_width(f->text + line, f->len - line) % TAB_COLS : 0;
    flat_raw(f, "    ", (size_t)(TAB_COLS - cols), style, source);
    f->safe.prev = ' ';
    f->tab_base = f->len;
}

void
flat_add(struct flat *f, const char *p, size_t n, enum flow_style style, size_t source)
{
    while (n > 0) {
        struct safe_piece piece;
        safe_next(&f->safe, p, n, &piece);
        if (piece.stand_in) {
            flat_raw(f, piece.p, piece.n, FLOW_CONTROL, source);
        } else {
            size_t done = 0;
            while (done < piece.n) {
                const char *tab = memchr(piece.p + done, '\t', piece.n - done);
                size_t run = tab ? (size_t)(tab - piece.p) - done : piece.n - done;
                flat_raw(f, piece.p + done, run, style, source + done);
                done += run;
                if (tab)
                    flat_tab(f, style, source + done++);
            }
        }
        p += piece.used;
        n -= piece.used;
        source += piece.used;
    }
}

void
flat_link(struct flat *f, size_t from, uint32_t link)
{
    for (uint32_t i = f->span_count; i > 0 && f->spans[i - 1].start >= from; i--)
        if (!f->spans[i - 1].link)
            f->spans[i - 1].link = link;
}

size_t
flat_source(const struct flat *f, size_t at)
{
    uint32_t before = flat_count_upto(f->marks, f->mark_count, sizeof *f->marks,
                                      offsetof(struct flat_mark, at), at);
    if (before == 0)
        return f->mark_count ? f->marks[0].source : 0;
    return f->marks[before - 1].source + (at - f->marks[before - 1].at);
}

void
sheet_finish(struct sheet *s)
{
    free(s->text);
    free(s->rows);
    free(s->spans);
    free(s->links.p);
    memset(s, 0, sizeof *s);
}

void
sheet_truncate(struct sheet *s, uint32_t rows)
{
    if (rows >= s->count)
        return;
    s->len = s->rows[rows].text;
    s->span_count = s->rows[rows].span;
    s->links.len = s->rows[rows].links;
    s->count = rows;
}

void
sheet_begin(struct sheet *s, size_t source)
{
    uint32_t from = (uint32_t)source;
    if (s->count > 0 && s->rows[s->count - 1].source > from)
        from = s->rows[s->count - 1].source; /* flow_row_of searches: never backwards */
    s->rows = flat_grow(s->rows, &s->row_cap, s->count + 1u, sizeof *s->rows);
    s->rows[s->count++] = (struct sheet_row){.text = s->len,
                                             .span = s->span_count,
                                             .links = s->borrowing ? s->link_base : s->links.len,
                                             .source = from};
}

static void
put_span(struct sheet *s, struct sheet_row *row, uint32_t start, uint32_t len,
         enum flow_style style, uint32_t link)
{
    if (len == 0 || style == FLOW_PLAIN)
        return;
    struct flow_span *last = row->span_count ? &s->spans[s->span_count - 1] : NULL;
    if (last && last->style == style && last->link == link && last->start + last->len == start) {
        last->len += len;
        return;
    }
    s->spans = flat_grow(s->spans, &s->span_cap, s->span_count + 1u, sizeof *s->spans);
    s->spans[s->span_count++] = (struct flow_span){start, len, style, link};
    row->span_count++;
}

static uint32_t
put_bytes(struct sheet *s, struct sheet_row *row, const char *p, size_t n, int cols)
{
    uint32_t start = row->len;
    if (n > 0) {
        s->text = flat_grow(s->text, &s->cap, s->len + n, 1);
        memcpy(s->text + s->len, p, n);
    }
    s->len += (uint32_t)n;
    row->len += (uint32_t)n;
    row->cols += cols;
    return start;
}

void
sheet_put(struct sheet *s, const char *p, size_t n, int cols, enum flow_style style)
{
    struct sheet_row *row = &s->rows[s->count - 1];
    uint32_t start = put_bytes(s, row, p, n, cols);
    put_span(s, row, start, (uint32_t)n, style, 0);
}

void
sheet_put_spaces(struct sheet *s, int cols)
{
    static const char blank[] = "                                ";
    while (cols > 0) {
        int n = cols < (int)sizeof blank - 1 ? cols : (int)sizeof blank - 1;
        sheet_put(s, blank, (size_t)n, n, FLOW_PLAIN);
        cols -= n;
    }
}

void
sheet_begin_links(struct sheet *s, const struct addresses *links)
{
    s->link_base = s->links.len;
    s->borrowing = true;
    addresses_append(&s->links, links);
}

void
sheet_end_links(struct sheet *s)
{
    s->borrowing = false;
}

void
sheet_put_flat(struct sheet *s, const struct flat *f, size_t start, size_t end, int cols)
{
    if (start >= end)
        return;
    struct sheet_row *row = &s->rows[s->count - 1];
    uint32_t base = put_bytes(s, row, f->text + start, end - start, cols);
    uint32_t i = flat_count_upto(f->spans, f->span_count, sizeof *f->spans,
                                 offsetof(struct flat_span, end), start);
    for (; i < f->span_count && f->spans[i].start < end; i++) {
        size_t from = f->spans[i].start > start ? f->spans[i].start : start;
        size_t to = f->spans[i].end < end ? f->spans[i].end : end;
        put_span(s, row, base + (uint32_t)(from - start), (uint32_t)(to - from), f->spans[i].style,
                 f->spans[i].link ? s->link_base + f->spans[i].link : 0);
    }
}

/* Punctuation that clings to what stands before it. */
static bool
clings(uint32_t cp)
{
    static const uint16_t wide[] = {0x2026, 0x3001, 0x3002, 0x3009, 0x300b, 0x300d, 0x300f,
                                    0x3011, 0x3015, 0x30fc, 0xff01, 0xff09, 0xff0c, 0xff0e,
                                    0xff1a, 0xff1b, 0xff1f, 0xff3d, 0xff5d};
    if (cp < 0x80)
        return cp != 0 && strchr("!%),.:;?]}\"'", (int)cp) != NULL;
    for (size_t i = 0; i < ARRAY_LEN(wide); i++)
        if (cp == wide[i])
            return true;
    return false;
}

/* Punctuation that clings to what follows it. */
static bool
opens(uint32_t cp)
{
    return cp == '(' || cp == '[' || cp == '{' || cp == '"' || cp == 0x3008 || cp == 0x300a ||
           cp == 0x300c || cp == 0x300e || cp == 0x3010 || cp == 0x3014 || cp == 0xff08 ||
           cp == 0xff3b || cp == 0xff5b;
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* A cluster that begins with a wide character. One that marks have made wide does not count: while text
 * arrives it may have been narrow when its row was ended. */
static bool
is_wide(const char *p, size_t n, int w)
{
    uint32_t cp;
    return w == 2 && (unsigned char)*p >= 0x80 && utf8_decode(p, n, &cp) > 0 &&
           utf8_cp_width(cp) == 2;
}

/* May a row end between the cluster at prev and the one at i? Neither is a space. */
static bool
may_break(const char *p, size_t n, size_t at, size_t prev, size_t i, bool wide)
{
    if (wide) {
        uint32_t before, here;
        utf8_decode(p + prev, n - prev, &before);
        utf8_decode(p + i, n - i, &here);
        return !clings(here) && !opens(before);
    }
    return p[prev] == '-' && prev > at && is_letter(p[prev - 1]) && is_letter(p[i]);
}

void
wrap_next(const char *p, size_t n, size_t at, int width, enum wrap_mode mode, struct wrap_row *row)
{
    bool words = mode == WRAP_WORDS;
    size_t i = at, prev = at, solid = at, break_end = at, break_next = at;
    int cols = 0, solid_cols = 0, break_cols = 0;
    bool spaced = false, prev_wide = false;
    size_t hang_max = (size_t)width * 2 + 64; /* spaces that may hang over the edge */
    row->open = false;
    while (i < n && p[i] != '\n') {
        unsigned char c = (unsigned char)p[i];
        size_t len = 1;
        int w = 1;
        if (c >= 0x7f || (i + 1 < n && (unsigned char)p[i + 1] >= 0x80))
            len = utf8_cluster(p + i, n - i, &w);
        if (words && c == ' ' && len == 1) {
            if (i - solid >= hang_max) {
                *row = (struct wrap_row){.end = solid, .next = i, .cols = solid_cols};
                return;
            }
            spaced = true;
            cols++;
            i++;
            continue;
        }
        bool wide = is_wide(p + i, n - i, w);
        if (words && solid > at &&
            (spaced || ((wide || prev_wide || p[prev] == '-') &&
                        may_break(p, n, at, prev, i, wide || prev_wide)))) {
            break_end = solid;
            break_cols = solid_cols;
            break_next = i;
        }
        if (cols + w > width && i > at) {
            if (break_next > at)
                *row = (struct wrap_row){.end = break_end, .next = break_next, .cols = break_cols};
            else
                *row = (struct wrap_row){.end = solid, .next = i, .cols = solid_cols};
            return;
        }
        cols += w;
        prev = i;
        prev_wide = wide;
        i += len;
        solid = i;
        solid_cols = cols;
        spaced = false;
    }
    *row = (struct wrap_row){
        .end = solid, .next = i < n ? i + 1 : n, .cols = solid_cols, .open = i == n};
}
