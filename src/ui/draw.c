#include "ui_private.h"
#include "status.h"
#include "guide_parts.h"
#include "review_keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum {
    PANEL_INTERVAL_US = 250000,
    PANEL_WAIT_INTERVAL_US = 50000,
    PANEL_WAKING_INTERVAL_US = 1000000
};

static int
set_entry(struct ui *ui)
{
    static const char *const signs[] = {[ASK_MESSAGE] = "> ", [ASK_SEARCH] = "/ "};
    const struct turn *about =
        ui->asking == ASK_NOTE ? conversation_find(ui->conversation, ui->asked_about) : NULL;
    snprintf(ui->note_sign, sizeof ui->note_sign,
             "%s: ", ui->asking == ASK_CHOICE ? action_info(ui->choice)->command : "note");
    if (about && about->seq > 0)
        snprintf(ui->note_sign, sizeof ui->note_sign, "note, turn %lld: ", (long long)about->seq);
    const struct entry_view v = {
        .sign = ui->asking >= ASK_NOTE ? ui->note_sign : signs[ui->asking],
        .prefix = editor_prompt(ui->editor),
        .text = editor_text(ui->editor),
        .cursor = editor_cursor(ui->editor),
    };
    return entry_set(&ui->prompt, &v, ui->cols);
}

static void
make_layout(struct ui *ui)
{
    struct layout_ask ask = {
        .rows = ui->rows,
        .cols = ui->cols,
        .prompt_rows = ui->prompt_rows,
        .menu_rows = ui->menu.rows,
        .figures = ui->figures,
        .zoom = ui->zoom >= 0,
        .stack = ui->stack,
        .figures_tab = ui->tab == TAB_FIGURES,
    };
    layout_make(&ask, &ui->layout);
    paint_clear(ui->paint, ui->rows, ui->cols);
    size_t rows = ui->layout.conversation.rows > 0 ? (size_t)ui->layout.conversation.rows : 0;
    free(ui->marks);
    ui->marks = xcalloc(rows + 1, sizeof *ui->marks);
    ui->panel_seen = 0;
    ui->dirty = DIRTY_ALL;
}

static void
draw_menu(struct ui *ui)
{
    const struct rect *r = &ui->layout.menu;
    for (int i = 0; i < r->rows; i++) {
        line_reset(&ui->line, r->cols);
        ui_menu_line(ui, i, r->rows, &ui->line);
        paint_line(ui->paint, r->row + i, r->col, &ui->line);
    }
}

static void
shape_view(struct ui *ui)
{
    const struct layout *l = &ui->layout;
    struct view_shape shape;
    memset(&shape, 0, sizeof shape); /* view_set_shape compares shapes byte by byte */
    int side = l->tabbed ? ui->tab == TAB_RIGHT : ui->zoom == 1;
    shape.arrangement = l->arrangement;
    shape.one = side;
    shape.rows = l->conversation.rows;
    shape.text_cols = l->text_cols - COLUMNS_MESSAGE_INDENT;
    shape.column_cols = l->column_cols;
    shape.alone_cols = l->alone_cols;
    shape.airy = l->airy;
    shape.beside = l->panel_rule_col >= 0;
    shape.raw = ui->raw;
    view_set_shape(ui->view, &shape);
}

/* Nothing but text has come, and none in this row. */
static bool
row_stays(struct ui *ui, int row)
{
    uint64_t before = ui->marks[row];
    ui->marks[row] = view_row_mark(ui->view, row);
    return before && before == ui->marks[row] && !(ui->dirty & (DIRTY_MODEL | DIRTY_LAYOUT));
}

static void
draw_conversation(struct ui *ui)
{
    const struct rect *r = &ui->layout.conversation;
    int moved = view_update(ui->view);
    if (r->rows <= 0 || r->cols <= 0 || ui->page != ACT_NONE)
        return;
    int last = r->row + r->rows - 1;
    int pinned = view_pinned(ui->view), kept = pinned < ui->pinned ? pinned : ui->pinned;
    ui->pinned = pinned;
    if (moved != 0 && moved < r->rows - kept && moved > kept - r->rows)
        term_scroll(ui->term, r->row + kept, last, moved);
    struct columns c = {.view = ui->view,
                        .layout = &ui->layout,
                        .glyphs = ui->glyphs,
                        .facts = ui->facts,
                        .needle = ui->needle ? ui->needle : "",
                        .now_us = clock_us()};
    if (ui_draw_guide(ui))
        return;
    bool empty = !ui->conversation || ui->conversation->count == 0;
    if (empty && ui->facts->review.on) {
        ui_draw_review(ui);
        return;
    }
    for (int i = 0; i < r->rows; i++) {
        if (!empty && row_stays(ui, i))
            continue;
        if (empty)
            columns_welcome(&c, i, &ui->line);
        else
            columns_line(&c, i, &ui->line);
        paint_line(ui->paint, r->row + i, r->col, &ui->line);
    }
}

