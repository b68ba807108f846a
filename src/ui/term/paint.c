#include "paint.h"

#include "curses.h"
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "links.h"
#include "palette.h"

enum { PARTS = 6, CLUSTER_POINTS = 5 };

struct painted {
    int col; /* -1: free */
    uint64_t hash;
};

struct paint {
    bool color, unicode;
    struct links *links;
    struct {
        attr_t attributes;
        int pair;
    } inks[INK_COUNT];
    struct painted (*rows)[PARTS];
    int row_count, col_count;
    cchar_t *cells;
    size_t cell_capacity;
};

struct paint *
paint_create(bool color, struct links *links)
{
    struct paint *p = xcalloc(1, sizeof *p);
    p->links = links;
    p->color = color && has_colors();
    p->unicode = paint_unicode();
    /* Everything is painted straight into what curses compares with the terminal. Its own first window
     * would be one copy more of the screen, in memory and at each frame. */
    wresize(stdscr, 1, 1);
    return p;
}

void
paint_destroy(struct paint **p)
{
    if (!*p)
        return;
    free((*p)->rows);
    free((*p)->cells);
    free(*p);
    *p = NULL;
}

bool
paint_unicode(void)
{
    return MB_CUR_MAX > 1 && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static int
pair_of(struct paint *p, const struct shade *shades, int ink)
{
    if (shades[ink].fg < 0 && shades[ink].bg < 0)
        return 0;
    /* inks that look alike share a pair */
    for (int i = 0; i < ink; i++)
        if (shades[i].fg == shades[ink].fg && shades[i].bg == shades[ink].bg)
            return p->inks[i].pair;
    int pair = ink + 1;
    if (pair >= COLOR_PAIRS || init_extended_pair(pair, shades[ink].fg, shades[ink].bg) == ERR)
        return 0;
    return pair;
}

void
paint_theme(struct paint *p, const struct theme *theme)
{
    struct shade shades[INK_COUNT];
    for (int i = 0; i < INK_COUNT; i++) {
        theme_shade(theme, (enum ink)i, p->color ? COLORS : 0, &shades[i]);
        unsigned has = shades[i].attributes;
        attr_t attributes = A_NORMAL;
        attributes |= has & INK_BOLD ? A_BOLD : 0;
        attributes |= has & INK_FAINT ? A_DIM : 0;
        attributes |= has & INK_UNDERLINE ? A_UNDERLINE : 0;
        attributes |= has & INK_REVERSE ? A_REVERSE : 0;
#ifdef A_ITALIC
        attributes |= has & INK_ITALIC ? A_ITALIC : 0;
#endif
        p->inks[i].attributes = attributes;
        p->inks[i].pair = p->color ? pair_of(p, shades, i) : 0;
    }
    /* what no line covers has the theme's background too */
    cchar_t blank;
    int pair = p->inks[INK_TEXT].pair;
    setcchar(&blank, L" ", A_NORMAL, 0, &pair);
    wbkgrndset(newscr, &blank);
}

void
paint_clear(struct paint *p, int rows, int cols)
{
    werase(newscr);
    p->row_count = rows;
    p->col_count = cols;
    p->rows = xreallocarray(p->rows, (size_t)rows, sizeof *p->rows);
    for (int r = 0; r < rows; r++)
        for (int i = 0; i < PARTS; i++)
            p->rows[r][i] = (struct painted){-1, 0};
}

/* ---- cells ---- */

static cchar_t *
next_cell(struct paint *p, size_t n)
{
    if (n >= p->cell_capacity) {
        p->cell_capacity = p->cell_capacity ? 2 * p->cell_capacity : 256;
        p->cells = xreallocarray(p->cells, p->cell_capacity, sizeof *p->cells);
    }
    return &p->cells[n];
}

/* Where the locale has no such character. */
static wchar_t
ascii_for(wchar_t c)
{
    return c == L'–' || c == L'·' ? L'-' : c == L'…' ? L'.' : L'?';
}

/* mark: of the link, or 0. */
static void
put_cell(struct paint *p, size_t at, wchar_t points[CLUSTER_POINTS + 1], size_t count, enum ink ink,
         wchar_t mark)
{
    if (mark && count == CLUSTER_POINTS)
        count--;
    points[count] = mark;
    points[mark ? count + 1 : count] = 0;
    setcchar(next_cell(p, at), points, p->inks[ink].attributes, 0, &p->inks[ink].pair);
}

/* One cluster as cells that curses and the terminal count alike: a base with marks that take no room;
 * what a terminal might draw wider or narrower than `cols` is left away or padded. */
static size_t
put_cluster(struct paint *p, size_t at, const char *s, size_t n, int cols, enum ink ink,
            wchar_t mark)
{
    wchar_t points[CLUSTER_POINTS + 1];
    size_t count = 0;
    int used = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t step = utf8_decode(s + i, n - i, &cp);
        if (step == 0)
            break;
        i += step;
        wchar_t wc = (wchar_t)cp;
        int width = p->unicode ? wcwidth(wc) : cp < 0x7f ? 1 : -1;
        if (width < 0) {
            wc = p->unicode ? L'\xfffd' : ascii_for(wc);
            width = count == 0 && used == 0 ? 1 : 0;
            if (width == 0)
                continue;
        }
        bool joiner = cp == 0x200d || (cp >= 0xfe00 && cp <= 0xfe0f) || links_is_mark(wc);
        if (width > 0) {
            if (used + width > cols)
                break;
            if (count > 0)
                put_cell(p, at++, points, count, ink, mark);
            points[0] = wc;
            count = 1;
            used += width;
        } else if (count > 0 && count < CLUSTER_POINTS && !joiner) {
            points[count++] = wc;
        }
    }
    if (count > 0)
        put_cell(p, at++, points, count, ink, mark);
    for (; used < cols; used++) {
        points[0] = L' ';
        put_cell(p, at++, points, 1, ink, mark);
    }
    return at;
}

