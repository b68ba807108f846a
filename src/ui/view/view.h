/* The conversation as rows: which turn, which part of it, which row of which flow stands where. Only the
 * turns on the screen (and a few more) are laid out, so the number of turns does not matter.
 * The position is an anchor (turn, part, byte offset), independent of the width, or the end of the
 * conversation, which is followed; while answers come the text moves up by several rows at once, since
 * that costs a terminal less. Reads the model, never changes it. Owner: the UI. Thread: main. */
#ifndef BERDUA_UI_VIEW_H
#define BERDUA_UI_VIEW_H

#include "berdua/chat/conversation.h"
#include "ui/text/flow.h"
#include "ui/view/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct view;

struct view_shape {
    enum arrangement arrangement;
    int one; /* ARRANGE_ONE: the answer of which side, 0 left or 1 right */
    int rows;
    int text_cols;   /* width of a message */
    int column_cols; /* width of an answer */
    int alone_cols;  /* the same where only one brain was asked */
    bool airy;
    bool beside; /* the panel stands beside it */
    bool raw;    /* answers as they were written, not as Markdown */
};

enum view_part {
    VIEW_BLANK,
    VIEW_MESSAGE,
    VIEW_HEAD, /* name, state and marks above an answer (both with ARRANGE_SIDE) */
    VIEW_BODY
};

struct view_row {
    enum view_part part;
    const struct turn *turn; /* NULL below the end */
    enum brain_id brain;     /* BRAIN_NONE: both side by side */
    size_t row;              /* within the part */
    bool selected;           /* the mark of the selected turn stands here */
    bool folded;             /* of the turn there is this row alone */
};

struct view *view_create(void);
void view_destroy(struct view **v);
/* Starts at the end. NULL: nothing to show. Must be called before the old one is destroyed. */
void view_set_conversation(struct view *v, const struct conversation *c);
void view_set_shape(struct view *v, const struct view_shape *shape);
/* Takes in what changed in the model; call before reading rows. Returns by how many rows what was on
 * the screen moved up (negative: down) since the last update; 0 also when it changed altogether. */
int view_update(struct view *v);

void view_row(struct view *v, int row, struct view_row *out);
/* While nothing but the text of answers grows, a row looks as it did when it had the same mark; 0: it may not. */
uint64_t view_row_mark(struct view *v, int row);
enum view_text { VIEW_TEXT_NONE, VIEW_TEXT_ANSWER, VIEW_TEXT_NOTE };
/* A row of a message, or of one brain's column of a body. Valid until the next update. */
bool view_message_text(struct view *v, const struct view_row *at, struct flow_row *out);
enum view_text view_body_text(struct view *v, const struct view_row *at, enum brain_id b,
                              struct flow_row *out);

/* How many of the first rows stay while an answer scrolls under them: its question, and its heads. */
int view_pinned(struct view *v);

/* Rows down (negative: up). false when it was at that end already. */
bool view_scroll(struct view *v, int rows);
void view_top(struct view *v);
void view_bottom(struct view *v);
/* Brings the place near the top third. brain BRAIN_NONE: the message. */
void view_go(struct view *v, const struct turn *turn, enum brain_id brain, size_t offset);
bool view_at_top(struct view *v);
/* Rows that came in below since the end was left. */
int view_new_lines(struct view *v);
/* Its place in the conversation; SIZE_MAX when it is not there. */
size_t view_index_of(const struct view *v, const struct turn *turn);
/* Is there more below the last row of the screen? */
bool view_more_below(struct view *v);
/* How far the screen's last row is, 0..100. */
int view_percent(struct view *v);

/* ---- folding: of a folded turn its message is shown, in one row ---- */

/* The turn that is folded is unfolded, and the reverse. */
void view_fold(struct view *v, const struct turn *turn);
/* All turns but the last one, also those that are still to come; or none. Returns which. */
bool view_fold_all(struct view *v);

/* ---- the selected turn: the only one that keys act on ---- */

/* The last one while the end is followed, else the one that was chosen, or scrolled to. NULL: there is none. It is in
 * sight after view_update. */
const struct turn *view_selected(struct view *v);
/* Chooses it and brings it into sight. */
void view_select(struct view *v, const struct turn *turn);
/* The next one (by 1) or the one before (-1). false: there is none. */
bool view_select_step(struct view *v, int by);

#endif
