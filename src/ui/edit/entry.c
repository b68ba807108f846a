#include "entry.h"

#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/utf8.h"
#include "berdua/base/safe.h"

enum { INDENT = 2, TAB_COLS = 4, PIECE_MAX = 256 };

/* Walks over the text piece by piece; draws the pieces when `prompt` is set, else only counts rows. */
struct walk {
    struct entry *prompt; /* NULL: only count */
    int cols, indent;
    int row, col;
    int first; /* rows before it are not drawn */
    int rows;
    int cursor_row, cursor_col;
};

static struct line *
walk_line(struct walk *w)
{
    int at = w->row - w->first;
    return w->prompt && at >= 0 && at < w->rows ? &w->prompt->lines[at] : NULL;
}

static void
new_row(struct walk *w)
{
    w->row++;
    w->col = w->indent;
    struct line *l = walk_line(w);
    if (l)
        line_pad(l, INK_TEXT, w->indent);
}

static void
put_cluster(struct walk *w, enum ink ink, const char *p, size_t n, int width)
{
    if (w->col + width > w->cols && w->col > w->indent)
        new_row(w);
    struct line *l = walk_line(w);
    if (l)
        line_add_cols(l, ink, p, n, width);
    w->col += width;
}

static void
put_piece(struct walk *w, const char *p, size_t n)
{
    struct buf safe;
    uint32_t cp;
    if (n == 1 && *p >= 0x20 && *p < 0x7f) {
        put_cluster(w, INK_TEXT, p, 1, 1);
        return;
    }
    if (*p == '\t') {
        put_cluster(w, INK_TEXT, "    ", TAB_COLS, TAB_COLS);
        return;
    }
    size_t first = utf8_decode(p, n, &cp);
    bool keep = first > 0 && cp != 0xfffd;
    for (size_t i = 0; keep && i < n;) {
        size_t step = utf8_decode(p + i, n - i, &cp);
        keep = step > 0 && safe_classify(cp) == SAFE_KEEP;
        i += step;
    }
    int width;
    if (keep && utf8_cluster(p, n, &width) == n) {
        put_cluster(w, INK_TEXT, p, n, width);
        return;
    }
    buf_init(&safe, PIECE_MAX);
    safe_text(&safe, p, n, true);
    if (safe.len)
        put_cluster(w, INK_CONTROL, safe.p, safe.len, utf8_width(safe.p, safe.len));
    buf_finish(&safe);
}

/* Bytes of the next piece: one cluster, or one byte that is not text. */
static size_t
piece_len(const char *p, size_t n)
{
    uint32_t cp;
    int width;
    if ((unsigned char)*p < 0x20)
        return 1;
    /* A cluster that begins with an ASCII character has a mark after it, which is not ASCII. */
    if ((unsigned char)*p < 0x80 && (n == 1 || (unsigned char)p[1] < 0x80))
        return 1;
    size_t one = utf8_decode(p, n, &cp);
    if (one == 0 || (cp == 0xfffd && one == 1))
        return 1;
    /* a cluster is looked for in valid text only */
    size_t valid = 0;
    while (valid < n && valid < PIECE_MAX) {
        size_t step = utf8_decode(p + valid, n - valid, &cp);
        if (step == 0 || (cp == 0xfffd && step == 1) || (unsigned char)p[valid] < 0x20)
            break;
        valid += step;
    }
    size_t len = utf8_cluster(p, valid, &width);
    return len ? len : one;
}

static void
mark_cursor(struct walk *w)
{
    w->cursor_row = w->row;
    w->cursor_col = w->col;
    if (w->col >= w->cols) {
        /* the cursor rests where the next character will go */
        w->cursor_row++;
        w->cursor_col = w->indent;
    }
}

static void
walk_text(struct walk *w, const struct entry_view *v)
{
    size_t n = strlen(v->text);
    w->cursor_row = -1;
    struct line *l = walk_line(w);
    if (l)
        line_add_str(l, INK_MARK, v->sign);
    w->col = utf8_width(v->sign, strlen(v->sign));
    struct buf prefix;
    buf_init(&prefix, PIECE_MAX * 4);
    if (v->prefix && v->prefix[0])
        safe_text(&prefix, v->prefix, strlen(v->prefix), true);
    for (size_t i = 0; i < prefix.len;) {
        int width;
        size_t step = utf8_cluster(prefix.p + i, prefix.len - i, &width);
        put_cluster(w, INK_HINT, prefix.p + i, step ? step : 1, width);
        i += step ? step : 1;
    }
    buf_finish(&prefix);
    for (size_t i = 0; i < n;) {
        size_t len = piece_len(v->text + i, n - i);
        if (w->cursor_row < 0 && v->cursor < i + len)
            mark_cursor(w);
        if (v->text[i] == '\n')
            new_row(w);
        else
            put_piece(w, v->text + i, len);
        if (w->cursor_row == w->row && w->cursor_col > w->col)
            w->cursor_col = w->col;
        i += len;
    }
    if (w->cursor_row < 0)
        mark_cursor(w);
    if (w->cursor_row > w->row)
        new_row(w);
}

static struct walk
walk_of(int cols)
{
    return (struct walk){.cols = cols > 1 ? cols : 1, .indent = cols > 8 ? INDENT : 0};
}

int
entry_rows(const struct entry_view *v, int cols)
{
    struct walk w = walk_of(cols);
    walk_text(&w, v);
    return w.row + 1 < ENTRY_MAX_ROWS ? w.row + 1 : ENTRY_MAX_ROWS;
}

void
entry_finish(struct entry *p)
{
    for (int i = 0; i < ENTRY_MAX_ROWS; i++)
        line_finish(&p->lines[i]);
}

void
entry_make(struct entry *p, const struct entry_view *v, int rows, int cols)
{
    struct walk w = walk_of(cols);
    walk_text(&w, v);
    int total = w.row + 1, cursor = w.cursor_row;
    rows = rows < 1 ? 1 : rows > ENTRY_MAX_ROWS ? ENTRY_MAX_ROWS : rows;
    for (int i = 0; i < rows; i++)
        line_reset(&p->lines[i], cols);
    w = walk_of(cols);
    /* the end stays in sight while the cursor allows */
    w.first = total > rows ? total - rows : 0;
    if (cursor < w.first)
        w.first = cursor;
    w.prompt = p;
    w.rows = rows;
    walk_text(&w, v);
    p->count = rows;
    p->cursor_row = w.cursor_row - w.first;
    p->cursor_col = w.cursor_col < cols ? w.cursor_col : cols - 1;
    if (p->cursor_row >= rows)
        p->cursor_row = rows - 1;
    if (p->cursor_row < 0)
        p->cursor_row = 0;
}
