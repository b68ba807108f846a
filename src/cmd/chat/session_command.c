#include "session_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "berdua/chat/sight.h"
#include "berdua/core/loop.h"
#include "cmd/cmd.h"
#include "cmd/out.h"

static const struct turn *
turn_of(struct runner *r, const char *turn_id)
{
    return turn_id ? conversation_find(engine_conversation(runner_engine(r)), turn_id) : NULL;
}

bool
session_judge(struct runner *r, const char *turn_id, const struct verdict *by_sides,
              struct err *err)
{
    const struct turn *t = turn_of(r, turn_id);
    struct verdict v = t ? turn_unmask_verdict(t, by_sides) : *by_sides;
    return runner_verdict(r, turn_id, &v, err);
}

/* Names are shown with the verdict, or, of a shadow, its answer. */
static bool
reveal(struct runner *r, const char *turn_id, struct err *err)
{
    const struct turn *t = turn_of(r, turn_id);
    if (t && turn_veiled(t))
        return runner_verdict(r, turn_id, &(struct verdict){.kind = VERDICT_REVEAL}, err);
    return runner_reveal(r, turn_id, err);
}

static bool
regenerate(struct runner *r, const char *turn_id, const char *argument, struct err *err)
{
    unsigned brains = BRAINS_BOTH;
    const struct turn *t = turn_of(r, turn_id);
    if (argument && *argument) {
        if (t && turn_veiled(t))
            return err_set(err, "The names are hidden until you choose: /retry asks both");
        int b = brain_id_parse(argument);
        if (b < 0 && strcmp(argument, "both") != 0)
            return err_set(err, "/retry takes claude, llama or both");
        if (b >= 0)
            brains = 1u << b;
    }
    return runner_regenerate(r, turn_id, brains, err);
}

static bool
change_mode(struct runner *r, const char *argument, struct err *said, struct err *err)
{
    enum chat_mode now = engine_settings(runner_engine(r))->mode;
    if (argument && *argument) {
        int mode = chat_mode_parse(argument);
        if (mode < 0)
            return err_set(err, "no mode \"%s\"", argument);
        if (!runner_set_mode(r, (enum chat_mode)mode, err))
            return false;
    } else {
        for (int i = 1; i <= MODE_COUNT; i++)
            if (runner_set_mode(r, (enum chat_mode)((now + i) % MODE_COUNT), NULL))
                break;
    }
    enum chat_mode mode = engine_settings(runner_engine(r))->mode;
    err_set(said, "mode %s: %s", chat_mode_name(mode), chat_mode_help(mode));
    return true;
}

static bool
change_blind(struct runner *r, const char *argument, struct err *said, struct err *err)
{
    bool was = engine_blind(runner_engine(r));
    bool on = argument && *argument ? strcmp(argument, "on") == 0 : !was;
    if (argument && *argument && !on && strcmp(argument, "off") != 0)
        return err_set(err, "/blind takes on or off; it is %s now", was ? "on" : "off");
    if (!runner_set_blind(r, on, err))
        return false;
    err_set(said, on ? "blind: from the next message on the answers are A and B until you choose"
                     : "not blind: the next answers have their names");
    return true;
}

static bool
change_history(struct runner *r, const char *argument, struct err *said, struct err *err)
{
    int policy = history_policy_parse(argument);
    if (policy < 0)
        return err_set(err, "/history takes canonical or own; it is %s now",
                       history_policy_name(engine_settings(runner_engine(r))->history));
    runner_set(r)->history = (enum history_policy)policy;
    err_set(said, policy == HISTORY_OWN ? "each brain sees its own answers"
                                        : "both brains see the answers that continue");
    return true;
}

static bool
change_context(struct runner *r, const char *argument, struct err *said, struct err *err)
{
    static const struct {
        const char *word, *means;
        enum context_policy policy;
    } all[] = {
        {"on", "every message gets a cultural context", CONTEXT_ON},
        {"off", "no message gets a cultural context", CONTEXT_OFF},
        {"auto", "emotional and cultural messages get a cultural context", CONTEXT_AUTO},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!argument || strcmp(argument, all[i].word) != 0)
            continue;
        enum chat_mode mode = engine_settings(runner_engine(r))->mode;
        bool used = mode == MODE_CONTEXT || mode == MODE_FULL;
        runner_set(r)->context = all[i].policy;
        err_set(said, "%s%s", all[i].means, used ? "" : " in the modes context and full");
        return true;
    }
    return err_set(err, "/context takes on, off, auto or show");
}

