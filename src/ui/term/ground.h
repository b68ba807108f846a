/* Is the terminal's background dark or light? Pure. Thread: any. */
#ifndef BERDUA_UI_GROUND_H
#define BERDUA_UI_GROUND_H

#include "berdua/conf/theme.h"

#include <stddef.h>

/* Asks for the colour of the background. ST ends it: a console that does not know the question would ring at BEL. */
#define GROUND_QUESTION "\033]11;?\033\\"
/* What an answer of the terminal says of it; GROUND_UNKNOWN: it is about something else. */
enum ground ground_of_reply(const char *p, size_t n);
/* What COLORFGBG says ("15;0", "0;default;15"), which may be NULL. */
enum ground ground_of_variable(const char *colorfgbg);

#endif
