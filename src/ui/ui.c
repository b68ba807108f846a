#include "ui_private.h"
#include "guide_parts.h"
#include "notify.h"
#include "review_keys.h"
#include "theme_choice.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/suspend.h"
#include "berdua/core/loop.h"
#include "berdua/ui/terminal.h"

enum {
    READ_BYTES = 65536,
    WHEEL_ROWS = 3,
    NOTICE_BYTES = 600,
    KEYS_BYTES = 64,
    NOTICE_STAYS_US = 1500000,
    SAVING_SHOWN_US = 1000000 /* a write that is merely on its way is not worth a word before */
};

void
ui_dirty(struct ui *ui, unsigned what)
{
    ui->dirty |= what;
    frame_want(&ui->frame, FRAME_NOW, clock_us());
}

enum {
    LOOKED_AT = 4
}; /* only the newest turns can have answers that still run, and that which was asked again */

static bool
turn_runs(const struct conversation *c, const char *id)
{
    const struct turn *t = c ? conversation_find(c, id) : NULL;
    return t && turn_running(t);
}

bool
ui_running(const struct ui *ui)
{
    const struct conversation *c = ui->conversation;
    for (size_t i = 0; c && i < c->count && i < LOOKED_AT; i++)
        if (turn_running(c->turns[c->count - 1 - i]))
            return true;
    return ui->again[0] && turn_runs(c, ui->again);
}

static int
lanes_that_speak(const struct ui *ui)
{
    const struct conversation *c = ui->conversation;
    int n = 0;
    for (size_t i = 0; c && i < c->count && i < LOOKED_AT; i++)
        for (int b = 0; b < BRAIN_COUNT; b++)
            n += c->turns[c->count - 1 - i]->answers[b].phase == PHASE_STREAMING;
    return n;
}

/* ---- notices ---- */

static void
set_notice(struct ui *ui, bool error, const char *text)
{
    free(ui->notice);
    ui->notice = xstrdup(text);
    ui->notice_error = error;
    ui->notice_at_us = clock_us();
    if (text)
        messages_add(&ui->messages, error, text);
    ui_dirty(ui, DIRTY_STATUS);
}

void
ui_notice(struct ui *ui, bool error, const char *fmt, ...)
{
    char text[NOTICE_BYTES];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    set_notice(ui, error, text);
}

static void
take_facts_notice(struct ui *ui)
{
    if (ui->facts->notice.serial == ui->seen_serial)
        return;
    ui->seen_serial = ui->facts->notice.serial;
    set_notice(ui, ui->facts->notice.error, ui->facts->notice.text);
}

/* A key press removes a notice that has been shown long enough to be read. */
static void
key_clears(struct ui *ui)
{
    if (ui->notice && (ui->quit_armed || clock_us() - ui->notice_at_us > NOTICE_STAYS_US)) {
        free(ui->notice);
        ui->notice = NULL;
        ui_dirty(ui, DIRTY_STATUS);
    }
}

/* ---- what the input line reports ---- */

static void
editor_acted(void *arg, enum action a)
{
    ui_act(arg, a, NULL);
}

static void
editor_complained(void *arg, const char *text)
{
    ui_notice(arg, true, "%s", text);
}

void
ui_unbound(struct ui *ui, const char *key)
{
    enum { MOST_BYTES = 2000 };
    char keys[KEYS_BYTES], help[KEYS_BYTES], word[KEYS_BYTES];
    const char *known = ui->unbound ? ui->unbound : "";
    snprintf(word, sizeof word, " %s ", key);
    if (strstr(known, word) || strlen(known) > MOST_BYTES)
        return;
    char *now = xasprintf("%s%s", known, word);
    free(ui->unbound);
    ui->unbound = now;
    enum focus focus = ui->page != ACT_NONE ? FOCUS_BROWSE : ui->focus;
    keymap_keys_for(ui->keymap, focus, ACT_HELP, keys, sizeof keys);
    keys[strcspn(keys, ",")] = 0;
    keymap_spell(keys, help, sizeof help);
    keymap_spell(key, word, sizeof word);
    ui_notice(ui, false, "%s does nothing here%s%s%s", *word ? word : "that key", *help ? "; " : "",
              help, *help ? " shows the keys" : "");
}

