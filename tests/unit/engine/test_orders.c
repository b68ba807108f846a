/* Whatever arrives in whatever order, in every mode that gives a cultural context: bounded calls of LLAMA, Claude never
 * held back past the grace, every turn ended once, every late text kept once. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/brain/call.h"
#include "berdua/conf/conf.h"
#include "berdua/measure/measure.h"
#include "berdua/engine/context_lookup.h"
#include "engine_rig.h"

enum { MAX_LIVE = 32, MAX_TURNS = 12, STEPS = 120, ROUNDS = 600 };

struct live {
    uint32_t call;
    enum brain_id brain;
    enum call_purpose purpose;
    bool cancelled;
};

/* What was seen of one turn. */
struct seen {
    const struct turn *turn;
    int64_t begun_us;
    int contexts, answers_of_llama, kept, ended;
    bool cancelled;
};

struct world {
    struct rig r;
    struct rng rng;
    struct live live[MAX_LIVE];
    int live_count;
    uint32_t look_up; /* 0: none is out */
    struct seen seen[MAX_TURNS];
    int turns;
};

static struct seen *
of(struct world *w, const struct turn *t)
{
    for (int i = 0; i < w->turns; i++)
        if (w->seen[i].turn == t)
            return &w->seen[i];
    assert_true(w->turns < MAX_TURNS);
    w->seen[w->turns] = (struct seen){.turn = t, .begun_us = w->r.now_us};
    return &w->seen[w->turns++];
}

static void
took_call(struct world *w, const struct job *job)
{
    struct seen *s = of(w, job->turn);
    assert_false(s->cancelled); /* what was called off asks nobody again */
    assert_true(w->live_count < MAX_LIVE);
    w->live[w->live_count++] = (struct live){job->call, job->brain, job->purpose, false};
    if (job->purpose == CALL_CONTEXT)
        s->contexts++;
    else if (job->brain == BRAIN_LLAMA)
        s->answers_of_llama++;
    assert_true(s->contexts <= 1 && s->answers_of_llama <= 1);
    bool first = job->purpose == CALL_ANSWER && job->brain == BRAIN_CLAUDE &&
                 job->turn->route.fallback != BRAIN_CLAUDE;
    if (first && job->turn->context.wanted)
        assert_true(w->r.now_us - s->begun_us <= w->r.config.context.grace_ms * (int64_t)US_PER_MS);
}

/* Of the jobs of one input. */
static void
take_jobs(struct world *w)
{
    for (size_t i = 0; i < w->r.jobs.count; i++) {
        const struct job *job = &w->r.jobs.v[i];
        if (job->kind == JOB_CALL)
            took_call(w, job);
        else if (job->kind == JOB_LOOK_UP)
            w->look_up = job->call;
        else if (job->kind == JOB_PUT_CONTEXT)
            assert_int_equal(++of(w, job->turn)->kept, 1);
        else if (job->kind == JOB_NOTIFY && job->notice == NOTIFY_TURN)
            of(w, job->turn);
        else if (job->kind == JOB_NOTIFY && job->notice == NOTIFY_TURN_ENDED)
            assert_int_equal(++of(w, job->turn)->ended, 1);
        for (int k = 0; job->kind == JOB_CANCEL && k < w->live_count; k++)
            if (w->live[k].call == job->call)
                w->live[k].cancelled = true;
    }
    jobs_clear(&w->r.jobs);
}

static void
end_call(struct world *w, int i)
{
    static const struct {
        enum answer_status status;
        enum error_kind kind;
        const char *text;
    } ends[] = {
        {STATUS_COMPLETE, ERR_NONE, "They are ashamed to ask. Be warm first."},
        {STATUS_COMPLETE, ERR_NONE, "They are ashamed to ask. Be warm first."},
        {STATUS_CUT, ERR_NONE, "They are ashamed to ask. Be warm and th"},
        {STATUS_COMPLETE, ERR_NONE, "  "},
        {STATUS_FAILED, ERR_CONNECT, NULL},
        {STATUS_FAILED, ERR_STREAM_CUT, "They are"},
        {STATUS_TIMEOUT, ERR_TIMEOUT, NULL},
        {STATUS_REFUSED, ERR_NONE, "No."},
    };
    struct live l = w->live[i];
    w->live[i] = w->live[--w->live_count];
    size_t end = rng_below(&w->rng, ARRAY_LEN(ends));
    w->r.context_call = l.call; /* a call by its number, whatever it is for */
    if (l.cancelled && rng_below(&w->rng, 4))
        rig_context(&w->r, NULL, STATUS_CANCELLED, ERR_CANCELLED);
    else if (ends[end].text) {
        rig_delta_of(&w->r, l.call, ends[end].text);
        take_jobs(w);
        rig_context(&w->r, NULL, ends[end].status, ends[end].kind);
    } else {
        rig_context(&w->r, NULL, ends[end].status, ends[end].kind);
    }
    take_jobs(w);
}

