/* Which turns are folded. The last one is only where it was chosen, so that what was just asked is read. */
#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "view_private.h"

static struct fold *
find_fold(const struct view *v, const char *id)
{
    for (size_t i = 0; i < v->fold_count; i++)
        if (strcmp(v->folds[i].id, id) == 0)
            return &v->folds[i];
    return NULL;
}

bool
view_is_folded(const struct view *v, size_t index)
{
    const struct fold *f = v->fold_count ? find_fold(v, v->conversation->turns[index]->id) : NULL;
    return f ? f->folded : v->fold_all && index + 1 < view_turn_count(v);
}

static void
set_fold(struct view *v, const struct turn *turn, bool folded)
{
    struct fold *f = find_fold(v, turn->id);
    int before = view_new_lines(v);
    if (!f) {
        v->folds = xgrow(v->folds, v->fold_count, sizeof *v->folds);
        f = &v->folds[v->fold_count++];
        memcpy(f->id, turn->id, sizeof f->id);
    }
    f->folded = folded;
    view_heights_change(v, before);
}

void
view_fold(struct view *v, const struct turn *turn)
{
    size_t index = view_index_of(v, turn);
    if (index != SIZE_MAX)
        set_fold(v, turn, !view_is_folded(v, index));
}

void
view_unfold(struct view *v, const struct turn *turn)
{
    size_t index = view_index_of(v, turn);
    if (index != SIZE_MAX && view_is_folded(v, index))
        set_fold(v, turn, false);
}

bool
view_fold_all(struct view *v)
{
    int before = view_new_lines(v);
    bool any = v->fold_all;
    for (size_t i = 0; i < v->fold_count; i++)
        any = any || v->folds[i].folded;
    v->fold_count = 0;
    v->fold_all = !any;
    view_heights_change(v, before);
    return v->fold_all;
}

void
view_forget_folds(struct view *v)
{
    v->fold_count = 0;
    v->fold_all = false;
}
