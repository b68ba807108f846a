/* What can be copied of a turn: an answer, both with their question, the question, a block of code, a sentence. Each has a
 * name, by which the menu lists it and the command takes it. */
#include "copy.h"
#include "ui_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "programs.h"
#include "ui/text/segment.h"
#include "ui/text/sentences.h"

enum { WORD_BYTES = 32, WHAT_BYTES = 96 };

struct part {
    char word[WORD_BYTES]; /* what the command calls it */
    char what[WHAT_BYTES]; /* what the menu and the notice call it */
    const char *text;
    size_t n;
    bool sentence; /* the menu shows its text in place of `what` */
};

/* false: no more is wanted. */
typedef bool (*take_part)(void *arg, const struct part *p);

static enum brain_id
answer_looked_at(const struct ui *ui, const struct turn *t)
{
    if (ui->layout.arrangement == ARRANGE_ONE)
        return turn_side(t, ui->layout.tabbed ? ui->tab == TAB_RIGHT : ui->zoom == 1);
    if (t->canonical != BRAIN_NONE)
        return t->canonical;
    return t->served != BRAIN_NONE ? t->served : turn_side(t, 0);
}

static bool
can_be_copied(const struct turn *t, enum brain_id b)
{
    return t->answers[b].text.len > 0 && !turn_hides(t, b);
}

/* What commands call an answer: while the names are hidden, its side. */
static const char *
side_word(const struct turn *t, enum brain_id b)
{
    if (turn_veiled(t))
        return turn_side(t, 0) == b ? "left" : "right";
    return b == BRAIN_CLAUDE ? "claude" : "llama";
}

static bool
visit_answer(const struct turn *t, enum brain_id b, take_part take, void *arg)
{
    struct part p = {.text = t->answers[b].text.p, .n = t->answers[b].text.len};
    snprintf(p.word, sizeof p.word, "%s", side_word(t, b));
    snprintf(p.what, sizeof p.what, "%s's answer", turn_name(t, b));
    return take(arg, &p);
}

static bool
take_code(const struct turn *t, enum brain_id b, const char *text, size_t n, int *count,
          take_part take, void *arg)
{
    struct part p = {.text = text, .n = n};
    if (n == 0)
        return true;
    snprintf(p.word, sizeof p.word, "code %d", ++*count);
    snprintf(p.what, sizeof p.what, "code of %s", turn_name(t, b));
    return take(arg, &p);
}

/* Blocks between fences, without these; a block that is not closed reaches to the end, as it does on the screen. */
static bool
visit_code(const struct turn *t, enum brain_id b, int *count, take_part take, void *arg)
{
    const char *text = t->answers[b].text.p;
    size_t n = t->answers[b].text.len, begin = SIZE_MAX;
    struct fence fence = {0};
    for (size_t at = 0; at < n;) {
        const char *nl = memchr(text + at, '\n', n - at);
        size_t len = nl ? (size_t)(nl - text) - at : n - at, next = at + len + (nl != NULL);
        if (begin == SIZE_MAX && segment_opens_fence(text + at, len, &fence)) {
            begin = next;
        } else if (begin != SIZE_MAX && segment_closes_fence(text + at, len, fence.c, fence.len)) {
            if (!take_code(t, b, text + begin, at - begin, count, take, arg))
                return false;
            begin = SIZE_MAX;
        }
        at = next;
    }
    return begin == SIZE_MAX || take_code(t, b, text + begin, n - begin, count, take, arg);
}

static bool
visit_sentences(const struct turn *t, enum brain_id b, take_part take, void *arg)
{
    struct sentences s;
    bool more = true;
    sentences_cut(&s, t->answers[b].text.p, t->answers[b].text.len);
    for (size_t i = 0; more && s.count > 1 && i < s.count; i++) {
        struct part p = {.text = s.v[i].p, .n = s.v[i].n, .sentence = true};
        snprintf(p.word, sizeof p.word, "%s %zu", side_word(t, b), i + 1);
        snprintf(p.what, sizeof p.what, "sentence %zu of %s", i + 1, turn_name(t, b));
        more = take(arg, &p);
    }
    sentences_finish(&s);
    return more;
}

