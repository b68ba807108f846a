/* Starting a call: the answer's new row, the prompt that fits, breaker and budget, the job. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/call.h"
#include "berdua/route/breaker.h"
#include "berdua/route/route.h"
#include "engine/policy/policy.h"
#include "engine/policy/context_text.h"
#include "engine/policy/history.h"
#include "engine/policy/instructions.h"
#include "engine/policy/warm_up.h"
#include "engine/pattern/pattern.h"
#include "state.h"

/* The settings of one call: the brain's own, or those that a rule names. */
struct plan {
    const struct brain_conf *conf;
    const struct model_conf *model;
    const struct style_conf *style; /* NULL: none */
    int max_tokens;
};

static struct plan
make_plan(const struct engine *e, const struct turn *t, enum brain_id b,
          const struct choice *choice)
{
    const struct brain_conf *conf = &e->config->brains[b];
    struct plan p = {.conf = conf};
    p.model = config_model(conf, choice && choice->tier ? choice->tier : conf->model);
    enum category category = turn_category(t);
    const char *style = choice ? choice->style : NULL;
    if (!style && !(conf->system && *conf->system)) /* no system prompt of its own */
        style = route_style(e->config, b, "auto", category);
    p.style = config_style(conf, style);
    p.max_tokens = route_max_tokens(conf, p.model, p.style, category);
    return p;
}

void
engine_end_unasked(struct engine *e, struct turn *t, enum brain_id b, enum answer_status status,
                   enum error_kind kind, char *take_message, struct moment at, struct jobs *out)
{
    struct answer *a = &t->answers[b];
    a->status = status;
    a->phase = PHASE_ENDED;
    a->error.kind = kind;
    a->error.message = take_message;
    a->times.total_us = 0;
    a->revision++;
    jobs_put_answer(out, t, a);
    jobs_notify(out, NOTIFY_ANSWER, t, b);
    pattern_for(t->mode)->ended(e, t, b, at, out);
}

static void
fresh_answer(struct engine *e, struct answer *a, enum brain_id b, const struct plan *p,
             struct moment at)
{
    answer_finish(a);
    answer_init(a, b);
    id_make_from(a->id, at.wall_us, &e->rng);
    a->provider = xstrdup(provider_name(p->conf->provider));
    a->model = xstrdup(p->model->id);
    a->tier = xstrdup(p->model->tier);
    a->status = STATUS_RUNNING;
    a->phase = PHASE_QUEUED;
    a->simulated = p->conf->provider == PROVIDER_PLAYBACK;
}

/* A new answer of this brain in the turn; the row of an earlier try stays in the store. */
static struct answer *
begin_answer(struct engine *e, struct turn *t, enum brain_id b, const struct plan *p,
             struct moment at, struct jobs *out)
{
    struct answer *a = &t->answers[b];
    jobs_keep_answer(out, a);
    if (t->asked[b] && !isnan(a->cost_usd))
        t->tried_usd[b] += a->cost_usd;
    enum answer_role role = a->role;
    uint32_t revision = a->revision;
    fresh_answer(e, a, b, p, at);
    a->role = role;
    a->revision = revision + 1;
    t->asked[b] = true;
    t->simulated = t->simulated || a->simulated;
    return a;
}

static bool
awaits_context(const struct turn *t, enum brain_id b)
{
    const struct answer *a = &t->answers[b];
    return t->asked[b] && a->status == STATUS_RUNNING && a->phase == PHASE_CONTEXT;
}

void
engine_await_call(struct engine *e, struct turn *t, enum brain_id b, const struct choice *choice,
                  struct moment at, struct jobs *out)
{
    struct plan p = make_plan(e, t, b, choice);
    begin_answer(e, t, b, &p, at, out)->phase = PHASE_CONTEXT;
}

uint64_t
engine_model_bit(const struct engine *e, enum brain_id b, const char *tier)
{
    const struct brain_conf *conf = &e->config->brains[b];
    ptrdiff_t place = config_model(conf, tier) - conf->models;
    return place < 64 ? UINT64_C(1) << place : 0;
}

