/* Words that every room uses: brains, modes, histories, categories, languages. Thread: any. */
#ifndef BERDUA_CHAT_TERMS_H
#define BERDUA_CHAT_TERMS_H

#include <stdbool.h>
#include <stddef.h>

enum brain_id { BRAIN_CLAUDE, BRAIN_LLAMA, BRAIN_COUNT, BRAIN_NONE = -1 };

/* As a name in a sentence: "Claude", "LLAMA". */
const char *brain_title(enum brain_id b);
/* Not of BRAIN_NONE. */
enum brain_id brain_other(enum brain_id b);

/* The patterns that can be chosen. */
enum chat_mode {
    MODE_PARALLEL,
    MODE_SHADOW,
    MODE_CONTEXT,
    MODE_ROUTE,
    MODE_JIWA,
    MODE_FULL,
    MODE_COUNT
};

/* canonical: both brains see the answers that continued the conversation; own: each sees its own. */
enum history_policy { HISTORY_CANONICAL, HISTORY_OWN, HISTORY_COUNT };

/* Of a message. */
enum language { LANGUAGE_ID, LANGUAGE_EN, LANGUAGE_IT, LANGUAGE_COUNT };
enum category {
    CATEGORY_GREETING,
    CATEGORY_EMOTIONAL,
    CATEGORY_CULTURAL,
    CATEGORY_BUSINESS_SIMPLE,
    CATEGORY_BUSINESS_COMPLEX,
    CATEGORY_GENERAL,
    CATEGORY_COUNT
};

/* The contract's words ("claude", "parallel", "canonical"); parse returns -1 for an unknown word. */
const char *brain_id_name(enum brain_id b); /* BRAIN_NONE gives NULL */
int brain_id_parse(const char *name);
/* The message begins with "@name " as if for a brain, but no brain is called so: writes the name. */
bool brain_tag_unknown(const char *message, char *name, size_t cap);
const char *chat_mode_name(enum chat_mode m);
/* What it does with a message, and what that costs, in a line. */
const char *chat_mode_help(enum chat_mode m);
int chat_mode_parse(const char *name);
const char *history_policy_name(enum history_policy h);
int history_policy_parse(const char *name);
const char *language_name(enum language l); /* "id", "en", "it" */
int language_parse(const char *name);
const char *category_name(enum category c); /* "business_simple" */
int category_parse(const char *name);

#endif
