#include "open_page.h"

#include "ui_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

const struct page_ops *
ui_page_ops(const struct ui *ui)
{
    return ui->ops.pages[ui->page - ACT_HELP];
}

static struct page_view
page_view_of(const struct ui *ui)
{
    return (struct page_view){
        .turn = view_selected(ui->view),
        .about = ui->page_about,
        .facts = ui->facts,
        .keymap = ui->keymap,
        .messages = &ui->messages,
        .pressed = &ui->pressed,
        .config = ui->config,
        .cols = ui->cols,
    };
}

/* What it tells would tell the brains of a blind pair, too. */
static bool
is_closed(const struct ui *ui, const struct page_ops *ops)
{
    const struct turn *t = view_selected(ui->view);
    return !ops->plain && (ui->facts->blind.veiled || (t && turn_veiled(t)));
}

int
ui_page_rows(const struct ui *ui)
{
    struct rect list, preview;
    ui_pick_areas(ui, &list, &preview);
    return list.rows;
}

/* What is typed to choose from a list stands beside its title. */
static void
begin_overlay(struct ui *ui, const struct page_ops *ops)
{
    char *title = ops->picks && ui->find[0] ? xasprintf("%s   / %s", ops->title, ui->find)
                                            : xstrdup(ops->title);
    overlay_begin(&ui->overlay, title, ops->numbered);
    free(title);
}

/* Fills the page with what the screen knows, then with what was loaded. */
void
ui_fill_page(struct ui *ui)
{
    const struct page_ops *ops = ui_page_ops(ui);
    struct page_view v = page_view_of(ui);
    struct doc *own = doc_create();
    struct rect list, preview;
    ui_pick_areas(ui, &list, &preview);
    bool closed = is_closed(ui, ops);
    if (closed)
        doc_remark(own, "Hidden while a pair waits for your verdict.");
    else if (ops->fill)
        ops->fill(own, &v);
    if (ops->load && !ui->doc && !closed)
        doc_remark(own, ui->ops.load ? "looking …" : "is not known here");
    begin_overlay(ui, ops);
    doc_lay(own, &ui->overlay, list.cols, ui->glyphs);
    if (ui->doc && !closed)
        doc_lay(ui->doc, &ui->overlay, list.cols, ui->glyphs);
    if (ops->picks)
        ui_pick_lay(ui);
    else
        overlay_keep(&ui->overlay, ui->find, ui->cols);
    doc_destroy(&own);
    ui_dirty(ui, DIRTY_STATUS);
}

static void
set_find(struct ui *ui, const char *text)
{
    snprintf(ui->find, sizeof ui->find, "%s", text);
    ui->find[utf8_whole_prefix(ui->find, strlen(ui->find))] = 0;
    ui->finding = false;
}

void
ui_open_page(struct ui *ui, enum action page, const char *argument)
{
    const struct page_ops *ops = ui->ops.pages[page - ACT_HELP];
    if (ops->settings && argument && *argument && strcmp(argument, "show") != 0) {
        ui->ops.perform(ui->ops.arg, page, view_selected(ui->view), argument);
        return;
    }
    doc_destroy(&ui->doc);
    char *about = xstrdup(argument);
    free(ui->page_about);
    ui->page_about = about;
    ui->page = page;
    ui->pressed.count = 0;
    set_find(ui, ops->picks && argument ? argument : "");
    free(ui->picked);
    ui->picked = NULL;
    ui_fill_page(ui);
    ui_dirty(ui, DIRTY_LAYOUT);
    const struct turn *t = view_selected(ui->view);
    if (ops->load && ui->ops.load && !is_closed(ui, ops))
        ui->ops.load(ui->ops.arg, page, ops->of_message && !about && t ? t->message : about, NULL);
}

void
ui_close_page(struct ui *ui)
{
    ui->page = ACT_NONE;
    doc_destroy(&ui->doc);
    ui_dirty(ui, DIRTY_LAYOUT);
}

