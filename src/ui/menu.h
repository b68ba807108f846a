/* The menu over the input line: what the command that is being typed can become. It opens by itself at `/` and follows what
 * is typed; Tab takes the marked entry, again Tab the next. Private to the screen. Thread: main. */
#ifndef BERDUA_UI_MENU_H
#define BERDUA_UI_MENU_H

#include "berdua/ui/action.h"

#include <stdbool.h>
#include <stddef.h>

struct line;
struct ui;

struct menu {
    struct menu_entry {
        char *word;           /* what is put into the text */
        char *label, *detail; /* as it is shown; detail NULL: nothing */
    } * all;
    size_t count;
    size_t *shown; /* of `all`, what fits the text, best first */
    size_t shown_count, marked;
    enum action about; /* whose argument it is; ACT_NONE: commands */
    size_t start;      /* of the word in the text */
    bool open;
    bool chosen; /* the operator moved the mark: Enter takes it */
    bool taken;  /* the marked entry stands in the text */
    int rows;    /* wanted on the screen; it never shrinks while something fits */
};

void menu_finish(struct menu *m);
void menu_forget(struct menu *m); /* its entries */
/* menu_words.c: fills m->all for a text that begins with a slash, or for the choice that is asked for; false: there is nothing to choose from. */
bool menu_gather(struct ui *ui, const char *text);
void menu_add(struct menu *m, const char *word, const char *label, const char *detail);

/* Before a key goes to the input line; true: it was for the menu. */
bool ui_menu_key(struct ui *ui, const char *key, enum action bound);
/* After it went there. */
void ui_menu_typed(struct ui *ui, const char *key);
/* Asks for the argument of a command: the input line is its, and the menu is open. */
void ui_menu_ask(struct ui *ui, enum action about);
/* Closes it where it no longer belongs. */
void ui_menu_check(struct ui *ui);
void ui_menu_line(const struct ui *ui, int i, int rows, struct line *l);

#endif