static void
draw_panel_rule(struct ui *ui)
{
    const struct rect *r = &ui->layout.panel;
    if (ui->layout.panel_rule_col < 0 || ui->page != ACT_NONE)
        return;
    line_reset(&ui->line, 1);
    line_add_str(&ui->line, INK_RULE, ui->glyphs->vertical);
    for (int i = 0; i < r->rows; i++)
        paint_line(ui->paint, r->row + i, ui->layout.panel_rule_col, &ui->line);
}

/* The first one. */
static const char *
reveal_key(struct ui *ui)
{
    char keys[sizeof ui->reveal_key];
    keymap_keys_for(ui->keymap, ui->focus, ACT_REVEAL, keys, sizeof keys);
    keys[strcspn(keys, ",")] = 0;
    keymap_spell(keys, ui->reveal_key, sizeof ui->reveal_key);
    return keys[0] ? ui->reveal_key : NULL;
}

static void
panel_state(struct ui *ui, int64_t now_us, struct panel_view *v)
{
    const struct turn *turn = view_selected(ui->view);
    *v = (struct panel_view){
        .turn = turn,
        .last = turn == conversation_last(ui->conversation),
        .facts = ui->facts,
        .glyphs = ui->glyphs,
        .now_us = now_us,
        .wall_us = clock_wall_us(),
        .beside = !ui->layout.tabbed && ui->layout.arrangement != ARRANGE_ONE,
    };
    warmth_parts_look(&ui->warmth_parts, turn, ui->facts->measure, v->parts);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct brain_conf *conf = &ui->config->brains[b];
        const struct model_conf *m = conf->model_count ? config_model(conf, conf->model) : NULL;
        v->model[b] = m ? m->id : NULL;
    }
}

static bool
is_waking(const struct ui *ui)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct answer *a = ui->facts->brain[b].warm_up;
        if (a && a->status == STATUS_RUNNING)
            return true;
    }
    return false;
}

/* While Claude waits for its context the panel is painted more often, since that wait is short; while nothing but a
 * server's start is awaited, for its seconds. */
static int64_t
panel_interval_us(const struct ui *ui)
{
    const struct turn *t = view_selected(ui->view);
    bool waits = t && t->asked[BRAIN_CLAUDE] && t->answers[BRAIN_CLAUDE].phase == PHASE_CONTEXT;
    if (waits)
        return PANEL_WAIT_INTERVAL_US;
    return ui_running(ui) ? PANEL_INTERVAL_US : PANEL_WAKING_INTERVAL_US;
}

static void
draw_figures(struct ui *ui, int64_t now_us)
{
    const struct rect *panel = &ui->layout.panel, *strip = &ui->layout.strip;
    const struct rect *r = panel->rows > 0 ? panel : strip;
    if (r->rows <= 0 || ui->page != ACT_NONE)
        return;
    struct panel_view v;
    panel_state(ui, now_us, &v);
    /* Figures that change with every token are painted at an interval: a slow line pays for each digit. */
    uint64_t signature = panel_signature(&v) | 1;
    if (signature == ui->panel_seen && now_us < ui->panel_painted_us + panel_interval_us(ui))
        return;
    ui->panel_seen = signature;
    ui->dirty |= DIRTY_STATUS; /* the status line is refreshed at the same interval */
    ui->panel_painted_us = now_us;
    v.reveal_key = reveal_key(ui);
    if (r == panel)
        panel_make(&ui->panel, &v, r->rows, r->cols);
    else
        strip_make(&ui->panel, &v, r->rows, r->cols);
    for (int i = 0; i < r->rows; i++) {
        struct line *l = i < ui->panel.count ? &ui->panel.lines[i] : &ui->line;
        if (l == &ui->line)
            line_reset(l, r->cols);
        paint_line(ui->paint, r->row + i, r->col, l);
    }
}

