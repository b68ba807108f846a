/* berdua review without a screen: a pair is printed, a line answers. */
#include "review_ways.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/loop.h"
#include "cmd/chat/linear_pair.h"
#include "cmd/input_lines.h"
#include "cmd/out.h"

struct linear {
    struct loop *loop;
    struct review *review;
    struct linear_pair pair;
    struct input_lines input;
    int64_t target;
    const struct conversation *printed; /* whose message stands */
    bool prompt, simulated;             /* prompt: a terminal reads along */
    bool prompted;
    bool over;                  /* nothing more is judged */
    int code;                   /* the exit code then */
    enum unsaved_cause unsaved; /* as last said */
};

static void
leave_prompt(struct linear *l)
{
    if (l->prompted)
        out_print("\n");
    l->prompted = false;
    fflush(stdout);
}

static void
notice(void *arg, bool error, const char *text)
{
    struct linear *l = arg;
    leave_prompt(l);
    if (error)
        out_say("berdua: %s\n", text);
    else
        out_print("%s\n", text);
    fflush(stdout);
}

static void
say_line(void *arg, const char *line)
{
    (void)arg;
    out_say("berdua: %s\n", line);
}

static const char *
unsaved_words(enum unsaved_cause cause)
{
    return cause == UNSAVED_LOST ? "NOT saved" : "not saved yet";
}

/* Said when it begins and when it is over; meanwhile it stands in the prompt. */
static void
say_unsaved(struct linear *l, const struct review_now *now)
{
    if (now->unsaved.cause == l->unsaved)
        return;
    leave_prompt(l);
    l->unsaved = now->unsaved.cause;
    if (l->unsaved)
        out_say("berdua: %s: %s\n", unsaved_words(l->unsaved), now->unsaved.reason);
    else
        out_say("berdua: everything is saved\n");
}

static void
print_pair(struct linear *l, const struct review_now *now)
{
    const struct conversation *c = review_conversation(l->review);
    bool due = linear_pair_look(&l->pair, c);
    if (l->pair.judging.stage == JUDGING_PAIR && l->printed != c) {
        const char *message = c->turns[0]->message;
        leave_prompt(l);
        out_print("\npair %lld", (long long)now->done + 1);
        if (l->target)
            out_print(" of %lld", (long long)l->target);
        out_print("%s\n", l->simulated ? " (SIMULATED)" : "");
        if (message)
            out_text(stdout, message, strlen(message));
        out_print("\n");
        l->pair.printed[0] = 0; /* the same turn may come again */
        due = true;
    }
    l->printed = c;
    if (due) {
        leave_prompt(l);
        linear_pair_print(&l->pair);
    }
}

/* What was asked is answered: the next pair. */
static void
go_on(struct linear *l)
{
    struct verdict said;
    struct err err = {0};
    if (!judging_over(&l->pair.judging, &said))
        return;
    if (!review_give(l->review, &said, &err))
        notice(l, true, err.text);
    linear_pair_look(&l->pair, review_conversation(l->review));
}

/* Once what was given is saved, or cannot be. */
static void
finish(struct linear *l, int code)
{
    if (!l->over)
        l->code = code;
    l->over = true;
}

static void
changed(void *arg)
{
    (void)arg; /* looked at before each wait */
}

/* ---- lines ---- */

static bool
give(struct linear *l, enum verdict_kind kind, const char *note, struct err *err)
{
    return review_give(l->review, &(struct verdict){.kind = kind, .note = (char *)(uintptr_t)note},
                       err);
}

/* The text behind "n TEXT" or "/note TEXT"; NULL: it is no note. */
static const char *
note_of(const char *line)
{
    static const char *const words[] = {"n ", "/note "};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strncmp(line, words[i], strlen(words[i])) == 0)
            return line + strlen(words[i]);
    return NULL;
}

