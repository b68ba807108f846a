#include "berdua/engine/context_lookup.h"

#include <stdlib.h>

#include "berdua/base/mem.h"

/* From this score on an insight names the topic: it shares at least one rare tag with the message. */
static const double topic_score = .45;

const char *
context_topic(const struct context_insight *insights, size_t count, int category)
{
    if (count > 0 && insights[0].id && insights[0].score >= topic_score)
        return insights[0].id;
    return category_name((enum category)(category < 0 ? CATEGORY_GENERAL : category));
}

char *
context_key(const char *topic, bool simulated)
{
    return xasprintf("%s%s", simulated ? "simulated:" : "", topic);
}

const char *
context_language(int language)
{
    return language < 0 ? "" : language_name((enum language)language);
}

void
lookup_result_clear(struct lookup_result *f)
{
    context_insights_free(f->insights, f->count);
    free(f->saved);
    *f = (struct lookup_result){0};
}
