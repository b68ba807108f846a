#include "columns.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/utf8.h"
#include "ui/text/words.h"

static enum ink
note_ink(const struct turn *t, enum brain_id b)
{
    enum answer_status s = t->answers[b].status;
    /* a hidden shadow stays dim even when it failed */
    if (turn_hides(t, b) || s == STATUS_CANCELLED || s == STATUS_COMPLETE)
        return INK_DIM;
    return s == STATUS_FAILED || s == STATUS_TIMEOUT ? INK_ERROR : INK_WARNING;
}

/* The mark at the right end of a head: the verdict, or which brain served. */
static const char *
distinction(const struct turn *t, enum brain_id b, enum ink *ink)
{
    *ink = INK_WINNER;
    if ((t->verdict.kind == VERDICT_CLAUDE && b == BRAIN_CLAUDE) ||
        (t->verdict.kind == VERDICT_LLAMA && b == BRAIN_LLAMA))
        return "better";
    if (t->verdict.kind == VERDICT_TIE)
        return "tie";
    *ink = INK_DIM;
    if (t->verdict.kind == VERDICT_BOTH_BAD)
        return "bad";
    if (t->canonical == b && t->served != b && t->served != BRAIN_NONE)
        return "continued";
    /* the user was shown it, but the conversation goes on with the other one */
    if (t->served == b && t->canonical != b && t->canonical != BRAIN_NONE)
        return "shown";
    return t->served == b ? "served" : NULL;
}

static void
add_head(const struct columns *c, const struct turn *t, enum brain_id b, int width,
         struct line *out)
{
    enum ink ink, mark_ink;
    const char *state = words_state(t, b, c->now_us, &ink), *mark = distinction(t, b, &mark_ink);
    char text[32];
    int whole = out->width;
    if (out->cols + width < whole)
        out->width = out->cols + width; /* the head ends where its column does */
    line_addf(out, ink, "%s ", words_sign(t, b, c->glyphs));
    line_add_str(out, words_brain_ink(t, b), words_brain(t, b));
    if (!t->asked[b] || t->answers[b].status != STATUS_COMPLETE)
        line_addf(out, ink, "  %s", state);
    if (mark) {
        bool winner = strcmp(mark, "better") == 0;
        snprintf(text, sizeof text, "%s%s%s", winner ? c->glyphs->star : "", winner ? " " : "",
                 mark);
        line_right(out, mark_ink, text, 1);
    }
    out->width = whole;
}

static void
add_body(const struct columns *c, const struct view_row *at, enum brain_id b, struct line *out)
{
    struct flow_row row;
    enum view_text text = view_body_text(c->view, at, b, &row);
    if (text == VIEW_TEXT_ANSWER)
        line_add_row(out, INK_TEXT, &row, c->needle);
    else if (text == VIEW_TEXT_NOTE)
        line_add_row(out, note_ink(at->turn, b), &row, "");
}

static void
add_columns(const struct columns *c, const struct view_row *at, struct line *out)
{
    const struct layout *l = c->layout;
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(at->turn, i);
        if (i == 1) {
            line_pad(out, INK_TEXT, l->separator_col);
            line_add_cols(out, INK_RULE, c->glyphs->vertical, strlen(c->glyphs->vertical), 1);
        }
        line_pad(out, INK_TEXT, i == 0 ? l->left_col : l->right_col);
        if (at->part == VIEW_HEAD)
            add_head(c, at->turn, b, l->column_cols, out);
        else
            add_body(c, at, b, out);
    }
}

/* The message in one row, and at its end what was said of its answers. */
static void
add_folded(const struct view_row *at, struct line *out)
{
    char end[64] = "";
    const char *verdict = words_verdict(at->turn);
    enum ink ink = INK_DIM;
    if (verdict)
        snprintf(end, sizeof end, "%s", verdict);
    else if (turn_running(at->turn))
        snprintf(end, sizeof end, "running");
    if (at->turn->verdict.kind == VERDICT_CLAUDE || at->turn->verdict.kind == VERDICT_LLAMA)
        ink = INK_WINNER;
    int room = out->width - out->cols - utf8_width(end, strlen(end)) - 2;
    line_add_raw(out, INK_MESSAGE, at->turn->message, strlen(at->turn->message), room);
    line_right(out, ink, end, 1);
}

void
columns_line(const struct columns *c, int row, struct line *out)
{
    const struct layout *l = c->layout;
    struct view_row at;
    struct flow_row text;
    view_row(c->view, row, &at);
    line_reset(out, l->conversation.cols);
    if (at.selected && l->text_col > 0)
        line_add_str(out, INK_MARK, c->glyphs->selected);
    if (!at.turn || at.part == VIEW_BLANK)
        return;
    line_pad(out, INK_TEXT, l->text_col);
    if (at.part == VIEW_MESSAGE) {
        if (at.row == 0)
            line_add_str(out, INK_MARK,
                         at.selected && l->text_col == 0 ? c->glyphs->selected
                         : at.folded                     ? "+"
                                                         : c->glyphs->mark);
        line_pad(out, INK_TEXT, l->text_col + COLUMNS_MESSAGE_INDENT);
        if (at.folded)
            add_folded(&at, out);
        else if (view_message_text(c->view, &at, &text))
            line_add_row(out, INK_MESSAGE, &text, c->needle);
        if (at.row == 0 && words_unsaved(c->facts, at.turn))
            line_right(out, INK_WARNING, words_unsaved(c->facts, at.turn), 1);
    } else if (at.brain == BRAIN_NONE) {
        add_columns(c, &at, out);
    } else if (at.part == VIEW_HEAD) {
        add_head(c, at.turn, at.brain, l->alone_cols, out);
    } else {
        add_body(c, &at, at.brain, out);
    }
}

void
columns_welcome(const struct columns *c, int row, struct line *out)
{
    static const struct {
        enum ink ink;
        const char *text;
    } lines[] = {
        {INK_TITLE, "berdua"},
        {INK_DIM, "two brains, one conversation"},
        {INK_TEXT, ""},
        {INK_TEXT, "Type a message and press Enter:"},
        {INK_TEXT, "Claude and LLAMA answer side by side."},
        {INK_TEXT, "One key says which was better."},
        {INK_TEXT, ""},
        {INK_HINT, "F1 shows every key and command."},
        {INK_TEXT, ""},
        {INK_WARNING,
         "Nothing here is real: answers are simulated."}, /* the last one, if they are */
    };
    int count = (int)(sizeof lines / sizeof *lines), rows = c->layout->conversation.rows;
    int i = row - (rows > count ? (rows - count) / 2 : 0);
    line_reset(out, c->layout->conversation.cols);
    if (i < 0 || i >= count || (i == count - 1 && !c->facts->simulated))
        return;
    int cols = utf8_width(lines[i].text, strlen(lines[i].text));
    line_pad(out, INK_TEXT, (out->width - cols) / 2);
    line_add_str(out, lines[i].ink, lines[i].text);
}
