/* Finding text in the conversation: the match that is shown, which of how many it is, and the next one. */
#include "find.h"
#include "ui_private.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

void
ui_search_next(struct ui *ui, bool forward)
{
    if (!ui->needle) {
        ui_begin_asking(ui, ASK_SEARCH);
        return;
    }
    struct search_place place = ui->found;
    if (forward)
        place.offset++;
    if (!search_conversation(ui->conversation, ui->needle, forward, &place)) {
        ui_notice(ui, true, "not found: %s", ui->needle);
        return;
    }
    ui->found = place;
    const struct turn *t = ui->conversation->turns[place.turn];
    /* where only one column is shown, the match may be in the other one */
    if (place.brain != BRAIN_NONE && ui->layout.arrangement == ARRANGE_ONE) {
        int side = turn_side(t, 0) == place.brain ? 0 : 1;
        if (ui->layout.tabbed)
            ui->tab = side ? TAB_RIGHT : TAB_LEFT;
        else
            ui->zoom = side;
        ui_dirty(ui, DIRTY_LAYOUT);
    }
    view_go(ui->view, t, place.brain, place.offset);
    size_t index, count = search_count(ui->conversation, ui->needle, &place, &index);
    ui_notice(ui, false, "match %zu of %zu, turn %lld: %s", index, count, (long long)t->seq,
              ui->needle);
    ui_dirty(ui, DIRTY_MODEL);
}

void
ui_search(struct ui *ui, const char *needle)
{
    if (!needle) {
        ui_begin_asking(ui, ASK_SEARCH);
        return;
    }
    free(ui->needle);
    ui->needle = xstrdup(needle);
    /* the search goes backwards from the turn in sight */
    size_t index = view_index_of(ui->view, view_selected(ui->view));
    ui->found = (struct search_place){index, turn_side(view_selected(ui->view), 1), SIZE_MAX};
    ui->focus = FOCUS_BROWSE;
    ui_search_next(ui, false);
}
