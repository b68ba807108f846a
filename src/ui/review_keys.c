#include "review_keys.h"

#include <string.h>

#include "berdua/base/mem.h"
#include "ui/text/flow.h"
#include "ui_private.h"

bool
ui_without_input(const struct ui *ui)
{
    return ui->facts->review.on && ui->asking == ASK_MESSAGE;
}

/* What can be done besides judging. */
static bool
belongs(enum action a)
{
    static const bool all[ACT_COUNT] = {
        [ACT_CLEAR_OR_CANCEL] = true,
        [ACT_SUSPEND] = true,
        [ACT_REDRAW] = true,
        [ACT_HELP] = true,
        [ACT_MESSAGES] = true,
        [ACT_DIFF] = true,
        [ACT_ZOOM] = true,
        [ACT_PAGE_UP] = true,
        [ACT_PAGE_DOWN] = true,
        [ACT_HALF_UP] = true,
        [ACT_HALF_DOWN] = true,
        [ACT_LINE_UP] = true,
        [ACT_LINE_DOWN] = true,
        [ACT_TOP] = true,
        [ACT_BOTTOM] = true,
        [ACT_SEARCH] = true,
        [ACT_SEARCH_NEXT] = true,
        [ACT_SEARCH_PREVIOUS] = true,
        [ACT_COPY] = true,
        [ACT_TAB] = true,
        [ACT_NOTE] = true,
        [ACT_QUIT] = true,
    };
    return all[a];
}

/* The key that judges like this action; NULL: it does not. */
static const char *
judging_key_of(enum action a)
{
    static const char *const keys[ACT_COUNT] = {
        [ACT_VERDICT_LEFT] = "1",     [ACT_VERDICT_RIGHT] = "2", [ACT_VERDICT_TIE] = "3",
        [ACT_VERDICT_BOTH_BAD] = "4", [ACT_UNDO] = "u",          [ACT_SET_ASIDE] = "0"};
    return keys[a];
}

static bool
pair_waits(const struct ui *ui)
{
    return ui->judging.stage == JUDGING_PAIR;
}

bool
ui_review_key(struct ui *ui, const char *key)
{
    if (ui->asking != ASK_MESSAGE || ui->page != ACT_NONE)
        return false;
    enum action a = keymap_lookup(ui->keymap, FOCUS_BROWSE, key);
    const char *judging = judging_key_of(a);
    if (strcmp(key, "q") == 0) {
        ui->ops.perform(ui->ops.arg, ACT_QUIT, NULL, NULL);
    } else if (strcmp(key, "u") == 0 || (a == ACT_UNDO && !pair_waits(ui))) {
        ui->ops.judge(ui->ops.arg, NULL, &(struct verdict){.kind = VERDICT_UNDO});
    } else if (strcmp(key, "s") == 0 && pair_waits(ui)) {
        ui->ops.perform(ui->ops.arg, ACT_SET_ASIDE, NULL, "later");
    } else if (strcmp(key, "n") == 0 && pair_waits(ui)) {
        ui_act(ui, ACT_NOTE, NULL);
    } else if (judging) {
        if (pair_waits(ui))
            ui_judge_key(ui, judging);
    } else if (a != ACT_NONE && !belongs(a)) {
        ui_notice(ui, false, "%s: not in a review", action_info(a)->name);
    } else if (a == ACT_NONE) {
        ui_unbound(ui, key);
    } else {
        return false;
    }
    return true;
}

void
ui_draw_review(struct ui *ui)
{
    const struct rect *r = &ui->layout.conversation;
    const char *text = ui->facts->review.words ? ui->facts->review.words : "";
    struct flow *f = flow_create(FLOW_TEXT);
    int cols = ui->layout.text_cols < LAYOUT_COLUMN_MIN_COLS * 2 ? ui->layout.text_cols
                                                                 : LAYOUT_COLUMN_MIN_COLS * 2;
    flow_set_width(f, cols);
    flow_update(f, text, strlen(text), true);
    int count = (int)flow_row_count(f), first = r->rows > count ? (r->rows - count) / 2 : 0;
    for (int i = 0; i < r->rows; i++) {
        line_reset(&ui->line, r->cols);
        if (i >= first && i - first < count) {
            struct flow_row row;
            flow_get(f, (size_t)(i - first), &row);
            line_pad(&ui->line, INK_TEXT, ui->layout.text_col + (ui->layout.text_cols - cols) / 2);
            line_add_row(&ui->line, INK_TEXT, &row, "");
        }
        paint_line(ui->paint, r->row + i, r->col, &ui->line);
    }
    flow_destroy(&f);
}

void
ui_review_hints(const struct ui *ui,
                bool (*add)(struct line *l, const char *key, const char *text, int room),
                struct line *l, int room)
{
    if (ui->judging.stage == JUDGING_OFF)
        add(l, "u", "undo last", room);
    if (pair_waits(ui) && (!add(l, "s", "skip", room) || !add(l, "n", "note", room)))
        return;
    if ((pair_waits(ui) || ui->judging.stage == JUDGING_OFF) && add(l, "q", "leave", room))
        add(l, "?", "keys", room);
}
