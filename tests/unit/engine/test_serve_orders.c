/* Who serves, in every order of arrival: each mode, with and without hedge and shadow, tokens, ends of every kind, the
 * time-out and the operator's cancel, enumerated. What serves is shown, stored and continues; while a call could still
 * serve, it is asked; a cancel asks nobody. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/route/breaker.h"
#include "berdua/conf/conf.h"
#include "engine_rig.h"
#include "fake_store.h"

enum { MOST_STEPS = 12 };

enum step {
    TOKEN,
    BLANK,
    WHOLE,     /* a good end; text comes first if there was none */
    FAILURE,   /* an end of some other kind */
    CANCELLED, /* what was cancelled ends as cancelled; the steps before are ends that crossed it */
    TIME_OUT,  /* of the first visible token */
    CALL_OFF,  /* by the operator */
    STEP_COUNT
};

struct setting {
    const char *rules;
    enum chat_mode mode;
    double stage, shadow_percent;
    bool hedge;
    bool claude_refused; /* its breaker is open */
};

struct play {
    struct rig r;
    struct fake_store *store;
    bool running[BRAIN_COUNT], stopped[BRAIN_COUNT], spoke[BRAIN_COUNT];
    bool timed_out, called_off, blank;
    int ended, served;
    int64_t deadline_us;
    unsigned kind; /* of the next failure */
};

static void
take_jobs(struct play *p)
{
    for (size_t i = 0; i < p->r.jobs.count; i++) {
        const struct job *job = &p->r.jobs.v[i];
        if (job->kind == JOB_CALL) {
            assert_false(p->called_off); /* what was called off asks nobody */
            assert_false(p->running[job->brain]);
            p->running[job->brain] = true;
            p->stopped[job->brain] = p->spoke[job->brain] = false;
        }
        for (int b = 0; job->kind == JOB_CANCEL && b < BRAIN_COUNT; b++)
            if (p->r.call[b] == job->call)
                p->stopped[b] = true;
        if (job->kind == JOB_NOTIFY && job->notice == NOTIFY_TURN_ENDED)
            p->ended++;
        if (job->kind == JOB_NOTIFY && job->notice == NOTIFY_SERVED)
            p->served++;
    }
    fake_store_take(p->store, &p->r.jobs);
}

static void
check(const struct play *p, bool falls_back)
{
    const struct turn *t = conversation_last(engine_conversation(p->r.engine));
    fake_store_check(p->store, engine_conversation(p->r.engine));
    for (int b = 0; b < BRAIN_COUNT; b++)
        assert_int_equal(p->running[b], t->asked[b] && t->answers[b].status == STATUS_RUNNING);
    if (t->served != BRAIN_NONE) {
        enum answer_role role = t->answers[t->served].role;
        assert_true(answer_valid(&t->answers[t->served]));
        assert_true(role == ROLE_SERVED || role == ROLE_FALLBACK);
        assert_false(turn_hides(t, t->served));
        assert_int_equal(t->canonical, t->served);
        assert_int_equal(p->served, 1);
    }
    assert_int_equal(p->ended, !turn_answering(t));
    if (turn_answering(t))
        return;
    fake_store_check_ended(p->store);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = &t->answers[b];
        if (t->served != (enum brain_id)b && t->asked[b])
            assert_true(a->role == ROLE_COMPARED || a->role == ROLE_SHADOW);
        /* Nobody served: then everybody who may serve has been asked, and has failed by itself. */
        if (t->served == BRAIN_NONE && !p->called_off && falls_back)
            assert_true(t->asked[b] && !answer_valid(a) && a->status != STATUS_CANCELLED);
    }
}

static bool
possible(const struct play *p, enum step step, enum brain_id b)
{
    switch (step) {
    case TOKEN:
        return p->running[b] && !p->spoke[b] && !p->stopped[b];
    case BLANK:
        return p->running[b] && !p->spoke[b] && !p->blank && !p->stopped[b] && b == BRAIN_LLAMA;
    case WHOLE:
    case FAILURE:
        return p->running[b];
    case CANCELLED:
        return p->running[b] && p->stopped[b];
    case TIME_OUT:
        return b == 0 && !p->timed_out;
    case CALL_OFF:
        return b == 0 && !p->called_off;
    case STEP_COUNT:
        break;
    }
    return false;
}

static void
rig_fails(struct play *p, enum brain_id b)
{
    static const struct {
        enum answer_status status;
        enum error_kind kind;
    } kinds[] = {{STATUS_FAILED, ERR_CONNECT},    {STATUS_REFUSED, ERR_NONE},
                 {STATUS_TIMEOUT, ERR_TIMEOUT},   {STATUS_FAILED, ERR_AUTH},
                 {STATUS_FAILED, ERR_STREAM_CUT}, {STATUS_FAILED, ERR_EMPTY}};
    size_t k = p->kind++ % ARRAY_LEN(kinds);
    rig_done(&p->r, b, kinds[k].status, kinds[k].kind);
}

/* A silent LLAMA, which may have sent blanks, is given up if Claude can still answer, and else waited for. */
static void
time_out(struct play *p)
{
    const struct turn *t = rig_turn(&p->r);
    const struct answer *claude = &t->answers[BRAIN_CLAUDE];
    bool silent = t->route.brain == BRAIN_LLAMA && t->served == BRAIN_NONE && !p->called_off &&
                  p->running[BRAIN_LLAMA] && !p->spoke[BRAIN_LLAMA];
    bool asked = t->asked[BRAIN_CLAUDE];
    bool can = asked ? p->running[BRAIN_CLAUDE] || answer_valid(claude)
                     : engine_breaker(p->r.engine, BRAIN_CLAUDE)->failures == 0;
    rig_tick(&p->r, p->deadline_us);
    if (silent) {
        assert_int_equal(rig_cancels(&p->r, p->r.call[BRAIN_LLAMA]), can);
        assert_int_equal(t->route.fallback, can ? BRAIN_CLAUDE : BRAIN_NONE);
    }
}

