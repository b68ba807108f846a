/* The page of keys and commands in groups, with the keys that are in force. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/ui/action.h"
#include "berdua/ui/doc.h"
#include "berdua/ui/macro.h"
#include "berdua/ui/ui.h"
#include "ui/edit/keymap.h"

enum { KEYS_TEXT = 128, WIDEST_COLS = 140, WIDE_COLS = 100, MIDDLE_COLS = 70, MOST_OF_GROUP = 24 };

/* Every action stands in one of them. */
static const struct {
    const char *title;
    enum action actions[MOST_OF_GROUP]; /* ACT_NONE ends */
} groups[] = {
    {"Judge",
     {ACT_VERDICT_LEFT, ACT_VERDICT_RIGHT, ACT_VERDICT_TIE, ACT_VERDICT_BOTH_BAD, ACT_NOTE,
      ACT_UNDO, ACT_ADOPT, ACT_REVEAL, ACT_SET_ASIDE, ACT_BLIND}},
    {"Write",
     {ACT_SEND, ACT_NEWLINE, ACT_EDITOR, ACT_STASH, ACT_CLEAR_OR_CANCEL, ACT_BROWSE, ACT_COMPOSE}},
    {"Ask again", {ACT_REGENERATE, ACT_EDIT_RESEND, ACT_CANCEL, ACT_MODE, ACT_HISTORY}},
    {"Look", {ACT_WHY,    ACT_DIFF,     ACT_CONTEXT, ACT_ROUTE, ACT_KNOWLEDGE, ACT_MEMORY,
              ACT_REPORT, ACT_ROLLOUT,  ACT_ZOOM,    ACT_STACK, ACT_FOLD,      ACT_OUTLINE,
              ACT_RAW,    ACT_PANEL,    ACT_TAB,     ACT_COPY,  ACT_THEME,     ACT_REDRAW,
              ACT_HELP,   ACT_MESSAGES, ACT_KEYS,    ACT_LOG}},
    {"Move",
     {ACT_TURN_PREVIOUS, ACT_TURN_NEXT, ACT_TURN, ACT_PAGE_UP, ACT_PAGE_DOWN, ACT_HALF_UP,
      ACT_HALF_DOWN, ACT_LINE_UP, ACT_LINE_DOWN, ACT_TOP, ACT_BOTTOM, ACT_OLDER, ACT_SEARCH,
      ACT_SEARCH_NEXT, ACT_SEARCH_PREVIOUS}},
    {"Session", {ACT_SESSIONS, ACT_NEW_SESSION, ACT_END, ACT_EXPORT}},
    {"Leave", {ACT_QUIT, ACT_QUIT_IF_EMPTY, ACT_SUSPEND}},
};

/* "A-1, 1" as a person reads it: "Alt-1, 1". */
static void
spell_keys(const struct keymap *k, enum focus focus, enum action a, char *out, size_t cap)
{
    char keys[KEYS_TEXT];
    keymap_keys_for(k, focus, a, keys, sizeof keys);
    keymap_spell(keys, out, cap);
}

static void
key_row(struct doc *d, const struct page_view *v, enum action a)
{
    static const enum ink inks[] = {INK_TEXT, INK_KEY, INK_KEY, INK_VALUE};
    static const enum ink middle_inks[] = {INK_KEY, INK_VALUE, INK_TEXT};
    const struct action_info *info = action_info(a);
    char compose[KEYS_TEXT], browse[KEYS_TEXT], command[KEYS_TEXT];
    spell_keys(v->keymap, FOCUS_COMPOSE, a, compose, sizeof compose);
    spell_keys(v->keymap, FOCUS_BROWSE, a, browse, sizeof browse);
    bool whole = v->cols >= MIDDLE_COLS && info->argument; /* else the word alone */
    snprintf(command, sizeof command, "/%s%s%s", info->command, whole ? " " : "",
             whole ? info->argument : "");
    if (v->cols >= WIDE_COLS) {
        doc_cells(d, inks, (const char *const[]){info->help, compose, browse, command}, 4);
        return;
    }
    char *key = compose[0] ? compose : browse;
    key[strcspn(key, ",")] = 0; /* the first of them */
    if (v->cols >= MIDDLE_COLS)
        doc_cells(d, middle_inks, (const char *const[]){key, command, info->help}, 3);
    else
        doc_row(d, key[0] ? key : command, "%s", info->help);
}

/* A review has keys of its own and no input line. */
static void
review_rows(struct doc *d)
{
    static const char *const rows[][2] = {
        {"1, 2", "A is better, B is better"},
        {"! @", "the same, much better"},
        {"3, 4", "tie, both bad"},
        {"0", "this pair cannot be judged"},
        {"s", "skip it; it comes again when no other is left"},
        {"Space", "where the two answers differ"},
        {"n", "a note about the pair"},
        {"u", "take the verdict back; again: the one before, also of an earlier sitting"},
        {"Enter", "skip what is asked"},
        {"j k g G", "scroll; PgUp and PgDn by pages"},
        {"Alt-z, Tab", "one answer alone"},
        {"/", "find text; N: the match before"},
        {"y", "copy an answer"},
        {"q", "leave; the names are shown then"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        doc_row(d, rows[i][0], "%s", rows[i][1]);
    doc_blank(d);
    doc_remark(d, "After a verdict letters give reasons, as the last row of the screen says.");
}

static void
macro_rows(struct doc *d, const struct page_view *v)
{
    const struct config *c = v->config;
    if (c->macro_count)
        doc_heading(d, "Yours");
    for (size_t i = 0; i < c->macro_count; i++) {
        char *name = xasprintf("/%s", c->macros[i].name), *words = macro_words(&c->macros[i]);
        doc_row(d, name, "%s", words);
        free(words);
        free(name);
    }
}

static void
help_fill(struct doc *d, const struct page_view *v)
{
    if (v->facts->review.on) {
        review_rows(d);
        return;
    }
    static const int widest[] = {50, 36, 22, 0}, wide[] = {36, 25, 15, 0};
    static const int middle[] = {15, 23, 0}, narrow[] = {0};
    static const enum ink head_inks[] = {INK_HEADING, INK_DIM, INK_DIM, INK_DIM};
    doc_columns(d, v->cols >= WIDEST_COLS   ? widest
                   : v->cols >= WIDE_COLS   ? wide
                   : v->cols >= MIDDLE_COLS ? middle
                                            : narrow);
    for (size_t g = 0; g < ARRAY_LEN(groups); g++) {
        const char *heads[] = {groups[g].title, "writing", "browsing", "command"};
        if (g > 0)
            doc_blank(d);
        doc_cells(d, head_inks, heads, v->cols >= WIDE_COLS ? 4 : 1);
        for (const enum action *a = groups[g].actions; *a != ACT_NONE; a++)
            key_row(d, v, *a);
    }
    if (v->config)
        macro_rows(d, v);
    doc_blank(d);
    doc_remark(d, "A message that begins with a slash is written with two: //TEXT");
}

const struct page_ops page_help = {.title = "Keys and commands", .plain = true, .fill = help_fill};
