/* A set of numbers that stand for something: hashes, never 0. Owner: the caller. Thread: any. */
#ifndef BERDUA_BASE_ID_SET_H
#define BERDUA_BASE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A hash table, at most half full; its size is a power of two. Zeroes are an empty set. */
struct id_set {
    uint64_t *ids; /* 0: empty */
    size_t size, count;
};
/* false: it was there. */
bool id_set_add(struct id_set *s, uint64_t id);
bool id_set_has(const struct id_set *s, uint64_t id);
void id_set_finish(struct id_set *s);

#endif
