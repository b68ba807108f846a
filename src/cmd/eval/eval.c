/* berdua eval: the messages of a file are asked, several at once; the pairs wait for review. */
#include "eval_parts.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/path.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/core/loop.h"
#include "berdua/measure/measure.h"
#include "cmd/cmd.h"
#include "cmd/out.h"
#include "cmd/values.h"

enum { OPT_OUTPUT, OPT_JOBS, OPT_RESUME, OPT_LIMIT, OPT_MODE, OPT_USER };
static const struct cmd_option options[] = {
    [OPT_OUTPUT] = {"output", "OUT", 'o', .help = "where the rows go, instead of standard output"},
    [OPT_JOBS] = {"jobs", "JOBS", 'j', .help = "so many rows at once"},
    [OPT_RESUME] = {"resume", .help = "go on: what stands is not asked again"},
    [OPT_LIMIT] = {"limit", "ROWS", .help = "only so many rows from the first one"},
    [OPT_MODE] = {"mode", "MODE", 'm',
                  .help = "the mode: parallel, shadow, context, route, jiwa or full"},
    [OPT_USER] = {"user", "USER", 'u', .help = "whose sessions they are, instead of anonymous"}};

enum { JOBS_MOST = 64, ROWS_MOST = 100000000, FILE_BYTES = 1 << 30 };

/* ---- what is wanted ---- */

static int
read_wish(struct eval_job *j, const struct cmd_args *a)
{
    const struct command *own = &command_eval;
    int64_t limit = 0, jobs = 0;
    int mode;
    int code = value_number(own, a, OPT_LIMIT, 1, ROWS_MOST, &limit);
    code = code ? code : value_number(own, a, OPT_JOBS, 1, JOBS_MOST, &jobs);
    code = code ? code : value_word(own, a, OPT_MODE, chat_mode_parse, &mode);
    if (code)
        return code;
    *j = (struct eval_job){.file = a->words[0],
                           .output = a->values[OPT_OUTPUT],
                           .resume = a->values[OPT_RESUME],
                           .limit = (size_t)limit,
                           .jobs = (int)jobs};
    return 0;
}

static bool
read_rows(struct eval_job *j, struct err *err)
{
    bool piped = strcmp(j->file, "-") == 0;
    struct buf text;
    buf_init(&text, FILE_BYTES);
    bool ok = piped ? stdin_read(&text, err) : path_read(j->file, &text, err);
    ok =
        ok && eval_rows_parse(&j->rows, piped ? "stdin" : j->file, text.p, text.len, j->limit, err);
    buf_finish(&text);
    return ok;
}

/* ---- the run ---- */

static void
say_line(void *arg, const char *line)
{
    struct eval_job *j = arg;
    progress_line_clear(&j->view);
    out_say("berdua: %s\n", line);
}

static void
show_progress(void *arg, const struct eval_progress *p)
{
    eval_progress_show(arg, p);
}

static void
stop_run(void *arg, bool at_once)
{
    eval_run_stop(((struct eval_job *)arg)->run, at_once);
}

static bool
run_loop(struct eval_job *j, struct err *err)
{
    struct eval_run_opts opts = {.config = j->config,
                                 .loop = j->loop,
                                 .user = j->user,
                                 .rows = &j->rows,
                                 .output = &j->out,
                                 .measure = j->measure,
                                 .jobs = j->jobs,
                                 .resume = j->resume,
                                 .changed = show_progress,
                                 .say = say_line,
                                 .arg = j};
    progress_line_begin(&j->view, j->quiet);
    j->interrupts =
        (struct interrupts){.what = "rows", .view = &j->view, .stop = stop_run, .arg = j};
    j->run = eval_run_create(&opts, err);
    if (!j->run || !interrupts_watch(&j->interrupts, j->loop, err))
        return false;
    loop_run(j->loop);
    j->saved = eval_run_finish(j->run, &j->done);
    progress_line_clear(&j->view);
    return true;
}

static int
exit_code(const struct eval_job *j)
{
    if (!j->saved)
        return EXIT_FAILED;
    if (j->interrupts.signo)
        return 128 + j->interrupts.signo;
    return j->done.stood + j->done.written == j->done.rows ? EXIT_DONE : EXIT_FAILED;
}

static int
eval_rows(struct eval_job *j, struct err *err)
{
    int code = EXIT_FAILED;
    bool ok = read_rows(j, err) && eval_output_open(&j->out, j->output, j->resume, err);
    if (ok && j->out.torn)
        out_say("berdua: %s: an unfinished last line was dropped\n", j->output);
    j->measure = ok ? cmd_open_measure(err) : NULL;
    j->loop = j->measure ? loop_create(err) : NULL;
    if (j->loop && run_loop(j, err)) {
        code = exit_code(j);
        if (!j->out.unread)
            eval_print_end(j);
    }
    eval_run_destroy(&j->run);
    loop_destroy(&j->loop);
    measure_destroy(&j->measure);
    if (!eval_output_close(&j->out, err))
        code = EXIT_FAILED;
    eval_rows_finish(&j->rows);
    return code;
}

static int
run_eval(const struct globals *g, const struct cmd_args *args)
{
    struct err err = {0};
    struct eval_job j;
    int code = read_wish(&j, args);
    if (code)
        return code;
    struct conf_flags flags = {.file = g->config_file,
                               .mode = args->values[OPT_MODE],
                               .user = args->values[OPT_USER],
                               .db = g->db};
    struct conf *conf = conf_load(&flags, &err);
    if (!conf) {
        out_say("%s\n", err.text);
        return EXIT_CONFIG;
    }
    j.config = conf_get(conf);
    j.quiet = g->quiet;
    j.jobs = j.jobs ? j.jobs : j.config->workers;
    /* A pool of messages is nobody's conversation: nothing is inferred about a user from it. */
    j.user = args->values[OPT_USER] ? j.config->user : "anonymous";
    code = eval_rows(&j, &err);
    if (err.text[0])
        out_say("berdua: %s\n", err.text);
    conf_destroy(&conf);
    return code;
}

const struct command command_eval = {
    .name = "eval",
    CMD_TABLE(option, options),
    .alone = {NULL, "FILE.jsonl | -", 1, 1},
    .help = "the messages of a file, asked several at once; the pairs wait for review",
    .run = run_eval,
};
