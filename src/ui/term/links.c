#include "links.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "curses.h"

/* Unicode's selectors of glyphs that have no name; no text has them here. */
enum { FIRST = 0xe0100, MARKS = 240, MARK_BYTES = 4 };

struct links {
    char *addresses[MARKS]; /* NULL: nothing leads there */
    bool given[MARKS];      /* since the last frame: perhaps for cells that curses has not yet */
    int open;               /* while curses' output passes: the link that goes on, or NONE */
    bool any, full;         /* full: since the last frame, no mark was free */
};

enum { NONE = -1 };

struct links *
links_create(void)
{
    if (wcwidth(FIRST) != 0 || wcwidth(FIRST + MARKS - 1) != 0)
        return NULL;
    struct links *l = xcalloc(1, sizeof *l);
    l->open = NONE;
    return l;
}

void
links_destroy(struct links **l)
{
    for (int i = 0; *l && i < MARKS; i++)
        free((*l)->addresses[i]);
    free(*l);
    *l = NULL;
}

bool
links_is_mark(wchar_t c)
{
    return c >= FIRST && c < FIRST + MARKS;
}

/* ---- which mark ---- */

static void
note_marks(WINDOW *w, bool used[MARKS])
{
    int y, x, rows, cols;
    getyx(w, y, x);
    getmaxyx(w, rows, cols);
    for (int i = 0; i < rows * cols; i++) {
        cchar_t cell;
        wchar_t points[CCHARW_MAX + 1] = {0};
        attr_t attributes;
        short pair;
        if (mvwin_wch(w, i / cols, i % cols, &cell) != ERR)
            getcchar(&cell, points, &attributes, &pair, NULL);
        for (int k = 0; points[k]; k++)
            if (links_is_mark(points[k]))
                used[points[k] - FIRST] = true;
    }
    wmove(w, y, x);
}

/* A mark means the same as long as a cell has it, on the terminal or in the next frame. */
static void
forget_unused(struct links *l)
{
    bool used[MARKS];
    memcpy(used, l->given, sizeof used);
    note_marks(curscr, used);
    note_marks(newscr, used);
    for (int i = 0; i < MARKS; i++) {
        if (!used[i]) {
            free(l->addresses[i]);
            l->addresses[i] = NULL;
        }
    }
}

/* NULL: a mark without an address. */
static int
find(const struct links *l, const char *address)
{
    for (int i = 0; i < MARKS; i++)
        if (address ? l->addresses[i] && strcmp(l->addresses[i], address) == 0 : !l->addresses[i])
            return i;
    return NONE;
}

wchar_t
links_mark(struct links *l, const char *address)
{
    int i = find(l, address);
    if (i == NONE && l->full)
        return 0;
    if (i == NONE && find(l, NULL) == NONE)
        forget_unused(l);
    if (i == NONE)
        i = find(l, NULL);
    l->full = i == NONE;
    if (l->full)
        return 0;
    if (!l->addresses[i])
        l->addresses[i] = xstrdup(address);
    l->given[i] = l->any = true;
    return FIRST + i;
}

/* ---- what curses sends ---- */

static void
go_on_with(struct links *l, int link, struct buf *out)
{
    if (link == l->open)
        return;
    if (link == NONE)
        buf_append_str(out, "\033]8;;\033\\");
    else
        buf_printf(out, "\033]8;id=%d;%s\033\\", link, l->addresses[link]);
    l->open = link;
}

static size_t
sequence_len(const char *p, size_t n)
{
    size_t len = n > 1 ? 2 : 1;
    if (n < 2 || !memchr("[()", p[1], 3))
        return len;
    if (p[1] != '[')
        return n > 2 ? 3 : 2;
    while (len < n && (p[len] < '@' || p[len] > '~'))
        len++;
    return len < n ? len + 1 : n;
}

/* A character with what stands in the same cell; its mark last. */
static size_t
cell_len(const char *p, size_t n, int *link)
{
    uint32_t cp;
    size_t len = utf8_decode(p, n, &cp), more;
    while (len < n && (more = utf8_decode(p + len, n - len, &cp)) > 0 &&
           wcwidth((wchar_t)cp) == 0) {
        if (links_is_mark((wchar_t)cp)) {
            *link = (int)cp - FIRST;
            break;
        }
        len += more;
    }
    return len ? len : 1;
}

void
links_pass(struct links *l, const char *p, size_t n, struct buf *out)
{
    if (!l->any) {
        buf_append(out, p, n);
        return;
    }
    for (size_t i = 0, len; i < n; i += len) {
        int link = NONE;
        len = 1;
        if (p[i] == '\033') {
            len = sequence_len(p + i, n - i);
            if (p[i + len - 1] == 'm') /* what is set within a link does not end it */
                link = l->open;
        } else if ((unsigned char)p[i] >= ' ') {
            len = cell_len(p + i, n - i, &link);
        }
        go_on_with(l, link, out);
        buf_append(out, p + i, len);
        if (link != NONE && p[i] != '\033')
            len += MARK_BYTES;
    }
    go_on_with(l, NONE, out);
    memset(l->given, 0, sizeof l->given);
    l->full = false;
}
