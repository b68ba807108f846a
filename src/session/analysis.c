#include "berdua/session/analysis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/brain/complete.h"
#include "berdua/chat/spend.h"
#include "berdua/core/cancel.h"
#include "berdua/jiwa/profile.h"
#include "berdua/jiwa/question.h"
#include "berdua/jiwa/reply.h"
#include "berdua/route/breaker.h"
#include "berdua/store/memory_store.h"
#include "berdua/store/query.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/spend_store.h"
#include "berdua/engine/cost.h"

enum {
    REPLY_TOKENS = 900,
    REPLY_BYTES = JIWA_REPLY_BYTES,
    UNLIMITED_TOKENS = 8192, /* what a small model is taken to hold when nobody says */
    BYTES_PER_TOKEN = 3,     /* on the safe side */
    FIRST_WAIT_S = 60,
    LAST_WAIT_S = 86400,
    WAIT_FACTOR = 4
};

#define TEMPERATURE 0.2 /* copying words exactly wants little fancy */

struct work {
    const struct analysis_opts *opts;
    struct store *memory;
    struct conversation *conversation;
    struct jiwa profile; /* what was known before */
    int64_t through_seq; /* analysed before */
    size_t from;         /* index of the first turn after it */
    int attempts;
    struct analysis *out;
    struct err err;
};

void
analysis_finish(struct analysis *a)
{
    free(a->user);
    jiwa_finish(&a->record);
    if (a->called)
        answer_finish(&a->call);
    *a = (struct analysis){.end = ANALYSIS_NOTHING};
}

bool
analysis_wanted(const struct config *config, const char *user)
{
    return config->memory.enabled && user && *user && strcmp(user, "anonymous") != 0;
}

const char *
analysis_missing(const struct config *config, const char *user)
{
    if (!config->memory.enabled)
        return "memory is off; memory.enabled: true in the configuration turns it on";
    return analysis_wanted(config, user)
               ? NULL
               : "nothing is inferred about anonymous users; -u NAME says who it is";
}

int64_t
analysis_cutoff_us(const struct config *config, int64_t wall_us)
{
    return wall_us - config->memory.ttl_days * (int64_t)86400 * US_PER_S;
}

/* Returns false, for whoever cannot go on. */
static bool
end(struct work *w, enum analysis_end how, const char *why)
{
    w->out->end = how;
    snprintf(w->out->why, sizeof w->out->why, "%s", why);
    return false;
}

/* ---- LLAMA's breaker as the store has it ---- */

/* true: LLAMA is not to be called before *until_us (wall clock), and why says so. */
static bool
breaker_is_open(const struct config *config, int64_t *until_us, char *why, size_t size)
{
    const enum brain_id b = BRAIN_LLAMA;
    struct breaker now[BRAIN_COUNT] = {{0}};
    struct breaker_limits limits = breaker_limits(config);
    int64_t wall_us = clock_wall_us();
    struct store *s = store_open(config->store_url, NULL);
    bool known = s && rollout_store_breakers(s, now, NULL);
    store_close(&s);
    breaker_check_target(&now[b], &config->brains[b]);
    if (!known || breaker_would_allow(&now[b], limits, wall_us))
        return false;
    breaker_why(&now[b], limits, brain_id_name(b), wall_us, why, size);
    /* Half open, somebody tries it now: that is over in a while, too. */
    int64_t opened_us = now[b].opened_at_us + limits.cool_us;
    *until_us = opened_us > wall_us ? opened_us : wall_us + limits.cool_us;
    return true;
}

/* Counts how a call ended. What cannot be written is only logged. */
static void
report_to_breaker(const struct config *config, const struct answer *a)
{
    struct err err = {0};
    struct breaker now[BRAIN_COUNT] = {{0}};
    int64_t wall_us = clock_wall_us();
    struct store *s = store_open(config->store_url, &err);
    bool ok = s && store_begin(s, &err) && rollout_store_breakers(s, now, &err);
    struct breaker before = now[a->brain];
    breaker_check_target(&now[a->brain], &config->brains[a->brain]);
    breaker_report(&now[a->brain], config, a, wall_us);
    if (ok && memcmp(&before, &now[a->brain], sizeof before) != 0)
        ok = rollout_store_put_breaker(s, a->brain, &now[a->brain], wall_us, &err) &&
             store_commit(s, &err);
    if (!ok)
        log_msg(LOG_INFO, "breaker not saved: %s", err.text);
    if (s)
        store_rollback(s);
    store_close(&s);
}

/* ---- before the call ---- */

