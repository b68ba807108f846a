/* Everything a key or a slash command can do. View actions stay inside the UI; the others go to
 * ui_ops.perform. */
#ifndef BERDUA_UI_ACTION_H
#define BERDUA_UI_ACTION_H

#include "berdua/ui/page.h"

#include <stddef.h>

enum action {
    ACT_NONE,
    /* to ui_ops.perform */
    ACT_SEND, /* argument: the message */
    ACT_CANCEL,
    ACT_VERDICT_LEFT,
    ACT_VERDICT_RIGHT,
    ACT_VERDICT_TIE,
    ACT_VERDICT_BOTH_BAD,
    ACT_NOTE, /* argument: the note */
    ACT_UNDO,
    ACT_ADOPT, /* argument: claude or llama */
    ACT_REVEAL,
    ACT_REGENERATE, /* argument: claude, llama, or NULL for both */
    ACT_MODE,       /* argument: a mode, NULL: the next */
    ACT_HISTORY,    /* argument: canonical or own */
    ACT_NEW_SESSION,
    ACT_END,   /* the same, and what ends here is to be analysed */
    ACT_OLDER, /* load older turns */
    ACT_QUIT,
    /* inside the UI */
    ACT_NEWLINE,
    ACT_EDITOR,          /* $VISUAL */
    ACT_CLEAR_OR_CANCEL, /* Ctrl-C */
    ACT_QUIT_IF_EMPTY,   /* Ctrl-D */
    ACT_SUSPEND,
    ACT_REDRAW,
    ACT_BROWSE,
    ACT_COMPOSE,
/* the pages (page.h) */
#define PAGE_ACTION(id, ...) ACT_##id,
    UI_PAGES(PAGE_ACTION)
#undef PAGE_ACTION
        ACT_PANEL,
    ACT_ZOOM,
    ACT_THEME,
    ACT_PAGE_UP,
    ACT_PAGE_DOWN,
    ACT_HALF_UP,
    ACT_HALF_DOWN,
    ACT_LINE_UP,
    ACT_LINE_DOWN,
    ACT_TOP,
    ACT_BOTTOM,
    ACT_SEARCH, /* argument: text */
    ACT_SEARCH_NEXT,
    ACT_SEARCH_PREVIOUS,
    ACT_COPY,
    ACT_EDIT_RESEND,
    ACT_TAB, /* next pane when one pane fills the screen */
    ACT_COUNT
};
enum { PAGE_COUNT = ACT_PANEL - ACT_HELP };

/* What can be done, by name and by slash command: help, completion, the status line and the `keys:` of the
 * configuration come from this one table. Pure. Thread: any. */
struct action_info {
    enum action action;
    const char *name;       /* in `keys:` of the configuration, e.g. "verdict-left" */
    const char *command;    /* slash command without its slash, NULL: none; e.g. "left" */
    const char *argument;   /* shown in help, e.g. "TEXT"; NULL: takes none */
    const char *help;       /* one short line */
    const char *short_help; /* for the status line, e.g. "left better"; NULL: not there */
};
const struct action_info *action_info(enum action a);
/* By slash command word, case-sensitive; NULL when unknown. */
const struct action_info *action_by_command(const char *word, size_t n);
const struct action_info *action_by_name(const char *name);
/* The nearest command by edit distance, for "did you mean". */
const char *action_nearest_command(const char *word);
const char *action_nearest_name(const char *name);

#endif