static size_t
put_run(struct paint *p, size_t at, const char *s, size_t n, enum ink ink, wchar_t mark)
{
    wchar_t plain[3] = {0, mark, 0};
    for (size_t i = 0; i < n;) {
        int cols;
        /* nearly all of it: ASCII that nothing combines with */
        while (i < n && (unsigned char)s[i] < 0x7f && (unsigned char)s[i] >= 0x20 &&
               (i + 1 == n || (unsigned char)s[i + 1] < 0x80)) {
            plain[0] = (wchar_t)s[i++];
            setcchar(next_cell(p, at++), plain, p->inks[ink].attributes, 0, &p->inks[ink].pair);
        }
        if (i == n)
            break;
        size_t step = utf8_cluster(s + i, n - i, &cols);
        if (step == 0)
            break;
        if (cols > 0)
            at = put_cluster(p, at, s + i, step, cols, ink, mark);
        i += step;
    }
    return at;
}

static struct painted *
part_at(struct paint *p, int row, int col)
{
    struct painted *parts = p->rows[row];
    for (int i = 0; i < PARTS; i++)
        if (parts[i].col == col || parts[i].col < 0)
            return &parts[i];
    return &parts[PARTS - 1];
}

void
paint_line(struct paint *p, int row, int col, const struct line *l)
{
    if (row < 0 || row >= p->row_count || col < 0 || col >= p->col_count || l->width <= 0)
        return;
    struct painted *part = part_at(p, row, col);
    uint64_t hash = line_hash(l);
    if (part->col == col && part->hash == hash)
        return;
    part->col = col;
    part->hash = hash;
    size_t count = 0, at = 0;
    for (size_t i = 0; i < l->run_count; i++) {
        const char *address = addresses_at(&l->links, l->runs[i].link);
        wchar_t mark = p->links && *address ? links_mark(p->links, address) : 0;
        count = put_run(p, count, l->text.p + at, l->runs[i].len, l->runs[i].ink, mark);
        at += l->runs[i].len;
    }
    int pair = p->inks[INK_TEXT].pair;
    for (int c = l->cols; c < l->width; c++)
        setcchar(next_cell(p, count++), L" ", p->inks[INK_TEXT].attributes, 0, &pair);
    mvwadd_wchnstr(newscr, row, col, p->cells, (int)count);
}

void
paint_dump(struct buf *out)
{
    int rows, cols;
    getmaxyx(newscr, rows, cols);
    for (int r = 0; r < rows; r++) {
        size_t keep = out->len;
        for (int c = 0; c < cols;) {
            cchar_t cell;
            wchar_t points[CCHARW_MAX + 1] = {0};
            attr_t attributes;
            short pair;
            if (mvwin_wch(newscr, r, c, &cell) == ERR ||
                getcchar(&cell, points, &attributes, &pair, NULL) == ERR)
                break;
            for (size_t i = 0; points[i] && !links_is_mark(points[i]); i++) {
                char bytes[4];
                buf_append(out, bytes, utf8_encode((uint32_t)points[i], bytes));
            }
            if (points[0] != L' ' && points[0])
                keep = out->len;
            int width = wcwidth(points[0]);
            c += width > 1 ? width : 1;
        }
        buf_truncate(out, keep);
        buf_append_char(out, '\n');
    }
}
