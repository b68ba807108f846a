/* What the warmth of the selected turn's answers is made of, measured once each has ended. Owner: the screen. Thread: main. */
#ifndef BERDUA_UI_WARMTH_PARTS_H
#define BERDUA_UI_WARMTH_PARTS_H

#include "berdua/chat/conversation.h"
#include "ui/panel/panel.h"

struct measure;

struct warmth_parts {
    struct {
        char answer[27];   /* which one was measured, and … */
        uint32_t revision; /* … as it was then */
        struct panel_parts parts;
    } of[BRAIN_COUNT];
};

/* t and m may be NULL. Nothing of an answer that may not be seen, is too long to be measured here, or was
 * scored by other rules. */
void warmth_parts_look(struct warmth_parts *w, const struct turn *t, const struct measure *m,
                       struct panel_parts out[BRAIN_COUNT]);

#endif
