/* berdua ask: one message, one turn, the answer on stdout. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/base/utf8.h"
#include "berdua/chat/terms.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/core/loop.h"
#include "berdua/session/runner.h"
#include "berdua/store/writer.h"
#include "cmd.h"
#include "out.h"
#include "turn_print.h"
#include "values.h"

enum { MAX_MESSAGE_BYTES = 4 << 20 };

enum output { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_STREAM_JSON };

struct ask {
    struct loop *loop;
    struct runner *runner;
    enum output output;
    bool printed; /* the served answer was printed */
    int signo;    /* the signal that stopped it, 0: none */
    bool ended;
    bool quiet;
    bool told;          /* that nothing can be saved at the moment */
    int64_t give_up_us; /* when to stop waiting for a shadow */
    int background_ms;
    struct turn *turn;
};

static void
print_served(struct ask *a)
{
    const struct answer *served = &a->turn->answers[a->turn->served];
    if (a->output != OUTPUT_TEXT || a->printed)
        return;
    if (served->simulated && !a->quiet)
        fputs("berdua: SIMULATED: a recorded answer\n", stderr);
    out_block(served->text.p, served->text.len);
    fflush(stdout);
    a->printed = true;
}

/* Hidden calls are waited for only background_ms longer than the visible ones. */
static void
give_up_soon(struct ask *a)
{
    if (a->give_up_us == NEVER_US && !a->ended)
        a->give_up_us = clock_us() + a->background_ms * (int64_t)US_PER_MS;
}

static void
on_notice(void *arg, const struct job *job)
{
    struct ask *a = arg;
    if (job->notice == NOTIFY_TURN)
        a->turn = job->turn;
    if (a->output == OUTPUT_STREAM_JSON)
        print_event_json(stdout, engine_conversation(runner_engine(a->runner)), job);
    switch (job->notice) {
    case NOTIFY_ANSWER:
        /* A plain answer is printed as soon as the served brain is known. */
        if (job->turn->served != BRAIN_NONE)
            print_served(a);
        /* After the reader is lost, errors of the answers cancelled for it are not reported. */
        if (!answer_valid(job->answer) && job->answer->role != ROLE_SHADOW && !a->quiet &&
            !turn_hedge_stopped(job->turn, job->brain) && !ferror(stdout))
            print_answer_error(job->answer);
        if (!turn_answering(job->turn)) /* only a late context is still running */
            give_up_soon(a);
        break;
    case NOTIFY_ERROR:
        out_say("berdua: %s\n", job->text);
        break;
    case NOTIFY_SERVED:
        if (job->turn->mode !=
            MODE_PARALLEL) /* in parallel mode both answers are visible, so both are waited for */
            give_up_soon(a);
        break;
    case NOTIFY_TURN_ENDED:
        a->ended = true;
        a->give_up_us = NEVER_US;
        break;
    default:
        break;
    }
}

/* A lock is waited for; what will hardly pass is reported at once. What was asked for is answered all the same. */
static void
on_unsaved(void *arg, const struct unsaved *now)
{
    struct ask *a = arg;
    if (now->cause > UNSAVED_BUSY && !a->told)
        out_say("berdua: %s: %s\n", now->cause == UNSAVED_LOST ? "NOT saved" : "not saved yet",
                now->reason);
    a->told = a->told || now->cause > UNSAVED_BUSY;
}

static void
say_line(void *arg, const char *line)
{
    (void)arg;
    out_say("berdua: %s\n", line);
}

static int64_t
before_wait(void *arg)
{
    struct ask *a = arg;
    if (a->ended && runner_done(a->runner))
        loop_stop(a->loop, 0);
    if (ferror(stdout))
        loop_stop(a->loop, EXIT_FAILED); /* the reader of stdout closed it */
    if (clock_us() >= a->give_up_us) {
        a->give_up_us = NEVER_US;
        runner_cancel(a->runner); /* the time for hidden calls is over */
    }
    return a->give_up_us;
}

static void
interrupted(int signo, void *arg)
{
    struct ask *a = arg;
    a->signo = signo;
    runner_cancel(a->runner);
    if (!a->turn) /* it was not even sent */
        loop_stop(a->loop, 128 + signo);
}

/* The store is closed first, so that `stored` says what is in it. The exit code. */
static int
print_end(struct ask *a, int code)
{
    bool stored = runner_save(a->runner);
    if (!a->turn)
        return code;
    if (a->output != OUTPUT_TEXT)
        print_turn_json(stdout, engine_conversation(runner_engine(a->runner)), a->turn, stored,
                        a->output == OUTPUT_STREAM_JSON);
    if (code == 0)
        code = a->signo ? 128 + a->signo : turn_exit_code(a->turn);
    return !stored && (code == EXIT_DONE || code == EXIT_PARTLY) ? EXIT_FAILED : code;
}

static int
ask_once(struct ask *a, const struct config *config, const char *user, const char *record_dir,
         const char *message, unsigned brains)
{
    struct err err = {0};
    int code = EXIT_FAILED;
    uint64_t seed;
    random_fill(&seed, sizeof seed);
    a->loop = loop_create(&err);
    if (!a->loop)
        goto out;
    struct runner_opts opts = {.config = config,
                               .loop = a->loop,
                               .user = user,
                               .record_dir = record_dir,
                               .seed = seed,
                               .on_notice = on_notice,
                               .on_unsaved = on_unsaved,
                               .on_close = say_line,
                               .arg = a};
    a->runner = runner_create(&opts, &err);
    if (!a->runner)
        goto out;
    if (!loop_add_signal(a->loop, SIGINT, interrupted, a, &err) ||
        !loop_add_signal(a->loop, SIGTERM, interrupted, a, &err) ||
        !loop_add_signal(a->loop, SIGHUP, interrupted, a, &err))
        goto out;
    if (!runner_submit(a->runner, message, brains, &err)) {
        code = EXIT_USAGE;
        goto out;
    }
    loop_set_before_wait(a->loop, before_wait, a);
    code = print_end(a, loop_run(a->loop));
out:
    if (err.text[0])
        out_say("berdua: %s\n", err.text);
    runner_destroy(&a->runner);
    loop_destroy(&a->loop);
    return code;
}

