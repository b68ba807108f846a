#include "berdua/ui/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "curses.h"
#include <term.h>

enum { MOST_MEMBERS = 8, MOST_STANDINS = 3 };

/* Terminals that are younger than the descriptions on many hosts, and what those do know that behaves like them. */
static const struct {
    const char *members[MOST_MEMBERS]; /* alone, or before one of "-+." */
    const char *described[MOST_STANDINS];
    bool links;
} families[] = {
    {{"xterm", "foot", "ghostty", "wezterm", "contour", "kitty", "alacritty"},
     {"xterm-256color", "xterm"},
     true},
    {{"vte", "gnome", "konsole", "st", "mintty", "iterm2", "rio"},
     {"xterm-256color", "xterm"},
     true},
    {{"tmux"}, {"tmux-256color", "screen-256color", "screen"}, true},
    {{"screen"}, {"tmux-256color", "screen-256color", "screen"}},
    {{"rxvt"}, {"rxvt-unicode-256color", "rxvt", "xterm"}, true},
    {{"linux"}, {"linux"}},
};

enum description { UNDESCRIBED, IMMOVABLE, FOREIGN, DESCRIBED };

static enum description
look_up(const char *type)
{
    int found = 0;
    enum description d = UNDESCRIBED;
    if (setupterm((char *)type, STDOUT_FILENO, &found) == OK) {
        const char *move = tigetstr("cup");
        bool moves = move && move != (const char *)-1;
        d = !moves ? IMMOVABLE : strncmp(move, "\033[", 2) == 0 ? DESCRIBED : FOREIGN;
    }
    if (cur_term)
        del_curterm(cur_term);
    return d;
}

static bool
is_member(const char *type, const char *family)
{
    size_t n = strlen(family);
    return strncmp(type, family, n) == 0 && (!type[n] || strchr("-+.", type[n]));
}

/* screen prints long addresses, whatever TERM it is given. */
static bool
takes_links(const char *type)
{
    if (getenv("STY"))
        return false;
    for (size_t f = 0; f < ARRAY_LEN(families); f++)
        for (size_t m = 0; m < MOST_MEMBERS && families[f].members[m]; m++)
            if (families[f].links && is_member(type, families[f].members[m]))
                return true;
    return false;
}

static const char *
standin_of(const char *type)
{
    for (size_t f = 0; f < ARRAY_LEN(families); f++)
        for (size_t m = 0; m < MOST_MEMBERS && families[f].members[m]; m++)
            for (size_t i = 0; is_member(type, families[f].members[m]) && i < MOST_STANDINS; i++)
                if (families[f].described[i] && look_up(families[f].described[i]) == DESCRIBED)
                    return families[f].described[i];
    return NULL;
}

struct ui_terminal
ui_terminal(void)
{
    const char *type = getenv("TERM");
    struct ui_terminal t = {.type = type ? type : "", .remedy = "export TERM=xterm-256color"};
    if (!*t.type) {
        snprintf(t.why, sizeof t.why, "TERM is not set");
        return t;
    }
    t.links = takes_links(t.type);
    enum description own = strcmp(type, "dumb") == 0 ? IMMOVABLE : look_up(type);
    if (own == DESCRIBED) {
        t.described = type;
        t.remedy = NULL;
    } else if (own == IMMOVABLE) {
        snprintf(t.why, sizeof t.why, "TERM=%.60s: this terminal cannot place its cursor", type);
    } else if (own == FOREIGN) { /* it would print pastes, colours and what is asked of it */
        snprintf(t.why, sizeof t.why, "TERM=%.60s: this terminal knows no ANSI sequences", type);
    } else {
        snprintf(t.why, sizeof t.why, "TERM=%.60s has no description here", type);
        t.unknown = true;
        t.described = standin_of(type);
        t.remedy = "install its terminfo (Debian: ncurses-term), or export TERM=xterm-256color";
    }
    return t;
}
