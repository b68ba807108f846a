/* What the files of the screen itself share, and nobody else includes: ui.c (life, input, frames), act.c (what keys and
 * commands do), open_page.c, judge.c (bare keys for a blind pair), draw.c (state to screen), status.c (its one-row parts). */
#ifndef BERDUA_UI_UI_PRIVATE_H
#define BERDUA_UI_UI_PRIVATE_H

#include "berdua/chat/judging.h"
#include "berdua/ui/external.h"
#include "berdua/ui/ui.h"
#include "menu.h"
#include "programs.h"
#include "open_page.h"
#include "ui/view/columns.h"
#include "ui/edit/editor.h"
#include "ui/term/frame.h"
#include "ui/term/input.h"
#include "ui/edit/keymap.h"
#include "ui/page/overlay.h"
#include "ui/page/messages.h"
#include "ui/page/pressed.h"
#include "ui/term/paint.h"
#include "ui/panel/panel.h"
#include "ui/edit/entry.h"
#include "berdua/ui/search.h"
#include "ui/term/term.h"
#include "ui/view/view.h"
#include "warmth_parts.h"

enum {
    DIRTY_PROMPT = 1, /* the input line */
    DIRTY_STATUS = 2, /* title, tabs, rule, status line */
    DIRTY_MODEL = 4,  /* the conversation and the figures */
    DIRTY_LAYOUT = 8, /* everything has another place */
    DIRTY_ALL = 15,
    DIRTY_TEXT = 16 /* of answers, which has grown; less than DIRTY_MODEL */
};

enum tab { TAB_LEFT, TAB_RIGHT, TAB_FIGURES, TAB_COUNT };
enum asking { ASK_MESSAGE, ASK_SEARCH, ASK_NOTE, ASK_CHOICE }; /* CHOICE: of the menu */

struct ui {
    const struct config *config;
    struct loop *loop;
    struct ui_ops ops;
    const struct conversation *conversation;
    const struct ui_facts *facts;

    struct term *term;
    bool term_fd_added;
    struct external *external; /* the operator's editor, which has the terminal; NULL: none runs */
    bool child_watched;
    struct copying copying;
    struct input *input;
    struct editor *editor;
    struct keymap *keymap;
    struct theme *theme;
    bool color, theme_chosen; /* by the operator: the terminal's background has no say */
    char *theme_before; /* the name of the one that comes back; NULL: none is merely looked at */
    struct paint *paint;
    const struct glyphs *glyphs;
    struct view *view;
    struct frame frame;

    unsigned dirty;
    struct layout layout;
    int rows, cols, zoom;     /* zoom: -1 none, 0 left, 1 right */
    bool figures, stack, raw; /* panel or strip wanted; answers stacked; as they were written */
    enum tab tab;
    enum focus focus;

    struct line line; /* for composing */
    struct panel panel;
    struct warmth_parts warmth_parts;
    struct entry prompt;
    int prompt_rows, menu_rows;
    uint64_t panel_seen;
    int64_t panel_painted_us;
    uint64_t *marks;       /* of the conversation's rows (view_row_mark), as last drawn */
    int pinned, new_lines; /* how many of them stay, and came in below, as last drawn */
    bool more_below;
    struct judging_rules rules;
    struct judging judging;
    char again[27]; /* the turn that was asked again last, while it runs */
    bool pasted;    /* the text begins with a paste: a slash or a name there is text */
    bool writes;    /* i: keys go to the input line although a pair waits */
    enum asking asking;
    enum focus focus_before; /* while something is asked for */
    enum action choice;      /* whose argument is chosen */
    char note_sign[40];
    char asked_about[27]; /* the turn that was selected then; "": none */
    char *draft;          /* the message, while something else is asked for */
    char *stash;          /* a draft that was put aside; it comes back after the next message */
    char *warned;         /* a message whose @name is nobody's: Enter once more sends it */
    struct menu menu;
    enum action page; /* ACT_NONE: none is open */
    struct overlay overlay, preview;
    char *picked;     /* key of the entry that is marked, NULL: the first */
    struct doc *doc;  /* what was loaded for the page; NULL: nothing yet */
    char *page_about; /* what it was opened with, NULL: nothing */
    char find[64];    /* only rows of the page that hold it are shown */
    bool finding;     /* it is being typed */
    char reveal_key[32];

    char *notice; /* NULL: none */
    bool notice_error;
    int64_t notice_at_us;
    uint64_t seen_serial; /* of the facts' notice */
    struct page_messages messages;
    struct page_pressed pressed;
    /* As last drawn: what the input decoder waits for, and whether it says that something is not saved. */
    enum input_wait waits;
    bool unsaved_shown, unfocused, ran; /* ran: answers did, since then */
    int64_t ran_since_us;
    unsigned stalled; /* answers that say so */
    char *needle;     /* NULL: nothing was searched */
    struct search_place found;
    char *unbound;   /* keys that were said to do nothing, each behind a blank; NULL: none */
    bool quit_armed; /* Ctrl-C was pressed with nothing to cancel or clear */
    bool older_asked;
    uint32_t older_revision;
};

/* ui.c */
void ui_dirty(struct ui *ui, unsigned what);
void ui_notice(struct ui *ui, bool error, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Another program gets the terminal: nothing is read from it or painted until ui_resume. */
void ui_suspend(struct ui *ui);
void ui_resume(struct ui *ui);
bool ui_running(const struct ui *ui);
void ui_say_clashes(struct ui *ui); /* own_keys.c */
/* A key that does nothing where it was pressed; said once for each key. */
void ui_unbound(struct ui *ui, const char *key);

/* act.c */
void ui_act(struct ui *ui, enum action a, const char *argument);
void ui_accept(void *arg, const char *text);
void ui_begin_asking(struct ui *ui, enum asking what);
void ui_end_asking(struct ui *ui);
void ui_scroll(struct ui *ui, int rows);

/* judge.c. true: the key was about the blind pair that waits for its verdict. */
bool ui_judge_key(struct ui *ui, const char *key);
/* What is due now, and the names once nothing is asked any more; skip: what is asked is not answered. */
void ui_judge_step(struct ui *ui, bool skip);
/* draw.c */
void ui_draw(struct ui *ui, int64_t now_us);
/* Does a figure that is held back, or a running total, want a frame? */
int64_t ui_panel_due(const struct ui *ui);

#endif
