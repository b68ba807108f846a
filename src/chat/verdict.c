#include "berdua/chat/verdict.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/names.h"

static const char *const names[VERDICT_KIND_COUNT] = {
    [VERDICT_NONE] = "none", [VERDICT_CLAUDE] = "claude",     [VERDICT_LLAMA] = "llama",
    [VERDICT_TIE] = "tie",   [VERDICT_BOTH_BAD] = "both_bad", [VERDICT_UNDO] = "undo",
    [VERDICT_NOTE] = "note", [VERDICT_ADOPT] = "adopt",
};

void
verdict_finish(struct verdict *v)
{
    free(v->note);
    *v = (struct verdict){.kind = VERDICT_NONE};
}

void
verdict_apply(struct verdict *in_force, const struct verdict *event)
{
    if (event->kind == VERDICT_NONE || event->kind == VERDICT_ADOPT)
        return;
    if (event->kind == VERDICT_UNDO) {
        /* A note says something about the answers, which is still so. */
        in_force->kind = VERDICT_NONE;
    } else if (event->kind != VERDICT_NOTE) {
        in_force->kind = event->kind;
        in_force->at_wall_us = event->at_wall_us;
    }
    if (event->note && event->kind != VERDICT_UNDO) {
        free(in_force->note);
        in_force->note = xstrdup(event->note);
    }
}

const char *
verdict_kind_name(enum verdict_kind k)
{
    return names_at(names, VERDICT_KIND_COUNT, (int)k);
}

int
verdict_kind_parse(const char *name)
{
    return names_find(names, VERDICT_KIND_COUNT, name);
}
