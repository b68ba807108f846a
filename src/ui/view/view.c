#include "view.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "view_private.h"

enum {
    KEPT_TURNS = 48,      /* turns kept laid out, unless more are on the screen */
    STEP_ROWS = 24,       /* rows by which the text moves up at once while its end is followed */
    STEP_SHARE = 3,       /* but at most by this part of the height */
    STEP_SHARE_BESIDE = 2 /* where each move paints the panel anew */
};

struct view *
view_create(void)
{
    struct view *v = xcalloc(1, sizeof *v);
    v->follow = true;
    v->shape = (struct view_shape){.text_cols = 1, .column_cols = 1, .alone_cols = 1};
    return v;
}

static void
forget_turns(struct view *v)
{
    for (size_t i = 0; i < v->turn_count; i++)
        view_turn_finish(&v->turns[i]);
    v->turn_count = 0;
}

void
view_destroy(struct view **v)
{
    if (!*v)
        return;
    forget_turns(*v);
    free((*v)->turns);
    free((*v)->folds);
    free(*v);
    *v = NULL;
}

size_t
view_turn_count(const struct view *v)
{
    return v->conversation ? v->conversation->count : 0;
}

void
view_set_conversation(struct view *v, const struct conversation *c)
{
    v->reading.valid = false;
    forget_turns(v);
    view_forget_folds(v);
    v->conversation = c;
    v->seen_revision = c ? c->revision : 0;
    v->follow = true;
    v->lost = true;
    v->moved = 0;
    memset(&v->anchor, 0, sizeof v->anchor);
    memset(&v->tail, 0, sizeof v->tail);
}

/* Replaces the least recently used turn; turns used for this frame are always the most recent. */
static void
make_room(struct view *v)
{
    if (v->turn_count < KEPT_TURNS) {
        v->turns = xgrow(v->turns, v->turn_count, sizeof *v->turns);
        return;
    }
    size_t oldest = 0;
    for (size_t i = 1; i < v->turn_count; i++)
        if (v->turns[i].used < v->turns[oldest].used)
            oldest = i;
    view_turn_finish(&v->turns[oldest]);
    v->turns[oldest] = v->turns[--v->turn_count];
}

struct view_turn *
view_find_turn(struct view *v, const struct turn *turn)
{
    for (size_t i = 0; i < v->turn_count; i++)
        if (v->turns[i].turn == turn)
            return &v->turns[i];
    return NULL;
}

static struct view_turn *
laid_out(struct view *v, size_t index)
{
    const struct turn *turn = v->conversation->turns[index];
    struct view_turn *t = view_find_turn(v, turn);
    if (t && memcmp(t->id, turn->id, sizeof t->id) != 0)
        view_turn_finish(t);
    if (!t) {
        make_room(v);
        t = &v->turns[v->turn_count++];
        memset(t, 0, sizeof *t);
    }
    t->turn = turn;
    memcpy(t->id, turn->id, sizeof t->id);
    t->used = ++v->clock;
    t->folded = view_is_folded(v, index);
    t->close = index > 0 && view_is_folded(v, index - 1);
    view_turn_sync(t, &v->shape);
    return t;
}

void
view_plan_of(struct view *v, size_t index, struct view_plan *plan)
{
    view_turn_plan(laid_out(v, index), &v->shape, plan);
}

static size_t
height(struct view *v, size_t index)
{
    struct view_plan plan;
    view_plan_of(v, index, &plan);
    return plan.rows;
}

/* ---- places ---- */

/* Moves p up by at most n rows; returns how many. */
static size_t
walk_up(struct view *v, struct place *p, size_t n)
{
    size_t left = n;
    while (left > p->row) {
        if (p->turn == 0) {
            left -= p->row;
            p->row = 0;
            return n - left;
        }
        left -= p->row;
        p->turn--;
        p->row = height(v, p->turn);
    }
    p->row -= left;
    return n;
}

size_t
view_walk_down(struct view *v, struct place *p, size_t n)
{
    size_t left = n;
    while (left > 0) {
        size_t rest = height(v, p->turn) - p->row;
        if (left < rest) {
            p->row += left;
            return n;
        }
        if (p->turn + 1 >= view_turn_count(v)) {
            size_t step = rest > 0 ? rest - 1 : 0;
            p->row += step;
            return n - left + step;
        }
        left -= rest;
        p->turn++;
        p->row = 0;
    }
    return n;
}

