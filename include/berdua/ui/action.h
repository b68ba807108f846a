/* Everything a key or a slash command can do. View actions stay inside the UI; the others go to
 * ui_ops.perform. */
#ifndef BERDUA_UI_ACTION_H
#define BERDUA_UI_ACTION_H

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
    ACT_HELP,
    ACT_WHY,
    ACT_CONTEXT,   /* argument: on, off or auto, to ui_ops.perform; NULL or "show": the page */
    ACT_ROUTE,     /* argument: another message than the one in sight, or NULL */
    ACT_KNOWLEDGE, /* the same */
    ACT_MEMORY,    /* argument: on or off goes to ui_ops.perform; NULL: the page */
    ACT_SESSIONS,
    ACT_ROLLOUT,
    ACT_LOG,
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

#endif
