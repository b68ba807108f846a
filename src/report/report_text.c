#include "berdua/report/report_text.h"

#include <math.h>
#include <stdio.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"

enum { BAR_COLS = 21 };

/* "├──■──┤" on a line from 0 to 1, with a dot at one half. */
static void
add_bar(struct buf *out, double value, struct interval i)
{
    int low = (int)lround(i.low * (BAR_COLS - 1)), high = (int)lround(i.high * (BAR_COLS - 1));
    int at = isnan(value) ? -1 : (int)lround(value * (BAR_COLS - 1));
    for (int col = 0; col < BAR_COLS; col++) {
        const char *sign = col == BAR_COLS / 2 ? "·" : " ";
        if (col == at)
            sign = "■";
        else if (isnan(value))
            sign = col == BAR_COLS / 2 ? "·" : " ";
        else if (col == low)
            sign = "├";
        else if (col == high)
            sign = "┤";
        else if (col > low && col < high)
            sign = "─";
        buf_append_str(out, sign);
    }
}

static const char *
lead_words(enum lead lead)
{
    return lead == LEAD_LLAMA ? "LLAMA leads" : lead == LEAD_CLAUDE ? "Claude leads" : "no leader";
}

static void
add_share(struct buf *out, const char *format, double share)
{
    if (isnan(share))
        buf_append_str(out, "   -");
    else
        buf_printf(out, format, share);
}

static void
add_cell(struct buf *out, const char *name, const struct report_cell *c)
{
    const struct tally *t = &c->tally;
    char counts[96], needed[32] = "";
    snprintf(counts, sizeof counts, "%lld/%lld/%lld/%lld", (long long)t->w, (long long)t->l,
             (long long)t->t, (long long)t->b);
    buf_printf(out, " %-16s %-12s ", name, lead_words(c->win_rate.state));
    add_bar(out, c->win_rate.value, c->win_rate.interval);
    buf_append_str(out, "  ");
    add_share(out, "%4.2f", c->win_rate.value);
    buf_printf(out, " %5lld  %-16s ", (long long)verdicts_total(t), counts);
    add_share(out, "%4.2f", c->quality.score);
    buf_append_char(out, c->quality.n > 0 && c->quality.basis == QUALITY_NOT_WORSE ? '*' : ' ');
    if (!isnan(c->stage))
        buf_printf(out, " %3g %%", c->stage);
    if (c->win_rate.needed > 0)
        snprintf(needed, sizeof needed, "  %lld more", (long long)c->win_rate.needed);
    buf_printf(out, "%s\n", needed);
}

static void
add_heading(struct buf *out, const struct report *r)
{
    char day[32];
    if (r->since_us == INT64_MIN)
        buf_append_str(out, "Report of everything stored\n");
    else
        buf_printf(out, "Report since %s\n",
                   clock_format(r->since_us, "%Y-%m-%d %H:%M", day, sizeof day));
    buf_printf(out,
               "pairs shown %lld, judged %lld · raters %lld · verdicts %lld: counted %lld,"
               " left out by a flag %lld, later ones %lld, on disputes %lld\n",
               (long long)r->flow.shown, (long long)r->flow.pairs, (long long)r->flow.raters,
               (long long)r->flow.verdicts, (long long)r->flow.counted, (long long)r->flow.left_out,
               (long long)r->flow.later, (long long)r->flow.dispute);
}

static void
add_flags(struct buf *out, const struct report *r)
{
    const char *between = "flagged: ";
    for (int f = 0; f < FLAG_COUNT; f++) {
        if (!r->flagged[f])
            continue;
        buf_printf(out, "%s%s %lld", between, verdict_flag_name((enum verdict_flag)f),
                   (long long)r->flagged[f]);
        between = ", ";
    }
    if (*between == ',')
        buf_append_char(out, '\n');
}

static void
add_rate(struct buf *out, const char *what, const struct report_rate *rate, const char *more)
{
    if (rate->n > 0)
        buf_printf(out, " %-24s %3.0f %%  (%.0f–%.0f %%)  of %lld%s\n", what, 100 * rate->rate,
                   100 * rate->interval.low, 100 * rate->interval.high, (long long)rate->n, more);
}

