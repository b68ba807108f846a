#include "berdua/ui/action.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "berdua/base/names.h"

#define ACTION_INFO(id, ...)                     {ACT_##id, __VA_ARGS__},
#define PAGE_INFO(id, name, argument, key, help) {ACT_##id, #name, #name, argument, help, #name},
/* In the order of enum action. */
static const struct action_info infos[ACT_COUNT] = {
    {ACT_NONE, "", NULL, NULL, "", NULL},
    UI_SESSION_ACTIONS(ACTION_INFO) UI_INPUT_ACTIONS(ACTION_INFO) UI_PAGES(PAGE_INFO)
        UI_VIEW_ACTIONS(ACTION_INFO)};

const struct action_info *
action_info(enum action a)
{
    return &infos[(int)a < 0 || a >= ACT_COUNT ? ACT_NONE : a];
}

const struct action_info *
action_by_command(const char *word, size_t n)
{
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++)
        if (strlen(infos[i].command) == n && memcmp(infos[i].command, word, n) == 0)
            return &infos[i];
    return NULL;
}

const struct action_info *
action_by_name(const char *name)
{
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++)
        if (strcmp(infos[i].name, name) == 0)
            return &infos[i];
    return NULL;
}

/* The nearest of a column of the table; NULL when nothing is near enough to be meant. */
static const char *
word_of(const struct action_info *info, bool command)
{
    return command ? info->command : info->name;
}

enum { LONGEST_WORD = 32 };

static const char *
nearest_word(const char *word, bool command)
{
    const char *found = NULL;
    size_t n = strlen(word);
    int best = n < 4 ? 2 : n > LONGEST_WORD ? 0 : (int)(3 + n / 6);
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
        int d = edit_distance(word, word_of(&infos[i], command));
        if (d < best) {
            best = d;
            found = word_of(&infos[i], command);
        }
    }
    for (int i = ACT_NONE + 1; !found && *word && i < ACT_COUNT; i++)
        if (strstr(word_of(&infos[i], command), word))
            found = word_of(&infos[i], command);
    return found;
}

const char *
action_nearest_command(const char *word)
{
    return nearest_word(word, true);
}

const char *
action_nearest_name(const char *name)
{
    return nearest_word(name, false);
}
