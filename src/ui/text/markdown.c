#include "markdown.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <md4c.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "segment.h"

enum {
    DEPTH_SHOWN = 32,    /* deeper containers bear no marker of their own */
    LINK_SHOWN_MAX = 300 /* bytes of an address */
};

#define QUOTE_BAR "\xe2\x94\x82 "
#define BULLET    "\xe2\x80\xa2 "

enum container_kind { IN_QUOTE, IN_LIST, IN_ITEM };

struct container {
    enum container_kind kind;
    bool marker_used;
    bool tight;      /* list */
    bool ordered;    /* list */
    char delimiter;  /* list */
    unsigned number; /* list: of the next item */
    char marker[16]; /* item */
    uint8_t marker_len, marker_cols;
};

struct reader {
    struct page *page;
    const char *text;
    size_t n, source;
    struct container *stack;
    uint32_t depth, stack_cap;
    uint32_t low; /* the smallest depth since the last leaf ended */
    bool in_leaf;
    enum leaf_kind last_kind;
    size_t last; /* end of the last piece of text seen, relative to text */
    size_t seen; /* the next piece of text without an address of its own counts as standing here */
    bool has_first;
    size_t first; /* where the current leaf's text begins */
    int strong, emphasis, code, link, strike;
    uint32_t link_start[8];
};

void
page_init(struct page *p)
{
    memset(p, 0, sizeof *p);
    flat_init(&p->flat);
}

void
page_finish(struct page *p)
{
    flat_finish(&p->flat);
    free(p->leaves);
    free(p->cells);
    free(p->prefix);
    markup_finish(&p->copy);
    page_init(p);
}

static void
add_prefix(struct page *p, const char *s, size_t n)
{
    p->prefix = flat_grow(p->prefix, &p->prefix_cap, p->prefix_len + n, 1);
    memcpy(p->prefix + p->prefix_len, s, n);
    p->prefix_len += (uint32_t)n;
}

/* What the containers up to depth put before a row; first: items not yet marked show their marker. */
static struct prefix
make_prefix(struct reader *r, uint32_t depth, bool first)
{
    struct page *p = r->page;
    uint32_t at = p->prefix_len;
    for (uint32_t i = 0; i < depth; i++) {
        struct container *c = &r->stack[i];
        bool shown = i < DEPTH_SHOWN;
        if (c->kind == IN_QUOTE && shown) {
            add_prefix(p, QUOTE_BAR, sizeof QUOTE_BAR - 1);
        } else if (c->kind == IN_ITEM) {
            if (first && !c->marker_used && shown)
                add_prefix(p, c->marker, c->marker_len);
            else if (shown)
                add_prefix(p, "                ", c->marker_cols);
            if (first)
                c->marker_used = true;
        }
    }
    return (struct prefix){at, p->prefix_len - at};
}

static bool
in_tight_list(const struct reader *r)
{
    for (uint32_t i = r->depth; i > 0; i--)
        if (r->stack[i - 1].kind == IN_LIST)
            return r->stack[i - 1].tight;
    return false;
}

static bool
in_quote(const struct reader *r)
{
    for (uint32_t i = 0; i < r->depth; i++)
        if (r->stack[i].kind == IN_QUOTE)
            return true;
    return false;
}

static struct leaf *
current(const struct reader *r)
{
    return &r->page->leaves[r->page->leaf_count - 1];
}

/* md4c leaves some broken links that it never entered, and the reverse: no span outlives its leaf or cell. */
static void
no_spans(struct reader *r)
{
    r->strong = r->emphasis = r->code = r->link = r->strike = 0;
}

static void
begin_leaf(struct reader *r, enum leaf_kind kind)
{
    struct page *p = r->page;
    uint32_t common = r->low < r->depth ? r->low : r->depth;
    p->leaves = flat_grow(p->leaves, &p->leaf_cap, p->leaf_count + 1u, sizeof *p->leaves);
    struct leaf *leaf = &p->leaves[p->leaf_count++];
    *leaf = (struct leaf){.kind = kind, .start = p->flat.len, .cell = p->cell_count};
    leaf->gap_prefix = make_prefix(r, common, false);
    leaf->first = make_prefix(r, r->depth, true);
    leaf->rest = make_prefix(r, r->depth, false);
    flat_begin(&p->flat);
    r->in_leaf = true;
    r->has_first = false;
    no_spans(r);
}

/* Where a byte of the parsed text stands in the whole. */
static size_t
in_source(const struct reader *r, size_t at)
{
    return r->source + at - markup_escapes_before(&r->page->copy, at);
}

