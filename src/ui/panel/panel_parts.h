/* What the files of the panel share: panel.c (rows and which of them are dropped), figures.c (what each figure reads),
 * table.c (both brains beside each other), panel_scores.c, panel_message.c (the message: its kind, route, context, shadow),
 * panel_evidence.c (verdicts and stages), panel_cost.c, panel_blind.c (a pair without names), strip.c. Nobody else includes
 * this. */
#ifndef BERDUA_UI_PANEL_PARTS_H
#define BERDUA_UI_PANEL_PARTS_H

#include "panel.h"
#include "ui/text/words.h"

/* Which rows are left out where there is no room for all: the last of these first. A row of the table holds both brains,
 * so both go together. */
enum {
    RANK_FIRST_TOKEN,
    RANK_HEADS,
    RANK_TROUBLE, /* a failure, a pause, a shadow: what is not as usual */
    RANK_SCORE,
    RANK_TOTAL,
    RANK_MESSAGE,
    RANK_SPEED,
    RANK_BUDGET,
    RANK_ROUTE,
    RANK_VERDICT, /* of this kind of message */
    RANK_STAGE,
    RANK_RECENT,
    RANK_CHECK,
    RANK_GAP, /* a blank row */
    RANK_PARTS,
    RANK_AGREEMENT,
    RANK_SESSION,
    RANK_COST,
    RANK_HEALTH,
    RANK_OTHER_VERDICTS,
    RANK_TOKENS,
    RANK_STAGE_MORE,
    RANK_P95,
    RANK_DETAIL
};

struct line *panel_row(struct panel *p, int cols, int rank);
/* The name of the rows that follow, up to a blank one; it goes with them. */
struct line *panel_head(struct panel *p, int cols, int rank, const char *name);
void panel_gap(struct panel *p, int cols);
/* Label at the left, value at the right edge. */
void panel_figure(struct panel *p, int cols, int rank, const char *label, const char *value);
/* At most three rows of text that may hold anything. */
void panel_wrapped(struct panel *p, int cols, int rank, enum ink ink, const char *text, size_t n);

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
    const char *label, *in_short; /* the second where labels have few columns */
    int rank;                     /* as of a row */
    int strip_cols;               /* width of its column in the strip, 0: it has none */
};
extern const struct figure figures[FIGURE_COUNT];
/* Writes into out and returns it; a dash where it is not known, nothing was asked of the brain, or it is a score of an
 * answer that is not shown yet: it would anchor whoever judges. */
const char *figure_text(char out[WORDS_FIGURE], enum figure_kind f, const struct panel_view *v,
                        enum brain_id b);
bool figure_unknown(const char *text);
bool figure_is_score(enum figure_kind f);
/* Warmth or cultural fit as it is shown; NAN: there is none to show. */
double figure_score(const struct panel_view *v, enum brain_id b, enum figure_kind f);
/* Are the answer's words too few for its scores to say much? They are grey then, and marked. */
bool scores_short(const struct panel_view *v, enum brain_id b);
/* ".77"; ".77?" where it is of few words. */
const char *score_text(char out[WORDS_FIGURE], double score);
const char *score_mark(char out[WORDS_FIGURE], double score, bool few_words);
const char *figure_label(enum figure_kind f, int label_cols);

/* What was asked of this brain; NULL: nothing. */
const struct answer *panel_answer(const struct panel_view *v, enum brain_id b);
/* Did it fail, other than by being cancelled? */
bool panel_failed(const struct answer *a);
/* Both brains in one table: a label, then a column each, in the order of the answers. */
struct table {
    struct panel *p;
    const struct panel_view *v;
    int cols, label, column; /* width of the table, of its labels, of one brain's column */
};
struct table table_begin(struct panel *p, const struct panel_view *v, int cols);
struct cells {
    char text[BRAIN_COUNT][WORDS_FIGURE];
    enum ink ink[BRAIN_COUNT];
};
/* Each cell ends at the right edge of its column. */
void table_row(struct table *t, int rank, const char *label, const struct cells *c);
/* The figures of both answers but their scores, and the last first tokens. */
void panel_figures(struct table *t);
/* The models behind them, in one row where both have room. */
void panel_models(struct table *t);
/* Of both answers away from an axis between the columns: warmth, its parts, cultural fit; and how far they can be believed. */
void panel_scores(struct table *t);
/* "heuristic", or that a score is not predictive here, in few words. */
const char *panel_scores_state(const struct panel_view *v);
void panel_session(struct table *t);
/* Who wins which kind of message, and how far this one's is from the next stage of its rollout. */
void panel_evidence(struct panel *p, const struct panel_view *v, int cols);
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
