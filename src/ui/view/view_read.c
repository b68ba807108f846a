/* What stands in a row of the screen. */
#include "view_private.h"

enum { PINNED_FROM_ROWS = 8 };

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
    view_turn_at(&v->reading.plan, at - v->reading.first, out);
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

bool
view_pins_heads(const struct view *v)
{
    return v->shape.rows >= PINNED_FROM_ROWS;
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
    if (first == SIZE_MAX || v->top.row < first)
        return row;
    size_t hidden = v->top.row - first + (view_pins_heads(v) ? 1 : 0);
    size_t body = plan.part[0].body, rows = view_rows(v) - (view_pins_heads(v) ? 1 : 0);
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
