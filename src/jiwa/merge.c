#include "berdua/jiwa/profile.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

enum {
    MAX_REMOVED = 48
}; /* removed items of a field that are kept so that inference does not add them again */

#define MOST_CERTAIN 0.99

static void
set_evidence(struct jiwa_item *to, const struct jiwa_item *from, const char *session, int64_t at_us)
{
    char *quote = xstrdup(from->quote);
    free(to->quote);
    to->quote = quote;
    memset(to->session, 0, sizeof to->session);
    if (strlen(session) < sizeof to->session)
        memcpy(to->session, session, strlen(session));
    to->at_us = at_us;
}

/* The same value was inferred again. From the same session it is the same evidence; from another session it makes the
 * item more certain. */
static void
confirm(struct jiwa_item *have, const struct jiwa_item *is, const char *session, int64_t at_us)
{
    double both = 1 - (1 - have->confidence) * (1 - is->confidence);
    bool surer = is->confidence > have->confidence;
    if (strcmp(have->session, session) == 0) {
        if (at_us > have->at_us || (at_us == have->at_us && surer))
            set_evidence(have, is, session, at_us);
        if (surer)
            have->confidence = is->confidence;
        return;
    }
    if (at_us < have->at_us) /* this conversation is older than the item's; it was analysed late */
        return;
    if (surer)
        have->confidence = is->confidence;
    if (have->confidence < MOST_CERTAIN)
        have->confidence = both < MOST_CERTAIN ? both : MOST_CERTAIN;
    set_evidence(have, is, session, at_us);
}

/* For fields with a single value: keeps the most certain item of the newest conversation. */
static void
settle_single(struct jiwa_list *l)
{
    size_t best = 0;
    for (size_t i = 1; i < l->count; i++) {
        const struct jiwa_item *a = &l->v[i], *b = &l->v[best];
        if (a->removed || b->removed ? b->removed && !a->removed
            : a->edited != b->edited ? a->edited
            : a->at_us != b->at_us   ? a->at_us > b->at_us
                                     : a->confidence > b->confidence)
            best = i;
    }
    for (size_t i = l->count; i-- > 0;)
        if (i != best && !l->v[i].removed)
            jiwa_list_drop(l, i);
}

/* A total compare_items, so that merging the same record again gives the same list. */
static int
compare_items(const void *pa, const void *pb)
{
    const struct jiwa_item *a = pa, *b = pb;
    if (a->removed != b->removed)
        return a->removed ? 1 : -1;
    if (a->edited != b->edited)
        return a->edited ? -1 : 1;
    if (a->at_us != b->at_us)
        return a->at_us > b->at_us ? -1 : 1;
    if (a->confidence < b->confidence || a->confidence > b->confidence)
        return a->confidence > b->confidence ? -1 : 1;
    return strcmp(a->value, b->value);
}

static void
bound_list(struct jiwa_list *l)
{
    size_t live = 0, removed = 0;
    if (l->count)
        qsort(l->v, l->count, sizeof *l->v, compare_items);
    for (size_t i = 0; i < l->count;) {
        bool over = l->v[i].removed ? ++removed > MAX_REMOVED : ++live > JIWA_PROFILE_ITEMS;
        if (over && !(l->v[i].edited && !l->v[i].removed))
            jiwa_list_drop(l, i);
        else
            i++;
    }
}

void
jiwa_merge(struct jiwa *profile, const struct jiwa *record, const char *session, int64_t at_us)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        struct jiwa_list *l = &profile->fields[f];
        const struct jiwa_list *from = &record->fields[f];
        for (size_t i = 0; i < from->count; i++) {
            struct jiwa_item *have = jiwa_list_find(l, from->v[i].value);
            const struct jiwa_item *is = &from->v[i];
            if (have && !have->edited && !have->removed)
                confirm(have, is, session, at_us);
            else if (!have && (have = jiwa_add(profile, (enum jiwa_field)f, is->value,
                                               is->confidence, NULL)))
                set_evidence(have, is, session, at_us);
        }
        if ((f == JIWA_TRUST_LEVEL || f == JIWA_RELATIONSHIP_PHASE) && l->count)
            settle_single(l);
        bound_list(l);
    }
}

void
jiwa_expire(struct jiwa *j, int64_t before_us)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++)
        for (size_t i = j->fields[f].count; i-- > 0;)
            if (j->fields[f].v[i].at_us < before_us)
                jiwa_list_drop(&j->fields[f], i);
}
