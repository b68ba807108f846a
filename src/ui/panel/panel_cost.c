/* What the session and the month have cost. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "panel_parts.h"
#include "ui/text/charts.h"

enum {
    SUM_CAP = WORDS_FIGURE + 1, /* a figure with its ~ */
    COST_CAP = 3 * WORDS_FIGURE + 24,
    BUDGET_COL = 8,
    BUDGET_MIN_COLS = 4
};
#define BUDGET_NEARLY  0.9
#define CENTS_FROM_USD 0.1

/* What is printed of both brains, and of waking servers, adds up to this, which is printed of the session. */
static double
session_sum(const struct ui_facts *f, int *places)
{
    double printed = 0, rest = f->cost.session_usd;
    *places = words_cost_places(f->cost.session_usd);
    for (int b = 0; b < BRAIN_COUNT; b++)
        if (f->brain[b].cost_usd > 0) {
            printed += words_cost_printed(f->brain[b].cost_usd, *places);
            rest -= f->brain[b].cost_usd;
        }
    if (rest > 0)
        printed += words_cost_printed(rest, *places);
    return printed > 0 ? printed : f->cost.session_usd;
}

/* "$0.0145", or "~$0.0145" where not every cost is known. "": there is nothing to say. */
static void
sum(char out[SUM_CAP], double usd, int places, bool gaps)
{
    char figure[WORDS_FIGURE];
    out[0] = 0;
    if (usd > 0)
        snprintf(out, SUM_CAP, "%s%s", gaps ? "~" : "", words_cost_in(figure, usd, places));
}

static void
session(const struct ui_facts *f, char out[COST_CAP])
{
    int places;
    double usd = session_sum(f, &places);
    sum(out, f->cost.session_usd > 0 ? usd : 0, places, f->cost.session_gaps);
}

/* The month that holds the session is not printed as less than it, however both are rounded. */
static void
month_spent(const struct ui_facts *f, char out[SUM_CAP])
{
    int session_places;
    double usd = f->cost.month_usd, within = session_sum(f, &session_places);
    int places = usd < CENTS_FROM_USD ? words_cost_places(usd) : 2;
    if (usd >= f->cost.session_usd && words_cost_printed(usd, places) < within) {
        places = session_places;
        usd = fmax(usd, within);
    }
    sum(out, usd, places, f->cost.month_gaps);
}

static void
month(const struct ui_facts *f, char *out, size_t cap)
{
    char spent[SUM_CAP], of[WORDS_FIGURE];
    bool capped = !isnan(f->cost.cap_usd);
    out[0] = 0;
    if (isnan(f->cost.month_usd) || f->simulated)
        return;
    month_spent(f, spent);
    if (capped)
        snprintf(out, cap, "%s of %s", spent[0] ? spent : "$0", words_cost(of, f->cost.cap_usd));
    else
        snprintf(out, cap, "%s", spent);
}

/* A part that is not known is "". */
struct costs {
    char session[COST_CAP], month[COST_CAP];
    char both[2 * COST_CAP + 16]; /* "session $0.0145 · month $4.31 of $5.00" */
};

static void
costs_of(const struct panel_view *v, struct costs *c)
{
    session(v->facts, c->session);
    month(v->facts, c->month, sizeof c->month);
    snprintf(c->both, sizeof c->both, "%s%s%s%s%s", c->session[0] ? "session " : "", c->session,
             c->session[0] && c->month[0] ? v->glyphs->middle : "", c->month[0] ? "month " : "",
             c->month);
}

/* "BUDGET  ███▌░░░░░  $0.42 of $5.00" */
static void
budget(struct panel *p, const struct panel_view *v, int cols, const char *spent_of)
{
    double share = v->facts->cost.month_usd / v->facts->cost.cap_usd;
    struct line *l = panel_row(p, cols, RANK_BUDGET);
    int bar = cols - BUDGET_COL - utf8_width(spent_of, strlen(spent_of)) - 1;
    line_add_str(l, INK_LABEL, "BUDGET");
    line_pad(l, INK_TEXT, BUDGET_COL);
    if (bar >= BUDGET_MIN_COLS)
        chart_amount(l, v->glyphs, share < BUDGET_NEARLY ? INK_DONE : INK_WARNING, share, bar);
    if (!line_right(l, INK_VALUE, spent_of, 1))
        line_right(l, INK_VALUE, spent_of, 0);
}

void
panel_cost(struct panel *p, const struct panel_view *v, int cols)
{
    struct costs c;
    char figure[WORDS_FIGURE];
    costs_of(v, &c);
    if (c.session[0])
        panel_figure(p, cols, RANK_COST, "session cost", c.session);
    if (v->facts->cost.warm_up_usd > 0 && c.month[0])
        panel_figure(p, cols, RANK_COST, "warm-ups this month",
                     words_cost(figure, v->facts->cost.warm_up_usd));
    if (c.month[0] && !isnan(v->facts->cost.cap_usd))
        budget(p, v, cols, c.month);
    else if (c.month[0])
        panel_figure(p, cols, RANK_COST, "this month", c.month);
}

void
strip_cost(struct line *l, const struct panel_view *v)
{
    struct costs c;
    costs_of(v, &c);
    if (!c.both[0] || line_right(l, INK_LABEL, c.both, 2) || !c.session[0])
        return;
    snprintf(c.both, sizeof c.both, "session %s", c.session);
    line_right(l, INK_LABEL, c.both, 2);
}