static void
to_editor(struct ui *ui, const struct input_event *ev)
{
    char vi = editor_vi_mode(ui->editor);
    bool front = ev->kind == INPUT_PASTE && editor_cursor(ui->editor) == 0;
    ui->quit_armed = false;
    if (ui->ops.typed)
        ui->ops.typed(ui->ops.arg);
    if (ev->kind == INPUT_PASTE)
        editor_paste(ui->editor, ev->bytes, ev->len);
    else if (!editor_key(ui->editor, ev->bytes, ev->len))
        ui_unbound(ui, ev->name);
    char first = *editor_text(ui->editor);
    ui->pasted = (ui->pasted || front) && (first == '/' || first == '@');
    ui_menu_typed(ui, ev->name);
    ui_dirty(ui, vi == editor_vi_mode(ui->editor) ? DIRTY_PROMPT : DIRTY_PROMPT | DIRTY_STATUS);
}

/* ---- input ---- */

static void
on_key(struct ui *ui, const struct input_event *ev)
{
    key_clears(ui);
    if (ui->page == ACT_KEYS) {
        ui_dump_key(ui, ev);
        return;
    }
    if (ui_guide_key(ui, ev->name))
        return;
    if (!ui->writes && ui_judge_key(ui, ev->name))
        return;
    if (ui->facts->review.on && ui_review_key(ui, ev->name))
        return;
    if (ui->page != ACT_NONE) {
        ui_page_key(ui, ev->name);
        return;
    }
    if (ui->focus == FOCUS_BROWSE) {
        enum action a = keymap_lookup(ui->keymap, FOCUS_BROWSE, ev->name);
        if (a != ACT_NONE)
            ui_act(ui, a, NULL);
        else
            ui_unbound(ui, ev->name);
        return;
    }
    enum action a = keymap_lookup(ui->keymap, FOCUS_COMPOSE, ev->name);
    bool busy = editor_wants(ui->editor, "Tab"); /* or waits only for Esc, to leave a mode of vi */
    if (!busy && ui_menu_key(ui, ev->name, a))
        return;
    if (editor_wants(ui->editor, ev->name) || a == ACT_NONE)
        to_editor(ui, ev);
    else if (a == ACT_SEND) /* readline gets Enter, whichever key the user bound to send */
        to_editor(ui, &(struct input_event){.kind = INPUT_KEY, .bytes = "\r", .len = 1});
    else if (ui->asking != ASK_MESSAGE && a == ACT_BROWSE)
        ui_end_asking(ui);
    else
        ui_act(ui, a, NULL);
}

static void
on_paste(struct ui *ui, const struct input_event *ev)
{
    key_clears(ui);
    if (ui_without_input(ui))
        return;
    ui->focus = FOCUS_COMPOSE;
    if (ui->page != ACT_NONE)
        ui_close_page(ui);
    if (ev->refused)
        ui_notice(ui, true, "the paste was left out: it is larger than %d KiB; paste less at once",
                  INPUT_MAX_PASTE_BYTES / 1024);
    else if (strlen(editor_text(ui->editor)) + ev->len > EDITOR_MAX_TEXT_BYTES)
        ui_notice(ui, true, "the paste was left out: the message would be larger than %d KiB",
                  EDITOR_MAX_TEXT_BYTES / 1024);
    else
        to_editor(ui, ev);
}

