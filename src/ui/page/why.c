/* The page that explains scores: every cue with its weight, the words it stands on, and their place. */
#include "berdua/ui/page.h"

#include <math.h>
#include <stddef.h>
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

static void
figure_row(struct doc *d, const char *name, double value)
{
    static const enum ink inks[] = {INK_LABEL, INK_VALUE};
    char number[16];
    snprintf(number, sizeof number, isnan(value) ? "–" : "%.2f", value);
    doc_cells(d, inks, (const char *const[]){name, number}, 2);
}

/* A part of warmth, and how much it counts in it. */
static void
part_row(struct doc *d, const char *name, double value, size_t part)
{
    static const enum ink inks[] = {INK_LABEL, INK_VALUE, INK_DIM};
    char number[16], counts[24];
    snprintf(number, sizeof number, isnan(value) ? "–" : "%.2f", value);
    snprintf(counts, sizeof counts, "counts %.2f", warmth_share(part));
    doc_cells(d, inks, (const char *const[]){name, number, counts}, 3);
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

static void
explain(struct doc *d, const struct page_view *v, const struct answer *a)
{
    const struct turn *t = v->turn;
    struct scorer *s = scorer_create(v->facts->measure, t->message, strlen(t->message));
    struct scores got;
    size_t count;
    scorer_feed(s, a->text.p, a->text.len);
    scorer_get(s, &got);
    doc_heading(d, words_brain(v->turn, a->brain));
    if (a->words < SCORE_MIN_WORDS)
        doc_remark(d, "too short: the scores of %u words say little", a->words);
    figure_row(d, "warmth", got.warmth);
    part_row(d, "  polite", got.polite, offsetof(struct scores, polite));
    part_row(d, "  empathic", got.empathic, offsetof(struct scores, empathic));
    part_row(d, "  affectionate", got.affectionate, offsetof(struct scores, affectionate));
    part_row(d, "  considerate", got.considerate, offsetof(struct scores, considerate));
    figure_row(d, "  sense", got.sense);
    figure_row(d, "cultural fit", got.cultural);
    if (!isnan(got.cultural)) {
        figure_row(d, "  language", got.language_match);
        figure_row(d, "  register", got.register_fit);
        figure_row(d, "  face-saving", got.face_saving);
        figure_row(d, "  grounding", got.grounding);
        figure_row(d, "  locale", got.locale);
    }
    const struct cue *cues = scorer_cues(s, &count);
    text_rows(d, a, cues, count);
    for (size_t i = 0; i < count; i++)
        if (telling(&cues[i]))
            cue_row(d, a, &cues[i]);
    scorer_destroy(&s);
}

static void
why_fill(struct doc *d, const struct page_view *v)
{
    static const int wide[] = {18, 8, 24, 0}, narrow[] = {14, 7, 0};
    const struct measure *m = v->facts->measure;
    bool any = false;
    doc_columns(d, v->cols < NARROW_COLS ? narrow : wide);
    if (m)
        doc_remark(d, "heuristic scores, rules %s", measure_rules(m));
    for (int b = 0; v->turn && m && b < BRAIN_COUNT; b++)
        if (v->turn->asked[b] && v->turn->answers[b].text.len) {
            explain(d, v, &v->turn->answers[b]);
            any = true;
        }
    if (!any)
        doc_remark(d, "There is no answer to explain.");
}

const struct page_ops page_why = {.title = "Why", .fill = why_fill};
