/* Tables of words: number to word and back. Thread: any. */
#ifndef BERDUA_BASE_NAMES_H
#define BERDUA_BASE_NAMES_H

/* NULL outside the table. */
const char *names_at(const char *const *names, int count, int i);
/* -1 when no word of the table is `name` (or it is NULL). */
int names_find(const char *const *names, int count, const char *name);

#endif
