#include "linear_page.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/chat/conversation.h"
#include "berdua/core/thread.h"
#include "berdua/ui/doc.h"
#include "cmd/doc/memory_view.h"
#include "cmd/out.h"
#include "page/page_source.h"
#include "pages.h"

bool
linear_prints(enum action a)
{
    return a >= ACT_HELP && a < ACT_HELP + PAGE_COUNT && page_table[a - ACT_HELP]->prints;
}

bool
linear_page(const struct config *config, const struct conversation *c, enum action page,
            const char *about, struct err *err)
{
    const struct page_ops *ops = page_table[page - ACT_HELP];
    const struct turn *t = conversation_last(c);
    if (!ops->plain && t && turn_veiled(t))
        return err_set(err, "hidden while a pair waits for your verdict");
    const struct page_source source = {
        .config = config, .user = c->user, .about = *about ? about : NULL};
    struct doc *d = doc_create();
    thread_forbid_waiting(false);
    ops->load(d, &source);
    thread_forbid_waiting(true);
    out_doc(d);
    doc_destroy(&d);
    fflush(stdout);
    return true;
}

bool
linear_context(const struct turn *t, struct err *err)
{
    const struct context *c = t ? &t->context : NULL;
    if (!c || !c->wanted)
        return err_set(err, "No context was used for this message");
    out_print("context: %s", context_source_name(c->source));
    if (c->started_us >= 0)
        out_print(", Claude asked after %.0f ms", (double)c->started_us / US_PER_MS);
    if (c->why)
        out_print("; LLAMA's not: %s", c->why);
    if (c->late_us >= 0)
        out_print("; LLAMA's came after %.0f ms%s", (double)c->late_us / US_PER_MS,
                  c->saved ? " and is kept" : "");
    puts("");
    if (c->text) {
        out_text(stdout, c->text, strlen(c->text));
        puts("");
    }
    fflush(stdout);
    return true;
}

bool
linear_memory(const struct config *config, const struct conversation *c, struct err *err)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    thread_forbid_waiting(false);
    bool ok = memory_lines(config, c->user, &text, err);
    thread_forbid_waiting(true);
    if (ok)
        out_text(stdout, text.p, text.len);
    buf_finish(&text);
    fflush(stdout);
    return ok;
}
