/* Verdicts about a turn; "saved" is said once they are durable. */
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/chat/blind.h"
#include "state.h"

struct turn *
engine_turn(const struct engine *e, const char *turn_id)
{
    return turn_id ? conversation_find(e->conversation, turn_id) : NULL;
}

uint64_t
engine_request_id(struct engine *e, const struct turn *t, enum verdict_kind verdict)
{
    e->pending = xreallocarray(e->pending, e->pending_count + 1, sizeof *e->pending);
    struct pending *p = &e->pending[e->pending_count++];
    *p = (struct pending){.request_id = ++e->last_request_id, .verdict = verdict};
    memcpy(p->turn_id, t->id, sizeof p->turn_id);
    return p->request_id;
}

/* ---- what may be given ---- */

/* A running answer can be judged by what it says so far; a failure can only lose, and nothing can be said of what was
 * stopped before it said anything. */
static bool
has_something(const struct turn *t, enum brain_id b, enum verdict_kind kind, struct err *err)
{
    const struct answer *a = &t->answers[b];
    bool wins = kind == (b == BRAIN_CLAUDE ? VERDICT_CLAUDE : VERDICT_LLAMA);
    bool stopped = a->status == STATUS_CANCELLED || a->status == STATUS_INTERRUPTED;
    if (a->text.len)
        return true;
    if (a->status == STATUS_RUNNING)
        return err_set(err, "%s has not begun to answer", turn_name(t, b));
    return (!stopped && !wins) || err_set(err, "%s has no answer", turn_name(t, b));
}

static bool
may_judge(const struct turn *t, enum verdict_kind kind, struct err *err)
{
    if (turn_hides(t, BRAIN_CLAUDE) || turn_hides(t, BRAIN_LLAMA))
        return err_set(err, "One answer is hidden; /reveal shows it");
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (!t->asked[b])
            return err_set(err, "Only %s was asked", brain_title(brain_other((enum brain_id)b)));
    if (t->blind.on && t->blind.names_shown)
        return err_set(err, "The names of this pair were shown: its verdict stands");
    if (t->blind.on && !turn_pair_ready(t))
        return err_set(err, "A blind pair is judged when both have ended");
    if (!t->answers[BRAIN_CLAUDE].text.len && !t->answers[BRAIN_LLAMA].text.len)
        return err_set(err, "Neither has answered");
    return has_something(t, BRAIN_CLAUDE, kind, err) && has_something(t, BRAIN_LLAMA, kind, err);
}

static bool
may_give(const struct turn *t, const struct verdict *v, struct err *err)
{
    switch (v->kind) {
    case VERDICT_UNDO:
        return t->verdict.kind != VERDICT_NONE || err_set(err, "there is no verdict to undo");
    case VERDICT_DETAIL:
        return t->verdict.kind != VERDICT_NONE || err_set(err, "there is no verdict to ask about");
    case VERDICT_NOTE:
        return (v->note && *v->note) || err_set(err, "the note is empty");
    case VERDICT_REVEAL:
        if (!turn_veiled(t))
            return err_set(err, "No name is hidden in this turn");
        return !turn_answering(t) || err_set(err, "Both are still answering; Ctrl-C stops them");
    case VERDICT_ADOPT: {
        int b = brain_id_parse(v->note);
        if (turn_veiled(t))
            return err_set(err, "The names are hidden until you choose");
        if (b < 0)
            return err_set(err, "adopt takes claude or llama");
        return answer_valid(&t->answers[b]) ||
               err_set(err, "%s has no answer to continue with", v->note);
    }
    default:
        return may_judge(t, v->kind, err);
    }
}

/* ---- what it carries ---- */

static int64_t
first_token_us(const struct turn *t)
{
    int64_t first = 0;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = &t->answers[b];
        int64_t at = a->times.ttft_us >= 0 && a->started_us ? a->started_us + a->times.ttft_us : 0;
        if (at && (!first || at < first))
            first = at;
    }
    return first;
}

static void
complete_judgement(const struct engine *e, const struct turn *t, struct verdict *v,
                   struct moment at)
{
    bool early = turn_answering(t);
    int64_t since = early ? first_token_us(t) : t->shown_us;
    blind_complete(v, t, e->config->evaluate.ask_acceptable, early,
                   since > 0 && at.now_us > since ? at.now_us - since : UNKNOWN);
}

