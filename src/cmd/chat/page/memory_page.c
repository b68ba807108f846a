/* What is remembered of the user. */
#include "page_source.h"

#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "berdua/conf/config.h"
#include "berdua/jiwa/profile.h"
#include "berdua/store/memory_store.h"
#include "cmd/doc/memory_view.h"

enum { PAGE_MAX_BYTES = 1 << 20 };

/* The lines of jiwa_lines: a heading stands under a blank line, what is inferred begins two columns in, what
 * is known about that four. */
static void
inferred_rows(const char *text, struct doc *d)
{
    bool blank = false;
    while (*text) {
        size_t n = strcspn(text, "\n");
        size_t indent = strspn(text, " ");
        char line[JIWA_QUOTE_BYTES + 64];
        size_t kept = n < sizeof line ? n : sizeof line - 1;
        memcpy(line, text, kept);
        line[kept] = 0;
        if (blank && indent == 0 && n > 0)
            doc_heading(d, line);
        else if (indent >= 4 || (indent == 0 && n > 0))
            doc_remark(d, "%s", line + (indent > 2 ? 2 : 0));
        else if (n > 0)
            doc_text(d, line + indent, kept - indent);
        blank = n == 0;
        text += n + (text[n] != 0);
    }
}

static bool
pending_row(void *arg, const char *session, int64_t next_us, int attempts, const char *error)
{
    (void)next_us;
    if (attempts > 0 && error)
        doc_warning(arg, "to be analysed", "session %.*s, tried %d time%s: %s", ID_SHOWN, session,
                    attempts, attempts == 1 ? "" : "s", error);
    else
        doc_row(arg, "to be analysed", "session %.*s", ID_SHOWN, session);
    return true;
}

static void
memory_load(struct doc *d, const struct page_source *s)
{
    struct err err = {0};
    struct memory_view view;
    struct buf text;
    buf_init(&text, PAGE_MAX_BYTES);
    struct store *m = store_open(s->config->store_url, &err);
    bool ok = memory_view_load(m, s->config, s->user, &view, &err);
    if (ok) {
        doc_row(d, "user", "%s", s->user);
        doc_row(d, "memory", "%s", view.state ? view.state : "on; Claude is told, as background");
        ok = memory_store_pending(m, s->user, pending_row, d, &err);
        jiwa_lines(&view.profile, s->user, &text);
        doc_blank(d);
        inferred_rows(text.p, d);
    }
    if (!ok)
        doc_warning(d, "failed", "%s", err.text);
    buf_finish(&text);
    jiwa_finish(&view.profile);
    store_close(&m);
}

const struct page_ops page_memory = {
    .title = "Memory", .plain = true, .settings = true, .load = memory_load};
