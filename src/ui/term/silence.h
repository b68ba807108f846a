/* stderr sent nowhere for a moment: libraries complain there, and it is the screen. Thread: main. */
#ifndef BERDUA_UI_SILENCE_H
#define BERDUA_UI_SILENCE_H

#include <stdio.h>

/* What silence_end wants back; stderr goes to `nowhere` meanwhile. */
int silence_begin(FILE *nowhere);
void silence_end(int kept);

#endif
