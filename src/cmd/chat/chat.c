/* berdua chat: the screen on one side, the runner on the other; here they meet. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/log.h"
#include "berdua/base/mem.h"
#include "berdua/chat/sight.h"
#include "berdua/chat/spend.h"
#include "berdua/conf/conf.h"
#include "berdua/core/loop.h"
#include "berdua/session/stored_evidence.h"
#include "berdua/session/runner.h"
#include "berdua/route/breaker.h"
#include "berdua/store/query.h"
#include "berdua/store/writer.h"
#include "berdua/team/team.h"
#include "berdua/ui/terminal.h"
#include "berdua/ui/ui.h"
#include "chat_options.h"
#include "continue_offer.h"
#include "evidence_facts.h"
#include "held_notices.h"
#include "leave.h"
#include "linear.h"
#include "pages.h"
#include "screen_signals.h"
#include "cmd/cmd.h"
#include "cmd/demo/demo.h"
#include "cmd/out.h"
#include "cmd/team/team_words.h"
#include "session_command.h"
#include "session_facts.h"

enum { FIRST_TURNS = 200 };

struct chat {
    const struct config *config;
    struct loop *loop;
    struct runner *runner;
    struct ui *ui;
    int64_t began_us;
    struct sight *sight; /* what the screen is given of the conversation */
    struct pages *pages;
    struct demo *demo; /* NULL: answers are real */
    struct ui_facts facts;
    struct unsaved unsaved; /* facts point there */
    char *notice;
    char team[TEAM_WORDS_BYTES]; /* facts point there */
    struct held_notices held;
    struct {
        int64_t count, us;
    } judged; /* blind pairs, and how long they took */
};

static void
show_notice(struct chat *c, bool error, const char *text)
{
    free(c->notice);
    c->notice = xstrdup(text);
    c->facts.notice.serial++;
    c->facts.notice.text = c->notice;
    c->facts.notice.error = error;
    ui_changed(c->ui, UI_NOW);
}

/* Brings what is seen up to date; true: something of a blind pair looks different now. */
static bool
look(struct chat *c)
{
    return sight_look(c->sight, engine_conversation(runner_engine(c->runner)));
}

static void
refresh_facts(struct chat *c)
{
    look(c);
    session_facts(engine_conversation(runner_engine(c->runner)), &c->facts);
    c->facts.mode = engine_settings(runner_engine(c->runner))->mode;
    c->facts.measure = runner_measure(c->runner);
    c->facts.store.waiting = (int64_t)runner_unsaved(c->runner, &c->unsaved);
    c->facts.store.reason = c->unsaved.cause ? c->unsaved.reason : NULL;
    c->facts.store.since_wall_us = c->unsaved.since_wall_us;
    c->facts.store.lost = c->unsaved.cause == UNSAVED_LOST;
    const struct spend *spend = engine_spend(runner_engine(c->runner));
    c->facts.cost.month_usd = spend ? spend_total(spend) : NAN;
    c->facts.cost.warm_up_usd = spend ? spend->warm_up_usd : 0;
    c->facts.cost.month_gaps = spend && spend->unknown > 0;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct breaker *breaker = engine_breaker(runner_engine(c->runner), (enum brain_id)b);
        c->facts.brain[b].paused =
            breaker_state(breaker, breaker_limits(c->config), clock_wall_us()) != BREAKER_CLOSED;
        c->facts.brain[b].warm_up = engine_warming(runner_engine(c->runner), (enum brain_id)b);
        c->facts.brain[b].cold_starts = *runner_cold_starts(c->runner, (enum brain_id)b);
    }
    evidence_facts(&c->facts.evidence, runner_evidence(c->runner), c->config);
    if (c->demo)
        demo_look(c->demo, sight_conversation(c->sight));
    c->facts.blind.on = engine_blind(runner_engine(c->runner));
    c->facts.blind.each_s =
        c->judged.count ? (double)c->judged.us / US_PER_S / (double)c->judged.count : NAN;
    session_facts_veil(sight_conversation(c->sight), &c->facts);
}

/* Nothing of a pair that is still answered is seen, and so nothing is painted for it; only an end can change that. */
static bool
is_unseen(struct chat *c, const struct job *job)
{
    bool step = job->notice == NOTIFY_DELTA || job->notice == NOTIFY_FIRST_TOKEN ||
                job->notice == NOTIFY_PHASE || job->notice == NOTIFY_CONNECTED ||
                job->notice == NOTIFY_WAITING || job->notice == NOTIFY_RETRY ||
                job->notice == NOTIFY_TAKEN_BACK;
    bool end = job->notice == NOTIFY_ANSWER || job->notice == NOTIFY_SERVED;
    return (step || end) && job->turn && turn_veiled(job->turn) && (step || !look(c));
}

