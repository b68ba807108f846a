#include "columns.h"

#include <string.h>

#include "berdua/base/utf8.h"
#include "ui/text/search.h"
#include "ui/text/words.h"

static const enum ink flow_inks[FLOW_STYLE_COUNT] = {
    [FLOW_PLAIN] = INK_TEXT,      [FLOW_EMPHASIS] = INK_EMPHASIS, [FLOW_STRONG] = INK_STRONG,
    [FLOW_CODE] = INK_CODE,       [FLOW_HEADING] = INK_HEADING,   [FLOW_QUOTE] = INK_QUOTE,
    [FLOW_LINK] = INK_LINK,       [FLOW_MARKER] = INK_MARKER,     [FLOW_STRIKE] = INK_STRIKE,
    [FLOW_CONTROL] = INK_CONTROL,
};

/* A stretch of text in one ink, with the matches of the search highlighted. */
static void
add_stretch(struct line *l, enum ink ink, const struct flow_row *row, size_t from, size_t to,
            const char *needle)
{
    while (needle[0] && from < to) {
        size_t len;
        size_t at = search_text(row->text, to, from, needle, &len);
        if (at == SIZE_MAX)
            break;
        line_add(l, ink, row->text + from, at - from);
        line_add(l, INK_MATCH, row->text + at, len);
        from = at + len;
    }
    line_add(l, ink, row->text + from, to - from);
}

static void
add_row(struct line *l, enum ink base, const struct flow_row *row, const char *needle)
{
    if (row->span_count == 0 && !needle[0]) {
        line_add_cols(l, base, row->text, row->len, row->cols);
        return;
    }
    size_t at = 0;
    for (size_t i = 0; i < row->span_count; i++) {
        const struct flow_span *s = &row->spans[i];
        if (s->start < at || s->start > row->len || s->len > row->len - s->start)
            continue;
        add_stretch(l, base, row, at, s->start, needle);
        enum ink ink = s->style < FLOW_STYLE_COUNT ? flow_inks[s->style] : INK_TEXT;
        add_stretch(l, ink == INK_TEXT ? base : ink, row, s->start, s->start + s->len, needle);
        at = s->start + s->len;
    }
    add_stretch(l, base, row, at, row->len, needle);
}

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
    return t->served == b ? "served" : NULL;
}

static void
add_head(const struct columns *c, const struct turn *t, enum brain_id b, int width,
         struct line *out)
{
    struct line part;
    line_init(&part);
    line_reset(&part, width);
    enum ink ink;
    const char *state = words_state(t, b, &ink);
    bool done = t->asked[b] && t->answers[b].status == STATUS_COMPLETE;
    line_addf(&part, ink, "%s ", words_sign(t, b, c->glyphs));
    line_add_str(&part, words_brain_ink(b), words_brain(b));
    if (!done)
        line_addf(&part, ink, "  %s", state);
    enum ink mark_ink;
    const char *mark = distinction(t, b, &mark_ink);
    if (mark) {
        bool winner = strcmp(mark, "better") == 0;
        int star = winner ? utf8_width(c->glyphs->star, strlen(c->glyphs->star)) + 1 : 0;
        int cols = utf8_width(mark, strlen(mark)) + star;
        if (part.cols + 1 + cols <= width) {
            line_pad(&part, INK_TEXT, width - cols);
            if (winner)
                line_addf(&part, mark_ink, "%s ", c->glyphs->star);
            line_add_str(&part, mark_ink, mark);
        }
    }
    line_join(out, &part, out->cols);
    line_finish(&part);
}

static void
add_body(const struct columns *c, const struct view_row *at, enum brain_id b, struct line *out)
{
    struct flow_row row;
    enum view_text text = view_body_text(c->view, at, b, &row);
    if (text == VIEW_TEXT_ANSWER)
        add_row(out, INK_TEXT, &row, c->needle);
    else if (text == VIEW_TEXT_NOTE)
        add_row(out, note_ink(at->turn, b), &row, "");
}

static void
add_columns(const struct columns *c, const struct view_row *at, struct line *out)
{
    const struct layout *l = c->layout;
    for (int i = 0; i < BRAIN_COUNT; i++) {
        enum brain_id b = turn_side(at->turn, i);
        if (i == 1) {
            line_pad(out, INK_TEXT, l->separator_col);
            line_add_str(out, INK_RULE, c->glyphs->vertical);
        }
        line_pad(out, INK_TEXT, i == 0 ? l->left_col : l->right_col);
        if (at->part == VIEW_HEAD)
            add_head(c, at->turn, b, l->column_cols, out);
        else
            add_body(c, at, b, out);
    }
}

void
columns_line(const struct columns *c, int row, struct line *out)
{
    const struct layout *l = c->layout;
    struct view_row at;
    struct flow_row text;
    view_row(c->view, row, &at);
    if (row == 0 && at.part == VIEW_BODY && view_pins_heads(c->view))
        at.part = VIEW_HEAD;
    line_reset(out, l->conversation.cols);
    if (!at.turn || at.part == VIEW_BLANK)
        return;
    line_pad(out, INK_TEXT, l->text_col);
    if (at.part == VIEW_MESSAGE) {
        if (at.row == 0)
            line_add_str(out, INK_MARK, c->glyphs->mark);
        line_pad(out, INK_TEXT, l->text_col + COLUMNS_MESSAGE_INDENT);
        if (view_message_text(c->view, &at, &text))
            add_row(out, INK_MESSAGE, &text, c->needle);
        if (at.row == 0 && words_unsaved(c->facts, at.turn))
            line_right(out, INK_WARNING, "not saved yet", 1);
    } else if (at.brain == BRAIN_NONE) {
        add_columns(c, &at, out);
    } else if (at.part == VIEW_HEAD) {
        add_head(c, at.turn, at.brain, l->alone_cols, out);
    } else {
        add_body(c, &at, at.brain, out);
    }
}

void
columns_welcome(const struct columns *c, int row, bool simulated, struct line *out)
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
    };
    static const char said[] = "Nothing here is real: answers are simulated.";
    int count = (int)(sizeof lines / sizeof *lines), rows = c->layout->conversation.rows;
    int width = c->layout->conversation.cols;
    line_reset(out, width);
    int first = (rows - count - 2) / 2;
    if (first < 0)
        first = 0;
    int i = row - first;
    const char *text = i >= 0 && i < count           ? lines[i].text
                       : i == count + 1 && simulated ? said
                                                     : "";
    int cols = utf8_width(text, strlen(text));
    line_pad(out, INK_TEXT, cols < width ? (width - cols) / 2 : 0);
    line_add_str(out, i >= 0 && i < count ? lines[i].ink : INK_WARNING, text);
}
