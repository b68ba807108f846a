#include "berdua/ui/action.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "berdua/base/mem.h"

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

enum { LONGEST_WORD = 32 };

/* Edits that turn a into b: insert, delete, replace, swap of neighbours. */
static size_t
edit_distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST_WORD + 1];
    size_t n = strlen(b);
    if (n > LONGEST_WORD || strlen(a) > LONGEST_WORD)
        return SIZE_MAX;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = j;
    size_t m = strlen(a);
    for (size_t i = 1; i <= m; i++) {
        size_t *now = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3];
        const size_t *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[m % 3][n];
}

/* The nearest of a column of the table; NULL when nothing is near enough to be meant. */
static const char *
word_of(const struct action_info *info, bool command)
{
    return command ? info->command : info->name;
}

static const char *
nearest_word(const char *word, bool command)
{
    const char *found = NULL;
    size_t best = strlen(word) < 4 ? 2 : 3 + strlen(word) / 6;
    for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
        size_t d = edit_distance(word, word_of(&infos[i], command));
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
