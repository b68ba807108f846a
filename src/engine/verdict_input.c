/* Verdicts about the last turn; "saved" is said once they are durable. */
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "state.h"

uint64_t
engine_request_id(struct engine *e, const struct turn *t, enum verdict_kind verdict)
{
    e->pending = xreallocarray(e->pending, e->pending_count + 1, sizeof *e->pending);
    struct pending *p = &e->pending[e->pending_count++];
    *p = (struct pending){.request_id = ++e->last_request_id, .verdict = verdict};
    memcpy(p->turn_id, t->id, sizeof p->turn_id);
    return p->request_id;
}

enum brain_id
engine_side(const struct engine *e, bool left)
{
    const struct turn *t = conversation_last(e->conversation);
    if (!t)
        return BRAIN_NONE;
    return left ? t->left : brain_other(t->left);
}

static bool
may_judge(const struct turn *t, enum verdict_kind kind, struct err *err)
{
    if (turn_hides(t, BRAIN_CLAUDE) || turn_hides(t, BRAIN_LLAMA))
        return err_set(err, "One answer is hidden; /reveal shows it");
    for (int b = 0; b < BRAIN_COUNT; b++) {
        if (!t->asked[b])
            return err_set(err, "Only %s was asked", brain_title(brain_other((enum brain_id)b)));
        if (t->answers[b].status == STATUS_RUNNING)
            return err_set(err, "%s is still answering; Ctrl-C stops it",
                           brain_title((enum brain_id)b));
    }
    if (!t->answers[BRAIN_CLAUDE].text.len && !t->answers[BRAIN_LLAMA].text.len)
        return err_set(err, "Neither brain has answered");
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = &t->answers[b];
        bool stopped = a->status == STATUS_CANCELLED || a->status == STATUS_INTERRUPTED;
        bool wins = kind == (b == BRAIN_CLAUDE ? VERDICT_CLAUDE : VERDICT_LLAMA);
        if (!a->text.len && (stopped || wins)) /* a failure can only lose */
            return err_set(err, "%s has no answer", brain_title((enum brain_id)b));
    }
    return true;
}

static bool
may_give(const struct turn *t, enum verdict_kind kind, const char *note, struct err *err)
{
    switch (kind) {
    case VERDICT_UNDO:
        return t->verdict.kind != VERDICT_NONE || err_set(err, "there is no verdict to undo");
    case VERDICT_DETAIL:
        return t->verdict.kind != VERDICT_NONE || err_set(err, "there is no verdict to ask about");
    case VERDICT_NOTE:
        return (note && *note) || err_set(err, "the note is empty");
    case VERDICT_ADOPT: {
        int b = brain_id_parse(note);
        if (b < 0)
            return err_set(err, "adopt takes claude or llama");
        return answer_valid(&t->answers[b]) ||
               err_set(err, "%s has no answer to continue with", note);
    }
    default:
        return may_judge(t, kind, err);
    }
}

static void
verdict_changed(struct turn *t, struct jobs *out)
{
    enum brain_id canonical = t->canonical;
    turn_choose_canonical(t);
    if (t->canonical != canonical)
        jobs_put_outcome(out, t);
    t->answers[BRAIN_CLAUDE].revision++;
    t->answers[BRAIN_LLAMA].revision++;
}

bool
engine_verdict(struct engine *e, enum verdict_kind kind, const char *note, struct moment at,
               struct jobs *out, struct err *err)
{
    struct turn *t = conversation_last(e->conversation);
    if (!t)
        return err_set(err, "there is no turn to judge yet");
    if (!may_give(t, kind, note, err))
        return false;
    struct job *put = jobs_add(out, JOB_PUT_VERDICT);
    put->turn = t;
    put->own_text = xstrdup(note);
    put->verdict = (struct verdict){.kind = kind, .note = put->own_text, .at_wall_us = at.wall_us};
    put->request_id = engine_request_id(e, t, kind);
    verdict_log_send(&t->verdict_log, &t->verdict, &put->verdict, put->request_id);
    verdict_changed(t, out);
    jobs_notify(out, NOTIFY_VERDICT, t, BRAIN_NONE);
    return true;
}

bool
engine_reveal(struct engine *e, struct jobs *out, struct err *err)
{
    struct turn *t = conversation_last(e->conversation);
    for (int b = 0; t && b < BRAIN_COUNT; b++)
        if (turn_hides(t, (enum brain_id)b)) {
            t->revealed = true;
            t->answers[b].revision++;
            jobs_notify(out, NOTIFY_PHASE, t, (enum brain_id)b);
            return true;
        }
    return err_set(err, "there is no hidden shadow in this turn");
}

static const char *
saved_words(enum verdict_kind kind)
{
    static const char *const words[VERDICT_KIND_COUNT] = {
        [VERDICT_CLAUDE] = "saved: Claude better",
        [VERDICT_LLAMA] = "saved: LLAMA better",
        [VERDICT_TIE] = "saved: tie",
        [VERDICT_BOTH_BAD] = "saved: both bad",
        [VERDICT_UNDO] = "saved: verdict withdrawn",
        [VERDICT_NOTE] = "saved: note",
        [VERDICT_ADOPT] = "saved: the conversation goes on with the chosen answer",
        [VERDICT_DETAIL] = "saved: what was asked",
    };
    return words[kind];
}

void
engine_stored(struct engine *e, uint64_t request_id, int64_t seq, const char *failure,
              struct jobs *out)
{
    size_t i = 0;
    while (i < e->pending_count && e->pending[i].request_id != request_id)
        i++;
    if (i == e->pending_count) { /* its session was left */
        if (failure)
            jobs_notice(out, NOTIFY_ERROR, "NOT saved: %s", failure);
        return;
    }
    struct pending p = e->pending[i];
    memmove(&e->pending[i], &e->pending[i + 1], (e->pending_count - i - 1) * sizeof p);
    e->pending_count--;
    struct turn *t = conversation_find(e->conversation, p.turn_id);
    if (t && p.verdict == VERDICT_NONE) {
        if (!failure && seq > 0)
            t->seq = seq;
    } else if (t) {
        verdict_log_acknowledge(&t->verdict_log, &t->verdict, request_id, !failure);
        verdict_changed(t, out);
    }
    if (failure && p.verdict != VERDICT_NONE) {
        struct job *refused = jobs_notify(out, NOTIFY_ERROR, t, BRAIN_NONE);
        refused->own_text = xasprintf("NOT %s: %s", saved_words(p.verdict), failure);
        refused->text = refused->own_text;
    } else if (failure) {
        jobs_notice(out, NOTIFY_ERROR, "NOT saved: %s", failure);
    } else if (p.verdict != VERDICT_NONE) {
        struct job *saved = jobs_notify(out, NOTIFY_SAVED, t, BRAIN_NONE);
        saved->own_text = xstrdup(saved_words(p.verdict));
        saved->text = saved->own_text;
    }
}
