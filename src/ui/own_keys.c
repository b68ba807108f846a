/* The keys and macros of the configuration: whether they can be used, and what the keys take away. */
#include <stdlib.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/ui/macro.h"
#include "ui_private.h"

bool
ui_keys_good(const struct config *config, struct err *err)
{
    struct keymap *k = keymap_create(config, err);
    bool good = k != NULL;
    keymap_destroy(&k);
    return good && macros_good(config, err);
}

struct clashes {
    char *first;
    int count;
};

static void
count_clash(void *arg, const char *text)
{
    struct clashes *c = arg;
    if (c->count++ == 0)
        c->first = xstrdup(text);
}

void
ui_say_clashes(struct ui *ui)
{
    struct clashes c = {.count = 0};
    keymap_clashes(ui->keymap, ui->config, count_clash, &c);
    if (c.count > 1)
        ui_notice(ui, true, "%s; %d more: /keys", c.first, c.count - 1);
    else if (c.count)
        ui_notice(ui, true, "%s", c.first);
    free(c.first);
}

void
ui_key_clashes(const struct config *config, void (*add)(void *arg, const char *text), void *arg)
{
    struct err err = {{0}};
    struct keymap *k = keymap_create(config, &err);
    if (k)
        keymap_clashes(k, config, add, arg);
    keymap_destroy(&k);
}
