#include "lookup_result.h"

#include <stdlib.h>

void
found_clear(struct found *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->insights[i].id);
        free(f->insights[i].topic);
        free(f->insights[i].text);
    }
    free(f->insights);
    free(f->saved);
    *f = (struct found){0};
}

void
found_destroy(void *f)
{
    found_clear(f);
    free(f);
}
