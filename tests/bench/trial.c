#include "trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "make_session.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/conf/conf.h"
#include "berdua/core/loop.h"
#include "berdua/session/runner.h"
#include "berdua/store/rollout_store.h"
#include "berdua/store/writer.h"
#include "screen/place.h"
#include "standin/standin.h"

enum { PATIENCE_S = 30, TYPING_MS = 150, ANSWER_BYTES = 1024 };

struct trial {
    struct place *place;
    struct standin *server;
    struct conf *conf;
    struct config config; /* a copy, changed between messages; its pointers are the original's */
    struct loop *loop;
    struct loop_timer *timer;
    struct runner *runner;
    struct shot *shot;
    const struct turn *turn; /* of the message under way */
    bool wait_all;
    bool typed; /* what is waited for is the preparation, and the rest of the typing */
    int64_t ready_us;
};

static const char *const paths[BRAIN_COUNT] = {
    [BRAIN_CLAUDE] = "/v1/messages",
    [BRAIN_LLAMA] = "/v1/chat/completions",
};

static void
die(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(2);
}

static void
on_notice(void *arg, const struct job *job)
{
    struct trial *t = arg;
    int64_t now = clock_us();
    if (!t->shot)
        return;
    if (job->notice == NOTIFY_TURN)
        t->turn = job->turn;
    if (job->turn != t->turn)
        return;
    if (job->notice == NOTIFY_FIRST_TOKEN) {
        t->shot->first_us[job->brain] = now;
    } else if (job->notice == NOTIFY_SERVED) {
        t->shot->served_us = now;
        t->shot->served = job->brain;
    }
}

static void
on_unsaved(void *arg, const struct unsaved *now)
{
    (void)arg;
    if (now->cause == UNSAVED_LOST)
        die("the store", now->reason);
}

static void
too_long(void *arg)
{
    (void)arg;
    die("a message", "has not ended in time");
}

static int64_t
look(void *arg)
{
    struct trial *t = arg;
    if (t->typed) {
        bool over = clock_us() >= t->ready_us;
        if (runner_measure(t->runner) && over)
            loop_stop(t->loop, 0);
        return over ? NEVER_US : t->ready_us;
    }
    if (t->shot && !t->wait_all ? t->shot->served_us != 0 : runner_quiet(t->runner))
        loop_stop(t->loop, 0);
    return NEVER_US;
}

static void
wait_here(struct trial *t)
{
    loop_timer_arm(t->timer, clock_us() + PATIENCE_S * (int64_t)US_PER_S);
    loop_run(t->loop);
    loop_timer_arm(t->timer, NEVER_US);
}

static void
start_runner(struct trial *t)
{
    struct err err = {0};
    t->runner = runner_create(&(struct runner_opts){.config = &t->config,
                                                    .loop = t->loop,
                                                    .user = "mario",
                                                    .seed = 1,
                                                    .on_notice = on_notice,
                                                    .on_unsaved = on_unsaved,
                                                    .arg = t},
                              &err);
    if (!t->runner)
        die("the runner", err.text);
}

struct trial *
trial_start(int stored_turns)
{
    struct err err = {0};
    struct trial *t = xcalloc(1, sizeof *t);
    t->place = place_create();
    t->server = standin_start(0);
    char *base = xstrdup(standin_url(t->server, ""));
    char *llama = xasprintf("%s/v1", base);
    place_config(t->place, base, NULL, llama, NULL, NULL);
    for (char **e = place_environ(t->place); *e; e++)
        putenv(*e);
    if (stored_turns) {
        char *db = place_path(t->place, "data/berdua/berdua.db");
        make_session(db, "anonymous", stored_turns, ANSWER_BYTES);
        free(db);
    }
    t->conf = conf_load(&(struct conf_flags){.user = "mario"}, &err);
    if (!t->conf)
        die("the configuration", err.text);
    t->config = *conf_get(t->conf);
    t->config.breaker.failures = 1 << 30; /* late answers are part of the plan */
    t->loop = loop_create(&err);
    t->timer = loop_timer_create(t->loop, too_long, t);
    start_runner(t);
    loop_set_before_wait(t->loop, look, t);
    free(base);
    free(llama);
    return t;
}

void
trial_stop(struct trial **tp)
{
    struct trial *t = *tp;
    *tp = NULL;
    runner_destroy(&t->runner);
    loop_timer_destroy(&t->timer);
    loop_destroy(&t->loop);
    conf_destroy(&t->conf);
    standin_stop(&t->server);
    place_destroy(&t->place);
    free(t);
}

void
trial_open_stage(struct trial *t, enum category c)
{
    struct err err = {0};
    struct store *s = store_open(t->config.store_url, &err);
    const struct rollout_step step = {
        .at_us = clock_wall_us(), .category = c, .from = 0, .to = 100, .by = "hand"};
    if (!s || !store_begin(s, &err) || !rollout_store_add_step(s, &step, &err) ||
        !store_commit(s, &err))
        die("the stage", err.text);
    store_close(&s);
}

static void
set_rules(struct trial *t, const struct script *s)
{
    static const char *const models[] = {
        [BRAIN_CLAUDE] = "claude-test", [BRAIN_LLAMA] = "llama-test"};
    standin_clear_rules(t->server);
    if (s->more)
        standin_rule(t->server, s->more);
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (s->rule[b]) {
            char *rule = xasprintf("model=%s %s", models[b], s->rule[b]);
            standin_rule(t->server, rule);
            free(rule);
        }
}

static void
note_requests(struct trial *t, size_t from, struct shot *out)
{
    size_t n = standin_count(t->server);
    for (size_t i = from; i < n; i++) {
        struct standin_request *r = standin_request(t->server, i);
        for (int b = 0; b < BRAIN_COUNT; b++)
            if (strcmp(r->path, paths[b]) == 0) {
                out->arrived_us[b] = r->at_us;
                out->written_us[b] = r->first_us;
                out->done_us[b] = r->done_us;
            }
        standin_request_free(&r);
    }
}

void
trial_shoot(struct trial *t, const struct script *s, bool all, struct shot *out)
{
    struct err err = {0};
    *out = (struct shot){.served = BRAIN_NONE};
    size_t from = standin_count(t->server);
    set_rules(t, s);
    t->config.shadow.percent = s->shadow_percent;
    t->config.route.hedge = s->hedge;
    if (s->timeout_ms)
        t->config.route.timeout_ms = s->timeout_ms;
    if (s->grace_ms)
        t->config.context.grace_ms = s->grace_ms;
    t->wait_all = all;
    t->shot = out;
    t->turn = NULL;
    if (!runner_set_mode(t->runner, s->mode, &err))
        die("the mode", err.text);
    out->submit_us = clock_us();
    if (!runner_submit(t->runner, s->message, s->brains, &err))
        die("a message", err.text);
    out->submitted_us = clock_us();
    wait_here(t);
    t->shot = NULL;
    note_requests(t, from, out);
    if (!out->served_us)
        die("a message", "was not served");
}

void
trial_settle(struct trial *t)
{
    runner_cancel(t->runner);
    t->wait_all = true;
    wait_here(t);
}

void
trial_fresh(struct trial *t)
{
    struct err err = {0};
    trial_settle(t);
    if (!runner_take_conversation(t->runner, NULL, &err))
        die("a new session", err.text);
}

void
trial_restart(struct trial *t, bool typed)
{
    runner_destroy(&t->runner);
    start_runner(t);
    if (!typed)
        return;
    runner_prepare(t->runner);
    t->typed = true;
    t->ready_us = clock_us() + TYPING_MS * (int64_t)US_PER_MS;
    wait_here(t);
    t->typed = false;
}
