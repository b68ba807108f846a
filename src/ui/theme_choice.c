#include "theme_choice.h"

#include <stdlib.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "ui_private.h"

static bool
show_theme(struct ui *ui, const char *name, struct err *err)
{
    struct theme *theme = theme_load(name, err);
    if (!theme)
        return false;
    theme_destroy(&ui->theme);
    ui->theme = theme;
    if (ui->paint) {
        paint_theme(ui->paint, theme);
        ui_dirty(ui, DIRTY_ALL);
    }
    return true;
}

bool
ui_theme_start(struct ui *ui, struct err *err)
{
    ui->theme_chosen = !ui->color || !ui->config->ui.theme_by_background;
    return show_theme(ui, ui->color ? ui->config->theme : "mono", err);
}

void
ui_theme_fit(struct ui *ui)
{
    struct err err = {{0}};
    enum ground is = term_ground(ui->term), fits = ui->theme->ground;
    bool other = ui->theme->other && is != GROUND_UNKNOWN && fits != GROUND_UNKNOWN && is != fits;
    if (!ui->theme_chosen && !ui->theme_before && other && !show_theme(ui, ui->theme->other, &err))
        ui_notice(ui, true, "%s", err.text);
}

void
ui_theme_preview(struct ui *ui, const char *name)
{
    struct err err = {{0}};
    char *before = ui->theme_before;
    if (!name && !before)
        return;
    ui->theme_before = name ? before ? before : xstrdup(ui->theme->name) : NULL;
    if (!show_theme(ui, name ? name : before, &err))
        ui_notice(ui, true, "%s", err.text);
    if (!name)
        free(before);
}

void
ui_theme_choose(struct ui *ui, const char *name)
{
    struct err err = {{0}};
    bool good = show_theme(ui, name, &err);
    if (good) {
        ui->theme_chosen = true;
        free(ui->theme_before);
        ui->theme_before = NULL;
        ui_notice(ui, false, "theme %s", ui->theme->name);
    } else {
        ui_notice(ui, true, "%s", err.text);
    }
}
