/* The view's state: shared by view.c (position), view_select.c (the selected turn) and view_read.c (rows) only. */
#ifndef BERDUA_UI_VIEW_PRIVATE_H
#define BERDUA_UI_VIEW_PRIVATE_H

#include "view.h"
#include "view_turn.h"

struct place {
    size_t turn; /* index */
    size_t row;  /* within the turn, in the present shape */
};

/* The same place independent of the shape. */
struct anchor {
    const struct turn *turn;
    char id[27]; /* its id: a mask gives way to the turn itself (chat/sight.h) */
    enum view_part part;
    enum brain_id brain;
    double share;  /* of the answer above it: where the other answer alone is shown */
    size_t offset; /* in the source text */
    size_t sub;    /* rows beyond the one the offset leads to */
};

/* The rows of the screen that what scrolls off leaves behind. */
struct pins {
    bool question; /* in row 0 */
    int heads;     /* their row; -1: they are not pinned */
};

struct view {
    const struct conversation *conversation;
    uint32_t seen_revision;
    struct view_shape shape;
    struct view_turn *turns; /* laid out, in no order */
    size_t turn_count;
    unsigned clock;
    struct place top;
    bool follow;
    bool lost;          /* top must be found again from the anchor (or the end) */
    char selected[27];  /* id of the selected turn; while the end is followed it is the last one */
    size_t selected_at; /* where it was last */
    struct anchor anchor;
    bool fold_all;
    struct fold {
        char id[27];
        bool folded;
    } * folds; /* turns for which something else was chosen than fold_all says */
    size_t fold_count;
    int moved; /* since the last update */
    struct {
        bool valid; /* until the model, the shape or the place changes */
        size_t turn, first;
        struct view_turn *laid; /* until another turn is laid out */
        struct view_plan plan;
        struct pins pins;
        size_t hidden;            /* rows of its body that scrolled off, and */
        size_t from[BRAIN_COUNT]; /* the rows with which the columns begin then */
    } reading;                    /* where view_row was last, since rows are read in order */
    struct {
        const struct turn *turn;
        size_t from[BRAIN_COUNT];
    } columns; /* rows with which those of the turn begin that has scrolled off */
    struct {
        const struct turn *turn;
        size_t rows;
        int before; /* new lines counted before the mark was set again */
    } tail;
};

size_t view_turn_count(const struct view *v);
/* view_fold.c */
bool view_is_folded(const struct view *v, size_t index);
void view_unfold(struct view *v, const struct turn *turn);
void view_forget_folds(struct view *v);
/* The turns' heights change: what is on the screen is found again, and new lines are counted from here on. */
void view_heights_change(struct view *v, int new_lines_before);
/* Rows of the screen, at least 0. */
size_t view_rows(const struct view *v);
/* NULL: it is not laid out. */
struct view_turn *view_find_turn(struct view *v, const struct turn *turn);
/* Lays the turn out and says how its rows follow each other. */
void view_plan_of(struct view *v, size_t index, struct view_plan *plan);
/* Moves p down by at most n rows; returns how many. */
size_t view_walk_down(struct view *v, struct place *p, size_t n);
/* The end is no longer followed; the last turn stays selected. */
void view_leave_end(struct view *v);
/* The screen begins at this row of a turn, or above it where nothing stands below. The end is no longer followed. */
void view_place(struct view *v, size_t index, size_t row);
/* The same for now: the anchor, to which a larger screen goes back, stays. */
void view_show_from(struct view *v, size_t index, size_t row);
/* After the place has changed: what was selected stays so as long as it is read, else the turn in the middle is. */
void view_select_in_sight(struct view *v);
/* Scrolls as far as the selected turn needs to be seen. */
void view_keep_selected(struct view *v);

#endif
