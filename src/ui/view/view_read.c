/* What stands in a row of the screen. */
#include <string.h>

#include "view_private.h"

enum { HEADS_PINNED_FROM_ROWS = 8, QUESTION_PINNED_FROM_ROWS = 12 };

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

/* With which row of its text a column begins, at least `least` and at most `hidden`. While answers come it stays where
 * it is: what stands higher by a row when the other one grows, and lower when this one does, cannot be read. */
static size_t
column_from(struct view *v, enum brain_id b, size_t least, size_t hidden, size_t shown)
{
    const struct turn *t = v->reading.laid->turn;
    size_t *kept = &v->columns.from[b];
    bool known = v->columns.turn == t && v->follow && turn_running(t);
    if (known && *kept < least && t->answers[b].status == STATUS_RUNNING)
        least += shown / 2;
    if (!known || *kept < least)
        *kept = least;
    if (*kept > hidden)
        *kept = hidden;
    return *kept;
}

/* Of two columns the shorter one does not scroll off with the longer one: it stops where its last row is
 * at the bottom, so that an answer that still streams stays in sight. */
static void
scroll_columns(struct view *v)
{
    struct view_plan *plan = &v->reading.plan;
    size_t first = view_plan_find(plan, VIEW_BODY, BRAIN_NONE);
    size_t pinned = (size_t)(v->reading.pins.question + (v->reading.pins.heads >= 0));
    size_t visible = v->top.row + pinned;
    if (first == SIZE_MAX || visible <= first)
        return;
    size_t hidden = visible - first;
    size_t body = plan->part[0].body, rows = view_rows(v) - pinned;
    size_t shown = body > hidden ? body - hidden : 0;
    if (shown > rows)
        shown = rows;
    v->reading.hidden = hidden;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        size_t lane = view_lane_rows(v->reading.laid, (enum brain_id)b);
        size_t least = lane > shown ? lane - shown : 0;
        v->reading.from[b] = column_from(v, (enum brain_id)b, least, hidden, shown);
    }
    v->columns.turn = v->reading.laid->turn;
}

static void
read_turn(struct view *v, size_t index)
{
    v->reading.turn = index;
    view_plan_of(v, index, &v->reading.plan);
    v->reading.laid = view_find_turn(v, v->conversation->turns[index]);
    v->reading.pins = (struct pins){.heads = -1};
    v->reading.hidden = 0;
    memset(v->reading.from, 0, sizeof v->reading.from);
    if (index != v->top.turn)
        return;
    v->reading.pins = pins_of(v, &v->reading.plan);
    scroll_columns(v);
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
        v->reading.first = 0;
        read_turn(v, v->top.turn);
    }
    while (at - v->reading.first >= v->reading.plan.rows) {
        if (v->reading.turn + 1 >= view_turn_count(v))
            return;
        v->reading.first += v->reading.plan.rows;
        read_turn(v, v->reading.turn + 1);
    }
    out->turn = v->conversation->turns[v->reading.turn];
    size_t in_turn = at - v->reading.first;
    view_turn_at(&v->reading.plan, in_turn, out);
    bool selected = out->turn == view_selected(v);
    out->folded = view_is_folded(v, v->reading.turn);
    out->selected =
        selected && (row == 0 ? in_turn >= v->reading.plan.lead : in_turn == v->reading.plan.lead);
    if (row == 0 && v->reading.pins.question) {
        out->part = VIEW_MESSAGE;
        out->row = 0;
    } else if (row == v->reading.pins.heads) {
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

/* The row of its column, which may have scrolled by itself. */
static size_t
lane_row(const struct view *v, const struct view_row *at, enum brain_id b)
{
    bool moves = at->brain == BRAIN_NONE && at->turn == v->conversation->turns[v->top.turn];
    if (!moves || at->row < v->reading.hidden)
        return at->row;
    return at->row - v->reading.hidden + v->reading.from[b];
}

enum view_text
view_body_text(struct view *v, const struct view_row *at, enum brain_id b, struct flow_row *out)
{
    struct view_turn *t = view_find_turn(v, at->turn);
    if (!t || at->part != VIEW_BODY || !t->lane[b].text)
        return VIEW_TEXT_NONE;
    return view_lane_get(t, b, lane_row(v, at, b), out);
}

uint64_t
view_row_mark(struct view *v, int row)
{
    enum { PARTS = 8, PRIME = 1000003 };
    struct view_row at;
    view_row(v, row, &at);
    if (!at.turn)
        return 1;
    if (at.part == VIEW_HEAD) /* shows time, too */
        return 0;
    uint64_t mark = (v->reading.turn * PARTS + at.part) * 4 + at.selected * 2 + at.folded + 2;
    if (at.part == VIEW_MESSAGE)
        return mark * PRIME + at.row;
    for (int i = 0; i < BRAIN_COUNT && at.part == VIEW_BODY; i++) {
        enum brain_id b = (enum brain_id)i;
        bool shown = at.brain == BRAIN_NONE || at.brain == b;
        uint64_t column =
            shown ? view_lane_mark(v->reading.laid, b, lane_row(v, &at, b)) : UINT64_MAX;
        if (!column)
            return 0;
        mark = mark * PRIME + column;
    }
    return mark ? mark : 1;
}
