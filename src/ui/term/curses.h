/* Every file that draws reaches curses through this header: the wide-character interface, and none of
 * the names that curses likes to spend on macros. Initialising, doupdate and endwin are term.c's alone. */
#ifndef BERDUA_UI_CURSES_H
#define BERDUA_UI_CURSES_H

#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#define NCURSES_NOMACROS 1
#include <curses.h>

#endif
