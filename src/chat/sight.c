#include "berdua/chat/sight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"

/* ---- the mask of a turn ---- */

enum verdict_kind
turn_unmask_kind(const struct turn *t, enum verdict_kind kind)
{
    if (t->left == BRAIN_CLAUDE || (kind != VERDICT_CLAUDE && kind != VERDICT_LLAMA))
        return kind;
    return kind == VERDICT_CLAUDE ? VERDICT_LLAMA : VERDICT_CLAUDE;
}

struct verdict
turn_unmask_verdict(const struct turn *t, const struct verdict *by_sides)
{
    struct verdict v = *by_sides;
    v.kind = turn_unmask_kind(t, v.kind);
    for (int side = 0; side < BRAIN_COUNT; side++)
        v.acceptable[turn_side(t, side)] = by_sides->acceptable[side];
    return v;
}

/* Another try has another id; it says nothing, since ids tell their order. */
static void
mask_id(char out[27], const struct turn *t, const char *id, int side)
{
    snprintf(out, 27, "%c%016llx", side ? 'B' : 'A',
             (unsigned long long)hash_bytes(id, strlen(id), hash_bytes(t->id, ID_LEN, 0)));
}

/* The only figures of an answer that a mask holds: its text, and whether there is one. */
static void
mask_answer(struct answer *out, const struct turn *t, const struct answer *a, int side)
{
    out->role = ROLE_COMPARED;
    out->started_us = t->blind.sent_us;
    out->simulated = t->simulated;
    if (!turn_pair_ready(t)) {
        mask_id(out->id, t, "", side);
        out->phase = PHASE_WAITING;
        return;
    }
    mask_id(out->id, t, a->id, side);
    out->phase = PHASE_ENDED;
    bool whole = a->status == STATUS_COMPLETE || a->status == STATUS_CUT;
    out->status = whole && a->text.len ? STATUS_COMPLETE : STATUS_FAILED;
    buf_append(&out->text, a->text.p, a->text.len);
}

struct turn *
turn_mask(const struct turn *t)
{
    struct turn *m = turn_create_at(t->message, t->at_wall_us, &(struct rng){0});
    memcpy(m->id, t->id, sizeof m->id);
    m->seq = t->seq;
    m->mode = t->mode;
    m->history = t->history;
    m->kind = t->kind;
    m->kind.rules = xstrdup(t->kind.rules);
    m->blind.on = m->blind.masked = true;
    m->blind.side_drawn = turn_pair_ready(t);
    m->blind.set_aside = t->blind.set_aside;
    m->blind.sent_us = t->blind.sent_us;
    m->simulated = t->simulated;
    m->left = MASK_LEFT;
    m->verdict.kind = turn_unmask_kind(t, t->verdict.kind);
    m->verdict.note = xstrdup(t->verdict.note);
    m->verdict.at_wall_us = t->verdict.at_wall_us;
    m->verdict.saving = t->verdict.saving;
    for (int side = 0; side < BRAIN_COUNT; side++) {
        m->asked[side] = true;
        mask_answer(&m->answers[side], t, &t->answers[turn_side(t, side)], side);
    }
    return m;
}

/* ---- the conversation ---- */

struct masked {
    struct turn *mask;
    uint32_t revision; /* rises with each change of what is seen */
};

struct sight {
    struct conversation
        *shown; /* its turns are those of the real one, or masks, which are owned here */
    const struct conversation *real; /* only compared: it may be gone */
    uint32_t real_revision;
    struct masked *masks;
    size_t mask_count;
};

struct sight *
sight_create(void)
{
    struct sight *s = xcalloc(1, sizeof *s);
    s->shown = conversation_create_at("", 0, &(struct rng){0});
    s->shown->id[0] = 0;
    return s;
}

static void
forget(struct sight *s)
{
    for (size_t i = 0; i < s->mask_count; i++)
        turn_destroy(&s->masks[i].mask);
    s->mask_count = 0;
    s->shown->count = 0; /* the others are not ours */
}

void
sight_destroy(struct sight **s)
{
    if (!*s)
        return;
    forget(*s);
    conversation_destroy(&(*s)->shown);
    free((*s)->masks);
    free(*s);
    *s = NULL;
}