static void
on_notice(void *arg, const struct job *job)
{
    struct chat *c = arg;
    if (c->ui == NULL)
        return; /* the screen has gone; only the rest is being written */
    const struct conversation *real = engine_conversation(runner_engine(c->runner));
    if (is_unseen(c, job) || held_notices_take(&c->held, job, real))
        return;
    if (job->notice != NOTIFY_DELTA && job->notice != NOTIFY_FIRST_TOKEN)
        refresh_facts(c);
    switch (job->notice) {
    case NOTIFY_DELTA:
        ui_changed(c->ui, UI_SOON);
        break;
    case NOTIFY_NOTICE:
    case NOTIFY_ERROR:
    case NOTIFY_SAVED:
        show_notice(c, job->notice == NOTIFY_ERROR, job->text);
        break;
    case NOTIFY_VERDICT: /* "saving" stands beside the verdict */
    case NOTIFY_FIRST_TOKEN:
        ui_changed(c->ui, UI_NOW);
        break;
    default:
        ui_changed(c->ui, UI_STATE);
        break;
    }
    held_notices_release(&c->held, real, on_notice, c);
}

/* What the operator was told to repair, is: that is said once. A lock comes and goes by itself. */
static void
on_unsaved(void *arg, const struct unsaved *now)
{
    struct chat *c = arg;
    bool repaired = c->unsaved.cause > UNSAVED_BUSY && now->cause == UNSAVED_NOTHING;
    if (!c->ui)
        return;
    refresh_facts(c);
    if (repaired)
        show_notice(c, false, "everything is saved again");
    ui_changed(c->ui, UI_STATE);
}

static void
on_team(void *arg, const struct team_news *n)
{
    struct chat *c = arg;
    if (!c->ui)
        return;
    c->facts.team = team_words(n->to_send, n->heard_wall_us, n->trouble, c->team);
    ui_changed(c->ui, UI_STATE);
}

/* ---- what the operator does ---- */

static void
typed(void *arg)
{
    struct chat *c = arg;
    if (!c->runner)
        return;
    runner_prepare(c->runner);
    runner_read_evidence(c->runner);
}

/* The conversation that was chosen from the stored ones. */
static void
go_on_with(void *arg, struct conversation *take_c, const char *why)
{
    struct chat *c = arg;
    struct err err = {0};
    if (!take_c) {
        show_notice(c, true, why);
        return;
    }
    if (!runner_take_conversation(c->runner, take_c, &err)) {
        show_notice(c, true, err.text);
        return;
    }
    refresh_facts(c);
    ui_set_conversation(c->ui, sight_conversation(c->sight));
    show_notice(c, false, "going on with this session");
}

static void
open_session(struct chat *c, const char *id)
{
    if (strcmp(engine_conversation(runner_engine(c->runner))->id, id) == 0)
        show_notice(c, false, "this is that session");
    else
        pages_read_session(c->pages, id, FIRST_TURNS, go_on_with, c);
}

static void
perform(void *arg, enum action action, const struct turn *about, const char *argument)
{
    struct chat *c = arg;
    struct err err = {0}, said = {0};
    if (action == ACT_SESSIONS) {
        open_session(c, argument);
        return;
    }
    if (action == ACT_QUIT) {
        loop_stop(c->loop, EXIT_DONE);
        return;
    }
    const char *chosen =
        action == ACT_SEND && c->demo && argument ? demo_message(c->demo, argument) : NULL;
    if (chosen)
        argument = chosen;
    if (action == ACT_SEND && c->facts.notice.text) {
        c->facts.notice.serial++;
        c->facts.notice.text = NULL;
    }
    if (!session_perform(c->runner, action, about ? about->id : NULL, argument, &said, &err)) {
        show_notice(c, action != ACT_SEND, err.text); /* what was not sent has not failed */
        if (action == ACT_SEND && argument)
            ui_put_back(c->ui, argument);
        return;
    }
    if (action == ACT_NEW_SESSION || action == ACT_END) {
        refresh_facts(c);
        ui_set_conversation(c->ui, sight_conversation(c->sight));
    }
    if (said.text[0]) {
        refresh_facts(c);
        show_notice(c, false, said.text);
    }
}

static void
judge(void *arg, const struct turn *about, const struct verdict *by_sides)
{
    struct chat *c = arg;
    struct err err = {0};
    const struct turn *t =
        conversation_find(engine_conversation(runner_engine(c->runner)), about->id);
    bool first = t && t->verdict.kind == VERDICT_NONE && by_sides->kind != VERDICT_UNDO;
    if (!session_judge(c->runner, about->id, by_sides, &err)) {
        show_notice(c, true, err.text);
    } else if (first && by_sides->kind != VERDICT_REVEAL && t->shown_us > 0) {
        c->judged.count++;
        c->judged.us += clock_us() - t->shown_us;
    }
}

