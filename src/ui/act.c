#include "ui_private.h"
#include "copy.h"
#include "find.h"
#include "theme_choice.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/chat/address.h"
#include "berdua/core/loop.h"
#include "berdua/ui/macro.h"

static void
perform(struct ui *ui, enum action a, const char *argument)
{
    ui->ops.perform(ui->ops.arg, a, view_selected(ui->view), argument);
}

/* ---- moving about ---- */

static void
ask_older(struct ui *ui)
{
    const struct conversation *c = ui->conversation;
    if (!c || !c->older || (ui->older_asked && ui->older_revision == c->revision))
        return;
    ui->older_asked = true;
    ui->older_revision = c->revision;
    perform(ui, ACT_OLDER, NULL);
}

void
ui_scroll(struct ui *ui, int rows)
{
    if (ui->page != ACT_NONE) {
        overlay_scroll(&ui->overlay, rows, ui_page_rows(ui));
        ui_dirty(ui, DIRTY_STATUS);
        return;
    }
    view_scroll(ui->view, rows);
    if (rows < 0 && view_at_top(ui->view))
        ask_older(ui);
    ui_dirty(ui, DIRTY_MODEL | DIRTY_STATUS);
}

/* ---- the selected turn ---- */

static void
select_step(struct ui *ui, int by)
{
    if (view_select_step(ui->view, by))
        ;
    else if (by < 0)
        ask_older(ui);
    else
        view_bottom(ui->view);
}

/* The turn of that number; NULL: the last. */
static void
select_number(struct ui *ui, const char *number)
{
    const struct conversation *c = ui->conversation;
    char *end = NULL;
    ui_dirty(ui, DIRTY_MODEL | DIRTY_STATUS);
    long long n = number ? strtoll(number, &end, 10) : 0;
    if (!number) {
        view_bottom(ui->view);
        return;
    }
    for (size_t i = 0; c && *end == 0 && i < c->count; i++)
        if (c->turns[i]->seq == n) {
            view_select(ui->view, c->turns[i]);
            return;
        }
    ui_notice(ui, true, "there is no turn %s%s", number,
              c && c->older ? " among those loaded" : "");
}

static bool
act_move(struct ui *ui, enum action a)
{
    int rows = ui->layout.conversation.rows;
    int page = rows > 1 ? rows - 1 : 1, half = rows > 1 ? rows / 2 : 1;
    const int steps[ACT_COUNT] = {
        [ACT_PAGE_UP] = -page,  [ACT_PAGE_DOWN] = page, [ACT_HALF_UP] = -half,
        [ACT_HALF_DOWN] = half, [ACT_LINE_UP] = -1,     [ACT_LINE_DOWN] = 1,
    };
    if (steps[a]) {
        ui_scroll(ui, steps[a]);
        return true;
    }
    if (a == ACT_BOTTOM)
        view_bottom(ui->view);
    else if (a == ACT_TURN_PREVIOUS || a == ACT_TURN_NEXT)
        select_step(ui, a == ACT_TURN_NEXT ? 1 : -1);
    else if (a == ACT_TOP)
        view_top(ui->view);
    else
        return false;
    if (a == ACT_TOP)
        ask_older(ui);
    ui_dirty(ui, DIRTY_MODEL | DIRTY_STATUS);
    return true;
}

/* ---- the input line asks for something else ---- */

