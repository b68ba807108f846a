/* The screen of `berdua chat`: conversation (as it may be seen, chat/sight.h) with two columns, side panel, strip and stacked layouts,
 * input line, status line, overlays. Reads the conversation model, never changes it; everything the
 * operator wants done goes out through ui_ops. Knows nothing of engine, network or store.
 * Thread: main. */
#ifndef BERDUA_UI_UI_H
#define BERDUA_UI_UI_H

#include "berdua/chat/cold_starts.h"
#include "berdua/chat/conversation.h"
#include "berdua/conf/config.h"
#include "berdua/ui/action.h"
#include "berdua/ui/ui_evidence.h"

#include <stdbool.h>
#include <stdint.h>

struct doc;
struct err;
struct loop;
struct measure;
struct ui;
struct ui_guide;

struct ui_ops {
    void *arg;
    /* A key went into the input line. May be NULL. */
    void (*typed)(void *arg);
    /* A domain action about the selected turn (NULL: there is none); argument may be NULL. */
    void (*perform)(void *arg, enum action action, const struct turn *about, const char *argument);
    /* A verdict by sides, as the turn's mask says it (chat/sight.h). */
    void (*judge)(void *arg, const struct turn *about, const struct verdict *by_sides);
    /* The pages, in the order of UI_PAGES. */
    const struct page_ops *const *pages;
    /* A page with a load function was opened: ui_show brings what it loads, at once or later. about: a message, NULL:
     * none; marked: the key of the entry that is marked (page_ops.picks), NULL: the first. NULL: nothing can be loaded. */
    void (*load)(void *arg, enum action page, const char *about, const char *marked);
    /* The words that may stand first in the argument of a page, where its row in UI_PAGES does not say them. May be NULL. */
    void (*words)(enum action page, void (*add)(void *add_arg, const char *word), void *add_arg);
    /* Before a key means anything else; true: it was for the guide. typed: what stands in the input line, NULL: a page, another
     * question or a key before it has the keys. May be NULL. */
    bool (*guide_key)(void *arg, const char *key, const char *typed);
};

enum { UI_RECENT = 8 };
/* What the title, panel and status line show besides the conversation. Strings are borrowed and live
 * as long as the caller keeps them unchanged; call ui_changed after a change. */
struct ui_facts {
    const char *user;
    enum chat_mode mode;
    bool simulated;
    const struct ui_guide *guide; /* NULL: nobody is led; call ui_guide_changed after a change */
    /* Comparing without names. While `veiled` the figures below are not known, whatever they are. */
    struct {
        bool on;
        bool veiled;          /* the last turn's names are not shown yet */
        const char *rater;    /* NULL: nobody is named */
        int64_t done, target; /* pairs judged here; target 0: none is set */
        double each_s;        /* how long one took, in the mean; NAN: not known */
    } blind;
    /* Stored pairs are judged again: there is no input line, no panel and nothing but the pair in sight. */
    struct {
        bool on;
        const char *category; /* NULL: any */
        const char *words;    /* how pairs come, and what is the matter while none is in sight */
        int64_t left;         /* pairs that may still come; 0: not known */
        double kappa;         /* agreement with oneself; NAN: not known */
    } review;
    const struct measure *measure; /* explains scores; NULL: none */
    /* The last message to the operator. A new serial number makes it new, whatever the text; text NULL
     * takes the last one away. */
    struct {
        uint64_t serial; /* 0: none yet */
        const char *text;
        bool error;
    } notice;
    /* What was given to the writer and is not durable yet. Shown as long as it is true. */
    struct {
        int64_t waiting;       /* writes; 0: everything is saved */
        const char *reason;    /* what holds them up; NULL: nothing, they are on their way */
        int64_t since_wall_us; /* when the oldest of them was given to the writer; 0: not known */
        bool lost;             /* the reason will not pass: nothing more is saved in this session */
    } store;
    const char *team; /* how a team's store stands, in a few words; NULL: there is none */
    /* this session */
    int64_t tally[VERDICT_KIND_COUNT];
    struct brain_facts {
        int64_t p50_us, p95_us; /* first token, UNKNOWN without data */
        int64_t n;
        int64_t recent_us[UI_RECENT]; /* the last min(n, UI_RECENT) of them, oldest first */
        int tries;              /* the last ended calls for an answer, at most UI_RECENT … */
        bool failed[UI_RECENT]; /* … and which of them failed, oldest first */
        double cost_usd;
        bool paused;                  /* left alone after failures, until a call succeeds */
        const struct answer *warm_up; /* the call that wakes its server, or did last; NULL: none */
        struct cold_starts cold_starts;
    } brain[BRAIN_COUNT];
    struct {
        double session_usd;            /* side calls too */
        double month_usd;              /* all sessions; NAN: not read yet */
        double warm_up_usd;            /* the part of it that went into waking servers */
        double cap_usd;                /* of a month; NAN: none */
        bool session_gaps, month_gaps; /* some costs are not known */
    } cost;
    struct ui_evidence evidence;
};

enum ui_urgency {
    UI_SOON, /* more text */
    UI_STATE, /* an answer's step towards its first token, or its end; the other answer's may follow at once */
    UI_NOW /* a first token, an answer to a key */
};

/* Whether the keys that the configuration binds are keys, and what they are bound to exists; its macros too. */
bool ui_keys_good(const struct config *config, struct err *err);
/* Reports what the keys of the configuration take away, as keymap_clashes does. */
void ui_key_clashes(const struct config *config, void (*add)(void *arg, const char *text),
                    void *arg);
/* Starts curses and paints the first frame before returning. */
struct ui *ui_create(const struct config *config, struct loop *loop, const struct ui_ops *ops,
                     const struct conversation *conversation, const struct ui_facts *facts,
                     bool color, struct err *err);
/* Restores the terminal. */
void ui_destroy(struct ui **ui);
/* Another conversation to show (a session was loaded or begun). */
void ui_set_conversation(struct ui *ui, const struct conversation *c);
/* Something in the model or the facts changed; the next frame compares revisions. */
void ui_changed(struct ui *ui, enum ui_urgency urgency);
/* What a page has loaded; dropped when the page is no longer open. Takes doc. */
void ui_show(struct ui *ui, enum action page, struct doc *doc);
void ui_guide_changed(struct ui *ui);
/* As if it had been typed, and Enter pressed, with no page open; "": only that. */
void ui_enter(struct ui *ui, const char *line);
/* Typed, without Enter. */
void ui_type(struct ui *ui, const char *text);
/* Paints if a frame is due; returns when it next wants to be called (NEVER_US: not by itself).
 * Given to loop_set_before_wait. */
int64_t ui_before_wait(void *ui);
void ui_resized(struct ui *ui);
/* Gives the terminal back and stops the program, until it is continued: Ctrl-Z, and TSTP from outside. */
void ui_stop(struct ui *ui);
/* Continued after a stop that was not ours (SIGSTOP): the terminal is taken anew and all is painted. */
void ui_continued(struct ui *ui);
/* A message that could not be sent comes back to the input line, if nothing else stands there. */
void ui_put_back(struct ui *ui, const char *message);
/* The same as pressing the key's action; used for INT from outside. */
void ui_interrupt(struct ui *ui);

#endif
