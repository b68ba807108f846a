/* What the menu over the input line offers: commands, and the words that can stand in their argument. */
#include "menu.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/ui/macro.h"
#include "complete_file.h"
#include "copy.h"
#include "ui_private.h"

static const char blanks[] = " \t\n";

static void
add_word(void *arg, const char *word)
{
    menu_add(arg, word, word, NULL);
}

static int
by_word(const void *a, const void *b)
{
    const struct menu_entry *left = a, *right = b;
    return strcmp(left->word, right->word);
}

static void
gather_commands(struct menu *m, const struct config *c)
{
    for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
        const struct action_info *info = action_info((enum action)a);
        char *label = xasprintf("/%s%s%s", info->command, info->argument ? " " : "",
                                info->argument ? info->argument : "");
        menu_add(m, info->command, label, info->help);
        free(label);
    }
    for (size_t i = 0; i < c->macro_count; i++) {
        char *label = xasprintf("/%s", c->macros[i].name);
        char *words = macro_words(&c->macros[i]);
        menu_add(m, c->macros[i].name, label, words);
        free(words);
        free(label);
    }
    qsort(m->all, m->count, sizeof *m->all, by_word);
}

static void
add_theme(void *arg, const char *name)
{
    struct err err = {{0}};
    struct theme *t = theme_load(name, &err);
    menu_add(arg, name, name, t ? t->description : err.text);
    theme_destroy(&t);
}

/* The words of an argument written "[on|off|auto]" or "claude|llama". */
static void
gather_choice(struct menu *m, const char *choices)
{
    while (*choices) {
        size_t n = strcspn(choices, "[]|");
        char *word = xstrndup(choices, n);
        if (n > 0)
            add_word(m, word);
        free(word);
        choices += n + (choices[n] != 0);
    }
}

static void
gather_modes(struct menu *m)
{
    for (int i = 0; i < MODE_COUNT; i++) {
        const char *name = chat_mode_name((enum chat_mode)i);
        menu_add(m, name, name, chat_mode_help((enum chat_mode)i));
    }
}

/* A format, then a file. */
static void
gather_export(struct ui *ui, bool first, const char *word)
{
    if (!first)
        complete_file(word, add_word, &ui->menu);
    else if (ui->ops.words)
        ui->ops.words(ACT_EXPORT, add_word, &ui->menu);
}

static void
gather_argument(struct ui *ui, const struct action_info *info, bool first, const char *word)
{
    struct menu *m = &ui->menu;
    if (info->action == ACT_EXPORT)
        gather_export(ui, first, word);
    else if (!first)
        menu_forget(m);
    else if (info->action == ACT_COPY)
        ui_copy_gather(ui);
    else if (info->action == ACT_MODE)
        gather_modes(m);
    else if (info->action == ACT_THEME)
        theme_each(add_theme, m);
    else if (info->argument && strchr(info->argument, '|'))
        gather_choice(m, info->argument);
}

/* Entries that cost a file each, or a walk over the answers, stay while the same argument is typed. */
static bool
keeps_entries(const struct menu *m, enum action about)
{
    return m->count && m->about == about && (about == ACT_THEME || about == ACT_COPY);
}

bool
menu_gather(struct ui *ui, const char *text)
{
    struct menu *m = &ui->menu;
    bool asked = ui->asking == ASK_CHOICE;
    size_t n = asked ? 0 : 1 + strcspn(text + 1, blanks), argument = n + strspn(text + n, blanks);
    const struct action_info *info = asked     ? action_info(ui->choice)
                                     : text[n] ? action_by_command(text + 1, n - 1)
                                               : NULL;
    enum action about = info ? info->action : ACT_NONE;
    bool kept = keeps_entries(m, about);
    if (!kept)
        menu_forget(m);
    m->about = about;
    m->start = info || text[n] ? strlen(text) : 1;
    while (info && m->start > argument &&
           (about == ACT_COPY || !strchr(blanks, text[m->start - 1])))
        m->start--;
    bool first = m->start == argument;
    if (!info && !text[n])
        gather_commands(m, ui->config);
    else if (info && !(kept && first))
        gather_argument(ui, info, first, text + m->start);
    return m->count > 0;
}
