/* What the session and the month have cost. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "panel_parts.h"

enum { COST_CAP = 3 * WORDS_FIGURE + 24, RANK_COST = 5, RANK_BUDGET = 4 };

/* "$0.0145", or "~$0.0145" where not every cost is known. "": there is nothing to say. */
static void
sum(char *out, size_t cap, double usd, bool gaps)
{
    char figure[WORDS_FIGURE];
    out[0] = 0;
    if (usd > 0)
        snprintf(out, cap, "%s%s", gaps ? "~" : "", words_cost(figure, usd));
}

static void
month(const struct ui_facts *f, char *out, size_t cap)
{
    char spent[WORDS_FIGURE + 1], of[WORDS_FIGURE];
    bool capped = !isnan(f->cost.cap_usd);
    out[0] = 0;
    if (isnan(f->cost.month_usd) || f->simulated)
        return;
    sum(spent, sizeof spent, f->cost.month_usd, f->cost.month_gaps);
    if (capped)
        snprintf(out, cap, "%s of %s", spent[0] ? spent : "$0", words_cost(of, f->cost.cap_usd));
    else
        snprintf(out, cap, "%s", spent);
}

/* "session $0.0145 · month $4.31 of $5.00"; a part that is not known is left out. */
static void
both(const struct panel_view *v, const char *session, const char *m, char *out, size_t cap)
{
    snprintf(out, cap, "%s%s%s%s%s", session[0] ? "session " : "", session,
             session[0] && m[0] ? v->glyphs->middle : "", m[0] ? "month " : "", m);
}

void
panel_cost(struct panel *p, const struct panel_view *v, int cols)
{
    char session[COST_CAP], m[COST_CAP], text[2 * COST_CAP + 16];
    int rank = isnan(v->facts->cost.cap_usd) ? RANK_COST : RANK_BUDGET;
    sum(session, sizeof session, v->facts->cost.session_usd, v->facts->cost.session_gaps);
    month(v->facts, m, sizeof m);
    both(v, session, m, text, sizeof text);
    if (session[0] && m[0] && utf8_width(text, strlen(text)) <= cols) {
        line_add_str(panel_row(p, cols, rank), INK_LABEL, text);
        return;
    }
    if (session[0])
        panel_figure(p, cols, RANK_COST, "session cost", session);
    if (m[0])
        panel_figure(p, cols, rank, "this month", m);
}

void
strip_cost(struct line *l, const struct panel_view *v)
{
    char session[COST_CAP], m[COST_CAP], text[2 * COST_CAP + 16];
    sum(session, sizeof session, v->facts->cost.session_usd, v->facts->cost.session_gaps);
    month(v->facts, m, sizeof m);
    both(v, session, m, text, sizeof text);
    if (!session[0] && !m[0])
        return;
    if (line_right(l, INK_LABEL, text, 2))
        return;
    both(v, session, "", text, sizeof text);
    if (session[0])
        line_right(l, INK_LABEL, text, 2);
}
