#include "ui/ui_private.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"

enum { KEYS_TEXT = 128, WIDE_COLS = 100, MIDDLE_COLS = 70, NARROW_KEY_COLS = 15 };

/* "A-1, 1" as a person reads it: "Alt-1, 1". */
static void
spell_keys(const struct ui *ui, enum focus focus, enum action a, char *out, size_t cap)
{
    char keys[KEYS_TEXT], one[KEYS_TEXT];
    struct buf b;
    out[0] = 0;
    keymap_keys_for(ui->keymap, focus, a, keys, sizeof keys);
    buf_init(&b, cap - 1);
    for (char *p = keys; *p;) {
        char *end = strstr(*p == ',' ? p + 1 : p, ", ");
        if (end)
            *end = 0;
        keymap_spell(p, one, sizeof one);
        if (b.len)
            buf_append_str(&b, ", ");
        buf_append_str(&b, one);
        p = end ? end + 2 : p + strlen(p);
    }
    memcpy(out, b.p, b.len + 1);
    buf_finish(&b);
}

/* "/retry [claude|llama]", or the word alone where there is no room for more. */
static void
spell_command(const struct action_info *info, bool whole, char *out, size_t cap)
{
    out[0] = 0;
    if (info->command)
        snprintf(out, cap, "/%s%s%s", info->command, whole && info->argument ? " " : "",
                 whole && info->argument ? info->argument : "");
}

static void
key_row(struct ui *ui, enum action a)
{
    static const enum ink inks[] = {INK_KEY, INK_KEY, INK_VALUE, INK_TEXT};
    static const enum ink middle_inks[] = {INK_KEY, INK_VALUE, INK_TEXT};
    const struct action_info *info = action_info(a);
    char compose[KEYS_TEXT], browse[KEYS_TEXT], command[KEYS_TEXT];
    spell_keys(ui, FOCUS_COMPOSE, a, compose, sizeof compose);
    spell_keys(ui, FOCUS_BROWSE, a, browse, sizeof browse);
    spell_command(info, ui->cols >= MIDDLE_COLS, command, sizeof command);
    if (ui->cols >= WIDE_COLS) {
        const char *const cells[] = {compose, browse, command, info->help};
        overlay_row(ui->overlay, inks, cells, 4);
        return;
    }
    char *key = compose[0] ? compose : browse;
    key[strcspn(key, ",")] = 0; /* the first of them */
    if (ui->cols >= MIDDLE_COLS) {
        const char *const cells[] = {key, command, info->help};
        overlay_row(ui->overlay, middle_inks, cells, 3);
    } else {
        overlay_labelled(ui->overlay, INK_KEY, key[0] ? key : command, NARROW_KEY_COLS, INK_TEXT,
                         info->help, strlen(info->help), ui->cols - 4);
    }
}

static void
fill_keys(struct ui *ui)
{
    static const int wide[] = {20, 24, 24, 0}, middle[] = {15, 23, 0}, narrow[] = {0};
    static const enum ink head_inks[] = {INK_DIM, INK_DIM, INK_DIM, INK_DIM};
    static const char *const heads[] = {"writing", "browsing", "command", ""};
    static const char help[] = "A message that begins with a slash is written with two: //TEXT";
    bool all = ui->cols >= WIDE_COLS;
    overlay_begin(ui->overlay, "Keys and commands",
                  all                       ? wide
                  : ui->cols >= MIDDLE_COLS ? middle
                                            : narrow);
    if (all)
        overlay_row(ui->overlay, head_inks, heads, 4);
    for (int a = ACT_NONE + 1; a < ACT_COUNT; a++)
        key_row(ui, (enum action)a);
    overlay_line_row(ui->overlay, ui->cols);
    overlay_text(ui->overlay, 0, INK_DIM, help, sizeof help - 1, ui->cols - 4);
}

static void
fill_messages(struct ui *ui)
{
    static const int widths[] = {10, 0};
    overlay_begin(ui->overlay, "Messages", widths);
    size_t first = ui->notice_count > NOTICES_KEPT ? ui->notice_count - NOTICES_KEPT : 0;
    for (size_t i = first; i < ui->notice_count; i++) {
        const struct notice *n = &ui->notices[i % NOTICES_KEPT];
        time_t at = (time_t)(n->at_wall_us / US_PER_S);
        struct tm tm;
        char when[16] = "";
        if (localtime_r(&at, &tm))
            strftime(when, sizeof when, "%H:%M:%S", &tm);
        const enum ink inks[] = {INK_DIM, n->error ? INK_ERROR : INK_TEXT};
        const char *const cells[] = {when, n->text};
        overlay_row(ui->overlay, inks, cells, 2);
    }
    if (ui->notice_count == 0) {
        static const enum ink inks[] = {INK_DIM};
        static const char *const cells[] = {"none so far"};
        static const int whole[] = {0};
        overlay_begin(ui->overlay, "Messages", whole);
        overlay_row(ui->overlay, inks, cells, 1);
    }
}

int
ui_page_rows(const struct ui *ui)
{
    return ui->rows - ui->layout.title.rows - 3;
}

void
ui_open_page(struct ui *ui, enum page page)
{
    ui->page = page;
    if (page == PAGE_KEYS)
        fill_keys(ui);
    else if (page == PAGE_MESSAGES)
        fill_messages(ui);
    else if (page == PAGE_WHY)
        ui_fill_why(ui);
    else
        ui_fill_about(ui);
    ui_dirty(ui, DIRTY_LAYOUT);
}

void
ui_close_page(struct ui *ui)
{
    ui->page = PAGE_NONE;
    doc_destroy(&ui->doc);
    ui_dirty(ui, DIRTY_LAYOUT);
}

void
ui_page_key(struct ui *ui, const char *key)
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
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        if (strcmp(moves[i].key, key) != 0)
            continue;
        int by = moves[i].rows + moves[i].pages * ((rows - 3) / 2 > 0 ? (rows - 3) / 2 : 1);
        overlay_scroll(ui->overlay, by, rows);
        ui_dirty(ui, DIRTY_STATUS);
        return;
    }
    enum action bound = keymap_lookup(ui->keymap, FOCUS_BROWSE, key);
    if (strcmp(key, "Tab") == 0)
        ui_open_page(ui, ui->page == PAGE_KEYS ? PAGE_MESSAGES : PAGE_KEYS);
    else if (strcmp(key, "Esc") == 0 || strcmp(key, "q") == 0 || strcmp(key, "Enter") == 0 ||
             bound == ACT_HELP || bound == ACT_WHY || bound == ACT_CONTEXT ||
             bound == ACT_CLEAR_OR_CANCEL)
        ui_close_page(ui);
    else if (bound == ACT_SUSPEND || bound == ACT_REDRAW)
        ui_act(ui, bound, NULL);
}
