/* Judging a blind pair by bare keys while the input line is empty: what chat/judging.h makes of them, on this screen. */
#include "ui_private.h"

#include <string.h>

#include "berdua/base/utf8.h"

static bool
is_digit(const char *key)
{
    return key[0] >= '0' && key[0] <= '9' && !key[1];
}

/* The keys of a page and those that move about come first there. */
static bool
may_judge_here(const struct ui *ui, const char *key)
{
    if (ui->page != ACT_NONE)
        return ui->page == ACT_DIFF && is_digit(key);
    bool away = view_selected(ui->view) != conversation_last(ui->conversation);
    if (ui->facts->review.on)
        return ui->asking == ASK_MESSAGE && strcmp(key, "i") != 0;
    if (ui->focus == FOCUS_BROWSE)
        return away ? false
                    : is_digit(key) || strcmp(key, "!") == 0 || strcmp(key, "@") == 0 ||
                          strcmp(key, "Space") == 0 || strcmp(key, "u") == 0;
    return ui->asking == ASK_MESSAGE && editor_empty(ui->editor) && !editor_wants(ui->editor, key);
}

/* No verdict lands on a pair that is not in sight. */
static bool
brought_into_sight(struct ui *ui)
{
    if (view_selected(ui->view) == conversation_last(ui->conversation))
        return false;
    view_bottom(ui->view);
    ui_notice(ui, false, "this is the pair: press the key again");
    ui_dirty(ui, DIRTY_MODEL | DIRTY_STATUS);
    return true;
}

bool
ui_judge_key(struct ui *ui, const char *key)
{
    struct verdict given = {.kind = VERDICT_NONE};
    const struct turn *pair = conversation_last(ui->conversation);
    if (!may_judge_here(ui, key))
        return false;
    enum judging_act act = judging_key(&ui->judging, key, &given);
    if (act == JUDGING_NOT_MINE)
        return false;
    ui_dirty(ui, DIRTY_STATUS | DIRTY_PROMPT);
    if (act == JUDGING_UNKNOWN) {
        ui_notice(ui, false,
                  ui->facts->review.on ? "a question stands: Enter skips it"
                                       : "a question stands: i skips it, and you write");
        return true;
    }
    if (ui->page != ACT_NONE)
        ui_close_page(ui);
    if (act == JUDGING_GIVE && !brought_into_sight(ui))
        ui->ops.judge(ui->ops.arg, pair, &given);
    else if (act == JUDGING_ASIDE && !brought_into_sight(ui))
        ui->ops.perform(ui->ops.arg, ACT_SET_ASIDE, pair, NULL);
    else if (act == JUDGING_DIFFERENCE)
        ui_open_page(ui, ACT_DIFF, NULL);
    else if (act == JUDGING_WRITE)
        ui->focus = FOCUS_COMPOSE;
    ui->writes = act == JUDGING_WRITE;
    return true;
}

void
ui_judge_step(struct ui *ui, bool skip)
{
    struct verdict said;
    enum judging_stage before = ui->judging.stage;
    if (skip)
        judging_skip(&ui->judging);
    judging_look(&ui->judging, conversation_last(ui->conversation));
    if (before != ui->judging.stage) {
        ui->writes = false;
        ui_dirty(ui, DIRTY_STATUS);
    }
    if (!judging_over(&ui->judging, &said))
        return;
    ui->ops.judge(ui->ops.arg, conversation_last(ui->conversation), &said);
    judging_look(&ui->judging, conversation_last(ui->conversation)); /* another pair, perhaps */
    ui_dirty(ui, DIRTY_STATUS);
}
