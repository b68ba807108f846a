/* The selected turn: the one that keys act on. While the end is followed it is the last one, so that a new message is
 * selected when it is sent; else it stays what was chosen until the operator scrolls it away. */
#include <string.h>

#include "view_private.h"

/* Where a turn stands on the screen. */
struct span {
    size_t from, to;    /* rows of the screen; to is the first after it */
    bool begins, reads; /* its first row, a row of an answer is there */
};

static struct span
span_of(struct view *v, size_t index)
{
    struct span s = {0};
    struct view_plan plan;
    size_t rows = view_rows(v), row = 0;
    if (index < v->top.turn)
        return s;
    for (size_t i = v->top.turn; row < rows && i <= index; i++) {
        size_t hidden = i == v->top.turn ? v->top.row : 0;
        view_plan_of(v, i, &plan);
        s = (struct span){.from = row, .to = row + plan.rows - hidden, .begins = hidden == 0};
        size_t body = view_plan_find(&plan, VIEW_BODY, plan.part[0].brain);
        if (body == SIZE_MAX) /* it is folded */
            s.reads = s.to > s.from;
        else
            s.reads = body >= hidden ? row + body - hidden < rows : s.to > s.from;
        row = s.to;
        if (i == index)
            return s;
    }
    return (struct span){0};
}

static bool
is_selected(const struct view *v, size_t index)
{
    return strcmp(v->conversation->turns[index]->id, v->selected) == 0;
}

static size_t
selected_index(struct view *v)
{
    size_t count = view_turn_count(v);
    if (v->follow || count == 0)
        return count ? count - 1 : SIZE_MAX;
    if (v->selected_at < count && is_selected(v, v->selected_at))
        return v->selected_at;
    for (v->selected_at = count; v->selected_at-- > 0;)
        if (is_selected(v, v->selected_at))
            return v->selected_at;
    return v->selected_at = count - 1;
}

const struct turn *
view_selected(struct view *v)
{
    size_t index = selected_index(v);
    return index == SIZE_MAX ? NULL : v->conversation->turns[index];
}

static void
hold(struct view *v, size_t index)
{
    memcpy(v->selected, v->conversation->turns[index]->id, sizeof v->selected);
}

void
view_select_in_sight(struct view *v)
{
    if (v->follow || view_turn_count(v) == 0 || span_of(v, selected_index(v)).reads)
        return;
    struct place p = v->top;
    view_walk_down(v, &p, view_rows(v) / 2);
    hold(v, p.turn);
}

/* Its question, or the whole of it where that fits. */
static void
show(struct view *v, size_t index)
{
    struct view_plan plan;
    struct span s = span_of(v, index);
    size_t rows = view_rows(v);
    view_plan_of(v, index, &plan);
    if (s.to > s.from && s.begins && (s.to <= rows || s.from == 0))
        return;
    view_place(v, index, 0);
}

void
view_select(struct view *v, const struct turn *turn)
{
    struct view_plan plan;
    size_t index = view_index_of(v, turn);
    v->reading.valid = false;
    if (index == SIZE_MAX)
        return;
    view_plan_of(v, index, &plan);
    if (index + 1 == view_turn_count(v) && plan.rows <= view_rows(v)) {
        view_bottom(v);
        return;
    }
    view_leave_end(v); /* from here on nothing moves by itself */
    hold(v, index);
    show(v, index);
}

bool
view_select_step(struct view *v, int by)
{
    size_t index = selected_index(v), count = view_turn_count(v);
    if (count == 0 || (by < 0 ? index == 0 : index + 1 >= count))
        return false;
    view_select(v, v->conversation->turns[by < 0 ? index - 1 : index + 1]);
    return true;
}

/* An answer above it may have grown, or the screen become smaller. */
void
view_keep_selected(struct view *v)
{
    size_t index = selected_index(v);
    if (index == SIZE_MAX)
        return;
    struct span s = span_of(v, index);
    if (s.to == s.from)
        view_show_from(v, index, 0);
}
