#include "berdua/ui/ui.h"

#include <stdlib.h>
#include <unistd.h>

#include "curses.h"
#include <term.h>

bool
ui_terminal_known(const char *type)
{
    int found = 0;
    bool known = setupterm((char *)type, STDOUT_FILENO, &found) == OK;
    if (cur_term)
        del_curterm(cur_term);
    return known;
}
