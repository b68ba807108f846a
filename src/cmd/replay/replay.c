/* berdua replay: a stored session, or a recording, as it came. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/brain/tape.h"
#include "berdua/conf/conf.h"
#include "berdua/store/query.h"
#include "berdua/ui/terminal.h"
#include "cmd/out.h"
#include "replay_ways.h"

enum { OPT_SPEED, OPT_LINEAR };
static const struct cmd_option options[] = {
    [OPT_SPEED] = {"speed", "FACTOR|instant", .help = "so many times as fast, or all at once"},
    [OPT_LINEAR] = {"linear", .help = "no screen"}};
static const double speed_least = 0.01, speed_most = 1000;

int64_t
replay_advance(const struct replay_show *show, int64_t start_us)
{
    int64_t now_us = clock_us();
    if (isinf(show->speed))
        return replay_go(show->replay, replay_length_us(show->replay), now_us);
    int64_t at_us = (int64_t)((double)(now_us - start_us) * show->speed);
    int64_t next_us = replay_go(show->replay, at_us, now_us);
    if (next_us == NEVER_US)
        return NEVER_US;
    return start_us + (int64_t)ceil((double)next_us / show->speed);
}

/* ---- what is replayed ---- */

/* A file, or what can only be one. */
static bool
is_file(const char *word)
{
    return strchr(word, '/') || access(word, F_OK) == 0;
}

static struct replay *
open_cassette(const char *file, const char *user, struct err *err)
{
    struct tape_answer tape;
    if (!tape_answer_read(&tape, file, err))
        return NULL;
    struct conversation *c = conversation_create(user);
    struct turn *t = turn_create(tape.message ? tape.message : "");
    enum brain_id b = tape.answer.brain;
    struct replay_mark *marks = xreallocarray(NULL, tape.count + 1, sizeof *marks);
    for (size_t i = 0; i < tape.count; i++)
        marks[i] = (struct replay_mark){tape.pieces[i].at_us, tape.pieces[i].len};
    t->seq = 1;
    t->mode = MODE_PARALLEL;
    t->asked[b] = true;
    t->simulated = true;
    t->served = t->canonical = answer_valid(&tape.answer) ? b : BRAIN_NONE;
    answer_finish(&t->answers[b]);
    t->answers[b] = tape.answer;
    tape.answer = (struct answer){.brain = b};
    conversation_append(c, t);
    struct replay *r = replay_create(c);
    replay_know(r, b, marks, tape.count);
    free(marks);
    tape_answer_finish(&tape);
    return r;
}

static struct replay *
open_session(const char *id, const char *store_url, struct err *err)
{
    struct store *s = store_open(store_url, err);
    struct conversation *c = s ? query_session(s, id, 0, 0, err) : NULL;
    store_close(&s);
    return c ? replay_create(c) : NULL;
}

/* ---- the command ---- */

/* 0: no speed. */
static double
read_speed(const char *text)
{
    char *end;
    if (!text)
        return 1;
    if (strcmp(text, "instant") == 0)
        return INFINITY;
    double x = strtod(text, &end);
    return end != text && !*end && x >= speed_least && x <= speed_most ? x : 0;
}

static int
check_replay(const struct cmd_args *a)
{
    const char *speed = a->values[OPT_SPEED];
    if (read_speed(speed) > 0)
        return 0;
    return cmd_usage("replay", "--speed takes a number from %g to %g, or instant, not \"%s\"",
                     speed_least, speed_most, speed);
}

static int
watch(const struct cmd_args *a, const struct replay_show *show)
{
    const struct ui_terminal driven = ui_terminal();
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    bool linear = a->values[OPT_LINEAR] != NULL;
    if (terminal && !driven.described && !linear && !a->globals->quiet)
        out_say("berdua: %s, so the replay is linear; for a screen: %s\n", driven.why,
                driven.remedy);
    if (linear || !terminal || !driven.described)
        return replay_linear(show);
    return replay_screen(a->config, a->globals, show);
}

static int
work_replay(const struct cmd_args *a, struct err *err)
{
    const char *word = a->words[0];
    bool file = is_file(word);
    struct replay_show show = {.speed = read_speed(a->values[OPT_SPEED])};
    show.replay = file ? open_cassette(word, a->config->user, err)
                       : open_session(word, a->config->store_url, err);
    if (!show.replay)
        return EXIT_FAILED;
    const char *name = file ? path_base(word) : replay_conversation(show.replay)->id;
    char *what = xasprintf("%s%s", file ? "" : "session ", name);
    show.what = what;
    int code = watch(a, &show);
    free(what);
    replay_destroy(&show.replay);
    return code;
}

const struct command command_replay = {
    .name = "replay",
    CMD_TABLE(option, options),
    .alone = {NULL, "SESSION | CASSETTE", 1, 1},
    .help = "a stored session, or a recording, as it came",
    .check = check_replay,
    .work = work_replay,
};
