#include "memory_page.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "berdua/session/analysis.h"
#include "berdua/jiwa/profile.h"
#include "berdua/store/memory_store.h"
#include "berdua/ui/doc.h"

enum { PAGE_MAX_BYTES = 1 << 20 };

static void
state_rows(const struct config *config, const char *user, bool out, struct doc *d)
{
    doc_row(d, "user", "%s", user);
    if (!config->memory.enabled)
        doc_row(d, "memory", "off; memory.enabled in the configuration turns it on");
    else if (!analysis_wanted(config, user))
        doc_row(d, "memory", "none of %s: it is kept of named users only (-u NAME)", user);
    else if (out)
        doc_row(d, "memory", "taken out: nothing is inferred, and no brain is told");
    else
        doc_row(d, "memory", "on; Claude is told, as background");
}

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
        doc_warning(arg, "to be analysed", "session %.8s, tried %d times: %s", session, attempts,
                    error);
    else
        doc_row(arg, "to be analysed", "session %.8s", session);
    return true;
}

void
memory_page(const struct config *config, const char *user, struct doc *d)
{
    struct err err = {0};
    struct memory_look look = {0};
    struct jiwa profile = {0};
    struct buf text;
    int64_t since_us = analysis_cutoff_us(config, clock_wall_us());
    struct memory_store *m = memory_store_open(config->store_url, &err);
    buf_init(&text, PAGE_MAX_BYTES);
    bool ok = m && memory_store_look(m, user, since_us, &look, &err) &&
              jiwa_parse(&profile, look.profile, &err);
    if (ok) {
        state_rows(config, user, look.out, d);
        ok = memory_store_pending(m, user, pending_row, d, &err);
        jiwa_expire(&profile, since_us);
        jiwa_lines(&profile, user, &text);
        doc_blank(d);
        inferred_rows(text.p, d);
    }
    if (!ok)
        doc_warning(d, "failed", "%s", err.text);
    buf_finish(&text);
    jiwa_finish(&profile);
    free(look.profile);
    memory_store_close(&m);
}
