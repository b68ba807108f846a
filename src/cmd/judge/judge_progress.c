#include "judge_parts.h"

#include "berdua/base/buf.h"

enum { LINE_BYTES = 512 };

void
judge_progress_show(struct judge_job *j, const struct judge_progress *p)
{
    size_t ended = p->done + p->failed;
    char usd[JUDGE_USD_BYTES];
    struct buf line;
    if (p->stop != JUDGE_STOP_NONE || !progress_line_due(&j->view, ended, p->pairs))
        return;
    buf_init(&line, LINE_BYTES);
    buf_printf(&line, "%s%zu of %zu pairs · %s", j->choice.simulated ? "SIMULATED · " : "", p->done,
               p->pairs, judge_usd(p->usd, usd));
    if (p->failed)
        buf_printf(&line, " · %zu failed", p->failed);
    if (j->view.terminal && !progress_line_add_wait(&line, p->wait_until_us))
        progress_line_add_left(&j->view, &line, p->done, p->pairs - ended);
    progress_line_show(&j->view, &line);
    buf_finish(&line);
}
