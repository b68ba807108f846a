/* What the tests of knowledge share: a folder, a configuration, a handle. */
#ifndef TESTS_UNIT_KNOWLEDGE_KIT_H
#define TESTS_UNIT_KNOWLEDGE_KIT_H

#include "unit/store/store_kit.h"

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/conf/secret.h"
#include "berdua/knowledge/knowledge.h"

struct lore {
    struct conf *conf;
    struct keyring *keyring;
    struct knowledge *k;
};

/* more: lines of configuration, or "". */
static inline struct lore
lore_open(const struct kit *kit, const char *more)
{
    struct err err = {{0}};
    struct lore l = {0};
    char *text = xasprintf("store: {url: \"sqlite:%s\"}\n%s", kit->path, more);
    l.conf = conf_load_text("test.yaml", text, strlen(text), &err);
    free(text);
    if (!l.conf)
        fail_msg("%s", err.text);
    l.keyring = keyring_create();
    l.k = knowledge_open(conf_get(l.conf), l.keyring, NULL, &err);
    if (!l.k)
        fail_msg("%s", err.text);
    return l;
}

static inline void
lore_close(struct lore *l)
{
    knowledge_close(&l->k);
    keyring_destroy(&l->keyring);
    conf_destroy(&l->conf);
}

static inline struct insights
lore_search(struct lore *l, const char *text, const char *language, int64_t deadline_us)
{
    struct err err = {{0}};
    struct insights found;
    struct knowledge_query q = {
        .text = text, .text_len = strlen(text), .language = language, .deadline_us = deadline_us};
    if (!knowledge_search(l->k, &q, &found, &err))
        fail_msg("%s: %s", text, err.text);
    return found;
}

static inline bool
lore_holds(const struct insights *found, const char *id)
{
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->v[i].id, id) == 0)
            return true;
    return false;
}

static inline bool
lore_count_one(void *arg, struct insight *i)
{
    (void)i;
    ++*(size_t *)arg;
    return true;
}

static inline size_t
lore_count(struct lore *l)
{
    size_t n = 0;
    struct err err = {{0}};
    assert_true(knowledge_list(l->k, lore_count_one, &n, &err));
    return n;
}

#endif
