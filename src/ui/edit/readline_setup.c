#include "readline_setup.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "editor_parts.h"
#include "inputrc_read.h"
#include "ui/term/silence.h"

/* The macros of the inputrc. readline runs one inside another without end, or leaves by a jump to where it no longer is
 * when they nest; so each is taken from readline's keymaps, and a command of the input line stands there instead. */
static struct {
    struct macro {
        Keymap map;
        int at; /* in the map */
        char *keys, *place;
    } * list;
    size_t count;
    rl_command_func_t *run;
} macros;

void
setup_lines(const char *const *lines)
{
    for (; *lines; lines++) {
        char *line = xstrdup(*lines); /* which readline cuts up */
        rl_parse_and_bind(line);
        free(line);
    }
}

/* readline would read the inputrc by itself, and without bounds. */
void
setup_initialize(rl_command_func_t *run)
{
    macros.run = run;
    const char *named = getenv("INPUTRC");
    char *kept = named ? xstrdup(named) : NULL;
    setenv("INPUTRC", "/dev/null", 1);
    rl_initialize();
    if (kept)
        setenv("INPUTRC", kept, 1);
    else
        unsetenv("INPUTRC");
    free(kept);
}

/* ---- the lines of an inputrc ---- */

static struct macro *
find_macro(Keymap map, int at)
{
    for (size_t i = 0; i < macros.count; i++)
        if (macros.list[i].map == map && macros.list[i].at == at)
            return &macros.list[i];
    return NULL;
}

static void
keep_macro(Keymap map, int at, const char *place)
{
    struct macro *m = find_macro(map, at);
    if (!m) {
        macros.list = xgrow(macros.list, macros.count, sizeof *macros.list);
        m = &macros.list[macros.count++];
        *m = (struct macro){.map = map, .at = at};
    }
    free(m->keys);
    free(m->place);
    m->keys = (char *)(void *)map[at].function; /* from malloc, readline's until now */
    m->place = xstrdup(place);
    map[at].type = ISFUNC;
    map[at].function = macros.run;
}

/* readline keeps it in the place of the function. */
static Keymap
sub_map(const KEYMAP_ENTRY *entry)
{
    return (Keymap)(void *)entry->function;
}

static void
take_macros(Keymap map, const char *place)
{
    for (int i = 0; i < KEYMAP_SIZE; i++) {
        if (map[i].function && map[i].type == ISMACR)
            keep_macro(map, i, place);
        else if (map[i].function && map[i].type == ISKMAP)
            take_macros(sub_map(&map[i]), place);
    }
}

const char *
setup_macro(const char **place)
{
    Keymap map = rl_get_keymap();
    int at = 0;
    for (int i = 0; i < rl_key_sequence_length; i++) {
        if (i > 0 && map[at].type != ISKMAP)
            return NULL;
        if (i > 0)
            map = sub_map(&map[at]);
        at = (unsigned char)rl_executing_keyseq[i];
    }
    if (map[at].type == ISKMAP) { /* it also begins longer sequences */
        map = sub_map(&map[at]);
        at = ANYOTHERKEY;
    }
    struct macro *m = find_macro(map, at);
    *place = m ? m->place : NULL;
    return m ? m->keys : NULL;
}

/* readline keeps to itself whether a $if has switched lines off; a setting tells. */
static bool
lines_are_on(void *arg)
{
    char probe[] = "set completion-query-items 2";
    (void)arg;
    rl_completion_query_items = 1;
    rl_parse_and_bind(probe);
    return rl_completion_query_items == 2;
}

static void
obey(void *arg, char *line, const char *place)
{
    Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
    bool quotes = strpbrk(line, "\"'") != NULL;
    (void)arg;
    rl_parse_and_bind(line);
    for (size_t i = 0; quotes && i < ARRAY_LEN(maps); i++)
        take_macros(maps[i], place);
}

struct listener {
    setup_say *say;
    void *arg;
};

static void
refused(void *arg, const char *text)
{
    const struct listener *l = arg;
    if (l->say)
        l->say(l->arg, text);
}

void
setup_inputrc(FILE *nowhere, setup_say *say, void *arg)
{
    struct listener listener = {say, arg};
    const struct inputrc_ops ops = {
        .arg = &listener, .obey = obey, .on = lines_are_on, .refused = refused};
    int kept = silence_begin(nowhere);
    inputrc_read(&ops);
    rl_set_keymap_from_edit_mode();
    setup_lines(inputrc_enforced);
    rl_completion_query_items = -1;
    silence_end(kept);
}
