/* Starting a call: the answer's fresh row, the prompt that fits, the breaker's word, the job. */
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/brain.h"
#include "berdua/brain/call.h"
#include "berdua/route/breaker.h"
#include "berdua/route/route.h"
#include "budget.h"
#include "history.h"
#include "pattern.h"
#include "state.h"

/* What is sent is settled here once: the brain's own settings, or those that a rule names. */
struct plan {
    const struct brain_conf *conf;
    const struct model_conf *model;
    const struct manner_conf *manner; /* NULL: the brain's own way */
    const char *system;
    int max_tokens;
};

static struct plan
make_plan(const struct engine *e, const struct turn *t, enum brain_id b,
          const struct choice *choice)
{
    const struct brain_conf *conf = &e->config->brains[b];
    struct plan p = {.conf = conf, .system = conf->system, .max_tokens = conf->max_tokens};
    p.model = config_model(conf, choice && choice->tier ? choice->tier : conf->model);
    if (choice && choice->manner) {
        p.manner = config_manner(conf, choice->manner);
        p.max_tokens = route_max_tokens(
            e->config, b, choice->manner,
            (enum category)(t->kind.category < 0 ? CATEGORY_GENERAL : t->kind.category));
    }
    if (p.manner && p.manner->system)
        p.system = p.manner->system;
    return p;
}

static void
fail_unasked(struct engine *e, struct turn *t, enum brain_id b, enum error_kind kind, char *message,
             int64_t now_us, struct jobs *out)
{
    struct answer *a = &t->answers[b];
    a->status = STATUS_FAILED;
    a->phase = PHASE_ENDED;
    a->error.kind = kind;
    a->error.message = message;
    a->times.total_us = 0;
    a->revision++;
    struct job *put = jobs_add(out, JOB_PUT_ANSWER);
    put->turn = t;
    put->answer = a;
    jobs_tell(out, TELL_ANSWER, t, b);
    pattern_for(t->mode)->ended(e, t, b, now_us, out);
}

/* A fresh answer for this brain in the turn; its earlier try, if any, stays in the store. */
static struct answer *
begin_answer(struct engine *e, struct turn *t, enum brain_id b, const struct plan *p)
{
    struct answer *a = &t->answers[b];
    enum answer_role role = a->role;
    uint32_t revision = a->revision;
    answer_finish(a);
    answer_init(a, b);
    a->role = role;
    a->revision = revision + 1;
    id_make_from(a->id, t->at_wall_us, &e->rng);
    a->provider = xstrdup(provider_name(p->conf->provider));
    a->model = xstrdup(p->model->id);
    a->tier = xstrdup(p->model->tier);
    a->status = STATUS_RUNNING;
    a->phase = PHASE_QUEUED;
    a->simulated = p->conf->provider == PROVIDER_PLAYBACK;
    t->asked[b] = true;
    t->simulated = t->simulated || a->simulated;
    return a;
}

static struct call_spec *
make_spec(struct engine *e, const struct turn *t, enum brain_id b, const struct plan *p,
          struct prompt *take_prompt)
{
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    bool named = t->kind.category >= 0;
    spec->call = ++e->last_call;
    spec->generation = e->generation;
    spec->brain = b;
    spec->conf = p->conf;
    spec->model = p->model;
    spec->prompt = *take_prompt;
    spec->measure = e->measure;
    spec->category = named ? xstrdup(category_name((enum category)t->kind.category)) : NULL;
    spec->max_tokens = p->max_tokens;
    spec->temperature = p->manner ? p->manner->temperature : p->conf->temperature;
    spec->top_p = p->manner ? p->manner->top_p : p->conf->top_p;
    spec->limits = (struct call_limits){
        .connect_ms = p->conf->connect_ms,
        .first_token_ms = p->conf->first_token_ms,
        .stall_ms = p->conf->stall_ms,
        .timeout_ms = p->conf->timeout_ms,
        .retries = p->conf->retries,
    };
    /* One seed a turn, so that both brains' recordings come from the same exchange. */
    spec->seed = hash_bytes(t->id, strlen(t->id), 0);
    return spec;
}

/* The prompt, or why there can be no call. */
static char *
refuse(struct engine *e, struct turn *t, enum brain_id b, const struct plan *p,
       struct prompt *prompt, enum error_kind *kind)
{
    struct breaker_limits limits = breaker_limits(e->config);
    long budget = 0, need = 0;
    if (p->model->context_tokens > 0) {
        long room = p->model->context_tokens - p->max_tokens;
        budget = room > 0 ? room : 1;
    }
    if (!breaker_would_allow(&e->breakers[b], limits, e->wall_us)) {
        char why[200];
        breaker_why(&e->breakers[b], limits, brain_id_name(b), e->wall_us, why, sizeof why);
        *kind = ERR_BREAKER_OPEN;
        return xstrdup(why);
    }
    char *spent = budget_refusal(e, b);
    if (spent) {
        *kind = ERR_BUDGET;
        return spent;
    }
    if (e->running_count == MAX_RUNNING) {
        *kind = ERR_OVERLOADED;
        return xstrdup("too many answers are still running here");
    }
    if (!history_prompt(e->conversation, t, b, t->history, p->system, budget, prompt, &need)) {
        *kind = ERR_CONTEXT_LENGTH;
        return xasprintf("the message needs about %ld tokens, %s has room for %ld", need,
                         p->model->id, budget);
    }
    breaker_allow(&e->breakers[b], limits, e->wall_us);
    return NULL;
}

bool
engine_start_call(struct engine *e, struct turn *t, enum brain_id b, const struct choice *choice,
                  int64_t now_us, struct jobs *out)
{
    struct plan p = make_plan(e, t, b, choice);
    struct answer *a = begin_answer(e, t, b, &p);
    struct prompt prompt = {0};
    enum error_kind kind = ERR_NONE;
    char *why = refuse(e, t, b, &p, &prompt, &kind);
    if (why) {
        fail_unasked(e, t, b, kind, why, now_us, out);
        return false;
    }
    a->truncated = prompt.truncated;
    struct call_spec *spec = make_spec(e, t, b, &p, &prompt);
    a->call = spec->call;
    e->running[e->running_count++] = (struct running){.call = spec->call, .turn = t, .brain = b};
    if (e->checkpoint_at_us == NEVER_US)
        e->checkpoint_at_us = now_us + CHECKPOINT_US;
    struct job *job = jobs_add(out, JOB_CALL);
    job->spec = spec;
    job->turn = t;
    job->brain = b;
    job->call = spec->call;
    return true;
}

void
engine_stop_call(struct engine *e, const struct turn *t, enum brain_id b, struct jobs *out)
{
    for (int i = 0; i < e->running_count; i++)
        if (e->running[i].turn == t && e->running[i].brain == b)
            jobs_add(out, JOB_CANCEL)->call = e->running[i].call;
}
