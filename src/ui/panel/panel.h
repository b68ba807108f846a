/* The figures beside (panel) or under (strip) the conversation. Pure: lines come out. Thread: main. */
#ifndef BERDUA_UI_PANEL_H
#define BERDUA_UI_PANEL_H

#include "berdua/ui/ui.h"
#include "ui/text/glyphs.h"
#include "ui/text/line.h"

enum { PANEL_MAX_ROWS = 64 };

/* What warmth is made of, as measured when the answer had ended. */
enum warmth_part { PART_POLITE, PART_EMPATHIC, PART_AFFECTIONATE, PART_CONSIDERATE, WARMTH_PARTS };
struct panel_parts {
    bool known;
    double of[WARMTH_PARTS];
};

struct panel_view {
    const struct turn *turn; /* NULL: none yet */
    bool last;               /* is it the newest turn? */
    const struct ui_facts *facts;
    const char *model[BRAIN_COUNT]; /* shown before there is a turn; may be NULL */
    struct panel_parts parts[BRAIN_COUNT];
    const struct glyphs *glyphs;
    const char *reveal_key; /* spelled, NULL: none is bound */
    bool beside;            /* both answers are in sight and say themselves why they failed */
    int64_t now_us, wall_us;
};

struct panel {
    struct line lines[PANEL_MAX_ROWS];
    int rank[PANEL_MAX_ROWS];  /* 0 stays longest */
    bool head[PANEL_MAX_ROWS]; /* the name of the rows beneath, without which it says nothing */
    int count;
};

void panel_finish(struct panel *p);
/* Both brains side by side in lines of `cols` columns, at most `rows`; the least important are left out first. */
void panel_make(struct panel *p, const struct panel_view *v, int rows, int cols);
/* The same figures over the full width: labels over a line a brain, with a line about the message from four rows on; or
 * the first tokens in one. */
void strip_make(struct panel *p, const struct panel_view *v, int rows, int cols);
/* "both are answering, 12 s", "both have ended": of a masked turn. */
void panel_blind_state(const struct turn *t, int64_t now_us, char *out, size_t cap);
/* How far a session of judging is. */
struct judging_pace {
    int64_t pair;         /* the one in sight, from 1 */
    int64_t done, target; /* target 0: none is set */
    int64_t left;         /* pairs that may still come; 0: not known */
    double each_s;        /* NAN: not known yet */
    double kappa;         /* agreement with oneself; NAN: not known */
    const struct glyphs *glyphs;
};
/* At the right end of the line: "pair 38 of 120 · 4 min · 11 s each", and a bar; nothing where it has no room. */
void judging_bar(struct line *l, const struct judging_pace *b);
/* A hash of what must be painted at once when it changes (a state, a first token, an end); running totals are not
 * in it. */
uint64_t panel_signature(const struct panel_view *v);

#endif
