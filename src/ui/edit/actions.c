#include "berdua/ui/action.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "berdua/base/mem.h"

/* In the order of enum action; each line says name, command, argument, help, short help. */
static const struct action_info infos[] = {
    {ACT_NONE, "", NULL, NULL, "", NULL},
    {ACT_SEND, "send", "send", "TEXT", "send the message", NULL},
    {ACT_CANCEL, "cancel", "cancel", NULL, "stop the running answers", NULL},
    {ACT_VERDICT_LEFT, "verdict-left", "left", NULL, "the left answer is better", "left better"},
    {ACT_VERDICT_RIGHT, "verdict-right", "right", NULL, "the right answer is better",
     "right better"},
    {ACT_VERDICT_TIE, "verdict-tie", "tie", NULL, "both are equally good", "tie"},
    {ACT_VERDICT_BOTH_BAD, "verdict-both-bad", "bad", NULL, "both are bad", "both bad"},
    {ACT_NOTE, "note", "note", "TEXT", "add a note", "note"},
    {ACT_UNDO, "undo", "undo", NULL, "take the verdict back", "undo"},
    {ACT_ADOPT, "adopt", "adopt", "claude|llama", "continue with this answer", NULL},
    {ACT_REVEAL, "reveal", "reveal", NULL, "show the answer of the shadow", "shadow"},
    {ACT_REGENERATE, "regenerate", "retry", "[claude|llama]", "ask again", NULL},
    {ACT_MODE, "mode", "mode", "[MODE]", "another pattern, or the next", "mode"},
    {ACT_HISTORY, "history", "history", "canonical|own", "which answers the brains are shown",
     NULL},
    {ACT_NEW_SESSION, "new", "new", NULL, "begin a new session", NULL},
    {ACT_END, "end", "end", NULL, "end the conversation; memory takes note of it", NULL},
    {ACT_OLDER, "older", "older", NULL, "load older turns", NULL},
    {ACT_QUIT, "quit", "quit", NULL, "leave", NULL},
    {ACT_NEWLINE, "newline", "newline", NULL, "begin a new line in the message", NULL},
    {ACT_EDITOR, "editor", "editor", NULL, "write in $VISUAL or $EDITOR", NULL},
    {ACT_CLEAR_OR_CANCEL, "clear-or-cancel", "clear", NULL, "stop answers, else clear, else leave",
     NULL},
    {ACT_QUIT_IF_EMPTY, "quit-if-empty", "bye", NULL, "leave when the input is empty", NULL},
    {ACT_SUSPEND, "suspend", "suspend", NULL, "back to the shell for a while", NULL},
    {ACT_REDRAW, "redraw", "redraw", NULL, "draw the screen anew", NULL},
    {ACT_BROWSE, "browse", "browse", NULL, "leave the input line to browse", "browse"},
    {ACT_COMPOSE, "compose", "compose", NULL, "back to the input line", "write"},
#define PAGE_INFO(id, name, argument, key, help) {ACT_##id, #name, #name, argument, help, #name},
    UI_PAGES(PAGE_INFO)
#undef PAGE_INFO
        {ACT_PANEL, "panel", "panel", NULL, "show or hide the side panel", NULL},
    {ACT_ZOOM, "zoom", "zoom", NULL, "one side alone, the other, both", NULL},
    {ACT_THEME, "theme", "theme", "[NAME]", "another theme, or the next one", NULL},
    {ACT_PAGE_UP, "page-up", "pageup", NULL, "a page up", NULL},
    {ACT_PAGE_DOWN, "page-down", "pagedown", NULL, "a page down", NULL},
    {ACT_HALF_UP, "half-page-up", "halfup", NULL, "half a page up", NULL},
    {ACT_HALF_DOWN, "half-page-down", "halfdown", NULL, "half a page down", NULL},
    {ACT_LINE_UP, "line-up", "up", NULL, "a line up", NULL},
    {ACT_LINE_DOWN, "line-down", "down", NULL, "a line down", NULL},
    {ACT_TOP, "top", "top", NULL, "to the beginning", NULL},
    {ACT_BOTTOM, "bottom", "bottom", NULL, "to the end", NULL},
    {ACT_SEARCH, "search", "search", "TEXT", "find text in the conversation", "search"},
    {ACT_SEARCH_NEXT, "search-next", "next", NULL, "the next match", NULL},
    {ACT_SEARCH_PREVIOUS, "search-previous", "previous", NULL, "the match before", NULL},
    {ACT_COPY, "copy", "copy", NULL, "copy the answer to the clipboard", "copy"},
    {ACT_EDIT_RESEND, "edit", "edit", NULL, "edit the message and send again", "edit"},
    {ACT_TAB, "tab", "tab", NULL, "the next pane on a small screen", NULL},
};
static_assert(sizeof infos / sizeof *infos == ACT_COUNT, "every action has its line");

const struct action_info *
action_info(enum action a)
{
    if ((int)a < 0 || a >= ACT_COUNT)
        a = ACT_NONE;
    assert(infos[a].action == a);
    return &infos[a];
}

const struct action_info *
action_by_command(const char *word, size_t n)
{
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
        const char *c = infos[i].command;
        if (c && strlen(c) == n && memcmp(c, word, n) == 0)
            return &infos[i];
    }
    return NULL;
}

const struct action_info *
action_by_name(const char *name)
{
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++)
        if (strcmp(infos[i].name, name) == 0)
            return &infos[i];
    return NULL;
}

enum { LONGEST_WORD = 32 };

/* Edits that turn a into b: insert, delete, replace, swap of neighbours. */
static size_t
edit_distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST_WORD + 1];
    size_t n = strlen(b);
    if (n > LONGEST_WORD || strlen(a) > LONGEST_WORD)
        return SIZE_MAX;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = j;
    size_t m = strlen(a);
    for (size_t i = 1; i <= m; i++) {
        size_t *now = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3];
        const size_t *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[m % 3][n];
}

/* The nearest of a column of the table; NULL when nothing is near enough to be meant. */
static const char *
nearest_word(const char *word, bool by_command)
{
    const char *found = NULL;
    size_t best = strlen(word) < 4 ? 2 : 3 + strlen(word) / 6;
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
        const char *candidate = by_command ? infos[i].command : infos[i].name;
        size_t d = candidate ? edit_distance(word, candidate) : SIZE_MAX;
        if (d < best) {
            best = d;
            found = candidate;
        }
    }
    if (found || !*word)
        return found;
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
        const char *candidate = by_command ? infos[i].command : infos[i].name;
        if (candidate && strstr(candidate, word))
            return candidate;
    }
    return NULL;
}

const char *
action_nearest_command(const char *word)
{
    return nearest_word(word, true);
}

const char *
action_nearest_name(const char *name)
{
    return nearest_word(name, false);
}
