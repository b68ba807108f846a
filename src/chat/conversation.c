#include "berdua/chat/conversation.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"

static void
make_id(char id[27], int64_t wall_us, struct rng *rng)
{
    if (rng)
        id_make_from(id, wall_us, rng);
    else
        id_make(id);
}

struct conversation *
conversation_create_at(const char *user, int64_t wall_us, struct rng *rng)
{
    struct conversation *c = xcalloc(1, sizeof *c);
    make_id(c->id, wall_us, rng);
    c->user = xstrdup(user ? user : "anonymous");
    c->started_wall_us = wall_us;
    return c;
}

struct conversation *
conversation_create(const char *user)
{
    return conversation_create_at(user, clock_wall_us(), NULL);
}

void
conversation_destroy(struct conversation **c)
{
    if (!*c)
        return;
    for (size_t i = 0; i < (*c)->count; i++)
        turn_destroy(&(*c)->turns[i]);
    free((*c)->turns);
    free((*c)->user);
    free((*c)->title);
    free(*c);
    *c = NULL;
}

struct turn *
turn_create(const char *message)
{
    return turn_create_at(message, clock_wall_us(), NULL);
}

struct turn *
turn_create_at(const char *message, int64_t wall_us, struct rng *rng)
{
    struct turn *t = xcalloc(1, sizeof *t);
    make_id(t->id, wall_us, rng);
    t->at_wall_us = wall_us;
    t->message = xstrdup(message);
    t->served = t->canonical = BRAIN_NONE;
    verdict_state_init(&t->verdict);
    t->left = BRAIN_CLAUDE;
    t->kind.language = t->kind.category = -1;
    t->route.brain = t->route.fallback = BRAIN_NONE;
    context_init(&t->context);
    for (int b = 0; b < BRAIN_COUNT; b++)
        answer_init(&t->answers[b], (enum brain_id)b);
    return t;
}

void
turn_destroy(struct turn **t)
{
    if (!*t)
        return;
    for (int b = 0; b < BRAIN_COUNT; b++)
        answer_finish(&(*t)->answers[b]);
    context_finish(&(*t)->context);
    verdict_state_finish(&(*t)->verdict);
    verdict_log_finish(&(*t)->verdict_log);
    free((*t)->message);
    free((*t)->kind.rules);
    free((*t)->config_hash);
    free((*t)->blind.rater);
    free((*t)->route.rule);
    free((*t)->route.style);
    free((*t)->route.reason);
    free((*t)->route.fallback_why);
    free(*t);
    *t = NULL;
}

void
conversation_append(struct conversation *c, struct turn *t)
{
    c->turns = xgrow(c->turns, c->count, sizeof *c->turns);
    c->turns[c->count++] = t;
    c->revision++;
}

void
conversation_prepend(struct conversation *c, struct turn **turns, size_t n)
{
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++)
        c->turns = xgrow(c->turns, c->count + i, sizeof *c->turns);
    memmove(c->turns + n, c->turns, c->count * sizeof *c->turns);
    memcpy(c->turns, turns, n * sizeof *c->turns);
    c->count += n;
    c->revision++;
}

enum brain_id
turn_side(const struct turn *t, int side)
{
    bool swapped = t && t->left == BRAIN_LLAMA;
    return (side == 0) != swapped ? BRAIN_CLAUDE : BRAIN_LLAMA;
}

struct turn *
conversation_last(const struct conversation *c)
{
    return c && c->count ? c->turns[c->count - 1] : NULL;
}

struct turn *
conversation_find(const struct conversation *c, const char *turn_id)
{
    /* From the end: nearly always one of the newest is asked for. */
    for (size_t i = c->count; i-- > 0;)
        if (strcmp(c->turns[i]->id, turn_id) == 0)
            return c->turns[i];
    return NULL;
}

bool
turn_hides(const struct turn *t, enum brain_id b)
{
    return t->asked[b] && t->answers[b].role == ROLE_SHADOW && !t->revealed;
}

bool
turn_veiled(const struct turn *t)
{
    return t->blind.on && !t->blind.names_shown;
}

bool
turn_pair_ready(const struct turn *t)
{
    return t->blind.on && t->blind.side_drawn && !turn_answering(t) && t->asked[BRAIN_CLAUDE] &&
           t->asked[BRAIN_LLAMA];
}

const char *
turn_name(const struct turn *t, enum brain_id b)
{
    if (turn_veiled(t))
        return b == t->left ? "A" : "B";
    return brain_title(b);
}

bool
turn_hedge_stopped(const struct turn *t, enum brain_id b)
{
    return t->answers[b].status == STATUS_CANCELLED && t->route.brain == brain_other(b) &&
           t->route.fallback != b && t->answers[t->route.brain].times.ttft_us >= 0;
}

bool
turn_answering(const struct turn *t)
{
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b] && t->answers[b].status == STATUS_RUNNING)
            return true;
    return false;
}

bool
turn_running(const struct turn *t)
{
    return turn_answering(t) || context_running(&t->context);
}

enum category
turn_category(const struct turn *t)
{
    return t->kind.category < 0 ? CATEGORY_GENERAL : (enum category)t->kind.category;
}

/* An answer without text cannot continue the conversation. */
static bool
can_continue(const struct turn *t, enum brain_id b)
{
    return b != BRAIN_NONE && t->asked[b] && t->answers[b].text.len > 0;
}

void
turn_choose_canonical(struct turn *t)
{
    enum brain_id winner = t->verdict.kind == VERDICT_CLAUDE  ? BRAIN_CLAUDE
                           : t->verdict.kind == VERDICT_LLAMA ? BRAIN_LLAMA
                                                              : BRAIN_NONE;
    if (can_continue(t, t->verdict.adopted))
        t->canonical = t->verdict.adopted;
    else if (can_continue(t, winner))
        t->canonical = winner;
    else
        t->canonical = t->served;
}
