#include "entry.h"

#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/safe.h"
#include "berdua/base/utf8.h"

enum { HEAD_MAX_BYTES = 1 << 14 };

void
entry_init(struct entry *e)
{
    *e = (struct entry){.sign = ""};
    entry_rows_init(&e->rows);
}

void
entry_finish(struct entry *e)
{
    entry_rows_finish(&e->rows);
    for (int i = 0; i < ENTRY_MAX_ROWS; i++)
        line_finish(&e->lines[i]);
}

static void
find_cursor(struct entry *e, size_t cursor)
{
    struct entry_rows *r = &e->rows;
    struct entry_piece piece;
    e->row = entry_rows_find(r, cursor);
    e->col = e->row ? r->indent : r->first;
    size_t at = entry_rows_start(r, e->row);
    while (at < cursor) {
        entry_rows_piece(r, at, &piece);
        at += piece.len;
        if (at <= cursor)
            e->col += piece.cols;
    }
    if (e->col >= r->cols) {
        /* the cursor rests where the next character will go */
        e->row++;
        e->col = r->indent;
    }
}

int
entry_set(struct entry *e, const struct entry_view *v, int cols)
{
    struct buf head;
    buf_init(&head, HEAD_MAX_BYTES);
    if (v->prefix)
        safe_text(&head, v->prefix, strlen(v->prefix), true);
    entry_rows_set(&e->rows, head.p, v->text, utf8_width(v->sign, strlen(v->sign)), cols);
    buf_finish(&head);
    e->sign = v->sign;
    find_cursor(e, e->rows.head + v->cursor);
    size_t rows = entry_rows_count(&e->rows, ENTRY_MAX_ROWS);
    if (rows < ENTRY_MAX_ROWS && e->row == rows)
        rows++;
    return (int)rows;
}

static void
make_row(struct entry *e, struct line *l, size_t row)
{
    struct entry_rows *r = &e->rows;
    size_t end = entry_rows_start(r, row + 1);
    line_reset(l, r->cols);
    if (row == 0)
        line_add_str(l, INK_MARK, e->sign);
    else
        line_pad(l, INK_TEXT, r->indent);
    for (size_t at = entry_rows_start(r, row); at < end && r->text.p[at] != '\n';) {
        struct entry_piece piece;
        entry_rows_piece(r, at, &piece);
        enum ink ink = at < r->head ? INK_HINT : piece.stand_in ? INK_CONTROL : INK_TEXT;
        line_add_cols(l, ink, piece.p, piece.n, piece.cols);
        at += piece.len;
    }
}

void
entry_make(struct entry *e, int rows)
{
    rows = rows < 1 ? 1 : rows > ENTRY_MAX_ROWS ? ENTRY_MAX_ROWS : rows;
    /* the end stays in sight while the cursor allows */
    size_t n = (size_t)rows, total = entry_rows_count(&e->rows, e->row + n + 1);
    if (total <= e->row)
        total = e->row + 1;
    size_t first = total > n ? total - n : 0;
    if (e->row < first)
        first = e->row;
    for (size_t i = 0; i < n; i++)
        make_row(e, &e->lines[i], first + i);
    e->count = rows;
    e->cursor_row = (int)(e->row - first);
    e->cursor_col = e->col;
}
