#include "theme_choice.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "ui_private.h"

static bool
show(struct ui *ui, const char *name, struct err *err)
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
    return show(ui, ui->color ? ui->config->theme : "mono", err);
}

void
ui_theme_fit(struct ui *ui)
{
    struct err err = {{0}};
    enum ground is = term_ground(ui->term), fits = ui->theme->ground;
    bool other = ui->theme->other && is != GROUND_UNKNOWN && fits != GROUND_UNKNOWN && is != fits;
    if (!ui->theme_chosen && other && !show(ui, ui->theme->other, &err))
        ui_notice(ui, true, "%s", err.text);
}

struct next {
    const char *present;
    char *first, *next;
    bool take;
};

static void
find_next(void *arg, const char *name)
{
    struct next *n = arg;
    if (!n->first)
        n->first = xstrdup(name);
    if (n->take && !n->next)
        n->next = xstrdup(name);
    n->take = strcmp(name, n->present) == 0;
}

void
ui_theme_choose(struct ui *ui, const char *name)
{
    struct next n = {.present = ui->theme->name};
    struct err err = {{0}};
    if (!name)
        theme_each(find_next, &n);
    ui->theme_chosen = true;
    if (show(ui, name ? name : n.next ? n.next : n.first, &err))
        ui_notice(ui, false, "theme %s", ui->theme->name);
    else
        ui_notice(ui, true, "%s", err.text);
    free(n.first);
    free(n.next);
}
