#include "interrupts.h"

#include <signal.h>
#include <stddef.h>

#include "berdua/base/mem.h"
#include "berdua/core/loop.h"
#include "out.h"

static void
interrupted(int signo, void *arg)
{
    struct interrupts *i = arg;
    bool at_once = signo != SIGINT || i->signo;
    if (!at_once) {
        progress_line_clear(i->view);
        out_say("berdua: ends after the %s that run; once more to end at once\n", i->what);
    }
    i->signo = signo;
    i->stop(i->arg, at_once);
}

bool
interrupts_watch(struct interrupts *i, struct loop *loop, struct err *err)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    bool ok = true;
    for (size_t k = 0; ok && k < ARRAY_LEN(signals); k++)
        ok = loop_add_signal(loop, signals[k], interrupted, i, err);
    return ok;
}