static void
load_page(void *arg, enum action page, const char *about, const char *marked)
{
    struct chat *c = arg;
    pages_ask(c->pages, c->ui, page, about, marked, c->runner ? runner_measure(c->runner) : NULL);
}

/* ---- the demo ---- */

static void
demo_enters(void *arg, const char *line)
{
    ui_enter(((struct chat *)arg)->ui, line);
}

static void
demo_types(void *arg, const char *text)
{
    ui_type(((struct chat *)arg)->ui, text);
}

static void
demo_changed(void *arg)
{
    struct chat *c = arg;
    if (c->ui)
        ui_guide_changed(c->ui);
}

static bool
demo_takes_key(void *arg, const char *key, const char *typed)
{
    struct chat *c = arg;
    return c->demo && demo_key(c->demo, key, typed);
}

static int64_t
before_wait(void *arg)
{
    struct chat *c = arg;
    int64_t guide = c->demo ? demo_tick(c->demo) : NEVER_US, ui = ui_before_wait(c->ui);
    return guide < ui ? guide : ui;
}

/* ---- life ---- */

static void
begin_demo(struct chat *c, const char *const *v)
{
    if (!chat_is_demo(v))
        return;
    c->demo = demo_create(
        c->config, chat_demo_speed(v[OPT_SPEED]),
        &(struct demo_ops){
            .arg = c, .enter = demo_enters, .type = demo_types, .changed = demo_changed});
    c->facts.guide = demo_guide(c->demo);
    if (v[OPT_TOUR])
        demo_start_tour(c->demo);
}

/* What is known before there is a runner. */
static void
first_facts(struct chat *c, const struct config *config, const struct conversation *first,
            const char *const *options_given)
{
    c->facts.user = config->user;
    c->facts.mode = config->mode;
    c->facts.simulated = chat_is_demo(options_given);
    c->facts.cost.month_usd = NAN;
    c->facts.cost.cap_usd = config->budget.usd_per_month;
    c->facts.blind.on = config->evaluate.blind && config->mode == MODE_PARALLEL;
    c->facts.blind.rater = config_rater(config);
    c->facts.blind.each_s = NAN;
    c->sight = sight_create();
    sight_look(c->sight, first);
    session_facts(first, &c->facts);
    session_facts_veil(sight_conversation(c->sight), &c->facts);
    begin_demo(c, options_given);
}

static void
how_it_went(const struct chat *c, const struct globals *g, struct buf *out)
{
    bool named = strcmp(c->config->user, "anonymous") != 0;
    leave_text(out, &(struct leave){.conversation = sight_conversation(c->sight),
                                    .facts = &c->facts,
                                    .config = c->config,
                                    .user = named ? c->config->user : NULL,
                                    .db = c->facts.simulated ? NULL : g->db,
                                    .config_file = g->config_file,
                                    .lasted_us = clock_us() - c->began_us});
}

/* The demo has no team. */
static struct runner *
start_runner(struct chat *c, const char *const *options_given, struct err *err)
{
    return session_start(
        (struct runner_opts){.config = c->config,
                             .loop = c->loop,
                             .record_dir = options_given[OPT_RECORD],
                             .on_notice = on_notice,
                             .on_unsaved = on_unsaved,
                             .on_team = chat_is_demo(options_given) ? NULL : on_team,
                             .arg = c},
        err);
}

static int
run_screen(const struct config *config, const struct globals *g, const char *const *options_given,
           struct conversation *take_conversation)
{
    struct chat c = {.config = config, .began_us = clock_us()};
    struct screen_signals signals = {.ui = &c.ui};
    struct err err = {0};
    struct buf left;
    int code = EXIT_FAILED;
    buf_init(&left, SIZE_MAX);
    struct conversation *loaded = take_conversation;
    /* What is shown until the runner, which is made after the first paint, owns a conversation. */
    struct conversation *blank = loaded ? NULL : conversation_create(config->user);
    first_facts(&c, config, loaded ? loaded : blank, options_given);
    signals.loop = c.loop = loop_create(&err);
    if (!c.loop || !screen_signals_watch(&signals, &err))
        goto out;
    c.pages = pages_create(config, c.loop);
    c.ui = ui_create(config, c.loop,
                     &(struct ui_ops){.arg = &c,
                                      .typed = typed,
                                      .perform = perform,
                                      .judge = judge,
                                      .pages = page_table,
                                      .load = load_page,
                                      .words = page_words,
                                      .guide_key = demo_takes_key},
                     sight_conversation(c.sight), &c.facts, !g->no_color, &err);
    if (!c.ui)
        goto out;
    c.runner = start_runner(&c, options_given, &err);
    if (!c.runner)
        goto out;
    if (loaded)
        runner_take_conversation(c.runner, loaded, NULL);
    if (loaded)
        runner_read_evidence(c.runner);
    loaded = NULL;
    refresh_facts(&c);
    ui_set_conversation(c.ui, sight_conversation(c.sight));
    loop_set_before_wait(c.loop, before_wait, &c);
    runner_warm_up(c.runner, WARM_UP_AT_START);
    code = loop_run(c.loop);
    loop_set_before_wait(c.loop, NULL, NULL);
    refresh_facts(&c);
    how_it_went(&c, g, &left);
out:
    pages_destroy(&c.pages);
    ui_destroy(&c.ui);
    demo_destroy(&c.demo);
    out_text(stdout, left.p, left.len);
    buf_finish(&left);
    code = session_over(&c.runner, &c.loop, &err, code);
    conversation_destroy(&loaded);
    conversation_destroy(&blank);
    sight_destroy(&c.sight);
    held_notices_finish(&c.held);
    free(c.notice);
    return code;
}

