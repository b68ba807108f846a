#include "linear.h"
#include "linear_private.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/loop.h"
#include "berdua/ui/macro.h"
#include "cmd/demo/demo.h"
#include "cmd/out.h"
#include "cmd/turn_print.h"
#include "session_command.h"

/* The next line waits for an answer, and for a verdict to be kept, so that nothing is said behind the prompt. A shadow is not
 * waited for once the turn is served; a blind pair is, until its sides are known. */
static bool
answering(const struct linear *l)
{
    const struct turn *t = conversation_last(linear_conversation(l));
    const struct turn *judged = linear_selected(l);
    if (runner_starting(l->runner))
        return true;
    if (judged && judged->verdict.saving && l->unsaved == UNSAVED_NOTHING)
        return true;
    if (t && turn_veiled(t) && !turn_pair_ready(t) && l->unsaved == UNSAVED_NOTHING)
        return true;
    return t && turn_answering(t) && (t->mode == MODE_PARALLEL || t->served == BRAIN_NONE);
}

/* ---- a blind pair ---- */

/* What the pair in sight asks for now: both answers at once, then the verdict, then a question. */
static void
show_pair(struct linear *l)
{
    if (!linear_pair_look(&l->pair, linear_conversation(l)))
        return;
    l->due = true;
    linear_leave_prompt(l);
    linear_pair_print(&l->pair);
}

/* The names, with all that was hidden, once nothing is asked any more. */
static bool
end_judging(struct linear *l, struct err *err)
{
    struct verdict said;
    if (!judging_over(&l->pair.judging, &said))
        return true;
    const struct turn *t = conversation_last(linear_conversation(l));
    if (!session_judge(l->runner, t->id, &said, err))
        return false;
    for (int side = 0; side < BRAIN_COUNT; side++) {
        const struct answer *a = &t->answers[turn_side(t, side)];
        linear_print_heading(a);
        fflush(stdout);
        if (!answer_valid(a))
            print_answer_error(a);
    }
    return true;
}

/* Both answers of a blind turn are printed at once: as A and B, or, when it was stopped, with their names. */
static void
print_stopped_pair(struct linear *l, const struct turn *t)
{
    if (turn_veiled(t) || turn_answering(t))
        return;
    memcpy(l->pair.printed, t->id, sizeof l->pair.printed);
    linear_leave_prompt(l);
    for (int side = 0; side < BRAIN_COUNT; side++)
        linear_print_answer(&t->answers[turn_side(t, side)]);
}

static void tell(struct linear *l, const struct job *job);

/* The runner is still walking its jobs: input that follows from a notice waits for before_wait. */
static void
on_notice(void *arg, const struct job *job)
{
    struct linear *l = arg;
    const struct conversation *c = linear_conversation(l);
    if (held_notices_take(&l->held, job, c))
        return;
    tell(l, job);
    show_pair(l);
    held_notices_release(&l->held, c, on_notice, l);
}

static void
tell_answer(struct linear *l, const struct job *job)
{
    l->due = true;
    if (job->turn->blind.on && strcmp(l->pair.printed, job->turn->id) != 0) {
        print_stopped_pair(l, job->turn);
    } else if (turn_hedge_stopped(job->turn, job->brain)) {
        return;
    } else if (job->answer->role == ROLE_SHADOW && turn_hides(job->turn, job->brain)) {
        l->unseen = job->answer;
    } else {
        linear_leave_prompt(l);
        linear_print_answer(job->answer);
    }
}

static void
tell(struct linear *l, const struct job *job)
{
    switch (job->notice) {
    case NOTIFY_ANSWER:
        tell_answer(l, job);
        break;
    case NOTIFY_TURN:
        l->selected[0] = 0;
        l->unseen = NULL;
        l->due = true; /* who is asked is known when the jobs have been walked */
        break;
    case NOTIFY_SERVED:
        if (job->answer == l->unseen) { /* the shadow serves */
            linear_leave_prompt(l);
            linear_print_answer(job->answer);
            l->unseen = NULL;
        }
        break;
    case NOTIFY_TURN_ENDED:
        l->due = true;
        break;
    case NOTIFY_VERDICT:
        if (l->unsaved && l->unsaved != UNSAVED_LOST && job->turn->verdict.saving)
            linear_say(l, true, "berdua: not saved yet: %s", linear_pair_given(job->turn));
        break;
    case NOTIFY_WAITING:
        if (!turn_veiled(job->turn)) /* else both are waited for, and nobody is named */
            linear_say_starting(l, job->brain);
        break;
    case NOTIFY_WARM_UP:
        if (l->pair.judging.stage == JUDGING_OFF)
            linear_say_warm_up(l, job->brain);
        break;
    case NOTIFY_SAVED:
        l->due = true;
        linear_say(l, false, "%s", job->text);
        break;
    case NOTIFY_NOTICE:
    case NOTIFY_ERROR:
        l->due = true; /* it may say that what the next line waited for will not come */
        linear_say(l, true, "berdua: %s", job->text);
        break;
    default:
        break;
    }
}