static void
on_input(void *arg, const struct input_event *ev)
{
    struct ui *ui = arg;
    if (ui->external) /* what was typed ahead is not for us */
        return;
    switch (ev->kind) {
    case INPUT_KEY:
        on_key(ui, ev);
        break;
    case INPUT_PASTE:
        on_paste(ui, ev);
        break;
    case INPUT_MOUSE:
        if (ev->press && (ev->button == 64 || ev->button == 65))
            ui_scroll(ui, ev->button == 64 ? -WHEEL_ROWS : WHEEL_ROWS);
        break;
    case INPUT_REPLY:
        term_reply(ui->term, ev->bytes, ev->len);
        ui_theme_fit(ui);
        break;
    case INPUT_FOCUS:
        ui->unfocused = !ev->press;
        break;
    }
}

static void
on_readable(void *arg)
{
    struct ui *ui = arg;
    char bytes[READ_BYTES];
    ssize_t n = read(term_input_fd(ui->term), bytes, sizeof bytes);
    if (n > 0) {
        input_read(ui->input, bytes, (size_t)n, clock_us());
    } else if (n == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
        /* the terminal has gone */
        loop_remove_fd(ui->loop, term_input_fd(ui->term));
        ui->term_fd_added = false;
        ui->ops.perform(ui->ops.arg, ACT_QUIT, NULL, NULL);
    }
}

/* ---- life ---- */

static void
listen_to_keys(struct ui *ui, bool wanted)
{
    if (wanted && !ui->term_fd_added)
        loop_add_fd(ui->loop, term_input_fd(ui->term), on_readable, ui);
    else if (!wanted && ui->term_fd_added)
        loop_remove_fd(ui->loop, term_input_fd(ui->term));
    ui->term_fd_added = wanted;
}

/* Takes the terminal's size, which may have changed. */
static void
take_size(struct ui *ui)
{
    term_size(ui->term, &ui->rows, &ui->cols);
    editor_resize(ui->editor, ui->rows, ui->cols);
    if (ui->page != ACT_NONE)
        ui_fill_page(ui);
    ui_dirty(ui, DIRTY_ALL);
}

void
ui_suspend(struct ui *ui)
{
    listen_to_keys(ui, false);
    term_suspend(ui->term);
}

void
ui_resume(struct ui *ui)
{
    input_reset(ui->input);
    term_resume(ui->term);
    listen_to_keys(ui, true);
    take_size(ui);
}

static bool
start_screen(struct ui *ui, struct err *err)
{
    const struct editor_ops ops = {
        .arg = ui, .accept = ui_accept, .action = editor_acted, .complain = editor_complained};
    if (!ui_theme_start(ui, err))
        return false;
    if (!(ui->keymap = keymap_create(ui->config, err)))
        return false;
    if (!(ui->term = term_create(-1, -1, ui->config, ui->color, err)))
        return false;
    /* The painter first: it frees curses' own window, whose memory the input line then reuses. */
    ui->paint = paint_create(ui->color && term_has_color(ui->term), term_links(ui->term));
    if (!(ui->editor = editor_create(&ops, true, err)))
        return false;
    editor_use_keymap(ui->editor, ui->keymap);
    ui->input = input_create(on_input, ui);
    input_wait_for_escape(ui->input, term_escape_ms(ui->config));
    paint_theme(ui->paint, ui->theme);
    ui_theme_fit(ui);
    if (ui->config->ui.borders == BORDERS_ASCII || !paint_unicode())
        ui->glyphs = &glyphs_ascii;
    else
        ui->glyphs = ui->config->ui.borders == BORDERS_NONE ? &glyphs_none : &glyphs_unicode;
    return true;
}

static void
say_what_stands_in(struct ui *ui)
{
    const struct ui_terminal *t = term_type(ui->term);
    if (t->why[0])
        ui_notice(ui, false, "%s: driven as %s; %s", t->why, t->described, t->remedy);
}