int64_t
ui_panel_due(const struct ui *ui)
{
    if (ui->layout.panel.rows <= 0 && ui->layout.strip.rows <= 0)
        return NEVER_US;
    bool moves = ui_running(ui) || is_waking(ui);
    return ui->page == ACT_NONE && moves ? ui->panel_painted_us + panel_interval_us(ui) : NEVER_US;
}

static void
draw_page(struct ui *ui)
{
    struct rect list, preview;
    ui_pick_areas(ui, &list, &preview);
    for (int i = 0; i < list.rows; i++) {
        overlay_line(&ui->overlay, i, list.rows, list.cols, &ui->line);
        paint_line(ui->paint, list.row + i, 0, &ui->line);
    }
    for (int i = 0; i < preview.rows; i++) {
        overlay_line(&ui->preview, i, preview.rows, preview.cols, &ui->line);
        paint_line(ui->paint, preview.row + i, preview.col, &ui->line);
    }
    line_reset(&ui->line, 1);
    line_add_str(&ui->line, INK_RULE, ui->glyphs->vertical);
    for (int i = 0; preview.col > 0 && i < preview.rows; i++)
        paint_line(ui->paint, preview.row + i, list.cols, &ui->line);
}

static void
draw_status(struct ui *ui)
{
    const struct layout *l = &ui->layout;
    const struct {
        const struct rect *at;
        void (*make)(struct line *l, const struct ui *ui);
    } rows[] = {{&l->title, status_title},
                {&l->tabs, status_tabs},
                {&l->rule, status_rule},
                {&l->status, status_line}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (!rows[i].at->rows || (rows[i].at == &l->tabs && ui->page != ACT_NONE))
            continue;
        line_reset(&ui->line, ui->cols);
        rows[i].make(&ui->line, ui);
        paint_line(ui->paint, rows[i].at->row, 0, &ui->line);
    }
}

static void
draw_prompt(struct ui *ui)
{
    const struct rect *r = &ui->layout.prompt;
    if (r->rows <= 0)
        return;
    if (ui_has_caption(ui)) {
        ui_draw_caption(ui);
        return;
    }
    entry_make(&ui->prompt, r->rows);
    for (int i = 0; i < r->rows; i++)
        paint_line(ui->paint, r->row + i, 0, &ui->prompt.lines[i]);
}

void
ui_draw(struct ui *ui, int64_t now_us)
{
    ui_menu_check(ui);
    if (ui->menu.rows != ui->menu_rows)
        ui->dirty |= DIRTY_LAYOUT;
    ui->menu_rows = ui->menu.rows;
    if (ui->dirty & (DIRTY_PROMPT | DIRTY_LAYOUT)) {
        int rows = set_entry(ui);
        if (ui_without_input(ui))
            rows = 0;
        else if (ui_has_caption(ui))
            rows = ui_caption_rows(ui);
        if (rows != ui->prompt_rows)
            ui->dirty |= DIRTY_LAYOUT;
        ui->prompt_rows = rows;
    }
    if (ui->dirty & DIRTY_LAYOUT) {
        make_layout(ui);
        draw_panel_rule(ui);
    }
    bool grew = ui->dirty & (DIRTY_MODEL | DIRTY_TEXT);
    if (grew) {
        shape_view(ui);
        draw_conversation(ui);
    }
    if (grew || now_us >= ui_panel_due(ui))
        draw_figures(ui, now_us);
    int new_lines = view_new_lines(ui->view);
    if (new_lines != ui->new_lines || view_more_below(ui->view) != ui->more_below)
        ui->dirty |= DIRTY_STATUS;
    ui->new_lines = new_lines;
    ui->more_below = view_more_below(ui->view);
    if (ui->page != ACT_NONE)
        draw_page(ui);
    if (ui->dirty & DIRTY_STATUS)
        draw_status(ui);
    if (ui->dirty & DIRTY_PROMPT) {
        draw_menu(ui);
        draw_prompt(ui);
    }
    ui->dirty = 0;
    bool typing = ui->focus == FOCUS_COMPOSE && ui->page == ACT_NONE && !ui_has_caption(ui);
    term_frame(ui->term, typing ? ui->layout.prompt.row + ui->prompt.cursor_row : -1,
               ui->prompt.cursor_col);
}
