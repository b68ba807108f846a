#include "line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/base/safe.h"
#include "flow.h"
#include "berdua/ui/search.h"

enum { LINE_MAX_BYTES = 1 << 16, RAW_MAX_BYTES = 4096 };

void
line_finish(struct line *l)
{
    buf_finish(&l->text);
    free(l->runs);
    free(l->links.p);
    memset(l, 0, sizeof *l);
}

void
line_reset(struct line *l, int width)
{
    if (!l->text.max)
        buf_init(&l->text, LINE_MAX_BYTES);
    buf_clear(&l->text);
    l->run_count = 0;
    l->links.len = l->link = 0;
    l->cols = 0;
    l->width = width > 0 ? width : 0;
}

static void
push(struct line *l, enum ink ink, const char *p, size_t n, int cols)
{
    if (n == 0 || !buf_append(&l->text, p, n))
        return;
    l->cols += cols;
    struct line_run *last = l->run_count ? &l->runs[l->run_count - 1] : NULL;
    if (last && last->ink == ink && last->link == l->link) {
        last->len += (uint32_t)n;
        return;
    }
    l->runs = xgrow(l->runs, l->run_count, sizeof *l->runs);
    l->runs[l->run_count++] = (struct line_run){(uint32_t)n, ink, l->link};
}

static void
line_add(struct line *l, enum ink ink, const char *p, size_t n)
{
    size_t fits = utf8_fit(p, n, l->width - l->cols);
    push(l, ink, p, fits, utf8_width(p, fits));
}

void
line_add_cols(struct line *l, enum ink ink, const char *p, size_t n, int cols)
{
    if (l->cols + cols <= l->width)
        push(l, ink, p, n, cols);
    else
        line_add(l, ink, p, n);
}

void
line_add_str(struct line *l, enum ink ink, const char *s)
{
    line_add(l, ink, s, strlen(s));
}

void
line_add_raw(struct line *l, enum ink ink, const char *p, size_t n, int max_cols)
{
    struct buf safe;
    buf_init(&safe, 8 * RAW_MAX_BYTES);
    safe_text(&safe, p, n < RAW_MAX_BYTES ? n : RAW_MAX_BYTES, true);
    int room = l->width - l->cols;
    if (max_cols < room)
        room = max_cols;
    if (utf8_width(safe.p, safe.len) <= room) {
        line_add(l, ink, safe.p, safe.len);
    } else if (room > 0) {
        line_add(l, ink, safe.p, utf8_fit(safe.p, safe.len, room - 1));
        line_add_str(l, ink, "…");
    }
    buf_finish(&safe);
}

void
line_addf(struct line *l, enum ink ink, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (n > 0)
        line_add(l, ink, text, utf8_whole_prefix(text, strlen(text)));
}

void
line_pad(struct line *l, enum ink ink, int col)
{
    static const char blanks[] = "                                                                ";
    if (col > l->width)
        col = l->width;
    while (l->cols < col) {
        int n = col - l->cols;
        if (n > (int)sizeof blanks - 1)
            n = (int)sizeof blanks - 1;
        push(l, ink, blanks, (size_t)n, n);
    }
}

void
line_repeat(struct line *l, enum ink ink, const char *glyph, int times)
{
    size_t n = strlen(glyph);
    int cols = utf8_width(glyph, n);
    for (int i = 0; i < times && l->cols + cols <= l->width; i++)
        push(l, ink, glyph, n, cols);
}

bool
line_right(struct line *l, enum ink ink, const char *s, int gap)
{
    int cols = utf8_width(s, strlen(s));
    if (l->cols + gap + cols > l->width)
        return false;
    line_pad(l, INK_TEXT, l->width - cols);
    line_add_str(l, ink, s);
    return true;
}

static const enum ink flow_inks[FLOW_STYLE_COUNT] = {
    [FLOW_PLAIN] = INK_TEXT,      [FLOW_EMPHASIS] = INK_EMPHASIS, [FLOW_STRONG] = INK_STRONG,
    [FLOW_CODE] = INK_CODE,       [FLOW_HEADING] = INK_HEADING,   [FLOW_QUOTE] = INK_QUOTE,
    [FLOW_LINK] = INK_LINK,       [FLOW_MARKER] = INK_MARKER,     [FLOW_STRIKE] = INK_STRIKE,
    [FLOW_CONTROL] = INK_CONTROL,
};

/* A stretch of text in one ink, with the matches of the search highlighted. */
static void
add_stretch(struct line *l, enum ink ink, const struct flow_row *row, size_t from, size_t to,
            const char *needle)
{
    while (needle[0] && from < to) {
        size_t len;
        size_t at = search_text(row->text, to, from, needle, &len);
        if (at == SIZE_MAX)
            break;
        line_add(l, ink, row->text + from, at - from);
        line_add(l, INK_MATCH, row->text + at, len);
        from = at + len;
    }
    line_add(l, ink, row->text + from, to - from);
}

void
line_add_row(struct line *l, enum ink base, const struct flow_row *row, const char *needle)
{
    if (row->span_count == 0 && !needle[0]) {
        line_add_cols(l, base, row->text, row->len, row->cols);
        return;
    }
    size_t at = 0;
    for (size_t i = 0; i < row->span_count; i++) {
        const struct flow_span *s = &row->spans[i];
        enum ink ink = flow_inks[s->style];
        add_stretch(l, base, row, at, s->start, needle);
        l->link = addresses_keep(&l->links, addresses_at(row->links, s->link));
        add_stretch(l, ink == INK_TEXT ? base : ink, row, s->start, s->start + s->len, needle);
        l->link = 0;
        at = s->start + s->len;
    }
    add_stretch(l, base, row, at, row->len, needle);
}

void
line_join(struct line *l, const struct line *other, int col)
{
    line_pad(l, INK_TEXT, col);
    size_t at = 0;
    for (size_t i = 0; i < other->run_count; i++) {
        const char *p = other->text.p + at;
        l->link = addresses_keep(&l->links, addresses_at(&other->links, other->runs[i].link));
        line_add(l, other->runs[i].ink, p, other->runs[i].len);
        l->link = 0;
        at += other->runs[i].len;
    }
}

uint64_t
line_hash(const struct line *l)
{
    /* Word-wise FNV with a rotation: not against malice, two rows only must not look alike by chance. */
    const uint64_t prime = 0x9E3779B97F4A7C15u;
    uint64_t h = 0xcbf29ce484222325u ^ (uint64_t)(uint32_t)l->width;
    size_t i = 0;
    for (; i + 8 <= l->text.len; i += 8) {
        uint64_t word;
        memcpy(&word, l->text.p + i, 8);
        h = (h ^ word) * prime;
        h ^= h >> 29;
    }
    for (; i < l->text.len; i++)
        h = (h ^ (unsigned char)l->text.p[i]) * prime;
    for (i = 0; i < l->links.len; i++)
        h = (h ^ (unsigned char)l->links.p[i]) * prime;
    for (size_t r = 0; r < l->run_count; r++) {
        uint64_t where = (uint64_t)l->runs[r].link << 40;
        h = (h ^ (where | (uint64_t)l->runs[r].len << 8 | (uint64_t)l->runs[r].ink)) * prime;
        h ^= h >> 29;
    }
    return h;
}
