#include "view_turn.h"

#include <string.h>

#include "ui/text/words.h"

enum { NOTE_MAX_BYTES = 8192 };

void
view_turn_finish(struct view_turn *t)
{
    flow_destroy(&t->message);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        flow_destroy(&t->lane[b].text);
        flow_destroy(&t->lane[b].note);
    }
    memset(t, 0, sizeof *t);
}

/* The brain that alone was asked; BRAIN_NONE when both were, or when one column fills the screen anyway. */
static enum brain_id
brain_alone(const struct turn *t, const struct view_shape *shape)
{
    if (shape->arrangement == ARRANGE_ONE || t->asked[BRAIN_CLAUDE] == t->asked[BRAIN_LLAMA])
        return BRAIN_NONE;
    return t->asked[BRAIN_CLAUDE] ? BRAIN_CLAUDE : BRAIN_LLAMA;
}

static void
sync_lane(struct view_turn *t, enum brain_id b, const struct view_shape *shape)
{
    struct view_lane *lane = &t->lane[b];
    const struct answer *a = &t->turn->answers[b];
    bool created = !lane->text || lane->raw != shape->raw;
    if (created) {
        flow_destroy(&lane->text);
        flow_destroy(&lane->note);
        lane->text = flow_create(shape->raw ? FLOW_TEXT : FLOW_MARKDOWN);
        lane->note = flow_create(FLOW_TEXT);
        lane->raw = shape->raw;
        lane->seen = false;
    }
    int cols = brain_alone(t->turn, shape) == b ? shape->alone_cols : shape->column_cols;
    flow_set_width(lane->text, cols);
    flow_set_width(lane->note, cols);
    size_t len = turn_hides(t->turn, b) ? 0 : a->text.len;
    bool other = memcmp(lane->id, a->id, sizeof lane->id) != 0 || len < lane->len;
    bool asked = t->turn->asked[b];
    if (lane->seen && !other && lane->revision == a->revision && lane->asked == asked)
        return;
    if (created || other || len != lane->len || !lane->seen)
        flow_update(lane->text, a->text.p, len, other && lane->seen);
    struct buf note;
    buf_init(&note, NOTE_MAX_BYTES);
    words_note(&note, t->turn, b);
    flow_update(lane->note, note.p, note.len, true);
    buf_finish(&note);
    memcpy(lane->id, a->id, sizeof lane->id);
    lane->len = len;
    lane->revision = a->revision;
    lane->asked = asked;
    lane->seen = true;
}

void
view_turn_sync(struct view_turn *t, const struct view_shape *shape)
{
    if (!t->message) {
        t->message = flow_create(FLOW_TEXT);
        flow_update(t->message, t->turn->message, strlen(t->turn->message), true);
    }
    flow_set_width(t->message, shape->text_cols);
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (shape->arrangement != ARRANGE_ONE || (int)turn_side(t->turn, shape->one) == b)
            sync_lane(t, (enum brain_id)b, shape);
}

/* A blank row separates an answer's text from the note under it. */
size_t
view_lane_rows(struct view_turn *t, enum brain_id b)
{
    struct view_lane *lane = &t->lane[b];
    size_t text = lane->len ? flow_row_count(lane->text) : 0;
    size_t note = flow_row_count(lane->note);
    struct flow_row first;
    if (note == 1) {
        flow_get(lane->note, 0, &first);
        if (first.len == 0)
            note = 0;
    }
    return text + note + (text && note);
}

enum view_text
view_lane_get(struct view_turn *t, enum brain_id b, size_t row, struct flow_row *out)
{
    struct view_lane *lane = &t->lane[b];
    size_t text = lane->len ? flow_row_count(lane->text) : 0;
    if (row < text) {
        flow_get(lane->text, row, out);
        return VIEW_TEXT_ANSWER;
    }
    row -= text;
    if (text && row-- == 0)
        return VIEW_TEXT_NONE;
    if (row >= flow_row_count(lane->note))
        return VIEW_TEXT_NONE;
    flow_get(lane->note, row, out);
    return VIEW_TEXT_NOTE;
}