static struct call_spec *
make_spec(struct engine *e, const struct turn *t, enum brain_id b, const struct plan *p,
          struct prompt *take_prompt)
{
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    spec->call = ++e->last_call;
    spec->generation = e->generation;
    spec->brain = b;
    spec->conf = p->conf;
    spec->model = p->model;
    spec->prompt = *take_prompt;
    spec->max_tokens = p->max_tokens;
    spec->temperature = config_temperature(p->conf, p->model, p->style);
    spec->top_p = config_top_p(p->conf, p->model, p->style);
    spec->limits = p->conf->limits;
    spec->thinks_first = (e->thinks_first[b] & engine_model_bit(e, b, p->model->tier)) != 0;
    /* One seed per turn: both brains play recordings of the same exchange. */
    spec->seed = hash_bytes(t->id, strlen(t->id), 0);
    return spec;
}

/* Why this brain cannot be called now, new; NULL: it can. */
static char *
call_refusal(const struct engine *e, enum brain_id b, struct moment at, enum error_kind *kind)
{
    struct breaker_limits limits = breaker_limits(e->config);
    if (!breaker_would_allow(&e->breakers[b], limits, at.wall_us)) {
        char why[200];
        breaker_why(&e->breakers[b], limits, brain_id_name(b), at.wall_us, why, sizeof why);
        *kind = ERR_BREAKER_OPEN;
        return xstrdup(why);
    }
    char *spent = budget_refusal(e, b, at);
    if (spent) {
        *kind = ERR_BUDGET;
        return spent;
    }
    if (e->running_count == MAX_RUNNING) {
        *kind = ERR_OVERLOADED;
        return xstrdup("too many answers are still running here");
    }
    return NULL;
}

/* For Claude with the user's profile. The same for every turn of a conversation in one mode. */
static char *
system_prompt(const struct engine *e, struct turn *t, enum brain_id b)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    instructions_before(&e->config->brains[b], &text);
    if (b == BRAIN_CLAUDE && context_expected(e, t))
        context_announce(&text);
    if (b == BRAIN_CLAUDE)
        t->memory_told = memory_append(e, &text);
    return buf_take(&text);
}

/* What holds for this turn alone: the style, and for Claude the cultural context; NULL: nothing. */
static char *
turn_aside(const struct turn *t, enum brain_id b, const struct plan *p)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    instructions_after(p->conf, p->style, &text);
    if (b == BRAIN_CLAUDE && t->context.text)
        context_append(&text, t->context.text);
    if (text.len)
        return buf_take(&text);
    buf_finish(&text);
    return NULL;
}

/* The prompt, or why there can be no call. */
static char *
make_prompt(struct engine *e, struct turn *t, enum brain_id b, const struct plan *p,
            struct moment at, struct prompt *prompt, enum error_kind *kind)
{
    long budget = 0, need = 0;
    char *why = call_refusal(e, b, at, kind);
    if (why)
        return why;
    if (p->model->context_tokens > 0) {
        long room = p->model->context_tokens - (p->max_tokens > 0 ? p->max_tokens : 0);
        budget = room > 0 ? room : 1;
    }
    struct prompt head = {.system = system_prompt(e, t, b), .aside = turn_aside(t, b, p)};
    bool fits = history_prompt(e->conversation, t, b, t->history, &head, budget, prompt, &need);
    if (fits) {
        breaker_allow(&e->breakers[b], breaker_limits(e->config), at.wall_us);
        return NULL;
    }
    *kind = ERR_CONTEXT_LENGTH;
    return xasprintf("the message needs about %ld tokens, %s has room for %ld", need, p->model->id,
                     budget);
}

static void
begin_running(struct engine *e, const struct running *r, struct call_spec *take_spec,
              struct moment at, struct jobs *out)
{
    e->running[e->running_count++] = *r;
    if (e->checkpoint_at_us == NEVER_US)
        e->checkpoint_at_us = at.now_us + CHECKPOINT_US;
    running_answer(r)->call = r->call;
    struct job *job = jobs_add(out, JOB_CALL);
    job->spec = take_spec;
    job->purpose = r->purpose;
    job->turn = r->turn;
    job->brain = r->brain;
    job->call = r->call;
    warm_up_message_sent(e, r->brain, out);
}

