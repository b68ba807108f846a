/* berdua judge: a model as judge of stored pairs. */
#include "judge_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/core/loop.h"
#include "berdua/store/spend_store.h"
#include "cmd/out.h"
#include "cmd/values.h"

enum { OPT_SINCE, OPT_LIMIT, OPT_YES, OPT_JOBS, OPT_DRY_RUN, OPT_JSON };
static const struct cmd_option options[] = {
    [OPT_SINCE] = {"since", "TIME", .help = "only pairs since then"},
    [OPT_LIMIT] = {"limit", "PAIRS", .help = "so many pairs at most"},
    [OPT_YES] = {"yes", .help = "go on without asking"},
    [OPT_JOBS] = {"jobs", "CALLS", 'j', .help = "so many calls at once"},
    [OPT_DRY_RUN] = {"dry-run", .help = "say what it would cost and ask nothing"},
    [OPT_JSON] = {"json", .help = "one JSON document"}};

enum { JOBS_MOST = 64, LIMIT_MOST = 100000000 };

/* ---- what is wanted ---- */

static int
read_wish(const struct cmd_args *a, struct judge_wish *w)
{
    const struct command *own = &command_judge;
    int64_t limit = 0, jobs = 0;
    *w = (struct judge_wish){.since_us = INT64_MIN,
                             .yes = a->values[OPT_YES],
                             .dry_run = a->values[OPT_DRY_RUN],
                             .json = a->values[OPT_JSON]};
    int code = value_time(own, a, OPT_SINCE, &w->since_us);
    code = code ? code : value_number(own, a, OPT_LIMIT, 1, LIMIT_MOST, &limit);
    code = code ? code : value_number(own, a, OPT_JOBS, 1, JOBS_MOST, &jobs);
    if (code)
        return code;
    w->limit = (size_t)limit;
    w->jobs = (int)jobs;
    if (!w->yes && !w->dry_run && !(isatty(STDIN_FILENO) && isatty(STDERR_FILENO)))
        return cmd_usage("judge", "nobody is there to be asked whether the calls may cost what "
                                  "they cost: say --yes, or --dry-run to see it");
    return 0;
}

/* ---- money ---- */

/* The lesser of judge.max_usd and what the month's budget leaves for this brain. */
static bool
find_cap(struct judge_job *j, struct err *err)
{
    double month = j->config->budget.usd_per_month;
    struct spend spend;
    j->cap_usd = j->config->judge.max_usd;
    j->cap_key = "judge.max_usd";
    if (isnan(month) || j->choice.simulated)
        return true;
    struct spend_store *s = spend_store_open(j->config->store_url, err);
    bool ok = s && spend_since(s, month_start(clock_wall_us()), month, &spend, err);
    spend_store_close(&s);
    if (!ok)
        return false;
    double rest =
        spend_stops(&spend, j->choice.brain, month) ? 0 : fmax(month - spend_total(&spend), 0);
    if (rest < j->cap_usd) {
        j->cap_usd = rest;
        j->cap_key = "what budget.usd_per_month leaves";
    }
    return true;
}

/* ---- the run ---- */

static void
say_line(void *arg, const char *line)
{
    struct judge_job *j = arg;
    progress_line_clear(&j->view);
    out_say("berdua: %s\n", line);
}

static void
show_progress(void *arg, const struct judge_progress *p)
{
    judge_progress_show(arg, p);
}

static void
stop_run(void *arg, bool at_once)
{
    judge_run_stop(((struct judge_job *)arg)->run, at_once);
}

static bool
run_loop(struct judge_job *j, struct err *err)
{
    progress_line_begin(&j->view, j->quiet);
    j->interrupts =
        (struct interrupts){.what = "calls", .view = &j->view, .stop = stop_run, .arg = j};
    if (!interrupts_watch(&j->interrupts, j->loop, err) ||
        !judge_run_start(j->run, &j->plan, j->jobs, j->cap_usd, err))
        return false;
    loop_run(j->loop);
    j->saved = judge_run_finish(j->run, &j->done);
    progress_line_clear(&j->view);
    return true;
}

static int
exit_code(const struct judge_job *j)
{
    bool left = j->done.failed || j->done.stop != JUDGE_STOP_NONE;
    if (!j->saved || j->done.stop == JUDGE_STOP_STORE)
        return EXIT_FAILED;
    if (j->interrupts.signo)
        return 128 + j->interrupts.signo;
    if (!left)
        return EXIT_DONE;
    return j->done.calls ? EXIT_PARTLY : EXIT_NONE_SERVED;
}

/* With the plan read. */
static int
ask_and_run(struct judge_job *j, struct err *err)
{
    if (j->plan.count == 0) {
        j->saved = true;
        judge_print_end(j);
        return EXIT_DONE;
    }
    if (!j->quiet || !j->wish.yes)
        judge_say_plan(j);
    if (!j->wish.yes && !judge_confirm()) {
        out_say("berdua: nothing was asked\n");
        return EXIT_FAILED;
    }
    if (!run_loop(j, err))
        return EXIT_FAILED;
    judge_print_end(j);
    return exit_code(j);
}

static int
run_all(struct judge_job *j, struct store *store, struct err *err)
{
    struct judge_run_opts opts = {.config = j->config,
                                  .choice = &j->choice,
                                  .changed = show_progress,
                                  .say = say_line,
                                  .arg = j};
    int code = EXIT_FAILED;
    j->loop = opts.loop = loop_create(err);
    j->run = j->loop ? judge_run_create(&opts, err) : NULL;
    if (j->run && judge_run_plan(j->run, store, j->wish.since_us, j->wish.limit, &j->plan, err))
        code = ask_and_run(j, err);
    judge_run_destroy(&j->run);
    loop_destroy(&j->loop);
    return code;
}

static int
dry_run(struct judge_job *j, struct store *store, struct err *err)
{
    if (!judge_plan_read(&j->plan, store, &j->choice, j->wish.since_us, j->wish.limit, err))
        return EXIT_FAILED;
    judge_print_plan(j);
    return EXIT_DONE;
}

static int
check_judge(const struct cmd_args *a)
{
    struct judge_wish w;
    return read_wish(a, &w);
}

static int
work_judge(const struct cmd_args *a, struct err *err)
{
    struct judge_job j = {.quiet = a->globals->quiet, .config = a->config};
    int code = read_wish(a, &j.wish);
    if (code)
        return code;
    j.choice = judge_choose(j.config);
    j.jobs = j.wish.jobs ? j.wish.jobs : j.config->workers;
    if (!find_cap(&j, err))
        return EXIT_FAILED;
    code = (j.wish.dry_run ? dry_run : run_all)(&j, a->store, err);
    judge_plan_finish(&j.plan);
    return code;
}

const struct command command_judge = {
    .name = "judge",
    CMD_TABLE(option, options),
    .help = "a model as judge of stored pairs, in both orders; its votes stand apart",
    .check = check_judge,
    .work = work_judge,
    .stored = true,
};