static bool
scroll_by_key(struct ui *ui, const char *key)
{
    static const struct {
        const char *key;
        int rows;  /* rows, or */
        int pages; /* halves of a page */
    } moves[] = {
        {"j", 1, 0},       {"Down", 1, 0},   {"k", -1, 0},        {"Up", -1, 0},  {"PgDn", 0, 2},
        {"Space", 0, 2},   {"PgUp", 0, -2},  {"C-d", 0, 1},       {"C-u", 0, -1}, {"G", 0, 10000},
        {"End", 0, 10000}, {"g", 0, -10000}, {"Home", 0, -10000},
    };
    int rows = ui_page_rows(ui);
    if (key[0] >= '1' && key[0] <= '9' && !key[1] && overlay_go(&ui->overlay, key[0] - '0', rows)) {
        ui_dirty(ui, DIRTY_STATUS);
        return true;
    }
    int half = (rows - 3) / 2 > 0 ? (rows - 3) / 2 : 1;
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        if (strcmp(moves[i].key, key) != 0)
            continue;
        overlay_scroll(&ui->overlay, moves[i].rows + moves[i].pages * half, rows);
        ui_dirty(ui, DIRTY_STATUS);
        return true;
    }
    return false;
}

bool
ui_find_typed(struct ui *ui, const char *key)
{
    size_t n = strlen(ui->find), len = strlen(key);
    uint32_t cp;
    const char *typed = strcmp(key, "Space") == 0 ? " " : key;
    if (strcmp(key, "C-u") == 0)
        ui->find[0] = 0;
    else if (strcmp(key, "Backspace") == 0)
        ui->find[n ? utf8_whole_prefix(ui->find, n - 1) : 0] = 0;
    else if (*typed == ' ' || utf8_decode(key, len, &cp) == len)
        snprintf(ui->find + n, n + strlen(typed) < sizeof ui->find ? sizeof ui->find - n : 1, "%s",
                 typed);
    else
        return false;
    return true;
}

/* `/` looks for rows as one types; true: the key was for that. */
static bool
find_key(struct ui *ui, const char *key)
{
    bool ends = strcmp(key, "Esc") == 0 && (ui->finding || ui->find[0]);
    if (ui->finding && ui_find_typed(ui, key))
        ;
    else if (ends)
        set_find(ui, "");
    else if (ui->finding && strcmp(key, "Enter") == 0)
        ui->finding = false;
    else if (!ui->finding && strcmp(key, "/") == 0)
        ui->finding = true;
    else
        return false;
    ui_fill_page(ui);
    return true;
}

void
ui_dump_key(struct ui *ui, const struct input_event *ev)
{
    const struct page_pressed *p = &ui->pressed;
    bool ends = strcmp(ev->name, "Esc") == 0 || strcmp(ev->name, "C-c") == 0;
    if (ends && p->count > 0 && strcmp(p->key[0].name, ev->name) == 0) {
        ui_close_page(ui);
        return;
    }
    pressed_add(&ui->pressed, ev->name, ev->bytes, ev->len,
                editor_command(ui->editor, ev->bytes, ev->len));
    ui_fill_page(ui);
}

void
ui_page_key(struct ui *ui, const char *key)
{
    const struct page_ops *ops = ui_page_ops(ui);
    struct page_view v = page_view_of(ui);
    enum action bound = keymap_lookup(ui->keymap, FOCUS_BROWSE, key);
    bool full = overlay_marked(&ui->overlay) || ui->find[0] || !ui->doc;
    if (ops->picks ? full && ui_pick_key(ui, key) : find_key(ui, key))
        return;
    if (ops->key_pressed && ops->key_pressed(key, &v))
        ui_fill_page(ui);
    else if (scroll_by_key(ui, key))
        return;
    else if (strcmp(key, "Tab") == 0)
        ui_open_page(ui, ui->page == ACT_HELP ? ACT_MESSAGES : ACT_HELP, NULL);
    else if (strcmp(key, "Esc") == 0 || strcmp(key, "q") == 0 || strcmp(key, "Enter") == 0 ||
             ui_is_page(bound) || bound == ACT_CLEAR_OR_CANCEL)
        ui_close_page(ui);
    else if (bound == ACT_SUSPEND || bound == ACT_REDRAW)
        ui_act(ui, bound, NULL);
    else
        ui_unbound(ui, key);
}

bool
ui_is_page(enum action a)
{
    return a >= ACT_HELP && a < ACT_HELP + PAGE_COUNT;
}

void
ui_refresh_page(struct ui *ui)
{
    if (ui->page == ACT_NONE || !ui_page_ops(ui)->live)
        return;
    int place = ui->overlay.first;
    ui_fill_page(ui);
    overlay_scroll(&ui->overlay, place, ui_page_rows(ui));
}

void
ui_show(struct ui *ui, enum action page, struct doc *doc)
{
    if (ui->page != page) {
        doc_destroy(&doc);
        return;
    }
    doc_destroy(&ui->doc);
    ui->doc = doc;
    ui_fill_page(ui);
}
