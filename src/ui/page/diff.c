/* The page of the difference between the two answers: what both say, what changed, what one alone says. */
#include "berdua/ui/page.h"

#include <stdlib.h>

#include "berdua/base/mem.h"
#include "berdua/chat/conversation.h"
#include "berdua/ui/doc.h"
#include "ui/text/difference.h"
#include "ui/text/words.h"

static void
sentence_row(struct doc *d, enum doc_kind kind, const char *label, struct sentence s)
{
    char *text = xstrndup(s.p, s.n);
    doc_add(d, kind, label, "%s", text);
    free(text);
}

static void
row(struct doc *d, const struct difference_row *r, const char *const names[BRAIN_COUNT])
{
    if (r->kind == DIFFERENCE_COMMON) {
        sentence_row(d, DOC_REMARK, "both", r->left);
        return;
    }
    if (r->left.p)
        sentence_row(d, DOC_TEXT, names[0], r->left);
    if (r->right.p)
        sentence_row(d, DOC_TEXT, names[1], r->right);
}

static void
diff_fill(struct doc *d, const struct page_view *v)
{
    const struct turn *t = v->turn;
    const struct buf *text[BRAIN_COUNT];
    const char *names[BRAIN_COUNT];
    for (int side = 0; t && side < BRAIN_COUNT; side++) {
        enum brain_id b = turn_side(t, side);
        text[side] = &t->answers[b].text;
        names[side] = words_brain(t, b);
    }
    if (!t || turn_hides(t, BRAIN_CLAUDE) || turn_hides(t, BRAIN_LLAMA) || !text[0]->len ||
        !text[1]->len) {
        doc_remark(d, "There are no two answers to compare.");
        return;
    }
    struct difference diff;
    difference_make(&diff, text[0]->p, text[0]->len, text[1]->p, text[1]->len);
    for (size_t i = 0; i < diff.count; i++)
        row(d, &diff.rows[i], names);
    difference_finish(&diff);
}

const struct page_ops page_diff = {
    .title = "Difference", .plain = true, .live = true, .fill = diff_fill};
