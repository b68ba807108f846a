#include "eval_parts.h"

#include <stdio.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "cmd/out.h"

enum { LINE_BYTES = 1024, BAR_COLS = 20 };

static void
add_bar(struct buf *out, size_t done, size_t whole)
{
    size_t full = whole ? BAR_COLS * done / whole : BAR_COLS;
    for (size_t i = 0; i < BAR_COLS; i++)
        buf_append_str(out, i < full ? "█" : "░");
    buf_append_char(out, ' ');
}

static void
add_rate(struct buf *out, const struct progress_line *l, size_t written)
{
    double s = (double)(clock_us() - l->start_us) / US_PER_S;
    double rate = s > 0 ? (double)written / s : 0;
    if (written == 0)
        return;
    buf_printf(out, rate >= 1 ? " · %.1f/s" : " · %.1f/min", rate >= 1 ? rate : 60 * rate);
}

static void
add_usd(struct buf *out, double usd)
{
    buf_printf(out, usd >= 1 || usd == 0 ? "$%.2f" : "$%.4f", usd);
}

void
eval_progress_show(struct eval_job *j, const struct eval_progress *p)
{
    size_t ended = p->stood + p->written;
    struct buf line;
    if (p->stopped || ended == p->rows || !progress_line_due(&j->view, ended, p->rows))
        return;
    buf_init(&line, LINE_BYTES);
    if (p->simulated)
        buf_append_str(&line, "SIMULATED · ");
    if (j->view.terminal)
        add_bar(&line, ended, p->rows);
    buf_printf(&line, "%zu of %zu", ended, p->rows);
    add_rate(&line, &j->view, p->written);
    if (!progress_line_add_wait(&line, p->wait_until_us))
        progress_line_add_left(&j->view, &line, p->written, p->rows - ended);
    buf_printf(&line, " · %zu error%s · ", p->failed, p->failed == 1 ? "" : "s");
    add_usd(&line, p->usd);
    progress_line_show(&j->view, &line);
    buf_finish(&line);
}

/* ---- at the end ---- */

static void
add_cell(struct buf *out, size_t met, size_t of)
{
    char cell[64];
    if (of)
        snprintf(cell, sizeof cell, "%zu of %zu", met, of);
    buf_printf(out, "  %16s", of ? cell : "-");
}

static void
add_line(struct buf *out, const char *name, const struct eval_count cells[BRAIN_COUNT])
{
    buf_printf(out, "  %-10s", name);
    for (int b = 0; b < BRAIN_COUNT; b++)
        add_cell(out, cells[b].met, cells[b].of);
    buf_append_char(out, '\n');
}

static void
add_table(struct buf *out, const struct eval_progress *p)
{
    struct eval_count answers[BRAIN_COUNT];
    buf_printf(out, "  %-10s", "");
    for (int b = 0; b < BRAIN_COUNT; b++) {
        answers[b] = (struct eval_count){p->complete[b], p->answers[b]};
        buf_printf(out, "  %16s", brain_title((enum brain_id)b));
    }
    buf_append_char(out, '\n');
    add_line(out, "answered", answers);
    for (int k = 0; k < EXPECT_COUNT; k++) {
        size_t of = 0;
        for (int b = 0; b < BRAIN_COUNT; b++)
            of += p->expected[k][b].of;
        if (of)
            add_line(out, expect_kind_name((enum expect_kind)k), p->expected[k]);
    }
}

static void
add_summary(struct buf *out, const struct eval_job *j)
{
    const struct eval_progress *p = &j->done;
    buf_printf(out, "%s%zu of %zu rows written", p->simulated ? "SIMULATED: " : "", p->written,
               p->rows);
    if (p->stood)
        buf_printf(out, ", %zu stood before", p->stood);
    if (p->stored)
        buf_printf(out, ", %zu with answers that were in the store", p->stored);
    buf_printf(out, "; %zu with an error; ", p->failed);
    add_usd(out, p->usd);
    buf_append_char(out, '\n');
}

void
eval_print_end(const struct eval_job *j)
{
    const struct eval_progress *p = &j->done;
    size_t left = p->rows - p->stood - p->written;
    struct buf text;
    buf_init(&text, 1 << 16);
    add_summary(&text, j);
    if (p->written)
        add_table(&text, p);
    if (!j->quiet && j->output)
        out_print("%s", text.p);
    else if (!j->quiet)
        out_say("%s", text.p);
    if (left)
        out_say("berdua: %zu row%s left; the same command with --resume goes on with %s\n", left,
                left == 1 ? " is" : "s are", left == 1 ? "it" : "them");
    buf_finish(&text);
}
