#include "berdua/base/id_set.h"

#include <stdlib.h>

#include "berdua/base/mem.h"

/* Where it is, or would be. */
static size_t
place_of(const struct id_set *s, uint64_t id)
{
    size_t i = id & (s->size - 1);
    while (s->ids[i] && s->ids[i] != id)
        i = (i + 1) & (s->size - 1);
    return i;
}

static bool
put(struct id_set *s, uint64_t id)
{
    size_t i = place_of(s, id);
    bool is_new = s->ids[i] == 0;
    s->ids[i] = id;
    s->count += is_new;
    return is_new;
}

bool
id_set_add(struct id_set *s, uint64_t id)
{
    struct id_set old = *s;
    if (s->size <= 2 * s->count) {
        *s = (struct id_set){.size = old.size ? 2 * old.size : 64};
        s->ids = xcalloc(s->size, sizeof *s->ids);
        for (size_t i = 0; i < old.size; i++)
            if (old.ids[i])
                put(s, old.ids[i]);
        free(old.ids);
    }
    return put(s, id ? id : 1);
}

bool
id_set_has(const struct id_set *s, uint64_t id)
{
    return s->size && s->ids[place_of(s, id ? id : 1)];
}

void
id_set_finish(struct id_set *s)
{
    free(s->ids);
    *s = (struct id_set){0};
}
