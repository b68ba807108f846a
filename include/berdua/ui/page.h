/* The pages that are laid over the conversation. A new page is a file that defines `page_NAME` and a row in UI_PAGES:
 * from the row come its action, its slash command, its key while browsing, its line in the help and its place in
 * the table of the pages. Thread: main, load excepted. */
#ifndef BERDUA_UI_PAGE_H
#define BERDUA_UI_PAGE_H

#include <stdbool.h>

/* PAGE(ACT_…, name and slash command, its argument, key while browsing, help) */
#define UI_PAGES(PAGE)                                                                             \
    PAGE(HELP, help, NULL, "?", "keys and commands")                                               \
    PAGE(MESSAGES, messages, NULL, NULL, "what the status line has said")                          \
    PAGE(DIFF, diff, NULL, "d", "where the two answers differ")                                    \
    PAGE(WHY, why, NULL, "w", "the cues behind the scores")                                        \
    PAGE(CONTEXT, context, "[on|off|auto]", "c", "show cultural context; on, off")                 \
    PAGE(ROUTE, route, "[TEXT]", NULL, "who is asked, and why")                                    \
    PAGE(KNOWLEDGE, knowledge, "[TEXT]", NULL, "search the knowledge base")                        \
    PAGE(MEMORY, memory, "[on|off]", NULL, "what is remembered of the user")                       \
    PAGE(SESSIONS, sessions, "[TEXT]", NULL, "find a conversation and go on with it")              \
    PAGE(REPORT, report, "[TIME]", "v", "what the verdicts say")                                   \
    PAGE(ROLLOUT, rollout, NULL, NULL, "rollout per category")                                     \
    PAGE(EXPORT, export, "[FORMAT [FILE]]", NULL, "write the verdicts into a file")                \
    PAGE(KEYS, keys, NULL, NULL, "press a key: what it sends and does")                            \
    PAGE(LOG, log, NULL, NULL, "the program's log")

struct doc;
struct keymap;
struct page_messages;
struct page_pressed;
struct config;
struct page_source;
struct turn;
struct ui_facts;

/* What a page can tell at once, from what the screen knows. */
struct page_view {
    const struct turn *turn; /* the selected one; NULL: none yet */
    const char *about;       /* what the page was opened with; NULL: nothing */
    const struct ui_facts *facts;
    const struct keymap *keymap;
    const struct page_messages *messages;
    const struct page_pressed *pressed;
    const struct config *config;
    int cols;
};

struct page_ops {
    const char *title;
    bool
        of_message; /* about the message of the selected turn, unless it was opened with another text */
    bool plain;     /* tells nothing that a blind pair hides: the others are closed to its rater */
    bool live;      /* filled anew whenever the conversation changes */
    bool prints;   /* text mode may print what it loads: only the disk is asked */
    bool numbered; /* its headings have numbers, and these keys lead to them */
    bool settings; /* an argument other than "show" is no text but a setting, for ui_ops.perform */
    /* One of its entries is chosen (doc_item), and goes with the page's action to ui_ops.perform. It is loaded anew, with
     * what is typed as its text, at each key. */
    bool picks;
    /* At once; NULL: nothing. */
    void (*fill)(struct doc *d, const struct page_view *v);
    /* What the disk or a server tells, in a worker thread; NULL: nothing. */
    void (*load)(struct doc *d, const struct page_source *s);
    /* A key that the page takes for itself; true: it did, and is filled anew. NULL: none. */
    bool (*key_pressed)(const char *key_name, const struct page_view *v);
};

#define UI_PAGE_DECLARE(id, name, ...) extern const struct page_ops page_##name;
UI_PAGES(UI_PAGE_DECLARE)
#undef UI_PAGE_DECLARE

#endif
