#include "overlay.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/mem.h"

void
overlay_begin(struct overlay *o, const char *title)
{
    for (int i = 0; i < o->count; i++)
        line_finish(&o->lines[i]);
    o->count = o->first = 0;
    free(o->title);
    o->title = xstrdup(title);
}

void
overlay_finish(struct overlay *o)
{
    overlay_begin(o, NULL);
    free(o->lines);
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

static bool
holds(const struct line *l, size_t len, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i + n <= len; i++)
        if (strncasecmp(l->text.p + i, text, n) == 0)
            return true;
    return false;
}

static bool
is_heading(const struct line *l)
{
    return l->run_count > 0 && l->runs[0].ink == INK_HEADING;
}

void
overlay_keep(struct overlay *o, const char *text, int cols)
{
    int kept = 0, heading = -1;
    bool all = false; /* of what stands under a heading that holds it */
    for (int i = 0; *text && i < o->count; i++) {
        struct line *l = &o->lines[i];
        if (is_heading(l)) {
            heading = i;
            all = holds(l, l->runs[0].len, text);
            continue;
        }
        if (!l->run_count || !(all || holds(l, l->text.len, text)))
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
    if (kept == 0)
        line_add_str(overlay_add(o, cols), INK_DIM, "nothing here holds that");
}

void
overlay_scroll(struct overlay *o, int by, int rows)
{
    int body = rows - 2; /* title and a blank */
    int last = o->count > body ? o->count - body : 0;
    long first = (long)o->first + by;
    o->first = first < 0 ? 0 : first > last ? last : (int)first;
}

void
overlay_line(const struct overlay *o, int i, int rows, int cols, struct line *out)
{
    line_reset(out, cols);
    if (i == 0) {
        line_add_str(out, INK_TEXT, "  ");
        line_add_raw(out, INK_TITLE, o->title, strlen(o->title), cols - 4);
        if (o->count > rows - 2) {
            int end = o->first + rows - 2;
            char *range =
                xasprintf("%d-%d of %d ", o->first + 1, end < o->count ? end : o->count, o->count);
            line_right(out, INK_DIM, range, 1);
            free(range);
        }
        return;
    }
    i = i - 2 + o->first;
    if (i >= o->first && i < o->count)
        line_join(out, &o->lines[i], OVERLAY_MARGIN_COLS);
}
