#include "messages.h"

#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/ui/doc.h"
#include "berdua/ui/page.h"

void
messages_add(struct page_messages *m, bool error, const char *text)
{
    size_t i = m->count++ % MESSAGES_KEPT;
    free(m->kept[i].text);
    m->kept[i].text = xstrdup(text);
    m->kept[i].error = error;
    m->kept[i].at_wall_us = clock_wall_us();
}

void
messages_finish(struct page_messages *m)
{
    for (size_t i = 0; i < MESSAGES_KEPT; i++)
        free(m->kept[i].text);
}

static void
messages_fill(struct doc *d, const struct page_view *v)
{
    static const int widths[] = {10, 0};
    const struct page_messages *m = v->messages;
    doc_columns(d, widths);
    for (size_t i = m->count > MESSAGES_KEPT ? m->count - MESSAGES_KEPT : 0; i < m->count; i++) {
        size_t at = i % MESSAGES_KEPT;
        char when[16];
        clock_format(m->kept[at].at_wall_us, "%H:%M:%S", when, sizeof when);
        const enum ink inks[] = {INK_DIM, m->kept[at].error ? INK_ERROR : INK_TEXT};
        doc_cells(d, inks, (const char *const[]){when, m->kept[at].text}, 2);
    }
    if (m->count == 0)
        doc_remark(d, "none so far");
}

const struct page_ops page_messages = {.title = "Messages", .plain = true, .fill = messages_fill};