const struct conversation *
sight_conversation(const struct sight *s)
{
    return s->shown;
}

static struct masked *
mask_of(struct sight *s, const struct turn *shown)
{
    for (size_t i = 0; i < s->mask_count; i++)
        if (s->masks[i].mask == shown)
            return &s->masks[i];
    return NULL;
}

static bool
same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool
looks_alike(const struct turn *a, const struct turn *b)
{
    bool same = a->seq == b->seq && a->verdict.kind == b->verdict.kind &&
                a->verdict.saving == b->verdict.saving && a->simulated == b->simulated &&
                a->blind.set_aside == b->blind.set_aside &&
                same_text(a->verdict.note, b->verdict.note);
    for (int side = 0; same && side < BRAIN_COUNT; side++)
        same = strcmp(a->answers[side].id, b->answers[side].id) == 0 &&
               a->answers[side].status == b->answers[side].status;
    return same;
}

/* The mask that stands for t from now on, in place of `shown` where that is one of the same turn. */
static struct turn *
renew_mask(struct sight *s, struct turn *shown, const struct turn *t, bool *changed)
{
    struct masked *m = shown && strcmp(shown->id, t->id) == 0 ? mask_of(s, shown) : NULL;
    struct turn *now = turn_mask(t);
    if (!m) {
        s->masks = xgrow(s->masks, s->mask_count, sizeof *s->masks);
        m = &s->masks[s->mask_count++];
        *m = (struct masked){.mask = now};
        *changed = true;
        return now;
    }
    if (!looks_alike(m->mask, now)) {
        struct turn old = *m->mask;
        *changed = true;
        m->revision++;
        *m->mask = *now; /* the same object, so that what points to it may stay */
        *now = old;
        for (int side = 0; side < BRAIN_COUNT; side++)
            m->mask->answers[side].revision = m->revision;
    }
    turn_destroy(&now);
    return m->mask;
}

static void
drop_mask(struct sight *s, const struct turn *shown)
{
    struct masked *m = mask_of(s, shown);
    if (!m)
        return;
    turn_destroy(&m->mask);
    *m = s->masks[--s->mask_count];
}

static void
take_head(struct sight *s, const struct conversation *real)
{
    if (s->real != real || strcmp(s->shown->id, real->id) != 0) {
        forget(s);
        s->real = real;
        memcpy(s->shown->id, real->id, sizeof s->shown->id);
    }
    if (!same_text(s->shown->user, real->user)) {
        free(s->shown->user);
        s->shown->user = xstrdup(real->user);
    }
    if (!same_text(s->shown->title, real->title)) {
        free(s->shown->title);
        s->shown->title = xstrdup(real->title);
    }
    s->shown->started_wall_us = real->started_wall_us;
    s->shown->older = real->older;
}

/* Turns are added at both ends: the shown ones are moved to where the real ones stand now. */
static bool
take_turns(struct sight *s, const struct conversation *real)
{
    struct conversation *c = s->shown;
    if (s->real_revision == real->revision && c->count == real->count)
        return false;
    size_t before = 0;
    while (c->count && before < real->count &&
           strcmp(real->turns[before]->id, c->turns[0]->id) != 0)
        before++;
    struct turn **turns = xcalloc(real->count, sizeof *turns);
    for (size_t i = 0; i < c->count && before + i < real->count; i++)
        turns[before + i] = c->turns[i];
    free(c->turns);
    c->turns = turns;
    c->count = real->count;
    s->real_revision = real->revision;
    return true;
}

bool
sight_look(struct sight *s, const struct conversation *real)
{
    take_head(s, real);
    bool moved = take_turns(s, real), changed = false;
    for (size_t i = 0; i < real->count; i++) {
        struct turn *t = real->turns[i], *shown = s->shown->turns[i];
        if (turn_veiled(t)) {
            s->shown->turns[i] = renew_mask(s, shown, t, &changed);
        } else if (shown != t) {
            bool was_masked = shown && mask_of(s, shown);
            s->shown->turns[i] = t;
            drop_mask(s, shown);
            moved = true;
            changed = changed || was_masked;
        }
        moved = moved || s->shown->turns[i] != shown;
    }
    if (moved)
        s->shown->revision++;
    return changed;
}
