#include "panel_parts.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "ui/text/words.h"

/* Adds " · label value" when all of it fits. */
static void
part(struct line *l, const struct glyphs *g, const char *label, const char *value)
{
    int cols = 3 + (int)strlen(label) + (label[0] != 0) + utf8_width(value, strlen(value));
    if (l->cols + cols > l->width || value[0] == (char)0xe2)
        return;
    line_add_str(l, INK_RULE, g->middle);
    if (label[0])
        line_addf(l, INK_LABEL, "%s ", label);
    line_add_str(l, INK_VALUE, value);
}

static void
head(struct line *l, const struct panel_view *v, enum brain_id b, int name_cols, int state_cols)
{
    enum ink ink;
    const char *state = words_state(v->turn, b, &ink);
    int at = l->cols;
    line_addf(l, ink, "%s ", words_sign(v->turn, b, v->glyphs));
    line_add_str(l, words_brain_ink(b), words_brain(b));
    line_pad(l, INK_TEXT, at + name_cols);
    at = l->cols;
    line_add_str(l, ink, state);
    line_pad(l, INK_TEXT, at + state_cols);
}

static void
brain_line(struct panel *p, const struct panel_view *v, enum brain_id b, int cols)
{
    struct line *l = panel_row(p, cols, 0);
    line_add_str(l, INK_TEXT, " ");
    head(l, v, b, 9, 9);
    if (panel_paused(v, b)) {
        line_add_str(l, INK_RULE, v->glyphs->middle);
        line_add_str(l, INK_WARNING, "paused after failures");
    }
    if (!v->turn || !v->turn->asked[b])
        return;
    const struct answer *a = &v->turn->answers[b];
    char s[WORDS_FIGURE], tokens[WORDS_FIGURE + 8];
    if (panel_failed(a)) {
        struct buf why;
        buf_init(&why, 4096);
        words_error(&why, a);
        line_add_str(l, INK_RULE, v->glyphs->middle);
        line_add_raw(l, a->status == STATUS_REFUSED ? INK_WARNING : INK_ERROR, why.p, why.len,
                     cols);
        buf_finish(&why);
        return;
    }
    part(l, v->glyphs, "first token", words_ms(s, a->times.ttft_us));
    part(l, v->glyphs, "", words_time(s, words_total_us(a, v->now_us)));
    part(l, v->glyphs, "", words_speed(s, answer_tokens_per_s(a, v->now_us)));
    bool estimated = a->usage.estimated || a->usage.output == UNKNOWN;
    snprintf(tokens, sizeof tokens, "%s%s tok", estimated ? "~" : "",
             words_count(s, answer_tokens_out(a)));
    if (answer_tokens_out(a) > 0)
        part(l, v->glyphs, "", tokens);
    part(l, v->glyphs, "", words_cost(s, a->cost_usd));
    if (a->retries > 0) {
        snprintf(s, sizeof s, "%d", a->retries);
        part(l, v->glyphs, "retries", s);
    }
    if (a->times.ttft_us != UNKNOWN && a->times.stall_us > 0)
        part(l, v->glyphs, "stall", words_time(s, a->times.stall_us));
}

void
strip_make(struct panel *p, const struct panel_view *v, int rows, int cols)
{
    p->count = 0;
    if (rows >= 4)
        panel_row(p, cols, 0);
    if (rows >= 2) {
        brain_line(p, v, turn_side(v->turn, 0), cols);
        brain_line(p, v, turn_side(v->turn, 1), cols);
        if (rows >= 3) {
            struct line *l = panel_row(p, cols, 0);
            line_add_str(l, INK_TEXT, " ");
            strip_message(l, v);
            strip_cost(l, v);
        }
    } else if (rows == 1) {
        struct line *l = panel_row(p, cols, 0);
        for (int i = 0; i < BRAIN_COUNT; i++) {
            enum brain_id b = turn_side(v->turn, i);
            char s[WORDS_FIGURE];
            line_add_str(l, INK_TEXT, i ? "   " : " ");
            head(l, v, b, 9, 0);
            if (v->turn && v->turn->asked[b])
                part(l, v->glyphs, "", words_ms(s, v->turn->answers[b].times.ttft_us));
        }
    }
}
