#include "berdua/chat/terms.h"

#include <ctype.h>
#include <string.h>

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

NAMES_DEFINE(brain_id, brains)
NAMES_DEFINE(chat_mode, modes)
NAMES_DEFINE(history_policy, policies)
NAMES_DEFINE(language, languages)
NAMES_DEFINE(category, categories)

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

bool
brain_tag_unknown(const char *message, char *name, size_t cap)
{
    size_t n = 0;
    if (message[0] != '@')
        return false;
    while (n + 1 < cap && (isalnum((unsigned char)message[n + 1]) || message[n + 1] == '_')) {
        name[n] = message[n + 1];
        n++;
    }
    name[n] = 0;
    bool ended = message[n + 1] == ' ' || message[n + 1] == '\n' || !message[n + 1];
    return n > 0 && ended && brain_id_parse(name) < 0 && strcmp(name, "both") != 0;
}

const char *
chat_mode_help(enum chat_mode mode)
{
    static const char *const words[MODE_COUNT] = {
        [MODE_PARALLEL] = "both answer side by side, two calls",
        [MODE_SHADOW] = "one is shown, the other answers unseen, up to two calls",
        [MODE_CONTEXT] = "Claude answers, with LLAMA's context where it helps",
        [MODE_ROUTE] = "the rule and the rollout say who answers, one call",
        [MODE_JIWA] = "Claude answers, with what is remembered of the user",
        [MODE_FULL] = "routed, with context, shadow and memory",
    };
    return words[mode];
}
