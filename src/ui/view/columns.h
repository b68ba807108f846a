/* Rows of the view -> lines: the message, the two columns with their heads, the styles of Markdown,
 * matches of a search. Pure. Thread: main. */
#ifndef BERDUA_UI_COLUMNS_H
#define BERDUA_UI_COLUMNS_H

#include "berdua/ui/ui.h"
#include "ui/text/glyphs.h"
#include "ui/view/layout.h"
#include "ui/text/line.h"
#include "view.h"

#include <stdint.h>

enum { COLUMNS_MESSAGE_INDENT = 2 }; /* the mark and a blank */

struct columns {
    struct view *view;
    const struct layout *layout;
    const struct glyphs *glyphs;
    const struct ui_facts *facts;
    const char *needle; /* "": nothing is searched */
    int64_t now_us;
};

/* One row of the conversation, over its whole width. */
void columns_line(const struct columns *c, int row, struct line *out);
/* What stands there while the conversation is empty. */
void columns_welcome(const struct columns *c, int row, struct line *out);

#endif