struct ui *
ui_create(const struct config *config, struct loop *loop, const struct ui_ops *ops,
          const struct conversation *conversation, const struct ui_facts *facts, bool color,
          struct err *err)
{
    struct ui *ui = xcalloc(1, sizeof *ui);
    ui->config = config;
    ui->loop = loop;
    ui->ops = *ops;
    ui->conversation = conversation;
    ui->facts = facts;
    ui->color = color;
    ui->figures = !facts->review.on;
    ui->focus = facts->review.on ? FOCUS_BROWSE : FOCUS_COMPOSE;
    ui->zoom = -1;
    judging_rules_init(&ui->rules, config->evaluate.ask_acceptable, config->evaluate.ask_identity,
                       config->evaluate.reasons);
    judging_init(&ui->judging, &ui->rules);
    ui->prompt_rows = facts->review.on ? 0 : 1;
    frame_init(&ui->frame);
    entry_init(&ui->prompt);
    ui->view = view_create();
    view_set_conversation(ui->view, conversation);
    if (!start_screen(ui, err)) {
        ui_destroy(&ui);
        return NULL;
    }
    take_size(ui);
    listen_to_keys(ui, true);
    take_facts_notice(ui);
    say_what_stands_in(ui);
    ui_say_clashes(ui);
    ui_before_wait(ui);
    return ui;
}

void
ui_destroy(struct ui **ui)
{
    struct ui *u = *ui;
    if (!u)
        return;
    if (u->term)
        listen_to_keys(u, false);
    if (u->external)
        external_finish(&u->external, NULL, NULL);
    ui_copying_finish(u);
    paint_destroy(&u->paint);
    input_destroy(&u->input);
    editor_destroy(&u->editor);
    term_destroy(&u->term);
    keymap_destroy(&u->keymap);
    theme_destroy(&u->theme);
    view_destroy(&u->view);
    overlay_finish(&u->overlay);
    overlay_finish(&u->preview);
    free(u->picked);
    judging_finish(&u->judging);
    judging_rules_finish(&u->rules);
    line_finish(&u->line);
    panel_finish(&u->panel);
    entry_finish(&u->prompt);
    messages_finish(&u->messages);
    free(u->marks);
    free(u->draft);
    free(u->stash);
    free(u->warned);
    menu_finish(&u->menu);
    free(u->theme_before);
    free(u->unbound);
    free(u->notice);
    free(u->needle);
    doc_destroy(&u->doc);
    free(u->page_about);
    free(u);
    *ui = NULL;
}

void
ui_set_conversation(struct ui *ui, const struct conversation *c)
{
    ui->conversation = c;
    ui->older_asked = false;
    ui->found = (struct search_place){0};
    view_set_conversation(ui->view, c);
    if (ui->facts->review
            .on) { /* a pair is read from its message on, and A first where only one answer has room */
        view_top(ui->view);
        ui->tab = TAB_LEFT;
        if (ui->page == ACT_DIFF)
            ui_close_page(ui);
    }
    ui_dirty(ui, DIRTY_ALL);
}

void
ui_changed(struct ui *ui, enum ui_urgency urgency)
{
    static const enum frame_cause causes[] = {
        [UI_SOON] = FRAME_FLOW, [UI_STATE] = FRAME_STATE, [UI_NOW] = FRAME_NOW};
    take_facts_notice(ui);
    if (urgency != UI_SOON && ui->again[0] && !turn_runs(ui->conversation, ui->again))
        ui->again[0] = 0;
    ui->dirty |= urgency == UI_SOON ? DIRTY_TEXT : DIRTY_MODEL | DIRTY_STATUS;
    if (urgency != UI_SOON) {
        ui_refresh_page(ui);
        ui_notify_look(ui);
    }
    ui->frame.lanes = lanes_that_speak(ui);
    frame_want(&ui->frame, causes[urgency], clock_us());
}

/* When the operator is told that something is not saved: at once when it is held up, after a while when it is only on
 * its way; NEVER_US: everything is saved. */
