/* The table of the pages, and what loads those whose content comes from the disk or from a server: a worker of their
 * own, begun when the first is opened, so that an answer never waits for one. Thread: main. */
#ifndef BERDUA_CMD_CHAT_PAGES_H
#define BERDUA_CMD_CHAT_PAGES_H

#include "berdua/ui/ui.h"

struct config;
struct loop;
struct measure;
struct pages;

/* In the order of UI_PAGES, for ui_ops. */
extern const struct page_ops *const page_table[PAGE_COUNT];
/* For ui_ops: the formats of an export. */
void page_words(enum action page, void (*add)(void *add_arg, const char *word), void *add_arg);

/* config and loop outlive it. */
struct pages *pages_create(const struct config *config, struct loop *loop);
/* Cancels what runs and waits for it. */
void pages_destroy(struct pages **p);
/* Looks it up, then gives it to ui_show; a later question takes the place of an earlier one. about: the
 * message, NULL: none; marked: as in ui_ops. measure outlives this p; NULL: the message cannot be classified yet. */
void pages_ask(struct pages *p, struct ui *ui, enum action page, const char *about,
               const char *marked, const struct measure *measure);
/* Reads the last turns of a session, to go on with it; done takes it, NULL with the reason. */
typedef void pages_session(void *arg, struct conversation *take_c, const char *why);
void pages_read_session(struct pages *p, const char *id, size_t turns, pages_session *done,
                        void *arg);

#endif