/* A verdict decides with which answer the conversation goes on until it has gone on; after that, only a choice by hand. */
static void
verdict_changed(const struct engine *e, struct turn *t, enum verdict_kind kind, struct jobs *out)
{
    enum brain_id canonical = t->canonical;
    if (t == conversation_last(e->conversation) || kind == VERDICT_ADOPT)
        turn_choose_canonical(t);
    if (t->canonical != canonical)
        jobs_put_outcome(out, t);
    t->answers[BRAIN_CLAUDE].revision++;
    t->answers[BRAIN_LLAMA].revision++;
}

static bool
is_judgement(enum verdict_kind kind)
{
    return kind >= VERDICT_CLAUDE && kind <= VERDICT_BOTH_BAD;
}

static void
give(struct engine *e, struct turn *t, const struct verdict *v, struct moment at, struct jobs *out)
{
    struct job *put = jobs_add(out, JOB_PUT_VERDICT);
    put->turn = t;
    put->verdict = verdict_dup(v);
    put->verdict.at_wall_us = at.wall_us;
    if (is_judgement(v->kind))
        complete_judgement(e, t, &put->verdict, at);
    if (v->kind == VERDICT_REVEAL)
        t->blind.names_shown = true;
    if (v->kind == VERDICT_UNDO || is_judgement(v->kind))
        t->blind.set_aside = false;
    put->request_id = engine_request_id(e, t, v->kind);
    verdict_log_send(&t->verdict_log, &t->verdict, &put->verdict, put->request_id);
    verdict_changed(e, t, v->kind, out);
    jobs_notify(out, NOTIFY_VERDICT, t, BRAIN_NONE);
}

static bool
said_something(const struct verdict *v)
{
    return v->acceptable[BRAIN_CLAUDE] || v->acceptable[BRAIN_LLAMA] || v->guess || v->reasons;
}

/* Of a blind pair that waits for its verdict there is none to undo: the one before is meant. */
static struct turn *
turn_meant(const struct engine *e, const char *turn_id, enum verdict_kind kind)
{
    const struct conversation *c = e->conversation;
    struct turn *t = engine_turn(e, turn_id);
    if (kind == VERDICT_UNDO && t && turn_veiled(t) && t->verdict.kind == VERDICT_NONE)
        for (size_t i = c->count; i-- > 0;)
            if (c->turns[i]->verdict.kind != VERDICT_NONE)
                return c->turns[i];
    return t;
}

bool
engine_verdict(struct engine *e, const char *turn_id, const struct verdict *v, struct moment at,
               struct jobs *out, struct err *err)
{
    struct turn *t = turn_meant(e, turn_id, v->kind);
    if (!t)
        return err_set(err, "there is no turn to judge yet");
    if (!may_give(t, v, err))
        return false;
    struct verdict event = *v;
    if (v->kind == VERDICT_REVEAL && said_something(v)) {
        event.kind = VERDICT_DETAIL;
        give(e, t, &event, at, out);
    }
    if (v->kind == VERDICT_REVEAL)
        event = (struct verdict){.kind = VERDICT_REVEAL};
    enum verdict_kind before = v->kind == VERDICT_UNDO ? t->verdict.before : VERDICT_NONE;
    give(e, t, &event, at, out);
    /* An undo withdraws every verdict of the turn. The one that was changed is given again, unless the pair's names were
     * shown since. Its time is later than the undo's: where the events of several machines are merged, time orders them. */
    at.wall_us++;
    if (before != VERDICT_NONE && may_judge(t, before, NULL))
        give(e, t, &(struct verdict){.kind = before}, at, out);
    return true;
}

void
engine_show_names(struct engine *e, struct turn *t, struct moment at, struct jobs *out)
{
    if (turn_veiled(t))
        give(e, t, &(struct verdict){.kind = VERDICT_REVEAL}, at, out);
}

bool
engine_set_aside(struct engine *e, const char *turn_id, struct jobs *out, struct err *err)
{
    struct turn *t = engine_turn(e, turn_id);
    if (!t || !turn_veiled(t) || !turn_pair_ready(t) || t->verdict.kind != VERDICT_NONE)
        return err_set(err, "No pair waits for a verdict");
    t->blind.set_aside = true;
    jobs_notify(out, NOTIFY_VERDICT, t, BRAIN_NONE);
    return true;
}

