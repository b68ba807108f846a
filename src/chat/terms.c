#include "berdua/chat/terms.h"

#include "berdua/base/names.h"

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

const char *
brain_id_name(enum brain_id b)
{
    return names_at(brains, BRAIN_COUNT, b);
}

int
brain_id_parse(const char *name)
{
    return names_find(brains, BRAIN_COUNT, name);
}

const char *
chat_mode_name(enum chat_mode m)
{
    return names_at(modes, MODE_COUNT, (int)m);
}

int
chat_mode_parse(const char *name)
{
    return names_find(modes, MODE_COUNT, name);
}

const char *
history_policy_name(enum history_policy h)
{
    return names_at(policies, HISTORY_COUNT, (int)h);
}

int
history_policy_parse(const char *name)
{
    return names_find(policies, HISTORY_COUNT, name);
}

const char *
language_name(enum language l)
{
    return names_at(languages, LANGUAGE_COUNT, (int)l);
}

int
language_parse(const char *name)
{
    return names_find(languages, LANGUAGE_COUNT, name);
}

const char *
category_name(enum category c)
{
    return names_at(categories, CATEGORY_COUNT, (int)c);
}

int
category_parse(const char *name)
{
    return names_find(categories, CATEGORY_COUNT, name);
}

const char *
brain_title(enum brain_id b)
{
    return b == BRAIN_CLAUDE ? "Claude" : "LLAMA";
}

enum brain_id
brain_other(enum brain_id b)
{
    return b == BRAIN_CLAUDE ? BRAIN_LLAMA : BRAIN_CLAUDE;
}