/* The session of that id, or NULL: the user's latest. NULL with err empty: nothing to go on with. */
static struct conversation *
load_conversation(const struct config *config, const char *id, struct err *err)
{
    struct store *q = store_open(config->store_url, err);
    if (!q)
        return NULL;
    struct conversation *c = id ? query_session(q, id, 0, FIRST_TURNS, err)
                                : query_latest(q, config->user, FIRST_TURNS, err);
    store_close(&q);
    return c;
}

/* The session that is asked for, or that the operator agrees to; then the configuration is loaded anew for its user. */
static struct conversation *
go_on(struct conf **conf, struct conf_flags *flags, const char *const *v, struct err *err)
{
    struct conversation *c = load_conversation(conf_get(*conf), v[OPT_SESSION], err);
    bool person = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (c || err->text[0])
        return c;
    char *user = continue_offer(conf_get(*conf), person && !v[OPT_USER]);
    if (!user)
        return NULL;
    flags->user = user;
    struct conf *theirs = chat_is_demo(v) ? conf_demo(flags, err) : conf_load(flags, err);
    free(user);
    flags->user = NULL;
    if (!theirs)
        return NULL;
    conf_destroy(conf);
    *conf = theirs;
    return load_conversation(conf_get(theirs), NULL, err);
}

static int
run_chat(const struct globals *g, const struct cmd_args *given)
{
    const char *const *v = given->values;
    struct err err = {0};
    int code = chat_wrong_usage(given);
    if (code)
        return code;
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    const struct ui_terminal driven = ui_terminal();
    bool linear = v[OPT_LINEAR] || !terminal || !driven.described;
    struct conf_flags flags = {.file = g->config_file,
                               .mode = v[OPT_BLIND] ? "parallel" : v[OPT_MODE],
                               .user = v[OPT_USER],
                               .db = g->db,
                               .rater = v[OPT_RATER],
                               .blind = v[OPT_BLIND] != NULL,
                               .unrecorded = demo_unrecorded(linear),
                               .pace = chat_demo_speed(v[OPT_SPEED])};
    struct conf *conf = chat_is_demo(v) ? conf_demo(&flags, &err) : conf_load(&flags, &err);
    if (!conf) {
        out_say("%s\n", err.text);
        return EXIT_CONFIG;
    }
    const struct config *config;
    struct conversation *c = NULL;
    if (v[OPT_CONTINUE] || v[OPT_SESSION])
        c = go_on(&conf, &flags, v, &err);
    if (err.text[0]) {
        out_say("berdua: %s\n", err.text);
        conf_destroy(&conf);
        return EXIT_FAILED;
    }
    config = conf_get(conf);
    if (terminal && !driven.described && !v[OPT_LINEAR] && !g->quiet)
        out_say("berdua: %s, so the chat is linear; for a screen: %s\n", driven.why, driven.remedy);
    if (!chat_is_demo(v) && !team_check(config, &err)) {
        out_say("berdua: %s\n", err.text);
        code = EXIT_CONFIG;
    } else if (linear) {
        struct demo *demo =
            chat_is_demo(v) ? demo_create(config, chat_demo_speed(v[OPT_SPEED]), NULL) : NULL;
        code = linear_chat(config, g, v[OPT_RECORD], c, demo, v[OPT_TOUR] != NULL);
        demo_destroy(&demo);
        c = NULL;
    } else if (!g->no_color && !cmd_screen_good(conf, &err)) {
        out_say("%s\n", err.text);
        code = EXIT_CONFIG;
    } else {
        cmd_open_log(g);
        code = run_screen(config, g, v, c);
        c = NULL;
    }
    conversation_destroy(&c);
    log_close();
    conf_destroy(&conf);
    return code;
}

const struct command command_chat = {
    .name = "chat",
    .options = chat_options,
    .option_count = OPT_COUNT,
    .alone = {NULL, "", 0, CMD_WORDS_MOST},
    .help = "the screen; also without any command",
    .run = run_chat,
};
