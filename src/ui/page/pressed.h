/* The keys that were pressed on the page of keys, newest first. All zero: none. Thread: main. */
#ifndef BERDUA_UI_PRESSED_H
#define BERDUA_UI_PRESSED_H

#include <stddef.h>

enum { PRESSED_MOST = 12 };

struct page_pressed {
    struct pressed_key {
        char name[24];  /* as in ui/term/input.h; "": it has none */
        char bytes[48]; /* what came, spelled */
        char does[48];  /* readline's command for it; "": none */
    } key[PRESSED_MOST];
    int count;
};

/* does: NULL for none. */
void pressed_add(struct page_pressed *p, const char *name, const char *bytes, size_t n,
                 const char *does);

#endif
