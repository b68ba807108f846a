/* What is inferred about the user of a chat, for those who look while they talk. */
#include "memory.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "berdua/engine/analysis.h"
#include "berdua/jiwa/profile.h"
#include "berdua/store/memory.h"
#include "berdua/ui/doc.h"

struct seen {
    struct jiwa profile;
    bool out;
};

static bool
look(const struct config *config, const char *user, struct seen *seen, struct err *err)
{
    struct memory_look look = {0};
    int64_t since_us = analysis_cutoff_us(config, clock_wall_us());
    *seen = (struct seen){0};
    struct memory_store *m = memory_store_open(config->store_url, err);
    bool ok = m && memory_store_look(m, user, since_us, &look, err) &&
              jiwa_parse(&seen->profile, look.profile, err);
    jiwa_expire(&seen->profile, since_us);
    seen->out = look.out;
    free(look.profile);
    memory_store_close(&m);
    return ok;
}

static const char *
state_words(const struct config *config, const char *user, bool is_out)
{
    if (!config->memory.enabled)
        return "Memory is off: memory.enabled in the configuration turns it on.";
    if (!analysis_wanted(config, user))
        return "Nothing is noted about anonymous users; -u NAME says who it is.";
    if (is_out)
        return "This user has been taken out: nothing more is noted or told to a brain. /memory on "
               "lets them in again.";
    return NULL;
}

bool
memory_lines(const struct config *config, const char *user, struct buf *out, struct err *err)
{
    struct seen seen;
    bool ok = look(config, user, &seen, err);
    if (ok)
        jiwa_lines(&seen.profile, user, out);
    const char *words = ok ? state_words(config, user, seen.out) : NULL;
    if (words)
        buf_printf(out, "%s\n", words);
    jiwa_finish(&seen.profile);
    return ok;
}

static void
item_rows(struct doc *d, const struct jiwa_item *i)
{
    time_t at = (time_t)(i->at_us / US_PER_S);
    struct tm tm;
    char date[32] = "";
    if (localtime_r(&at, &tm))
        strftime(date, sizeof date, "%Y-%m-%d", &tm);
    doc_text(d, i->value, strlen(i->value));
    if (i->edited)
        doc_remark(d, "edited by hand, %s", date);
    else
        doc_remark(d, "inferred, confidence %.2f, %s, session %s", i->confidence, date, i->session);
    if (i->quote)
        doc_remark(d, "\"%s\"", i->quote);
}

void
memory_rows(const struct config *config, const char *user, struct doc *d)
{
    struct seen seen;
    struct err err = {0};
    doc_row(d, "user", "%s", user);
    bool ok = look(config, user, &seen, &err);
    const char *words = state_words(config, user, ok && seen.out);
    if (words)
        doc_remark(d, "%s", words);
    if (!ok)
        doc_warning(d, "memory", "%s", err.text);
    else if (!jiwa_count(&seen.profile))
        doc_remark(d, "Nothing is inferred yet.");
    else
        doc_remark(d, "Inferred by a small model from conversations; it may be wrong. berdua "
                      "memory edit corrects it, berdua memory forget does away with it.");
    for (int f = 0; ok && f < JIWA_FIELD_COUNT; f++) {
        const struct jiwa_list *l = &seen.profile.fields[f];
        bool any = false;
        for (size_t i = 0; i < l->count; i++) {
            if (l->v[i].removed)
                continue;
            if (!any)
                doc_heading(d, jiwa_heading((enum jiwa_field)f));
            any = true;
            item_rows(d, &l->v[i]);
        }
    }
    jiwa_finish(&seen.profile);
}
