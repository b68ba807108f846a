/* What the files of the panel share: panel.c (rows and which of them are dropped), figures.c (the table of both brains),
 * panel_message.c (the message: its kind, route, context, shadow), panel_cost.c, panel_blind.c (a pair without names), strip.c. Nobody else includes this. */
#ifndef BERDUA_UI_PANEL_PARTS_H
#define BERDUA_UI_PANEL_PARTS_H

#include "panel.h"
#include "ui/text/words.h"

struct line *panel_row(struct panel *p, int cols, int rank);
/* Label at the left, value at the right edge. */
void panel_figure(struct panel *p, int cols, int rank, const char *label, const char *value);
/* At most three rows of text that may hold anything. */
void panel_wrapped(struct panel *p, int cols, int rank, enum ink ink, const char *text, size_t n);

/* share: 0..1 */
void panel_bar(struct line *l, const struct glyphs *g, enum ink ink, double share, int cols);

/* What an answer is told by. The order is that of the rows. */
enum figure_kind {
    FIGURE_FIRST_TOKEN,
    FIGURE_TOTAL,
    FIGURE_SPEED,
    FIGURE_TOKENS,
    FIGURE_COST,
    FIGURE_WARMTH,
    FIGURE_CULTURE,
    FIGURE_CACHED,
    FIGURE_SAVED,
    FIGURE_RETRIES,
    FIGURE_COLD,
    FIGURE_CONNECT,
    FIGURE_STALL,
    FIGURE_QUEUE,
    FIGURE_EXECUTION,
    FIGURE_COUNT
};
struct figure {
    const char *label;
    int rank;       /* as of a row */
    int strip_cols; /* width of its column in the strip, 0: it has none */
};
extern const struct figure figures[FIGURE_COUNT];
/* Writes into out and returns it; a dash where it is not known, nothing was asked of the brain, or it is a score of an
 * answer that is not shown yet: it would anchor whoever judges. */
const char *figure_text(char out[WORDS_FIGURE], enum figure_kind f, const struct panel_view *v,
                        enum brain_id b);
bool figure_unknown(const char *text);

/* What was asked of this brain; NULL: nothing. */
const struct answer *panel_answer(const struct panel_view *v, enum brain_id b);
/* Did it fail, other than by being cancelled? */
bool panel_failed(const struct answer *a);
/* Rows that tell what is unusual about this brain: a shadow, a pause, a failure; and its model. */
void panel_remarks(struct panel *p, const struct panel_view *v, enum brain_id b, int cols);
/* Drops the least important rows until so many are left. */
void panel_drop_until(struct panel *p, int rows);

/* Panel and strip of a masked turn (chat/sight.h). */
void panel_blind(struct panel *p, const struct panel_view *v, int rows, int cols);
void strip_blind(struct panel *p, const struct panel_view *v, int rows, int cols);
/* The rows of the panel about the message. */
void panel_message(struct panel *p, const struct panel_view *v, int cols);
/* The same in one line, as far as it has room. */
void strip_message(struct line *l, const struct panel_view *v);
/* What session and month have cost, as far as it is known. */
void panel_cost(struct panel *p, const struct panel_view *v, int cols);
/* At the right edge. */
void strip_cost(struct line *l, const struct panel_view *v);
enum { STARTING_CAP = COLD_STARTS_TEXT };
/* "starting up 17 s", and in usual how long that took before ("": not known). NULL: nothing waits for the server. */
const char *panel_starting(const struct panel_view *v, enum brain_id b, char out[STARTING_CAP],
                           char usual[STARTING_CAP]);
/* The same in a row, or two. */
void panel_starting_rows(struct panel *p, const struct panel_view *v, enum brain_id b, int cols);
/* Is this brain paused after failures, without the answer in sight saying so? */
bool panel_paused(const struct panel_view *v, enum brain_id b);
/* What the operator is told of a shadow; NULL when this brain is no shadow. */
const char *panel_shadow(const struct panel_view *v, enum brain_id b, bool in_short, char *out,
                         size_t cap);

#endif