/* Rows from p to the end, counted up to `most`. */
static size_t
rows_below(struct view *v, struct place p, size_t most)
{
    size_t rows = 0;
    for (size_t i = p.turn; i < view_turn_count(v) && rows < most; i++)
        rows += height(v, i) - (i == p.turn ? p.row : 0);
    return rows < most ? rows : most;
}

size_t
view_rows(const struct view *v)
{
    return v->shape.rows > 0 ? (size_t)v->shape.rows : 0;
}

/* The place whose rows end with the conversation's last row at the bottom. */
static struct place
bottom_place(struct view *v)
{
    struct place p = {0, 0};
    if (view_turn_count(v) == 0)
        return p;
    p.turn = view_turn_count(v) - 1;
    p.row = height(v, p.turn);
    walk_up(v, &p, view_rows(v) > 0 ? view_rows(v) : 1);
    return p;
}

/* ---- anchor ---- */

static struct flow *
anchor_flow(struct view_turn *t, enum view_part part, enum brain_id brain)
{
    if (part == VIEW_MESSAGE)
        return t->message;
    return part == VIEW_BODY && brain != BRAIN_NONE ? t->lane[brain].text : NULL;
}

static size_t
row_source(struct flow *f, size_t row)
{
    struct flow_row at;
    flow_get(f, row, &at);
    return at.source;
}

/* The first of the rows that begin at the same place of the source as this one. */
static size_t
first_of_source(struct flow *f, size_t row)
{
    size_t source = row_source(f, row);
    while (row > 0 && row_source(f, row - 1) == source)
        row--;
    return row;
}

static void
set_anchor(struct view *v)
{
    memset(&v->anchor, 0, sizeof v->anchor);
    if (v->top.turn >= view_turn_count(v))
        return;
    struct view_turn *t = laid_out(v, v->top.turn);
    struct view_plan plan;
    struct view_row at;
    view_turn_plan(t, &v->shape, &plan);
    view_turn_at(&plan, v->top.row, &at);
    v->anchor.turn = t->turn;
    memcpy(v->anchor.id, t->id, sizeof v->anchor.id);
    v->anchor.part = at.part;
    v->anchor.brain = at.brain;
    v->anchor.sub = at.part == VIEW_BLANK ? v->top.row : at.row;
    if (at.part == VIEW_BODY && at.brain == BRAIN_NONE) {
        enum brain_id left = turn_side(t->turn, 0);
        v->anchor.brain = at.row < view_lane_rows(t, left) ? left : turn_side(t->turn, 1);
    }
    if (at.part == VIEW_BODY)
        v->anchor.share = (double)at.row / (double)(view_lane_rows(t, v->anchor.brain) + 1);
    struct flow *flow = anchor_flow(t, at.part, v->anchor.brain);
    if (flow && at.row < flow_row_count(flow)) {
        v->anchor.offset = row_source(flow, at.row);
        v->anchor.sub = at.row - first_of_source(flow, at.row);
    }
}

size_t
view_index_of(const struct view *v, const struct turn *turn)
{
    for (size_t i = 0; i < view_turn_count(v); i++)
        if (v->conversation->turns[i] == turn)
            return i;
    return SIZE_MAX;
}

/* Row of the anchor within its turn. */
static size_t
anchor_row(struct view *v, size_t index)
{
    struct view_turn *t = laid_out(v, index);
    struct view_plan plan;
    view_turn_plan(t, &v->shape, &plan);
    const struct anchor *a = &v->anchor;
    if (a->part == VIEW_BLANK)
        return a->sub < plan.rows ? a->sub : plan.rows - 1;
    size_t first = view_plan_find(&plan, a->part, a->brain);
    if (first == SIZE_MAX && plan.part_count == 1) { /* the other answer alone is shown */
        enum brain_id other = plan.part[0].brain;
        first = view_plan_find(&plan, a->part, other);
        return first + (size_t)(a->share * (double)view_lane_rows(t, other));
    }
    if (first == SIZE_MAX)
        return 0;
    struct flow *flow = anchor_flow(t, a->part, a->brain);
    size_t row = 0;
    if (flow && flow_row_count(flow) > 0) {
        row = first_of_source(flow, flow_row_of(flow, a->offset));
        size_t source = row_source(flow, row), count = flow_row_count(flow);
        for (size_t i = 0; i < a->sub && row + 1 < count; i++, row++)
            if (row_source(flow, row + 1) != source)
                break;
    } else if (a->part == VIEW_BODY) {
        row = a->sub;
    }
    return first + row < plan.rows ? first + row : plan.rows - 1;
}

