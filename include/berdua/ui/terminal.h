/* How the terminal that TERM names can be driven on this machine. Thread: main. */
#ifndef BERDUA_UI_TERMINAL_H
#define BERDUA_UI_TERMINAL_H

#include <stdbool.h>

struct ui_terminal {
    const char *type; /* TERM, "" when it is not set */
    const char *
        described; /* the name of the description that is used: another than TERM's where that one is missing
                              on this machine; NULL: none, so there can be no screen */
    char why[160];      /* why not TERM's own, "" otherwise */
    const char *remedy; /* against that; NULL: not needed */
    bool unknown;       /* it has a name, which nothing here describes */
    bool links;         /* it takes or ignores what belongs to a link (OSC 8) */
};
/* Writes nothing. */
struct ui_terminal ui_terminal(void);

#endif
