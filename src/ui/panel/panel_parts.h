/* What the files of the panel share: panel.c (both brains, the session), panel_message.c (the message: its
 * kind, route, context, shadow), strip.c. Nobody else includes this. */
#ifndef BERDUA_UI_PANEL_PARTS_H
#define BERDUA_UI_PANEL_PARTS_H

#include "panel.h"

struct line *panel_row(struct panel *p, int cols, int rank);
/* Label at the left, value at the right edge. */
void panel_figure(struct panel *p, int cols, int rank, const char *label, const char *value);
/* At most three rows of text that may hold anything. */
void panel_wrapped(struct panel *p, int cols, int rank, enum ink ink, const char *text, size_t n);

/* What was asked of this brain; `none`, initialised here, where nothing was. */
const struct answer *panel_answer(const struct panel_view *v, enum brain_id b, struct answer *none);
/* Did it fail, other than by being cancelled? */
bool panel_failed(const struct answer *a);
/* Why it failed, if it did. whose: NULL, or whom the text names first. */
void panel_error(struct panel *p, int cols, int rank, enum ink ink, const char *whose,
                 const struct answer *a);
/* Drops the least important rows until so many are left. */
void panel_drop_until(struct panel *p, int rows);

/* The rows of the panel about the message. */
void panel_message(struct panel *p, const struct panel_view *v, int cols);
/* The same in one line, as far as it has room. */
void strip_message(struct line *l, const struct panel_view *v);
/* What session and month have cost, as far as it is known. */
void panel_cost(struct panel *p, const struct panel_view *v, int cols);
/* At the right edge. */
void strip_cost(struct line *l, const struct panel_view *v);
/* Is this brain paused after failures, without the answer in sight saying so? */
bool panel_paused(const struct panel_view *v, enum brain_id b);
/* What the operator is told of a shadow; NULL when this brain is no shadow. */
const char *panel_shadow(const struct panel_view *v, enum brain_id b, char *out, size_t cap);

#endif
