/* What the verdicts say: who wins which kind of message, and how far the kind of this message is from the next stage of its
 * rollout. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "panel_parts.h"
#include "ui/text/charts.h"

enum { NAME_COLS = 17, COUNT_COLS = 11, CHART_MIN_COLS = 7, COUNT_TEXT = 48 };

/* Name and chart share the columns of every row here; one half has a column of its own. */
static int
chart_cols(int cols)
{
    int rest = cols - NAME_COLS - COUNT_COLS;
    return rest % 2 ? rest : rest - 1;
}

/* "7½ of 12"; a tie is half a win for each. */
static void
count_text(const struct panel_view *v, const struct ui_category *c, char out[COUNT_TEXT])
{
    int64_t whole = (int64_t)c->won;
    bool half = c->won - (double)whole > .25;
    const char *mark = !half ? "" : v->glyphs->one_half[0] == ':' ? ".5" : v->glyphs->one_half;
    snprintf(out, COUNT_TEXT, "%" PRId64 "%s of %" PRId64, whole, mark, c->n);
    if (utf8_width(out, strlen(out)) > COUNT_COLS - 1)
        snprintf(out, COUNT_TEXT, "of %" PRId64, c->n);
}

static void
add_category(struct panel *p, const struct panel_view *v, int cols, enum category k, bool of_this)
{
    const struct ui_category *c = &v->facts->evidence.categories[k];
    char count[COUNT_TEXT];
    enum ink ink = c->low > .5 ? INK_LLAMA : c->high < .5 ? INK_CLAUDE : INK_VALUE;
    struct line *l = panel_row(p, cols, of_this ? RANK_VERDICT : RANK_OTHER_VERDICTS);
    line_add_str(l, of_this ? INK_VALUE : INK_LABEL, words_category(k));
    line_pad(l, INK_TEXT, NAME_COLS);
    chart_interval(l, v->glyphs, ink, &(struct chart_span){c->low, c->share, c->high, NAN},
                   chart_cols(cols));
    count_text(v, c, count);
    line_right(l, of_this ? INK_VALUE : INK_LABEL, count, 1);
}

static void
add_verdicts(struct panel *p, const struct panel_view *v, int cols, int this_kind)
{
    const struct ui_evidence *e = &v->facts->evidence;
    int64_t all = 0;
    for (int k = 0; k < CATEGORY_COUNT; k++)
        all += e->categories[k].n;
    if (all == 0)
        return;
    struct line *l = panel_head(p, cols, RANK_VERDICT, "VERDICTS");
    line_pad(l, INK_TEXT, NAME_COLS);
    chart_scale(l, v->glyphs, chart_cols(cols));
    line_right(l, INK_DIM, "LLAMA won", 1);
    for (int k = 0; k < CATEGORY_COUNT; k++)
        if (e->categories[k].n > 0)
            add_category(p, v, cols, (enum category)k, k == this_kind);
    panel_gap(p, cols);
}

/* ---- the rollout ---- */

static void
add_quality(struct panel *p, const struct panel_view *v, int cols, const struct ui_category *c)
{
    char score[WORDS_FIGURE], gate[WORDS_FIGURE], both[2 * WORDS_FIGURE + 4];
    struct line *l = panel_row(p, cols, RANK_STAGE_MORE);
    line_add_str(l, INK_LABEL, "quality");
    line_pad(l, INK_TEXT, NAME_COLS);
    chart_interval(l, v->glyphs, c->quality >= c->gate ? INK_DONE : INK_LABEL,
                   &(struct chart_span){c->quality, c->quality, c->upper, c->gate},
                   chart_cols(cols));
    snprintf(both, sizeof both, "%s of %s", score_text(score, c->quality),
             score_text(gate, c->gate));
    line_right(l, INK_LABEL, both, 1);
}

static void
add_stage(struct panel *p, const struct panel_view *v, int cols, enum category k)
{
    const struct ui_category *c = &v->facts->evidence.categories[k];
    char text[COUNT_TEXT];
    struct line *l = panel_row(p, cols, RANK_STAGE);
    line_add_str(l, INK_LABEL, "ROLLOUT");
    line_pad(l, INK_TEXT, NAME_COLS);
    if (isnan(c->next))
        snprintf(text, sizeof text, "%s %g %%", words_category(k), c->percent);
    else
        snprintf(text, sizeof text, "%s %g %s %g %%", words_category(k), c->percent,
                 v->glyphs->becomes, c->next);
    line_right(l, INK_VALUE, text, 1);
    if (isnan(c->next)) {
        panel_gap(p, cols);
        return;
    }
    add_quality(p, v, cols, c);
    double hours = isnan(c->hours) ? 0 : c->hours < c->dwell_h ? c->hours : c->dwell_h;
    snprintf(text, sizeof text, "%" PRId64 " of %" PRId64 " verdicts, %.0f of %.0f h", c->verdicts,
             c->least, hours, c->dwell_h);
    panel_figure(p, cols, RANK_STAGE_MORE, "", text);
    panel_gap(p, cols);
}

void
panel_evidence(struct panel *p, const struct panel_view *v, int cols)
{
    const struct ui_evidence *e = &v->facts->evidence;
    int kind = v->turn ? v->turn->kind.category : -1;
    if (chart_cols(cols) < CHART_MIN_COLS)
        return;
    add_verdicts(p, v, cols, kind);
    if (e->known && kind >= 0)
        add_stage(p, v, cols, (enum category)kind);
}
