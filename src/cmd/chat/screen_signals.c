#include "screen_signals.h"

#include <signal.h>

#include "berdua/core/loop.h"
#include "berdua/ui/ui.h"

static void
caught(int signo, void *arg)
{
    struct screen_signals *s = arg;
    switch (signo) {
    case SIGWINCH:
        ui_resized(*s->ui);
        break;
    case SIGTSTP:
        ui_stop(*s->ui);
        break;
    case SIGCONT:
        ui_continued(*s->ui);
        break;
    case SIGINT:
        ui_interrupt(*s->ui);
        break;
    default:
        loop_stop(s->loop, 128 + signo);
        break;
    }
}

bool
screen_signals_watch(struct screen_signals *s, struct err *err)
{
    static const int watched[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof watched / sizeof *watched; i++)
        ok = loop_add_signal(s->loop, watched[i], caught, s, err);
    return ok;
}
