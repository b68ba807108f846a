#include "tally.h"

#include <stdlib.h>

#include "berdua/base/mem.h"

struct entry {
    uint64_t key; /* 0: empty */
    int64_t n;
};

/* size is a power of two. */
struct tally {
    struct entry *entries;
    size_t size, count;
};

struct tally *
tally_create(void)
{
    struct tally *t = xcalloc(1, sizeof *t);
    t->size = 64;
    t->entries = xcalloc(t->size, sizeof *t->entries);
    return t;
}

void
tally_destroy(struct tally **t)
{
    if (*t)
        free((*t)->entries);
    free(*t);
    *t = NULL;
}

static struct entry *
find_entry(const struct tally *t, uint64_t key)
{
    size_t i = key & (t->size - 1);
    while (t->entries[i].key && t->entries[i].key != key)
        i = (i + 1) & (t->size - 1);
    return &t->entries[i];
}

int64_t *
tally_at(struct tally *t, uint64_t key)
{
    if (t->size <= 2 * t->count) {
        struct tally old = *t;
        t->size = 2 * old.size;
        t->entries = xcalloc(t->size, sizeof *t->entries);
        for (size_t i = 0; i < old.size; i++)
            if (old.entries[i].key)
                *find_entry(t, old.entries[i].key) = old.entries[i];
        free(old.entries);
    }
    struct entry *e = find_entry(t, key);
    t->count += e->key == 0;
    e->key = key;
    return &e->n;
}