void
ui_begin_asking(struct ui *ui, enum asking what)
{
    if (ui->asking == ASK_MESSAGE) {
        free(ui->draft);
        ui->draft = xstrdup(editor_text(ui->editor));
        ui->focus_before = ui->focus;
    }
    const struct turn *t = view_selected(ui->view);
    memcpy(ui->asked_about, t ? t->id : "", t ? sizeof ui->asked_about : 1);
    ui->asking = what;
    ui->focus = FOCUS_COMPOSE;
    editor_set_text(ui->editor, "");
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

void
ui_end_asking(struct ui *ui)
{
    ui->asking = ASK_MESSAGE;
    ui->focus = ui->facts->review.on ? FOCUS_BROWSE : ui->focus_before;
    editor_set_text(ui->editor, ui->draft ? ui->draft : "");
    free(ui->draft);
    ui->draft = NULL;
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

/* ---- what is done inside the screen ---- */

static void
act_edit_resend(struct ui *ui)
{
    const struct turn *t = view_selected(ui->view);
    if (!t) {
        ui_notice(ui, true, "there is no message to edit");
        return;
    }
    if (!editor_empty(ui->editor) && !ui->stash)
        ui->stash = xstrdup(editor_text(ui->editor));
    else
        editor_set_aside(ui->editor);
    editor_set_text(ui->editor, t->message);
    ui->focus = FOCUS_COMPOSE;
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

/* The draft and what was put aside change places; one of them may be empty. */
static void
act_stash(struct ui *ui)
{
    char *draft = editor_empty(ui->editor) ? NULL : xstrdup(editor_text(ui->editor));
    if (ui->asking != ASK_MESSAGE) {
        free(draft);
        return;
    }
    if (draft)
        ui_notice(ui, false, "put aside; it comes back after the next message");
    else if (!ui->stash)
        ui_notice(ui, false, "nothing is put aside");
    editor_set_text(ui->editor, ui->stash ? ui->stash : "");
    free(ui->stash);
    ui->stash = draft;
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

static void
take_stash_back(struct ui *ui)
{
    if (!ui->stash || !editor_empty(ui->editor) || ui->asking != ASK_MESSAGE)
        return;
    editor_set_text(ui->editor, ui->stash);
    free(ui->stash);
    ui->stash = NULL;
}

static void
act_clear_or_cancel(struct ui *ui)
{
    bool armed = ui->quit_armed;
    ui->quit_armed = false;
    if (ui_running(ui)) {
        perform(ui, ACT_CANCEL, NULL);
    } else if (ui->asking != ASK_MESSAGE) {
        ui_end_asking(ui);
    } else if (!editor_empty(ui->editor)) {
        editor_set_aside(ui->editor);
        ui->writes = false;
        ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
    } else if (armed) {
        perform(ui, ACT_QUIT, NULL);
    } else {
        ui->quit_armed = true;
        ui_notice(ui, false, "press Ctrl-C again to quit");
    }
}

static void
act_theme(struct ui *ui, const char *name)
{
    if (name)
        ui_theme_choose(ui, name);
    else
        ui_menu_ask(ui, ACT_THEME);
}

/* Zoom goes round: both columns, the left one, the right one. */
static void
act_zoom(struct ui *ui)
{
    if (ui->layout.tabbed) {
        ui->tab = ui->tab == TAB_LEFT ? TAB_RIGHT : TAB_LEFT;
    } else {
        ui->zoom = ui->zoom == 1 ? -1 : ui->zoom + 1;
    }
    ui_dirty(ui, DIRTY_LAYOUT);
}

static void
act_tab(struct ui *ui)
{
    if (ui->layout.tabbed)
        ui->tab = (ui->tab + 1) % (ui->facts->review.on ? TAB_FIGURES : TAB_COUNT);
    ui_dirty(ui, DIRTY_LAYOUT);
}

static void
act_stack(struct ui *ui)
{
    ui->stack = !ui->stack;
    ui->zoom = -1;
    ui_dirty(ui, DIRTY_LAYOUT);
    if (ui->stack && ui->layout.tabbed)
        ui_notice(ui, false, "one answer is shown at a time here");
}

static void
act_raw(struct ui *ui)
{
    ui->raw = !ui->raw;
    ui_notice(ui, false, ui->raw ? "answers as they were written" : "answers laid out");
    ui_dirty(ui, DIRTY_LAYOUT);
}

static void
act_fold(struct ui *ui)
{
    view_fold(ui->view, view_selected(ui->view));
    ui_dirty(ui, DIRTY_MODEL | DIRTY_STATUS);
}

static void
act_outline(struct ui *ui)
{
    view_fold_all(ui->view);
    ui_dirty(ui, DIRTY_MODEL | DIRTY_STATUS);
}

static bool
act_screen(struct ui *ui, enum action a, const char *argument)
{
    static void (*const acts[ACT_COUNT])(struct ui *) = {
        [ACT_EDITOR] = ui_edit_outside,
        [ACT_CLEAR_OR_CANCEL] = act_clear_or_cancel,
        [ACT_SUSPEND] = ui_stop,
        [ACT_ZOOM] = act_zoom,
        [ACT_TAB] = act_tab,
        [ACT_STACK] = act_stack,
        [ACT_RAW] = act_raw,
        [ACT_FOLD] = act_fold,
        [ACT_OUTLINE] = act_outline,
        [ACT_EDIT_RESEND] = act_edit_resend,
        [ACT_STASH] = act_stash,
    };
    static void (*const with_argument[ACT_COUNT])(struct ui *, const char *) = {
        [ACT_THEME] = act_theme,
        [ACT_TURN] = select_number,
        [ACT_SEARCH] = ui_search,
        [ACT_COPY] = ui_copy,
    };
    if (acts[a] || with_argument[a]) {
        if (acts[a])
            acts[a](ui);
        else
            with_argument[a](ui, argument);
        return true;
    }
    switch (a) {
    case ACT_NEWLINE:
        editor_paste(ui->editor, "\n", 1);
        ui_dirty(ui, DIRTY_PROMPT);
        return true;
    case ACT_QUIT_IF_EMPTY:
        if (editor_empty(ui->editor))
            perform(ui, ACT_QUIT, NULL);
        else
            editor_key(ui->editor, "\x04", 1);
        ui_dirty(ui, DIRTY_PROMPT);
        return true;
    case ACT_REDRAW:
        term_redraw(ui->term);
        ui_dirty(ui, DIRTY_ALL);
        return true;
    case ACT_BROWSE:
    case ACT_COMPOSE:
        ui->focus = a == ACT_BROWSE ? FOCUS_BROWSE : FOCUS_COMPOSE;
        ui_dirty(ui, DIRTY_STATUS | DIRTY_PROMPT);
        return true;
    case ACT_PANEL:
        ui->figures = !ui->figures;
        ui_dirty(ui, DIRTY_LAYOUT);
        return true;
    case ACT_SEARCH_NEXT:
    case ACT_SEARCH_PREVIOUS: /* the search goes backwards: the next match is older */
        ui_search_next(ui, a == ACT_SEARCH_PREVIOUS);
        return true;
    default:
        return false;
    }
}

void
ui_act(struct ui *ui, enum action a, const char *argument)
{
    if (a != ACT_CLEAR_OR_CANCEL)
        ui->quit_armed = false;
    if (ui_is_page(a)) {
        ui_open_page(ui, a, argument);
        return;
    }
    if (act_move(ui, a) || act_screen(ui, a, argument))
        return;
    if (a == ACT_NOTE && !argument && view_selected(ui->view)) {
        ui_begin_asking(ui, ASK_NOTE);
        return;
    }
    const struct action_info *info = action_info(a);
    bool optional = !info->argument || info->argument[0] == '[';
    if (!argument && !optional) {
        ui_notice(ui, true, "/%s %s: %s", info->command, info->argument, info->help);
        return;
    }
    const struct turn *t = view_selected(ui->view), *last = conversation_last(ui->conversation);
    if (a == ACT_SEND || (a == ACT_REGENERATE && t == last)) {
        ui_judge_step(ui, true);
        view_bottom(ui->view);
    } else if (a == ACT_REGENERATE) {
        memcpy(ui->again, t->id, sizeof ui->again);
    }
    perform(ui, a, argument);
    ui_dirty(ui, DIRTY_MODEL | DIRTY_STATUS);
}

/* ---- what was typed ---- */

static void take_text(struct ui *ui, const char *text);

/* Each line as if it had been typed, up to one that was refused and has come back. */
static bool
run_macro(struct ui *ui, const char *text)
{
    struct macro_lines m;
    struct err err = {{0}};
    if (!macro_expand(ui->config, text, &m, &err)) {
        if (err.text[0])
            ui_notice(ui, true, "%s", err.text);
        return err.text[0] != 0;
    }
    for (size_t i = 0; i < m.count && editor_empty(ui->editor); i++)
        take_text(ui, m.line[i]);
    macro_lines_finish(&m);
    return true;
}

static void
run_command(struct ui *ui, const char *text)
{
    struct err err = {{0}};
    char *argument;
    if (run_macro(ui, text))
        return;
    const struct action_info *info = action_read(text, &argument, &err);
    if (info && info->action == ACT_MODE && !argument) {
        ui_menu_ask(ui, ACT_MODE); /* only the key takes the next one unseen */
    } else if (info) {
        ui_act(ui, info->action, argument);
    } else {
        ui_notice(ui, true, "%s", err.text);
        if (!argument) /* a misspelt command can be mended */
            editor_set_text(ui->editor, text);
        ui_dirty(ui, DIRTY_PROMPT);
    }
    free(argument);
}

/* A message for somebody who is no brain is most often a slip: it is sent as it is at the second Enter. */
static bool
stopped_for_name(struct ui *ui, const char *text)
{
    char name[32];
    bool again = ui->warned && strcmp(ui->warned, text) == 0;
    free(ui->warned);
    ui->warned = NULL;
    if (again || !brain_tag_unknown(text, name, sizeof name))
        return false;
    ui->warned = xstrdup(text);
    editor_set_text(ui->editor, text);
    ui_notice(ui, true, "no brain is called @%s (claude, llama, both); Enter again sends it", name);
    return true;
}

static void
take_text(struct ui *ui, const char *text)
{
    if (text[0] == '/' && text[1] == '/')
        ui_act(ui, ACT_SEND, text + 1);
    else if (text[0] == '/')
        run_command(ui, text);
    else if (!stopped_for_name(ui, text))
        ui_act(ui, ACT_SEND, text);
}

void
ui_accept(void *arg, const char *text)
{
    struct ui *ui = arg;
    enum asking asked = ui->asking;
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
    ui->writes = false;
    if (asked == ASK_CHOICE) {
        char *chosen = xstrdup(text);
        ui_act(ui, ui->choice, chosen);
        ui_end_asking(ui);
        free(chosen);
    } else if (asked != ASK_MESSAGE) {
        ui_end_asking(ui);
        if (asked == ASK_SEARCH)
            ui_act(ui, ACT_SEARCH, text);
        else /* about the turn that was selected when it was begun */
            ui->ops.perform(ui->ops.arg, ACT_NOTE,
                            conversation_find(ui->conversation, ui->asked_about), text);
    } else if (ui->pasted && address_changes(text)) {
        char *sent = xasprintf("@%s", text);
        ui_act(ui, ACT_SEND, sent);
        if (strcmp(editor_text(ui->editor), sent) == 0) /* it was refused and is back */
            editor_set_text(ui->editor, text);
        free(sent);
    } else if (ui->pasted) {
        ui_act(ui, ACT_SEND, text);
    } else {
        take_text(ui, text);
        if (text[0] != '/' || text[1] == '/')
            take_stash_back(ui);
    }
}