static bool
visit_both(const struct turn *t, take_part take, void *arg)
{
    struct part p = {.word = "both", .what = "the question and both answers"};
    struct buf all;
    buf_init(&all, SIZE_MAX);
    buf_append_str(&all, t->message);
    for (int side = 0; side < BRAIN_COUNT; side++) {
        enum brain_id b = turn_side(t, side);
        buf_printf(&all, "\n\n%s:\n", turn_name(t, b));
        buf_append(&all, t->answers[b].text.p, t->answers[b].text.len);
    }
    p.text = all.p;
    p.n = all.len;
    bool more = take(arg, &p);
    buf_finish(&all);
    return more;
}

static void
visit_parts(const struct turn *t, enum brain_id first, take_part take, void *arg)
{
    const enum brain_id order[] = {first, brain_other(first)};
    struct part message = {.word = "question", .what = "the question", .text = t->message};
    bool more = true;
    int there = 0, blocks = 0;
    for (int i = 0; more && i < BRAIN_COUNT; i++)
        if (can_be_copied(t, order[i])) {
            more = visit_answer(t, order[i], take, arg);
            there++;
        }
    if (more && there == BRAIN_COUNT)
        more = visit_both(t, take, arg);
    message.n = strlen(t->message);
    more = more && take(arg, &message);
    for (int i = 0; more && i < BRAIN_COUNT; i++)
        more = !can_be_copied(t, order[i]) || visit_code(t, order[i], &blocks, take, arg);
    for (int i = 0; more && i < BRAIN_COUNT; i++)
        more = !can_be_copied(t, order[i]) || visit_sentences(t, order[i], take, arg);
}

/* ---- the menu ---- */

static bool
add_entry(void *arg, const struct part *p)
{
    char *detail =
        p->sentence ? xstrndup(p->text, p->n) : xasprintf("%s, %zu bytes", p->what, p->n);
    menu_add(arg, p->word, p->word, detail);
    free(detail);
    return true;
}

static const struct turn *
turn_asked_about(const struct ui *ui)
{
    return ui->asking == ASK_CHOICE ? conversation_find(ui->conversation, ui->asked_about)
                                    : view_selected(ui->view);
}

void
ui_copy_gather(struct ui *ui)
{
    const struct turn *t = turn_asked_about(ui);
    if (t)
        visit_parts(t, answer_looked_at(ui, t), add_entry, &ui->menu);
}

/* ---- the command ---- */

struct wanted {
    struct ui *ui;
    const char *word;
    bool found;
};

static bool
copy_if_wanted(void *arg, const struct part *p)
{
    struct wanted *w = arg;
    if (strcmp(p->word, w->word) != 0)
        return true;
    w->found = true;
    ui_copy_text(w->ui, p->text, p->n, p->what);
    return false;
}

/* The word of a part; left and right stand for the brain at that side. */
static char *
read_word(const struct turn *t, const char *what)
{
    for (int side = 0; side < BRAIN_COUNT; side++) {
        const char *word = side ? "right" : "left";
        size_t n = strlen(word);
        if (strncmp(what, word, n) == 0 && (!what[n] || what[n] == ' '))
            return xasprintf("%s%s", side_word(t, turn_side(t, side)), what + n);
    }
    return xstrdup(what);
}

void
ui_copy(struct ui *ui, const char *what)
{
    const struct turn *t = turn_asked_about(ui);
    if (!t) {
        ui_notice(ui, true, "there is nothing to copy yet");
        return;
    }
    if (!what) {
        ui_menu_ask(ui, ACT_COPY);
        return;
    }
    char *word = read_word(t, what);
    struct wanted w = {.ui = ui, .word = word};
    visit_parts(t, answer_looked_at(ui, t), copy_if_wanted, &w);
    if (!w.found)
        ui_notice(ui, true, "turn %lld has no \"%s\" to copy; /copy shows what there is",
                  (long long)t->seq, what);
    free(word);
}
