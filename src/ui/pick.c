/* A page to choose from: what is typed is looked for at once, the arrows mark an entry, Enter takes it. The page is loaded
 * anew for every text, and for every entry that is marked, whose preview stands beside the list or beneath it. */
#include "open_page.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "ui_private.h"

enum { BESIDE_FROM_COLS = 100, BENEATH_FROM_ROWS = 14, PREVIEW_GAP = 3 };

void
ui_pick_areas(const struct ui *ui, struct rect *list, struct rect *preview)
{
    int top = ui->layout.title.rows;
    int bottom = ui->layout.rule.rows ? ui->layout.rule.row : ui->layout.prompt.row;
    *list = (struct rect){top, 0, bottom - top, ui->cols};
    *preview = (struct rect){0};
    if (!ui_page_ops(ui)->picks)
        return;
    if (ui->cols >= BESIDE_FROM_COLS) {
        list->cols = ui->cols / 2;
        *preview = (struct rect){top, list->cols + PREVIEW_GAP - 1, list->rows,
                                 ui->cols - list->cols - PREVIEW_GAP + 1};
    } else if (list->rows >= BENEATH_FROM_ROWS) {
        int rows = list->rows / 2;
        list->rows -= rows;
        *preview = (struct rect){top + list->rows, 0, rows, ui->cols};
    }
}

static void
load_page(struct ui *ui)
{
    if (ui->ops.load)
        ui->ops.load(ui->ops.arg, ui->page, ui->find[0] ? ui->find : NULL, ui->picked);
}

static void
set_picked(struct ui *ui, const char *key)
{
    char *copy = xstrdup(key);
    free(ui->picked);
    ui->picked = copy;
}

void
ui_pick_lay(struct ui *ui)
{
    struct rect list, preview;
    ui_pick_areas(ui, &list, &preview);
    overlay_mark(&ui->overlay, ui->picked, list.rows, ui->glyphs->selected);
    overlay_begin(&ui->preview, "What was said last", false);
    if (!ui->doc || !preview.rows || !overlay_marked(&ui->overlay))
        return;
    if (doc_previews(ui->doc, overlay_marked(&ui->overlay)))
        doc_lay_preview(ui->doc, &ui->preview, preview.cols, ui->glyphs);
    else
        line_add_str(overlay_add(&ui->preview, preview.cols), INK_DIM, "looking …");
}

static int
rows_moved(const char *key, int body)
{
    static const char *const keys[] = {"Up", "Down", "PgUp", "PgDn", "C-p", "C-n", "Home", "End"};
    const int by[] = {-1, 1, -body, body, -1, 1, -100000, 100000};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strcmp(key, keys[i]) == 0)
            return by[i];
    return 0;
}

bool
ui_pick_key(struct ui *ui, const char *key)
{
    struct rect list, preview;
    ui_pick_areas(ui, &list, &preview);
    int by = rows_moved(key, overlay_body_rows(list.rows));
    bool escape = strcmp(key, "Esc") == 0 && ui->find[0];
    if (escape || ui_find_typed(ui, key)) {
        if (escape)
            ui->find[0] = 0;
        set_picked(ui, NULL);
        load_page(ui);
    } else if (by && overlay_marked(&ui->overlay)) {
        set_picked(ui, overlay_move(&ui->overlay, by));
        load_page(ui);
    } else if (strcmp(key, "Enter") == 0 && overlay_marked(&ui->overlay)) {
        enum action page = ui->page;
        char *chosen = xstrdup(overlay_marked(&ui->overlay));
        ui_close_page(ui);
        ui->ops.perform(ui->ops.arg, page, NULL, chosen);
        free(chosen);
        return true;
    } else {
        return false;
    }
    ui_fill_page(ui);
    return true;
}
