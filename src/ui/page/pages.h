/* The pages laid over the conversation: help.c (keys, messages, and what all have in common), why.c, pages.c
 * (what a message went through, what is known of the user). Part of ui_private.h. */
#ifndef BERDUA_UI_PAGES_H
#define BERDUA_UI_PAGES_H

struct ui;

enum page {
    PAGE_NONE,
    PAGE_KEYS,
    PAGE_MESSAGES,
    PAGE_WHY,
    PAGE_CONTEXT,
    PAGE_ROUTE,
    PAGE_KNOWLEDGE,
    PAGE_MEMORY,
    PAGE_SESSIONS,
    PAGE_ROLLOUT,
    PAGE_LOG
};

/* help.c */
void ui_open_page(struct ui *ui, enum page page);
int ui_page_rows(const struct ui *ui);
void ui_close_page(struct ui *ui);
void ui_page_key(struct ui *ui, const char *key);

/* why.c: fills the overlay with the cues behind the scores of the turn in sight. */
void ui_fill_why(struct ui *ui);

/* pages.c */
/* Opens one of the pages about a context, a route, knowledge or memory, asking for what is not known here. */
void ui_open_about(struct ui *ui, enum page page, const char *argument);
void ui_fill_about(struct ui *ui);
/* The model has changed while a page is open. */
void ui_refresh_page(struct ui *ui);

#endif
