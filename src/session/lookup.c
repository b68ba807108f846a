#include "session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/conf/config.h"
#include "berdua/core/pool.h"
#include "berdua/engine/engine.h"
#include "berdua/engine/context_lookup.h"
#include "berdua/knowledge/knowledge.h"
#include "berdua/store/saved_contexts.h"

/* Calls have those of their brains; the handles stay warm in one worker. */
enum { LOOKUP_AFFINITY = BRAIN_COUNT + 1, INSIGHTS = 3 };
/* What is built in is looked up even when the files took too long to open: LLAMA's late text is kept under its topic. */
enum { LEAST_US = 10000 };

struct lookup_task {
    struct task task;
    const struct session_env *env;
    uint32_t call, generation;
    char *message;
    int language, category; /* -1: unknown */
    int64_t deadline_us;
    struct lookup_result found;
};

static void
open_handles(struct worker *w, const struct session_env *env)
{
    struct err err = {0};
    if (!w->knowledge)
        w->knowledge = knowledge_open(env->config, env->keyring, env->writer, &err);
    if (err.text[0])
        log_msg(LOG_INFO, "knowledge base: %s", err.text);
    err.text[0] = 0;
    if (!w->contexts)
        w->contexts = store_open(env->config->store_url, &err);
    if (err.text[0])
        log_msg(LOG_INFO, "saved contexts: %s", err.text);
}

static void
take_insights(struct lookup_result *f, struct insights *list)
{
    f->insights = list->count ? xcalloc(list->count, sizeof *f->insights) : NULL;
    for (size_t i = 0; i < list->count; i++) {
        struct insight *from = &list->v[i];
        f->insights[f->count++] = (struct context_insight){
            .id = from->id, .topic = from->topic, .text = from->text, .score = from->score};
        from->id = from->topic = from->text = NULL;
    }
}

static void
search(struct worker *w, const struct lookup_task *job, struct lookup_result *f)
{
    struct err err = {0};
    struct insights list = {0};
    int64_t least_us = clock_us() + LEAST_US;
    struct knowledge_query q = {
        .text = job->message,
        .text_len = strlen(job->message),
        .language = job->language < 0 ? NULL : language_name((enum language)job->language),
        .limit = INSIGHTS,
        .deadline_us = job->deadline_us > least_us ? job->deadline_us : least_us,
    };
    if (!w->knowledge)
        return;
    if (knowledge_search(w->knowledge, &q, &list, &err))
        take_insights(f, &list);
    else {
        log_msg(LOG_INFO, "knowledge base: %s", err.text);
        knowledge_close(&w->knowledge); /* opened anew for the next message */
    }
    insights_finish(&list);
}

static void
recall(struct worker *w, const struct lookup_task *job, struct lookup_result *f)
{
    struct err err = {0};
    if (!w->contexts)
        return;
    const char *user = strcmp(job->env->user, "anonymous") != 0 ? job->env->user : NULL;
    const struct brain_conf *brains = job->env->config->brains;
    char *key = context_key(context_topic(f->insights, f->count, job->category),
                            brains[BRAIN_CLAUDE].provider == PROVIDER_PLAYBACK &&
                                brains[BRAIN_LLAMA].provider == PROVIDER_PLAYBACK);
    f->opted_out = context_store_out(w->contexts, user, &err);
    f->saved = context_store_find(w->contexts, user, key, context_language(job->language),
                                  clock_wall_us(), &err);
    free(key);
    if (err.text[0]) {
        log_msg(LOG_INFO, "saved contexts: %s", err.text);
        store_close(&w->contexts);
    }
}

static void
drop_lookup(struct task *t)
{
    struct lookup_task *l = (struct lookup_task *)t;
    lookup_result_clear(&l->found);
    free(l->message);
    free(l);
}

static void
run_lookup(struct task *t, void *local)
{
    struct lookup_task *l = (struct lookup_task *)t;
    struct worker *w = local;
    open_handles(w, l->env);
    search(w, l, &l->found);
    recall(w, l, &l->found);
}

static void
finish_lookup(struct task *t)
{
    struct lookup_task *l = (struct lookup_task *)t;
    struct jobs jobs = {0};
    engine_looked_up(l->env->engine, l->call, l->generation, &l->found, clock_moment(), &jobs);
    runner_carry_out(l->env->runner, &jobs);
    drop_lookup(t);
}

static void
run_warm_up(struct task *t, void *local)
{
    open_handles(local, ((struct lookup_task *)t)->env);
}

static struct lookup_task *
make_lookup(const struct session_env *env, void (*run)(struct task *t, void *local))
{
    struct lookup_task *l = xcalloc(1, sizeof *l);
    l->task = (struct task){
        .run = run, .drop = drop_lookup, .priority = PRIO_ANSWER, .affinity = LOOKUP_AFFINITY};
    l->env = env;
    return l;
}

void
lookup_warm_up(const struct session_env *env)
{
    pool_start(env->pool, &make_lookup(env, run_warm_up)->task);
}

void
lookup_start(const struct session_env *env, const struct job *job)
{
    struct lookup_task *l = make_lookup(env, run_lookup);
    l->task.done = finish_lookup;
    l->call = job->call;
    l->generation = job->generation;
    l->message = xstrdup(job->turn->message);
    l->language = job->turn->kind.language;
    l->category = job->turn->kind.category;
    l->deadline_us = job->at_us;
    pool_start(env->pool, &l->task);
}
