#include "menu.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/ui/search.h"
#include "theme_choice.h"
#include "ui_private.h"

enum { MOST_ROWS = 5, LABEL_GAP = 2, NARROW_COLS = 60 };

void
menu_add(struct menu *m, const char *word, const char *label, const char *detail)
{
    m->all = xgrow(m->all, m->count, sizeof *m->all);
    m->all[m->count++] = (struct menu_entry){
        .word = xstrdup(word), .label = xstrdup(label), .detail = xstrdup(detail)};
}

void
menu_forget(struct menu *m)
{
    for (size_t i = 0; i < m->count; i++) {
        free(m->all[i].word);
        free(m->all[i].label);
        free(m->all[i].detail);
    }
    m->count = m->shown_count = 0;
}

void
menu_finish(struct menu *m)
{
    menu_forget(m);
    free(m->all);
    free(m->shown);
    *m = (struct menu){.open = false};
}

static const struct menu_entry *
marked_entry(const struct menu *m)
{
    return m->open && m->shown_count ? &m->all[m->shown[m->marked]] : NULL;
}

static void
close_menu(struct ui *ui)
{
    struct menu *m = &ui->menu;
    if (!m->open)
        return;
    ui_theme_preview(ui, NULL);
    m->open = m->chosen = m->taken = false;
    m->rows = 0;
    menu_forget(m);
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

/* ---- what fits the text ---- */

/* at_word: only where a word of the text begins. */
static bool
text_holds(const char *text, const char *word, bool at_word)
{
    size_t n = text ? strlen(text) : 0, len;
    for (size_t at = 0; (at = search_text(text, n, at, word, &len)) != SIZE_MAX; at++)
        if (!at_word || at == 0 || text[at - 1] == ' ')
            return true;
    return false;
}

/* How well an entry fits: 0 it begins so, 1 it holds the word, 2 its description does; 3 not at all. */
static int
misfit(const struct menu_entry *e, const char *word)
{
    if (strncmp(e->word, word, strlen(word)) == 0)
        return 0;
    size_t n = strlen(word);
    if (n > 1 && text_holds(e->word, word, false))
        return 1;
    return n > 2 && text_holds(e->detail, word, true) ? 2 : 3;
}

static void
filter(struct menu *m, const char *word)
{
    m->shown = xreallocarray(m->shown, m->count + 1, sizeof *m->shown);
    m->shown_count = m->marked = 0;
    for (int fit = 0; fit < 3; fit++)
        for (size_t i = 0; i < m->count; i++)
            if (misfit(&m->all[i], word) == fit)
                m->shown[m->shown_count++] = i;
    int wanted = m->shown_count < MOST_ROWS ? (int)m->shown_count : MOST_ROWS;
    if (wanted == 0 || wanted > m->rows)
        m->rows = wanted;
}

/* What is in use of the things that can be chosen; NULL: nothing is. */
static const char *
in_use(const struct ui *ui, enum action about)
{
    return about == ACT_THEME  ? ui->theme->name
           : about == ACT_MODE ? chat_mode_name(ui->facts->mode)
                               : NULL;
}

/* A new text: gathers what can stand there, and shows what fits. */
static void
follow_text(struct ui *ui)
{
    struct menu *m = &ui->menu;
    const char *text = editor_text(ui->editor);
    m->open = true;
    m->chosen = m->taken = false;
    if (menu_gather(ui, text))
        filter(m, text + m->start);
    else
        m->rows = 0;
    const char *now = in_use(ui, m->about);
    for (size_t i = 0; now && !text[m->start] && i < m->shown_count; i++)
        if (strcmp(m->all[m->shown[i]].word, now) == 0)
            m->marked = i;
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

static bool
is_command(const struct ui *ui)
{
    const char *text = editor_text(ui->editor);
    bool command = ui->asking == ASK_MESSAGE && text[0] == '/' && text[1] != '/';
    return (command || ui->asking == ASK_CHOICE) && !ui->pasted &&
           editor_cursor(ui->editor) == strlen(text);
}

/* ---- keys ---- */

static void
put_marked(struct ui *ui)
{
    struct menu *m = &ui->menu;
    const struct menu_entry *e = marked_entry(m);
    const struct action_info *info =
        m->about == ACT_NONE ? action_by_command(e->word, strlen(e->word)) : NULL;
    char *text = xasprintf("%.*s%s%s", (int)m->start, editor_text(ui->editor), e->word,
                           info && info->argument ? " " : "");
    editor_set_text(ui->editor, text);
    free(text);
    m->taken = true;
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

static void
move_mark(struct ui *ui, bool forward)
{
    struct menu *m = &ui->menu;
    m->marked = (m->marked + (forward ? 1 : m->shown_count - 1)) % m->shown_count;
    m->chosen = true;
    ui_dirty(ui, DIRTY_PROMPT | DIRTY_STATUS);
}

static void
preview(struct ui *ui)
{
    if (ui->menu.about == ACT_THEME)
        ui_theme_preview(ui, marked_entry(&ui->menu)->word);
}

/* The first time it takes what is marked, then what comes next; where nothing else does, what can stand behind it. */
static bool
key_tab(struct ui *ui, bool forward)
{
    struct menu *m = &ui->menu;
    if (!is_command(ui))
        return false;
    if (!m->open || (m->taken && m->shown_count == 1))
        follow_text(ui);
    if (!m->shown_count)
        return m->open;
    if (m->taken)
        move_mark(ui, forward);
    put_marked(ui);
    preview(ui);
    return true;
}

/* Enter runs what was chosen; where that needs an argument, it is asked for first. true: nothing is sent yet. */
static bool
key_enter(struct ui *ui)
{
    struct menu *m = &ui->menu;
    if (!m->chosen)
        return false;
    if (!m->taken)
        put_marked(ui);
    const struct menu_entry *e = marked_entry(m);
    const struct action_info *info =
        m->about == ACT_NONE ? action_by_command(e->word, strlen(e->word)) : NULL;
    if (!info || !info->argument || info->argument[0] == '[')
        return false;
    follow_text(ui);
    return true;
}

static void
key_escape(struct ui *ui)
{
    close_menu(ui);
    if (ui->asking == ASK_CHOICE)
        ui_end_asking(ui);
}

bool
ui_menu_key(struct ui *ui, const char *key, enum action bound)
{
    struct menu *m = &ui->menu;
    if (strcmp(key, "Tab") == 0)
        return key_tab(ui, true);
    if (!marked_entry(m))
        return false;
    if (strcmp(key, "S-Tab") == 0)
        return key_tab(ui, false);
    if (strcmp(key, "Up") == 0 || strcmp(key, "Down") == 0) {
        m->taken = false;
        move_mark(ui, key[0] == 'D');
        preview(ui);
        return true;
    }
    if (strcmp(key, "Esc") == 0) {
        key_escape(ui);
        return true;
    }
    if (strcmp(key, "Space") == 0 && m->taken) { /* it may stand there already */
        const char *text = editor_text(ui->editor);
        bool stands = text[strlen(text) - 1] == ' ';
        if (stands)
            follow_text(ui);
        return stands;
    }
    return bound == ACT_SEND && key_enter(ui);
}

/* Does the key type or take back a character? */
static bool
types(const char *key)
{
    uint32_t cp;
    size_t n = strlen(key);
    return utf8_decode(key, n, &cp) == n || strcmp(key, "Space") == 0 ||
           strcmp(key, "Backspace") == 0;
}

void
ui_menu_typed(struct ui *ui, const char *key)
{
    bool begins = ui->asking == ASK_CHOICE || strcmp(editor_text(ui->editor), "/") == 0;
    if (!is_command(ui) || !types(key))
        close_menu(ui);
    else if (ui->menu.open || begins)
        follow_text(ui);
}

void
ui_menu_ask(struct ui *ui, enum action about)
{
    ui->choice = about;
    ui_begin_asking(ui, ASK_CHOICE);
    follow_text(ui);
    ui->menu.chosen = ui->menu.shown_count > 0;
}

void
ui_menu_check(struct ui *ui)
{
    if (ui->menu.open && (!is_command(ui) || ui->page != ACT_NONE || ui->focus != FOCUS_COMPOSE))
        close_menu(ui);
}

/* ---- on the screen ---- */

/* Where it is narrow an argument is left out. */
static size_t
label_bytes(const char *label, int width)
{
    return width < NARROW_COLS && label[0] == '/' ? strcspn(label, " ") : strlen(label);
}

/* Row i of so many; the entries stand at their end, next to the input line. */
void
ui_menu_line(const struct ui *ui, int i, int rows, struct line *l)
{
    const struct menu *m = &ui->menu;
    int count = (int)m->shown_count, seen = count < rows ? count : rows;
    int marked = (int)m->marked, first = marked < seen ? 0 : marked - seen + 1;
    int at = first + i - (rows - seen), label_cols = 0;
    if (at < first)
        return;
    for (int k = first; k < first + seen; k++) {
        const char *label = m->all[m->shown[k]].label;
        int cols = utf8_width(label, label_bytes(label, l->width));
        label_cols = cols > label_cols ? cols : label_cols;
    }
    if (label_cols > l->width / 2)
        label_cols = l->width / 2;
    const struct menu_entry *e = &m->all[m->shown[at]];
    line_add_str(l, INK_TEXT, " ");
    line_add_str(l, INK_MARK, at == marked ? ui->glyphs->selected : " ");
    line_add_str(l, INK_TEXT, " ");
    int begin = l->cols;
    line_add_raw(l, at == marked ? INK_TAB_ACTIVE : INK_KEY, e->label,
                 label_bytes(e->label, l->width), label_cols);
    line_pad(l, INK_TEXT, begin + label_cols + LABEL_GAP);
    if (e->detail)
        line_add_raw(l, at == marked ? INK_TEXT : INK_HINT, e->detail, strlen(e->detail),
                     l->width - l->cols - 1);
    if (i == rows - 1 && count > rows) {
        char *place = xasprintf("%d of %d ", marked + 1, count);
        line_right(l, INK_DIM, place, LABEL_GAP);
        free(place);
    }
}
