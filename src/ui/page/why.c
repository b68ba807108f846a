/* The page that explains scores: every cue with its weight, the words it stands on, and their place. */
#include "ui/ui_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/utf8.h"
#include "berdua/measure/measure.h"
#include "ui/text/words.h"

enum { CONTEXT_BYTES = 36, NARROW_COLS = 60 };
#define TONE_TELLING 1.0

/* The start of the character at or before `at`. */
static size_t
character_start(const char *text, size_t at)
{
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static void
cue_row(struct ui *ui, const struct answer *a, const struct cue *cue)
{
    const enum ink inks[] = {INK_LABEL, cue->weight < 0 ? INK_WARNING : INK_VALUE,
                             cue->weight < 0 ? INK_WARNING : INK_MATCH, INK_DIM};
    const char *text = a->text.p;
    size_t end = cue->end < a->text.len ? cue->end : a->text.len;
    size_t from =
        cue->start > CONTEXT_BYTES ? character_start(text, cue->start - CONTEXT_BYTES) : 0;
    size_t to = end + CONTEXT_BYTES < a->text.len ? character_start(text, end + CONTEXT_BYTES)
                                                  : a->text.len;
    struct buf weight, words, around;
    buf_init(&weight, 32);
    buf_init(&words, 4096);
    buf_init(&around, 4096);
    buf_printf(&weight, "%+.2f", cue->weight);
    buf_append(&words, text + cue->start, end - cue->start);
    buf_printf(&around, "%s", from > 0 ? "…" : "");
    buf_append(&around, text + from, to - from);
    const char *const cells[] = {cue->category, weight.p, words.p, around.p};
    overlay_row(ui->overlay, inks, cells, 4);
    buf_finish(&weight);
    buf_finish(&words);
    buf_finish(&around);
}

static void
figure_row(struct ui *ui, const char *name, double value)
{
    static const enum ink inks[] = {INK_LABEL, INK_VALUE};
    char number[16];
    snprintf(number, sizeof number, isnan(value) ? "–" : "%.2f", value);
    const char *const cells[] = {name, number};
    overlay_row(ui->overlay, inks, cells, 2);
}

/* A trained head weighs nearly every word a little: only what it weighs much is worth a look. */
static bool
telling(const struct cue *cue)
{
    return strcmp(cue->category, "tone") != 0 || fabs(cue->weight) >= TONE_TELLING;
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
text_rows(struct ui *ui, const struct answer *a, const struct cue *cues, size_t count)
{
    int width = ui->cols - 4 > 8 ? ui->cols - 4 : 8;
    struct line *row = overlay_line_row(ui->overlay, width);
    const char *text = a->text.p;
    for (size_t at = 0; at < a->text.len;) {
        if (text[at] == '\n' || text[at] == ' ') {
            if (text[at] == '\n' && row->cols > 0)
                row = overlay_line_row(ui->overlay, width);
            at++;
            continue;
        }
        size_t end = at;
        while (end < a->text.len && text[end] != ' ' && text[end] != '\n')
            end++;
        int cols = utf8_width(text + at, end - at);
        if (row->cols > 0 && row->cols + 1 + cols > width)
            row = overlay_line_row(ui->overlay, width);
        if (row->cols > 0)
            line_add_str(row, INK_TEXT, " ");
        line_add_raw(row, cue_ink(cues, count, at, end), text + at, end - at, width);
        at = end;
    }
    overlay_line_row(ui->overlay, width);
}

static void
explain(struct ui *ui, const struct turn *t, const struct answer *a)
{
    struct scorer *s = scorer_create(ui->facts->measure, t->message, strlen(t->message));
    struct scores got;
    size_t count;
    scorer_feed(s, a->text.p, a->text.len);
    scorer_get(s, &got);
    overlay_heading(ui->overlay, words_brain(a->brain));
    figure_row(ui, "warmth", got.warmth);
    figure_row(ui, "  polite", got.polite);
    figure_row(ui, "  empathic", got.empathic);
    figure_row(ui, "  affectionate", got.affectionate);
    figure_row(ui, "cultural fit", got.cultural);
    if (!isnan(got.cultural)) {
        figure_row(ui, "  language", got.language_match);
        figure_row(ui, "  register", got.register_fit);
        figure_row(ui, "  face-saving", got.face_saving);
        figure_row(ui, "  grounding", got.grounding);
        figure_row(ui, "  locale", got.locale);
    }
    const struct cue *cues = scorer_cues(s, &count);
    text_rows(ui, a, cues, count);
    for (size_t i = 0; i < count; i++)
        if (telling(&cues[i]))
            cue_row(ui, a, &cues[i]);
    scorer_destroy(&s);
}

void
ui_fill_why(struct ui *ui)
{
    static const int wide[] = {18, 8, 24, 0}, narrow[] = {14, 7, 0};
    const struct turn *t = view_current(ui->view);
    bool any = false;
    struct buf title;
    buf_init(&title, 256);
    buf_printf(&title, "Why: heuristic scores%s%s", ui->facts->measure ? ", rules " : "",
               ui->facts->measure ? measure_rules(ui->facts->measure) : "");
    overlay_begin(ui->overlay, title.p, ui->cols < NARROW_COLS ? narrow : wide);
    buf_finish(&title);
    for (int b = 0; t && ui->facts->measure && b < BRAIN_COUNT; b++)
        if (t->asked[b] && t->answers[b].text.len) {
            explain(ui, t, &t->answers[b]);
            any = true;
        }
    if (!any) {
        static const char none[] = "There is no answer to explain.";
        overlay_text(ui->overlay, 0, INK_DIM, none, sizeof none - 1, ui->cols - 4);
    }
}