uint64_t
view_lane_mark(struct view_turn *t, enum brain_id b, size_t row)
{
    struct view_lane *lane = &t->lane[b];
    size_t text = lane->len ? flow_row_count(lane->text) : 0;
    struct flow_row at;
    if (row >= text + (text > 0) + flow_row_count(lane->note))
        return 1; /* nothing stands there */
    if (row >= text)
        return 0;
    flow_get(lane->text, row, &at);
    return at.settled ? (uint64_t)flow_edition(lane->text) << 32 | (row + 2) : 0;
}

void
view_turn_plan(struct view_turn *t, const struct view_shape *shape, struct view_plan *plan)
{
    memset(plan, 0, sizeof *plan);
    plan->lead = shape->airy && !(t->folded && t->close);
    if (t->folded) {
        plan->message = 1;
        plan->rows = plan->lead + 1;
        return;
    }
    plan->message = flow_row_count(t->message);
    plan->gap = shape->airy;
    enum brain_id left = turn_side(t->turn, 0), right = turn_side(t->turn, 1);
    enum brain_id only = shape->arrangement == ARRANGE_ONE ? turn_side(t->turn, shape->one)
                                                           : brain_alone(t->turn, shape);
    plan->part_count = 1;
    plan->part[0].brain = only;
    if (only != BRAIN_NONE) {
        plan->part[0].body = view_lane_rows(t, only);
    } else {
        size_t l = view_lane_rows(t, left), r = view_lane_rows(t, right);
        plan->part[0].body = l > r ? l : r;
        if (shape->arrangement == ARRANGE_STACK) {
            plan->part_count = 2;
            plan->part[0].brain = left;
            plan->part[0].body = l;
            plan->part[1].brain = right;
            plan->part[1].body = r;
            plan->part[1].lead = shape->airy;
        }
    }
    plan->rows = plan->lead + plan->message + plan->gap;
    for (size_t i = 0; i < plan->part_count; i++) {
        /* an answer without text takes one row, so that the first token moves nothing */
        if (plan->part[i].body == 0)
            plan->part[i].body = 1;
        plan->rows += plan->part[i].lead + 1 + plan->part[i].body;
    }
}

void
view_turn_at(const struct view_plan *plan, size_t row, struct view_row *out)
{
    out->part = VIEW_BLANK;
    out->brain = BRAIN_NONE;
    out->row = 0;
    if (row < plan->lead)
        return;
    row -= plan->lead;
    if (row < plan->message) {
        out->part = VIEW_MESSAGE;
        out->row = row;
        return;
    }
    row -= plan->message;
    if (row < plan->gap)
        return;
    row -= plan->gap;
    for (size_t i = 0; i < plan->part_count; i++) {
        out->brain = plan->part[i].brain;
        if (row < plan->part[i].lead)
            return;
        row -= plan->part[i].lead;
        if (row == 0) {
            out->part = VIEW_HEAD;
            return;
        }
        row--;
        if (row < plan->part[i].body) {
            out->part = VIEW_BODY;
            out->row = row;
            return;
        }
        row -= plan->part[i].body;
    }
}

size_t
view_plan_find(const struct view_plan *plan, enum view_part part, enum brain_id brain)
{
    if (part == VIEW_BLANK)
        return 0;
    if (part == VIEW_MESSAGE)
        return plan->lead;
    size_t at = plan->lead + plan->message + plan->gap;
    for (size_t i = 0; i < plan->part_count; i++) {
        at += plan->part[i].lead;
        if (plan->part[i].brain == BRAIN_NONE || plan->part[i].brain == brain)
            return at + (part == VIEW_BODY);
        at += 1 + plan->part[i].body;
    }
    return SIZE_MAX;
}