/* Said when it begins, when its cause changes, and when it is over; not for each further write that waits. Meanwhile it
 * stands in the prompt, and each verdict says it. */
static void
on_unsaved(void *arg, const struct unsaved *now)
{
    struct linear *l = arg;
    bool changed = now->cause != l->unsaved;
    l->unsaved = now->cause;
    if (!changed)
        return;
    l->due = true;
    linear_leave_prompt(l);
    if (now->cause)
        linear_say(l, true, "berdua: %s: %s", linear_unsaved_words(l), now->reason);
    else
        linear_say(l, true, "berdua: everything is saved");
}

/* /claude and /llama say whose answer is better, which nobody knows of a blind pair. */
static bool
may_be_named(const struct linear *l, const char *line, struct err *err)
{
    const struct turn *t = linear_selected(l);
    bool names = strcmp(line, "/claude") == 0 || strcmp(line, "/llama") == 0;
    return !names || !t || !turn_veiled(t) ||
           err_set(err, "The names are hidden until you choose: /left, /right, /tie or /bad");
}

/* A macro's lines are taken like those that are read, one turn at a time. */
static bool
run_slash(struct linear *l, const char *line, struct err *err)
{
    struct macro_lines m;
    char *argument;
    if (macro_expand(l->config, line, &m, err)) {
        bool ok = true;
        for (size_t i = m.count; ok && i-- > 0;)
            ok = input_lines_put(&l->input, m.line[i]);
        macro_lines_finish(&m);
        return ok || err_set(err, "the macro is too long");
    }
    if (err->text[0])
        return false;
    const struct action_info *info = action_read(line, &argument, err);
    bool ok = info && may_be_named(l, line, err) &&
              linear_command(l, info->action, argument ? argument : "", err);
    free(argument);
    return ok;
}

static void
print_recordings(const struct linear *l, bool all)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    demo_menu_text(l->demo, all, &text);
    out_print("%s\n",
              all ? "Messages that have a recording, by number:"
                  : "Type a number, or a message; /recordings lists all, /tour shows five modes:");
    out_text(stdout, text.p, text.len);
    buf_finish(&text);
    fflush(stdout);
}

/* What is understood in the demo alone. */
static bool
take_demo_line(struct linear *l, const char *line, struct err *err)
{
    const char *message = demo_message(l->demo, line);
    if (message) {
        out_print("%s\n", message);
        runner_submit(l->runner, message, BRAINS_BOTH, err);
        return true;
    }
    if (strcmp(line, "/recordings") == 0) {
        print_recordings(l, true);
        return true;
    }
    if (strcmp(line, "/tour") != 0 && strcmp(line, "t") != 0)
        return false;
    demo_start_tour(l->demo);
    l->touring = true;
    return true;
}

/* The tour's next line, after what is said about it; NULL: it is over. */
static char *
tour_line(struct linear *l)
{
    struct buf caption;
    buf_init(&caption, SIZE_MAX);
    const char *line = demo_tour_line(l->demo, &caption);
    l->touring = line != NULL;
    if (caption.len)
        out_print("\n%s", caption.p);
    if (line && *line)
        out_print("> %s\n", line);
    fflush(stdout);
    buf_finish(&caption);
    return xstrdup(line);
}

static void
take_line(struct linear *l, char *line)
{
    struct err err = {0};
    char name[32];
    bool ok = true;
    line[strcspn(line, "\r")] = 0;
    if (l->demo && take_demo_line(l, line, &err)) {
        if (err.text[0])
            out_say("berdua: %s\n", err.text);
        return;
    }
    bool answer = linear_pair_answer(&l->pair, line);
    ok = end_judging(l, &err);
    if (ok && answer) {
        show_pair(l);
    } else if (line[0] == '/' && line[1] != '/') {
        ok = run_slash(l, line, &err);
    } else if (line[strspn(line, " \t")]) {
        if (brain_tag_unknown(line, name, sizeof name))
            out_say("berdua: no brain is called @%s: sent as text\n", name);
        ok = runner_submit(l->runner, line[0] == '/' ? line + 1 : line, BRAINS_BOTH, &err);
    }
    if (!ok)
        out_say("berdua: %s\n", err.text);
}

