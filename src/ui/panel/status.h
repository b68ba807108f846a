/* The one-row parts: title, tabs, the rule above the input, the status line. Pure: lines come out.
 * What is true for a while (not saved yet, a paste that is not finished) outranks a message, which passes, and
 * stays beside it; hints come last.
 * Thread: main. */
#ifndef BERDUA_UI_STATUS_H
#define BERDUA_UI_STATUS_H

#include "berdua/ui/ui.h"
#include "ui/text/glyphs.h"
#include "ui/edit/keymap.h"
#include "ui/term/input.h"
#include "ui/text/line.h"

#include <stdbool.h>

enum tab { TAB_LEFT, TAB_RIGHT, TAB_FIGURES, TAB_COUNT };

struct status_view {
    const struct ui_facts *facts;
    const struct conversation *conversation; /* may be NULL */
    const struct glyphs *glyphs;
    const struct keymap *keymap;
    enum focus focus;
    enum tab tab;
    bool tabbed;
    bool running; /* an answer is coming in */
    bool overlay;
    const char *asking; /* what is asked for in the input line, NULL: a message */
    char vi_mode;
    const char *notice; /* NULL: none */
    bool notice_error;
    int new_lines; /* below the screen; 0 none */
    bool following;
    const char *candidates; /* of a completion, NULL: none */
    enum input_wait waits;  /* for the rest of a paste */
    bool unsaved;           /* facts->store is to be shown */
    bool ruled;             /* there is a row for the rule */
};

void status_title(struct line *l, const struct status_view *v, int cols);
void status_tabs(struct line *l, const struct status_view *v, int cols);
void status_rule(struct line *l, const struct status_view *v, int cols, int tee_col);
void status_line(struct line *l, const struct status_view *v, int cols);

#endif