static bool
end_session(struct runner *r, bool analyse, struct err *said, struct err *err)
{
    bool noted = analyse && engine_unanalysed(runner_engine(r));
    if (!runner_take_conversation(r, NULL, err))
        return false;
    err_set(said, noted ? "New session. The last is analysed when idle." : "New session.");
    return true;
}

static bool
change_memory(struct runner *r, const char *argument, struct err *said, struct err *err)
{
    const char *user = engine_conversation(runner_engine(r))->user;
    bool in = strcmp(argument ? argument : "", "on") == 0;
    if (!in && strcmp(argument ? argument : "", "off") != 0)
        return err_set(err, "/memory takes on or off");
    if (!runner_set_memory(r, in, err))
        return false;
    err_set(said,
            in ? "memory on: what a conversation shows about %s is noted after it"
               : "memory off for %1$s. Delete what is stored: `berdua memory forget %1$s`",
            user);
    return true;
}

bool
session_action(enum action action)
{
    return (action > ACT_NONE && action < ACT_QUIT) || action == ACT_CONTEXT ||
           action == ACT_MEMORY;
}

static void
say_line(void *arg, const char *line)
{
    (void)arg;
    out_say("berdua: %s\n", line);
}

struct runner *
session_start(struct runner_opts opts, struct err *err)
{
    opts.user = opts.config->user;
    opts.analyses = true;
    opts.on_close = say_line;
    random_fill(&opts.seed, sizeof opts.seed);
    struct runner *r = runner_create(&opts, err);
    if (r)
        runner_set(r)->blind = opts.config->evaluate.blind;
    return r;
}

int
session_over(struct runner **r, struct loop **loop, struct err *err, int code)
{
    if (!runner_destroy(r) && code == EXIT_DONE)
        code = EXIT_FAILED;
    loop_destroy(loop);
    if (err->text[0])
        out_say("berdua: %s\n", err->text);
    return code;
}

bool
session_perform(struct runner *r, enum action action, const char *turn_id, const char *argument,
                struct err *said, struct err *err)
{
    static const enum verdict_kind verdicts[ACT_COUNT] = {
        [ACT_VERDICT_LEFT] = VERDICT_CLAUDE, [ACT_VERDICT_RIGHT] = VERDICT_LLAMA,
        [ACT_VERDICT_TIE] = VERDICT_TIE,     [ACT_VERDICT_BOTH_BAD] = VERDICT_BOTH_BAD,
        [ACT_NOTE] = VERDICT_NOTE,           [ACT_UNDO] = VERDICT_UNDO,
        [ACT_ADOPT] = VERDICT_ADOPT,
    };
    if (verdicts[action] != VERDICT_NONE)
        return session_judge(
            r, turn_id,
            &(struct verdict){
                .kind = verdicts[action],
                .note = (char *)(uintptr_t)(action_info(action)->argument ? argument : NULL)},
            err);
    switch (action) {
    case ACT_SEND:
        return runner_submit(r, argument ? argument : "", BRAINS_BOTH, err);
    case ACT_CANCEL:
        runner_cancel(r);
        return true;
    case ACT_SET_ASIDE:
        if (!runner_set_aside(r, turn_id, err))
            return false;
        err_set(said, "set aside: this pair is not judged, and its names stay hidden");
        return true;
    case ACT_REVEAL:
        return reveal(r, turn_id, err);
    case ACT_BLIND:
        return change_blind(r, argument, said, err);
    case ACT_REGENERATE:
        return regenerate(r, turn_id, argument, err);
    case ACT_MODE:
        return change_mode(r, argument, said, err);
    case ACT_HISTORY:
        return change_history(r, argument, said, err);
    case ACT_CONTEXT:
        return change_context(r, argument, said, err);
    case ACT_NEW_SESSION:
    case ACT_END:
        return end_session(r, action == ACT_END, said, err);
    case ACT_MEMORY:
        return change_memory(r, argument, said, err);
    case ACT_OLDER:
        runner_load_older(r);
        return true;
    default:
        return true;
    }
}