static void
do_step(struct play *p, enum step step, enum brain_id b)
{
    struct rig *r = &p->r;
    r->now_us += 1000;
    switch (step) {
    case TOKEN:
        p->spoke[b] = true;
        rig_delta(r, b, "Halo");
        break;
    case BLANK:
        p->blank = true;
        rig_delta(r, b, "\n");
        break;
    case WHOLE:
        p->running[b] = false;
        if (!p->spoke[b]) {
            rig_delta(r, b, "Halo");
            take_jobs(p);
        }
        rig_done(r, b, STATUS_COMPLETE, ERR_NONE);
        break;
    case FAILURE:
        p->running[b] = false;
        rig_fails(p, b);
        break;
    case CANCELLED:
        p->running[b] = false;
        rig_done(r, b, STATUS_CANCELLED, ERR_CANCELLED);
        break;
    case TIME_OUT:
        p->timed_out = true;
        time_out(p);
        break;
    case CALL_OFF:
        p->called_off = true;
        rig_cancel(r);
        break;
    case STEP_COUNT:
        break;
    }
    take_jobs(p);
}

static void
play_begin(struct play *p, const struct setting *s, const struct config *config)
{
    static struct fake_store store;
    fake_store_finish(&store);
    store.turn_count = store.event_count = store.open = store.try_count = 0;
    *p = (struct play){.store = &store};
    rig_start(&p->r);
    engine_destroy(&p->r.engine);
    p->r.config = *config;
    p->r.config.mode = s->mode;
    p->r.config.route.hedge = s->hedge;
    p->r.config.shadow.percent = s->shadow_percent;
    p->r.config.breaker.failures = 100;
    p->r.engine =
        engine_create(&(struct engine_opts){.config = &p->r.config, .user = "mario", .seed = 7});
    engine_set(p->r.engine)->context = CONTEXT_OFF;
    engine_set(p->r.engine)->stage[CATEGORY_GENERAL] = s->stage;
    if (s->claude_refused) {
        p->r.config.breaker.failures = 1;
        p->r.config.breaker.cool_s = 1000000;
        engine_set_breaker(
            p->r.engine, BRAIN_CLAUDE,
            &(struct breaker){.failures = 1, .opened_at_us = rig_at(p->r.now_us).wall_us});
    }
    p->deadline_us = p->r.now_us + p->r.config.route.timeout_ms * (int64_t)US_PER_MS;
    assert_true(rig_submit(&p->r, "halo", BRAINS_BOTH));
    take_jobs(p);
}

/* Every sequence of possible steps: `path` is one of them, done again from the start since an engine cannot be copied. */
static long
explore(const struct setting *s, const struct config *config, unsigned char *path, int depth)
{
    struct play p;
    long leaves = 0;
    bool falls_back = s->mode != MODE_PARALLEL || !s->claude_refused;
    play_begin(&p, s, config);
    for (int i = 0; i < depth; i++)
        do_step(&p, (enum step)(path[i] / 2), (enum brain_id)(path[i] % 2));
    check(&p, falls_back);
    bool over = !turn_answering(rig_turn(&p.r));
    if (over) { /* a time that passes afterwards changes nothing */
        rig_tick(&p.r, p.deadline_us + 1);
        take_jobs(&p);
        check(&p, falls_back);
    }
    for (int k = 0; !over && k < STEP_COUNT * 2; k++) {
        assert_true(depth < MOST_STEPS);
        if (!possible(&p, (enum step)(k / 2), (enum brain_id)(k % 2)))
            continue;
        path[depth] = (unsigned char)k;
        leaves += explore(s, config, path, depth + 1);
    }
    rig_stop(&p.r);
    return leaves + over;
}

static void
whoever_can_still_serve_is_asked_and_what_serves_is_shown_and_stored(void **state)
{
    static const char llama[] = "route: {rules: {general: {brain: llama, fallback: claude}}}\n";
    static const char claude[] = "route: {rules: {general: {brain: claude, fallback: llama}}}\n";
    static const struct setting settings[] = {
        {llama, MODE_ROUTE, 100, 0, false, false},  {llama, MODE_ROUTE, 100, 0, true, false},
        {llama, MODE_ROUTE, 100, 0, false, true},   {llama, MODE_FULL, 100, 0, false, false},
        {llama, MODE_FULL, 100, 100, false, false}, {llama, MODE_FULL, 100, 100, true, false},
        {claude, MODE_ROUTE, 0, 0, false, false},   {claude, MODE_FULL, 0, 100, false, false},
        {claude, MODE_SHADOW, 0, 0, false, false},  {claude, MODE_SHADOW, 0, 100, false, false},
        {claude, MODE_SHADOW, 0, 0, false, true},   {claude, MODE_CONTEXT, 0, 0, false, false},
        {claude, MODE_JIWA, 0, 0, false, true},     {claude, MODE_PARALLEL, 0, 0, false, false},
    };
    unsigned char path[MOST_STEPS];
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        struct conf *conf =
            conf_load_text("rules", settings[i].rules, strlen(settings[i].rules), NULL);
        assert_non_null(conf);
        long orders = explore(&settings[i], conf_get(conf), path, 0);
        assert_true(orders > 20);
        print_message("%s, hedge %d, shadow %.0f: %ld orders\n", chat_mode_name(settings[i].mode),
                      settings[i].hedge, settings[i].shadow_percent, orders);
        conf_destroy(&conf);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_can_still_serve_is_asked_and_what_serves_is_shown_and_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