/* Is there a line of nothing but blanks and quote bars between the two places? */
static bool
blank_between(const char *p, size_t from, size_t to)
{
    bool after_break = false;
    for (size_t i = from; i < to; i++) {
        if (p[i] == '\n') {
            if (after_break)
                return true;
            after_break = true;
        } else if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r' && p[i] != '>') {
            after_break = false;
        }
    }
    return false;
}

static void
end_leaf(struct reader *r)
{
    struct page *p = r->page;
    struct leaf *leaf = current(r);
    leaf->end = p->flat.len;
    while (leaf->kind == LEAF_CODE && leaf->end > leaf->start &&
           p->flat.text[leaf->end - 1] == '\n')
        leaf->end--;
    leaf->source = (uint32_t)in_source(r, r->has_first ? r->first : r->last);
    if (p->leaf_count > 1) {
        bool plain = leaf->kind == LEAF_TEXT && r->last_kind == LEAF_TEXT;
        if (r->depth == 0 && r->low == 0 && !plain)
            leaf->gap = true;
        else if (r->has_first)
            leaf->gap = blank_between(r->text, r->last, r->first);
        else
            leaf->gap = !in_tight_list(r);
    }
    if (r->has_first)
        r->last = r->seen;
    r->last_kind = leaf->kind;
    r->low = r->depth;
    r->in_leaf = false;
}

static struct container *
push(struct reader *r, enum container_kind kind)
{
    r->stack = flat_grow(r->stack, &r->stack_cap, r->depth + 1u, sizeof *r->stack);
    struct container *c = &r->stack[r->depth++];
    *c = (struct container){.kind = kind};
    return c;
}

static void
pop(struct reader *r)
{
    if (r->depth == 0)
        return;
    struct container *c = &r->stack[r->depth - 1];
    if (c->kind == IN_ITEM && !c->marker_used) { /* an item without anything in it */
        begin_leaf(r, LEAF_TEXT);
        end_leaf(r);
    }
    r->depth--;
    if (r->depth < r->low)
        r->low = r->depth;
}

static void
push_item(struct reader *r)
{
    struct container *list = r->depth ? &r->stack[r->depth - 1] : NULL;
    char marker[16] = BULLET;
    if (list && list->kind == IN_LIST && list->ordered)
        snprintf(marker, sizeof marker, "%u%c ", list->number++, list->delimiter);
    struct container *item = push(r, IN_ITEM);
    memcpy(item->marker, marker, sizeof marker);
    item->marker_len = (uint8_t)strlen(marker);
    item->marker_cols = (uint8_t)utf8_width(marker, item->marker_len);
}

static void
begin_cell(struct reader *r, const MD_BLOCK_TD_DETAIL *detail)
{
    struct page *p = r->page;
    p->cells = flat_grow(p->cells, &p->cell_cap, p->cell_count + 1u, sizeof *p->cells);
    struct cell *cell = &p->cells[p->cell_count++];
    *cell = (struct cell){.start = p->flat.len};
    if (detail->align == MD_ALIGN_CENTER)
        cell->align = ALIGN_CENTER;
    else if (detail->align == MD_ALIGN_RIGHT)
        cell->align = ALIGN_RIGHT;
    flat_begin(&p->flat);
}

static bool
in_table(MD_BLOCKTYPE type)
{
    return type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY || type == MD_BLOCK_TR ||
           type == MD_BLOCK_TH || type == MD_BLOCK_TD;
}

static void
name_language(struct reader *r, const MD_ATTRIBUTE *lang)
{
    struct page *p = r->page;
    size_t n = segment_language(lang->text, lang->size);
    current(r)->language = (struct prefix){p->prefix_len, (uint32_t)n};
    if (n > 0)
        add_prefix(p, lang->text, n);
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
    static const enum leaf_kind leaves[] = {[MD_BLOCK_HR] = LEAF_RULE,
                                            [MD_BLOCK_H] = LEAF_HEADING,
                                            [MD_BLOCK_CODE] = LEAF_CODE,
                                            [MD_BLOCK_P] = LEAF_TEXT,
                                            [MD_BLOCK_HTML] = LEAF_TEXT};
    struct reader *r = arg;
    struct container *c;
    if (r->in_leaf && !in_table(type)) /* the bare text of a tight item ends where a block begins */
        end_leaf(r);
    switch (type) {
    case MD_BLOCK_QUOTE:
        push(r, IN_QUOTE);
        break;
    case MD_BLOCK_UL:
        c = push(r, IN_LIST);
        c->tight = ((MD_BLOCK_UL_DETAIL *)detail)->is_tight != 0;
        break;
    case MD_BLOCK_OL:
        c = push(r, IN_LIST);
        c->tight = ((MD_BLOCK_OL_DETAIL *)detail)->is_tight != 0;
        c->ordered = true;
        c->number = ((MD_BLOCK_OL_DETAIL *)detail)->start;
        c->delimiter = ((MD_BLOCK_OL_DETAIL *)detail)->mark_delimiter;
        break;
    case MD_BLOCK_LI:
        push_item(r);
        break;
    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_CODE:
    case MD_BLOCK_P:
    case MD_BLOCK_HTML:
        begin_leaf(r, leaves[type]);
        if (type == MD_BLOCK_CODE)
            name_language(r, &((MD_BLOCK_CODE_DETAIL *)detail)->lang);
        break;
    case MD_BLOCK_TABLE:
        begin_leaf(r, LEAF_TABLE);
        current(r)->cols = ((MD_BLOCK_TABLE_DETAIL *)detail)->col_count;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        no_spans(r);
        r->strong = type == MD_BLOCK_TH;
        begin_cell(r, detail);
        break;
    default:
        break;
    }
    return 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
    (void)detail;
    struct reader *r = arg;
    switch (type) {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
        if (r->in_leaf)
            end_leaf(r);
        pop(r);
        break;
    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_CODE:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_P:
    case MD_BLOCK_HTML:
        end_leaf(r);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        no_spans(r);
        r->page->cells[r->page->cell_count - 1].end = r->page->flat.len;
        break;
    case MD_BLOCK_TR:
        current(r)->rows++;
        break;
    default:
        break;
    }
    return 0;
}

