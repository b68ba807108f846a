#include "entry_rows.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/safe.h"
#include "berdua/base/utf8.h"
#include "ui/text/wrap.h"

enum {
    INDENT = 2,
    INDENT_FROM_COLS = 9,
    PIECE_MAX = 256,
    /* The bytes that decide a piece: its own and the character behind it. */
    LOOKS_AHEAD = PIECE_MAX + 4,
    /* What has no width would otherwise stay in one row without end. */
    ROW_MAX_BYTES = 8192,
    BLOCK = 4096,
};

void
entry_rows_init(struct entry_rows *r)
{
    *r = (struct entry_rows){.cols = 1};
    buf_init(&r->text, INT_MAX);
    buf_init(&r->stand_in, (size_t)8 * PIECE_MAX);
}

void
entry_rows_finish(struct entry_rows *r)
{
    buf_finish(&r->text);
    buf_finish(&r->stand_in);
    free(r->starts);
    entry_rows_init(r);
}

static size_t
same_bytes(const char *a, const char *b, size_t n)
{
    size_t i = 0;
    while (n - i >= BLOCK && memcmp(a + i, b + i, BLOCK) == 0)
        i += BLOCK;
    while (i < n && a[i] == b[i])
        i++;
    return i;
}

void
entry_rows_set(struct entry_rows *r, const char *head, const char *text, int first, int cols)
{
    size_t head_n = strlen(head), n = strlen(text), same = 0;
    cols = cols > 1 ? cols : 1;
    if (n == 0)
        entry_rows_finish(r); /* the memory of a long text */
    if (r->first == first && r->cols == cols && r->head == head_n &&
        memcmp(r->text.p, head, head_n) == 0) {
        size_t old = r->text.len - head_n;
        same = head_n + same_bytes(r->text.p + head_n, text, old < n ? old : n);
        if (same == r->text.len && same == head_n + n)
            return;
    }
    r->first = first;
    r->cols = cols;
    r->indent = cols < INDENT_FROM_COLS ? 0 : INDENT;
    r->head = head_n;
    buf_truncate(&r->text, same);
    if (same < head_n)
        buf_append(&r->text, head, head_n);
    size_t have = r->text.len - head_n;
    buf_append(&r->text, text + have, n - have);
    while (r->known > 0 && r->starts[r->known - 1] + LOOKS_AHEAD > same)
        r->known--;
    r->ended = false;
}

static bool
is_plain(char c)
{
    return c >= 0x20 && c < 0x7f;
}

void
entry_rows_piece(struct entry_rows *r, size_t at, struct entry_piece *piece)
{
    const char *p = r->text.p + at;
    size_t n = (at < r->head ? r->head : r->text.len) - at;
    *piece = (struct entry_piece){1, p, 1, 1, false};
    /* A cluster that begins with an ASCII character has a mark after it, which is not ASCII. */
    if (is_plain(*p) && (n == 1 || (unsigned char)p[1] < 0x80))
        return;
    if (*p == '\t') {
        static const char blanks[] = "    ";
        piece->p = blanks;
        piece->n = sizeof blanks - 1;
        piece->cols = sizeof blanks - 1;
        return;
    }
    if ((unsigned char)*p >= 0x20)
        piece->len = utf8_cluster(p, n < PIECE_MAX ? n : PIECE_MAX, &piece->cols);
    struct safe safe = {0};
    struct safe_piece part;
    safe_next(&safe, p, piece->len, &part);
    piece->n = part.n;
    if (part.n == piece->len && !part.stand_in)
        return;
    buf_clear(&r->stand_in);
    for (size_t i = 0;;) {
        buf_append(&r->stand_in, part.p, part.n);
        piece->stand_in |= part.stand_in;
        i += part.used;
        if (i >= piece->len)
            break;
        safe_next(&safe, p + i, piece->len - i, &part);
    }
    piece->p = r->stand_in.p;
    piece->n = r->stand_in.len;
    piece->cols = utf8_width(piece->p, piece->n);
}

static void
add_row(struct entry_rows *r)
{
    const char *p = r->text.p;
    size_t begin = entry_rows_start(r, r->known), at = begin, n = r->text.len;
    int col = r->known ? r->indent : r->first;
    while (at < n && p[at] != '\n') {
        struct entry_piece piece;
        entry_rows_piece(r, at, &piece);
        if ((col + piece.cols > r->cols && col > r->indent) || at - begin >= ROW_MAX_BYTES)
            break;
        col += piece.cols;
        at += piece.len;
    }
    r->ended = at == n;
    if (r->ended)
        return;
    r->starts = flat_grow(r->starts, &r->cap, r->known + 1, sizeof *r->starts);
    r->starts[r->known++] = (uint32_t)(at + (p[at] == '\n'));
}

size_t
entry_rows_count(struct entry_rows *r, size_t most)
{
    while (!r->ended && r->known + 1 < most)
        add_row(r);
    return r->known + 1 < most ? r->known + 1 : most;
}

size_t
entry_rows_find(struct entry_rows *r, size_t at)
{
    while (!r->ended && entry_rows_start(r, r->known) <= at)
        add_row(r);
    return flat_count_upto(r->starts, r->known, sizeof *r->starts, 0, at);
}

size_t
entry_rows_start(const struct entry_rows *r, size_t row)
{
    return row == 0 ? 0 : row <= r->known ? r->starts[row - 1] : r->text.len;
}
