/* Making blocks of evidence from the rows that they are about. Thread: the connection's. */
#ifndef BERDUA_STORE_EVIDENCE_BUILD_H
#define BERDUA_STORE_EVIDENCE_BUILD_H

#include "evidence_block.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct db;
struct err;

/* Of the turns whose numbers begin with `number`. An answer that nobody has counted yet is counted here. */
enum evidence_use {
    EVIDENCE_READ,
    EVIDENCE_KEEP,   /* the counts are stored with the answer */
    EVIDENCE_AS_REAL /* what is simulated is taken as if it were not */
};
bool evidence_build(struct db *db, int64_t number, enum evidence_use use,
                    struct evidence_block *out, struct err *err);

/* What the turns of a packed block add up to, packed too. */
void evidence_sum_up(int64_t number, const char *block, size_t n, struct buf *out);

/* Inside a transaction: makes blocks anew of which something has changed, at most so many, the newest first. */
bool evidence_refresh(struct db *db, int most, struct err *err);
/* How many make no commit late, and all of them. */
enum { EVIDENCE_FEW = 4, EVIDENCE_ALL = INT32_MAX };

#endif
