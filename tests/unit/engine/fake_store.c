#include "fake_store.h"

#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

void
fake_store_finish(struct fake_store *s)
{
    for (int i = 0; i < s->event_count; i++)
        verdict_finish(&s->events[i].verdict);
}

static struct fake_turn *
find_turn(const struct fake_store *s, const char *id)
{
    for (int i = s->turn_count; i-- > 0;)
        if (strcmp(s->turns[i].id, id) == 0)
            return (struct fake_turn *)&s->turns[i];
    return NULL;
}

static void
put_try(struct fake_store *s, const struct answer *a)
{
    int i = s->try_count;
    while (i > 0 && strcmp(s->tries[i - 1].id, a->id) != 0)
        i--;
    if (i == 0) {
        assert_true(s->try_count < FAKE_TRIES);
        i = ++s->try_count;
        memcpy(s->tries[i - 1].id, a->id, sizeof a->id);
    }
    s->tries[i - 1].status = a->status;
}

void
fake_store_check_ended(const struct fake_store *s)
{
    for (int i = 0; i < s->try_count; i++)
        assert_int_not_equal(s->tries[i].status, STATUS_RUNNING);
}

static void
put_answer(struct fake_turn *row, const struct answer *a)
{
    row->role[a->brain] = a->role;
    row->status[a->brain] = a->status;
}

static void
put_turn(struct fake_store *s, const struct turn *t)
{
    assert_true(s->turn_count < FAKE_TURNS);
    struct fake_turn *row = &s->turns[s->turn_count++];
    memcpy(row->id, t->id, sizeof row->id);
    row->served = t->served;
    row->canonical = t->canonical;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        put_answer(row, &t->answers[b]);
        if (t->asked[b])
            put_try(s, &t->answers[b]);
    }
}

static void
send_event(struct fake_store *s, const struct job *job)
{
    assert_true(s->event_count < FAKE_EVENTS);
    struct fake_event *ev = &s->events[s->event_count++];
    *ev = (struct fake_event){.request_id = job->request_id};
    memcpy(ev->turn_id, job->turn->id, sizeof ev->turn_id);
    if (job->kind == JOB_PUT_VERDICT)
        ev->verdict = verdict_dup(&job->verdict);
    s->open++;
}

void
fake_store_take(struct fake_store *s, const struct jobs *jobs)
{
    for (size_t i = 0; i < jobs->count; i++) {
        const struct job *job = &jobs->v[i];
        if (job->kind == JOB_PUT_TURN)
            put_turn(s, job->turn);
        struct fake_turn *row = job->turn ? find_turn(s, job->turn->id) : NULL;
        if (row && job->kind == JOB_PUT_ANSWER && !job->own_answer)
            put_answer(row, job->answer);
        if (job->kind == JOB_PUT_ANSWER) /* own: a try that a newer one has replaced */
            put_try(s, job->answer);
        if (row && job->kind == JOB_PUT_OUTCOME) {
            row->served = job->turn->served;
            row->canonical = job->turn->canonical;
        }
        if (job->request_id)
            send_event(s, job);
    }
}

bool
fake_store_answer(struct fake_store *s, struct engine *e, struct rng *rng, struct jobs *out)
{
    if (!s->open)
        return false;
    int i = (int)rng_below(rng, (uint32_t)s->event_count);
    while (s->events[i].fate != FAKE_OPEN)
        i = (i + 1) % s->event_count;
    struct fake_event *ev = &s->events[i];
    ev->fate = rng_below(rng, 4) ? FAKE_DURABLE : FAKE_REFUSED;
    s->open--;
    if (ev->fate == FAKE_DURABLE && ev->verdict.kind == VERDICT_NONE)
        engine_side_drawn(e, ev->request_id, rng_below(rng, 2) ? BRAIN_LLAMA : BRAIN_CLAUDE,
                          (struct moment){1, 1}, out);
    engine_stored(e, ev->request_id, 0, ev->fate == FAKE_REFUSED ? "refused" : NULL, out);
    if (ev->fate == FAKE_REFUSED)
        for (size_t k = 0; k < out->count; k++) /* nobody is told that it is saved */
            assert_false(out->v[k].kind == JOB_NOTIFY && out->v[k].notice == NOTIFY_SAVED);
    return true;
}

static void
check_verdict(const struct fake_store *s, const struct turn *t)
{
    struct verdict_state fold;
    bool saving = false;
    verdict_state_init(&fold);
    for (int i = 0; i < s->event_count; i++) {
        const struct fake_event *ev = &s->events[i];
        if (strcmp(ev->turn_id, t->id) != 0 || ev->verdict.kind == VERDICT_NONE)
            continue;
        if (ev->fate != FAKE_REFUSED)
            verdict_apply(&fold, &ev->verdict);
        saving = saving || ev->fate == FAKE_OPEN;
    }
    assert_int_equal(t->verdict.kind, fold.kind);
    assert_int_equal(t->verdict.adopted, fold.adopted);
    assert_string_equal(t->verdict.note ? t->verdict.note : "", fold.note ? fold.note : "");
    assert_int_equal(t->verdict.saving, saving);
    verdict_state_finish(&fold);
}

void
fake_store_check(const struct fake_store *s, const struct conversation *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct turn *t = c->turns[i];
        const struct fake_turn *row = find_turn(s, t->id);
        if (!row) /* loaded from elsewhere */
            continue;
        assert_int_equal(row->served, t->served);
        assert_int_equal(row->canonical, t->canonical);
        for (int b = 0; b < BRAIN_COUNT; b++) {
            const struct answer *a = &t->answers[b];
            if (!t->asked[b])
                continue;
            assert_int_equal(row->role[b], a->role);
            if (a->phase != PHASE_CONTEXT)
                assert_int_equal(row->status[b], a->status);
        }
        if (t->served != BRAIN_NONE) {
            assert_true(answer_valid(&t->answers[t->served]));
            assert_false(turn_hides(t, t->served));
        }
        check_verdict(s, t);
    }
}
