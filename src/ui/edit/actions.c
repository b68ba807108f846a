#include "berdua/ui/action.h"

#include <stdbool.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
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

enum { LONGEST_WORD = 32 };

/* The nearest of a column of the table; NULL when nothing is near enough to be meant. */
static const char *
nearest_word(const char *word, bool command)
{
    const char *found = NULL, *holds = NULL;
    size_t n = strlen(word);
    int best = n < 4 ? 2 : n > LONGEST_WORD ? 0 : (int)(3 + n / 6);
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
        const char *known = command ? infos[i].command : infos[i].name;
        int d = edit_distance(word, known);
        if (d < best) {
            best = d;
            found = known;
        }
        if (!holds && *word && strstr(known, word))
            holds = known;
    }
    return found ? found : holds;
}

/* While names are seen Claude stands left, so that a verdict can be said by name, too. */
static const struct {
    const char *word;
    enum action action;
} by_name[] = {{"claude", ACT_VERDICT_LEFT}, {"llama", ACT_VERDICT_RIGHT}};

const struct action_info *
action_by_command(const char *word, size_t n)
{
    for (size_t i = 0; i < ARRAY_LEN(by_name); i++)
        if (strlen(by_name[i].word) == n && memcmp(by_name[i].word, word, n) == 0)
            return &infos[by_name[i].action];
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++)
        if (strlen(infos[i].command) == n && memcmp(infos[i].command, word, n) == 0)
            return &infos[i];
    return NULL;
}

const struct action_info *
action_read(const char *line, char **argument, struct err *err)
{
    static const char blanks[] = " \t\n";
    size_t n = strcspn(line + 1, blanks);
    const struct action_info *info = action_by_command(line + 1, n);
    *argument = NULL;
    if (!info) {
        char word[LONGEST_WORD + 1] = "";
        memcpy(word, line + 1, n < LONGEST_WORD ? n : LONGEST_WORD);
        const char *near = nearest_word(word, true);
        err_set(err, "no command /%s%s%s%s", word, near ? " (did you mean /" : "", near ? near : "",
                near ? "?)" : "; a message with a slash begins with //");
        return NULL;
    }
    const char *rest = line + 1 + n + strspn(line + 1 + n, blanks);
    size_t len = strlen(rest);
    while (len > 0 && strchr(blanks, rest[len - 1]))
        len--;
    if (len > 0)
        *argument = xstrndup(rest, len);
    if (!len || info->argument)
        return info;
    err_set(err, "/%s takes no argument", info->command);
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

const char *
action_nearest_name(const char *name)
{
    return nearest_word(name, false);
}