static bool
read_piped(struct buf *out, struct err *err)
{
    if (!stdin_read(out, err))
        return false;
    while (out->len && (out->p[out->len - 1] == '\n' || out->p[out->len - 1] == '\r'))
        buf_truncate(out, out->len - 1);
    return true;
}

static bool
is_blank(const struct buf *text)
{
    return strspn(text->p, " \t\r\n") == text->len;
}

enum { OPT_JSON, OPT_STREAM_JSON, OPT_MODE, OPT_BRAIN, OPT_USER, OPT_RECORD, OPT_DEMO };

static const struct cmd_option options[] = {
    [OPT_JSON] = {"json", .help = "one object with both answers and every figure"},
    [OPT_STREAM_JSON] = {"stream-json", .help = "an object for each event"},
    [OPT_MODE] = {"mode", "MODE", 'm',
                  .help = "the mode: parallel, shadow, context, route, jiwa or full"},
    [OPT_BRAIN] = {"brain", "claude|llama|both", .help = "who is asked"},
    [OPT_USER] = {"user", "USER", 'u', .help = "whose message it is"},
    [OPT_RECORD] = {"record", "DIR",
                    .help = "write answers into this folder as they come off the wire"},
    [OPT_DEMO] = {"demo", .help = "play recorded exchanges: no key, no network"}};

/* A bit per brain; 0: no such brain. */
static unsigned
parse_brains(const char *word)
{
    if (!word || strcmp(word, "both") == 0)
        return BRAINS_BOTH;
    int b = brain_id_parse(word);
    return b < 0 ? 0 : 1u << b;
}

static bool
check_message(const struct buf *message, struct err *err)
{
    const char *fault = text_fault(message->p, message->len);
    if (fault)
        return err_set(err, "the message %s", fault);
    return !is_blank(message) ||
           err_set(err, "a message is missing; give it as an argument, or pipe it in");
}

/* The words of the command line ("-": none), then a blank line and what is piped in. A terminal is never read. */
static bool
take_message(const struct cmd_args *args, struct buf *message, struct err *err)
{
    int n = args->word_count;
    struct buf piped;
    if (n == 1 && strcmp(args->words[0], "-") == 0)
        n = 0;
    for (int i = 0; i < n; i++)
        buf_printf(message, "%s%s", i ? " " : "", args->words[i]);
    buf_init(&piped, MAX_MESSAGE_BYTES);
    bool ok = isatty(STDIN_FILENO) || read_piped(&piped, err);
    if (ok && !is_blank(&piped)) {
        if (!is_blank(message))
            buf_append_str(message, "\n\n");
        else
            buf_clear(message);
        ok = buf_append(message, piped.p, piped.len) ||
             err_set(err, "the text is longer than %d bytes", MAX_MESSAGE_BYTES);
    }
    buf_finish(&piped);
    return ok && check_message(message, err);
}

static int
run_ask(const struct globals *g, const struct cmd_args *args)
{
    const char *const *v = args->values;
    unsigned brains = parse_brains(v[OPT_BRAIN]);
    struct err err = {0};
    int code = EXIT_CONFIG, mode;
    if (v[OPT_JSON] && v[OPT_STREAM_JSON])
        return cmd_usage("ask", "--json and --stream-json exclude each other");
    if (!brains)
        return cmd_usage("ask", "--brain takes claude, llama or both, not \"%s\"", v[OPT_BRAIN]);
    if (value_word(&command_ask, args, OPT_MODE, chat_mode_parse, &mode))
        return EXIT_USAGE;
    struct buf message;
    buf_init(&message, MAX_MESSAGE_BYTES);
    struct conf *conf = NULL;
    if (!take_message(args, &message, &err)) {
        code = cmd_usage("ask", "%s", err.text);
        goto out;
    }
    struct conf_flags flags = {
        .file = g->config_file, .mode = v[OPT_MODE], .user = v[OPT_USER], .db = g->db};
    conf = v[OPT_DEMO] ? conf_demo(&flags, &err) : conf_load(&flags, &err);
    if (!conf) {
        out_say("%s\n", err.text);
        goto out;
    }
    const struct config *config = conf_get(conf);
    struct ask a = {.give_up_us = NEVER_US,
                    .background_ms = config->background_ms,
                    .output = v[OPT_JSON]          ? OUTPUT_JSON
                              : v[OPT_STREAM_JSON] ? OUTPUT_STREAM_JSON
                                                   : OUTPUT_TEXT,
                    .quiet = g->quiet};
    code = ask_once(&a, config, config->user, v[OPT_RECORD], message.p, brains);
out:
    conf_destroy(&conf);
    buf_finish(&message);
    return code;
}

const struct command command_ask = {
    .name = "ask",
    CMD_TABLE(option, options),
    .alone = {NULL, "[MESSAGE | -]", 0, CMD_WORDS_MOST},
    .help = "one message, the answer on stdout",
    .run = run_ask,
};
