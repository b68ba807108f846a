#include "flow_page.h"

#include "berdua/base/utf8.h"

#define RULE "\xe2\x94\x80"

int
code_margin(int width)
{
    return width >= 8 ? 2 : 0;
}

void
put_language(struct sheet *s, const char *word, size_t n, int width)
{
    int margin = code_margin(width);
    if (n > (size_t)(width - margin))
        n = (size_t)(width - margin);
    sheet_put_spaces(s, margin);
    sheet_put(s, word, n, (int)n, FLOW_MARKER);
}

/* Begins a row with a prefix; prefixes take at most half of the width of the whole row. */
static int
prefix_room(int width)
{
    int half = width / 2, rest = width - 2; /* a wide cluster fits beside it */
    int room = half < rest ? half : rest;
    return room > 0 ? room : 0;
}

static size_t
fit_prefix(const struct page *p, struct prefix prefix, int room, int *cols)
{
    *cols = 0;
    if (prefix.len == 0)
        return 0;
    size_t n = utf8_fit(p->prefix + prefix.at, prefix.len, room);
    *cols = utf8_width(p->prefix + prefix.at, n);
    return n;
}

void
begin_row(const struct page *p, struct sheet *s, struct prefix prefix, int room, size_t source)
{
    sheet_begin(s, source);
    if (prefix.len == 0)
        return;
    int cols;
    size_t n = fit_prefix(p, prefix, room, &cols);
    bool blank = true;
    for (size_t i = 0; i < n; i++)
        blank = blank && p->prefix[prefix.at + i] == ' ';
    sheet_put(s, p->prefix + prefix.at, n, cols, blank ? FLOW_PLAIN : FLOW_MARKER);
}

/* Words, or code behind its margin. */
static void
lay_lines(const struct page *p, const struct leaf *leaf, struct sheet *s, int width, int room)
{
    bool code = leaf->kind == LEAF_CODE;
    int margin = code ? code_margin(width) : 0;
    struct prefix prefix = leaf->first;
    if (leaf->language.len > 0) {
        begin_row(p, s, prefix, room, leaf->source);
        put_language(s, p->prefix + leaf->language.at, leaf->language.len, width);
        prefix = leaf->rest;
    } else if (leaf->start == leaf->end && leaf->first.len > 0) {
        begin_row(p, s, prefix, room, leaf->source);
    }
    for (size_t at = leaf->start; at < leaf->end;) {
        struct wrap_row row;
        wrap_next(p->flat.text, leaf->end, at, width - margin, code ? WRAP_CHARS : WRAP_WORDS,
                  &row);
        begin_row(p, s, prefix, room, flat_source(&p->flat, at));
        sheet_put_spaces(s, margin);
        sheet_put_flat(s, &p->flat, at, row.end, row.cols);
        prefix = leaf->rest;
        at = row.next;
    }
}

void
page_lay(const struct page *p, struct sheet *s, int width)
{
    int room = prefix_room(width);
    sheet_begin_links(s, &p->flat.links);
    for (uint32_t i = 0; i < p->leaf_count; i++) {
        const struct leaf *leaf = &p->leaves[i];
        int first_cols, rest_cols;
        fit_prefix(p, leaf->first, room, &first_cols);
        fit_prefix(p, leaf->rest, room, &rest_cols);
        int avail = width - (first_cols > rest_cols ? first_cols : rest_cols);
        if (leaf->gap)
            begin_row(p, s, leaf->gap_prefix, room, leaf->source);
        switch (leaf->kind) {
        case LEAF_TEXT:
        case LEAF_HEADING:
        case LEAF_CODE:
            lay_lines(p, leaf, s, avail, room);
            break;
        case LEAF_RULE:
            begin_row(p, s, leaf->first, room, leaf->source);
            for (int k = 0; k < avail; k++)
                sheet_put(s, RULE, sizeof RULE - 1, 1, FLOW_MARKER);
            break;
        case LEAF_TABLE:
            table_lay(p, leaf, s, avail, room);
            break;
        }
    }
    sheet_end_links(s);
}