/* May it be analysed at all? The user's profile is read on the way. */
static bool
admit(struct work *w)
{
    const struct config *config = w->opts->config;
    const char *user = w->conversation->user;
    struct memory_look look;
    w->out->user = xstrdup(user);
    memcpy(w->out->session, w->conversation->id, sizeof w->out->session);
    if (!analysis_wanted(config, user))
        return end(w, ANALYSIS_REFUSED, analysis_missing(config, user));
    if (config->brains[BRAIN_LLAMA].provider == PROVIDER_PLAYBACK &&
        config->brains[BRAIN_CLAUDE].provider != PROVIDER_PLAYBACK)
        return end(w, ANALYSIS_REFUSED,
                   "LLAMA is simulated, and nothing of that is told to a real Claude");
    if (!memory_store_look(w->memory, user, analysis_cutoff_us(config, clock_wall_us()), &look,
                           &w->err) ||
        !memory_store_progress(w->memory, w->conversation->id, &w->through_seq, &w->err))
        return end(w, ANALYSIS_FAILED, w->err.text);
    if (look.out)
        end(w, ANALYSIS_REFUSED, "the user has been taken out of memory; /memory on lets them in");
    else if (!jiwa_parse(&w->profile, look.profile, NULL))
        log_msg(LOG_WARN, "the profile of a user could not be read and begins anew");
    free(look.profile);
    return !look.out;
}

struct claim {
    struct work *work;
    bool busy;
};

static bool
claim_session(struct store *inside, void *arg, struct err *err)
{
    struct claim *c = arg;
    struct memory_pending p;
    const char *session = c->work->conversation->id;
    if (!memory_store_queue(inside, session, clock_wall_us(), err) ||
        !memory_store_find(inside, session, &p, &c->busy, err) || c->busy)
        return false;
    c->work->attempts = p.attempts + 1;
    return memory_store_claim(inside, session, err);
}

/* Whoever works at it says so, so that no other instance does the same. */
static bool
claim(struct work *w)
{
    struct claim c = {.work = w};
    if (store_write(w->memory, claim_session, &c, &w->err))
        return true;
    return c.busy ? end(w, ANALYSIS_REFUSED, "another berdua is analysing this session")
                  : end(w, ANALYSIS_FAILED, w->err.text);
}

/* true: the month's money for LLAMA is spent. */
static bool
over_budget(struct work *w)
{
    const struct config *config = w->opts->config;
    double cap = config->budget.usd_per_month;
    struct spend spend;
    bool over = false;
    if (isnan(cap))
        return false;
    struct spend_store *s = spend_store_open(config->store_url, NULL);
    if (s && spend_since(s, month_start(clock_wall_us()), cap, &spend, NULL))
        over = spend_stops(&spend, BRAIN_LLAMA, cap);
    spend_store_close(&s);
    return over;
}

/* ---- the call ---- */

static size_t
room_bytes(const struct model_conf *model)
{
    long tokens = model->context_tokens > 0 ? model->context_tokens : UNLIMITED_TOKENS;
    tokens -= REPLY_TOKENS;
    return tokens > 0 ? (size_t)tokens * BYTES_PER_TOKEN : 0;
}

static struct call_spec *
make_spec(const struct work *w, const char *system, const char *user, const char *about)
{
    const struct brain_conf *conf = &w->opts->config->brains[BRAIN_LLAMA];
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    /* Newer models of that provider refuse every sampling parameter. */
    const struct model_conf *model = config_model(conf, conf->model);
    bool plain =
        conf->provider == PROVIDER_ANTHROPIC || model->temperature < 0 || conf->temperature < 0;
    bool counted = config_max_tokens(conf, model, NULL) != CONFIG_LEFT_OUT;
    *spec = (struct call_spec){.call = 1,
                               .brain = BRAIN_LLAMA,
                               .conf = conf,
                               .model = model,
                               .max_tokens = counted ? REPLY_TOKENS : CONFIG_LEFT_OUT,
                               .temperature = plain ? NAN : TEMPERATURE,
                               .top_p = NAN,
                               .limits = conf->limits,
                               .seed = (uint64_t)clock_us(),
                               .keyring = w->opts->keyring,
                               .cancel = w->opts->cancel ? cancel_ref(w->opts->cancel) : NULL};
    spec->purpose = CALL_ANALYSIS;
    spec->about = xstrdup(about);
    spec->prompt.system = xstrdup(system);
    prompt_add(&spec->prompt, false, user);
    return spec;
}

