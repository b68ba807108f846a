#include "berdua/chat/verdict.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/names.h"

static const char *const names[VERDICT_KIND_COUNT] = {
    [VERDICT_NONE] = "none",     [VERDICT_CLAUDE] = "claude",     [VERDICT_LLAMA] = "llama",
    [VERDICT_TIE] = "tie",       [VERDICT_BOTH_BAD] = "both_bad", [VERDICT_UNDO] = "undo",
    [VERDICT_NOTE] = "note",     [VERDICT_ADOPT] = "adopt",       [VERDICT_DETAIL] = "detail",
    [VERDICT_REVEAL] = "reveal",
};
static const char *const draws[DRAW_COUNT] = {
    [DRAW_CHAT] = "chat",     [DRAW_RANDOM] = "random",   [DRAW_ACTIVE] = "active",
    [DRAW_REPEAT] = "repeat", [DRAW_DISPUTE] = "dispute",
};
static const char *const guesses[GUESS_COUNT] = {
    [GUESS_NONE] = NULL,
    [GUESS_LEFT] = "1",
    [GUESS_RIGHT] = "2",
    [GUESS_DONT_KNOW] = "dont_know",
};
static const char *const strengths[STRENGTH_COUNT] = {
    [STRENGTH_SLIGHT] = "slight",
    [STRENGTH_CLEAR] = "clear",
};

void
verdict_finish(struct verdict *v)
{
    free(v->note);
    free(v->flags);
    free(v->reasons);
    *v = (struct verdict){.kind = VERDICT_NONE};
}

struct verdict
verdict_dup(const struct verdict *v)
{
    struct verdict copy = *v;
    copy.note = xstrdup(v->note);
    copy.flags = xstrdup(v->flags);
    copy.reasons = xstrdup(v->reasons);
    return copy;
}

void
verdict_state_init(struct verdict_state *s)
{
    *s = (struct verdict_state){.adopted = BRAIN_NONE};
}

void
verdict_state_finish(struct verdict_state *s)
{
    free(s->note);
    verdict_state_init(s);
}

void
verdict_apply(struct verdict_state *s, const struct verdict *event)
{
    switch (event->kind) {
    case VERDICT_CLAUDE:
    case VERDICT_LLAMA:
    case VERDICT_TIE:
    case VERDICT_BOTH_BAD:
        if (s->kind != event->kind)
            s->before = s->kind;
        s->kind = event->kind;
        s->at_wall_us = event->at_wall_us;
        break;
    case VERDICT_UNDO:
        s->kind = s->before = VERDICT_NONE;
        return;
    case VERDICT_ADOPT:
        s->adopted = (enum brain_id)brain_id_parse(event->note);
        return;
    case VERDICT_NOTE:
        break;
    case VERDICT_REVEAL: /* the turn says that names were shown, and never forgets it */
    case VERDICT_NONE:
    case VERDICT_DETAIL:
    case VERDICT_KIND_COUNT:
        return;
    }
    if (event->note) {
        free(s->note);
        s->note = xstrdup(event->note);
    }
}

static void
copy_state(struct verdict_state *to, const struct verdict_state *from)
{
    char *note = xstrdup(from->note);
    verdict_state_finish(to);
    *to = *from;
    to->note = note;
}

void
verdict_log_finish(struct verdict_log *log)
{
    for (size_t i = 0; i < log->count; i++)
        verdict_finish(&log->v[i].event);
    free(log->v);
    verdict_state_finish(&log->durable);
    *log = (struct verdict_log){.count = 0};
}

void
verdict_log_send(struct verdict_log *log, struct verdict_state *s, const struct verdict *event,
                 uint64_t request_id)
{
    if (log->count == 0)
        copy_state(&log->durable, s);
    log->v = xreallocarray(log->v, log->count + 1, sizeof *log->v);
    log->v[log->count++] =
        (struct verdict_sent){.event = verdict_dup(event), .request_id = request_id};
    verdict_apply(s, event);
    s->saving = true;
}

static void
remove_sent(struct verdict_log *log, size_t i)
{
    verdict_finish(&log->v[i].event);
    log->count--;
    memmove(&log->v[i], &log->v[i + 1], (log->count - i) * sizeof *log->v);
}

void
verdict_log_acknowledge(struct verdict_log *log, struct verdict_state *s, uint64_t request_id,
                        bool durable)
{
    size_t i = 0;
    while (i < log->count && log->v[i].request_id != request_id)
        i++;
    if (i == log->count)
        return;
    if (durable)
        log->v[i].durable = true;
    else
        remove_sent(log, i);
    while (log->count && log->v[0].durable) {
        verdict_apply(&log->durable, &log->v[0].event);
        remove_sent(log, 0);
    }
    copy_state(s, &log->durable);
    for (i = 0; i < log->count; i++)
        verdict_apply(s, &log->v[i].event);
    s->saving = log->count > 0;
    if (!s->saving)
        verdict_log_finish(log);
}

NAMES_DEFINE(verdict_kind, names)
NAMES_DEFINE(verdict_draw, draws)
NAMES_DEFINE(guess, guesses)
NAMES_DEFINE(verdict_strength, strengths)
