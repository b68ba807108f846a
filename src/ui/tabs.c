/* The row of tabs on a screen that has room for one pane. */
#include "status.h"
#include "ui_private.h"

#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"
#include "ui/text/words.h"

static const char *
tab_name(const struct turn *about, int tab)
{
    return tab == TAB_FIGURES ? "figures" : words_brain(about, turn_side(about, tab != TAB_LEFT));
}

/* Tabs are whole: where they have no room side by side the one in front stands alone, with a sign that there are more. */
void
status_tabs(struct line *l, const struct ui *ui)
{
    const struct turn *about = view_selected(ui->view);
    int count = ui->facts->review.on ? TAB_FIGURES : TAB_COUNT, names = 0, front = (int)ui->tab;
    bool dots = l->width >= 30;
    if (ui->facts->review.on && !about)
        return;
    for (int t = 0; t < count; t++)
        names += utf8_width(tab_name(about, t), strlen(tab_name(about, t)));
    bool airy = names + (dots ? 4 : 2) * count <= l->width, all = names + count - 1 <= l->width;
    if (!all && front > 0)
        line_add_str(l, INK_TAB, "\u2026 ");
    for (int t = all ? 0 : front; t <= (all ? count - 1 : front); t++) {
        if (airy || (all && t > 0))
            line_add_str(l, INK_TEXT, " ");
        if (t != TAB_FIGURES && dots) {
            enum brain_id b = turn_side(about, t != TAB_LEFT);
            enum ink ink;
            words_state(about, b, clock_us(), &ink);
            line_addf(l, ink, "%s ", words_sign(about, b, ui->glyphs));
        }
        line_add_str(l, t == front ? INK_TAB_ACTIVE : INK_TAB, tab_name(about, t));
        if (airy)
            line_add_str(l, INK_TEXT, " ");
    }
    if (!all && front < count - 1)
        line_add_str(l, INK_TAB, " \u2026");
}
