/* The one door to GNU readline. */
#ifndef BERDUA_UI_READLINE_H
#define BERDUA_UI_READLINE_H

#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

#endif
