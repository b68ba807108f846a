/* The menu and the caption of a guide. */
#include "ui_private.h"
#include "guide_parts.h"

#include <string.h>

#include "berdua/base/utf8.h"
#include "berdua/ui/guide.h"
#include "ui/text/charts.h"

enum { BOX_MARGIN_COLS = 2, BOX_ROWS = 2, BAR_COLS = 10, CAPTION_TEXT_MAX_COLS = 120 };

static const struct ui_guide *
guide_of(const struct ui *ui)
{
    return ui->facts->guide;
}

bool
ui_guide_key(struct ui *ui, const char *key)
{
    bool typing = ui->page == ACT_NONE && ui->focus == FOCUS_COMPOSE && ui->asking == ASK_MESSAGE &&
                  !editor_wants(ui->editor, key);
    return ui->ops.guide_key &&
           ui->ops.guide_key(ui->ops.arg, key, typing ? editor_text(ui->editor) : NULL);
}

void
ui_guide_changed(struct ui *ui)
{
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_MODEL | DIRTY_STATUS);
}

void
ui_enter(struct ui *ui, const char *line)
{
    if (ui->page != ACT_NONE)
        ui_close_page(ui);
    if (ui->focus == FOCUS_BROWSE)
        ui_act(ui, ACT_COMPOSE, NULL);
    if (*line)
        ui_accept(ui, line);
}

void
ui_type(struct ui *ui, const char *text)
{
    editor_paste(ui->editor, text, strlen(text));
    ui_dirty(ui, DIRTY_PROMPT);
}

/* ---- the menu ---- */

bool
ui_draw_guide(struct ui *ui)
{
    const struct ui_guide *g = guide_of(ui);
    const struct rect *r = &ui->layout.conversation;
    bool empty = !ui->conversation || ui->conversation->count == 0;
    struct overlay o = {0};
    int wide = 0;
    if (!g || !g->menu || (!empty && !g->over))
        return false;
    doc_lay(g->menu, &o, r->cols, ui->glyphs);
    for (int i = 0; i < o.count; i++)
        wide = o.lines[i].cols > wide ? o.lines[i].cols : wide;
    int spare = r->rows - o.count, left = (r->cols - wide) / 2;
    int top = spare > 0 ? spare / 2 : 0, first = g->marked - r->rows / 2;
    if (first > -spare)
        first = -spare;
    if (first < 0)
        first = 0;
    for (int i = 0; i < r->rows; i++) {
        int at = i - top + first;
        line_reset(&ui->line, r->cols);
        if (at >= 0 && at < o.count)
            line_join(&ui->line, &o.lines[at], left > 0 ? left : 0);
        paint_line(ui->paint, r->row + i, r->col, &ui->line);
    }
    overlay_finish(&o);
    return true;
}

/* ---- the caption ---- */

bool
ui_has_caption(const struct ui *ui)
{
    return guide_of(ui) && guide_of(ui)->caption.text;
}

static void
lay_caption(const struct ui *ui, struct overlay *o)
{
    struct doc *d = doc_create();
    const char *text = guide_of(ui)->caption.text;
    int cols = ui->cols < CAPTION_TEXT_MAX_COLS ? ui->cols : CAPTION_TEXT_MAX_COLS;
    doc_text(d, text, strlen(text));
    doc_lay(d, o, cols - 1, ui->glyphs);
    doc_destroy(&d);
}

int
ui_caption_rows(const struct ui *ui)
{
    struct overlay o = {0};
    lay_caption(ui, &o);
    int rows = o.count + BOX_ROWS;
    overlay_finish(&o);
    return rows;
}

/* The upper edge, with the title and the keys. */
static void
caption_top(struct ui *ui, struct line *l)
{
    const struct ui_guide *g = guide_of(ui);
    int keys = utf8_width(g->caption.keys, strlen(g->caption.keys)) + 4;
    line_add_str(l, INK_MARK, ui->glyphs->corner[0]);
    line_addf(l, INK_TITLE, " %s ", g->caption.title);
    if (l->cols + keys < l->width) {
        line_repeat(l, INK_MARK, ui->glyphs->horizontal, l->width - l->cols - keys);
        line_addf(l, INK_KEY, " %s ", g->caption.keys);
    }
    line_repeat(l, INK_MARK, ui->glyphs->horizontal, l->width - l->cols - 1);
    line_add_str(l, INK_MARK, ui->glyphs->corner[1]);
}

/* The lower edge, with how far it is. */
static void
caption_bottom(struct ui *ui, struct line *l)
{
    const struct ui_guide *g = guide_of(ui);
    int clock = (int)strlen(g->caption.clock) + BAR_COLS + 5;
    line_add_str(l, INK_MARK, ui->glyphs->corner[2]);
    if (clock < l->width - 2) {
        line_repeat(l, INK_MARK, ui->glyphs->horizontal, l->width - l->cols - clock);
        line_add_str(l, INK_TEXT, " ");
        chart_amount(l, ui->glyphs, INK_MARK, g->caption.done, BAR_COLS);
        line_addf(l, INK_TITLE_DETAIL, " %s ", g->caption.clock);
    }
    line_repeat(l, INK_MARK, ui->glyphs->horizontal, l->width - l->cols - 1);
    line_add_str(l, INK_MARK, ui->glyphs->corner[3]);
}

void
ui_draw_caption(struct ui *ui)
{
    const struct rect *r = &ui->layout.prompt;
    bool boxed = r->rows > BOX_ROWS;
    struct overlay o = {0};
    lay_caption(ui, &o);
    for (int i = 0; i < r->rows; i++) {
        struct line *l = &ui->line;
        int at = i - boxed;
        line_reset(l, ui->cols);
        if (boxed && i == 0) {
            caption_top(ui, l);
        } else if (boxed && i == r->rows - 1) {
            caption_bottom(ui, l);
        } else {
            if (boxed)
                line_add_str(l, INK_MARK, ui->glyphs->vertical);
            if (at < o.count)
                line_join(l, &o.lines[at], BOX_MARGIN_COLS);
            if (boxed) {
                line_pad(l, INK_TEXT, l->width - 1);
                line_add_str(l, INK_MARK, ui->glyphs->vertical);
            }
        }
        paint_line(ui->paint, r->row + i, 0, l);
    }
    overlay_finish(&o);
}
