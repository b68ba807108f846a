/* What leads somebody through the screen who sees it for the first time: a menu in place of the conversation, and a caption
 * over the input line. Plain data of whoever leads. Thread: main. */
#ifndef BERDUA_UI_GUIDE_H
#define BERDUA_UI_GUIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct doc;

struct ui_guide {
    const struct doc *menu; /* NULL: none. Shown where the conversation is empty, or … */
    bool over;              /* … over it */
    int marked;             /* the row of the menu that is kept in sight */
    struct {
        const char *title, *text; /* text NULL: there is no caption, and the input line is seen */
        const char *keys;         /* what can be pressed meanwhile */
        const char *clock;        /* "0:41/2:05" */
        double done;              /* a share of 1 */
    } caption;
};

#endif
