/* A locale in which curses and readline handle UTF-8. Thread: main, before others start. */
#ifndef BERDUA_UI_LOCALE_H
#define BERDUA_UI_LOCALE_H

/* Nothing to do in a UTF-8 locale. Else LC_CTYPE becomes a UTF-8 one, in the environment too, because
 * readline takes the locale from there at every line. */
void locale_want_utf8(void);

#endif