static void
find_top(struct view *v)
{
    v->lost = false;
    if (v->follow) {
        v->top = bottom_place(v);
        return;
    }
    size_t index = view_index_of(v, v->anchor.turn);
    for (size_t i = 0; index == SIZE_MAX && i < view_turn_count(v); i++)
        if (strcmp(v->conversation->turns[i]->id, v->anchor.id) == 0)
            index = i;
    if (index == SIZE_MAX) {
        view_bottom(v);
        return;
    }
    view_show_from(v, index, anchor_row(v, index));
}

/* ---- following ---- */

/* Rows that are kept free for what is to come; where nothing more comes, text may fill the screen. */
static size_t
growth_rows(const struct view *v)
{
    size_t share = view_rows(v) / (v->shape.beside ? STEP_SHARE_BESIDE : STEP_SHARE);
    if (!turn_running(v->conversation->turns[view_turn_count(v) - 1]))
        return 1;
    return share < 1 ? 1 : share > STEP_ROWS ? STEP_ROWS : share;
}

/* Rows before the newest turn, from the top of the screen, counted up to `most`. */
static size_t
rows_before_newest(struct view *v, size_t most)
{
    size_t rows = 0;
    for (size_t i = v->top.turn; i + 1 < view_turn_count(v) && rows < most + v->top.row; i++)
        rows += height(v, i);
    return rows > v->top.row ? rows - v->top.row : 0;
}

static void
follow_end(struct view *v)
{
    size_t rows = view_rows(v);
    size_t below = rows_below(v, v->top, 4 * rows + 8);
    size_t step = growth_rows(v);
    if (below > rows) {
        size_t by = below - rows + step - 1, whole = rows_before_newest(v, by);
        if (whole < by && whole >= below - rows) /* the newest turn keeps its beginning */
            by = whole;
        if (by >= rows || below >= 4 * rows + 8) {
            v->top = bottom_place(v);
            v->moved = 0;
            return;
        }
        v->moved += (int)view_walk_down(v, &v->top, by);
    } else if (below + step <= rows && (v->top.turn > 0 || v->top.row > 0)) {
        /* the text became shorter, or the screen taller, or the answers have ended */
        v->top = bottom_place(v);
        v->moved = 0;
    }
}

/* Older turns may have been loaded before the first one, or turns may be gone. */
static void
take_revision(struct view *v)
{
    if (v->conversation->revision == v->seen_revision)
        return;
    v->seen_revision = v->conversation->revision;
    for (size_t i = 0; i < v->turn_count;) {
        if (view_index_of(v, v->turns[i].turn) == SIZE_MAX) {
            view_turn_finish(&v->turns[i]);
            v->turns[i] = v->turns[--v->turn_count];
        } else {
            i++;
        }
    }
    if (!v->follow || v->top.turn >= view_turn_count(v) ||
        (v->anchor.turn && v->conversation->turns[v->top.turn] != v->anchor.turn))
        v->lost = true;
}

static void
mark_tail(struct view *v)
{
    v->tail.turn = view_turn_count(v) ? v->conversation->turns[view_turn_count(v) - 1] : NULL;
    v->tail.rows = v->tail.turn ? height(v, view_turn_count(v) - 1) : 0;
}

int
view_update(struct view *v)
{
    v->reading.valid = false;
    int moved = 0;
    if (view_turn_count(v) > 0) {
        take_revision(v);
        bool lost = v->lost;
        if (lost)
            find_top(v);
        if (v->follow)
            follow_end(v);
        if (v->follow) {
            mark_tail(v);
            v->tail.before = 0;
            v->anchor.turn = v->conversation->turns[v->top.turn];
        } else {
            view_keep_selected(v);
        }
        moved = lost ? 0 : v->moved;
    }
    v->moved = 0;
    return moved;
}

bool
view_more_below(struct view *v)
{
    return !v->follow && view_turn_count(v) > 0 &&
           rows_below(v, v->top, view_rows(v) + 1) > view_rows(v);
}

int
view_percent(struct view *v)
{
    struct place p = v->top;
    size_t count = view_turn_count(v);
    if (count == 0 || !view_more_below(v))
        return 100;
    view_walk_down(v, &p, view_rows(v) > 0 ? view_rows(v) - 1 : 0);
    size_t rows = height(v, p.turn);
    return (int)((p.turn * 100 + (p.row + 1) * 100 / (rows ? rows : 1)) / count);
}