bool
engine_start_call(struct engine *e, struct turn *t, enum brain_id b, const struct choice *choice,
                  struct moment at, struct jobs *out)
{
    struct plan p = make_plan(e, t, b, choice);
    bool stored = awaits_context(t, b) || t == e->submitting; /* its row comes with the turn's */
    struct answer *a = awaits_context(t, b) ? &t->answers[b] : begin_answer(e, t, b, &p, at, out);
    struct prompt prompt = {0};
    enum error_kind kind = ERR_NONE;
    char *why = make_prompt(e, t, b, &p, at, &prompt, &kind);
    if (why) {
        engine_end_unasked(e, t, b, STATUS_FAILED, kind, why, at, out);
        return false;
    }
    a->phase = PHASE_QUEUED;
    a->truncated = prompt.truncated;
    struct call_spec *spec = make_spec(e, t, b, &p, &prompt);
    begin_running(e, &(struct running){.call = spec->call, .turn = t, .brain = b}, spec, at, out);
    if (!stored) /* a checkpoint needs the row */
        jobs_put_answer(out, t, a);
    return true;
}

static int
contexts_running(const struct engine *e)
{
    int n = 0;
    for (int i = 0; i < e->running_count; i++)
        n += e->running[i].purpose == CALL_CONTEXT;
    return n;
}

bool
engine_start_context(struct engine *e, struct turn *t, struct moment at, struct jobs *out,
                     char **why)
{
    struct plan p = make_plan(e, t, BRAIN_LLAMA, NULL);
    enum error_kind kind;
    p.style = NULL;
    if (p.max_tokens != CONFIG_LEFT_OUT)
        p.max_tokens = e->config->context.max_tokens;
    *why = call_refusal(e, BRAIN_LLAMA, at, &kind);
    if (!*why && p.conf->provider == PROVIDER_PLAYBACK &&
        e->config->brains[BRAIN_CLAUDE].provider != PROVIDER_PLAYBACK)
        *why = xstrdup("LLAMA is simulated; a real Claude gets no simulated context");
    if (!*why && contexts_running(e) >= MAX_CONTEXTS)
        *why = xstrdup("earlier ones are still being written");
    if (*why)
        return false;
    breaker_allow(&e->breakers[BRAIN_LLAMA], breaker_limits(e->config), at.wall_us);
    fresh_answer(e, &t->context.answer, BRAIN_LLAMA, &p, at);
    t->context.asked = true;
    struct prompt prompt;
    context_prompt(t, engine_turn_before(e, t), &prompt);
    struct call_spec *spec = make_spec(e, t, BRAIN_LLAMA, &p, &prompt);
    spec->purpose = CALL_CONTEXT;
    spec->about = xstrdup(t->message);
    spec->limits.retries = 0; /* a retry would come too late for this message */
    struct running r = {.call = spec->call,
                        .turn = t,
                        .brain = BRAIN_LLAMA,
                        .purpose = CALL_CONTEXT,
                        .begun_us = at.now_us};
    begin_running(e, &r, spec, at, out);
    return true;
}

void
engine_start_warm_up(struct engine *e, enum brain_id b, struct moment at, struct jobs *out)
{
    const struct brain_conf *conf = &e->config->brains[b];
    struct plan p = {.conf = conf, .model = config_model(conf, conf->model)};
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    fresh_answer(e, &e->warm_up.answer, b, &p, at);
    *spec = (struct call_spec){.call = ++e->last_call,
                               .generation = e->generation,
                               .brain = b,
                               .conf = conf,
                               .model = p.model,
                               .max_tokens = 1,
                               .temperature = NAN,
                               .top_p = NAN,
                               .limits = conf->limits,
                               .purpose = CALL_WARM_UP};
    spec->limits.retries = 0;
    prompt_add(&spec->prompt, false, "Halo");
    e->warm_up.call = spec->call;
    struct job *job = jobs_add(out, JOB_CALL);
    job->spec = spec;
    job->purpose = CALL_WARM_UP;
    job->brain = b;
    job->call = spec->call;
    jobs_notify(out, NOTIFY_WARM_UP, NULL, b);
}

struct answer *
running_answer(const struct running *r)
{
    return r->purpose == CALL_CONTEXT ? &r->turn->context.answer : &r->turn->answers[r->brain];
}

void
engine_stop_call(struct engine *e, const struct turn *t, enum brain_id b, struct jobs *out)
{
    for (int i = 0; i < e->running_count; i++)
        if (e->running[i].turn == t && e->running[i].brain == b &&
            e->running[i].purpose == CALL_ANSWER)
            jobs_add(out, JOB_CANCEL)->call = e->running[i].call;
}