/* About as many of the new turns as fit into the question. */
static void
ask(struct work *w)
{
    const struct brain_conf *conf = &w->opts->config->brains[BRAIN_LLAMA];
    const struct model_conf *model = config_model(conf, conf->model);
    size_t count = w->conversation->count - w->from;
    struct jiwa_turn *turns = xcalloc(count, sizeof *turns);
    struct buf system, user;
    buf_init(&system, 1 << 20);
    buf_init(&user, 8 << 20);
    for (size_t i = 0; i < count; i++) {
        const struct turn *t = w->conversation->turns[w->from + i];
        turns[i].message = t->message;
        if (t->canonical != BRAIN_NONE)
            turns[i].answer = t->answers[t->canonical].text.p;
    }
    struct jiwa_question q = {
        .profile = &w->profile, .turns = turns, .count = count, .max_bytes = room_bytes(model)};
    size_t asked = jiwa_ask(&q, &system, &user);
    struct call_spec *spec = make_spec(w, system.p, user.p, turns[asked - 1].message);
    spec->max_bytes = REPLY_BYTES;
    complete(&spec, w->opts->http, &w->out->call);
    w->out->called = true;
    w->out->call.cost_usd = cost_usd(&model->price, &w->out->call);
    w->out->turns = asked;
    w->out->more = asked < count;
    buf_finish(&system);
    buf_finish(&user);
    free(turns);
}

/* ---- after the call ---- */

static bool
read_reply(struct work *w, const struct jiwa_words *words)
{
    const struct answer *a = &w->out->call;
    if (!answer_valid(a))
        return err_set(&w->err, "%s",
                       a->error.message ? a->error.message : answer_status_name(a->status));
    if (!jiwa_read(&w->out->record, a->text.p, a->text.len, &w->err))
        return err_prefix(&w->err, "LLAMA's reply cannot be used");
    w->out->dropped = (int64_t)jiwa_check(&w->out->record, words);
    return true;
}

static int64_t
newest(const struct jiwa *j)
{
    int64_t at = 0;
    for (int f = 0; f < JIWA_FIELD_COUNT; f++)
        for (size_t i = 0; i < j->fields[f].count; i++)
            if (j->fields[f].v[i].at_us > at)
                at = j->fields[f].v[i].at_us;
    return at;
}

/* The profile is read again, since somebody may have edited it meanwhile. */
static bool
store_record(struct work *w, struct store *inside, const struct turn *last, struct err *err)
{
    int64_t wall_us = clock_wall_us();
    int64_t cutoff_us = analysis_cutoff_us(w->opts->config, wall_us);
    const char *user = w->out->user, *session = w->out->session;
    struct memory_look look;
    int64_t through_seq;
    if (!memory_store_progress(inside, session, &through_seq, err) ||
        !memory_store_look(inside, user, cutoff_us, &look, err))
        return false;
    struct jiwa profile = {0};
    /* Taken out while it ran; or forgotten, and perhaps in again. */
    bool is_void = look.out || through_seq != w->through_seq;
    jiwa_parse(&profile, look.profile, NULL);
    free(look.profile);
    jiwa_merge(&profile, &w->out->record, session, last->at_wall_us);
    jiwa_expire(&profile, cutoff_us);
    char *profile_text = newest(&profile) ? jiwa_print(&profile) : NULL;
    char *record_text = jiwa_print(&w->out->record);
    struct memory_record r = {.session = session,
                              .user = user,
                              .model = w->out->call.model,
                              .through_seq = last->seq,
                              .at_us = last->at_wall_us,
                              .dropped = w->out->dropped,
                              .record = record_text};
    bool ok =
        is_void || (memory_store_add_record(inside, &r, err) &&
                    memory_store_put_profile(inside, user, profile_text, newest(&profile), err));
    ok = ok && memory_store_analysed(inside, session, last->seq, wall_us, err) &&
         memory_store_sweep(inside, cutoff_us, err);
    if (is_void)
        jiwa_finish(&w->out->record); /* nobody is told of it either */
    free(profile_text);
    free(record_text);
    jiwa_finish(&profile);
    return ok;
}

static int64_t
wait_us(int attempts)
{
    int64_t s = FIRST_WAIT_S;
    for (int i = 1; i < attempts && s < LAST_WAIT_S; i++)
        s *= WAIT_FACTOR;
    return (s < LAST_WAIT_S ? s : LAST_WAIT_S) * US_PER_S;
}

struct ending {
    struct work *work;
    const struct turn *last;
    bool good;
    bool uncalled;
    int64_t next_us;
    const char *why; /* NULL: nobody's fault */
};

static bool
store_ending(struct store *inside, void *arg, struct err *err)
{
    const struct ending *e = arg;
    struct analysis *out = e->work->out;
    if (!e->uncalled &&
        !memory_store_add_call(inside, out->session, &out->call, clock_wall_us(), err))
        return false;
    return e->good ? store_record(e->work, inside, e->last, err)
                   : memory_store_postpone(inside, out->session, e->next_us, e->why, err);
}

