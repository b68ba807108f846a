/* Numbers by key: a hash table, at most half full. Owner: the caller. Thread: its owner's. */
#ifndef BERDUA_EXPORT_TALLY_H
#define BERDUA_EXPORT_TALLY_H

#include <stdint.h>

struct tally;

struct tally *tally_create(void);
void tally_destroy(struct tally **t);
/* The number of a key, 0 at first; the pointer lives until the next call. key: a hash, not 0. */
int64_t *tally_at(struct tally *t, uint64_t key);

#endif