static enum flow_style
style_now(const struct reader *r)
{
    if (r->code > 0 || (r->in_leaf && current(r)->kind == LEAF_CODE))
        return FLOW_CODE;
    if (r->link > 0)
        return FLOW_LINK;
    if (r->strike > 0)
        return FLOW_STRIKE;
    if (r->in_leaf && current(r)->kind == LEAF_HEADING)
        return FLOW_HEADING;
    if (r->strong > 0)
        return FLOW_STRONG;
    if (r->emphasis > 0)
        return FLOW_EMPHASIS;
    return in_quote(r) ? FLOW_QUOTE : FLOW_PLAIN;
}

/* The text of a tight list item comes without a paragraph around it. */
static void
need_leaf(struct reader *r)
{
    if (!r->in_leaf)
        begin_leaf(r, LEAF_TEXT);
}

/* Remembers where in the source the piece stands, if it is a piece of it; else it stands where the
 * last one ended. A piece is cut where the text ends, whatever the parser says. */
static size_t
place(struct reader *r, const char *p, size_t *n)
{
    if (p < r->text || p >= r->text + r->n)
        return in_source(r, r->seen);
    size_t at = (size_t)(p - r->text);
    if (*n > r->n - at)
        *n = r->n - at;
    if (!r->has_first) {
        r->has_first = true;
        r->first = at;
    }
    r->seen = at + *n;
    return in_source(r, at);
}

static void
add_piece(struct reader *r, const char *p, size_t n, enum flow_style style, size_t source)
{
    flat_add(&r->page->flat, p, n, style, source);
}

/* Without the escapes that were put in: the parser leaves them where a backslash means itself, as in code. */
static void
add_text(struct reader *r, const char *p, size_t n, enum flow_style style, size_t source)
{
    const struct markup *m = &r->page->copy;
    size_t at = p >= m->p && p < m->p + m->n ? (size_t)(p - m->p) : m->n;
    size_t i = markup_escapes_before(m, at);
    for (; n > 0 && i < m->escape_count && m->escapes[i] < at + n; i++) {
        size_t part = m->escapes[i] - at;
        add_piece(r, p, part, style, source);
        p += part + 1;
        at += part + 1;
        n -= part + 1;
        source += part;
    }
    add_piece(r, p, n, style, source);
}

static void
add_entity(struct reader *r, const char *p, size_t n, enum flow_style style, size_t source)
{
    char out[4];
    size_t len = markup_entity(p, n, out);
    add_piece(r, len ? out : p, len ? len : n, style, source);
}

static bool
at_line_start(const struct reader *r)
{
    const struct flat *f = &r->page->flat;
    return f->len > 0 && f->text[f->len - 1] == '\n';
}

static bool
is_break_tag(const char *p, size_t n)
{
    return (n == 4 && memcmp(p, "<br>", 4) == 0) || (n == 5 && memcmp(p, "<br/>", 5) == 0) ||
           (n == 6 && memcmp(p, "<br />", 6) == 0);
}

