/* Conversations and what a view shows of them, as text. */
#ifndef TESTS_UNIT_UI_VIEW_KIT_H
#define TESTS_UNIT_UI_VIEW_KIT_H

#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/chat/conversation.h"
#include "ui/view/view.h"

static inline struct view_shape
shape(enum arrangement arrangement, int rows, int cols)
{
    struct view_shape s;
    memset(&s, 0, sizeof s);
    s.arrangement = arrangement;
    s.one = 0;
    s.rows = rows;
    s.text_cols = cols;
    s.column_cols = arrangement == ARRANGE_SIDE ? cols / 2 : cols;
    s.airy = true;
    return s;
}

static inline struct turn *
add_turn(struct conversation *c, int n, int words)
{
    char text[64];
    snprintf(text, sizeof text, "message %d", n);
    struct turn *t = turn_create(text);
    snprintf(t->id, sizeof t->id, "turn%d", n);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->asked[b] = true;
        t->answers[b].status = STATUS_COMPLETE;
        for (int i = 0; i < words; i++)
            buf_printf(&t->answers[b].text, "t%db%dw%d ", n, b, i);
        t->answers[b].revision = 1;
    }
    conversation_append(c, t);
    return t;
}

static inline void
stream(struct turn *t, enum brain_id b, const char *text)
{
    t->answers[b].status = STATUS_RUNNING;
    t->answers[b].phase = PHASE_STREAMING;
    buf_append_str(&t->answers[b].text, text);
    t->answers[b].revision++;
}

/* The screen as text, for comparing. */
static inline char *
screen(struct view *v, int rows)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    view_update(v);
    for (int i = 0; i < rows; i++) {
        struct view_row at;
        struct flow_row text;
        view_row(v, i, &at);
        if (!at.turn) {
            buf_append_str(&b, "~\n");
            continue;
        }
        buf_printf(&b, "%d:", (int)at.part);
        if (view_message_text(v, &at, &text))
            buf_append(&b, text.text, text.len);
        for (int lane = 0; lane < BRAIN_COUNT; lane++)
            if ((at.brain == BRAIN_NONE || (int)at.brain == lane) &&
                view_body_text(v, &at, (enum brain_id)lane, &text) != VIEW_TEXT_NONE)
                buf_append(&b, text.text, text.len);
        buf_append_str(&b, "\n");
    }
    return buf_take(&b);
}

#endif
