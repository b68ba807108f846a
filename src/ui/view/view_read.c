/* What stands in a row of the screen. */
#include "view_private.h"

enum { HEADS_PINNED_FROM_ROWS = 8, QUESTION_PINNED_FROM_ROWS = 12 };

/* The rows of the screen that what scrolls off leaves behind. */
struct pins {
    bool question; /* in row 0 */
    int heads;     /* their row; -1: they are not pinned */
};

static struct pins
pins_of(const struct view *v, const struct view_plan *plan)
{
    struct pins pins = {.heads = -1};
    struct view_row at;
    pins.question = view_rows(v) >= QUESTION_PINNED_FROM_ROWS && v->top.row > plan->lead;
    size_t row = v->top.row + pins.question;
    if (view_rows(v) < HEADS_PINNED_FROM_ROWS || row >= plan->rows)
        return pins;
    view_turn_at(plan, row, &at);
    if (at.part == VIEW_BODY)
        pins.heads = pins.question;
    return pins;
}

int
view_pinned(struct view *v)
{
    struct view_plan plan;
    if (v->top.turn >= view_turn_count(v))
        return 0;
    view_plan_of(v, v->top.turn, &plan);
    struct pins pins = pins_of(v, &plan);
    return pins.question + (pins.heads >= 0);
}

void
view_row(struct view *v, int row, struct view_row *out)
{
    *out = (struct view_row){.part = VIEW_BLANK, .brain = BRAIN_NONE};
    if (row < 0 || v->top.turn >= view_turn_count(v))
        return;
    size_t at = v->top.row + (size_t)row;
    if (!v->reading.valid || at < v->reading.first) {
        v->reading.valid = true;
        v->reading.turn = v->top.turn;
        v->reading.first = 0;
        view_plan_of(v, v->top.turn, &v->reading.plan);
    }
    while (at - v->reading.first >= v->reading.plan.rows) {
        if (v->reading.turn + 1 >= view_turn_count(v))
            return;
        v->reading.first += v->reading.plan.rows;
        view_plan_of(v, ++v->reading.turn, &v->reading.plan);
    }
    out->turn = v->conversation->turns[v->reading.turn];
    size_t in_turn = at - v->reading.first;
    view_turn_at(&v->reading.plan, in_turn, out);
    bool selected = out->turn == view_selected(v);
    out->folded = view_is_folded(v, v->reading.turn);
    out->selected =
        selected && (row == 0 ? in_turn >= v->reading.plan.lead : in_turn == v->reading.plan.lead);
    if (v->reading.turn != v->top.turn)
        return;
    struct pins pins = pins_of(v, &v->reading.plan);
    if (row == 0 && pins.question) {
        out->part = VIEW_MESSAGE;
        out->row = 0;
    } else if (row == pins.heads) {
        out->part = VIEW_HEAD;
    }
}

bool
view_message_text(struct view *v, const struct view_row *at, struct flow_row *out)
{
    struct view_turn *t = view_find_turn(v, at->turn);
    if (!t || at->part != VIEW_MESSAGE || at->row >= flow_row_count(t->message))
        return false;
    flow_get(t->message, at->row, out);
    return true;
}

/* Of two columns the shorter one does not scroll off with the longer one: it stops where its last row is
 * at the bottom, so that an answer that still streams stays in sight. */
static size_t
lane_row(struct view *v, struct view_turn *t, enum brain_id b, size_t row)
{
    if (v->top.turn >= view_turn_count(v) || v->conversation->turns[v->top.turn] != t->turn)
        return row;
    struct view_plan plan;
    view_turn_plan(t, &v->shape, &plan);
    size_t first = view_plan_find(&plan, VIEW_BODY, BRAIN_NONE);
    struct pins pins = pins_of(v, &plan);
    size_t pinned = (size_t)(pins.question + (pins.heads >= 0)), visible = v->top.row + pinned;
    if (first == SIZE_MAX || visible <= first)
        return row;
    size_t hidden = visible - first;
    size_t body = plan.part[0].body, rows = view_rows(v) - pinned;
    size_t shown = body > hidden ? body - hidden : 0;
    if (shown > rows)
        shown = rows;
    size_t lane = view_lane_rows(t, b);
    size_t from = lane > shown ? lane - shown : 0;
    if (from > hidden)
        from = hidden;
    return row >= hidden ? row - hidden + from : row;
}

enum view_text
view_body_text(struct view *v, const struct view_row *at, enum brain_id b, struct flow_row *out)
{
    struct view_turn *t = view_find_turn(v, at->turn);
    if (!t || at->part != VIEW_BODY || !t->lane[b].text)
        return VIEW_TEXT_NONE;
    size_t row = at->brain == BRAIN_NONE ? lane_row(v, t, b, at->row) : at->row;
    return view_lane_get(t, b, row, out);
}
