/* What the status line has said, for the page of messages. Owner: the screen. Thread: main. */
#ifndef BERDUA_UI_MESSAGES_H
#define BERDUA_UI_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MESSAGES_KEPT = 200 };

struct page_messages {
    struct {
        char *text;
        bool error;
        int64_t at_wall_us;
    } kept[MESSAGES_KEPT]; /* a ring */
    size_t count;          /* ever; the last MESSAGES_KEPT are there */
};

void messages_add(struct page_messages *m, bool error, const char *text);
void messages_finish(struct page_messages *m);

#endif
