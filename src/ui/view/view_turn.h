/* One turn laid out: its flows, kept while the turn is near the screen. Used by ui/view.c only. */
#ifndef BERDUA_UI_VIEW_TURN_H
#define BERDUA_UI_VIEW_TURN_H

#include "view.h"

#include <stdint.h>

struct view_turn {
    const struct turn *turn;
    char id[27];
    unsigned used;      /* rises: the least is thrown away first */
    bool folded, close; /* close: a folded one stands above it, without a blank row between */
    struct flow *message;
    struct view_lane {
        struct flow *text, *note;
        char id[27];
        size_t len; /* of the text last seen */
        uint32_t revision;
        bool seen, asked, raw;
    } lane[BRAIN_COUNT];
};

/* How a turn's rows follow each other in a shape. */
struct view_plan {
    size_t lead; /* blank rows before the message */
    size_t message;
    size_t gap; /* between message and answers */
    struct {
        enum brain_id brain; /* BRAIN_NONE: both side by side */
        size_t body;         /* rows under its head */
        size_t lead;
    } part[BRAIN_COUNT];
    size_t part_count;
    size_t rows;
};

void view_turn_finish(struct view_turn *t);
/* Lays out what the shape shows and the model has changed. */
void view_turn_sync(struct view_turn *t, const struct view_shape *shape);
void view_turn_plan(struct view_turn *t, const struct view_shape *shape, struct view_plan *plan);
/* What stands at a row of the turn. */
void view_turn_at(const struct view_plan *plan, size_t row, struct view_row *out);
/* Rows of text and note in a brain's column. */
size_t view_lane_rows(struct view_turn *t, enum brain_id b);
/* As view_row_mark, of one column. */
uint64_t view_lane_mark(struct view_turn *t, enum brain_id b, size_t row);
enum view_text view_lane_get(struct view_turn *t, enum brain_id b, size_t row,
                             struct flow_row *out);
/* First row of a part within the turn; SIZE_MAX when the shape does not show it. */
size_t view_plan_find(const struct view_plan *plan, enum view_part part, enum brain_id brain);

#endif