/* The end of it, good or bad, with the call's cost, in one transaction. */
static void
settle(struct work *w, const struct turn *last, bool good)
{
    struct err why = w->err, failure = {0};
    bool cancelled = w->out->call.status == STATUS_CANCELLED;
    struct ending e = {.work = w,
                       .last = last,
                       .good = good,
                       .next_us = clock_wall_us() + (cancelled ? 0 : wait_us(w->attempts)),
                       .why = cancelled ? NULL : why.text};
    if (!store_write(w->memory, store_ending, &e, &failure))
        end(w, ANALYSIS_FAILED, failure.text);
    else if (good)
        w->out->end = ANALYSIS_DONE;
    else
        end(w, cancelled ? ANALYSIS_CANCELLED : ANALYSIS_FAILED, why.text);
}

static bool
store_nothing(struct store *inside, void *arg, struct err *err)
{
    const struct work *w = arg;
    return memory_store_analysed(inside, w->out->session, w->through_seq, clock_wall_us(), err);
}

/* Leaves the queue: there is nothing to analyse. */
static void
settle_nothing(struct work *w)
{
    w->out->end = ANALYSIS_NOTHING;
    if (!store_write(w->memory, store_nothing, w, &w->err))
        end(w, ANALYSIS_FAILED, w->err.text);
}

/* Without a call. why: as of memory_store_postpone. */
static void
postpone(struct work *w, int64_t next_us, const char *why)
{
    struct ending e = {.work = w, .uncalled = true, .next_us = next_us, .why = why};
    store_write(w->memory, store_ending, &e, NULL);
}

/* LLAMA is to be called now; otherwise it is postponed. */
static bool
may_call(struct work *w)
{
    static const char spent[] = "LLAMA's share of budget.usd_per_month is spent for this month";
    char why[200];
    int64_t until_us;
    if (over_budget(w)) {
        postpone(w, month_end(clock_wall_us()), spent);
        return end(w, ANALYSIS_FAILED, spent);
    }
    if (breaker_is_open(w->opts->config, &until_us, why, sizeof why)) {
        postpone(w, until_us, NULL);
        return end(w, ANALYSIS_REFUSED, why);
    }
    return true;
}

static void
analyse(struct work *w)
{
    if (!admit(w))
        return;
    struct turn *const *turns = w->conversation->turns;
    while (w->from < w->conversation->count && turns[w->from]->seq <= w->through_seq)
        w->from++;
    if (w->from == w->conversation->count) {
        settle_nothing(w);
        return;
    }
    if (!claim(w) || !may_call(w))
        return;
    ask(w);
    if (w->opts->counts)
        report_to_breaker(w->opts->config, &w->out->call);
    struct jiwa_words *words = jiwa_words_create();
    size_t to = w->from + w->out->turns;
    for (size_t i = w->from; i < to; i++)
        jiwa_words_add(words, turns[i]->message);
    settle(w, turns[to - 1], read_reply(w, words));
    jiwa_words_destroy(&words);
}

static void
run(struct work *w, const char *session)
{
    struct store *q = store_open(w->opts->config->store_url, &w->err);
    w->conversation = q ? query_session(q, session, 0, 0, &w->err) : NULL;
    store_close(&q);
    if (w->conversation)
        analyse(w);
    else
        end(w, ANALYSIS_FAILED, w->err.text);
    conversation_destroy(&w->conversation);
    jiwa_finish(&w->profile);
}

static struct store *
open_memory(const struct analysis_opts *opts, struct err *err)
{
    struct store *m = store_open(opts->config->store_url, err);
    if (m && opts->writer)
        store_through(m, opts->writer);
    return m;
}

static bool
sweep_before(struct store *inside, void *arg, struct err *err)
{
    return memory_store_sweep(inside, *(const int64_t *)arg, err);
}

static void
sweep(struct work *w)
{
    bool any = false;
    int64_t before_us = analysis_cutoff_us(w->opts->config, clock_wall_us());
    if (memory_store_has_expired(w->memory, before_us, &any, &w->err) && any)
        store_write(w->memory, sweep_before, &before_us, &w->err);
}

/* Of the queue, the conversation that is due. */
static void
run_next(struct work *w)
{
    struct memory_pending p = {.next_us = INT64_MAX};
    sweep(w);
    bool due = memory_store_next(w->memory, clock_wall_us(), &p, &w->err) && p.session[0];
    if (due) {
        run(w, p.session);
        memory_store_next(w->memory, clock_wall_us(), &p, NULL);
    }
    w->out->next_us = due && p.session[0] ? clock_wall_us() : p.next_us;
}

void
analysis_run(const struct analysis_opts *opts, const char *session, struct analysis *out)
{
    struct work w = {.opts = opts, .out = out};
    *out = (struct analysis){.end = ANALYSIS_NOTHING, .next_us = INT64_MAX};
    w.memory = open_memory(opts, &w.err);
    if (!w.memory)
        end(&w, ANALYSIS_FAILED, w.err.text);
    else if (session)
        run(&w, session);
    else
        run_next(&w);
    store_close(&w.memory);
}
