#include "berdua/engine/jobs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/brain/call.h"

void
jobs_clear(struct jobs *j)
{
    for (size_t i = 0; i < j->count; i++) {
        call_spec_destroy(&j->v[i].spec);
        free(j->v[i].own_text);
        verdict_finish(&j->v[i].verdict);
        free(j->v[i].own_topic);
        if (j->v[i].own_answer)
            answer_finish(j->v[i].own_answer);
        free(j->v[i].own_answer);
    }
    j->count = 0;
}

void
jobs_finish(struct jobs *j)
{
    jobs_clear(j);
    free(j->v);
    *j = (struct jobs){0};
}

struct job *
jobs_add(struct jobs *j, enum job_kind kind)
{
    j->v = xgrow(j->v, j->count, sizeof *j->v);
    struct job *job = &j->v[j->count++];
    *job = (struct job){.kind = kind, .brain = BRAIN_NONE};
    return job;
}

struct job *
jobs_notify(struct jobs *j, enum notice_kind notice, struct turn *turn, enum brain_id brain)
{
    struct job *job = jobs_add(j, JOB_NOTIFY);
    job->notice = notice;
    job->turn = turn;
    job->brain = brain;
    job->answer = turn && brain != BRAIN_NONE ? &turn->answers[brain] : NULL;
    return job;
}

void
jobs_put_answer(struct jobs *j, struct turn *turn, struct answer *a)
{
    for (size_t i = 0; i < j->count; i++)
        if (j->v[i].kind == JOB_PUT_ANSWER && j->v[i].answer == a)
            return;
    struct job *put = jobs_add(j, JOB_PUT_ANSWER);
    put->turn = turn;
    put->answer = a;
}

void
jobs_put_outcome(struct jobs *j, struct turn *turn)
{
    for (size_t i = 0; i < j->count; i++)
        if (j->v[i].kind == JOB_PUT_OUTCOME && j->v[i].turn == turn)
            return;
    jobs_add(j, JOB_PUT_OUTCOME)->turn = turn;
}

void
jobs_keep_answer(struct jobs *j, struct answer *a)
{
    struct answer *old = NULL;
    for (size_t i = 0; i < j->count; i++) {
        if (j->v[i].answer != a)
            continue;
        if (j->v[i].kind == JOB_NOTIFY) { /* nobody sees the old one end: it begins anew */
            j->v[i].notice = NOTIFY_PHASE;
            continue;
        }
        if (!old) {
            old = xmalloc(sizeof *old);
            *old = *a;
            j->v[i].own_answer = old;
            answer_init(a, old->brain);
            a->role = old->role;
            a->revision = old->revision;
        }
        j->v[i].answer = old;
    }
}

struct job *
jobs_notice(struct jobs *j, enum notice_kind notice, const char *fmt, ...)
{
    char line[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    struct job *job = jobs_notify(j, notice, NULL, BRAIN_NONE);
    job->own_text = xstrdup(line);
    job->text = job->own_text;
    return job;
}