static void
add_agreement(struct buf *out, const char *what, double value, const char *unit, int64_t n)
{
    if (n > 0 && !isnan(value))
        buf_printf(out, " %-24s %s %.2f  of %lld\n", what, unit, value, (long long)n);
}

static void
add_raters(struct buf *out, const struct report *r)
{
    static const char *const more[] = {[SCORE_HEURISTIC] = "; heuristic below 200",
                                       [SCORE_PREDICTIVE] = "",
                                       [SCORE_NOT_PREDICTIVE] = "; not predictive here"};
    buf_append_str(out, "\nRaters\n");
    add_rate(out, "the left side won", &r->side_bias, "");
    add_rate(out, "the warmer one won", &r->scores[0].agree, more[r->scores[0].state]);
    add_rate(out, "the culturally closer won", &r->scores[1].agree, more[r->scores[1].state]);
    add_agreement(out, "a rater, asked twice", r->self.kappa, "κ", r->self.n);
    add_agreement(out, "raters among themselves", r->raters.alpha, "α", r->raters.pairs);
    add_agreement(out, "blindness (0 is blind)", r->blindness.index.index, "",
                  r->blindness.index.n);
    if (r->style.n >= ASYMPTOTIC_LEAST)
        buf_printf(out, " %-24s %.2f  (%.2f–%.2f); as judged %.2f, of %lld\n",
                   "LLAMA, styles made alike", r->style.adjusted, r->style.interval.low,
                   r->style.interval.high, r->style.raw, (long long)r->style.n);
    if (r->judge.model)
        buf_printf(out, " judge %s%s: agrees in %.2f, κ %.2f, of %lld\n", r->judge.model,
                   r->judge.fit.calibrated ? "" : " (not calibrated)", r->judge.agreement,
                   r->judge.kappa, (long long)r->judge.fit.n);
}

static void
add_ms(struct buf *out, double ms)
{
    if (isnan(ms))
        buf_append_str(out, "        -");
    else
        buf_printf(out, " %5.0f ms", ms);
}

static void
add_brains(struct buf *out, const struct report *r)
{
    buf_append_str(out, "\nBrains    answers  complete   first token: median       p95       p99"
                        "     cold        cost\n");
    for (int i = 0; i < BRAIN_COUNT; i++) {
        const struct report_brain *b = &r->brains[i];
        buf_printf(out, " %-8s %8lld  ", brain_title((enum brain_id)i), (long long)b->answers);
        if (b->answers)
            buf_printf(out, "%6.1f %%", 100 * (double)b->complete / (double)b->answers);
        else
            buf_append_str(out, "       -");
        buf_append_str(out, "            ");
        add_ms(out, b->ttft.p50_ms);
        buf_append_char(out, ' ');
        add_ms(out, b->ttft.p95_ms);
        buf_append_char(out, ' ');
        add_ms(out, b->ttft.p99_ms);
        buf_printf(out, " %8lld  $%9.4f\n", (long long)b->cold, b->cost_usd);
    }
}

void
report_to_text(const struct report *r, int category, struct buf *out)
{
    add_heading(out, r);
    add_flags(out, r);
    buf_append_str(out, "\n                               won by LLAMA: 0 · ½ · 1          n  "
                        "L/C/tie/bad      quality stage  a leader after\n");
    for (int c = 0; c < CATEGORY_COUNT; c++)
        if (category < 0 || category == c)
            add_cell(out, category_name((enum category)c), &r->categories[c]);
    if (category < 0) {
        for (int l = 0; l < LANGUAGE_COUNT; l++)
            add_cell(out, language_name((enum language)l), &r->languages[l]);
        add_cell(out, "overall", &r->overall);
    }
    add_raters(out, r);
    add_brains(out, r);
    buf_append_str(
        out, "\nIntervals hold however often one looks (95 %). Quality is the lower bound of the "
             "share of\nLLAMA's answers that would be sent as they are (*: that are not worse "
             "than Claude's).\n");
}
