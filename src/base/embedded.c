#include "berdua/base/embedded.h"

#include <assert.h>
#include <string.h>

const struct embedded *
embedded_find(const char *name)
{
    for (const struct embedded *e = embedded_files; e->name; e++)
        if (strcmp(e->name, name) == 0)
            return e;
    return NULL;
}

const char *
embedded_text(const char *name)
{
    const struct embedded *e = embedded_find(name);
    assert(e);
    return e ? e->data : "";
}
