#include "berdua/chat/context.h"

#include <stdlib.h>

#include "berdua/base/names.h"

static const char *const sources[CONTEXT_SOURCE_COUNT] = {
    [CONTEXT_NONE] = "none",
    [CONTEXT_LLAMA] = "llama",
    [CONTEXT_SAVED] = "saved",
    [CONTEXT_BASELINE] = "baseline",
};
NAMES_DEFINE(context_source, sources)

void
context_init(struct context *c)
{
    *c = (struct context){.started_us = UNKNOWN, .late_us = UNKNOWN};
    answer_init(&c->answer, BRAIN_LLAMA);
}

void
context_insights_free(struct context_insight *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].id);
        free(v[i].topic);
        free(v[i].text);
    }
    free(v);
}

void
context_finish(struct context *c)
{
    context_insights_free(c->insights, c->insight_count);
    free(c->text);
    free(c->why);
    answer_finish(&c->answer);
}

bool
context_running(const struct context *c)
{
    return c->asked && c->answer.status == STATUS_RUNNING;
}
