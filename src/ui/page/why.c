/* The page that explains scores: every cue with its weight, the words it stands on, and their place. */
#include "berdua/ui/page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/measure/measure.h"
#include "berdua/ui/doc.h"
#include "berdua/ui/ui.h"
#include "ui/text/words.h"

enum { CONTEXT_BYTES = 36, NARROW_COLS = 60 };
#define MANNER_TELLING 0.4

static void
cue_row(struct doc *d, const struct answer *a, const struct cue *cue)
{
    const enum ink inks[] = {INK_LABEL, cue->weight < 0 ? INK_WARNING : INK_VALUE,
                             cue->weight < 0 ? INK_WARNING : INK_MATCH, INK_DIM};
    const char *text = a->text.p;
    size_t end = cue->end < a->text.len ? cue->end : a->text.len;
    size_t from =
        cue->start > CONTEXT_BYTES ? utf8_whole_prefix(text, cue->start - CONTEXT_BYTES) : 0;
    size_t to = end + CONTEXT_BYTES < a->text.len ? utf8_whole_prefix(text, end + CONTEXT_BYTES)
                                                  : a->text.len;
    char weight[32];
    char *words = xstrndup(text + cue->start, end - cue->start);
    char *around = xasprintf("%s%.*s", from > 0 ? "…" : "", (int)(to - from), text + from);
    snprintf(weight, sizeof weight, "%+.2f", cue->weight);
    doc_cells(d, inks, (const char *const[]){cue->category, weight, words, around}, 4);
    free(words);
    free(around);
}

/* An answer that may be seen, with its scores. */
struct judged {
    const struct answer *answer;
    struct scorer *scorer;
    struct scores got;
};

static bool
judge(const struct page_view *v, enum brain_id b, struct judged *j)
{
    const struct turn *t = v->turn;
    const struct answer *a = &t->answers[b];
    if (!t->asked[b] || !a->text.len || turn_hides(t, b))
        return false;
    *j = (struct judged){
        .answer = a, .scorer = scorer_create(v->facts->measure, t->message, strlen(t->message))};
    scorer_feed(j->scorer, a->text.p, a->text.len);
    scorer_get(j->scorer, &j->got);
    return true;
}

static void
names_row(struct doc *d, const struct turn *t, const struct judged *j, int count)
{
    enum ink inks[1 + BRAIN_COUNT] = {INK_LABEL};
    const char *cells[1 + BRAIN_COUNT] = {NULL};
    for (int i = 0; i < count; i++) {
        inks[1 + i] = words_brain_ink(t, j[i].answer->brain);
        cells[1 + i] = words_brain(t, j[i].answer->brain);
    }
    doc_cells(d, inks, cells, 1 + count);
}

/* Each score of the answers beside each other, and how much a part of warmth counts in it. */
static void
score_rows(struct doc *d, const struct page_view *v, const struct judged *j, int count)
{
    for (const struct shown_score *k = shown_scores; k < shown_scores + SHOWN_SCORES; k++) {
        enum ink inks[2 + BRAIN_COUNT] = {INK_LABEL};
        char numbers[1 + BRAIN_COUNT][24];
        const char *cells[2 + BRAIN_COUNT] = {k->words};
        double share = warmth_share(k->offset);
        int n = 1;
        for (int i = 0; i < count; i++) {
            double value = score_of(&j[i].got, k);
            snprintf(numbers[i], sizeof numbers[i], isnan(value) ? "–" : "%.2f", value);
            inks[n] = INK_VALUE;
            cells[n++] = numbers[i];
        }
        if (share > 0 && v->cols >= NARROW_COLS) {
            snprintf(numbers[count], sizeof numbers[count], "counts %.2f", share);
            inks[n] = INK_DIM;
            cells[n++] = numbers[count];
        }
        doc_cells(d, inks, cells, n);
    }
    for (int i = 0; i < count; i++)
        if (j[i].answer->words < SCORE_MIN_WORDS)
            doc_remark(d, "%s is too short: the scores of %u words say little",
                       words_brain(v->turn, j[i].answer->brain), j[i].answer->words);
    doc_blank(d);
}

/* A trained head weighs nearly every word a little: only what it weighs much is worth a look. */
static bool
telling(const struct cue *cue)
{
    return strcmp(cue->category, "manner") != 0 || fabs(cue->weight) >= MANNER_TELLING;
}

/* How these bytes look: as the shortest cue over them says, warm or cold. */
static enum ink
cue_ink(const struct cue *cues, size_t count, size_t from, size_t to)
{
    const struct cue *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (telling(&cues[i]) && cues[i].start < to && cues[i].end > from &&
            (!best || cues[i].end - cues[i].start < best->end - best->start))
            best = &cues[i];
    return !best ? INK_TEXT : best->weight < 0 ? INK_WARNING : INK_MATCH;
}

/* The answer itself, the words of its cues standing out: what speaks for it, and what against. */
static void
text_rows(struct doc *d, const struct answer *a, const struct cue *cues, size_t count)
{
    const char *text = a->text.p;
    bool line_began = false;
    for (size_t at = 0; at < a->text.len;) {
        size_t end = at;
        while (end < a->text.len && text[end] != ' ' && text[end] != '\n')
            end++;
        if (end > at)
            doc_word(d, cue_ink(cues, count, at, end), text + at, end - at);
        line_began = line_began || end > at;
        if (end < a->text.len && text[end] == '\n' && line_began) {
            doc_text(d, "", 0);
            line_began = false;
        }
        at = end + 1;
    }
    doc_blank(d);
}

/* What the scores of an answer stand on. */
static void
explain(struct doc *d, const struct turn *t, const struct judged *j)
{
    size_t count;
    const struct cue *cues = scorer_cues(j->scorer, &count);
    const char *name = words_brain(t, j->answer->brain);
    doc_word(d, words_brain_ink(t, j->answer->brain), name, strlen(name));
    doc_text(d, "", 0);
    text_rows(d, j->answer, cues, count);
    for (size_t i = 0; i < count; i++)
        if (telling(&cues[i]))
            cue_row(d, j->answer, &cues[i]);
    doc_blank(d);
}

static void
why_fill(struct doc *d, const struct page_view *v)
{
    static const int wide[] = {18, 8, 24, 0}, narrow[] = {16, 7, 0};
    struct judged judged[BRAIN_COUNT];
    int count = 0;
    doc_columns(d, v->cols < NARROW_COLS ? narrow : wide);
    if (v->facts->measure)
        doc_remark(d, "heuristic scores, rules %s", measure_rules(v->facts->measure));
    doc_blank(d);
    for (int side = 0; v->turn && v->facts->measure && side < BRAIN_COUNT; side++)
        count += judge(v, turn_side(v->turn, side), &judged[count]);
    if (!count) {
        doc_remark(d, "There is no answer to explain.");
        return;
    }
    names_row(d, v->turn, judged, count);
    score_rows(d, v, judged, count);
    for (int i = 0; i < count; i++) {
        explain(d, v->turn, &judged[i]);
        scorer_destroy(&judged[i].scorer);
    }
}

const struct page_ops page_why = {.title = "Why", .fill = why_fill};