bool
engine_reveal(struct engine *e, const char *turn_id, struct jobs *out, struct err *err)
{
    struct turn *t = engine_turn(e, turn_id);
    for (int b = 0; t && b < BRAIN_COUNT; b++)
        if (turn_hides(t, (enum brain_id)b)) {
            t->revealed = true;
            t->answers[b].revision++;
            jobs_notify(out, NOTIFY_PHASE, t, (enum brain_id)b);
            return true;
        }
    return err_set(err, "there is no hidden shadow in this turn");
}

/* ---- what was saved ---- */

static char *
saved_words(const struct turn *t, enum verdict_kind kind)
{
    static const char *const words[VERDICT_KIND_COUNT] = {
        [VERDICT_TIE] = "tie",
        [VERDICT_BOTH_BAD] = "both bad",
        [VERDICT_UNDO] = "verdict withdrawn",
        [VERDICT_NOTE] = "note",
        [VERDICT_ADOPT] = "the conversation goes on with the chosen answer",
        [VERDICT_DETAIL] = "what was asked",
    };
    enum brain_id winner = kind == VERDICT_CLAUDE ? BRAIN_CLAUDE : BRAIN_LLAMA;
    if (kind == VERDICT_REVEAL)
        return xasprintf("A is %s, B is %s", brain_title(t->left),
                         brain_title(brain_other(t->left)));
    return xasprintf("saved: %s%s, turn %lld", words[kind] ? words[kind] : turn_name(t, winner),
                     words[kind] ? "" : " better", (long long)t->seq);
}

static char *
refused_words(const struct turn *t, enum verdict_kind kind, const char *failure)
{
    char *saved = kind == VERDICT_REVEAL ? xstrdup("saved") : saved_words(t, kind);
    char *words = xasprintf("NOT %s: %s", saved, failure);
    free(saved);
    return words;
}

static struct turn *
pending_turn(const struct engine *e, uint64_t request_id)
{
    for (size_t i = 0; i < e->pending_count; i++)
        if (e->pending[i].request_id == request_id)
            return conversation_find(e->conversation, e->pending[i].turn_id);
    return NULL;
}

void
engine_side_drawn(struct engine *e, uint64_t request_id, enum brain_id left, struct moment at,
                  struct jobs *out)
{
    struct turn *t = pending_turn(e, request_id);
    if (!t || !t->blind.on || t->blind.side_drawn)
        return;
    t->left = left;
    t->blind.side_drawn = true;
    if (!turn_answering(t))
        t->shown_us = at.now_us;
    jobs_notify(out, NOTIFY_PHASE, t, BRAIN_NONE);
}

/* The turn is never stored: its sides are drawn here, so that it can be read. */
static void
draw_side(struct engine *e, struct turn *t, struct jobs *out)
{
    if (!t->blind.on || t->blind.side_drawn)
        return;
    t->left = rng_below(&e->rng, BRAIN_COUNT) ? BRAIN_LLAMA : BRAIN_CLAUDE;
    t->blind.side_drawn = true;
    jobs_notify(out, NOTIFY_PHASE, t, BRAIN_NONE);
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
            jobs_notice(out, NOTIFY_ERROR, "NOT saved: %s", failure)->plain = true;
        return;
    }
    struct pending p = e->pending[i];
    memmove(&e->pending[i], &e->pending[i + 1], (e->pending_count - i - 1) * sizeof p);
    e->pending_count--;
    struct turn *t = conversation_find(e->conversation, p.turn_id);
    if (t && p.verdict == VERDICT_NONE) {
        if (!failure && seq > 0)
            t->seq = seq;
        if (failure)
            draw_side(e, t, out);
    } else if (t) {
        verdict_log_acknowledge(&t->verdict_log, &t->verdict, request_id, !failure);
        verdict_changed(e, t, p.verdict, out);
    }
    if (failure && t && p.verdict != VERDICT_NONE) {
        struct job *refused = jobs_notify(out, NOTIFY_ERROR, t, BRAIN_NONE);
        refused->own_text = refused_words(t, p.verdict, failure);
        refused->text = refused->own_text;
        refused->plain = true;
    } else if (failure) {
        jobs_notice(out, NOTIFY_ERROR, "NOT saved: %s", failure)->plain = true;
    } else if (t && p.verdict != VERDICT_NONE) {
        struct job *saved = jobs_notify(out, NOTIFY_SAVED, t, BRAIN_NONE);
        saved->own_text = saved_words(t, p.verdict);
        saved->text = saved->own_text;
    }
}
