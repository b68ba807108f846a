/* The demo on the screen and in lines: a menu of messages that have a recording, a list of all of them, and the tour.
 * Thread: main. */
#ifndef BERDUA_CMD_DEMO_H
#define BERDUA_CMD_DEMO_H

#include "berdua/ui/guide.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct config;
struct conversation;
struct demo;

struct demo_ops {
    void *arg;
    void (*enter)(void *arg, const char *line); /* as ui_enter */
    void (*type)(void *arg, const char *text);  /* as ui_type */
    void (*changed)(void *arg);                 /* the guide is another */
};

/* What to do instead, where a message has no recording. */
const char *demo_unrecorded(bool linear);

/* Fills the demo's database with its history; what cannot be stored is said on stderr. speed: of the tour, 0: as it is. */
struct demo *demo_create(const struct config *config, double speed, const struct demo_ops *ops);
void demo_destroy(struct demo **d);
/* What is in sight, so that the menu is offered where it helps. */
void demo_look(struct demo *d, const struct conversation *c);
void demo_start_tour(struct demo *d);
const struct ui_guide *demo_guide(const struct demo *d);
/* As ui_ops.guide_key. */
bool demo_key(struct demo *d, const char *key, const char *typed);
/* Enters what is due; when it wants to be called again, or NEVER_US. */
int64_t demo_tick(struct demo *d);

/* ---- in lines ---- */

void demo_menu_text(const struct demo *d, bool all, struct buf *out);
/* The message that a line means which names it by its number; NULL: none. */
const char *demo_message(const struct demo *d, const char *line);
/* Runs the tour as lines: the next, and what is to be said before (NULL: nothing); NULL: it is over. */
const char *demo_tour_line(struct demo *d, struct buf *caption);

#endif
