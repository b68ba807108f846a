#include "overlay.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/ui/search.h"

void
overlay_begin(struct overlay *o, const char *title, bool numbered)
{
    for (int i = 0; i < o->count; i++)
        line_finish(&o->lines[i]);
    for (int i = 0; i < o->item_count; i++)
        free(o->items[i].key);
    o->count = o->first = o->part_count = o->item_count = o->marked = 0;
    o->numbered = numbered;
    free(o->title);
    o->title = xstrdup(title);
}

void
overlay_finish(struct overlay *o)
{
    overlay_begin(o, NULL, false);
    free(o->lines);
    free(o->items);
}

struct line *
overlay_add(struct overlay *o, int cols)
{
    o->lines = xgrow(o->lines, (size_t)o->count, sizeof *o->lines);
    struct line *l = &o->lines[o->count++];
    *l = (struct line){.cols = 0};
    line_reset(l, cols);
    return l;
}

struct line *
overlay_item(struct overlay *o, int cols, const char *key)
{
    o->items = xgrow(o->items, (size_t)o->item_count, sizeof *o->items);
    o->items[o->item_count++] = (struct overlay_item){.line = o->count, .key = xstrdup(key)};
    return overlay_add(o, cols);
}

enum { AIRY_FROM_ROWS = 4 };

/* The title, and a blank row beneath where there is room. */
static int
head_rows(int rows)
{
    return rows >= AIRY_FROM_ROWS ? 2 : rows > 1;
}

int
overlay_body_rows(int rows)
{
    return rows - head_rows(rows);
}

void
overlay_mark(struct overlay *o, const char *key, int rows, const char *sign)
{
    o->sign = sign;
    o->marked = 0;
    for (int i = 0; key && i < o->item_count; i++)
        if (strcmp(o->items[i].key, key) == 0)
            o->marked = i;
    int line = o->item_count ? o->items[o->marked].line : 0, body = overlay_body_rows(rows);
    if (line < o->first)
        overlay_scroll(o, line - o->first, rows);
    else if (line >= o->first + body)
        overlay_scroll(o, line - body + 1 - o->first, rows);
}

const char *
overlay_move(const struct overlay *o, int by)
{
    int to = o->marked + by;
    to = to >= o->item_count ? o->item_count - 1 : to < 0 ? 0 : to;
    return o->item_count ? o->items[to].key : NULL;
}

const char *
overlay_marked(const struct overlay *o)
{
    return overlay_move(o, 0);
}

static bool
line_holds(const struct line *l, size_t len, const char *text)
{
    size_t found;
    return search_text(l->text.p, len, 0, text, &found) != SIZE_MAX;
}

/* How far the heading reaches, with the number before it if there is one; 0: the line is no heading. */
static size_t
heading_bytes(const struct line *l)
{
    size_t bytes = 0;
    for (size_t i = 0; i < 2 && i < (size_t)l->run_count; i++) {
        bytes += l->runs[i].len;
        if (l->runs[i].ink == INK_HEADING)
            return bytes;
    }
    return 0;
}

void
overlay_keep(struct overlay *o, const char *text, int cols)
{
    int kept = 0, heading = -1;
    bool all = false; /* of what stands under a heading that holds it */
    for (int i = 0; *text && i < o->count; i++) {
        struct line *l = &o->lines[i];
        size_t head = heading_bytes(l);
        if (head) {
            heading = i;
            all = line_holds(l, head, text);
            continue;
        }
        if (!l->run_count || !(all || line_holds(l, l->text.len, text)))
            continue;
        int take[] = {heading, i};
        for (int t = heading < 0; t < 2; t++) {
            struct line at = o->lines[kept];
            o->lines[kept++] = o->lines[take[t]];
            o->lines[take[t]] = at;
        }
        heading = -1;
    }
    for (int i = kept; *text && i < o->count; i++)
        line_finish(&o->lines[i]);
    if (!*text)
        return;
    o->count = kept;
    o->part_count = 0; /* they stand elsewhere now */
    if (kept == 0)
        line_add_str(overlay_add(o, cols), INK_DIM, "nothing here holds that");
}

int
overlay_part(struct overlay *o)
{
    if (!o->numbered || o->part_count == OVERLAY_PARTS)
        return 0;
    o->parts[o->part_count++] = o->count;
    return o->part_count;
}

bool
overlay_go(struct overlay *o, int part, int rows)
{
    if (part < 1 || part > o->part_count)
        return false;
    overlay_scroll(o, o->parts[part - 1] - o->first, rows);
    return true;
}

void
overlay_scroll(struct overlay *o, int by, int rows)
{
    int body = overlay_body_rows(rows);
    int last = o->count > body ? o->count - body : 0;
    long first = (long)o->first + by;
    o->first = first < 0 ? 0 : first > last ? last : (int)first;
}

/* A marked entry has a sign before it, and its name stands out. */
static void
join(const struct overlay *o, int i, struct line *out)
{
    bool marked = o->item_count && o->items[o->marked].line == i;
    if (marked && o->sign)
        line_add_str(out, INK_MARK, o->sign);
    size_t before = out->run_count;
    line_join(out, &o->lines[i], OVERLAY_MARGIN_COLS);
    for (size_t r = before; marked && r < out->run_count; r++)
        if (out->runs[r].ink == INK_VALUE)
            out->runs[r].ink = INK_TAB_ACTIVE;
}

void
overlay_line(const struct overlay *o, int i, int rows, int cols, struct line *out)
{
    int head = head_rows(rows), end = o->first + rows - head;
    line_reset(out, cols);
    if (i == 0 && head) {
        line_add_str(out, INK_TEXT, "  ");
        line_add_raw(out, INK_TITLE, o->title, strlen(o->title), cols - 4);
        if (o->count > rows - head) {
            char *range =
                xasprintf("%d-%d of %d ", o->first + 1, end < o->count ? end : o->count, o->count);
            line_right(out, INK_DIM, range, 1);
            free(range);
        }
        return;
    }
    i = i - head + o->first;
    if (i >= o->first && i < o->count)
        join(o, i, out);
}
