#include "berdua/base/terms.h"

#include <stddef.h>
#include <string.h>

static const char *const brains[BRAIN_COUNT] = {
    [BRAIN_CLAUDE] = "claude",
    [BRAIN_LLAMA] = "llama",
};
static const char *const modes[MODE_COUNT] = {
    [MODE_PARALLEL] = "parallel", [MODE_SHADOW] = "shadow", [MODE_CONTEXT] = "context",
    [MODE_ROUTE] = "route",       [MODE_JIWA] = "jiwa",     [MODE_FULL] = "full",
};
static const char *const policies[HISTORY_COUNT] = {
    [HISTORY_CANONICAL] = "canonical",
    [HISTORY_OWN] = "own",
};

static const char *const languages[LANGUAGE_COUNT] = {
    [LANGUAGE_ID] = "id",
    [LANGUAGE_EN] = "en",
    [LANGUAGE_IT] = "it",
};
static const char *const categories[CATEGORY_COUNT] = {
    [CATEGORY_GREETING] = "greeting",
    [CATEGORY_EMOTIONAL] = "emotional",
    [CATEGORY_CULTURAL] = "cultural",
    [CATEGORY_BUSINESS_SIMPLE] = "business_simple",
    [CATEGORY_BUSINESS_COMPLEX] = "business_complex",
    [CATEGORY_GENERAL] = "general",
};

static const char *
name_of(const char *const *names, int count, int i)
{
    return i >= 0 && i < count ? names[i] : NULL;
}

static int
index_of(const char *const *names, int count, const char *name)
{
    for (int i = 0; name && i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

const char *
brain_id_name(enum brain_id b)
{
    return name_of(brains, BRAIN_COUNT, b);
}

int
brain_id_parse(const char *name)
{
    return index_of(brains, BRAIN_COUNT, name);
}

const char *
chat_mode_name(enum chat_mode m)
{
    return name_of(modes, MODE_COUNT, (int)m);
}

int
chat_mode_parse(const char *name)
{
    return index_of(modes, MODE_COUNT, name);
}

const char *
history_policy_name(enum history_policy h)
{
    return name_of(policies, HISTORY_COUNT, (int)h);
}

int
history_policy_parse(const char *name)
{
    return index_of(policies, HISTORY_COUNT, name);
}

const char *
language_name(enum language l)
{
    return name_of(languages, LANGUAGE_COUNT, (int)l);
}

int
language_parse(const char *name)
{
    return index_of(languages, LANGUAGE_COUNT, name);
}

const char *
category_name(enum category c)
{
    return name_of(categories, CATEGORY_COUNT, (int)c);
}

int
category_parse(const char *name)
{
    return index_of(categories, CATEGORY_COUNT, name);
}