static bool
command(struct linear *l, const char *line, struct err *err)
{
    static const char *const keys[][2] = {
        {"/left", "1"},  {"/right", "2"}, {"/tie", "3"},  {"/bad", "4"},
        {"/aside", "0"}, {"/skip", "s"},  {"/undo", "u"}, {"/quit", "q"},
    };
    struct verdict v = {.kind = VERDICT_NONE};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strcmp(line, keys[i][0]) == 0)
            line = keys[i][1];
    if (strcmp(line, "q") == 0) {
        finish(l, EXIT_DONE);
        return true;
    }
    if (note_of(line))
        return give(l, VERDICT_NOTE, note_of(line), err);
    if (strcmp(line, "u") == 0)
        return give(l, VERDICT_UNDO, NULL, err);
    if (strcmp(line, "s") == 0 || strcmp(line, "0") == 0)
        return review_pass(l->review, *line == 's', err);
    if (*line && judging_key(&l->pair.judging, line, &v) == JUDGING_GIVE)
        return review_give(l->review, &v, err);
    return err_set(err, "1 A better, 2 B better, 3 tie, 4 both bad (! and @: much better), 0 can't"
                        " judge, s skip, n TEXT note, u undo, q leave");
}

static void
take_line(struct linear *l, char *line)
{
    struct err err = {0};
    line[strcspn(line, "\r")] = 0;
    l->prompted = false;
    bool answer = linear_pair_answer(&l->pair, line);
    go_on(l);
    if (!answer && line[strspn(line, " \t")] && !command(l, line, &err))
        notice(l, true, err.text);
}

/* One line while a pair waits; false: there is none. */
static bool
take_next_line(struct linear *l)
{
    char *line = input_lines_next(&l->input);
    if (!line)
        return false;
    take_line(l, line);
    free(line);
    return true;
}

static void
look_at_end(struct linear *l, const struct review_now *now)
{
    if (now->stage != REVIEW_REACHED)
        out_say("berdua: %s\n", now->why);
    finish(l, now->stage == REVIEW_FAILED ? EXIT_FAILED : EXIT_DONE);
}

static int64_t
before_wait(void *arg)
{
    struct linear *l = arg;
    struct review_now now;
    do {
        go_on(l);
        review_look(l->review, &now);
        say_unsaved(l, &now);
        print_pair(l, &now);
    } while (!l->over && now.stage == REVIEW_JUDGING && take_next_line(l));
    input_lines_listen(&l->input, !l->over && now.stage == REVIEW_JUDGING);
    if (!l->over && now.stage > REVIEW_JUDGING)
        look_at_end(l, &now);
    else if (l->input.ended && now.stage == REVIEW_JUDGING)
        finish(l, EXIT_DONE);
    if (ferror(stdout)) {
        loop_stop(l->loop, EXIT_FAILED);
    } else if (l->over) {
        if (now.waiting == 0 || now.unsaved.cause != UNSAVED_NOTHING)
            loop_stop(l->loop, l->code);
    } else if (l->prompt && !l->prompted && now.stage == REVIEW_JUDGING) {
        l->prompted = true;
        out_print("%s> ", l->unsaved ? unsaved_words(l->unsaved) : "");
        fflush(stdout);
    }
    return NEVER_US;
}

static void
interrupted(int signo, void *arg)
{
    loop_stop(((struct linear *)arg)->loop, 128 + signo);
}

int
review_linear(const struct config *config, const struct globals *g, const struct review_opts *given)
{
    struct linear l = {.prompt = !g->quiet && isatty(STDIN_FILENO),
                       .simulated = given->simulated,
                       .target = given->target};
    struct review_opts opts = *given;
    struct err err = {0};
    int code = EXIT_FAILED;
    opts.changed = changed;
    opts.notice = notice;
    opts.on_close = say_line;
    opts.arg = &l;
    linear_pair_init(&l.pair, config);
    opts.loop = l.loop = loop_create(&err);
    input_lines_init(&l.input, l.loop, NULL, NULL);
    if (!l.loop || !loop_add_signal(l.loop, SIGINT, interrupted, &l, &err) ||
        !loop_add_signal(l.loop, SIGTERM, interrupted, &l, &err) ||
        !loop_add_signal(l.loop, SIGHUP, interrupted, &l, &err) ||
        !(l.review = review_create(&opts, &err)))
        goto out;
    if (!g->quiet)
        out_say("berdua: review by %s, names hidden; %s\n", given->rater,
                review_draw_words(given->draw));
    loop_set_before_wait(l.loop, before_wait, &l);
    code = loop_run(l.loop);
    leave_prompt(&l);
out:
    code = review_end(&l.review, code);
    loop_destroy(&l.loop);
    if (err.text[0])
        out_say("berdua: %s\n", err.text);
    linear_pair_finish(&l.pair);
    input_lines_finish(&l.input);
    return code;
}
