/* Which verdicts give a row (schemas.md, "Exports"). Thread: a command's. */
#ifndef BERDUA_EXPORT_SELECTION_H
#define BERDUA_EXPORT_SELECTION_H

#include <stdbool.h>

#include "berdua/export/export.h"

struct selection;

/* NULL and a reason when the store cannot be read. */
struct selection *selection_create(struct store *s, const struct export_choice *choice,
                                   struct err *err);
void selection_destroy(struct selection **s);
/* Asked of every verdict once, in the order of time, then id. What was chosen and gives no row is counted. */
bool selection_takes(struct selection *s, const struct verdict_row *row,
                     struct export_summary *summary);

#endif
