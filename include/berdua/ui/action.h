/* Everything a key or a slash command can do. View actions stay inside the UI; the others go to
 * ui_ops.perform. */
#ifndef BERDUA_UI_ACTION_H
#define BERDUA_UI_ACTION_H

#include "berdua/ui/page.h"

#include <stddef.h>

/* Each action: its name in `keys:` of the configuration; its slash command without the slash; the argument as help shows
 * it, NULL: none; one short line of help; the word for the status line, NULL: not there.
 * First those of the session, which go to ui_ops.perform; then those of the input line; after the pages, those that move
 * and look. */
#define UI_SESSION_ACTIONS(ACTION)                                                                 \
    ACTION(SEND, "send", "send", "TEXT", "send the message", NULL)                                 \
    ACTION(CANCEL, "cancel", "cancel", NULL, "stop the running answers", NULL)                     \
    ACTION(VERDICT_LEFT, "verdict-left", "left", NULL, "the left answer is better", "left better") \
    ACTION(VERDICT_RIGHT, "verdict-right", "right", NULL, "the right answer is better",            \
           "right better")                                                                         \
    ACTION(VERDICT_TIE, "verdict-tie", "tie", NULL, "both are equally good", "tie")                \
    ACTION(VERDICT_BOTH_BAD, "verdict-both-bad", "bad", NULL, "both are bad", "both bad")          \
    ACTION(SET_ASIDE, "set-aside", "skip", NULL, "the blind pair cannot be judged", "can't judge") \
    ACTION(NOTE, "note", "note", "TEXT", "add a note", "note")                                     \
    ACTION(UNDO, "undo", "undo", NULL, "take the verdict back", "undo")                            \
    ACTION(ADOPT, "adopt", "adopt", "claude|llama", "continue with this answer", NULL)             \
    ACTION(REVEAL, "reveal", "reveal", NULL, "show the answer of the shadow", "shadow")            \
    ACTION(REGENERATE, "regenerate", "retry", "[claude|llama]", "ask again", "retry")              \
    ACTION(BLIND, "blind", "blind", "[on|off]", "compare without names, or not", NULL)             \
    ACTION(MODE, "mode", "mode", "[MODE]", "choose a mode, by key the next", "mode")               \
    ACTION(HISTORY, "history", "history", "canonical|own", "which answers the brains are shown",   \
           NULL)                                                                                   \
    ACTION(NEW_SESSION, "new", "new", NULL, "begin a new session", NULL)                           \
    ACTION(END, "end", "end", NULL, "end this session; memory notes it", NULL)                     \
    ACTION(OLDER, "older", "older", NULL, "load older turns", NULL)                                \
    ACTION(QUIT, "quit", "quit", NULL, "leave", NULL)
#define UI_INPUT_ACTIONS(ACTION)                                                                   \
    ACTION(NEWLINE, "newline", "newline", NULL, "begin a new line in the message", NULL)           \
    ACTION(EDITOR, "editor", "editor", NULL, "write in $VISUAL or $EDITOR", NULL)                  \
    ACTION(CLEAR_OR_CANCEL, "clear-or-cancel", "clear", NULL, "stop, else clear, else leave",      \
           "cancel")                                                                               \
    ACTION(STASH, "stash", "stash", NULL, "put the draft aside, or back", NULL)                    \
    ACTION(QUIT_IF_EMPTY, "quit-if-empty", "bye", NULL, "leave when the input is empty", NULL)     \
    ACTION(SUSPEND, "suspend", "suspend", NULL, "back to the shell for a while", NULL)             \
    ACTION(REDRAW, "redraw", "redraw", NULL, "draw the screen anew", NULL)                         \
    ACTION(BROWSE, "browse", "browse", NULL, "leave the input line to browse", "browse")           \
    ACTION(COMPOSE, "compose", "compose", NULL, "back to the input line", "write")