int
view_new_lines(struct view *v)
{
    if (!view_more_below(v))
        return 0;
    size_t index = view_index_of(v, v->tail.turn);
    if (index == SIZE_MAX)
        return 0;
    size_t now = height(v, index);
    size_t rows = now > v->tail.rows ? now - v->tail.rows : 0;
    for (size_t i = index + 1; i < view_turn_count(v) && i < index + KEPT_TURNS / 2; i++)
        rows += height(v, i);
    return v->tail.before + (int)rows;
}

void
view_heights_change(struct view *v, int new_lines_before)
{
    v->reading.valid = false;
    v->columns.turn = NULL;
    v->lost = true;
    if (!v->follow) {
        mark_tail(v);
        v->tail.before = new_lines_before;
    }
}

void
view_set_shape(struct view *v, const struct view_shape *shape)
{
    v->reading.valid = false;
    if (memcmp(shape, &v->shape, sizeof *shape) == 0)
        return;
    int before = view_new_lines(v);
    v->shape = *shape;
    if (v->shape.text_cols < 1)
        v->shape.text_cols = 1;
    if (v->shape.column_cols < 1)
        v->shape.column_cols = 1;
    if (v->shape.alone_cols < v->shape.column_cols)
        v->shape.alone_cols = v->shape.column_cols;
    view_heights_change(v, before);
}

/* ---- moving ---- */

void
view_leave_end(struct view *v)
{
    if (!v->follow)
        return;
    memcpy(v->selected, v->conversation->turns[view_turn_count(v) - 1]->id, sizeof v->selected);
    v->follow = false;
    set_anchor(v);
}

bool
view_scroll(struct view *v, int rows)
{
    v->reading.valid = false;
    if (view_turn_count(v) == 0)
        return false;
    if (v->lost)
        find_top(v);
    if (rows < 0) {
        size_t by = walk_up(v, &v->top, (size_t)-rows);
        if (by == 0)
            return false;
        view_leave_end(v);
        v->moved -= (int)by;
    } else {
        size_t below = rows_below(v, v->top, view_rows(v) + (size_t)rows);
        size_t room = below > view_rows(v) ? below - view_rows(v) : 0;
        size_t by = room < (size_t)rows ? room : (size_t)rows;
        bool was = v->follow;
        if (by > 0)
            v->moved += (int)view_walk_down(v, &v->top, by);
        if (by < (size_t)rows || rows_below(v, v->top, view_rows(v) + 1) <= view_rows(v))
            v->follow = true;
        if (by == 0 && was)
            return false;
    }
    set_anchor(v);
    view_select_in_sight(v);
    return true;
}

void
view_place(struct view *v, size_t index, size_t row)
{
    v->reading.valid = false;
    v->follow = false;
    v->lost = false;
    view_show_from(v, index, row);
    set_anchor(v);
}

void
view_show_from(struct view *v, size_t index, size_t row)
{
    v->moved = 0;
    v->top = (struct place){index, row};
    walk_up(v, &v->top, view_rows(v) - rows_below(v, v->top, view_rows(v)));
}

void
view_top(struct view *v)
{
    v->reading.valid = false;
    if (view_turn_count(v) == 0)
        return;
    view_place(v, 0, 0);
    view_select(v, v->conversation->turns[0]);
}

void
view_bottom(struct view *v)
{
    v->reading.valid = false;
    v->follow = true;
    v->moved = 0;
    v->lost = false;
    v->top = bottom_place(v);
}

void
view_go(struct view *v, const struct turn *turn, enum brain_id brain, size_t offset)
{
    v->reading.valid = false;
    if (view_index_of(v, turn) == SIZE_MAX)
        return;
    v->anchor = (struct anchor){.turn = turn,
                                .part = brain == BRAIN_NONE ? VIEW_MESSAGE : VIEW_BODY,
                                .brain = brain,
                                .offset = offset};
    memcpy(v->anchor.id, turn->id, sizeof v->anchor.id);
    v->follow = false;
    v->moved = 0;
    view_unfold(v, turn);
    find_top(v);
    walk_up(v, &v->top, view_rows(v) / 3);
    set_anchor(v);
    memcpy(v->selected, turn->id, sizeof v->selected);
}

bool
view_at_top(struct view *v)
{
    return view_turn_count(v) == 0 || (v->top.turn == 0 && v->top.row == 0);
}
