#include "linear.h"
#include "held_notices.h"
#include "linear_page.h"
#include "linear_pair.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/chat/cold_starts.h"
#include "berdua/core/loop.h"
#include "berdua/session/runner.h"
#include "berdua/store/writer.h"
#include "berdua/ui/macro.h"
#include "cmd/demo/demo.h"
#include "cmd/input_lines.h"
#include "cmd/out.h"
#include "session_command.h"
#include "cmd/turn_print.h"

struct linear {
    const struct config *config;
    struct loop *loop;
    struct runner *runner;
    struct input_lines input;
    bool prompt;       /* a terminal reads along */
    bool due;          /* the next line may be taken: nothing is awaited any more, or bytes came */
    bool prompted;     /* the prompt stands at the end of what was written */
    int signo;         /* what ended it, 0: nothing yet */
    struct demo *demo; /* NULL: answers are real */
    bool touring;
    bool waking; /* the operator knows that a server starts up */
    struct linear_pair pair;
    char selected[27]; /* the turn that commands are about; "": the last */
    struct held_notices held;
    const struct answer *unseen; /* of a shadow that has ended */
    enum unsaved_cause unsaved;  /* as last said */
};

static void
print_heading(const struct answer *a)
{
    char name[16];
    snprintf(name, sizeof name, "%s", brain_id_name(a->brain));
    for (char *p = name; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    out_print("\n%s%s", name, a->simulated ? " (SIMULATED)" : "");
    if (a->times.ttft_us >= 0)
        out_print("  first token %.0f ms", (double)a->times.ttft_us / US_PER_MS);
    if (a->times.total_us >= 0)
        out_print("  total %.2f s", (double)a->times.total_us / US_PER_S);
    if (a->retries)
        out_print("  retries %d", a->retries);
    puts("");
}

static void
print_answer(const struct answer *a)
{
    print_heading(a);
    if (a->text.len) {
        out_text(stdout, a->text.p, a->text.len);
        if (a->text.p[a->text.len - 1] != '\n')
            puts("");
    }
    fflush(stdout);
    if (!answer_valid(a) && !ferror(stdout))
        print_answer_error(a);
}

/* The next line waits for an answer. A shadow is not waited for once the turn is served; a blind pair, until its sides
 * are known. */
static bool
answering(const struct linear *l)
{
    const struct turn *t = conversation_last(engine_conversation(runner_engine(l->runner)));
    if (runner_starting(l->runner))
        return true;
    if (t && turn_veiled(t) && !turn_pair_ready(t) && l->unsaved == UNSAVED_NOTHING)
        return true;
    return t && turn_answering(t) && (t->mode == MODE_PARALLEL || t->served == BRAIN_NONE);
}

/* Output while the operator may be typing begins on a line of its own; the prompt follows again. */
static void
leave_prompt(struct linear *l)
{
    if (!l->prompted)
        return;
    puts("");
    l->prompted = false;
    l->due = true;
}

static const char *
unsaved_words(const struct linear *l)
{
    return l->unsaved == UNSAVED_LOST ? "NOT saved" : "not saved yet";
}

/* The server of the brain starts up; how long that took before. */
static void
say_starting(struct linear *l, enum brain_id b)
{
    char usual[COLD_STARTS_TEXT];
    cold_starts_text(runner_cold_starts(l->runner, b), usual);
    leave_prompt(l);
    fflush(stdout);
    out_say("berdua: %s is starting up%s%s\n", brain_title(b), usual[0] ? ", " : "", usual);
}

/* Told only of a server that was asleep, or cannot be woken. */
static void
say_warm_up(struct linear *l, enum brain_id b)
{
    const struct answer *a = engine_warming(runner_engine(l->runner), b);
    if (a && a->phase == PHASE_WARMING && !l->waking)
        say_starting(l, b);
    l->waking = a && a->phase == PHASE_WARMING;
    bool failed = a && (a->status == STATUS_FAILED || a->status == STATUS_TIMEOUT);
    if (!failed && !(a && a->status == STATUS_COMPLETE && a->cold))
        return;
    leave_prompt(l);
    fflush(stdout);
    if (failed)
        out_say("berdua: %s was not woken: %s\n", brain_title(b), a->error.message);
    else
        out_say("berdua: %s is ready, after %.0f s\n", brain_title(b),
                (double)a->times.total_us / US_PER_S);
}

/* ---- a blind pair ---- */

/* What the pair in sight asks for now: both answers at once, then the verdict, then a question. */
static void
show_pair(struct linear *l)
{
    if (!linear_pair_look(&l->pair, engine_conversation(runner_engine(l->runner))))
        return;
    l->due = true;
    leave_prompt(l);
    linear_pair_print(&l->pair);
}

/* The names, with all that was hidden, once nothing is asked any more. */
static bool
end_judging(struct linear *l, struct err *err)
{
    struct verdict said;
    if (!judging_over(&l->pair.judging, &said))
        return true;
    const struct turn *t = conversation_last(engine_conversation(runner_engine(l->runner)));
    if (!session_judge(l->runner, t->id, &said, err))
        return false;
    for (int side = 0; side < BRAIN_COUNT; side++) {
        const struct answer *a = &t->answers[turn_side(t, side)];
        print_heading(a);
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
    leave_prompt(l);
    for (int side = 0; side < BRAIN_COUNT; side++)
        print_answer(&t->answers[turn_side(t, side)]);
}

static void tell(struct linear *l, const struct job *job);

/* The runner is still walking its jobs: input that follows from a notice waits for before_wait. */
static void
on_notice(void *arg, const struct job *job)
{
    struct linear *l = arg;
    const struct conversation *c = engine_conversation(runner_engine(l->runner));
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
    } else if (job->answer->role == ROLE_SHADOW) {
        l->unseen = job->answer;
    } else {
        leave_prompt(l);
        print_answer(job->answer);
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
        break;
    case NOTIFY_SERVED:
        if (job->answer == l->unseen) { /* the shadow serves */
            leave_prompt(l);
            print_answer(job->answer);
            l->unseen = NULL;
        }
        break;
    case NOTIFY_TURN_ENDED:
        l->due = true;
        break;
    case NOTIFY_VERDICT:
        if (l->unsaved && l->unsaved != UNSAVED_LOST && job->turn->verdict.saving) {
            leave_prompt(l);
            out_say("berdua: not saved yet: %s\n", linear_pair_given(job->turn));
        }
        break;
    case NOTIFY_WAITING:
        if (turn_veiled(job->turn)) /* both are waited for, and nobody is named */
            break;
        say_starting(l, job->brain);
        break;
    case NOTIFY_WARM_UP:
        if (l->pair.judging.stage != JUDGING_OFF)
            break;
        say_warm_up(l, job->brain);
        break;
    case NOTIFY_SAVED:
        leave_prompt(l);
        out_print("%s\n", job->text);
        fflush(stdout);
        break;
    case NOTIFY_NOTICE:
    case NOTIFY_ERROR:
        l->due = true; /* it may say that what the next line waited for will not come */
        leave_prompt(l);
        fflush(stdout);
        out_say("berdua: %s\n", job->text);
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
    leave_prompt(l);
    if (now->cause)
        out_say("berdua: %s: %s\n", unsaved_words(l), now->reason);
    else
        out_say("berdua: everything is saved\n");
}

static const struct turn *
selected_turn(const struct linear *l)
{
    const struct conversation *c = engine_conversation(runner_engine(l->runner));
    const struct turn *t = l->selected[0] ? conversation_find(c, l->selected) : NULL;
    return t ? t : conversation_last(c);
}

/* Until the next message commands are about the turn of that number; "": the last. */
static bool
select_turn(struct linear *l, const char *number, struct err *err)
{
    const struct conversation *c = engine_conversation(runner_engine(l->runner));
    char *end;
    long long n = strtoll(number, &end, 10);
    const struct turn *found = *number ? NULL : conversation_last(c);
    for (size_t i = 0; *number && !*end && i < c->count; i++)
        if (c->turns[i]->seq == n)
            found = c->turns[i];
    if (!found)
        return err_set(err, *number ? "there is no turn %s" : "there is no turn yet%s", number);
    memcpy(l->selected, found->id, sizeof l->selected);
    out_print("turn %lld of %lld: ", (long long)found->seq, (long long)conversation_last(c)->seq);
    out_text(stdout, found->message, strlen(found->message));
    out_print("\n");
    fflush(stdout);
    return true;
}

static const struct conversation *
seen(const struct linear *l)
{
    return engine_conversation(runner_engine(l->runner));
}

/* The slash commands that need no screen. */
static bool
run_command(struct linear *l, enum action action, const char *argument, struct err *err)
{
    struct err said = {0};
    if (action == ACT_QUIT || action == ACT_QUIT_IF_EMPTY) {
        input_lines_close(&l->input);
        return true;
    }
    if (action == ACT_TURN)
        return select_turn(l, argument, err);
    if (action == ACT_MEMORY && !*argument)
        return linear_memory(l->config, seen(l), err);
    if (linear_prints(action))
        return linear_page(l->config, seen(l), action, argument, err);
    if (!session_action(action) || action == ACT_OLDER)
        return err_set(err, "/%s needs the screen", action_info(action)->command);
    if (action == ACT_CONTEXT && (!*argument || strcmp(argument, "show") == 0))
        return linear_context(selected_turn(l), err);
    const struct turn *t = selected_turn(l);
    if (!session_perform(l->runner, action, t ? t->id : NULL, argument, &said, err))
        return false;
    if (said.text[0])
        out_print("%s\n", said.text);
    fflush(stdout);
    return true;
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
    bool ok = info && run_command(l, info->action, argument ? argument : "", err);
    free(argument);
    return ok;
}

static void
print_recordings(const struct linear *l, bool all)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    demo_menu_text(l->demo, all, &text);
    out_print(
        "%s\n",
        all ? "Messages that have a recording, by number:"
            : "Type a number, or a message; /recordings lists all, /tour shows the five patterns:");
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
        take_line(l, line);
        free(line);
    }
    bool busy = answering(l);
    input_lines_listen(&l->input, !busy);
    if (l->prompt && !l->prompted && !l->input.ended && !busy) {
        l->prompted = true;
        out_print("%s> ", !l->unsaved ? "" : unsaved_words(l));
        fflush(stdout);
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
    code = session_over(&l->runner, &l->loop, &err, code);
    conversation_destroy(&take_c);
    linear_pair_finish(&l->pair);
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
    return run_linear(&l, config, record_dir, c);
}
