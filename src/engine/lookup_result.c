#include "berdua/engine/lookup_result.h"

#include <stdlib.h>

void
lookup_result_clear(struct lookup_result *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->insights[i].id);
        free(f->insights[i].topic);
        free(f->insights[i].text);
    }
    free(f->insights);
    free(f->saved);
    *f = (struct lookup_result){0};
}
