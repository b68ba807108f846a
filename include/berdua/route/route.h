/* Which brain answers a message, and why: rules by category, the rollout stage of the category, the user's
 * bucket, crisis, and who can be called at all. A pure function of what is passed in; nothing is asked, stored
 * or drawn. Thread: any. */
#ifndef BERDUA_ROUTE_ROUTE_H
#define BERDUA_ROUTE_ROUTE_H

#include "berdua/chat/terms.h"

#include <stdbool.h>

struct brain_conf;
struct config;
struct model_conf;
struct style_conf;

enum { BUCKETS = 10000 };
/* Sticky and nested: a user that 10 % includes, 25 % includes too. Never changes between versions. */
int route_bucket(const char *user);
bool route_in_share(int bucket, double percent);

struct route_question {
    enum category category;
    const char *crisis; /* crisis_find's topic, NULL: none */
    const char *user;
    double percent;              /* stage of the category, 0..100 */
    bool available[BRAIN_COUNT]; /* false: its breaker is open, or its budget is spent */
};

/* Strings live as long as the configuration. */
struct route_decision {
    enum category category;
    enum brain_id brain;
    const char *style;      /* one of the brain's `modes`, NULL: none */
    const char *model;      /* tier, NULL: the brain's */
    enum brain_id fallback; /* who answers when that brain fails or is late; BRAIN_NONE: nobody */
    const char *fallback_style, *fallback_model;
    const char *rule; /* the rule that fired: a category's name, or "crisis" */
    double percent;   /* the stage */
    double effective; /* the share that LLAMA gets now: 0 in a crisis or when it cannot be called */
    int bucket;
    char reason[240]; /* one sentence */
};

void route_decide(const struct config *config, const struct route_question *q,
                  struct route_decision *out);

/* The style that `name` means for this category: "auto" chooses santai for greeting, emotional and general,
 * pikiran for cultural and business. NULL when the brain has none of that name. */
const char *route_style(const struct config *config, enum brain_id brain, const char *name,
                        enum category category);
/* The longest answer in tokens: as config_max_tokens, shorter for a greeting where the style (may be NULL) says so. */
int route_max_tokens(const struct brain_conf *b, const struct model_conf *model,
                     const struct style_conf *style, enum category category);

#endif