static int
text_piece(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE size, void *arg)
{
    struct reader *r = arg;
    size_t n = size;
    need_leaf(r);
    size_t source = place(r, p, &n);
    enum flow_style style = style_now(r);
    bool after_break = type == MD_TEXT_NORMAL && at_line_start(r); /* a <br> */
    for (; after_break && n > 0 && *p == ' '; p++, n--)
        source++;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR ||
        (type == MD_TEXT_HTML && is_break_tag(p, n)))
        add_piece(r, "\n", 1, FLOW_PLAIN, source);
    else if (type == MD_TEXT_ENTITY)
        add_entity(r, p, n, style, source);
    else if (type == MD_TEXT_NULLCHAR)
        add_piece(r, "\0", 1, style, source);
    else
        add_text(r, p, n, style, source);
    return 0;
}

/* Where the reader counts how many spans of this kind it is in; NULL: one without a look of its own. */
static int *
depth_of(struct reader *r, MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_EM:
        return &r->emphasis;
    case MD_SPAN_STRONG:
        return &r->strong;
    case MD_SPAN_DEL:
        return &r->strike;
    case MD_SPAN_CODE:
        return &r->code;
    case MD_SPAN_A:
    case MD_SPAN_IMG:
        return &r->link;
    default:
        return NULL;
    }
}

static int
enter_span(MD_SPANTYPE type, void *detail, void *arg)
{
    (void)detail;
    struct reader *r = arg;
    int *depth = depth_of(r, type);
    need_leaf(r);
    if (depth == &r->link && r->link < (int)ARRAY_LEN(r->link_start))
        r->link_start[r->link] = r->page->flat.len;
    if (depth)
        ++*depth;
    return 0;
}

/* The address that is meant, as far as it is needed. */
static void
read_address(const MD_ATTRIBUTE *to, struct buf *out)
{
    for (size_t i = 0; to->substr_offsets[i] < to->size; i++) {
        const char *p = to->text + to->substr_offsets[i];
        size_t n = to->substr_offsets[i + 1] - to->substr_offsets[i], len = 0;
        char entity[4];
        if (to->substr_types[i] == MD_TEXT_ENTITY)
            len = markup_entity(p, n, entity);
        if (n > LINK_READ_MAX - sizeof entity - out->len)
            n = LINK_READ_MAX - sizeof entity - out->len;
        buf_append(out, len ? entity : p, len ? len : n);
    }
}

/* " (address)" after a link whose text does not say it. */
static void
show_address(struct reader *r, size_t start, const struct buf *address)
{
    const struct flat *f = &r->page->flat;
    size_t shown = f->len - start, n = address->len;
    if (link_says(f->text + start, shown, address->p, n))
        return;
    size_t source = in_source(r, r->seen);
    r->link++; /* the address belongs to the link */
    enum flow_style style = style_now(r);
    r->link--;
    if (shown > 0)
        add_piece(r, " (", 2, style, source);
    if (n > LINK_SHOWN_MAX)
        n = utf8_whole_prefix(address->p, LINK_SHOWN_MAX);
    add_piece(r, address->p, n, style, source);
    if (n < address->len)
        add_piece(r, "\xe2\x80\xa6", 3, style, source);
    if (shown > 0)
        add_piece(r, ")", 1, style, source);
}

static void
end_link(struct reader *r, const MD_ATTRIBUTE *to)
{
    struct flat *f = &r->page->flat;
    if (r->link >= (int)ARRAY_LEN(r->link_start) || to->size == 0)
        return;
    uint32_t start = r->link_start[r->link];
    struct buf address, safe;
    buf_init(&address, LINK_READ_MAX);
    buf_init(&safe, LINK_READ_MAX);
    read_address(to, &address);
    bool leads = !link_misleads(f->text + start, f->len - start, address.p, address.len) &&
                 link_address(&safe, address.p, address.len);
    show_address(r, start, &address);
    if (leads)
        flat_link(f, start, addresses_keep(&f->links, safe.p));
    buf_finish(&address);
    buf_finish(&safe);
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *arg)
{
    struct reader *r = arg;
    int *depth = depth_of(r, type);
    if (depth && *depth == 0) /* see no_spans */
        return 0;
    if (depth)
        --*depth;
    if (type == MD_SPAN_A)
        end_link(r, &((MD_SPAN_A_DETAIL *)detail)->href);
    else if (type == MD_SPAN_IMG)
        end_link(r, &((MD_SPAN_IMG_DETAIL *)detail)->src);
    return 0;
}

bool
page_read(struct page *p, const char *text, size_t n, size_t source)
{
    static const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOHTMLBLOCKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = text_piece,
    };
    flat_clear(&p->flat);
    p->leaf_count = p->cell_count = p->prefix_len = 0;
    if (n > PAGE_MAX_BYTES || !markup_prepare(&p->copy, text, n))
        return false;
    struct reader r = {.page = p, .text = p->copy.p, .n = p->copy.n, .source = source};
    bool ok = md_parse(r.text, (MD_SIZE)r.n, &parser, &r) == 0;
    free(r.stack);
    return ok;
}
