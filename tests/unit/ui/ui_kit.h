/* What every screen of a test begins with: its environment, its brains and its pages. */
#ifndef TESTS_UNIT_UI_KIT_H
#define TESTS_UNIT_UI_KIT_H

#include "unit/scratch.h"

#include <stdlib.h>

#include "berdua/ui/page.h"
#include "berdua/ui/ui.h"

#define UI_KIT_PAGE(id, name, ...) [ACT_##id - ACT_HELP] = &page_##name,
static const struct page_ops *const ui_kit_pages[PAGE_COUNT] = {UI_PAGES(UI_KIT_PAGE)};

/* Settings, themes and history come from an empty folder. 0, or -1: it was not made. */
static inline int
ui_kit_environment(char folder[SCRATCH_BYTES])
{
    if (scratch_make(folder) != 0)
        return -1;
    setenv("XDG_STATE_HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("INPUTRC", "/dev/null", 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("COLORTERM");
    unsetenv("STY");
    unsetenv("NO_COLOR");
    return 0;
}

/* A model each, and a user, of whom nothing is known yet. */
static inline void
ui_kit_brains(struct config *c, struct model_conf models[BRAIN_COUNT], struct ui_facts *facts)
{
    models[BRAIN_CLAUDE].id = "claude-haiku";
    models[BRAIN_LLAMA].id = "zantara";
    for (int b = 0; b < BRAIN_COUNT; b++) {
        models[b].tier = "fast";
        c->brains[b].models = &models[b];
        c->brains[b].model_count = 1;
        c->brains[b].model = "fast";
        facts->brain[b].p50_us = facts->brain[b].p95_us = UNKNOWN;
    }
    facts->user = "mario";
}

#endif