static void
look_up_ends(struct world *w)
{
    w->r.look_up = w->look_up;
    w->look_up = 0;
    rig_found(&w->r, rng_below(&w->rng, 2) ? "A saved note of some words." : NULL,
              rng_below(&w->rng, 2) ? "malu" : NULL);
    take_jobs(w);
}

static void
time_passes(struct world *w)
{
    int64_t to = w->r.now_us + rng_below(&w->rng, 400) * (int64_t)US_PER_MS;
    while (engine_deadline(w->r.engine) <= to) {
        rig_tick(&w->r, engine_deadline(w->r.engine));
        take_jobs(w);
    }
    w->r.now_us = to;
}

static void
cancel(struct world *w)
{
    for (int i = 0; i < w->turns; i++)
        w->seen[i].cancelled = w->seen[i].cancelled || turn_running(w->seen[i].turn);
    rig_cancel(&w->r);
    take_jobs(w);
}

static void
submit(struct world *w)
{
    static const char *const messages[] = {
        "aku malu bertanya tentang visa", "aku takut sekali dan sedih", "berapa biaya KITAS?",
        "@llama aku malu bertanya",       "@claude aku malu bertanya",  "halo kak",
    };
    if (w->turns >= MAX_TURNS - 1) /* one may be waiting */
        return;
    rig_submit(&w->r, messages[rng_below(&w->rng, ARRAY_LEN(messages))], BRAINS_BOTH);
    take_jobs(w);
}

static void
step(struct world *w)
{
    switch (rng_below(&w->rng, 8)) {
    case 0:
    case 1:
        submit(w);
        break;
    case 2:
    case 3:
    case 4:
        if (w->live_count)
            end_call(w, (int)rng_below(&w->rng, (uint32_t)w->live_count));
        break;
    case 5:
        if (w->look_up)
            look_up_ends(w);
        break;
    case 6:
        time_passes(w);
        break;
    default:
        if (rng_below(&w->rng, 4) == 0)
            cancel(w);
        break;
    }
}

static void
check_end(const struct world *w)
{
    assert_false(engine_busy(w->r.engine));
    for (int i = 0; i < w->turns; i++) {
        const struct turn *t = w->seen[i].turn;
        assert_int_equal(w->seen[i].ended, 1);
        assert_false(turn_running(t));
        for (int b = 0; b < BRAIN_COUNT; b++) {
            const struct answer *a = &t->answers[b];
            bool serves = t->asked[b] && a->role != ROLE_SHADOW && !a->late && answer_valid(a);
            assert_true(!serves || t->served != BRAIN_NONE || w->seen[i].cancelled);
        }
    }
}

static void
run(enum chat_mode mode, uint64_t seed)
{
    struct world w = {.rng = {seed}};
    struct conf *conf = conf_load_text("defaults", "", 0, NULL);
    static struct measure *measure; /* read once for all rounds */
    if (!measure)
        measure = measure_create(NULL, NULL);
    rig_start(&w.r);
    engine_destroy(&w.r.engine);
    w.r.config = *conf_get(conf);
    w.r.config.route.hedge = seed & 1;
    w.r.config.shadow.percent = seed & 2 ? 100 : 50;
    w.r.config.breaker.failures = seed & 4 ? 2 : 100;
    w.r.engine = engine_create(&(struct engine_opts){
        .config = &w.r.config, .user = "mario", .seed = seed, .measure = measure});
    for (int c = 0; c < CATEGORY_COUNT; c++)
        engine_set(w.r.engine)->stage[c] = seed & 8 ? 100 : 0;
    engine_set(w.r.engine)->mode = mode;
    for (int i = 0; i < STEPS; i++)
        step(&w);
    while (w.live_count || w.look_up || engine_busy(w.r.engine)) {
        if (w.look_up)
            look_up_ends(&w);
        if (w.live_count)
            end_call(&w, (int)rng_below(&w.rng, (uint32_t)w.live_count));
        time_passes(&w);
    }
    check_end(&w);
    rig_stop(&w.r);
    conf_destroy(&conf);
}

static void
full_holds_its_bounds_in_every_order(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        run(MODE_FULL, seed);
}

static void
context_holds_its_bounds_in_every_order(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        run(MODE_CONTEXT, seed);
}

static void
the_other_modes_end_every_turn_once_too(void **state)
{
    (void)state;
    static const enum chat_mode modes[] = {MODE_PARALLEL, MODE_SHADOW, MODE_ROUTE, MODE_JIWA};
    for (size_t m = 0; m < ARRAY_LEN(modes); m++)
        for (uint64_t seed = 1; seed <= ROUNDS / 4; seed++)
            run(modes[m], seed);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_holds_its_bounds_in_every_order),
        cmocka_unit_test(context_holds_its_bounds_in_every_order),
        cmocka_unit_test(the_other_modes_end_every_turn_once_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
