/* What stands beside and under a pair whose names are hidden: how far both are, what is hidden, and how far the judging
 * is. The bar of the judging is in the title. */
#include "panel_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/utf8.h"

enum { BAR_MIN_COLS = 6, BAR_MAX_COLS = 20 };

static bool
ended(const struct turn *t)
{
    return t->blind.side_drawn && !turn_answering(t);
}

/* One line for both, and the only time that is told: since the message was sent. */
void
panel_blind_state(const struct turn *t, int64_t now_us, char *out, size_t cap)
{
    if (ended(t))
        snprintf(out, cap, "both have ended");
    else if (t->blind.sent_us > 0 && now_us > t->blind.sent_us)
        snprintf(out, cap, "both are answering, %lld s",
                 (long long)((now_us - t->blind.sent_us) / US_PER_S));
    else
        snprintf(out, cap, "both are answering");
}

static const char *
hidden_words(const struct turn *t)
{
    return t->blind.set_aside ? "set aside: not judged" : "hidden until you choose";
}

void
panel_blind(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    char state[64];
    panel_blind_state(v->turn, v->now_us, state, sizeof state);
    p->count = 0;
    line_add_str(panel_row(p, cols, RANK_HEADS), INK_HEADING, "BLIND");
    line_add_str(panel_row(p, cols, RANK_FIRST_TOKEN), INK_VALUE, state);
    line_add_str(panel_row(p, cols, RANK_TOTAL), INK_LABEL, "names, time, cost and scores:");
    line_add_str(panel_row(p, cols, RANK_SCORE), INK_LABEL, hidden_words(v->turn));
    panel_gap(p, cols);
    panel_message(p, v, cols);
    panel_drop_until(p, rows);
}

void
strip_blind(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    char state[64];
    panel_blind_state(v->turn, v->now_us, state, sizeof state);
    p->count = 0;
    struct line *l = panel_row(p, cols, 0);
    line_addf(l, INK_VALUE, " %s", state);
    if (rows == 1)
        return;
    l = panel_row(p, cols, 0);
    line_addf(l, INK_LABEL, " names, time, cost and scores: %s", hidden_words(v->turn));
    l = panel_row(p, cols, 0);
    line_add_str(l, INK_TEXT, " ");
    strip_message(l, v);
}

/* ---- the bar ---- */

enum { PIECES = 4, PIECE_BYTES = 64 };

/* What is said of it, the most important first; returns how many pieces. */
static int
bar_pieces(const struct judging_pace *b, char out[PIECES][PIECE_BYTES])
{
    int n = 0;
    double left_s = (double)(b->target - b->done) * b->each_s;
    if (b->target > 0)
        snprintf(out[n++], PIECE_BYTES, "pair %lld of %lld", (long long)b->pair,
                 (long long)b->target);
    else if (b->left > 0)
        snprintf(out[n++], PIECE_BYTES, "pair %lld, %lld left", (long long)b->pair,
                 (long long)b->left);
    else
        snprintf(out[n++], PIECE_BYTES, "pair %lld", (long long)b->pair);
    if (!isnan(b->each_s) && b->target > b->done)
        snprintf(out[n++], PIECE_BYTES, "%.0f min", ceil(left_s / 60));
    if (!isnan(b->each_s))
        snprintf(out[n++], PIECE_BYTES, "%.0f s each", b->each_s);
    if (!isnan(b->kappa))
        snprintf(out[n++], PIECE_BYTES, "agreement with yourself \xce\xba %.2f", b->kappa);
    return n;
}

/* As many pieces as have room; the first one shorter where it has none. */
static void
bar_words(const struct judging_pace *b, int room, char *out, size_t cap)
{
    char pieces[PIECES][PIECE_BYTES];
    int n = bar_pieces(b, pieces), cols = 0;
    size_t used = 0;
    out[0] = 0;
    for (int i = 0; i < n; i++) {
        const char *sep = i ? b->glyphs->middle : "";
        int more = utf8_width(sep, strlen(sep)) + utf8_width(pieces[i], strlen(pieces[i]));
        if (cols + more > room)
            break;
        used += (size_t)snprintf(out + used, cap - used, "%s%s", sep, pieces[i]);
        cols += more;
    }
    if (!used && b->target > 0)
        snprintf(out, cap, "%lld/%lld", (long long)b->pair, (long long)b->target);
}

void
judging_bar(struct line *l, const struct judging_pace *b)
{
    char words[PIECES * (PIECE_BYTES + 8)];
    int room = l->width - l->cols - 3;
    bar_words(b, room, words, sizeof words);
    int cols = utf8_width(words, strlen(words));
    if (cols > room)
        return;
    int bar = room - cols - 2 < BAR_MAX_COLS ? room - cols - 2 : BAR_MAX_COLS;
    bool drawn = b->target > 0 && bar >= BAR_MIN_COLS;
    line_pad(l, INK_TEXT, l->width - 1 - cols - (drawn ? bar + 2 : 0));
    line_add_str(l, INK_TITLE_DETAIL, words);
    if (!drawn)
        return;
    line_add_str(l, INK_TEXT, "  ");
    int full = (int)((double)bar * (double)(b->done < b->target ? b->done : b->target) /
                     (double)b->target);
    line_repeat(l, INK_DONE, b->glyphs->bar[8], full);
    line_repeat(l, INK_RULE, b->glyphs->track, bar - full);
}
