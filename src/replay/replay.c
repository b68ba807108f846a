#include "berdua/replay/replay.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

/* An even growth is shown in steps of so long. */
enum { STEP_MS = 40, VERDICT_MS = 800 };

/* An answer on its way: the whole of it is kept here, and the turn holds what has come. */
struct track {
    struct answer whole;
    struct replay_mark *marks;
    size_t count, next;
    int64_t first_us, end_us; /* since the message */
    bool runs;
};

struct scene {
    struct turn *turn; /* NULL: it has been given to the conversation */
    struct turn *shown;
    int64_t begin_us; /* since the beginning of all */
    struct track tracks[BRAIN_COUNT];
    struct verdict_state verdict;
    enum brain_id served, canonical;
};

struct replay {
    struct conversation *shown;
    struct scene *scenes;
    size_t count, begun;
};

/* ---- times ---- */

static int64_t
answer_end_us(const struct answer *a)
{
    return a->times.total_us > 0 ? a->times.total_us : 0;
}

static int64_t
answers_end_us(const struct scene *s)
{
    int64_t end_us = 0;
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (s->tracks[b].end_us > end_us)
            end_us = s->tracks[b].end_us;
    return end_us;
}

/* The verdict is given when both have ended. */
static int64_t
scene_end_us(const struct scene *s)
{
    return answers_end_us(s) + (s->verdict.kind != VERDICT_NONE ? VERDICT_MS * US_PER_MS : 0);
}

/* Before the message after s. */
static int64_t
pause_us(const struct scene *s, const struct turn *next, const struct turn *t)
{
    int64_t gap_us = next->at_wall_us - t->at_wall_us - answers_end_us(s);
    int64_t most_us = REPLAY_PAUSE_MS * (int64_t)US_PER_MS;
    return gap_us < 0 ? 0 : gap_us < most_us ? gap_us : most_us;
}

static void
take_turn(struct scene *s, struct turn *t)
{
    s->turn = s->shown = t;
    s->verdict = t->verdict;
    s->served = t->served;
    s->canonical = t->canonical;
    verdict_state_init(&t->verdict);
    t->served = t->canonical = BRAIN_NONE;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct track *k = &s->tracks[b];
        struct answer *a = &t->answers[b];
        if (!t->asked[b])
            continue;
        k->whole = *a;
        k->runs = true;
        k->end_us = answer_end_us(a);
        k->first_us = a->times.ttft_us > 0 && a->times.ttft_us < k->end_us ? a->times.ttft_us : 0;
        answer_init(a, (enum brain_id)b);
        memcpy(a->id, k->whole.id, sizeof a->id);
        a->role = k->whole.role;
        a->provider = xstrdup(k->whole.provider);
        a->model = xstrdup(k->whole.model);
        a->tier = xstrdup(k->whole.tier);
        a->simulated = k->whole.simulated;
    }
}

struct replay *
replay_create(struct conversation *take_c)
{
    struct replay *r = xcalloc(1, sizeof *r);
    int64_t at_us = 0;
    r->shown = take_c;
    r->count = take_c->count;
    r->scenes = xcalloc(r->count + 1, sizeof *r->scenes);
    for (size_t i = 0; i < r->count; i++) {
        struct scene *s = &r->scenes[i];
        take_turn(s, take_c->turns[i]);
        s->begin_us = at_us;
        if (i + 1 < r->count)
            at_us += scene_end_us(s) + pause_us(s, take_c->turns[i + 1], take_c->turns[i]);
    }
    take_c->count = 0; /* the turns come back one by one */
    take_c->revision++;
    return r;
}

void
replay_destroy(struct replay **rp)
{
    struct replay *r = *rp;
    *rp = NULL;
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++) {
        struct scene *s = &r->scenes[i];
        for (int b = 0; b < BRAIN_COUNT; b++) {
            if (s->tracks[b].runs)
                answer_finish(&s->tracks[b].whole);
            free(s->tracks[b].marks);
        }
        verdict_state_finish(&s->verdict);
        turn_destroy(&s->turn);
    }
    free(r->scenes);
    conversation_destroy(&r->shown);
    free(r);
}