#define UI_VIEW_ACTIONS(ACTION)                                                                    \
    ACTION(PANEL, "panel", "panel", NULL, "show or hide the side panel", NULL)                     \
    ACTION(ZOOM, "zoom", "zoom", NULL, "one side alone, the other, both", NULL)                    \
    ACTION(STACK, "stack", "stack", NULL, "answers stacked, or in columns", NULL)                  \
    ACTION(RAW, "raw", "raw", NULL, "answers as written, or laid out", NULL)                       \
    ACTION(FOLD, "fold", "fold", NULL, "fold or unfold the selected turn", "fold")                 \
    ACTION(OUTLINE, "outline", "outline", NULL, "fold all but the last, or none", NULL)            \
    ACTION(THEME, "theme", "theme", "[NAME]", "another theme, or the next one", NULL)              \
    ACTION(PAGE_UP, "page-up", "pageup", NULL, "a page up", NULL)                                  \
    ACTION(PAGE_DOWN, "page-down", "pagedown", NULL, "a page down", NULL)                          \
    ACTION(HALF_UP, "half-page-up", "halfup", NULL, "half a page up", NULL)                        \
    ACTION(HALF_DOWN, "half-page-down", "halfdown", NULL, "half a page down", NULL)                \
    ACTION(LINE_UP, "line-up", "up", NULL, "a line up", "up")                                      \
    ACTION(LINE_DOWN, "line-down", "down", NULL, "a line down", "down")                            \
    ACTION(TURN, "turn", "turn", "[N]", "select turn N, or the last", NULL)                        \
    ACTION(TURN_PREVIOUS, "turn-previous", "back", NULL, "select the turn before", "turn up")      \
    ACTION(TURN_NEXT, "turn-next", "forward", NULL, "select the next turn", "turn down")           \
    ACTION(TOP, "top", "top", NULL, "to the beginning", NULL)                                      \
    ACTION(BOTTOM, "bottom", "bottom", NULL, "to the end", "end")                                  \
    ACTION(SEARCH, "search", "search", "TEXT", "find text in the conversation", "search")          \
    ACTION(SEARCH_NEXT, "search-next", "next", NULL, "the next match", "next")                     \
    ACTION(SEARCH_PREVIOUS, "search-previous", "previous", NULL, "the match before", "before")     \
    ACTION(COPY, "copy", "copy", "[WHAT]", "copy a part to the clipboard", "copy")                 \
    ACTION(EDIT_RESEND, "edit", "edit", NULL, "edit the message and send again", "edit")           \
    ACTION(TAB, "tab", "tab", NULL, "the next pane on a small screen", "pane")

#define ACTION_ID(id, ...) ACT_##id,
enum action {
    ACT_NONE,
    UI_SESSION_ACTIONS(ACTION_ID) UI_INPUT_ACTIONS(ACTION_ID) UI_PAGES(ACTION_ID)
        UI_VIEW_ACTIONS(ACTION_ID) ACT_COUNT
};
#undef ACTION_ID
enum { PAGE_COUNT = ACT_PANEL - ACT_HELP };

/* What can be done, by name and by slash command: help, completion, the status line and the `keys:` of the
 * configuration come from this one table. Pure. Thread: any. */
struct err;
struct action_info {
    enum action action;
    const char *name, *command, *argument, *help, *short_help; /* as said above */
};
const struct action_info *action_info(enum action a);
/* By slash command word, case-sensitive; NULL when unknown. */
const struct action_info *action_by_command(const char *word, size_t n);
/* Reads "/word argument"; argument gets a copy without the blanks around it, NULL: none. NULL with the reason: there is
 * no such command (did you mean …?; argument is NULL), or it takes no argument. */
const struct action_info *action_read(const char *line, char **argument, struct err *err);
const struct action_info *action_by_name(const char *name);
/* The nearest by edit distance, for "did you mean". */
const char *action_nearest_name(const char *name);

#endif