/* Once a message, when it is known who is asked. */
static void
say_running(struct linear *l, bool busy)
{
    const struct turn *t = conversation_last(linear_conversation(l));
    if (!busy || !t || !turn_answering(t) || strcmp(l->told, t->id) == 0)
        return;
    memcpy(l->told, t->id, sizeof l->told);
    linear_say_running(l, t);
}

static char *
next_line(struct linear *l)
{
    char *line = l->touring ? tour_line(l) : NULL;
    return line ? line : input_lines_next(&l->input);
}

/* Lines that are already here, one turn at a time. */
static void
take_lines(struct linear *l)
{
    for (char *line; !answering(l) && (line = next_line(l)) != NULL;) {
        l->prompted = false;
        linear_say_news(l);
        take_line(l, line);
        free(line);
    }
    bool busy = answering(l);
    input_lines_listen(&l->input, !busy);
    say_running(l, busy);
    if (l->prompt && !l->prompted && !l->input.ended && !busy) {
        linear_ask_verdict(l);
        out_print("%s%syou> ", l->unsaved ? linear_unsaved_words(l) : "", l->unsaved ? ", " : "");
        fflush(stdout);
        l->prompted = true;
    }
}

static void
input_came(void *arg)
{
    ((struct linear *)arg)->due = true;
}

static int64_t
before_wait(void *arg)
{
    struct linear *l = arg;
    struct err err = {0};
    while (l->due) {
        l->due = false;
        show_pair(l);
        if (!end_judging(l, &err))
            out_say("berdua: %s\n", err.text);
        take_lines(l);
    }
    if (ferror(stdout)) /* the reader has gone */
        loop_stop(l->loop, EXIT_FAILED);
    else if (input_lines_over(&l->input) && runner_done(l->runner))
        loop_stop(l->loop, l->signo ? 128 + l->signo : EXIT_DONE);
    return NEVER_US;
}

static void
interrupted(int signo, void *arg)
{
    struct linear *l = arg;
    bool busy = answering(l);
    runner_cancel(l->runner);
    if (signo != SIGINT || !busy) {
        l->signo = signo;
        input_lines_close(&l->input);
    }
}

/* How it stands would stand between the answers; `berdua team status` says it. */
static void
on_team(void *arg, const struct team_news *n)
{
    (void)arg, (void)n;
}

static int
run_linear(struct linear *l, const struct config *config, const char *record_dir,
           struct conversation *take_c)
{
    struct err err = {0};
    int code = EXIT_FAILED;
    linear_pair_init(&l->pair, config);
    buf_init(&l->news, SIZE_MAX);
    l->loop = loop_create(&err);
    input_lines_init(&l->input, l->loop, input_came, l);
    if (!l->loop)
        goto out;
    l->runner = session_start((struct runner_opts){.config = config,
                                                   .loop = l->loop,
                                                   .record_dir = record_dir,
                                                   .on_notice = on_notice,
                                                   .on_unsaved = on_unsaved,
                                                   .on_team = l->demo ? NULL : on_team,
                                                   .arg = l},
                              &err);
    if (!l->runner || !loop_add_signal(l->loop, SIGINT, interrupted, l, &err) ||
        !loop_add_signal(l->loop, SIGTERM, interrupted, l, &err) ||
        !loop_add_signal(l->loop, SIGHUP, interrupted, l, &err))
        goto out;
    runner_prepare(l->runner); /* no screen waits to be painted, and no key is seen before Enter */
    runner_warm_up(l->runner, WARM_UP_AT_START);
    if (take_c)
        runner_take_conversation(l->runner, take_c, NULL);
    take_c = NULL;
    loop_set_before_wait(l->loop, before_wait, l);
    l->due = true;
    code = loop_run(l->loop);
out:
    l->prompted = false;
    linear_say_news(l);
    code = session_over(&l->runner, &l->loop, &err, code);
    conversation_destroy(&take_c);
    linear_pair_finish(&l->pair);
    buf_finish(&l->news);
    free(l->needle);
    held_notices_finish(&l->held);
    input_lines_finish(&l->input);
    return code;
}

int
linear_chat(const struct config *config, const struct globals *g, const char *record_dir,
            struct conversation *c, struct demo *demo, bool tour)
{
    struct linear l = {.config = config,
                       .prompt = !g->quiet && isatty(STDIN_FILENO),
                       .demo = demo,
                       .touring = tour};
    if (demo) {
        out_print("berdua demo, SIMULATED: recorded answers, no network, no key\n");
        if (tour)
            demo_start_tour(demo);
        else
            print_recordings(&l, false);
    }
    if (l.prompt)
        out_print("berdua, text mode. /help lists the commands. User %s, mode %s.\n", config->user,
                  chat_mode_name(config->mode));
    return run_linear(&l, config, record_dir, c);
}
