/* Tables of words: number to word and back. Thread: any. */
#ifndef BERDUA_BASE_NAMES_H
#define BERDUA_BASE_NAMES_H

/* NULL outside the table. */
const char *names_at(const char *const *names, int count, int i);
/* -1 when no word of the table is `name` (or it is NULL). */
int names_find(const char *const *names, int count, const char *name);

/* Edits that turn a into b: insert, delete, replace, swap of neighbours. Large when either is long: for words. */
int edit_distance(const char *a, const char *b);

/* Defines THING_name for `enum THING` over a static table of its words; the second defines THING_parse, too. */
#define NAMES_DEFINE_NAME(thing, words)                                                            \
    const char *thing##_name(enum thing v)                                                         \
    {                                                                                              \
        return names_at(words, (int)(sizeof words / sizeof *words), (int)v);                       \
    }
#define NAMES_DEFINE(thing, words)                                                                 \
    NAMES_DEFINE_NAME(thing, words)                                                                \
    int thing##_parse(const char *name)                                                            \
    {                                                                                              \
        return names_find(words, (int)(sizeof words / sizeof *words), name);                       \
    }

#endif