void
replay_know(struct replay *r, enum brain_id b, const struct replay_mark *marks, size_t count)
{
    struct track *k = &r->scenes[0].tracks[b];
    free(k->marks);
    k->marks = xreallocarray(NULL, count + 1, sizeof *marks);
    memcpy(k->marks, marks, count * sizeof *marks);
    k->count = count;
    k->first_us = count ? marks[0].at_us : k->first_us;
    k->end_us = count && marks[count - 1].at_us > k->end_us ? marks[count - 1].at_us : k->end_us;
}

int64_t
replay_length_us(const struct replay *r)
{
    const struct scene *last = r->count ? &r->scenes[r->count - 1] : NULL;
    return last ? last->begin_us + scene_end_us(last) : 0;
}

const struct conversation *
replay_conversation(const struct replay *r)
{
    return r->shown;
}

/* ---- going on ---- */

/* How much can be read at that moment since the message; *next: when there is more. */
static size_t
readable(struct track *k, int64_t at_us, int64_t *next)
{
    const struct buf *text = &k->whole.text;
    if (k->count) {
        while (k->next < k->count && k->marks[k->next].at_us <= at_us)
            k->next++;
        *next = k->next < k->count ? k->marks[k->next].at_us : k->end_us;
        return k->next ? k->marks[k->next - 1].len : 0;
    }
    if (at_us < k->first_us) {
        *next = k->first_us;
        return 0;
    }
    *next = at_us + STEP_MS * US_PER_MS < k->end_us ? at_us + STEP_MS * US_PER_MS : k->end_us;
    double part = (double)(at_us - k->first_us + 1) / (double)(k->end_us - k->first_us + 1);
    size_t len = (size_t)(part * (double)text->len);
    return len < text->len ? utf8_whole_prefix(text->p, len) : text->len;
}

static void
end_answer(struct track *k, struct answer *a)
{
    uint32_t revision = a->revision + 1;
    answer_finish(a);
    *a = k->whole;
    a->revision = revision;
    a->phase = PHASE_ENDED;
    k->runs = false;
    k->whole = (struct answer){.brain = a->brain};
}

static void
grow_answer(struct track *k, struct answer *a, size_t len, int64_t now_us)
{
    enum answer_phase phase = len ? PHASE_STREAMING : PHASE_WAITING;
    if (len > a->text.len) {
        buf_append(&a->text, k->whole.text.p + a->text.len, len - a->text.len);
        a->times.connect_us = k->whole.times.connect_us;
        a->times.ttft_us = k->first_us;
        a->last_delta_us = now_us;
        a->delta_count++;
        a->revision++;
    }
    if (a->phase != phase)
        a->revision++;
    a->phase = phase;
}

/* The next thing in this scene; NEVER_US: it is over. */
static int64_t
go_scene(struct scene *s, int64_t at_us, int64_t now_us)
{
    int64_t soonest = NEVER_US;
    struct turn *t = s->shown;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct track *k = &s->tracks[b];
        int64_t next;
        if (!k->runs)
            continue;
        if (at_us >= k->end_us) {
            end_answer(k, &t->answers[b]);
            continue;
        }
        grow_answer(k, &t->answers[b], readable(k, at_us, &next), now_us);
        t->answers[b].started_us = now_us - at_us; /* at any pace it is as old as it was then */
        soonest = next < soonest ? next : soonest;
    }
    if (soonest != NEVER_US)
        return soonest;
    t->served = s->served;
    if (at_us < scene_end_us(s))
        return scene_end_us(s);
    if (s->verdict.kind != VERDICT_NONE || s->verdict.note || s->canonical != t->canonical) {
        verdict_state_finish(&t->verdict);
        t->verdict = s->verdict;
        t->canonical = s->canonical;
        verdict_state_init(&s->verdict);
    }
    return NEVER_US;
}

int64_t
replay_go(struct replay *r, int64_t at_us, int64_t now_us)
{
    int64_t soonest = NEVER_US;
    while (r->begun < r->count && r->scenes[r->begun].begin_us <= at_us) {
        struct scene *s = &r->scenes[r->begun++];
        conversation_append(r->shown, s->turn);
        s->turn = NULL;
    }
    for (size_t i = 0; i < r->begun; i++) {
        struct scene *s = &r->scenes[i];
        int64_t next = go_scene(s, at_us - s->begin_us, now_us);
        if (next != NEVER_US && s->begin_us + next < soonest)
            soonest = s->begin_us + next;
    }
    if (r->begun < r->count && r->scenes[r->begun].begin_us < soonest)
        soonest = r->scenes[r->begun].begin_us;
    return soonest;
}
