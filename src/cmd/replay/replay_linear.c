#include "replay_ways.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/core/loop.h"
#include "cmd/out.h"
#include "cmd/sessions/turn_text.h"

struct printer {
    const struct replay_show *show;
    struct loop *loop;
    int64_t start_us;
    size_t whole;               /* turns that are printed to their end */
    size_t begun;               /* and those of which the message is */
    bool answered[BRAIN_COUNT]; /* of the turn that is being printed */
};

/* What can be said of turn i now; true: all of it. A veiled turn is said at its end, by sides. */
static bool
print_turn(struct printer *p, const struct turn *t, bool over)
{
    bool whole = !turn_answering(t);
    if (turn_veiled(t)) {
        if (whole)
            turn_text_show(t);
        return whole;
    }
    if (p->begun == p->whole) {
        turn_text_message(t);
        p->begun++;
    }
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (t->asked[b] && !p->answered[b] && t->answers[b].status != STATUS_RUNNING) {
            turn_text_answer(t, (enum brain_id)b);
            p->answered[b] = true;
        }
    if (!whole || !over)
        return false;
    turn_text_verdict(t);
    return true;
}

static void
print_new(struct printer *p, bool over)
{
    const struct conversation *c = replay_conversation(p->show->replay);
    while (p->whole < c->count) {
        bool last = p->whole + 1 == c->count;
        if (!print_turn(p, c->turns[p->whole], over || !last))
            break;
        p->whole++;
        p->begun = p->whole;
        for (int b = 0; b < BRAIN_COUNT; b++)
            p->answered[b] = false;
    }
    fflush(stdout);
}

static int64_t
before_wait(void *arg)
{
    struct printer *p = arg;
    int64_t next_us = replay_advance(p->show, p->start_us);
    print_new(p, next_us == NEVER_US);
    if (next_us == NEVER_US || ferror(stdout))
        loop_stop(p->loop, ferror(stdout) ? EXIT_FAILED : EXIT_DONE);
    return next_us;
}

static void
end(int signo, void *arg)
{
    loop_stop(((struct printer *)arg)->loop, 128 + signo);
}

int
replay_linear(const struct replay_show *show)
{
    struct err err = {0};
    struct printer p = {.show = show, .loop = loop_create(&err), .start_us = clock_us()};
    int code = EXIT_FAILED;
    if (p.loop && loop_add_signal(p.loop, SIGINT, end, &p, &err) &&
        loop_add_signal(p.loop, SIGTERM, end, &p, &err) &&
        loop_add_signal(p.loop, SIGHUP, end, &p, &err)) {
        loop_set_before_wait(p.loop, before_wait, &p);
        code = loop_run(p.loop);
    }
    loop_destroy(&p.loop);
    if (err.text[0])
        out_say("berdua: %s\n", err.text);
    return code;
}
