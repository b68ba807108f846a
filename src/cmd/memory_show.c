/* What is inferred about the user of a chat, for a chat without a screen. */
#include "memory_parts.h"

#include <stdlib.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/config.h"
#include "berdua/session/analysis.h"
#include "berdua/jiwa/profile.h"
#include "berdua/store/memory_store.h"

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