static int64_t
saving_due(const struct ui *ui, int64_t now_us)
{
    const int64_t since = ui->facts->store.since_wall_us;
    if (ui->facts->store.reason)
        return now_us;
    if (ui->facts->store.waiting <= 0 || since <= 0)
        return NEVER_US;
    int64_t left = since + SAVING_SHOWN_US - clock_wall_us();
    return now_us + (left > 0 ? left : 0);
}

/* Answers that say so above their text: a bit each. */
static unsigned
stalled_answers(const struct ui *ui, int64_t now_us)
{
    const struct conversation *c = ui->conversation;
    unsigned mask = 0;
    for (size_t i = 0; c && i < c->count && i < LOOKED_AT; i++)
        for (int b = 0; b < BRAIN_COUNT; b++)
            if (answer_stalled_us(&c->turns[c->count - 1 - i]->answers[b], now_us) > 0)
                mask |= 1u << (i * BRAIN_COUNT + (size_t)b);
    return mask;
}

/* Repaints what changed by time alone: a quiet paste, a slow write. */
static void
update_states(struct ui *ui, int64_t now_us)
{
    enum input_wait waits = input_waits(ui->input);
    bool unsaved = saving_due(ui, now_us) <= now_us;
    unsigned stalled = stalled_answers(ui, now_us);
    if (stalled != ui->stalled)
        ui_dirty(ui, DIRTY_MODEL);
    ui->stalled = stalled;
    if (waits == ui->waits && unsaved == ui->unsaved_shown)
        return;
    ui->waits = waits;
    ui->unsaved_shown = unsaved;
    ui_dirty(ui, DIRTY_STATUS);
}

/* After a long paint, what waits to be read may have come before the deadline of what was read. */
static bool
bytes_wait(const struct ui *ui)
{
    struct pollfd p = {.fd = term_input_fd(ui->term), .events = POLLIN};
    return ui->term_fd_added && poll(&p, 1, 0) > 0;
}

int64_t
ui_before_wait(void *arg)
{
    struct ui *ui = arg;
    int64_t now = clock_us();
    if (ui->external)
        return NEVER_US;
    if (input_deadline(ui->input) <= now && !bytes_wait(ui))
        input_tick(ui->input, now);
    update_states(ui, now);
    ui_judge_step(ui, false);
    if (ui_panel_due(ui) != NEVER_US)
        frame_want_at(&ui->frame, ui_panel_due(ui));
    if (frame_is_due(&ui->frame, now)) {
        ui_draw(ui, now);
        frame_painted(&ui->frame, now, term_last_frame_us(ui->term));
        if (ui_panel_due(ui) != NEVER_US)
            frame_want_at(&ui->frame, ui_panel_due(ui));
    }
    int64_t deadline = input_deadline(ui->input);
    if (!ui->unsaved_shown && saving_due(ui, now) < deadline)
        deadline = saving_due(ui, now);
    return deadline < ui->frame.due_us ? deadline : ui->frame.due_us;
}

void
ui_resized(struct ui *ui)
{
    if (!ui->external && term_resized(ui->term))
        take_size(ui);
}

/* While the editor has the terminal, it has put it right itself. */
void
ui_stop(struct ui *ui)
{
    if (!ui->external)
        ui_suspend(ui);
    suspend_now(SIGTSTP);
    if (!ui->external)
        ui_resume(ui);
}

void
ui_continued(struct ui *ui)
{
    if (ui->external)
        return;
    ui_suspend(ui);
    ui_resume(ui);
}

void
ui_put_back(struct ui *ui, const char *message)
{
    if (!editor_empty(ui->editor))
        return;
    char *text = xasprintf("%s%s", message[0] == '/' ? "/" : "", message);
    editor_set_text(ui->editor, text);
    free(text);
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

void
ui_interrupt(struct ui *ui)
{
    if (!ui->external)
        ui_act(ui, ACT_CLEAR_OR_CANCEL, NULL);
}
